"""What `shellgame.kernels.search` looks for, slow and obvious: every word is held against every other, and every name too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log2

from tests.kernels.plain_alignment import COMING_AND_GOING, FILLING, JOINABLE, Word, plain_pair, same_alphabet
from tests.kernels.plain_keys import plain_keys

from shellgame.kernels.search import ALIKE, PSEUDO
from shellgame.names.keys import KeyTables
from shellgame.names.token import Kind, Origin

PLAIN = (Kind.NUMBER, Kind.FORM, Kind.INITIAL)


def plain_near_keys(word: Word) -> set[object]:
    """What words of the same sounds, of the same but for one, or of one group have in common."""
    alphabet = "han" if word.origin == Origin.HAN else "letters"
    found: set[object] = {(alphabet, word.sounds)}
    if word.kind not in PLAIN and len(word.sounds) >= 3:
        found |= {(alphabet, word.sounds[:place] + word.sounds[place + 1 :]) for place in range(len(word.sounds))}
    return found | ({("group", word.group)} if word.group else set())


def plain_could_be(asked: Word, listed: Word) -> bool:
    """Whether two Latin words of the same classes share enough sounds to be worth a comparison."""
    here, there = set(asked.sounds), set(listed.sounds)
    different, longer = here ^ there, len(listed.sounds) - len(asked.sounds)
    consonants, vowels = len(different - COMING_AND_GOING), len(different & COMING_AND_GOING)
    if consonants > 2:
        return False
    if abs(longer) <= 2 and vowels <= 3:
        return True
    return consonants <= 1 and not (here & COMING_AND_GOING) - there and longer > 0


def plain_far_keys(asked: Word, listed: Word, present: Iterable[Origin], tables: KeyTables, coarse: KeyTables) -> bool:
    """Whether two words share a key of coarser classes of sounds."""
    latin = Origin.LATIN
    if asked.kind in PLAIN or listed.kind in PLAIN:
        return False
    if asked.origin == latin and listed.origin == latin:
        own = plain_keys(asked.sounds, latin, latin, coarse)
        return bool(own & plain_keys(listed.sounds, latin, latin, tables)) and plain_could_be(asked, listed)
    # a word is asked for in every script that the list has; a listed one is kept for the other side of Latin
    scripts = [latin] if listed.origin == latin else [origin for origin in present if origin != latin]
    sides = [origin for origin in Origin if origin != latin] if listed.origin == latin else [latin]
    own = set().union(*(plain_keys(asked.sounds, asked.origin, script, tables) for script in scripts))
    return any(own & plain_keys(listed.sounds, listed.origin, side, tables) for side in sides)


def plain_alike(
    asked: Word, vocabulary: Sequence[Word], tables: KeyTables, coarse: KeyTables, *, is_last: bool
) -> dict[int, float]:
    """The words of a vocabulary that one comes across and is like, and how much."""
    found: dict[int, float] = {}
    if not asked.sounds or asked.kind == Kind.INITIAL:
        return found
    present = {word.origin for word in vocabulary}
    for number, listed in enumerate(vocabulary):
        near = bool(plain_near_keys(asked) & plain_near_keys(listed))
        if not near and is_last and begins(asked, listed):
            found[number] = 0.8
        elif near or plain_far_keys(asked, listed, present, tables, coarse):
            alike, _ = plain_pair(asked, listed, float(ALIKE))
            found |= {number: alike} if alike >= ALIKE else {}
    return found


def plain_bits(believed: float, alike: dict[int, float], held_by: Sequence[int], population: int) -> float:
    """How telling a word is: by how many entities hold it or one like it, and by what is believed of it."""
    holding = sum(held_by[token] * likeness**6 for token, likeness in alike.items())
    return -log2((holding + PSEUDO * 2**-believed) / (population + PSEUDO))


def begins(asked: Word, listed: Word) -> bool:
    """Whether a word of a query is a listed one cut short."""
    long_enough = 4 <= len(asked.sounds) < len(listed.sounds)
    plain = {asked.kind, listed.kind} & {*PLAIN}
    return long_enough and listed.sounds.startswith(asked.sounds) and same_alphabet(asked, listed) and not plain


def plain_halves(asked: Word, vocabulary: Sequence[Word]) -> list[tuple[bytes, bytes]]:
    """The pairs of words that are one when written together, the shortest first half first."""
    if asked.kind not in JOINABLE:
        return []
    chinese = asked.origin == Origin.HAN
    whole = {w.sounds for w in vocabulary if w.kind in JOINABLE and (w.origin == Origin.HAN) == chinese}
    parts = ((asked.sounds[:middle], asked.sounds[middle:]) for middle in range(2, len(asked.sounds) - 1))
    return [(first, second) for first, second in parts if first in whole and second in whole]


def plain_weights(asked: Sequence[Word], alike: Sequence[dict[int, float]], bits: Sequence[float]) -> list[float]:
    """What each word of a query counts for when names are gathered."""
    weights = [
        0.0 if w.kind == Kind.INITIAL else b * (0.15 if w.kind in FILLING else 1)
        for w, b in zip(asked, bits, strict=True)
    ]
    if not alike[-1]:  # like none: it may have been cut short
        weights[-1] = min(weights[-1], 1.5 * len(asked[-1].sounds))
    return weights


def plain_covered(weights: Sequence[float], alike: Sequence[dict[int, float]], name: Iterable[int]) -> float:
    """The share of a query that a name holds, by weight."""
    listed = list(name)
    met = (
        weight * max((each.get(token, 0.0) for token in listed), default=0.0)
        for weight, each in zip(weights, alike, strict=True)
    )
    total = sum(weights)
    return sum(met) / total if total > 0 else 0.0
