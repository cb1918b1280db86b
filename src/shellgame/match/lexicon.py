"""Tokens as arrays: what the kernels need to know of each, made once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.tokens import TOKEN, Tokens
from shellgame.names.analysis import analyse
from shellgame.names.readings import Words, readings
from shellgame.names.sounds import ONE_LETTER, codes, is_mandarin
from shellgame.names.token import Kind, Origin, Token

__all__ = ["Bearing", "Words", "arrays_of", "bearing_of", "believed_bits", "readings", "same_words", "tells"]
_BITS = {
    Kind.WORD: 12.0,
    Kind.INITIAL: 3.0,
    Kind.NUMBER: 6.0,
    Kind.FORM: 1.0,
    Kind.GENERIC: 3.0,
    Kind.PARTICLE: 1.0,
    Kind.PLACE: 5.5,
    Kind.OPTIONAL: 8.0,
}
COMMON = 8.0
"""Bits of a word that has variants of its own in our tables: only common given names and common words have. One party in 256."""
_HARDLY = frozenset({Kind.FORM, Kind.GENERIC, Kind.PARTICLE})
"""Kinds of words that tell hardly anything."""
_SAY_NOTHING = frozenset({Kind.FORM, Kind.PARTICLE})
"""Kinds of words by which nobody is meant."""
_ACRONYM = re.compile("[a-z0-9]{1,3}|[a-z0-9][b-df-hj-np-tv-xz0-9]{3}")
"""What is spelt rather than spoken: at most three letters, or four without a vowel behind the first."""
_LONGEST = 255
"""Letters of a token beyond these are not compared."""


def tells(name: Sequence[Token], *, person: bool) -> bool:
    """Whether a name tells enough to be found by what is like it.

    Nothing but legal forms, particles and words that half of all companies bear does not, nor does an organisation's one acronym:
    there is always another such.
    """
    words = [token for token in name if token.kind not in _HARDLY]
    return bool(words) and (
        person or len(words) > 1 or not _ACRONYM.fullmatch(words[0].text) or words[0].origin != Origin.LATIN
    )


class Bearing(NamedTuple):
    """What a name tells by itself.

    Attributes:
        words: Its telling words in alphabetical order, or all where it is of nothing but legal forms and the like.
        empty: Whether it is of nothing but these.
        tells: Whether it tells enough for others to be found that are only like it; see `tells`.
        letters: All its words, written together.
    """

    words: tuple[str, ...]
    empty: bool
    tells: bool
    letters: str


def bearing_of(name: Sequence[Token], *, person: bool) -> Bearing:
    """What an analysed name tells."""
    telling = {token.text for token in name if token.kind not in _HARDLY}
    words = telling or {token.text for token in name}
    letters = "".join([token.printed or token.text for token in name])
    return Bearing(tuple(sorted(words)), not telling, tells(name, person=person), letters)


def same_words(one: str, other: str, *, person: bool) -> bool:
    """Whether two names tell the same words, more than legal forms: of others all words where they have none that is telling."""
    names = [analyse(name, person=person) for name in (one, other)]
    here, there = (bearing_of(name, person=person).words for name in names)
    return here == there and any(token.kind not in _SAY_NOTHING for token in names[0])


def believed_bits(token: Token) -> float:
    """How telling a token is where no list says how many bear it: by its kind, its length and whether it is a common one.

    In bits: 12 means that one name in 4,096 has it.
    """
    bits = _BITS[token.kind]
    if token.kind != Kind.WORD:
        return bits
    if token.group:
        return COMMON
    return bits - 1.5 * max(0, 4 - len(token.text)) + 0.25 * min(8, max(0, len(token.text) - 5))


def arrays_of(tokens: Sequence[Token]) -> Tokens:
    """Lay tokens out as arrays."""
    sounds = [codes(token.text, token.origin) for token in tokens]
    latin = [token.text.encode() for token in tokens]
    rows = np.zeros(len(tokens), TOKEN)
    rows["text"] = [_text_hash(text) for text in latin]
    rows["printed"] = [_text_hash(token.printed.encode()) if token.printed else 0 for token in tokens]
    rows["letters"] = [
        _letters(each if token.origin == Origin.HAN else each.translate(ONE_LETTER))
        for token, each in zip(tokens, sounds, strict=True)
    ]
    rows["sounds"], rows["many_sounds"] = _spans(sounds)
    rows["latin"], rows["many_latin"] = _spans(latin)
    rows["group"] = [token.group for token in tokens]
    rows["bits"] = [believed_bits(token) for token in tokens]
    rows["kind"] = [token.kind for token in tokens]
    rows["origin"] = [token.origin for token in tokens]
    rows["first"] = [text[0] for text in latin]
    rows["mandarin"] = [token.origin in (Origin.LATIN, Origin.HAN) and is_mandarin(token.text) for token in tokens]
    return Tokens(rows, _joined(sounds), _joined(latin))


def _spans(pieces: Sequence[bytes]) -> tuple[list[int], list[int]]:
    """Where each piece begins when all are put together, and how long it is."""
    lengths = [len(piece) for piece in pieces]
    return [0, *accumulate(lengths)][:-1], [min(length, _LONGEST) for length in lengths]


def _joined(pieces: Sequence[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(
        b"".join(pieces), np.uint8
    ).copy()  # a view of bytes would be read-only, another type to the kernels


def _letters(sounds: bytes) -> int:
    mask = 0
    for sound in sounds:
        mask |= 1 << sound
    return mask


def _text_hash(text: bytes) -> int:
    """Sixty-four bits that stand for a token's text, the same in every process."""
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little")
