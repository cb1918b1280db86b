"""Seconds and memory of every ownership rule on invented graphs; see README.md."""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from bench.ownership.invented import world

from shellgame.graph.ownership.economic import shares_of
from shellgame.graph.ownership.evaluation import Answer, evaluate, everybody_above, indexed
from shellgame.graph.ownership.rules import Rule, all_rules

RESULTS = Path(__file__).with_name("results.json")
NAMES = [each.name for each in Answer]


def timed(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """What something gives, with its processor and wall seconds and how busy the machine was."""
    wall, cpu = time.perf_counter(), time.process_time()
    out = work()
    return out, {
        "cpu_s": round(time.process_time() - cpu, 2),
        "wall_s": round(time.perf_counter() - wall, 2),
        "load": round(os.getloadavg()[0], 1),
    }


def newest_rules() -> list[Rule]:
    """The last version of each rule."""
    return list({rule.id: rule for rule in all_rules()}.values())


def measure(companies: int, asked: int) -> dict[str, Any]:
    """All rules on one graph, then one company at a time."""
    small = world(1000)
    for rule in newest_rules():  # machine code is made beforehand
        evaluate(indexed(small.stakes, len(small.listed)), small.listed, rule, [0])
    shares_of(indexed(small.stakes, len(small.listed)), [0])
    invented = world(companies)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    holdings, index = timed(lambda: indexed(invented.stakes, len(invented.listed)))
    out: dict[str, Any] = {
        "companies": companies,
        "parties": len(invented.listed),
        "stakes": len(invented.stakes.owner),
        "listed": int(invented.listed.sum()),
        "most_stakes_of_one": int(np.diff(holdings.starts).max()),
        "generator_peak_mib": before,
        "index": index,
        "rules": {},
    }
    for rule in newest_rules():
        verdicts, spent = timed(lambda rule=rule: evaluate(holdings, invented.listed, rule))
        counts = np.bincount(verdicts.answer, minlength=len(Answer)).tolist()
        out["rules"][rule.id] = spent | {"exact": verdicts.exact} | dict(zip(NAMES, counts, strict=True))
    out["all_cpu_s"] = round(index["cpu_s"] + sum(rule["cpu_s"] for rule in out["rules"].values()), 2)
    out["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    _, out["economic"] = timed(lambda: shares_of(holdings, np.flatnonzero(invented.listed)))
    wall, cpu, above = [], [], []
    for company in np.random.default_rng(1).integers(0, companies, asked).tolist():
        begun, busy = time.perf_counter(), time.process_time()
        for rule in newest_rules():
            evaluate(holdings, invented.listed, rule, [company])
        wall.append(1000 * (time.perf_counter() - begun))
        cpu.append(1000 * (time.process_time() - busy))
        above.append(len(everybody_above(holdings, [company])))
    out["one_company_all_rules_cpu_ms"] = {f"p{q}": round(float(np.percentile(cpu, q)), 2) for q in (50, 99, 100)}
    out["one_company_all_rules_wall_ms"] = {f"p{q}": round(float(np.percentile(wall, q)), 2) for q in (50, 99, 100)}
    out["parties_above"] = {f"p{q}": int(np.percentile(above, q)) for q in (50, 99, 100)}
    return out


def main() -> None:
    """Measure each size in a process of its own and write what was found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--companies", type=int, nargs="+", default=[100_000, 1_000_000, 10_000_000])
    asked.add_argument("--asked", type=int, default=1000)
    asked.add_argument("--here", action="store_true", help="measure one size in this process and print it")
    given = asked.parse_args()
    if given.here:
        print(json.dumps(measure(given.companies[0], given.asked)))
        return
    found = []
    for companies in given.companies:
        command = [sys.executable, "-m", "bench.ownership.run", "--here", "--asked", str(given.asked)]
        command += ["--companies", str(companies)]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
        found.append(json.loads(told.stdout))
        print(json.dumps(found[-1], indent=1))
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
