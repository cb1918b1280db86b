from __future__ import annotations

import pytest

from shellgame.detect.minority_together import find

from .scenes import address, bond, facts, listed, only, scene, stake

HELD = (stake("X 30 A 2015-01-01.."), stake("Y 25 A 2015-01-01.."))
LISTED = {"X": [listed("gb", "2022-04-06")], "Y": [listed("gb", "2022-05-06")]}


def test_two_relatives_who_hold_more_than_half_together():
    found = only(find(scene(*HELD, bonds=[bond("X", "Y")], listings=LISTED)))
    assert found.fired
    assert found.strength == 0.4
    assert found.subjects == ("A", "X", "Y")
    assert "together hold 55 % of the shares in Halvren Trading House" in found.text
    assert any("joint arrangement" in each for each in found.unknown)
    assert "X family Y" in found.supporting


@pytest.mark.parametrize("sort", ["address", "agent"])
def test_an_address_or_agent_in_common(sort):
    about = {key: facts(key, commons=(address("9 Merrow Quay, Port Talvane", sort=sort),)) for key in "XY"}
    found = only(find(scene(*HELD, about=about, listings=LISTED)))
    assert found.fired
    assert f"have the same {sort} (9 Merrow Quay, Port Talvane)" in found.text


def test_an_address_of_hundreds_ties_nobody():
    about = {key: facts(key, commons=(address("9 Merrow Quay, Port Talvane", 400),)) for key in "XY"}
    assert only(find(scene(*HELD, about=about, listings=LISTED))).fired is False


def test_a_director_in_common_and_one_of_hundreds():
    seats = [stake("P - X 2015-01-01.."), stake("P - Y 2016-01-01..")]
    assert "have the same director (Mirren Ostrelescu)" in only(find(scene(*HELD, *seats, listings=LISTED))).text
    assert only(find(scene(*HELD, *seats, listings=LISTED, crowds={"P": 500}))).fired is False


def test_a_director_who_left_ties_nobody():
    seats = [stake("P - X 2015-01-01..2020-01-01"), stake("P - Y 2016-01-01..")]
    assert only(find(scene(*HELD, *seats, listings=LISTED))).fired is False


def test_several_ties_make_it_stronger():
    about = {key: facts(key, commons=(address("9 Merrow Quay, Port Talvane"),)) for key in "XY"}
    assert only(find(scene(*HELD, bonds=[bond("X", "Y")], about=about, listings=LISTED))).strength == 0.64


def test_only_those_who_are_tied_count_together():
    its = [stake("X 20 A 2015.."), stake("Y 20 A 2015.."), stake("W 20 A 2015..")]
    listings = {key: [listed("gb", "2022-04-06")] for key in "XYW"}
    assert only(find(scene(*its, bonds=[bond("X", "W")], listings=listings))).fired is False
    assert only(find(scene(*its, bonds=[bond("X", "W"), bond("W", "Y")], listings=listings))).fired


@pytest.mark.parametrize(
    "its",
    [["X 20 A 2015..", "Y 25 A 2015.."], ["X 55 A 2015..", "Y 25 A 2015.."], ["X 30 A 2015..2020", "Y 25 A 2015.."]],
)
def test_too_little_together_or_one_who_has_half_alone(its):
    assert not list(find(scene(*map(stake, its), bonds=[bond("X", "Y")], listings=LISTED)))


def test_only_those_whom_the_united_kingdom_lists_count():
    other = {"X": [listed("us", "2022-04-06")], "Y": [listed("gb", "2022-05-06")]}
    assert not list(find(scene(*HELD, bonds=[bond("X", "Y")], listings=other)))
    over = {"X": [listed("gb", "2022-04-06", "2024-01-01")], "Y": [listed("gb", "2022-05-06")]}
    assert not list(find(scene(*HELD, bonds=[bond("X", "Y")], listings=over)))


@pytest.mark.parametrize(
    ("its", "bonds", "listings"),
    [
        (HELD, [], LISTED),
        ([stake("X ? A 2015.."), HELD[1]], [bond("X", "Y")], LISTED),
        ([stake("X >25-50 A 2015.."), stake("Y >=20 A 2015..")], [bond("X", "Y")], LISTED),
        (HELD, [bond("X", "Y")], LISTED | {"X": [listed("gb", "2022-04-06", sure=False)]}),
    ],
)
def test_what_is_not_told_leaves_it_open(its, bonds, listings):
    found = only(find(scene(*its, bonds=bonds, listings=listings)))
    assert found.fired is None
    assert found.unknown


def test_a_stake_without_days_is_there():
    its = [stake("X 30 A"), stake("Y 25 A")]
    assert only(find(scene(*its, bonds=[bond("X", "Y")], listings=LISTED))).fired


def test_half_is_told_to_be_less_than_the_rule_asks_for():
    its = [stake("X 25 A"), stake("Y 25 A")]
    assert "asks for more than 50 %" in only(find(scene(*its, bonds=[bond("X", "Y")], listings=LISTED))).text


def test_a_denied_tie_speaks_against_it():
    found = only(find(scene(*HELD, bonds=[bond("X", "Y")], listings=LISTED, denied={"X Y": ("no relatives",)})))
    assert (found.against, found.strength) == (("no relatives",), 0.16)
