"""Indirect economic interest: which part of a company belongs to some owners in the end, shares of shares multiplied.

No rule asks for this; it stands beside their answers, never among them. Half of a company that has half of another is a
quarter of that one, through all chains and circles: x = A x + b, where A holds the stakes of companies in one another
and b those of the owners asked about. What these own of themselves through others is not counted again: an owner's part
of itself is the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.graph.ownership.evaluation import KINDS, everybody_above, seldom_touched
from shellgame.kernels.interest import solve
from shellgame.kernels.ownership import Holdings
from shellgame.model.stakes import StakeKind

_LEAST_CHANGE = 1e-12
"""Change of a part from one round to the next below which it counts as found."""
_MOST_ROUNDS = 1000


class Interest(NamedTuple):
    """The part of each party that belongs to the owners asked about, 0 to 1.

    Attributes:
        low: The least it can be.
        high: The most; 1 for all where the system was not solved, as companies that own one another nearly wholly can make it.
        solved: Whether both systems were solved; if not, `low` may be too low and `high` too high.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    solved: bool


def shares_of(
    holdings: Holdings,
    owners: Sequence[int] | NDArray[np.integer],
    wanted: Sequence[int] | None = None,
    *,
    kind: StakeKind = StakeKind.SHARES,
) -> Interest:
    """Which part of each party belongs to some owners, directly and through others.

    Args:
        holdings: The stakes of the day, in order.
        owners: Whose part is asked for, all of them together.
        wanted: Of which parties; all when None. The parts of parties that are neither these nor above them read 0.
        kind: Which right is multiplied.

    Example:
        >>> from shellgame.graph.ownership.evaluation import indexed, stakes_of
        >>> half = 50 * 1_000_000
        >>> stakes = indexed(stakes_of([(0, 1, "shares", half, half), (1, 2, "shares", half, half)]), 3)
        >>> shares_of(stakes, [0]).low.tolist()
        [1.0, 0.5, 0.25]
    """
    parties = len(holdings.starts) - 1
    if wanted is None:
        asked = np.flatnonzero(np.diff(holdings.above_starts)).astype(np.int32)
    else:
        asked = everybody_above(holdings, wanted)[::-1]  # owners before what they own
    asked = asked[~np.isin(asked, owners)]
    low, high = (seldom_touched(parties, np.dtype(np.float64)) for _ in range(2))
    low[owners] = high[owners] = 1.0
    number, enough = KINDS.index(kind), (_MOST_ROUNDS, _LEAST_CHANGE)
    low_solved = solve(holdings, number, asked, True, low, *enough)
    high_solved = solve(holdings, number, asked, False, high, *enough)
    if not high_solved:
        high[asked] = 1.0
    return Interest(low, high, low_solved and high_solved)
