"""Merging groups, held against its plain twin."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kernels.plain_merging import PlainTie, plain_merge

from shellgame.kernels.merging import Ties, connected, merge

GROUPS = 9
FIELDS = (np.int32, np.int32, np.int64, np.int64, np.int64, np.bool_, np.bool_)


@st.composite
def ties_of_groups(draw: st.DrawFn) -> list[PlainTie]:
    pairs = draw(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=24))
    return [
        PlainTie(
            a,
            b,
            draw(st.integers(-9, 12)),
            draw(st.integers(1, 2)),
            1,
            draw(st.booleans()),
            draw(st.sampled_from([False, False, False, True])),
        )
        for a, b in dict.fromkeys((min(two), max(two)) for two in pairs if two[0] != two[1])
    ]


def arrays(ties: list[PlainTie]) -> Ties:
    return Ties(*(np.array([tie[field] for tie in ties], kind) for field, kind in enumerate(FIELDS)))  # type: ignore[arg-type]


def sets(labels: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == label).tolist()) for label in set(labels.tolist())}


@settings(deadline=None, max_examples=600)
@given(ties_of_groups(), st.lists(st.integers(1, 3), min_size=GROUPS, max_size=GROUPS), st.integers(0, 2))
def test_merges_as_its_plain_twin(ties: list[PlainTie], size: list[int], doubt: int) -> None:
    assert sets(merge(arrays(ties), np.array(size, np.int64), doubt)) == plain_merge(ties, size, doubt)


def test_merges_as_its_plain_twin_where_the_table_is_made_anew() -> None:
    """A long chain that is merged from its ends: each merge hands ties over."""
    random = np.random.default_rng(5)
    for _ in range(30):
        pairs = {(int(a), int(b)) for a, b in np.sort(random.integers(0, 24, (90, 2)), axis=1) if a != b}
        ties = [PlainTie(a, b, int(random.integers(-3, 9)), 1, 1, False, False) for a, b in sorted(pairs)]
        assert sets(merge(arrays(ties), np.ones(24, np.int64), 0)) == plain_merge(ties, [1] * 24, 0)


def test_joins_of_a_star_grow_with_its_size() -> None:
    ties = [PlainTie(0, leaf, 5, 1, 1, False, False) for leaf in range(1, 50_000)]
    assert len(set(merge(arrays(ties), np.ones(50_000, np.int64), 0).tolist())) == 1


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=20))
def test_what_hangs_together_bears_its_smallest_number(edges: list[tuple[int, int]]) -> None:
    parent = np.arange(13, dtype=np.int32)
    connected(parent, np.array([a for a, _ in edges], np.int32), np.array([b for _, b in edges], np.int32))
    sets_of = {node: {node} for node in range(13)}
    for a, b in edges:
        union = sets_of[a] | sets_of[b]
        sets_of.update(dict.fromkeys(union, union))
    assert parent.tolist() == [min(sets_of[node]) for node in range(13)]
