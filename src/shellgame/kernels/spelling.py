"""How many slips of the pen lie between two words: letters left out, put in, exchanged, or neighbours that changed places.

What a word sounds like is held against another one in `kernels.likeness`; a slip of the finger or of a scanner knows no sounds.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

LONGEST = 31


@njit(cache=True, nogil=True)
def edits(a: NDArray[np.uint8], b: NDArray[np.uint8], rows: NDArray[np.int16]) -> int:
    """Count them (optimal string alignment), as far as the first 31 letters of each word.

    Args:
        a: Letters of one word.
        b: Letters of the other.
        rows: Room of 3 x 32 numbers.
    """
    n, m = min(len(a), LONGEST), min(len(b), LONGEST)
    for j in range(m + 1):
        rows[0, j] = j
    before, last, row = 2, 0, 1
    for i in range(1, n + 1):
        rows[row, 0] = i
        for j in range(1, m + 1):
            cost = 0 if a[i - 1] == b[j - 1] else 1
            best = min(rows[last, j - 1] + cost, rows[last, j] + 1, rows[row, j - 1] + 1)
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                best = min(best, rows[before, j - 2] + 1)
            rows[row, j] = best
        before, last, row = last, row, before
    return rows[last, m]
