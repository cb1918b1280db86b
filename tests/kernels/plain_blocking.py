"""What `shellgame.kernels.blocking` does, slow and obvious: sets of words and every pair of names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

Names = Sequence[Sequence[Sequence[int]]]
"""Of each record its names, of each name the keys of its words, ascending."""


def plain_pairs(names: Names, most: int) -> set[tuple[tuple[int, ...], int]]:
    """Every two words of a name, or its only one, with the record that has it."""
    found = set()
    for record, its in enumerate(names):
        for words in its:
            chosen = words[:most]
            found |= {((word,), record) for word in chosen if len(chosen) == 1}
            found |= {(pair, record) for pair in combinations(chosen, 2)}
    return found


def plain_met(one: Sequence[Sequence[int]], other: Sequence[Sequence[int]]) -> tuple[float, float]:
    """The shares of the shorter and the longer name that are the same words, of the two names that share most."""
    shares = [
        (len({*left} & {*right}) / min(len(left), len(right)), len({*left} & {*right}) / max(len(left), len(right)))
        for left in one
        for right in other
        if {*left} & {*right}
    ]
    return max(shares, key=sum, default=(0.0, 0.0))
