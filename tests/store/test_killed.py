"""Killed in the middle of an import, a workspace holds whole versions only and takes the import again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store

WRITER = """
import sys
from pathlib import Path
from shellgame.store.store import Store
from shellgame.testing.publications import publication
folder, store = Path(sys.argv[1]), Store(Path(sys.argv[1]) / "ws")
order = [int(n) for n in sys.argv[2].split(",")]
print("ready", flush=True)
for n in order:
    names = {f"a-{k}": [f"name {k} {n % (k % 7 + 2)}"] for k in range(n, 1500 + n)}
    store.add(publication(folder, f"2024-03-{n:02}", names))
print("done", flush=True)
"""
TRIES = 50


@pytest.mark.slow
def test_kills_at_random_moments_leave_whole_versions(tmp_path):
    rng = random.Random(20240315)
    order = list(range(1, 13))
    rng.shuffle(order)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", WRITER, str(tmp_path), ",".join(map(str, order))]
    killed = 0
    for _ in range(TRIES):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            time.sleep(rng.random() * 0.9)
            if writer.poll() is None:
                writer.send_signal(signal.SIGKILL)
                killed += 1
            writer.wait()
        _check_whole(Store(tmp_path / "ws"))
        if len(Store(tmp_path / "ws").versions("xx_list")) == len(order):
            _start_over(tmp_path)
    assert killed > TRIES // 2
    finished = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert finished.stdout.endswith("done\n")
    store = Store(tmp_path / "ws")
    assert len(store.versions("xx_list")) == len(order)
    _check_whole(store)


def _check_whole(store: Store) -> None:
    for version in store.versions("xx_list"):
        number = int(version.as_of[-2:])
        with ClaimSet(store, version.as_of) as claims:
            found = set(claims.rows("SELECT entity_id, value FROM claims"))
        assert found == {(f"a-{k}", f"name {k} {number % (k % 7 + 2)}") for k in range(number, 1500 + number)}
        assert store.raw(version, "list.csv")


def _start_over(folder: Path) -> None:
    manifest = folder / "ws/sources/xx_list/manifest.json"
    manifest.unlink()
