"""The enhanced layout, `SDN_ENHANCED.XML` and `CONS_ENHANCED.XML`: all of a record in one element, codes spelled out.

Names and addresses come in translations, one a script. Relations stand with the record that they are read from and name
the other party by number. Lists have the day of entry; programmes, measures and legal authorities are the record's, not
told apart by list, so each listing has them all, as the advanced layout has them. The file names the lists that it was
filtered for.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from shellgame.errors import NotThisSource
from shellgame.model.days import partial_day
from shellgame.sources.claims import Claims
from shellgame.sources.ofac.legacy_parts import Series
from shellgame.sources.ofac.xml_claims import write_records
from shellgame.sources.ofac.xml_dates import period_between, worded_period
from shellgame.sources.ofac.xml_lists import MAIN_LISTS, of_series
from shellgame.sources.ofac.xml_record import Document, Feature, Listing, Name, Period, Place, Record, Relation
from shellgame.sources.ofac.xml_tree import Shape, unread, words
from shellgame.sources.publication import Part
from shellgame.sources.xml import child, children, local, records

_SPAN = "fromDateBegin fromDateEnd toDateBegin toDateEnd isApproximate isDateRange"
_SHAPE = Shape(
    {
        "entity": "generalInfo sanctionsLists sanctionsPrograms sanctionsTypes legalAuthorities names addresses features "
        "identityDocuments relationships",
        "generalInfo": "identityId entityType title remarks",
        "sanctionsLists": "sanctionsList",
        "sanctionsPrograms": "sanctionsProgram",
        "sanctionsTypes": "sanctionsType",
        "legalAuthorities": "legalAuthority",
        "names": "name",
        "name": "isPrimary aliasType isLowQuality comments translations",
        "translations": "translation",
        "translation": "isPrimary script formattedFirstName formattedLastName formattedFullName nameParts addressParts",
        "nameParts": "namePart",
        "namePart": "type value",
        "addresses": "address",
        "address": "country translations comments",
        "addressParts": "addressPart",
        "addressPart": "type value",
        "features": "feature",
        "feature": "type versionId value valueRefId valueDate isPrimary reliability comments",
        "valueDate": _SPAN,
        "identityDocuments": "identityDocument",
        "identityDocument": "type name documentNumber isValid issuingLocation issuingCountry issuingAuthority issueDate "
        "expirationDate comments",
        "issueDate": _SPAN,
        "expirationDate": _SPAN,
        "relationships": "relationship",
        "relationship": "type relatedEntity quality isFormer dateRange comments",
        "dateRange": _SPAN,
    }
)


def read_enhanced(part: Part, claims: Claims, series: Series) -> None:
    """Read an enhanced file into claims.

    Raises:
        NotThisSource: Its records stand on the other lists, or it tells only what changed.
        Damaged: It is cut.
    """
    found: list[Record] = []
    for element in records(part, "publicationInfo", "entity"):
        if local(element) == "entity":
            found.append(_record(element))
            continue
        _refuse_delta(part, element)
        claims.published = partial_day(words(element, "dataAsOf"))
        _note_filters(claims, part, element)
    write_records(claims, part, of_series(claims, part, found, series), MAIN_LISTS[series])


def _refuse_delta(part: Part, info: etree._Element) -> None:
    if "delta" in str(info.tag).lower():
        raise NotThisSource(
            part.printed_name,
            found="a delta file, which tells only what changed",
            remedy="give the complete publication; shellgame finds what changed by itself",
        )


def _note_filters(claims: Claims, part: Part, info: etree._Element) -> None:
    filters = child(info, "filters")
    other = [each for each in children(filters) if local(each) != "sanctionsLists"] if filters is not None else []
    for each in other:
        told = " ".join(" ".join(map(str, each.itertext())).split())
        claims.notes.append(f"{part.printed_name} holds only part of the list, filtered by {local(each)}: {told}")


def _record(entity: etree._Element) -> Record:
    record = Record(
        id=entity.get("id", ""),
        kind=words(entity, "generalInfo", "entityType"),
        title=words(entity, "generalInfo", "title"),
        remarks=words(entity, "generalInfo", "remarks"),
        unread=list(unread(entity, _SHAPE)),
    )
    programs, measures, authorities = (
        tuple(words(each) for each in _items(entity, name))
        for name in ("sanctionsPrograms", "sanctionsTypes", "legalAuthorities")
    )
    for each in _items(entity, "sanctionsLists"):
        day = partial_day(each.get("datePublished", ""))
        record.listings.append(
            Listing(each.get("refId", ""), words(each), (day,) if day else (), programs, measures, authorities)
        )
    for name in _items(entity, "names"):
        record.names.extend(_names(name))
    for address in _items(entity, "addresses"):
        record.places.extend(_places(address))
    record.features.extend(map(_feature, _items(entity, "features")))
    record.relations.extend(map(_relation, _items(entity, "relationships")))
    wordings = {name.id: name.full for name in record.names}
    record.documents.extend(
        _document(each, wordings, record.primary_name) for each in _items(entity, "identityDocuments")
    )
    return record


def _items(element: etree._Element, name: str) -> list[etree._Element]:
    found = child(element, name)
    return [] if found is None else children(found)


def _is(element: etree._Element, name: str) -> bool:
    return words(element, name) == "true"


def _names(name: etree._Element) -> Iterator[Name]:
    kind = "Name" if _is(name, "isPrimary") else words(name, "aliasType")
    for each in _items(name, "translations"):
        parts = tuple((words(part, "type"), words(part, "value")) for part in _items(each, "nameParts"))
        yield Name(
            each.get("id", ""),
            kind,
            words(each, "formattedFullName") or " ".join(text for _, text in parts),
            weak=_is(name, "isLowQuality"),
            script=words(each, "script"),
            parts=parts,
            comment=words(name, "comments"),
        )


def _places(address: etree._Element) -> Iterator[Place]:
    country = words(address, "country")
    countries = (country,) if country and country != "undetermined" else ()
    for each in _items(address, "translations"):
        parts = tuple((words(part, "type"), words(part, "value")) for part in _items(each, "addressParts"))
        yield Place(address.get("id", ""), parts, countries, words(address, "comments"))


def _feature(feature: etree._Element) -> Feature:
    printed = words(feature, "value")
    dates = child(feature, "valueDate")
    return Feature(
        feature.get("id", ""),
        words(feature, "type"),
        printed,
        _period(dates, printed) if dates is not None else worded_period(printed),
        words(feature, "reliability"),
        words(feature, "comments"),
    )


def _period(dates: etree._Element | None, printed: str = "") -> Period | None:
    if dates is None or not (len(dates) or printed or words(dates)):
        return None
    if not len(dates):
        return worded_period(words(dates) or printed)
    first, last = (partial_day(words(dates, name)) for name in ("fromDateBegin", "toDateEnd"))
    return period_between(first, last, approximate=_is(dates, "isApproximate"), printed=printed)


def _document(document: etree._Element, wordings: dict[str, str], primary: str) -> Document:
    made_out_to = child(document, "name")
    name = wordings.get(made_out_to.get("nameTranslationId", ""), words(made_out_to)) if made_out_to is not None else ""
    return Document(
        document.get("id", ""),
        words(document, "type"),
        words(document, "documentNumber"),
        words(document, "issuingCountry"),
        words(document, "issuingAuthority"),
        _period(child(document, "issueDate")),
        _period(child(document, "expirationDate")),
        words(document, "issuingLocation"),
        "not valid" if words(document, "isValid") == "false" else "",
        name if name != primary else "",
        words(document, "comments"),
    )


def _relation(relationship: etree._Element) -> Relation:
    other = child(relationship, "relatedEntity")
    return Relation(
        relationship.get("id", ""),
        words(relationship, "type"),
        other.get("entityId", "") if other is not None else "",
        words(other),
        _is(relationship, "isFormer"),
        _period(child(relationship, "dateRange")),
        words(relationship, "quality"),
        words(relationship, "comments"),
    )
