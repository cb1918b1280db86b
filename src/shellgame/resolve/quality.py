"""How sure a cluster is: its weakest link, its bridges, and what its records contradict one another in; suspicious ones first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from shellgame.errors import WrongUse
from shellgame.kernels.bridges import beyond_bridges
from shellgame.kernels.merging import spanning
from shellgame.match.dates import Birth, birth_grade, day_of
from shellgame.match.identifiers import SINGLE, number_keys
from shellgame.match.places import country_codes
from shellgame.model.schema import IDENTIFIERS
from shellgame.resolve.clusters import Clusters, Known
from shellgame.resolve.edges import Edges, weights

BIRTH = "birthDate"
REGISTERED = ("jurisdiction", "country")
"""Where an organisation is registered; of people these say nothing, so leave theirs out."""
WORLDWIDE = 0.95
"""A number of at least this weight (`model.schema.IDENTIFIERS`) is given out once in the world."""
_SURE, _LESS_SURE = 0.6, 0.3
_CONTRADICTS = (
    {prop: _SURE if IDENTIFIERS.get(prop, 0.0) >= WORLDWIDE else _LESS_SURE for prop in SINGLE}
    | {BIRTH: _SURE}
    | dict.fromkeys(REGISTERED, _LESS_SURE)
)
"""How suspicious each contradiction makes a cluster, 0 to 1. Numbers of registers are printed in too many ways for more."""
DOUBTFUL = 0.75
"""Two records that nothing surer than this makes one are shown to people, and told as *unsure*: of four such joins one is wrong."""
_HANGING = 0.3
"""How suspicious it is that two records or more hang on a single edge."""
_SPOKEN_AGAINST = 0.5
"""How suspicious an edge within a cluster is whose probability is 0; in proportion up to the threshold."""
_LARGE = 20
"""Records from which on size itself is suspicious: more than lists that could name one party."""
_MOST_COMPARED = 200
"""So many different sets of values of a cluster are held against each other; a cluster with more has been found out anyway."""


@dataclass(frozen=True)
class Facts:
    """What records say that can contradict; any order, anything of other properties is left alone.

    Attributes:
        record: Number of the record that each fact is of.
        prop: Property: `birthDate`, of `REGISTERED`, or a number of which nobody has two (`match.identifiers.SINGLE`).
        value: As the list prints it, or folded.
    """

    record: NDArray[np.int32]
    prop: pa.StringArray
    value: pa.StringArray

    def __post_init__(self) -> None:
        if not len(self.record) == len(self.prop) == len(self.value):
            raise WrongUse(
                f"facts: {len(self.record)} records, {len(self.prop)} properties, {len(self.value)} values; give as many of each"
            )


@dataclass(frozen=True)
class Disagreement:
    """Two records of one cluster that have no value of a property in common; the first such two."""

    prop: str
    left: int
    right: int
    values: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Marks:
    """Marks of all clusters of two records or more, the most suspicious first; then the larger, then by number.

    Attributes:
        first: Number of the first record of each cluster, as in `Clusters.first`.
        size: Records.
        weakest: Probability of the weakest link on the strongest way between any two; 1 where people joined all.
        lowest: Lowest probability of any two records that were compared, edges that speak against it too; 1 without any.
        weakest_at: Place of that link among `Known.edges`; -1 where people joined all.
        lowest_at: Likewise of the pair that is least likely one; -1 without any.
        bridges: Edges, not judgements, whose loss would part the cluster.
        hanging: The most records that one such edge holds, counted on the side with fewer.
        disagreements: By `first`; clusters without any are left out.
        suspicion: 0 (nothing speaks against it) to 1.
    """

    first: NDArray[np.int32]
    size: NDArray[np.int64]
    weakest: NDArray[np.float64]
    lowest: NDArray[np.float64]
    weakest_at: NDArray[np.int64]
    lowest_at: NDArray[np.int64]
    bridges: NDArray[np.int64]
    hanging: NDArray[np.int64]
    disagreements: dict[int, tuple[Disagreement, ...]]
    suspicion: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.first)


def marks(known: Known, clusters: Clusters, facts: Facts | None = None) -> Marks:
    """Mark all clusters of two records or more."""
    records = len(clusters.ids)
    first = clusters.first
    size = np.bincount(first, minlength=records)
    edges = known.edges
    inside = np.flatnonzero(first[edges.left] == first[edges.right])
    holding = inside[weights(edges.taken(inside), known.rules) > 0]
    judged_left, judged_right = known.numbers(known.judged.same)
    left, right = np.append(judged_left, edges.left[holding]), np.append(judged_right, edges.right[holding])
    by_strength = np.argsort(-np.append(np.ones(len(judged_left)), edges.probability[holding]), kind="stable")
    needed = by_strength[spanning(np.arange(known.size, dtype=np.int32), left[by_strength], right[by_strength])]
    needed = holding[needed[needed >= len(judged_left)] - len(judged_left)]
    weakest_at, weakest = _last(edges, needed, first)
    lowest_at, lowest = _last(edges, inside[np.argsort(-edges.probability[inside], kind="stable")], first)

    beyond = _beyond(left, right, known.size, records)[len(judged_left) :]
    is_bridge = beyond > 0
    its = first[edges.left[holding[is_bridge]]]
    bridges = np.bincount(its, minlength=records)
    hanging = np.zeros(records, np.int64)
    np.maximum.at(hanging, its, beyond[is_bridge])

    found = dict(_disagreements(clusters, size, facts)) if facts is not None else {}
    shown = np.flatnonzero(size > 1)
    trust = _trust(size, weakest, lowest, hanging, known.rules.threshold)[shown] * _unless_contradicted(shown, found)
    suspicion = np.round(1 - trust, 9)
    order = np.lexsort((-size[shown], -suspicion))
    shown = shown[order]
    return Marks(
        shown.astype(np.int32),
        size[shown],
        weakest[shown],
        lowest[shown],
        weakest_at[shown],
        lowest_at[shown],
        bridges[shown],
        hanging[shown],
        found,
        suspicion[order],
    )


def _last(
    edges: Edges, places: NDArray[np.int64], first: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """By cluster the last of some edges of its own, the most probable first: its place, -1 for none, and its probability."""
    found = np.full(len(first), -1, np.int64)
    found[first[edges.left[places]]] = places
    probability = np.ones(len(first))
    there = found >= 0
    probability[there] = edges.probability[found[there]]
    return found, probability


def _beyond(left: NDArray[np.int32], right: NDArray[np.int32], nodes: int, records: int) -> NDArray[np.int64]:
    """For each edge how many records its loss would part from the rest, on the side with fewer; -1 where it would part none."""
    near, far = np.append(left, right), np.append(right, left)
    order = np.argsort(near, kind="stable")
    starts = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(near, minlength=nodes), out=starts[1:])
    edge = np.tile(np.arange(len(left), dtype=np.int32), 2)[order]
    weight = (np.arange(nodes) < records).astype(np.int64)
    out: NDArray[np.int64] = beyond_bridges(starts, far[order].astype(np.int32), edge, weight, len(left))
    return out


def _trust(
    size: NDArray[np.int64],
    weakest: NDArray[np.float64],
    lowest: NDArray[np.float64],
    hanging: NDArray[np.int64],
    threshold: float,
) -> NDArray[np.float64]:
    """What is left of trust in each cluster, 1 to 0: each sign takes its part of it."""
    trust = weakest * (1 - _SPOKEN_AGAINST * np.maximum(threshold - lowest, 0) / threshold)
    trust[hanging > 1] *= 1 - _HANGING
    kept: NDArray[np.float64] = trust * np.minimum(_LARGE / np.maximum(size, 1), 1.0)
    return kept


def _unless_contradicted(shown: NDArray[np.int64], found: dict[int, tuple[Disagreement, ...]]) -> NDArray[np.float64]:
    trust = np.ones(len(shown))
    for first, its in found.items():
        trust[np.searchsorted(shown, first)] = np.prod([1 - _CONTRADICTS[each.prop] for each in its])
    return trust


def _disagreements(
    clusters: Clusters, size: NDArray[np.int64], facts: Facts
) -> Iterator[tuple[int, tuple[Disagreement, ...]]]:
    """What records of each cluster contradict one another in."""
    chosen = np.flatnonzero(size[clusters.first[facts.record]] > 1)
    said: defaultdict[tuple[int, str], defaultdict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    taken = pa.array(chosen)
    columns = (facts.record[chosen].tolist(), facts.prop.take(taken).to_pylist(), facts.value.take(taken).to_pylist())
    for record, prop, value in zip(*columns, strict=True):
        if prop in _CONTRADICTS:
            said[int(clusters.first[record]), prop][record].add(value)
    found: defaultdict[int, list[Disagreement]] = defaultdict(list)
    for (first, prop), by_record in sorted(said.items(), key=lambda each: each[0]):
        if len(by_record) > 1 and (pair := _contrary(prop, by_record)):
            left, right = pair
            values = (tuple(sorted(by_record[left])), tuple(sorted(by_record[right])))
            found[first].append(Disagreement(prop, left, right, values))
    for first, its in found.items():
        yield first, tuple(its)


def _contrary(prop: str, by_record: dict[int, set[str]]) -> tuple[int, int] | None:
    """The first two records whose values of a property cannot both be right, or none such."""
    printed: dict[frozenset[str], int] = {}
    for record in sorted(by_record):
        printed.setdefault(frozenset(by_record[record]), record)
    if len(printed) == 1:
        return None
    different: dict[frozenset[str], int] = {}
    for told, record in printed.items():
        if values := _comparable(prop, told):
            different.setdefault(values, record)
    for one, other in combinations(list(different)[:_MOST_COMPARED], 2):
        if _none_in_common(prop, one, other):
            left, right = sorted((different[one], different[other]))
            return left, right
    return None


def _comparable(prop: str, values: frozenset[str]) -> frozenset[str]:
    """Values as they can be held against others: numbers by their keys, countries by code with those that took their place."""
    if prop in SINGLE:
        return frozenset(part for each in values for keys in number_keys(prop, each) for part in keys if part)
    if prop in REGISTERED:
        return frozenset(code for each in values for code in country_codes(each))
    return values


def _none_in_common(prop: str, one: frozenset[str], other: frozenset[str]) -> bool:
    if prop != BIRTH:
        return not one & other
    days = [[day for each in sorted(values) if (day := day_of(each))] for values in (one, other)]
    grades = [birth_grade(left, right)[0] for left in days[0] for right in days[1]]
    return bool(grades) and min(grades) >= Birth.OTHER_YEAR
