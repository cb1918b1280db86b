"""Words of any script in Latin letters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.names.scripts import romanise
from shellgame.names.token import Origin


@pytest.mark.parametrize(
    ("word", "latin", "origin"),
    [
        ("smith", "smith", Origin.LATIN),
        ("müller", "muller", Origin.LATIN),
        ("øystein", "oystein", Origin.LATIN),
        ("łukasz", "lukasz", Origin.LATIN),
        ("хрущёв", "khrushchev", Origin.ALPHABET),
        ("юрий", "yuriy", Origin.ALPHABET),
        ("ігор", "ihor", Origin.ALPHABET),
        ("γεώργιος", "georgios", Origin.ALPHABET),
        ("დავით", "davit", Origin.ALPHABET),
        ("حسين", "hsyn", Origin.ABJAD),
        ("أحمد", "ahmd", Origin.ABJAD),
        ("عمر", "emr", Origin.ABJAD),
        ("سهيل", "sihyl", Origin.ABJAD),
        ("שלום", "shlwm", Origin.ABJAD),
        ("近平", "jinping", Origin.HAN),
        ("김", "kim", Origin.HANGUL),
        ("정은", "jeongeun", Origin.HANGUL),
        ("たなか", "tanaka", Origin.OTHER),
    ],
)
def test_words_are_spelt_as_usual(word: str, latin: str, origin: Origin) -> None:
    assert romanise(unicodedata.normalize("NFKC", word)) == (latin, origin)


@pytest.mark.parametrize("pair", ["أحمد احمد", "مصطفى مصطفی", "فاطمة فاطمه", "ی ي", "کریم كريم"])
def test_ways_to_write_one_arabic_letter_are_the_same(pair: str) -> None:
    one, other = pair.split()
    assert romanise(one) == romanise(other)


def test_a_look_alike_in_a_latin_word_is_latin() -> None:
    assert romanise("mаrtin") == ("martin", Origin.LATIN)
    assert romanise("οliver") == ("oliver", Origin.LATIN)


def test_digits_of_any_script_are_kept() -> None:
    assert romanise("٣٤")[0] == "34"
    assert romanise("б52")[0] == "b52"


@given(st.text(max_size=30))
def test_any_text_gives_small_latin_letters_and_digits(text: str) -> None:
    latin, _ = romanise(text.casefold())
    assert all(sign in "abcdefghijklmnopqrstuvwxyz0123456789" for sign in latin)
