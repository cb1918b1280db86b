"""Records made into clusters: what people decided first, then identifiers, then names, while the evidence between two holds.

No cluster reaches beyond what hangs together by edges that speak for it and by "same". So a change touches only what hangs together
with it like that, and what is worked out anew there is what it would be from scratch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from shellgame.errors import WrongUse
from shellgame.kernels.merging import Ties, connected, merge
from shellgame.resolve.edges import Edges, Rest, Rules, weights
from shellgame.resolve.judged import Judged, Pair

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
    """

    ids: pa.StringArray
    first: Numbers

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


def cluster(known: Known) -> Clusters:
    """Make clusters from scratch.

    Whatever the order of edges and judgements was, the result is the same. It starts from what people call the same. Of all
    pairs of clusters with evidence between them the best is merged: those with an identifier first, then by the mean weight of the
    edges between them. It is merged only if nothing keeps any two of their records apart, neither a person nor an edge
    (`Edges.apart`), and all that is known between the two clusters, edges against it and uncompared pairs too, adds up to more than
    nothing; see `Rules` and `edges.weights`.
    """
    return Clusters(known.ids, _first(known))


def _first(known: Known) -> Numbers:
    """For each record the number of the first one of its cluster."""
    records, edges = len(known.ids), known.edges
    group: Numbers = np.arange(known.size, dtype=np.int32)
    connected(group, *known.numbers(known.judged.same))
    names, of_node = np.unique(group, return_inverse=True)
    group = of_node.astype(np.int32)
    fresh = np.append(True, (edges.left[1:] != edges.left[:-1]) | (edges.right[1:] != edges.right[:-1]))[: len(edges)]
    apart = known.numbers(known.judged.apart)
    ties = _ties(
        (group[edges.left], group[edges.right]),
        (group[apart[0]], group[apart[1]]),
        weights(edges, known.rules),
        fresh,
        edges.rest == Rest.IDENTIFIER,
        edges.apart,
        len(names),
    )
    sizes = np.bincount(group[:records], minlength=len(names)).astype(np.int64)
    merged = merge(ties, sizes, known.rules.doubt)[group[:records]]
    first: Numbers = np.zeros(len(names), np.int32)
    first[merged[::-1]] = np.arange(records - 1, -1, -1, dtype=np.int32)  # the last one written is the first record
    out: Numbers = first[merged]
    return out


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
