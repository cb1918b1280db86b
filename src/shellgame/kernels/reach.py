"""How far a network reaches: the sum of reciprocal distances between its nodes, and how much of it goes with each node.

The measure is Borgatti's distance-weighted fragmentation turned round (Computational & Mathematical Organization Theory 12, 2006),
with lengths as Opsahl, Agneessens and Skvoretz give them to weighted ties (Social Networks 32, 2010).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import kernel, leaf

_NOBODY = -1


class Ways(NamedTuple):
    """A graph without directions, each edge told from both of its ends.

    Attributes:
        starts: Where the neighbours of each node begin in `far`; one more than there are nodes.
        far: The neighbours.
        length: How far it is to each of them, above 0.
    """

    starts: NDArray[np.int64]
    far: NDArray[np.int32]
    length: NDArray[np.float64]


@kernel
def losses(ways: Ways, gone: NDArray[np.bool_]) -> tuple[float, NDArray[np.float64]]:
    """How far a network reaches without some nodes, and how much less it would without each further one.

    For each start the shortest ways are a tree. A node that is taken out of it moves nothing but what lies behind it, and only that
    is measured again: all losses together cost as much as a few searches for shortest ways.

    Args:
        ways: The network.
        gone: Which nodes are out.

    Returns:
        The sum of 1 / distance over all pairs of nodes that are left; and, for each of these, the sum of what goes with it: its own
        pairs, and what others must go round. 0 for nodes that are out.
    """
    nodes = len(gone)
    lost, total = np.zeros(nodes), 0.0
    distance, anew = np.empty(nodes), np.empty(nodes)
    above, order = np.empty(nodes, np.int32), np.empty(nodes, np.int32)
    state, heap, place = np.zeros(nodes, np.int8), np.empty(nodes, np.int32), np.empty(nodes, np.int32)
    first, after, behind = np.empty(nodes, np.int32), np.empty(nodes, np.int32), np.empty(nodes, np.int32)
    for start in range(nodes):
        if gone[start]:
            continue
        found = _shortest(ways, start, gone, distance, above, order, heap, place)
        its = 0.0
        for position in range(1, found):
            its += 1.0 / distance[order[position]]
        total += its
        lost[start] += its
        _children(order, above, found, first, after)
        for position in range(1, found):
            node = order[position]
            lost[node] += 1.0 / distance[node]
            if first[node] != _NOBODY:
                lost[node] += _moved(ways, node, gone, distance, first, after, anew, state, heap, place, behind)
    return total / 2, lost / 2


@leaf
def _shortest(
    ways: Ways,
    start: int,
    gone: NDArray[np.bool_],
    distance: NDArray[np.float64],
    above: NDArray[np.int32],
    order: NDArray[np.int32],
    heap: NDArray[np.int32],
    place: NDArray[np.int32],
) -> int:
    """Distances from a start (Dijkstra), by whom each node is reached, and all that are in the order of distance; how many."""
    distance[:] = np.inf
    place[:] = _NOBODY
    distance[start], above[start] = 0.0, _NOBODY
    heap[0], place[start] = start, 0
    size, found = 1, 0
    while size:
        node = heap[0]
        size -= 1
        if size:
            heap[0] = heap[size]
            place[heap[0]] = 0
            sink(heap, place, distance, size)
        place[node] = _NOBODY
        order[found] = node
        found += 1
        for way in range(ways.starts[node], ways.starts[node + 1]):
            other, far = ways.far[way], distance[node] + ways.length[way]
            if not gone[other] and far < distance[other]:
                if place[other] == _NOBODY:
                    heap[size], place[other] = other, size
                    size += 1
                distance[other], above[other] = far, node
                rise(heap, place, distance, place[other])
    return found


@leaf
def _children(
    order: NDArray[np.int32], above: NDArray[np.int32], found: int, first: NDArray[np.int32], after: NDArray[np.int32]
) -> None:
    """The tree of shortest ways from above: the first child of each node, and the next one of the same parent."""
    for position in range(found):
        first[order[position]] = _NOBODY
    for position in range(1, found):
        node = order[position]
        after[node] = first[above[node]]
        first[above[node]] = node


@leaf
def _moved(
    ways: Ways,
    out: int,
    gone: NDArray[np.bool_],
    distance: NDArray[np.float64],
    first: NDArray[np.int32],
    after: NDArray[np.int32],
    anew: NDArray[np.float64],
    state: NDArray[np.int8],
    heap: NDArray[np.int32],
    place: NDArray[np.int32],
    behind: NDArray[np.int32],
) -> float:
    """How much of the sum of reciprocal distances goes where what lies behind a node has to be reached without it."""
    many = 1
    behind[0] = out
    reached = 0
    while reached < many:
        child = first[behind[reached]]
        reached += 1
        while child != _NOBODY:
            behind[many] = child
            many += 1
            child = after[child]
    was = 0.0
    for position in range(many):
        state[behind[position]] = 1
    size = 0
    for position in range(1, many):
        node = behind[position]
        was += 1.0 / distance[node]
        anew[node], place[node] = np.inf, _NOBODY
        for way in range(ways.starts[node], ways.starts[node + 1]):
            other = ways.far[way]
            if not gone[other] and state[other] == 0:
                anew[node] = min(anew[node], distance[other] + ways.length[way])
        if anew[node] < np.inf:
            heap[size], place[node] = node, size
            size += 1
            rise(heap, place, anew, size - 1)
    now = 0.0
    while size:
        node = heap[0]
        size -= 1
        if size:
            heap[0] = heap[size]
            place[heap[0]] = 0
            sink(heap, place, anew, size)
        place[node] = _NOBODY
        now += 1.0 / anew[node]
        state[node] = 2
        for way in range(ways.starts[node], ways.starts[node + 1]):
            other, far = ways.far[way], anew[node] + ways.length[way]
            if state[other] == 1 and other != out and far < anew[other]:
                if place[other] == _NOBODY:
                    heap[size], place[other] = other, size
                    size += 1
                anew[other] = far
                rise(heap, place, anew, place[other])
    for position in range(many):
        state[behind[position]] = 0
    return was - now


@leaf
def rise(heap: NDArray[np.int32], place: NDArray[np.int32], key: NDArray[np.float64], at: int) -> None:
    """Move a node of a heap up to where its key belongs."""
    node = heap[at]
    while at > 0 and key[heap[(at - 1) >> 1]] > key[node]:
        heap[at] = heap[(at - 1) >> 1]
        place[heap[at]] = at
        at = (at - 1) >> 1
    heap[at], place[node] = node, at


@leaf
def sink(heap: NDArray[np.int32], place: NDArray[np.int32], key: NDArray[np.float64], size: int) -> None:
    """Move the top of a heap down to where its key belongs."""
    node, at = heap[0], 0
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size and key[heap[child + 1]] < key[heap[child]]:
            child += 1
        if key[heap[child]] >= key[node]:
            break
        heap[at] = heap[child]
        place[heap[at]] = at
        at = child
    heap[at], place[node] = node, at
