"""From the tokens of a query to the names most like it: similar tokens, names that hold them, and the best of these aligned."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from shellgame.kernels.alignment import (
    FEATURES,
    FORM,
    GENERIC,
    HAN,
    INITIAL,
    NUMBER,
    PARTICLE,
    PLACE,
    VOWELS,
    WORD,
    Scratch,
    Tokens,
    bit_count,
    features,
    pair_likeness,
    scratch,
    shortened_likeness,
)
from shellgame.kernels.forest import Forest, probability
from shellgame.kernels.keys import MOST, keys
from shellgame.kernels.lookup import MOST_UNDER_A_KEY, Table, hashed, span_of
from shellgame.names.keys import KeyTables
from shellgame.names.sounds import Tables as Costs

ALIKE = np.float32(0.5)
"""Tokens less alike than this do not lead from a query to a name."""
MOST_ALIKE = 256
"""Most tokens of the vocabulary that one token of a query may be like."""
COVERED = 0.36
"""A name must hold so much of what the query tells (in bits), or it is not looked at."""
MOST_ALIGNED = 40
"""Most names that are aligned for one query, however many are wanted."""
MOST_VISITED = 60_000
"""Names looked up for one query; beyond it only what is rarest has been followed."""
_SOUNDS, _START, _GROUP, _HAN_SOUNDS = 1, 2, 3, 4
_LATIN = 0
ORIGINS = 6
_SHORTENED = 0.8
_SURELY = 0.97
_BITS_OF_A_SOUND = 1.5
"""What a sound of a last word counts that is like none: it may be cut short."""
_HALF = 0.55
"""What half of a token counts for that was written together from two."""
_JOINABLE = (WORD, GENERIC, PARTICLE, PLACE)


class Names(NamedTuple):
    """Listed names, and which of them hold a token.

    Attributes:
        starts: Where the tokens of each name begin; one more than there are names.
        tokens: Tokens of all names.
        entity: Number of the entity that bears the name.
        schema: Schema number of that entity.
        holder_starts: Where the names that hold a token begin; one more than there are tokens.
        holders: The names that hold each token, ascending.
    """

    starts: NDArray[np.int64]
    tokens: NDArray[np.int32]
    entity: NDArray[np.int32]
    schema: NDArray[np.uint8]
    holder_starts: NDArray[np.int64]
    holders: NDArray[np.int32]


class Alike(NamedTuple):
    """For each token of a batch the tokens of the vocabulary that are like it."""

    starts: NDArray[np.int64]
    tokens: NDArray[np.int32]
    likeness: NDArray[np.float32]
    bits: NDArray[np.float32]


class Tables(NamedTuple):
    """Where tokens of a vocabulary are found, by key.

    Attributes:
        near: Tokens by their own sounds and, Latin ones, by coarser classes of these; for tokens of the same script.
        latin: Latin tokens, for a token of another script.
        native: Tokens of other scripts, for a token of any other.
    """

    near: Table
    latin: Table
    native: Table


NEAR, LATIN, NATIVE = range(3)


@njit(cache=True, nogil=True)
def token_keys(tokens: Tokens, tables: KeyTables, which: int) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """All keys under which the tokens of a vocabulary are found in one of `Tables`, and the token of each."""
    capacity = 16 * len(tokens.kind) + 1024
    found, owner = np.empty(capacity, np.uint64), np.empty(capacity, np.int32)
    own, classes = np.empty(1024, np.uint64), np.empty(64, np.int64)
    count = 0
    for token in range(len(tokens.kind)):
        if which == NEAR:
            many = _keys_near(tokens, token, tables, own, classes)
        elif (tokens.origin[token] == _LATIN) == (which == LATIN):
            many = _keys_across(tokens, token, tables, own, classes)
        else:
            many = 0
        if count + many > capacity:
            capacity *= 2
            found, owner = _grown_keys(found, capacity), _grown(owner, capacity)
        found[count : count + many], owner[count : count + many] = own[:many], token
        count += many
    return found[:count], owner[:count]


@njit(cache=True, nogil=True)
def _is_plain(kind: int) -> bool:
    """Whether tokens of a kind are either the same or not."""
    return kind == NUMBER or kind == FORM or kind == INITIAL


@njit(cache=True, nogil=True)
def _keys_near(
    tokens: Tokens, token: int, tables: KeyTables, out: NDArray[np.uint64], classes: NDArray[np.int64]
) -> int:
    begin, end = tokens.starts[token], tokens.starts[token + 1]
    count = _near_keys(tokens, token, out)
    if _is_plain(tokens.kind[token]):
        return count
    for length in (4, 6):
        if end - begin > length:
            out[count] = hashed(tokens.sounds, begin, begin + length, -1, _START)
            count += 1
    if tokens.origin[token] == _LATIN:
        count += keys(tokens.sounds[begin:end], _LATIN, _LATIN, tables, out[count : count + MOST], classes)
    return count


@njit(cache=True, nogil=True)
def _keys_across(
    tokens: Tokens, token: int, tables: KeyTables, out: NDArray[np.uint64], classes: NDArray[np.int64]
) -> int:
    if _is_plain(tokens.kind[token]):
        return 0
    sounds, origin, count = tokens.sounds[tokens.starts[token] : tokens.starts[token + 1]], tokens.origin[token], 0
    for other in range(ORIGINS):
        if (other == _LATIN) != (origin == _LATIN):
            count += keys(sounds, origin, other, tables, out[count : count + MOST], classes)
    return count


@njit(cache=True, nogil=True)
def _near_keys(tokens: Tokens, token: int, out: NDArray[np.uint64]) -> int:
    """The keys of a token's very sounds, of these without one, and of its group."""
    begin, end, kind = tokens.starts[token], tokens.starts[token + 1], tokens.kind[token]
    plain, seed, count = kind == NUMBER or kind == FORM or kind == INITIAL, _sounds_seed(tokens.origin[token]), 0
    for left_out in range(begin - 1, begin if plain or end - begin < 3 else end):
        out[count] = hashed(tokens.sounds, begin, end, left_out, seed)
        count += 1
    if tokens.group[token] != 0:
        out[count] = _group_key(tokens.group[token])
        count += 1
    return count


@njit(cache=True, nogil=True)
def _grown_keys(array: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    larger = np.empty(size, np.uint64)
    larger[: len(array)] = array
    return larger


@njit(cache=True, nogil=True)
def _sounds_seed(origin: int) -> int:
    """Chinese syllables are counted in sounds of their own, which must not meet those of letters."""
    return _HAN_SOUNDS if origin == HAN else _SOUNDS


@njit(cache=True, nogil=True)
def _group_key(group: int) -> int:
    text = np.empty(4, np.uint8)
    for place in range(4):
        text[place] = (group >> (8 * place)) & 255
    return hashed(text, 0, 4, -1, _GROUP)


@njit(cache=True, nogil=True)
def alike_tokens(
    batch: Tokens,
    is_last: NDArray[np.bool_],
    vocabulary: Tokens,
    held_by: NDArray[np.int32],
    population: int,
    tables: Tables,
    costs: Costs,
    key_tables: KeyTables,
    coarse: KeyTables,
    present: NDArray[np.bool_],
) -> Alike:
    """Find for each token of a batch the tokens of the vocabulary that are like it, and how telling it is.

    Args:
        batch: Tokens of the queries.
        is_last: Whether a token stands last in its name, where it may be cut short.
        vocabulary: Tokens of the listed names.
        held_by: Number of entities that hold each token of the vocabulary.
        population: Number of entities.
        tables: Keys of the vocabulary.
        costs: Of edits.
        key_tables: How keys are made.
        coarse: The same without keys that lack a sound, for Latin tokens among themselves.
        present: Which origins the vocabulary has tokens of.
    """
    many = len(batch.kind)
    starts = np.zeros(many + 1, np.int64)
    capacity = 1024 + 64 * many
    found, alikeness = np.empty(capacity, np.int32), np.empty(capacity, np.float32)
    bits = np.empty(many, np.float32)
    looking = _Looking(
        np.full(len(vocabulary.kind), -1, np.int32),
        np.empty(MOST_ALIKE, np.int32),
        np.empty(MOST_ALIKE, np.float32),
        np.empty(1024, np.uint64),
        np.empty(64, np.int64),
    )
    work = scratch()
    count = 0
    for token in range(many):
        held = _look(
            batch, token, is_last[token], vocabulary, tables, costs, key_tables, coarse, present, looking, work
        )
        counted = held
        nearest = 0.0
        for place in range(held):
            nearest = max(nearest, looking.likeness[place])
        if nearest < _SURELY and batch.kind[token] in _JOINABLE:
            held = _halves(batch, token, vocabulary, tables.near, looking.tokens, held)
            looking.likeness[counted:held] = _HALF
        while count + held > capacity:
            capacity *= 2
            found, alikeness = _grown(found, capacity), _grown_floats(alikeness, capacity)
        found[count : count + held], alikeness[count : count + held] = looking.tokens[:held], looking.likeness[:held]
        count += held
        starts[token + 1] = count
        bits[token] = _bits(batch.bits[token], looking.tokens, looking.likeness, counted, held_by, population)
    return Alike(starts, found[:count], alikeness[:count], bits)


class _Looking(NamedTuple):
    """Working memory of a look-up: what was seen for which token, what was found, and room for keys."""

    seen: NDArray[np.int32]
    tokens: NDArray[np.int32]
    likeness: NDArray[np.float32]
    keys: NDArray[np.uint64]
    classes: NDArray[np.int64]


@njit(cache=True, nogil=True)
def _look(
    batch: Tokens,
    token: int,
    is_last: bool,
    vocabulary: Tokens,
    tables: Tables,
    costs: Costs,
    key_tables: KeyTables,
    coarse: KeyTables,
    present: NDArray[np.bool_],
    looking: _Looking,
    work: Scratch,
) -> int:
    """Gather the tokens like one; says how many."""
    begin, end, kind, origin = batch.starts[token], batch.starts[token + 1], batch.kind[token], batch.origin[token]
    if end == begin or kind == INITIAL:
        return 0
    count = _near_keys(batch, token, looking.keys)
    held = _compared(batch, token, vocabulary, tables.near, costs, looking, work, count, 0, False)
    if kind == NUMBER or kind == FORM:
        return held
    if is_last and end - begin >= 4:
        key = hashed(batch.sounds, begin, begin + (6 if end - begin >= 6 else 4), -1, _START)
        held = _shortened(batch, token, vocabulary, tables.near, key, looking, held)
    sounds = batch.sounds[begin:end]
    if origin == _LATIN:
        count = keys(sounds, origin, _LATIN, coarse, looking.keys, looking.classes)
        held = _compared(batch, token, vocabulary, tables.near, costs, looking, work, count, held, True)
    else:
        count = keys(sounds, origin, _LATIN, key_tables, looking.keys, looking.classes)
        held = _compared(batch, token, vocabulary, tables.latin, costs, looking, work, count, held, False)
    for other in range(1, ORIGINS):
        if present[other]:
            count = keys(sounds, origin, other, key_tables, looking.keys, looking.classes)
            held = _compared(batch, token, vocabulary, tables.native, costs, looking, work, count, held, False)
    return held


@njit(cache=True, nogil=True)
def _compared(
    batch: Tokens,
    token: int,
    vocabulary: Tokens,
    table: Table,
    costs: Costs,
    looking: _Looking,
    work: Scratch,
    count: int,
    held: int,
    doubtful: bool,
) -> int:
    """Compare a token with all that stand under some keys; what is alike is put to the others."""
    for number in range(count):
        begin, end = span_of(table, looking.keys[number])
        for place in range(begin, min(end, begin + MOST_UNDER_A_KEY)):
            other = table.values[place]
            if looking.seen[other] == token:
                continue
            looking.seen[other] = token
            if doubtful and not _could_be(batch, token, vocabulary, other):
                continue
            alike, _ = pair_likeness(token, batch, other, vocabulary, costs, work, ALIKE)
            if alike >= ALIKE and held < MOST_ALIKE:
                looking.tokens[held], looking.likeness[held] = other, alike
                held += 1
    return held


@njit(cache=True, nogil=True)
def _could_be(batch: Tokens, token: int, vocabulary: Tokens, other: int) -> bool:
    """Whether two Latin tokens of the same classes have enough sounds in common to be worth a comparison.

    Of a hundred pairs that are alike it lets about ninety pass, of those that are not about a quarter.
    """
    here, there = batch.letters[token], vocabulary.letters[other]
    different = here ^ there
    consonants = bit_count(different & ~VOWELS)
    if consonants > 2:
        return False
    longer = (vocabulary.starts[other + 1] - vocabulary.starts[other]) - (batch.starts[token + 1] - batch.starts[token])
    if abs(longer) <= 2 and bit_count(different & VOWELS) <= 3:
        return True
    return consonants <= 1 and (here & VOWELS & ~there) == 0 and longer > 0


@njit(cache=True, nogil=True)
def _shortened(
    batch: Tokens, token: int, vocabulary: Tokens, table: Table, key: int, looking: _Looking, held: int
) -> int:
    """Put the tokens to the others that begin with this one."""
    begin, end = span_of(table, key)
    for place in range(begin, min(end, begin + 4 * MOST_UNDER_A_KEY)):
        other = table.values[place]
        if looking.seen[other] != token and held < MOST_ALIKE and _starts_with(vocabulary, other, batch, token):
            looking.seen[other] = token
            looking.tokens[held], looking.likeness[held] = other, _SHORTENED
            held += 1
    return held


@njit(cache=True, nogil=True)
def _grown(array: NDArray[np.int32], size: int) -> NDArray[np.int32]:
    larger = np.empty(size, np.int32)
    larger[: len(array)] = array
    return larger


@njit(cache=True, nogil=True)
def _grown_floats(array: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    larger = np.empty(size, np.float32)
    larger[: len(array)] = array
    return larger


@njit(cache=True, nogil=True)
def _halves(batch: Tokens, token: int, vocabulary: Tokens, table: Table, out: NDArray[np.int32], held: int) -> int:
    """Tokens of the vocabulary that, two of them written together, are this one; adds them to `out` and says how many it holds."""
    begin, end = batch.starts[token], batch.starts[token + 1]
    seed = _sounds_seed(batch.origin[token])
    for middle in range(begin + 2, end - 1):
        first = _very_token(batch, begin, middle, vocabulary, table, seed)
        second = _very_token(batch, middle, end, vocabulary, table, seed) if first >= 0 else -1
        if second >= 0 and held + 2 <= MOST_ALIKE:
            out[held], out[held + 1] = first, second
            held += 2
    return held


@njit(cache=True, nogil=True)
def _very_token(batch: Tokens, begin: int, end: int, vocabulary: Tokens, table: Table, seed: int) -> int:
    """The token of the vocabulary with these very sounds, or -1."""
    first, last = span_of(table, hashed(batch.sounds, begin, end, -1, seed))
    for place in range(first, min(last, first + MOST_UNDER_A_KEY)):
        other = table.values[place]
        start = vocabulary.starts[other]
        if vocabulary.starts[other + 1] - start != end - begin or vocabulary.kind[other] not in _JOINABLE:
            continue
        same = True
        for offset in range(end - begin):
            if vocabulary.sounds[start + offset] != batch.sounds[begin + offset]:
                same = False
                break
        if same:
            return other
    return -1


@njit(cache=True, nogil=True)
def _starts_with(longer: Tokens, a: int, shorter: Tokens, b: int) -> bool:
    begin_a, begin_b = longer.starts[a], shorter.starts[b]
    length = shorter.starts[b + 1] - begin_b
    if (
        longer.starts[a + 1] - begin_a <= length
        or length < 4
        or (longer.origin[a] == HAN) != (shorter.origin[b] == HAN)
    ):
        return False
    for place in range(length):
        if longer.sounds[begin_a + place] != shorter.sounds[begin_b + place]:
            return False
    return True


PSEUDO = 4000.0
"""Weight, in entities, of what is believed about a token before its list has been counted."""


@njit(cache=True, nogil=True)
def _bits(
    believed: float,
    found: NDArray[np.int32],
    likeness_of: NDArray[np.float32],
    held: int,
    held_by: NDArray[np.int32],
    population: int,
) -> float:
    """How telling a token is: by how many entities hold it or one like it."""
    holding = 0.0
    for place in range(held):
        alike = likeness_of[place]
        holding += held_by[found[place]] * alike * alike * alike * alike * alike * alike
    return -np.log2((holding + PSEUDO * 2.0**-believed) / (population + PSEUDO))


class Found(NamedTuple):
    """The best names of each row of a batch, best first."""

    starts: NDArray[np.int64]
    names: NDArray[np.int32]
    scores: NDArray[np.float32]


@njit(cache=True, nogil=True)
def search_names(
    row_starts: NDArray[np.int64],
    row_tokens: NDArray[np.int32],
    organization: NDArray[np.bool_],
    welcome: NDArray[np.bool_],
    welcome_rows: NDArray[np.int32],
    batch: Tokens,
    alike: Alike,
    vocabulary: Tokens,
    names: Names,
    allowed: NDArray[np.bool_],
    forest: Forest,
    costs: Costs,
    threshold: float,
    most: int,
    aligned: int,
) -> Found:
    """Find the names most like each row of tokens.

    Args:
        row_starts: Where the tokens of each row begin; one more than there are rows.
        row_tokens: Tokens of all rows, as numbers in `batch`.
        organization: Whether a row was analysed as the name of an organisation.
        welcome: Which schema numbers are welcome, one line a choice.
        welcome_rows: Which line of `welcome` holds for each row.
        batch: Tokens of the queries, whose bits are those of `alike`.
        alike: Similar tokens of the vocabulary.
        vocabulary: Tokens of the listed names.
        names: The listed names.
        allowed: Which entities may be found; empty means all.
        forest: The score of a row of features.
        costs: Of edits.
        threshold: Lowest score.
        most: Most names for one row.
        aligned: Most names that are aligned for one row: those that hold most of it.
    """
    rows = len(row_starts) - 1
    starts = np.zeros(rows + 1, np.int64)
    out_names, out_scores = np.empty(rows * most, np.int32), np.empty(rows * most, np.float32)
    visited = np.zeros(len(names.entity), np.int32)
    first_node = np.empty(len(vocabulary.kind), np.int32)
    marked = np.zeros(len(vocabulary.kind), np.int32)
    work, feature_row = scratch(), np.zeros(len(FEATURES), np.float32)
    best_names, best_covered = np.empty(aligned, np.int32), np.empty(aligned, np.float32)
    scores = np.empty(aligned, np.float32)
    nodes = _Nodes(np.empty(8192, np.int32), np.empty(8192, np.float32), np.empty(8192, np.int32))
    count = 0
    for row in range(rows):
        tokens = row_tokens[row_starts[row] : row_starts[row + 1]][:20]
        held = _candidates(
            tokens, row + 1, alike, vocabulary, names, welcome[welcome_rows[row]], allowed, visited,
            first_node, marked, nodes, batch, best_names, best_covered,
        )  # fmt: skip
        for place in range(held):
            name = best_names[place]
            listed = names.tokens[names.starts[name] : names.starts[name + 1]]
            features(tokens, batch, listed, vocabulary, costs, organization[row], work, feature_row)
            scores[place] = probability(forest, feature_row, 1.0)
        order = np.argsort(-scores[:held], kind="mergesort")
        taken = 0
        for place in order:
            if taken == most or scores[place] < threshold:
                break
            out_names[count], out_scores[count] = best_names[place], scores[place]
            count += 1
            taken += 1
        starts[row + 1] = count
    return Found(starts, out_names[:count], out_scores[:count])


class _Nodes(NamedTuple):
    """Which tokens of the query a token of the vocabulary is like: short linked lists."""

    token: NDArray[np.int32]
    likeness: NDArray[np.float32]
    following: NDArray[np.int32]


@njit(cache=True, nogil=True)
def _weight(kind: int, bits: float) -> float:
    """What a token counts for when names are gathered: legal forms, particles and generic words next to nothing."""
    return bits * (0.15 if kind in (FORM, PARTICLE, GENERIC) else 1.0)


@njit(cache=True, nogil=True)
def _candidates(
    tokens: NDArray[np.int32],
    turn: int,
    alike: Alike,
    vocabulary: Tokens,
    names: Names,
    welcome: NDArray[np.bool_],
    allowed: NDArray[np.bool_],
    visited: NDArray[np.int32],
    first_node: NDArray[np.int32],
    marked: NDArray[np.int32],
    nodes: _Nodes,
    batch: Tokens,
    best_names: NDArray[np.int32],
    best_covered: NDArray[np.float32],
) -> int:
    """Gather the names that hold most of a query; says how many, at most as `best_names` has room for."""
    many = len(tokens)
    weights, spread = np.empty(many, np.float32), np.zeros(many, np.int64)
    total, used = 0.0, 0
    for i in range(many):
        token = tokens[i]
        kind = batch.kind[token]
        weights[i] = 0.0 if kind == INITIAL else _weight(kind, alike.bits[token])
        if i == many - 1 and alike.starts[token + 1] == alike.starts[token]:
            weights[i] = min(weights[i], _BITS_OF_A_SOUND * (batch.starts[token + 1] - batch.starts[token]))
        total += weights[i]
        for place in range(alike.starts[token], alike.starts[token + 1]):
            other = alike.tokens[place]
            spread[i] += names.holder_starts[other + 1] - names.holder_starts[other]
            if used == len(nodes.token):
                continue
            if marked[other] != turn:
                marked[other], first_node[other] = turn, -1
            nodes.token[used], nodes.likeness[used] = i, alike.likeness[place]
            nodes.following[used] = first_node[other]
            first_node[other] = used
            used += 1
    if total <= 0.0:
        return 0
    held, seen, remaining = 0, 0, total
    best = np.zeros(many, np.float32)
    order = np.argsort(spread, kind="mergesort")
    for i in order:
        if remaining < COVERED * total and seen > 0:
            break
        remaining -= weights[i]
        if weights[i] <= 0.0:
            continue
        token = tokens[i]
        for place in range(alike.starts[token], alike.starts[token + 1]):
            other = alike.tokens[place]
            for at in range(names.holder_starts[other], names.holder_starts[other + 1]):
                name = names.holders[at]
                if visited[name] == turn:
                    continue
                visited[name] = turn
                if not welcome[names.schema[name]]:
                    continue
                if len(allowed) > 0 and not allowed[names.entity[name]]:
                    continue
                seen += 1
                if seen > MOST_VISITED:
                    return held
                covered = _covered(name, names, vocabulary, turn, marked, first_node, nodes, weights, total, best)
                if covered > 0.0:
                    covered += _begun(tokens, batch, best, name, names, vocabulary, turn, marked)
                if covered <= 0.0:
                    continue
                held = _keep(name, covered, best_names, best_covered, held)
    return held


@njit(cache=True, nogil=True)
def _covered(
    name: int,
    names: Names,
    vocabulary: Tokens,
    turn: int,
    marked: NDArray[np.int32],
    first_node: NDArray[np.int32],
    nodes: _Nodes,
    weights: NDArray[np.float32],
    total: float,
    best: NDArray[np.float32],
) -> float:
    """How much of the query a name holds, by weight; a little less where it holds much beside."""
    best[:] = 0.0
    own = own_met = 0.0
    for at in range(names.starts[name], names.starts[name + 1]):
        token = names.tokens[at]
        weight = _weight(vocabulary.kind[token], vocabulary.bits[token])
        own += weight
        if marked[token] != turn:
            continue
        node, highest = first_node[token], 0.0
        while node >= 0:
            i, alike = nodes.token[node], nodes.likeness[node]
            best[i] = max(best[i], alike)
            highest = max(highest, alike)
            node = nodes.following[node]
        own_met += weight * highest
    met = 0.0
    for i in range(len(weights)):
        met += weights[i] * best[i]
    if met < COVERED * total:
        return 0.0
    return 0.75 * met / total + 0.25 * (own_met / own if own > 0 else 0.0) + 0.001


@njit(cache=True, nogil=True)
def _begun(
    tokens: NDArray[np.int32],
    batch: Tokens,
    best: NDArray[np.float32],
    name: int,
    names: Names,
    vocabulary: Tokens,
    turn: int,
    marked: NDArray[np.int32],
) -> float:
    """A little more for each initial or last word without its like that begins as a word of the name does which met none."""
    more = 0.0
    for i in range(len(tokens)):
        token = tokens[i]
        if best[i] > 0.0 or not (batch.kind[token] == INITIAL or i == len(tokens) - 1):
            continue
        for at in range(names.starts[name], names.starts[name + 1]):
            other = names.tokens[at]
            if marked[other] != turn and vocabulary.first[other] == batch.first[token]:
                whole = batch.kind[token] != INITIAL and shortened_likeness(token, batch, other, vocabulary) > 0.0
                more += 0.1 if whole else 0.05
                break
    return more


@njit(cache=True, nogil=True)
def _keep(
    name: int, covered: float, best_names: NDArray[np.int32], best_covered: NDArray[np.float32], held: int
) -> int:
    """Keep a name among the best; where all places are taken the least goes, or of equals the later name."""
    if held < len(best_names):
        best_names[held], best_covered[held] = name, covered
        return held + 1
    least = 0
    for place in range(1, held):
        if best_covered[place] < best_covered[least] or (
            best_covered[place] == best_covered[least] and best_names[place] > best_names[least]
        ):
            least = place
    if covered > best_covered[least] or (covered == best_covered[least] and name < best_names[least]):
        best_names[least], best_covered[least] = name, covered
    return held


@njit(cache=True, nogil=True)
def listed_features(
    row_starts: NDArray[np.int64],
    row_tokens: NDArray[np.int32],
    organization: NDArray[np.bool_],
    rows: NDArray[np.int32],
    found: NDArray[np.int32],
    batch: Tokens,
    vocabulary: Tokens,
    names: Names,
    costs: Costs,
) -> NDArray[np.float32]:
    """Features of rows of tokens and listed names that were found for them, one line a pair."""
    out, work = np.zeros((len(rows), len(FEATURES)), np.float32), scratch()
    for pair in range(len(rows)):
        row, name = rows[pair], found[pair]
        features(
            row_tokens[row_starts[row] : row_starts[row + 1]],
            batch,
            names.tokens[names.starts[name] : names.starts[name + 1]],
            vocabulary,
            costs,
            organization[row],
            work,
            out[pair],
        )
    return out
