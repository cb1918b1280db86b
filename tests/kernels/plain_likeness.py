"""What `shellgame.kernels.likeness` computes, slow and obvious: the cheapest way from one row to the other."""

from __future__ import annotations

from functools import cache
from itertools import groupby

from shellgame.kernels.likeness import WITHOUT_VOWELS
from shellgame.names.costs import Tables
from shellgame.names.sounds import EDGE, LATIN_SOUNDS
from shellgame.names.token import Origin

VOWELS = {LATIN_SOUNDS.index(sound) for sound in ["a", "e", "i", "o", "u", "ou", "oo", "ee", "eo", "eu"]}


def plain_likeness(a: bytes, origin_a: Origin, b: bytes, origin_b: Origin, tables: Tables) -> float:
    """Tell how alike two words sound, 0.0 to 1.0."""
    kind = int(tables.kind[origin_a, origin_b])
    if tables.turned[origin_a, origin_b]:
        a, b = b, a
    if not a or not b:
        return float(not a and not b)
    cost = plain_cost(a, b, kind, tables)
    if cost <= 0:
        return 1.0
    if origin_a == origin_b == Origin.LATIN and (plain_lacks_vowels(a, b, tables) or plain_lacks_vowels(b, a, tables)):
        return max(float(WITHOUT_VOWELS), _counted(a, b, kind, cost, tables))
    return _counted(a, b, kind, cost, tables)


def _counted(a: bytes, b: bytes, kind: int, cost: float, tables: Tables) -> float:
    weight = sum(tables.weight_left[kind][code] for code in a) + sum(tables.weight_right[kind][code] for code in b)
    length = max(weight / 2 - tables.short[kind], 0.5)
    return float(1 / (1 + (cost / length / tables.half[kind]) ** tables.steep[kind]))


def plain_cost(a: bytes, b: bytes, kind: int, tables: Tables) -> float:
    """Add up the cheapest steps that turn `a` into `b`."""
    instead = tables.instead[kind]
    joins = bool(tables.joins[kind])

    def without(codes: bytes, place: int, after: object, before: object) -> float:
        last = codes[place - 1] if place else EDGE
        following = codes[place + 1] if place + 1 < len(codes) else EDGE
        return max(0.05, float(after[last, codes[place]] + before[following, codes[place]]))  # type: ignore[index]

    @cache
    def reach(i: int, j: int) -> float:
        """Cost of turning the first `i` codes of `a` into the first `j` of `b`."""
        if i == 0 and j == 0:
            return 0.0
        ways = []
        if i:
            ways.append(reach(i - 1, j) + without(a, i - 1, tables.left_after[kind], tables.left_before[kind]))
        if j:
            ways.append(reach(i, j - 1) + without(b, j - 1, tables.right_after[kind], tables.right_before[kind]))
        if i and j:
            ways.append(reach(i - 1, j - 1) + instead[a[i - 1], b[j - 1]])
        if i > 1 and j > 1 and a[i - 2] == b[j - 1] and a[i - 1] == b[j - 2]:
            ways.append(reach(i - 2, j - 2) + tables.swap[kind])
        if joins and i > 1 and j and (both := tables.joined[a[i - 2], a[i - 1]]) != EDGE:
            ways.append(reach(i - 2, j - 1) + tables.joining[a[i - 2], a[i - 1]] + instead[both, b[j - 1]])
        if joins and i and j > 1 and (both := tables.joined[b[j - 2], b[j - 1]]) != EDGE:
            ways.append(reach(i - 1, j - 2) + tables.joining[b[j - 2], b[j - 1]] + instead[a[i - 1], both])
        return float(min(ways))

    return reach(len(a), len(b))


def plain_lacks_vowels(short: bytes, whole: bytes, tables: Tables) -> bool:
    """Whether a word is another one without its vowels, but for those at its ends."""
    consonants = [code for code in short if code not in VOWELS]
    if len(short) >= len(whole) or len(consonants) < 3 or any(code in VOWELS for code in short[1:-1]):
        return False
    if (short[0] in VOWELS and short[0] != whole[0]) or (short[-1] in VOWELS and short[-1] != whole[-1]):
        return False
    return _reads_as([code for code, _ in groupby(code for code in whole if code not in VOWELS)], consonants, tables)


def _reads_as(sounds: list[int], wanted: list[int], tables: Tables) -> bool:
    """Whether a row of consonants is another one where two of them may be read as one."""
    for code in wanted:
        taken = (
            1 if sounds[:1] == [code] else 2 if len(sounds) > 1 and tables.joined[sounds[0], sounds[1]] == code else 0
        )
        if not taken:
            return False
        del sounds[:taken]
    return not sounds
