"""Which token of one name met which of another. Names are rows of token numbers; what is known of a token stands in `Tokens`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import inlined, kernel, leaf
from shellgame.kernels.likeness import likeness_from
from shellgame.kernels.likeness import scratch as _plain_room
from shellgame.kernels.spelling import letter_masks
from shellgame.kernels.tokens import (
    FLOOR,
    HOW_JOINED,
    HOW_SHORTENED,
    INITIAL,
    OPTIONAL,
    VOWELS,
    Tokens,
    bit_count,
    may_join,
    pair_likeness,
    shortened_likeness,
)
from shellgame.names.costs import Tables as Costs
from shellgame.names.sounds import LONGEST

_room = kernel(_plain_room)
MOST_TOKENS = 20
"""Tokens of a name beyond these are not looked at."""
MET = 0.5
"""Two words less alike than this are different words."""
MET_OPTIONAL = 0.8
"""So are patronymics, which all end alike, and nicknames."""
JOINED = 0.84
"""Two words written together must be so much like the one they meet."""
_WELL_MET = 0.9
"""A word that has a partner as good as this is not joined with its neighbour."""
_SHORT = 0.85
"""A last word this much like another one is not taken for its beginning."""


class Scratch(NamedTuple):
    """Working memory of one comparison, so that nothing is set aside in the inner loop.

    Attributes:
        likeness: Of each two tokens, left by right.
        how: In what way.
        met: For each token on the left the one that it met, or -1.
        met_by: The other way round.
        best: The highest likeness of each token, on the left and on the right.
        joined: Two words written together, or two whole names.
        order: Places of met words.
        room: For `likeness`.
        masks: For `edits`.
        sides: What is told of either side, see `features`.
    """

    likeness: NDArray[np.float32]
    how: NDArray[np.uint8]
    met: NDArray[np.int8]
    met_by: NDArray[np.int8]
    best: NDArray[np.float32]
    joined: NDArray[np.uint8]
    order: NDArray[np.int8]
    room: NDArray[np.float32]
    masks: NDArray[np.uint64]
    sides: NDArray[np.float32]


@kernel
def scratch() -> Scratch:
    """Set working memory aside."""
    return Scratch(
        np.zeros((MOST_TOKENS, MOST_TOKENS), np.float32),
        np.zeros((MOST_TOKENS, MOST_TOKENS), np.uint8),
        np.zeros(MOST_TOKENS, np.int8),
        np.zeros(MOST_TOKENS, np.int8),
        np.zeros((2, MOST_TOKENS), np.float32),
        np.zeros(80, np.uint8),
        np.zeros(MOST_TOKENS, np.int8),
        _room(),
        letter_masks(),
        np.zeros((2, 20), np.float32),
    )


@leaf
def align(
    names_a: NDArray[np.int32], left: Tokens, names_b: NDArray[np.int32], right: Tokens, costs: Costs, work: Scratch
) -> None:
    """Find which tokens met: `work.met[i]` is the token of the right name that token i met, or -1; `met_by` the other way round.

    Two neighbouring tokens that met one together both point to it. The likeness stands in `work.likeness[i, j]`, the way in `how`.
    """
    for i in range(min(len(names_a), MOST_TOKENS)):
        for j in range(min(len(names_b), MOST_TOKENS)):
            work.likeness[i, j], work.how[i, j] = pair_likeness(
                names_a[i], left, names_b[j], right, costs, work.room, work.masks, FLOOR
            )
    match(names_a, left, names_b, right, costs, work)


@leaf
def match(
    names_a: NDArray[np.int32], left: Tokens, names_b: NDArray[np.int32], right: Tokens, costs: Costs, work: Scratch
) -> None:
    """The same, where the likeness of each two tokens has been written already."""
    many_a, many_b = min(len(names_a), MOST_TOKENS), min(len(names_b), MOST_TOKENS)
    work.met[:many_a], work.met_by[:many_b] = -1, -1
    _shorten(names_a, left, many_a, names_b, right, many_b, work)
    if _may_be_joined(many_a, many_b, work):
        _join(names_a, left, many_a, names_b, right, many_b, costs, work, False)
        _join(names_b, right, many_b, names_a, left, many_a, costs, work, True)
    for _ in range(min(many_a, many_b)):
        best, at_i, at_j = 0.0, -1, -1
        for i in range(many_a):
            if work.met[i] >= 0:
                continue
            for j in range(many_b):
                if work.met_by[j] >= 0 or work.likeness[i, j] < _least(names_a[i], left, names_b[j], right):
                    continue
                telling = min(left.rows[names_a[i]].bits, right.rows[names_b[j]].bits)
                worth = work.likeness[i, j] * (1.0 + 0.02 * telling) - 0.001 * abs(i - j)
                if worth > best:
                    best, at_i, at_j = worth, i, j
        if at_i < 0:
            return
        work.met[at_i], work.met_by[at_j] = at_j, at_i


@inlined
def _least(a: int, left: Tokens, b: int, right: Tokens) -> float:
    """How much alike two words must be to meet."""
    optional = left.rows[a].kind == OPTIONAL or right.rows[b].kind == OPTIONAL
    initial = left.rows[a].kind == INITIAL or right.rows[b].kind == INITIAL
    return MET_OPTIONAL if optional and not initial else MET


@leaf
def _shorten(
    names_a: NDArray[np.int32],
    left: Tokens,
    many_a: int,
    names_b: NDArray[np.int32],
    right: Tokens,
    many_b: int,
    work: Scratch,
) -> None:
    """Let a last word meet one that it is the beginning of, or that is the beginning of it: where names are cut off."""
    for i in range(many_a):
        if not may_join(left.rows[names_a[i]].kind):
            continue
        for j in range(many_b) if i == many_a - 1 else range(many_b - 1, many_b):
            if work.likeness[i, j] >= _SHORT or not may_join(right.rows[names_b[j]].kind):
                continue
            begun = shortened_likeness(names_a[i], left, names_b[j], right)
            if begun > work.likeness[i, j]:
                work.likeness[i, j], work.how[i, j] = begun, HOW_SHORTENED


@leaf
def _may_be_joined(many_a: int, many_b: int, work: Scratch) -> bool:
    """Note the best likeness of each token; says whether on either side one is left without a good partner."""
    work.best[:] = 0.0
    for i in range(many_a):
        for j in range(many_b):
            alike = work.likeness[i, j]
            work.best[0, i], work.best[1, j] = max(work.best[0, i], alike), max(work.best[1, j], alike)
    open_a = open_b = 0
    for i in range(many_a):
        open_a += work.best[0, i] <= _WELL_MET
    for j in range(many_b):
        open_b += work.best[1, j] <= _WELL_MET
    return open_a > 0 and open_b > 0 and open_a + open_b > 2


@leaf
def _join(
    parts: NDArray[np.int32],
    left: Tokens,
    many_parts: int,
    wholes: NDArray[np.int32],
    right: Tokens,
    many_wholes: int,
    costs: Costs,
    work: Scratch,
    turned: bool,
) -> None:
    """Let two neighbours meet one token that they are, written together; `turned` where the parts stand on the right."""
    here, there = 1 if turned else 0, 0 if turned else 1
    met, met_by = (work.met_by, work.met) if turned else (work.met, work.met_by)
    for i in range(many_parts - 1):
        if work.best[here, i] > _WELL_MET or work.best[here, i + 1] > _WELL_MET:
            continue
        for j in range(many_wholes):
            if work.best[there, j] > _WELL_MET or met[i] >= 0 or met[i + 1] >= 0 or met_by[j] >= 0:
                continue
            first = work.likeness[j, i] if turned else work.likeness[i, j]
            second = work.likeness[j, i + 1] if turned else work.likeness[i + 1, j]
            alike = _joined_likeness(parts[i], parts[i + 1], left, wholes[j], right, costs, work)
            if alike < JOINED or alike <= max(first, second):
                continue
            for part in range(i, i + 2):
                one, other = (j, part) if turned else (part, j)
                work.likeness[one, other], work.how[one, other] = alike, HOW_JOINED
            met[i], met[i + 1], met_by[j] = j, j, i


@leaf
def _joined_likeness(a: int, following: int, left: Tokens, b: int, right: Tokens, costs: Costs, work: Scratch) -> float:
    """How alike two neighbouring tokens, written together, are to one of the other name; 0 where they are hardly."""
    one, other, whole = left.rows[a], left.rows[following], right.rows[b]
    length = one.many_sounds + other.many_sounds
    if not (may_join(one.kind) and may_join(other.kind) and may_join(whole.kind)) or one.origin != other.origin:
        return 0.0
    if abs(length - whole.many_sounds) > 2 or length > LONGEST:
        return 0.0
    if one.origin == whole.origin and bit_count(((one.letters | other.letters) ^ whole.letters) & ~VOWELS) > 2:
        return 0.0
    for place in range(one.many_sounds):
        work.joined[place] = left.sounds[one.sounds + place]
    for place in range(other.many_sounds):
        work.joined[one.many_sounds + place] = left.sounds[other.sounds + place]
    return likeness_from(
        work.joined[:length], one.origin, right.sounds[whole.sounds : whole.sounds + whole.many_sounds], whole.origin,
        costs, work.room, JOINED,
    )  # fmt: skip
