"""Words of an analysed name are found again in the name as printed, in any script and however they were joined or parted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.match import printed as printed_module
from shellgame.match.lexicon import readings
from shellgame.match.printed import printed
from shellgame.names.analysis import analyse


@pytest.mark.parametrize(
    ("name", "person", "words", "left_out"),
    [
        ("AL-RAHMAN, Dr. Abdul J.", True, ("Abdul", "J.", "AL", "RAHMAN"), ("Dr.",)),
        ("Abdulrahman Halvren", True, ("Abd", "rahman", "Halvren"), ()),
        ("Abdallah ibn Salah al-Din", True, ("Abdallah", "ibn", "Salah al-Din"), ()),
        ("O'Neil, Mc Donald", True, ("Mc Donald", "O'Neil"), ()),
        ("王小明", True, ("王", "小明"), ()),
        ("عبد الله", True, ("عبد الله",), ()),
        ("Хренин Виктор", True, ("Хренин", "Виктор"), ()),
        ("Halvren Trading Co., Ltd.", False, ("Halvren", "Trading", "Co., Ltd."), ()),
        ("Joint Stock Company “Halvren”", False, ("Joint Stock Company", "Halvren"), ()),
        ("AT&T & Sons No. 5 IV", False, ("AT&T", "Sons", "No.", "5", "IV"), ()),
        ("Bank of the Valley", False, ("Bank", "of", "Valley"), ("the",)),
        ("جبهة الماليد (the Halvren", False, ("جبهة", "الماليد", "Halvren"), ("the",)),
        ("株式会社トヨタ自動車", False, ("株式会社", "トヨタ", "自動車"), ()),
        ("", True, (), ()),
    ],
)
def test_words_are_shown_as_printed(name, person, words, left_out):
    (tokens, *_) = readings(name, person=person)
    found = printed(name, tokens, person=person)
    assert (found.words, found.left_out) == (words, left_out)


def test_words_written_together_are_known_as_one():
    name = "Abdulrahman Halvren"
    (tokens,) = readings(name, person=True)
    shared = printed(name, tokens, person=True).shared
    assert {place: (sorted(each.places), each.word) for place, each in shared.items()} == {
        place: ([0, 1], "Abdulrahman") for place in (0, 1)
    }


def test_syllables_that_are_written_together_are_shown_as_they_are():
    for tokens in readings("김정은", person=True):
        assert sorted("".join(printed("김정은", tokens, person=True).words)) == sorted("김정은")


@given(st.text(max_size=60), st.booleans())
def test_every_token_has_words(name, person):
    for tokens in readings(name, person=person):
        found = printed(name, tokens, person=person)
        assert len(found.words) == len(tokens)
        assert all(found.words)


def test_an_endless_word_is_cut():
    name = "Halvren " + "x" * 10_000
    (tokens, *_) = readings(name, person=False)
    assert printed(name, tokens, person=False).words == ("Halvren", "x" * 63 + "…")


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("Halvren Brandik & Sons IV Quellin XIV", 28),  # every run of its seven pieces
        ("\ufdfa" * 2_000, 0),  # one piece of which four words each are made, and far too long to be one of them
    ],
)
def test_pieces_are_analysed_once_for_all_words(name, most, monkeypatch):
    asked = []

    def analysed(text, *, person):
        asked.append(text)
        return analyse(text, person=person)

    (tokens, *_) = readings(name, person=False)
    monkeypatch.setattr(printed_module, "analyse", analysed)
    assert len(printed(name, tokens, person=False).words) == len(tokens)
    assert len(asked) == len(set(asked)) <= most
