"""Two names and two records compared: the same from both sides, one at a time or many, and with reasons."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import shellgame as sg
from shellgame.errors import NotAnEntity, WrongUse
from shellgame.match.compare import compare, compare_many, compare_names, names_compared
from shellgame.match.scoring import CONTRADICTED, IDENTICAL
from shellgame.match.wording import rounded


def entity(schema, *names, **properties):
    return {
        "schema": schema,
        "properties": {"name": list(names), **{prop: [told] for prop, told in properties.items()}},
    }


ONE = entity("Person", "Orsin Maledd", "Орсин Маледд", birthDate="1961-06-06", nationality="by")
SAME = entity("Person", "MALEDD, Orsin", birthDate="1961")
SON = entity("Person", "Orsin Maledd", birthDate="1994-01-15")
OTHER = entity("Person", "Talvek Tornik", birthDate="1961-06-06")
FIRM = entity("Company", "Halvren Trading House LLC", registrationNumber="7712345678")
RENAMED = entity("Company", "Quellin Brandik", registrationNumber="7712345678")
NAMELESS = entity("Person", birthDate="1961-06-06")
ALL = [ONE, SAME, SON, OTHER, FIRM, RENAMED, NAMELESS]
PAIRS = [(left, right) for left in ALL for right in ALL]


def test_names_compare_in_any_order_of_words_and_sides():
    assert compare_names("Orsin Maledd", "Maledd Orsin", "Person").score > 0.8
    assert compare_names("Orsin Maledd", "Talvek Tornik").score < 0.1
    there, back = (
        compare_names(*names).score for names in (("Orsin Maled", "Maledd O."), ("Maledd O.", "Orsin Maled"))
    )
    assert there == back
    assert compare_names("", "Orsin").score < 0.1


def test_a_name_of_no_known_kind_is_read_as_it_fits_best():
    names = "Halvren Trading House LLC", "Halvren Trading House"
    ways = [compare_names(*names, schema).score for schema in ("Person", "Company")]
    assert compare_names(*names).score == max(ways)


def test_what_programs_put_into_a_name_changes_no_comparison():
    assert (
        compare_names("Orsin Maledd #N/A", "N/A Maledd Orsin").score
        == compare_names("Orsin Maledd", "Maledd Orsin").score
    )


@pytest.mark.parametrize("absent", ["nan", "NaN", "<NA>", "N/A", "unknown", float("nan"), None])
def test_what_stands_for_no_name_is_none(absent):
    told = compare(entity("Person", absent), entity("Person", absent))
    assert (told.names, told.score) == (None, compare(entity("Person"), entity("Person")).score)
    assert (
        compare(entity("Person", "Orsin Maledd", absent), SAME).score
        == compare(entity("Person", "Orsin Maledd"), SAME).score
    )
    assert compare(entity("Person", "Nan Maledd"), entity("Person", "Nan Maledd")).score > 0.8


def test_a_comparison_tells_why():
    found = compare_names("Orsin Maled", "Orsin Maledd Tornik", "Person")
    assert found.why.missing == ("Tornik",)
    assert found.as_dict()["score"] == found.score
    assert "Orsin" in found.text


def test_two_ships_with_two_imo_numbers_are_two_however_much_agrees():
    told = {"flag": "by", "type": "Oil tanker", "buildDate": "2011", "grossRegisteredTonnage": "61000"}
    one, other = (entity("Vessel", "Halvren Star", imoNumber=number, **told) for number in ("9074729", "9321483"))
    found = compare(one, other)
    assert found.score < 0.05
    assert "other IMO number, which is given out once and never changes" in found.text
    misprinted = entity("Vessel", "Halvren Star", imoNumber="9074728", **told)
    assert compare(one, misprinted).score > 0.9


def test_records_are_weighed_with_all_they_tell():
    assert compare(ONE, SAME).score > 0.9
    assert compare(ONE, SON).score < compare(ONE, SAME).score
    assert compare(ONE, OTHER).score < 0.1
    assert compare(FIRM, RENAMED).score > compare(FIRM, entity("Company", "Quellin Brandik")).score
    assert [signal.property for signal in compare(FIRM, RENAMED).why.signals] == ["registrationNumber"]


@pytest.mark.parametrize(
    ("schema", "name", "other"),
    [("Person", "Orsin Maledd", "Talvek Brandik"), ("Company", "Alva Bank of Tarn", "Arn Bank Zelkova")],
)
def test_a_nickname_or_an_acronym_that_many_share_makes_nobody_one(schema, name, other):
    shared = {"Person": "Ali", "Company": "ABZ"}[schema]
    assert sg.compare(entity(schema, name, shared), entity(schema, other, shared)).score < 0.2


def test_nobody_dies_before_being_born():
    born, dead = (
        entity("Person", "Orsin Maledd", birthDate="1990-06-06"),
        entity("Person", "Orsin Maledd", deathDate="1980"),
    )
    comparison = sg.compare(born, dead)
    assert comparison.score < 0.5 < sg.compare(born, entity("Person", "Orsin Maledd", deathDate="2010")).score
    assert "before the other was born" in comparison.text


def test_a_record_without_names_is_compared_by_the_rest():
    found = compare(ONE, NAMELESS)
    assert found.names is None
    assert names_compared([(ONE, NAMELESS)]) == [None]
    assert found.why.signals


def test_many_are_scored_as_each_alone_and_from_both_sides():
    scores = compare_many(PAIRS)
    assert [rounded(score) for score in scores.tolist()] == [compare(*pair).score for pair in PAIRS]
    assert np.array_equal(scores, compare_many([pair[::-1] for pair in PAIRS]))
    assert compare_many([]).tolist() == []


def test_the_order_of_values_makes_no_difference():
    turned = {**ONE, "properties": {prop: told[::-1] for prop, told in reversed(ONE["properties"].items())}}
    assert compare(turned, SAME).score == compare(ONE, SAME).score


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ("Orsin", "is no dict"),
        ({"properties": {}}, "no `schema`"),
        ({"schema": "Person"}, "no dict of lists"),
        ({"schema": 7, "properties": {}}, "no `schema`"),
        (None, "is no dict"),
        ({"schema": "Persn", "properties": {"name": ["Orsin"]}}, "'Persn' is no schema; did you mean Person"),
        ({"schema": "Person", "properties": {"nmae": ["Orsin"]}}, "no property .* but 'nmae'; did you mean name"),
        ({"schema": "Person", "properties": {}}, "no property that can be compared"),
    ],
)
def test_what_is_no_entity_is_told_with_its_place(wrong, what):
    with pytest.raises(NotAnEntity, match=what) as caught:
        compare(ONE, wrong)
    assert caught.value.where == "right"
    with pytest.raises(NotAnEntity, match="pair 2, left"):
        compare_many([(ONE, ONE), (wrong, ONE)])


def test_values_that_are_no_text_are_passed_over():
    odd = {"schema": "Person", "properties": {"name": ["Orsin Maledd", None, 7], "birthDate": [1961], "alias": None}}
    assert compare(odd, SAME).score > 0.5


def test_wrong_names_and_schemata_are_told():
    with pytest.raises(WrongUse, match="no name"):
        compare_names("Orsin", 7)
    with pytest.raises(WrongUse, match="Person"):
        compare_names("Orsin", "Orsin", "Persson")


def test_the_package_has_them_and_loads_nothing_before_it_is_asked():
    assert sg.compare is compare
    assert sg.compare_names is compare_names
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = sg.nothing_such
    told = "import sys, shellgame; print({'numba', 'duckdb', 'pyarrow', 'numpy', 'pydantic'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_however_much_two_records_share_it_is_never_quite_certain():
    told = {
        "name": ["Orsin Talvek Maledd"],
        "birthDate": ["1961-06-06"],
        "innCode": ["771234567890"],
        "gender": ["male"],
    }
    one = {"schema": "Person", "properties": told | {"passportNumber": ["AB1234567"], "nationality": ["by"]}}
    assert 0.999 < compare(one, one).score < 1


def test_father_and_son_are_two_also_where_nobody_says_that_they_are_people():
    assert compare_names("Orsin Maledd Jr.", "Orsin Maledd Sr.").score <= CONTRADICTED
    assert compare_names("Orsin Maledd Jr.", "Orsin Maledd").score >= IDENTICAL
