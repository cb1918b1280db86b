"""Dates as lists print them, read and held against each other."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from shellgame.model.days import asked_day

Day = tuple[int, int, int]
"""Year, month, day; 0 is unknown. The first of January counts as the year alone, since registries fill in 01-01."""

_FIRST_YEAR = 1500
"""Years before it are of another calendar: lists print that an Iranian was born in 1340, and that is 1961."""
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?![\d-])")


@lru_cache(maxsize=65536)
def day_of(text: str) -> Day | None:
    """Read a date, also one that no calendar has (`1974-01-32`): a slip of the pen is compared digit by digit.

    Example:
        >>> day_of("1969-7-16"), day_of("1954"), day_of("1980-01-01"), day_of("circa")
        ((1969, 7, 16), (1954, 0, 0), (1980, 0, 0), None)
    """
    match = _DATE.match(text)
    if match is None:
        printed = asked_day(text)
        match = _DATE.match(printed) if printed else None
        if match is None:
            return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if not _FIRST_YEAR <= year <= 2200 or month > 12:
        return None
    if not month or day > 39 or (month == 1 and day == 1):
        return year, (month if month and day > 39 else 0), 0
    return year, month, day


class Birth(IntEnum):
    """How well two days of birth agree, best first."""

    DAY = 0
    MONTH = 1
    YEAR = 2
    SLIP = 3
    """A slip of the pen apart: day and month exchanged, or one of the three another."""
    CLOSE = 4
    """Years a slip apart, where one side tells no day."""
    OTHER_YEAR = 5
    """The same day and month, but years that no small slip explains."""
    OTHER_DAY = 6
    """The same year, but another day and another month."""
    APART = 7
    DAYS_APART = 8
    """Years apart, and both tell the day."""


_DECADE = 10
"""Years from which a digit that is another makes more than a small slip."""


def birth_grade(left: Day, right: Day) -> tuple[Birth, int]:
    """Grade two days of birth; tells the years between as well."""
    years = abs(left[0] - right[0])
    exact = left[2] and right[2]
    if not years:
        if exact:
            if left == right:
                return Birth.DAY, 0
            slip = (left[1] == right[2] and left[2] == right[1]) or left[1] == right[1] or left[2] == right[2]
            return (Birth.SLIP if slip else Birth.OTHER_DAY), 0
        if left[1] and right[1]:
            return (Birth.MONTH if left[1] == right[1] else Birth.SLIP), 0
        return Birth.YEAR, 0
    if exact:
        if left[1:] != right[1:]:
            return Birth.DAYS_APART, years
        slip = _turned(left[0], right[0]) or (years < _DECADE and (years == 1 or _one_digit(left[0], right[0])))
        return (Birth.SLIP if slip else Birth.OTHER_YEAR), years
    return (Birth.CLOSE if years == 1 or _turned(left[0], right[0]) else Birth.APART), years


def _turned(left: int, right: int) -> bool:
    """Whether two years differ in the order of their last two digits: 1947 and 1974."""
    return left // 100 == right // 100 and left % 10 == right // 10 % 10 and right % 10 == left // 10 % 10


def _one_digit(left: int, right: int) -> bool:
    """Whether two years differ in one digit, or in the order of their last two."""
    return _turned(left, right) or sum(a != b for a, b in zip(str(left), str(right), strict=True)) == 1


def agreement(left: Day, right: Day) -> float:
    """How far two days of another kind are one: 1 to the day, less where one tells only month or year, 0 where they differ."""
    if left[0] != right[0]:
        return 0.0
    if not left[1] or not right[1]:
        return 0.4
    if left[1] != right[1]:
        return 0.0
    if not left[2] or not right[2]:
        return 0.6
    return 1.0 if left[2] == right[2] else 0.0
