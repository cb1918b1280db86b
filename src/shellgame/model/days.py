"""Days and moments: partial ISO dates out of printed ones, and which version a day asks for.

A date may be known to the day, the month or the year; it stays that exact (`1961`, `1961-06`, `1961-06-06`). Versions carry
a moment, `2024-04-15` or `2024-04-15T18:43Z`, and the text order of such moments is their order in time.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

from shellgame.errors import WrongUse

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?: 00:00(?::00)?)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./](\d{4})")
_WORDED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[ \-./]*)?([A-Za-z]{3,9})\.?,?[ \-./]*(\d{4})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?Z)?")


@lru_cache(maxsize=65536)
def partial_day(text: str) -> str | None:
    """Turn a printed date into a partial ISO date.

    Reads ISO dates (also with a time, which is dropped), `06 Jun 1961`, `Jun 1961`, `June 6, 1961`, `1961`, and dates with
    the day first, `06/06/1961`, where `00` stands for unknown. Month-first figures (`06/28/1961`) are never guessed at:
    a publisher that prints them has a reader that says so.

    Returns:
        `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or None where the text is no single valid date.

    Example:
        >>> partial_day("06 Jun 1961"), partial_day("00/00/1980"), partial_day("circa 1951")
        ('1961-06-06', '1980', None)
    """
    text = text.strip()
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
    elif match := _MONTH_YEAR.fullmatch(text):
        (month, year), day = match.groups(), None
    elif match := _MONTH_FIRST.fullmatch(text):
        name, day, year = match.groups()
        month = _month(name)
    elif match := _WORDED.fullmatch(text):
        day, name, year = match.groups()
        month = _month(name)
    else:
        return None
    return None if month == "?" else _checked(int(year), int(month or 0), int(day or 0))


def asked_day(text: str) -> str | None:
    """Read a date as `partial_day` does, and eight figures as programs write them; in a list those could be any number.

    Example:
        >>> asked_day("19570730"), asked_day("30071957"), asked_day("30 Jul 1957")
        ('1957-07-30', None, '1957-07-30')
    """
    match = _COMPACT.fullmatch(text.strip())
    return _checked(int(match[1]), int(match[2]), int(match[3])) if match else partial_day(text)


def _month(name: str) -> str:
    return str(_MONTHS.get(name.lower(), "?"))


def _checked(year: int, month: int, day: int) -> str | None:
    if not 1000 <= year <= 2200 or (day and not month):
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def moment(given: str | date) -> str:
    """Check a day or moment given by a person: `2024-04-15` or `2024-04-15T18:43Z`, UTC; or a date of Python.

    Returns:
        The day, or the moment to the second, so that text order is order in time.

    Raises:
        WrongUse: It is neither, or no such day or time of day exists.

    Example:
        >>> moment("2024-04-15T18:43Z")
        '2024-04-15T18:43:00Z'
    """
    text = _written(given)
    if _MOMENT.fullmatch(text) and _checked(int(text[:4]), int(text[5:7]), int(text[8:10])):
        return text.replace("Z", ":00Z") if len(text) == len("2024-04-15T18:43Z") else text
    raise WrongUse(f"{given!r} is no day; write 2024-04-15, or 2024-04-15T18:43Z for a moment of that day (UTC)")


def _written(given: object) -> str:
    """A day or moment as text; empty for what is none, such as a moment without a time zone."""
    if isinstance(given, datetime):
        return given.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if given.tzinfo else ""
    if isinstance(given, date):
        return given.isoformat()
    return given if isinstance(given, str) else ""


def not_after(moment_of_version: str, on: str | None) -> bool:
    """Whether a version was out on a day (until its end) or at a moment; None asks for the newest and is always true."""
    return on is None or moment_of_version[: len(on)] <= on


def last_moment(of: str) -> str:
    """The moment until which a day lasts; a moment itself.

    Example:
        >>> last_moment("2024-04-15"), last_moment("2024-04-15T18:43:00Z")
        ('2024-04-15T23:59:59Z', '2024-04-15T18:43:00Z')
    """
    return f"{of}T23:59:59Z" if len(of) == len("2024-04-15") else of


def now() -> str:
    """The present moment, to the second, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def overlaps(start: str | None, end: str | None, on: str) -> bool:
    """Whether a span of partial days covers a day, as far as known: an unknown start or end never excludes.

    A partial date covers all of its days: a link that ended in `2021` still held on 2021-05-01 as far as anybody can say.
    """
    return (start is None or start[: len(on)] <= on[: len(start)]) and (end is None or on[: len(end)] <= end)
