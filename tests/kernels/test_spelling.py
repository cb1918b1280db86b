"""Slips of the pen, counted by the compiled function and by its plain twin."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kernels.plain_spelling import plain_edits

from shellgame.kernels.spelling import LONGEST, edits, letter_masks

MASKS = letter_masks()
WORDS = (
    st.text("abc", max_size=9).map(str.encode)
    | st.text("abcdefgh", max_size=14).map(str.encode)
    | st.binary(max_size=8)
    | st.text("ab", min_size=60, max_size=LONGEST).map(str.encode)
)


def compiled(a: bytes, b: bytes, before: bytes = b"") -> int:
    """Slips between two words, each of which may stand behind something else."""
    left, right = (np.frombuffer(before + word, np.uint8).copy() for word in (a, b))
    found = int(edits(left, len(before), len(a), right, len(before), len(b), MASKS))
    assert not MASKS.any(), "room must be left as it was found"
    return found


@settings(deadline=None, max_examples=300)
@given(WORDS, WORDS)
def test_agrees_with_its_plain_twin_from_either_side(a: bytes, b: bytes) -> None:
    assert compiled(a, b) == compiled(b, a) == plain_edits(a, b)


@settings(deadline=None)
@given(WORDS, st.lists(st.tuples(st.integers(0, 62), st.sampled_from(b"abcxyz"), st.integers(0, 3)), max_size=6))
def test_agrees_on_words_that_a_few_slips_lie_between(word: bytes, slips: list[tuple[int, int, int]]) -> None:
    other = word
    for place, letter, which in slips:
        before, after = other[:place], other[place:]
        other = (
            before + bytes([letter]) + after,
            before + after[1:],
            before + bytes([letter]) + after[1:],
            before + after[1:2] + after[:1] + after[2:],
        )[which][:LONGEST]
    assert compiled(word, other) == plain_edits(word, other)


@settings(deadline=None)
@given(st.binary(max_size=80), st.binary(max_size=80))
def test_of_long_words_the_beginning_is_counted(a: bytes, b: bytes) -> None:
    assert compiled(a, b) == compiled(a[:LONGEST], b[:LONGEST])


@given(WORDS, WORDS, st.binary(min_size=1, max_size=5))
def test_what_stands_before_a_word_does_not_count(a: bytes, b: bytes, before: bytes) -> None:
    assert compiled(a, b, before) == compiled(a, b)


@pytest.mark.parametrize(
    ("pair", "slips"),
    [("maledd maledd", 0), ("maledd maled", 1), ("maledd mlaedd", 1), ("maledd nalebd", 2), ("ca abc", 3)],
)
def test_counts_what_one_can_count_by_hand(pair: str, slips: int) -> None:
    a, b = pair.encode().split()
    assert compiled(a, b) == slips


def test_counts_as_far_as_the_longest_word() -> None:
    assert compiled(b"a" * LONGEST, b"b" * LONGEST) == LONGEST
    assert compiled(b"", b"b" * 80) == LONGEST
