"""Where parties stand: always the same, apart, the start in the middle."""

from __future__ import annotations

from itertools import combinations
from math import hypot, isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.case.layout import positions

SIZE = (90.0, 36.0)


def _sizes(ids: list[str]) -> dict[str, tuple[float, float]]:
    return dict.fromkeys(ids, SIZE)


def _tree(count: int) -> tuple[list[str], list[tuple[str, str]]]:
    ids = [f"n{n}" for n in range(count)]
    return ids, [(f"n{(n - 1) // 3}", f"n{n}") for n in range(1, count)]


@given(st.integers(1, 25), st.sets(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=40))
@settings(deadline=None, max_examples=40)
def test_every_node_has_a_place_of_its_own(count: int, pairs: set[tuple[int, int]]) -> None:
    ids = [f"n{n}" for n in range(count)]
    edges = [(f"n{a}", f"n{b}") for a, b in sorted(pairs) if a < count and b < count]
    placed = positions(ids, edges, ids[:1], _sizes(ids))
    assert list(placed) == ids
    assert all(isfinite(x) and isfinite(y) for x, y in placed.values())
    assert all(hypot(a[0] - b[0], a[1] - b[1]) > 1 for a, b in combinations(placed.values(), 2))


@pytest.mark.parametrize("count", [2, 12, 60, 200])
def test_labels_do_not_overlap(count: int) -> None:
    ids, edges = _tree(count)
    placed = positions(ids, edges, ids[:1], _sizes(ids))
    overlapping = [
        (one, other)
        for one, other in combinations(ids, 2)
        if abs(placed[one][0] - placed[other][0]) < SIZE[0] - 1 and abs(placed[one][1] - placed[other][1]) < SIZE[1] - 1
    ]
    assert not overlapping


def test_labels_around_one_hub_do_not_overlap() -> None:
    ids = ["hub", *(f"n{n}" for n in range(60))]
    placed = positions(ids, [("hub", other) for other in ids[1:]], ["hub"], _sizes(ids))
    assert not [
        (one, other)
        for one, other in combinations(ids, 2)
        if abs(placed[one][0] - placed[other][0]) < SIZE[0] - 1 and abs(placed[one][1] - placed[other][1]) < SIZE[1] - 1
    ]


def test_the_same_network_has_the_same_picture() -> None:
    ids, edges = _tree(80)
    first = positions(ids, edges, ["n0"], _sizes(ids))
    assert positions(ids, list(reversed(edges)), ["n0"], _sizes(ids)) == first


def test_the_start_stands_in_the_middle() -> None:
    ids, edges = _tree(40)
    placed = positions(ids, edges, ["n0"], _sizes(ids))
    assert placed["n0"] == pytest.approx((0.0, 0.0), abs=1e-6)
    xs, ys = zip(*placed.values(), strict=True)
    assert min(xs) < 0 < max(xs)
    assert min(ys) < 0 < max(ys)


def test_pictures_are_wider_than_high() -> None:
    ids, edges = _tree(90)
    xs, ys = zip(*positions(ids, edges, ["n0"], _sizes(ids)).values(), strict=True)
    assert max(xs) - min(xs) > max(ys) - min(ys)


def test_nobody_and_somebody_alone_can_be_placed() -> None:
    assert positions([], [], [], {}) == {}
    assert positions(["n0"], [("n0", "n0")], ["n0"], _sizes(["n0"])) == {"n0": (0.0, 0.0)}
