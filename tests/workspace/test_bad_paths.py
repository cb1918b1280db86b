"""What a path can be that is no publication: missing, a pipe, a loop, a folder of anything; and what a name can do to a message."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shellgame.errors import BadInput, Damaged, Hostile
from shellgame.settings import settings
from shellgame.sources import reading
from shellgame.sources.catalog import source_named
from shellgame.sources.claims import Claims
from shellgame.sources.publication import Publication
from shellgame.sources.reader import Format
from shellgame.sources.reading import read_publication
from shellgame.workspace import Workspace

from .conftest import NEXT_DAY, Good
from .damage import Sample, all_samples

SDN = next(sample for sample in all_samples() if sample.name == "us_ofac_sdn/legacy-csv")
SET = next(sample for sample in all_samples() if sample.name == "my_set/ftm-json")
STEERING = "two\nlines \x1b[2J\x1b]0;title\x07 \u202egpj.exe \x9b31m"


@pytest.fixture
def sdn(good: Callable[[Sample], Good]) -> Good:
    return good(SDN)


@contextmanager
def at_most_seconds(seconds: int) -> Iterator[None]:
    """Fail, rather than wait for ever, where something waits for ever."""

    def stop(*_: object) -> None:
        raise AssertionError(f"still waiting after {seconds} s")

    was = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, was)


@pytest.mark.parametrize("name", ["nothing-here.csv", "nothing/here/at/all", "list.csv/inside"])
def test_a_path_that_is_not_there_is_refused(name: str, sdn: Good, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(SDN.content)
    error = sdn.refusal("us_ofac_sdn", tmp_path / name)
    assert error.found == "no such file"
    assert error.file == str(tmp_path / name)


@pytest.mark.parametrize("name", ["x" * 5000, "a\x00b"], ids=["endless", "with a zero byte"])
def test_a_path_that_can_be_none_is_refused(name: str, sdn: Good, tmp_path: Path) -> None:
    assert "cannot be read" in sdn.refusal("us_ofac_sdn", tmp_path / name).found


def test_an_empty_folder_is_refused(sdn: Good, tmp_path: Path) -> None:
    assert sdn.refusal("us_ofac_sdn", tmp_path).found == "a folder without a file"


def test_a_folder_called_like_a_file_is_a_folder_without_a_file(sdn: Good, tmp_path: Path) -> None:
    (tmp_path / "sdn.csv").mkdir()
    assert sdn.refusal("us_ofac_sdn", tmp_path).found == "a folder without a file"


def test_hidden_files_are_no_publication(sdn: Good, tmp_path: Path) -> None:
    (tmp_path / ".sdn.csv").write_bytes(SDN.content)
    assert sdn.refusal("us_ofac_sdn", tmp_path).found == "a folder without a file"


def test_the_present_folder_is_called_by_its_name(sdn: Good, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "alt.csv").write_bytes(dict(SDN.files)["alt.csv"])
    assert sdn.refusal("us_ofac_sdn", Path()).file == "."


def test_two_lists_in_one_folder_are_not_chosen_from(sdn: Good, tmp_path: Path) -> None:
    (tmp_path / "monday.csv").write_bytes(SDN.content)
    (tmp_path / "tuesday.csv").write_bytes(SDN.content)
    error = sdn.refusal("us_ofac_sdn", tmp_path)
    assert error.found == "two files for sdn.csv: monday.csv and tuesday.csv"


def test_a_list_without_its_main_part_is_refused(sdn: Good, tmp_path: Path) -> None:
    SDN.write(tmp_path)
    (tmp_path / "sdn.csv").write_bytes(SDN.content.replace(b",", b";"))
    error = sdn.refusal("us_ofac_sdn", tmp_path)
    assert "without sdn.csv; sdn.csv lies there, but is none inside" in error.found


def test_a_spoilt_part_is_not_left_out_of_its_publication(sdn: Good, tmp_path: Path) -> None:
    SDN.write(tmp_path, **{"alt.csv": b"no aliases today\n"})
    error = sdn.refusal("us_ofac_sdn", tmp_path)
    assert isinstance(error, Damaged)
    assert error.file == "alt.csv"
    (tmp_path / "alt.csv").unlink()
    assert read_publication(tmp_path, source_named("us_ofac_sdn")).claims.counts["aliases"] == 0


def test_a_folder_of_very_many_files_is_not_looked_through(sdn: Good, tmp_path: Path) -> None:
    for number in range(1001):
        (tmp_path / f"{number}.csv").write_bytes(b"x")
    assert "1001 files" in sdn.refusal("us_ofac_sdn", tmp_path).found


def test_a_file_larger_than_allowed_is_not_read(sdn: Good, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELLGAME_MAX_FILE_MIB", "1")
    settings.cache_clear()
    try:
        path = tmp_path / "sdn.csv"
        with path.open("wb") as file:
            file.truncate(3 << 20)
        error = sdn.refusal("us_ofac_sdn", path)
        assert isinstance(error, Hostile)
        assert "SHELLGAME_MAX_FILE_MIB" in error.remedy
    finally:
        settings.cache_clear()


def test_a_pipe_is_refused_and_not_waited_for(sdn: Good, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "sdn.csv")
    with at_most_seconds(20):
        assert "a pipe" in sdn.refusal("us_ofac_sdn", tmp_path / "sdn.csv").found
        assert sdn.refusal("us_ofac_sdn", tmp_path).found == "a folder without a file"


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/stdin"])
def test_a_device_is_refused_and_not_read(device: str, sdn: Good) -> None:
    with at_most_seconds(20):
        assert sdn.refusal("us_ofac_sdn", Path(device)).file == device


def test_a_socket_is_refused(sdn: Good, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as endpoint:
        endpoint.bind("sdn.csv")
        assert "socket" in sdn.refusal("us_ofac_sdn", tmp_path / "sdn.csv").found


def test_a_loop_of_links_is_refused(sdn: Good, tmp_path: Path) -> None:
    (tmp_path / "one.csv").symlink_to(tmp_path / "two.csv")
    (tmp_path / "two.csv").symlink_to(tmp_path / "one.csv")
    assert "cannot be read" in sdn.refusal("us_ofac_sdn", tmp_path / "one.csv").found
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "again").symlink_to(tmp_path / "folder")
    assert sdn.refusal("us_ofac_sdn", tmp_path / "folder").found == "a folder without a file"


def test_a_link_to_nothing_is_refused(sdn: Good, tmp_path: Path) -> None:
    (tmp_path / "sdn.csv").symlink_to(tmp_path / "gone.csv")
    assert sdn.refusal("us_ofac_sdn", tmp_path / "sdn.csv").found == "no such file"


def test_a_link_within_a_folder_is_not_followed_out_of_it(sdn: Good, tmp_path: Path) -> None:
    SDN.write(tmp_path / "elsewhere")
    folder = tmp_path / "folder"
    SDN.write(folder)
    (folder / "add.csv").unlink()
    (folder / "add.csv").symlink_to(tmp_path / "elsewhere" / "add.csv")
    assert sdn.refusal("us_ofac_sdn", folder).found == "add.csv is a link that leads out of the folder"


def test_a_link_that_was_given_is_followed(tmp_path: Path) -> None:
    SET.write(tmp_path / "real")
    (tmp_path / "link.json").symlink_to(tmp_path / "real" / SET.main)
    (tmp_path / "folder").symlink_to(tmp_path / "real")
    workspace = Workspace(tmp_path / "workspace")
    assert workspace.add("my_set", tmp_path / "link.json") == workspace.add("my_set", tmp_path / "folder")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_refused(sdn: Good, tmp_path: Path) -> None:
    path = SDN.write(tmp_path / "list")
    (path / "sdn.csv").chmod(0)
    assert "Permission denied" in sdn.refusal("us_ofac_sdn", path / "sdn.csv").found
    path.chmod(0)
    try:
        assert "Permission denied" in sdn.refusal("us_ofac_sdn", path).found
        assert "Permission denied" in sdn.refusal("us_ofac_sdn", path / "sdn.csv").found
    finally:
        path.chmod(0o700)


def test_a_disk_that_fails_is_told_as_damage(sdn: Good, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = SDN.write(tmp_path / "list")

    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("shellgame.sources.ofac.legacy_parts.rows", fail)
    with pytest.raises(BadInput, match="Input/output error"):
        sdn.workspace.add("us_ofac_sdn", path, NEXT_DAY)
    assert sdn.is_unchanged()


def test_a_file_that_changes_while_it_is_read_is_refused(
    sdn: Good, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = SDN.write(tmp_path / "list")
    was = reading.recognised

    def recognised(*arguments: Any) -> tuple[Publication, Format]:
        publication, layout = was(*arguments)

        def read(publication: Publication, claims: Claims) -> None:
            layout.read(publication, claims)
            (path / "sdn.csv").write_bytes(SDN.content.replace(b"TURNIP", b"PARSLE"))

        return publication, replace(layout, read=read)

    monkeypatch.setattr(reading, "recognised", recognised)
    error = sdn.refusal("us_ofac_sdn", path)
    assert (error.file, error.found) == ("sdn.csv", "it changed while it was being read")


def test_a_name_that_would_steer_a_terminal_is_shown_harmlessly(sdn: Good, tmp_path: Path) -> None:
    path = tmp_path / f"{STEERING}.csv"
    path.write_bytes(b"nothing\n")
    error = sdn.refusal("us_ofac_sdn", path)
    assert error.file == path.name
    assert r"two\nlines \x1b[2J\x1b]0;title\x07 \u202egpj.exe \x9b31m.csv: " in str(error)


def test_an_endless_name_does_not_push_the_finding_out_of_sight(sdn: Good, tmp_path: Path) -> None:
    path = tmp_path / ("a" * 120)
    for _ in range(12):
        path = path / ("a" * 120)
    path.mkdir(parents=True)
    message = str(sdn.refusal("us_ofac_sdn", path))
    assert "…: a folder without a file; give the folder" in message


@pytest.mark.parametrize(
    "name", [STEERING.encode(), b"caf\xe9.json", "Список № 1.json".encode(), b"-rf", b"~", b"%s{0}"]
)
def test_a_good_set_with_any_name_is_added_and_its_name_kept(name: bytes, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(SET.content)
    workspace = Workspace(tmp_path / "workspace")
    workspace.add("my_set", path, NEXT_DAY)
    (part,) = Workspace(workspace.folder).versions("my_set")[0].parts
    assert part.printed_name.isprintable()
    assert workspace.store.raw(workspace.versions("my_set")[0], part.name) == SET.content


class _Opened:
    """Which files are opened within a block, as the interpreter is told of it."""

    def __init__(self) -> None:
        self.paths: set[str] = set()
        self._on = False
        sys.addaudithook(self._take)  # there is no way to take one off again, so it is switched

    def _take(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._on and event == "open" and isinstance(arguments[0], (str, bytes)):
            self.paths.add(os.fsdecode(arguments[0]))

    def __enter__(self) -> _Opened:
        self._on = True
        return self

    def __exit__(self, *_: object) -> None:
        self._on = False


def test_nothing_is_written_outside_the_workspace_and_nothing_read_outside_the_publication(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for sample in all_samples():  # whatever is read once, modules and rules, has been read
        read_publication(sample.write(tmp_path / "first" / sample.name), source_named(sample.source))
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    for variable in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(home))
    workspace = Workspace(tmp_path / "workspace")
    opened = _Opened()
    for number, sample in enumerate(all_samples()):
        path = sample.write(tmp_path / "lists" / sample.name)
        with opened:
            workspace.add(sample.source, path, f"2031-01-{number + 1:02}")
    own = (str(tmp_path / "workspace"), str(tmp_path / "lists"))
    assert {path for path in opened.paths if not path.startswith(own)} == set()
    assert len(opened.paths) > len(all_samples())
    assert list(home.rglob("*")) == []
