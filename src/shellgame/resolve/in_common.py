"""What two records have in common, in a few words; `shellgame resolve --why` tells all that was weighed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from shellgame.match.identifiers import SEVERAL, SINGLE
from shellgame.model.entity import caption
from shellgame.model.schema import NAME_PROPS
from shellgame.resolve.comparable import REFERENCE, keys_of
from shellgame.resolve.keys import name_words

Told = Mapping[str, Sequence[str]]
"""The values of a record by property."""
_NUMBERS = sorted(SINGLE | SEVERAL | {REFERENCE})
_MOST_NUMBERS = 2
_DAY = len("2000-01-01")


def in_common(left: Told, right: Told) -> str:
    """Say which numbers, which name and which date of birth two records share, and what of these speaks against it.

    Example:
        >>> one = {"name": ["Orsin Maledd"], "birthDate": ["1970-01-02"]}
        >>> in_common(one, {"name": ["MALEDD, Orsin"], "birthDate": ["1970-01-02"]})
        'same name MALEDD, Orsin and birth date 1970-01-02'
        >>> in_common(one, {"name": ["Orsin Maled"], "birthDate": ["1950"]})
        'name Orsin Maled, but other birth years (1950)'
    """
    numbers = [f"same {prop} {value}" for prop, value in _shared_numbers(left, right)]
    found = "; ".join([*dict.fromkeys(numbers)][:_MOST_NUMBERS] or [_names(left, right)])
    mine, theirs = set(left.get("birthDate", ())), set(right.get("birthDate", ()))
    if same := sorted(day for day in mine & theirs if len(day) == _DAY):
        return f"{found} and birth date {same[0]}"
    if mine and theirs and not {day[:4] for day in mine} & {day[:4] for day in theirs}:
        return f"{found}, but other birth years ({', '.join(sorted(theirs))})"
    return found


def _shared_numbers(left: Told, right: Told) -> Iterator[tuple[str, str]]:
    keys = {key for prop in _NUMBERS for value in left.get(prop, ()) for key in keys_of(prop, value)}
    return (
        (prop, value) for prop in _NUMBERS for value in right.get(prop, ()) if not keys.isdisjoint(keys_of(prop, value))
    )


def _names(left: Told, right: Told) -> str:
    mine = {name_words(prop, name) for prop in NAME_PROPS for name in left.get(prop, ())} - {None}
    for prop in NAME_PROPS:
        for name in right.get(prop, ()):
            if name_words(prop, name) in mine:
                return f"same name {name}"
    return f"name {caption({prop: list(values) for prop, values in right.items()}, '')}"
