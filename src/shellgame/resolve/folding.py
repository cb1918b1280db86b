"""Values folded so that equal means the same: case, width, punctuation and Latin accents put aside, other scripts kept whole.

A vowel sign of Burmese or Hindi is a part of its word, and Й is another letter than И; only Latin letters lose their accents.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th", "ё": "е"}
)
"""Small letters that do not come apart into a letter and an accent, and ё, which Russian prints as е."""
_LATIN_ACCENTS = re.compile("(?<=[a-z])[\u0300-\u036f]+")
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class _Kept(dict[int, str]):
    """Characters of some categories as they are, the rest as one text; learns each when it first meets it."""

    def __init__(self, categories: str, otherwise: str) -> None:
        self._categories, self._otherwise = categories, otherwise

    def __missing__(self, code: int) -> str:
        category = unicodedata.category(chr(code))
        otherwise = "" if category == "Cf" else self._otherwise  # Cf: marks of direction, joiners, soft hyphens
        self[code] = kept = chr(code) if category[0] in self._categories else otherwise
        return kept


_WORDS = _Kept("LMN", " ")
_COMPACT = _Kept("LMN", "")


def folded_words(text: str) -> str:
    """The words of a text in small letters, with single spaces between them.

    Example:
        >>> folded_words("ŁUKASZ  Müller-Żak"), folded_words("Сергей ФЁДОРОВ"), folded_words("မင်းအောင်")
        ('lukasz muller zak', 'сергей федоров', 'မင်းအောင်')
    """
    if text.isascii():
        return _NOT_ASCII_WORD.sub(" ", text.lower()).strip()
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    plain = unicodedata.normalize("NFC", _LATIN_ACCENTS.sub("", apart)).translate(_LETTERS)
    return " ".join(plain.translate(_WORDS).split())


def compacted(text: str) -> str:
    """The letters and digits of a number in capitals, without anything between them.

    Example:
        >>> compacted("vk-123 456"), compacted("１２３")
        ('VK123456', '123')
    """
    if text.isascii():
        return _NOT_ASCII_WORD.sub("", text.lower()).upper()
    return unicodedata.normalize("NFKC", text).upper().translate(_COMPACT)


def is_unspaced(text: str) -> bool:
    """Whether a text is written in a script that puts no spaces between words (Chinese, Japanese, Thai, Burmese …)."""
    return _UNSPACED.search(text) is not None
