"""What of a name is not written as it looks is told with its place, and nothing that is written as usual."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.match.disguise import digits_for_letters, disguises


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Or\u0455in Maledd", "the third letter of Or\u0455in is Cyrillic '\u0455', not Latin 's'"),
        ("ORSIN \u041cALEDD", "the first letter of \u041cALEDD is Cyrillic '\u041c', not Latin 'M'"),
        (
            "M\u0430l\u0435dd",
            "the second and fourth letters of M\u0430l\u0435dd are Cyrillic '\u0430' and '\u0435', not Latin 'a' and 'e'",
        ),
        (
            "\u041fo\u0447\u0442\u0430",
            "the second letter of \u041fo\u0447\u0442\u0430 is Latin 'o', not Cyrillic '\u043e'",
        ),
        ("\u0391lvek Orsin", "the first letter of \u0391lvek is Greek '\u0391', not Latin 'A'"),
        ("\u042fndex", "the first letter of \u042fndex is Cyrillic '\u042f' among Latin letters"),
        (
            "\u0410\u0412\u0421 Orsin",
            "all letters of \u0410\u0412\u0421 are Cyrillic, while the rest of the name is in Latin ones",
        ),
        ("Mal\u200bedd", "an invisible sign (zero width space, U+200B) stands behind the third letter of Maledd"),
        ("M\u00adal\u200bedd", "2 invisible signs (soft hyphen, U+00AD, zero width space, U+200B) stand within Maledd"),
        (
            "\U0001d412ilver",
            "the first letter of \U0001d412ilver is the sign 'mathematical bold capital s', not a common letter",
        ),
        (
            "Orsin \u202eddelaM",
            "a sign that turns the direction of writing stands in it (right-to-left override, U+202E)",
        ),
    ],
)
def test_a_disguise_is_told_with_its_place(name, words):
    assert [each.words for each in disguises(name)] == [words]


@pytest.mark.parametrize(
    "name",
    [
        "Orsin Maledd",
        "Órsin MÄLEDD",
        "Орсин Маледд",
        "Маледд Орсин / Maledd Orsin",
        "Банк ВТБ (ПАО)",
        "АВС Маледд",
        "ＯＲＳＩＮ Maledd",
        "Maledd® No. ½",
        "ABC株式会社",
        "علی\u200cرضا \u200fاورسین",
        "เสรี\u200bออร์สิน",
        "\ufeffOrsin Maledd\u200e",
        "Orsin\u00a0Maledd",
        "O’Maledd",
        "\u0130zmir \u0131\u015f\u0131k",
        "葛\U000e0100",
    ],
)
def test_what_is_written_as_usual_is_no_disguise(name):
    assert disguises(name) == ()


@pytest.mark.parametrize(
    ("word", "meant", "words"),
    [
        ("M4ledd", "maledd", "4 for 'a' in M4ledd"),
        ("0RS1N", "orsin", "0 for 'o', 1 for 'i' in 0RS1N"),
        ("Unit4", "unit4", ""),
        ("1984", "1984", ""),
        ("3M", "em", "3 for 'e' in 3M"),
        ("Maledd", "maledd", ""),
    ],
)
def test_digits_for_letters_are_told(word, meant, words):
    assert digits_for_letters(word, meant) == words


@given(st.text(max_size=80))
def test_any_text_is_looked_through(name):
    assert len(disguises(name)) <= 3
