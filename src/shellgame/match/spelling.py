"""Which letters two words of one script differ in, in words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from shellgame.names.folding import BLANK, fold, key_of

_MOST_TOLD = 3
"""Places where two words differ that are told one by one."""


def difference(query: str, listed: str, likeness: float) -> str:
    """Tell what the first of two words has otherwise than the second.

    Args:
        query: A word as printed.
        listed: Another one of the same script.
        likeness: How alike they are, 0 to 1; told where the letters would be too many to tell.

    Example:
        >>> difference("Maled", "MALEDD", 0.9), difference("Orsyn", "Orsin", 0.9), difference("Talevk", "Talvek", 0.9)
        ('d missing', 'y for i', 'ev for ve')
    """
    here, there = _letters(query), _letters(listed)
    if here == there:
        return "other signs for the same sound"
    changes = list(_changes(here, there))
    letters = sum(max(map(len, change)) for change in changes)
    if len(changes) > _MOST_TOLD or 2 * letters > max(len(here), len(there)):
        return f"{likeness:.0%} alike"
    return ", ".join(_changed(*change) for change in changes)


def _letters(word: str) -> str:
    return "".join(map(key_of, fold(word).translate(BLANK).split()))


def _changes(here: str, there: str) -> Iterator[tuple[str, str]]:
    """What stands here for what there, place by place."""
    start = next((at for at, both in enumerate(zip(here, there, strict=False)) if both[0] != both[1]), 0)
    if (
        len(here) == len(there)
        and here[start : start + 2] == there[start : start + 2][::-1]
        and (here[start + 2 :] == there[start + 2 :])
    ):  # two neighbours that changed places
        yield here[start : start + 2], there[start : start + 2]
        return
    for same, blocks in groupby(Levenshtein.opcodes(here, there), key=lambda block: block.tag == "equal"):
        if not same:
            several = list(blocks)
            yield (
                here[several[0].src_start : several[-1].src_end],
                there[several[0].dest_start : several[-1].dest_end],
            )


def _changed(here: str, there: str) -> str:
    if here and there:
        return f"{here} for {there}"
    return f"extra {here}" if here else f"{there} missing"
