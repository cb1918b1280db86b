"""Which names of two records are worth comparing: for each name those of the other side that share most sounds with it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import kernel, leaf
from shellgame.kernels.lists import Lists, length_at, list_at
from shellgame.kernels.tokens import Tokens, bit_count

EQUAL = 3.0
"""Closeness of two names of the same tokens; of others at most 2."""
SURE = 0.9
"""Score from which a name has found its like, so that it is held against no other."""
_NOT_EQUAL = 0.9
"""What the same sounds count for at most where the words are not the same."""
_TOO_FAR = 0.6
"""Names less close than this are compared only where there is nothing closer."""


class NameLists(NamedTuple):
    """The names of many records as arrays; a record is a number.

    Attributes:
        names: Those of each record, as numbers of rows of tokens.
        counted: Whether each of them lowers the coverage where the other side has nothing like it.
        keys: What the names of each record are but for the order of words, as numbers; ascending, each once.
        rows: Tokens of each row.
    """

    names: Lists
    counted: NDArray[np.bool_]
    keys: Lists
    rows: Lists


@kernel
def closeness(
    lists: NameLists, tokens: Tokens, left: NDArray[np.int32], right: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Tell how many sounds all names of the left have in common with those of the right, for each pair of records.

    Args:
        lists: The names.
        tokens: The vocabulary.
        left: One record of each pair.
        right: The other.

    Returns:
        Where the names of each pair begin, one more than there are pairs; and the closeness of each left name with each right name,
        left names outside: 0 to 2, or `EQUAL`. The same whichever record stands on the left.
    """
    starts = np.zeros(len(left) + 1, np.int64)
    for pair in range(len(left)):
        many = length_at(lists.names, left[pair]) * length_at(lists.names, right[pair])
        starts[pair + 1] = starts[pair] + many
    close = np.zeros(starts[-1], np.float64)
    slots, other_slots = np.full(len(tokens.rows), -1, np.int32), np.full(len(tokens.rows), -1, np.int32)
    for pair in range(len(left)):
        here, there = list_at(lists.names, left[pair]), list_at(lists.names, right[pair])
        words, others = _numbered(here, lists, slots), _numbered(there, lists, other_slots)
        alike = _alike(words, others, tokens)
        own = close[starts[pair] : starts[pair + 1]].reshape(len(here), len(there))
        _add_covered(own, here, slots, there, other_slots, alike, lists, tokens)
        _add_covered(own.T, there, other_slots, here, slots, alike.T, lists, tokens)
        for i in range(len(here)):
            for j in range(len(there)):
                if here[i] == there[j]:
                    own[i, j] = EQUAL
        slots[words], other_slots[others] = -1, -1
    return starts, close


@kernel
def _numbered(names: NDArray[np.int32], lists: NameLists, slots: NDArray[np.int32]) -> NDArray[np.int32]:
    """Number the different tokens of a record: the number of each goes to its slot."""
    most = 0
    for name in names:
        most += length_at(lists.rows, name)
    words, count = np.empty(most, np.int32), 0
    for name in names:
        for token in list_at(lists.rows, name):
            if slots[token] < 0:
                slots[token], words[count] = count, token
                count += 1
    return words[:count]


@kernel
def _alike(words: NDArray[np.int32], others: NDArray[np.int32], tokens: Tokens) -> NDArray[np.float64]:
    """How many of their sounds every two tokens have in common, 0 to 1."""
    alike = np.empty((len(words), len(others)), np.float64)
    for u in range(len(words)):
        one = tokens.rows[words[u]]
        for v in range(len(others)):
            other = tokens.rows[others[v]]
            if words[u] == others[v] or (one.group != 0 and one.group == other.group):
                alike[u, v] = 1.0
            else:
                common = bit_count(one.letters & other.letters)
                alike[u, v] = _NOT_EQUAL * common / max(1, bit_count(one.letters | other.letters))
    return alike


@kernel
def _add_covered(
    close: NDArray[np.float64],
    here: NDArray[np.int32],
    slots: NDArray[np.int32],
    there: NDArray[np.int32],
    other_slots: NDArray[np.int32],
    alike: NDArray[np.float64],
    lists: NameLists,
    tokens: Tokens,
) -> None:
    """Add how much of each name of the one side each name of the other has, by weight and in whatever order, 0 to 1."""
    best = np.empty(len(alike), np.float64)
    for j in range(len(there)):
        best[:] = 0.0
        for token in list_at(lists.rows, there[j]):
            best = np.maximum(best, alike[:, other_slots[token]])
        for i in range(len(here)):
            total = met = 0.0
            for token in list_at(lists.rows, here[i]):
                total += tokens.rows[token].bits
                met += tokens.rows[token].bits * best[slots[token]]
            close[i, j] += met / total if total > 0.0 else 0.0


@kernel
def closest_pairs(
    lists: NameLists,
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    starts: NDArray[np.int64],
    close: NDArray[np.float64],
    scores: NDArray[np.float32],
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
    """Choose for each name that has not found its like yet the closest one that it was not held against.

    Args:
        lists: The names.
        left: One record of each pair.
        right: The other.
        starts: As `closeness` tells.
        close: As `closeness` tells.
        scores: Of all pairs of names, in the order of `close`; below 0 where they were not compared yet.

    Returns:
        The lesser and the greater row of each pair of names chosen, and its place in `close`; each place once. The same whichever
        record stands on the left.
    """
    chosen = np.zeros(len(close), np.bool_)
    for pair in range(len(left)):
        shape = length_at(lists.names, left[pair]), length_at(lists.names, right[pair])
        begin, end = starts[pair], starts[pair + 1]
        if begin < end:
            marks = chosen[begin:end].reshape(shape)
            nearness, told = close[begin:end].reshape(shape), scores[begin:end].reshape(shape)
            for i in range(shape[0]):
                _mark_next(nearness[i], told[i], marks[i])
            for j in range(shape[1]):
                _mark_next(nearness[:, j], told[:, j], marks[:, j])
    places = np.flatnonzero(chosen)
    first, second = np.empty(len(places), np.int32), np.empty(len(places), np.int32)
    pair = 0
    for number, place in enumerate(places):
        while starts[pair + 1] <= place:
            pair += 1
        i, j = divmod(place - starts[pair], length_at(lists.names, right[pair]))
        one, other = list_at(lists.names, left[pair])[i], list_at(lists.names, right[pair])[j]
        first[number], second[number] = min(one, other), max(one, other)
    return first, second, places


@leaf
def _mark_next(close: NDArray[np.float64], scores: NDArray[np.float32], marks: NDArray[np.bool_]) -> None:
    """Mark the closest that was not compared, the first of equals, unless one that was is surely the same or all else too far."""
    compared, best = False, -1
    for place in range(len(close)):
        if scores[place] >= SURE:
            return
        if scores[place] >= 0.0:
            compared = True
        elif best < 0 or close[place] > close[best]:
            best = place
    if best >= 0 and (close[best] >= _TOO_FAR or not compared):
        marks[best] = True
