"""Bridges of a graph: edges whose loss parts what hangs together (Tarjan 1974), and how much each holds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import kernel

_NOBODY = -1


@kernel
def beyond_bridges(
    starts: NDArray[np.int64], far: NDArray[np.int32], edge: NDArray[np.int32], weight: NDArray[np.int64], edges: int
) -> NDArray[np.int64]:
    """How much hangs on each edge: the weight of what its loss would part from the rest, on the side with less of it.

    Args:
        starts: Where the neighbours of each node begin in `far` and `edge`; one more than there are nodes.
        far: The neighbours.
        edge: The number of the edge that leads there; of several edges between the same two nodes none is a bridge.
        weight: Of each node.
        edges: How many edges there are.

    Returns:
        One number an edge; -1 for edges that are no bridges.
    """
    nodes = len(weight)
    out = np.full(edges, _NOBODY, np.int64)
    when, low = np.full(nodes, _NOBODY, np.int64), np.zeros(nodes, np.int64)
    below = weight.copy()
    came_by = np.full(nodes, _NOBODY, np.int32)
    nearest = starts[:-1].copy()
    way, found = np.empty(nodes, np.int32), np.empty(nodes, np.int32)
    clock = 0
    for start in range(nodes):
        if when[start] != _NOBODY:
            continue
        way[0], depth, first = start, 1, clock
        when[start] = low[start] = clock
        found[clock] = start
        clock += 1
        while depth > 0:
            node = way[depth - 1]
            place = nearest[node]
            if place < starts[node + 1]:
                nearest[node] += 1
                other = far[place]
                if when[other] == _NOBODY:
                    came_by[other] = edge[place]
                    when[other] = low[other] = clock
                    found[clock] = other
                    clock += 1
                    way[depth] = other
                    depth += 1
                elif edge[place] != came_by[node]:
                    low[node] = min(low[node], when[other])
                continue
            depth -= 1
            if depth > 0:
                above = way[depth - 1]
                low[above] = min(low[above], low[node])
                below[above] += below[node]
        for place in range(first, clock):
            node = found[place]
            if came_by[node] != _NOBODY and low[node] == when[node]:
                out[came_by[node]] = min(below[node], below[start] - below[node])
    return out
