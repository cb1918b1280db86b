"""Scores as people and programs read them: none claims to be certain that is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shellgame.match.wording import rounded, score_in_words

UNSURE = st.floats(0, 1, exclude_min=True, exclude_max=True)


@given(UNSURE)
def test_only_what_is_certain_reads_so(score):
    assert 0 < float(score_in_words(score)) < 1
    assert 0 < rounded(score) < 1


@given(UNSURE)
def test_what_is_read_is_near_what_was_found(score):
    assert abs(float(score_in_words(score)) - score) <= 0.005 + 1e-9
    assert abs(rounded(score) - score) <= 0.0001


@given(UNSURE, UNSURE)
def test_the_order_of_scores_stays(one, other):
    low, high = sorted((one, other))
    assert rounded(low) <= rounded(high)


def test_what_is_certain_reads_certain():
    assert [score_in_words(score) for score in (0, 1, 0.0, 1.0)] == ["0.00", "1.00", "0.00", "1.00"]
    assert [rounded(score) for score in (0, 1)] == [0.0, 1.0]
