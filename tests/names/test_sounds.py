"""Words as sounds: codes, skeletons and the tables of costs."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from shellgame.names import sounds
from shellgame.names.costs import tables
from shellgame.names.sounds import EDGE, HAN_SOUNDS, LATIN_SOUNDS, LONGEST, codes, is_mandarin
from shellgame.names.token import Origin


def spelt(text: str, origin: Origin = Origin.LATIN) -> list[str]:
    names = HAN_SOUNDS if origin == Origin.HAN else LATIN_SOUNDS
    return [names[code] for code in codes(text, origin)]


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789", max_size=60), st.sampled_from(Origin))
def test_codes_are_few_small_and_never_twice_in_a_row(text: str, origin: Origin) -> None:
    found = codes(text, origin)
    assert len(found) <= LONGEST
    assert all(code < EDGE for code in found)
    assert all(one != other for one, other in pairwise(found))


def test_letters_that_make_one_sound_are_joined() -> None:
    assert spelt("khrushchev") == ["kh", "r", "u", "shch", "e", "v"]
    assert spelt("schmidtke") == ["sch", "m", "i", "d", "t", "k", "e"]
    assert spelt("phillipps") == ["f", "i", "l", "i", "p", "s"]


def test_what_mandarin_could_say_is_known() -> None:
    assert all(map(is_mandarin, ["jianping", "zhu", "xiang", "qiong", "lv", "er", "hanna"]))
    assert not any(map(is_mandarin, ["maledov", "hsiao", "", "schmidt", "kim1", "jianpingjianpingjian"]))


def test_korean_sounds_are_not_spelt_like_any_latin_ones() -> None:
    table, code = tables(), {sound: number for number, sound in enumerate(LATIN_SOUNDS)}
    latin, hangul = (table.instead[int(table.kind[Origin.LATIN, other])] for other in (Origin.LATIN, Origin.HANGUL))
    assert latin[code["j"], code["y"]] < 0.3 <= 0.6 <= hangul[code["j"], code["y"]]
    assert hangul[code["k"], code["g"]] < 0.1


def test_chinese_is_read_by_parts_of_syllables() -> None:
    assert spelt("xiangguang", Origin.HAN) == ["x", "-ia", "-ng", "g", "-ua", "-ng"]
    assert spelt("er", Origin.HAN) == ["er"]
    assert spelt("fangan", Origin.HAN)[:2] == ["f", "-a"]


def test_the_ends_of_an_arabic_word_have_sounds_of_their_own() -> None:
    assert spelt("ahmd", Origin.ABJAD) == ["a-", "h", "m", "d"]
    assert spelt("ftymh", Origin.ABJAD) == ["f", "t", "y", "m", "-h"]


def test_costs_are_finite_and_none_below_nothing() -> None:
    made = tables()
    for field in ("instead", "left_after", "right_after", "weight_left", "weight_right", "joining"):
        values = getattr(made, field)
        assert np.isfinite(values).all()
        assert values.min() >= 0, field


def test_costs_within_a_script_are_the_same_from_either_side() -> None:
    made = tables()
    for origin in Origin:
        kind = made.kind[origin, origin]
        assert (made.instead[kind] == made.instead[kind].T).all()
        assert not made.turned[origin, origin]


def test_a_table_between_two_origins_has_one_left_side() -> None:
    made = tables()
    for one in Origin:
        for other in Origin:
            assert made.kind[one, other] == made.kind[other, one]
            if one != other and made.kind[one, other] in (1, 2, 3, 4, 7):
                assert made.turned[one, other] != made.turned[other, one]


def test_what_was_learned_is_small() -> None:
    assert Path(sounds.__file__).with_name("sounds.npz").stat().st_size < 300_000
