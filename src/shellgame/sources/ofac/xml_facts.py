"""Features and documents of the XML layouts, claimed by the hand that claims the remarks of the legacy files.

The remark `Passport A1 (Iran) expires 01 Feb 2030` and the XML document of kind `Passport` are one fact in two
printings. So each becomes a `Fragment` here and is written by `shellgame.sources.ofac.facts`; only what remarks do not
have is written besides: how reliable a fact is, what fault a paper has, where in the file it stands.
"""

from __future__ import annotations

import re
from typing import Final

from shellgame.sources.claims import Claims, Entity
from shellgame.sources.ofac.facts import Listed, write_fact
from shellgame.sources.ofac.remark_rules import OTHERWISE, SHAPES, Kind
from shellgame.sources.ofac.remarks import Fragment, parse_remarks
from shellgame.sources.ofac.ties import Tie
from shellgame.sources.ofac.xml_record import Document, Feature, Period, Record
from shellgame.sources.ofac.xml_words import DATES, GROSS_TONNAGE, PARTY, TITLE, meaning

_STANCES: Final = {"": "asserts", "Confirmed": "asserts", "Reported": "reports", "False": "denies"}
"""How sure OFAC is of a feature, as the stance of the claims; any other word is kept in the quote alone."""
_PAPER_SCHEMATA: Final = frozenset({"Identification", "Passport"})
_IMO = re.compile(r"IMO[ :#]*(\d{7})")
_NUMBER = re.compile(r"[\d,]+(?:\.\d+)?")


class Spot(Entity):
    """A record at one element of the file: whatever is claimed, the locator is that element's.

    Attributes:
        made: The parts begun here: papers, wallets.
    """

    __slots__ = ("_stance", "made")

    def __init__(self, claims: Claims, near: Entity, field: str, stance: str = "asserts") -> None:
        super().__init__(claims, near.record_id, near.id, near.schema, f"{near.locator}/{field}")
        self._stance = stance
        self.made: list[Entity] = []

    def add(
        self,
        prop: str,
        value: str | None,
        *,
        original: str | None = None,
        lang: str | None = None,
        quote: str | None = None,
        field: str | None = None,
        stance: str = "asserts",
    ) -> None:
        """Claim one value as `Entity.add` does; the element is the field, and where it is uncertain, so is the claim."""
        stance = self._stance if stance == "asserts" else stance
        super().add(prop, value, original=original, lang=lang, quote=quote, stance=stance)

    def add_tidy(
        self, prop: str, value: str, original: str | None = None, *, quote: str | None = None, field: str | None = None
    ) -> None:
        """Claim a value that needs no cleaning, likewise."""
        self.add(prop, value, original=original, quote=quote, field=field)

    def part(self, entity_id: str, schema: str, locator: str | None = None) -> Entity:
        """Begin another entity, claimed from the same element."""
        spot = Spot(self._claims, self, "", self._stance)
        spot.id, spot.schema, spot.locator = entity_id, schema, locator or self.locator
        self.made.append(spot)
        return spot


def write_remarks(listed: Listed, remarks: str) -> None:
    """Claim what the record's remark says, fragment by fragment."""
    fragments = parse_remarks(remarks)
    listed.claims.counts["remark_fragments"] += len(fragments)
    for fragment in fragments:
        write_fact(listed, fragment)


def write_title(listed: Listed, titles: str, field: str = "title") -> None:
    """Claim a person's titles and positions; of anybody else they stay notes."""
    for title in filter(None, map(str.strip, titles.split(";"))):
        kind: Kind = "title" if parse_remarks(title)[0].kind == "title" else "position"
        _write(listed, Fragment(kind, title, title), field)


def write_feature(listed: Listed, feature: Feature) -> None:
    """Claim what a feature says; one of an unknown kind stays a note and is counted."""
    field = f"feature/{feature.id}"
    if feature.kind == TITLE:
        return write_title(listed, feature.value, field)
    if feature.kind == GROSS_TONNAGE and listed.record.schema == "Vessel" and _NUMBER.fullmatch(feature.value):
        spot = Spot(listed.claims, listed.record, field, _STANCES.get(feature.reliability, "asserts"))
        return spot.add("grossRegisteredTonnage", feature.value.replace(",", ""), quote=_quote(feature))
    _write(listed, _fragment_of_feature(feature), field, _STANCES.get(feature.reliability, "asserts"))
    return None


def _fragment_of_feature(feature: Feature) -> Fragment:
    kind, label = meaning(feature.kind)
    quote, value = _quote(feature), feature.value
    if kind in DATES:
        period = feature.period
        if period is None or not period.days:
            return Fragment("unknown", value, quote, label)
        circa = kind == "dob" and period.approximate
        return Fragment(kind, "/".join(period.days), quote, "circa" if circa else label)
    if kind == "tonnage":
        value = value.replace(",", "")
    return _believed(Fragment(kind, value, quote, label))


def _quote(feature: Feature) -> str:
    """The feature in words: label, value, and whatever is printed beside them."""
    words = feature.value or (feature.period.printed if feature.period else "")
    beside = [feature.comment.strip("()")] if feature.comment else []
    if feature.reliability not in {"", "Confirmed"}:
        beside.append(feature.reliability)
    label = feature.kind.rstrip(" :-")
    return f"{label}: {words}" + (f" ({'; '.join(beside)})" if beside else "")


def _believed(fragment: Fragment) -> Fragment:
    """Hold a value against the shape that its kind has, as remarks are; with another one it means something else."""
    shape = SHAPES.get(fragment.kind)
    if shape is None:
        return fragment
    if match := shape.fullmatch(fragment.value):
        return fragment if match[0] == match[shape.groups] else fragment._replace(value=match[1])
    return fragment._replace(kind=OTHERWISE.get(fragment.label, "unknown"))


def write_document(listed: Listed, document: Document) -> None:
    """Claim a document: its number on the record, and for a party the paper itself with country, authority and days."""
    fragment, spot = _fragment_of_document(document), Spot(listed.claims, listed.record, f"document/{document.id}")
    if fragment.kind != "unknown" or spot.schema not in PARTY:
        _write_at(spot, listed, fragment)
    else:
        listed.claims.counts["not_understood"] += 1
    papers = [part for part in spot.made if part.schema in _PAPER_SCHEMATA]
    if not papers and spot.schema in PARTY:
        papers = [_paper(spot, document, fragment)]
    for paper in papers:
        for words in _beside(document):
            paper.add("summary", words, quote=fragment.quote)
        paper.add("namesMentioned", document.name, quote=fragment.quote)


def _fragment_of_document(document: Document) -> Fragment:
    kind, label = meaning(document.kind)
    number, quote = document.number, _document_quote(document)
    if match := _IMO.fullmatch(number):
        return Fragment("imo", match[1], quote, label, country=document.country)
    return _believed(
        Fragment(
            kind,
            number,
            quote,
            label,
            country=document.country,
            place=document.authority,
            issued=_only_day(document.issued),
            expires=_only_day(document.expires),
        )
    )


def _document_quote(document: Document) -> str:
    quote = f"{document.kind} {document.number}"
    if document.country:
        quote += f" ({document.country})"
    if document.issued:
        quote += f" issued {document.issued.printed}"
    if document.expires:
        quote += f" expires {document.expires.printed}"
    return "; ".join([quote, *_beside(document)])


def _only_day(period: Period | None) -> str:
    """The day of a period; of a span, which the quote tells, none."""
    return period.days[0] if period and len(period.days) == 1 else ""


def _beside(document: Document) -> list[str]:
    issued_in = f"issued in {document.issued_in}" if document.issued_in not in {"", document.country} else ""
    return [words for words in (document.fault, issued_in, document.comment) if words]


def _paper(spot: Spot, document: Document, fragment: Fragment) -> Entity:
    """Claim the paper of a document whose number alone is a fact: an LEI, say, or one of an unknown kind."""
    paper = spot.identification(
        document.number,
        kind=fragment.label,
        country=document.country,
        issued=fragment.issued,
        expires=fragment.expires,
        quote=fragment.quote,
    )
    paper.add("authority", document.authority, quote=fragment.quote)
    return paper


def write_unread(listed: Listed, record: Record) -> None:
    """Keep the elements that the reader does not know as notes, and count them."""
    for name, words in record.unread:
        _write(listed, Fragment("unknown", words, f"{name}: {words}", name), name)


def _write(listed: Listed, fragment: Fragment, field: str, stance: str = "asserts") -> None:
    _write_at(Spot(listed.claims, listed.record, field, stance), listed, fragment)


def _write_at(spot: Spot, listed: Listed, fragment: Fragment) -> None:
    ties: list[Tie] = []
    listing = spot.part(listed.listing.id, listed.listing.schema)
    write_fact(Listed(listed.claims, spot, listing, ties), fragment)
    field = spot.locator.removeprefix(f"{listed.record.locator}/")
    listed.ties.extend(tie._replace(field=field) for tie in ties)
