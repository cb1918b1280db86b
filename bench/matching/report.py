"""Tables for people and results for the record; the record never holds a name."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bench.matching.context import Outcome
from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).parent / "results"
_PACKAGES = ("nomenklatura", "followthemoney", "rigour", "rapidfuzz", "numpy", "numba", "scipy", "shellgame")
console = Console(width=190, soft_wrap=False)


def machine() -> dict[str, Any]:
    """What it was measured on: processor, cores, how busy, Python and packages."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    processor = next(
        (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.processor()
    )
    return {
        "processor": processor,
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "system": platform.system(),
        "python": platform.python_version(),
        "packages": {name: found for name in _PACKAGES if (found := _version(name))},
        "day": datetime.now(UTC).date().isoformat(),
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def kept(name: str) -> dict[str, Any]:
    """A result file, or an empty one."""
    path = RESULTS / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {"measures": {}}
    return found


def keep(name: str, measure: str, engine: str, outcome: Outcome, seconds: float, *, quick: bool) -> None:
    """Put one outcome into a result file, in place of an earlier one of the same measure and engine."""
    record = kept(name)
    told = {
        "figures": outcome.figures,
        "tables": outcome.tables,
        "errors": outcome.errors,
        "note": outcome.note,
        "seconds": seconds,
        "quick": quick,
        "machine": machine(),
    }
    record["measures"].setdefault(measure, {})[engine] = _rounded(told)
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(record, indent=1, ensure_ascii=False, sort_keys=False)
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def _rounded(told: Any) -> Any:
    if isinstance(told, dict):
        return {key: _rounded(value) for key, value in told.items()}
    if isinstance(told, (list, tuple)):
        return [_rounded(value) for value in told]
    if isinstance(told, float):
        return float(f"{told:.5g}")
    return told if isinstance(told, (str, int, bool, type(None))) else told.item()


def show(measure: str, engine: str, outcome: Outcome, seconds: float, *, errors: int) -> None:
    """Print one outcome with its further tables and up to `errors` of the cases that went wrong."""
    console.rule(f"[bold]{measure}[/] · {engine} · {seconds:.1f} s")
    show_rows("", [outcome.figures])
    for title, rows in outcome.tables.items():
        show_rows(title, rows)
    for line in outcome.shown + outcome.wrong[:errors]:
        console.print(line, highlight=False, markup=False)
    if outcome.note:
        console.print(f"[dim]{outcome.note}[/]", highlight=False)


def summary(name: str, measures: Sequence[str]) -> None:
    """Print one table a measure, an engine a row, from a result file."""
    record = kept(name)["measures"]
    for measure in measures:
        if measure in record:
            rows = [
                {"engine": engine, **told["figures"], "s": told["seconds"]} for engine, told in record[measure].items()
            ]
            show_rows(measure, rows)


def show_rows(title: str, rows: Sequence[dict[str, Any]]) -> None:
    """Print rows as a table; a row of many figures is broken into several tables."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    head = columns[:1] if len(rows) > 1 else []
    rest = columns[len(head) :]
    for start in range(0, len(rest), 12):
        shown = head + rest[start : start + 12]
        table = Table(*shown, title=title if not start else None, title_justify="left", show_edge=False, pad_edge=False)
        for row in rows:
            table.add_row(*[_cell(row.get(column)) for column in shown])
        console.print(table, highlight=False)


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.4f}" if abs(value) < 1 else f"{value:,.3f}" if abs(value) < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
