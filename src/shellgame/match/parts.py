"""The parts of an explanation: words that met, remarks on two names as wholes, and what other properties say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class How(StrEnum):
    """How a word of the query met a word of the listed name; the values stand in JSON and stay as they are."""

    SAME = "same"
    """The same letters, whatever case and accents."""
    DISGUISED = "disguised"
    """The same but for letters of another alphabet, digits for letters or signs that show nothing; a remark tells which."""
    ALIKE = "alike"
    """Spelt or sounding alike."""
    SCRIPT = "script"
    """The same word or one like it, written in another script."""
    INITIAL = "initial"
    """One is the first letter of the other."""
    NICKNAME = "nickname"
    """Two forms of one name: nicknames, and what other languages make of it."""
    SYNONYM = "synonym"
    """Two words for one thing, in the name of an organisation or a ship."""
    JOINED = "joined"
    """Two words here, written together there."""
    SHORTENED = "shortened"
    """One is the beginning of the other: a word cut short, or a name cut off."""
    IGNORED = "ignored"
    """A legal form, a common word, a title or a particle, which counts less; where the other side has none, it is empty."""


@dataclass(frozen=True, slots=True)
class TokenMatch:
    """Which word of the query met which word of the listed name.

    Attributes:
        query: As the query prints it.
        listed: As the list prints it.
        similarity: How alike they are, 0 to 1.
        how: How they met.
        note: What differs or what the words are, in few words, as `d missing` or `legal form`; empty where there is nothing to say.
        bits: How telling the pair is: minus the binary logarithm of the share of parties with such a word. 12 is one in 4,096, from
            8 down a word is common; 0 where nothing met.
    """

    query: str
    listed: str
    similarity: float
    how: How = How.ALIKE
    note: str = ""
    bits: float = 0.0

    @property
    def text(self) -> str:
        """The pair in words, as `Maled for MALEDD (d missing)`."""
        one, other = self.query or self.listed, self.listed or self.query
        words = one if one.casefold() == other.casefold() else f"{one} for {other}"
        return f"{words} ({self.note})" if self.note else words

    def as_dict(self) -> dict[str, Any]:
        """The pair for programs."""
        return {
            "query": self.query,
            "listed": self.listed,
            "similarity": round(self.similarity, 3),
            "how": str(self.how),
            "note": self.note,
            "bits": round(self.bits, 1),
        }


class About(StrEnum):
    """What a remark is about; the values stand in JSON and stay as they are."""

    DISGUISE = "disguise"
    """A name is not written as it looks, which hardly anybody does by accident: a warning sign."""
    WEIGHT = "weight"
    """Which of the words that met carry the likeness, and which would fit many others."""
    READING = "reading"
    """A script does not tell all that the other name does, so that other names read the same."""
    REPLACED = "replaced"
    """Either name has a word that the other one lacks, which speaks against it."""
    LETTERS = "letters"
    """The names are the same letters, whatever their words; what the words lack is then no contradiction and not told."""
    NOTHING = "nothing"
    """No word of the two names met."""
    ORDER = "order"
    """The words that met stand in another order."""
    NUMBERS = "numbers"
    """The names have other numbers, which makes two of a kind."""
    GENERATION = "generation"
    """The names are of two people of one name, as Jr. and Sr., which holds the score down."""
    LITTLE = "little"
    """A name has nothing but words that half of all companies bear, so that its score is held down."""
    LENGTH = "length"
    """A name has more words than are compared."""
    FATHER = "father"
    """A father's name that only one of two persons' names has, as is usual, and which counts less; or two that differ."""
    TITLES = "titles"
    """Words that are no part of the name were left out: titles, remarks, another name in brackets."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of two names as wholes, in a sentence without its full stop."""

    about: About
    words: str

    def as_dict(self) -> dict[str, Any]:
        """The remark for programs."""
        return {"about": str(self.about), "words": self.words}


@dataclass(frozen=True, slots=True)
class Signal:
    """What one property says for or against the two being one party.

    Attributes:
        property: Its FollowTheMoney name.
        agrees: Whether it speaks for it.
        words: What was compared, in words.
        weight: How far it moved the score: natural logarithm of a ratio of odds, 0 or more.
    """

    property: str
    agrees: bool
    words: str
    weight: float

    def as_dict(self) -> dict[str, Any]:
        """The signal for programs."""
        return {
            "property": self.property,
            "speaks": "for" if self.agrees else "against",
            "words": self.words,
            "weight": round(self.weight, 3),
        }
