"""Days that are known more or less exactly, and what can be said of two of them: yes, no, or that it cannot be said.

A day is a first and a last day on which it may have been: a month that a register prints, or the time between two versions of a
list of which only the second has an entry. Three answers travel through all patterns: True, False, and None for *cannot be said*.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

EVER = 1
"""The ordinal of the first day there is: of what began nobody knows when."""
_YEAR, _MONTH, _DAY = 4, 7, 10


class Days(NamedTuple):
    """The first and the last day on which something may have happened, as ordinals of `datetime.date`."""

    first: int
    last: int

    def __str__(self) -> str:
        """In words."""
        if self.first == self.last:
            return day_text(self.first)
        if self.first == EVER:
            return f"some day until {day_text(self.last)}"
        return f"some day from {day_text(self.first)} to {day_text(self.last)}"

    @property
    def next(self) -> Days:
        """The day after it."""
        return Days(self.first + 1, self.last + 1)


def day_text(ordinal: int) -> str:
    """An ordinal as `YYYY-MM-DD`."""
    return date.fromordinal(ordinal).isoformat()


def ordinal(moment: str) -> int:
    """The ordinal of the day of a moment, `2024-04-15` or `2024-04-15T18:43:00Z`."""
    return date.fromisoformat(moment[:_DAY]).toordinal()


def days_of(partial: str) -> Days | None:
    """The days that a partial ISO date covers; None where it is none.

    Example:
        >>> str(days_of("2024-02")), days_of("2024-02-30")
        ('some day from 2024-02-01 to 2024-02-29', None)
    """
    try:
        if len(partial) == _YEAR:
            return Days(ordinal(f"{partial}-01-01"), ordinal(f"{partial}-12-31"))
        if len(partial) == _MONTH:
            year, month = map(int, partial.split("-"))
            return Days(ordinal(f"{partial}-01"), date(year, month, monthrange(year, month)[1]).toordinal())
        return Days(ordinal(partial), ordinal(partial))
    except ValueError:
        return None


def near(event: Days | None, anchor: Days, before: int, after: int) -> bool | None:
    """Whether something happened at most so many days before, or after, something else.

    Example:
        >>> listed = Days(1000, 1000)
        >>> near(Days(900, 900), listed, 180, 90), near(Days(800, 830), listed, 180, 90), near(Days(700, 730), listed, 180, 90)
        (True, None, False)
    """
    if event is None:
        return None
    least, most = event.first - anchor.last, event.last - anchor.first
    if most < -before or least > after:
        return False
    return True if least >= -before and most <= after else None


def between(event: Days | None, start: Days, end: Days) -> bool | None:
    """Whether something happened from one event on until another, the days of both included."""
    if event is None:
        return None
    if event.last < start.first or event.first > end.last:
        return False
    return True if event.first >= start.last and event.last <= end.first else None


def every(answers: Iterable[bool | None]) -> bool | None:
    """Whether all hold: one that does not decides, else one that cannot be said.

    Example:
        >>> every([True, None]), every([False, None]), every([])
        (None, False, True)
    """
    told = set(answers)
    return False if False in told else None if None in told else True


def some(answers: Iterable[bool | None]) -> bool | None:
    """Whether any holds: one that does decides, else one that cannot be said."""
    told = set(answers)
    return True if True in told else None if None in told else False
