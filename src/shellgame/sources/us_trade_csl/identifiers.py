"""The column `ids` taken apart: papers, register numbers, contacts, facts of vessels and aircraft, words on the listing.

The column flattens a table of five columns. Until 2022 each entry was `country, expiry, issue, number, type`, since then
it is `type, number, country, issue, expiry`, with `; ` between entries; what is missing leaves no gap. Which end holds the
type is decided once for a file, by its known labels; what each label means stands in `identifiers.yml`. An entry with an
unknown label is kept whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from shellgame.model.days import partial_day
from shellgame.names.yaml import load_yaml

_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]{2} \d{4}")


class Fact(NamedTuple):
    """One entry of the column.

    Attributes:
        group: Group of `identifiers.yml`, such as `numbers`; `unknown` where no group names the label.
        prop: FollowTheMoney property, for the groups `numbers` and `facts`.
        label: The label as printed.
        value: Number, text or day.
        country: Code of the issuing country as printed, or empty.
        issued: Day of issue, ISO, where two days are printed.
        expires: Day of expiry, ISO, where two days are printed.
        day: The one day printed where nothing tells which of the two it is.
        quote: The entry as printed.
    """

    group: str
    prop: str
    label: str
    value: str
    country: str
    issued: str
    expires: str
    day: str
    quote: str


class _Meaning(NamedTuple):
    group: str
    prop: str


def types_come_first(cells: Iterable[str]) -> bool:
    """Whether a file prints the type at the beginning of each entry, judged by all of its cells."""
    first = last = 0
    for cell in cells:
        for entry in cell.split("; "):
            first += _meaning(entry.split(", ", 1)[0]) is not None
            last += _meaning(entry.rsplit(", ", 1)[-1]) is not None
    return first > last


def facts(cell: str, *, type_first: bool) -> Iterator[Fact]:
    """Yield the entries of one cell in their order.

    Example:
        >>> paper, = facts("JO, 2014-08-30, 2009-08-31, K000001, Passport", type_first=False)
        >>> paper.value, paper.country, paper.issued, paper.expires
        ('K000001', 'JO', '2009-08-31', '2014-08-30')
    """
    for entry in filter(str.strip, cell.split("; ")):
        label = _label(entry, type_first)
        meaning = _meaning(label)
        if meaning is None:
            yield Fact("unknown", "", "", entry, "", "", "", "", entry)
        else:
            body = entry[len(label) :].removeprefix(", ") if type_first else entry[: -len(label)].removesuffix(", ")
            yield _fact(meaning, label, body, entry, type_first)


def _label(entry: str, type_first: bool) -> str:
    return entry.split(", ", 1)[0] if type_first else entry.rsplit(", ", 1)[-1]


def _fact(meaning: _Meaning, label: str, body: str, quote: str, type_first: bool) -> Fact:
    group, prop = meaning
    country = issued = expires = day = ""
    value = body
    if group in {"passports", "numbers"}:
        value, country, days = _number(body, type_first)
        if len(days) == 2:
            issued, expires = sorted(days)
        elif days:
            day = days[0]
    return Fact(group, prop, label.rstrip(" :-"), value, country, issued, expires, day, quote)


def _number(body: str, type_first: bool) -> tuple[str, str, list[str]]:
    """Take country and days off the end where they stand; all the rest is the number, which may hold commas."""
    tokens = body.split(", ")
    if type_first:
        tokens.reverse()
    country = ""
    days: list[str] = []
    while len(tokens) > 1:
        if len(days) < 2 and _DAY.fullmatch(tokens[0]) and (day := partial_day(tokens[0])):
            days.append(day)
        elif not country and _COUNTRY.fullmatch(tokens[0]):
            country = tokens[0]
        else:
            break
        tokens.pop(0)
    if type_first:
        tokens.reverse()
    return ", ".join(tokens), country, days


@lru_cache(maxsize=1)
def _meanings() -> tuple[dict[str, _Meaning], tuple[tuple[str, _Meaning], ...]]:
    whole: dict[str, _Meaning] = {}
    beginnings: list[tuple[str, _Meaning]] = []
    for group, content in load_yaml(Path(__file__).with_name("identifiers.yml")).items():
        labels_by_prop = content if isinstance(content, dict) else {"": content}
        for prop, labels in labels_by_prop.items():
            for label in labels:
                if label.endswith("*"):
                    beginnings.append((label[:-1], _Meaning(group, prop)))
                else:
                    whole[label] = _Meaning(group, prop)
    return whole, tuple(beginnings)


@lru_cache(maxsize=65536)
def _meaning(label: str) -> _Meaning | None:
    whole, beginnings = _meanings()
    return whole.get(label) or next((meaning for start, meaning in beginnings if label.startswith(start)), None)
