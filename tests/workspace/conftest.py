"""A workspace that already holds a good version of a sample, and what it looks like byte for byte."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from shellgame.cli.main import run
from shellgame.errors import BadInput
from shellgame.kernels import is_compiled
from shellgame.resolve.warming import warm
from shellgame.workspace import Workspace
from shellgame.workspace import open as open_workspace

from .damage import Sample

GOOD_DAY, NEXT_DAY = "2031-01-01", "2031-01-02"
UNFORESEEN = "did not foresee"
"""What is told where a reader raised something else than one of our errors; readers are to know better."""


@pytest.fixture(scope="session", autouse=True)
def compiled():
    """Machine code is there, so that no command says that it is made."""
    if not is_compiled():
        warm()


def everything_in(folder: Path) -> dict[str, bytes | None]:
    """Every file below a folder with its bytes, and every folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def write_everything(content: dict[str, bytes | None], folder: Path) -> None:
    """Make a folder hold just what `everything_in` found."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if data is None:
            (folder / name).mkdir(exist_ok=True)
        else:
            (folder / name).write_bytes(data)


class Good(NamedTuple):
    """A workspace with one good version, and everything in it at that time."""

    workspace: Workspace
    before: dict[str, bytes | None]

    def is_unchanged(self) -> bool:
        """Whether the workspace is as it was; one that is not is put right, so that only the test that changed it fails."""
        if everything_in(self.workspace.folder) == self.before:
            return True
        write_everything(self.before, self.workspace.folder)
        return False

    def refusal(self, source: str, path: Path) -> BadInput:
        """Add what must be refused; checks what every refusal must be like, and that nothing has changed."""
        try:
            with pytest.raises(BadInput) as caught:
                self.workspace.add(source, path, NEXT_DAY)
        finally:
            unchanged = self.is_unchanged()
        error = caught.value
        assert error.file
        assert error.found
        assert error.remedy
        assert UNFORESEEN not in error.found
        assert str(error).isprintable()
        assert len(str(error)) < 2100
        assert unchanged
        return error


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sample], Good]:
    """The workspace that holds a sample, made when first asked for."""
    made: dict[str, Good] = {}

    def workspace_with(sample: Sample) -> Good:
        if sample.name not in made:
            folder = tmp_path_factory.mktemp("good")
            workspace = open_workspace(folder / "workspace")
            workspace.add(sample.source, sample.write(folder / "sample"), GOOD_DAY)
            made[sample.name] = Good(workspace, everything_in(workspace.folder))
        return made[sample.name]

    return workspace_with


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command in this process; gives its exit code and what it printed."""

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["shellgame", *map(str, arguments)])
        capsys.readouterr()
        try:
            run()
            code = 0
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        return (code, *capsys.readouterr())

    return call


@pytest.fixture
def shellgame(called: Callable[..., tuple[int, str, str]]) -> Callable[..., str]:
    """Run a command that ends well; gives its standard output."""

    def call(*arguments: object) -> str:
        code, out, err = called(*arguments)
        assert (code, err) == (0, "")
        return out

    return call


@pytest.fixture
def refused(called: Callable[..., tuple[int, str, str]]) -> Callable[..., str]:
    """Run a command that refuses its input; gives its standard error."""

    def call(*arguments: object) -> str:
        code, out, err = called(*arguments)
        assert (code, out) == (3, "")
        assert err.rstrip("\n").isprintable()
        return err

    return call
