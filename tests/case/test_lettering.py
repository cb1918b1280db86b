"""Text fit to be shown: nothing unseen, nothing too wide."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.case.lettering import breakable, isolated, shortened, visible, width, wrapped

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=300)


@given(ANY_TEXT)
def test_what_is_shown_holds_nothing_unseen(text: str) -> None:
    assert all(
        category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn") or letter in "\u200c\u200d" for letter in visible(text)
    )


@given(ANY_TEXT, st.integers(2, 80))
def test_shortened_text_is_no_longer_than_asked(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short) <= most
    assert short == visible(text) or short.endswith("…")


@given(ANY_TEXT, st.floats(20, 200), st.integers(1, 4))
def test_wrapped_lines_fit(text: str, widest: float, most_lines: int) -> None:
    lines = wrapped(text, 8.0, widest, most_lines)
    assert 1 <= len(lines) <= most_lines
    assert all(width(line, 8.0) <= widest or len(line) <= 1 for line in lines)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Acme\u202egnp.exe", "Acme[U+202E]gnp.exe"),
        ("Shell\u200bgame", "Shell[U+200B]game"),
        ("half \ud800", "half [U+D800]"),
        ("bell\x07", "bell[U+0007]"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("نرم\u200cافزار", "نرم\u200cافزار"),
    ],
)
def test_unseen_letters_are_named(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_only_names_that_turn_the_line_are_isolated() -> None:
    assert isolated("شركة المثال") == "\u2068شركة المثال\u2069"
    assert isolated("Ракушка Ltd") == "Ракушка Ltd"


def test_hashes_can_be_copied_as_they_are() -> None:
    assert breakable("0f" * 32) == "0f" * 32
    assert "\u200b" in breakable("ا" * 60)
