"""Which letters two words of one script differ in, and which script a word is written in, in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from shellgame.names.folding import BLANK, fold, key_of

_MOST_TOLD = 3
"""Places where two words differ that are told one by one."""
_SCRIPTS = {
    "CJK": "Chinese characters",
    "KANGXI": "Chinese characters",
    "IDEOGRAPHIC": "Chinese characters",
    "HIRAGANA": "Japanese kana",
    "KATAKANA": "Japanese kana",
    "HANGUL": "Korean letters",
}
"""Scripts, by the first word of Unicode's names of their letters, that are not simply called after it."""


_ALPHABETS = frozenset({"Cyrillic letters", "Greek letters", "Armenian letters", "Georgian letters"})
_SAME_SOUNDS, _SAME_CONSONANTS = 0.97, 0.9
"""Likeness from which a word is the same in another script: in one that writes vowels, and in others."""


def is_same_reading(query: str, listed: str, likeness: float) -> bool:
    """Whether two words of different scripts are told as the same word, by how alike they are (0 to 1)."""
    writes_vowels = {script_of(query), script_of(listed)} <= {*_ALPHABETS, ""}
    return likeness >= (_SAME_SOUNDS if writes_vowels else _SAME_CONSONANTS)


def script_of(word: str) -> str:
    """Tell the script of a word that is not Latin, by its first such letter; empty for Latin.

    Example:
        >>> script_of("Виктор"), script_of("حسن"), script_of("王"), script_of("Orsin")
        ('Cyrillic letters', 'Arabic letters', 'Chinese characters', '')
    """
    for letter in filter(str.isalpha, word):
        first = unicodedata.name(letter, "").split(" ")[0]
        if first not in ("", "LATIN", "FULLWIDTH", "MODIFIER", "FEMININE", "MASCULINE"):
            return _SCRIPTS.get(first) or f"{first.capitalize()} letters"
    return ""


def difference(query: str, listed: str, likeness: float) -> str:
    """Tell what the first of two words has otherwise than the second.

    Args:
        query: A word as printed.
        listed: Another one of the same script.
        likeness: How alike they are, 0 to 1; told where the letters would be too many to tell.

    Example:
        >>> difference("Maled", "MALEDD", 0.9), difference("Orsyn", "Orsin", 0.9), difference("Talevk", "Talvek", 0.9)
        ('d missing', 'y for i', 'e and v exchanged')
    """
    here, there = letters_of(query), letters_of(listed)
    if here == there:
        return "other signs for the same sound"
    changes = list(_changes(here, there))
    letters = sum(max(map(len, change)) for change in changes)
    if len(changes) > _MOST_TOLD or 2 * letters > max(len(here), len(there)):
        return f"{likeness:.0%} alike"
    return ", ".join(_changed(*change) for change in changes)


def letters_of(word: str) -> str:
    """The letters of a printed word as they are compared: small, Latin ones without accents, others in their script."""
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
        exchanged = len(here) == len(there) == 2 and here == there[::-1]
        return f"{here[0]} and {here[1]} exchanged" if exchanged else f"{here} for {there}"
    return f"extra {here}" if here else f"{there} missing"
