"""What a person or a script sees of bad input: one line on standard error, nothing on standard output, exit code 3."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import NEXT_DAY, Good
from .damage import PAGES, Sample, all_samples
from .damage.workbooks import a_sheet_that_bursts
from .damage.xml import a_billion_laughs

BY_NAME = {sample.name: sample for sample in all_samples()}
SDN, UN, AU = (BY_NAME[name] for name in ("us_ofac_sdn/legacy-csv", "un_sc_sanctions/xml", "au_dfat_sanctions/xlsx"))
STEERING = "\x1b[2J\nerror: none \u202eslx."
BAD: dict[str, tuple[Sample, str, bytes | None, str]] = {
    "nothing": (SDN, "sdn.csv", b"", "sdn.csv: the file is empty; get the publication again from the publisher"),
    "no file": (SDN, "sdn.csv", None, "no such file; give the path of a file or folder that exists"),
    "a cut list": (
        SDN,
        "sdn.csv",
        SDN.content[: len(SDN.content) * 2 // 3],
        "the file ends in the middle of a line, at",
    ),
    "a web page": (SDN, "sdn.csv", PAGES["an error page"], "this is a web page (503 Service Unavailable), not a list"),
    "another list": (SDN, "list.xml", UN.content, "use `shellgame add un_sc_sanctions list.xml` if that is what it is"),
    "a billion laughs": (
        UN,
        UN.main,
        a_billion_laughs(UN.content),
        "the vehicle of entity bombs; do not use this file",
    ),
    "a bomb": (AU, AU.main, a_sheet_that_bursts(AU.content), "raise SHELLGAME_MAX_UNPACKED_MIB, else do not use it"),
    "a steering name": (
        AU,
        f"{STEERING}xlsx",
        b"PK\x03\x04",
        r"\x1b[2J\nerror: none \u202eslx.xlsx: the archive is cut",
    ),
}
AS_A_PROCESS = ("nothing", "a cut list", "a billion laughs", "a steering name")


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_of_in_one_line_on_standard_error(
    name: str, refused: Callable[..., str], good: Callable[[Sample], Good], tmp_path: Path
) -> None:
    sample, file, content, message = BAD[name]
    if content is not None:
        (tmp_path / file).write_bytes(content)
    folder = good(sample).workspace.folder
    told = refused("add", sample.source, tmp_path / file, "--as-of", NEXT_DAY, "-w", folder)
    assert told.startswith("error: ")
    assert message in told
    assert good(sample).is_unchanged()


@pytest.fixture(scope="module")
def told(
    tmp_path_factory: pytest.TempPathFactory, good: Callable[[Sample], Good]
) -> dict[str, subprocess.CompletedProcess[str]]:
    """What the real command line says to some of them; started together, since starting is what takes time."""
    running = {}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SHELLGAME_")}
    for name in AS_A_PROCESS:
        sample, file, content, _ = BAD[name]
        path = tmp_path_factory.mktemp("bad") / file
        path.write_bytes(content or b"")
        folder = good(sample).workspace.folder
        command = ["add", sample.source, str(path), "--as-of", NEXT_DAY, "-w", str(folder)]
        running[name] = subprocess.Popen(
            [sys.executable, "-c", "from shellgame.cli.main import run; run()", *command],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
    said = {name: process.communicate(timeout=200) for name, process in running.items()}
    return {name: subprocess.CompletedProcess([], process.returncode, *said[name]) for name, process in running.items()}


@pytest.mark.parametrize("name", AS_A_PROCESS)
def test_the_real_command_line_leaves_with_three_and_leaves_the_workspace_alone(
    name: str, told: dict[str, subprocess.CompletedProcess[str]], good: Callable[[Sample], Good]
) -> None:
    sample, _, _, message = BAD[name]
    answer = told[name]
    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr.startswith("error: ")
    assert message in answer.stderr
    assert answer.stderr.rstrip("\n").isprintable()
    assert good(sample).is_unchanged()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "names.csv: the file is empty"),
        (PAGES["an error page"], "names.csv: this is a web page"),
        (b"surname\nVesker\n", "names.csv, line 1: columns surname; name the column that holds the names `name`"),
        ("name\nОрлан\n".encode("cp1251"), "names.csv, line 2: byte 0xce is not utf-8 text"),
        ("name\nVesker\n".encode("utf-16")[:-1], "names.csv, line 2: no utf-16 text to its end"),
        (b"name\n" + b"x" * (3 << 20), "names.csv, line 2: a line of more than 1 MiB"),
    ],
    ids=[
        "nothing",
        "a web page",
        "no names",
        "another encoding",
        "cut UTF-16",
        "an endless line",
    ],
)
def test_a_bad_file_of_names_to_screen_is_told_of_in_the_same_way(
    content: bytes, message: str, refused: Callable[..., str], tmp_path: Path
) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes(content)
    assert message in refused("screen", "--file", path, "-w", tmp_path / "workspace")
    assert not (tmp_path / "workspace").exists()


@pytest.mark.parametrize("name", [".", "nothing.csv", "x" * 5000])
def test_a_path_that_holds_no_names_is_told_of_in_the_same_way(
    name: str, refused: Callable[..., str], tmp_path: Path
) -> None:
    message = refused("screen", "--file", tmp_path / name, "-w", tmp_path / "workspace")
    assert "give the path of a file" in message or "check the path" in message


def test_a_suggested_name_for_a_set_is_one_that_can_be_given(
    refused: Callable[..., str], called: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    path = BY_NAME["my_set/ftm-json"].write(tmp_path)
    message = refused("add", "us_ofac_sdn", path, "-w", tmp_path / "workspace")
    assert "it looks like a set of entities in a FollowTheMoney format" in message
    assert f"`shellgame add my_set {path.name}`, with a name of your own for the set, if that is what it is" in message
    assert called("add", "my_set", path, "-w", tmp_path / "workspace")[0] == 0
