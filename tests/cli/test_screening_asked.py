"""Whom a name asks for: numbers given as names, options that tell more, one word alone, several schemata, patterns."""

from __future__ import annotations

import json

import pytest

SHIP = {
    "id": "xx-ship",
    "schema": "Vessel",
    "properties": {"name": ["ORSIN STAR"], "imoNumber": ["9074729"], "flag": ["by"]},
}
PERSON = {
    "id": "xx-person",
    "schema": "Person",
    "properties": {"name": ["Orsin Talvek MALEDD"], "birthDate": ["1961-06-06"], "nationality": ["by"]},
}
FIRM = {
    "id": "xx-firm",
    "schema": "Company",
    "properties": {"name": ["Maledd Zephrane Trading"], "innCode": ["7707083893"], "program": ["XX-BELARUS"]},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    from shellgame.workspace import open as open_workspace

    at = tmp_path_factory.mktemp("asked")
    (at / "set.json").write_text("".join(json.dumps(each) + "\n" for each in (SHIP, PERSON, FIRM)), encoding="utf-8")
    open_workspace(at / "ws").add("my_list", at / "set.json", "2031-01-01")
    return at / "ws"


def found(answer):
    assert answer.code == 0, answer.err
    (row,) = answer.rows
    return [hit["entity_id"] for hit in row["hits"]]


@pytest.mark.parametrize("asked", ["IMO 9074729", "imo:9074729", "9074729"])
def test_a_number_given_as_a_name_is_looked_up_as_such(shellgame, folder, asked):
    answer = shellgame("screen", asked, "-w", folder)
    assert found(answer) == ["xx-ship"]
    assert answer.rows[0]["notes"] == [f"{asked!r} was looked up as IMO number 9074729 too"]
    assert "same IMO number" in answer.rows[0]["hits"][0]["explanation"]["text"]


def test_a_number_that_nobody_has_is_told_with_what_was_looked_up(shellgame, folder):
    told = "'INN 7736050003' was looked up as INN 7736050003 too; nobody who is searched here is told to have it"
    answer = shellgame("screen", "INN 7736050003", "-w", folder)
    assert (found(answer), answer.rows[0]["notes"]) == ([], [told])
    assert told in " ".join(shellgame("screen", "INN 7736050003", "--table", "-w", folder).out.split())


def test_one_word_that_alerts_nobody_tells_who_contains_it(shellgame, folder):
    row = shellgame("screen", "Zephrane", "--threshold", "0.999", "-w", folder).rows[0]
    first = [{"entity_id": "xx-firm", "name": "Maledd Zephrane Trading"}]
    assert row["containing"] == {"word": "Zephrane", "names": 1, "records": 1, "first": first}
    assert row["hits"] == []
    text = " ".join(shellgame("screen", "zephrane", "--threshold", "0.999", "--table", "-w", folder).out.split())
    assert "single word alone is no alert" in text
    assert "zephrane: 1 listed name contains this word: Maledd Zephrane Trading (xx-firm)" in text
    assert "a lower --threshold" not in text


def test_who_contains_a_word_is_told_within_the_filters_and_of_one_word_alone(shellgame, folder):
    def told(*asked):
        (row,) = shellgame("screen", *asked, "--threshold", "1", "-w", folder).rows
        return row["containing"] and [bearer["entity_id"] for bearer in row["containing"]["first"]]

    assert told("Maledd") == ["xx-firm", "xx-person"]
    assert told("Maledd", "--schema", "Person") == ["xx-person"]
    assert told("Maledd", "--programme", "xx-*") == ["xx-firm"]
    assert told("Male") == []
    assert told("Maledd Nobody") is None


@pytest.mark.parametrize("options", [["--schema", "person,vessel"], ["--schema", "Person", "--schema", "ship"]])
def test_several_schemata_widen_the_search(shellgame, folder, options):
    assert found(shellgame("screen", "Orsin Star", *options, "-w", folder)) == ["xx-ship"]
    assert found(shellgame("screen", "Orsin Talvek Maledd", *options, "-w", folder)) == ["xx-person"]
    assert found(shellgame("screen", "Maledd Zephrane Trading", *options, "-w", folder)) == []


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--programme", "YY*", "no programme here is like 'YY*'; there are XX-BELARUS"),
        ("--programme", "XX-BELARUZ", "did you mean XX-BELARUS?"),
        ("--source", "my_lst", "did you mean my_list?"),
        ("--schema", "Person,Vesel", "did you mean Vessel?"),
        ("--identifier", "imu:9074729", "'imu' is no kind of number; did you mean imo?"),
        ("--identifier", "nothing", "does not tell what it is; write KIND:NUMBER"),
        ("--identifier", "imo:x", "'x' is no IMO number by which anybody could be found"),
        ("--birth-date", "06/28/1961", "birthDate '06/28/1961' is no date that can be read"),
        ("--nationality", "Nowhere", "country 'Nowhere' is no country that is known"),
    ],
)
def test_what_nobody_has_or_means_is_wrong_use(shellgame, folder, option, value, told):
    answer = shellgame("screen", "Orsin", option, value, "-w", folder)
    assert answer.code == 2
    assert told in answer.err


def test_what_is_told_beside_a_name_counts(shellgame, folder):
    def score(*options):
        (row,) = shellgame("screen", "Orsin Maled", "--threshold", "0", *options, "-w", folder).rows
        return {hit["entity_id"]: hit["score"] for hit in row["hits"]}["xx-person"]

    assert (
        score("--birth-date", "1961-06-06", "--nationality", "Belarus") > score() > score("--birth-date", "1931-01-02")
    )
    assert found(shellgame("screen", "Another Name", "--identifier", "imo:9074729", "-w", folder)) == ["xx-ship"]
    assert found(shellgame("screen", "--identifier", "inn:7707083893", "-w", folder)) == ["xx-firm"]
    answer = shellgame("screen", "One", "Two", "--birth-date", "1961", "-w", folder)
    assert (answer.code, "tell of one name" in answer.err) == (2, True)


def test_two_numbers_tell_of_one_without_a_name(shellgame, folder):
    both = ("--identifier", "imo:9074729", "--identifier", "mmsi:273000000")
    assert found(shellgame("screen", *both, "-w", folder)) == ["xx-ship"]
