"""Tokens as arrays: numbers, readings, and what is believed of words that no list has counted."""

from __future__ import annotations

import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.kernels.tokens import TOKEN
from shellgame.match.lexicon import Words, arrays_of, bearing_of, believed_bits, readings, same_words, tells
from shellgame.names.analysis import analyse
from shellgame.names.sounds import ONE_LETTER, codes
from shellgame.names.token import Kind, Origin, Token

ORSIN, MALEDD = Token("orsin", Kind.WORD, Origin.LATIN, 0), Token("maledd", Kind.WORD, Origin.LATIN, 0)
TOKENS = st.builds(
    Token,
    st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=40),
    st.sampled_from(Kind),
    st.sampled_from(Origin),
    st.integers(0, 2000),
    st.sampled_from(["", "明", "名"]),
)


def test_a_token_has_one_number_in_the_order_of_appearance() -> None:
    words = Words()
    assert words.numbers_of([ORSIN, MALEDD, ORSIN]) == [0, 1, 0]
    assert words.tokens == [ORSIN, MALEDD]


def test_the_last_token_of_a_name_is_told_apart_where_it_may_be_cut_short() -> None:
    words = Words()
    assert words.numbers_of([ORSIN, MALEDD], mark_last=True) == [0, 1]
    assert words.numbers_of([MALEDD, ORSIN], mark_last=True) == [2, 3]
    assert words.last == [False, True, False, True]
    assert words.tokens == [ORSIN, MALEDD, MALEDD, ORSIN]


def test_another_kind_origin_or_group_is_another_token() -> None:
    words = Words()
    different = [ORSIN, ORSIN._replace(kind=Kind.PLACE), ORSIN._replace(origin=Origin.ABJAD), ORSIN._replace(group=3)]
    assert words.numbers_of(different) == [0, 1, 2, 3]


@settings(deadline=None)
@given(st.lists(TOKENS, max_size=12))
def test_arrays_hold_what_the_tokens_say(tokens: list[Token]) -> None:
    arrays = arrays_of(tokens)
    assert arrays.rows.dtype == TOKEN
    assert len(arrays.rows) == len(tokens)
    for row, token in zip(arrays.rows, tokens, strict=True):
        sounds = arrays.sounds[row["sounds"] : row["sounds"] + row["many_sounds"]].tobytes()
        assert sounds == codes(token.text, token.origin)
        assert arrays.latin[row["latin"] : row["latin"] + row["many_latin"]].tobytes() == token.text.encode()
        assert (row["kind"], row["origin"], row["group"]) == (token.kind, token.origin, token.group)
        assert chr(row["first"]) == token.text[0]
        letters = sounds if token.origin == Origin.HAN else sounds.translate(ONE_LETTER)
        assert {code for code in range(64) if int(row["letters"]) >> code & 1} == set(letters)
        assert row["bits"] == np.float32(believed_bits(token))
        assert (row["printed"] == 0) == (token.printed == "")
    for one, row in enumerate(arrays.rows):
        for other in range(one):
            assert (row["text"] == arrays.rows[other]["text"]) == (tokens[one].text == tokens[other].text)
            assert (row["printed"] == arrays.rows[other]["printed"]) == (tokens[one].printed == tokens[other].printed)


def test_arrays_may_be_written_to_as_the_kernels_expect() -> None:
    for tokens in ([], [ORSIN, MALEDD]):
        assert all(array.flags.writeable for array in arrays_of(tokens))


def test_of_a_very_long_token_the_beginning_is_kept() -> None:
    """The next one begins where the whole of it ends."""
    arrays = arrays_of([Token("orsin" * 100, Kind.WORD, Origin.LATIN, 0), MALEDD])
    assert arrays.rows["many_latin"].tolist() == [255, 6]
    begin = arrays.rows["latin"][1]
    assert arrays.latin[begin : begin + 6].tobytes() == b"maledd"


@settings(deadline=None)
@given(TOKENS)
def test_every_token_tells_something(token: Token) -> None:
    assert 0 < believed_bits(token) <= 16


def test_words_tell_more_than_what_many_names_share() -> None:
    word = believed_bits(MALEDD)
    for kind in set(Kind) - {Kind.WORD}:
        assert believed_bits(MALEDD._replace(kind=kind)) < word
    assert (
        believed_bits(Token("li", Kind.WORD, Origin.LATIN, 0))
        < word
        < believed_bits(Token("maleddorsinovich", Kind.WORD, Origin.LATIN, 0))
    )
    assert believed_bits(MALEDD._replace(group=5)) < word, "one that has variants in our tables is a common one"


def test_a_chinese_name_may_be_one_foreign_name_by_its_sound() -> None:
    whole, turned, by_sound = readings("马雷德", person=True)
    assert [token.text for token in whole] == ["ma", "leide"]
    assert [token.text for token in turned] == ["leide", "ma"]
    assert [token.text for token in by_sound] == ["maleide"]


def test_a_korean_name_without_a_space_is_held_against_either_order_of_latin_names() -> None:
    found = [[token.printed for token in reading] for reading in readings("김정은", person=True)]
    assert found == [["김", "정", "은"], ["정", "은", "김"], ["김정은"]]
    assert len(readings("김 정은", person=True)) == 1


def test_other_names_are_read_in_one_way() -> None:
    for name in ("Orsin Maledd", "Орсин Маледд", "Halvren Trading LLC", ""):
        assert readings(name, person=True) == [analyse(name, person=True)]
        assert readings(name, person=False) == [analyse(name, person=False)]


@pytest.mark.parametrize(
    ("name", "telling"),
    [("IRGC", False), ("KPMG Ltd", False), ("ABC", False), ("Fars", True), ("Nasr Co", True), ("ABC Halvren", True)],
)
def test_an_acronym_of_an_organisation_tells_nothing(name: str, telling: bool) -> None:
    assert tells(analyse(name, person=False), person=False) is telling


@pytest.mark.parametrize(
    ("one", "other", "person", "same"),
    [
        ("Halvren Trading LLC", "HALVREN", False, True),
        ("Halvren Trading", "Halvran Trading", False, False),
        ("General Trading LLC", "Trading General L.L.C.", False, True),
        ("General Trading LLC", "General Group LLC", False, False),
        ("Orsin Maledd", "MALEDD, Orsin", True, True),
    ],
)
def test_names_of_the_same_words_are_told_by_what_they_tell(one: str, other: str, person: bool, same: bool) -> None:
    assert same_words(one, other, person=person) is same
    bearings = [bearing_of(analyse(name, person=person), person=person) for name in (one, other)]
    assert (bearings[0].words == bearings[1].words) is same


@pytest.mark.parametrize(("one", "other"), [("CORP", "CORP"), ("LLC", "L.L.C."), ("", "")])
def test_names_of_legal_forms_alone_have_no_words_in_common(one: str, other: str) -> None:
    assert not same_words(one, other, person=False)
