"""What a workspace holds open goes with it at once, and with the state of the lists that it is of: a service runs for months."""

from __future__ import annotations

import gc
import json
from pathlib import Path

import pytest

from shellgame.workspace import open as open_workspace

OPEN = Path("/proc/self/fd")
MAPPED = Path("/proc/self/maps")
ASKED = "Orsin Maledd"

pytestmark = pytest.mark.skipif(not OPEN.is_dir(), reason="only Linux tells which files a process has open")


def held(folder):
    """How many files below a folder are open or mapped."""
    links = [link.readlink() for link in OPEN.iterdir() if link.is_symlink()]
    mapped = [line for line in MAPPED.read_text(encoding="utf-8").splitlines() if str(folder) in line]
    return sum(link.is_relative_to(folder) for link in links) + len(mapped)


@pytest.fixture
def collector_off():
    """No circle of objects is freed meanwhile: what is let go must be let go by itself."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def ws(tmp_path):
    opened = open_workspace(tmp_path / "workspace")
    add(opened, ASKED, "2031-01-01")
    return opened


def add(workspace, name, day):
    file = workspace.folder.parent / f"{day}.json"
    told = {"id": "s-1", "schema": "Person", "properties": {"name": [name], "birthDate": ["1961"]}}
    file.write_text(json.dumps(told) + "\n", encoding="utf-8")
    workspace.add("south", file, day)


QUESTIONS = {
    "screen": lambda ws: ws.screen([ASKED, {"name": ASKED, "birthDate": "1961"}]),
    "resolve": lambda ws: list(ws.resolve().open_pairs()),
    "network": lambda ws: ws.network(ASKED),
    "coverage": lambda ws: ws.coverage(entity_ids="s-1"),
    "presence": lambda ws: ws.presence(),
    "uncover": lambda ws: ws.uncover(ASKED),
}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.usefixtures("collector_off")
def test_a_workspace_that_is_dropped_lets_go_of_its_files(ws, question):
    for _ in range(3):
        opened = open_workspace(ws.folder)
        QUESTIONS[question](opened)
        del opened
    assert held(ws.folder) == 0


@pytest.mark.usefixtures("collector_off")
def test_a_new_state_of_the_lists_takes_the_place_of_the_last(ws):
    ws.screen(ASKED)
    before = held(ws.folder)
    assert before > 0
    for day in ("2031-01-02", "2031-01-03", "2031-01-04"):
        add(ws, f"Talvek {day}", day)
        assert not ws.screen(ASKED).hits
        assert held(ws.folder) == before
