"""A boosted forest of small trees over a row of features, as arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray


class Forest(NamedTuple):
    """Trees whose values add up to log odds; the last feature of every row is handed over apart.

    Attributes:
        roots: First node of each tree.
        column: Feature that a node asks for; -1 is a leaf.
        threshold: Rows up to this go left.
        left: Next node; the one right of it follows at `left + 1`.
        value: Of a leaf, in log odds.
        slopes: What each feature adds a unit, so that no two different rows tie.
        start: Log odds before any tree, for a pair that somebody put together and for one that a search put together.
    """

    roots: NDArray[np.int32]
    column: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    value: NDArray[np.float32]
    slopes: NDArray[np.float32]
    start: NDArray[np.float32]


@njit(cache=True, nogil=True)
def log_odds(forest: Forest, row: NDArray[np.float32], searching: float) -> float:
    """Log odds that two names are one; `searching` is 1 when a list was searched, 0 for a pair that somebody put together."""
    total = forest.start[1 if searching > 0.5 else 0]
    for column in range(len(row)):
        total += forest.slopes[column] * row[column]
    for root in forest.roots:
        node = root
        while forest.column[node] >= 0:
            column = forest.column[node]
            value = searching if column == len(row) else row[column]
            node = forest.left[node] + (0 if value <= forest.threshold[node] else 1)
        total += forest.value[node]
    return total


@njit(cache=True, nogil=True)
def probability(forest: Forest, row: NDArray[np.float32], searching: float) -> float:
    """The same as a probability, 0 to 1."""
    return 1.0 / (1.0 + np.exp(-log_odds(forest, row, searching)))
