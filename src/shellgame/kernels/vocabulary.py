"""The words of a list, and the keys under which those are found that a word may be like."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import inlined, kernel, leaf
from shellgame.kernels.keys import MOST, keys
from shellgame.kernels.lookup import Table, hashed, mixed, start_of, taken_in
from shellgame.kernels.tokens import HAN, LATIN, Tokens, bit_count, is_plain
from shellgame.names.keys import KeyTables
from shellgame.names.sounds import LONGEST

ORIGINS = 6
NEAR, ACROSS_LATIN, ACROSS_NATIVE = range(3)
"""The tables of a vocabulary."""
ROOM = 1024
"""Room for the keys of any token."""
_A, _Z, _LETTERS = ord("a"), ord("z"), 26
_ALL_LETTERS = np.uint32((1 << _LETTERS) - 1)
_VOWELS = np.uint32(sum(1 << (ord(letter) - _A) for letter in "aehiouwy"))
"""Letters that come and go between spellings."""
_SOUNDS, START, _GROUP, _HAN_SOUNDS = 1, 2, 3, 4
"""Seeds, so that keys of different kinds do not meet: of a token's very sounds, its first ones, its group, and Chinese sounds."""


class Alike(NamedTuple):
    """For each of some tokens the tokens of the vocabulary that are like it, the most like it first.

    Attributes:
        starts: Where those of each token begin; one more than there are tokens.
        tokens: Tokens of the vocabulary.
        likeness: 0.5 to 1.
        how: In what way (`tokens.HOW_*`); `HOW_JOINED` for halves of the token.
        bits: How telling each of the tokens is.
    """

    starts: NDArray[np.int64]
    tokens: NDArray[np.int32]
    likeness: NDArray[np.float32]
    how: NDArray[np.uint8]
    bits: NDArray[np.float32]


class Keys(NamedTuple):
    """How keys are made: `key_tables()`, and the same without keys that lack a sound, for Latin tokens among themselves."""

    full: KeyTables
    coarse: KeyTables


class Vocabulary(NamedTuple):
    """Tokens of listed names, and where they are found by key.

    Attributes:
        tokens: The tokens.
        held_by: Number of entities that hold each.
        population: One number: how many entities there are.
        present: Which origins there are tokens of.
        near: Tokens by their own sounds and, Latin ones, by coarser classes of these; for tokens of the same script.
        latin: Latin tokens, for a token of another script.
        native: Tokens of other scripts, for a token of any other.
        alike: The tokens that are like each of them, as for a query in which it does not stand last; empty where that was not made.
    """

    tokens: Tokens
    held_by: NDArray[np.int32]
    population: NDArray[np.int64]
    present: NDArray[np.bool_]
    near: Table
    latin: Table
    native: Table
    alike: Alike


def nothing_alike() -> Alike:
    """A table of similar tokens for a vocabulary that has none yet."""
    return Alike(
        np.zeros(1, np.int64),
        np.empty(0, np.int32),
        np.empty(0, np.float32),
        np.empty(0, np.uint8),
        np.empty(0, np.float32),
    )


@kernel
def token_keys(tokens: Tokens, tables: KeyTables, which: int) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """All keys under which the tokens of a vocabulary are found in one of its tables, and the token of each."""
    capacity = 16 * len(tokens.rows) + 1024
    found, owner = np.empty(capacity, np.uint64), np.empty(capacity, np.int32)
    own, classes = np.empty(ROOM, np.uint64), np.empty(64, np.int64)
    count = 0
    for token in range(len(tokens.rows)):
        if which == NEAR:
            many = _keys_near(tokens, token, tables, own, classes)
        elif (tokens.rows[token].origin == LATIN) == (which == ACROSS_LATIN):
            many = _keys_across(tokens, token, tables, own, classes)
        else:
            many = 0
        if count + many > capacity:
            capacity *= 2
            found, owner = grown(found, capacity), grown(owner, capacity)
        found[count : count + many], owner[count : count + many] = own[:many], token
        count += many
    return found[:count], owner[:count]


@kernel
def all_written(tokens: Tokens) -> NDArray[np.uint32]:
    """`written` of all tokens."""
    out = np.empty(len(tokens.rows), np.uint32)
    for token in range(len(tokens.rows)):
        out[token] = written(tokens, token)
    return out


@leaf
def written(tokens: Tokens, token: int) -> int:
    """Which Latin letters a token is written with, whatever its script: 26 bits, and above them how many there are, at most 63."""
    row, letters = tokens.rows[token], np.uint32(0)
    for place in range(row.latin, row.latin + row.many_latin):
        letter = tokens.latin[place]
        if _A <= letter <= _Z:
            letters |= np.uint32(1) << np.uint32(letter - _A)
    return letters | np.uint32(min(np.int64(row.many_latin), 63)) << np.uint32(_LETTERS)


@inlined
def apart(one: int, other: int) -> int:
    """How far two that are `written` lie apart: a consonant that one of them lacks counts two, a vowel or a letter more one."""
    lacking = (one ^ other) & _ALL_LETTERS
    longer = np.int64(one >> np.uint32(_LETTERS)) - np.int64(other >> np.uint32(_LETTERS))
    return 2 * bit_count(lacking & ~_VOWELS) + bit_count(lacking & _VOWELS) + abs(longer)


@leaf
def _keys_near(
    tokens: Tokens, token: int, tables: KeyTables, out: NDArray[np.uint64], classes: NDArray[np.int64]
) -> int:
    row = tokens.rows[token]
    count = near_keys(tokens, token, out)
    if is_plain(row.kind):
        return count
    for length in (4, 6):
        if row.many_sounds > length:
            out[count] = hashed(tokens.sounds, row.sounds, row.sounds + length, -1, START)
            count += 1
    if row.origin == LATIN:
        sounds = tokens.sounds[row.sounds : row.sounds + row.many_sounds]
        count += keys(sounds, LATIN, LATIN, tables, out[count : count + MOST], classes)
    return count


@leaf
def _keys_across(
    tokens: Tokens, token: int, tables: KeyTables, out: NDArray[np.uint64], classes: NDArray[np.int64]
) -> int:
    row, count = tokens.rows[token], 0
    if is_plain(row.kind):
        return 0
    sounds = tokens.sounds[row.sounds : row.sounds + row.many_sounds]
    for other in range(ORIGINS):
        if (other == LATIN) != (row.origin == LATIN):
            count += keys(sounds, row.origin, other, tables, out[count : count + MOST], classes)
    return count


@leaf
def near_keys(tokens: Tokens, token: int, out: NDArray[np.uint64]) -> int:
    """The keys of a token's very sounds, of these without one, of its letters likewise, and of its group."""
    row = tokens.rows[token]
    begin, end, seed, count = row.sounds, row.sounds + row.many_sounds, sounds_seed(row.origin), 0
    for left_out in range(begin - 1, begin if is_plain(row.kind) or row.many_sounds < 3 else end):
        out[count] = hashed(tokens.sounds, begin, end, left_out if left_out >= begin else -1, seed)
        count += 1
    if row.origin == LATIN and not is_plain(row.kind):
        count = _letter_keys(tokens, token, seed, out, count)
    if row.group != 0:
        out[count] = _mixed(row.group)
        count += 1
    return count


@leaf
def _letter_keys(tokens: Tokens, token: int, seed: int, out: NDArray[np.uint64], count: int) -> int:
    """Put the keys of a token's letters, each a sound of its own, to the others; says how many there are.

    Only where letters are not sounds one by one (`names.sounds.LATIN_SOUNDS` begins with the letters). A slip of the pen makes one
    sound of two letters and two sounds of one: `Mostafaei`, `Motsafaei`; `Fakhrzadeh`, `Fakgrzadeh`.
    """
    row = tokens.rows[token]
    begin, end, many, others = np.int64(row.latin), np.int64(row.latin) + row.many_latin, 0, 0
    for place in range(begin, end):
        letter = tokens.latin[place]
        if not _A <= letter <= _Z:
            return count
        if not _repeats(tokens.latin, begin, place):
            others += many >= row.many_sounds or tokens.sounds[row.sounds + many] != letter - _A
            many += 1
    if not others or not 2 < many <= LONGEST:
        return count
    for left_out in range(begin - 1, end):
        if left_out < begin or not _repeats(tokens.latin, begin, left_out):
            value = start_of(seed)
            for place in range(begin, end):
                if place != left_out and not _repeats(tokens.latin, begin, place):
                    value = taken_in(value, tokens.latin[place] - _A)
            out[count] = mixed(value)
            count += 1
    return count


@inlined
def _repeats(letters: NDArray[np.uint8], begin: int, place: int) -> bool:
    """Whether a letter is the same as the one before: doubled ones sound as one."""
    return place > begin and letters[place] == letters[place - 1]


@kernel
def grown(array: NDArray[np.generic], size: int) -> NDArray[np.generic]:
    """The same array with room for more."""
    larger = np.empty(size, array.dtype)
    larger[: len(array)] = array
    return larger


@leaf
def sounds_seed(origin: int) -> int:
    """Chinese syllables are counted in sounds of their own, which must not meet those of letters."""
    return _HAN_SOUNDS if origin == HAN else _SOUNDS


@leaf
def _mixed(group: int) -> int:
    """The key of a group of words."""
    return mixed((np.uint64(group) + np.uint64(_GROUP)) * np.uint64(0x9E3779B97F4A7C15))
