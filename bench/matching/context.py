"""What measures share: the engine, how much to do, indexes already built, and the shape of a result."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.matching import lists
from bench.matching.engine import Engine, Entity, Hits, Index

SLOW = 2e-3
"""An engine that takes more processor seconds than this a query gets samples where the full set would take an hour."""


@dataclass
class Outcome:
    """What one measure found for one engine.

    Attributes:
        figures: The row of the measure's table: column to number.
        tables: Further tables: title to rows.
        shown: Lines for the screen only; they may hold real names.
        wrong: The same for each case that went wrong, shown as far as `--errors` asks.
        errors: Ids of cases that went wrong, which may be kept.
        note: What to know when reading the figures.
    """

    figures: dict[str, Any]
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    note: str = ""


class Context:
    """One engine under measurement.

    Attributes:
        engine: The engine.
        label: The name it was asked for by, with which a subprocess can make it again.
        quick: Whether samples are to be a tenth.
    """

    def __init__(self, engine: Engine, label: str, *, quick: bool = False) -> None:
        self.engine, self.label, self.quick = engine, label, quick
        self._listed: Index | None = None
        self.seconds_per_query = 0.0

    def size(self, full: int, quick: int | None = None) -> int:
        """How many to take: the full number, or a tenth when in a hurry."""
        return (quick if quick is not None else max(1, full // 10)) if self.quick else full

    def if_slow(self, full: int, slow: int) -> int:
        """How many queries to take, fewer of an engine that takes milliseconds for each."""
        return self.size(slow if self.seconds_per_query > SLOW else full)

    @property
    def listed(self) -> Index:
        """The screening list, indexed; built once, warmed up, and timed for `seconds_per_query`."""
        if self._listed is None:
            self._listed = self.engine.build(lists.listed())
            probe = lists.listed()[:400:20]
            for _ in range(2):
                start = time.process_time()
                self._listed.search([_only_name(each) for each in probe], 5)
                self.seconds_per_query = (time.process_time() - start) / len(probe)
        return self._listed

    def search(self, index: Index, queries: Sequence[Entity], limit: int = 50) -> list[Hits]:
        """Search in batches of 2,000, so that nothing grows out of hand."""
        found: list[Hits] = []
        for start in range(0, len(queries), 2000):
            found += index.search(queries[start : start + 2000], limit)
        return found


def _only_name(entity: Entity) -> Entity:
    return {
        "id": f"warm-{entity['id']}",
        "schema": entity["schema"],
        "properties": {"name": lists.names_of(entity)[:1]},
    }


def score_of(hits: Hits, identity: str) -> float:
    """The score of one entity among hits; 0 where it is not among them."""
    return dict(hits).get(identity, 0.0)


def best_score(hits: Hits) -> float:
    """The first hit's score; 0 without hits."""
    return hits[0][1] if hits else 0.0


def rank_of(hits: Hits, identity: str) -> int | None:
    """Place of an entity among hits, from 1."""
    return next((place for place, (found, _) in enumerate(hits, 1) if found == identity), None)


def share(flags: Sequence[bool]) -> float | None:
    """Share that is true; None of nothing."""
    return sum(flags) / len(flags) if flags else None
