"""What `shellgame.kernels.blocking` does, slow and obvious: sets of words and every pair of names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from rapidfuzz.distance import OSA

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


Spelt = Sequence[Mapping[int, str]]
"""Of each name of a record the texts of its words by key; an empty one is not known."""


def plain_met(one: Spelt, other: Spelt) -> tuple[float, float, bool]:
    """The shares of the shorter and the longer name that are the same words, of the two names that share most, spelt half alike.

    With them whether any word of both is.
    """
    shares, alike = [(0.0, 0.0)], False
    for left in one:
        for right in other:
            spelt = [_spelt(left[key], right[key]) for key in left.keys() & right.keys()]
            alike = alike or any(2 * slips <= letters for slips, letters in spelt)
            if spelt and 2 * sum(slips for slips, _ in spelt) <= sum(letters for _, letters in spelt):
                shares.append((len(spelt) / min(len(left), len(right)), len(spelt) / max(len(left), len(right))))
    return *max(shares, key=sum), alike


def _spelt(one: str, other: str) -> tuple[int, int]:
    """Slips between two words, and letters of the longer."""
    return (OSA.distance(one, other), max(len(one), len(other))) if one and other else (0, 0)
