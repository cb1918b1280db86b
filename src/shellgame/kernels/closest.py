"""Which names of two records are worth comparing: of each name only those of the other side that share most sounds with it."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from shellgame.kernels.alignment import Tokens, bit_count

CLOSEST = 2
"""So many names of the other side are compared with each; the others could not be its best."""
_NOT_EQUAL = 0.9
"""What the same sounds count for at most where the words are not the same."""


@njit(cache=True, nogil=True)
def closest_pairs(
    left_starts: NDArray[np.int64],
    left: NDArray[np.int32],
    right_starts: NDArray[np.int64],
    right: NDArray[np.int32],
    starts: NDArray[np.int64],
    rows: NDArray[np.int32],
    tokens: Tokens,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
    """Choose pairs of names; the same whichever record stands on the left.

    Args:
        left_starts: Where the names of each left record begin; one more than there are pairs of records.
        left: Names of all left records, as numbers of rows.
        right_starts: The same of the right records.
        right: The same of the right records.
        starts: Where the tokens of each row begin.
        rows: Tokens of all rows.
        tokens: The vocabulary.

    Returns:
        The left row and the right row of each pair chosen, and its place among all pairs of names, counted through the pairs of
        records, left names and right names in this order.
    """
    capacity = CLOSEST * (len(left) + len(right))
    first, second, place = np.empty(capacity, np.int32), np.empty(capacity, np.int32), np.empty(capacity, np.int64)
    count, base = 0, 0
    for pair in range(len(left_starts) - 1):
        here = left[left_starts[pair] : left_starts[pair + 1]]
        there = right[right_starts[pair] : right_starts[pair + 1]]
        chosen = _chosen(here, there, starts, rows, tokens)
        for i in range(len(here)):
            for j in range(len(there)):
                if chosen[i, j]:
                    first[count], second[count], place[count] = here[i], there[j], base + i * len(there) + j
                    count += 1
        base += len(here) * len(there)
    return first[:count], second[:count], place[:count]


@njit(cache=True, nogil=True)
def _chosen(
    here: NDArray[np.int32],
    there: NDArray[np.int32],
    starts: NDArray[np.int64],
    rows: NDArray[np.int32],
    tokens: Tokens,
) -> NDArray[np.bool_]:
    close = np.empty((len(here), len(there)), np.float64)
    for i in range(len(here)):
        for j in range(len(there)):
            one = rows[starts[here[i]] : starts[here[i] + 1]]
            other = rows[starts[there[j]] : starts[there[j] + 1]]
            close[i, j] = _covered(one, other, tokens) + _covered(other, one, tokens)
    chosen = np.zeros(close.shape, np.bool_)
    for i in range(len(here)):
        _mark_closest(close[i], chosen[i])
    for j in range(len(there)):
        _mark_closest(close[:, j], chosen[:, j])
    return chosen


@njit(cache=True, nogil=True)
def _mark_closest(close: NDArray[np.float64], chosen: NDArray[np.bool_]) -> None:
    """Mark the highest, the first ones of equals."""
    last, before = np.inf, -1
    for _ in range(min(CLOSEST, len(close))):
        best = -1
        for place in range(len(close)):
            later = close[place] < last or (close[place] == last and place > before)
            if later and (best < 0 or close[place] > close[best]):
                best = place
        chosen[best] = True
        last, before = close[best], best


@njit(cache=True, nogil=True)
def _covered(one: NDArray[np.int32], other: NDArray[np.int32], tokens: Tokens) -> float:
    """How much of one name the other has, by weight and by sounds in whatever order, 0 to 1."""
    total = met = 0.0
    for a in one:
        best = 0.0
        for b in other:
            if a == b or (tokens.group[a] != 0 and tokens.group[a] == tokens.group[b]):
                best = 1.0
                break
            common = bit_count(tokens.letters[a] & tokens.letters[b])
            best = max(best, _NOT_EQUAL * common / max(1, bit_count(tokens.letters[a] | tokens.letters[b])))
        total += tokens.bits[a]
        met += tokens.bits[a] * best
    return met / total if total > 0.0 else 0.0
