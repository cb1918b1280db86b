"""Many pairs of names compared, without any list."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.alignment import MOST_TOKENS, Scratch, match, scratch
from shellgame.kernels.compiling import kernel, leaf
from shellgame.kernels.features import FEATURES, tell
from shellgame.kernels.forest import Forest, probability
from shellgame.kernels.tokens import FLOOR, Tokens, pair_likeness
from shellgame.names.costs import Tables as Costs


class _Memo(NamedTuple):
    """Likeness of tokens that were compared: at each place that of the two that came there last.

    Names that are compared in one go share many of their words.
    """

    first: NDArray[np.int32]
    second: NDArray[np.int32]
    likeness: NDArray[np.float32]
    how: NDArray[np.uint8]


@kernel
def _memo(places: int) -> _Memo:
    """Set room aside, for a power of two of places."""
    return _Memo(
        np.full(places, -1, np.int32),
        np.full(places, -1, np.int32),
        np.empty(places, np.float32),
        np.empty(places, np.uint8),
    )


@kernel
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
    places = 64
    while places < 8 * len(left) and places < 1 << 16:
        places *= 2
    memo = _memo(places)
    for pair in range(len(left)):
        a, b = left[pair], right[pair]
        one, other = rows[starts[a] : starts[a + 1]], rows[starts[b] : starts[b + 1]]
        _hold_tokens(one, other, tokens, costs, memo, work)
        match(one, tokens, other, tokens, costs, work)
        tell(one, tokens, other, tokens, costs, organization[pair], work, out[pair])
    return out


@leaf
def _hold_tokens(
    one: NDArray[np.int32], other: NDArray[np.int32], tokens: Tokens, costs: Costs, memo: _Memo, work: Scratch
) -> None:
    """Write the likeness of each two tokens, and the way they are alike."""
    mask = len(memo.first) - 1
    for i in range(min(len(one), MOST_TOKENS)):
        for j in range(min(len(other), MOST_TOKENS)):
            a, b = one[i], other[j]
            place = (a * 40_503 ^ b * 30_941) & mask
            if memo.first[place] != a or memo.second[place] != b:
                memo.first[place], memo.second[place] = a, b
                memo.likeness[place], memo.how[place] = pair_likeness(
                    a, tokens, b, tokens, costs, work.room, work.masks, FLOOR
                )
            work.likeness[i, j], work.how[i, j] = memo.likeness[place], memo.how[place]


@kernel
def probabilities(forest: Forest, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The score of each row of features."""
    out = np.empty(len(rows), np.float32)
    for row in range(len(rows)):
        out[row] = probability(forest, rows[row])
    return out
