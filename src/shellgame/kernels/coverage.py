"""What all names of two records say together, from the scores of the names two by two."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.closest import NameLists
from shellgame.kernels.compiling import kernel, leaf
from shellgame.kernels.lists import list_at

MET = 0.5
"""From this much a name that else does not count is found on the other side."""
BEST, COVERAGE, REVERSE, EQUAL_NAMES = range(4)
"""Columns of what is told."""


@kernel
def summed_up(
    lists: NameLists,
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    starts: NDArray[np.int64],
    scores: NDArray[np.float32],
    wholes: NDArray[np.float32],
) -> NDArray[np.float64]:
    """Sum up what the names of each pair of records say.

    Args:
        lists: The names.
        left: One record of each pair.
        right: The other.
        starts: Where the scores of each pair begin; one more than there are pairs.
        scores: Of each left name with each right name, left names outside.
        wholes: The same, less where words of one name met none of the other.

    Returns:
        A row for each pair, its columns those of `odds.NameEvidence`; not a number where a side has no name. The same whichever
        record stands on the left.
    """
    told = np.full((len(left), 4), np.nan)
    for pair in range(len(left)):
        a, b = left[pair], right[pair]
        begin, end = starts[pair], starts[pair + 1]
        if begin == end:
            continue
        counted, others = (
            lists.counted[lists.names.starts[a] : lists.names.starts[a + 1]],
            lists.counted[lists.names.starts[b] : lists.names.starts[b + 1]],
        )
        own = wholes[begin:end].reshape(len(counted), len(others))
        here, there = _coverage(own, counted), _coverage(own.T, others)
        told[pair, BEST] = _best(scores[begin:end].reshape(len(counted), len(others)), counted, others)
        told[pair, COVERAGE], told[pair, REVERSE] = max(here, there), min(here, there)
        told[pair, EQUAL_NAMES] = _equal(list_at(lists.keys, a), list_at(lists.keys, b))
    return told


@kernel
def _best(scores: NDArray[np.float32], counted: NDArray[np.bool_], others: NDArray[np.bool_]) -> float:
    """The best that two names found: not two that do not count where both sides have names that do, many share a nickname."""
    passed_over = counted.any() and others.any()
    best = 0.0
    for i in range(len(counted)):
        for j in range(len(others)):
            if counted[i] or others[j] or not passed_over:
                best = max(best, scores[i, j])
    return best


@kernel
def _coverage(scores: NDArray[np.float32], counted: NDArray[np.bool_]) -> float:
    """Mean of the best that each name that counts found; of all where none does."""
    total = whole = 0.0
    many = 0
    for i in range(len(scores)):
        best = scores[i].max()
        whole += best
        if counted[i] or best > MET:
            total += best
            many += 1
    return total / many if many else whole / len(scores)


@leaf
def _equal(keys: NDArray[np.int32], others: NDArray[np.int32]) -> float:
    """Share of the fewer keys that the other side has."""
    i = j = common = 0
    while i < len(keys) and j < len(others):
        common += keys[i] == others[j]
        step_i, step_j = keys[i] <= others[j], others[j] <= keys[i]
        i, j = i + step_i, j + step_j
    fewest = min(len(keys), len(others))
    return common / fewest if fewest else 0.0
