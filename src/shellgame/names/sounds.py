"""Words as sounds: what spellings of a name have in common, in any script, and what a difference between them costs.

A token's Latin text (`shellgame.names.scripts`) becomes a row of codes, one a sound, in an alphabet that its origin
decides: Latin letters and digraphs; the letters of an abjad; initials, vowels and codas of Chinese syllables. For every
two origins there is a table of costs (`Tables`), which `shellgame.kernels.likeness` reads. Those for Latin spellings
were judged by hand (`sounds.yml`); those across scripts were learned from pairs of spellings (`sounds.npz`, which
`bench/matching/fit_sounds.py` makes).
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.names.token import Origin
from shellgame.names.yaml import load_yaml

LONGEST = 32
"""Codes beyond this are not read; no real word is so long."""
EDGE = 63
"""Stands before the first and after the last code where a table asks for a neighbour."""
_SIZE = 64
_FOLDER = Path(__file__).parent

_DIGRAPHS = [
    "sh",
    "kh",
    "gh",
    "ch",
    "zh",
    "ts",
    "th",
    "dh",
    "shch",
    "sch",
    "dj",
    "ou",
    "oo",
    "ee",
    "cz",
    "sz",
    "dz",
    "eo",
    "eu",
]
_AT_ENDS = ["a-", "-a", "-h", "-w", "-y"]
"""Of an abjad: alef at the beginning, which carries any vowel; alef, ha or ta marbuta, waw and ya at the end."""
LATIN_SOUNDS = [*"abcdefghijklmnopqrstuvwxyz0123456789", *_DIGRAPHS, *_AT_ENDS]
_SPELT = {sound: sound for sound in LATIN_SOUNDS if sound not in _AT_ENDS} | {
    "ph": "f", "ck": "k", "tz": "ts", "tch": "ch", "tsch": "ch", "dzh": "dj", "schtsch": "shch", "chtch": "shch",
    "kkh": "kh", "ssh": "sh", "cch": "ch", "tts": "ts",
}  # fmt: skip
_KOREAN_ONLY = ("eo", "eu")

_INITIALS = [
    "b",
    "p",
    "m",
    "f",
    "d",
    "t",
    "n",
    "l",
    "g",
    "k",
    "h",
    "j",
    "q",
    "x",
    "zh",
    "ch",
    "sh",
    "r",
    "z",
    "c",
    "s",
    "y",
    "w",
]
_NUCLEI = [
    "a",
    "o",
    "e",
    "i",
    "u",
    "v",
    "ai",
    "ei",
    "ao",
    "ou",
    "ia",
    "ie",
    "iao",
    "iu",
    "io",
    "ua",
    "uo",
    "uai",
    "ui",
    "ue",
]
HAN_SOUNDS = [*_INITIALS, *(f"-{nucleus}" for nucleus in _NUCLEI), "-n", "-ng", "er"]


def _spellings(known: dict[str, int]) -> tuple[re.Pattern[str], dict[str, int]]:
    return re.compile("|".join(sorted(known, key=len, reverse=True)) + "|."), known


_OF_LATIN = {sound: number for number, sound in enumerate(LATIN_SOUNDS)}
_OF_HAN = {sound: number for number, sound in enumerate(HAN_SOUNDS)}
_LATIN = _spellings({s: _OF_LATIN[m] for s, m in _SPELT.items() if s not in _KOREAN_ONLY})
_HANGUL = _spellings({s: _OF_LATIN[m] for s, m in _SPELT.items()})
_FIRST = {_OF_LATIN["a"]: _OF_LATIN["a-"]}
_LAST = {_OF_LATIN[sound]: _OF_LATIN[f"-{sound}"] for sound in "ahwy"}
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
            codes.append(_OF_HAN["er"])
            continue
        codes += [_OF_HAN[initial]] if initial else []
        codes.append(_OF_HAN[f"-{nucleus}"])
        codes += [_OF_HAN[f"-{coda}"]] if coda in ("n", "ng") else []
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


class Tables(NamedTuple):
    """What differences cost, for every two origins; 1 is an ordinary slip.

    Attributes:
        kind: (6, 6) number of the table for two origins.
        turned: (6, 6) whether the table has the second origin on its left side.
        instead: (K, 64, 64) cost of one code on the left for another on the right.
        left_after: (K, 64, 64) cost of leaving out a left code, by the code before it and itself.
        left_before: (K, 64, 64) what the code after it adds to that.
        right_after: (K, 64, 64) as `left_after`, for codes on the right.
        right_before: (K, 64, 64) as `left_before`, for codes on the right.
        weight_left: (K, 64) what a code on the left adds to the length that the cost is held against.
        weight_right: (K, 64) the same on the right.
        joined: (64, 64) the Latin code that two Latin codes make together, or 63.
        joining: (64, 64) what it costs to read them so.
        joins: (K,) whether that holds, as it does where both sides are Latin codes.
        swap: (K,) what it costs when two neighbours change places; infinite where codes mean different
            sounds on the two sides.
        half: (K,) the cost, as a share of the length, at which likeness is one half.
        steep: (K,) how sharply likeness falls there.
        short: (K,) what is taken off the length, so that short words are held strictly.
    """

    kind: NDArray[np.int64]
    turned: NDArray[np.bool_]
    instead: NDArray[np.float32]
    left_after: NDArray[np.float32]
    left_before: NDArray[np.float32]
    right_after: NDArray[np.float32]
    right_before: NDArray[np.float32]
    weight_left: NDArray[np.float32]
    weight_right: NDArray[np.float32]
    joined: NDArray[np.uint8]
    joining: NDArray[np.float32]
    joins: NDArray[np.bool_]
    swap: NDArray[np.float32]
    half: NDArray[np.float32]
    steep: NDArray[np.float32]
    short: NDArray[np.float32]


class Costs(NamedTuple):
    """The costs between two origins; see `Tables`."""

    instead: NDArray[np.float32]
    left_after: NDArray[np.float32]
    left_before: NDArray[np.float32]
    right_after: NDArray[np.float32]
    right_before: NDArray[np.float32]
    weight_left: NDArray[np.float32]
    weight_right: NDArray[np.float32]


KINDS = ("latin", "alphabet", "abjad", "han", "hangul", "abjads", "hans", "abjad_han")
"""The tables: Latin against each origin, then words of native scripts among themselves."""
LEARNED = {"alphabet": Origin.ALPHABET, "abjad": Origin.ABJAD, "han": Origin.HAN}
UNIT = 25
"""Learned costs lie on disk as whole numbers of a 25th."""
_VOWELS = [_OF_LATIN[sound] for sound in ("a", "e", "i", "o", "u", "y", "ou", "oo", "ee", "eo", "eu")]


def _lower(
    table: NDArray[np.float32], rules: dict[float, list[str]], left: dict[str, int], right: dict[str, int]
) -> None:
    """Write the costs of pairs of sounds where they are below what stands there."""
    for cost, pairs in rules.items():
        for pair in pairs:
            one, other = pair.split()
            if one in left and other in right:
                place = left[one], right[other]
                table[place] = min(float(cost), table[place])


def _latin_costs(rules: dict[str, Any], over: dict[str, Any]) -> Costs:
    """Costs between two rows of Latin codes, the same from either side."""
    instead = np.ones((_SIZE, _SIZE), np.float32)
    instead[np.ix_(_VOWELS, _VOWELS)] = 0.5
    without = rules["without"]
    after = np.full((_SIZE, _SIZE), without["consonant"], np.float32)
    after[:, _VOWELS] = without["vowel"]
    before = after.copy()
    usual = after[0].copy()
    after[EDGE] = without["start"]
    before[EDGE, _VOWELS] = without["last_vowel"]
    for each in (rules, over):
        _lower(instead, each.get("instead", {}), _OF_LATIN, _OF_LATIN)
        _lower(after, each.get("after", {}), _OF_LATIN, _OF_LATIN)
        _lower(before, each.get("before", {}), _OF_LATIN, _OF_LATIN)
    instead = np.minimum(instead, instead.T)
    np.fill_diagonal(instead, 0)
    weight = np.ones(_SIZE, np.float32)
    weight[_VOWELS] = 0.9
    return Costs(instead, after, before - usual, after, before - usual, weight, weight)


def first_guess(rules: dict[str, Any], native: Origin) -> NDArray[np.float32]:
    """Guess what a Latin sound costs for a native one, where nothing was learned."""
    latin = _latin_costs(rules["latin"], {}).instead
    if native == Origin.ABJAD:
        _lower(latin, rules["from_abjad"]["instead"], _OF_LATIN, _OF_LATIN)
    if native != Origin.HAN:
        return latin
    guess = np.ones((_SIZE, _SIZE), np.float32)
    for sound, place in _OF_HAN.items():
        alike = _OF_LATIN.get(sound.lstrip("-"), _OF_LATIN[sound.lstrip("-")[0]])
        guess[:, place] = latin[:, alike] + (0 if sound.lstrip("-") in _OF_LATIN else 0.1)
    _lower(guess, rules["from_han"]["instead"], _OF_LATIN, _OF_HAN)
    return guess


def _learned(kind: str, stored: Any, rules: dict[str, Any]) -> Costs:
    """Take up what was learned; sounds that the data never showed keep the first guess."""
    costs = Costs(*(stored[f"{kind}_{field}"].astype(np.float32) / UNIT for field in Costs._fields))
    unseen = np.nonzero(costs.weight_right == 0)[0]
    costs.instead[:, unseen] = first_guess(rules, LEARNED[kind])[:, unseen]
    costs.right_after[:, unseen] = 1
    costs.weight_right[unseen] = 1
    return costs


def _through(one: Costs, other: Costs) -> Costs:
    """Costs between two native scripts: by the Latin sound that suits both best."""
    instead = np.full((_SIZE, _SIZE), 2, np.float32)
    for code in range(len(LATIN_SOUNDS)):
        best = np.maximum(one.instead[code][:, None], other.instead[code][None, :])
        instead = np.minimum(instead, best)
    return Costs(
        instead,
        one.right_after,
        one.right_before,
        other.right_after,
        other.right_before,
        one.weight_right,
        other.weight_right,
    )


def _same(costs: Costs) -> Costs:
    """Let equal sounds cost nothing."""
    np.fill_diagonal(costs.instead, 0)
    return costs


def _kinds() -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Which table holds for two origins, and whether the second origin is on its left side."""
    kind = np.zeros((6, 6), np.int64)
    turned = np.zeros((6, 6), np.bool_)
    for name, native in (("hangul", Origin.HANGUL), ("abjad", Origin.ABJAD), ("han", Origin.HAN)):
        kind[native, :] = kind[:, native] = KINDS.index(name)
        turned[native, :], turned[:, native] = True, False
    kind[Origin.LATIN, Origin.ALPHABET] = kind[Origin.ALPHABET, Origin.LATIN] = KINDS.index("alphabet")
    turned[Origin.ALPHABET, Origin.LATIN] = True
    kind[Origin.HANGUL, Origin.HANGUL] = KINDS.index("latin")
    kind[Origin.ABJAD, Origin.ABJAD] = KINDS.index("abjads")
    kind[Origin.HAN, Origin.HAN] = KINDS.index("hans")
    kind[Origin.ABJAD, Origin.HAN] = kind[Origin.HAN, Origin.ABJAD] = KINDS.index("abjad_han")
    turned[Origin.ABJAD, Origin.HAN], turned[Origin.HAN, Origin.ABJAD] = False, True
    return kind, turned


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """Read what was judged by hand."""
    told: dict[str, Any] = load_yaml(_FOLDER / "sounds.yml")
    return told


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Load the cost tables; some 30 ms, once."""
    with np.load(_FOLDER / "sounds.npz") as stored:
        return tables_with(stored)


def tables_with(stored: Any) -> Tables:
    """Make the cost tables from the learned costs, as `bench/matching/fit_sounds.py` writes them."""
    told = rules()
    alphabet, abjad, han = (_learned(kind, stored, told) for kind in LEARNED)
    latin, abjads = (_latin_costs(told["latin"], told[over]) for over in ("plain", "abjad"))
    hangul = _latin_costs(told["latin"] | {"instead": {}}, told["hangul"])
    by_kind = (latin, alphabet, abjad, han, hangul, abjads, _same(_through(han, han)), _through(abjad, han))
    kind, turned = _kinds()
    joined = np.full((_SIZE, _SIZE), EDGE, np.uint8)
    joining = np.zeros((_SIZE, _SIZE), np.float32)
    for cost, triples in told["latin"]["together"].items():
        for triple in triples:
            one, other, both = (_OF_LATIN[_SPELT.get(sound, sound)] for sound in triple.split())
            joined[one, other] = both
            joining[one, other] = float(cost)
    return Tables(
        kind=kind,
        turned=turned,
        **{field: np.stack([getattr(each, field) for each in by_kind]) for field in Costs._fields},
        joined=joined,
        joining=joining,
        joins=np.array([name in ("latin", "hangul") for name in KINDS]),
        swap=np.array([float(told["likeness"][name]["swap"]) for name in KINDS], np.float32),
        half=np.array([told["likeness"][name]["half"] for name in KINDS], np.float32),
        steep=np.array([told["likeness"][name]["steep"] for name in KINDS], np.float32),
        short=np.array([told["likeness"][name]["short"] for name in KINDS], np.float32),
    )
