"""The Security Council's consolidated list, one XML file (`consolidated.xml`, schema `sc-sanctions.xsd`).

Individuals and entities stand under INDIVIDUALS and ENTITIES, each with a number of its own for good (DATAID, so `unsc-<DATAID>`)
and the permanent reference of its committee (REFERENCE_NUMBER, `QDi.123`: committee, individual or entity, count), by which remarks
name one another. What is peculiar:

- A person's name comes in up to four numbered parts in the order of the name. They are no given and family names: the DPRK list
  puts the family name first, others do not. There the first part is read as the family name, and that is marked as an inference.
- An element of one kind may come empty many times (INDIVIDUAL_ALIAS, INDIVIDUAL_DOCUMENT); empty ones say nothing.
- Aliases of persons are `Good` or `Low` in QUALITY, those of entities `a.k.a.` or `f.k.a.`; one may carry a birth date and place of
  its own, which were used with that name.
- A birth date is EXACT, APPROXIMATELY or BETWEEN two years; both years are claimed, and the printed words are kept.
- Old publications put a time zone behind a day (`2015-03-27-04:00`).
- COMMENTS1 holds in prose what has no element: relations, the paragraph a listing rests on, telephone numbers, deaths.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from lxml import etree

from shellgame.errors import BadInput, Damaged
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.publication import Part, Publication
from shellgame.sources.reader import Format
from shellgame.sources.relations import Names, Told, link_told
from shellgame.sources.un_sc_sanctions.comments import REFERENCE, claim_comments, plain_reference
from shellgame.sources.un_sc_sanctions.names import claim_alias, claim_names
from shellgame.sources.un_sc_sanctions.papers import claim_paper
from shellgame.sources.wording import add_days, distinct, is_blank
from shellgame.sources.xml import children, local, records, root_name, text_of

PART = "consolidated.xml"
AUTHORITY = "United Nations Security Council"
# The list's short names for its regimes, and the ids that OpenSanctions gives the regimes (by resolution).
PROGRAM_IDS = {
    "Al-Qaida": "UN-SCISIL", "Taliban": "UN-SC1988", "DPRK": "UN-SC1718", "Iran": "UN-SC1737", "Iraq": "UN-SC1518",
    "Libya": "UN-SC1970", "DRC": "UN-SC1533", "Somalia": "UN-SC2713", "Sudan": "UN-SC1591", "SouthSudan": "UN-SC2206",
    "CAR": "UN-SC2127", "Yemen": "UN-SC2140", "GB": "UN-SC2048", "Haiti": "UN-SC2653",
}  # fmt: skip
_KNOWN = frozenset({
    "DATAID", "VERSIONNUM", "FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME", "UN_LIST_TYPE", "REFERENCE_NUMBER",
    "LISTED_ON", "DELISTED_ON", "GENDER", "SUBMITTED_BY", "SUBMITTED_ON", "NAME_ORIGINAL_SCRIPT", "COMMENTS1", "TITLE",
    "DESIGNATION", "NATIONALITY", "LIST_TYPE", "LAST_DAY_UPDATED", "INDIVIDUAL_ALIAS", "INDIVIDUAL_ADDRESS",
    "INDIVIDUAL_DATE_OF_BIRTH", "INDIVIDUAL_PLACE_OF_BIRTH", "INDIVIDUAL_DOCUMENT", "ENTITY_ALIAS", "ENTITY_ADDRESS",
    "SORT_KEY", "SORT_KEY_LAST_MOD",
})  # fmt: skip
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2}).*")


def recognise(name: str, head: bytes) -> str | None:
    """Know the list by its root element."""
    return PART if root_name(head) == "CONSOLIDATED_LIST" else None


def read(publication: Publication, claims: Claims) -> None:
    """Read the list: every record first, then the relations between them.

    Raises:
        Damaged: A record without its numbers or a name, or two records with one number.
        BadInput: An unknown quality of an alias or kind of birth date.
    """
    part = publication.parts[PART]
    by_reference: dict[str, str] = {}
    persons: set[str] = set()
    names, told, seen = Names(), list[Told](), set[str]()
    for element in records(part, "INDIVIDUAL", "ENTITY"):
        if claims.published is None:
            claims.published = _moment(part, element.getroottree().getroot().get("dateGenerated", ""))
        record = _record(part, claims, element, seen)
        by_reference[plain_reference(text_of(element, "REFERENCE_NUMBER"))] = record.id
        if record.schema == "Person":
            persons.add(record.id)
        _read_record(part, claims, record, element, names)
        told.append(Told(record, text_of(element, "COMMENTS1"), "COMMENTS1"))
    link_told(
        claims,
        told,
        names,
        persons,
        reference=REFERENCE,
        by_reference=lambda printed: by_reference.get(plain_reference(printed)),
    )


def _moment(part: Part, printed: str) -> str | None:
    if not printed:
        return None
    try:
        moment = datetime.fromisoformat(printed)
    except ValueError as error:
        raise Damaged(
            part.printed_name,
            record="dateGenerated",
            found=f"{printed!r} is no moment",
            remedy="get the list again from the publisher",
        ) from error
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment.tzinfo else printed[:10]


def _record(part: Part, claims: Claims, element: etree._Element, seen: set[str]) -> Entity:
    number = text_of(element, "DATAID")
    if not number or not text_of(element, "REFERENCE_NUMBER") or not text_of(element, "FIRST_NAME"):
        raise Damaged(
            part.printed_name, record=f"the {local(element)} {number or 'after ' + (max(seen, default='the start'))}",
            found="a record without DATAID, REFERENCE_NUMBER or FIRST_NAME", remedy="get the list again from the publisher",
        )  # fmt: skip
    if number in seen:
        raise Damaged(
            part.printed_name,
            record=number,
            found="two records with this DATAID",
            remedy="get the list again from the publisher",
        )
    seen.add(number)
    schema = "Person" if local(element) == "INDIVIDUAL" else "Organization"
    return claims.record(f"unsc-{number}", schema, f"{PART}#{number}")


def _read_record(part: Part, claims: Claims, record: Entity, element: etree._Element, names: Names) -> None:
    record.add("topics", "sanction")
    for name in claim_names(record, element):
        names.add(name, record.id)
    for alias in children(element, "INDIVIDUAL_ALIAS", "ENTITY_ALIAS"):
        for name in claim_alias(part, claims, record, alias):
            names.add(name, record.id)
    for prop, tag in (("title", "TITLE"), ("position", "DESIGNATION")):
        record.add_all(prop, _values(element, tag), field=tag)
    for printed in _values(element, "NATIONALITY"):
        record.add_country("nationality", printed, field="NATIONALITY")
    if not is_blank(gender := text_of(element, "GENDER")):
        record.add_gender(gender, field="GENDER")
    for birth in children(element, "INDIVIDUAL_DATE_OF_BIRTH"):
        _birth_date(part, claims, record, birth)
    for place in children(element, "INDIVIDUAL_PLACE_OF_BIRTH"):
        _birth_place(record, place)
    for address in children(element, "INDIVIDUAL_ADDRESS", "ENTITY_ADDRESS"):
        _address(record, address)
    for paper in children(element, "INDIVIDUAL_DOCUMENT"):
        claim_paper(claims, record, paper)
    listing = _listing(record, element)
    claim_comments(record, listing, text_of(element, "COMMENTS1"))
    for unknown in (each for each in children(element) if local(each) not in _KNOWN and (each.text or "").strip()):
        record.add("notes", f"{local(unknown)}: {unknown.text}", field=local(unknown))
        claims.counts["not_understood"] += 1


def _listing(record: Entity, element: etree._Element) -> Entity:
    listing = record.sanction()
    listing.add("authority", AUTHORITY)
    regime = text_of(element, "UN_LIST_TYPE")
    listing.add("program", regime, field="UN_LIST_TYPE")
    listing.add("programId", PROGRAM_IDS.get(regime), field="UN_LIST_TYPE", quote=regime)
    for prop in ("unscId", "authorityId"):
        listing.add(prop, text_of(element, "REFERENCE_NUMBER"), field="REFERENCE_NUMBER")
    listing.add_date("listingDate", _day(text_of(element, "LISTED_ON")), field="LISTED_ON")
    listing.add_date("endDate", _day(text_of(element, "DELISTED_ON")), field="DELISTED_ON")
    for printed in distinct(_values(element, "LAST_DAY_UPDATED")):
        listing.add_date("modifiedAt", _day(printed), field="LAST_DAY_UPDATED")
    for tag, words in (("SUBMITTED_BY", "Submitted by"), ("SUBMITTED_ON", "Submitted on")):
        if told := text_of(element, tag):
            listing.add("summary", f"{words} {told}", field=tag)
    return listing


def _values(element: etree._Element, tag: str) -> list[str]:
    values = [
        " ".join((value.text or "").split()) for each in children(element, tag) for value in children(each, "VALUE")
    ]
    return [value for value in values if not is_blank(value)]


def _day(printed: str) -> str:
    return _DAY.sub(r"\1", printed)


def _birth_date(part: Part, claims: Claims, record: Entity, birth: etree._Element) -> None:
    kind, note, field = text_of(birth, "TYPE_OF_DATE"), text_of(birth, "NOTE"), "INDIVIDUAL_DATE_OF_BIRTH"
    said = [_day(day) for tag in ("DATE", "YEAR") if not is_blank(day := text_of(birth, tag))]
    first, last = text_of(birth, "FROM_YEAR"), text_of(birth, "TO_YEAR")
    if kind == "EXACT" or not kind:
        printed = " ".join(said)
    elif kind == "APPROXIMATELY":
        printed = f"approximately {' '.join(said)}" if said else ""
    elif kind == "BETWEEN":
        printed = f"between {first or '?'} and {last or '?'}" if first or last else ""
    else:
        raise BadInput(
            part.printed_name, record=f"{record.id}, TYPE_OF_DATE", found=f"an unknown kind of birth date, {kind!r}",
            remedy="report it with this message: the reader knows EXACT, APPROXIMATELY and BETWEEN",
        )  # fmt: skip
    if printed:
        add_days(claims, record, "birthDate", printed, called="Date of birth", field=field)
    if not is_blank(note) and note.lower() != "approximately":
        if printed:
            record.add("notes", f"Date of birth {printed}: {note}", field=field)
        else:
            add_days(claims, record, "birthDate", note, called="Date of birth", field=field)


def _fields(element: etree._Element) -> dict[str, str]:
    """The fields of a place; what stands under ZIP_CODE without a figure in it belongs to the region."""
    told = {tag: text_of(element, tag) for tag in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")}
    told = {tag: " ".join(text.split()) if not is_blank(text) else "" for tag, text in told.items()}
    if told["ZIP_CODE"] and not any(letter.isdigit() for letter in told["ZIP_CODE"]):
        told["STATE_PROVINCE"] = ", ".join(filter(None, (told["STATE_PROVINCE"], told["ZIP_CODE"])))
        told["ZIP_CODE"] = ""
    return told


def _birth_place(record: Entity, place: etree._Element) -> None:
    field, told, note = "INDIVIDUAL_PLACE_OF_BIRTH", _fields(place), text_of(place, "NOTE")
    line = ", ".join(filter(None, told.values()))
    record.add("birthPlace", line, field=field, quote=f"{line} ({note})" if note and line else None)
    record.add_country("birthCountry", told["COUNTRY"], field=field)
    if not is_blank(note):
        record.add(
            "notes", f"Place of birth: {line or 'unknown'} ({note})" if line else f"Place of birth: {note}", field=field
        )


def _address(record: Entity, address: etree._Element) -> None:
    told, note, field = _fields(address), text_of(address, "NOTE"), local(address)
    line = ", ".join(filter(None, told.values()))
    record.address(
        full=line, street=told["STREET"], city=told["CITY"], region=told["STATE_PROVINCE"], postal_code=told["ZIP_CODE"],
        country=told["COUNTRY"], locator=f"{record.locator}/{field}",
    )  # fmt: skip
    if not is_blank(note):  # it tells of this party at this place, so it is no part of an address that others may share
        record.add("notes", f"Address {line}: {note}" if line else f"Address: {note}", field=field)


FORMATS = (Format("xml", recognise, read, required=frozenset({PART})),)
