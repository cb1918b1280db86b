"""The advanced layout, `SDN_ADVANCED.XML` and `CONS_ADVANCED.XML`: the UN's model of sanctions data, filled by OFAC.

Everything is a number that points to one of the reference values at the head of the file, and a record is spread over
five sections, in this order: locations, documents, parties, relations, entries on lists. Places and documents are kept
by number until their party comes; relations and entries join the records at the end. In memory are the records, never
the tree.

A day is a span whose ends are equal, a year one from 1 January to 31 December. A relation is read from its first
profile: From *is owned or controlled by* To. Every list that a party is on has an entry with day, legal bases and
measures; a measure of type `Program` has the programme's tag as its comment. Which list a file holds is told only at
its end, so the wrong one is refused when it is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from lxml import etree

from shellgame.errors import Damaged
from shellgame.sources.claims import Claims
from shellgame.sources.ofac.legacy_parts import Series
from shellgame.sources.ofac.xml_claims import write_records
from shellgame.sources.ofac.xml_lists import MAIN_LISTS, of_series
from shellgame.sources.ofac.xml_parties import PartyReader, in_words, with_name
from shellgame.sources.ofac.xml_record import Document, Listing, Place, Record, Relation
from shellgame.sources.ofac.xml_tree import Shape, unread, words
from shellgame.sources.ofac.xml_values import AGAIN, Values
from shellgame.sources.publication import Part
from shellgame.sources.xml import child, children, local, records

_ISSUED, _EXPIRES = "Issue Date", "Expiration Date"
_CREATED: Final = "Created"
_PROGRAM: Final = "Program"
_PERIOD: Final = {
    "DatePeriod": "Start End",
    "Start": "From To",
    "End": "From To",
    "From": "Year Month Day",
    "To": "Year Month Day",
}
_SHAPE: Final = Shape(
    {
        "Location": "LocationAreaCode LocationCountry LocationPart FeatureVersionReference IDRegDocumentReference",
        "LocationPart": "LocationPartValue",
        "LocationPartValue": "Comment Value",
        "IDRegDocument": "Comment IDRegistrationNo IssuingAuthority DocumentDate DocumentedNameReference ProfileReference",
        "DocumentDate": "DatePeriod",
        "ProfileRelationship": "Comment DatePeriod",
        "SanctionsEntry": "EntryEvent SanctionsMeasure",
        "EntryEvent": "Comment Date",
        "Date": "Year Month Day",
        "SanctionsMeasure": "Comment DatePeriod",
        **_PERIOD,
    }
)


def read_advanced(part: Part, claims: Claims, series: Series) -> None:
    """Read an advanced file into claims.

    Raises:
        NotThisSource: Its records stand on the other lists, or it tells only what changed.
        Damaged: It is cut, or refers to something that it does not hold.
    """
    reading = _Reading(part, claims)
    for element in records(part, *reading.takers):
        reading.takers[local(element)](element)
    write_records(claims, part, of_series(claims, part, reading.finished(), series), MAIN_LISTS[series])


class _Reading:
    """What is known while the file goes by."""

    def __init__(self, part: Part, claims: Claims) -> None:
        self._part = part
        self._claims = claims
        self._values = Values(part)
        self._places: dict[str, Place] = {}
        self._documents: defaultdict[str, list[tuple[str, Document]]] = defaultdict(list)
        self._parties = PartyReader(part, self._values, self._places)
        self._found: dict[str, Record] = {}
        self._listings: list[tuple[str, Listing]] = []
        self._relations: list[tuple[str, Relation]] = []
        self.takers: dict[str, Callable[[etree._Element], None]] = {
            "DateOfIssue": self._take_date,
            "ReferenceValueSets": self._values.take,
            "Location": self._take_place,
            "IDRegDocument": self._take_document,
            "DistinctParty": self._take_party,
            "ProfileRelationship": self._take_relation,
            "SanctionsEntry": self._take_entry,
            "SanctionsEntryLinks": self._take_links,
        }

    def _take_date(self, element: etree._Element) -> None:
        self._claims.published = self._values.day(element, "DateOfIssue")

    def _word(self, kind: str, element: etree._Element, attribute: str) -> str:
        return self._values.word(kind, element.get(attribute), f"{local(element)} {element.get('ID', '')}")

    def _beside(self, element: etree._Element, *more: str) -> str:
        """What is printed beside: the comment, and elements that the reader does not know, which are counted."""
        unknown = [f"{name}: {text}" for name, text in unread(element, _SHAPE)]
        self._claims.counts["not_understood"] += len(unknown)
        return "; ".join(filter(None, (words(element, "Comment"), *more, *unknown)))

    def _take_place(self, element: etree._Element) -> None:
        parts, bare, comments = [], [], []
        for part in children(element, "LocationPart"):
            kind = self._word("LocPartType", part, "LocPartTypeID")
            for value in children(part, "LocationPartValue"):
                comments.append(words(value, "Comment"))
                if kind:
                    parts.append((kind, words(value, "Value")))
                else:  # a part of unknown type is a country, where a feature means one
                    bare.append(words(value, "Value"))
        countries = [self._word("Country", each, "CountryID") for each in children(element, "LocationCountry")]
        areas = [self._word("AreaCode", each, "AreaCodeID") for each in children(element, "LocationAreaCode")]
        names = tuple(dict.fromkeys(filter(None, (countries or areas) + bare)))
        number = element.get("ID", "")
        self._places[number] = Place(number, tuple(parts), names, self._beside(element, *comments))

    def _take_document(self, element: etree._Element) -> None:
        number = element.get("ID", "")
        dates = {}
        for each in children(element, "DocumentDate"):
            kind = self._word("IDRegDocDateType", each, "IDRegDocDateTypeID")
            dates[kind] = self._values.period(child(each, "DatePeriod"), f"document {number}")
        others = [f"{kind}: {date.printed}" for kind, date in dates.items() if date and kind not in {_ISSUED, _EXPIRES}]
        validity = self._word("Validity", element, "ValidityID")
        issued_in = self._places.get(element.get("IssuedIn-LocationID", ""))
        document = Document(
            number,
            self._word("IDRegDocType", element, "IDRegDocTypeID"),
            words(element, "IDRegistrationNo"),
            self._word("Country", element, "IssuedBy-CountryID"),
            words(element, "IssuingAuthority"),
            dates.get(_ISSUED),
            dates.get(_EXPIRES),
            in_words(issued_in) if issued_in else "",
            "" if validity == "Valid" else validity,
            comment=self._beside(element, *others),
        )
        reference = child(element, "DocumentedNameReference")
        wording = reference.get("DocumentedNameID", "") if reference is not None else ""
        self._documents[element.get("IdentityID", "")].append((wording, document))

    def _take_party(self, element: etree._Element) -> None:
        profile, identities, record = self._parties.record(element)
        for identity in identities:
            documents = self._documents.pop(identity, ())
            record.documents.extend(with_name(document, wording, record) for wording, document in documents)
        if profile in self._found:
            raise self._damaged(f"record {record.id}", "two records of this number")
        self._found[profile] = record

    def _take_relation(self, element: etree._Element) -> None:
        number = element.get("ID", "")
        relation = Relation(
            number,
            self._word("RelationType", element, "RelationTypeID"),
            element.get("To-ProfileID", ""),
            former=element.get("Former") == "true",
            period=self._values.period(child(element, "DatePeriod"), f"relation {number}"),
            quality=self._word("RelationQuality", element, "RelationQualityID"),
            comment=self._beside(element),
        )
        self._relations.append((element.get("From-ProfileID", ""), relation))

    def _take_entry(self, element: etree._Element) -> None:
        days, authorities, remarks = [], [], [self._beside(element)]
        for event in children(element, "EntryEvent"):
            kind = self._word("EntryEventType", event, "EntryEventTypeID")
            day = self._values.day(child(event, "Date"), f"entry {element.get('ID')}")
            authorities.append(self._word("LegalBasis", event, "LegalBasisID"))
            remarks.append(words(event, "Comment"))
            if kind == _CREATED:
                days.append(day or "")
            else:
                remarks.append(f"{kind}: {day}")
        programs, measures, spans = [], [], []
        for measure in children(element, "SanctionsMeasure"):
            kind, comment = self._word("SanctionsType", measure, "SanctionsTypeID"), words(measure, "Comment")
            if kind == _PROGRAM:
                programs.append(comment)
            else:
                measures.append(kind)
                remarks.append(comment and f"{kind}: {comment}")
            if span := self._values.period(child(measure, "DatePeriod"), f"entry {element.get('ID')}"):
                spans.append(replace(span, printed=f"{kind}: {span.printed}"))
        listing = Listing(
            element.get("ListID", ""),
            self._word("List", element, "ListID"),
            _distinct(days),
            _distinct(programs),
            _distinct(measures),
            _distinct(authorities),
            tuple(spans),
            _distinct(remarks),
        )
        self._listings.append((element.get("ProfileID", ""), listing))

    def _take_links(self, element: etree._Element) -> None:
        """Count links between entries: OFAC has never printed one, so nobody knows what one would say."""
        if len(element):
            self._claims.counts["not_understood"] += len(element)
            self._claims.notes.append(f"{len(element)} links between entries were not read: OFAC had none before")

    def finished(self) -> list[Record]:
        """The records with their entries and relations.

        Raises:
            Damaged: A document, an entry or a relation of a party that the file does not hold.
        """
        if self._documents:
            lost = next(iter(self._documents.values()))[0][1]
            raise self._damaged(f"document {lost.id}", "it belongs to an identity that no party has")
        for profile, listing in self._listings:
            self._party(profile, f"entry on {listing.list_name}").listings.append(listing)
        for profile, relation in self._relations:
            other = self._found.get(relation.other_id)
            told = replace(relation, other_id=other.id) if other else relation
            self._party(profile, f"relation {relation.id}").relations.append(told)
        return list(self._found.values())

    def _party(self, profile: str, where: str) -> Record:
        if profile not in self._found:
            raise self._damaged(where, f"it is of profile {profile}, which the file does not hold")
        return self._found[profile]

    def _damaged(self, where: str, found: str) -> Damaged:
        return Damaged(self._part.printed_name, record=where, found=found, remedy=AGAIN)


def _distinct(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))
