"""Names out of a pipe, with or without a heading."""

from __future__ import annotations

import io
import sys
import tempfile

import pytest


@pytest.fixture
def piped(shellgame, sample, monkeypatch, tmp_path):
    """Screen what comes out of a pipe."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def call(content, *options):
        content = content.encode() if isinstance(content, str) else content
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        answer = shellgame("screen", "--file", "-", "-w", sample.folder, *options)
        assert not list(tmp_path.iterdir())  # nothing is left of the copy
        return answer

    return call


def asked(answer):
    return [(row["reference"], row["query"]) for row in answer.rows]


def test_a_table_may_come_out_of_a_pipe(piped):
    answer = piped("id;name\n7;Orsin Maledd\n8;\n")
    assert (answer.code, asked(answer)) == (5, [("7", "Orsin Maledd")])
    assert "standard input, line 3 (row 2): no name; the row is skipped" in answer.err
    assert asked(piped('{"id": "q", "name": "Orsin"}\n')) == [("q", "Orsin")]
    assert asked(piped("party;id\nOrsin;7\n", "--name-column", "party")) == [("7", "Orsin")]


def test_so_may_a_name_a_line(piped):
    answer = piped("Orsin Maledd\n\n  Tornik, Talvek \r\nЯска Миррен\n".encode())
    assert (answer.code, [name for _, name in asked(answer)]) == (
        0,
        ["Orsin Maledd", "Tornik, Talvek", "Яска Миррен"],
    )
    assert "note: standard input has no heading, so each line is taken for a name" in answer.err
    assert "3 rows in" in answer.err
    assert asked(piped("Törnik\n".encode("cp1252"), "--encoding", "cp1252")) == [("", "Törnik")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "standard input: the file is empty; there is nothing to screen"),
        ("\n\n", "standard input: nothing but empty lines"),
        ("id,surname\n7,Orsin\n", "standard input, line 1: columns id, surname; name the column that holds the names"),
        ("name\n", "standard input: a header and no row"),
        ("Törnik\n".encode("cp1252"), "say how it is encoded with --encoding"),
        (b"PK\x03\x04rest", "standard input: this is a ZIP archive"),
    ],
)
def test_what_cannot_be_screened_is_told(piped, content, message):
    answer = piped(content)
    assert (answer.code, answer.out) == (3, "")
    assert message in answer.err


def test_endless_input_is_refused(piped, monkeypatch):
    monkeypatch.setattr("shellgame.cli.queries.settings", lambda: type("Small", (), {"max_file_mib": 0}))
    monkeypatch.setattr("shellgame.sources.publication.settings", lambda: type("Small", (), {"max_file_mib": 0}))
    assert "more than the 0 MiB allowed" in piped("name\n" + "Orsin\n" * 100).err
