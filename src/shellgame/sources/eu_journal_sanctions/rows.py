"""The rows of the transcribed annexes, read as strictly as their format is described.

One file is one act. A row is one designated entity in one legal context: programme, annex and measure. All cells but the name are
in an inner list, `Foo; "Bar; Baz"`, which decodes with the rules of CSV.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

from shellgame.errors import BadInput, Damaged
from shellgame.sources.claims import digest
from shellgame.sources.publication import Part
from shellgame.sources.tables import Table, rows

_CONTEXT = ("recordId", "programKey", "annex", "measure", "startDate", "reason", "schema", "name")
_FACTS = (
    "alias", "weakAlias", "previousName", "country", "nationality", "jurisdiction", "birthDate", "birthPlace", "position",
    "passportNumber", "gender", "appearance", "ethnicity", "fatherName", "motherName", "incorporationDate", "legalForm", "sector",
    "registrationNumber", "taxNumber", "idNumber", "innCode", "ogrnCode", "kppCode", "okpoCode", "leiCode", "swiftBic", "ticker",
    "imoNumber", "mmsi", "flag", "address", "phone", "email", "website", "notes",
)  # fmt: skip
CONSOLIDATED = ("celex", *_CONTEXT, *_FACTS)
AMENDMENTS = ("amendedCelex", "amendmentCelex", *_CONTEXT, *_FACTS)

_ANY = frozenset({"alias", "weakAlias", "previousName", "country", "address", "notes"})
_PARTY = _ANY | {
    "jurisdiction", "incorporationDate", "legalForm", "sector", "registrationNumber", "taxNumber", "idNumber", "innCode",
    "ogrnCode", "okpoCode", "leiCode", "swiftBic", "phone", "email", "website",
}  # fmt: skip
COLUMNS_OF = {
    "Person": _PARTY | {
        "nationality", "birthDate", "birthPlace", "position", "passportNumber", "gender", "appearance", "ethnicity", "fatherName",
        "motherName",
    },
    "LegalEntity": _PARTY,
    "Organization": _PARTY | {"imoNumber"},
    "Company": _PARTY | {"imoNumber", "kppCode", "ticker"},
    "Vessel": _ANY | {"registrationNumber", "imoNumber", "mmsi", "flag"},
    "Asset": _ANY,
}  # fmt: skip
"""The schemata of the format and which columns are properties of each in FollowTheMoney."""

CELEX = re.compile(r"3\d{4}[A-Z]{1,2}\d{4}")
_CUT_NUMBER = re.compile(r"\d(?:[.,]\d+)?E\+\d+")
_SPREADSHEET = "get the file again from the publisher; do not open and save it in a spreadsheet"


class Row(NamedTuple):
    """One designated entity in one legal context.

    Attributes:
        locator: Where it stands: the file, the annex and the entry.
        act: CELEX of the framework act whose annex lists the entity.
        source_act: CELEX of the act that the row was transcribed from; an amending act, or the framework act itself.
        record_id: Entry number printed in the annex, empty where it prints none.
        program: OpenSanctions' key of the programme, such as `EU-BLR`.
        annex: Annex and section, `I.A`.
        measure: What the annex imposes, `Asset freeze`.
        start: Day of listing as printed, empty where none is stated.
        reason: Statement of reasons, empty where none is printed.
        schema: FollowTheMoney schema.
        name: Name as printed.
        facts: The other columns by name, decoded, without the empty ones.
    """

    locator: str
    act: str
    source_act: str
    record_id: str
    program: str
    annex: str
    measure: str
    start: str
    reason: str
    schema: str
    name: str
    facts: dict[str, list[str]]


def rows_of(part: Part, *, amendments: bool) -> Iterator[Row]:
    """Read one act.

    Raises:
        BadInput: A schema that the format does not know, or a row without name, programme, annex or measure; names line and entry.
        Damaged: A row of another act, a cell whose inner list does not decode, a number cut short by a spreadsheet, a cut file.
        NotThisSource: Another header.
    """
    columns = AMENDMENTS if amendments else CONSOLIDATED
    celex = ""
    for line, cells in rows(part, Table(columns)):
        told = dict(zip(columns, cells, strict=True))
        record = (
            f"line {line} (annex {told['annex']}, entry {told['recordId'] or 'without number'}, {told['name'][:40]!r})"
        )
        row = _row(part, record, told)
        celex = celex or row.source_act
        if row.source_act != celex:
            raise Damaged(
                part.printed_name, record=record, found=f"a row of {row.source_act} in the file of {celex}",
                remedy="one file holds one act; get both files again from the publisher",
            )  # fmt: skip
        yield row


def _row(part: Part, record: str, told: dict[str, str]) -> Row:
    act = told.get("amendedCelex") or told.get("celex", "")
    source_act = told.get("amendmentCelex") or told.get("celex", "")
    _check(part, record, told, act, source_act)
    facts = {}
    for column in _FACTS:
        if (cell := told[column].strip()) and (values := _values(part, record, column, cell)):
            facts[column] = values
    entry = told["recordId"] or digest(told["schema"], told["name"])
    record_id, program, annex, measure, start, reason, schema, name = (told[column].strip() for column in _CONTEXT)
    return Row(
        f"{part.name}#{annex}/{entry}", act, source_act, record_id, program, annex, measure, start, reason, schema, name, facts
    )  # fmt: skip


def _check(part: Part, record: str, told: dict[str, str], act: str, source_act: str) -> None:
    for celex in (act, source_act):
        if not CELEX.fullmatch(celex):
            raise Damaged(
                part.printed_name,
                record=record,
                found=f"{celex!r} where the CELEX number of an act belongs",
                remedy=_SPREADSHEET,
            )
    if told["schema"] not in COLUMNS_OF:
        raise BadInput(
            part.printed_name, record=record, found=f"unknown schema {told['schema']!r}",
            remedy=f"the format knows {', '.join(COLUMNS_OF)}; add it to `COLUMNS_OF` in sources/eu_journal_sanctions/rows.py",
        )  # fmt: skip
    for column in ("name", "programKey", "annex", "measure"):
        if not told[column].strip():
            raise BadInput(
                part.printed_name, record=record, found=f"no {column}, which every row must have",
                remedy="complete the row from the act, or get the file again from the publisher",
            )  # fmt: skip


def _values(part: Part, record: str, column: str, cell: str) -> list[str]:
    if _CUT_NUMBER.search(cell) and column.endswith(("Number", "Code")):
        raise Damaged(
            part.printed_name,
            record=record,
            found=f"{column} {cell!r}: digits were lost to a spreadsheet",
            remedy=_SPREADSHEET,
        )
    if '"' not in cell:
        return [value for each in cell.split(";") if (value := each.strip())]
    try:
        inner = list(csv.reader([cell], delimiter=";", skipinitialspace=True, strict=True))
    except csv.Error as error:
        raise Damaged(
            part.printed_name, record=record, found=f"{column} {cell[:60]!r} is no list of values ({error})",
            remedy="get the file again from the publisher",
        ) from error  # fmt: skip
    return [value for each in inner[0] if (value := each.strip())]
