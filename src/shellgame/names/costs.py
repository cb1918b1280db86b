"""What a difference between the sounds of two words costs, for every two origins: the tables that `kernels.likeness` reads.

Those for Latin spellings were judged by hand (`sounds.yml`); those across scripts were learned from pairs of spellings
(`sounds.npz`, which `bench/matching/fit_sounds.py` makes).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.names.sounds import EDGE, HAN_CODES, LATIN_CODES, LATIN_SOUNDS, SPELT, rules
from shellgame.names.token import Origin

_FILE = Path(__file__).with_name("sounds.npz")
_SIZE = 64


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
_VOWELS = [LATIN_CODES[sound] for sound in ("a", "e", "i", "o", "u", "y", "ou", "oo", "ee", "eo", "eu")]


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
        _lower(instead, each.get("instead", {}), LATIN_CODES, LATIN_CODES)
        _lower(after, each.get("after", {}), LATIN_CODES, LATIN_CODES)
        _lower(before, each.get("before", {}), LATIN_CODES, LATIN_CODES)
    instead = np.minimum(instead, instead.T)
    np.fill_diagonal(instead, 0)
    weight = np.ones(_SIZE, np.float32)
    weight[_VOWELS] = 0.9
    return Costs(instead, after, before - usual, after, before - usual, weight, weight)


def first_guess(rules: dict[str, Any], native: Origin) -> NDArray[np.float32]:
    """Guess what a Latin sound costs for a native one, where nothing was learned."""
    latin = _latin_costs(rules["latin"], {}).instead
    if native == Origin.ABJAD:
        _lower(latin, rules["from_abjad"]["instead"], LATIN_CODES, LATIN_CODES)
    if native != Origin.HAN:
        return latin
    guess = np.ones((_SIZE, _SIZE), np.float32)
    for sound, place in HAN_CODES.items():
        alike = LATIN_CODES.get(sound.lstrip("-"), LATIN_CODES[sound.lstrip("-")[0]])
        guess[:, place] = latin[:, alike] + (0 if sound.lstrip("-") in LATIN_CODES else 0.1)
    _lower(guess, rules["from_han"]["instead"], LATIN_CODES, HAN_CODES)
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
def tables() -> Tables:
    """Load the cost tables; some 30 ms, once."""
    with np.load(_FILE) as stored:
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
            one, other, both = (LATIN_CODES[SPELT.get(sound, sound)] for sound in triple.split())
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
