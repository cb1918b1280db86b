"""The same input gives the same output, whatever the hash seed, the workers and the order in which things come; laws hold."""

from __future__ import annotations

import subprocess

from bench.matching.context import Context, Outcome
from bench.matching.measures.speed import probe

_RUNS = (
    {"PYTHONHASHSEED": "1", "NUMBA_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    {"PYTHONHASHSEED": "2", "NUMBA_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"},
)


def determinism(context: Context) -> Outcome:
    """Scores of name pairs and hits of searches in three fresh processes: other hash seed and workers, other order of arrival."""
    count = str(context.size(300, 50))
    one = probe(context, "answers", "--count", count, **_RUNS[0])
    two = probe(context, "answers", "--count", count, **_RUNS[1])
    shuffled = probe(context, "answers", "--count", count, "--shuffle", "9", **_RUNS[0])
    same = {f"same_{what}": one[what] == two[what] for what in ("names", "hits")}
    order = {f"order_free_{what}": one[what] == shuffled[what] for what in ("names", "hits", "hit_scores")}
    return Outcome(same | order, note="digests of scores rounded to nine digits")


def laws(context: Context) -> Outcome:
    """Symmetry, identity, indifference to case, space and Unicode form: breaches counted; random and very long text: survived?"""
    count = context.if_slow(100_000, 5_000)
    try:
        told = probe(context, "laws", "--count", str(count), timeout=1800)
    except subprocess.TimeoutExpired:
        return Outcome({"hangs": True}, note="did not finish in half an hour")
    return Outcome(told, note="breaches among `pairs`; symmetry is a law only where an engine promises it")
