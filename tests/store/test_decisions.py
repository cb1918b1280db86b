"""Decisions are kept with author, time and reason, and never overwritten."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from shellgame.errors import NotFound, WorkspaceDamaged, WorkspaceError, WrongUse
from shellgame.model.judgement import Judgement, Verdict
from shellgame.store import decisions as module
from shellgame.store.decisions import METADATA, Decisions, author_of


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'decisions.sqlite'}"


def test_the_later_decision_stands_and_the_earlier_stays(url):
    decisions = Decisions(url)
    decisions.judge("b", "a", "same", why="same passport", author="ada")
    decisions.judge("a", "b", "different", why="passport was stolen", author="ben")
    assert [made.judgement for made in decisions.judgements()] == [Verdict.SAME, Verdict.DIFFERENT]
    assert decisions.standing().verdicts == {frozenset("ab"): Verdict.DIFFERENT}
    decisions.close()
    reopened = Decisions(url)
    assert [(made.author, made.why) for made in reopened.judgements()] == [
        ("ada", "same passport"),
        ("ben", "passport was stolen"),
    ]
    reopened.close()


@pytest.mark.parametrize(
    ("pair", "verdict", "why", "message"),
    [
        (("a", "b"), "maybe", "x", "no judgement; there are same, different, unsure"),
        (("a", "b"), "same", "  ", "needs a reason"),
        (("a", "a"), "same", "x", "a judgement is about two"),
    ],
)
def test_what_is_no_decision_is_refused(url, pair, verdict, why, message):
    decisions = Decisions(url)
    with pytest.raises(WrongUse, match=message):
        decisions.judge(*pair, verdict, why=why, author="ada")
    assert decisions.judgements() == []
    decisions.close()


def test_the_migrations_make_what_the_code_expects(url):
    Decisions(url).close()
    engine = create_engine(url)
    for table in METADATA.sorted_tables:
        made = {column["name"]: column["nullable"] for column in inspect(engine).get_columns(table.name)}
        assert made == {column.name: column.nullable for column in table.columns}
    engine.dispose()


@pytest.mark.parametrize(
    "url", ["no url:secret", "oracle+nonsense://ada:secret@host/x", "postgresql+psycopg2cffi://ada:secret@host/x"]
)
def test_a_database_that_cannot_be_asked_for_is_told_without_its_password(url):
    with pytest.raises(WrongUse) as caught:
        Decisions(url)
    assert "secret" not in str(caught.value)


def test_what_is_no_database_or_cannot_be_opened_is_told(tmp_path):
    (tmp_path / "x.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(WorkspaceDamaged, match="restore it"):
        Decisions(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with pytest.raises(WorkspaceError, match="unable to open"):
        Decisions(f"sqlite:///{tmp_path / 'nowhere/x.sqlite'}")


def test_taking_back_keeps_both_and_gives_back_what_held_before(url):
    decisions = Decisions(url)
    decisions.judge("a", "b", "same", why="same passport", author="ada", evidence="Person | Person", score=0.5)
    decisions.judge("a", "b", "different", why="passport was stolen", author="ada")
    undone = decisions.withdraw("b", "a", why="it was not", author="ada")
    assert decisions.standing().verdicts == {frozenset("ab"): Verdict.SAME}
    assert [made.judgement for made in decisions.judgements()] == ["same", "different", "withdrawn"]
    assert undone.withdraws == decisions.judgements()[1].key
    assert (decisions.judgements()[0].evidence, decisions.judgements()[0].score) == ("Person | Person", 0.5)
    decisions.withdraw("a", "b", why="nor that", author="ada")
    assert decisions.standing().verdicts == {}
    with pytest.raises(NotFound, match="no decision of 'ada'"):
        decisions.withdraw("a", "b", why="nothing is left", author="ada")
    decisions.close()


def test_two_of_other_opinion_are_told_until_one_is_taken_back_with_both_names(url):
    decisions = Decisions(url)
    decisions.judge("a", "b", "different", why="another birth date", author="ada")
    decisions.judge("a", "b", "same", why="the date was mistyped", author="ben")
    assert decisions.standing().verdicts == {frozenset("ab"): Verdict.DIFFERENT}
    assert len(list(decisions.standing().contradictions())) == 1
    decisions.withdraw("a", "b", why="asked ada", author="ben", of="ada")
    assert decisions.standing().verdicts == {frozenset("ab"): Verdict.SAME}
    assert list(decisions.standing().contradictions()) == []
    decisions.close()


def test_what_is_added_twice_is_kept_once_and_all_or_nothing(url):
    decisions = Decisions(url)
    decisions.judge("a", "b", "same", why="same passport", author="ada", score=0.25)
    history = decisions.judgements()
    other = replace(history[0], right_id="c")
    assert decisions.add([other, *history, other]) == [other]
    assert decisions.add([other]) == []
    with pytest.raises(WrongUse):
        decisions.add([replace(other, right_id="d"), replace(other, why="")])
    assert decisions.judgements() == [*history, other]
    assert decisions.of_pair("c", "a") == [other]
    decisions.close()


def test_deciding_twice_in_a_second_or_after_a_clock_that_is_ahead_is_the_last_word(url, monkeypatch):
    monkeypatch.setattr(module, "now", lambda: "2031-01-01T00:00:00Z")
    decisions = Decisions(url)
    ahead = Judgement("a", "b", Verdict.UNSURE, "clock ahead", "ada", "2031-01-01T09:59:59Z")
    decisions.add([ahead])
    decisions.judge("a", "b", "same", why="same passport", author="ada")
    decisions.withdraw("a", "b", why="slip", author="ada")
    assert decisions.standing().says("a", "b") is Verdict.UNSURE
    for verdict in ("same", "different", "same"):
        decisions.judge("a", "b", verdict, why="same passport", author="ada")
        assert decisions.standing().says("a", "b") == verdict
    moments = [made.decided_at for made in decisions.judgements()]
    assert moments == sorted(set(moments))
    assert moments[1] == "2031-01-01T10:00:00Z"
    decisions.judge("c", "d", "same", why="another pair", author="ada")
    assert decisions.judgements()[-1].decided_at == "2031-01-01T00:00:00Z"
    decisions.close()


def test_a_database_of_a_newer_program_is_told(url):
    Decisions(url).close()
    engine = create_engine(url)
    with engine.begin() as connection:
        values = "('a', 'b', 'perhaps', 'x', 'ada', '2031-01-01T00:00:00Z')"
        columns = "(left_id, right_id, judgement, why, author, decided_at)"
        connection.exec_driver_sql(f"INSERT INTO judgement {columns} VALUES {values}")
    decisions = Decisions(url)
    with pytest.raises(WorkspaceDamaged, match="'perhaps' is not a valid Verdict"):
        decisions.judgements()
    decisions.close()
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(WorkspaceError, match="a newer program made it"):
        Decisions(url)


def test_who_decides_is_as_given_as_set_or_as_the_system_says(monkeypatch):
    monkeypatch.setattr(module, "getuser", lambda: "eve")
    assert (author_of("ada"), author_of(), author_of("")) == ("ada", "eve", "eve")

    def nobody():
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(module, "getuser", nobody)
    with pytest.raises(WrongUse, match="--author or SHELLGAME_AUTHOR"):
        author_of()


def test_a_database_of_an_older_program_goes_on_working(url):
    engine = create_engine(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(module.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        columns = "(left_id, right_id, judgement, why, author, decided_at)"
        values = "('a', 'b', 'same', 'same passport', 'ada', '2031-01-01T00:00:00Z')"
        connection.exec_driver_sql(f"INSERT INTO judgement {columns} VALUES {values}")
    engine.dispose()
    decisions = Decisions(url)
    (old,) = decisions.judgements()
    assert (old.why, old.evidence, old.score, old.withdraws) == ("same passport", "", None, "")
    decisions.withdraw("a", "b", why="stolen", author="ada")
    assert decisions.standing().verdicts == {}
    decisions.close()


def test_the_migrations_can_be_written_for_postgresql():
    made = StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": made})
    scripts = ScriptDirectory(str(Path(module.__file__).parent / "migrations"))
    with Operations.context(context):
        for revision in reversed(list(scripts.walk_revisions())):
            revision.module.upgrade()
    assert "ADD COLUMN withdraws VARCHAR(32)" in made.getvalue()
    assert "ADD COLUMN score FLOAT" in made.getvalue()
