"""An LEI record into claims: names, addresses, number in its register, form, status, days, and who came after it."""

from __future__ import annotations

import re
from functools import lru_cache

from shellgame.errors import Damaged
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.gleif.fields import Fields

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
_NO_FORM_CODES = frozenset({"8888", "9999"})
"""ISO 20275 codes that say only that the form has none."""
_ENDED = frozenset({"DISSOLUTION", "LIQUIDATION"})


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
    category = fields.text("EntityCategory")
    record = claims.record(identity, _SCHEMATA.get(category, "Company"), locator)
    record.add("leiCode", lei, field="LEI")
    _claim_names(record, fields)
    _claim_addresses(record, fields, locator)
    _claim_registration(record, fields)
    record.add("classification", category, field="EntityCategory")
    record.add("classification", fields.text("EntitySubCategory"), field="EntitySubCategory")
    record.add("status", fields.text("EntityStatus"), field="EntityStatus")
    _claim_days(record, fields)
    _claim_codes(record, fields)
    _claim_successors(claims, record, fields)


def _claim_names(record: Entity, fields: Fields) -> None:
    for name, lang, _ in fields.all("LegalName"):
        record.add("name", name, lang=language(lang), field="LegalName")
    for field, props in _NAMES.items():
        for name, lang, kind in fields.all(field):
            record.add(props.get(kind, "alias"), name, lang=language(lang), field=kind or field)


def _claim_addresses(record: Entity, fields: Fields, locator: str) -> None:
    """Claim each address once; of one that is told again, as headquarters mostly are, only that it is that one."""
    told = [(group, group) for group in ("LegalAddress", "HeadquartersAddress")]
    for repeated in ("OtherAddress", "TransliteratedOtherAddress"):
        told += [(group, fields.types[group] or repeated) for group in fields.groups.get(repeated, ())]
    places: dict[tuple[str, ...], str] = {}
    for group, kind in told:
        address = _address(fields, group)
        street, city, region, postal_code, country = address
        if address in places:
            record.add("addressEntity", places[address], field=kind)
        elif street or city or country:
            place = record.address(
                street=street, city=city, region=region, postal_code=postal_code, country=country,
                locator=f"{locator}/{kind}",
            )  # fmt: skip
            if place:
                places[address] = place.id


def _address(fields: Fields, group: str) -> tuple[str, str, str, str, str]:
    lines = [text for text, _, _ in fields.all(f"{group}/FirstAddressLine")]
    lines += [text for text, _, _ in fields.all(f"{group}/AdditionalAddressLine")]
    text = fields.text
    return (
        ", ".join(dict.fromkeys(lines)),
        text(f"{group}/City"),
        text(f"{group}/Region"),
        text(f"{group}/PostalCode"),
        text(f"{group}/Country"),
    )


def _claim_registration(record: Entity, fields: Fields) -> None:
    number, authority = fields.text("RegistrationAuthorityEntityID"), fields.text("RegistrationAuthorityID")
    if number:
        quote = f"{authority} {number}" if authority else None
        record.add("registrationNumber", number, quote=quote, field="RegistrationAuthority")
    jurisdiction = fields.text("LegalJurisdiction")
    if jurisdiction:
        record.add_country("jurisdiction", jurisdiction[:2], quote=jurisdiction, field="LegalJurisdiction")
    form = fields.text("EntityLegalFormCode")
    if form not in _NO_FORM_CODES:
        record.add("legalForm", form, field="EntityLegalFormCode")
    record.add("legalForm", fields.text("OtherLegalForm"), field="OtherLegalForm")


def _claim_days(record: Entity, fields: Fields) -> None:
    record.add_date("incorporationDate", fields.text("EntityCreationDate"), field="EntityCreationDate")
    record.add_date("dissolutionDate", fields.text("EntityExpirationDate"), field="EntityExpirationDate")
    for event in fields.groups.get("LegalEntityEvent", ()):
        if fields.text(f"{event}/LegalEntityEventType") in _ENDED and fields.types[event] == "COMPLETED":
            record.add_date(
                "dissolutionDate", fields.text(f"{event}/LegalEntityEventEffectiveDate"), field="LegalEntityEvent"
            )
    record.add_date("createdAt", fields.text("InitialRegistrationDate"), field="InitialRegistrationDate")
    record.add_date("modifiedAt", fields.text("LastUpdateDate"), field="LastUpdateDate")
    if (status := fields.text("RegistrationStatus")) not in ("ISSUED", ""):
        record.add("notes", f"Its LEI is {status}", quote=status, field="RegistrationStatus")


def _claim_codes(record: Entity, fields: Fields) -> None:
    for field, prop in (("BIC", "swiftBic"), ("ISIN", "isinCode")):
        for code, _, _ in fields.all(field):
            record.add(prop, code, field=field)


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
