"""The Denied Persons List as the Bureau of Industry and Security published it by itself: `dpl.txt`, a quoted TSV.

One row is one name at one address under one order; a party with three addresses fills three rows, and its other names
are parties of their own. Rows of one name and one effective date become one record. There is no number: ids are
`us-dpl-<digest of name and effective date>`. Days are printed month first. The country is left blank for most addresses
in the United States, and stays so here. The same parties stand in the Consolidated Screening List (`us_trade_csl`).
"""

from __future__ import annotations

import re

from shellgame.errors import Damaged
from shellgame.model.days import partial_day
from shellgame.sources.claims import Claims, Entity, digest
from shellgame.sources.publication import Publication
from shellgame.sources.reader import Format
from shellgame.sources.tables import Table, rows

_AGENCY = "Bureau of Industry and Security"
_PROGRAM = "Denied Persons List (DPL)"
_PROGRAM_KEY = "US-BIS-DPL"

COLUMNS = (
    "Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date",
    "Standard_Order", "Last_Update", "Action", "FR_Citation",
)  # fmt: skip
_MONTH_FIRST = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


def is_denied_list(name: str, head: bytes) -> str | None:
    """Recognise the list by its header."""
    first = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace")
    return "dpl.txt" if tuple(cell.strip('" \r') for cell in first.split("\t")) == COLUMNS else None


def read_denied(publication: Publication, claims: Claims) -> None:
    """Read the whole list."""
    part = publication.parts["dpl.txt"]
    records: dict[str, Entity] = {}
    done: set[tuple[str, ...]] = set()
    for line, cells in rows(part, Table(columns=COLUMNS, delimiter="\t")):
        row = dict(zip(COLUMNS, map(str.strip, cells), strict=True))
        started = _day(row["Effective_Date"])
        if not row["Name"] or started is None:
            raise Damaged(
                part.printed_name,
                record=f"line {line}",
                found=f"name {row['Name'][:60]!r}, effective date {row['Effective_Date']!r}; MM/DD/YYYY belongs there",
                remedy="get the file again from the publisher; do not open and save it in a spreadsheet",
            )
        key = digest(row["Name"], started)
        if key not in records:
            records[key] = _record(claims, key, row)
        if tuple(row.values()) not in done:
            done.add(tuple(row.values()))
            _order(records[key], row, started)
            _address(records[key], row)


def _record(claims: Claims, key: str, row: dict[str, str]) -> Entity:
    record = claims.record(f"us-dpl-{key}", "LegalEntity", f"dpl.txt#{key}")
    record.add("name", row["Name"], field="Name")
    record.add("topics", "sanction")
    record.add("topics", "export.control")
    return record


def _order(record: Entity, row: dict[str, str], started: str) -> None:
    order = record.sanction()
    order.add("program", _PROGRAM)
    order.add("programId", _PROGRAM_KEY)
    order.add("authority", _AGENCY)
    order.add("country", "us")
    order.add("startDate", started, original=row["Effective_Date"], field="Effective_Date")
    ended = _day(row["Expiration_Date"])
    if ended:
        order.add("endDate", ended, original=row["Expiration_Date"], field="Expiration_Date")
    else:
        order.add_date("endDate", row["Expiration_Date"], field="Expiration_Date")
    order.add_date("modifiedAt", row["Last_Update"], field="Last_Update")
    order.add("recordId", row["FR_Citation"], field="FR_Citation")
    order.add("summary", row["Action"], field="Action")
    if row["Standard_Order"]:
        order.add(
            "summary",
            f"Standard order: {row['Standard_Order']}",
            original=row["Standard_Order"],
            field="Standard_Order",
        )


def _address(record: Entity, row: dict[str, str]) -> None:
    if not any(row[column] for column in ("Street_Address", "City", "State", "Postal_Code")):
        record.add_country("country", row["Country"], field="Country")
        return
    record.address(
        street=row["Street_Address"], city=row["City"], region=row["State"], postal_code=row["Postal_Code"],
        country=row["Country"], locator=f"{record.locator}/Street_Address",
    )  # fmt: skip


def _day(printed: str) -> str | None:
    """A day printed month first, as ISO; None where it is none."""
    match = _MONTH_FIRST.fullmatch(printed)
    return partial_day(f"{match[3]}-{match[1]}-{match[2]}") if match else None


FORMATS: tuple[Format, ...] = (Format("tsv", is_denied_list, read_denied, frozenset({"dpl.txt"})),)
