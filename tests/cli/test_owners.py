"""`shellgame owners` on the invented world: rows for programs, a table for people, a page to look at."""

from __future__ import annotations

import json

import pytest

from shellgame.sources.claims import Claims
from shellgame.testing.publications import incoming
from shellgame.workspace import Workspace

DAY = "2025-10-15"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A listed person who owns half of a company, that owns a third of another, whose other holder is not named."""
    made = tmp_path_factory.mktemp("owners")
    workspace = Workspace(made / "workspace")
    claims = Claims("us_ofac_sdn")
    person = claims.record("ofac-1", "Person", "sdn.csv#1")
    person.add("name", "Orsin Malevadd")
    person.sanction().add("program", "VARKESH")
    workspace.store.add(incoming(made, "2025-01-01", claims))
    claims = Claims("mine")
    for key, name in (("A", "Halvren <b>Trading</b> House"), ("B", "Quillmark Logistics"), ("U", "")):
        claims.record(f"m-{key}", "Company", f"m#{key}").add("name", name)
    for number, (owner, asset, share) in enumerate(
        (("ofac-1", "m-B", "50"), ("m-B", "m-A", "30"), ("m-U", "m-A", ">25-50"))
    ):
        link = claims.record(f"s-{number}", "Ownership", f"m#s{number}")
        link.add("owner", owner)
        link.add("asset", asset)
        link.add("percentage", share)
    workspace.store.add(incoming(made, "2025-01-02", claims))
    return workspace.folder


def test_a_line_a_rule_with_all_that_is_promised(shellgame, folder):
    rows = shellgame("owners", "m-A", "--on", DAY, "-w", folder, "--json").rows
    assert rows[0]["rule"] == "us_ofac_50"
    promised = {"rule", "jurisdiction", "answer", "low", "high", "chain", "missing"}
    assert all(promised | {"status", "cite", "verified"} <= row.keys() for row in rows)
    first = rows[0]
    assert (first["answer"], first["low"], first["high"]) == ("unknown", 30.0, 80.0)
    assert [hop["owner_is"] for hop in first["chain"]] == ["caught", "perhaps", "listed"]
    evidence = first["chain"][0]["evidence"]
    assert {"claim_id", "source", "version", "locator", "quote"} <= evidence[0].keys()
    assert {row["answer"] for row in rows} <= {"caught", "not_caught", "unknown"}


def test_caught_below_with_its_chain(shellgame, folder):
    row = shellgame("owners", "Quillmark Logistics", "--on", DAY, "-w", folder, "--json").rows[0]
    assert (row["answer"], row["low"]) == ("caught", 50.0)
    assert [(hop["owner"], hop["asset"]) for hop in row["chain"]] == [("Orsin Malevadd", "Quillmark Logistics")]


def test_people_get_a_table_that_says_what_is_missing_and_that_it_is_a_lead(shellgame, folder, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    out = shellgame("owners", "m-A", "--on", DAY, "-w", folder, "--table").out
    assert "cannot be said" in out
    assert "m-U (not named): the holder is not named; if listed" in out
    assert "no legal advice" in out
    assert "if it were law" in out, "the Swiss rule is not verified"
    assert " clean" not in out


def test_the_page_is_whole_and_what_sources_print_is_text_in_it(shellgame, folder, tmp_path):
    page = tmp_path / "owners.html"
    answer = shellgame("owners", "m-A", "--on", DAY, "-w", folder, "--html", page, "--json")
    assert answer.code == 0
    text = page.read_text(encoding="utf-8")
    assert "<svg" in text
    assert "LISTED us" in text
    assert "<b>Trading" not in text
    assert "<script" not in text
    assert "src=" not in text
    assert "href=" not in text
    again = shellgame("owners", "m-A", "--on", DAY, "-w", folder, "--html", page)
    assert (again.code, "--force" in again.err) == (2, True)


def test_down_tells_what_an_owner_reaches(shellgame, folder):
    rows = shellgame("owners", "ofac-1", "--down", "--on", DAY, "-w", folder, "--json").rows
    told = {row["caption"]: next(rule for rule in row["rules"] if rule["rule"] == "us_ofac_50") for row in rows}
    assert told["Quillmark Logistics"]["answer"] == "caught"
    assert told["Halvren <b>Trading</b> House"]["answer"] == "unknown"
    assert json.dumps(rows)


def test_an_id_that_nobody_has_is_not_found(shellgame, folder):
    assert shellgame("owners", "m-Z9", "-w", folder).code == 1


def test_what_moved_about_a_listing_is_a_question_of_its_own(shellgame, folder, tmp_path):
    rows = shellgame("owners", "m-A", "--patterns", "--on", DAY, "-w", folder, "--json").rows
    assert {row["rule"] for row in rows} >= {"O-12", "O-14", "O-15", "N-09"}
    assert not [row for row in rows if row["fired"]], "no stake here has a day"
    assert shellgame("owners", "m-A", "--patterns", "--down", "-w", folder).code == 2
    assert shellgame("owners", "m-A", "--patterns", "--html", tmp_path / "page.html", "-w", folder).code == 2


def test_each_rule_tells_its_lists_with_their_days(shellgame, folder, tmp_path, monkeypatch):
    row = shellgame("owners", "m-A", "--on", DAY, "-w", folder, "--json").rows[0]
    assert row["lists"] == [{"source": "us_ofac_sdn", "day": "2025-01-01"}]
    monkeypatch.setenv("COLUMNS", "240")
    page = tmp_path / "owners.html"
    out = shellgame("owners", "m-A", "--on", DAY, "-w", folder, "--table", "--html", page).out
    for text in (out, page.read_text(encoding="utf-8")):
        assert "us_ofac_sdn of 2025-01-01" in text
        assert "none of its lists is here" in text
        assert "us_ofac_sdn of 2025-01-01 (287 days before)" in text


def test_who_is_listed_and_owned_by_nobody_is_told_to_be_listed(shellgame, folder, monkeypatch):
    rows = {row["rule"]: row for row in shellgame("owners", "ofac-1", "--on", DAY, "-w", folder, "--json").rows}
    assert (rows["us_ofac_50"]["answer"], rows["us_ofac_50"]["missing"]) == ("listed", [])
    assert rows["eu_50"]["answer"] == "unknown"
    assert "no list of" in rows["eu_50"]["missing"][0]
    monkeypatch.setenv("COLUMNS", "240")
    out = shellgame("owners", "ofac-1", "--on", DAY, "-w", folder, "--table").out
    assert "nothing is told about who owns" not in out
    assert out.count("listed itself") >= 2


def test_a_name_read_as_another_is_told(shellgame, folder, monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")
    exact = shellgame("owners", "Quillmark Logistics", "--on", DAY, "-w", folder, "--json").rows[0]["asked"]
    assert (exact["exact"], exact["text"]) == (True, "Quillmark Logistics")
    asked = shellgame("owners", "Quilmark Logistics", "--on", DAY, "-w", folder, "--json").rows[0]["asked"]
    assert (asked["exact"], asked["records"], asked["name"]) == (False, ["m-B"], "Quillmark Logistics")
    assert 0.7 <= asked["score"] < 1
    told = "read as Quillmark Logistics (m-B), score 0."
    assert told in shellgame("owners", "Quilmark Logistics", "--on", DAY, "-w", folder, "--table").out
    for option in ("--down", "--patterns"):
        assert told in shellgame("owners", "Quilmark Logistics", option, "--on", DAY, "-w", folder, "--json").err
    for command in ("network", "roots"):
        assert told in shellgame(command, "Quilmark Logistics", "-w", folder, "--json").err
    assert told in shellgame("paths", "ofac-1", "Quilmark Logistics", "-w", folder, "--json").err


def test_two_who_are_tied_are_too_few_for_roots(shellgame, folder):
    assert "too small to tell" in shellgame("roots", "ofac-1", "--depth", 1, "-w", folder, "--json").err
