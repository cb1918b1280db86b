"""Keys under which two words that may be the same name meet, in any script, so that few others need to be compared.

A key is a row of coarse classes of sounds. Words that share one of their keys meet; since every word also gives the
keys that lack one sound each, a slip on either side keeps them together (as in SymSpell). Which sounds are of one class
depends on the two scripts that are to meet: Latin words among themselves keep their vowels in two classes and, in a
second key, only consonants; against Arabic, Chinese or Korean it is the consonants that survive there. The classes
stand in `sounds.yml`; `shellgame.kernels.keys` makes the keys.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.names.sounds import HAN_SOUNDS, LATIN_SOUNDS, rules
from shellgame.names.token import Origin

_SIZE = 64
_VOWELS = ["a", "e", "i", "o", "u", "y", "ou", "oo", "ee", "eo", "eu"]


class KeyTables(NamedTuple):
    """How keys are made.

    Attributes:
        ways: (6, 6, 2) for a word of the first origin that is to meet one of the second: how to make its keys, or -1.
        space: (W,) number that keeps keys of different ways apart; two ways that are to meet share it.
        classes: (W, 64, 2, 2) by code, reading and place: the classes it stands for; 0 is none.
        readings: (W, 64) one or two.
        mute: (W, 64) whether the code is left out unless a vowel follows.
        vowel: (64,) whether a Latin code is a vowel.
        shortest: (W,) classes that must remain when one is left out; 0 where none is.
    """

    ways: NDArray[np.int64]
    space: NDArray[np.uint64]
    classes: NDArray[np.uint8]
    readings: NDArray[np.int64]
    mute: NDArray[np.bool_]
    vowel: NDArray[np.bool_]
    shortest: NDArray[np.int64]


WAYS = ("consonants", "sounds", "alphabet", "alphabet_native", "abjad", "hangul", "han", "han_native")


def _way(told: dict[str, Any], sounds: list[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.bool_]]:
    number = {sound: place for place, sound in enumerate(sounds)}
    of = {sound: kind for kind, group in enumerate(told["classes"], 1) for sound in group.split()} | {"-": 0}
    classes = np.zeros((_SIZE, 2, 2), np.uint8)
    readings, mute = np.ones(_SIZE, np.int64), np.zeros(_SIZE, np.bool_)
    for sound, kind in of.items():
        if sound in number:
            classes[number[sound], 0, 0] = kind
    for sound, either in told.get("either", {}).items():
        classes[number[sound], :, 0] = [of[each] for each in either.split()]
        readings[number[sound]] = 2
    for sound, both in told.get("both", {}).items():
        classes[number[sound], 0] = [of[each] for each in both.split()]
    mute[[number[sound] for sound in told.get("mute", [])]] = True
    return classes, readings, mute


@lru_cache(maxsize=1)
def key_tables() -> KeyTables:
    """Load the classes; they come with the costs."""
    told = rules()["keys"]
    made = [_way(told[name], HAN_SOUNDS if name == "han_native" else LATIN_SOUNDS) for name in WAYS]
    ways = np.full((6, 6, 2), -1, np.int64)
    ways[:, :] = WAYS.index("consonants"), WAYS.index("sounds")
    for name, native in (("hangul", Origin.HANGUL), ("abjad", Origin.ABJAD), ("han", Origin.HAN)):
        ways[native, :] = ways[:, native] = WAYS.index(name), -1
    ways[Origin.HANGUL, Origin.HANGUL] = WAYS.index("consonants"), WAYS.index("sounds")
    ways[Origin.LATIN, Origin.ALPHABET, 0] = WAYS.index("alphabet")
    ways[Origin.ALPHABET, Origin.LATIN, 0] = WAYS.index("alphabet_native")
    ways[Origin.HAN, :] = WAYS.index("han_native"), -1
    vowel = np.zeros(_SIZE, np.bool_)
    vowel[[LATIN_SOUNDS.index(sound) for sound in _VOWELS]] = True
    return KeyTables(
        ways=ways,
        space=np.array([WAYS.index(name.removesuffix("_native")) for name in WAYS], np.uint64),
        classes=np.stack([each[0] for each in made]),
        readings=np.stack([each[1] for each in made]),
        mute=np.stack([each[2] for each in made]),
        vowel=vowel,
        shortest=np.array([told[name]["shortest"] for name in WAYS], np.int64),
    )
