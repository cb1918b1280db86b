"""What `shellgame.kernels.similar` looks for, slow and obvious: every word is held against every other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import log2

from tests.kernels.plain_keys import plain_keys
from tests.kernels.plain_tokens import COMING_AND_GOING, JOINABLE, Word, plain_pair, same_alphabet

from shellgame.kernels.similar import ALIKE, FARTHEST, PSEUDO
from shellgame.names.keys import KeyTables
from shellgame.names.sounds import LATIN_SOUNDS, LONGEST
from shellgame.names.token import Kind, Origin

PLAIN = (Kind.NUMBER, Kind.FORM, Kind.INITIAL)


def plain_near_keys(word: Word) -> set[object]:
    """What words of the same sounds, of the same but for one, or of one group have in common."""
    alphabet = "han" if word.origin == Origin.HAN else "letters"
    found: set[object] = {(alphabet, word.sounds)}
    if word.kind not in PLAIN and len(word.sounds) >= 3:
        found |= {(alphabet, word.sounds[:place] + word.sounds[place + 1 :]) for place in range(len(word.sounds))}
    letters = plain_letters(word)
    if word.kind not in PLAIN and letters != word.sounds and 2 < len(letters) <= LONGEST:
        found |= {(alphabet, letters)}
        found |= {(alphabet, letters[:place] + letters[place + 1 :]) for place in range(len(letters))}
    return found | ({("group", word.group)} if word.group else set())


def plain_letters(word: Word) -> bytes:
    """The letters of a Latin word as sounds, doubled ones once; nothing where a sign is no letter."""
    signs = word.latin.decode()
    if word.origin != Origin.LATIN or not (signs.isascii() and signs.isalpha() and signs.islower()):
        return b""
    return bytes(LATIN_SOUNDS.index(letter) for letter, _ in groupby(signs))


def plain_apart(one: Word, other: Word) -> int:
    """How far two words lie apart by their Latin letters: two for a consonant of only one, one for a vowel or a letter more."""
    here, there = ({letter for letter in word.latin.decode() if "a" <= letter <= "z"} for word in (one, other))
    vowels = sum(letter in "aehiouwy" for letter in here ^ there)
    return 2 * len(here ^ there) - vowels + abs(min(len(one.latin), 63) - min(len(other.latin), 63))


def plain_could_be(asked: Word, listed: Word) -> bool:
    """Whether two Latin words of the same classes share enough sounds to be worth a comparison."""
    here, there = asked.letters, listed.letters
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
    close = latin not in (asked.origin, listed.origin) or plain_apart(asked, listed) <= FARTHEST
    return close and any(own & plain_keys(listed.sounds, listed.origin, side, tables) for side in sides)


def plain_alike(
    asked: Word, vocabulary: Sequence[Word], tables: KeyTables, coarse: KeyTables
) -> dict[int, tuple[float, int]]:
    """The words of a vocabulary that one comes across and is like: how much, and in what way."""
    found: dict[int, tuple[float, int]] = {}
    if not asked.sounds or asked.kind == Kind.INITIAL:
        return found
    present = {word.origin for word in vocabulary}
    for number, listed in enumerate(vocabulary):
        near = bool(plain_near_keys(asked) & plain_near_keys(listed))
        if near or plain_far_keys(asked, listed, present, tables, coarse):
            alike, how = plain_pair(asked, listed, float(ALIKE))
            found |= {number: (alike, how)} if alike >= ALIKE else {}
    return found


def plain_bits(believed: float, alike: dict[int, float], held_by: Sequence[int], population: int) -> float:
    """How telling a word is: by how many entities hold it or one like it, and by what is believed of it."""
    holding = sum(held_by[token] * likeness**6 for token, likeness in alike.items())
    return -log2((holding + PSEUDO * 2**-believed) / (population + PSEUDO))


def plain_longer(asked: Word, vocabulary: Sequence[Word], alike: Iterable[int]) -> list[int]:
    """The words that one, standing last, may be cut short from, but for those it is like."""
    if asked.kind in PLAIN or len(asked.sounds) < 4:
        return []
    return [
        number
        for number, listed in enumerate(vocabulary)
        if number not in alike
        and len(listed.sounds) > len(asked.sounds)
        and listed.sounds.startswith(asked.sounds)
        and same_alphabet(asked, listed)
        and listed.kind not in PLAIN
    ]


def plain_halves(asked: Word, vocabulary: Sequence[Word]) -> list[tuple[bytes, bytes]]:
    """The pairs of words that are one when written together, the shortest first half first."""
    if asked.kind not in JOINABLE:
        return []
    chinese = asked.origin == Origin.HAN
    whole = {w.sounds for w in vocabulary if w.kind in JOINABLE and (w.origin == Origin.HAN) == chinese}
    parts = ((asked.sounds[:middle], asked.sounds[middle:]) for middle in range(2, len(asked.sounds) - 1))
    return [(first, second) for first, second in parts if first in whole and second in whole]
