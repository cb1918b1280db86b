"""EU designations from the Official Journal: the annexes of sanctions acts, transcribed act by act into CSV.

The Official Journal is the law; the EU's own data file follows days to weeks later and holds neither reasons nor sectoral annexes.
The transcriptions (by OpenSanctions, reviewed, in the wording of the act) come as one file per act. *Consolidated* files hold a
framework act's annexes whole (`32006R0765.csv`, Belarus); *amendment* files what one amending act added or changed, and
name both acts. A publication is one file or any number of them, of both kinds, since each has its own name.

Peculiar to it: every column but the name holds a list in itself, see `rows`; an entity has a row for each annex and measure, see
`entries`; days, countries and numbers keep the words of the law around them, see `papers` and `sources.printed`. Alternatives stand
in one name, see `names`; names in other scripts stand among the aliases without a stated language. What a cell says in prose (kin,
employers, owners) stays text. A record belongs to its framework act, so that what an amending act adds is the same record once the
consolidated text has it.

The acts print no date of the transcription, so a version is dated by whoever adds it. A version holds what its folder holds:
to keep the framework acts and add an amendment, give one folder with both.
"""

from __future__ import annotations

import re

from shellgame.errors import Damaged
from shellgame.sources.claims import Claims
from shellgame.sources.eu_journal_sanctions.entries import entries
from shellgame.sources.eu_journal_sanctions.rows import CELEX, Row, rows_of
from shellgame.sources.eu_journal_sanctions.writing import write
from shellgame.sources.publication import Part, Publication
from shellgame.sources.reader import Format

_HEADER = re.compile(
    rb"(?:\xef\xbb\xbf)?\"?(celex|amendedCelex\"?[,;\t]\"?amendmentCelex)\"?([,;\t])\"?recordId\"?[,;\t]\"?programKey\b"
)


def _recognise(name: str, head: bytes) -> str | None:
    header = _HEADER.match(head)
    if (
        header is None
    ):  # one act left out of many would read as all its listings gone, so a damaged one is taken by its name
        return name if CELEX.fullmatch(name.removesuffix(".csv")) else None
    return f"{_act(name, head, amendments=header.group(1) != b'celex')}.csv"


def _act(name: str, head: bytes, *, amendments: bool) -> str:
    """The act that a file is of: told by its first row, or by its name where the annexes are empty."""
    lines = head.splitlines()
    cells = re.split(rb"[,;\t]", lines[1])[: 2 if amendments else 1] if len(lines) > 1 else []
    celex = cells[-1].strip(b'"').decode("ascii", "replace") if cells else ""
    return celex if CELEX.fullmatch(celex) else name.removesuffix(".csv")


def _rows(part: Part) -> list[Row]:
    with part.path.open("rb") as file:
        header = _HEADER.match(file.read(512))
    if header is not None and header.group(2) != b",":
        raise Damaged(
            part.printed_name, record="line 1", found="columns are no longer parted by commas: a spreadsheet has saved the file",
            remedy="get the file again from the publisher; do not open and save it in a spreadsheet",
        )  # fmt: skip
    return list(rows_of(part, amendments=header is not None and header.group(1) != b"celex"))


def _read(publication: Publication, claims: Claims) -> None:
    rows = [row for name in sorted(publication.parts) for row in _rows(publication.parts[name])]
    claims.counts["rows"] += len(rows)
    for entry in entries(rows):
        write(entry, claims)
    claims.rows = list(dict.fromkeys(claims.rows))  # rows of one entry repeat its names
    claims.counts["not_understood"] += sum(
        claims.counts[f"{what}_not_understood"] for what in ("dates", "countries", "genders")
    )
    if left := claims.counts["not_understood"]:
        claims.notes.append(
            f"{left} values (days and nationalities in prose, papers without a number …) fit no property and are kept as notes"
        )


FORMATS = (Format("csv", _recognise, _read, version=2),)
