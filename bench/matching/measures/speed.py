"""How fast, and how it grows: queries a second, percentiles of a single query, and what an index costs to build, open and hold."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

from bench.matching import lists
from bench.matching.context import Context, Outcome, score_of, share
from bench.matching.engine import Engine, Entity, Index
from bench.matching.haystack import haystack, questions
from bench.matching.stats import latency

BUDGET = 45.0
"""Seconds that each part of a timing may take; a slow engine answers fewer queries, and the table says how many."""
LIMIT = 5


def small(context: Context) -> Outcome:
    """Against the screening list: 9,979 entities with some 25,000 names."""
    return _timed(context, context.listed, [each for each in lists.listed() if each["properties"].get("name")])


def million(context: Context) -> Outcome:
    """Against 1,000,000 names (100,000 when quick)."""
    names = context.size(1_000_000)
    if names > largest(context.engine):
        return _skipped(context.engine, names)
    entities = haystack(names)
    return _timed(context, context.engine.build(entities), entities)


def largest(engine: Engine) -> int:
    """How many names an engine can be asked to hold on such a machine; engines without an opinion get all."""
    return int(getattr(engine, "largest", 1 << 62))


def _skipped(engine: Engine, names: int) -> Outcome:
    return Outcome(
        {}, note=f"{engine.name} is not made for {names:,} names here; the largest tried is {largest(engine):,}"
    )


def _timed(context: Context, index: Index, entities: Sequence[Entity]) -> Outcome:
    asked = questions(entities, 20_000)
    queries = [query for query, _ in asked]
    single, single_cpu = _one_by_one(index, queries)
    count, spent, cpu, hits = _in_bulk(index, queries, single)
    found = [
        score_of(each, target) >= context.engine.alert
        for each, (_, target) in zip(hits, asked[:count], strict=True)
        if target
    ]
    alarmed = [
        bool(each) and each[0][1] >= context.engine.alert
        for each, (_, t) in zip(hits, asked[:count], strict=True)
        if not t
    ]
    figures = {
        "per_s": count / spent,
        "per_cpu_s": count / cpu,
        "asked": count,
        **latency(single),
        **{f"cpu_{key}": value for key, value in latency(single_cpu).items()},
        "asked_singly": len(single),
        "slips_found": share(found),
        "strangers_alarmed": share(alarmed),
    }
    note = "half of the queries are strangers, half listed names with one slip; cpu: processor time, fair on a busy machine"
    return Outcome(figures, note=note)


def _one_by_one(index: Index, queries: Sequence[Entity]) -> tuple[list[float], list[float]]:
    """Seconds of single queries, by the clock and of the processor, after a hundred that warm up, or fewer where one is slow."""
    begun = time.perf_counter()
    spent, used = [], []
    for number, query in enumerate(queries[:2100]):
        start, cpu = time.perf_counter(), time.process_time()
        index.search([query], LIMIT)
        used.append(time.process_time() - cpu)
        spent.append(time.perf_counter() - start)
        if time.perf_counter() - begun > BUDGET and number >= 30:
            break
    warm = min(100, len(spent) // 3)
    return spent[warm:], used[warm:]


def _in_bulk(index: Index, queries: Sequence[Entity], single: list[float]) -> tuple[int, float, float, list[Any]]:
    """Answer as many as fit the budget in one call, after a small one: how many, seconds, seconds of all processors, hits."""
    typical = sorted(single)[len(single) // 2]
    count = int(min(len(queries), max(50, BUDGET / max(typical, 1e-6))))
    index.search(queries[: min(64, count)], LIMIT)
    start, cpu = time.perf_counter(), time.process_time()
    hits = index.search(queries[:count], LIMIT)
    return count, time.perf_counter() - start, time.process_time() - cpu, hits


def index_small(context: Context) -> Outcome:
    """The index of the screening list, each step in a process of its own."""
    return _index(context, 25_000)


def index_million(context: Context) -> Outcome:
    """The index of 1,000,000 names, each step in a process of its own."""
    names = context.size(1_000_000)
    return _skipped(context.engine, names) if names > largest(context.engine) else _index(context, names)


def _index(context: Context, names: int) -> Outcome:
    told = probe(context, "index", "--names", str(names))
    return Outcome(told, note="memory is resident MiB; `held` without a saved index is what the building process keeps")


def growth(context: Context) -> Outcome:
    """Processor milliseconds a query as the list grows 10 and 100 times, the same mixture of queries each time."""
    rows = []
    for names in [context.size(each) for each in (10_000, 100_000, 1_000_000)]:
        if names > largest(context.engine):
            continue
        entities = haystack(names)
        index = context.engine.build(entities)
        queries = [query for query, _ in questions(entities, 2_000)]
        single, used = _one_by_one(index, queries)
        count, _, cpu, _ = _in_bulk(index, queries, single)
        rows.append({"names": names, "cpu_ms_in_bulk": cpu / count * 1e3, "asked": count, **latency(single)})
        rows[-1]["cpu_p50_ms"] = latency(used)["p50_ms"]
        del index, entities
    figures = {"cpu_ms_first": rows[0]["cpu_ms_in_bulk"]}
    for row, factor in zip(rows[1:], (10, 100), strict=False):
        figures[f"times_{factor}"] = row["cpu_ms_in_bulk"] / rows[0]["cpu_ms_in_bulk"]
        figures[f"p50_times_{factor}"] = row["cpu_p50_ms"] / rows[0]["cpu_p50_ms"]
    return Outcome(figures, {"by size": rows})


def probe(context: Context, *arguments: str, timeout: float = 3600, **environment: str) -> dict[str, Any]:
    """Run `bench.matching.probe` in a fresh process and read the JSON it prints last.

    Raises:
        RuntimeError: It failed; quotes its last words.
    """
    command = [sys.executable, "-m", "bench.matching.probe", *arguments, "--engine", context.label]
    start = time.time()
    done = subprocess.run(
        [*command, "--started", repr(start)],
        capture_output=True,
        text=True,
        timeout=timeout,
        env={**os.environ, **environment},
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stderr[-800:]}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
