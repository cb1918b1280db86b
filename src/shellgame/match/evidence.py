"""What two records say for and against being one, beside their names: piece by piece, in log odds, each sayable in words.

Only what both records tell is evidence; what one of them lacks has no weight at all. A property gives at most one piece for and one
against, so that a record with forty addresses says no more than its best one. `odds` puts the pieces and the names together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from math import log2
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from shellgame.match.dates import Birth, Day, agreement, birth_grade
from shellgame.match.identifiers import FOR_LIFE, REGISTERED, Number, is_slip, region_of, scheme_of
from shellgame.match.places import Place
from shellgame.match.records import Record, certain_numbers, could_be_one
from shellgame.match.wording import Fact, said
from shellgame.model.schema import is_a


class Weights(NamedTuple):
    """Fitted numbers, see `bench/matching/fit_records.py`.

    Attributes:
        signals: Log odds (natural) of each signal at its full amount of 1.
        countries: How telling it is to share a country, 0 to 1: rare ones more than those that many listed parties have.
        names: Log odds of what the names say, by feature of `odds.NameEvidence`; `intercept` with them.
        search: Numbers of `odds.alert_score`: `agreement`, `conflict` and `dated` are shares, `renamed` and `surest` log odds.
    """

    signals: Mapping[str, float]
    countries: Mapping[str, float]
    names: Mapping[str, float]
    search: Mapping[str, float]


@lru_cache(maxsize=1)
def fitted_weights() -> Weights:
    """The weights in `record_weights.json`."""
    told = json.loads(files("shellgame.match").joinpath("record_weights.json").read_text(encoding="utf-8"))
    return Weights(told["signals"], told["countries"], told["names"], told["search"])


class Evidence(NamedTuple):
    """One piece of evidence.

    Attributes:
        prop: The property that it is about.
        weight: In natural log odds: above 0 for being one, below 0 against.
        signal: What was found, a key of `Weights.signals`.
        amount: How much of it, 0 to 1.
        left: What the left record says.
        right: What the right record says.
    """

    prop: str
    weight: float
    signal: str
    amount: float
    left: Fact
    right: Fact

    @property
    def words(self) -> str:
        """The evidence for people, as `same day of birth: 1961-06-06`."""
        return said(self.signal, self.left, self.right)


_MOST_COMPARED = 36
"""Words of places compared letter by letter, left times right; beyond that only equal ones count."""


def compare_records(left: Record, right: Record, weights: Weights | None = None) -> tuple[Evidence, ...]:
    """Hold two records against each other.

    Symmetric but for the order in which each piece names its two sides. Costs some 10 microseconds; bounded where a record has
    hundreds of values.

    Args:
        left: One record.
        right: The other.
        weights: Other weights than the fitted ones.

    Returns:
        The pieces of evidence, strongest first; empty when the records have nothing to compare.
    """
    found = _Found(weights or fitted_weights())
    if not could_be_one(left.schema, right.schema):
        found.add("schema", "schema_never", 1.0, left.schema, right.schema)
    if left.births and right.births:
        _births(found, left.births, right.births)
    if left.founded and right.founded:
        _dates(found, "incorporationDate", "founded", left.founded, right.founded)
    if left.ended and right.ended:
        _dates(found, "deathDate", "ended", left.ended, right.ended)
    _lives(found, left, right)
    if left.countries and right.countries:
        _countries(found, left, right)
    if left.birthplace and right.birthplace:
        _words(found, "birthPlace", "birthplace", left.birthplace, right.birthplace)
    if left.numbers and right.numbers:
        _numbers(found, left, right)
    if left.towns and right.towns:
        _addresses(found, left, right)
    if left.contacts and right.contacts and (common := left.contacts.keys() & right.contacts.keys()):
        contact = min(common)
        found.add(left.contacts[contact], "contact_same", 1.0, contact, contact)
    if left.gender and right.gender and left.gender != right.gender:
        found.add("gender", "gender_other", 1.0, left.gender, right.gender)
    if left.roles and right.roles and (common := left.roles.keys() & right.roles.keys()):
        amount = min(1.0, len(common) / min(4, len(left.roles), len(right.roles)))
        found.add("position", "role_same", amount, _said(left.roles, common), _said(right.roles, common))
    if left.father and right.father:
        _words(found, "fatherName", "father", left.father, right.father)
    if left.types and right.types:
        _types(found, left, right)
    if left.tons and right.tons:
        _tons(found, left.tons, right.tons)
    return found.told()


class _Found:
    """Pieces of evidence while they are gathered."""

    __slots__ = ("_pieces", "weights")

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._pieces: list[Evidence] = []

    def add(self, prop: str, signal: str, amount: float, left: Fact, right: Fact) -> None:
        self._pieces.append(Evidence(prop, self.weights.signals[signal] * amount, signal, amount, left, right))

    def told(self) -> tuple[Evidence, ...]:
        pieces = self._pieces
        if len(pieces) > 1:
            pieces.sort(key=_strongest_first)
        return tuple(pieces)


def _strongest_first(piece: Evidence) -> tuple[float, str]:
    return -abs(piece.weight), piece.signal


_FAR_YEARS = 10
"""Years apart from which more years make no difference."""
_NEAR = 0.3
"""What different years of birth count at the least; lists that print years only are often some years out."""


def _births(found: _Found, lefts: tuple[Day, ...], rights: tuple[Day, ...]) -> None:
    """The two days that agree best decide."""
    (grade, years), one, other = min((birth_grade(left, right), left, right) for left in lefts for right in rights)
    amount = 1.0
    if grade >= Birth.APART:
        amount = _NEAR + (1.0 - _NEAR) * min(years, _FAR_YEARS) / _FAR_YEARS
    elif grade != Birth.DAY:  # the more years are told, the more likely one of them meets by chance
        amount = 1.0 / (1.0 + 0.5 * log2(len({day[0] for day in lefts}) * len({day[0] for day in rights})))
    found.add("birthDate", f"birth_{grade.name.lower()}", amount, one, other)


def _dates(found: _Found, prop: str, signal: str, lefts: tuple[Day, ...], rights: tuple[Day, ...]) -> None:
    """Days of another kind than births: agreeing by how exactly, or apart."""
    amount, one, other = max((agreement(left, right), left, right) for left in lefts for right in rights)
    if amount > 0:
        found.add(prop, f"{signal}_same", amount, one, other)
    else:
        found.add(prop, f"{signal}_apart", 1.0, one, other)


def _lives(found: _Found, left: Record, right: Record) -> None:
    """Nobody dies before being born; where both births are told these are held against each other."""
    for one, other in ((left, right), (right, left)):
        begun = other.births or other.founded
        is_alone = one.ended and not one.births and not one.founded
        if is_alone and begun and max(one.ended)[0] < min(begun)[0]:
            found.add("deathDate", "ended_before", 1.0, max(one.ended), min(begun))
            return


def _countries(found: _Found, left: Record, right: Record) -> None:
    person = left.schema == "Person" or right.schema == "Person"
    if person and left.nations and right.nations:
        common = left.nations & right.nations
        if common:
            _same_country(found, "nationality", "nation_same", left.nations, right.nations, common)
            return
        if not (left.countries & right.countries):
            found.add("nationality", "nation_other", 1.0, left.nations, right.nations)
            return
    common = left.countries & right.countries
    signal = (
        "country" if person else "flag" if is_a(left.schema, "Vehicle") or is_a(right.schema, "Vehicle") else "seat"
    )
    if common:
        _same_country(found, "country", f"{signal}_same", left.countries, right.countries, common)
    else:
        found.add("country", f"{signal}_other", 1.0, left.countries, right.countries)


def _same_country(
    found: _Found,
    prop: str,
    signal: str,
    lefts: frozenset[str],
    rights: frozenset[str],
    common: frozenset[str],
) -> None:
    rarity = found.weights.countries
    if len(common) == 1:
        (code,) = common
    else:
        code = max(common, key=lambda each: (rarity.get(each, 1.0), each))
    amount = rarity.get(code, 1.0)
    chances = len(lefts) * len(rights)
    found.add(prop, signal, amount if chances == 1 else amount / chances**0.5, code, code)


def _words(found: _Found, prop: str, signal: str, left: Mapping[str, str], right: Mapping[str, str]) -> None:
    """Words of a place or a name: how many of the shorter side's the other side has too, spelt alike."""
    common = left.keys() & right.keys()
    if common:
        amount = min(1.0, len(common) / min(2, len(left), len(right)))
        found.add(prop, f"{signal}_same", amount, _said(left, common), _said(right, common))
    elif not _any_alike(left, right):
        found.add(prop, f"{signal}_other", 1.0, _said(left, left.keys()), _said(right, right.keys()))


def _any_alike(left: Mapping[str, str], right: Mapping[str, str]) -> bool:
    """Whether any two words differ by a slip only; then they neither agree nor contradict."""
    if len(left) * len(right) > _MOST_COMPARED:
        return False
    return any(
        Levenshtein.normalized_similarity(one, other, score_cutoff=0.7) > 0
        for one in left.values()
        for other in right.values()
    )


def _numbers(found: _Found, left: Record, right: Record) -> None:
    common = left.numbers.keys() & right.numbers.keys()
    if common:
        key = max(
            common, key=lambda each: (left.numbers[each].valid or right.numbers[each].valid, _telling(each), each)
        )
        one, other = left.numbers[key], right.numbers[key]
        signal = _same_number(key, one, other, person="Person" in (left.schema, right.schema))
        amount = _telling(key) if signal == "paper_same" else 1.0
        found.add(min(one.prop, other.prop), signal, amount, one.printed, other.printed)
        _other_numbers(found, left, right, _BESIDE_AGREEMENT)
        return
    digits = (left.bare.keys() & right.numbers.keys()) | (right.bare.keys() & left.numbers.keys())
    if digits:
        key = max(digits, key=lambda each: (len(each), each))
        one, other = (side.numbers[key if key in side.numbers else side.bare[key]] for side in (left, right))
        found.add(min(one.prop, other.prop), "paper_digits", _telling(key), one.printed, other.printed)
        return
    _other_numbers(found, left, right, frozenset(_OTHER_NUMBERS))


def _same_number(key: str, one: Number, other: Number, *, person: bool) -> str:
    """What kind of number two records share; to people that of a register is no more than a paper."""
    if not (one.valid or other.valid):
        return "paper_same"
    if REGISTERED.keys().isdisjoint((scheme_of(one.prop, key), scheme_of(other.prop, key))):
        return "code_same"
    return "paper_same" if person else "register_same"


def _other_numbers(found: _Found, left: Record, right: Record, counted: frozenset[str]) -> None:
    """The gravest contradiction of numbers of one scheme; of those only that are `counted`."""
    told = [
        (_OTHER_NUMBERS.index(signal), scheme)
        for scheme in left.schemes.keys() & right.schemes.keys()
        if (signal := _other_number(scheme, left, right)) in counted
    ]
    if told:
        place, scheme = min(told)
        name = _NAMED.get(scheme, "")
        said = (frozenset(f"{name} {key}".lstrip() for key in side.schemes[scheme]) for side in (left, right))
        found.add(scheme.partition(" ")[0], _OTHER_NUMBERS[place], 1.0, *said)


_OTHER_NUMBERS = ("code_other", "register_elsewhere", "register_other", "number_other", "number_slip")
"""Contradictions of numbers, the gravest first."""
_BESIDE_AGREEMENT = frozenset({"code_other", "register_elsewhere", "register_other"})
"""Those that count even where another number is the same: lists print the number of a parent or of the line above by mistake."""
_NAMED = FOR_LIFE | REGISTERED


def _other_number(scheme: str, left: Record, right: Record) -> str:
    """How numbers of one scheme contradict each other; empty where one is on both sides.

    Where the check digits of one are wrong, and but for a slip it is the other, it is that one misprinted.
    """
    lefts, rights = left.schemes[scheme], right.schemes[scheme]
    if lefts & rights:
        return ""
    if scheme not in _NAMED:
        return "number_other"
    valid = [certain_numbers(side).get(scheme, frozenset()) for side in (left, right)]
    doubtful = ((one, other) for one in lefts for other in rights if not (one in valid[0] and other in valid[1]))
    if any(is_slip(one, other) for one, other in doubtful):
        return "number_slip"
    if not all(valid):
        return "number_other"
    if scheme in FOR_LIFE:
        return "code_other"
    here, there = ({region_of(scheme, key) for key in side} for side in valid)
    return "register_other" if here & there else "register_elsewhere"


def _telling(key: str) -> float:
    """How telling an equal number is by its length: 4 signs 0.4, 8 and more 1."""
    return min(1.0, (len(key) - 1) / 7)


def _addresses(found: _Found, left: Record, right: Record) -> None:
    common = left.towns.keys() & right.towns.keys()
    if not common:
        if not _any_alike(left.towns, right.towns):
            found.add(
                "address",
                "town_other",
                1.0,
                _said(left.towns, left.towns.keys()),
                _said(right.towns, right.towns.keys()),
            )
        return
    share = _best_address(left.addresses, right.addresses)
    if share > 0:
        found.add("address", "address_same", share, _said(left.towns, common), _said(right.towns, common))
    else:
        amount = len(common) / min(4, max(len(left.towns), len(right.towns)))
        found.add("address", "town_same", min(1.0, amount), _said(left.towns, common), _said(right.towns, common))


def _best_address(lefts: tuple[Place, ...], rights: tuple[Place, ...]) -> float:
    """How far the two most alike addresses are one: 0 where no pair shares a number and a word, 1 where all is shared."""
    best = 0.0
    for left in lefts:
        if not left.numbers:
            continue
        for right in rights:
            numbers = len(left.numbers & right.numbers)
            if not numbers:
                continue
            stems = len(left.stems & right.stems)
            if stems:
                met = (stems + numbers) / min(
                    len(left.stems) + len(left.numbers), len(right.stems) + len(right.numbers)
                )
                best = max(best, min(1.0, met))
    return best


def _types(found: _Found, left: Record, right: Record) -> None:
    if left.types & right.types:
        found.add("type", "type_same", 1.0, left.types, right.types)
    else:
        found.add("type", "type_other", 1.0, left.types, right.types)


def _tons(found: _Found, lefts: tuple[int, ...], rights: tuple[int, ...]) -> None:
    same = any(abs(one - other) <= 0.02 * max(one, other) for one in lefts for other in rights)
    found.add("tonnage", "tons_same" if same else "tons_other", 1.0, str(lefts[0]), str(rights[0]))


def _said(words: Mapping[str, str], keys: Iterable[str]) -> frozenset[str]:
    return frozenset([words[key] for key in keys])
