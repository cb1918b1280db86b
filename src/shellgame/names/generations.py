"""Which of several bearers of one name is meant: Jr. or Sr., II or III.

Titles and the like are left out of a name's words, and these with them, since most lists print them for some of their names only:
one that is missing tells nothing. Two that differ are father and son.
"""

from __future__ import annotations

import re

from shellgame.names.folding import fold

_FIRST = ("sr", "snr", "senior", "elder", "i", "1st", "ст", "старший")
_SECOND = ("jr", "jnr", "junior", "júnior", "younger", "hijo", "filho", "fils", "2nd", "мл", "младший")
_THIRD = ("neto", "3rd")
_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN = {f"{'x' * tens}{unit}": 10 * tens + ones for tens in range(4) for ones, unit in enumerate(_UNITS)}
_NUMBERS = {
    **{numeral: number for numeral, number in _ROMAN.items() if len(numeral) > 1},  # a single letter is an initial
    **dict.fromkeys(_FIRST, 1),
    **dict.fromkeys(_SECOND, 2),
    **dict.fromkeys(_THIRD, 3),
}
_PARTS = re.compile("[,()]")


def generation(name: str) -> int:
    """The number of a person among the bearers of one name, 1 for the first; 0 where the name does not say.

    It stands behind the name, or behind its family name where a comma parts it from the given one.

    Example:
        >>> [generation(name) for name in ("Orsin Maledd Jr.", "MALEDD III, Orsin", "Maledd, Orsin, Sr", "Orsin II", "Maledd, I.")]
        [2, 3, 1, 2, 0]
    """
    before = 0
    for part in _PARTS.split(fold(name)):
        words = part.split()
        before += len(words)
        if words and before > 1 and (number := _NUMBERS.get(_bare(words))):
            return number
    return 0


def are_two(one: int, other: int) -> bool:
    """Whether two generations, as `generation` tells them, are those of two people."""
    return one != other and bool(one and other)


def _bare(words: list[str]) -> str:
    """The last word of several without its full stop; with it where it is one letter, an initial then."""
    bare = words[-1].rstrip(".")
    return bare if len(bare) > 1 or len(words) > 1 else words[-1]
