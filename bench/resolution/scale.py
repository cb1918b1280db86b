"""Seconds and memory of whole resolutions: of a workspace, of a register beside it, of simulated records."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from bench.resolution import haystacks

from shellgame.resolve.canonical import Assignment, assign
from shellgame.resolve.clusters import Known, cluster
from shellgame.resolve.comparable import Comparable, Single, comparable_in, comparable_of
from shellgame.resolve.edges import Rules
from shellgame.resolve.pairs import weighed
from shellgame.workspace import open as open_workspace

STEPS = ("comparable", "pairs", "clusters", "ids")


def spent(work: Callable[[], Any]) -> dict[str, Any]:
    """Wall and processor seconds of something, the peak of memory of this process so far, and how busy the machine was."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {
        "wall_s": round(time.perf_counter() - wall, 1),
        "cpu_s": round(time.process_time() - cpu, 1),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "load": round(os.getloadavg()[0], 1),
    }


def in_process(*arguments: str) -> dict[str, Any]:
    """Run one measure of this module in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.resolution.scale", *arguments], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


def workspace(folder: str) -> dict[str, Any]:
    """Resolve a workspace as it is, in a process of its own; start and loading of the program are in its seconds."""
    begun = time.perf_counter()
    run = [sys.executable, "-c", _RESOLVING, folder]
    told = subprocess.run(run, capture_output=True, text=True, check=True)
    wall = round(time.perf_counter() - begun, 1)
    return {"wall_s": wall, **json.loads(told.stdout), "load": round(os.getloadavg()[0], 1)}


_RESOLVING = """
import json, resource, sys, time
import shellgame
found = shellgame.open(sys.argv[1]).resolve().as_dict()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
told = {name: found[name] for name in ("records", "entities", "open_pairs", "suspicious", "taken", "compared")}
print(json.dumps({"cpu_s": round(time.process_time(), 1), "peak_mib": peak, **told}))
"""


def lists_of(folder: str) -> Comparable:
    """The records of a workspace."""
    with open_workspace(folder).claims() as claims:
        return comparable_in(claims, hub=Rules().hub)


def whole(made: Iterable[Single]) -> dict[str, Any]:
    """All steps from records to ids, each with its seconds."""
    singles = list(made)
    steps: dict[str, Any] = {}
    out: dict[str, Any] = {}

    def compared() -> None:
        out["weighed"] = weighed(out["records"], rules=Rules())

    def clustered() -> None:
        out["clusters"] = cluster(Known(out["records"].ids, out["weighed"].edges))

    works: tuple[Callable[[], Any], ...] = (
        lambda: out.update(records=comparable_of(singles, hub=Rules().hub)),
        compared,
        clustered,
        lambda: assign(Assignment(), out["clusters"]),
    )
    for step, work in zip(STEPS, works, strict=True):
        steps[step] = spent(work)
    return {
        "records": len(singles),
        "entities": len(np.unique(out["clusters"].first)),
        "compared": out["weighed"].compared,
        "wall_s": round(sum(each["wall_s"] for each in steps.values()), 1),
        "cpu_s": round(sum(each["cpu_s"] for each in steps.values()), 1),
        "peak_mib": steps["ids"]["peak_mib"],
        "steps": steps,
    }


def main() -> None:
    """Measure one thing and print it as JSON."""
    what, folder, *more = sys.argv[1:]
    if what == "register":
        found = whole([*haystacks.singles(lists_of(folder)), *haystacks.register()])
    else:
        found = whole(haystacks.simulated(lists_of(folder), int(more[0])))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
