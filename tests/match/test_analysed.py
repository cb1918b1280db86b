"""Records analysed once compare as the same records do when they are handed over two by two."""

from __future__ import annotations

import numpy as np
import pytest

import shellgame as sg
from shellgame.errors import NotAnEntity, WrongUse
from shellgame.match.compare import compare_many, names_compared


def entity(schema, *names, **properties):
    return {
        "schema": schema,
        "properties": {"name": list(names), **{prop: [told] for prop, told in properties.items()}},
    }


RECORDS = [
    entity("Person", "Orsin Maledd", "Орсин Маледд", birthDate="1961-06-06"),
    entity("Person", "MALEDD, Orsin"),
    entity("LegalEntity", "Orsin Maledd Trading"),
    entity("Company", "Halvren Trading House LLC", country="by"),
    entity("Organization", "Halvren Trading House (Vienna)", weakAlias="Halvren"),
    entity("Person", birthDate="1961-06-06"),
    entity("Vessel", "Quellin Brandik", imoNumber="9074729"),
]
GIVEN, FAMILY = ("Orsin", "Talvek", "Quellin", "Дорвин"), ("Maledd", "Tornik", "Brandik", "Элскаде")
MANY = [
    entity(
        "Person" if number % 3 else "Vessel",
        f"{GIVEN[number % 4]} {FAMILY[number // 4]}",
        birthDate=f"19{50 + number}-02-03",
        country="by" if number % 2 else "ru",
        **({"passportNumber": f"MP12345{number % 5}"} if number % 2 else {}),
    )
    for number in range(16)
]
NUMBERS = [(left, right) for left in range(len(RECORDS)) for right in range(len(RECORDS))]


def test_they_compare_as_pairs_do_whatever_they_were_analysed_with():
    scores = sg.Analysed(RECORDS).compare(NUMBERS)
    assert np.array_equal(scores, compare_many([(RECORDS[left], RECORDS[right]) for left, right in NUMBERS]))
    alone = [compare_many([(RECORDS[left], RECORDS[right])])[0] for left, right in NUMBERS]
    assert scores.tolist() == alone
    turned = sg.Analysed(RECORDS[::-1]).compare(len(RECORDS) - 1 - np.array(NUMBERS))
    assert np.array_equal(scores, turned)


def test_from_both_sides_alike():
    records = sg.Analysed(RECORDS)
    scores = records.compare(NUMBERS).reshape(len(RECORDS), -1)
    assert np.array_equal(scores, scores.T)
    assert records.names_compared(NUMBERS[5:6]) == [None]


def test_a_place_or_a_word_more_covers_less_but_is_found():
    whole, part, branch = names_compared(
        [
            (entity("Company", "Halvren Brandik House"), entity("Company", other))
            for other in ("Halvren Brandik House", "Halvren Brandik", "Halvren Brandik House Vienna")
        ]
    )
    assert whole.coverage > 0.9
    assert part.best > part.coverage
    assert branch.best > 0.5 > branch.coverage


def test_there_may_be_none():
    assert len(sg.Analysed([])) == 0
    assert sg.Analysed([]).compare([]).tolist() == []


def test_what_cannot_be_is_told():
    with pytest.raises(NotAnEntity, match="record 1"):
        sg.Analysed([RECORDS[0], {"schema": "Person"}])
    records = sg.Analysed(RECORDS)
    for wrong, told in (((0, len(RECORDS)), len(RECORDS)), ((-1, 0), -1), ((0, 2**40), 2**40)):
        with pytest.raises(WrongUse, match=f"numbered from 0; a pair asks for {told}$"):
            records.compare([wrong])


@pytest.mark.parametrize("wrong", [[0, 1, 0], [(0, 0.5)], [("a", "b")], [(0, 1, 2)], [(True, False)]])
def test_what_are_no_pairs_of_numbers_is_told(wrong):
    with pytest.raises(WrongUse, match="give two numbers of records each"):
        sg.Analysed(RECORDS).compare(wrong)


def test_what_names_leave_no_hope_of_is_told_as_a_bound_and_all_else_exactly():
    least = 0.05
    records = sg.Analysed(MANY)
    pairs = [(left, right) for left in range(len(MANY)) for right in range(len(MANY))]
    exact, bounded = records.compare(pairs), records.compare(pairs, least=least)
    moved = exact != bounded
    assert 0 < moved.sum() < len(pairs)
    assert (exact[moved] < bounded[moved]).all()
    assert (bounded[moved] < least).all()
    assert ((exact == 0) == (bounded == 0)).all()
    each = np.where(np.arange(len(pairs)) % 2, least, 0.0)
    assert records.compare(pairs, least=each).tolist() == np.where(each > 0, bounded, exact).tolist()


def test_a_number_or_contact_in_common_is_looked_at_whatever_the_names():
    told = [
        entity("Vessel", "Quellin Brandik", imoNumber="9074729"),
        entity("Vessel", "Talvek Tornik", imoNumber="IMO 9074729"),
        entity("Company", "Halvren Trading House", phone="+375 17 200 10 20"),
        entity("Company", "Osmund Feldric", phone="+375172001020"),
        entity("Company", "Merrow Castaban", registrationNumber="B/002210"),
        entity("Company", "Dovrin Elskade", registrationNumber="002210"),
    ]
    pairs = [(0, 1), (2, 3), (4, 5)]
    records = sg.Analysed(told)
    assert records.compare(pairs, least=0.99).tolist() == records.compare(pairs).tolist()


@pytest.mark.parametrize("least", ["x", [0.1, 0.2, 0.3], float("nan"), -0.1, 2, None])
def test_what_is_no_probability_is_told(least):
    with pytest.raises(WrongUse, match="least is"):
        sg.Analysed(RECORDS).compare([(0, 1), (0, 2)], least=least)
