"""Threshold shaving: an owner goes from 60 to 45 percent around a listing, in all the ways that can be told."""

from __future__ import annotations

import pytest

from shellgame.detect.threshold_shaving import find
from shellgame.detect.when import days_of

from .scenes import bond, facts, listed, only, scene, stake

FELL = (stake("X 60 A 2015-01-01..2022-02-20"), stake("X 45 A 2022-02-21.."))
WIFE = stake("W 15 A 2022-02-21..")
LISTED = {"X": [listed("us", "2022-04-06")]}


def test_a_stake_that_fell_below_the_threshold_before_the_listing():
    found = only(find(scene(*FELL, listings=LISTED)))
    assert found.fired
    assert "OFAC 50 Percent Rule" in found.text
    assert "2022-02-20" in found.text
    assert found.strength == 0.6
    assert found.subjects == ("X", "A")
    assert set(found.supporting) >= {"listed us 2022-04-06", *FELL[0].claims}
    assert (found.start, found.end) == ("2022-02-20", "2022-04-06")
    assert any("who took" in each for each in found.unknown)


def test_what_a_relative_took_makes_it_stronger():
    found = only(find(scene(*FELL, WIFE, bonds=[bond("W", "X", words="wife")], listings=LISTED)))
    assert found.fired
    assert found.strength == pytest.approx(0.6 + 0.3 * 0.9)
    assert "Ilsabet Malevadd, who is told to be a relative of Orsin Malevadd (wife), took some of it" in found.text
    assert "W family X" in found.supporting


def test_a_relative_who_took_hardly_any_of_it_adds_nothing():
    small = stake("W 1 A 2022-02-21..")
    assert only(find(scene(*FELL, small, bonds=[bond("W", "X")], listings=LISTED))).strength == 0.6


def test_a_new_company_that_took_it_makes_it_a_little_stronger():
    new = {"D": facts("D", founded=days_of("2022-01-10"))}
    found = only(find(scene(*FELL, stake("D 15 A 2022-02-21.."), about=new, listings=LISTED)))
    assert found.strength == pytest.approx(0.6 + 0.3 * 0.5)
    assert "was founded on 2022-01-10" in found.text


@pytest.mark.parametrize("since", ["2021-10-01", "2023-01-01", "2010-01-01"])
def test_far_from_the_listing_it_does_not_fire(since):
    found = only(find(scene(*FELL, listings={"X": [listed("us", since)]})))
    assert found.fired is False
    assert found.strength == 0


@pytest.mark.parametrize(
    ("since", "fired"), [("2022-08-19", True), ("2022-08-20", False), ("2021-11-22", True), ("2021-11-21", False)]
)
def test_the_window_has_sharp_ends(since, fired):
    assert only(find(scene(*FELL, listings={"X": [listed("us", since)]}))).fired is fired


@pytest.mark.parametrize("after", ["50", "55", "60"])
def test_a_stake_that_stays_at_the_threshold_does_not_fire(after):
    its = [FELL[0], stake(f"X {after} A 2022-02-21..")]
    assert only(find(scene(*its, listings=LISTED))).fired is False


def test_more_than_half_is_the_threshold_in_the_united_kingdom_and_half_is_below_it():
    its = [FELL[0], stake("X 50 A 2022-02-21..")]
    assert only(find(scene(*its, listings={"X": [listed("gb", "2022-04-06")]}))).fired
    assert "UK" in only(find(scene(*its, listings={"X": [listed("gb", "2022-04-06")]}))).text


def test_who_is_not_listed_for_any_rule_is_not_looked_at():
    assert not list(find(scene(*FELL)))
    assert not list(find(scene(*FELL, listings={"Y": [listed("us", "2022-04-06")]})))


def test_a_register_that_closes_one_entry_and_opens_the_same_one_days_later_tells_of_no_sale():
    its = [stake("X 60 A 2015-01-01..2022-02-20"), stake("X 60 A 2022-03-15..")]
    assert only(find(scene(*its, listings=LISTED))).fired is False


@pytest.mark.parametrize(
    "its",
    [
        [stake("X ? A 2015-01-01..2022-02-20"), stake("X 45 A 2022-02-21..")],
        [stake("X 60 A 2015-01-01..2022-02-20"), stake("X >25-75 A 2022-02-21..")],
        [stake("X 60 A 2015-01-01..2022"), stake("X 45 A 2022-12-31..")],
        [stake("X 60 A 2015-01-01..", ended="register calls it former without saying since when")],
    ],
)
def test_without_figure_or_day_it_cannot_be_said(its):
    found = only(find(scene(*its, listings=LISTED)))
    assert found.fired is None
    assert found.unknown
    assert 0 < found.strength <= 0.3


def test_a_listing_of_a_namesake_leaves_it_open():
    found = only(find(scene(*FELL, listings={"X": [listed("us", "2022-04-06", sure=False)]})))
    assert found.fired is None
    assert any("not settled" in each for each in found.unknown)


def test_the_listing_of_a_close_co_owner_counts_for_one_who_was_listed_later():
    its = (*FELL, stake("Y 30 A 2015-01-01.."))
    listings = {"Y": [listed("gb", "2022-03-01")], "X": [listed("gb", "2024-03-01")]}
    assert only(find(scene(*its, listings=listings))).fired is False
    found = only(find(scene(*its, bonds=[bond("X", "Y", "associate")], listings=listings)))
    assert found.fired
    assert "Talvek Tornikovan, who is close, was listed in GB on 2022-03-01" in found.text


def test_whether_one_close_to_a_listed_co_owner_is_about_to_be_listed_cannot_be_said():
    its = (*FELL, stake("Y 30 A 2015-01-01.."))
    found = only(find(scene(*its, bonds=[bond("X", "Y")], listings={"Y": [listed("gb", "2022-03-01")]})))
    assert found.fired is None
    assert any("about to be listed" in each for each in found.unknown)


def test_what_other_listed_owners_hold_counts_where_the_rule_adds_it_up():
    its = (*FELL, stake("Y 30 A 2015-01-01.."))
    both = {"X": [listed("us", "2022-04-06"), listed("gb", "2022-04-06")], "Y": [listed("us", "2020-01-01")]}
    found = only(find(scene(*its, listings=both)))
    assert found.fired
    assert "UK" in found.text
    assert "OFAC" not in found.text


def test_two_who_were_above_the_threshold_only_together():
    its = [stake("X 30 A 2015-01-01..2022-02-20"), stake("X 10 A 2022-02-21.."), stake("Y 30 A 2015-01-01..")]
    both = {"X": [listed("us", "2022-04-06")], "Y": [listed("us", "2022-04-06")]}
    assert only(find(scene(*its, listings=both))).fired


@pytest.mark.parametrize(
    ("since", "until", "fired"),
    [
        ("2022-04-06", None, True),
        ("2022-08-19", None, True),
        ("2022-08-20", None, False),
        ("2037-01-01", None, False),
        ("2010-01-01", "2012-01-01", False),
        ("2010-01-01", "2022-02-20", True),
    ],
)
def test_a_co_owner_counts_who_is_listed_then_or_by_the_end_of_the_window(since, until, fired):
    its = [stake("X 30 A 2015-01-01..2022-02-20"), stake("X 10 A 2022-02-21.."), stake("Y 30 A 2015-01-01..")]
    both = {"X": [listed("us", "2022-04-06")], "Y": [listed("us", since, until)]}
    assert only(find(scene(*its, listings=both))).fired is fired


def test_another_source_that_still_tells_the_stake_speaks_against_it():
    other = stake("X 60 A 2015-01-01..", source="other")
    found = only(find(scene(*FELL, other, listings=LISTED)))
    assert found.fired
    assert found.against == other.claims
    assert found.strength == pytest.approx(0.6 * 0.4)


def test_a_denial_speaks_against_it():
    found = only(find(scene(*FELL, listings=LISTED, denied={"A X": ("X has nothing to do with A",)})))
    assert found.against == ("X has nothing to do with A",)
    assert found.strength == pytest.approx(0.6 * 0.4)
