"""Keys of words: the compiled ones against their plain twin, and which words meet."""

from __future__ import annotations

import random

import numpy as np
import pytest
from tests.kernels.plain_keys import plain_keys

from shellgame.kernels.keys import MOST, keys
from shellgame.names.keys import key_tables
from shellgame.names.scripts import romanise
from shellgame.names.sounds import HAN_SOUNDS, LATIN_SOUNDS, codes
from shellgame.names.token import Origin


def compiled(row: bytes, origin: Origin, other: Origin) -> list[int]:
    out, classes = np.zeros(MOST, np.uint64), np.zeros(64, np.int64)
    count = keys(np.frombuffer(row, np.uint8), int(origin), int(other), key_tables(), out, classes)
    return out[:count].tolist()  # type: ignore[no-any-return]


def meet(one: str, other: str) -> bool:
    (a, origin_a), (b, origin_b) = romanise(one), romanise(other)
    mine, theirs = compiled(codes(a, origin_a), origin_a, origin_b), compiled(codes(b, origin_b), origin_b, origin_a)
    return bool(set(mine) & set(theirs))


@pytest.mark.parametrize("origin", Origin)
@pytest.mark.parametrize("other", Origin)
def test_agrees_with_its_plain_twin(origin: Origin, other: Origin) -> None:
    chance = random.Random(f"{origin}/{other}")
    known = len(HAN_SOUNDS if origin == Origin.HAN else LATIN_SOUNDS)
    hashes: dict[int, object] = {}
    for _ in range(30):
        row = bytes(chance.randrange(known) for _ in range(chance.choice((0, 1, 2, 4, 7, 12, 32))))
        mine, plain = compiled(row, origin, other), plain_keys(row, origin, other, key_tables())
        assert len(mine) == len(set(mine)) == len(plain)
        again = compiled(row, origin, other)
        assert mine == again
        for each in mine:
            hashes[each] = row
    assert 0 not in hashes


@pytest.mark.parametrize(
    "pair",
    [
        "mohammed muhammad", "mohammed mhmd", "smith smyth", "smith smiht", "johnson jonson", "petrov petrow",
        "евгений evgeny", "хусейн hussein", "حسين hussein", "محمد mohammed", "近平 jinping", "博特 bott",
        "김 kim", "이 lee", "박 park", "정은 jongun", "حسين 侯赛因",
    ],
)  # fmt: skip
def test_spellings_of_one_name_meet(pair: str) -> None:
    assert meet(*pair.split())


@pytest.mark.parametrize("pair", ["garcia petrov", "ivanov محمد", "peter 王", "smith 김"])
def test_words_without_anything_in_common_do_not(pair: str) -> None:
    assert not meet(*pair.split())
