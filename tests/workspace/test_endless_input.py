"""A file may claim to be a list and never end: it is given up after a little of it, and memory stays small.

Each file is added in a process of its own, which tells how much it has read and how much memory it has taken at most.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .damage import Sample, all_samples

GIB, MIB = 1 << 30, 1 << 20
BY_NAME = {sample.name: sample for sample in all_samples()}
MOST_READ = {"table": 4 * MIB, "json": 36 * MIB, "xml": 32 * MIB, "xlsx": 4 * MIB}
"""How much of a file may be read before it is given up; a nested entity may be a line of 32 MiB."""
MOST_MEMORY = 200 * MIB

_ADDS = """
import json, resource, sys, time
import followthemoney
import shellgame as sg
import shellgame.sources.ftm.json_lines
from shellgame.sources.catalog import catalog
from shellgame.errors import BadInput

for source in catalog().values():
    source.formats

def measured():
    read = int(next(line for line in open("/proc/self/io") if line.startswith("rchar")).split()[1])
    return read, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10

for source, path in json.loads(sys.argv[2]):
    read, memory = measured()
    try:
        sg.open(sys.argv[1]).add(source, path, "2031-01-02")
        said = {"kind": "added"}
    except BadInput as error:
        said = {"kind": type(error).__name__, "found": error.found, "record": error.record}
    now_read, now_memory = measured()
    print(json.dumps({**said, "path": path, "read": now_read - read, "memory": now_memory - memory}))
"""

pytestmark = pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="only Linux tells what a process has read")


def adding(workspace: Path, *files: tuple[str, Path]) -> dict[str, Any]:
    """Add files in another process; gives what it told of each, by path."""
    arguments = [
        sys.executable,
        "-c",
        _ADDS,
        str(workspace),
        json.dumps([(source, str(path)) for source, path in files]),
    ]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=300, check=True)
    assert not workspace.exists()
    return {told["path"]: told for told in map(json.loads, done.stdout.splitlines())}


def _beginning(sample: Sample) -> bytes:
    """All of a sample but the end of its last line, or of its last text."""
    content = sample.content.rstrip(b"\r\n\x1a")
    if sample.kind == "xml":
        return content[: content.rindex(b"</", 0, content.rindex(b"</")) - 1]
    return content if sample.kind == "xlsx" else content[:-2]


def test_a_gib_that_was_never_written_is_given_up_at_once(tmp_path: Path) -> None:
    files = []
    for number, sample in enumerate(BY_NAME.values()):
        path = tmp_path / str(number) / sample.main
        path.parent.mkdir()
        with path.open("wb") as file:
            file.write(_beginning(sample))
            file.truncate(GIB)
        files.append((sample, path))
    told = adding(tmp_path / "workspace", *((sample.source, path) for sample, path in files))
    for sample, path in files:
        answer = told[str(path)]
        assert answer["kind"] in ("Damaged", "Hostile", "NotThisSource"), sample.name
        assert answer["read"] < MOST_READ[sample.kind], sample.name
        assert answer["memory"] < MOST_MEMORY, sample.name


def _letters() -> Iterator[bytes]:
    yield from (b"x" * MIB for _ in range(1024))


def _quoted_letters() -> Iterator[bytes]:
    yield b'\r\n"'
    yield from _letters()


def _quoted_lines() -> Iterator[bytes]:
    yield b'\r\n"'
    yield from ((b"x" * 1023 + b"\n") * 1024 for _ in range(1024))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "endless"),
    [
        ("us_ofac_sdn/legacy-csv", _letters),
        ("us_ofac_sdn/legacy-csv", _quoted_letters),
        ("us_bis_denied/tsv", _letters),
        ("us_trade_csl/consolidated-csv", _quoted_lines),
        ("eu_fsf/csv-1.0", _letters),
        ("gb_hmt_sanctions/conlist-2018", _letters),
        ("my_set/statements-csv", _quoted_letters),
        ("my_set/ftm-json", _letters),
        ("un_sc_sanctions/xml", _letters),
        ("au_dfat_sanctions/xlsx", _letters),
    ],
)
def test_a_gib_of_one_line_or_one_cell_is_given_up_early(
    name: str, endless: Callable[[], Iterator[bytes]], tmp_path: Path
) -> None:
    sample = BY_NAME[name]
    path = tmp_path / sample.main
    with path.open("wb") as file:
        file.write(_beginning(sample))
        file.writelines(endless())
    told = adding(tmp_path / "workspace", (sample.source, path))[str(path)]
    path.unlink()
    assert told["kind"] in ("Damaged", "Hostile")
    assert told["memory"] < MOST_MEMORY
    assert told["read"] < MOST_READ[sample.kind]
