"""What questions about a large register take: `python -m bench.registers.questions COMPANIES [--lists WORKSPACE]`.

A register of so many invented companies is imported into a workspace, beside the lists of another one. Then each question
is asked twice, each time in a process of its own as a user would: seconds, processor seconds and peak memory. The first works out
what is kept for the next. `scan` is the plain way beside it: the claims of one company by looking through all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.registers.invented import company, write

_SCAN = """
import sys
from pathlib import Path
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
with ClaimSet(Store(Path(sys.argv[1]))) as claims:
    for identity in sys.argv[2:]:
        print(len(claims.where({how})))
"""
_BY_INDEX = "'true', entities=[identity]"
_BY_SCAN = "'entity_id = ?', [identity]"
_ASKED = 1000
"""The company that is asked about first."""


def measure(companies: int, folder: Path, lists: Path | None) -> dict[str, Any]:
    """Import such a register and ask."""
    tables, workspace = folder / "register", folder / "workspace"
    out: dict[str, Any] = {
        "companies": companies,
        "rows": write(tables, companies),
        "load": round(os.getloadavg()[0], 1),
    }
    if lists:
        shutil.copytree(lists / "sources", workspace / "sources")
    out["import"] = _shellgame(workspace, "add", "register", str(tables), "--as-of", "2026-06-01")
    out["claims"] = sum(
        version["added"] for file in workspace.glob("sources/*/manifest.json") for version in _versions(file)
    )
    one, other = company(_ASKED), company(companies // 2)
    for what, how in (("scan", _BY_SCAN), ("by entity", _BY_INDEX)):
        command = ["-c", _SCAN.format(how=how), str(workspace), *map(company, range(0, 200, 10))]
        out[f"claims of 20 companies, {what}"] = [_process(command) for _ in range(2)]
    for asked in (("owners", one), ("owners", one, "--down"), ("network", one), ("paths", one, other), ("roots", one)):
        out[" ".join(asked)] = [_shellgame(workspace, *asked) for _ in range(2)]
    out["owners of 5 others"] = [_shellgame(workspace, "owners", company(number)) for number in range(7, 12)]
    out["workspace_mb"] = {
        name: round(sum(file.stat().st_size for file in (workspace / name).rglob("*") if file.is_file()) / 1e6)
        for name in ("raw", "sources", "indexes")
    }
    return out


def _versions(manifest: Path) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(manifest.read_text(encoding="utf-8"))["versions"]
    return told


def _shellgame(workspace: Path, *asked: str) -> dict[str, float]:
    return _process(["-m", "shellgame", *asked, "--json", "--workspace", str(workspace)])


def _process(command: list[str]) -> dict[str, float]:
    """Run Python in a process of its own and tell what it took; its answer is of no interest."""
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, code, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(code)
    return {
        "wall_s": round(time.perf_counter() - began, 1),
        "cpu_s": round(used.ru_utime + used.ru_stime, 1),
        "peak_mib": used.ru_maxrss // 1024,
        "exit": process.returncode,
    }


def main() -> None:
    """Measure and print as JSON."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("companies", type=int)
    asked.add_argument("--lists", type=Path, help="a workspace whose lists stand beside the register")
    asked.add_argument("--folder", type=Path, help="where to work; some 4 KB a company")
    given = asked.parse_args()
    with TemporaryDirectory(dir=given.folder) as folder:
        print(json.dumps(measure(given.companies, Path(folder), given.lists), indent=1))


if __name__ == "__main__":
    main()
