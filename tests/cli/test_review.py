"""The commands around decisions: review through lines, list, contradictions, undo, export, import."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from typer.main import get_group

from shellgame.cli import review as module
from shellgame.cli.review import Desk
from shellgame.errors import WorkspaceLocked
from shellgame.resolve.review import QUICK_REASONS, Mode, OpenPair, begin
from shellgame.testing.world import DAYS, make_world
from shellgame.testing.world_files import write_world
from shellgame.workspace import open as open_workspace

DOCUMENT = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """A workspace with one list of the invented world."""
    ws = open_workspace(tmp_path / "ws")
    first = next(each for each in write_world(make_world(), tmp_path / "world") if each.source == "us_ofac_sdn")
    ws.add(first.source, first.path, DAYS[0].isoformat())
    return tmp_path / "ws"


@pytest.fixture
def ids(folder):
    with open_workspace(folder).claims() as claims:
        query = "SELECT DISTINCT entity_id FROM claims WHERE entity_id = record_id AND prop = 'name' ORDER BY 1 LIMIT 4"
        return [identity for (identity,) in claims.rows(query)]


@pytest.fixture
def reviewed(shellgame, folder, tmp_path, monkeypatch):
    """Review pairs by lines; gives the answer of the command."""

    def call(lines, *pairs, author="ada"):
        file = tmp_path / "pairs.jsonl"
        rows = [{"left_id": left, "right_id": right, "score": score} for left, right, score in pairs]
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
        return shellgame("review", "--pairs", file, "--author", author, "-w", folder)

    return call


def test_a_review_by_lines_keeps_what_was_decided_with_its_evidence(shellgame, folder, ids, reviewed):
    a, b, c, d = ids
    answer = reviewed("s 1\nskip\nundo\nd his brother\n", (a, b, 0.5), (c, d, 0.6))
    assert answer.code == 0, answer.err
    assert "2 decided (1 same, 1 different), 0 skipped, 0 left" in answer.err
    first, second = shellgame("decisions", "list", "-w", folder).rows
    assert (first["judgement"], first["why"], first["author"]) == ("same", QUICK_REASONS["same"][0], "ada")
    assert " | " in first["evidence"]
    assert (second["judgement"], second["why"], second["score"]) == ("different", "his brother", 0.6)
    assert "0 left" in reviewed("", (a, b, 0.5), (c, d, 0.6)).err


@pytest.mark.parametrize(
    ("lines", "decided"),
    [
        ("same 2 lists say so\n", ["2 lists say so"]),
        ("same 9\nsomething else\nskip\nd his brother\n", ["his brother"]),
        ("s\nsame passport\nundo\ns\nsame passport\nundo\ns\nsame passport\nskip\nundo\n", ["same passport"]),
        ("s 1\nskip\nundo\nundo\nquit\n", []),
        ("s\n\ns \x1b[2J\n", []),
    ],
)
def test_a_line_decides_what_it_says_and_nothing_else(shellgame, folder, ids, reviewed, lines, decided):
    a, b, c, d = ids
    assert reviewed(lines, (a, b, 0.5), (c, d, 0.6)).code == 0
    rows = shellgame("decisions", "list", "-w", folder).rows
    assert [row["why"] for row in rows if row["holds"] == "yes"] == decided


def test_an_export_into_the_workspace_is_refused(shellgame, folder, ids):
    a, b, *_ = ids
    shellgame("judge", a, b, "same", "--why", "x", "--author", "ada", "-w", folder)
    answer = shellgame("decisions", "export", folder / "x" / ".." / "decisions.sqlite", "--force", "-w", folder)
    assert (answer.code, "lies in the workspace" in answer.err) == (2, True)
    assert len(shellgame("decisions", "list", "-w", folder).rows) == 1


def test_an_export_is_written_where_nothing_is_lost(shellgame, folder, tmp_path):
    out = tmp_path / "out.ijson"
    out.write_text("mine")
    for place, fault in (
        (out, "is there already; name another file, or write over it with --force"),
        (tmp_path / "none" / "out.ijson", "none is no folder that is there"),
    ):
        answer = shellgame("decisions", "export", place, "-w", folder)
        assert (answer.code, fault in answer.err) == (2, True)
    assert out.read_text() == "mine"
    assert shellgame("decisions", "export", out, "--force", "-w", folder).code == 0


def test_undo_in_a_review_is_kept_in_the_history(shellgame, folder, ids, reviewed):
    a, b, *_ = ids
    assert "0 decided, 0 skipped, 1 left" in reviewed("s 1\nundo\nquit\n", (a, b, 0.5)).err
    rows = shellgame("decisions", "list", a, "-w", folder).rows
    assert [(row["judgement"], row["holds"]) for row in rows] == [("same", "no"), ("withdrawn", None)]
    assert "1 left" in reviewed("", (a, b, 0.5)).err


def test_pairs_that_others_answer_are_not_asked(ids, reviewed):
    a, b, c, _ = ids
    answer = reviewed("s 1\ns 1\n", (a, b, 0.5), (a, c, 0.6), (b, c, 0.7))
    assert "2 decided (2 same), 1 answered by these, 0 skipped, 0 left" in answer.err


def test_contradictions_are_told_and_settled_by_taking_one_back(shellgame, folder, ids, reviewed):
    a, b, *_ = ids
    for author, verdict in (("ada", "same"), ("ben", "different")):
        shellgame("judge", a, b, verdict, "--why", "x", "--author", author, "-w", folder)
    rows = shellgame("decisions", "contradictions", "-w", folder).rows
    assert [(row["number"], row["author"], row["judgement"]) for row in rows] == [
        (1, "ada", "same"),
        (1, "ben", "different"),
    ]
    undo = ("decisions", "undo", a, b, "--why", "asked ben", "--author", "ada", "-w", folder)
    assert shellgame(*undo, "--of", "ben").rows[0]["judgement"] == "withdrawn"
    assert shellgame("decisions", "contradictions", "-w", folder).rows == []
    assert shellgame(*undo, "--of", "ben").code == 1


@pytest.mark.parametrize("format_", ["own", "resolver"])
def test_decisions_are_moved_to_another_workspace_once(shellgame, folder, ids, tmp_path, format_):
    a, b, *_ = ids
    shellgame("judge", a, b, "same", "--why", "same passport", "--author", "ada", "-w", folder)
    assert " | " in shellgame("decisions", "list", "-w", folder).rows[0]["evidence"]
    file = tmp_path / "decisions.out"
    lines = "1 line" if format_ == "own" else "3 lines"
    exported = shellgame("decisions", "export", file, "--format", format_, "-w", folder)
    assert (exported.code, exported.err.startswith(f"{lines} written to ")) == (0, True)
    assert shellgame("decisions", "export", file, "-w", folder).code == 2
    other = tmp_path / "other"
    dry = shellgame("decisions", "import", file, "--dry-run", "-w", other)
    assert "would be: 1 new (1 same), 0 here already" in dry.err
    assert f"2 ids that no list here has, kept all the same: {a}, {b}" in dry.err
    assert shellgame("decisions", "list", "-w", other).rows == []
    assert "1 new" in shellgame("decisions", "import", file, "-w", other).err
    assert "0 new, 1 here already" in shellgame("decisions", "import", file, "-w", other).err
    assert "0 new, 1 here already" in shellgame("decisions", "import", file, "-w", folder).err
    assert [row["left_id"] for row in shellgame("decisions", "list", "-w", other).rows] == [a]


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "{",
        "[1]",
        '{"left_id": "a"}',
        '{"left_id": "a", "right_id": "a", "score": 0.5}',
        '{"left_id": "a", "right_id": 7, "score": 0}',
    ]
    + [
        f'{{"left_id": "a", "right_id": "b", "score": {each}}}'
        for each in ("2", "true", '"x"', '0.5, "x": 1', '0.5, "weight": 0')
    ],
)
def test_a_file_of_pairs_is_held_against_what_pairs_are(shellgame, folder, tmp_path, line):
    file = tmp_path / "pairs.jsonl"
    file.write_text(line + "\n", encoding="utf-8")
    answer = shellgame("review", "--pairs", file, "-w", folder)
    assert answer.code == 3
    assert "line 1: no pair" in answer.err
    assert shellgame("review", "--pairs", tmp_path / "nowhere", "-w", folder).code == 3
    assert shellgame("decisions", "import", tmp_path / "nowhere", "-w", folder).code == 3


def test_what_cannot_be_written_down_is_told_and_stays_on_the_screen(folder, ids):
    ws = open_workspace(folder)
    decisions = ws.decisions()
    seen = []

    def locked(*_, **__):
        raise WorkspaceLocked("the database is locked")

    decisions.judge = locked
    with ws.claims() as claims:
        desk = Desk(decisions, claims, [], "ada")
        ended = desk.run(begin([OpenPair(ids[0], ids[1], 0.5)]), iter("s1"), lambda review, view: seen.append(review))
    decisions.close()
    assert (ended.at, ended.mode, ended.steps) == (0, Mode.REASON, ())
    assert "not written down: the database is locked" in seen[-1].note


def test_an_interrupt_quits_and_keeps_what_was_decided(folder, ids):
    ws = open_workspace(folder)
    decisions = ws.decisions()

    def keys():
        yield from "s1"
        raise KeyboardInterrupt

    with ws.claims() as claims:
        pairs = [OpenPair(*ids[:2], 0.5), OpenPair(*ids[2:], 0.5)]
        ended = Desk(decisions, claims, [], "ada").run(begin(pairs), keys(), lambda review, view: None)
    assert (ended.at, len(decisions.judgements())) == (1, 1)
    decisions.close()


def test_pairs_to_come_are_looked_up_at_once(folder, ids):
    ws = open_workspace(folder)
    decisions = ws.decisions()
    asked, seen = [], []
    with ws.claims() as claims:
        where = claims.where
        claims.where = lambda *given: asked.append(given) or where(*given)
        pairs = [OpenPair(ids[0], other, 0.5) for other in ids[1:]]
        desk = Desk(decisions, claims, [], "ada")
        desk.run(begin(pairs), iter("kk"), lambda review, view: seen.append(view.sides))
    decisions.close()
    assert (len(asked), len(seen), None in seen) == (1, 3, False)


@pytest.mark.parametrize(
    "name", ["review", *(f"decisions {each}" for each in get_group(module.decisions_app).commands)]
)
def test_every_command_and_option_is_documented(name):
    command = get_group(module.app)
    for part in name.split():
        command = command.commands[part]
    assert f"shellgame {name}" in DOCUMENT
    options = {option for param in command.params for option in param.opts if option.startswith("--")}
    assert not {each for each in options - {"--workspace", "--json", "--help"} if each not in DOCUMENT}
