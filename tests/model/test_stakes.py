"""Stakes as exact intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.model.stakes import PERCENT, UNKNOWN, WHOLE, Interval, interval_of


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("50", 50, 50),
        ("33.33 %", 33.33, 33.33),
        ("25-50", 25, 50),
        ("75%-100%", 75, 100),
        ("25 % – 50 %", 25, 50),
        (">=75", 75, 100),
        ("<=10", 0, 10),
        ("100", 100, 100),
        ("0", 0, 0),
    ],
)
def test_closed_ends(text: str, low: float, high: float) -> None:
    assert interval_of(text) == (round(low * PERCENT), round(high * PERCENT))


def test_open_ends_lie_one_unit_beside_the_figure() -> None:
    assert interval_of(">25-50") == (25 * PERCENT + 1, 50 * PERCENT)
    assert interval_of(">50-<75") == (50 * PERCENT + 1, 75 * PERCENT - 1)
    assert interval_of(">50") == (50 * PERCENT + 1, WHOLE)
    assert interval_of("<10") == (0, 10 * PERCENT - 1)


def test_no_figure_is_unknown_and_not_nothing() -> None:
    assert interval_of("") == UNKNOWN == (0, WHOLE)


@pytest.mark.parametrize("text", ["half", "101", "60-40", "-5", "<0", ">100", "5O", "1e2", "50-", "NaN", "٥٠%x"])
def test_what_is_no_share_is_none(text: str) -> None:
    assert interval_of(text) is None


def test_three_thirds_are_exact() -> None:
    third = interval_of("16.666667")
    assert third is not None
    assert 3 * third.low == 50 * PERCENT + 1


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.booleans(), st.booleans())
def test_what_is_written_reads_as_it_was(first: int, last: int, over: bool, under: bool) -> None:
    low, high = (hundredths * PERCENT // 100 for hundredths in sorted((first, last)))
    interval = Interval(low + over, high - under)
    if 0 <= interval.low <= interval.high <= WHOLE:
        assert interval_of(str(interval)) == interval


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("50.0000001", (50_000_001, 50_000_001)),
        ("49.9999999", (49_999_999, 49_999_999)),
        ("<50.0000001", (0, 50_000_001)),
        (">50.0000001", (50_000_001, WHOLE)),
        (">=33.3333333", (33_333_333, WHOLE)),
        ("25.0000001-<50.0000001", (25_000_001, 50_000_001)),
        ("100.0000001", (WHOLE, WHOLE)),
    ],
)
def test_what_lies_just_above_a_whole_percent_stays_above_it(text: str, interval: tuple[int, int]) -> None:
    assert interval_of(text) == interval
