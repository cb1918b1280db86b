"""Working memory of searches: what is noted of names and tokens for one query, and room for what is found."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.alignment import MOST_TOKENS, Scratch, scratch
from shellgame.kernels.features import FEATURES

MOST_ALIGNED = 40
"""Most names that are aligned for one query, however many are wanted."""
MOST_GATHERED = 60_000
"""Names gathered for one query; beyond it only what is rarest has been followed."""
STEPS = 128
"""Steps in which names are told apart by what they promise, before they are looked at token by token."""
SIEVE = (1 << 16) - 1
"""The last bits of a name's number, by which `Memory.sieve` knows it."""
HOLDING = np.dtype([("turn", np.int32), ("got", np.float32)], align=True)
"""What a name holds of a query, by weight, and when that was last added to."""
MARK = np.dtype([("turn", np.int32), ("node", np.int32), ("line", np.int32)], align=True)
"""What is noted of a token of the vocabulary for one query.

turn: When it was last noted.
node: First node of the list of tokens of the query that it is like; -1 is none.
line: Line of `Memory.likeness` where its likeness with each of them stands; -1 is none yet.
"""


class Memory(NamedTuple):
    """Working memory of searches, used over and over by one thread.

    Attributes:
        clock: One number, which grows with every token looked up and every query; what was noted earlier no longer holds.
        seen: For `similar.alike_tokens`.
        holding: `HOLDING` of each name.
        gathered: Names that hold something of a query.
        sieve: Whether any was gathered whose number ends so; small enough to stay at hand.
        promised: By steps, how much that is.
        ordered: The gathered names that could hold enough, those that promise least first.
        steps: Where those of each step begin.
        counted: How many names of an entity were counted for a query: four times the clock and this.
        marks: `MARK` of each token of the vocabulary.
        node_token, node_likeness, node_how, node_next: Which tokens of the query it is like: short linked lists.
        weights: Of the tokens of a query.
        best: How much of each a name holds.
        best_names, best_covered: The names that hold most of a query.
        likeness, how: Of the tokens of these names with those of the query, a line each.
        scores: Of these.
        scratch: For alignment.
        row: For features.
    """

    clock: NDArray[np.int32]
    seen: NDArray[np.int32]
    holding: NDArray[np.void]
    gathered: NDArray[np.int32]
    sieve: NDArray[np.bool_]
    promised: NDArray[np.uint8]
    ordered: NDArray[np.int32]
    steps: NDArray[np.int32]
    counted: NDArray[np.int32]
    marks: NDArray[np.void]
    node_token: NDArray[np.int32]
    node_likeness: NDArray[np.float32]
    node_how: NDArray[np.uint8]
    node_next: NDArray[np.int32]
    weights: NDArray[np.float32]
    best: NDArray[np.float32]
    best_names: NDArray[np.int32]
    best_covered: NDArray[np.float32]
    likeness: NDArray[np.float32]
    how: NDArray[np.uint8]
    scores: NDArray[np.float32]
    scratch: Scratch
    row: NDArray[np.float32]


LAST_TURN = (1 << 26) - (1 << 22)
"""Memory whose clock stands here is full; make another one. Leaves room for a batch of two million tokens and queries."""


def memory_for(tokens: int, names: int) -> Memory:
    """Set working memory aside for a vocabulary and a list of names; pages that are never touched take no room."""
    most_nodes = 8192
    return Memory(
        clock=np.zeros(1, np.int32),
        seen=np.zeros(tokens, np.int32),
        holding=np.zeros(names, HOLDING),
        gathered=np.empty(MOST_GATHERED, np.int32),
        sieve=np.zeros(SIEVE + 1, np.bool_),
        promised=np.empty(MOST_GATHERED, np.uint8),
        ordered=np.empty(MOST_GATHERED, np.int32),
        steps=np.zeros(STEPS + 3, np.int32),
        counted=np.zeros(names, np.int32),
        marks=np.zeros(tokens, MARK),
        node_token=np.empty(most_nodes, np.int32),
        node_likeness=np.empty(most_nodes, np.float32),
        node_how=np.empty(most_nodes, np.uint8),
        node_next=np.empty(most_nodes, np.int32),
        weights=np.zeros(MOST_TOKENS, np.float32),
        best=np.zeros(MOST_TOKENS, np.float32),
        best_names=np.empty(MOST_ALIGNED, np.int32),
        best_covered=np.empty(MOST_ALIGNED, np.float32),
        likeness=np.empty((MOST_ALIGNED * MOST_TOKENS, MOST_TOKENS), np.float32),
        how=np.empty((MOST_ALIGNED * MOST_TOKENS, MOST_TOKENS), np.uint8),
        scores=np.empty(MOST_ALIGNED, np.float32),
        scratch=scratch(),
        row=np.zeros(len(FEATURES), np.float32),
    )
