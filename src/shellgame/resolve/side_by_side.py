"""Two records beside each other, value by value: what both tell, what is alike, what differs, what only one of them tells.

Values are paired greedily, those that agree best first. A value without a partner is *different* only where nothing of
its kind agrees and nobody has two of the kind; else it is told *only here*, for what one record leaves out says
nothing. The marks help to read, and weigh nothing: how likely two records are one is for `match.compare`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from shellgame.match.dates import Birth, agreement, birth_grade, day_of
from shellgame.match.identifiers import SEVERAL, SINGLE, contact_key, number_keys
from shellgame.match.places import country_codes, place_of, words_of
from shellgame.match.records import could_be_one
from shellgame.model.claim import Claim
from shellgame.model.entity import Entity
from shellgame.model.schema import NAME_PROPS, is_a
from shellgame.names.analysis import analyse
from shellgame.names.countries import country_name
from shellgame.names.folding import folded_words
from shellgame.resolve.lists import Listing, listings_of

MOST_COMPARED = 40
"""Values of one kind and side that are held against each other; further ones are told without a partner."""
_ALIKE = 0.8
"""Two names as wholes, or two places, of which this share of letters agrees are alike."""


class Mark(StrEnum):
    """How a value stands to the other record's."""

    SAME = "same"
    ALIKE = "alike"
    DIFFERENT = "different"
    ONLY_HERE = "only here"


@dataclass(frozen=True)
class Cell:
    """One value of one record: as people read it, and the sources that print it."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """Two values beside each other; None where there is none on that side."""

    kind: str
    mark: Mark
    left: Cell | None
    right: Cell | None


@dataclass(frozen=True)
class Sides:
    """Two records beside each other; rows in a fixed order of kinds, and in each those that agree first."""

    left: Entity
    right: Entity
    rows: tuple[Row, ...]


Grade = Callable[[str, str], Mark | None]
"""How two values of a kind agree: `same`, `alike`, or None for neither."""


@dataclass(frozen=True)
class _Kind:
    name: str
    props: tuple[str, ...]
    grade: Grade
    one_each: bool
    """Whether two values that do not agree speak against each other."""
    shown: Callable[[str], str] = str


def beside(parts: Mapping[str, Sequence[Claim]], left: Entity, right: Entity, day: str) -> Sides:
    """Put two records side by side.

    Args:
        parts: By record id, all claims printed in it, from which its listings are read.
        left: A record.
        right: The other one.
        day: Today, or the day asked about, by which a listing has ended or not.
    """
    person = is_a(left.schema, "Person") or is_a(right.schema, "Person")
    rows = [*_schema(left, right)]
    for kind in _kinds(person):
        rows += _rows(kind, _cells(left, kind), _cells(right, kind))
    listed = [_listings(parts.get(entity.id, ()), entity.id, day) for entity in (left, right)]
    rows += _listed(*listed)
    return Sides(left, right, tuple(rows))


def _schema(left: Entity, right: Entity) -> list[Row]:
    one, other = left.schema, right.schema
    mark = Mark.SAME if one == other else Mark.ALIKE if could_be_one(one, other) else Mark.DIFFERENT
    return [Row("kind", mark, Cell(one, tuple(left.sources)), Cell(other, tuple(right.sources)))]


def _cells(entity: Entity, kind: _Kind) -> dict[str, Cell]:
    """The values of a kind by value, each with its sources; a property that names its value is told with it."""
    found: dict[str, dict[str, None]] = {}
    named = {claim.value: claim.prop for claim in reversed(entity.claims) if claim.prop in kind.props}
    for prop in kind.props:
        for claim in entity.claims:
            if claim.prop == prop:
                found.setdefault(claim.value, {})[claim.source] = None
    telling = kind.name in _WITH_PROPERTY
    return {
        value: Cell(f"{kind.shown(value)} ({named[value]})" if telling else kind.shown(value), tuple(sources))
        for value, sources in found.items()
    }


def _rows(kind: _Kind, lefts: Mapping[str, Cell], rights: Mapping[str, Cell]) -> list[Row]:
    rows, used_left, used_right = [], set(), set()
    for mark, left, right in _met(kind.grade, list(lefts), list(rights)):
        if left not in used_left and right not in used_right:
            used_left.add(left)
            used_right.add(right)
            rows.append(Row(kind.name, mark, lefts[left], rights[right]))
    rest_left = [lefts[value] for value in lefts if value not in used_left]
    rest_right = [rights[value] for value in rights if value not in used_right]
    if kind.one_each and not rows:
        both = min(len(rest_left), len(rest_right))
        rows += [Row(kind.name, Mark.DIFFERENT, rest_left[each], rest_right[each]) for each in range(both)]
        rest_left, rest_right = rest_left[both:], rest_right[both:]
    rows += [Row(kind.name, Mark.ONLY_HERE, cell, None) for cell in rest_left]
    rows += [Row(kind.name, Mark.ONLY_HERE, None, cell) for cell in rest_right]
    return rows


def _met(grade: Grade, lefts: list[str], rights: list[str]) -> list[tuple[Mark, str, str]]:
    """The pairs that agree, the same before the alike, each in the order of the records."""
    met = [
        (mark, left, right)
        for left in lefts[:MOST_COMPARED]
        for right in rights[:MOST_COMPARED]
        if (mark := grade(left, right))
    ]
    return sorted(met, key=lambda each: each[0] is not Mark.SAME)


def _names(person: bool) -> Grade:
    def grade(left: str, right: str) -> Mark | None:
        if _words(left) == _words(right):
            return Mark.SAME
        one, other = _letters(left, person), _letters(right, person)
        return Mark.ALIKE if one and other and OSA.normalized_similarity(one, other) >= _ALIKE else None

    return grade


@lru_cache(maxsize=4096)
def _words(name: str) -> str:
    return " ".join(sorted(folded_words(name).split(" "))) or name


@lru_cache(maxsize=4096)
def _letters(name: str, person: bool) -> str:
    """The words of a name in Latin letters, in alphabetical order."""
    return " ".join(sorted(token.text for token in analyse(name, person=person)))


def _births(left: str, right: str) -> Mark | None:
    one, other = day_of(left), day_of(right)
    if one is None or other is None:
        return Mark.SAME if left == right else None
    if one == other:
        return Mark.SAME
    return Mark.ALIKE if birth_grade(one, other)[0] <= Birth.CLOSE else None


def _days(left: str, right: str) -> Mark | None:
    one, other = day_of(left), day_of(right)
    if left == right or (one is not None and one == other):
        return Mark.SAME
    return Mark.ALIKE if one and other and agreement(one, other) > 0 else None


def _countries(left: str, right: str) -> Mark | None:
    one, other = country_codes(left), country_codes(right)
    if left == right or (one and other and one[0] == other[0]):
        return Mark.SAME
    return Mark.ALIKE if set(one) & set(other) else None


def _number(prop: str) -> Grade:
    def grade(left: str, right: str) -> Mark | None:
        if left == right:
            return Mark.SAME
        one, other = number_keys(prop, left), number_keys(prop, right)
        if {key for key, _ in one} & {key for key, _ in other}:
            return Mark.SAME
        digits = [{digits for pair in keys for digits in pair if digits} for keys in (one, other)]
        near = any(OSA.distance(mine, theirs) == 1 for mine, _ in one for theirs, _ in other if len(mine) > 5)
        return Mark.ALIKE if digits[0] & digits[1] or near else None

    return grade


def _contact(prop: str) -> Grade:
    def grade(left: str, right: str) -> Mark | None:
        key = contact_key(prop, left)
        return Mark.SAME if left == right or (key and key == contact_key(prop, right)) else None

    return grade


def _places(left: str, right: str) -> Mark | None:
    one, other = place_of(left), place_of(right)
    if left == right or (one.place == other.place and (one.words or other.words)):
        return Mark.SAME
    return Mark.ALIKE if one.place.stems & other.place.stems else None


def _texts(left: str, right: str) -> Mark | None:
    one, other = words_of(left), words_of(right)
    if left == right or one == other:
        return Mark.SAME
    return Mark.ALIKE if {word for word in one if len(word) > 3} & set(other) else None


def _place(value: str) -> str:
    return country_name(value) if value.islower() and len(value) <= _LONGEST_CODE else value


_LONGEST_CODE = len("ua-cri")
_WITH_PROPERTY = frozenset({"country", "ended"})


def _kinds(person: bool) -> Iterable[_Kind]:
    """What is shown, in order."""
    yield _Kind("name", NAME_PROPS, _names(person), one_each=True)
    yield _Kind("born", ("birthDate",), _births, one_each=True)
    yield _Kind("founded or built", ("incorporationDate", "buildDate"), _days, one_each=True)
    yield _Kind("ended", ("deathDate", "dissolutionDate"), _days, one_each=True)
    yield _Kind("born in", ("birthPlace", "birthCountry"), _places, one_each=True, shown=_place)
    yield _Kind("gender", ("gender",), _texts, one_each=True)
    yield _Kind("father", ("fatherName",), _texts, one_each=True)
    yield _Kind("country", _COUNTRIES, _countries, one_each=True, shown=country_name)
    for prop in sorted(SINGLE):
        yield _Kind(prop, (prop,), _number(prop), one_each=True)
    for prop in sorted(SEVERAL):
        yield _Kind(prop, (prop,), _number(prop), one_each=False)
    for prop in ("email", "phone", "website"):
        yield _Kind(prop, (prop,), _contact(prop), one_each=False)
    yield _Kind("address", ("address",), _places, one_each=False)
    yield _Kind("position", ("position",), _texts, one_each=False)
    yield _Kind("type", ("type", "model"), _texts, one_each=True)
    yield _Kind("tonnage", ("tonnage", "grossRegisteredTonnage", "deadweightTonnage"), _texts, one_each=True)


_COUNTRIES = (
    "nationality",
    "citizenship",
    "flag",
    "country",
    "jurisdiction",
    "mainCountry",
    "pastFlags",
)


@dataclass(frozen=True)
class _Listed:
    programs: frozenset[str]
    since: str | None
    cell: Cell


def _listings(claims: Sequence[Claim], record_id: str, day: str) -> list[_Listed]:
    found = [_listing(each) for each in listings_of(claims, day).get(record_id, ())]
    return sorted(found, key=lambda each: (each.since or "", each.cell.text))


def _listing(listing: Listing) -> _Listed:
    programs = listing.entity.properties.get("program", []) or listing.entity.properties.get("programId", [])
    until = f" until {listing.until}" if listing.until else ", over" if listing.ended else ""
    where = listing.jurisdiction or "?"
    text = f"{where}: {', '.join(programs) or 'no programme told'}, {listing.since or 'day not told'}{until}"
    return _Listed(frozenset(programs), listing.since, Cell(text, tuple(listing.entity.sources)))


def _listed(lefts: list[_Listed], rights: list[_Listed]) -> list[Row]:
    """Listings: the same with programme and day, alike with one of them; being on another list speaks neither way."""

    def grade(left: str, right: str) -> Mark | None:
        one, other = lefts[int(left)], rights[int(right)]
        programs, days = bool(one.programs & other.programs), bool(one.since) and one.since == other.since
        return Mark.SAME if programs and days else Mark.ALIKE if programs or days else None

    kind = _Kind("listing", (), grade, one_each=False)
    cells = [{str(number): each.cell for number, each in enumerate(side)} for side in (lefts, rights)]
    return _rows(kind, *cells)
