"""Two parties that lists print as two: which pairs lose by it, by how much, and what tells nothing."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from shellgame.resolve.two_by_two import paired_off

WITHIN, STRAIGHT, CROSSED = 0.8, 0.9999, 0.99
SHIFT = -5.5
Pairs = dict[tuple[int, int], float]
TWO_LISTS: Pairs = {
    (0, 1): WITHIN,
    (2, 3): WITHIN,
    (0, 2): STRAIGHT,
    (1, 3): STRAIGHT,
    (0, 3): CROSSED,
    (1, 2): CROSSED,
}
"""Records 0 and 1 of one list, 2 and 3 of another; 0 is like 2, and 1 like 3."""


def moved(pairs: Pairs, source: list[int], place: list[int] | None = None) -> Pairs:
    left, right = (np.array([pair[end] for pair in pairs], np.int32) for end in (0, 1))
    sources, places = (np.array(each, np.int64) for each in (source, source if place is None else place))
    found = paired_off(left, right, np.array([*pairs.values()]), sources, places, shift=SHIFT, surest=1 - 1e-9)
    return dict(zip(pairs, found.tolist(), strict=True))


def less(chance: float, lists: int) -> float:
    return 1 / (1 + (1 - chance) / chance * np.exp(-SHIFT * lists))


def test_a_second_list_that_tells_them_apart_counts_as_much_as_the_first():
    found = moved(TWO_LISTS, [0, 0, 1, 1])
    assert [found[0, 1], found[2, 3]] == pytest.approx([less(WITHIN, 1)] * 2)
    assert [found[0, 3], found[1, 2]] == pytest.approx([less(CROSSED, 2)] * 2)
    assert [found[0, 2], found[1, 3]] == [STRAIGHT] * 2


def test_each_further_list_counts_again():
    third = {(0, 4): STRAIGHT, (1, 5): STRAIGHT, (2, 4): STRAIGHT, (3, 5): STRAIGHT, (4, 5): WITHIN}
    found = moved(TWO_LISTS | third, [0, 0, 1, 1, 2, 2])
    assert found[0, 1] == pytest.approx(less(WITHIN, 2))


def test_one_list_alone_tells_nothing_more():
    alone = {(0, 1): WITHIN, (0, 2): STRAIGHT, (1, 2): STRAIGHT}
    assert moved(alone, [0, 0, 1]) == alone


def test_spellings_that_differ_little_are_one_party_printed_twice():
    like = {pair: STRAIGHT if chance == CROSSED else chance for pair, chance in TWO_LISTS.items()}
    assert moved(like, [0, 0, 1, 1]) == like


def test_other_programmes_and_unknown_places_tell_nothing():
    assert moved(TWO_LISTS, [0, 0, 1, 1], [0, 1, 2, 2]) == TWO_LISTS
    assert moved(TWO_LISTS, [0, 0, 1, 1], [-1, -1, -1, -1]) == TWO_LISTS


def test_a_source_counts_once_however_many_programmes_it_has():
    again = {(0, 4): STRAIGHT, (1, 5): STRAIGHT, (4, 5): WITHIN}
    found = moved(TWO_LISTS | again, [0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 2, 2])
    assert found[0, 1] == pytest.approx(less(WITHIN, 1))


def test_what_the_list_itself_keeps_apart_stays_at_nothing():
    kept = TWO_LISTS | {(0, 1): 0.0}
    assert moved(kept, [0, 0, 1, 1])[0, 1] == 0.0


def test_the_order_of_pairs_changes_nothing():
    first = moved(TWO_LISTS, [0, 0, 1, 1])
    for ordered in list(permutations(TWO_LISTS.items()))[::37]:
        assert moved(dict(ordered), [0, 0, 1, 1]) == first


def test_nobody_at_all():
    assert moved({}, []) == {}
