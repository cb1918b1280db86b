"""How many slips of the pen lie between two words: letters left out, put in, exchanged, or neighbours that changed places.

What a word sounds like is held against another one in `kernels.likeness`; a slip of the finger or of a scanner knows no sounds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import kernel, leaf

LONGEST = 63
_ONE = np.uint64(1)


@kernel
def letter_masks() -> NDArray[np.uint64]:
    """Make the room that `edits` works in: one for each thread, used over and over."""
    return np.zeros(256, np.uint64)


@leaf
def edits(
    a: NDArray[np.uint8], begin_a: int, n: int, b: NDArray[np.uint8], begin_b: int, m: int, masks: NDArray[np.uint64]
) -> int:
    """Count them (optimal string alignment), as far as the first 63 letters of each word.

    A whole column of the table of distances is kept in the bits of two numbers (H. Hyyrö, A bit-vector algorithm for computing
    Levenshtein and Damerau edit distances, 2003).

    Args:
        a: Letters of words.
        begin_a: Where the one word begins.
        n: How many letters it has.
        b: Letters of words.
        begin_b: Where the other word begins.
        m: How many letters it has.
        masks: `letter_masks()`, of this thread.
    """
    n, m = min(np.int64(n), LONGEST), min(np.int64(m), LONGEST)
    if n == 0 or m == 0:
        return max(n, m)
    for i in range(n):
        masks[a[begin_a + i]] |= _ONE << np.uint64(i)
    last = _ONE << np.uint64(n - 1)
    more, fewer, same, before = ~np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0)
    count = n
    for j in range(m):
        here = masks[b[begin_b + j]]
        swapped = ((~same & here) << _ONE) & before
        same = (((here & more) + more) ^ more) | here | fewer | swapped
        up, down = fewer | ~(same | more), same & more
        count += np.int64((up & last) != 0) - np.int64((down & last) != 0)
        up, down = (up << _ONE) | _ONE, down << _ONE
        more, fewer = down | ~(same | up), up & same
        before = here
    for i in range(n):
        masks[a[begin_a + i]] = 0
    return count
