"""Decisions are kept with author, time and reason, and never overwritten."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, inspect

from shellgame.errors import WorkspaceDamaged, WorkspaceError, WrongUse
from shellgame.model.judgement import Verdict
from shellgame.store.decisions import METADATA, Decisions


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'decisions.sqlite'}"


def test_the_later_decision_stands_and_the_earlier_stays(url):
    decisions = Decisions(url)
    decisions.judge("b", "a", "same", why="same passport", author="ada")
    decisions.judge("a", "b", "different", why="passport was stolen", author="ben")
    assert [made.judgement for made in decisions.judgements()] == [Verdict.SAME, Verdict.DIFFERENT]
    assert decisions.verdicts() == {frozenset("ab"): Verdict.DIFFERENT}
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
