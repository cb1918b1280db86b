"""Groups merged pair by pair, best evidence first: average-link clustering of a sparse graph whose weights are log odds.

All numbers that decide are whole, so that no order of adding them up can change a result. The definition is the plain twin,
`tests/kernels/plain_merging.py`: of all pairs of groups it takes the best, merges or leaves it, and looks anew.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import inlined, kernel, leaf

_NOBODY = -1


class Ties(NamedTuple):
    """What is known between two groups each; a pair of groups stands here once. Equally good ties are taken as they stand.

    Attributes:
        one: Number of a group.
        other: Number of another.
        weight: Sum of what speaks for (above 0) and against (below 0) that their members are one, in log odds of any unit.
        edges: How many edges this is the sum of.
        pairs: How many pairs of members were compared.
        identified: Whether an identifying number speaks for it; such ties come before all others.
        apart: Whether the two may never be merged.
    """

    one: NDArray[np.int32]
    other: NDArray[np.int32]
    weight: NDArray[np.int64]
    edges: NDArray[np.int64]
    pairs: NDArray[np.int64]
    identified: NDArray[np.bool_]
    apart: NDArray[np.bool_]


class _Groups(NamedTuple):
    """The groups as they stand, each with a chain of its ties. A tie has two places in chains: 2t at `one`, 2t + 1 at `other`."""

    parent: NDArray[np.int32]
    size: NDArray[np.int64]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    length: NDArray[np.int64]
    following: NDArray[np.int32]


class _Known(NamedTuple):
    """Which tie lies between two groups, by a hash of their numbers; a group that was merged into another is never asked for."""

    key: NDArray[np.int64]
    tie: NDArray[np.int32]
    used: NDArray[np.int64]


@leaf
def root_of(parent: NDArray[np.int32], member: int) -> int:
    """The number that stands for the set a member is in; halves the way there."""
    while parent[member] != member:
        parent[member] = parent[parent[member]]
        member = parent[member]
    return member


@leaf
def connected(parent: NDArray[np.int32], left: NDArray[np.int32], right: NDArray[np.int32]) -> None:
    """Put the ends of each edge into one set; then `parent` of each member is the smallest number in its set.

    Args:
        parent: Of every member itself, at the beginning.
        left: One end of each edge.
        right: The other.
    """
    for edge in range(len(left)):
        a, b = root_of(parent, left[edge]), root_of(parent, right[edge])
        parent[max(a, b)] = min(a, b)
    for member in range(len(parent)):
        parent[member] = root_of(parent, member)


@inlined
def _key(one: int, other: int) -> int:
    """One number for a pair of groups, in either order."""
    return np.int64(min(one, other)) << 32 | np.int64(max(one, other))


@kernel
def spanning(parent: NDArray[np.int32], left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which edges, taken in order, join what was not yet joined: a spanning forest, of the strongest edges if these come first.

    Args:
        parent: Of every member itself, at the beginning.
        left: One end of each edge.
        right: The other.
    """
    out = np.zeros(len(left), np.bool_)
    for edge in range(len(left)):
        a, b = root_of(parent, left[edge]), root_of(parent, right[edge])
        out[edge] = a != b
        parent[max(a, b)] = min(a, b)
    return out


@leaf
def _place(known: _Known, key: int) -> int:
    """Where a pair of groups stands in the table, or would."""
    mask = np.uint64(len(known.key) - 1)
    mixed = np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)
    place = np.int64((mixed ^ (mixed >> np.uint64(29))) & mask)
    while known.key[place] != _NOBODY and known.key[place] != key:
        place = np.int64(np.uint64(place + 1) & mask)
    return place


@leaf
def _note(known: _Known, key: int, tie: int) -> None:
    """Write down which tie lies between a pair of groups."""
    place = _place(known, key)
    if known.key[place] == _NOBODY:
        known.key[place] = key
        known.used[0] += 1
    known.tie[place] = tie


@leaf
def _note_all(known: _Known, ties: Ties, dead: NDArray[np.bool_]) -> None:
    """Fill the table with the ties that still stand: the places of old pairs become free."""
    known.key[:] = _NOBODY
    known.used[0] = 0
    for tie in range(len(dead)):
        if not dead[tie]:
            _note(known, _key(ties.one[tie], ties.other[tie]), tie)


@leaf
def _chain(groups: _Groups, group: int, place: int) -> None:
    """Put a tie's place at the end of a group's chain."""
    groups.following[place] = _NOBODY
    if groups.first[group] == _NOBODY:
        groups.first[group] = place
    else:
        groups.following[groups.last[group]] = place
    groups.last[group] = place
    groups.length[group] += 1


@leaf
def _join(ties: Ties, kept: int, gone: int) -> None:
    """Add what one tie knows to another between the same groups."""
    ties.weight[kept] += ties.weight[gone]
    ties.edges[kept] += ties.edges[gone]
    ties.pairs[kept] += ties.pairs[gone]
    ties.identified[kept] |= ties.identified[gone]
    ties.apart[kept] |= ties.apart[gone]


@leaf
def _hand_over(ties: Ties, known: _Known, dead: NDArray[np.bool_], place: int, kept: int) -> int:
    """Give a tie of a group that was merged to the one that it was merged into; tells which tie now stands between the two."""
    tie = place // 2
    far = ties.one[tie] if place % 2 else ties.other[tie]
    if place % 2:
        ties.other[tie] = kept
    else:
        ties.one[tie] = kept
    key = _key(kept, far)
    at, stays = _place(known, key), tie
    if known.key[at] != _NOBODY:
        stays, goes = min(tie, known.tie[at]), max(tie, known.tie[at])
        _join(ties, stays, goes)
        dead[goes] = True
    _note(known, key, stays)
    return stays


@kernel
def merge(ties: Ties, size: NDArray[np.int64], doubt: int) -> NDArray[np.int32]:
    """Merge groups for as long as the evidence between two of them is for it; changes what it is given.

    Two groups are merged where they are not apart and the weight of their tie, less `doubt` for each pair of members that nobody
    compared, is above 0. Ties with an identifier come first, then those of the greatest weight an edge, then as they stand.
    Ties that come to lie between the same groups are added up, and stand where the first of them stood.

    Args:
        ties: What is known between groups.
        size: Members of each group.
        doubt: What a pair of members that nobody compared says against it, in the unit of the weights.

    Returns:
        For each group the number of a group that stands for all it was merged with.
    """
    count = len(size)
    groups = _Groups(
        np.arange(count).astype(np.int32),
        size,
        np.full(count, _NOBODY, np.int32),
        np.full(count, _NOBODY, np.int32),
        np.zeros(count, np.int64),
        np.full(2 * len(ties.one), _NOBODY, np.int32),
    )
    room = 16
    while room < 4 * len(ties.one):
        room *= 2
    known = _Known(np.empty(room, np.int64), np.empty(room, np.int32), np.zeros(1, np.int64))
    dead, version = np.zeros(len(ties.one), np.bool_), np.zeros(len(ties.one), np.int32)
    _merge_all(ties, groups, known, dead, version, doubt)
    return groups.parent


@kernel
def _merge_all(
    ties: Ties, groups: _Groups, known: _Known, dead: NDArray[np.bool_], version: NDArray[np.int32], doubt: int
) -> None:
    """Do the merging, in room that was set aside."""
    _note_all(known, ties, dead)
    waiting = [
        (True, 0.0, np.int32(0), np.int32(0))
    ]  # for the type alone; a comprehension made Numba 0.68 lose later writes
    waiting.pop()
    for tie in range(len(ties.one)):
        _chain(groups, ties.one[tie], 2 * tie)
        _chain(groups, ties.other[tie], 2 * tie + 1)
        if ties.weight[tie] > 0 and not ties.apart[tie]:
            waiting.append((not ties.identified[tie], -ties.weight[tie] / ties.edges[tie], np.int32(tie), np.int32(0)))
    heapify(waiting)
    while len(waiting) > 0:
        _, _, best, seen = heappop(waiting)
        a, b = ties.one[best], ties.other[best]
        if dead[best] or version[best] != seen:
            continue
        if ties.weight[best] - doubt * (groups.size[a] * groups.size[b] - ties.pairs[best]) <= 0:
            continue  # groups only grow: nothing but another tie between the two can change this
        kept, gone = (a, b) if groups.length[a] >= groups.length[b] else (b, a)
        dead[best] = True
        groups.parent[gone] = kept
        groups.size[kept] += groups.size[gone]
        place = groups.first[gone]
        while place != _NOBODY:
            after, tie = groups.following[place], place // 2
            if not dead[tie]:
                stays = _hand_over(ties, known, dead, place, kept)
                if stays == tie:
                    _chain(groups, kept, place)
                version[stays] += 1
                if ties.weight[stays] > 0 and not ties.apart[stays]:
                    mean = -ties.weight[stays] / ties.edges[stays]
                    heappush(waiting, (not ties.identified[stays], mean, np.int32(stays), version[stays]))
            place = after
        if 2 * known.used[0] > len(known.key):
            _note_all(known, ties, dead)
    for group in range(len(groups.parent)):
        groups.parent[group] = root_of(groups.parent, group)
