"""Boosted forests of small trees over a row of features, as arrays.

Every tree has four levels and is laid out whole, so that a walk is four comparisons and no branch; one that was grown
smaller repeats itself. That is several times as fast as following nodes, for no jump has to be guessed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import leaf

LEVELS = 4
PLACES = 1 << LEVELS
"""Places of a tree in `column` and `threshold` (its fifteen nodes, the root at 1), and in `value` (its sixteen leaves)."""


class Forest(NamedTuple):
    """Trees whose values add up to log odds, and a curve that makes these a score.

    There may be several parts, each with its own trees and curve, of which one feature of a row chooses one.

    Attributes:
        first: Number of the first tree of each part, and of all trees.
        chooser: The feature that chooses: up to 0 the first part, up to 1 the second and so on; the last part takes what is above.
        column: Feature that a node asks for, sixteen places a tree; below node n are 2n and 2n + 1, and the first place is idle.
        threshold: A row that is above this goes to 2n + 1, any other to 2n.
        value: Of each leaf from left to right, in log odds, sixteen a tree.
        slopes: What each feature adds a unit, so that no two different rows tie.
        start: Log odds before any tree, of each part.
        told: Log odds of the trees at the corners of the curve of each part, ascending; two or more.
        meant: The log odds that are meant there; between corners and beyond them the curve is straight.
    """

    first: NDArray[np.int32]
    chooser: NDArray[np.int32]
    column: NDArray[np.uint8]
    threshold: NDArray[np.float32]
    value: NDArray[np.float32]
    slopes: NDArray[np.float32]
    start: NDArray[np.float32]
    told: NDArray[np.float32]
    meant: NDArray[np.float32]


@leaf
def log_odds(forest: Forest, row: NDArray[np.float32]) -> float:
    """What the trees and slopes say of a row of features, as log odds that two names are one, before the curve."""
    part = _part(forest, row)
    total = np.float64(forest.start[part])
    for place in range(len(row)):
        total += forest.slopes[place] * row[place]
    for tree in range(forest.first[part], forest.first[part + 1]):
        places = slice(PLACES * tree, PLACES * (tree + 1))
        column, threshold, value = forest.column[places], forest.threshold[places], forest.value[places]
        # unsigned throughout: of a number with a sign it would be asked each time whether it counts from the end
        node = np.uint64(2) + np.uint64(row[column[1]] > threshold[1])
        node = node + node + np.uint64(row[column[node]] > threshold[node])
        node = node + node + np.uint64(row[column[node]] > threshold[node])
        total += value[node + node + np.uint64(row[column[node]] > threshold[node]) - np.uint64(PLACES)]
    return total


@leaf
def probability(forest: Forest, row: NDArray[np.float32]) -> float:
    """The score of a row of features, 0 to 1."""
    part = _part(forest, row)
    return 1.0 / (1.0 + np.exp(-_meant(forest.told[part], forest.meant[part], log_odds(forest, row))))


@leaf
def _part(forest: Forest, row: NDArray[np.float32]) -> int:
    """The part that a row belongs to."""
    return min(max(np.int64(np.ceil(row[forest.chooser[0]])), 0), len(forest.start) - 1)


@leaf
def _meant(told: NDArray[np.float32], meant: NDArray[np.float32], value: float) -> float:
    """Where a value lies on the curve."""
    corner = 1
    while corner < len(told) - 1 and value > told[corner]:
        corner += 1
    share = (value - told[corner - 1]) / (told[corner] - told[corner - 1])
    return meant[corner - 1] + share * (meant[corner] - meant[corner - 1])
