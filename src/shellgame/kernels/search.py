"""From the tokens of a query to the names most like it: names that hold them, and the best of these aligned and scored."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.alignment import MOST_TOKENS, match, scratch
from shellgame.kernels.candidates import candidates
from shellgame.kernels.compiling import kernel, leaf
from shellgame.kernels.features import (
    EDITS,
    FEATURES,
    INITIALS,
    MET_BITS,
    ORGANIZATION,
    REPLACED_BITS,
    TURNED,
    WORST_LIKENESS,
    features,
    tell,
)
from shellgame.kernels.forest import Forest, probability
from shellgame.kernels.listed import Names, Queries, stands_before
from shellgame.kernels.lists import list_at
from shellgame.kernels.memory import Memory
from shellgame.kernels.tokens import FLOOR, HOW_JOINED, HOW_SHORTENED, Tokens, pair_likeness
from shellgame.kernels.vocabulary import Vocabulary
from shellgame.names.costs import Tables as Costs

_FIRST, _NEARLY, _HOPE = 8, np.float32(0.8), 0.5
"""So many names are aligned at any rate, others that hold so much of what the first holds, and all where one has reached so much of
the threshold.

Of a thousand alerts this loses less than one; of what is aligned for strangers it spares a third."""

_COINCIDENCE, _DOUBTED = np.float32(12.0), np.float32(0.6)
"""Where a name has another word instead of one of a query, or a company's an initial (Green S, Green Supply), and what met tells no
more bits than this (one in four thousand bears that), the score is at most so much."""
_MANY_SLIPS, _MISSPELT = 3, np.float32(0.9)
"""As is that of a person's name in another order whose words have so many slips, one of them being no more alike than this."""
_ALERT, _LEFT = np.float32(0.7), np.float32(0.01)
"""Of an alert by the very words of a query so much is left of what is missing to 1: no slip of theirs is to stand above it."""


class Found(NamedTuple):
    """The best name of each of the best entities for each query, best first."""

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
    """Find the entities with names most like each query.

    Args:
        queries: What to look for.
        vocabulary: Tokens of the listed names.
        names: The listed names.
        allowed: Which entities may be found; empty means all.
        forest: The score of a row of features.
        costs: Of edits.
        memory: Of this thread.
        threshold: Lowest score.
        most: Most entities for one query.
        aligned: Most names that are aligned for one query: those that hold most of it; at most `MOST_ALIGNED`.
    """
    rows, most = len(queries.tokens.starts) - 1, min(most, aligned)
    starts = np.zeros(rows + 1, np.int64)
    found, scores = np.empty(rows * most, np.int32), np.empty(rows * most, np.float32)
    count = 0
    for row in range(rows):
        memory.clock[0] += 1
        tokens = list_at(queries.tokens, row)[:MOST_TOKENS]
        held = candidates(tokens, row, queries, vocabulary.tokens, names, allowed, memory, aligned)
        held = _score(
            tokens,
            queries.batch,
            queries.organization[row],
            held,
            vocabulary.tokens,
            names,
            forest,
            costs,
            memory,
            _HOPE * threshold,
        )
        _sort(held, names, memory)
        for place in range(held):
            if memory.scores[place] < threshold or count == starts[row] + most:
                break
            name = memory.best_names[place]
            if not _has_entity(found[starts[row] : count], names.rows[name].entity, names):
                found[count], scores[count] = name, memory.scores[place]
                count += 1
        starts[row + 1] = count
    return Found(starts, found[:count], scores[:count])


@leaf
def _score(
    tokens: NDArray[np.int32],
    batch: Tokens,
    organization: bool,
    held: int,
    vocabulary: Tokens,
    names: Names,
    forest: Forest,
    costs: Costs,
    memory: Memory,
    hopeful: float,
) -> int:
    """Align a query with the names that hold most of it, and score them; says how many.

    Where none of the first is hopeful, those that hold much less of it than the very first are left out.
    """
    lines, best = 0, np.float32(0.0)
    for place in range(held):
        name = memory.best_names[place]
        if place >= _FIRST and best < hopeful and memory.best_covered[place] < _NEARLY * memory.best_covered[0]:
            return place
        listed = list_at(names.tokens, name)
        lines = _meet(tokens, batch, listed, vocabulary, costs, memory, lines)
        match(tokens, batch, listed, vocabulary, costs, memory.scratch)
        tell(tokens, batch, listed, vocabulary, costs, organization, memory.scratch, memory.row)
        memory.scores[place] = _score_of(memory.row, forest)
        if memory.scores[place] >= _ALERT and _is_word_for_word(tokens, batch, listed, vocabulary):
            memory.scores[place] = np.float32(1.0) - _LEFT * (np.float32(1.0) - memory.scores[place])
        best = max(best, memory.scores[place])
    return held


@leaf
def _score_of(row: NDArray[np.float32], forest: Forest) -> np.float32:
    """The score of a row of features; less than an alert where two names agree as strangers' do now and then."""
    score = np.float32(probability(forest, row))
    another = row[REPLACED_BITS] > 0.0 or (row[ORGANIZATION] > 0.0 and row[INITIALS] > 0.0)
    coincides = another and row[MET_BITS] < _COINCIDENCE
    of_person = row[ORGANIZATION] == 0.0
    turned = of_person and row[TURNED] > 0.0 and row[EDITS] >= _MANY_SLIPS and row[WORST_LIKENESS] < _MISSPELT
    return min(score, _DOUBTED) if coincides or turned else score


@leaf
def _is_word_for_word(tokens: NDArray[np.int32], batch: Tokens, listed: NDArray[np.int32], vocabulary: Tokens) -> bool:
    """Whether a listed name is of the words of the query, in their order and script."""
    if len(tokens) != len(listed):
        return False
    for place in range(len(tokens)):
        one, other = batch.rows[tokens[place]], vocabulary.rows[listed[place]]
        if one.text != other.text or one.printed != other.printed or one.origin != other.origin:
            return False
    return True


@leaf
def _sort(held: int, names: Names, memory: Memory) -> None:
    """Sort the scored names, best first, of equals by entity and name."""
    found, scores = memory.best_names, memory.scores
    for last in range(1, held):
        name, score, place = found[last], scores[last], last
        while place > 0:
            before = found[place - 1]
            if scores[place - 1] > score or (scores[place - 1] == score and not stands_before(name, before, names)):
                break
            found[place], scores[place] = before, scores[place - 1]
            place -= 1
        found[place], scores[place] = name, score


@leaf
def _has_entity(found: NDArray[np.int32], entity: int, names: Names) -> bool:
    for name in found:
        if names.rows[name].entity == entity:
            return True
    return False


@leaf
def _meet(
    tokens: NDArray[np.int32],
    batch: Tokens,
    listed: NDArray[np.int32],
    vocabulary: Tokens,
    costs: Costs,
    memory: Memory,
    lines: int,
) -> int:
    """Write how alike each two tokens are; says how many lines of `memory.likeness` there are now.

    Names found for one query share many of their tokens, so that these are held against it once.
    """
    work, many = memory.scratch, len(tokens)
    for j in range(min(len(listed), MOST_TOKENS)):
        mark = memory.marks[listed[j]]
        if mark.turn != memory.clock[0]:
            mark.turn, mark.node, mark.line = memory.clock[0], -1, -1
        if mark.line < 0:
            mark.line = lines
            lines += 1
            _fill_line(tokens, batch, listed[j], vocabulary, costs, memory)
        for i in range(many):
            work.likeness[i, j], work.how[i, j] = memory.likeness[mark.line, i], memory.how[mark.line, i]
    return lines


@leaf
def _fill_line(
    tokens: NDArray[np.int32], batch: Tokens, other: int, vocabulary: Tokens, costs: Costs, memory: Memory
) -> None:
    """Write how alike a listed token is to each of a query: from what was looked up where they were found alike there."""
    work, mark = memory.scratch, memory.marks[other]
    likeness, ways = memory.likeness[mark.line], memory.how[mark.line]
    likeness[: len(tokens)] = -1.0
    node = mark.node
    while node >= 0:
        i, how = memory.node_token[node], memory.node_how[node]
        if how != HOW_JOINED and how != HOW_SHORTENED:
            likeness[i], ways[i] = memory.node_likeness[node], how
        node = memory.node_next[node]
    for i in range(len(tokens)):
        if likeness[i] < 0.0:
            likeness[i], ways[i] = pair_likeness(
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
            list_at(queries.tokens, row),
            queries.batch,
            list_at(names.tokens, name),
            vocabulary.tokens,
            costs,
            queries.organization[row],
            work,
            out[pair],
        )
    return out
