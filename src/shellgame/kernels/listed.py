"""Listed names, and the names that are looked for among them, as arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import inlined
from shellgame.kernels.lists import Lists
from shellgame.kernels.tokens import Tokens
from shellgame.kernels.vocabulary import Alike

NAME = np.dtype([("entity", np.int32), ("weight", np.float32), ("schema", np.uint8), ("place", np.uint16)], align=True)
"""One name, so that all that is asked of many names lies together in memory.

entity: Number of the entity that bears it.
weight: What all its tokens count for together: their bits, of words that tell nothing times `gathering.HARDLY`.
schema: Schema number of that entity.
place: Which of its names it is, from 0; the main one is the first.
"""


class Names(NamedTuple):
    """Listed names, and which of them hold a token.

    Names that hold the same common tokens lie together, so that those that hold a token are near one another in memory.

    Attributes:
        tokens: Those of each name.
        rows: One `NAME` each.
        holders: The names that hold each token, ascending.
    """

    tokens: Lists
    rows: NDArray[np.void]
    holders: Lists


class Queries(NamedTuple):
    """Names to look for.

    Attributes:
        tokens: Those of each name, as numbers in `batch`.
        organization: Whether a name was analysed as that of an organisation.
        welcome: Which schema numbers are welcome, one line a choice.
        choice: Which line of `welcome` holds for each.
        batch: The tokens, whose bits are those of `alike`.
        alike: Similar tokens of the vocabulary.
    """

    tokens: Lists
    organization: NDArray[np.bool_]
    welcome: NDArray[np.bool_]
    choice: NDArray[np.int32]
    batch: Tokens
    alike: Alike


@inlined
def stands_before(one: int, other: int, names: Names) -> bool:
    """Which of two names is told of equals: that of the earlier entity, and the earlier one of one entity."""
    here, there = names.rows[one], names.rows[other]
    return here.entity < there.entity or (here.entity == there.entity and here.place < there.place)
