"""`shellgame resolve` on the invented world: what it comes to, why, members, files, and review without a file of pairs."""

from __future__ import annotations

import csv
import io
import os
import sys
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shellgame.cli.resolve import _write
from shellgame.workspace import open as open_workspace


@pytest.fixture
def folder(own):
    """A workspace that no other test writes to."""
    return own


@pytest.fixture
def pair(folder):
    """Two records of one entity."""
    found = open_workspace(folder).resolve()
    several = (found.members(record) for record in found.clusters.ids.to_pylist())
    return next([member.record_id for member in members][:2] for members in several if len(members) > 1)


def test_it_says_what_it_came_to_and_takes_from_before(shellgame, folder):
    first, second = (shellgame("resolve", "-w", folder, "--json").rows[0] for _ in range(2))
    assert first["records"] > first["entities"] > 0
    assert first["joined"] > 0
    assert first["compared"] == second["taken"] > 0 == second["compared"]
    same = ("records", "entities", "joined", "by_identifier", "by_names", "open_pairs", "suspicious", "versions")
    assert [first[key] for key in same] == [second[key] for key in same]


def test_a_table_for_people(shellgame, folder):
    answer = shellgame("resolve", "-w", folder, "--table")
    assert answer.code == 0
    for told in ("records", "entities", "joined by numbers", "open pairs", "suspicious", "pairs from before"):
        assert told in answer.out


def test_why_and_members(shellgame, folder, pair):
    told = shellgame("resolve", "-w", folder, "--why", *pair, "--json").rows[0]
    assert told["joined"]
    assert all(step["text"] for step in told["steps"])
    assert "one entity" in shellgame("resolve", "-w", folder, "--why", *pair, "--table").out
    members = shellgame("resolve", "-w", folder, "--entity", pair[0], "--json").rows
    assert {*pair} <= {member["record_id"] for member in members}
    by_id = shellgame("resolve", "-w", folder, "--entity", members[0]["canonical_id"], "--json").rows
    assert by_id == members


@pytest.mark.parametrize(("text", "cell"), [("=1+1", "'=1+1"), ("@a", "'@a"), ("a=1", "a=1"), ("-1", "'-1")])
def test_a_formula_of_a_list_is_none_in_a_csv_file(tmp_path, text, cell):
    table = pa.table({"record_id": [text], "caption": [text], "sources": [[text, "b"]]})
    _write(SimpleNamespace(table=lambda: table), tmp_path / "out.csv", as_csv=True)
    (row,) = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8")))
    assert row == {"record_id": cell, "caption": cell, "sources": f"{cell} b"}


def test_an_empty_id_is_no_entity(shellgame, folder):
    answer = shellgame("resolve", "-w", folder, "--entity", "")
    assert (answer.code, answer.out) == (1, "")


def test_what_is_not_known_is_said_so(shellgame, folder, pair):
    for asked in (("--why", pair[0], "nobody"), ("--entity", "nobody")):
        answer = shellgame("resolve", "-w", folder, *asked)
        assert answer.code == 1
        assert "nobody" in answer.err


def test_judging_different_parts_two(shellgame, folder, pair):
    shellgame("judge", *pair, "different", "--why", "two people", "-w", folder)
    told = shellgame("resolve", "-w", folder, "--why", *pair, "--json").rows[0]
    assert not told["joined"]
    assert "people keep them apart" in told["text"]
    assert "speaks against it" not in told["text"]


def test_files_have_a_row_for_each_record(shellgame, folder, tmp_path):
    out, table = tmp_path / "out.csv", tmp_path / "out.parquet"
    answer = shellgame("resolve", "-w", folder, "--csv", out, "--parquet", table)
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert len(rows) == answer.rows[0]["records"] == pq.read_table(table).num_rows
    assert rows[0].keys() == {"record_id", "canonical_id", "schema", "caption", "sources"}
    again = shellgame("resolve", "-w", folder, "--csv", out)
    assert again.code == 2
    assert "--force" in again.err
    assert shellgame("resolve", "-w", folder, "--csv", out, "--force").code == 0


def test_what_may_not_be_lost_is_not_written_over(shellgame, folder, tmp_path):
    shellgame("resolve", "-w", folder)
    ids = folder / "canonical.parquet"
    before = ids.read_bytes()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for out in (ids, pipe, tmp_path):
        assert shellgame("resolve", "-w", folder, "--parquet", out, "--force").code == 2
    assert ids.read_bytes() == before
    assert pipe.is_fifo()
    out = tmp_path / "out"
    assert shellgame("resolve", "-w", folder, "--parquet", out, "--csv", out).code == 2
    assert not out.exists()
    answer = shellgame("resolve", "-w", folder, "--csv", tmp_path / "none" / "out.csv")
    assert (answer.code, "none is no folder that is there" in answer.err) == (2, True)


def test_a_past_day_gives_no_ids(shellgame, folder, sample):
    day = open_workspace(folder).versions("us_ofac_sdn")[0].as_of[:10]
    assert shellgame("resolve", "-w", folder, "--on", day, "--json").rows[0]["on"].startswith(day)
    assert not (folder / "canonical.parquet").exists()


def test_nothing_here(shellgame, tmp_path):
    answer = shellgame("resolve", "-w", tmp_path / "empty")
    assert answer.code == 1
    assert f"no list is here: {tmp_path / 'empty'} is not there" in answer.err


def test_review_takes_the_open_pairs_of_the_resolution(shellgame, folder, pair, monkeypatch):
    def left(*options):
        monkeypatch.setattr(sys, "stdin", io.StringIO("quit\n"))
        answer = shellgame("review", "-w", folder, "--author", "ada", *options)
        assert answer.code == 0
        return answer.err

    assert not list(open_workspace(folder).resolve().open_pairs())
    assert "0 left" in left()
    shellgame("judge", *pair, "unsure", "--why", "a paper is missing", "--author", "ada", "-w", folder)
    assert [{each.left_id, each.right_id} for each in open_workspace(folder).resolve().open_pairs()] == [{*pair}]
    assert "0 left" in left()
    assert "1 left" in left("--unsure")


def test_help_names_every_way_to_ask(shellgame):
    told = shellgame("resolve", "--help").out
    for option in ("--why", "--entity", "--csv", "--parquet", "--on", "--json"):
        assert option in told
