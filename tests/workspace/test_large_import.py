"""A publication larger than memory: it goes to disk while it is read, in bounded memory, and a killed import leaves nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

import shellgame
from shellgame.cli.main import app
from shellgame.errors import BadInput, Damaged
from shellgame.sources import claims as claims_module
from shellgame.sources import pieces
from shellgame.sources.catalog import source_named
from shellgame.sources.claims import Claims
from shellgame.sources.gleif import xml_pieces
from shellgame.sources.reading import Progress, read_publication
from shellgame.store import large
from shellgame.store.claims import ClaimSet
from shellgame.store.delta import Told
from shellgame.store.spool import Spool
from shellgame.testing.gleif import write

IMPORT = """
import sys
from pathlib import Path
import shellgame
from shellgame.sources import claims, pieces
from shellgame.sources.gleif import xml_pieces
claims.BATCH_CLAIMS, xml_pieces.PIECE_BYTES, pieces._WORTH_PROCESSES = 500, 1 << 16, 0
shellgame.open(sys.argv[1]).add("gleif", Path(sys.argv[2]), "2026-01-01", progress=lambda read: print(read.records, flush=True))
"""


@pytest.fixture
def small_batches(monkeypatch):
    """Batches so small that a few megabytes are many of them, read in this process."""
    monkeypatch.setattr(claims_module, "BATCH_CLAIMS", 2_000)
    monkeypatch.setattr(large, "_BATCH_ROWS", 2_000)
    monkeypatch.setattr(xml_pieces, "PIECE_BYTES", 1 << 16)
    monkeypatch.setattr(pieces, "_WORTH_PROCESSES", 1 << 40)


def content(workspace, day=None) -> set[tuple[str, ...]]:
    with ClaimSet(workspace.store, day) as claims:
        return set(claims.rows("SELECT claim_id, entity_id, prop, value, first_seen FROM claims"))


def test_an_import_by_way_of_the_disk_keeps_the_same_claims(tmp_path, small_batches, monkeypatch):
    file = tmp_path / "lei.xml"
    write(file, 1)
    by_disk = shellgame.open(tmp_path / "by-disk")
    version = by_disk.add("gleif", file, "2026-01-01")
    monkeypatch.undo()
    in_memory = shellgame.open(tmp_path / "in-memory")
    assert in_memory.add("gleif", file, "2026-01-01").claims == version.claims > 3_000
    assert content(by_disk) == content(in_memory)
    assert not list((tmp_path / "by-disk").glob("rooms/*"))


def test_later_versions_of_a_large_publication_are_differences(tmp_path, small_batches):
    workspace, file = shellgame.open(tmp_path / "ws"), tmp_path / "lei.xml"
    write(file, 1)
    first = workspace.add("gleif", file, "2026-01-01")
    before = content(workspace)
    file.write_text(file.read_text(encoding="utf-8").replace("Amber", "Umber"), encoding="utf-8")
    second = workspace.add("gleif", file, "2026-02-01")
    assert 0 < second.added == second.ended < first.claims / 4
    assert content(workspace, "2026-01-15") == before
    third = workspace.add("gleif", file, "2026-01-20")  # the same, between the two
    assert third.added == second.added
    assert [version.added for version in workspace.versions("gleif")] == [first.added, third.added, 0]
    assert content(workspace, "2026-01-15") == before
    assert {row[:4] for row in content(workspace, "2026-01-21")} == {row[:4] for row in content(workspace)}


def test_memory_does_not_grow_with_the_file(tmp_path, small_batches):
    def peak(mib: float) -> int:
        file = tmp_path / f"{mib}.xml"
        write(file, mib)
        workspace = shellgame.open(tmp_path / f"ws-{mib}")
        tracemalloc.start()
        workspace.add("gleif", file, "2026-01-01")
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(0.3)  # whatever is made once
    assert peak(4) < 1.25 * peak(0.8)


def test_what_is_refused_in_the_middle_leaves_nothing(tmp_path, small_batches):
    workspace, file = shellgame.open(tmp_path / "ws"), tmp_path / "lei.xml"
    write(file, 1)
    file.write_bytes(file.read_bytes()[:-5000])
    with pytest.raises(Damaged, match="no whole XML"):
        workspace.add("gleif", file, "2026-01-01")
    assert workspace.versions("gleif") == ()
    assert not [path for path in (tmp_path / "ws").rglob("*") if path.is_file() and path.name != "lock"]


def test_a_killed_import_leaves_nothing_and_no_process_and_can_be_done_again(tmp_path):
    file = tmp_path / "lei.xml"
    write(file, 12)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", IMPORT, str(tmp_path / "ws"), str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as importing:
        assert importing.stdout is not None
        assert int(importing.stdout.readline()) > 0
        helpers = Path(f"/proc/{importing.pid}/task/{importing.pid}/children")
        under_way = helpers.read_text().split() if helpers.exists() else []
        importing.send_signal(signal.SIGKILL)
        importing.wait()
    workspace = shellgame.open(tmp_path / "ws")
    assert workspace.versions("gleif") == ()
    assert list((tmp_path / "ws/rooms").iterdir())
    small = tmp_path / "small.xml"
    write(small, 0.1)
    workspace.add("gleif", small, "2026-01-01")
    assert not list((tmp_path / "ws/rooms").iterdir())
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{each}/cmdline").exists() and _is_ours(each) for each in under_way):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _is_ours(process: str) -> bool:
    try:
        return b"shellgame.sources.pieces" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def test_ids_of_a_large_set_of_ones_own_that_mean_somebody_else_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(claims_module, "BATCH_CLAIMS", 1)
    file = tmp_path / "lei.xml"
    write(file, 0.01)
    workspace = shellgame.open(tmp_path / "ws")
    workspace.add("gleif", file, "2026-01-01")
    reading = read_publication(file, source_named("gleif"))
    taken = reading.claims.last_record
    for schema, refused in (("Company", False), ("Vessel", True)):
        folder = tmp_path / schema
        folder.mkdir()
        spool = Spool(folder, Told("my_set", "me", "F", 6, "m", "CLEAR", "", "", ""))
        claims = Claims("my_set", sink=lambda spool=spool: spool)
        claims.record(taken, schema, "set.csv#1").add("name", "Somebody")
        claims.pass_on()
        spool.close()
        own = replace(reading, source=source_named("my_set"), claims=claims)
        if refused:
            with pytest.raises(BadInput, match="a Vessel here, but a Company in gleif"):
                workspace.keep(own, "2026-01-01")
        else:
            assert workspace.keep(own, "2026-01-01")[0].claims == 1


def test_progress_tells_records_and_bytes(tmp_path, small_batches):
    file = tmp_path / "lei.xml"
    records = write(file, 5)
    told: list[Progress] = []
    shellgame.open(tmp_path / "ws").add("gleif", file, "2026-01-01", progress=told.append)
    assert [each.records for each in told] == list(range(1000, records + 1, 1000))
    assert all(0 < each.done <= each.total == file.stat().st_size for each in told)


def test_versions_say_which_of_them_is_an_update(tmp_path):
    file = tmp_path / "lei.xml"
    write(file, 0.05)
    run = CliRunner().invoke
    place = ["-w", str(tmp_path / "ws")]
    assert run(app, ["add", "gleif", str(file), "--as-of", "2026-01-01", *place]).exit_code == 0
    file.write_text(file.read_text(encoding="utf-8").replace("GLEIF_FULL", "GLEIF_DELTA"), encoding="utf-8")
    assert run(app, ["add", "gleif", str(file), "--as-of", "2026-01-02", *place]).exit_code == 0
    shown = run(app, ["versions", "gleif", "--table", *place], env={"COLUMNS": "200"}).output
    assert shown.count("cdf-xml") == 2
    assert shown.count("cdf-xml (update)") == 1
