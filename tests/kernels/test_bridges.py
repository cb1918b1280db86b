"""Bridges, held against taking each edge away."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.kernels.bridges import beyond_bridges

NODES = 9


def plain_bridges(edges: list[tuple[int, int]], weight: list[int]) -> list[int]:
    """Take each edge away and see whether its ends still hang together."""
    out = []
    for gone, (one, other) in enumerate(edges):
        rest = edges[:gone] + edges[gone + 1 :]
        sides = [_reached(one, rest), _reached(other, rest)]
        out.append(-1 if other in sides[0] else min(sum(weight[node] for node in side) for side in sides))
    return out


def _reached(start: int, edges: list[tuple[int, int]]) -> set[int]:
    seen = {start}
    while more := {far for a, b in edges for near, far in ((a, b), (b, a)) if near in seen} - seen:
        seen |= more
    return seen


@settings(deadline=None, max_examples=400)
@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda two: two[0] != two[1]), max_size=14),
    st.lists(st.integers(0, 2), min_size=NODES, max_size=NODES),
)
def test_finds_the_bridges_that_taking_away_finds(edges: list[tuple[int, int]], weight: list[int]) -> None:
    ends = np.array([*edges, *(edge[::-1] for edge in edges)], np.int32).reshape(-1, 2)
    order = np.argsort(ends[:, 0], kind="stable")
    starts = np.searchsorted(ends[order, 0], np.arange(NODES + 1))
    numbers = np.tile(np.arange(len(edges), dtype=np.int32), 2)[order]
    found = beyond_bridges(starts, ends[order, 1].copy(), numbers, np.array(weight, np.int64), len(edges))
    assert found.tolist() == plain_bridges(edges, weight)
