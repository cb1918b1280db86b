"""Commands about jurisdictions, on the sample world."""

from __future__ import annotations

import pytest

from shellgame.sources.claims import Claims
from shellgame.store.store import Store
from shellgame.testing.publications import incoming


def test_gaps_names_who_is_listed_in_one_and_not_in_the_other(shellgame, sample):
    found = shellgame("gaps", "us", "ca", "-w", sample.folder)
    assert found.code == 0
    assert all((row["listed"], row["missing"]) == ("us", "ca") and "ca" not in row["others"] for row in found.rows)


def test_a_jurisdiction_without_a_list_has_no_gaps_to_tell(shellgame, sample):
    answer = shellgame("gaps", "us", "eu", "-w", sample.folder)
    assert answer.code == 2
    assert "no whole list of 'eu' is here" in answer.err


@pytest.mark.parametrize("command", [("gaps", "us", "zz"), ("gaps", "zz", "us"), ("likely", "zz")])
def test_a_code_that_no_list_can_have_is_told_and_never_called_whole(shellgame, sample, command):
    answer = shellgame(*command, "-w", sample.folder)
    assert (answer.code, answer.out) == (2, "")
    assert "'zz' is no jurisdiction with a list" in answer.err
    assert "--whole" not in answer.err


def test_gaps_between_a_jurisdiction_and_itself_are_wrong_use(shellgame, sample):
    answer = shellgame("gaps", "us", "US", "-w", sample.folder)
    assert (answer.code, answer.out) == (2, "")
    assert "asked about twice" in answer.err


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


@pytest.mark.parametrize("command", [("likely", "ca"), ("gaps", "us", "ca"), ("lag",)], ids=["likely", "gaps", "lag"])
@pytest.mark.parametrize("day", ["2024-13-45", "2024", "soon"])
def test_a_day_that_is_none_is_told(shellgame, sample, command, day):
    answer = shellgame(*command, "--on", day, "-w", sample.folder)
    assert (answer.code, answer.out) == (2, "")
    assert f"{day!r} is no day" in answer.err


@pytest.mark.parametrize("command", ["lag", "actions"])
def test_a_jurisdiction_without_a_list_has_no_empty_answer(shellgame, sample, command):
    answer = shellgame(command, "--jurisdictions", "us,zz", "-w", sample.folder)
    assert (answer.code, answer.out) == (1, "")
    assert "no list of 'zz' is here; those of ca, " in answer.err


def test_a_partial_list_is_told_and_may_be_called_whole(shellgame, partial):
    def asked(*command):
        return shellgame(*command, "-w", partial)

    plain, whole = asked("lag"), asked("lag", "--whole", "eu")
    assert (plain.code, whole.code) == (0, 0)
    assert "note: whom 'eu' follows is unknown: no whole list of it is here" in plain.err
    assert "eu" not in {row["follower"] for row in plain.rows}
    assert "unknown" not in whole.err
    refused, ranked = asked("likely", "eu"), asked("likely", "eu", "--whole", "eu")
    assert (refused.code, "no whole list of 'eu' is here" in refused.err) == (2, True)
    assert (ranked.code, "nothing to learn from" in ranked.err) == (1, True)
    for options, out, unknown in (((), False, True), (("--whole", "eu"), True, False)):
        rows = asked("actions", "--shared", "0", "--within", "60", *options).rows
        assert any(told["jurisdiction"] == "eu" for row in rows for told in row["stayed_out"]) == out
        assert any(told["jurisdiction"] == "eu" for row in rows for told in row["unknown"]) == unknown


@pytest.fixture
def partial(own, tmp_path):
    """The sample world with a list beside it that the catalogue does not call whole."""
    claims = Claims("eu_journal_sanctions")
    record = claims.record("eu-1", "Person", "list#eu-1")
    record.add("name", "Yaska Varshovan")
    record.sanction().add("program", "VARKESH")
    Store(own).add(incoming(tmp_path, "2040-01-01", claims))
    return own


def test_many_parties_are_a_line_each_with_a_mark_for_each_jurisdiction(shellgame, sample, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    answer = shellgame("coverage", "--program", "*", "--table", "-w", sample.folder)
    rows = shellgame("coverage", "--program", "*", "-w", sample.folder).rows
    parties = {row["entity_id"] for row in rows}
    assert len(parties) > 1
    assert all(f" {identity} " in answer.out for identity in parties)
    assert "How many are where" in answer.out
    dated = next(
        row
        for row in rows
        if row["status"] == "listed" and row["since_is"] == "stated" and row["identity"] == "confirmed"
    )
    assert f"●{dated['since'][:4]}" in answer.out
    seen = next((row for row in rows if row["since_is"] == "seen" and row["identity"] == "confirmed"), None)
    assert seen is None or f"≤{seen['since'][:4]}" in answer.out


def test_one_party_is_told_at_length(shellgame, sample):
    first = shellgame("coverage", "--program", "*", "-w", sample.folder).rows[0]["entity_id"]
    answer = shellgame("coverage", first, "--table", "-w", sample.folder)
    assert "looked at" in answer.out
    assert "How many are where" not in answer.out


def test_actions_are_objects_for_programs_and_words_for_people(shellgame, sample, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    found = shellgame("actions", "--shared", "0", "--within", "60", "-w", sample.folder)
    assert found.rows
    for row in found.rows:
        assert row["parties"] == len(row["entity_ids"])
        assert {*row["shared_ids"]} <= {*row["entity_ids"]}
        for move in row["moves"]:
            assert move["parties"] == len(move["entity_ids"]) >= move["seen"] >= 0
            assert row["first"] <= move["day"] <= row["last"]
    table = shellgame("actions", "--shared", "0", "--within", "60", "--table", "-w", sample.folder)
    assert f"{found.rows[0]['moves'][0]['jurisdiction']} {found.rows[0]['moves'][0]['day']}:" in table.out
