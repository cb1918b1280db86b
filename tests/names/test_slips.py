"""Known words with one slip in them are known, other words are left as they are."""

from __future__ import annotations

import pytest

from shellgame.names.analysis import analyse
from shellgame.names.slips import Slips
from shellgame.names.token import Kind

SLIPS = Slips(["liability", "company", "limited"])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("liabilty", "liability"),  # left out
        ("liabillity", "liability"),  # put in
        ("liebility", "liability"),  # replaced
        ("comapny", "company"),  # exchanged
        ("limted", "limited"),
        ("liability", None),  # known itself
        ("iability", None),  # another first letter
        ("liablty", None),  # two slips
        ("halvren", None),
        ("", None),
    ],
)
def test_one_slip_is_known(text: str, word: str | None) -> None:
    assert SLIPS.word_of(text) == word


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Halvren Limited Liabilty Company", "Halvren Limited Liability Company"),
        ("Halvren Limted", "Halvren Limited"),
        ("Halvren Joint Stock Compnay", "Halvren Joint Stock Company"),
        ("Halvren Corporaton", "Halvren Corporation"),
        ("Halvren Internatonal Investmnts", "Halvren International Investments"),
    ],
)
def test_forms_and_generic_words_survive_a_slip(name: str, meant: str) -> None:
    assert analyse(name, person=False) == analyse(meant, person=False)


@pytest.mark.parametrize("name", ["Halvren Campania", "Halvren Privat", "Halvren Action", "Halvren Limestone"])
def test_other_words_stay_words(name: str) -> None:
    assert [token.kind for token in analyse(name, person=False)] == [Kind.WORD, Kind.WORD]


@pytest.mark.parametrize("person", [True, False])
def test_a_name_given_twice_is_read_once(person: bool) -> None:
    assert analyse("Orsin Maledd Orsin Maledd", person=person) == analyse("Orsin Maledd", person=person)
    assert len(analyse("Halvren Halvren", person=person)) == 2
