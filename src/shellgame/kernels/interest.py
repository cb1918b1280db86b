"""Which part of each company belongs to some owners in the end, through all chains: a linear system, solved in rounds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import leaf
from shellgame.kernels.ownership import Holdings
from shellgame.model.stakes import WHOLE


@leaf
def solve(
    holdings: Holdings,
    kind: int,
    parties: NDArray[np.int32],
    sure: bool,
    part: NDArray[np.float64],
    most_rounds: int,
    least_change: float,
) -> bool:
    """Solve x = A x + b from 0 upwards: each party's part is the sum of its holders' parts, each times the holder's stake.

    No part is ever above 1, which also holds where the most of all stakes adds up to more than the whole.

    Args:
        holdings: The stakes.
        kind: The right that counts.
        parties: Those to solve for, owners before what they own where there is no circle; the parts of all others stay.
        sure: Whether the least of each stake counts, or the most that the others leave.
        part: 1 for the owners asked about, 0 for all others; is filled in.
        most_rounds: How often to go over all parties.
        least_change: The change of any part in a round below which the system counts as solved, above 0.

    Returns:
        Whether it was solved. If not, the parts are still no larger than the solution.
    """
    for _ in range(most_rounds):
        change = 0.0
        for party in parties:
            total = 0.0
            for place in range(holdings.above_starts[party], holdings.above_starts[party + 1]):
                stake = holdings.above[place]
                if holdings.kind[stake] != kind:
                    continue
                share = holdings.low[stake]
                if not sure:
                    share = holdings.high[stake]
                    taken = holdings.taken[party, kind]
                    if taken <= WHOLE:
                        share = min(share, WHOLE - taken + holdings.low[stake])
                total += share / WHOLE * part[holdings.owner[stake]]
            total = min(total, 1.0)
            change = max(change, total - part[party])
            part[party] = total
        if change < least_change:
            return True
    return False
