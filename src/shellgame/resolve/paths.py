"""Why two records are one: the strongest row of edges and judgements from one to the other, and so what to undo to part them."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np

from shellgame.resolve.clusters import Clusters, Known
from shellgame.resolve.edges import Rest, weights


@dataclass(frozen=True, order=True)
class Step:
    """One edge or judgement on the way.

    Attributes:
        left: Where it comes from; an id that only judgements know may stand between two records.
        right: Where it leads.
        rest: What it rests on.
        probability: 0 to 1; of a judgement 1.
        row: Where the edge stood among those given to `edges_of`, to look up why; -1 for a judgement.
    """

    left: str
    right: str
    rest: Rest
    probability: float
    row: int


def path(known: Known, clusters: Clusters, left: str, right: str) -> tuple[Step, ...]:
    """The strongest way between two records: that with the greatest product of probabilities, then the shortest, then by ids.

    Returns:
        Its steps from left to right; none where the two are of different clusters, or one and the same.

    Raises:
        WrongUse: One of them is no record.
    """
    start, goal = clusters.number_of(left), clusters.number_of(right)
    if clusters.first[start] != clusters.first[goal]:
        return ()
    ways = _ways(known, clusters, start)
    waiting: list[tuple[float, int, tuple[Step, ...]]] = [(0.0, 0, ())]
    done: set[str] = set()
    while waiting:
        cost, length, steps = heappop(waiting)
        here = steps[-1].right if steps else left
        if here == right:
            return steps
        if here in done:
            continue
        done.add(here)
        for step in ways[here]:
            if step.right not in done:
                price = round(cost - math.log(step.probability), 12)
                heappush(waiting, (price, length + 1, (*steps, step)))
    return ()


def _ways(known: Known, clusters: Clusters, member: int) -> defaultdict[str, list[Step]]:
    """Each step that can be gone within a cluster, in both directions, by where it begins."""
    ways: defaultdict[str, list[Step]] = defaultdict(list)
    inside = clusters.first == clusters.first[member]
    edges = known.edges.taken(np.flatnonzero(inside[known.edges.left] & inside[known.edges.right]))
    edges = edges.taken(weights(edges, known.rules) > 0)
    columns = (edges.left, edges.right, edges.rest, edges.probability, edges.row)
    for left, right, rest, probability, row in zip(*(column.tolist() for column in columns), strict=True):
        ends = clusters.ids[left].as_py(), clusters.ids[right].as_py()
        for one, other in (ends, ends[::-1]):
            ways[one].append(Step(one, other, Rest(rest), probability, row))
    for pair in known.judged.same:
        for one, other in (pair, pair[::-1]):
            ways[one].append(Step(one, other, Rest.JUDGED, 1.0, -1))
    return ways
