"""What `shellgame.kernels.forest` adds up, slow and obvious: each tree is walked from its root to a leaf."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from shellgame.kernels.forest import Forest


def plain_log_odds(forest: Forest, row: Sequence[float], searching: float) -> float:
    """Log odds that two names are one."""
    asked = [*row, searching]

    def leaf(node: int) -> float:
        column = int(forest.column[node])
        if column < 0:
            return float(forest.value[node])
        goes_left = asked[column] <= forest.threshold[node]
        return leaf(int(forest.left[node]) + (0 if goes_left else 1))

    start = float(forest.start[1 if searching > 0.5 else 0])
    return start + sum(float(s) * x for s, x in zip(forest.slopes, row, strict=False)) + sum(map(leaf, forest.roots))


def plain_probability(forest: Forest, row: Sequence[float], searching: float) -> float:
    """The same as a probability, 0 to 1."""
    return 1 / (1 + exp(-plain_log_odds(forest, row, searching)))
