"""Texts that mean the same fold to the same words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.names.folding import folded_words


@settings(deadline=None)
@given(st.text(max_size=40))
def test_unicode_form_and_white_space_change_no_words(text):
    words = folded_words(text)
    assert folded_words(unicodedata.normalize("NFD", text)) == words
    assert folded_words(f"  {text}\u3000") == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("İSTANBUL", "istanbul"),
        ("Mu\u0308ller", "muller"),
        ("O'Brien & Sons (Minsk)", "obrien sons minsk"),
        ("AB 123.456/7", "ab 123 456 7"),
        ("Фёдоров Андрей", "федоров андрей"),
        ("مُحَمَّد", "محمد"),
        ("नरेन्द्र", "नरेन्द्र"),
    ],
)
def test_words_are_folded(text, words):
    assert folded_words(text) == words


def test_a_short_i_is_another_letter():
    assert folded_words("Андрей") != folded_words("Андреи")
