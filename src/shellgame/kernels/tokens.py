"""Tokens as arrays, and how alike two of them are: by their sounds, by their letters, as initial, or as a word of one group."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import inlined, leaf
from shellgame.kernels.likeness import likeness_from
from shellgame.kernels.spelling import edits
from shellgame.names.costs import Tables as Costs
from shellgame.names.sounds import LATIN_SOUNDS
from shellgame.names.token import RESPELT

FLOOR = np.float32(0.3)
"""Likeness of which less is as good as none."""
_INITIAL = 0.7
_SAME_GROUP, _RESPELT = 0.93, 0.97
_SPELT = 0.8
"""Words that sound less alike than this are also held against one another letter by letter."""
_SLIP_OF_THE_PEN = 0.9
"""What likeness of letters counts, held against likeness of sounds."""
_OTHER_SIGNS = 0.75
"""Chinese or Korean words that sound the same and are written otherwise are other words, or the same in other signs."""
_OTHER_CONSONANTS = 4
"""Words of one script with more consonants than this that only one of them has are not alike."""
WORD, INITIAL, NUMBER, FORM, GENERIC, PARTICLE, PLACE, OPTIONAL = range(8)
LATIN, HAN = 0, 3
"""As in `names.token.Kind` and `Origin`."""
VOWELS = np.uint64(
    sum(
        1 << code
        for code, sound in enumerate(LATIN_SOUNDS)
        if sound in ["a", "e", "i", "o", "u", "y", "w", "h", "ou", "oo", "ee", "eo", "eu"]
    )
)
"""The bits of sounds that come and go between spellings."""
HOW_WORD, HOW_INITIAL, HOW_SHORTENED, HOW_GROUP, HOW_JOINED = range(5)

TOKEN = np.dtype(
    [
        ("text", np.uint64),
        ("printed", np.uint64),
        ("letters", np.uint64),
        ("sounds", np.int32),
        ("latin", np.int32),
        ("group", np.int32),
        ("bits", np.float32),
        ("many_sounds", np.int16),
        ("many_latin", np.int16),
        ("kind", np.uint8),
        ("origin", np.uint8),
        ("first", np.uint8),
        ("mandarin", np.uint8),
    ],
    align=True,
)
"""One token, so that all that is known of it lies together in memory.

text: Hash of the Latin text.
printed: Hash of the Chinese or Korean text; 0 where there is none.
letters: Which sounds occur in it, those written for one another as one (`names.sounds.ONE_LETTER`), one bit each.
sounds, latin: Where its sounds and its Latin letters begin.
group: Number of its group of equivalent words; 0 is none.
bits: How telling it is: minus the binary logarithm of the share of names that hold it.
many_sounds, many_latin: How many sounds and Latin letters it has, at most 32 and 255.
kind: `names.token.Kind`.
origin: `names.token.Origin`.
first: First letter of its Latin text.
mandarin: 1 where its Latin text is of syllables that Mandarin has, so that its letters can be held against Chinese characters'.
"""


class Tokens(NamedTuple):
    """A vocabulary as arrays.

    Attributes:
        rows: One `TOKEN` each.
        sounds: Sounds of all tokens, one after another.
        latin: Latin letters of all tokens.
    """

    rows: NDArray[np.void]
    sounds: NDArray[np.uint8]
    latin: NDArray[np.uint8]


@inlined
def bit_count(mask: int) -> int:
    """How many bits are set."""
    mask = np.uint64(mask)
    mask = mask - ((mask >> np.uint64(1)) & np.uint64(0x5555555555555555))
    mask = (mask & np.uint64(0x3333333333333333)) + ((mask >> np.uint64(2)) & np.uint64(0x3333333333333333))
    mask = (mask + (mask >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((mask * np.uint64(0x0101010101010101)) >> np.uint64(56))


@inlined
def is_plain(kind: int) -> bool:
    """Whether tokens of a kind are either the same or not."""
    return kind == NUMBER or kind == FORM or kind == INITIAL


@inlined
def may_join(kind: int) -> bool:
    """Whether tokens of a kind may be written together with their neighbours."""
    return kind in (WORD, PARTICLE, GENERIC, PLACE, OPTIONAL)


@inlined
def is_word(kind: int) -> bool:
    """Whether a token is a name that is written out."""
    return kind == WORD or kind == OPTIONAL


@inlined
def is_telling(kind: int) -> bool:
    """Whether the letters of a token count: not those of legal forms, particles and generic words."""
    return kind != FORM and kind != PARTICLE and kind != GENERIC


@leaf
def pair_likeness(
    a: int,
    left: Tokens,
    b: int,
    right: Tokens,
    costs: Costs,
    room: NDArray[np.float32],
    masks: NDArray[np.uint64],
    floor: float,
) -> tuple[float, int]:
    """How alike two tokens are (0 to 1; 0 below the floor), and in what way."""
    one, other = left.rows[a], right.rows[b]
    same_group = one.group != 0 and one.group == other.group
    if one.kind == NUMBER or other.kind == NUMBER or one.kind == FORM or other.kind == FORM:
        same = one.kind == other.kind and (one.text == other.text or same_group)
        return (1.0 if same else 0.0), HOW_WORD
    if one.kind == INITIAL or other.kind == INITIAL:
        silent = one.many_sounds == 0 or other.many_sounds == 0 or not same_sounds(one.origin, other.origin)
        if one.first != other.first and (silent or left.sounds[one.sounds] != right.sounds[other.sounds]):
            return 0.0, HOW_INITIAL
        return (1.0, HOW_WORD) if one.kind == other.kind else (_INITIAL, HOW_INITIAL)
    if one.kind == PLACE and other.kind == PLACE and one.group != 0 and other.group != 0 and not same_group:
        return 0.0, HOW_WORD  # Iran and Iraq are spelt alike and known to be two
    most, alike = 0.995, 0.0
    one_script = one.origin == other.origin
    if one_script:
        if one.printed != other.printed:
            most = _OTHER_SIGNS
        elif one.text == other.text:
            return 1.0, HOW_WORD
    if not one_script or one.origin == HAN or could_be_alike(one.letters, other.letters):
        alike = likeness_from(
            left.sounds[one.sounds : one.sounds + one.many_sounds], one.origin,
            right.sounds[other.sounds : other.sounds + other.many_sounds], other.origin, costs, room, floor,
        )  # fmt: skip
        if alike < _SPELT and one_script and one.printed == 0:
            alike = max(alike, _spelt_alike(a, left, b, right, masks))
    alike = min(alike, most)
    if same_group and one.group >= RESPELT:
        return max(alike, _RESPELT), HOW_WORD
    if same_group and alike < _SAME_GROUP:
        return _SAME_GROUP, HOW_GROUP
    return alike, HOW_WORD


@inlined
def could_be_alike(letters: int, others: int) -> bool:
    """Whether two words of one script have enough consonants in common to be worth a comparison."""
    return bit_count((letters ^ others) & ~VOWELS) <= _OTHER_CONSONANTS


@inlined
def same_sounds(origin: int, other: int) -> bool:
    """Whether words of two origins are written in the same sounds, so that these may be held against one another."""
    return (origin == HAN) == (other == HAN)


@leaf
def token_edits(a: int, left: Tokens, b: int, right: Tokens, masks: NDArray[np.uint64]) -> int:
    """Slips of the pen between two tokens; none where the scripts differ, which have no letters in common, or spelling alone does.

    But for Chinese characters, where the Latin word could be their reading: `chen` is not how `cheng` is read.
    """
    one, other = left.rows[a], right.rows[b]
    if one.group == other.group and one.group >= RESPELT:
        return 0
    if one.origin != other.origin:
        read = (one.origin == HAN and other.origin == LATIN) or (one.origin == LATIN and other.origin == HAN)
        if not (read and one.mandarin and other.mandarin):
            return 0
    elif one.printed != 0:
        return 0
    return edits(left.latin, one.latin, one.many_latin, right.latin, other.latin, other.many_latin, masks)


@leaf
def _spelt_alike(a: int, left: Tokens, b: int, right: Tokens, masks: NDArray[np.uint64]) -> float:
    """Likeness of letters: 0 where more than two slips or a third of the letters lie between them."""
    one, other = left.rows[a], right.rows[b]
    length_a, length_b = np.int64(one.many_latin), np.int64(other.many_latin)
    longer = max(length_a, length_b)
    if abs(length_a - length_b) > 2 or min(length_a, length_b) < 3 or bit_count(one.letters ^ other.letters) > 6:
        return 0.0
    slips = token_edits(a, left, b, right, masks)
    return _SLIP_OF_THE_PEN * (1.0 - slips / longer) if slips <= 2 and 3 * slips <= longer else 0.0


@leaf
def shortened_likeness(a: int, left: Tokens, b: int, right: Tokens) -> float:
    """How much it tells that one token is the beginning of the other: 0 if it is not, more the longer the beginning."""
    one, other = left.rows[a], right.rows[b]
    shorter = min(np.int64(one.many_sounds), np.int64(other.many_sounds))
    if shorter < 2 or not same_sounds(one.origin, other.origin):
        return 0.0
    for place in range(shorter):
        if left.sounds[one.sounds + place] != right.sounds[other.sounds + place]:
            return 0.0
    return 0.6 if shorter == 2 else (0.74 if shorter == 3 else 0.85)


@leaf
def same_consonants(a: int, left: Tokens, b: int, right: Tokens) -> bool:
    """Whether two tokens differ only in sounds that come and go between spellings, or in those that languages spell otherwise."""
    one, other = left.rows[a], right.rows[b]
    if one.group == other.group and one.group >= RESPELT:
        return True
    place_a, place_b = np.int64(one.sounds), np.int64(other.sounds)
    end_a, end_b = place_a + one.many_sounds, place_b + other.many_sounds
    if not same_sounds(one.origin, other.origin):
        return False
    while True:
        while place_a < end_a and _comes_and_goes(left.sounds[place_a]):
            place_a += 1
        while place_b < end_b and _comes_and_goes(right.sounds[place_b]):
            place_b += 1
        if place_a == end_a or place_b == end_b:
            return place_a == end_a and place_b == end_b
        if left.sounds[place_a] != right.sounds[place_b]:
            return False
        place_a += 1
        place_b += 1


@leaf
def differ_in_final_vowels(a: int, left: Tokens, b: int, right: Tokens) -> bool:
    """Whether two tokens of Latin letters differ in one or two vowels at the end alone, as a man's and a woman's name often do."""
    one, other = left.rows[a], right.rows[b]
    n, m = np.int64(one.many_latin), np.int64(other.many_latin)
    same = 0
    while same < min(n, m) and left.latin[one.latin + same] == right.latin[other.latin + same]:
        same += 1
    if same < 2 or max(n, m) - same > 2 or same == max(n, m):
        return False
    for place in range(same, n):
        if not _is_vowel(left.latin[one.latin + place]):
            return False
    for place in range(same, m):
        if not _is_vowel(right.latin[other.latin + place]):
            return False
    return True


@leaf
def are_transposed(a: int, left: Tokens, b: int, right: Tokens) -> bool:
    """Whether two tokens of one script are the same but for two neighbouring letters that changed places.

    Hands do that; two names that have nothing to do with each other hardly ever differ so.
    """
    one, other = left.rows[a], right.rows[b]
    if one.origin != other.origin or one.printed != 0 or one.many_latin != other.many_latin:
        return False
    place, many = 0, np.int64(one.many_latin)
    while place < many and left.latin[one.latin + place] == right.latin[other.latin + place]:
        place += 1
    if place + 1 >= many:
        return False
    if left.latin[one.latin + place] != right.latin[other.latin + place + 1]:
        return False
    if left.latin[one.latin + place + 1] != right.latin[other.latin + place]:
        return False
    for rest in range(place + 2, many):
        if left.latin[one.latin + rest] != right.latin[other.latin + rest]:
            return False
    return True


@inlined
def _is_vowel(letter: int) -> bool:
    return letter == 97 or letter == 101 or letter == 105 or letter == 111 or letter == 117 or letter == 121  # aeiouy


@inlined
def _comes_and_goes(sound: int) -> bool:
    return (VOWELS >> np.uint64(sound)) & np.uint64(1) != 0
