"""Partial days out of printed ones; a date that cannot be is no date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.errors import WrongUse
from shellgame.model.days import moment, not_after, overlaps, partial_day


@given(st.dates(min_value=__import__("datetime").date(1000, 1, 1), max_value=__import__("datetime").date(2200, 1, 1)))
def test_every_way_of_printing_a_day_gives_that_day(day):
    for layout in ("%Y-%m-%d", "%d/%m/%Y", "%d %b %Y", "%d %B %Y", "%B %d, %Y", "%d.%m.%Y"):
        printed = day.strftime(layout)
        if len(printed.split()[-1].split("/")[-1].split(".")[-1].split("-")[0]) == 4:
            assert partial_day(printed) == day.isoformat()


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("1961", "1961"),
        ("Jun 1961", "1961-06"),
        ("00/00/1980", "1980"),
        ("00/06/1980", "1980-06"),
        ("1961-06-06T00:00:00", "1961-06-06"),
        ("31/02/1980", None),
        ("06/28/1961", None),
        ("circa 1951", None),
        ("", None),
        ("0000", None),
    ],
)
def test_partial_and_impossible_days(printed, day):
    assert partial_day(printed) == day


def test_moments_are_checked_and_told():
    assert moment("2024-04-15") == "2024-04-15"
    for wrong in (
        "15.04.2024",
        "2024-13-01",
        "2024-02-30",
        "yesterday",
        "",
        "2024-04-15T25:99Z",
        "2024-04-15T12:60Z",
        "٢٠٢٤-04-15",
    ):
        with pytest.raises(WrongUse, match="is no day"):
            moment(wrong)


def test_a_day_holds_until_its_end():
    assert not_after("2024-04-15T18:43:00Z", "2024-04-15")
    assert not not_after("2024-04-16", "2024-04-15")
    assert not not_after("2024-04-15T18:43:00Z", "2024-04-15T12:00:00Z")


def test_unknown_ends_never_exclude():
    assert overlaps(None, None, "2024-01-01")
    assert overlaps("2020", "2024", "2024-12-31")
    assert not overlaps(None, "2023", "2024-01-01")
    assert not overlaps("2024-02", None, "2024-01-31")
