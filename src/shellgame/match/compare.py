"""Two names, or two records with all that they tell: how likely they mean one, and why.

Other than a search, which meets everybody and so believes little, this is for pairs that somebody put together because they look
alike. It is the same whichever of the two stands on the left, but for the order in which the reasons name them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shellgame.errors import WrongUse
from shellgame.kernels.forest import Forest
from shellgame.match.analysed import Analysed, hold, shown
from shellgame.match.evidence import Weights, compare_records
from shellgame.match.explaining import explanation, told_with
from shellgame.match.hits import Explanation
from shellgame.match.name_sets import Entity, NameSets, Told
from shellgame.match.odds import NameEvidence, probability
from shellgame.match.scoring import is_person, name_scores
from shellgame.match.wording import rounded
from shellgame.model.schema import PARENTS
from shellgame.names.generations import are_two, generation
from shellgame.names.nearest import did_you_mean

_SCHEMATA = frozenset({*PARENTS, *PARENTS.values()})
_BATCH = 10_000
"""Pairs whose records are analysed at once."""


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
        schema: What bears them, such as `Person` or `Company`; None takes the better of both ways to read them, and that of
            people where both tell which bearer of the name they mean (Jr., III).

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
            raise WrongUse(f"{shown(name)} is no name; give two texts")
    if schema is not None and schema not in _SCHEMATA:
        raise WrongUse(f"{schema!r} is no schema of a party; {did_you_mean(str(schema), _SCHEMATA)}")
    ways = ("Person", "Organization") if schema is None or schema in ("Thing", "LegalEntity") else (schema,)
    scores = name_scores([(left, right, way) for way in ways])
    best = 0 if scores[0] and are_two(generation(left), generation(right)) else int(np.argmax(scores))
    why = explanation(left, right, person=is_person(ways[best]))
    return NameComparison(rounded(float(scores[best])), why)


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
    hold(left, "left")
    hold(right, "right")
    both = Analysed([left, right])
    told = both.names.compare(np.array([0], np.int32), np.array([1], np.int32))
    (names,) = told.evidence()
    one, other = both.record(0), both.record(1)
    evidence = compare_records(one, other)
    why = told_with(_most_alike(both.names, told), evidence, one, other)
    return Comparison(rounded(probability(names, evidence)), why, names)


def _most_alike(names: NameSets, told: Told) -> Explanation:
    """How the two names most alike met, one of each record of a pair."""
    if not len(told.scores):
        return Explanation("")
    here, there = names.printed[told.left[0]], names.printed[told.right[0]]
    row, column = divmod(int(np.argmax(told.scores)), len(there))
    return explanation(here[row], there[column], person=names.person[told.left[0]])


def compare_many(
    pairs: Sequence[tuple[Entity, Entity]], *, forest: Forest | None = None, weights: Weights | None = None
) -> NDArray[np.float64]:
    """Score many pairs of records, as `compare` does.

    One that stands in several pairs (as the same object) is analysed once for ten thousand pairs. Where records are to be compared
    again, `Analysed` keeps them.

    Args:
        pairs: FollowTheMoney entities.
        forest: Another model of names than the fitted one.
        weights: Other weights of evidence than the fitted ones.

    Raises:
        NotAnEntity: One of them is none; says which and why.
    """
    for number, pair in enumerate(pairs, start=1):
        hold(pair[0], f"pair {number}, left")
        hold(pair[1], f"pair {number}, right")
    found = [np.empty(0)]
    for start in range(0, len(pairs), _BATCH):
        records, numbers = _each_once(pairs[start : start + _BATCH])
        found.append(records.compare(numbers, forest=forest, weights=weights))
    return np.concatenate(found)


def names_compared(pairs: Sequence[tuple[Entity, Entity]], forest: Forest | None = None) -> list[NameEvidence | None]:
    """What all the names of two records say together, for each pair; None where one of them has no name that says anything."""
    records, numbers = _each_once(pairs)
    return records.names_compared(numbers, forest)


def _each_once(pairs: Sequence[tuple[Entity, Entity]]) -> tuple[Analysed, list[tuple[int, int]]]:
    """Records analysed once, and the numbers of those in each pair."""
    entities = {id(entity): entity for pair in pairs for entity in pair}
    numbers = {identity: number for number, identity in enumerate(entities)}
    return Analysed(list(entities.values())), [(numbers[id(left)], numbers[id(right)]) for left, right in pairs]
