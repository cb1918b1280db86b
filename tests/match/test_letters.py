"""Names by their letters alone: a blank in the wrong place, letters doubled, two that changed places."""

from __future__ import annotations

import random

import numpy as np
import pytest
from tests.match.invented_parties import NAMES, parties

from shellgame.match import letters
from shellgame.match.letters import are_spelt_alike, letters_of, of_the_same_letters
from shellgame.match.party_index import Party, PartyIndex, Query
from shellgame.match.scoring import SPELT_ALIKE
from shellgame.names.folding import folded_words

LISTED = [name for party in parties(200) for name in party.names] + [name for name, _ in NAMES]


def plain_letters(name: str) -> str:
    """What a name is found under, slow and obvious."""
    found: list[str] = []
    for sign in folded_words(name).replace(" ", ""):
        if sign != (found or [""])[-1]:
            found.append(sign)
    return "".join(sorted(found)) if len(found) >= 8 else ""


def test_names_of_the_same_letters_are_found_and_no_others() -> None:
    chance = random.Random(3)
    asked = [*LISTED, *("".join(chance.sample(name, len(name))) for name in LISTED), "", "x", "\n", "\ud800" * 9]
    wanted = {
        (place, number)
        for place, one in enumerate(asked)
        for number, other in enumerate(LISTED)
        if plain_letters(one) and plain_letters(one) == plain_letters(other)
    }
    assert set(of_the_same_letters(asked, letters_of(LISTED))) == wanted
    assert len(wanted) > len(LISTED) / 2


def test_they_are_the_same_in_whatever_parts_they_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = letters_of(LISTED)
    monkeypatch.setattr(letters, "_TOGETHER", 7)
    for one, other in zip(whole, letters_of(LISTED), strict=True):
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)


def test_of_very_many_namesakes_only_the_first_are_looked_at() -> None:
    found = list(of_the_same_letters(["Orsin Maledd"], letters_of(["Orsin Maledd"] * 100)))
    assert found == [(0, number) for number in range(letters.MOST_ALIKE)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Orsi Nmaledd", "Orsin Maledd"),
        ("OrsinM aledd", "Orsin Maledd"),
        ("ORSINMALEDD", "Orsin Maledd"),
        ("Hal vren-Tarn.quist", "Halvren Tarnquist"),
        ("Rosin Maledd", "Orsin Maledd"),
        ("Orrsin Maled", "Orsin Maledd"),
        ("Badur Rehvman", "Abdur Rehvman"),
        ("Орсинм Аледов", "Орсин Маледов"),
        ("FUQUANQU8642", "Fu Quan Qu 8642"),
    ],
)
def test_one_slip_of_a_hand_leaves_a_name_the_same(one: str, other: str) -> None:
    assert are_spelt_alike(one, other)
    assert are_spelt_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Irson Maledd", "Orsin Maledd"),
        ("Osrin Mlaedd", "Orsin Maledd"),
        ("Orsin Maledov", "Orsin Maledova"),
        ("Orsin Maleda", "Orsin Maledo"),
        ("Tarnquist 12", "Tarnquist 21"),
        ("Tarnquist 1", "Tarnquist 11"),
        ("Tarnquist IV", "Tarnquist VI"),
        ("Tarnquist II", "Tarnquist III"),
    ],
)
def test_other_letters_another_order_or_another_number_make_another_name(one: str, other: str) -> None:
    assert not are_spelt_alike(one, other)
    assert not are_spelt_alike(other, one)


def test_a_search_alerts_for_them_whatever_their_words_say() -> None:
    index = PartyIndex.build(
        [
            Party("person", "Person", ["Salune Quellin", "Amer Foz Tal"], {}),
            Party("company", "Company", ["Amer Foz Tal LLC"], {}),
            Party("nobody", "Company", ["Limited Liability Company"], {}),
            *parties(50),
        ]
    )

    def found(name: str, schema: str | None, threshold: float = 0.7, **limits: object) -> list[str]:
        matches = index.search([Query(["Nobody", name], schema)], limit=5, threshold=threshold, **limits)[0]
        assert all(match.score >= SPELT_ALIKE and match.asked == 1 for match in matches)
        return [index.id_of(match.party) for match in matches]

    assert found("AmerfozT al", "Person") == ["person"]
    assert found("AmerfozT alLLC", "Company") == ["company"]
    assert found("AmerfozT al", None) == ["person"]
    assert found("AmerfozT al", "Person", threshold=0.8) == []
    assert found("AmerfozT al", "Person", allowed=np.zeros(len(index), np.bool_)) == []
    assert found("Limited Liability Company", "Company") == []
