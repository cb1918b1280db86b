"""The Consolidated Screening List: thirteen lists of the US departments of Commerce, State and the Treasury in one table.

`consolidated.csv` is one row for each party and list: a party on three lists fills three rows with the same `_id`, which
become one record with three Sanctions, each under its own programme and agency. Peculiar:

- Several values share a cell, joined by `; `, and the entries of the Entity List join the last one with `; and `.
- Types are printed for the Treasury's entries only; all others are LegalEntity, be they persons or companies.
- OFAC's entries print persons as `LAST, First`; names here have given names first and keep what was printed beside it.
- The column `ids` changed its order between 2022 and 2023 (see `identifiers`).
- No date of publication is printed. The list is not only of sanctions: the topics tell export control, trade risk
  (the Unverified List) and debarment apart, beside `sanction`, which every listed party gets.

Ids are `trade-csl-<_id>`. For OFAC's entries `_id` is OFAC's own number, also kept as `authorityId` of the listing: the
same party stands in `us_ofac_sdn` as `ofac-<number>`, and resolution joins the two. (OpenSanctions goes another way: it
gives these entries the `ofac-` id and drops the rest.) For the other lists `_id` is a hash made by the publisher, which
changed its kind between 2022 and 2023.

A file with the header twice, or one that ends inside a row, is refused: what was lost in between cannot be known, and a
version with parties missing would read as their removal.
"""

from __future__ import annotations

import re

from shellgame.errors import Damaged
from shellgame.sources.claims import Claims
from shellgame.sources.publication import Part, Publication
from shellgame.sources.reader import Format
from shellgame.sources.tables import Table, first_rows, rows
from shellgame.sources.us_trade_csl.identifiers import types_come_first
from shellgame.sources.us_trade_csl.links import Names
from shellgame.sources.us_trade_csl.parties import PartyWriter, Row

COLUMNS = (
    "_id", "source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice",
    "start_date", "end_date", "standard_order", "license_requirement", "license_policy", "call_sign", "vessel_type",
    "gross_tonnage", "gross_registered_tonnage", "vessel_flag", "vessel_owner", "remarks", "source_list_url", "alt_names",
    "citizenships", "dates_of_birth", "nationalities", "places_of_birth", "source_information_url", "ids",
)  # fmt: skip
_ID = re.compile(r"[0-9A-Za-z_-]+")
_AGAIN = "get the file again from the publisher"


def is_consolidated_list(name: str, head: bytes) -> str | None:
    """Recognise the list by its header."""
    return "consolidated.csv" if any(tuple(row[:3]) == COLUMNS[:3] for row in first_rows(head)) else None


def read_consolidated(publication: Publication, claims: Claims) -> None:
    """Read the whole list."""
    part = publication.parts["consolidated.csv"]
    parties = _parties(part)
    names = Names()
    for key, told in parties.items():
        for row in told:
            agency = row["source"].rpartition(" - ")[2]
            names.add(_record_id(key), agency, row["name"], filter(None, row["alt_names"].split("; ")))
    type_first = types_come_first(row["ids"] for told in parties.values() for row in told)
    writer = PartyWriter(claims, part.printed_name, names, type_first=type_first)
    for key, told in parties.items():
        writer.write(_record_id(key), key, told)
    if unknown := claims.counts["not_understood"]:
        claims.notes.append(
            f"{unknown} entries of `ids` have a label that identifiers.yml does not hold; they are kept as notes"
        )


def _parties(part: Part) -> dict[str, list[Row]]:
    """The rows of each party, in the order in which it first stands there."""
    parties: dict[str, list[Row]] = {}
    for line, cells in rows(part, Table(columns=COLUMNS)):
        row = dict(zip(COLUMNS, map(str.strip, cells), strict=True))
        key = row["_id"]
        if tuple(cells) == COLUMNS:
            raise Damaged(
                part.printed_name,
                record=f"line {line}",
                found="the header a second time: pieces of two downloads in one file",
                remedy=_AGAIN,
            )
        if not _ID.fullmatch(key) or not row["name"]:
            found = f"_id {key[:60]!r} of {row['name'][:60]!r}"
            raise Damaged(part.printed_name, record=f"line {line}", found=found, remedy=_AGAIN)
        parties.setdefault(key, []).append(row)
    return parties


def _record_id(key: str) -> str:
    return f"trade-csl-{key.lower()}"


FORMATS: tuple[Format, ...] = (
    Format("consolidated-csv", is_consolidated_list, read_consolidated, frozenset({"consolidated.csv"})),
)
