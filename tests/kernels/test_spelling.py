"""Slips of the pen, counted by the compiled function and by its plain twin."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kernels.plain_spelling import plain_edits

from shellgame.kernels.spelling import LONGEST, edits

ROWS = np.zeros((3, 32), np.int16)
WORDS = st.text("abc", max_size=9).map(str.encode) | st.text("abcdefgh", max_size=14).map(str.encode)


def compiled(a: bytes, b: bytes) -> int:
    return int(edits(np.frombuffer(a, np.uint8).copy(), np.frombuffer(b, np.uint8).copy(), ROWS))


@settings(deadline=None, max_examples=300)
@given(WORDS, WORDS)
def test_agrees_with_its_plain_twin_from_either_side(a: bytes, b: bytes) -> None:
    assert compiled(a, b) == compiled(b, a) == plain_edits(a, b)


@settings(deadline=None)
@given(st.binary(max_size=80), st.binary(max_size=80))
def test_of_long_words_the_beginning_is_counted(a: bytes, b: bytes) -> None:
    assert compiled(a, b) == compiled(a[:LONGEST], b[:LONGEST])


@pytest.mark.parametrize(
    ("pair", "slips"),
    [("maledd maledd", 0), ("maledd maled", 1), ("maledd mlaedd", 1), ("maledd nalebd", 2), ("ca abc", 3)],
)
def test_counts_what_one_can_count_by_hand(pair: str, slips: int) -> None:
    a, b = pair.encode().split()
    assert compiled(a, b) == slips
