"""A printed name into tokens: what each word is, how it was written, and which words it stands for.

Words are looked up one by one; what a word means by itself is worked out once and kept. Only words that depend on their neighbours
(titles, particles, phrases, legal forms of two letters) take the second, slower way.
"""

from __future__ import annotations

from shellgame.names import organisations, persons
from shellgame.names.folding import MOST_WORDS, fold
from shellgame.names.token import Token

RECIPE = "5"
"""Raise it when the same name gives other tokens than before, so that what is made of tokens is made anew."""


def analyse(name: str, *, person: bool) -> tuple[Token, ...]:
    """Analyse a name.

    The same tokens come of a name in other case, white space or Unicode form, with or without invisible characters. Any text is
    taken; what holds no letter and no digit gives none. Costs a few microseconds.

    Args:
        name: As printed.
        person: Whether somebody, rather than an organisation, a vessel or an aircraft, bears it.

    Returns:
        Tokens in the order of the words, family name last where a comma tells (`LAST, First`); at most 64.

    Example:
        >>> [token.text for token in analyse("AL-RAHMAN, Dr. Abdul J.", person=True)]
        ['abd', 'j', 'al', 'rahman']
        >>> [(token.text, token.kind.name) for token in analyse("Halvren Trading Co., Ltd.", person=False)]
        [('halvren', 'WORD'), ('trading', 'GENERIC'), ('coltd', 'FORM')]
    """
    text = _once(fold(name))
    return (persons.tokens(text) if person else organisations.tokens(text))[:MOST_WORDS]


def _once(text: str) -> str:
    """A name of several words without its repetition, as where two columns held the whole of it."""
    half = len(text) // 2
    twice = text[half : half + 1] == " " and text[:half] == text[half + 1 :] and " " in text[:half]
    return text[:half] if twice else text
