"""Lists of numbers as two arrays: tokens of names, names of records, names that hold a token."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import inlined, spliced


class Lists(NamedTuple):
    """Lists of numbers, one after another.

    Attributes:
        starts: Where each list begins; one more than there are lists.
        numbers: Those of all lists.
    """

    starts: NDArray[np.int64]
    numbers: NDArray[np.int32]


@spliced
def list_at(lists: Lists, place: int) -> NDArray[np.int32]:
    """The numbers of one list."""
    return lists.numbers[lists.starts[place] : lists.starts[place + 1]]


@inlined
def length_at(lists: Lists, place: int) -> int:
    """How many numbers one list has."""
    return lists.starts[place + 1] - lists.starts[place]
