"""What statements say of parties, of any version of the standard, as facts that can be compared before they are claimed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from shellgame.names.countries import country_code
from shellgame.sources.bods.statement import ENVELOPE, Statement, listed, mapping, text
from shellgame.sources.claims import Entity
from shellgame.sources.json_records import as_json
from shellgame.sources.publication import LONGEST_TEXT

_ENTITY_KEYS = frozenset(
    ("addresses", "alternateNames", "entityType", "entitySubtype", "formedByStatute", "foundingDate", "dissolutionDate",
     "identifiers", "incorporatedInJurisdiction", "isComponent", "jurisdiction", "name", "publicListing",
     "unspecifiedEntityDetails", "uri")
)  # fmt: skip
_PERSON_KEYS = frozenset(
    ("addresses", "birthDate", "deathDate", "hasPepStatus", "identifiers", "isComponent", "names", "nationalities",
     "pepStatusDetails", "personType", "placeOfBirth", "placeOfResidence", "politicalExposure", "taxResidencies",
     "unspecifiedPersonDetails")
)  # fmt: skip
_SCHEMATA = {
    "registeredEntity": "Company",
    "legalEntity": "Organization",
    "arrangement": "Organization",
    "state": "PublicBody",
    "stateBody": "PublicBody",
}
_ONLY_OF = {
    "isinCode": frozenset(("Company",)),
    "ticker": frozenset(("Company",)),
    "imoNumber": frozenset(("Company", "Organization", "PublicBody")),
}
"""Schemata that have a property which others lack."""
_FORMER_NAMES = frozenset(("former", "birth", "previous"))
_NAMES = frozenset(("legal", "individual", ""))


class Fact(NamedTuple):
    """One value of a property.

    Attributes:
        prop: Property.
        value: As printed.
        how: How it is cleaned: `date`, `country`, `address`, or empty for text; `unknown` for what the standard does not know.
        quote: Words around it.
        field: Where it stands.
        parts: Of an address: post code and country.
    """

    prop: str
    value: str
    how: str = ""
    quote: str | None = None
    field: str = ""
    parts: tuple[str, str] = ("", "")

    def claim(self, entity: Entity) -> None:
        """Claim it of an entity."""
        if self.how == "date":
            entity.add_date(self.prop, self.value, quote=self.quote, field=self.field)
        elif self.how == "country":
            entity.add_country(self.prop, self.value, quote=self.quote, field=self.field)
        elif self.how == "address":
            code, country = self.parts
            entity.address(
                full=self.value,
                postal_code=code,
                country=country,
                remarks=self.quote,
                locator=f"{entity.locator}/{self.field}",
            )
        else:
            entity.add(self.prop, self.value, quote=self.quote, field=self.field)


def schema_of(statement: Statement) -> str:
    """Schema of the party that a statement is about."""
    if statement.kind == "person":
        return "Person"
    told = statement.details.get("entityType")
    return _SCHEMATA.get(text(told) or text(mapping(told).get("type")), "LegalEntity")


def facts_of(statement: Statement) -> list[Fact]:
    """All that a statement says of its party, without what is empty."""
    facts = _person(statement.details) if statement.kind == "person" else _entity(statement.details)
    known = _PERSON_KEYS if statement.kind == "person" else _ENTITY_KEYS
    found = [*facts, *_rest(statement, known), *source_facts(statement, "notes")]
    return [_fitting(fact, schema_of(statement)) for fact in dict.fromkeys(found) if fact.value]


def _fitting(fact: Fact, schema: str) -> Fact:
    """The fact, or a note of it where the schema has no such property."""
    if schema in _ONLY_OF.get(fact.prop, (schema,)):
        return fact
    return fact._replace(prop="notes", value=f"{fact.prop}: {fact.value}")


def _entity(told: dict[str, Any]) -> Iterator[Fact]:
    yield Fact("name", text(told.get("name")), field="name")
    for name in listed(told.get("alternateNames")):
        yield Fact("alias", text(name), field="alternateNames")
    kind = told.get("entityType")
    for part in ("subtype", "details"):
        yield Fact("legalForm", text(mapping(kind).get(part)), field=f"entityType/{part}")
    yield Fact("legalForm", text(mapping(told.get("entitySubtype")).get("generalCategory")), field="entitySubtype")
    for name in ("jurisdiction", "incorporatedInJurisdiction"):
        yield from _country("jurisdiction", told.get(name), name)
    yield Fact("incorporationDate", text(told.get("foundingDate")), "date", field="foundingDate")
    yield Fact("dissolutionDate", text(told.get("dissolutionDate")), "date", field="dissolutionDate")
    yield from _identifiers(told, _entity_number)
    yield from _addresses(told)
    yield Fact("sourceUrl", text(told.get("uri")), field="uri")
    statute = mapping(told.get("formedByStatute"))
    words = ", ".join(filter(None, (text(statute.get("name")), text(statute.get("date")))))
    yield Fact("notes", f"Formed by statute: {words}" if words else "", field="formedByStatute")
    yield from _unspecified(told.get("unspecifiedEntityDetails"), "unspecifiedEntityDetails")
    yield from _listing(mapping(told.get("publicListing")))


def _listing(told: dict[str, Any]) -> Iterator[Fact]:
    if told.get("hasPublicListing") is True:
        yield Fact("notes", "Publicly listed", field="publicListing")
    for url in listed(told.get("companyFilingsURLs")):
        yield Fact("sourceUrl", text(url), field="publicListing/companyFilingsURLs")
    for each in map(mapping, listed(told.get("securitiesListings"))):
        security, field = mapping(each.get("security")), "publicListing/securitiesListings"
        number, scheme = text(security.get("id")), text(security.get("idScheme"))
        yield Fact("isinCode" if scheme.lower() == "isin" else "notes",
                   number if scheme.lower() == "isin" or not number else f"Security {scheme}: {number}", field=field)  # fmt: skip
        yield Fact("ticker", text(security.get("ticker")), field=field)
        places = (
            "stockExchangeName",
            "stockExchangeJurisdiction",
            "marketIdentifierCode",
            "operatingMarketIdentifierCode",
        )
        words = ", ".join(filter(None, (text(each.get(place)) for place in places)))
        yield Fact("notes", f"Listed at: {words}" if words else "", field=field)


def _person(told: dict[str, Any]) -> Iterator[Fact]:
    kind = text(told.get("personType"))
    if kind and kind != "knownPerson":
        yield Fact("notes", f"Person type: {kind}", field="personType")
    for name in map(mapping, listed(told.get("names"))):
        type_ = text(name.get("type"))
        prop = "name" if type_ in _NAMES else "previousName" if type_ in _FORMER_NAMES else "alias"
        parts = {part: text(name.get(part)) for part in ("givenName", "patronymicName", "familyName")}
        yield Fact(prop, text(name.get("fullName")) or " ".join(filter(None, parts.values())), field="names")
        for prop, part in (("firstName", "givenName"), ("fatherName", "patronymicName"), ("lastName", "familyName")):
            yield Fact(prop, parts[part], field="names")
    yield Fact("birthDate", text(told.get("birthDate")), "date", field="birthDate")
    yield Fact("deathDate", text(told.get("deathDate")), "date", field="deathDate")
    for nationality in listed(told.get("nationalities")):
        yield from _country("nationality", nationality, "nationalities")
    for residency in listed(told.get("taxResidencies")):
        yield from _country("country", residency, "taxResidencies", "tax residency")
    place = mapping(told.get("placeOfBirth"))
    yield Fact("birthPlace", text(place.get("address")), field="placeOfBirth")
    yield from _country("birthCountry", place.get("country"), "placeOfBirth")
    yield from _addresses(told)
    yield from _identifiers(told, _person_number)
    yield from _unspecified(told.get("unspecifiedPersonDetails"), "unspecifiedPersonDetails")
    yield from _political(told)


def _political(told: dict[str, Any]) -> Iterator[Fact]:
    exposure = mapping(told.get("politicalExposure"))
    status = text(exposure.get("status")) or {True: "isPep", False: ""}.get(told.get("hasPepStatus") is True, "")
    field = "politicalExposure" if exposure else "pepStatusDetails"
    if status == "isPep":
        yield Fact("topics", "role.pep", field=field, quote=status)
    elif status and status != "isNotPep":
        yield Fact("notes", f"Political exposure: {status}", field=field)
    for each in map(mapping, listed(exposure.get("details")) or listed(told.get("pepStatusDetails"))):
        yield Fact("position", text(each.get("reason")), field=field)
        days = [
            f"{word} {day}"
            for word, name in (("from", "startDate"), ("until", "endDate"))
            if (day := text(each.get(name)))
        ]
        place = text(mapping(each.get("jurisdiction")).get("name"))
        words = ", ".join(filter(None, (text(each.get("reason")), place, *days, text(each.get("missingInfoReason")))))
        yield Fact("notes", f"Political exposure: {words}" if words else "", field=field)


def _country(prop: str, printed: object, field: str, quote: str | None = None) -> Iterator[Fact]:
    """A country by its code where that can be read, else by its name; in old versions it is a plain text."""
    code, name = text(printed) or text(mapping(printed).get("code")), text(mapping(printed).get("name"))
    yield Fact(prop, code if code and country_code(code) else name or code, "country", quote, field)


def _addresses(told: dict[str, Any]) -> Iterator[Fact]:
    places = [("addresses", each) for each in listed(told.get("addresses"))]
    for field, address in [*places, ("placeOfResidence", told.get("placeOfResidence"))]:
        each = mapping(address)
        line, code, country = text(each.get("address")), text(each.get("postCode")), each.get("country")
        printed = text(country) or text(mapping(country).get("name")) or text(mapping(country).get("code"))
        if line or code:
            yield Fact("address", line or code, "address", None, field, (code, printed))
        elif printed:
            yield Fact("country", printed, "country", text(each.get("type")) or None, field)


def _identifiers(told: dict[str, Any], prop_of: Any) -> Iterator[Fact]:
    for each in map(mapping, listed(told.get("identifiers"))):
        number, scheme, name = (text(each.get(part)) for part in ("id", "scheme", "schemeName"))
        quote = ", ".join(filter(None, (scheme, name))) or None
        if number:
            yield Fact(
                prop_of(f"{scheme} {name}".upper()), number, "", f"{quote}: {number}" if quote else None, "identifiers"
            )
        yield Fact("sourceUrl", text(each.get("uri")), field="identifiers/uri")


def _entity_number(scheme: str) -> str:
    for part, prop in (("XI-LEI", "leiCode"), ("LEGAL ENTITY IDENTIFIER", "leiCode"), ("RU-INN", "innCode"),
                       ("RU-OGRN", "ogrnCode"), ("XI-IMO", "imoNumber"), ("TAXID", "taxNumber"), ("-VAT", "vatCode"),
                       ("-RFC", "taxNumber")):  # fmt: skip
        if part in scheme:
            return prop
    return "registrationNumber"


def _person_number(scheme: str) -> str:
    for part, prop in (("TAXID", "taxNumber"), ("PASSPORT", "passportNumber"), ("RU-INN", "innCode")):
        if part in scheme:
            return prop
    return "idNumber"


def _unspecified(printed: object, field: str) -> Iterator[Fact]:
    told = mapping(printed)
    words = ": ".join(filter(None, (text(told.get("reason")), text(told.get("description")))))
    yield Fact("notes", f"Not specified: {words}" if words else "", field=field)


def source_facts(statement: Statement, note: str) -> Iterator[Fact]:
    """What a statement says of itself: when it was made and taken up, by whom it is asserted, and notes on it."""
    yield Fact("modifiedAt", text(statement.whole.get("statementDate")), "date", field="statementDate")
    for source in map(mapping, listed(statement.whole.get("source"))):
        yield Fact("sourceUrl", text(source.get("url")), field="source/url")
        yield Fact("retrievedAt", text(source.get("retrievedAt")), "date", field="source/retrievedAt")
        who = [
            " ".join(filter(None, (text(by.get("name")), text(by.get("uri")))))
            for by in map(mapping, listed(source.get("assertedBy")))
        ]
        kinds = ", ".join(filter(None, map(text, listed(source.get("type")))))
        words = "; ".join(
            filter(None, (kinds, f"asserted by {', '.join(who)}" if any(who) else "", text(source.get("description"))))
        )
        yield Fact(note, f"Source: {words}" if words else "", field="source")
    for each in map(mapping, listed(statement.whole.get("annotations"))):
        yield Fact(note, _annotation(each), field="annotations")


def _annotation(told: dict[str, Any]) -> str:
    by = mapping(told.get("createdBy"))
    head = ", ".join(
        filter(
            None,
            (text(told.get("motivation")), text(told.get("statementPointerTarget")), text(by.get("name")), text(by.get("uri")),
             text(told.get("creationDate"))),
        )
    )  # fmt: skip
    changed = told.get("transformedContent")
    content = f"printed before: {text(changed)!r}" if isinstance(changed, str) else ""
    words = "; ".join(filter(None, (text(told.get("description")), content, text(told.get("url")))))
    return ": ".join(filter(None, (f"Annotation ({head})" if head else "", words)))


def _rest(statement: Statement, known: frozenset[str]) -> Iterator[Fact]:
    """What the standard does not know, kept as notes."""
    for name in sorted(statement.details.keys() - known - ENVELOPE):
        value = statement.details[name]
        if value not in (None, "", [], {}):
            words = value if isinstance(value, str) else as_json(value)
            yield Fact("notes", f"{name}: {words[:LONGEST_TEXT]}", "unknown", None, name[:80])
