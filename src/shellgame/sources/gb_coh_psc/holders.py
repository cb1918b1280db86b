"""Persons with significant control and beneficial owners: who they are, and what they hold in the company."""

from __future__ import annotations

from typing import Any

from shellgame.names.countries import country_code
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.gb_coh_psc.natures import NOMINEE, nature_of
from shellgame.sources.gb_coh_psc.places import is_here
from shellgame.sources.gb_coh_psc.texts import (
    birth_date,
    claim_address,
    company_id,
    company_number,
    fields,
    note_rest,
    text,
)
from shellgame.sources.holdings import Holding, claim_holding, claim_relation, claim_untold

SCHEMATA = {
    "individual": "Person",
    "corporate-entity": "Company",
    "legal-person": "Organization",
    "super-secure": "Person",
}
"""Who can be a holder, by how its kind begins; one whose details are protected is a person without a name."""
ENDINGS = ("-person-with-significant-control", "-beneficial-owner")
_KNOWN = frozenset(
    ("address", "ceased", "ceased_on", "country_of_residence", "date_of_birth", "description", "etag", "identification",
     "is_sanctioned", "kind", "links", "name", "name_elements", "nationality", "natures_of_control", "notified_on",
     "principal_office_address")
)  # fmt: skip
_NAME_ELEMENTS = (
    ("title", "title"), ("firstName", "forename"), ("middleName", "middle_name"), ("middleName", "other_forenames"),
    ("lastName", "surname"),
)  # fmt: skip
_KNOWN_IDENTIFICATION = frozenset(
    ("country_registered", "legal_authority", "legal_form", "place_registered", "registration_number")
)


def holder_schema(kind: str) -> str:
    """Schema of a holder of this kind; empty where it is no holder's.

    Example:
        >>> holder_schema("legal-person-beneficial-owner"), holder_schema("exemptions")
        ('Organization', '')
    """
    ending = next((each for each in ENDINGS if kind.endswith(each)), None)
    return SCHEMATA.get(kind.removesuffix(ending), "") if ending else ""


def holder_id(kind: str, key: str, company: str, told: dict[str, Any]) -> str:
    """Id of a holder: a corporate one with a number of this register is the company itself.

    Args:
        kind: The line's kind.
        key: What the register calls the holder.
        company: Number of the company in which it holds something. Who gives that as the holder's own is mistaken.
        told: The line's `data`.
    """
    number = _number_here(fields(told.get("identification"))) if kind.startswith("corporate-entity") else ""
    return company_id(number) if number.strip("0") and number != company else f"gb-coh-psc-{key}"


def _number_here(told: dict[str, Any]) -> str:
    """The number of a holder that is registered in the United Kingdom; empty for any other."""
    where = (text(told.get(part)) for part in ("country_registered", "place_registered", "legal_authority"))
    number = company_number(told.get("registration_number"))
    return number if number and is_here(*where) else ""


def claim_holder(claims: Claims, record: Entity, company: str, told: dict[str, Any]) -> None:
    """Claim all that one line tells of a holder.

    Args:
        claims: Where counts and notes go.
        record: The holder.
        company: Number of the company.
        told: The line's `data`.
    """
    _claim_name(record, told)
    record.add_date("birthDate", birth_date(told.get("date_of_birth")), field="date_of_birth")
    _claim_countries(record, "nationality", text(told.get("nationality")), "nationality")
    _claim_countries(record, "country", text(told.get("country_of_residence")), "country_of_residence")
    claim_address(record, told.get("address"), "address")
    if told.get("principal_office_address") != told.get("address"):
        claim_address(record, told.get("principal_office_address"), "principal_office_address")
    _claim_identification(claims, record, fields(told.get("identification")))
    if told.get("is_sanctioned") is True:
        record.add("notes", "Declared to Companies House as sanctioned", field="is_sanctioned")
    if text(told.get("kind")).startswith("super-secure"):
        record.add("notes", f"Details are protected: {text(told.get('description')) or 'super-secure'}", field="kind")
    note_rest(claims, record, told, _KNOWN)
    _claim_natures(claims, record, company, told)


def _claim_name(record: Entity, told: dict[str, Any]) -> None:
    printed, parts = text(told.get("name")), fields(told.get("name_elements"))
    named = [text(parts.get(part)).strip() for part in ("forename", "middle_name", "other_forenames", "surname")]
    plain = " ".join(filter(None, named)) if named[-1] else ""
    record.add("name", plain or printed, original=printed if plain and plain != printed else None, field="name")
    if plain != printed and not set(plain.casefold().split()) <= set(printed.casefold().split()):
        record.add("alias", printed, field="name")  # it is another name than its elements make: neither may be lost
    if record.schema == "Person":
        for prop, part in _NAME_ELEMENTS:
            record.add(prop, text(parts.get(part)), field=f"name_elements/{part}")


def _claim_countries(record: Entity, prop: str, printed: str, field: str) -> None:
    """Claim a country, or several with commas between them."""
    several = [part.strip() for part in printed.split(",")]
    if len(several) > 1 and all(country_code(part) for part in several if part):
        for part in filter(None, several):
            record.add_country(prop, part, quote=printed, field=field)
    else:
        record.add_country(prop, printed, field=field)


def _claim_identification(claims: Claims, record: Entity, told: dict[str, Any]) -> None:
    printed, country = text(told.get("registration_number")).strip(), text(told.get("country_registered"))
    number = _number_here(told)
    field = "identification/registration_number"
    record.add(
        "registrationNumber", number or printed, original=printed if number not in ("", printed) else None, field=field
    )
    record.add_country("jurisdiction", country, field="identification/country_registered")
    record.add("legalForm", text(told.get("legal_form")), field="identification/legal_form")
    for part, words in (("legal_authority", "Governed by"), ("place_registered", "Registered at")):
        if value := text(told.get(part)).strip():
            record.add("notes", f"{words}: {value}", field=f"identification/{part}")
    note_rest(claims, record, told, _KNOWN_IDENTIFICATION)


def _claim_natures(claims: Claims, record: Entity, company: str, told: dict[str, Any]) -> None:
    """Claim a stake for each nature of control; a holder without any, or whose are unknown, holds nobody knows what."""
    natures = told.get("natures_of_control")
    printed = [text(each) for each in natures if text(each)] if isinstance(natures, list) else []
    start, end = text(told.get("notified_on")), text(told.get("ceased_on"))
    remarks = ("Former: ceased, the day is not told",) if told.get("ceased") is True and not end else ()
    for words in dict.fromkeys(printed):
        nature = nature_of(words)
        if nature is not None:
            holding = Holding(
                nature.kind, nature.share, words, "indirect" if nature.through else "", start, end, remarks=remarks,
                key=record.locator,
            )  # fmt: skip
            claim_holding(claims, record, record.id, company_id(company), holding, field="natures_of_control")
        elif NOMINEE.fullmatch(words):
            schema, ends = "Representation", (company_id(company), record.id)
            key = (words, start, record.locator)
            link = claim_relation(claims, record, schema, *ends, key=key, field="natures_of_control")
            link.add("role", words, field="natures_of_control")
            _add_days(link, start, end, remarks)
        else:
            claims.counts["natures_not_understood"] += 1
            claims.counts["not_understood"] += 1
            _claim_untold(claims, record, company_id(company), words, start, end, remarks)
    if not printed:
        _claim_untold(claims, record, company_id(company), text(told.get("kind")), start, end, remarks)


def _claim_untold(
    claims: Claims, record: Entity, company: str, words: str, start: str, end: str, remarks: tuple[str, ...]
) -> None:
    key = (start, record.locator)
    link = claim_untold(claims, record, record.id, company, role=words, key=key, field="natures_of_control")
    _add_days(link, start, end, remarks)


def _add_days(link: Entity, start: str, end: str, remarks: tuple[str, ...]) -> None:
    link.add_date("startDate", start, field="notified_on")
    link.add_date("endDate", end, field="ceased_on")
    link.add_all("summary", remarks, field="ceased")
