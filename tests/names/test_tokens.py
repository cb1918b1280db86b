"""Tokens do not depend on case, Unicode form, white space or reading aids."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.names.tokens import name_tokens


@settings(deadline=None)
@given(st.text(max_size=40))
def test_unicode_form_and_white_space_change_nothing(name):
    tokens = name_tokens(name, organization=False)
    assert name_tokens(unicodedata.normalize("NFD", name), organization=False) == tokens
    assert name_tokens(f"  {name}\u3000", organization=False) == tokens
    assert all(token.isascii() and token.isalnum() for token in tokens)


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("İSTANBUL", ("istanbul",)),
        ("Müller", ("muller",)),
        ("Mu\u0308ller", ("muller",)),
        ("O'Brien", ("obrien",)),
        ("AL-ASSAD, Bashar", ("al", "assad", "bashar")),
        ("J.S.C. Halvren", ("jsc", "halvren")),
    ],
)
def test_names_are_folded(name, tokens):
    assert name_tokens(name, organization=False) == tokens


def test_arabic_with_and_without_vowel_points_is_the_same():
    assert name_tokens("مُحَمَّد", organization=False) == name_tokens("محمد", organization=False)


def test_a_word_of_a_script_with_vowel_signs_stays_one_word():
    assert len(name_tokens("नरेन्द्र", organization=False)) == 1


def test_an_emoji_before_an_iteration_mark_crashes_nothing():
    assert name_tokens("Halvren \U0001f600\u309d House", organization=False)[0] == "halvren"
