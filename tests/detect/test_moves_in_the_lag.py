from __future__ import annotations

import pytest

from shellgame.detect.moves_in_the_lag import find
from shellgame.resolve.lists import Held

from .scenes import facts, listed, only, scene, stake

GONE = stake("X 40 A 2015-01-01..2022-03-20")
BRITISH = {"A": facts("A", countries=("gb",))}
LAG = {"X": [listed("us", "2022-03-01"), listed("gb", "2022-04-13")]}


def test_a_stake_that_was_sold_between_two_listings():
    found = only(find(scene(GONE, about=BRITISH, listings=LAG)))
    assert found.fired
    assert found.strength == 0.5
    assert found.subjects == ("X", "A")
    assert "after US listed it on 2022-03-01 and before others did: GB on 2022-04-13, 43 days later" in found.text
    assert (found.start, found.end) == ("2022-03-01", "2022-04-13")
    assert set(found.supporting) == {*GONE.claims, "listed us 2022-03-01", "listed gb 2022-04-13"}


def test_more_moves_make_it_stronger():
    its = [GONE, stake("X - A 2015-01-01..2022-04-01")]
    found = only(find(scene(*its, about=BRITISH, listings=LAG)))
    assert found.strength == 0.75
    assert "a role in the management in Halvren Trading House on 2022-04-01" in found.text


@pytest.mark.parametrize("end", ["2022-02-28", "2022-04-14", "2024"])
def test_a_move_outside_of_the_lag_is_none(end):
    assert not list(find(scene(stake(f"X 40 A 2015-01-01..{end}"), about=BRITISH, listings=LAG)))


def test_listings_of_the_same_day_leave_no_lag():
    same = {"X": [listed("us", "2022-03-20"), listed("gb", "2022-03-20")]}
    assert not list(find(scene(GONE, about=BRITISH, listings=same)))


def test_who_was_listed_at_home_first_had_no_lag():
    first = {"X": [listed("us", "2022-03-01"), listed("gb", "2020-01-01")]}
    assert not list(find(scene(GONE, about=BRITISH, listings=first)))


def test_a_company_elsewhere_is_not_told_of():
    assert not list(find(scene(GONE, about={"A": facts("A", countries=("ae",))}, listings=LAG)))


def test_a_company_in_a_member_state_lies_in_the_union():
    late = {"X": [listed("us", "2022-03-01"), listed("eu", "2022-07-21")]}
    found = only(find(scene(GONE, about={"A": facts("A", countries=("fr",))}, listings=late)))
    assert found.fired
    assert "EU on 2022-07-21" in found.text


def test_one_who_is_not_listed_there_to_this_day():
    found = only(find(scene(GONE, about=BRITISH, listings={"X": [listed("us", "2022-03-01")]})))
    assert found.fired
    assert "GB not until 2025-06-01, of which its newest list here tells" in found.text


GERMAN = {"A": facts("A", countries=("de",))}


@pytest.mark.parametrize(
    ("sold", "listings", "words"),
    [
        ("2018-05-01", [listed("us", "2014-01-01", "2016-01-01"), listed("eu", "2022-01-01")], None),
        ("2015-05-01", [listed("us", "2014-01-01", "2016-01-01"), listed("eu", "2022-01-01")], "US listed it on 2014-01-01"),
        (
            "2021-05-01",
            [listed("eu", "2012-01-01", "2013-01-01"), listed("us", "2020-01-01"), listed("eu", "2022-01-01")],
            "EU on 2022-01-01, 731 days later, after it had been off the list there since 2013-01-01",
        ),
        ("2012-05-01", [listed("eu", "2012-01-01", "2013-01-01"), listed("us", "2011-01-01"), listed("eu", "2022-01-01")], None),
        (
            "2024-05-01",
            [listed("eu", "2012-01-01", "2023-01-01"), listed("us", "2011-01-01")],
            "EU not until 2025-06-01",
        ),
        ("2022-05-01", [listed("eu", "2012-01-01", "2023-01-01"), listed("eu", "2014-01-01"), listed("us", "2013-01-01")], None),
        (
            "2016-05-01",
            [listed("eu", "2012-01-01", "2015-01-01"), listed("eu", "2015-01-02", "2017-01-01"), listed("us", "2013-01-01")],
            None,
        ),
        ("2021-05-01", [listed("us", "2014-01-01", "2016-01-01"), listed("gb", "2020-01-01"), listed("eu", "2022-01-01")], "GB"),
    ],
)  # fmt: skip
def test_listings_end_and_come_again(sold, listings, words):
    its = list(find(scene(stake(f"X 60 A 2010-01-01..{sold}"), about=GERMAN, listings={"X": listings})))
    if words is None:
        assert not its
    else:
        assert only(its).fired
        assert words in only(its).text


@pytest.mark.parametrize(
    ("its", "about", "listings", "more", "words"),
    [
        ([GONE], {"A": facts("A")}, LAG, {}, "of which country"),
        ([stake("X 40 A 2015-01-01..2022")], BRITISH, LAG, {}, "between the listings is open"),
        ([stake("X 40 A 2015-01-01..", ended="register calls it former")], BRITISH, LAG, {}, "on which day"),
        (
            [GONE],
            BRITISH,
            {"X": [listed("us", "2022-03-01"), listed("gb", "2022-04-13", sure=False)]},
            {},
            "not settled",
        ),
        (
            [GONE],
            BRITISH,
            {"X": [listed("us", "2022-03-01")]},
            {"lists": {"gb": Held(("gb",), ("cut",), "2025-01-01")}},
            "not known: cut",
        ),
    ],
)
def test_what_is_not_told_leaves_it_open(its, about, listings, more, words):
    found = only(find(scene(*its, about=about, listings=listings, **more)))
    assert found.fired is None
    assert any(words in each for each in found.unknown)


def test_a_list_that_is_older_than_the_move_says_nothing_of_it():
    old = {"gb": Held(("gb",), (), "2022-03-10")}
    assert not list(find(scene(GONE, about=BRITISH, listings={"X": [listed("us", "2022-03-01")]}, lists=old)))


def test_a_denial_speaks_against_it():
    found = only(find(scene(GONE, about=BRITISH, listings=LAG, denied={"A X": ("never his",)})))
    assert (found.against, found.strength) == (("never his",), 0.2)
