"""What the import of a publication takes, in a process of its own: seconds, processor seconds, memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path


def _rss_mib(process: int) -> float:
    """What a process and its children hold, in MiB."""
    try:
        held = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (OSError, IndexError):
        return 0.0
    return held + sum(_rss_mib(int(child)) for child in children)


def measure(source: str, path: Path, records: int, workspace: Path) -> dict[str, object]:
    """Import a file or folder and tell what it took.

    Args:
        source: Which register it is of.
        path: The publication.
        records: How many records it has.
        workspace: Where a workspace is made.
    """
    files = [path] if path.is_file() else [each for each in path.iterdir() if each.is_file()]
    size = sum(each.stat().st_size for each in files) / 1e6
    command = [sys.executable, "-m", "shellgame", "add", source, str(path), "-w", str(workspace), "--json"]
    command += ["--as-of", "2026-06-05"] if source != "gleif" else []
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    load, began = os.getloadavg()[0], time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        peak, done = [0.0], threading.Event()

        def watch() -> None:
            while not done.wait(0.05):
                peak[0] = max(peak[0], _rss_mib(process.pid))

        watcher = threading.Thread(target=watch)
        watcher.start()
        told = json.loads((process.communicate()[0] or "{}").splitlines()[0])
        done.set()
        watcher.join()
    wall = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    kept = sum(path.stat().st_size for path in workspace.rglob("*") if path.is_file()) / 1e6
    return {
        "megabytes": round(size),
        "source": source,
        "records": records,
        "claims": told["claims"],
        "wall_s": round(wall, 1),
        "cpu_s": round(cpu, 1),
        "mb_per_wall_s": round(size / wall, 1),
        "mb_per_cpu_s": round(size / cpu, 1),
        "peak_rss_mib_all_processes": round(peak[0]),
        "workspace_megabytes": round(kept),
        "load_before": round(load, 1),
    }
