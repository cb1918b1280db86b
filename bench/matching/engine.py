"""What a matching engine must offer to be measured, and where the engines that we know are found.

The harness knows nothing of how an engine works. It hands over FollowTheMoney entities as plain dicts
(`{"id", "schema", "properties": {prop: [values]}}`) and gets numbers between 0 and 1 back, a whole batch per call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Entity = dict[str, Any]
"""A FollowTheMoney entity: `id`, `schema`, `properties` (each a list of texts)."""
NameTriple = tuple[str, str, str]
"""Two names and the schema both are read as."""
Hits = list[tuple[str, float]]
"""Entity ids with scores, best first."""
Scores = NDArray[np.float64]


class Index(Protocol):
    """Many entities, analysed once."""

    def search(self, queries: Sequence[Entity], limit: int) -> list[Hits]:
        """Find for each query the entities most like it, best first, at most `limit`; scores 0 to 1."""


class Engine(Protocol):
    """Two names, two entities, or one against many.

    Attributes:
        name: How tables call it.
        alert: Score from which a hit of `search` or `compare_names` is an alert.
        same: Score from which `compare` says that two entities are one.
    """

    name: str
    alert: float
    same: float

    def compare_names(self, pairs: Sequence[NameTriple]) -> Scores:
        """Score name pairs; analysis of both names is part of the call."""

    def compare(self, pairs: Sequence[tuple[Entity, Entity]]) -> Scores:
        """Score entity pairs; analysis of both entities is part of the call."""

    def build(self, entities: Sequence[Entity]) -> Index:
        """Analyse entities and index them."""


@runtime_checkable
class Fits(Protocol):
    """An engine with fitted parameters: the harness refits it without the part that it is then judged on."""

    def fitted(
        self, names: Sequence[tuple[NameTriple, bool]], entities: Sequence[tuple[tuple[Entity, Entity], bool]]
    ) -> Engine:
        """Make an engine of the same kind whose parameters saw only these judged pairs; either may be empty (keep the default)."""


@runtime_checkable
class Keeps(Protocol):
    """An index that can be written to disk; its engine then has `open(path) -> Index`."""

    def save(self, path: Path) -> None:
        """Write the index into a folder that does not exist yet."""


@runtime_checkable
class Analyses(Protocol):
    """An engine that keeps entities analysed, so that comparing them can be timed by itself."""

    def analysed(self, pairs: Sequence[tuple[Entity, Entity]]) -> Callable[[], Scores]:
        """Analyse both entities of each pair; what comes back scores the pairs, as `compare` does."""


@runtime_checkable
class Joins(Protocol):
    """An engine with a way of its own to find all pairs between two lists; others search the right list for each of the left."""

    def join(self, left: Sequence[Entity], right: Sequence[Entity]) -> list[tuple[str, str, float]]:
        """Find pairs (left id, right id, score) that could be one; each pair once."""


KNOWN = {
    "ours": "bench.matching.ours:engine",
    "logic-v2": "bench.matching.peers:logic_v2",
    "logic-v2-blocker": "bench.matching.peers:logic_v2_blocker",
    "logic-v1": "bench.matching.peers:logic_v1",
    "er-unstable": "bench.matching.peers:er_unstable",
    "name-based": "bench.matching.peers:name_based",
    "token_sort": "bench.matching.fuzz:token_sort",
    "token_set": "bench.matching.fuzz:token_set",
    "wratio": "bench.matching.fuzz:wratio",
    "jaro_winkler": "bench.matching.fuzz:jaro_winkler",
    "combined": "bench.matching.combined:Combined",
}
"""Engine name to `module:factory`; any other `module:factory` may be given on the command line."""
PEERS = ("logic-v2", "er-unstable", "logic-v1", "token_sort")


def engine_named(name: str) -> Engine:
    """Make an engine.

    Args:
        name: A key of `KNOWN`, or `module:factory` of one's own.

    Raises:
        SystemExit: There is no such engine, or what it needs is not installed; says what to do.
    """
    place = KNOWN.get(name, name)
    module, _, factory = place.partition(":")
    if not factory:
        raise SystemExit(f"{name!r} is no engine; known are {', '.join(KNOWN)}, or give module:factory")
    try:
        engine: Engine = getattr(import_module(module), factory)()
    except ImportError as error:
        raise SystemExit(f"engine {name}: {error}; see bench/matching/README.md for what to install") from error
    return engine


def in_batches(items: Sequence[Any], size: int) -> list[Sequence[Any]]:
    """Cut a sequence into consecutive pieces of at most `size`."""
    return [items[start : start + size] for start in range(0, len(items), size)]
