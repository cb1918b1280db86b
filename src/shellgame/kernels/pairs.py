"""Many pairs of names compared, without any list."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from shellgame.kernels.alignment import FEATURES, Tokens, features, scratch
from shellgame.kernels.forest import Forest, probability
from shellgame.names.sounds import Tables as Costs


@njit(cache=True, nogil=True)
def pair_features(
    starts: NDArray[np.int64],
    rows: NDArray[np.int32],
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    organization: NDArray[np.bool_],
    tokens: Tokens,
    costs: Costs,
) -> NDArray[np.float32]:
    """One row of features a pair.

    Args:
        starts: Where the tokens of each name begin.
        rows: Tokens of all names, as numbers in `tokens`.
        left: Number of the one name of each pair.
        right: Number of the other.
        organization: Whether a pair was analysed as names of organisations.
        tokens: The vocabulary.
        costs: Of edits.
    """
    out, work = np.zeros((len(left), len(FEATURES)), np.float32), scratch()
    for pair in range(len(left)):
        a, b = left[pair], right[pair]
        features(
            rows[starts[a] : starts[a + 1]],
            tokens,
            rows[starts[b] : starts[b + 1]],
            tokens,
            costs,
            organization[pair],
            work,
            out[pair],
        )
    return out


@njit(cache=True, nogil=True)
def probabilities(forest: Forest, rows: NDArray[np.float32], searching: float) -> NDArray[np.float32]:
    """The score of each row of features."""
    out = np.empty(len(rows), np.float32)
    for row in range(len(rows)):
        out[row] = probability(forest, rows[row], searching)
    return out
