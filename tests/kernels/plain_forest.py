"""What `shellgame.kernels.forest` adds up, slow and obvious: each tree is walked from its root to a leaf."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, exp

from shellgame.kernels.forest import PLACES, Forest


def plain_log_odds(forest: Forest, row: Sequence[float]) -> float:
    """Log odds that two names are one, before the curve."""

    def leaf(tree: int) -> float:
        node = 1
        while node < PLACES:
            asked = row[int(forest.column[tree + node])]
            node = 2 * node + 1 if asked > forest.threshold[tree + node] else 2 * node
        return float(forest.value[tree + node - PLACES])

    slopes = sum(float(slope) * value for slope, value in zip(forest.slopes, row, strict=True))
    part = _part(forest, row)
    trees = range(forest.first[part] * PLACES, forest.first[part + 1] * PLACES, PLACES)
    return float(forest.start[part]) + slopes + sum(map(leaf, trees))


def plain_probability(forest: Forest, row: Sequence[float]) -> float:
    """The score, 0 to 1: the log odds where the curve has them."""
    value = plain_log_odds(forest, row)
    part = _part(forest, row)
    pieces = list(pairwise(zip(forest.told[part].tolist(), forest.meant[part].tolist(), strict=True)))
    (low, meant_low), (high, meant_high) = next((piece for piece in pieces if value <= piece[1][0]), pieces[-1])
    return 1 / (1 + exp(-(meant_low + (meant_high - meant_low) * (value - low) / (high - low))))


def _part(forest: Forest, row: Sequence[float]) -> int:
    last = len(forest.first) - 2
    return max(0, min(last, ceil(row[int(forest.chooser[0])])))
