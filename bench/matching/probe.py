"""One measurement in a process of its own: `python -m bench.matching.probe index|open|answers|laws --engine E`; prints JSON.

Memory, the cost of starting and independence of hash seeds can only be seen from a fresh process.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bench.matching import data, laws, lists
from bench.matching.engine import Entity, Keeps, engine_named
from bench.matching.haystack import haystack
from bench.matching.memory import peak_above, resident

LISTED = 25_000
_QUESTION = data.entity("first", "Person", name="Jonathan Q. Example")


def main() -> None:
    """Do what was asked and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["index", "open", "answers", "laws"])
    parser.add_argument("--engine", required=True)
    parser.add_argument("--names", type=int, default=LISTED)
    parser.add_argument("--path", type=Path)
    parser.add_argument("--shuffle", type=int, default=0)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--started", type=float, default=0.0)
    options = parser.parse_args()
    todo = {"index": index, "open": opened, "answers": answers, "laws": law_breaches}
    print(json.dumps(todo[options.what](options)))


def _entities(names: int) -> list[Entity]:
    return lists.listed() if names == LISTED else haystack(names)


def index(options: argparse.Namespace) -> dict[str, Any]:
    """Build; then keep and open it elsewhere if the engine can, else say when the first answer came after a start from scratch."""
    entities = _entities(options.names)
    before, start = resident(), time.perf_counter()
    with peak_above() as peak:
        engine = engine_named(options.engine)
        imported = time.perf_counter() - start
        built = engine.build(entities)
        took = time.perf_counter() - start - imported
    built.search([_QUESTION], 5)
    told = {
        "names": options.names,
        "build_s": took,
        "import_s": imported,
        "first_answer_s": time.perf_counter() - start,
    }
    del entities
    told |= {"build_peak": peak.mib, "input": before, "held": max(0.0, resident() - before)}
    if isinstance(built, Keeps):
        told |= _kept(built, options.engine)
    return told


def _kept(built: Keeps, label: str) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="bench-index-"))
    try:
        start = time.perf_counter()
        built.save(folder / "index")
        saved = time.perf_counter() - start
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20
        command = [
            sys.executable,
            "-m",
            "bench.matching.probe",
            "open",
            "--engine",
            label,
            "--path",
            str(folder / "index"),
        ]
        started = time.time()
        done = subprocess.run([*command, "--started", repr(started)], capture_output=True, text=True, check=True)
        return {"save_s": saved, "disk_mib": size, **json.loads(done.stdout.splitlines()[-1])}
    finally:
        shutil.rmtree(folder)


def opened(options: argparse.Namespace) -> dict[str, Any]:
    """Open a kept index and answer; the first answer counts from the start of the process, interpreter and imports included."""
    engine: Any = engine_named(options.engine)
    start = time.perf_counter()
    held = engine.open(options.path)
    opening = time.perf_counter() - start
    held.search([_QUESTION], 5)
    first = time.time() - options.started
    names = [lists.names_of(each)[0] for each in lists.listed() if lists.names_of(each)][:2000]
    held.search([data.entity(f"a-{n}", "Person", name=name) for n, name in enumerate(names)], 5)
    return {"open_s": opening, "first_answer_s": first, "held": resident()}


def answers(options: argparse.Namespace) -> dict[str, Any]:
    """Digest of scores of name pairs, and of hits of a list whose entities come in another order."""
    engine = engine_named(options.engine)
    pairs = [pair.names for pair in data.name_bench()]
    order = list(range(len(pairs)))
    entities = list(lists.listed())
    if options.shuffle:
        random.Random(options.shuffle).shuffle(order)
        random.Random(options.shuffle).shuffle(entities)
    scored = dict(zip(order, engine.compare_names([pairs[place] for place in order]), strict=True))
    queries = data.queries_of(data.people("positives_un_treated")[: options.count], "d")
    hits = engine.build(entities).search(queries, 5)
    return {
        "names": _digest([round(float(scored[place]), 9) for place in sorted(scored)]),
        "hits": _digest([[(identity, round(score, 9)) for identity, score in each] for each in hits]),
        "hit_scores": _digest([[round(score, 9) for _, score in each] for each in hits]),
    }


def law_breaches(options: argparse.Namespace) -> dict[str, Any]:
    """Count breaches of the laws; see `laws.py`."""
    return laws.breaches(engine_named(options.engine), options.count)


def _digest(told: Any) -> str:
    return blake2b(json.dumps(told).encode(), digest_size=8).hexdigest()


if __name__ == "__main__":
    main()
