"""The files of OFAC's legacy set: how each is told by its first rows, and its rows, checked.

The files have no header. A row's shape tells the file, whatever it is called: twelve columns with the record's type in
the third are the list, six the addresses, five with `aka`, `fka` or `nka` in the third the aliases. Only the comments
(number and text) need their name. Both lists share the shape; `cons` in the name, or programmes that only the
consolidated list has, tell that one.

A spreadsheet that saved a file again left a header and did harm: it turned the vessel `7-28` into `Jul-28` and the
postal code `079120` into `79120`. So a header is refused, but for the aliases under OFAC's own column names, where a
name that became a date can be told.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, Literal

from shellgame.errors import Damaged
from shellgame.sources.publication import HEAD_BYTES, Part, Publication
from shellgame.sources.tables import Table, rows

NULL: Final = "-0-"
TYPES: Final = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane", NULL: "Organization"}
LIST, ADDRESSES, ALIASES, COMMENTS = "list", "addresses", "aliases", "comments"

Series = Literal["sdn", "cons"]
PART_NAMES: Final[dict[Series, dict[str, str]]] = {
    "sdn": {LIST: "sdn.csv", ADDRESSES: "add.csv", ALIASES: "alt.csv", COMMENTS: "sdn_comments.csv"},
    "cons": {
        LIST: "cons_prim.csv", ADDRESSES: "cons_add.csv", ALIASES: "cons_alt.csv", COMMENTS: "cons_comments.csv",
    },
}  # fmt: skip
_NAME_COLUMNS: Final = {LIST: 1, ALIASES: 3}
WIDTHS: Final = {LIST: 12, ADDRESSES: 6, ALIASES: 5, COMMENTS: 2}

_ALIAS_HEADER: Final = ["ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"]
ALIAS_TYPES: Final = frozenset({"aka", "fka", "nka"})
_ONLY_CONSOLIDATED: Final = frozenset({"NS-PLC", "CMIC-EO13959", "561-Related", "FSE-IR", "FSE-SY", "NS-ISA"})
_HEAD_ROWS: Final = 200
_ALIKE: Final = 0.7
"""Share of the first rows that must have a part's shape."""
_HEADER_BYTES: Final = 4096
_END_MARK: Final = "\x1a"
_BY_SPREADSHEET = re.compile(r"\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2}|\d\.\d+E\+\d+")
"""What a spreadsheet makes of names like `7-28`; OFAC prints names in capitals."""
_AGAIN: Final = "get the file from the publisher and do not open and save it in a spreadsheet"


def part_of(name: str, head: bytes, series: Series) -> str | None:
    """Tell which part of a series a file is, by its first rows; None where it is none."""
    if head.strip() == _END_MARK.encode():  # no comments at all, say; without rows only its name can tell
        parts = PART_NAMES[series]
        return name.lower() if name.lower() in {parts[ADDRESSES], parts[ALIASES], parts[COMMENTS]} else None
    found = list(_first_rows(head))
    headed = bool(found) and not found[0][0].isdigit()
    if headed:
        del found[0]  # a spreadsheet put it there; refused when the file is read
    kind = _kind(found, may_be_comments="comment" in name.lower() and not headed)
    if kind is None or _series(name, found if kind == LIST else []) != series:
        return None
    return PART_NAMES[series][kind]


def _first_rows(head: bytes) -> Iterator[list[str]]:
    text = head.decode("utf-8-sig", "replace").replace("\x00", "")  # a NUL byte is refused when the file is read
    if text.lstrip()[:1] in {"<", "{", "["}:
        return
    lines = text.splitlines()
    whole = lines[:-1] if len(lines) > 1 and len(head) >= HEAD_BYTES else lines
    try:
        for row in csv.reader(whole[:_HEAD_ROWS]):
            if row and row[0] != _END_MARK:
                yield [cell.strip() for cell in row]
    except csv.Error:
        return


def _kind(found: list[list[str]], *, may_be_comments: bool) -> str | None:
    """The kind that nearly all rows have; a few may be damaged, which is for the reading to say."""
    kinds = Counter(map(_kind_of_row, found))
    kind, count = max(kinds.items(), key=lambda each: each[1], default=(None, 0))
    if kind == ADDRESSES and not any(NULL in row for row in found):
        return None
    if kind == COMMENTS and not may_be_comments:
        return None
    return kind if count >= _ALIKE * len(found) else None


def _kind_of_row(row: list[str]) -> str | None:
    if not row[0].isdigit():
        return None
    if len(row) == WIDTHS[LIST]:
        return LIST if row[1] and row[3] and NULL in row else None
    if len(row) == WIDTHS[ADDRESSES]:
        return ADDRESSES if row[1].isdigit() else None
    if len(row) == WIDTHS[ALIASES]:
        return ALIASES if row[1].isdigit() and row[2] in ALIAS_TYPES else None
    return COMMENTS if len(row) == WIDTHS[COMMENTS] else None


def _series(name: str, found: list[list[str]]) -> Series:
    programs = [row[3].split("] [")[0] for row in found if len(row) == WIDTHS[LIST]]
    if 2 * sum(program in _ONLY_CONSOLIDATED for program in programs) > len(programs):
        return "cons"
    return "cons" if "cons" in name.lower() and "sdn" not in name.lower() else "sdn"


def part_rows(publication: Publication, series: Series, kind: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a part; none where the publication lacks the part.

    Cells come stripped, but for remarks and comments: a remark cut behind a blank goes on after that blank.

    Raises:
        Damaged: The file is cut, a spreadsheet saved it, or a row's number is none; names the line.
    """
    part = publication.parts.get(PART_NAMES[series][kind])
    if part is None:
        return
    header = _header(part)
    if header:
        _refuse_resaved(part, kind, header)
    found = rows(part, Table(columns=WIDTHS[kind], ends_with_newline=not header, skip_lines=1 if header else 0))
    for line, row in found:
        if row[0] == _END_MARK:
            continue
        cells = tuple([cell.strip() for cell in row])
        if kind in {LIST, COMMENTS} and cells[-1] != NULL:
            cells = (*cells[:-1], row[-1])
        _check(part, kind, line, cells)
        yield cells


def _header(part: Part) -> list[str]:
    """The header that a spreadsheet put before the first row; empty where there is none."""
    with part.path.open("rb") as file:
        first = file.readline(_HEADER_BYTES).decode("utf-8-sig", "replace")
    names = [name.strip().strip('"') for name in first.split(",")]
    return [] if names[0].isdigit() or names[0] == _END_MARK else names


def _check(part: Part, kind: str, line: int, cells: tuple[str, ...]) -> None:
    if not cells[0].isdigit():
        raise Damaged(
            part.printed_name,
            record=f"line {line}",
            found=f"{cells[0][:40]!r} where a record's number belongs",
            remedy=_AGAIN,
        )
    if kind == ALIASES and cells[2] not in ALIAS_TYPES:
        raise Damaged(
            part.printed_name,
            record=f"record {cells[0]}, alias {cells[1]}",
            found=f"unknown kind of alias {cells[2]!r}; known are {', '.join(sorted(ALIAS_TYPES))}",
            remedy="add it to ALIAS_TYPES of shellgame.sources.ofac.legacy_parts once its meaning is clear",
        )
    if kind in _NAME_COLUMNS:
        _check_name(part, cells[0], cells[_NAME_COLUMNS[kind]])


def _check_name(part: Part, number: str, name: str) -> None:
    if name in {"", NULL}:
        raise Damaged(part.printed_name, record=f"record {number}", found="a row without a name", remedy=_AGAIN)
    if _BY_SPREADSHEET.fullmatch(name):
        raise Damaged(
            part.printed_name,
            record=f"record {number}",
            found=f"the name {name!r}, which a spreadsheet made of another one",
            remedy=_AGAIN,
        )


def _refuse_resaved(part: Part, kind: str, header: list[str]) -> None:
    if kind == ALIASES and header == _ALIAS_HEADER:
        return
    raise Damaged(
        part.printed_name,
        record="line 1",
        found=f"a header ({', '.join(header)[:60]}), which OFAC's file has not: a spreadsheet saved it again, and such files "
        "have lost leading zeros and names like 7-28",
        remedy=_AGAIN,
    )


def has_end_mark(part: Part) -> bool:
    """Whether the file ends with the control-Z that OFAC writes last."""
    with part.path.open("rb") as file:
        file.seek(max(0, part.size - 16))
        return file.read().rstrip(b"\r\n,").endswith(_END_MARK.encode())
