"""From a subject to claims. Every name counts as a name, since the list marks none as the main one."""

from __future__ import annotations

import re
from functools import lru_cache

from rigour.langs import iso_639_alpha3

from shellgame.names.countries import country_code
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.eu_fsf.listings import claim_acts, claim_listings
from shellgame.sources.eu_fsf.papers import claim_paper
from shellgame.sources.eu_fsf.subjects import Fact, Subject
from shellgame.sources.printed import emails, enumerated, phones, websites
from shellgame.sources.publication import Part

_LOW_QUALITY = re.compile(r"\W*(?:lo|low|lwo)[\s-]+quality\b[^;\n]{0,12}\W*", re.IGNORECASE)
_GOOD_QUALITY = re.compile(
    r"\W*(?:goo?d|ood|high)[\s-]+quality\b[^;\n]{0,12}\W*|\W*(?:alias|a\.?k\.?a\.?)\W*", re.IGNORECASE
)
_FORMER = re.compile(
    r"\W*(?:formerly(?: known as)?|former name|f\.?k\.?a\.?|previous name|maiden name)\W*", re.IGNORECASE
)
_CLAUSES = re.compile(r"\n|\\n|;")
_UNKNOWN_COUNTRIES = frozenset({"", "00", "UNKNOWN"})
_CONTACTS = {
    "PHONE": ("phone", phones),
    "FAX": ("phone", phones),
    "EMAIL": ("email", emails),
    "WEB": ("website", websites),
}


def write(subject: Subject, part: Part, claims: Claims) -> None:
    """Claim everything that is said of one subject.

    Raises:
        BadInput: A subject type that is neither person nor enterprise.
    """
    record = claims.record(subject.id, subject.schema(part), f"{part.name}#{subject.name}")
    record.add("topics", "sanction")
    for remark in subject.remarks:
        record.add("notes", _broken(remark), original=remark, field="remark")
    for fact in subject.facts:
        _WRITERS[fact.kind](record, fact, claims)
    claim_acts(record, subject)
    for where, text in subject.unknown:
        _note(record, where, text, claims)
    claim_listings(record, subject)


def _name(record: Entity, fact: Fact, claims: Claims) -> None:
    field, lang = _field(fact), _language(fact["nameLanguage"])
    grades = [clause for remark in fact.remarks for clause in _CLAUSES.split(remark) if clause.strip()]
    prop = next((kind for clause in grades if (kind := _kind(clause))), "name")
    whole = fact["wholeName"] or " ".join(filter(None, (fact["firstName"], fact["middleName"], fact["lastName"])))
    quote = "; ".join(fact.remarks) if prop != "name" else None
    if prop == "name" and fact["strong"] == "false":
        prop, quote = "weakAlias", 'strong="false"'
    record.add(prop, whole, lang=lang, quote=quote, field=f"{field}/wholeName")
    if record.schema == "Person":
        for attribute in ("firstName", "middleName", "lastName"):
            record.add(attribute, fact[attribute], lang=lang, quote=whole, field=f"{field}/{attribute}")
        record.add_gender(fact["gender"], field=f"{field}/gender")
        _several(record, "title", fact, "title")
        _several(record, "position", fact, "function")
    else:
        for attribute in ("title", "function"):
            record.add("notes", fact[attribute], quote=f"{whole}: {fact[attribute]}", field=f"{field}/{attribute}")
        for attribute in ("firstName", "middleName", "lastName", "gender"):
            if fact[attribute]:
                _note(record, f"{field}/{attribute}", fact[attribute], claims)
    if fact["nameLanguage"] and lang is None:
        _note(record, f"{field}/nameLanguage", fact["nameLanguage"], claims)
    if any(not _kind(clause) for clause in grades):
        for remark in fact.remarks:
            record.add(
                "notes", _broken(remark), original=remark, quote=f"{whole}: {_broken(remark)}", field=f"{field}/remark"
            )


def _kind(clause: str) -> str | None:
    """What a clause of a name's remark makes of the name; None where it is prose, on the name or anything else."""
    if _LOW_QUALITY.fullmatch(clause):
        return "weakAlias"
    if _GOOD_QUALITY.fullmatch(clause):
        return "alias"
    return "previousName" if _FORMER.fullmatch(clause) else None


def _several(record: Entity, prop: str, fact: Fact, attribute: str) -> None:
    text = fact[attribute]
    for piece in enumerated(text):
        record.add(prop, piece, quote=text if piece != text else None, field=f"{_field(fact)}/{attribute}")


def _citizenship(record: Entity, fact: Fact, claims: Claims) -> None:
    country = _country(fact)
    record.add_country("nationality" if record.schema == "Person" else "country", country, field=_field(fact))
    if fact["region"]:
        record.add(
            "notes", f"Citizenship, region: {fact['region']}", original=fact["region"], field=f"{_field(fact)}/region"
        )
    _remarks(record, fact, "Citizenship")


def _birth(record: Entity, fact: Fact, claims: Claims) -> None:
    field = _field(fact)
    place = ", ".join(filter(None, (fact["place"], fact["city"], fact["region"], fact["zipCode"])))
    if record.schema == "Person":
        record.add("birthPlace", place if place != "-" else "", field=field)
        record.add_country("birthCountry", _country(fact), quote=place or None, field=field)
    elif stated := ", ".join(filter(None, (place, _country(fact)))):
        _note(record, field, stated, claims)
    _birth_date(record, fact, claims)
    _remarks(record, fact, "Birth")


def _birth_date(record: Entity, fact: Fact, claims: Claims) -> None:
    """Claim the day; in another calendar only the day that the list itself gives in ours.

    The few dates in the Islamic calendar have year, month and day in that calendar, and one has the converted day beside them.
    """
    field, prop = _field(fact), "birthDate" if record.schema == "Person" else "incorporationDate"
    stated = "-".join(fact[name].zfill(2) if fact[name] else "?" for name in ("year", "monthOfYear", "dayOfMonth"))
    stated = stated.removesuffix("-?").removesuffix("-?").removesuffix("?")
    day = fact["birthdate"] or stated
    if fact["calendarType"] not in ("", "GREGORIAN"):
        words = f"{stated or day} ({fact['calendarType'].capitalize()} calendar)"
        record.add("notes", f"{prop} as printed: {words}", original=stated or day, field=field)
        day = fact["birthdate"] if fact["year"] and not fact["birthdate"].startswith(fact["year"]) else ""
    record.add_date(prop, day, quote=f"circa {day}" if fact["circa"] == "true" else None, field=field)
    first, last = fact["yearRangeFrom"], fact["yearRangeTo"]
    if first or last:
        words = f"between {first or '?'} and {last or '?'}"
        for year in (first, last) if first and last else ():
            record.add_date(prop, year, quote=words, field=field)
        record.add("notes", f"{prop} as printed: {words}", original=words, field=field)


def _address(record: Entity, fact: Fact, claims: Claims) -> None:
    field = f"{record.locator}/{_field(fact)}"
    for key, value in fact.contacts:
        _contact(record, fact, key, value, claims)
    box, country = fact["poBox"], _country(fact)
    street = ", ".join(filter(None, (fact["place"], fact["street"], f"P.O. Box {box}" if box.isdigit() else box)))
    printed = fact["countryDescription"] if fact["countryDescription"] not in _UNKNOWN_COUNTRIES else country
    lines = (street, " ".join(filter(None, (fact["zipCode"], fact["city"]))), fact["region"], printed)
    remarks = "; ".join(
        (*map(_broken, fact.remarks), *(["as at listing time"] if fact["asAtListingTime"] == "true" else ()))
    )
    if not any(lines):
        record.add("notes", remarks, field=_field(fact))
        return
    place = record.address(
        full=", ".join(filter(None, lines)), street=street, city=fact["city"], region=fact["region"], postal_code=fact["zipCode"],
        country=country or None, remarks=remarks, locator=field,
    )  # fmt: skip
    if place is not None:
        place.add("postOfficeBox", box)


def _contact(record: Entity, fact: Fact, key: str, value: str, claims: Claims) -> None:
    field = f"{_field(fact)}/contactInfo"
    prop, split = _CONTACTS.get(key.upper(), ("", enumerated))
    values = split(value.strip()) if prop else []
    for each in values:
        record.add(prop, each, quote=f"{key}: {value}" if key == "FAX" or each != value.strip() else None, field=field)
    if not values and value.strip():
        _note(record, f"{field} {key}".strip(), value, claims)


def _paper(record: Entity, fact: Fact, claims: Claims) -> None:
    claim_paper(record, fact, _country(fact), claims)


def _country(fact: Fact) -> str:
    """The country as printed, by its name where that is known, else by its code; empty where it is stated as unknown."""
    name, code = fact["countryDescription"], fact["countryIso2Code"]
    if name and name not in _UNKNOWN_COUNTRIES and country_code(name):
        return name
    return next((each for each in (code, name) if each not in _UNKNOWN_COUNTRIES), "")


def _remarks(record: Entity, fact: Fact, about: str) -> None:
    for remark in fact.remarks:
        record.add("notes", f"{about}: {_broken(remark)}", original=remark, field=f"{_field(fact)}/remark")


def _note(record: Entity, where: str, text: str, claims: Claims) -> None:
    claims.counts["not_understood"] += 1
    record.add("notes", f"{where}: {text}", original=text, field=where.partition(" ")[0])


def _field(fact: Fact) -> str:
    return f"{fact.kind}/{fact['logicalId']}" if fact["logicalId"] else fact.kind


def _broken(text: str) -> str:
    r"""A remark with the line breaks that the CSV layouts print as `\n`."""
    return text.replace("\\n", "\n")


@lru_cache(maxsize=256)
def _language(code: str) -> str | None:
    return iso_639_alpha3(code.lower()) if code else None


_WRITERS = {
    "nameAlias": _name, "citizenship": _citizenship, "birthdate": _birth, "address": _address, "identification": _paper,
}  # fmt: skip
