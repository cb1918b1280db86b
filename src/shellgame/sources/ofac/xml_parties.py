"""Parties of the advanced layout: profile, identity, names in parts, features with their versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from lxml import etree

from shellgame.errors import Damaged, NotThisSource
from shellgame.sources.ofac.xml_record import Document, Feature, Name, Place, Record
from shellgame.sources.ofac.xml_tree import Shape, unread, words
from shellgame.sources.ofac.xml_values import AGAIN, Values
from shellgame.sources.ofac.xml_words import FAMILY_PARTS, WHOLE_PARTS
from shellgame.sources.publication import Part
from shellgame.sources.xml import children

_LOCATION: Final = "Location"
"""The feature that is an address; any other that points to a place means its country."""
SHAPE: Final = Shape(
    {
        "DistinctParty": "Comment Profile",
        "Profile": "Comment Identity Feature SanctionsEntryReference",
        "Identity": "Comment Alias NamePartGroups",
        "NamePartGroups": "MasterNamePartGroup",
        "MasterNamePartGroup": "NamePartGroup",
        "Alias": "Comment DocumentedName",
        "DocumentedName": "DocumentedNamePart",
        "DocumentedNamePart": "NamePartValue",
        "Feature": "Comment FeatureVersion IdentityReference",
        "FeatureVersion": "Comment DatePeriod VersionDetail VersionLocation",
        "DatePeriod": "Start End",
        "Start": "From To",
        "End": "From To",
        "From": "Year Month Day",
        "To": "Year Month Day",
    }
)


class PartyReader:
    """Makes records of parties, with the places and documents that the file told before them."""

    def __init__(self, part: Part, values: Values, places: Mapping[str, Place]) -> None:
        """Take what the parties' numbers point to; places may come until the parties begin."""
        self._part = part
        self._values = values
        self._places = places

    def record(self, party: etree._Element) -> tuple[str, list[str], Record]:
        """Make a record of a party.

        Returns:
            The number of its profile, those of its identities (documents refer to these), and the record.

        Raises:
            Damaged: It has not just one profile, or refers to something that the file does not hold.
            NotThisSource: It says what changed, not what is.
        """
        number, profiles = party.get("FixedRef", ""), children(party, "Profile")
        if party.get("DeltaAction"):
            raise NotThisSource(
                self._part.printed_name,
                found="a delta file, which tells only what changed",
                remedy="give the complete publication; shellgame finds what changed by itself",
            )
        if len(profiles) != 1:
            raise self._damaged(number, f"{len(profiles)} profiles where one belongs")
        profile = profiles[0]
        record = Record(
            number,
            self._values.party_kind(profile.get("PartySubTypeID"), number),
            remarks=_joined(words(party, "Comment"), words(profile, "Comment")),
            unread=list(unread(party, SHAPE)),
        )
        identities = children(profile, "Identity")
        for identity in identities:
            record.names.extend(self._names(identity, number))
        for feature in children(profile, "Feature"):
            self._take_feature(record, feature)
        return profile.get("ID", number), [identity.get("ID", "") for identity in identities], record

    def _names(self, identity: etree._Element, number: str) -> Iterator[Name]:
        beside = "of a false identity" if identity.get("False") == "true" else ""
        groups = {
            group.get("ID", ""): self._values.word("NamePartType", group.get("NamePartTypeID"), number)
            for group in identity.iter("{*}NamePartGroup")
        }
        for alias in children(identity, "Alias"):
            kind = self._values.word("AliasType", alias.get("AliasTypeID"), number)
            comment = _joined(words(alias, "Comment"), words(identity, "Comment"), beside)
            for documented in children(alias, "DocumentedName"):
                values = list(documented.iter("{*}NamePartValue"))
                parts = tuple((groups.get(value.get("NamePartGroupID", ""), ""), words(value)) for value in values)
                yield Name(
                    documented.get("ID", ""),
                    kind,
                    printed_name(parts),
                    weak=alias.get("LowQuality") == "true",
                    script=self._values.word("Script", values[0].get("ScriptID"), number) if values else "",
                    parts=parts,
                    acronym=bool(values) and all(value.get("Acronym") == "true" for value in values),
                    comment=comment,
                )

    def _take_feature(self, record: Record, feature: etree._Element) -> None:
        kind = self._values.word("FeatureType", feature.get("FeatureTypeID"), record.id)
        for version in children(feature, "FeatureVersion"):
            comment = _joined(words(feature, "Comment"), words(version, "Comment"))
            places = [self._place(each, record.id) for each in children(version, "VersionLocation")]
            if kind == _LOCATION:
                record.places.extend(replace(place, comment=_joined(place.comment, comment)) for place in places)
                continue
            record.features.append(self._feature(feature.get("ID", ""), kind, version, places, comment, record.id))

    def _feature(
        self, feature_id: str, kind: str, version: etree._Element, places: Iterable[Place], comment: str, number: str
    ) -> Feature:
        details = [self._detail(each, number) for each in children(version, "VersionDetail")]
        periods = [self._values.period(each, number) for each in children(version, "DatePeriod")]
        return Feature(
            feature_id,
            kind,
            _joined(*details, *map(in_words, places)),
            next(filter(None, periods), None),
            self._values.word("Reliability", version.get("ReliabilityID"), number),
            comment,
        )

    def _detail(self, detail: etree._Element, number: str) -> str:
        referred = self._values.word("DetailReference", detail.get("DetailReferenceID"), number)
        return _joined(*dict.fromkeys((referred, words(detail))))

    def _place(self, reference: etree._Element, number: str) -> Place:
        location = reference.get("LocationID", "")
        place = self._places.get(location)
        if place is None:
            raise self._damaged(number, f"a reference to location {location}, which does not stand before it")
        return place

    def _damaged(self, number: str, found: str) -> Damaged:
        return Damaged(self._part.printed_name, record=f"record {number}", found=found, remedy=AGAIN)


def _joined(*texts: str) -> str:
    return "; ".join(filter(None, texts))


def printed_name(parts: Iterable[tuple[str, str]]) -> str:
    """Put the parts of a name together as OFAC prints names: `IVANOV, Ivan Ivanovich`.

    Example:
        >>> printed_name([("Last Name", "TURNIP"), ("First Name", "Ivan"), ("Patronymic", "Ivanovich")])
        'TURNIP, Ivan Ivanovich'
        >>> printed_name([("Entity Name", "TURNIP TRADING LLC")])
        'TURNIP TRADING LLC'
    """
    parts = [(kind, text) for kind, text in parts if text]
    if all(kind in WHOLE_PARTS for kind, _ in parts):
        return " ".join(text for _, text in parts)
    family = " ".join(text for kind, text in parts if kind in FAMILY_PARTS)
    given = " ".join(text for kind, text in parts if kind not in FAMILY_PARTS)
    return ", ".join(filter(None, (family, given)))


def in_words(place: Place) -> str:
    """A place in one line."""
    return ", ".join([text for _, text in place.parts] + list(place.countries))


def with_name(document: Document, wording: str, record: Record) -> Document:
    """A document with the name that it is made out to, where that is not the record's primary one."""
    name = next((name.full for name in record.names if name.id == wording), "")
    return replace(document, name=name) if name and name != record.primary_name else document
