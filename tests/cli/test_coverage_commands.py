"""Commands about jurisdictions, on the sample world."""

from __future__ import annotations

import pytest


def test_gaps_names_who_is_listed_in_one_and_not_in_the_other(shellgame, sample):
    found = shellgame("gaps", "us", "ca", "-w", sample.folder)
    assert found.code == 0
    assert all((row["listed"], row["missing"]) == ("us", "ca") and "ca" not in row["others"] for row in found.rows)


def test_a_jurisdiction_without_a_list_has_no_gaps_to_tell(shellgame, sample):
    answer = shellgame("gaps", "us", "eu", "-w", sample.folder)
    assert answer.code == 2
    assert "no whole list of 'eu' is here" in answer.err


def test_coverage_writes_a_page_with_every_party(shellgame, sample, tmp_path):
    page = tmp_path / "matrix.html"
    rows = shellgame("coverage", "--program", "*", "--page", page, "-w", sample.folder).rows
    text = page.read_text(encoding="utf-8")
    assert rows
    assert "<script" not in text
    assert sample.world.houses[0].name in text


def test_actions_and_lag_answer_in_rows(shellgame, sample, tmp_path):
    for command in (("actions", "--shared", "1"), ("lag", "--page", tmp_path / "lag.html")):
        assert shellgame(*command, "-w", sample.folder).code == 0
    assert (tmp_path / "lag.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("command", [("coverage", "--program", "*"), ("lag",)], ids=["coverage", "lag"])
def test_a_page_is_written_where_nothing_is_lost(shellgame, sample, tmp_path, command):
    page = tmp_path / "page.html"
    page.write_text("mine")
    for place, fault in (
        (page, "is there already; name another file, or write over it with --force"),
        (tmp_path, "is a folder; name a file"),
        (tmp_path / "none" / "page.html", "none is no folder that is there"),
        (sample.folder / "page.html", "lies in the workspace"),
    ):
        answer = shellgame(*command, "--page", place, "-w", sample.folder)
        assert (answer.code, fault in answer.err, answer.out) == (2, True, "")
    assert page.read_text() == "mine"
    assert shellgame(*command, "--page", page, "--force", "-w", sample.folder).code == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_regime_that_is_none_is_answered_with_those_that_are(shellgame, sample):
    answer = shellgame("coverage", "--regime", "belorus", "-w", sample.folder)
    assert answer.code == 2
    assert "belarus" in answer.err


def test_where_nobody_followed_there_is_no_ranking(shellgame, sample):
    answer = shellgame("likely", "ca", "--on", "2001-01-01", "-w", sample.folder)
    assert answer.code == 1
    assert "nothing to learn from" in answer.err
