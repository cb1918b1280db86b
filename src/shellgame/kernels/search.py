"""From the tokens of a query to the names most like it: names that hold them, and the best of these aligned and scored."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.alignment import MOST_TOKENS, Scratch, match, scratch
from shellgame.kernels.compiling import inlined, kernel, leaf
from shellgame.kernels.features import FEATURES, features, tell
from shellgame.kernels.forest import Forest, probability
from shellgame.kernels.similar import Alike, Vocabulary
from shellgame.kernels.tokens import (
    FLOOR,
    FORM,
    GENERIC,
    HOW_JOINED,
    HOW_SHORTENED,
    INITIAL,
    PARTICLE,
    Tokens,
    pair_likeness,
    shortened_likeness,
)
from shellgame.names.sounds import Tables as Costs

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
"""So many names are looked at where only that tells them apart."""
_BITS_OF_A_SOUND = 1.5
"""What a sound of a last word counts that is like none: it may be cut short."""
_UNWELCOME = np.float32(-1e9)

HOLDING = np.dtype([("turn", np.int32), ("got", np.float32)], align=True)
"""What a name holds of a query, by weight, and when that was last added to."""


class Names(NamedTuple):
    """Listed names, and which of them hold a token.

    Attributes:
        starts: Where the tokens of each name begin; one more than there are names.
        tokens: Tokens of all names.
        entity: Number of the entity that bears the name.
        schema: Schema number of that entity.
        weight: What all its tokens count for together: their bits, of words that tell nothing times `HARDLY`.
        holder_starts: Where the names that hold a token begin; one more than there are tokens.
        holders: The names that hold each token, ascending.
    """

    starts: NDArray[np.int64]
    tokens: NDArray[np.int32]
    entity: NDArray[np.int32]
    schema: NDArray[np.uint8]
    weight: NDArray[np.float32]
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
        marked: When a token of the vocabulary was last found to be like one of a query.
        first_node: Its first node.
        node_token, node_likeness, node_how, node_next: Which tokens of the query it is like: short linked lists.
        weights: Of the tokens of a query.
        best: How much of each a name holds.
        best_names, best_covered: The names that hold most of a query.
        scratch: For alignment.
        row: For features.
    """

    clock: NDArray[np.int32]
    seen: NDArray[np.int32]
    holding: NDArray[np.void]
    gathered: NDArray[np.int32]
    marked: NDArray[np.int32]
    first_node: NDArray[np.int32]
    node_token: NDArray[np.int32]
    node_likeness: NDArray[np.float32]
    node_how: NDArray[np.uint8]
    node_next: NDArray[np.int32]
    weights: NDArray[np.float32]
    best: NDArray[np.float32]
    best_names: NDArray[np.int32]
    best_covered: NDArray[np.float32]
    scratch: Scratch
    row: NDArray[np.float32]


LAST_TURN = (1 << 26) - (1 << 22)
"""Memory whose clock stands here is full; make another one. Leaves room for a batch of two million tokens and queries."""


def memory_for(tokens: int, names: int) -> Memory:
    """Set working memory aside for a vocabulary and a list of names; pages that are never touched take no room."""
    most_nodes = 8192
    return Memory(
        np.zeros(1, np.int32),
        np.zeros(tokens, np.int32),
        np.zeros(names, HOLDING),
        np.empty(MOST_GATHERED, np.int32),
        np.zeros(tokens, np.int32),
        np.empty(tokens, np.int32),
        np.empty(most_nodes, np.int32),
        np.empty(most_nodes, np.float32),
        np.empty(most_nodes, np.uint8),
        np.empty(most_nodes, np.int32),
        np.zeros(MOST_TOKENS, np.float32),
        np.zeros(MOST_TOKENS, np.float32),
        np.empty(MOST_ALIGNED, np.int32),
        np.empty(MOST_ALIGNED, np.float32),
        scratch(),
        np.zeros(len(FEATURES), np.float32),
    )


class Found(NamedTuple):
    """The best names of each query, best first."""

    starts: NDArray[np.int64]
    names: NDArray[np.int32]
    scores: NDArray[np.float32]


@kernel
def search_names(
    queries: Queries,
    vocabulary: Vocabulary,
    names: Names,
    allowed: NDArray[np.bool_],
    forest: Forest,
    costs: Costs,
    memory: Memory,
    threshold: float,
    most: int,
    aligned: int,
) -> Found:
    """Find the names most like each query.

    Args:
        queries: What to look for.
        vocabulary: Tokens of the listed names.
        names: The listed names.
        allowed: Which entities may be found; empty means all.
        forest: The score of a row of features.
        costs: Of edits.
        memory: Of this thread.
        threshold: Lowest score.
        most: Most names for one query.
        aligned: Most names that are aligned for one query: those that hold most of it; at most `MOST_ALIGNED`.
    """
    rows, most = len(queries.starts) - 1, min(most, aligned)
    starts = np.zeros(rows + 1, np.int64)
    out_names, out_scores = np.empty(rows * most, np.int32), np.empty(rows * most, np.float32)
    scores = np.empty(aligned, np.float32)
    count = 0
    for row in range(rows):
        memory.clock[0] += 1
        tokens = queries.tokens[queries.starts[row] : queries.starts[row + 1]][:MOST_TOKENS]
        held = _candidates(tokens, row, queries, vocabulary, names, allowed, memory, aligned)
        for place in range(held):
            name = memory.best_names[place]
            listed = names.tokens[names.starts[name] : names.starts[name + 1]]
            _meet(tokens, queries.batch, listed, vocabulary.tokens, costs, memory)
            match(tokens, queries.batch, listed, vocabulary.tokens, costs, memory.scratch)
            tell(
                tokens,
                queries.batch,
                listed,
                vocabulary.tokens,
                costs,
                queries.organization[row],
                memory.scratch,
                memory.row,
            )
            scores[place] = probability(forest, memory.row)
        order = np.argsort(-scores[:held], kind="mergesort")
        for place in order[:most]:
            if scores[place] < threshold:
                break
            out_names[count], out_scores[count] = memory.best_names[place], scores[place]
            count += 1
        starts[row + 1] = count
    return Found(starts, out_names[:count], out_scores[:count])


@kernel
def _candidates(
    tokens: NDArray[np.int32],
    row: int,
    queries: Queries,
    vocabulary: Vocabulary,
    names: Names,
    allowed: NDArray[np.bool_],
    memory: Memory,
    aligned: int,
) -> int:
    """Find the names that hold most of a query, those that hold most first; says how many, at most `aligned`."""
    total = _weigh(tokens, queries, memory)
    if total <= 0.0:
        return 0
    many = _gather(tokens, total, queries, names, queries.welcome[queries.choice[row]], allowed, memory)
    enough = _enough(many, total, _WEIGHED * aligned, names, memory)
    surely = enough + 1.0 / _STEPS
    left = _MOST_TIED if _has_open_token(tokens, queries) else 2 * _WEIGHED * aligned
    held = 0
    for least, below in ((surely, np.inf), (enough, surely)):  # of those that promise just enough there may be too many
        for place in range(many):
            name = memory.gathered[place]
            if left == 0 or not least <= _promise(name, total, names, memory) < below:
                continue
            left -= 1
            covered = _covered(name, len(tokens), total, names, vocabulary.tokens, memory)
            if covered > 0.0:
                covered += _begun(tokens, queries.batch, name, names, vocabulary.tokens, memory)
                held = _keep(name, covered, names, memory, held, aligned)
    return held


@leaf
def _has_open_token(tokens: NDArray[np.int32], queries: Queries) -> bool:
    """Whether a query has an initial, or a last word without its like: names are told apart by it only when they are weighed."""
    for i in range(len(tokens)):
        alone = queries.alike.starts[tokens[i]] == queries.alike.starts[tokens[i] + 1]
        if queries.batch.rows[tokens[i]].kind == INITIAL or (alone and i == len(tokens) - 1):
            return True
    return False


@inlined
def _promise(name: int, total: float, names: Names, memory: Memory) -> float:
    """How much of the query a name holds as far as gathered, and what share of the name that is; as `_covered`, at most 1."""
    got = memory.holding[name].got
    own = names.weight[name]
    return 0.75 * min(1.0, got / total) + 0.25 * (min(1.0, got / own) if own > 0.0 else 0.0)


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
            if memory.marked[other] != now:
                memory.marked[other], memory.first_node[other] = now, -1
            memory.node_token[used], memory.node_likeness[used] = i, alike.likeness[place]
            memory.node_how[used], memory.node_next[used] = alike.how[place], memory.first_node[other]
            memory.first_node[other] = used
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
) -> int:
    """Add up what names hold of a query, the rarest tokens first; says how many hold any.

    Where the tokens that are left could not make a name worth a look, they only add to names found by others.
    """
    many, alike, holding = len(tokens), queries.alike, memory.holding
    spread = np.zeros(many, np.int64)
    for i in range(many):
        for place in range(alike.starts[tokens[i]], alike.starts[tokens[i] + 1]):
            other = alike.tokens[place]
            spread[i] += names.holder_starts[other + 1] - names.holder_starts[other]
    base, count, remaining = memory.clock[0] * 32, 0, total
    for i in np.argsort(spread, kind="mergesort"):
        weight, leads = memory.weights[i], remaining >= COVERED * total or count == 0
        remaining -= weight
        if weight <= 0.0 or (not leads and spread[i] > _MOST_FOLLOWED):
            continue
        turn = np.int32(base + i)
        for place in range(alike.starts[tokens[i]], alike.starts[tokens[i] + 1]):
            other, gain = alike.tokens[place], np.float32(weight * alike.likeness[place])
            for at in range(names.holder_starts[other], names.holder_starts[other + 1]):
                name = names.holders[at]
                state = holding[name]
                if state.turn == turn:
                    continue  # it holds a token that is more alike
                if state.turn >= base:
                    state.got += gain
                    state.turn = turn
                elif leads and count < MOST_GATHERED:
                    state.turn = turn
                    state.got = _UNWELCOME
                    if welcome[names.schema[name]] and (len(allowed) == 0 or allowed[names.entity[name]]):
                        state.got = gain
                        memory.gathered[count] = name
                        count += 1
    return count


@kernel
def _enough(many: int, total: float, wanted: int, names: Names, memory: Memory) -> float:
    """What a name must promise to be among the best: at least so many do, as far as there are."""
    if many <= wanted:
        return 0.0
    counts = np.zeros(_STEPS + 1, np.int32)
    for place in range(many):
        counts[int(_promise(memory.gathered[place], total, names, memory) * _STEPS)] += 1
    last, above = _STEPS, 0
    while last > 0 and above + counts[last] < wanted:
        above += counts[last]
        last -= 1
    return (last - 0.001) / _STEPS


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
        if memory.marked[token] != now:
            continue
        node, highest = memory.first_node[token], np.float32(0.0)
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
            if memory.marked[other] != memory.clock[0] and vocabulary.rows[other].first == token.first:
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
        if names.entity[kept[place]] == names.entity[name]:
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


@leaf
def _meet(
    tokens: NDArray[np.int32],
    batch: Tokens,
    listed: NDArray[np.int32],
    vocabulary: Tokens,
    costs: Costs,
    memory: Memory,
) -> None:
    """Write how alike each two tokens are: from what was looked up where they were found alike there."""
    work = memory.scratch
    many, others = len(tokens), min(len(listed), MOST_TOKENS)
    for j in range(others):
        other = listed[j]
        node = memory.first_node[other] if memory.marked[other] == memory.clock[0] else -1
        for i in range(many):
            work.likeness[i, j] = -1.0
        while node >= 0:
            i, how = memory.node_token[node], memory.node_how[node]
            if how != HOW_JOINED and how != HOW_SHORTENED:
                work.likeness[i, j], work.how[i, j] = memory.node_likeness[node], how
            node = memory.node_next[node]
        for i in range(many):
            if work.likeness[i, j] < 0.0:
                work.likeness[i, j], work.how[i, j] = pair_likeness(
                    tokens[i], batch, other, vocabulary, costs, work.room, work.masks, FLOOR
                )


@kernel
def listed_features(
    queries: Queries,
    rows: NDArray[np.int32],
    found: NDArray[np.int32],
    vocabulary: Vocabulary,
    names: Names,
    costs: Costs,
) -> NDArray[np.float32]:
    """Features of queries and listed names that were found for them, one line a pair."""
    out, work = np.zeros((len(rows), len(FEATURES)), np.float32), scratch()
    for pair in range(len(rows)):
        row, name = rows[pair], found[pair]
        features(
            queries.tokens[queries.starts[row] : queries.starts[row + 1]],
            queries.batch,
            names.tokens[names.starts[name] : names.starts[name + 1]],
            vocabulary.tokens,
            costs,
            queries.organization[row],
            work,
            out[pair],
        )
    return out
