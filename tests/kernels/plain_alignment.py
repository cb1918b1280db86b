"""What `shellgame.kernels.alignment` finds, slow and obvious: which words of two names met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from tests.kernels.plain_tokens import (
    COMING_AND_GOING,
    JOINABLE,
    Word,
    plain_pair,
    plain_shortened,
    sound_alike,
)

from shellgame.kernels.alignment import MET, MET_OPTIONAL, MOST_TOKENS
from shellgame.kernels.tokens import FLOOR, HOW_JOINED, HOW_SHORTENED
from shellgame.names.sounds import LONGEST
from shellgame.names.token import Kind


@dataclass
class Alignment:
    """Which word met which: `met` by place on the left, `met_by` by place on the right."""

    alike: dict[tuple[int, int], float] = field(default_factory=dict)
    how: dict[tuple[int, int], int] = field(default_factory=dict)
    met: dict[int, int] = field(default_factory=dict)
    met_by: dict[int, int] = field(default_factory=dict)


def plain_align(left: Sequence[Word], right: Sequence[Word]) -> Alignment:
    """Find which words met."""
    left, right = left[:MOST_TOKENS], right[:MOST_TOKENS]
    found = Alignment()
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            alike, how = plain_pair(a, b, float(FLOOR))
            at_end = i == len(left) - 1 or j == len(right) - 1  # where a name is cut off
            if at_end and alike < 0.85 and a.kind in JOINABLE and b.kind in JOINABLE and plain_shortened(a, b) > alike:
                alike, how = plain_shortened(a, b), HOW_SHORTENED
            found.alike[i, j], found.how[i, j] = float(np.float32(alike)), how
    well_met = {(side, pair[side]) for pair, alike in found.alike.items() if alike > 0.9 for side in (0, 1)}
    _join(left, right, found, well_met, turned=False)
    _join(right, left, found, well_met, turned=True)
    while True:
        open_pairs = [
            (_worth(left[i], right[j], i, j, alike), -i, -j)
            for (i, j), alike in found.alike.items()
            if i not in found.met and j not in found.met_by and alike >= _least(left[i], right[j])
        ]
        if not open_pairs:
            return found
        _, i, j = max(open_pairs)  # of equals the one that stands first
        found.met[-i], found.met_by[-j] = -j, -i


def _worth(a: Word, b: Word, i: int, j: int, alike: float) -> float:
    """What it is worth to let two words meet: telling ones first, then those at the same place."""
    return alike * (1.0 + 0.02 * min(a.bits, b.bits)) - 0.001 * abs(i - j)


def _join(
    parts: Sequence[Word],
    wholes: Sequence[Word],
    found: Alignment,
    well_met: set[tuple[int, int]],
    *,
    turned: bool,
) -> None:
    """Let two neighbours meet one word that is both of them written together; `turned` where the parts stand on the right.

    Words that have a good partner, by side and place, stay with it.
    """
    met, met_by = (found.met_by, found.met) if turned else (found.met, found.met_by)
    here, there = (1, 0) if turned else (0, 1)
    for i, (a, following) in enumerate(pairwise(parts)):
        for j, b in enumerate(wholes):
            if {(here, i), (here, i + 1), (there, j)} & well_met or i in met or i + 1 in met or j in met_by:
                continue
            places = [(j, i), (j, i + 1)] if turned else [(i, j), (i + 1, j)]
            alike = _together(a, following, b)
            if alike >= 0.84 and alike > max(found.alike[place] for place in places):
                for place in places:
                    found.alike[place], found.how[place] = alike, HOW_JOINED
                met[i] = met[i + 1] = j
                met_by[j] = i


def _least(a: Word, b: Word) -> float:
    """Optional words meet only their like; initials stand for any."""
    return MET_OPTIONAL if Kind.OPTIONAL in (a.kind, b.kind) and Kind.INITIAL not in (a.kind, b.kind) else MET


def _together(a: Word, following: Word, b: Word) -> float:
    """How alike two neighbours, written together, are to a word; 0 where length or consonants say that they are not."""
    together = a.sounds + following.sounds
    if any(word.kind not in JOINABLE for word in (a, following, b)) or a.origin != following.origin:
        return 0.0
    if abs(len(together) - len(b.sounds)) > 2 or len(together) > LONGEST:
        return 0.0
    if a.origin == b.origin and len(((a.letters | following.letters) ^ b.letters) - COMING_AND_GOING) > 2:
        return 0.0
    return sound_alike(together, a.origin, b.sounds, b.origin)
