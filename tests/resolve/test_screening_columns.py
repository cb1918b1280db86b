"""Columns are known by what people call them; of a row what can be used is used, and what cannot is told."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from followthemoney import model
from hypothesis import given
from hypothesis import strategies as st

from shellgame.errors import WrongUse
from shellgame.match.search import Subject
from shellgame.model.schema import PARENTS
from shellgame.resolve.columns import (
    CLEANED,
    COUNTRY_PROPS,
    DATE_PROPS,
    LONGEST_VALUE,
    PROPERTIES,
    columns_of,
    has_names,
    values,
)

KINDS = {name: prop for schema in PARENTS for name, prop in model.get(schema).properties.items()}


def test_every_property_is_one_of_a_party_in_the_model():
    assert set(KINDS) >= PROPERTIES
    assert {name for name in PROPERTIES if KINDS[name].type.name == "country"} == COUNTRY_PROPS
    assert {name for name in PROPERTIES if KINDS[name].type.name == "date"} == DATE_PROPS
    assert {name for name in PROPERTIES if KINDS[name].type.name in ("country", "date", "gender")} <= CLEANED


@pytest.mark.parametrize(
    "name", ["name", "Name", "NAME ", "full_name", "Full Name", "caption", "company name", "Customer-Name"]
)
def test_names_are_found_by_their_usual_headings(name):
    assert columns_of(["colour", name]).names == (1,)


@pytest.mark.parametrize(
    ("heading", "prop"),
    [
        ("dob", "birthDate"),
        ("Date of Birth", "birthDate"),
        ("date_of_birth", "birthDate"),
        ("birthDate", "birthDate"),
        ("Country Code", "country"),
        ("nationality", "nationality"),
        ("SEX", "gender"),
        ("idNumber", "idNumber"),
        ("Passport No.", "passportNumber"),
        ("imo", "imoNumber"),
        ("registrationNumber", "registrationNumber"),
        ("Address", "address"),
    ],
)
def test_properties_are_found_by_their_usual_headings(heading, prop):
    columns = columns_of([heading, "name"])
    assert columns.properties == ((0, prop),)
    assert columns.unused == ()


def test_a_whole_name_stands_before_other_names():
    assert columns_of(["full name", "caption", "name"]).names == (2,)


def test_a_name_in_parts_is_put_together():
    columns = columns_of(["Surname", "First Name", "id", "Middle Name"])
    subject = columns.subject(["Maledd", "Orsin", "7", ""])
    assert subject.names == ("Orsin Maledd",)
    assert subject.reference == "7"
    assert subject.properties == {"firstName": ("Orsin",), "lastName": ("Maledd",)}


def test_the_column_of_names_can_be_said():
    assert columns_of(["Party", "name"], "Party").names == (0,)
    assert columns_of(["Party ", "name"], "party").names == (0,)
    with pytest.raises(WrongUse, match=r"no column 'partie'; did you mean party\?"):
        columns_of(["party", "name"], "partie")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (["surname"], "columns surname; name the column that holds the names `name`"),
        ([], "columns none; name the column"),
        (["company name", "customer name"], "names could stand in company name, customer name"),
        (["name", "colour", "name"], "names could stand in name, name"),
    ],
)
def test_a_header_without_names_or_with_too_many_is_told(header, message):
    with pytest.raises(WrongUse, match=message):
        columns_of(header)


def test_every_value_of_a_row_is_used():
    columns = columns_of(
        ["id", "type", "name", "dob", "country", "nationality", "gender", "alias", "passport", "address"]
    )
    row = [
        "c-1",
        "individual",
        "Orsin\n Maledd",
        "6 Jun 1961",
        "Belarus",
        "RU;by",
        "M",
        "O. M.; Orsinov",
        "AB 12",
        "1; High St",
    ]
    assert columns.subject(row) == Subject(
        ("Orsin Maledd", "O. M.", "Orsinov"),
        "Person",
        {
            "birthDate": ("1961-06-06",),
            "country": ("by",),
            "nationality": ("ru", "by"),
            "gender": ("male",),
            "passportNumber": ("AB 12",),
            "address": ("1; High St",),
        },
        "c-1",
    )


def test_what_cannot_be_read_is_told_and_the_rest_used():
    columns = columns_of(["name", "dob", "country"])
    subject = columns.subject(["Orsin", "06/28/1961", "Atlantis; Belarus"])
    assert subject.properties == {"country": ("by",)}
    assert subject.notes == (
        "birthDate '06/28/1961' is no date that can be read; write 1961-06-28",
        "country 'Atlantis' is no country that is known",
    )


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (["", ""], "no name"),
        ([" \u00a0\n", ""], "no name"),
        ([None, ""], "no name"),
        ([float("nan"), ""], "no name"),
        (["x" * (LONGEST_VALUE + 1), ""], "a name of 32,769 letters"),
        (["Orsin", "Persn"], r"'Persn' is no schema of a party; did you mean Person\?"),
    ],
)
def test_a_row_that_cannot_be_searched_is_told(cells, reason):
    with pytest.raises(WrongUse, match=reason):
        columns_of(["name", "schema"]).subject(cells)


@pytest.mark.parametrize(
    ("prop", "cell", "found"),
    [
        ("birthDate", date(1961, 6, 6), ("1961-06-06",)),
        ("birthDate", datetime(1961, 6, 6, 12), ("1961-06-06",)),  # noqa: DTZ001 - as a data frame has it
        ("birthDate", 1961, ("1961",)),
        ("idNumber", 12345.0, ("12345",)),
        ("idNumber", 12345, ("12345",)),
        ("idNumber", float("nan"), ()),
        ("country", ["by", "ru"], ("by", "ru")),
        ("email", None, ()),
        ("gender", "Female", ("female",)),
    ],
)
def test_cells_of_data_frames_are_read(prop, cell, found):
    assert values(prop, cell)[0] == found


@given(st.lists(st.text(max_size=30), min_size=1, max_size=8), st.data())
def test_no_header_and_no_row_crashes(header, data):
    if not has_names(header):
        return
    try:
        columns = columns_of(header)
    except WrongUse:
        return
    row = data.draw(st.lists(st.text(max_size=40), min_size=len(header), max_size=len(header)))
    try:
        subject = columns.subject(row)
    except WrongUse:
        return
    assert all(name.strip() for name in subject.names)
    assert all(isinstance(value, str) and value for several in subject.properties.values() for value in several)


def test_what_is_no_text_is_no_name_and_no_value():
    columns = columns_of(["name", "dob"])
    with pytest.raises(WrongUse, match="no name"):
        columns.subject(({"a": 1}, None))
    with pytest.raises(WrongUse, match="no name"):
        columns.subject((b"\xff\xfe", None))
    assert columns.subject((b"Orsin", {"a": 1})) == Subject(("Orsin",), notes=("birthDate holds no text",))
