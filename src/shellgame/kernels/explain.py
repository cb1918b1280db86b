"""Which tokens of two names met, told one by one for people."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.alignment import MOST_TOKENS, align, scratch
from shellgame.kernels.compiling import kernel
from shellgame.kernels.tokens import Tokens
from shellgame.names.costs import Tables as Costs


@kernel
def met_pairs(
    names_a: NDArray[np.int32], names_b: NDArray[np.int32], tokens: Tokens, costs: Costs
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Align two names and tell what met.

    Args:
        names_a: Tokens of the one name, as numbers in `tokens`.
        names_b: Tokens of the other.
        tokens: The vocabulary of both.
        costs: Of edits.

    Returns:
        One line for each pair of tokens that met, by place in the one name and then in the other: both places and how
        (`kernels.tokens.HOW_*`); and how alike the two are, 0 to 1.
    """
    work = scratch()
    align(names_a, tokens, names_b, tokens, costs, work)
    many_a, many_b = min(len(names_a), MOST_TOKENS), min(len(names_b), MOST_TOKENS)
    pairs, likeness = np.empty((many_a * many_b, 3), np.int32), np.empty(many_a * many_b, np.float32)
    count = 0
    for i in range(many_a):
        for j in range(many_b):
            if work.met[i] == j or work.met_by[j] == i:
                pairs[count, 0], pairs[count, 1], pairs[count, 2] = i, j, work.how[i, j]
                likeness[count] = work.likeness[i, j]
                count += 1
    return pairs[:count], likeness[:count]
