"""The compiled likeness against its plain twin, and what it promises about names."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernels.plain_likeness import plain_likeness

from shellgame.kernels.likeness import WITHOUT_VOWELS, lacks_vowels, likeness, likeness_from, scratch
from shellgame.names.costs import tables
from shellgame.names.scripts import romanise
from shellgame.names.sounds import HAN_SOUNDS, LATIN_SOUNDS, codes
from shellgame.names.token import Origin

ROOM = scratch()


def compiled(a: bytes, origin_a: Origin, b: bytes, origin_b: Origin) -> float:
    left, right = np.frombuffer(a, np.uint8), np.frombuffer(b, np.uint8)
    return float(likeness(left, int(origin_a), right, int(origin_b), tables(), ROOM))


def alike(one: str, other: str) -> float:
    (a, origin_a), (b, origin_b) = romanise(one), romanise(other)
    return compiled(codes(a, origin_a), origin_a, codes(b, origin_b), origin_b)


def _random_codes(chance: random.Random, origin: Origin) -> bytes:
    known = len(HAN_SOUNDS if origin == Origin.HAN else LATIN_SOUNDS)
    return bytes(chance.randrange(known) for _ in range(chance.choice((0, 1, 2, 3, 5, 8, 13, 32))))


@pytest.mark.parametrize("origin_a", Origin)
@pytest.mark.parametrize("origin_b", Origin)
def test_agrees_with_its_plain_twin(origin_a: Origin, origin_b: Origin) -> None:
    chance = random.Random(f"{origin_a}/{origin_b}")
    for _ in range(12):
        a = _random_codes(chance, origin_a)
        b = _random_codes(chance, origin_b)
        if chance.random() < 0.5 and (origin_a == Origin.HAN) == (origin_b == Origin.HAN):
            b = bytes(chance.sample(a, len(a)))
        want = plain_likeness(a, origin_a, b, origin_b, tables())
        assert compiled(a, origin_a, b, origin_b) == pytest.approx(want, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("origin_a", Origin)
@pytest.mark.parametrize("origin_b", Origin)
def test_below_a_floor_is_as_good_as_nothing(origin_a: Origin, origin_b: Origin) -> None:
    """From the floor on it is the very same; giving up early must not lose what a swap or a joined pair saves."""
    chance = random.Random(f"{origin_b}/{origin_a}")
    for _ in range(60):
        a = _random_codes(chance, origin_a)
        b = _random_codes(chance, origin_b)
        if chance.random() < 0.7 and (origin_a == Origin.HAN) == (origin_b == Origin.HAN):
            b = _slipped(chance, a)
        left, right = np.frombuffer(a, np.uint8), np.frombuffer(b, np.uint8)
        whole = compiled(a, origin_a, b, origin_b)
        for floor in (0.3, 0.5, 0.84):
            found = float(likeness_from(left, int(origin_a), right, int(origin_b), tables(), ROOM, floor))
            if abs(whole - floor) > 1e-4:
                assert found == (whole if whole > floor else 0)


def _slipped(chance: random.Random, row: bytes) -> bytes:
    """The same sounds, with some neighbours changed and some left out."""
    found = bytearray(row)
    for _ in range(chance.randrange(4)):
        if len(found) > 1:
            place = chance.randrange(len(found) - 1)
            found[place], found[place + 1] = found[place + 1], found[place]
        if found and chance.random() < 0.3:
            del found[chance.randrange(len(found))]
    return bytes(found)


@given(
    st.binary(max_size=32).map(lambda row: bytes(code % 47 for code in row)),
    st.binary(max_size=32).map(lambda row: bytes(code % 47 for code in row)),
    st.sampled_from(Origin),
    st.sampled_from(Origin),
)
def test_is_the_same_whichever_comes_first_and_stays_within_its_range(a: bytes, b: bytes, x: Origin, y: Origin) -> None:
    there, back = compiled(a, x, b, y), compiled(b, y, a, x)
    assert there == back
    assert 0 <= there <= 1


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=40), st.sampled_from(Origin))
def test_a_word_is_wholly_like_itself(word: str, origin: Origin) -> None:
    row = codes(word, origin)
    if origin != Origin.HAN or row:
        assert compiled(row, origin, row, origin) == 1


@pytest.mark.parametrize(
    "pair",
    [
        "mohammed muhammad", "evgeny evgeniy", "hussein husayn", "moussa mussa", "yusuf youssouf", "ilya ilia",
        "dmitry dmitri", "mueller muller", "suleiman sulayman", "zhukov jukov", "alexander aleksandr",
    ],
)  # fmt: skip
def test_spellings_of_one_name_are_nearly_the_same(pair: str) -> None:
    assert alike(*pair.split()) >= 0.85


@pytest.mark.parametrize(
    "pair",
    [
        "евгений evgeny", "хусейн hussein", "حسين hussein", "محمد mohammed", "خالد khaled", "近平 jinping", "博特 bott",
        "김 kim", "김 gim", "이 lee", "박 park", "박 bak", "정은 jongun", "παπάς papas", "שלום shalom", "たなか tanaka",
    ],
)  # fmt: skip
def test_one_name_in_two_scripts_is_nearly_the_same(pair: str) -> None:
    assert alike(*pair.split()) >= 0.8


@pytest.mark.parametrize("pair", ["hasan husayni", "petrovich petrenko", "kim kin", "li lu", "sechin sechev"])
def test_another_name_is_lower(pair: str) -> None:
    assert alike(*pair.split()) < 0.8


@pytest.mark.parametrize("pair", ["garcia kuzmin", "ivanov محمد", "peter 王", "smith 김", "hassan 阿博特"])
def test_words_without_anything_in_common_are_low(pair: str) -> None:
    assert alike(*pair.split()) < 0.4


def test_one_slip_in_seven_letters_costs_an_eighth() -> None:
    assert 0.82 <= alike("johnson", "jonhson") <= 0.92
    assert 0.82 <= alike("barkley", "barkdey") <= 0.92


def test_what_a_scanner_misreads_is_nearly_the_same() -> None:
    assert alike("barnes", "bames") > 0.9
    assert alike("clarkson", "darkson") > 0.9


@pytest.mark.parametrize(
    "pair", ["hlvrn halvren", "rmdk ramidek", "thmr tihomir", "sdddn saduddin", "asvrka asuvareka"]
)
def test_a_word_without_its_vowels_is_much_like_itself(pair: str) -> None:
    assert alike(*pair.split()) >= WITHOUT_VOWELS


@pytest.mark.parametrize("pair", ["hlvrn halvrek", "dq duque", "halvrn ihalvuren", "rmdk ramdkan", "asvrko asuvareka"])
def test_other_words_are_no_more_alike_for_want_of_vowels(pair: str) -> None:
    one, other = (np.frombuffer(codes(word, Origin.LATIN), np.uint8) for word in pair.split())
    assert not lacks_vowels(one, other, tables().joined)
    assert not lacks_vowels(other, one, tables().joined)


def test_a_word_without_vowels_agrees_with_its_plain_twin() -> None:
    chance = random.Random("vowels")
    for _ in range(300):
        whole = "".join(chance.choice("bdhkrstz") + chance.choice(["", "a", "ee", "o", "ou"]) for _ in range(5))
        short = "".join(letter for letter in whole if letter not in "aeou" or chance.random() < 0.1)
        a, b = codes(whole, Origin.LATIN), codes(short, Origin.LATIN)
        want = plain_likeness(a, Origin.LATIN, b, Origin.LATIN, tables())
        assert compiled(a, Origin.LATIN, b, Origin.LATIN) == pytest.approx(want, rel=1e-4, abs=1e-6)
