"""Listed names that hold the tokens of a query, and those of them that hold most of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.alignment import MOST_TOKENS, Scratch, scratch
from shellgame.kernels.compiling import inlined, kernel, leaf
from shellgame.kernels.features import FEATURES
from shellgame.kernels.tokens import FORM, GENERIC, INITIAL, PARTICLE, Tokens, shortened_likeness
from shellgame.kernels.vocabulary import Alike

COVERED = 0.36
"""A name must hold so much of what the query tells (in bits), or it is not looked at."""
MOST_ALIGNED = 40
"""Most names that are aligned for one query, however many are wanted."""
MOST_GATHERED = 60_000
"""Names gathered for one query; beyond it only what is rarest has been followed."""
_MOST_FOLLOWED = 20_000
"""A token that more names hold, when others are enough to find a name by, is looked for only in the names gathered."""
_WEIGHED = 2
"""So many times as many names as are aligned are looked at token by token."""
_STEPS = 128
"""Steps in which names are told apart before that."""
_MOST_OF_ONE = 3
"""Names of one entity that are aligned at most."""
_MOST_TIED = 4096
"""No more names are looked at token by token, however many promise as much."""
_BITS_OF_A_SOUND = 1.5
"""What a sound of a last word counts that is like none: it may be cut short."""
_UNWELCOME = np.float32(-1e9)
_SIEVE = (1 << 16) - 1
_NEARLY = 0.9999
"""Sums of other precision than the one that decides."""

NAME = np.dtype([("entity", np.int32), ("weight", np.float32), ("schema", np.uint8)], align=True)
"""One name, so that all that is asked of many names lies together in memory.

entity: Number of the entity that bears it.
weight: What all its tokens count for together: their bits, of words that tell nothing times `HARDLY`.
schema: Schema number of that entity.
"""
HOLDING = np.dtype([("turn", np.int32), ("got", np.float32)], align=True)
"""What a name holds of a query, by weight, and when that was last added to."""
MARK = np.dtype([("turn", np.int32), ("node", np.int32), ("line", np.int32)], align=True)
"""What is noted of a token of the vocabulary for one query.

turn: When it was last noted.
node: First node of the list of tokens of the query that it is like; -1 is none.
line: Line of `Memory.likeness` where its likeness with each of them stands; -1 is none yet.
"""


class Names(NamedTuple):
    """Listed names, and which of them hold a token.

    Attributes:
        starts: Where the tokens of each name begin; one more than there are names.
        tokens: Tokens of all names.
        rows: One `NAME` each.
        holder_starts: Where the names that hold a token begin; one more than there are tokens.
        holders: The names that hold each token, ascending.
    """

    starts: NDArray[np.int64]
    tokens: NDArray[np.int32]
    rows: NDArray[np.void]
    holder_starts: NDArray[np.int64]
    holders: NDArray[np.int32]


class Queries(NamedTuple):
    """Names to look for.

    Attributes:
        starts: Where the tokens of each begin; one more than there are names.
        tokens: Tokens of all, as numbers in `batch`.
        organization: Whether a name was analysed as that of an organisation.
        welcome: Which schema numbers are welcome, one line a choice.
        choice: Which line of `welcome` holds for each.
        batch: The tokens, whose bits are those of `alike`.
        alike: Similar tokens of the vocabulary.
    """

    starts: NDArray[np.int64]
    tokens: NDArray[np.int32]
    organization: NDArray[np.bool_]
    welcome: NDArray[np.bool_]
    choice: NDArray[np.int32]
    batch: Tokens
    alike: Alike


class Memory(NamedTuple):
    """Working memory of searches, used over and over by one thread.

    Attributes:
        clock: One number, which grows with every token looked up and every query; what was noted earlier no longer holds.
        seen: For `similar.alike_tokens`.
        holding: `HOLDING` of each name.
        gathered: Names that hold something of a query.
        sieve: Whether any was gathered whose number ends so; small enough to stay at hand.
        promised: By steps, how much that is.
        ordered: The gathered names that could hold enough, those that promise least first.
        steps: Where those of each step begin.
        counted: How many names of an entity were counted for a query: four times the clock and this.
        marks: `MARK` of each token of the vocabulary.
        node_token, node_likeness, node_how, node_next: Which tokens of the query it is like: short linked lists.
        weights: Of the tokens of a query.
        best: How much of each a name holds.
        best_names, best_covered: The names that hold most of a query.
        likeness, how: Of the tokens of these names with those of the query, a line each.
        scores: Of these.
        scratch: For alignment.
        row: For features.
    """

    clock: NDArray[np.int32]
    seen: NDArray[np.int32]
    holding: NDArray[np.void]
    gathered: NDArray[np.int32]
    sieve: NDArray[np.bool_]
    promised: NDArray[np.uint8]
    ordered: NDArray[np.int32]
    steps: NDArray[np.int32]
    counted: NDArray[np.int32]
    marks: NDArray[np.void]
    node_token: NDArray[np.int32]
    node_likeness: NDArray[np.float32]
    node_how: NDArray[np.uint8]
    node_next: NDArray[np.int32]
    weights: NDArray[np.float32]
    best: NDArray[np.float32]
    best_names: NDArray[np.int32]
    best_covered: NDArray[np.float32]
    likeness: NDArray[np.float32]
    how: NDArray[np.uint8]
    scores: NDArray[np.float32]
    scratch: Scratch
    row: NDArray[np.float32]


LAST_TURN = (1 << 26) - (1 << 22)
"""Memory whose clock stands here is full; make another one. Leaves room for a batch of two million tokens and queries."""


def memory_for(tokens: int, names: int) -> Memory:
    """Set working memory aside for a vocabulary and a list of names; pages that are never touched take no room."""
    most_nodes = 8192
    return Memory(
        clock=np.zeros(1, np.int32),
        seen=np.zeros(tokens, np.int32),
        holding=np.zeros(names, HOLDING),
        gathered=np.empty(MOST_GATHERED, np.int32),
        sieve=np.zeros(_SIEVE + 1, np.bool_),
        promised=np.empty(MOST_GATHERED, np.uint8),
        ordered=np.empty(MOST_GATHERED, np.int32),
        steps=np.zeros(_STEPS + 3, np.int32),
        counted=np.zeros(names, np.int32),
        marks=np.zeros(tokens, MARK),
        node_token=np.empty(most_nodes, np.int32),
        node_likeness=np.empty(most_nodes, np.float32),
        node_how=np.empty(most_nodes, np.uint8),
        node_next=np.empty(most_nodes, np.int32),
        weights=np.zeros(MOST_TOKENS, np.float32),
        best=np.zeros(MOST_TOKENS, np.float32),
        best_names=np.empty(MOST_ALIGNED, np.int32),
        best_covered=np.empty(MOST_ALIGNED, np.float32),
        likeness=np.empty((MOST_ALIGNED * MOST_TOKENS, MOST_TOKENS), np.float32),
        how=np.empty((MOST_ALIGNED * MOST_TOKENS, MOST_TOKENS), np.uint8),
        scores=np.empty(MOST_ALIGNED, np.float32),
        scratch=scratch(),
        row=np.zeros(len(FEATURES), np.float32),
    )


@kernel
def candidates(
    tokens: NDArray[np.int32],
    row: int,
    queries: Queries,
    vocabulary: Tokens,
    names: Names,
    allowed: NDArray[np.bool_],
    memory: Memory,
    aligned: int,
) -> int:
    """Find the names that hold most of a query, those that hold most first; says how many, at most `aligned`.

    They go to `memory.best_names`. Names are looked at token by token in the order of what they promise, until twice as many as are
    aligned held enough (of one entity three count) and no other promises as much.
    """
    total = _weigh(tokens, queries, memory)
    if total <= 0.0:
        return 0
    many, missed = _gather(tokens, total, queries, names, queries.welcome[queries.choice[row]], allowed, memory)
    many = _order(many, total, missed, names, memory)
    wanted = _WEIGHED * aligned
    most = _MOST_TIED if _has_open_token(tokens, queries) else 2 * wanted
    held, counted, left = 0, 0, _MOST_TIED
    for step in range(_STEPS, -1, -1):
        if counted >= wanted:
            break
        for place in range(memory.steps[step], memory.steps[step + 1]):
            if left == 0 or counted >= most:
                return held
            left -= 1
            name = memory.ordered[place]
            covered = _covered(name, len(tokens), total, names, vocabulary, memory)
            if covered > 0.0:
                counted += _counts(names.rows[name].entity, memory)
                covered += _begun(tokens, queries.batch, name, names, vocabulary, memory)
                held = _keep(name, covered, names, memory, held, aligned)
    return held


@inlined
def _counts(entity: int, memory: Memory) -> bool:
    """Whether a name is among the first three of an entity; counts it."""
    before = max(memory.counted[entity] - 4 * memory.clock[0], 0)
    if before < _MOST_OF_ONE:
        memory.counted[entity] = 4 * memory.clock[0] + before + 1
    return before < _MOST_OF_ONE


@leaf
def _has_open_token(tokens: NDArray[np.int32], queries: Queries) -> bool:
    """Whether a query has an initial, or a last word without its like: names are told apart by it only when they are weighed."""
    for i in range(len(tokens)):
        alone = queries.alike.starts[tokens[i]] == queries.alike.starts[tokens[i] + 1]
        if queries.batch.rows[tokens[i]].kind == INITIAL or (alone and i == len(tokens) - 1):
            return True
    return False


HARDLY = 0.15
"""What legal forms, particles and generic words count for, held against other words, when names are gathered."""


@inlined
def _weight(kind: int, bits: float) -> float:
    return bits * (HARDLY if kind == FORM or kind == PARTICLE or kind == GENERIC else 1.0)


@leaf
def _weigh(tokens: NDArray[np.int32], queries: Queries, memory: Memory) -> float:
    """Write what each token of a query counts for, and note which tokens of the vocabulary are like it; gives the sum."""
    alike, now, total, used, many = queries.alike, memory.clock[0], 0.0, 0, len(tokens)
    for i in range(many):
        token = queries.batch.rows[tokens[i]]
        begin, end = alike.starts[tokens[i]], alike.starts[tokens[i] + 1]
        weight = 0.0 if token.kind == INITIAL else _weight(token.kind, token.bits)
        if i == many - 1 and begin == end:
            weight = min(weight, _BITS_OF_A_SOUND * token.many_sounds)
        memory.weights[i] = weight
        total += weight
        for place in range(begin, min(end, begin + len(memory.node_token) - used)):
            other = alike.tokens[place]
            mark = memory.marks[other]
            memory.node_token[used], memory.node_likeness[used] = i, alike.likeness[place]
            memory.node_how[used], memory.node_next[used] = alike.how[place], mark.node if mark.turn == now else -1
            mark.turn, mark.node, mark.line = now, used, -1
            used += 1
    return total


@kernel
def _gather(
    tokens: NDArray[np.int32],
    total: float,
    queries: Queries,
    names: Names,
    welcome: NDArray[np.bool_],
    allowed: NDArray[np.bool_],
    memory: Memory,
) -> tuple[int, float]:
    """Add up what names hold of a query, the rarest tokens first; says how many hold any, and how much was not added.

    Where a token and all that follow could not make a name worth a look, it only adds to names found by others.
    """
    many, alike = len(tokens), queries.alike
    spread = np.zeros(many, np.int64)
    for i in range(many):
        for place in range(alike.starts[tokens[i]], alike.starts[tokens[i] + 1]):
            other = alike.tokens[place]
            spread[i] += names.holder_starts[other + 1] - names.holder_starts[other]
    count, enough, remaining, missed = 0, _NEARLY * COVERED * total, total, 0.0
    for i in np.argsort(spread, kind="mergesort"):
        weight, tell_enough = memory.weights[i], remaining >= enough
        remaining -= weight
        if weight <= 0.0 or (not tell_enough and spread[i] > _MOST_FOLLOWED):
            missed += weight
            continue
        for place in range(alike.starts[tokens[i]], alike.starts[tokens[i] + 1]):
            other, gain = alike.tokens[place], np.float32(weight * alike.likeness[place])
            holders = names.holders[names.holder_starts[other] : names.holder_starts[other + 1]]
            if gain + remaining >= enough and count < MOST_GATHERED:
                count = _follow(holders, i, gain, names, welcome, allowed, memory, count)
            elif count > 0:
                _add(holders, i, gain, memory)
    for place in range(count):
        memory.sieve[memory.gathered[place] & _SIEVE] = False
    return count, missed


@leaf
def _follow(
    holders: NDArray[np.int32],
    i: int,
    gain: float,
    names: Names,
    welcome: NDArray[np.bool_],
    allowed: NDArray[np.bool_],
    memory: Memory,
    count: int,
) -> int:
    """Gather the names that hold a token like the query's i-th; says how many there are now."""
    base = memory.clock[0] * 32
    for name in holders:
        state = memory.holding[name]
        if state.turn >= base:
            if state.turn != base + i:  # else it holds a token that is more alike
                state.got += gain
                state.turn = base + i
        elif count < MOST_GATHERED:
            bearer = names.rows[name]
            state.turn = base + i
            state.got = _UNWELCOME
            if welcome[bearer.schema] and (len(allowed) == 0 or allowed[bearer.entity]):
                state.got = gain
                memory.gathered[count] = name
                memory.sieve[name & _SIEVE] = True
                count += 1
    return count


@leaf
def _add(holders: NDArray[np.int32], i: int, gain: float, memory: Memory) -> None:
    """The same, only of names that were gathered already."""
    base = memory.clock[0] * 32
    for name in holders:
        if memory.sieve[name & _SIEVE]:
            state = memory.holding[name]
            if state.turn >= base and state.turn != base + i:
                state.got += gain
                state.turn = base + i


@leaf
def _order(many: int, total: float, missed: float, names: Names, memory: Memory) -> int:
    """Sort the gathered names that could hold enough by what they promise, in steps; says how many there are.

    What a name promises is known without a look at its tokens: how much of the query it holds as far as gathered, and what share of
    the name that is.
    """
    steps, least, kept = memory.steps, _NEARLY * (COVERED * total - missed), 0
    steps[:] = 0
    for place in range(many):
        name = memory.gathered[place]
        got, own = memory.holding[name].got, names.rows[name].weight
        if got < least:
            continue
        promised = 0.75 * min(1.0, got / total) + 0.25 * (min(1.0, got / own) if own > 0.0 else 0.0)
        memory.gathered[kept], memory.promised[kept] = name, int(promised * _STEPS)
        steps[memory.promised[kept] + 2] += 1
        kept += 1
    for step in range(_STEPS + 2):
        steps[step + 1] += steps[step]
    for place in range(kept):
        begin = (
            memory.promised[place] + 1
        )  # of the names of its step that are still to come; in the end, of the next one's
        memory.ordered[steps[begin]] = memory.gathered[place]
        steps[begin] += 1
    return kept


@leaf
def _covered(name: int, many: int, total: float, names: Names, vocabulary: Tokens, memory: Memory) -> float:
    """How much of the query a name holds, by weight; a little less where it holds much beside, 0 where it is too little."""
    best, now = memory.best, memory.clock[0]
    best[:many] = 0.0
    own = own_met = 0.0
    for at in range(names.starts[name], names.starts[name + 1]):
        token = names.tokens[at]
        row = vocabulary.rows[token]
        weight = _weight(row.kind, row.bits)
        own += weight
        mark = memory.marks[token]
        if mark.turn != now:
            continue
        node, highest = mark.node, np.float32(0.0)
        while node >= 0:
            i, alike = memory.node_token[node], memory.node_likeness[node]
            best[i] = max(best[i], alike)
            highest = max(highest, alike)
            node = memory.node_next[node]
        own_met += weight * highest
    met = 0.0
    for i in range(many):
        met += memory.weights[i] * best[i]
    if met < COVERED * total:
        return 0.0
    return 0.75 * met / total + 0.25 * (own_met / own if own > 0 else 0.0) + 0.001


@leaf
def _begun(
    tokens: NDArray[np.int32], batch: Tokens, name: int, names: Names, vocabulary: Tokens, memory: Memory
) -> float:
    """A little more for each initial or last word without its like that begins as a word of the name does which met none."""
    more = 0.0
    for i in range(len(tokens)):
        token = batch.rows[tokens[i]]
        if memory.best[i] > 0.0 or not (token.kind == INITIAL or i == len(tokens) - 1):
            continue
        for at in range(names.starts[name], names.starts[name + 1]):
            other = names.tokens[at]
            if memory.marks[other].turn != memory.clock[0] and vocabulary.rows[other].first == token.first:
                whole = token.kind != INITIAL and shortened_likeness(tokens[i], batch, other, vocabulary) > 0.0
                more += 0.1 if whole else 0.05
                break
    return more


@leaf
def _keep(name: int, covered: float, names: Names, memory: Memory, held: int, most: int) -> int:
    """Put a name in its place among the best, of equals the earlier name first; says how many are held.

    Where there are too many the last one goes, and of one entity that has too many names among them its last one, so that the
    aliases of one do not hide the others.
    """
    kept, best = memory.best_names, memory.best_covered
    covered = np.float32(covered)
    if held == most and (covered < best[held - 1] or (covered == best[held - 1] and name > kept[held - 1])):
        return held
    of_one, last = 0, -1
    for place in range(held):
        if names.rows[kept[place]].entity == names.rows[name].entity:
            of_one, last = of_one + 1, place
    if of_one == _MOST_OF_ONE:
        if covered < best[last] or (covered == best[last] and name > kept[last]):
            return held
        place = last
    elif held < most:
        place = held
        held += 1
    else:
        place = held - 1
    while place > 0 and (best[place - 1] < covered or (best[place - 1] == covered and kept[place - 1] > name)):
        kept[place], best[place] = kept[place - 1], best[place - 1]
        place -= 1
    kept[place], best[place] = name, covered
    return held
