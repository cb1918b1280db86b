"""Which tokens of a vocabulary are like a token of a query, and how telling that token is among them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.alignment import Scratch, scratch
from shellgame.kernels.compiling import inlined, kernel, leaf
from shellgame.kernels.keys import keys
from shellgame.kernels.lookup import MOST_UNDER_A_KEY, Table, hashed, span_of
from shellgame.kernels.tokens import (
    FORM,
    HAN,
    HOW_JOINED,
    HOW_SHORTENED,
    INITIAL,
    LATIN,
    NUMBER,
    VOWELS,
    Tokens,
    bit_count,
    is_plain,
    may_join,
    pair_likeness,
)
from shellgame.kernels.vocabulary import (
    ORIGINS,
    ROOM,
    START,
    Alike,
    Keys,
    Vocabulary,
    apart,
    grown,
    near_keys,
    sounds_seed,
    written,
)
from shellgame.names.costs import Tables as Costs

ALIKE = np.float32(0.5)
"""Tokens less alike than this do not lead from a query to a name."""
MOST_ALIKE = 256
"""Most tokens of the vocabulary that one token of a query may be like: those most like it."""
PSEUDO = 4000.0
"""Weight, in entities, of what is believed about a token before its list has been counted."""
_MOST_ACROSS = 2000
"""As `MOST_UNDER_A_KEY` across scripts, where keys are short and many words share them."""
FARTHEST = 18
"""A Latin word and one of another script that lie further apart by their Latin letters (`vocabulary.apart`) are not compared.

Of those alike enough for names to be found by, 99 of a hundred pass; of Latin and Chinese words that share a key, which are most of
all that would be compared in a long list, a quarter are spared.
"""
_ANY = 1 << 30
_SHORTENED = 0.8
_SURELY = 0.97
_HALF = 0.55
"""What half of a token counts for that was written together from two."""


class _Looking(NamedTuple):
    """Working memory of a look-up: when which token was seen, what was found, and room for keys."""

    seen: NDArray[np.int32]
    clock: NDArray[np.int32]
    tokens: NDArray[np.int32]
    likeness: NDArray[np.float32]
    how: NDArray[np.uint8]
    keys: NDArray[np.uint64]
    classes: NDArray[np.int64]


@kernel
def alike_tokens(
    batch: Tokens,
    is_last: NDArray[np.bool_],
    vocabulary: Vocabulary,
    costs: Costs,
    key_tables: Keys,
    seen: NDArray[np.int32],
    clock: NDArray[np.int32],
) -> Alike:
    """Find for each token of a batch the tokens of the vocabulary that are like it, and how telling it is.

    Args:
        batch: Tokens of the queries.
        is_last: Whether a token stands last in its name, where it may be cut short.
        vocabulary: Tokens of the listed names.
        costs: Of edits.
        key_tables: How keys are made.
        seen: Room for one number for each token of the vocabulary, none above the clock.
        clock: One number, which grows by one or two a token.
    """
    many = len(batch.rows)
    starts = np.zeros(many + 1, np.int64)
    capacity = 1024 + 32 * many
    found, alikeness, ways = np.empty(capacity, np.int32), np.empty(capacity, np.float32), np.empty(capacity, np.uint8)
    bits = np.empty(many, np.float32)
    looking = _Looking(
        seen,
        clock,
        np.empty(MOST_ALIKE, np.int32),
        np.empty(MOST_ALIKE, np.float32),
        np.empty(MOST_ALIKE, np.uint8),
        np.empty(ROOM, np.uint64),
        np.empty(64, np.int64),
    )
    work = scratch()
    made = len(vocabulary.alike.starts) > 1
    count = 0
    for token in range(many):
        clock[0] += 1
        known = _known_token(batch, token, vocabulary) if made else -1
        if known >= 0:
            held, telling = _copied(vocabulary.alike, known, looking), vocabulary.alike.bits[known]
        else:
            held = _looked_up(batch, token, vocabulary, costs, key_tables, looking, work)
            telling = _bits(batch.rows[token].bits, looking, held, vocabulary)
        if is_last[token] and batch.rows[token].many_sounds >= 4 and not is_plain(batch.rows[token].kind):
            held = _add_longer(batch, token, vocabulary, looking, held)
        if capacity < count + held:
            capacity = 2 * (capacity + held)
            found, alikeness, ways = grown(found, capacity), grown(alikeness, capacity), grown(ways, capacity)
        for place in range(held):
            found[count + place] = looking.tokens[place]
            alikeness[count + place] = looking.likeness[place]
            ways[count + place] = looking.how[place]
        count += held
        starts[token + 1] = count
        bits[token] = telling
    return Alike(starts, found[:count], alikeness[:count], ways[:count], bits)


@leaf
def _known_token(batch: Tokens, token: int, vocabulary: Vocabulary) -> int:
    """The very token in the vocabulary, or -1."""
    row = batch.rows[token]
    if row.many_sounds == 0 or row.kind == INITIAL:
        return -1
    key = hashed(batch.sounds, row.sounds, row.sounds + row.many_sounds, -1, sounds_seed(row.origin))
    begin, end = span_of(vocabulary.near, key)
    for place in range(begin, end):
        number = vocabulary.near.values[place]
        other = vocabulary.tokens.rows[number]
        if (
            other.text == row.text
            and other.kind == row.kind
            and other.origin == row.origin
            and other.group == row.group
            and other.printed == row.printed
        ):
            return number
    return -1


@leaf
def _copied(alike: Alike, known: int, looking: _Looking) -> int:
    """Take over what is like a token of the vocabulary; says how many."""
    begin, end = alike.starts[known], alike.starts[known + 1]
    for place in range(end - begin):
        looking.tokens[place] = alike.tokens[begin + place]
        looking.likeness[place], looking.how[place] = alike.likeness[begin + place], alike.how[begin + place]
    return end - begin


@leaf
def _looked_up(
    batch: Tokens,
    token: int,
    vocabulary: Vocabulary,
    costs: Costs,
    key_tables: Keys,
    looking: _Looking,
    work: Scratch,
) -> int:
    """Gather the tokens like one, the most like it first; says how many."""
    row = batch.rows[token]
    if row.many_sounds == 0 or row.kind == INITIAL:
        return 0
    origin = row.origin
    count = near_keys(batch, token, looking.keys)
    held = _compared(
        batch, token, vocabulary, vocabulary.near, costs, looking, work, count, 0, MOST_UNDER_A_KEY, _ANY, False
    )
    if row.kind != NUMBER and row.kind != FORM:
        sounds = batch.sounds[row.sounds : row.sounds + row.many_sounds]
        if origin == LATIN:
            count = keys(sounds, origin, LATIN, key_tables.coarse, looking.keys, looking.classes)
            held = _compared(
                batch,
                token,
                vocabulary,
                vocabulary.near,
                costs,
                looking,
                work,
                count,
                held,
                MOST_UNDER_A_KEY,
                _ANY,
                True,
            )
        elif vocabulary.present[LATIN]:
            count = keys(sounds, origin, LATIN, key_tables.full, looking.keys, looking.classes)
            held = _compared(
                batch,
                token,
                vocabulary,
                vocabulary.latin,
                costs,
                looking,
                work,
                count,
                held,
                _MOST_ACROSS,
                FARTHEST,
                False,
            )
        farthest = FARTHEST if origin == LATIN else _ANY
        for other in range(1, ORIGINS):
            if vocabulary.present[other]:
                count = keys(sounds, origin, other, key_tables.full, looking.keys, looking.classes)
                held = _compared(
                    batch,
                    token,
                    vocabulary,
                    vocabulary.native,
                    costs,
                    looking,
                    work,
                    count,
                    held,
                    _MOST_ACROSS,
                    farthest,
                    False,
                )
    if may_join(row.kind) and (held == 0 or looking.likeness[0] < _SURELY):
        held = _add_halves(batch, token, vocabulary, looking, held)
    return held


@leaf
def _compared(
    batch: Tokens,
    token: int,
    vocabulary: Vocabulary,
    table: Table,
    costs: Costs,
    looking: _Looking,
    work: Scratch,
    count: int,
    held: int,
    most: int,
    farthest: int,
    doubtful: bool,
) -> int:
    """Compare a token with those that stand under some keys, at most `most` under each; what is alike is put to the others.

    Those are left out whose letters lie further apart than `farthest`, and `doubtful` ones with too few sounds in common.
    """
    now, row = looking.clock[0], batch.rows[token]
    here = written(batch, token)
    for number in range(count):
        begin, end = span_of(table, looking.keys[number])
        for place in range(begin, min(end, begin + most)):
            other = table.values[place]
            if looking.seen[other] == now or apart(here, table.hints[place]) > farthest:
                continue
            looking.seen[other] = now
            there = vocabulary.tokens.rows[other]
            if doubtful and not _could_be(row.letters, row.many_sounds, there.letters, there.many_sounds):
                continue
            alike, how = pair_likeness(token, batch, other, vocabulary.tokens, costs, work.room, work.masks, ALIKE)
            if alike >= ALIKE:
                held = _put(looking, held, other, alike, how)
    return held


@leaf
def _put(looking: _Looking, held: int, token: int, alike: float, how: int) -> int:
    """Put a token in its place among those found, by likeness and of equals by number; says how many are held."""
    alike = np.float32(alike)
    if held == MOST_ALIKE:
        last = looking.likeness[held - 1]
        if alike < last or (alike == last and token > looking.tokens[held - 1]):
            return held
        held -= 1
    place = held
    while place > 0 and (
        looking.likeness[place - 1] < alike
        or (looking.likeness[place - 1] == alike and looking.tokens[place - 1] > token)
    ):
        looking.tokens[place], looking.likeness[place] = looking.tokens[place - 1], looking.likeness[place - 1]
        looking.how[place] = looking.how[place - 1]
        place -= 1
    looking.tokens[place], looking.likeness[place], looking.how[place] = token, alike, how
    return held + 1


@inlined
def _could_be(here: int, many_here: int, there: int, many_there: int) -> bool:
    """Whether two Latin tokens of the same classes have enough sounds in common to be worth a comparison.

    Of a hundred pairs that are alike it lets about ninety pass, of those that are not about a quarter.
    """
    different = here ^ there
    consonants = bit_count(different & ~VOWELS)
    if consonants > 2:
        return False
    longer = many_there - many_here
    if abs(longer) <= 2 and bit_count(different & VOWELS) <= 3:
        return True
    return consonants <= 1 and (here & VOWELS & ~there) == 0 and longer > 0


@leaf
def _add_longer(batch: Tokens, token: int, vocabulary: Vocabulary, looking: _Looking, held: int) -> int:
    """Put the tokens to the others that begin with this one; says how many there are now."""
    looking.clock[0] += 1  # some that were compared are not alike, and longer ones all the same
    row, now = batch.rows[token], looking.clock[0]
    for place in range(held):
        looking.seen[looking.tokens[place]] = now
    length = 6 if row.many_sounds >= 6 else 4
    begin, end = span_of(vocabulary.near, hashed(batch.sounds, row.sounds, row.sounds + length, -1, START))
    for place in range(begin, min(end, begin + 4 * MOST_UNDER_A_KEY)):
        other = vocabulary.near.values[place]
        if held < MOST_ALIKE and looking.seen[other] != now and _starts_with(vocabulary.tokens, other, batch, token):
            looking.seen[other] = now
            looking.tokens[held], looking.likeness[held], looking.how[held] = other, _SHORTENED, HOW_SHORTENED
            held += 1
    return held


@leaf
def _starts_with(longer: Tokens, a: int, shorter: Tokens, b: int) -> bool:
    """Whether one token begins with all of another that has at least four sounds."""
    one, other = longer.rows[a], shorter.rows[b]
    if one.many_sounds <= other.many_sounds or other.many_sounds < 4 or (one.origin == HAN) != (other.origin == HAN):
        return False
    for place in range(other.many_sounds):
        if longer.sounds[one.sounds + place] != shorter.sounds[other.sounds + place]:
            return False
    return True


@leaf
def _add_halves(batch: Tokens, token: int, vocabulary: Vocabulary, looking: _Looking, held: int) -> int:
    """Put the tokens to the others that, two of them written together, are this one; says how many there are now."""
    row = batch.rows[token]
    begin, end = row.sounds, row.sounds + row.many_sounds
    seed = sounds_seed(row.origin)
    for middle in range(begin + 2, end - 1):
        first = _very_sounds(batch, begin, middle, vocabulary, seed)
        second = _very_sounds(batch, middle, end, vocabulary, seed) if first >= 0 else -1
        if second >= 0 and held + 2 <= MOST_ALIKE:
            for half in (first, second):
                looking.tokens[held], looking.likeness[held], looking.how[held] = half, _HALF, HOW_JOINED
                held += 1
    return held


@leaf
def _very_sounds(batch: Tokens, begin: int, end: int, vocabulary: Vocabulary, seed: int) -> int:
    """The token of the vocabulary with these very sounds, or -1."""
    first, last = span_of(vocabulary.near, hashed(batch.sounds, begin, end, -1, seed))
    tokens = vocabulary.tokens
    for place in range(first, min(last, first + MOST_UNDER_A_KEY)):
        other = vocabulary.near.values[place]
        row = tokens.rows[other]
        if row.many_sounds != end - begin or not may_join(row.kind):
            continue
        same = True
        for offset in range(end - begin):
            if tokens.sounds[row.sounds + offset] != batch.sounds[begin + offset]:
                same = False
                break
        if same:
            return other
    return -1


@leaf
def _bits(believed: float, looking: _Looking, held: int, vocabulary: Vocabulary) -> float:
    """How telling a token is: by how many entities hold it or one like it."""
    holding = 0.0
    for place in range(held):
        if looking.how[place] != HOW_JOINED:
            alike = looking.likeness[place] * looking.likeness[place]
            holding += vocabulary.held_by[looking.tokens[place]] * alike * alike * alike
    return -np.log2((holding + PSEUDO * 2.0**-believed) / (vocabulary.population[0] + PSEUDO))
