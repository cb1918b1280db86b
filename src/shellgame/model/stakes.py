"""What somebody holds in a company: which kind of right, and how much of it, as an interval that keeps what is unknown.

Registers print bands ("more than 25% but not more than 50%"), rounded figures, or nothing. A stake is therefore two whole
numbers, the least and the most that it can be, in millionths of a percent: sums of them are exact, and *more than 50%* is a number
of its own beside *50% or more*. In claims an interval stands in `percentage`, written so: `50`, `33.33`, `>25-50`, `>50-<75`,
`>=75`, `<10`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

PERCENT = 1_000_000
"""Units of a percent."""
WHOLE = 100 * PERCENT
"""All there is of a kind of right in one company."""
_FIGURE = r"(\d{1,3}(?:\.\d{1,12})?)"
_ONE = re.compile(rf"(>=|<=|>|<)?{_FIGURE}%?")
_TWO = re.compile(rf"(>)?{_FIGURE}%?[-–](<)?{_FIGURE}%?")


class StakeKind(StrEnum):
    """Kinds of right in a company, told apart since each law counts some of them only.

    Those of `IN_SHARES` are claimed as FollowTheMoney's Ownership with the kind as `ownershipType`, the others as Control with
    the kind as `controlType`. An Ownership without a kind is one of shares.
    """

    SHARES = "shares"
    """Shares, capital, membership: what the company's owners own."""
    VOTES = "votes"
    """Votes in its general meeting."""
    SURPLUS = "surplus"
    """Right to profits, to its assets when it is wound up, or to what a trust yields."""
    BOARD = "board"
    """Right to appoint or remove the majority of its board."""
    INFLUENCE = "influence"
    """Significant influence or control by other means, as the source words it."""
    CONSOLIDATION = "consolidation"
    """Its accounts are consolidated in those of the holder."""


IN_SHARES = (StakeKind.SHARES, StakeKind.VOTES, StakeKind.SURPLUS)
"""Kinds that come in shares of a whole."""


class Interval(NamedTuple):
    """How much a stake can be, in units of `PERCENT`, both ends included: 0 to `WHOLE`."""

    low: int
    high: int

    def __str__(self) -> str:
        """The interval as `percentage` writes it."""
        if self == UNKNOWN:
            return ""
        low, over = _shown(self.low, +1)
        high, under = _shown(self.high, -1)
        if self.low == self.high:
            return low
        if self.high == WHOLE:
            return f"{'>' if over else '>='}{low}"
        if self.low == 0:
            return f"{'<' if under else '<='}{high}"
        return f"{'>' if over else ''}{low}-{'<' if under else ''}{high}"


UNKNOWN = Interval(0, WHOLE)
"""Of a stake without a figure, only that it is there."""


def interval_of(percentage: str) -> Interval | None:
    """Read a `percentage`.

    Args:
        percentage: Such as `50`, `12.5%`, `>25-50`, `75%-100%`, `>=75`; empty for a stake without a figure.

    Returns:
        The interval; None where the text is none, or says more than the whole, or its ends are the wrong way round.

    Example:
        >>> interval_of(">50-<75"), interval_of("50 %"), interval_of("half")
        (Interval(low=50000001, high=74999999), Interval(low=50000000, high=50000000), None)
    """
    text = percentage.replace(" ", "")
    if not text:
        return UNKNOWN
    if match := _ONE.fullmatch(text):
        sign, figure = match.groups()
        low = 0 if sign in ("<", "<=") else _units(figure, beside=sign == ">")
        high = WHOLE if sign in (">", ">=") else _units(figure, beside=-(sign == "<"))
    elif match := _TWO.fullmatch(text):
        over, first, under, last = match.groups()
        low, high = _units(first, beside=bool(over)), _units(last, beside=-bool(under))
    else:
        return None
    return Interval(low, high) if 0 <= low <= high <= WHOLE else None


def _units(figure: str, *, beside: int) -> int:
    """A figure in units, or so many units beside it.

    Of a figure that lies between two units some is lost: it stays in its unit, whichever side of it is meant, and what lies just
    above a whole percent stays above it, as thresholds are whole (`50.0000001` is more than 50).
    """
    exact = Decimal(figure) * PERCENT
    units = int(exact)
    if units == exact:
        return units + beside
    return units + (units % PERCENT == 0 and units < WHOLE)


def _shown(units: int, step: int) -> tuple[str, bool]:
    """An end as a figure, and whether it lies just beside that figure, which is itself left out."""
    beside = units - step
    open_end = units % 1000 == step % 1000 and 0 <= beside <= WHOLE
    return format((Decimal(beside if open_end else units) / PERCENT).normalize(), "f"), open_end
