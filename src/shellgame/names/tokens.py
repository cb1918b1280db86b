"""Names into comparable tokens: case, accents, script, punctuation and legal forms put aside, the words kept."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from icu import ICUError
from normality import ascii_text
from rigour.names import replace_org_types_compare

RECIPE = "2"
"""Raise it when the same name gives other tokens than before, so that tables made of tokens are made anew."""
_JOINED = re.compile(r"(?<=\w)['’`ʼ](?=\w)")
_DOTTED = re.compile(r"\b((?:\w\.){2,})")
_NOT_WORD = re.compile(r"[\W_]+")
_NOT_LETTERS = re.compile(r"[^0-9a-z]+")
_READING_AIDS = re.compile("[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
"""Vowel points of Hebrew and Arabic and the stretching stroke: printed or left out at will."""


@lru_cache(maxsize=262144)
def _latin(word: str) -> str:
    if word.isascii():
        return _NOT_LETTERS.sub("", word)
    try:
        return _NOT_LETTERS.sub("", (ascii_text(word) or "").lower())
    except ICUError:  # some signs after an emoji are more than its rules can take; then letter by letter
        return "".join(_latin(letter) for letter in word) if len(word) > 1 else ""


def _only_words(text: str) -> str:
    """Blank out all that is neither letter, digit nor a mark that belongs to a letter."""
    if text.isascii():
        return _NOT_WORD.sub(" ", text)
    return "".join(sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" else " " for sign in text)


@lru_cache(maxsize=65536)
def name_tokens(name: str, *, organization: bool) -> tuple[str, ...]:
    """Split a name into lower-case Latin tokens.

    Apostrophes inside a word and the dots of initials join (`L.L.C.` is one token), everything else that is no letter, digit or
    mark of a letter separates. Composed and decomposed letters are the same; other scripts are transliterated, without the vowel
    points that Arabic and Hebrew may or may not print; legal forms of organisations get one spelling.

    Example:
        >>> name_tokens("Хренин Виктор", organization=False)
        ('hrenin', 'viktor')
        >>> name_tokens("Kidma-Tech L.L.C.", organization=True)
        ('kidma', 'tech', 'llc')
    """
    text = unicodedata.normalize("NFKC", name).casefold().replace("i\u0307", "i")
    text = _JOINED.sub("", _READING_AIDS.sub("", text))
    text = _only_words(_DOTTED.sub(lambda match: match[0].replace(".", ""), text))
    if organization:
        text = replace_org_types_compare(" ".join(text.split()))
    return tuple(token for word in text.split() if (token := _latin(word)))
