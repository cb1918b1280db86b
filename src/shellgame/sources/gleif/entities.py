"""An LEI record into claims: names, addresses, number in its register, form, status, days, and who came after it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from shellgame.errors import Damaged
from shellgame.sources.claims import Claims, Entity, Printed
from shellgame.sources.gleif.fields import Fields, Layout

_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_SCHEMATA = {
    "SOLE_PROPRIETOR": "LegalEntity",
    "RESIDENT_GOVERNMENT_ENTITY": "PublicBody",
    "INTERNATIONAL_ORGANIZATION": "Organization",
}
"""Categories that are no company; a fund and a branch is one here, since somebody can own it."""
_NAMES = {
    "OtherEntityName": {"PREVIOUS_LEGAL_NAME": "previousName", "ALTERNATIVE_LANGUAGE_LEGAL_NAME": "name"},
    "TransliteratedOtherEntityName": {},
}
_KINDS = {
    "OtherLegalForm": "legalForm",
    "EntityCategory": "classification",
    "EntitySubCategory": "classification",
    "EntityStatus": "status",
}
_BEGUN = {"EntityCreationDate": "incorporationDate", "EntityExpirationDate": "dissolutionDate"}
_KEPT = {"InitialRegistrationDate": "createdAt", "LastUpdateDate": "modifiedAt"}
_CODES = {"BIC": "swiftBic", "ISIN": "isinCode"}
_NO_FORM_CODES = frozenset({"8888", "9999"})
"""ISO 20275 codes that say only that the form has none."""
_ENDED = frozenset({"DISSOLUTION", "LIQUIDATION"})


class _Address(NamedTuple):
    """Where an address stands among the texts of a record, behind which there is an empty one for those that it has not.

    Attributes:
        kind: What the record calls it.
        lines: The texts of its lines.
        rest: Gives city, region, postal code and country.
    """

    kind: str
    lines: tuple[int, ...]
    rest: Callable[[list[str]], tuple[str, str, str, str]]


class _Plan(NamedTuple):
    """What all records of a layout claim as it is printed, and where their addresses stand: looked up once for all of them."""

    names: tuple[Printed, ...]
    addresses: tuple[_Address, ...]
    kinds: tuple[Printed, ...]
    begun: tuple[Printed, ...]
    kept: tuple[Printed, ...]
    codes: tuple[Printed, ...]

    @classmethod
    def of(cls, layout: Layout) -> _Plan:
        """Make the plan of a layout."""
        names = [*_printed(layout, "LEI", "leiCode")[:1]]
        names += [(place, "name", language(lang), "LegalName") for place, lang, _ in layout.of("LegalName")]
        for field, props in _NAMES.items():
            for place, lang, kind in layout.of(field):
                names.append((place, props.get(kind, "alias"), language(lang), kind or field))
        return cls(
            tuple(names), tuple(_addresses(layout)), _first(layout, _KINDS), _first(layout, _BEGUN), _first(layout, _KEPT),
            tuple(told for field, prop in _CODES.items() for told in _printed(layout, field, prop)),
        )  # fmt: skip


def _first(layout: Layout, props: dict[str, str]) -> tuple[Printed, ...]:
    """The first text of each of some fields."""
    return tuple(told for field, prop in props.items() for told in _printed(layout, field, prop)[:1])


def _printed(layout: Layout, field: str, prop: str) -> list[Printed]:
    return [(place, prop, None, field) for place, _, _ in layout.of(field)]


def _addresses(layout: Layout) -> Iterator[_Address]:
    told = [(group, group) for group in ("LegalAddress", "HeadquartersAddress")]
    for repeated in ("OtherAddress", "TransliteratedOtherAddress"):
        told += [(group, layout.types[group] or repeated) for group in layout.groups.get(repeated, ())]
    for group, kind in told:
        lines = [*layout.of(f"{group}/FirstAddressLine"), *layout.of(f"{group}/AdditionalAddressLine")]
        rest = (layout.of(f"{group}/{part}") for part in ("City", "Region", "PostalCode", "Country"))
        places = (found[0][0] if found else -1 for found in rest)
        yield _Address(kind, tuple(place for place, _, _ in lines), itemgetter(*places))


def id_of(lei: str, file: str) -> str:
    """The id of the entity that has an LEI.

    Raises:
        Damaged: It is none.
    """
    if not _LEI.fullmatch(lei):
        raise Damaged(file, record=lei[:40] or "without LEI", found="this is no LEI (18 letters or digits, then 2 digits)",
                      remedy="get the file again from GLEIF")  # fmt: skip
    return f"lei-{lei}"


def claim_entity(claims: Claims, fields: Fields, part: str) -> None:
    """Claim what an LEI record says.

    Raises:
        Damaged: It has no LEI.
    """
    lei = fields.text("LEI")
    identity = id_of(lei, part)
    locator = f"{part}#{lei}"
    if "DeletedAt" in fields or fields.text("RegistrationStatus") == "ANNULLED":
        claims.gone.add(identity)
        claims.counts["annulled"] += 1
        return
    layout, texts, tidy = fields.layout, fields.texts, fields.tidy
    if layout.plan is None:
        layout.plan = _Plan.of(layout)
    plan: _Plan = layout.plan
    category = fields.text("EntityCategory")
    record = claims.record(identity, _SCHEMATA.get(category, "Company"), locator)
    record.add_printed(plan.names, texts, tidy=tidy)
    _claim_addresses(record, fields, plan.addresses)
    _claim_registration(record, fields)
    record.add_printed(plan.kinds, texts, tidy=tidy)
    _claim_days(record, fields, plan)
    if plan.codes:
        record.add_printed(plan.codes, texts, tidy=tidy)
    if "SuccessorEntity" in fields.groups or "AssociatedEntity" in fields.groups:
        _claim_successors(claims, record, fields)


def _claim_addresses(record: Entity, fields: Fields, addresses: tuple[_Address, ...]) -> None:
    """Claim each address once; of one that is told again, as headquarters mostly are, only that it is that one."""
    places: dict[tuple[str, ...], str] = {}
    texts = [*fields.texts, ""]
    for kind, lines, rest in addresses:
        street = texts[lines[0]] if len(lines) == 1 else ", ".join(dict.fromkeys([texts[line] for line in lines]))
        address = (street, *rest(texts))
        if address in places:
            record.add_tidy("addressEntity", places[address], field=kind)
        elif any(address):
            locator = f"{record.locator}/{kind}"
            if place := (fields.tidy and record.tidy_address(address, locator)) or _untidy(record, address, locator):
                places[address] = place


def _untidy(record: Entity, address: tuple[str, str, str, str, str], locator: str) -> str:
    """Claim an address with something to be cleaned, or in no country that is known; gives its id, empty where nothing is told."""
    street, city, region, postal_code, country = address
    if not (street or city or country):
        return ""
    place = record.address(
        street=street, city=city, region=region, postal_code=postal_code, country=country, locator=locator
    )
    return place.id if place else ""


def _claim_registration(record: Entity, fields: Fields) -> None:
    add = record.add_tidy if fields.tidy else record.add
    number, authority = fields.text("RegistrationAuthorityEntityID"), fields.text("RegistrationAuthorityID")
    if number:
        quote = f"{authority} {number}" if authority else None
        add("registrationNumber", number, quote=quote, field="RegistrationAuthority")
    jurisdiction = fields.text("LegalJurisdiction")
    if jurisdiction:
        record.add_country("jurisdiction", jurisdiction[:2], quote=jurisdiction, field="LegalJurisdiction")
    form = fields.text("EntityLegalFormCode")
    if form not in _NO_FORM_CODES:
        add("legalForm", form, field="EntityLegalFormCode")


def _claim_days(record: Entity, fields: Fields, plan: _Plan) -> None:
    texts = fields.texts
    for place, prop, _, field in plan.begun:
        record.add_date(prop, texts[place], field=field)
    for event in fields.groups.get("LegalEntityEvent", ()):
        if fields.text(f"{event}/LegalEntityEventType") in _ENDED and fields.types[event] == "COMPLETED":
            record.add_date(
                "dissolutionDate", fields.text(f"{event}/LegalEntityEventEffectiveDate"), field="LegalEntityEvent"
            )
    for place, prop, _, field in plan.kept:
        record.add_date(prop, texts[place], field=field)
    if (status := fields.text("RegistrationStatus")) not in ("ISSUED", ""):
        record.add("notes", f"Its LEI is {status}", quote=status, field="RegistrationStatus")


def _claim_successors(claims: Claims, record: Entity, fields: Fields) -> None:
    for name, schema in (("Successor", "Succession"), ("Associated", "UnknownLink")):
        for group in fields.groups.get(f"{name}Entity", ()):
            lei, printed = fields.text(f"{group}/{name}LEI"), fields.text(f"{group}/{name}EntityName")
            if lei or printed:
                other = id_of(lei, record.locator) if lei else claims.named(printed, record)
                record.link(schema, other, role=fields.types[group] or f"{name}Entity", field=f"{name}Entity")


@lru_cache(maxsize=1000)
def language(code: str) -> str | None:
    """ISO 639-3 code of an ISO 639-1 one (`en`, `zh-Hans`); None where there is none."""
    from rigour.langs import iso_639_alpha3  # loads a table that only this and sets of one's own need

    return iso_639_alpha3(code[:2]) if code else None
