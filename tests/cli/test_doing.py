"""Something that takes a while says so where there is no terminal: once it takes longer than anybody waits, then now and then."""

from __future__ import annotations

import io
import sys
from threading import Event

import pytest

from shellgame.cli.doing import LINE_SECONDS, Doing
from shellgame.sources.reading import Progress


@pytest.fixture
def clock():
    class Clock:
        now = 0.0

        def __call__(self):
            return self.now

    return Clock()


def test_what_is_quick_says_nothing(capsys, clock):
    with Doing("gathering listings", quiet=3600, clock=clock) as doing:
        doing.tell("half of it")
    assert capsys.readouterr().err == ""


def test_what_takes_longer_says_what_it_is_about_then(monkeypatch, clock):
    said = Event()

    class Told(io.StringIO):
        def write(self, text):
            written = super().write(text)
            if "…" in text:
                said.set()
            return written

    told = Told()
    monkeypatch.setattr(sys, "stderr", told)
    with Doing("gathering listings", quiet=0.01, clock=clock):
        assert said.wait(60)
    assert told.getvalue() == "gathering listings …\n"


def test_lines_come_now_and_then(capsys, clock):
    with Doing("resolving", quiet=3600, clock=clock) as doing:
        for done in range(6):
            doing.compared(done * 1000, 5000)
            clock.now += LINE_SECONDS / 2
    assert capsys.readouterr().err.splitlines() == [
        "comparing 2,000 of 5,000 pairs of records …",
        "comparing 4,000 of 5,000 pairs of records …",
    ]


@pytest.mark.parametrize(
    ("done", "line"),
    [(0, "reading list.csv: 1,234 records …"), (1 << 20, "reading list.csv: 1,234 records, 25 % of 4 MiB …")],
)
def test_of_a_publication_it_says_how_much_was_read(capsys, clock, done, line):
    with Doing("reading list.csv", quiet=3600, clock=clock) as doing:
        clock.now = LINE_SECONDS
        doing.read(Progress(1234, done, 4 << 20))
    assert capsys.readouterr().err == f"{line}\n"
