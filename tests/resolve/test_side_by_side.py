"""Two records side by side: each value is marked, and what one of them leaves out is never held against it."""

from __future__ import annotations

import pytest

from shellgame.resolve.side_by_side import beside
from shellgame.testing.parties import claimed, party

DAY = "2031-06-01"


def rows(left, right, kind, parts=None):
    return [
        (str(row.mark), row.left and row.left.text, row.right and row.right.text)
        for row in beside(parts or {}, left, right, DAY).rows
        if row.kind == kind
    ]


@pytest.mark.parametrize(
    ("prop", "kind", "left", "right", "expected"),
    [
        ("name", "name", "MALEDD, Orsin", "Orsin Maledd", "same"),
        ("name", "name", "Orsin Maledd", "Орсин Маледд", "alike"),
        ("name", "name", "Orsin Maledd", "Talvek Tornik", "different"),
        ("birthDate", "born", "1961-06-06", "1961-06-06", "same"),
        ("birthDate", "born", "1961-06-06", "1961", "alike"),
        ("birthDate", "born", "1961-06-12", "1961-12-06", "alike"),
        ("birthDate", "born", "1961-06-06", "1987-02-03", "different"),
        ("deathDate", "ended", "2020", "2020-05-05", "alike"),
        ("birthPlace", "born in", "Halvren, Belarus", "Halvren", "same"),
        ("passportNumber", "passportNumber", "AB 1234567", "ab-1234567", "same"),
        ("passportNumber", "passportNumber", "AB1234567", "1234567", "alike"),
        ("passportNumber", "passportNumber", "AB1234567", "AB1234568", "alike"),
        ("taxNumber", "taxNumber", "500100732259", "7707083893", "different"),
        ("phone", "phone", "+375 17 222 33 44", "(017) 222-33-44", "same"),
        ("email", "email", "A@b.example", "a@b.example", "same"),
        ("address", "address", "12 Lenina St, Halvren", "Lenina 12, Halvren", "same"),
        ("address", "address", "12 Lenina St, Halvren", "5 Minskaya, Halvren", "alike"),
        ("gender", "gender", "male", "female", "different"),
    ],
)
def test_values_are_marked(prop, kind, left, right, expected):
    found = rows(party("a", **{prop: left}), party("b", **{prop: right}), kind)
    assert found[0][0] == expected, found


def test_countries_are_named_and_told_by_what_they_are():
    found = rows(party("a", nationality="by"), party("b", country=["by", "kp"]), "country")
    assert found == [
        ("same", "Belarus (nationality)", "Belarus (country)"),
        ("only here", None, "North Korea (country)"),
    ]
    assert rows(party("a", nationality="by"), party("b", citizenship="kp"), "country")[0][0] == "different"
    assert rows(party("a", nationality="suhh"), party("b", citizenship="by"), "country")[0][0] == "alike"


def test_what_only_one_tells_is_no_difference():
    left = party("a", name=["Orsin Maledd", "Wolf"], birthDate="1961-06-06", passportNumber="AB1234567")
    right = party("b", name="Orsin Maledd", passportNumber="ZZ7654321")
    assert rows(left, right, "name") == [("same", "Orsin Maledd", "Orsin Maledd"), ("only here", "Wolf", None)]
    assert rows(left, right, "born") == [("only here", "1961-06-06", None)]
    assert {row[0] for row in rows(left, right, "passportNumber")} == {"only here"}


def test_kinds_that_could_be_one_are_alike():
    assert rows(party("a", "Company"), party("b", "LegalEntity"), "kind")[0][0] == "alike"
    assert rows(party("a", "Company"), party("b", "Person"), "kind")[0][0] == "different"


def test_each_value_has_its_sources():
    claims = [claimed("a", "Person", "name", "Orsin", source=source) for source in ("xx_list", "yy_list")]
    left = party("a")
    left = type(left)("a", "Person", tuple(claims))
    (row,) = [row for row in beside({}, left, party("b", name="Orsin"), DAY).rows if row.kind == "name"]
    assert (row.left.sources, row.right.sources) == (("xx_list", "yy_list"), ("xx_list",))


def listing(record, number, **properties):
    identity = f"{record}-s{number}"
    return [
        claimed(identity, "Sanction", prop, value, source="us_ofac_sdn", record=record)
        for prop, value in properties.items()
    ]


def test_listings_are_told_with_programme_and_day():
    parts = {
        "a": listing("a", 1, entity="a", program="BELARUS", listingDate="2021-08-09")
        + listing("a", 2, entity="a", program="IRAN", endDate="2030-01-01"),
        "b": listing("b", 1, entity="b", program="BELARUS", listingDate="2022-01-01"),
    }
    found = rows(party("a"), party("b"), "listing", parts)
    assert found == [
        ("alike", "us: BELARUS, 2021-08-09", "us: BELARUS, 2022-01-01"),
        ("only here", "us: IRAN, day not told until 2030-01-01", None),
    ]


def test_many_values_are_held_against_each_other_within_bounds():
    left = party("a", name=[f"Orsin {number} Maledd" for number in range(500)])
    right = party("b", name=[f"Talvek {number} Tornik" for number in range(500)])
    assert len(rows(left, right, "name")) == 500
