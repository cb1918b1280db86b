"""A printed name into tokens: what each word is, how it was written, and which words it stands for.

Words are looked up one by one; what a word means by itself is worked out once and kept. Only words that depend on their neighbours
(titles, particles, phrases, legal forms of two letters) take the second, slower way.
"""

from __future__ import annotations

import re
import unicodedata

from shellgame.names import organisations, persons
from shellgame.names.folding import BLANK, MOST_WORDS, fold
from shellgame.names.token import Token

RECIPE = "7"
"""Raise it when the same name gives other tokens than before, so that what is made of tokens is made anew."""
_SIGN_OF_FILLER = re.compile(r"[#/<\\＃／＜＼﹟﹤﹨]")
"""What every filler has, and hardly any name: looked for first, since it costs next to nothing."""
_FILLER = re.compile(r"#?n/a!?|#(?:null|ref|name|value|num|div/0)[!?]|<(?:na|n/a|nan|nil|none|null)>|\\n", re.I)
"""Words that programs put where a part of a name is missing, and only such as no name has: Null and None are names of people."""
_SIGNS = frozenset("#!?<>\\")
"""Signs of fillers that folding takes away."""


def analyse(name: str, *, person: bool) -> tuple[Token, ...]:
    """Analyse a name.

    The same tokens come of a name in other case, white space or Unicode form, with or without invisible characters, and with or
    without what programs put where a part is missing (`N/A`). Any text is taken; what holds no letter and no digit gives none.
    Costs a few microseconds.

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
    text = _once(fold(_without_fillers(name)))
    return (persons.tokens(text) if person else organisations.tokens(text))[:MOST_WORDS]


def _without_fillers(name: str) -> str:
    """A name without what programs put into it; itself where it has nothing else."""
    if _SIGN_OF_FILLER.search(name) is None:
        return name
    words = unicodedata.normalize("NFKC", name).split()
    kept = [word for word in words if not _FILLER.fullmatch(_visible(word))]
    text = " ".join(kept)
    return text if len(kept) < len(words) and fold(text).translate(BLANK).strip() else name


def _visible(word: str) -> str:
    """A word without what folding drops from it."""
    return "".join([sign for sign in word if sign in _SIGNS or fold(sign)])


def _once(text: str) -> str:
    """A name of several words without its repetition, as where two columns held the whole of it."""
    half = len(text) // 2
    twice = text[half : half + 1] == " " and text[:half] == text[half + 1 :] and " " in text[:half]
    return text[:half] if twice else text
