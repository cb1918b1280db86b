"""How alike two words sound, between 0 and 1: the cheapest way to turn the sounds of one into those of the other.

Costs come from tables that know, for each two scripts, which sounds stand for which and which are left out
(`shellgame.names.costs`). Two neighbours that change places cost a slip; two sounds may be read as one where a table
says so.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import inlined, leaf
from shellgame.names.costs import Tables
from shellgame.names.sounds import EDGE, LATIN_CODES, LONGEST
from shellgame.names.token import Origin

_WIDTH = LONGEST + 1
_NONE = np.uint8(EDGE)
_LEAST = np.float32(0.05)
"""A sound is never left out for nothing, so that only equal sounds reach 1."""
_SHORTEST = np.float32(0.5)
_FAR = np.float32(1e9)
_LATIN = int(Origin.LATIN)
WITHOUT_VOWELS = np.float32(0.8)
"""How alike a word at least is to the same written without its vowels."""
VOWELS = np.uint64(sum(1 << LATIN_CODES[vowel] for vowel in ("a", "e", "i", "o", "u", "ou", "oo", "ee", "eo", "eu")))
_TELLING_CONSONANTS = 3


def scratch() -> NDArray[np.float32]:
    """Make the room that `likeness` works in: one for each thread, used over and over."""
    return np.zeros((6, _WIDTH), np.float32)


@inlined
def _gaps(
    codes: NDArray[np.uint8],
    after: NDArray[np.float32],
    before: NDArray[np.float32],
    weights: NDArray[np.float32],
    out: NDArray[np.float32],
) -> np.float32:
    """Write what leaving out each code costs, given its neighbours; tell what the word weighs."""
    weight, last, final = np.float32(0), _NONE, len(codes) - 1
    for place in range(len(codes)):
        code = codes[place]
        following = codes[place + 1] if place < final else _NONE
        cost = after[last, code] + before[following, code]
        out[place] = cost if cost > _LEAST else _LEAST
        weight += weights[code]
        last = code
    return weight


@inlined
def _mark_pairs(codes: NDArray[np.uint8], joined: NDArray[np.uint8], out: NDArray[np.float32]) -> bool:
    """Write the code that each one makes with the one before it, or `_NONE`; says whether there is any."""
    some = False
    out[0] = _NONE
    for place in range(1, len(codes)):
        code = joined[codes[place - 1], codes[place]]
        out[place] = code
        some = some or code != _NONE
    return some


@inlined
def _cost(
    a: NDArray[np.uint8],
    b: NDArray[np.uint8],
    kind: int,
    tables: Tables,
    room: NDArray[np.float32],
    most: float,
) -> np.float32:
    """Find the cheapest way from the codes `a` to `b`, or any cost above `most` where there is none as cheap as that.

    What leaving out costs stands in the room.
    """
    n, m = len(a), len(b)
    instead, joined, swap, joins = tables.instead[kind], tables.joined, tables.swap[kind], tables.joins[kind]
    gap_a, gap_b, older, old, new, pairs = room[0], room[1], room[2], room[3], room[4], room[5]
    old[0] = 0
    for j in range(m):
        old[j + 1] = old[j] + gap_b[j]
    pairs_b = joins and _mark_pairs(b, joined, pairs)
    least_before = np.float32(0)
    past = _NONE
    for i in range(n):
        code, gap = a[i], gap_a[i]
        costs = instead[code]
        pair = joined[past, code] if joins and i > 0 else _NONE
        before = _NONE
        left, diagonal = old[0] + gap, old[0]
        new[0] = left
        least = left
        for j in range(m):
            other, above = b[j], old[j + 1]
            best = diagonal + costs[other]
            cost = above + gap
            if cost < best:
                best = cost
            cost = left + gap_b[j]
            if cost < best:
                best = cost
            if past == other and before == code and i > 0 and j > 0:
                cost = older[j - 1] + swap
                if cost < best:
                    best = cost
            if pair != _NONE:
                cost = older[j] + tables.joining[past, code] + instead[pair, other]
                if cost < best:
                    best = cost
            if pairs_b and pairs[j] != _NONE:
                cost = old[j - 1] + tables.joining[before, other] + costs[np.uint8(pairs[j])]
                if cost < best:
                    best = cost
            new[j + 1] = best
            if best < least:
                least = best
            left, diagonal, before = best, above, other
        if least > most and least_before > most:  # a swap or a joined pair reaches back two rows
            return np.float32(least)
        least_before = least
        past = code
        older, old, new = old, new, older
    return np.float32(old[m])


@inlined
def _is_vowel(code: int) -> bool:
    return (VOWELS >> np.uint64(code)) & np.uint64(1) != 0


@leaf
def lacks_vowels(a: NDArray[np.uint8], b: NDArray[np.uint8], joined: NDArray[np.uint8]) -> bool:
    """Whether the shorter of two Latin words is the other without its vowels, but for those at its ends.

    `Rmrz`, `Ramirez`; `Thmr`, `Tihomir`. It must have three consonants: fewer are those of many words.
    """
    short, whole = (a, b) if len(a) < len(b) else (b, a)
    n, m, j, consonants, last = len(short), len(whole), 0, 0, _NONE
    if n < _TELLING_CONSONANTS or n >= m:
        return False
    for i in range(n):
        code = short[i]
        if _is_vowel(code):
            if (i > 0 and i < n - 1) or code != whole[0 if i == 0 else m - 1]:
                return False
            continue
        consonants += 1
        while j < m and (whole[j] == last or _is_vowel(whole[j])):
            j += 1
        if j == m:
            return False
        last = whole[j]
        if last != code:  # two consonants that, side by side, are read as one
            while j < m and (whole[j] == last or _is_vowel(whole[j])):
                j += 1
            if j == m or joined[last, whole[j]] != code:
                return False
            last = whole[j]
        j += 1
    while j < m and (whole[j] == last or _is_vowel(whole[j])):
        j += 1
    return j == m and consonants >= _TELLING_CONSONANTS


@leaf
def likeness(
    a: NDArray[np.uint8],
    origin_a: int,
    b: NDArray[np.uint8],
    origin_b: int,
    tables: Tables,
    room: NDArray[np.float32],
) -> np.float32:
    """Tell how alike two words sound; see `likeness_from`, which gives up early on words that are not alike."""
    return likeness_from(a, origin_a, b, origin_b, tables, room, np.float32(0))


@leaf
def likeness_from(
    a: NDArray[np.uint8],
    origin_a: int,
    b: NDArray[np.uint8],
    origin_b: int,
    tables: Tables,
    room: NDArray[np.float32],
    floor: float,
) -> np.float32:
    """Tell how alike two words sound, where they are more alike than a floor; else 0.

    Args:
        a: Codes of one word (`shellgame.names.sounds.codes`), uint8, at most 32.
        origin_a: Its origin, a number.
        b: Codes of the other.
        origin_b: Its origin.
        tables: `shellgame.names.costs.tables()`.
        room: `scratch()`, of this thread.
        floor: Likeness of which less is as good as none, 0 to 1.

    Returns:
        0.0 to 1.0; 1 for equal sounds, about 0.87 for one slip in seven letters, below 0.4 for words that have nothing
        in common.
        The same whichever word comes first.
    """
    kind = tables.kind[origin_a, origin_b]
    if tables.turned[origin_a, origin_b]:
        a, b = b, a
    if len(a) == 0 or len(b) == 0:
        return np.float32(1 if len(a) == len(b) else 0)
    weight = _gaps(a, tables.left_after[kind], tables.left_before[kind], tables.weight_left[kind], room[0])
    weight += _gaps(b, tables.right_after[kind], tables.right_before[kind], tables.weight_right[kind], room[1])
    length = max(np.float32(0.5) * weight - tables.short[kind], _SHORTEST)
    half, steep = tables.half[kind], tables.steep[kind]
    most = _FAR if floor <= 0 else np.float32(length * half * (1 / floor - 1) ** (1 / steep))
    cost = _cost(a, b, kind, tables, room, most)
    if cost <= 0:
        return np.float32(1)
    alike = np.float32(0) if cost > most else np.float32(1 / (1 + (cost / length / half) ** steep))
    latin = origin_a == _LATIN and origin_b == _LATIN and floor < WITHOUT_VOWELS
    if latin and alike < WITHOUT_VOWELS and lacks_vowels(a, b, tables.joined):
        return WITHOUT_VOWELS
    return alike
