"""Names into comparable tokens: case, accents, script, punctuation and legal forms put aside, the words kept."""

from __future__ import annotations

import re
from functools import lru_cache

from normality import ascii_text
from rigour.names import replace_org_types_compare

_JOINED = re.compile(r"(?<=\w)['’`ʼ](?=\w)")
_DOTTED = re.compile(r"\b((?:\w\.){2,})")
_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=262144)
def _latin(word: str) -> str:
    return word if word.isascii() else (ascii_text(word) or "")


@lru_cache(maxsize=65536)
def name_tokens(name: str, *, organization: bool) -> tuple[str, ...]:
    """Split a name into lower-case Latin tokens.

    Apostrophes inside a word and the dots of initials join (`L.L.C.` is one token), everything else that is no letter or digit
    separates. Other scripts are transliterated; legal forms of organisations get one spelling (`Limited Liability Company`: `llc`).

    Example:
        >>> name_tokens("Хренин Виктор", organization=False)
        ('hrenin', 'viktor')
        >>> name_tokens("Kidma-Tech L.L.C.", organization=True)
        ('kidma', 'tech', 'llc')
    """
    text = _JOINED.sub("", name.casefold())
    text = _DOTTED.sub(lambda match: match[0].replace(".", ""), text)
    if organization:
        text = replace_org_types_compare(" ".join(_NOT_WORD.sub(" ", text).split()))
    tokens = (_NOT_WORD.sub("", _latin(word)).lower() for word in _NOT_WORD.split(text))
    return tuple(token for token in tokens if token)
