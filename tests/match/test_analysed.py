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
