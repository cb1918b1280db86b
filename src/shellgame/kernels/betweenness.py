"""On how many of the shortest ways each node of a graph lies (Brandes, Journal of Mathematical Sociology 25, 2001)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import kernel
from shellgame.kernels.reach import Ways, rise, sink

_NOBODY = -1
_ALIKE = 1e-9
"""Two ways whose lengths differ by less than this share are equally long: sums of the same ties in another order."""


@kernel
def betweenness(ways: Ways) -> NDArray[np.float64]:
    """Count on how many of the shortest ways between all pairs of others each node lies.

    Where several ways between a pair are equally short, each counts as its part.

    Args:
        ways: The graph; all lengths above 0.

    Returns:
        A number a node, from 0 to the number of pairs of other nodes.
    """
    nodes = len(ways.starts) - 1
    total = np.zeros(nodes)
    distance, several, share = np.empty(nodes), np.empty(nodes), np.empty(nodes)
    order, heap, place = np.empty(nodes, np.int32), np.empty(nodes, np.int32), np.empty(nodes, np.int32)
    for start in range(nodes):
        distance[:], several[:], share[:], place[:] = np.inf, 0.0, 0.0, _NOBODY
        distance[start], several[start] = 0.0, 1.0
        heap[0], place[start], size, found = start, 0, 1, 0
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
                if far < distance[other] * (1 - _ALIKE):
                    if place[other] == _NOBODY:
                        heap[size], place[other] = other, size
                        size += 1
                    distance[other], several[other] = far, several[node]
                    rise(heap, place, distance, place[other])
                elif far <= distance[other] * (1 + _ALIKE):
                    several[other] += several[node]
        for position in range(found - 1, 0, -1):
            node = order[position]
            for way in range(ways.starts[node], ways.starts[node + 1]):
                before = ways.far[way]
                far = distance[before] + ways.length[way]
                if distance[before] < distance[node] and far <= distance[node] * (1 + _ALIKE):
                    share[before] += several[before] / several[node] * (1.0 + share[node])
            total[node] += share[node]
    return total / 2
