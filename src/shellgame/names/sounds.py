"""Words as sounds: what spellings of a name have in common, in any script.

A token's Latin text (`shellgame.names.scripts`) becomes a row of codes, one a sound, in an alphabet that its origin
decides: Latin letters and digraphs; the letters of an abjad; initials, vowels and codas of Chinese syllables. What a
difference between two such rows costs stands in `shellgame.names.costs`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from shellgame.names.token import Origin
from shellgame.names.yaml import load_yaml

LONGEST = 32
"""Codes beyond this are not read; no real word is so long."""
EDGE = 63
"""Stands before the first and after the last code where a table asks for a neighbour."""
_RULES = Path(__file__).with_name("sounds.yml")

_DIGRAPHS = [
    "sh", "kh", "gh", "ch", "zh", "ts", "th", "dh", "shch", "sch", "dj", "ou", "oo", "ee", "cz", "sz", "dz", "eo", "eu",
]  # fmt: skip
_AT_ENDS = ["a-", "-a", "-h", "-w", "-y"]
"""Of an abjad: alef at the beginning, which carries any vowel; alef, ha or ta marbuta, waw and ya at the end."""
LATIN_SOUNDS = [*"abcdefghijklmnopqrstuvwxyz0123456789", *_DIGRAPHS, *_AT_ENDS]
SPELT = {sound: sound for sound in LATIN_SOUNDS if sound not in _AT_ENDS} | {
    "ph": "f", "ck": "k", "tz": "ts", "tch": "ch", "tsch": "ch", "dzh": "dj", "schtsch": "shch", "chtch": "shch",
    "kkh": "kh", "ssh": "sh", "cch": "ch", "tts": "ts",
}  # fmt: skip
_KOREAN_ONLY = ("eo", "eu")

_INITIALS = [
    "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r", "z", "c", "s", "y", "w",
]  # fmt: skip
_NUCLEI = [
    "a", "o", "e", "i", "u", "v", "ai", "ei", "ao", "ou", "ia", "ie", "iao", "iu", "io", "ua", "uo", "uai", "ui", "ue",
]  # fmt: skip
HAN_SOUNDS = [*_INITIALS, *(f"-{nucleus}" for nucleus in _NUCLEI), "-n", "-ng", "er"]


def _spellings(known: dict[str, int]) -> tuple[re.Pattern[str], dict[str, int]]:
    return re.compile("|".join(sorted(known, key=len, reverse=True)) + "|."), known


LATIN_CODES = {sound: number for number, sound in enumerate(LATIN_SOUNDS)}
HAN_CODES = {sound: number for number, sound in enumerate(HAN_SOUNDS)}
_SPELT_IN_MANY_WAYS = {
    "k": "kh q c x", "g": "gh", "t": "th", "d": "dh", "j": "dj zh", "sh": "sz sch shch", "ch": "cz", "z": "dz",
}  # fmt: skip
ONE_LETTER = bytes.maketrans(
    bytes(LATIN_CODES[other] for others in _SPELT_IN_MANY_WAYS.values() for other in others.split()),
    bytes(LATIN_CODES[one] for one, others in _SPELT_IN_MANY_WAYS.items() for _ in others.split()),
)
"""Sounds that systems of romanisation write for one another, as one: which of them two words share tells nothing."""
_LATIN = _spellings({s: LATIN_CODES[m] for s, m in SPELT.items() if s not in _KOREAN_ONLY})
_HANGUL = _spellings({s: LATIN_CODES[m] for s, m in SPELT.items()})
_FIRST = {LATIN_CODES["a"]: LATIN_CODES["a-"]}
_LAST = {LATIN_CODES[sound]: LATIN_CODES[f"-{sound}"] for sound in "ahwy"}
_SYLLABLE = re.compile(
    f"({'|'.join(sorted(_INITIALS, key=len, reverse=True))})?"
    f"({'|'.join(sorted(_NUCLEI, key=len, reverse=True))})"
    "(r(?![aeiou])|ng(?![aeiouv])|n(?![aeiouv]))?"
)


_MANDARIN = re.compile(f"(?!.*(?<![ln])v)(?:{_SYLLABLE.pattern}){{1,4}}")
"""Syllables beside one another; `v`, for ü, stands behind l and n alone."""


def is_mandarin(text: str) -> bool:
    """Whether a Latin text is one to four syllables that Mandarin could have, as pinyin spells them.

    Example:
        >>> is_mandarin("jianping"), is_mandarin("maledov")
        (True, False)
    """
    return bool(_MANDARIN.fullmatch(text))


def _han_codes(text: str) -> list[int]:
    codes = []
    for initial, nucleus, coda in _SYLLABLE.findall(text):
        if nucleus == "e" and coda == "r" and not initial:
            codes.append(HAN_CODES["er"])
            continue
        codes += [HAN_CODES[initial]] if initial else []
        codes.append(HAN_CODES[f"-{nucleus}"])
        codes += [HAN_CODES[f"-{coda}"]] if coda in ("n", "ng") else []
    return codes


@lru_cache(maxsize=262144)
def codes(text: str, origin: Origin) -> bytes:
    """Write a token as its sounds.

    Args:
        text: Latin letters and digits, as `shellgame.names.scripts.romanise` gives them.
        origin: What the token was written in; it decides what the codes mean.

    Returns:
        At most 32 codes below 63. A sound that is printed twice in a row counts once.
    """
    if origin == Origin.HAN:
        found = _han_codes(text)
    else:
        pattern, known = _HANGUL if origin == Origin.HANGUL else _LATIN
        found = [known[part] for part in pattern.findall(text) if part in known]
    if origin == Origin.ABJAD and len(found) > 1:
        found[0] = _FIRST.get(found[0], found[0])
        found[-1] = _LAST.get(found[-1], found[-1])
    once = [code for place, code in enumerate(found) if place == 0 or code != found[place - 1]]
    return bytes(once[:LONGEST])


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """Read what was judged by hand: costs, and the classes of keys."""
    told: dict[str, Any] = load_yaml(_RULES)
    return told
