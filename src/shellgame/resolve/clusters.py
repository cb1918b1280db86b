"""Records made into clusters: what people decided first, then identifiers, then names, while the evidence between two holds.

No cluster reaches beyond what hangs together by edges that speak for it and by "same". So a change touches only what hangs together
with it like that, and what is worked out anew there is what it would be from scratch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from shellgame.errors import WrongUse
from shellgame.kernels.merging import Ties, connected, merge
from shellgame.model.judgement import Judgement
from shellgame.resolve.edges import Edges, Rest, Rules, edge_keys, edges_of, weights
from shellgame.resolve.judged import Judged, Pair, judged_of

Numbers = NDArray[np.int32]


@dataclass(frozen=True)
class Known:
    """All that clusters are made of.

    Raises `WrongUse` where ids are not sorted, or edges are of more records than there are.

    Attributes:
        ids: Of the records, sorted and each once; a record's number is its place here.
        edges: Between records, by number.
        judged: What people decided, by id; ids that are no record (any more) still pass "same" on.
        rules: How much evidence is enough.
    """

    ids: pa.StringArray
    edges: Edges
    judged: Judged = Judged()  # noqa: RUF009 - frozen
    rules: Rules = Rules()  # noqa: RUF009 - frozen

    def __post_init__(self) -> None:
        ascending = pc.all(pc.less(self.ids[:-1], self.ids[1:]), min_count=0).as_py() if len(self.ids) else True
        if self.ids.null_count or not ascending:
            raise WrongUse("ids of records are not sorted, or one is there twice; give each once, in ascending order")
        if int(self.edges.right.max(initial=-1)) >= len(self.ids):
            raise WrongUse(
                f"an edge leads beyond the {len(self.ids)} records; make edges with `edges_of` for these records"
            )

    @cached_property
    def nodes(self) -> dict[str, int]:
        """Numbers of all ids that were decided about; those of no record come after all records."""
        ids = sorted({end for pair in (*self.judged.same, *self.judged.apart) for end in pair})
        places = pc.index_in(pa.array(ids, pa.string()), value_set=self.ids).to_pylist()
        free = iter(range(len(self.ids), len(self.ids) + len(ids)))
        return {each: next(free) if place is None else place for each, place in zip(ids, places, strict=True)}

    @property
    def size(self) -> int:
        """How many nodes there are: records, and ids that only judgements know."""
        return len(self.ids) + sum(number >= len(self.ids) for number in self.nodes.values())

    def numbers(self, pairs: Sequence[Pair]) -> tuple[Numbers, Numbers]:
        """Judged pairs as two columns of numbers."""
        left, right = (np.array([self.nodes[pair[end]] for pair in pairs], np.int32) for end in (0, 1))
        return left, right


@dataclass(frozen=True)
class Clusters:
    """Which records are one.

    Attributes:
        ids: Of the records, sorted.
        first: For each record the number of the first record of its cluster, which stands for the cluster.
        worked_over: How many records this took anew, the others having stayed as they were.
    """

    ids: pa.StringArray
    first: Numbers
    worked_over: int

    def number_of(self, record: str) -> int:
        """The number of a record.

        Raises:
            WrongUse: There is no such record.
        """
        place = int(pc.index(self.ids, record).as_py())
        if place < 0:
            raise WrongUse(f"{record} is no record here; give the id of one that the lists hold")
        return place

    def members(self, number: int) -> NDArray[np.int64]:
        """Numbers of all records that are one with this one, itself among them."""
        return np.flatnonzero(self.first == self.first[number])

    def as_sets(self) -> set[frozenset[str]]:
        """Every cluster as the ids of its records, for tests and small sets."""
        ids = self.ids.to_pylist()
        return {frozenset(ids[each] for each in np.flatnonzero(self.first == first)) for first in np.unique(self.first)}


def known_of(
    records: Iterable[str],
    edges: Iterable[tuple[str, str, float, Rest, int]] = (),
    judgements: Iterable[Judgement] = (),
    rules: Rules | None = None,
) -> Known:
    """Put together what is known, by ids and in any order: (left, right, probability, rest, shared_by) an edge."""
    ids = sorted(set(records))
    number = {each: place for place, each in enumerate(ids)}
    rows = [(number[left], number[right], *rest) for left, right, *rest in edges]
    columns = zip(*rows, strict=True) if rows else ([], [], [], [], [])
    made = edges_of(len(ids), *(np.array(list(column)) for column in columns))
    return Known(pa.array(ids, pa.string()), made, judged_of(judgements), rules or Rules())


def cluster(known: Known) -> Clusters:
    """Make clusters from scratch.

    Whatever the order of edges and judgements was, the result is the same. It starts from what people call the same. Of all
    pairs of clusters with evidence between them the best is merged: those with an identifier first, then by the mean weight of the
    edges between them. It is merged only if nothing keeps any two of their records apart, neither a person nor an edge of
    probability 0, and all that is known between the two clusters, edges against it and uncompared pairs too, adds up to more than
    nothing; see `Rules` and `edges.weights`.
    """
    everything = np.ones(len(known.edges), np.bool_)
    first = _first(known, np.arange(known.size, dtype=np.int32), everything, len(known.ids))
    return Clusters(known.ids, first, len(known.ids))


def recluster(known: Known, before: Known, clusters: Clusters) -> Clusters:
    """Make clusters from those before, working over only what hangs together with something that changed.

    Args:
        known: All that is known now.
        before: All that was known.
        clusters: Its clusters.

    Returns:
        What `cluster(known)` gives.
    """
    if known.rules != before.rules or not len(known.ids):
        return cluster(known)
    now_at = _places(before.ids, known.ids)
    touched = _touched(known, before, now_at)
    parts = _hanging_together(known)
    open_part = np.zeros(known.size, np.bool_)
    open_part[parts[touched]] = True
    is_open = open_part[parts]
    chosen = np.flatnonzero(is_open)
    records = int(np.searchsorted(chosen, len(known.ids)))
    new_number = np.full(known.size, -1, np.int32)
    new_number[chosen] = np.arange(len(chosen), dtype=np.int32)

    first = np.arange(len(known.ids), dtype=np.int32)
    stays = (now_at >= 0) & ~is_open[now_at]
    first[now_at[stays]] = now_at[clusters.first[stays]]
    anew = _first(known, new_number, is_open[known.edges.left] & is_open[known.edges.right], records)
    first[chosen[:records]] = chosen[anew]
    return Clusters(known.ids, first, records)


def open_pairs(known: Known, clusters: Clusters) -> NDArray[np.int64]:
    """Numbers of the edges that speak for one party and yet lie between two clusters: refused, or kept apart."""
    between = clusters.first[known.edges.left] != clusters.first[known.edges.right]
    return np.flatnonzero(between & (weights(known.edges, known.rules) > 0))


def _first(known: Known, number: Numbers, chosen: NDArray[np.bool_], records: int) -> Numbers:
    """Cluster some nodes that no edge for it and no "same" joins with others.

    Args:
        known: All that is known.
        number: For each node its number among those chosen, ascending; -1 for the others.
        chosen: Which edges lie between them.
        records: How many of the nodes are records; they come first.

    Returns:
        For each of the records the number, among those chosen, of the first one of its cluster.
    """
    group: Numbers = np.arange(int(number.max(initial=-1)) + 1, dtype=np.int32)
    same, apart = (_renumbered(number, known.numbers(pairs)) for pairs in (known.judged.same, known.judged.apart))
    connected(group, *same)
    names, of_node = np.unique(group, return_inverse=True)
    group = of_node.astype(np.int32)
    edges = known.edges.taken(chosen)
    fresh = np.append(True, (edges.left[1:] != edges.left[:-1]) | (edges.right[1:] != edges.right[:-1]))[: len(edges)]
    ties = _ties(
        (group[number[edges.left]], group[number[edges.right]]),
        (group[apart[0]], group[apart[1]]),
        weights(edges, known.rules),
        fresh,
        edges.rest == Rest.IDENTIFIER,
        edges.probability == 0.0,
        len(names),
    )
    sizes = np.bincount(group[:records], minlength=len(names)).astype(np.int64)
    merged = merge(ties, sizes, known.rules.doubt)[group[:records]]
    first: Numbers = np.zeros(len(names), np.int32)
    first[merged[::-1]] = np.arange(records - 1, -1, -1, dtype=np.int32)  # the last one written is the first record
    out: Numbers = first[merged]
    return out


def _renumbered(number: Numbers, ends: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
    left, right = number[ends[0]], number[ends[1]]
    chosen = (left >= 0) & (right >= 0)
    return left[chosen], right[chosen]


def _ties(
    ends: tuple[Numbers, Numbers],
    apart: tuple[Numbers, Numbers],
    weight: NDArray[np.int64],
    fresh: NDArray[np.bool_],
    identifier: NDArray[np.bool_],
    never: NDArray[np.bool_],
    groups: int,
) -> Ties:
    """Add up edges and prohibitions by the pair of groups they lie between; in the order of their first edges."""
    left, right = (np.concatenate(both).astype(np.int64) for both in zip(ends, apart, strict=True))
    key = np.minimum(left, right) * groups + np.maximum(left, right)
    order = np.argsort(key, kind="stable")
    order = order[left[order] != right[order]]
    starts = np.flatnonzero(np.append(True, key[order][1:] != key[order][:-1])[: len(order)])
    prohibitions = len(apart[0])
    columns = (
        np.append(weight, np.zeros(prohibitions, np.int64)),
        np.append(np.ones(len(weight), np.int64), np.zeros(prohibitions, np.int64)),
        np.append(fresh.astype(np.int64), np.zeros(prohibitions, np.int64)),
        np.append((identifier & (weight > 0)).astype(np.int64), np.zeros(prohibitions, np.int64)),
        np.append(never.astype(np.int64), np.ones(prohibitions, np.int64)),
    )
    sums = [np.add.reduceat(column[order], starts) if len(starts) else column[:0] for column in columns]
    by_first = np.argsort(order[starts], kind="stable")
    pair = key[order[starts]][by_first]
    total, count, pairs, identified, kept_apart = (column[by_first] for column in sums)
    one, other = (pair // max(groups, 1)).astype(np.int32), (pair % max(groups, 1)).astype(np.int32)
    return Ties(one, other, total, count, pairs, identified > 0, kept_apart > 0)


def _places(ids: pa.StringArray, among: pa.StringArray) -> NDArray[np.int64]:
    """Where each id stands among others; -1 where it does not."""
    return np.asarray(pc.fill_null(pc.index_in(ids, value_set=among), -1)).astype(np.int64)


def _hanging_together(known: Known) -> Numbers:
    """For each node the smallest node that it hangs together with, by edges that speak for it and by "same"."""
    parent = np.arange(known.size, dtype=np.int32)
    edges = known.edges.taken(weights(known.edges, known.rules) > 0)
    connected(parent, edges.left, edges.right)
    connected(parent, *known.numbers(known.judged.same))
    return parent


def _touched(known: Known, before: Known, now_at: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which nodes are new, have gained or lost an edge or a judgement, or are no record any more."""
    touched = np.zeros(known.size, np.bool_)
    touched[: len(known.ids)] = True
    touched[now_at[now_at >= 0]] = False
    left, right = now_at[before.edges.left], now_at[before.edges.right]
    for one, other in ((left, right), (right, left)):
        touched[one[(one >= 0) & (other < 0)]] = True
    both = (left >= 0) & (right >= 0)
    old = before.edges.taken(both)
    old_keys = edge_keys(len(known.ids), left[both], right[both], old.rest.astype(np.int64))
    new = known.edges
    new_keys = edge_keys(
        len(known.ids), new.left.astype(np.int64), new.right.astype(np.int64), new.rest.astype(np.int64)
    )
    for keys, mine, others, theirs in ((new_keys, new, old_keys, old), (old_keys, old, new_keys, new)):
        place = np.minimum(np.searchsorted(others, keys), max(len(others) - 1, 0))
        met = np.zeros(len(keys), np.bool_)
        if len(others):
            met = (others[place] == keys) & (theirs.probability[place] == mine.probability)
            met &= theirs.shared_by[place] == mine.shared_by
        for ends in (keys[~met] // 4 // len(known.ids), keys[~met] // 4 % len(known.ids)) if len(known.ids) else ():
            touched[ends] = True
    changed = {*known.judged.same} ^ {*before.judged.same} | {*known.judged.apart} ^ {*before.judged.apart}
    moved = {end for pair in changed for end in pair} | set(before.ids.filter(pa.array(now_at < 0)).to_pylist())
    places = _places(pa.array(sorted(moved), pa.string()), known.ids)
    touched[places[places >= 0]] = True
    touched[[known.nodes[each] for each in moved & known.nodes.keys()]] = True
    return touched
