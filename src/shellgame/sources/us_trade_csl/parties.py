"""What one party of the Consolidated Screening List becomes: all of its rows, one for each list that names it.

The columns of the party itself (names, birth, addresses, papers) repeat in each of its rows and are read once; the columns
of the listing (dates, notice, licence terms, programmes) make one Sanction a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from shellgame.errors import BadInput
from shellgame.names.countries import country_code
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.us_trade_csl.facts import FactWriter
from shellgame.sources.us_trade_csl.identifiers import facts
from shellgame.sources.us_trade_csl.links import Linker, Names
from shellgame.sources.us_trade_csl.lists import list_of

Row = dict[str, str]
SCHEMATA: Final = {
    "": "LegalEntity",
    "Individual": "Person",
    "Entity": "Organization",
    "Vessel": "Vessel",
    "Aircraft": "Airplane",
}
_PERSON_COLUMNS: Final = ("title", "dates_of_birth", "places_of_birth", "nationalities", "citizenships")
_VESSEL_COLUMNS: Final = {
    "call_sign": "callSign", "vessel_type": "type", "gross_tonnage": "tonnage",
    "gross_registered_tonnage": "grossRegisteredTonnage", "vessel_flag": "flag", "vessel_owner": "owner",
}  # fmt: skip
_SUFFIX: Final = re.compile(r"(?:Jr|Sr|II|III|IV)\.?", re.IGNORECASE)
_CIRCA: Final = re.compile(r"circa (.+)")
_SPAN: Final = re.compile(r"(.+?) to (.+)")
_PLACE: Final = re.compile(r"(?P<place>.*?)(?:^|, )(?P<country>[A-Z]{2})")
_LINKED: Final = re.compile(r"\(?Linked To: (?P<name>.+)")


def given_first(printed: str) -> tuple[str, str, str]:
    """Turn `LAST, First, Jr.` into the full name, the given names and the last name; the latter two may be empty.

    Example:
        >>> given_first("TURNIP, Viktor, Jr.")
        ('Viktor TURNIP Jr.', 'Viktor', 'TURNIP')
    """
    parts = [part for part in map(str.strip, printed.split(",")) if part]
    suffixes = [part for part in parts[1:] if _SUFFIX.fullmatch(part)]
    last, *given = [part for part in parts if part not in suffixes] or [printed.strip()]
    if len(given) != 1:
        return printed.strip(), "", ""
    return " ".join([*given, last, *suffixes]), given[0], last


def linked_name(piece: str) -> str:
    """The name in `(Linked To: NAME)`, or in a piece of `(Linked To: NAME; Linked To: NAME)`; empty for other words.

    Example:
        >>> linked_name("(Linked To: TURNIP (TT))"), linked_name("(Linked To: TURNIP"), linked_name("Linked To: BEETROOT)")
        ('TURNIP (TT)', 'TURNIP', 'BEETROOT')
    """
    match = _LINKED.fullmatch(piece.rstrip("."))
    name = match["name"] if match else ""
    return name[:-1] if name.endswith(")") and name.count(")") > name.count("(") else name


class PartyWriter:
    """Writes the claims of each party; holds what is the same for the whole publication."""

    def __init__(self, claims: Claims, file: str, names: Names, *, type_first: bool) -> None:
        self._claims = claims
        self._file = file
        self._linker = Linker(claims, names)
        self._facts = FactWriter(claims, self._linker)
        self._type_first = type_first

    def write(self, record_id: str, key: str, rows: list[Row]) -> None:
        """Write one party.

        Raises:
            BadInput: A type or list that cannot be understood, or rows of one party that contradict in type.
        """
        record = self._claims.record(record_id, self._schema(key, rows), f"consolidated.csv#{key}")
        record.add("topics", "sanction")
        done: set[tuple[str, str]] = set()
        for row in rows:
            listing = self._listing(record, row, key)
            self._party(record, {column: cell for column, cell in row.items() if cell and (column, cell) not in done})
            for fact in facts(row["ids"], type_first=self._type_first):
                if self._facts.write_listing(listing, fact, only=len(rows) == 1) or ("ids", fact.quote) in done:
                    continue
                done.add(("ids", fact.quote))
                self._facts.write_party(record, fact)
            done.update(row.items())

    def _schema(self, key: str, rows: list[Row]) -> str:
        kinds = {row["type"] for row in rows} - {""} or {""}
        if len(kinds) > 1 or not kinds <= SCHEMATA.keys():
            raise BadInput(
                self._file,
                record=key,
                found=f"type {' and '.join(map(repr, sorted(kinds)))}",
                remedy=f"known are {', '.join(map(repr, SCHEMATA))}; add a new one to SCHEMATA once it is known what it is",
            )
        return SCHEMATA[kinds.pop()]

    # the listing

    def _listing(self, record: Entity, row: Row, key: str) -> Entity:
        told = list_of(row["source"])
        if told is None:
            raise BadInput(
                self._file,
                record=key,
                found=f"source {row['source']!r}, which is no `Title (ABBREVIATION) - Agency`",
                remedy="get the list again; if it is printed so, teach `list_of` the new wording",
            )
        record.add("topics", told.topic, field="source")
        listing = record.sanction(told.short.lower())
        listing.add("program", told.program, field="source")
        for tag in filter(None, row["programs"].split("; ")):
            listing.add("program", tag, field="programs")
            listing.add("programId", tag if not told.program_key else "", field="programs")
        listing.add("programId", told.program_key, original=told.short, field="source")
        listing.add("authority", told.agency, field="source")
        listing.add("country", "us")
        number = row["entity_number"]
        listing.add("authorityId", number or key, field="entity_number" if number else "_id")
        _terms(listing, row)
        return listing

    # columns of the party, given only what no earlier row of it said

    def _party(self, record: Entity, row: Row) -> None:
        writers: dict[str, Callable[[Entity, str], None]] = {
            "name": _name, "alt_names": self._alt_names, "addresses": _addresses, "remarks": self._remarks,
        }  # fmt: skip
        for column, write in writers.items():
            if row.get(column, "-") != "-":
                write(record, row[column])
        for column in _PERSON_COLUMNS:
            if column in row:
                (_person_column if record.schema == "Person" else _note)(record, column, row[column])
        for column in _VESSEL_COLUMNS:
            if column in row:
                (self._vessel_column if record.schema == "Vessel" else _note)(record, column, row[column])

    def _alt_names(self, record: Entity, cell: str) -> None:
        for printed in cell.split("; "):
            full = given_first(printed)[0] if record.schema == "Person" else printed.removeprefix("and ")
            record.add("alias", full, original=None if full == printed else printed, field="alt_names")
            self._claims.counts["aliases"] += 1

    def _vessel_column(self, record: Entity, column: str, cell: str) -> None:
        if column == "vessel_owner":
            self._linker.link(record, "Ownership", cell, "Vessel owner", cell, column, outward=False)
        elif column == "vessel_flag":
            record.add_country("flag", cell, field=column)
        else:
            record.add(_VESSEL_COLUMNS[column], cell, field=column)

    def _remarks(self, record: Entity, cell: str) -> None:
        for piece in filter(None, map(str.strip, cell.split("; "))):
            if name := linked_name(piece):
                self._linker.link(record, "UnknownLink", name, "Linked To", piece, "remarks")
            else:
                record.add("notes", piece, field="remarks")


def _terms(listing: Entity, row: Row) -> None:
    listing.add("recordId", row["federal_register_notice"], field="federal_register_notice")
    listing.add_date("startDate", row["start_date"], field="start_date")
    listing.add_date("endDate", row["end_date"], field="end_date")
    for column, prop, words in (
        ("license_requirement", "provisions", "License requirement"),
        ("license_policy", "provisions", "License policy"),
        ("standard_order", "summary", "Standard order"),
    ):
        if row[column]:
            listing.add(prop, f"{words}: {row[column]}", original=row[column], field=column)
    listing.add("sourceUrl", row["source_information_url"], field="source_information_url")
    listing.add("sourceUrl", row["source_list_url"], field="source_list_url")


def _name(record: Entity, cell: str) -> None:
    if record.schema != "Person":
        record.add("name", cell, field="name")
        return
    full, given, last = given_first(cell)
    record.add("name", full, original=None if full == cell else cell, field="name")
    record.add("firstName", given, quote=cell, field="name")
    record.add("lastName", last, quote=cell, field="name")


def _addresses(record: Entity, cell: str) -> None:
    for printed in filter(str.strip, cell.split("; ")):
        line = printed.strip().removeprefix("and ")
        match = _PLACE.fullmatch(line)
        country = match["country"] if match and country_code(match["country"]) else None
        if match and country and not match["place"]:
            record.add_country("country", line, field="addresses")
        else:
            record.address(full=line, country=country, locator=f"{record.locator}/addresses")


def _person_column(record: Entity, column: str, cell: str) -> None:
    if column == "title":
        record.add("position", cell, field=column)
        return
    for printed in cell.split("; "):
        if column == "dates_of_birth":
            _birth_date(record, printed)
        elif column == "places_of_birth":
            record.add("birthPlace", printed, field=column)
            record.add("birthCountry", country_code(printed.rsplit(", ", 1)[-1]), quote=printed, field=column)
        else:
            record.add_country("nationality" if column == "nationalities" else "citizenship", printed, field=column)


def _birth_date(record: Entity, printed: str) -> None:
    """A day, `circa 1951`, or `1960 to 1965`, of which both ends are claimed; the quote keeps the words."""
    day = match[1] if (match := _CIRCA.fullmatch(printed)) else printed
    for end in span.groups() if (span := _SPAN.fullmatch(day)) else (day,):
        record.add_date("birthDate", end, quote=printed if end != printed else None, field="dates_of_birth")


def _note(record: Entity, column: str, cell: str) -> None:
    """Keep what FollowTheMoney has no property for under the name of its column."""
    record.add("notes", f"{column}: {cell}", original=cell, field=column)
