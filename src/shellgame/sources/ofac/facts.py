"""What a fragment of a remark claims: from the kinds of `remarks` to properties of FollowTheMoney.

A property is claimed only of a schema that has it; a fact that fits nowhere stays as a note, word for word. Papers are
claimed twice: as an Identification or Passport with its country and days, and as the plain number that matching reads.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from shellgame.names.countries import country_named
from shellgame.sources.claims import Claims, Entity, digest
from shellgame.sources.ofac.names import person_name
from shellgame.sources.ofac.remark_rules import Kind
from shellgame.sources.ofac.remarks import Fragment
from shellgame.sources.ofac.ties import Tie

FIELD: Final = "remarks"

_PERSON = frozenset({"Person"})
_BODY = frozenset({"Organization"})
_PARTY = _PERSON | _BODY
_SHIP = frozenset({"Vessel"})
_PLANE = frozenset({"Airplane"})
_ANY = _PARTY | _SHIP | _PLANE

_TEXTS: Final[dict[Kind, tuple[frozenset[str], str]]] = {
    "title": (_PERSON, "title"), "position": (_PERSON, "position"), "ethnicity": (_PERSON, "ethnicity"),
    "org_type": (_BODY, "sector"), "target_type": (_BODY, "legalForm"),
    "issuer_name": (_BODY, "alias"), "lei": (_PARTY, "leiCode"), "duns": (_PARTY, "dunsCode"), "swift": (_PARTY, "swiftBic"),
    "website": (_PARTY, "website"), "email": (_PARTY, "email"), "phone": (_PARTY, "phone"), "fax": (_PARTY, "phone"),
    "imo": (_SHIP | _BODY, "imoNumber"), "mmsi": (_SHIP, "mmsi"), "call_sign": (_SHIP, "callSign"),
    "vessel_type": (_SHIP, "type"), "tonnage": (_SHIP, "tonnage"), "former_name": (_ANY, "previousName"),
    "aircraft_model": (_PLANE, "model"), "msn": (_PLANE, "serialNumber"), "serial_number": (_PLANE, "serialNumber"),
    "construction_number": (_PLANE, "serialNumber"), "tail_number": (_PLANE, "registrationNumber"),
    "former_tail_number": (_PLANE, "registrationNumber"), "mode_s": (_PLANE, "registrationNumber"),
}  # fmt: skip
_DATES: Final[dict[Kind, tuple[frozenset[str], str]]] = {
    "dob": (_PERSON, "birthDate"), "established": (_BODY, "incorporationDate"),
    "manufacture_date": (_PLANE, "buildDate"), "build_year": (_SHIP, "buildDate"),
}  # fmt: skip
_COUNTRIES: Final[dict[Kind, tuple[frozenset[str], str]]] = {
    "nationality": (_PERSON, "nationality"), "citizenship": (_PERSON, "citizenship"), "flag": (_SHIP, "flag"),
    "former_flag": (_SHIP, "pastFlags"), "registration_country": (_BODY, "jurisdiction"),
}  # fmt: skip
_ALIASES: Final = {"f.k.a.": "previousName", "n.k.a.": "alias", "d.b.a.": "alias"}  # a.k.a. in a remark is a weak alias
_PAPERS: Final[dict[Kind, str]] = {
    "passport": "passportNumber", "identification": "idNumber", "tax_number": "taxNumber",
    "registration_number": "registrationNumber", "bik": "idNumber",  # bikCode is a Company's alone
}  # fmt: skip
_RELATIONS: Final = {  # what is more than a link of unknown kind: schema, and whether the record is its source
    "Acting for or on behalf of": ("Representation", True),
    "Owned by": ("Ownership", False),
    "Subsidiary of": ("Ownership", False),
    "subsidiary of": ("Ownership", False),
}
_YEARS_LISTED: Final = 10
"""Longest span of birth years that is claimed year by year; of a longer one only the ends."""
_STATES_TOO: Final = frozenset({"Georgia", "Jersey"})
"""Countries whose names a birth place may end with and mean another one: `Atlanta, Georgia`."""

_INN = re.compile(r"\d{10}|\d{12}")
_OGRN = re.compile(r"\d{13}|\d{15}")
_OKPO = re.compile(r"\d{8}|\d{10}")
_USCC = re.compile(r"[0-9A-Z]{18}")


class Listed(NamedTuple):
    """A record while its remark is written.

    Attributes:
        claims: What the record is written into; counts what was not understood.
        record: The listed party.
        listing: Its listing (Sanction).
        ties: Takes the links to other parties, whose ends are found when the whole publication is read.
    """

    claims: Claims
    record: Entity
    listing: Entity
    ties: list[Tie]


def write_fact(listed: Listed, fragment: Fragment) -> None:
    """Claim what one fragment of a remark says of a record."""
    kind, schema = fragment.kind, listed.record.schema
    for table, write in ((_TEXTS, _text), (_DATES, _date), (_COUNTRIES, _country)):
        if (place := table.get(kind)) and schema in place[0]:
            return write(listed.record, place[1], fragment)
    if kind in _PAPERS and schema in _PARTY:
        return _paper(listed.record, fragment)
    if write_otherwise := _OTHERWISE.get(kind):
        return write_otherwise(listed, fragment)
    return keep(listed, fragment)


def keep(listed: Listed, fragment: Fragment) -> None:
    """Keep a fragment as a note, as printed; counts what no rule understood."""
    listed.record.add("notes", fragment.quote, field=FIELD)
    if fragment.kind == "unknown":
        listed.claims.counts["not_understood"] += 1


def _text(record: Entity, prop: str, fragment: Fragment) -> None:
    record.add(prop, fragment.value, quote=fragment.quote, field=FIELD)


def _date(record: Entity, prop: str, fragment: Fragment) -> None:
    """Claim a day; of a span every year it touches, or the month it is, since one of them is meant and nobody says which."""
    start, _, end = fragment.value.partition("/")
    if not end:
        original = f"circa {start}" if fragment.label == "circa" else None
        return record.add(prop, start, original=original, quote=fragment.quote, field=FIELD)
    if start[:7] == end[:7] and len(start) >= 7:
        days = [start[:7]]
    else:
        first, last = int(start[:4]), int(end[:4])
        days = [str(year) for year in range(first, last + 1)] if last - first < _YEARS_LISTED else [start, end]
    for day in days:
        record.add(prop, day, original=fragment.value, quote=fragment.quote, field=FIELD, stance="infers")
    return None


def _country(record: Entity, prop: str, fragment: Fragment) -> None:
    if "possibly" in fragment.label:
        return record.add("notes", fragment.quote, field=FIELD)
    return record.add_country(prop, fragment.value, quote=fragment.quote, field=FIELD)


def _paper(record: Entity, fragment: Fragment) -> None:
    number, quote = fragment.value, fragment.quote
    is_passport = fragment.kind == "passport" and record.schema == "Person"
    paper = record.identification(
        number, kind=fragment.label, schema="Passport" if is_passport else "Identification", country=fragment.country,
        issued=fragment.issued, expires=fragment.expires, quote=quote, field=FIELD,
    )  # fmt: skip
    paper.add("authority", fragment.place, quote=quote, field=FIELD)
    prop = _PAPERS[fragment.kind]
    record.add("idNumber" if prop == "passportNumber" and not is_passport else prop, number, quote=quote, field=FIELD)
    if special := _special_number(record.schema, fragment):
        record.add(special, number, quote=quote, field=FIELD)


def _special_number(schema: str, fragment: Fragment) -> str:
    """The property that a number has besides the plain one, where label, country and shape tell it."""
    number, label = fragment.value, fragment.label
    if fragment.kind == "tax_number":
        if label == "V.A.T. Number":
            return "vatCode"
        return "innCode" if fragment.country == "Russia" and _INN.fullmatch(number) else ""
    if fragment.kind == "identification":
        return "socialSecurityNumber" if label == "SSN" and schema == "Person" else ""
    if "Social Credit Code" in label:
        return "uscCode" if _USCC.fullmatch(number) else ""
    if fragment.country == "Russia":
        if label == "Government Gazette Number":
            return "okpoCode" if _OKPO.fullmatch(number) else ""
        return "ogrnCode" if _OGRN.fullmatch(number) else ""
    return ""


def _birth_place(listed: Listed, fragment: Fragment) -> None:
    if listed.record.schema != "Person":
        return keep(listed, fragment)
    listed.record.add("birthPlace", fragment.value, quote=fragment.quote, field=FIELD)
    last = fragment.value.rsplit(",", 1)[-1].strip()
    if last not in _STATES_TOO and (code := country_named(last)):
        listed.record.add("birthCountry", code, original=last, quote=fragment.quote, field=FIELD, stance="infers")
    return None


def _gender(listed: Listed, fragment: Fragment) -> None:
    if listed.record.schema != "Person":
        return keep(listed, fragment)
    return listed.record.add_gender(fragment.value, quote=fragment.quote, field=FIELD)


def _appearance(listed: Listed, fragment: Fragment) -> None:
    if listed.record.schema != "Person":
        return keep(listed, fragment)
    return listed.record.add("appearance", fragment.quote.rstrip("."), quote=fragment.quote, field=FIELD)


def _alias(listed: Listed, fragment: Fragment) -> None:
    name = fragment.value
    full = person_name(name).full if listed.record.schema == "Person" else name
    prop = _ALIASES.get(fragment.label, "weakAlias")
    listed.record.add(prop, full, original=None if full == name else name, quote=fragment.quote, field=FIELD)


def _craft_number(listed: Listed, fragment: Fragment) -> None:
    if listed.record.schema not in _SHIP | _PLANE:
        return keep(listed, fragment)
    return listed.record.add("registrationNumber", fragment.value, quote=fragment.quote, field=FIELD)


def _registered_in(listed: Listed, fragment: Fragment) -> None:
    return listed.record.add_country("country", fragment.value, quote=fragment.quote, field=FIELD)


def _wallet(listed: Listed, fragment: Fragment) -> None:
    key = digest(fragment.label, fragment.value)
    wallet = listed.record.part(f"{listed.claims.source}-wallet-{key}", "CryptoWallet")
    wallet.add("publicKey", fragment.value, quote=fragment.quote, field=FIELD)
    wallet.add("currency", fragment.label, quote=fragment.quote, field=FIELD)
    wallet.add("holder", listed.record.id, quote=fragment.quote, field=FIELD)


def _security(listed: Listed, fragment: Fragment) -> None:
    prop = "isin" if fragment.kind == "isin" else "ticker"
    paper = listed.record.part(f"{listed.record.id}-security-{digest(prop, fragment.value)}", "Security")
    paper.add(prop, fragment.value, quote=fragment.quote, field=FIELD)
    paper.add("issuer", listed.record.id, quote=fragment.quote, field=FIELD)


def _about_listing(listed: Listed, fragment: Fragment) -> None:
    text = f"{fragment.label}: {fragment.value}" if fragment.label else fragment.value
    listed.listing.add("summary", text, quote=fragment.quote, field=FIELD)


def _divestment(listed: Listed, fragment: Fragment) -> None:
    listed.listing.add("summary", fragment.quote.rstrip("."), quote=fragment.quote, field=FIELD)


def _notice(listed: Listed, fragment: Fragment) -> None:
    listed.listing.add("programUrl", fragment.value, quote=fragment.quote, field=FIELD)


def _day_of_listing(listed: Listed, fragment: Fragment) -> None:
    prop = "listingDate" if fragment.kind == "listing_date" else "startDate"
    listed.listing.add(prop, fragment.value, quote=fragment.quote, field=FIELD)


def _tie(listed: Listed, fragment: Fragment) -> None:
    schema, outward = _RELATIONS.get(fragment.label, ("UnknownLink", True))
    if fragment.kind == "family" and listed.record.schema == "Person":
        schema = "Family"
    elif fragment.kind == "vessel_owner":
        schema, outward = "Ownership", False
    name = fragment.value.strip()
    listed.ties.append(Tie(schema, fragment.label, name, fragment.quote, FIELD, outward))


_OTHERWISE: Final = {
    "pob": _birth_place, "gender": _gender, "physical": _appearance, "alias": _alias,
    "passport": _craft_number, "identification": _craft_number, "tax_number": _craft_number,
    "registration_number": _craft_number, "registration_country": _registered_in,
    "crypto_address": _wallet, "isin": _security, "ticker": _security,
    "sanctions_info": _about_listing, "legal_notice": _notice,
    "listing_date": _day_of_listing, "effective_date": _day_of_listing, "divestment_date": _divestment,
    "link": _tie, "family": _tie, "vessel_owner": _tie, "aircraft_operator": _tie,
}  # fmt: skip
