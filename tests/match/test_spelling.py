"""Which letters two words differ in is said in few words, or how alike they are where that would be too many."""

from __future__ import annotations

import pytest

from shellgame.match.spelling import difference


@pytest.mark.parametrize(
    ("query", "listed", "words"),
    [
        ("Maled", "MALEDD", "d missing"),
        ("Maledde", "Maledd", "extra e"),
        ("Orsyn", "ÓRSIN", "y for i"),
        ("Talevk", "Talvek", "e and v exchanged"),
        ("Orshin", "Orsin", "extra h"),
        ("Хренин", "Хрэнин", "е for э"),
        ("Halvren", "Holvron", "a for o, e for o"),
        ("Yaskar", "Iaszek", "75% alike"),
        ("Maledd", "maledd", "other signs for the same sound"),
    ],
)
def test_the_letters_that_differ_are_told(query, listed, words):
    assert difference(query, listed, 0.75) == words
