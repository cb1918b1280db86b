"""Two parties that several lists each print as two: their entries are paired off between the lists, not thrown together.

Brothers with one birthday and like names, or sister companies of one address, look so alike that one list's having two entries does
not part them: lists do print a party twice now and then. But whoever prints a party twice does so by mistake, each list in its own
way. Where another list prints two entries as well, under one programme, and the one clearly resembles the first and the other the
second, the lists say the same independently: there are two. Each such list counts as much as the first one did.

Entries under different programmes say nothing here: one party can be put on a list twice for two reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_UNKNOWN = -5.0
"""Log odds of two records that were never compared, having too little in common."""
_CLEARLY = 3.0
"""By so much, in log odds, one way of pairing off must be better than the other, twenty to one. In nine real lists what lies below
are mostly spellings of one party that two lists print twice; what lies above are mostly two parties (brothers: 3.4 to 23)."""
Neighbours = dict[int, dict[int, dict[int, float]]]
"""For each record, by the place where others stand, those it may be one with, and the log odds."""


def paired_off(
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    chance: NDArray[np.float64],
    source: NDArray[np.int64],
    place: NDArray[np.int64],
    *,
    shift: float,
    surest: float,
) -> NDArray[np.float64]:
    """Make two entries of one list less likely one for each other list that tells the same two apart.

    Args:
        left: One record of each pair.
        right: The other.
        chance: How likely they are one, 0 to 1, what their own list says taken into it.
        source: Which list each record is of, as a number.
        place: Where each record stands: one number for a list and all programmes there; below 0 where unknown.
        shift: Log odds that two entries of one place lose by it.
        surest: Probabilities count as no surer than this.

    Returns:
        The probabilities of two entries of one place, and of those crosswise between two places; others as they were.
    """
    odds = _log_odds(chance, surest)
    alike = (chance > 0) & (place[left] >= 0) & (place[right] >= 0)
    within = alike & (place[left] == place[right])
    asked = np.flatnonzero(within).tolist()
    concerned = np.zeros(len(place), np.bool_)
    concerned[left[within]] = concerned[right[within]] = True
    between = np.flatnonzero(alike & (source[left] != source[right]) & (concerned[left] | concerned[right])).tolist()
    near: Neighbours = defaultdict(lambda: defaultdict(dict))
    row_of: dict[tuple[int, int], int] = {}
    for row in between:
        one, other = int(left[row]), int(right[row])
        row_of[one, other] = row_of[other, one] = row
        near[one][int(place[other])][other] = near[other][int(place[one])][one] = float(odds[row])
    lists: defaultdict[int, int] = defaultdict(int)
    for row in asked:
        one, other = int(left[row]), int(right[row])
        told = list(_told_apart(one, other, near))
        lists[row] = len({int(source[first]) for first, _ in told})
        for first, second in told:
            for cross in ((one, second), (other, first)):
                if (crossing := row_of.get(cross)) is not None:
                    lists[crossing] = max(lists[crossing], lists[row] + 1)
    out = chance.copy()
    for row, count in lists.items():
        if count:
            out[row] = 1 / (1 + np.exp(-(odds[row] + shift * count)))
    return out


def _told_apart(one: int, other: int, near: Neighbours) -> Iterator[tuple[int, int]]:
    """For each place that tells two records apart, its entry of the one, and of the other."""
    for place in near[one].keys() & near[other].keys():
        found = max(_parallels(near[one][place], near[other][place]), default=None)
        if found:
            yield found[1:]


def _parallels(of_one: dict[int, float], of_other: dict[int, float]) -> Iterator[tuple[float, int, int]]:
    """Two entries of a place that clearly resemble two records more than crosswise; with how much, in log odds."""
    for first, straight in of_one.items():
        for second, also in of_other.items():
            crossed = of_one.get(second, _UNKNOWN) + of_other.get(first, _UNKNOWN)
            if first != second and straight > 0 and also > 0 and straight + also - crossed > _CLEARLY:
                yield straight + also, first, second


def _log_odds(chance: NDArray[np.float64], surest: float) -> NDArray[np.float64]:
    kept = np.clip(chance, 1 - surest, surest)
    odds: NDArray[np.float64] = np.log(kept / (1 - kept))
    return odds
