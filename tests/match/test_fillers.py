"""Words that programs put into names count for nothing; words that may be names count."""

from __future__ import annotations

import pytest

from shellgame.match.engine import PartyEngine
from shellgame.match.party_index import Party
from shellgame.match.search import Subject


@pytest.fixture(scope="module")
def engine():
    names = ("Orsin Maledd", "Talvek Tornik", "Yaska Mirren", "Halvren Null", "None Dasko")
    return PartyEngine.build([Party(name, "Person", (name,), {}) for name in names])


def found(engine, *names):
    answers = engine.search([Subject((name,), "Person") for name in names], limit=5, threshold=0.3, wanted=None)
    return [[(each.party, each.score) for each in answer] for answer in answers]


@pytest.mark.parametrize(
    "filler", ["N/A", "n/a", "#N/A", "#NULL!", "#REF!", "#NAME?", "#DIV/0!", "<NA>", "<null>", r"\N"]
)
def test_what_programs_put_into_a_name_counts_for_nothing(engine, filler):
    names = (f"Orsin Maledd {filler}", f"{filler} Orsin Maledd", f"Orsin {filler} Maledd {filler}")
    assert found(engine, *names) == 3 * found(engine, "Orsin Maledd")
    assert found(engine, f"Orsin Maledd{filler}x") != found(engine, "Orsin Maledd")  # only where it stands by itself


@pytest.mark.parametrize("name", ["Halvren Null", "None Dasko"])
def test_what_may_be_a_name_counts(engine, name):
    first, _, last = name.partition(" ")
    (whole,), half = found(engine, name)[0], found(engine, first, last)
    assert whole[1] > 0.9
    assert all(score < whole[1] for answer in half for _, score in answer)


def test_a_name_of_nothing_else_stays_what_it_is(engine):
    assert found(engine, "N/A", "#N/A #N/A") == [[], []]
