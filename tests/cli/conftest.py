"""The command line in process, and the invented world in a workspace."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from shellgame.cli.main import run
from shellgame.kernels import is_compiled
from shellgame.resolve.warming import warm
from shellgame.testing.world import World, make_world
from shellgame.testing.world_files import write_world
from shellgame.workspace import open as open_workspace


@pytest.fixture(scope="session", autouse=True)
def compiled():
    """Machine code is there, so that no command says that it is made."""
    if not is_compiled():
        warm()


@dataclass(frozen=True)
class Answer:
    """What a command left with and said."""

    code: int
    out: str
    err: str

    @property
    def rows(self):
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def shellgame(monkeypatch, capsys):
    """Run a command line; gives its exit code, standard output and standard error."""

    def call(*arguments: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["shellgame", *map(str, arguments)])
        capsys.readouterr()
        try:
            run()
            code = 0
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return call


@dataclass(frozen=True)
class Sample:
    """The invented world and the workspace it lies in."""

    world: World
    folder: Path


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Sample:
    folder = tmp_path_factory.mktemp("world")
    world = make_world()
    ws = open_workspace(folder / "workspace")
    for publication in write_world(world, folder / "publications"):
        ws.add(publication.source, publication.path, publication.as_of)
    return Sample(world, folder / "workspace")


@pytest.fixture
def own(sample, tmp_path) -> Path:
    """A copy of the world's workspace, to write to, without what other tests worked out of it."""
    return shutil.copytree(sample.folder, tmp_path / "workspace", ignore=shutil.ignore_patterns("indexes"))
