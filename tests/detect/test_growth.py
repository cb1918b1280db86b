"""Many who let go of something and many who took something in one company: work grows as they do, and findings do."""

from __future__ import annotations

import sys

import pytest

from shellgame.detect import minority_together, moves_in_the_lag, threshold_shaving, transfer_to_associates
from shellgame.detect.moves import MOST_TAKERS

from .scenes import bond, facts, listed, scene, stake

FIND = {
    "threshold_shaving": threshold_shaving.find,
    "transfer_to_associates": transfer_to_associates.find,
    "transfer_at_a_loss": transfer_to_associates.find_losses,
    "moves_in_the_lag": moves_in_the_lag.find,
    "minority_together": minority_together.find,
}


def crowd(sellers, takers):
    gone = [stake(f"h{each} 0.01 A 2009-01-01..2022-02-{1 + each % 20:02}") for each in range(sellers)]
    took = [stake(f"g{each} 0.01 A 2022-02-{1 + each % 20:02}..") for each in range(takers)]
    its = {f"h{each}": [listed("us", "2022-04-06"), listed("gb", "2022-04-06")] for each in range(sellers)}
    return scene(*gone, *took, listings=its, about={"A": facts("A", countries=("de",))}, bonds=[bond("h3", "g77")])


def calls(find, made):
    """How many calls of functions a pattern takes, and how many findings it makes."""
    count = 0

    def one(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    sys.setprofile(one)
    try:
        found = len(list(find(made)))
    finally:
        sys.setprofile(None)
    return count, found


@pytest.mark.parametrize("pattern", FIND)
def test_twice_as_many_take_little_more_than_twice_the_work(pattern):
    few, some = calls(FIND[pattern], crowd(150, 150))
    many, more = calls(FIND[pattern], crowd(300, 300))
    assert many <= 2.6 * few
    assert more <= 2 * max(some, 1)
    assert more <= 300


def test_one_finding_has_all_who_took_something_and_says_that_there_are_more():
    its = {finding.subjects[0]: finding for finding in transfer_to_associates.find(crowd(5, 100))}
    assert set(its) == {f"h{each}" for each in range(5)}
    found = its["h3"]
    assert found.fired
    assert found.subjects == ("h3", "A", "g77")
    assert "100 more" not in found.text
    other = its["h4"]
    assert len(other.subjects) == 2 + MOST_TAKERS
    assert any(each.startswith("50 more took something") for each in other.unknown)
    assert "and 42 more of whom that is so" in other.text
