from __future__ import annotations

from decimal import Decimal

import pytest

from shellgame.detect.transfer_to_associates import find, find_losses
from shellgame.detect.when import days_of

from .scenes import bond, facts, listed, only, paid, scene, stake

GONE = stake("X 40 A 2015-01-01..2022-02-20")
TAKEN = stake("W 40 A 2022-02-21..")
LISTED = {"X": [listed("us", "2022-04-06")]}
TIE = bond("W", "X", words="wife")


def test_a_stake_that_went_to_a_relative_before_the_listing():
    found = only(find(scene(GONE, TAKEN, bonds=[TIE], listings=LISTED)))
    assert found.fired
    assert found.strength == pytest.approx(0.8 * 0.9)
    assert found.subjects == ("X", "A", "W")
    assert "Ilsabet Malevadd, who is told to be a relative of Orsin Malevadd (wife), took it" in found.text
    assert set(found.supporting) >= {*GONE.claims, *TAKEN.claims, *TIE.claims, "listed us 2022-04-06"}


def test_a_seat_that_went_to_an_employee_of_another_company_of_the_owner():
    its = [stake("X - A 2015-01-01..2022-05-01"), stake("P - A 2022-05-02.."), stake("X 30 B 2015-01-01..")]
    found = only(find(scene(*its, bonds=[bond("P", "B", "employee")], listings=LISTED)))
    assert found.fired
    assert "is employed by Quillmark Logistics" in found.text


def test_who_ran_the_company_before_it_was_theirs_is_staff_and_who_began_with_it_is_not():
    before, after = stake("P - A 2018-01-01.."), stake("P - A 2022-02-21..")
    its = [GONE, stake("P 40 A 2022-02-21..")]
    assert only(find(scene(*its, before, bonds=[TIE], listings=LISTED))).fired
    assert only(find(scene(*its, after, bonds=[TIE], listings=LISTED))).fired is False


def test_a_nominee_and_a_dual_national():
    nominee = only(find(scene(GONE, stake("P 40 A 2022-02-21..", nominee=True), listings=LISTED, bonds=[TIE])))
    assert (nominee.fired, nominee.strength) == (True, 0.8)
    two = {"P": facts("P", nationalities=("cy", "ru"))}
    dual = only(find(scene(GONE, stake("P 40 A 2022-02-21.."), about=two, listings=LISTED)))
    assert (dual.fired, dual.strength) == (True, pytest.approx(0.24))


@pytest.mark.parametrize("since", ["2021-10-01", "2023-01-01"])
def test_far_from_the_listing_nothing_is_found(since):
    assert not list(find(scene(GONE, TAKEN, bonds=[TIE], listings={"X": [listed("us", since)]})))


def test_one_who_is_told_to_be_close_to_others_only_is_not_close():
    found = only(find(scene(GONE, stake("P 40 A 2022-02-21.."), bonds=[TIE], listings=LISTED)))
    assert found.fired is False
    assert "who is not told to be close" in found.text


@pytest.mark.parametrize(
    ("its", "bonds", "words"),
    [
        ([GONE], [TIE], "who took what"),
        ([GONE, TAKEN], [], "relatives, associates and staff"),
        ([GONE, stake("W 40 A")], [TIE], "since when Ilsabet Malevadd holds"),
        ([GONE, stake("W 40 A 2022..")], [TIE], "days are not exact"),
        ([stake("X 40 A 2015-01-01..", ended="register no longer tells of it"), TAKEN], [TIE], "on which day"),
        ([stake("X 40 A ..2021"), stake("W 40 A 2021-12-30..")], [TIE], "in the window is open"),
        ([GONE, stake("Q 40 A 2022-02-21..")], [TIE], "who Q is"),
    ],
)
def test_what_is_not_told_leaves_it_open(its, bonds, words):
    found = only(find(scene(*its, bonds=bonds, listings=LISTED)))
    assert found.fired is None
    assert any(words in each for each in found.unknown)


def test_a_denied_tie_speaks_against_it():
    found = only(find(scene(GONE, TAKEN, bonds=[TIE], listings=LISTED, denied={"X W": ("she is not his wife",)})))
    assert found.against == ("she is not his wife",)
    assert found.strength == pytest.approx(0.8 * 0.9 * 0.4, abs=1e-3)


def test_a_sale_at_half_of_its_value_before_the_listing():
    worth = stake("X 40 A 2015-01-01..2022-02-20", value=(("EUR", Decimal(1000)),))
    found = only(find_losses(scene(worth, TAKEN, payments=[paid("W", "X", "2022-02-25", EUR=500)], listings=LISTED)))
    assert found.fired
    assert found.strength == 0.6
    assert "for 500 EUR, 50% of a value of 1,000 EUR" in found.text
    assert "W paid X" in found.supporting


def test_two_who_took_it_are_in_one_finding_and_paid_together():
    worth = stake("X 40 A 2015-01-01..2022-02-20", value=(("EUR", Decimal(1000)),))
    its = [worth, stake("W 20 A 2022-02-21.."), stake("P 20 A 2022-02-22..")]
    both = [bond("W", "X", words="wife"), bond("P", "X", "associate")]
    found = only(find(scene(*its, bonds=both, listings=LISTED)))
    assert found.subjects == ("X", "A", "W", "P")
    assert found.strength == pytest.approx(0.8 * 0.9)
    half = [paid("W", "X", "2022-02-25", EUR=400), paid("P", "X", "2022-02-25", EUR=400)]
    assert only(find_losses(scene(*its, payments=half, listings=LISTED))).fired is False
    open_ = only(find_losses(scene(*its, payments=half[:1], listings=LISTED)))
    assert open_.fired is None
    assert "what was paid for the rest of it is not told" in open_.unknown


def test_the_value_of_a_company_counts_by_the_part_that_was_sold():
    worth = {"A": facts("A", value=(("EUR", Decimal(2500)),))}
    told = {"payments": [paid("W", "X", "2022-02-25", EUR=699)], "listings": LISTED, "about": worth}
    assert "of a value of 1,000 EUR" in only(find_losses(scene(GONE, TAKEN, **told))).text
    assert only(find_losses(scene(GONE, TAKEN, **told))).fired


@pytest.mark.parametrize("price", [700, 1000, 5000])
def test_a_fair_price_does_not_fire(price):
    worth = stake("X 40 A 2015-01-01..2022-02-20", value=(("EUR", Decimal(1000)),))
    found = only(find_losses(scene(worth, TAKEN, payments=[paid("W", "X", "2022-02-25", EUR=price)], listings=LISTED)))
    assert found.fired is False


def test_a_sale_after_the_listing_is_another_matter():
    gone, taken = stake("X 40 A 2015-01-01..2022-04-20"), stake("W 40 A 2022-04-21..")
    assert not list(find_losses(scene(gone, taken, listings=LISTED)))


@pytest.mark.parametrize(
    ("value", "payments", "words"),
    [
        ((), [], "neither price nor value"),
        ((), [paid("W", "X", "2022-02-25", EUR=5)], "the value is not told"),
        ((("EUR", Decimal(1000)),), [], "the price is not told"),
        ((("EUR", Decimal(1000)),), [paid("W", "X", None, EUR=5)], "the price is not told"),
        ((("EUR", Decimal(1000)),), [paid("W", "X", "2022-02-25", USD=5)], "different currencies"),
    ],
)
def test_without_price_or_value_it_cannot_be_said(value, payments, words):
    worth = stake("X 40 A 2015-01-01..2022-02-20", value=value)
    found = only(find_losses(scene(worth, TAKEN, payments=payments, listings=LISTED)))
    assert (found.fired, found.strength) == (None, 0)
    assert any(words in each for each in found.unknown)


@pytest.mark.parametrize(("dissolved", "found"), [("2022-02-25", 0), ("2022-03-10", 0), ("2024-01-01", 1), ("2022", 1)])
def test_what_ends_with_the_company_goes_to_nobody(dissolved, found):
    about = {"A": facts("A", dissolved=days_of(dissolved))}
    its = list(find(scene(GONE, TAKEN, bonds=[TIE], about=about, listings=LISTED)))
    assert len(its) == found
    assert all(each.fired is (None if dissolved == "2022" else True) for each in its)
