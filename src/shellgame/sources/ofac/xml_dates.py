"""Dates as OFAC's XML layouts give them: the first and the last possible day, or a worded date.

OFAC writes a year as 1 January to 31 December and a month as its first to its last day; here they become `1962` and
`1962-06` again.
"""

from __future__ import annotations

import calendar
import re

from shellgame.model.days import partial_day
from shellgame.sources.ofac.xml_record import Period

_CIRCA = re.compile(r"circa\s+", re.IGNORECASE)
_SPAN = re.compile(r"\s+(?:to|-|–)\s+", re.IGNORECASE)


def period_between(earliest: str | None, latest: str | None, *, approximate: bool = False, printed: str = "") -> Period:
    """Make a period of its first and its last possible day.

    Args:
        earliest: ISO day or partial date; None where the start is open.
        latest: The same for the end.
        approximate: Whether the publisher says about.
        printed: The publisher's own words, where the file has them.

    Example:
        >>> period_between("1962-01-01", "1962-12-31", approximate=True).printed
        'circa 1962'
        >>> period_between("1960-01-01", "1962-12-31").days
        ('1960', '1962')
        >>> period_between("2014-06-01", None).printed
        'since 2014-06-01'
    """
    start, end = _shortened(earliest, latest)
    days = tuple(dict.fromkeys(day for day in (start, end) if day))
    return Period(days, printed or _in_words(days, start, end, approximate), start, end, approximate)


def _in_words(days: tuple[str, ...], start: str | None, end: str | None, approximate: bool) -> str:
    words = " to ".join(days)
    if days and not (start and end):
        words = f"since {start}" if start else f"until {end}"
    return f"circa {words}" if approximate else words


def _shortened(earliest: str | None, latest: str | None) -> tuple[str | None, str | None]:
    """Give whole years and months their shorter form again."""
    if not earliest or not latest or earliest == latest:
        return earliest, latest
    if earliest.endswith("-01-01") and latest.endswith("-12-31"):
        return earliest[:4], latest[:4]
    if len(earliest) == 10 and earliest.endswith("-01") and _is_last_of_month(latest):
        return earliest[:7], latest[:7]
    return earliest, latest


def _is_last_of_month(day: str) -> bool:
    return len(day) == 10 and calendar.monthrange(int(day[:4]), int(day[5:7]))[1] == int(day[8:])


def worded_period(printed: str) -> Period:
    """Read a worded date: `06 Jun 1961`, `circa 1951`, `1960 to 1962`; words that are no date have no days.

    Example:
        >>> worded_period("circa 1951").days, worded_period("Jan 1960 to 06 Feb 1962").days, worded_period("long ago").days
        (('1951',), ('1960-01', '1962-02-06'), ())
    """
    words = _CIRCA.sub("", printed.strip())
    days = [day for word in _SPAN.split(words) if (day := partial_day(word))]
    if not days or len(days) != len(_SPAN.split(words)) or len(days) > 2:
        return Period((), printed)
    return period_between(days[0], days[-1], approximate=words != printed.strip(), printed=printed)
