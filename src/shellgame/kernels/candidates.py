"""Of the listed names that hold tokens of a query those that hold most of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import inlined, kernel, leaf
from shellgame.kernels.gathering import COVERED, NEARLY, gather, weigh, weight_of
from shellgame.kernels.listed import Names, Queries, stands_before
from shellgame.kernels.lists import list_at
from shellgame.kernels.memory import STEPS, Memory
from shellgame.kernels.tokens import INITIAL, Tokens, shortened_likeness

_WEIGHED = 2
"""So many times as many names as are aligned are looked at token by token."""
_MOST_OF_ONE = 3
"""Names of one entity that are aligned at most."""
_MOST_TIED = 4096
"""No more names are looked at token by token, however many promise as much."""


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
    total = weigh(tokens, queries, memory)
    if total <= 0.0:
        return 0
    many, missed = gather(tokens, total, queries, names, queries.welcome[queries.choice[row]], allowed, memory)
    many = _order(many, total, missed, names, memory)
    wanted = _WEIGHED * aligned
    most = _MOST_TIED if _has_open_token(tokens, queries) else 2 * wanted
    held, counted, left = 0, 0, _MOST_TIED
    for step in range(STEPS, -1, -1):
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


@leaf
def _order(many: int, total: float, missed: float, names: Names, memory: Memory) -> int:
    """Sort the gathered names that could hold enough by what they promise, in steps; says how many there are.

    What a name promises is known without a look at its tokens: how much of the query it holds as far as gathered, and what share of
    the name that is.
    """
    steps, least, kept = memory.steps, NEARLY * (COVERED * total - missed), 0
    steps[:] = 0
    for place in range(many):
        name = memory.gathered[place]
        got, own = memory.holding[name].got, names.rows[name].weight
        if got < least:
            continue
        promised = 0.75 * min(1.0, got / total) + 0.25 * (min(1.0, got / own) if own > 0.0 else 0.0)
        memory.gathered[kept], memory.promised[kept] = name, int(promised * STEPS)
        steps[memory.promised[kept] + 2] += 1
        kept += 1
    for step in range(STEPS + 2):
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
    for token in list_at(names.tokens, name):
        row = vocabulary.rows[token]
        weight = weight_of(row.kind, row.bits)
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
        for other in list_at(names.tokens, name):
            if memory.marks[other].turn != memory.clock[0] and vocabulary.rows[other].first == token.first:
                whole = token.kind != INITIAL and shortened_likeness(tokens[i], batch, other, vocabulary) > 0.0
                more += 0.1 if whole else 0.05
                break
    return more


@inlined
def _precedes(name: int, covered: float, place: int, names: Names, memory: Memory) -> bool:
    """Whether a name is better than that at a place among the best."""
    other = memory.best_covered[place]
    return covered > other or (covered == other and stands_before(name, memory.best_names[place], names))


@leaf
def _keep(name: int, covered: float, names: Names, memory: Memory, held: int, most: int) -> int:
    """Put a name in its place among the best, of equals the earlier name first; says how many are held.

    Where there are too many the last one goes, and of one entity that has too many names among them its last one, so that the
    aliases of one do not hide the others.
    """
    kept, best = memory.best_names, memory.best_covered
    covered = np.float32(covered)
    if held == most and not _precedes(name, covered, held - 1, names, memory):
        return held
    of_one, last = 0, -1
    for place in range(held):
        if names.rows[kept[place]].entity == names.rows[name].entity:
            of_one, last = of_one + 1, place
    if of_one == _MOST_OF_ONE:
        if not _precedes(name, covered, last, names, memory):
            return held
        place = last
    elif held < most:
        place = held
        held += 1
    else:
        place = held - 1
    while place > 0 and _precedes(name, covered, place - 1, names, memory):
        kept[place], best[place] = kept[place - 1], best[place - 1]
        place -= 1
    kept[place], best[place] = name, covered
    return held
