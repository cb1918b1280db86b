"""Names read by several processes: the same as read by one, and nothing is left running."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from typing import Any

import pytest

from shellgame import processes as of_ours
from shellgame.errors import ShellgameError
from shellgame.names import readers
from shellgame.names.readers import read_names
from shellgame.names.readings import Words, readings
from shellgame.names.token import Token
from shellgame.settings import Settings

PARTS = (
    "Orsin",
    "Maledd",
    "Талвек",
    "Halvren Trading",
    "李小明",
    "김철수",
    "J. K.",
    "N/A",
    "",
    "\ud800\udc00",
    "Abdul-Rahman",
)
NAMES = [
    (f"{PARTS[number % 11]} {PARTS[number // 11 % 11]} {number % 37}".strip(), number % 3 > 0) for number in range(400)
]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes started by a test, who works with small batches."""
    processes: list[subprocess.Popen[bytes]] = []

    def start(*told: Any, **options: Any) -> subprocess.Popen[bytes]:
        processes.append(subprocess.Popen(*told, **options))
        return processes[-1]

    monkeypatch.setattr(of_ours, "Popen", start)
    monkeypatch.setattr(readers, "_BATCH", 7)
    monkeypatch.setattr(readers, "_FEW", 2)
    return processes


def read_by(processes: int, names: Iterable[tuple[str, bool]], monkeypatch: pytest.MonkeyPatch) -> Any:
    """The tokens of all readings, how many readings each name has, and the words in order."""
    monkeypatch.setattr("shellgame.settings.settings", lambda: Settings(processes=processes))
    words, asked, ways = Words(), [], []
    rows: list[tuple[Token, ...]] = []
    for batch, read in read_names(names, words):
        asked += batch
        ways += read.ways
        tokens = iter([words.tokens[number] for number in read.numbers])
        rows += [tuple(next(tokens) for _ in range(length)) for length in read.lengths]
        assert next(tokens, None) is None
    return asked, ways, rows, words.tokens


@pytest.mark.parametrize("processes", [2, 3])
def test_the_same_however_many_read(
    processes: int, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = read_by(1, NAMES, monkeypatch)
    assert not started
    assert read_by(processes, iter(NAMES), monkeypatch) == alone
    assert len(started) == processes
    expected = [readings(name, person=person) for name, person in NAMES]
    assert alone[0] == NAMES
    assert alone[1] == [len(found) for found in expected]
    assert alone[2] == [reading for found in expected for reading in found]
    assert {1, 2} <= set(alone[1])


@pytest.mark.parametrize("many", [0, 1, 7, 14])
def test_few_names_start_no_process(
    many: int, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_by(2, NAMES[:many], monkeypatch)[0] == NAMES[:many]
    assert not started


def test_a_packed_program_does_not_start_itself(
    started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert read_by(2, NAMES, monkeypatch)[0] == NAMES
    assert not started


def test_a_process_that_ends_is_told(started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_SERVE", "raise SystemExit(3)")
    with pytest.raises(ShellgameError, match=r"status 3 .* SHELLGAME_PROCESSES=1"):
        read_by(2, NAMES, monkeypatch)
    assert all(process.poll() is not None for process in started)


@pytest.mark.usefixtures("started")
def test_a_process_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(of_ours, "Popen", refuse)
    with pytest.raises(ShellgameError, match=r"allocate memory.*SHELLGAME_PROCESSES=1"):
        read_by(2, NAMES, monkeypatch)


def test_nothing_is_left_running(started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shellgame.settings.settings", lambda: Settings(processes=2))
    reading = iter(read_names(NAMES, Words()))
    next(reading)
    assert [process.poll() for process in started] == [None, None]
    reading.close()  # type: ignore[attr-defined]
    assert all(process.poll() is not None for process in started)
    assert all(pipe.closed for process in started for pipe in (process.stdin, process.stdout) if pipe)
