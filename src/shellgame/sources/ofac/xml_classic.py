"""The classic layout, `sdn.xml` and `consolidated.xml`: one flat element a record.

Papers and features stand in one `idList` under OFAC's labels; addresses, aliases and dates in lists of their own, each
with the publisher's number. It prints programmes but no lists, no listing dates and no relations: links are only in the
remarks, `(Linked To: …)`, and are read from there. The date of publication is month first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from shellgame.errors import Damaged
from shellgame.model.days import partial_day
from shellgame.sources.claims import Claims
from shellgame.sources.ofac.legacy_parts import Series
from shellgame.sources.ofac.xml_claims import write_records
from shellgame.sources.ofac.xml_dates import worded_period
from shellgame.sources.ofac.xml_lists import MAIN_LISTS, of_programs
from shellgame.sources.ofac.xml_record import Document, Feature, Listing, Name, Place, Record
from shellgame.sources.ofac.xml_tree import Shape, unread, words
from shellgame.sources.ofac.xml_words import GROSS_TONNAGE, PAPERS, meaning
from shellgame.sources.publication import Part
from shellgame.sources.xml import child, children, local, records

_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ADDRESS = {
    "address1": "ADDRESS1",
    "address2": "ADDRESS2",
    "address3": "ADDRESS3",
    "city": "CITY",
    "stateOrProvince": "STATE/PROVINCE",
    "postalCode": "POSTAL CODE",
}
_VESSEL = {
    "callSign": "Vessel Call Sign",
    "vesselType": "Vessel Type",
    "vesselFlag": "Vessel Flag",
    "vesselOwner": "Vessel Owner",
    "tonnage": "Vessel Tonnage",
    "grossRegisteredTonnage": GROSS_TONNAGE,
}
_ITEMS = {
    "nationalityList": ("nationality", "country", "Nationality Country"),
    "citizenshipList": ("citizenship", "country", "Citizenship Country"),
    "dateOfBirthList": ("dateOfBirthItem", "dateOfBirth", "Birthdate"),
    "placeOfBirthList": ("placeOfBirthItem", "placeOfBirth", "Place of Birth"),
}
_SHAPE = Shape(
    {
        "sdnEntry": "uid firstName lastName title sdnType remarks programList idList akaList addressList nationalityList "
        "citizenshipList dateOfBirthList placeOfBirthList vesselInfo",
        "programList": "program",
        "idList": "id",
        "id": "uid idType idNumber idCountry issueDate expirationDate",
        "akaList": "aka",
        "aka": "uid type category lastName firstName",
        "addressList": "address",
        "address": f"uid country {' '.join(_ADDRESS)}",
        **{name: item for name, (item, _, _) in _ITEMS.items()},
        **{item: f"uid {value} mainEntry" for item, value, _ in _ITEMS.values()},
        "vesselInfo": " ".join(_VESSEL),
    }
)


def read_classic(part: Part, claims: Claims, series: Series) -> None:
    """Read a classic file into claims.

    Raises:
        NotThisSource: Its programmes say that it is the other list.
        Damaged: It is cut, or has fewer or more records than it says.
    """
    found: list[Record] = []
    announced = ""
    for element in records(part, "publshInformation", "sdnEntry"):
        if local(element) == "sdnEntry":
            found.append(_record(element))
        else:
            announced = words(element, "Record_Count")
            claims.published = _published(words(element, "Publish_Date"))
    if announced and announced != str(len(found)):
        raise Damaged(
            part.printed_name,
            found=f"{len(found)} records where the file announces {announced}",
            remedy="get the publication again from the publisher",
        )
    write_records(claims, part, of_programs(claims, part, found, series), MAIN_LISTS[series])


def _published(printed: str) -> str | None:
    if match := _MONTH_FIRST.fullmatch(printed):
        return f"{match[3]}-{int(match[1]):02}-{int(match[2]):02}"
    return partial_day(printed)


def _record(entry: etree._Element) -> Record:
    record = Record(
        id=words(entry, "uid"),
        kind=words(entry, "sdnType"),
        title=words(entry, "title"),
        remarks=words(entry, "remarks"),
        unread=list(unread(entry, _SHAPE)),
    )
    record.names.append(Name("", "Name", _full(entry)))
    record.names.extend(map(_alias, _items(entry, "akaList")))
    record.places.extend(map(_place, _items(entry, "addressList")))
    record.listings.append(Listing(programs=tuple(words(program) for program in _items(entry, "programList"))))
    record.features.extend(_features(entry))
    for each in _items(entry, "idList"):
        _take_id(record, each)
    return record


def _items(entry: etree._Element, name: str) -> list[etree._Element]:
    found = child(entry, name)
    return [] if found is None else children(found)


def _full(element: etree._Element) -> str:
    return ", ".join(filter(None, (words(element, "lastName"), words(element, "firstName"))))


def _alias(aka: etree._Element) -> Name:
    return Name(words(aka, "uid"), words(aka, "type").upper(), _full(aka), weak=words(aka, "category") == "weak")


def _place(address: etree._Element) -> Place:
    parts = tuple((kind, text) for name, kind in _ADDRESS.items() if (text := words(address, name)))
    country = words(address, "country")
    return Place(words(address, "uid"), parts, (country,) if country and country != "undetermined" else ())


def _features(entry: etree._Element) -> Iterator[Feature]:
    for name, (_, value, kind) in _ITEMS.items():
        for item in _items(entry, name):
            printed = words(item, value)
            yield Feature(words(item, "uid"), kind, printed, worded_period(printed))
    for fact in _items(entry, "vesselInfo"):
        if (kind := _VESSEL.get(local(fact), "")) and (printed := words(fact)):
            yield Feature(local(fact), kind, printed)


def _take_id(record: Record, element: etree._Element) -> None:
    """Sort an entry of the idList into papers and features; one of an unknown kind with a country or days is a paper."""
    uid, kind, number = words(element, "uid"), words(element, "idType"), words(element, "idNumber")
    country, issued, expires = (words(element, name) for name in ("idCountry", "issueDate", "expirationDate"))
    told, label = meaning(kind)
    if label in PAPERS or (told == "unknown" and (country or issued or expires)):
        period, until = (worded_period(printed) if printed else None for printed in (issued, expires))
        record.documents.append(Document(uid, kind, number, country, issued=period, expires=until))
    else:
        comment = ", ".join(filter(None, (country, issued, expires)))
        record.features.append(
            Feature(uid, kind, number or country, worded_period(number), comment=comment if number else "")
        )
