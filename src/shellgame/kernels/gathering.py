"""Listed names that hold tokens like those of a query, and how much of it each holds, as far as it was followed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import inlined, kernel, leaf
from shellgame.kernels.listed import Names, Queries
from shellgame.kernels.lists import length_at, list_at
from shellgame.kernels.memory import MOST_GATHERED, SIEVE, Memory
from shellgame.kernels.tokens import FORM, GENERIC, INITIAL, PARTICLE

COVERED = 0.36
"""A name must hold so much of what the query tells (in bits), or it is not looked at."""
NEARLY = 0.9999
"""Sums of other precision than the one that decides."""
HARDLY = 0.15
"""What legal forms, particles and generic words count for, held against other words, when names are gathered."""
_MOST_FOLLOWED = 20_000
"""A token that more names hold, when others are enough to find a name by, is looked for only in the names gathered."""
_BITS_OF_A_SOUND = 1.5
"""What a sound of a last word counts that is like none: it may be cut short."""
_UNWELCOME = np.float32(-1e9)


@inlined
def weight_of(kind: int, bits: float) -> float:
    """What a token counts for when names are gathered."""
    return bits * (HARDLY if kind == FORM or kind == PARTICLE or kind == GENERIC else 1.0)


@leaf
def weigh(tokens: NDArray[np.int32], queries: Queries, memory: Memory) -> float:
    """Write what each token of a query counts for, and note which tokens of the vocabulary are like it; gives the sum."""
    alike, now, total, used, many = queries.alike, memory.clock[0], 0.0, 0, len(tokens)
    for i in range(many):
        token = queries.batch.rows[tokens[i]]
        begin, end = alike.starts[tokens[i]], alike.starts[tokens[i] + 1]
        weight = 0.0 if token.kind == INITIAL else weight_of(token.kind, token.bits)
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
def gather(
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
            spread[i] += length_at(names.holders, other)
    count, enough, remaining, missed = 0, NEARLY * COVERED * total, total, 0.0
    for i in np.argsort(spread, kind="mergesort"):
        weight, tell_enough = memory.weights[i], remaining >= enough
        remaining -= weight
        if weight <= 0.0 or (not tell_enough and spread[i] > _MOST_FOLLOWED):
            missed += weight
            continue
        for place in range(alike.starts[tokens[i]], alike.starts[tokens[i] + 1]):
            other, gain = alike.tokens[place], np.float32(weight * alike.likeness[place])
            holders = list_at(names.holders, other)
            if gain + remaining >= enough and count < MOST_GATHERED:
                count = _follow(holders, i, gain, names, welcome, allowed, memory, count)
            elif count > 0:
                _add(holders, i, gain, memory)
    for place in range(count):
        memory.sieve[memory.gathered[place] & SIEVE] = False
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
                memory.sieve[name & SIEVE] = True
                count += 1
    return count


@leaf
def _add(holders: NDArray[np.int32], i: int, gain: float, memory: Memory) -> None:
    """The same, only of names that were gathered already."""
    base = memory.clock[0] * 32
    for name in holders:
        if memory.sieve[name & SIEVE]:
            state = memory.holding[name]
            if state.turn >= base and state.turn != base + i:
                state.got += gain
                state.turn = base + i
