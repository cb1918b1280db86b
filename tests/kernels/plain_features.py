"""What `shellgame.kernels.features` tells of two names, slow and obvious."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from tests.kernels.plain_alignment import Alignment, plain_align
from tests.kernels.plain_tokens import (
    FILLING,
    NAMING,
    WRITTEN_OUT,
    Word,
    pen_slips,
    plain_final_vowels,
    plain_same_consonants,
    plain_transposed,
    same_alphabet,
    sound_alike_from,
)

from shellgame.kernels.alignment import MOST_TOKENS
from shellgame.kernels.tokens import FLOOR, HOW_GROUP, HOW_INITIAL, HOW_JOINED, HOW_SHORTENED, HOW_WORD
from shellgame.names.sounds import LONGEST
from shellgame.names.token import Kind, Origin


def plain_features(left: Sequence[Word], right: Sequence[Word], *, organization: bool) -> dict[str, float]:
    """Every feature of two names by its name."""
    left, right = left[:MOST_TOKENS], right[:MOST_TOKENS]
    found = plain_align(left, right)
    left, right, found = _without_common_fathers(left, right, found)
    left, right = (_with_light_filling(words, organization) for words in _without_fathers(left, right, found))
    pairs = [(i, j, left[i], right[j], found.alike[i, j], found.how[i, j]) for i, j in sorted(found.met.items())]
    over_left = [word for i, word in enumerate(left) if i not in found.met]
    over_right = [word for j, word in enumerate(right) if j not in found.met_by]
    telling = _telling(left, right, found)
    weight = sum(each.bits for each in telling)
    slips = [((1 - each.alike) * each.length, each.length) for each in telling]
    otherwise_spelt = [each for each in telling if each.how == HOW_WORD and each.alike < 1]
    one_alphabet = [each for each in otherwise_spelt if each.one_script and not each.left.printed]
    same_consonants = sum(each.same_consonants for each in otherwise_spelt)
    over = [_bits(words, *NAMING) for words in (over_left, over_right)]
    over_words = [_count(words, *NAMING) for words in (over_left, over_right)]
    over_initials = [_count(words, Kind.INITIAL) for words in (over_left, over_right)]
    numbers = [_count(words, Kind.NUMBER) for words in (over_left, over_right)]
    places = [_bits(words, Kind.PLACE) for words in (over_left, over_right)]
    generic = (Kind.GENERIC, Kind.PARTICLE) if organization else ()
    exchanged = [_bits(words, *NAMING, *generic, Kind.PLACE) for words in (over_left, over_right)]
    many_words = [_count(words, *NAMING) for words in (left, right)]
    covered = _covered(left, right, found)
    replaced, letters_replaced = _replaced(left, right, found)
    edits = sum(each.pen for each in otherwise_spelt) + _pen_replaced(over_left, over_right)
    letters = sum(len(word.sounds) for word in (*left, *right) if word.kind not in FILLING)
    mean = sum(each.bits * each.alike for each in telling) / weight if weight else 0.0
    joined = sum(each.how == HOW_JOINED for each in telling)
    generic_over = _bits([*over_left, *over_right], Kind.GENERIC, Kind.PARTICLE)
    met_places = _met_places(left, found)
    disorder = _disorder(met_places)
    across = max((max(a.origin, b.origin) for _, _, a, b, *_ in pairs if a.origin != b.origin), default=0)
    one_by_one = max(over_words) == generic_over == disorder == 0 and (not joined or across >= Origin.HAN)
    return {
        "least_covered": min(covered),
        "most_covered": max(covered),
        "met_bits": sum(each.bits * each.alike for each in telling),
        "replaced_bits": min(over),
        "left_over_bits": max(over),
        "left_over_words": max(over_words),
        "replaced_words": min(over_words),
        "worst_likeness": min(each.alike for each in telling) if weight else 0,
        "mean_likeness": mean,
        "slips": sum(slip for slip, _ in slips),
        "slips_in_short": sum(slip for slip, length in slips if length <= 4),
        "numbers": 2 * min(numbers) + abs(numbers[0] - numbers[1]),
        "forms": _forms(pairs, over_left, over_right),
        "order": disorder,
        "words_fewer": min(many_words),
        "words_more": max(many_words),
        "initials": _ways(pairs, HOW_INITIAL),
        "replaced_likeness": replaced,
        "leading_met": _end_met(left, found.met, 0) + _end_met(right, found.met_by, 0),
        "trailing_met": _end_met(left, found.met, -1) + _end_met(right, found.met_by, -1),
        "organization": float(organization),
        "whole_likeness": mean if one_by_one else _whole_likeness(left, right),
        "places": min(places) + 0.25 * max(places),
        "across_scripts": across,
        "shortened": _ways(pairs, HOW_SHORTENED),
        "grouped": _ways(pairs, HOW_GROUP),
        "joined": joined,
        "generic_left_over": generic_over,
        "telling_bits": max((each.bits * each.alike for each in telling), default=0),
        "initials_differ": max(
            min(over_initials[0], over_words[1]), min(over_words[0], over_initials[1]), min(over_initials)
        ),
        "letters_met": min(1, (_letters_met(left, right, found) + letters_replaced) / letters) if letters else 0,
        "same_consonants": same_consonants,
        "other_consonants": sum(each.one_script and not each.same_consonants for each in otherwise_spelt),
        "edits": edits,
        "edits_share": edits / letters if letters else 1,
        "exchanged_bits": min(exchanged),
        "turned": float(met_places != sorted(met_places)),
        "final_vowels": sum(plain_final_vowels(each.left, each.right) for each in one_alphabet),
        "first_letters": sum(each.left.first != each.right.first for each in one_alphabet),
        "transposed": sum(plain_transposed(each.left, each.right) for each in otherwise_spelt),
    }


def _without_fathers(left: Sequence[Word], right: Sequence[Word], found: Alignment) -> tuple[list[Word], list[Word]]:
    """Patronymics that only one name has are one bit of filling, unless the other name has something else instead."""
    over = [
        {place for place, word in enumerate(words) if place not in met and word.kind in NAMING}
        for words, met in ((left, found.met), (right, found.met_by))
    ]
    if all(over):
        return list(left), list(right)
    one, other = (
        [
            replace(word, kind=Kind.GENERIC, bits=1.0) if place in its and word.kind == Kind.OPTIONAL else word
            for place, word in enumerate(words)
        ]
        for words, its in zip((left, right), over, strict=True)
    )
    return one, other


def _without_common_fathers(
    left: Sequence[Word], right: Sequence[Word], found: Alignment
) -> tuple[Sequence[Word], Sequence[Word], Alignment]:
    """Patronymics that met are taken out of names that each have another word of their own."""
    sides = ((left, found.met), (right, found.met_by))
    if not all(any(w.kind in NAMING and place not in met for place, w in enumerate(words)) for words, met in sides):
        return left, right, found
    fathers = {(i, j) for i, j in found.met.items() if left[i].kind == right[j].kind == Kind.OPTIONAL}
    stay_left = [i for i in range(len(left)) if i not in {i for i, _ in fathers}]
    stay_right = [j for j in range(len(right)) if j not in {j for _, j in fathers}]
    new_left, new_right = ({old: new for new, old in enumerate(stay)} for stay in (stay_left, stay_right))
    return (
        [left[i] for i in stay_left],
        [right[j] for j in stay_right],
        Alignment(
            met={new_left[i]: new_right[j] for i, j in found.met.items() if (i, j) not in fathers},
            met_by={new_right[j]: new_left[i] for j, i in found.met_by.items() if (i, j) not in fathers},
            alike={
                (new_left[i], new_right[j]): v for (i, j), v in found.alike.items() if i in new_left and j in new_right
            },
            how={(new_left[i], new_right[j]): v for (i, j), v in found.how.items() if i in new_left and j in new_right},
        ),
    )


def _with_light_filling(words: Sequence[Word], organization: bool) -> list[Word]:
    """Particles and titles tell two bits at most, however rare they are."""
    light = (Kind.PARTICLE,) if organization else (Kind.PARTICLE, Kind.GENERIC)
    return [replace(word, bits=min(word.bits, 2.0)) if word.kind in light else word for word in words]


Pair = tuple[int, int, Word, Word, float, int]


class Telling(NamedTuple):
    """Words that met as words, neither as initials nor among what only fills; two that met one together are one."""

    left: Word
    right: Word
    bits: float
    length: int
    alike: float
    how: int

    @property
    def same_consonants(self) -> bool:
        return plain_same_consonants(self.left, self.right)

    @property
    def one_script(self) -> bool:
        return self.left.origin == self.right.origin

    @property
    def pen(self) -> int:
        return pen_slips(self.left, self.right)


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
            counts = how != HOW_INITIAL and {left[i].kind, right[j].kind} <= {*WRITTEN_OUT, Kind.PLACE}
        if counts:
            bits = min(sum(word.bits for word in words) for words in (ones, others))
            length = min(sum(len(word.sounds) for word in words) for words in (ones, others))
            telling.append(Telling(left[i], right[j], bits, length, found.alike[i, j], how))
    return telling


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


def _met_places(left: Sequence[Word], found: Alignment) -> list[int]:
    """Where the words stand on the right that those on the left met, one after another."""
    places: list[int] = []
    for i, j in sorted(found.met.items()):
        if left[i].kind in NAMING and places[-1:] != [j]:
            places.append(j)
    return places


def _disorder(places: list[int]) -> int:
    """Least number of pairs of met words out of order, over all ways to turn the name round."""
    turns = [places[turn:] + places[:turn] for turn in range(max(1, len(places)))]
    return min(sum(one > other for one, other in combinations(turn, 2)) for turn in turns)


def _end_met(words: Sequence[Word], met: dict[int, int], end: int) -> bool:
    places = [
        place
        for place, word in enumerate(words)
        if word.kind in NAMING and (place in met or word.kind != Kind.OPTIONAL)
    ]
    return bool(places) and places[end] in met


def _replaced(left: Sequence[Word], right: Sequence[Word], found: Alignment) -> tuple[float, float]:
    """How alike two words are at best that met nobody, and what the letters of two such count for at most."""
    ones = [(i, word) for i, word in enumerate(left) if i not in found.met and word.kind in NAMING]
    others = [(j, word) for j, word in enumerate(right) if j not in found.met_by and word.kind in NAMING]
    pairs = [(found.alike[i, j], len(a.sounds) + len(b.sounds)) for i, a in ones for j, b in others]
    return max((alike for alike, _ in pairs), default=0), max((alike * length for alike, length in pairs), default=0)


def _pen_replaced(over_left: Sequence[Word], over_right: Sequence[Word]) -> int:
    """Slips of the pen between the two words nearest to one another that met nobody."""
    ones, others = ([word for word in words if word.kind in WRITTEN_OUT] for words in (over_left, over_right))
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
    return sound_alike_from(float(FLOOR), one, left[0].origin, other, right[0].origin) if one and other else 0.0
