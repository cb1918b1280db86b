"""What `shellgame.kernels.merging.merge` does, slow and obvious: look at all pairs of groups, merge the best, look anew."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple


class PlainTie(NamedTuple):
    """As `Ties`, one of them."""

    one: int
    other: int
    weight: int
    edges: int
    pairs: int
    identified: bool
    apart: bool


def plain_merge(ties: Sequence[PlainTie], size: Sequence[int], doubt: int) -> set[frozenset[int]]:
    """The groups that are one in the end."""
    groups = {frozenset([group]) for group in range(len(size))}
    while found := min(
        filter(None, (_merit(*two, ties, size, doubt) for two in combinations(groups, 2))), default=None
    ):
        *_, one, other = found
        groups = groups - {frozenset(one), frozenset(other)} | {frozenset(one) | frozenset(other)}
    return groups


def _merit(
    one: frozenset[int], other: frozenset[int], ties: Sequence[PlainTie], size: Sequence[int], doubt: int
) -> tuple[bool, float, int, list[int], list[int]] | None:
    """How good it is to merge two groups, smallest best; None where it must not be."""
    between = [
        place
        for place, tie in enumerate(ties)
        if (tie.one in one and tie.other in other) or (tie.one in other and tie.other in one)
    ]
    weight = sum(ties[place].weight for place in between)
    uncompared = sum(size[a] for a in one) * sum(size[b] for b in other) - sum(ties[place].pairs for place in between)
    if not between or weight - doubt * uncompared <= 0 or any(ties[place].apart for place in between):
        return None
    mean = weight / sum(ties[place].edges for place in between)
    return not any(ties[place].identified for place in between), -mean, between[0], sorted(one), sorted(other)
