"""What the list tells of individuals, of entities and of ships only."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from shellgame.names.countries import country_code
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.gb_fcdo_sanctions.told import Group, Told
from shellgame.sources.gb_fcdo_sanctions.values import day_of, items_of, paper_details, register_numbers


class Known(NamedTuple):
    """Whom the list names, for links between its designations; names in small letters."""

    by_name: dict[str, set[str]]
    by_reference: dict[str, set[str]]


class _Relation(NamedTuple):
    """A field that names other parties: the link it becomes, and the schema of a party known by name only."""

    field: str
    element: str
    schema: str
    role: str
    named: str
    outward: bool


_PAPERS: Final = (
    ("passport", "Passport", "passportNumber", "Passport"),
    ("national_id", "Identification", "idNumber", "National identifier"),
)
_OF_ENTITIES: Final = (
    _Relation("parent", "ParentCompanies", "Ownership", "Parent company", "Organization", False),
    _Relation("subsidiary", "Subsidiaries", "Ownership", "Subsidiary", "Company", True),
)
_OF_SHIPS: Final = (
    _Relation("owner", "CurrentOwnerOperators", "UnknownLink", "Current owner/operator", "LegalEntity", False),
    _Relation("past_owner", "PreviousOwnerOperators", "UnknownLink", "Previous owner/operator", "LegalEntity", False),
)
_SHIP_TEXTS: Final = (
    ("ship_type", "type", "TypeOfShipDetails"), ("tonnage", "tonnage", "TonnageOfShipDetails"),
    ("hull", "registrationNumber", "HullIdentificationNumbers"),
)  # fmt: skip


def add_day(entity: Entity, prop: str, printed: str, field: str) -> None:
    """Claim a day as this list prints them."""
    if day := day_of(printed):
        entity.add(prop, day, original=printed, field=field)
    else:
        entity.add_date(prop, printed, field=field)


def write_person(record: Entity, told: Told) -> None:
    """Write birth, nationality, titles, positions and papers."""
    for text in told.take("birth_date"):
        add_day(record, "birthDate", text, "DOBs")
    for group in told.take_groups("birth_place"):
        _birth_place(record, group)
    for item in told.take_items("nationality"):
        record.add_country("nationality", item, field="Nationalities")
    for item in told.take_items("gender"):
        record.add_gender(item, field="Genders")
    record.add_all("title", told.take_items("title"), field="Titles")
    record.add_all("position", told.take_items("position"), field="Positions")
    for field, schema, prop, kind in _PAPERS:
        for group in told.take_groups(field):
            _paper(record, group, schema, prop, kind)


def _birth_place(record: Entity, group: Group) -> None:
    quote = ", ".join(group.values())
    record.add("birthPlace", group.get("town"), quote=quote, field="BirthDetails")
    country = group.get("country", "")
    code = country_code(country)
    if code:
        record.add("birthCountry", code, original=country, quote=quote, field="BirthDetails")
    else:
        record.add("birthPlace", country, quote=quote, field="BirthDetails")


def _paper(record: Entity, group: Group, schema: str, prop: str, kind: str) -> None:
    number, words = group.get("number", ""), group.get("information", "")
    if not items_of(number):
        record.add("notes", f"{kind}: {words or number}", original=words or number, field=kind)
        return
    details = paper_details(words)
    paper = record.identification(
        number, kind=kind, schema=schema, country=details.country, issued=details.issued, expires=details.expires,
        quote=words or None, field=kind,
    )  # fmt: skip
    paper.add("summary", words, field=kind)
    record.add(prop, number, quote=words or None, field=kind)


def write_entity(claims: Claims, record: Entity, told: Told, known: Known) -> None:
    """Write type, register numbers, parents and subsidiaries."""
    record.add_all("classification", told.take_items("entity_type"), field="TypeOfEntities")
    for text in told.take_items("registration"):
        for label, prop, number in register_numbers(text):
            kind = label or "Business registration number"
            quote = text if text != number else None
            record.identification(number, kind=kind, quote=quote, field="BusinessRegistrationNumbers")
            if prop != "kppCode" or record.schema == "Company":  # only companies have the property
                record.add(prop, number, quote=quote, field="BusinessRegistrationNumbers")
    _relations(claims, record, told, known, _OF_ENTITIES)


def write_ship(claims: Claims, record: Entity, told: Told, known: Known) -> None:
    """Write numbers, flags, measures, year of building and owners."""
    for item in told.take_items("imo"):
        number = re.sub(r"(?i)^IMO[\s:]*", "", item)
        record.add("imoNumber", number, original=None if number == item else item, field="IMONumbers")
    for field, prop, element in (
        ("flag", "flag", "CurrentBelievedFlagOfShips"),
        ("past_flag", "pastFlags", "PreviousFlags"),
    ):
        for item in told.take_items(field):
            for country in [item] if country_code(item) else re.split(r"[;,] ", item):
                record.add_country(prop, country, field=element)
    for field, prop, element in _SHIP_TEXTS:
        record.add_all(prop, told.take_items(field), field=element)
    for item in told.take_items("year_built"):
        record.add_date("buildDate", item, field="YearsBuilt")
    for item in told.take_items("length"):
        record.add("notes", f"Length of ship: {item}", original=item, field="LengthOfShipDetails")
    _relations(claims, record, told, known, _OF_SHIPS)


def _relations(claims: Claims, record: Entity, told: Told, known: Known, relations: tuple[_Relation, ...]) -> None:
    for relation in relations:
        for name in told.take_items(relation.field):
            bearers = known.by_name.get(name.casefold(), set()) - {record.id}
            is_known = len(bearers) == 1
            target = next(iter(bearers)) if is_known else claims.named(name, record, schema=relation.named, quote=name)
            edge = record.link(
                relation.schema, target, role=relation.role, quote=name, field=relation.element, outward=relation.outward,
                stance="infers" if is_known else "asserts",
            )  # fmt: skip
            edge.add("status", "former" if relation.field == "past_owner" else "", quote=name, field=relation.element)
