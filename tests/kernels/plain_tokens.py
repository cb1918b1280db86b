"""What `shellgame.kernels.tokens` says of two words, slow and obvious.

How alike two words sound is asked of the compiled function; it has a plain twin of its own (`plain_likeness`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

import numpy as np
from tests.kernels.plain_spelling import plain_edits

from shellgame.kernels.likeness import likeness, scratch
from shellgame.kernels.spelling import LONGEST as MOST_LETTERS
from shellgame.kernels.tokens import HOW_GROUP, HOW_INITIAL, HOW_WORD, Tokens
from shellgame.names.costs import tables
from shellgame.names.sounds import LATIN_SOUNDS, ONE_LETTER
from shellgame.names.token import RESPELT, Kind, Origin

WRITTEN_OUT = (Kind.WORD, Kind.OPTIONAL)
NAMING = (*WRITTEN_OUT, Kind.INITIAL)
FILLING = (Kind.FORM, Kind.PARTICLE, Kind.GENERIC)
JOINABLE = (*WRITTEN_OUT, Kind.PARTICLE, Kind.GENERIC, Kind.PLACE)
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
    mandarin: bool

    @property
    def letters(self) -> set[int]:
        """Its sounds, those that are written for one another as one."""
        return {*(self.sounds if self.origin == Origin.HAN else self.sounds.translate(ONE_LETTER))}


def words_of(tokens: Tokens, numbers: Iterable[int]) -> list[Word]:
    """Take tokens out of their arrays."""
    words = []
    for row in tokens.rows[list(numbers)]:
        sounds, latin = int(row["sounds"]), int(row["latin"])
        words.append(
            Word(
                sounds=tokens.sounds[sounds : sounds + int(row["many_sounds"])].tobytes(),
                latin=tokens.latin[latin : latin + int(row["many_latin"])].tobytes(),
                text=int(row["text"]),
                printed=int(row["printed"]),
                kind=Kind(row["kind"]),
                origin=Origin(row["origin"]),
                group=int(row["group"]),
                first=int(row["first"]),
                bits=float(row["bits"]),
                mandarin=bool(row["mandarin"]),
            )
        )
    return words


@cache
def sound_alike(a: bytes, origin_a: Origin, b: bytes, origin_b: Origin) -> float:
    """How alike two rows of sounds are."""
    left, right = np.frombuffer(a, np.uint8).copy(), np.frombuffer(b, np.uint8).copy()
    return float(likeness(left, int(origin_a), right, int(origin_b), tables(), ROOM))


def sound_alike_from(floor: float, a: bytes, origin_a: Origin, b: bytes, origin_b: Origin) -> float:
    """The same, where less than a floor is as good as nothing."""
    alike = sound_alike(a, origin_a, b, origin_b)
    return alike if alike >= floor else 0.0


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
    if a.kind == b.kind == Kind.PLACE and a.group and b.group and not same_group:
        return 0.0, HOW_WORD
    other_signs = a.origin == b.origin and a.printed != b.printed  # of one sound, as many Chinese words are
    if a.text == b.text and a.origin == b.origin and not other_signs:
        return 1.0, HOW_WORD
    alike = 0.0
    if not other_consonants(a, b, more_than=4):
        alike = sound_alike_from(floor, a.sounds, a.origin, b.sounds, b.origin)
        if alike < 0.8 and a.origin == b.origin and not a.printed:
            alike = max(alike, spelt_alike(a, b))
    alike = min(alike, 0.75 if other_signs else 0.995)
    if are_respelt(a, b):
        return max(alike, 0.97), HOW_WORD
    return (0.93, HOW_GROUP) if same_group and alike < 0.93 else (alike, HOW_WORD)


def are_respelt(a: Word, b: Word) -> bool:
    """Whether two words are one that languages spell otherwise."""
    return a.group == b.group >= RESPELT


def other_consonants(a: Word, b: Word, *, more_than: int) -> bool:
    """Whether more consonants than that are in only one of two words of one script; Chinese syllables have none of their own."""
    if a.origin != b.origin or a.origin == Origin.HAN:
        return False
    return len((a.letters ^ b.letters) - COMING_AND_GOING) > more_than


def pen_slips(a: Word, b: Word) -> int:
    """Slips of the pen between two words; none across scripts, but between Chinese words and what may be how they are read."""
    read = {a.origin, b.origin} == {Origin.LATIN, Origin.HAN} and a.mandarin and b.mandarin
    if are_respelt(a, b) or (not read and (a.origin != b.origin or a.printed)):
        return 0
    return plain_edits(a.latin[:MOST_LETTERS], b.latin[:MOST_LETTERS])


def spelt_alike(a: Word, b: Word) -> float:
    """Likeness of letters: 0 where more than two slips, or a third of the letters, lie between two words."""
    shorter, longer = sorted((len(a.latin), len(b.latin)))
    if longer - shorter > 2 or shorter < 3 or len(a.letters ^ b.letters) > 6:
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


def plain_same_consonants(a: Word, b: Word) -> bool:
    """Whether two words differ only in sounds that come and go between spellings, or that languages spell otherwise."""
    one, other = ([sound for sound in word.sounds if sound not in COMING_AND_GOING] for word in (a, b))
    return are_respelt(a, b) or (same_alphabet(a, b) and one == other)


def plain_final_vowels(a: Word, b: Word) -> bool:
    """Whether two words are spelt the same but for one or two vowels at the end."""
    same = len([*takewhile(lambda pair: pair[0] == pair[1], zip(a.latin, b.latin, strict=False))])
    ends = (a.latin[same:], b.latin[same:])
    return same >= 2 and 1 <= max(map(len, ends)) <= 2 and all(letter in b"aeiouy" for end in ends for letter in end)


def plain_transposed(a: Word, b: Word) -> bool:
    """Whether two words of one script are the same but for two neighbouring letters that changed places."""
    if a.origin != b.origin or a.printed or a.latin == b.latin:
        return False
    swapped = [a.latin[:at] + a.latin[at : at + 2][::-1] + a.latin[at + 2 :] for at in range(len(a.latin) - 1)]
    return b.latin in swapped
