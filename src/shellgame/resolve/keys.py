"""What two records can have in common: identifying numbers, contacts, addresses and names, folded so that equal means the same.

The folding is deliberately plain (`names.folding`: case, Latin accents, punctuation; here also the word order of names). It is
evidence that can be shown, not a search: finding names that are only alike is for `match`.
"""

from __future__ import annotations

import re

from shellgame.names.folding import folded_words
from shellgame.names.scripts import is_unspaced

SHORTEST_IDENTIFIER = 5
SHORTEST_ADDRESS = 15
SHORTEST_NAME = 8
"""Lengths, in characters, below which an equal value says nothing: house numbers, a city's name, a given name. A shorter name makes
a key together with a full birth date. An alias of a single word says nothing at any length, but for scripts without spaces."""

_DIGIT = re.compile(r"\d")
_AROUND_ADDRESS = re.compile(r"^https?://(www\.)?|/+$")


def identifier_key(value: str) -> str | None:
    """Fold a number; None for what is too short or holds no number, and for fillers such as 000000.

    Example:
        >>> identifier_key("VK-123 456"), identifier_key("000-000"), identifier_key("none")
        ('VK123456', None, None)
    """
    key = folded_words(value).replace(" ", "").upper()
    if len(key) < SHORTEST_IDENTIFIER or not _DIGIT.search(key) or len(set(key)) == 1:
        return None
    return key


def contact_key(prop: str, value: str) -> str | None:
    """Fold a phone number, an email address or the address of a website."""
    return identifier_key(value) if prop == "phone" else _AROUND_ADDRESS.sub("", value).lower()


def address_key(value: str) -> str | None:
    """Fold a street address; None for what names no house."""
    return folded_words(value) if len(value) >= SHORTEST_ADDRESS and _DIGIT.search(value) else None


def name_words(prop: str, value: str) -> str | None:
    """Fold a name into its words in alphabetical order; None for an alias of a single word.

    Example:
        >>> name_words("name", "MALEDD, Orsin"), name_words("alias", "Orsin"), name_words("alias", "王伟")
        ('maledd orsin', None, '王伟')
    """
    words = folded_words(value)
    if not words or (prop != "name" and " " not in words and not is_unspaced(words)):
        return None
    return " ".join(sorted(words.split(" ")))
