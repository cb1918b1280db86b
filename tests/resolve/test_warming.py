"""After warming, a first resolution has nothing left to compile."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import importlib, json, pkgutil, sys
from pathlib import Path

import shellgame.kernels
from numba.core.registry import CPUDispatcher
from shellgame.resolve.warming import warm
from shellgame.workspace import open as open_workspace
from tests.resolve.test_resolution import FIRST, LATER


def compiled():
    names = [each.name for each in pkgutil.iter_modules(shellgame.kernels.__path__)]
    kernels = {it for name in names for it in vars(importlib.import_module(f"shellgame.kernels.{name}")).values()
               if isinstance(it, CPUDispatcher)}
    return {f"{it.py_func.__module__}.{it.py_func.__qualname__}{each}" for it in kernels for each in it.signatures}


warm()
before = compiled()
ws = open_workspace(Path(sys.argv[1]) / "ws")
for source, day, rows in (("north", "2025-02-03", LATER), ("south", "2025-02-03", FIRST["south"])):
    file = Path(sys.argv[1]) / f"{source}.ftm.json"
    file.write_text("".join(json.dumps(row) + chr(10) for row in rows), encoding="utf-8")
    ws.add(source, file, day)
    found = ws.resolve()
    list(found.open_pairs())
print(json.dumps([len(before), found.counts.joined, sorted(compiled() - before)]))
"""


def test_a_first_resolution_compiles_nothing_after_warming(tmp_path):
    told = subprocess.run([sys.executable, "-c", PROGRAM, str(tmp_path)], capture_output=True, text=True, check=True)
    assert told.stdout.strip().endswith("7, []]")
