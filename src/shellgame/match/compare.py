"""Two names, or two records with all that they tell: how likely they mean one, and why.

Other than a search, which meets everybody and so believes little, this is for pairs that somebody put together because they look
alike. It is the same whichever of the two stands on the left, but for the order in which the reasons name them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.errors import NotAnEntity, WrongUse
from shellgame.kernels.closest import closest_pairs
from shellgame.kernels.forest import Forest
from shellgame.kernels.pairs import pair_features, probabilities
from shellgame.match.evidence import Weights, compare_records
from shellgame.match.explaining import explanation, told_with
from shellgame.match.hits import Explanation
from shellgame.match.lexicon import Words, arrays_of
from shellgame.match.odds import NameEvidence, name_evidence, name_keys, probability
from shellgame.match.records import Record, analyse_record
from shellgame.match.scoring import is_person, model, name_scores
from shellgame.model.schema import NAME_PROPS, PARENTS
from shellgame.names.analysis import analyse
from shellgame.names.nearest import did_you_mean
from shellgame.names.sounds import tables
from shellgame.names.token import Token

Entity = Mapping[str, Any]
"""A FollowTheMoney entity: `schema`, `properties` (each a list of texts)."""
_SCHEMATA = frozenset({*PARENTS, *PARENTS.values()})
_MOST_NAMES = 64
"""Names of a record that are compared, the main ones first: the longest lists of aliases have some hundred."""
_BATCH = 1024
"""Pairs whose names are compared at once."""


@dataclass(frozen=True, slots=True)
class NameComparison:
    """How two names compare.

    Attributes:
        score: 0 to 1; 0.70 and more is an alert.
        why: The reasons in parts; the first name is the query, the second the listed one.
    """

    score: float
    why: Explanation

    @property
    def text(self) -> str:
        """The reasons in words."""
        return self.why.text

    def as_dict(self) -> dict[str, Any]:
        """The comparison for programs."""
        return {"score": self.score, "explanation": self.why.as_dict()}


@dataclass(frozen=True, slots=True)
class Comparison(NameComparison):
    """How two records compare.

    Attributes:
        score: Probability that they are one, 0 to 1; calibrated on pairs that analysts judged.
        why: The reasons in parts, with the two names most alike; the left record is the query, the right the listed one.
        names: What all their names say together; None where one of them has none.
    """

    names: NameEvidence | None


def compare_names(left: str, right: str, schema: str | None = None) -> NameComparison:
    """Tell how likely two names mean one party.

    Args:
        left: A name as printed, in any script.
        right: Another one.
        schema: What bears them, such as `Person` or `Company`; None takes the better of both ways to read them.

    Raises:
        WrongUse: A name is no text, or there is no such schema; says what may have been meant.

    Example:
        >>> compare_names("Orsin Maledd", "MALEDD, Orsin", "Person").score > 0.9
        True
        >>> compare_names("Orsin Maledd", "Talvek Tornik", "Person").score < 0.1
        True
    """
    for name in (left, right):
        if not isinstance(name, str):
            raise WrongUse(f"{_shown(name)} is no name; give two texts")
    if schema is not None and schema not in _SCHEMATA:
        raise WrongUse(f"{schema!r} is no schema of a party; {did_you_mean(str(schema), _SCHEMATA)}")
    ways = ("Person", "Organization") if schema is None or schema in ("Thing", "LegalEntity") else (schema,)
    scores = name_scores([(left, right, way) for way in ways])
    best = int(np.argmax(scores))
    why = explanation(left, right, person=is_person(ways[best]))
    return NameComparison(round(float(scores[best]), 4), why)


def compare(left: Entity, right: Entity) -> Comparison:
    """Tell how likely two records mean one party, from their names and all else that both tell.

    Args:
        left: A FollowTheMoney entity: `{"schema": …, "properties": {property: [values]}}`.
        right: Another one.

    Raises:
        NotAnEntity: One of them is none; says which and why.

    Example:
        >>> one = {"schema": "Person", "properties": {"name": ["Orsin Maledd"], "birthDate": ["1961-06-06"]}}
        >>> other = {"schema": "Person", "properties": {"name": ["Maledd Orsin"], "birthDate": ["1961"]}}
        >>> compare(one, other).score > 0.8
        True
        >>> compare(one, other).why.signals[0].words
        'same year of birth: 1961-06-06 / 1961'
    """
    _hold(left, "left")
    _hold(right, "right")
    batch = _Batch([(left, right)])
    ((one, other, scores),) = batch.scored(None)
    evidence = compare_records(one.record, other.record)
    names, why = None, Explanation("")
    if scores is not None:
        names = name_evidence(scores, one.keys, other.keys)
        row, column = np.unravel_index(int(np.argmax(scores)), scores.shape)
        why = explanation(one.printed[row], other.printed[column], person=one.person)
    why = told_with(why, evidence, one.record, other.record)
    return Comparison(round(probability(names, evidence), 4), why, names)


def compare_many(
    pairs: Sequence[tuple[Entity, Entity]], *, forest: Forest | None = None, weights: Weights | None = None
) -> NDArray[np.float64]:
    """Score many pairs of records, as `compare` does.

    Costs some 100 microseconds a pair, analysis of both included; one that stands in several pairs (as the same object) is analysed
    once for a thousand pairs.

    Args:
        pairs: FollowTheMoney entities.
        forest: Another model of names than the fitted one.
        weights: Other weights of evidence than the fitted ones.

    Raises:
        NotAnEntity: One of them is none; says which and why.
    """
    for number, pair in enumerate(pairs, start=1):
        _hold(pair[0], f"pair {number}, left")
        _hold(pair[1], f"pair {number}, right")
    found = np.empty(len(pairs))
    for start in range(0, len(pairs), _BATCH):
        scored = _Batch(pairs[start : start + _BATCH]).scored(forest)
        for number, (one, other, scores) in enumerate(scored, start=start):
            names = None if scores is None else name_evidence(scores, one.keys, other.keys)
            found[number] = probability(names, compare_records(one.record, other.record, weights), weights)
    return found


def names_compared(left: Entity, right: Entity, forest: Forest | None = None) -> NameEvidence | None:
    """What all the names of two records say together; None where one of them has no name that says anything."""
    ((one, other, scores),) = _Batch([(left, right)]).scored(forest)
    return None if scores is None else name_evidence(scores, one.keys, other.keys)


class _Side(NamedTuple):
    """A record, analysed.

    Attributes:
        person: Whether its names were read as those of a person.
        printed: Its names that say anything, as printed.
        rows: Each of them as a row of tokens.
        keys: See `odds.name_keys`; empty for a weak alias.
        record: All else.
    """

    person: bool
    printed: list[str]
    rows: list[int]
    keys: tuple[tuple[str, ...], ...]
    record: Record


class _Batch:
    """Pairs of records, each record analysed once."""

    def __init__(self, pairs: Sequence[tuple[Entity, Entity]]) -> None:
        self._rows: dict[tuple[Token, ...], int] = {}
        self._known: dict[tuple[int, bool], _Side] = {}
        self._records: dict[int, Record] = {}
        self._pairs = [self._sides(left, right) for left, right in pairs]

    def _sides(self, left: Entity, right: Entity) -> tuple[_Side, _Side]:
        person = is_person(left["schema"]) or is_person(right["schema"])
        return self._side(left, person), self._side(right, person)

    def _side(self, entity: Entity, person: bool) -> _Side:
        key = id(entity), person
        if key not in self._known:
            self._known[key] = self._analysed(entity, person)
        return self._known[key]

    def _analysed(self, entity: Entity, person: bool) -> _Side:
        told = entity["properties"]
        names = [name for prop in NAME_PROPS for name in _texts(told.get(prop))]
        weak = set(_texts(told.get("weakAlias"))) - set(_texts(told.get("name")))
        analysed = ((analyse(name, person=person), name) for name in list(dict.fromkeys(names))[:_MOST_NAMES])
        known = sorted((found, name) for found, name in analysed if found)  # whatever order they came in
        keys = name_keys(() if name in weak else found for found, name in known)
        if id(entity) not in self._records:
            self._records[id(entity)] = analyse_record(entity)
        rows = [self._rows.setdefault(found, len(self._rows)) for found, _ in known]
        return _Side(person, [name for _, name in known], rows, keys, self._records[id(entity)])

    def scored(self, forest: Forest | None) -> list[tuple[_Side, _Side, NDArray[np.float32] | None]]:
        """Both sides of each pair, with the scores of the names of the left with those of the right.

        Names that cannot be each other's best are not compared; they have 0.
        """
        many = [len(one.rows) * len(other.rows) for one, other in self._pairs]
        scores = np.zeros(sum(many), np.float32)
        if len(scores):
            self._score(np.repeat([not one.person for one, _ in self._pairs], many), scores, forest or model())
        found: list[tuple[_Side, _Side, NDArray[np.float32] | None]] = []
        start = 0
        for (one, other), size in zip(self._pairs, many, strict=True):
            own = scores[start : start + size].reshape(len(one.rows), len(other.rows)) if size else None
            found.append((one, other, own))
            start += size
        return found

    def _score(self, organization: NDArray[np.bool_], scores: NDArray[np.float32], forest: Forest) -> None:
        """Fill in the scores of those pairs of names that are worth comparing."""
        words = Words()
        names = [words.numbers_of(row) for row in self._rows]
        starts, rows = _laid_out(names)
        vocabulary = arrays_of(words.tokens)
        sides = (_laid_out([pair[side].rows for pair in self._pairs]) for side in (0, 1))
        (left_starts, left), (right_starts, right) = sides
        one, other, place = closest_pairs(left_starts, left, right_starts, right, starts, rows, vocabulary)
        # the lesser row goes first, so that it makes no difference which side a name is on
        rank = np.empty(len(names), np.int32)
        rank[[self._rows[row] for row in sorted(self._rows)]] = np.arange(len(names))
        turned = rank[one] > rank[other]
        first, second = np.where(turned, other, one), np.where(turned, one, other)
        features = pair_features(starts, rows, first, second, organization[place], vocabulary, tables())
        scores[place] = probabilities(forest, features, 0.0)


def _laid_out(numbers: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Rows of numbers one after another: where each begins, and all of them."""
    starts = np.array([0, *accumulate(map(len, numbers))], np.int64)
    return starts, np.array([number for row in numbers for number in row], np.int32)


def _texts(told: object) -> list[str]:
    if isinstance(told, str):
        return [told]
    if isinstance(told, (set, frozenset)):
        told = sorted(told, key=str)
    return [value for value in told if isinstance(value, str)] if isinstance(told, (list, tuple)) else []


def _hold(entity: object, where: str) -> None:
    """Refuse what is no entity."""
    if not isinstance(entity, Mapping):
        raise NotAnEntity(where, f"{_shown(entity)} is no dict")
    schema, properties = entity.get("schema"), entity.get("properties")
    if not isinstance(schema, str) or not schema:
        raise NotAnEntity(where, f"no `schema` in {_shown(entity)}")
    if not isinstance(properties, Mapping):
        raise NotAnEntity(where, f"no dict of lists as `properties` in {_shown(entity)}")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 200 else text[:199] + "…"
