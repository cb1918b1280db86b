"""What a name consists of once it is analysed."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

RESPELT = 1 << 20
"""Groups from this one on are of words that languages spell otherwise; those below of forms of a name and of synonyms."""


class Kind(IntEnum):
    """What part a token plays in a name."""

    WORD = 0
    """A telling word: a given name, a family name, the word a company is known by."""
    INITIAL = 1
    """A single letter that stands for a name."""
    NUMBER = 2
    """A number, in digits, Roman or spelt out; its text is in digits, or digits and letters where it was written with both."""
    FORM = 3
    """A legal form; its text is the same for all spellings of it."""
    GENERIC = 4
    """A word that half of all companies bear (trading, group, international) or that only joins (and, of)."""
    PARTICLE = 5
    """A particle of a person's name (al, bin, van, de la), which is left out or written together at will."""
    PLACE = 6
    """A country, region or large city in the name of an organisation."""
    OPTIONAL = 7
    """A name of somebody that is left out at will: a patronymic between given and family name, a nickname in quotation marks."""


class Origin(IntEnum):
    """How the token was written: what its Latin text can and cannot tell."""

    LATIN = 0
    ALPHABET = 1
    """Cyrillic, Greek, Armenian, Georgian: vowels and consonants, romanised in several ways."""
    ABJAD = 2
    """Arabic, Persian, Hebrew: without its short vowels."""
    HAN = 3
    """Chinese characters, read in Mandarin."""
    HANGUL = 4
    OTHER = 5
    """Kana, Devanagari, Thai and so on, romanised by rule."""


class Token(NamedTuple):
    """One word of a name.

    Attributes:
        text: Lower-case Latin letters and digits only; never empty.
        kind: What part it plays.
        origin: The script that it was written in.
        group: Number of the group of equivalent words (nicknames, synonyms, spellings) it belongs to; 0 is none.
        printed: The word as written in Chinese or Korean, where different words share a Latin text; else empty.
    """

    text: str
    kind: Kind
    origin: Origin
    group: int
    printed: str = ""
