"""How alike two words are: the compiled functions against their plain twins, and the numbers of kinds and scripts."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernels.invented import invented_vocabulary
from tests.kernels.plain_tokens import (
    COMING_AND_GOING,
    other_consonants,
    pen_slips,
    plain_final_vowels,
    plain_pair,
    plain_same_consonants,
    plain_shortened,
    plain_transposed,
    words_of,
)

from shellgame.kernels import tokens as kernels
from shellgame.kernels.likeness import scratch
from shellgame.kernels.spelling import letter_masks
from shellgame.kernels.tokens import (
    FLOOR,
    HOW_GROUP,
    HOW_WORD,
    TOKEN,
    are_transposed,
    bit_count,
    could_be_alike,
    differ_in_final_vowels,
    pair_likeness,
    same_consonants,
    shortened_likeness,
    token_edits,
)
from shellgame.match.lexicon import arrays_of
from shellgame.names.costs import tables
from shellgame.names.token import RESPELT, Kind, Origin, Token

ROOM, MASKS = scratch(), letter_masks()


def paired(one: Token, other: Token, floor: float = float(FLOOR)) -> tuple[float, int]:
    both = arrays_of([one, other])
    alike, how = pair_likeness(0, both, 1, both, tables(), ROOM, MASKS, floor)
    return float(alike), int(how)


def word(text: str, group: int = 0, origin: Origin = Origin.LATIN, printed: str = "") -> Token:
    return Token(text, Kind.WORD, origin, group, printed)


def test_kinds_and_scripts_have_the_numbers_of_the_analysis() -> None:
    for kind in Kind:
        assert getattr(kernels, kind.name) == kind
    assert (kernels.LATIN, kernels.HAN) == (Origin.LATIN, Origin.HAN)
    assert {code for code in range(64) if int(kernels.VOWELS) >> code & 1} == COMING_AND_GOING


def test_a_token_fills_whole_words_of_memory() -> None:
    assert TOKEN.itemsize % 8 == 0


@given(st.integers(0, 2**64 - 1))
def test_bits_are_counted(mask: int) -> None:
    assert bit_count(np.uint64(mask)) == mask.bit_count()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("floor", [float(FLOOR), 0.5])
def test_every_two_words_are_as_alike_as_the_plain_twin_says(seed: int, floor: float) -> None:
    left, known = invented_vocabulary(random.Random(seed), 50)
    right, _ = invented_vocabulary(random.Random(100 + seed), 50, known)
    for a, one in enumerate(words_of(left, range(50))):
        for b, other in enumerate(words_of(right, range(50))):
            wanted, way = plain_pair(one, other, floor)
            alike, how = pair_likeness(a, left, b, right, tables(), ROOM, MASKS, floor)
            assert (alike, how) == (pytest.approx(wanted, abs=1e-6), way), (one, other)
            assert shortened_likeness(a, left, b, right) == plain_shortened(one, other)
            assert same_consonants(a, left, b, right) == plain_same_consonants(one, other)
            assert differ_in_final_vowels(a, left, b, right) == plain_final_vowels(one, other)
            assert token_edits(a, left, b, right, MASKS) == pen_slips(one, other)
            assert are_transposed(a, left, b, right) == plain_transposed(one, other)
            if one.origin == other.origin != Origin.HAN:
                apart = other_consonants(one, other, more_than=4)
                assert could_be_alike(left.rows[a]["letters"], right.rows[b]["letters"]) == (not apart)
    assert not MASKS.any(), "room must be left as it was found"


@pytest.mark.parametrize("seed", range(4))
def test_two_words_are_as_alike_from_either_side(seed: int) -> None:
    tokens, _ = invented_vocabulary(random.Random(seed), 60)
    for a in range(60):
        for b in range(a):
            there = pair_likeness(a, tokens, b, tokens, tables(), ROOM, MASKS, FLOOR)
            assert there == pair_likeness(b, tokens, a, tokens, tables(), ROOM, MASKS, FLOOR)


def test_nothing_is_alike_less_than_the_floor() -> None:
    tokens, _ = invented_vocabulary(random.Random(9), 60)
    found = [pair_likeness(a, tokens, b, tokens, tables(), ROOM, MASKS, FLOOR)[0] for a in range(60) for b in range(60)]
    assert all(alike == 0 or alike >= FLOOR for alike in found)
    assert any(FLOOR <= alike < 0.5 for alike in found)


def test_of_words_with_other_consonants_only_a_common_group_counts() -> None:
    one, other = word("bakedomu"), word("lunitavu")
    assert paired(one, other) == (0.0, HOW_WORD)
    assert paired(one._replace(group=7), other._replace(group=7)) == (np.float32(0.93), HOW_GROUP)


def test_words_that_languages_spell_otherwise_are_nearly_the_same_and_nobody_slipped() -> None:
    one, other = (word(text, group=RESPELT + 3) for text in ("gerasimov", "herasimau"))
    alike, how = paired(one, other)
    assert (round(alike, 4), how) == (0.97, HOW_WORD)
    both = arrays_of([one, other])
    assert (token_edits(0, both, 1, both, MASKS), same_consonants(0, both, 1, both)) == (0, True)
    stranger = other._replace(group=RESPELT + 4)
    assert paired(one, stranger)[0] < 0.97


def test_words_of_two_scripts_are_compared_whatever_their_consonants() -> None:
    """A scribe of another script may have had no sign for any of them."""
    arabic, latin = word("bkdmlnrs", origin=Origin.ABJAD), word("vgtzfpch")
    floor = 0.01
    assert paired(arabic, latin, floor)[0] > 0
    assert paired(arabic._replace(origin=Origin.LATIN), latin, floor)[0] == 0


def test_chinese_words_of_one_sound_and_other_signs_are_less_alike() -> None:
    one, other = word("ming", origin=Origin.HAN, printed="明"), word("ming", origin=Origin.HAN, printed="鸣")
    assert paired(one, one)[0] == 1
    assert paired(one, other)[0] == 0.75


def test_the_same_word_is_one_whatever_its_group() -> None:
    assert paired(word("maledd", group=1), word("maledd")) == (1.0, HOW_WORD)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("orsin", "orsina", True),
        ("tiberi", "tibero", True),
        ("talveko", "talvekia", True),
        ("quellin", "quellinaya", False),
        ("orsin", "orsinar", False),
        ("orsin", "ursin", False),
        ("orsin", "orsin", False),
        ("li", "lia", True),
        ("l", "la", False),
    ],
)
def test_one_or_two_vowels_at_the_end_are_told_from_any_other_slip(one: str, other: str, wanted: bool) -> None:
    both = arrays_of([word(one), word(other)])
    assert differ_in_final_vowels(0, both, 1, both) == differ_in_final_vowels(1, both, 0, both) == wanted
