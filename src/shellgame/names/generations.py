"""Which of several bearers of one name is meant: Jr. or Sr., II or III.

Most lists print it for some of their names only, so that one that is missing is no contradiction. Two that differ are father and
son.
"""

from __future__ import annotations

import re

from shellgame.names import roles as role
from shellgame.names.folding import BLANK, fold
from shellgame.names.roman import ROMAN

_FIRST = ("sr", "snr", "senior", "1st", "padre", "père", "ст", "старший")
_SECOND = ("jr", "jnr", "junior", "júnior", "hijo", "filho", "fils", "2nd", "мл", "младший")
_THIRD = ("3rd",)
_FOURTH = ("4th",)
_NAMES = frozenset({"vi", "xi", "ix", "xx", "xv"})
"""Numerals that are names as well: Nguyen Thi Vi, Zhang Xi."""
_NUMBERS = {
    **{numeral: number for numeral, number in ROMAN.items() if len(numeral) > 1 and numeral not in _NAMES},
    **dict.fromkeys(_FIRST, 1),
    **dict.fromkeys(_SECOND, 2),
    **dict.fromkeys(_THIRD, 3),
    **dict.fromkeys(_FOURTH, 4),
}
_PARTS = re.compile("[,()]")


def generation(name: str) -> int:
    """The number of a person among the bearers of one name, 1 for the first; 0 where the name does not say.

    It stands behind the name, or behind its family name where a comma parts it from the given one; titles may follow. A single
    letter is an initial.

    Example:
        >>> [generation(name) for name in ("Orsin Maledd Jr.", "MALEDD III, Orsin", "Maledd, Orsin, Sr", "Orsin Maledd I.")]
        [2, 3, 1, 0]
    """
    text = fold(name)
    if _NUMBERS.keys().isdisjoint(text.translate(BLANK).split()):  # nearly all names; every query is asked
        return 0
    before = 0
    for part in _PARTS.split(text):
        words = [bare for word in part.split() if (bare := word.strip("."))]
        before += len(words)
        while words and words[-1] not in _NUMBERS and role.entry_of(words[-1]).roles & (role.SUFFIX | role.TITLE):
            words.pop()
        if words and before > 1 and words[-1] in _NUMBERS:
            return _NUMBERS[words[-1]]
    return 0


def are_two(one: int, other: int) -> bool:
    """Whether two generations, as `generation` tells them, are those of two people."""
    return one != other and bool(one and other)
