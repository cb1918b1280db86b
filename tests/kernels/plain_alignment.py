"""What `shellgame.kernels.alignment` finds, slow and obvious: which words of two names met, and what that tells.

How alike two words sound is asked of the compiled function; it has a plain twin of its own (`plain_likeness`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np
from tests.kernels.plain_spelling import plain_edits

from shellgame.kernels.alignment import (
    FLOOR,
    HOW_GROUP,
    HOW_INITIAL,
    HOW_JOINED,
    HOW_SHORTENED,
    HOW_WORD,
    MET,
    MOST_TOKENS,
    Tokens,
)
from shellgame.kernels.likeness import likeness, scratch
from shellgame.kernels.spelling import LONGEST as MOST_LETTERS
from shellgame.names.sounds import LATIN_SOUNDS, LONGEST, tables
from shellgame.names.token import Kind, Origin

NAMING = (Kind.WORD, Kind.INITIAL)
FILLING = (Kind.FORM, Kind.PARTICLE, Kind.GENERIC)
JOINABLE = (Kind.WORD, Kind.PARTICLE, Kind.GENERIC, Kind.PLACE)
COMING_AND_GOING = {
    LATIN_SOUNDS.index(sound) for sound in ["a", "e", "i", "o", "u", "y", "w", "h", "ou", "oo", "ee", "eo", "eu"]
}
ROOM = scratch()


@dataclass(frozen=True)
class Word:
    """One token of a vocabulary, whole."""

    sounds: bytes
    latin: bytes
    text: int
    printed: int
    kind: Kind
    origin: Origin
    group: int
    first: int
    bits: float


def words_of(tokens: Tokens, numbers: Iterable[int]) -> list[Word]:
    """Take tokens out of their arrays."""
    return [
        Word(
            sounds=tokens.sounds[tokens.starts[n] : tokens.starts[n + 1]].tobytes(),
            latin=tokens.latin[tokens.letter_starts[n] : tokens.letter_starts[n + 1]].tobytes(),
            text=int(tokens.text[n]),
            printed=int(tokens.printed[n]),
            kind=Kind(tokens.kind[n]),
            origin=Origin(tokens.origin[n]),
            group=int(tokens.group[n]),
            first=int(tokens.first[n]),
            bits=float(tokens.bits[n]),
        )
        for n in numbers
    ]


@cache
def sound_alike(a: bytes, origin_a: Origin, b: bytes, origin_b: Origin) -> float:
    """How alike two rows of sounds are."""
    left, right = np.frombuffer(a, np.uint8).copy(), np.frombuffer(b, np.uint8).copy()
    return float(likeness(left, int(origin_a), right, int(origin_b), tables(), ROOM))


def plain_pair(a: Word, b: Word, floor: float) -> tuple[float, int]:
    """How alike two words are, and in what way; sounds less alike than a floor are as good as not alike at all."""
    same_group = a.group != 0 and a.group == b.group
    if {a.kind, b.kind} & {Kind.NUMBER, Kind.FORM}:  # the same or not, nothing between
        return float(a.kind == b.kind and (a.text == b.text or same_group)), HOW_WORD
    if Kind.INITIAL in (a.kind, b.kind):
        same_sound = same_alphabet(a, b) and a.sounds[:1] == b.sounds[:1] != b""
        if a.first != b.first and not same_sound:
            return 0.0, HOW_INITIAL
        return (1.0, HOW_WORD) if a.kind == b.kind else (0.7, HOW_INITIAL)
    other_signs = a.origin == b.origin and a.printed != b.printed  # of one sound, as many Chinese words are
    if a.text == b.text and a.origin == b.origin and not other_signs:
        return 1.0, HOW_WORD
    alike = sound_alike(a.sounds, a.origin, b.sounds, b.origin)
    alike = alike if alike >= floor else 0.0
    if alike < 0.8 and a.origin == b.origin and not a.printed:
        alike = max(alike, spelt_alike(a, b))
    alike = min(alike, 0.75 if other_signs else 0.995)
    return (0.93, HOW_GROUP) if same_group and alike < 0.93 else (alike, HOW_WORD)


def pen_slips(a: Word, b: Word) -> int:
    """Slips of the pen between two words; none across scripts, which have no letters in common."""
    if a.origin != b.origin or a.printed:
        return 0
    return plain_edits(a.latin[:MOST_LETTERS], b.latin[:MOST_LETTERS])


def spelt_alike(a: Word, b: Word) -> float:
    """Likeness of letters: 0 where more than two slips, or a third of the letters, lie between two words."""
    shorter, longer = sorted((len(a.latin), len(b.latin)))
    if longer - shorter > 2 or shorter < 3 or len({*a.sounds} ^ {*b.sounds}) > 6:
        return 0.0
    slips = pen_slips(a, b)
    return 0.9 * (1 - slips / longer) if slips <= 2 and 3 * slips <= longer else 0.0


def same_alphabet(a: Word, b: Word) -> bool:
    """Whether the sounds of two words may be held against one another one by one: those of Chinese are others."""
    return (a.origin == Origin.HAN) == (b.origin == Origin.HAN)


def plain_shortened(a: Word, b: Word) -> float:
    """How much it tells that one word is how the other begins."""
    shorter, longer = sorted((a.sounds, b.sounds), key=len)
    if len(shorter) < 2 or not longer.startswith(shorter) or not same_alphabet(a, b):
        return 0.0
    return {2: 0.6, 3: 0.74}.get(len(shorter), 0.85)


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
    _join(left, right, found, turned=False)
    _join(right, left, found, turned=True)
    while True:
        open_pairs = [
            (_worth(left[i], right[j], i, j, alike), -i, -j)
            for (i, j), alike in found.alike.items()
            if i not in found.met and j not in found.met_by and alike >= MET
        ]
        if not open_pairs:
            return found
        _, i, j = max(open_pairs)  # of equals the one that stands first
        found.met[-i], found.met_by[-j] = -j, -i


def _worth(a: Word, b: Word, i: int, j: int, alike: float) -> float:
    """What it is worth to let two words meet: telling ones first, then those at the same place."""
    return alike * (1.0 + 0.02 * min(a.bits, b.bits)) - 0.001 * abs(i - j)


def _join(parts: Sequence[Word], wholes: Sequence[Word], found: Alignment, *, turned: bool) -> None:
    """Let two neighbours meet one word that is both of them written together; `turned` where the parts stand on the right."""
    met, met_by = (found.met_by, found.met) if turned else (found.met, found.met_by)
    for i, (a, following) in enumerate(pairwise(parts)):
        for j, b in enumerate(wholes):
            if any(word.kind not in JOINABLE for word in (a, following, b)):
                continue
            places = [(j, i), (j, i + 1)] if turned else [(i, j), (i + 1, j)]
            alone = max(found.alike[place] for place in places)
            together = a.sounds + following.sounds
            if i in met or i + 1 in met or j in met_by or alone > 0.9:
                continue
            if a.origin != following.origin or abs(len(together) - len(b.sounds)) > 2 or len(together) > LONGEST:
                continue
            alike = sound_alike(together, a.origin, b.sounds, b.origin)
            if alike >= 0.84 and alike > alone:
                for place in places:
                    found.alike[place], found.how[place] = alike, HOW_JOINED
                met[i] = met[i + 1] = j
                met_by[j] = i


def plain_features(left: Sequence[Word], right: Sequence[Word], *, organization: bool) -> dict[str, float]:
    """Every feature of two names by its name."""
    left, right = left[:MOST_TOKENS], right[:MOST_TOKENS]
    found = plain_align(left, right)
    pairs = [(i, j, left[i], right[j], found.alike[i, j], found.how[i, j]) for i, j in sorted(found.met.items())]
    over_left = [word for i, word in enumerate(left) if i not in found.met]
    over_right = [word for j, word in enumerate(right) if j not in found.met_by]
    telling = _telling(left, right, found)
    weight = sum(each.bits for each in telling)
    slips = [((1 - each.alike) * each.length, each.length) for each in telling]
    otherwise_spelt = [each for each in telling if each.how == HOW_WORD and each.alike < 1]
    same_consonants = sum(each.same_consonants for each in otherwise_spelt)
    over = [_bits(words, *NAMING) for words in (over_left, over_right)]
    over_words = [_count(words, *NAMING) for words in (over_left, over_right)]
    over_initials = [_count(words, Kind.INITIAL) for words in (over_left, over_right)]
    numbers = [_count(words, Kind.NUMBER) for words in (over_left, over_right)]
    places = [_bits(words, Kind.PLACE) for words in (over_left, over_right)]
    many_words = [_count(words, *NAMING) for words in (left, right)]
    covered = _covered(left, right, found)
    replaced, letters_replaced = _replaced(left, right, found)
    edits = sum(each.pen for each in otherwise_spelt) + _pen_replaced(over_left, over_right)
    letters = sum(len(word.sounds) for word in (*left, *right) if word.kind not in FILLING)
    return {
        "least_covered": min(covered),
        "most_covered": max(covered),
        "met_bits": sum(each.bits * each.alike for each in telling),
        "replaced_bits": min(over),
        "left_over_bits": max(over),
        "left_over_words": max(over_words),
        "replaced_words": min(over_words),
        "worst_likeness": min(each.alike for each in telling) if weight else 0,
        "mean_likeness": sum(each.bits * each.alike for each in telling) / weight if weight else 0,
        "slips": sum(slip for slip, _ in slips),
        "slips_in_short": sum(slip for slip, length in slips if length <= 4),
        "numbers": 2 * min(numbers) + abs(numbers[0] - numbers[1]),
        "forms": _forms(pairs, over_left, over_right),
        "order": _disorder(left, found),
        "words_fewer": min(many_words),
        "words_more": max(many_words),
        "initials": _ways(pairs, HOW_INITIAL),
        "replaced_likeness": replaced,
        "leading_met": _end_met(left, found.met, 0) + _end_met(right, found.met_by, 0),
        "trailing_met": _end_met(left, found.met, -1) + _end_met(right, found.met_by, -1),
        "organization": float(organization),
        "whole_likeness": _whole_likeness(left, right),
        "places": min(places) + 0.25 * max(places),
        "across_scripts": max((max(a.origin, b.origin) for _, _, a, b, *_ in pairs if a.origin != b.origin), default=0),
        "shortened": _ways(pairs, HOW_SHORTENED),
        "grouped": _ways(pairs, HOW_GROUP),
        "joined": sum(each.how == HOW_JOINED for each in telling),
        "generic_left_over": _bits([*over_left, *over_right], Kind.GENERIC, Kind.PARTICLE),
        "telling_bits": max((each.bits * each.alike for each in telling), default=0),
        "initials_differ": max(min(over_initials[0], over_words[1]), min(over_words[0], over_initials[1])),
        "letters_met": min(1, (_letters_met(left, right, found) + letters_replaced) / letters) if letters else 0,
        "same_consonants": same_consonants,
        "other_consonants": sum(each.one_script and not each.same_consonants for each in otherwise_spelt),
        "edits": edits,
        "edits_share": edits / letters if letters else 1,
    }


Pair = tuple[int, int, Word, Word, float, int]


class Telling(NamedTuple):
    """Words that met as words, neither as initials nor among what only fills; two that met one together are one."""

    bits: float
    length: int
    alike: float
    how: int
    same_consonants: bool
    one_script: bool
    pen: int


def _telling(left: Sequence[Word], right: Sequence[Word], found: Alignment) -> list[Telling]:
    telling = []
    for i, j in sorted(found.met.items()):
        how = found.how[i, j]
        if how == HOW_JOINED:
            ones = [
                word for place, word in enumerate(left) if place == i or (place == i + 1 and found.met.get(place) == j)
            ]
            others = [
                word
                for place, word in enumerate(right)
                if place == j or (place == j + 1 and found.met_by.get(place) == i)
            ]
            counts = found.met_by[j] == i
        else:
            ones, others = [left[i]], [right[j]]
            counts = how != HOW_INITIAL and {left[i].kind, right[j].kind} <= {Kind.WORD, Kind.PLACE}
        if counts:
            bits = min(sum(word.bits for word in words) for words in (ones, others))
            length = min(sum(len(word.sounds) for word in words) for words in (ones, others))
            telling.append(
                Telling(
                    bits,
                    length,
                    found.alike[i, j],
                    how,
                    _same_consonants(left[i], right[j]),
                    left[i].origin == right[j].origin,
                    pen_slips(left[i], right[j]),
                )
            )
    return telling


def _same_consonants(a: Word, b: Word) -> bool:
    one, other = ([sound for sound in word.sounds if sound not in COMING_AND_GOING] for word in (a, b))
    return same_alphabet(a, b) and one == other


def _count(words: Iterable[Word], *kinds: Kind) -> int:
    return sum(word.kind in kinds for word in words)


def _bits(words: Iterable[Word], *kinds: Kind) -> float:
    return sum(word.bits for word in words if word.kind in kinds)


def _ways(pairs: Sequence[Pair], way: int) -> int:
    return sum(how == way for *_, how in pairs)


def _covered(left: Sequence[Word], right: Sequence[Word], found: Alignment) -> list[float]:
    """The share of each side, in bits, that met."""
    met_left = sum(left[i].bits * found.alike[i, j] for i, j in found.met.items())
    met_right = sum(right[j].bits * found.alike[i, j] for j, i in found.met_by.items())
    totals = [sum(word.bits for word in words) for words in (left, right)]
    return [met / total if total > 0 else 0 for met, total in zip((met_left, met_right), totals, strict=True)]


def _forms(pairs: Sequence[Pair], over_left: Sequence[Word], over_right: Sequence[Word]) -> int:
    """0: legal forms agree, or there are none; 1: one side has one; 2: they differ."""
    if any(a.kind == Kind.FORM for _, _, a, *_ in pairs):
        return 0
    return sum(_count(words, Kind.FORM) > 0 for words in (over_left, over_right))


def _disorder(left: Sequence[Word], found: Alignment) -> int:
    """Least number of pairs of met words out of order, over all ways to turn the name round."""
    places: list[int] = []
    for i, j in sorted(found.met.items()):
        if left[i].kind in NAMING and places[-1:] != [j]:
            places.append(j)
    turns = [places[turn:] + places[:turn] for turn in range(max(1, len(places)))]
    return min(sum(one > other for one, other in combinations(turn, 2)) for turn in turns)


def _end_met(words: Sequence[Word], met: dict[int, int], end: int) -> bool:
    places = [place for place, word in enumerate(words) if word.kind in NAMING]
    return bool(places) and places[end] in met


def _replaced(left: Sequence[Word], right: Sequence[Word], found: Alignment) -> tuple[float, float]:
    """How alike two words are at best that met nobody, and what the letters of two such count for at most."""
    ones = [(i, word) for i, word in enumerate(left) if i not in found.met and word.kind in NAMING]
    others = [(j, word) for j, word in enumerate(right) if j not in found.met_by and word.kind in NAMING]
    pairs = [(found.alike[i, j], len(a.sounds) + len(b.sounds)) for i, a in ones for j, b in others]
    return max((alike for alike, _ in pairs), default=0), max((alike * length for alike, length in pairs), default=0)


def _pen_replaced(over_left: Sequence[Word], over_right: Sequence[Word]) -> int:
    """Slips of the pen between the two words nearest to one another that met nobody."""
    ones, others = ([word for word in words if word.kind == Kind.WORD] for words in (over_left, over_right))
    return min((pen_slips(a, b) for a in ones for b in others), default=0)


def _letters_met(left: Sequence[Word], right: Sequence[Word], found: Alignment) -> float:
    met = [(left[i], found.alike[i, j]) for i, j in found.met.items()]
    met += [(right[j], found.alike[i, j]) for j, i in found.met_by.items()]
    return sum(alike * len(word.sounds) for word, alike in met if word.kind not in FILLING)


def _whole_likeness(left: Sequence[Word], right: Sequence[Word]) -> float:
    """How alike both names are, each written without blanks and without what only fills, in the alphabet it begins in."""
    one, other = (
        b"".join(w.sounds for w in words if w.kind not in FILLING and same_alphabet(w, words[0]))[:LONGEST]
        if words
        else b""
        for words in (left, right)
    )
    return sound_alike(one, left[0].origin, other, right[0].origin) if one and other else 0.0
