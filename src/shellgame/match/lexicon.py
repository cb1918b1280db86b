"""Tokens as arrays: what the kernels need to know of each, made once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.alignment import Tokens
from shellgame.names.analysis import analyse
from shellgame.names.sounds import codes
from shellgame.names.token import Kind, Origin, Token

_BITS = {
    Kind.WORD: 12.0,
    Kind.INITIAL: 3.0,
    Kind.NUMBER: 6.0,
    Kind.FORM: 1.0,
    Kind.GENERIC: 3.0,
    Kind.PARTICLE: 1.0,
    Kind.PLACE: 5.5,
}
_COMMON = 8.0
"""Bits of a word that has variants of its own in our tables: only common given names and common words have."""


class Words:
    """Tokens numbered in the order of their first appearance.

    Attributes:
        tokens: Each token once.
        last: Whether the token was seen at the end of a name; a token seen in both places has two numbers.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[Token, bool], int] = {}
        self.tokens: list[Token] = []
        self.last: list[bool] = []

    def number_of(self, token: Token, *, last: bool = False) -> int:
        """The number of a token, a new one where it has none yet."""
        number = self._numbers.get((token, last))
        if number is None:
            number = self._numbers[token, last] = len(self.tokens)
            self.tokens.append(token)
            self.last.append(last)
        return number

    def numbers_of(self, name: Sequence[Token], *, mark_last: bool = False) -> list[int]:
        """The numbers of a name's tokens."""
        if not mark_last:
            return [self.number_of(token) for token in name]
        end = len(name) - 1
        return [self.number_of(token, last=place == end) for place, token in enumerate(name)]


def readings(name: str, *, person: bool) -> list[tuple[Token, ...]]:
    """The ways to read a name, the likeliest first.

    A Chinese name without a dot may be family and given name, or one foreign name spelt by its sound.
    """
    found = analyse(name, person=person)
    if len(found) == 2 and all(token.origin == Origin.HAN and token.kind == Kind.WORD for token in found):
        whole = Token(found[0].text + found[1].text, Kind.WORD, Origin.HAN, 0, found[0].printed + found[1].printed)
        return [found, (whole,)]
    if len(found) > 1 and all(token.kind == Kind.INITIAL for token in found):  # J. K.: all that there is of the name
        return [(Token("".join(token.text for token in found), Kind.WORD, found[0].origin, 0),)]
    return [found]


def believed_bits(token: Token) -> float:
    """How telling a token is where no list says how many bear it: by its kind, its length and whether it is a common one.

    In bits: 12 means that one name in 4,096 has it.
    """
    bits = _BITS[token.kind]
    if token.kind != Kind.WORD:
        return bits
    if token.group:
        return _COMMON
    return bits - 1.5 * max(0, 4 - len(token.text)) + 0.25 * min(8, max(0, len(token.text) - 5))


def arrays_of(tokens: Sequence[Token]) -> Tokens:
    """Lay tokens out as arrays."""
    sounds = [codes(token.text, token.origin) for token in tokens]
    return Tokens(
        _starts(len(each) for each in sounds),
        np.frombuffer(
            b"".join(sounds), np.uint8
        ).copy(),  # a view of bytes would be read-only, another type to the kernels
        _starts(len(token.text) for token in tokens),
        np.frombuffer("".join(token.text for token in tokens).encode(), np.uint8).copy(),
        np.array([_text_hash(token.text) for token in tokens], np.uint64),
        np.array([_text_hash(token.printed) if token.printed else 0 for token in tokens], np.uint64),
        np.array([token.kind for token in tokens], np.uint8),
        np.array([token.origin for token in tokens], np.uint8),
        np.array([token.group for token in tokens], np.int32),
        np.array([ord(token.text[0]) for token in tokens], np.uint8),
        np.array([_letters(each) for each in sounds], np.uint64),
        np.array([believed_bits(token) for token in tokens], np.float32),
    )


def _starts(lengths: Iterable[int]) -> NDArray[np.int64]:
    return np.array([0, *accumulate(lengths)], np.int64)


def _letters(sounds: bytes) -> int:
    mask = 0
    for sound in sounds:
        mask |= 1 << sound
    return mask


def _text_hash(text: str) -> int:
    """Sixty-four bits that stand for a token's text, the same in every process."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")
