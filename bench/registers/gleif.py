"""How fast a file of GLEIF's shape is imported: `python -m bench.registers.gleif MIB [FOLDER]`.

The file is made up (`shellgame.testing.gleif`) and removed afterwards, as is the workspace.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from shellgame.testing.gleif import write


def _rss_mib(process: int) -> float:
    """What a process and its children hold, in MiB."""
    try:
        held = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (OSError, IndexError):
        return 0.0
    return held + sum(_rss_mib(int(child)) for child in children)


def measure(mib: float, folder: Path) -> dict[str, object]:
    """Import such a file in a process of its own and tell what it took."""
    file = folder / "lei.xml"
    number = write(file, mib)
    size = file.stat().st_size / 1e6
    command = [sys.executable, "-m", "shellgame", "add", "gleif", str(file), "-w", str(folder / "ws"), "--json"]
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
    cpu = used.ru_utime + used.ru_stime
    kept = sum(path.stat().st_size for path in (folder / "ws").rglob("*") if path.is_file()) / 1e6
    file.unlink()
    return {
        "megabytes": round(size),
        "records": number,
        "claims": told["claims"],
        "wall_s": round(wall, 1),
        "cpu_s": round(cpu, 1),
        "mb_per_wall_s": round(size / wall, 1),
        "mb_per_cpu_s": round(size / cpu, 1),
        "peak_rss_mib_all_processes": round(peak[0]),
        "workspace_megabytes": round(kept),
        "load_before": round(load, 1),
    }


def main(mib: float, folder: str | None = None) -> None:
    """Measure and print as JSON."""
    with TemporaryDirectory(dir=folder) as name:
        print(json.dumps(measure(mib, Path(name)), indent=1))


if __name__ == "__main__":
    main(float(sys.argv[1]), *sys.argv[2:])
