"""The last touches to places: fewer lines through symbols and labels, never a box upon another."""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.case.clearing import Boxed, Side, cleared, crosses


def _at(x: float, y: float) -> Boxed:
    return Boxed((x, y - 8.0), (9.0, 9.0), (12.0, 12.0), (80.0, 16.0))


def _false_ends(boxed: list[Boxed], edges: list[tuple[int, int]]) -> int:
    found = 0
    for one, other in edges:
        begin, end = np.array([boxed[one].at]), np.array([boxed[other].at])
        for position, each in enumerate(boxed):
            middle, half = np.array(each.at), np.array(each.half)
            if position not in (one, other) and crosses(begin, end, middle - half, middle + half).any():
                found += 1
    return found


def test_a_label_turns_away_from_the_lines_of_its_party() -> None:
    below = [_at(0, 0), _at(-60, 120), _at(0, 120), _at(60, 120)]
    turned = cleared(below, [(0, 1), (0, 2), (0, 3)])[0]
    assert not turned.side.value.startswith("below")


def test_a_label_is_clear_of_its_symbol_on_every_side() -> None:
    for side in Side:
        left, top, right, bottom = _at(0, 0)._replace(side=side).label
        assert (right - left, bottom - top) == (80.0, 16.0)
        sign = _at(0, 0).symbol
        assert right <= sign[0] or left >= sign[2] or bottom <= sign[1] or top >= sign[3]


def test_the_frame_of_a_list_leaves_lines_that_are_not_its_own() -> None:
    frame = Boxed((0.0, 20.0), (100.0, 60.0), (100.0, 60.0))
    found = cleared([_at(-300, 0), _at(300, 0), frame], [(0, 1)])
    assert _false_ends(found, [(0, 1)]) == 0
    assert found[2].at != frame.at


def test_a_symbol_leaves_a_line_that_is_not_its_own() -> None:
    row = [_at(-200, 0), _at(0, 0), _at(200, 0)]
    assert _false_ends(row, [(0, 2)]) == 1
    assert _false_ends(cleared(row, [(0, 2)]), [(0, 2)]) == 0


def test_what_nothing_crosses_stays() -> None:
    assert cleared([_at(0, 0), _at(500, 300)], []) == [_at(0, 0), _at(500, 300)]
    assert cleared([], []) == []


def test_pieces_of_lines_in_boxes() -> None:
    low, high = np.array((0.0, 0.0)), np.array((10.0, 10.0))
    begin = np.array([(-5.0, 5.0), (-5.0, 5.0), (5.0, 5.0), (-5.0, -1.0), (20.0, 0.0)])
    end = np.array([(15.0, 5.0), (-1.0, 5.0), (6.0, 6.0), (15.0, -1.0), (0.0, 20.5)])
    assert crosses(begin, end, low, high).tolist() == [True, False, True, False, False]


@given(st.integers(0, 10_000))
@settings(deadline=None, max_examples=25)
def test_it_never_gets_worse_and_no_box_comes_upon_another(seed: int) -> None:
    random = Random(seed)
    boxed = [_at(100 * x + random.uniform(-5, 5), 60 * y + random.uniform(-5, 5)) for x in range(4) for y in range(4)]
    edges = sorted({(min(pair), max(pair)) for pair in (random.sample(range(16), 2) for _ in range(20))})
    found = cleared(boxed, edges)
    assert found == cleared(boxed, edges)
    assert _false_ends(found, edges) <= _false_ends(boxed, edges)
    for one, other in combinations((each.box for each in found), 2):
        assert min(one[2], other[2]) <= max(one[0], other[0]) or min(one[3], other[3]) <= max(one[1], other[1])
