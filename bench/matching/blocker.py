"""nomenklatura's own way to candidates: a DuckDB index that answers batches, behind its `xref` and its enrichers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from bench.matching.engine import Entity, Hits
from followthemoney import Dataset, EntityProxy, StatementEntity
from nomenklatura.blocker import Index as DuckIndex
from nomenklatura.resolver import Linker
from nomenklatura.store.memory import MemoryStore

XREF_PAIRS = 50_000
"""Pairs that nomenklatura's `xref` asks of its blocker by default (limit 5,000, factor 10)."""
XREF_SUGGESTIONS, XREF_LEAST = 5_000, 0.01
"""It stops after so many pairs of at least such a score, pairs within one list included."""
_DATASET = Dataset.make({"name": "bench", "title": "bench"})


class Scorer(Protocol):
    """What compares two entities of nomenklatura."""

    def score(self, left: EntityProxy, right: EntityProxy) -> float:
        """Score from 0 to 1."""


class BlockerIndex:
    """Entities in nomenklatura's blocker; each candidate it brings (at most 75 a query) is compared."""

    def __init__(self, scorer: Scorer, entities: Sequence[Entity]) -> None:
        self._scorer = scorer
        self._folder = TemporaryDirectory()
        self._view = _stored(entities)
        self._blocker = DuckIndex(self._view, Path(self._folder.name))
        self._blocker.build()

    def search(self, queries: Sequence[Entity], limit: int) -> list[Hits]:
        """Block all queries at once, then compare."""
        asked = {f"?{number}": _statements({**query, "id": f"?{number}"}) for number, query in enumerate(queries)}
        found: dict[str, Hits] = {}
        for identity, candidates in self._blocker.match_entities(asked.values()):
            listed = [self._view.get_entity(each.id) for each, _ in candidates]
            query = asked[identity.id]
            hits = [(str(each.id), self._scorer.score(query, each)) for each in listed if each is not None]
            found[identity.id] = sorted(hits, key=lambda hit: -hit[1])[:limit]
        return [found.get(identity, []) for identity in asked]


def pairs_across(scorer: Scorer, left: Sequence[Entity], right: Sequence[Entity]) -> Iterator[tuple[str, str, float]]:
    """Block and compare as `xref` does, over both lists together; pairs within one list are compared too, and dropped."""
    first_side = {each["id"] for each in left}
    view = _stored([*left, *right])
    with TemporaryDirectory() as folder:
        blocker = DuckIndex(view, Path(folder))
        blocker.build()
        suggested = 0
        for (one, other), _ in blocker.pairs(max_pairs=XREF_PAIRS):
            first, second = view.get_entity(one.id), view.get_entity(other.id)
            if first is None or second is None or not first.schema.can_match(second.schema):
                continue
            score = scorer.score(first, second)
            suggested += score >= XREF_LEAST
            if suggested > XREF_SUGGESTIONS:
                break
            if (one.id in first_side) != (other.id in first_side):
                yield (one.id, other.id, score) if one.id in first_side else (other.id, one.id, score)
        blocker.close()


def _stored(entities: Sequence[Entity]) -> object:
    store = MemoryStore(_DATASET, Linker({}))
    with store.writer() as writer:
        for each in entities:
            writer.add_entity(_statements(each))
    return store.default_view()


def _statements(entity: Entity) -> StatementEntity:
    return StatementEntity.from_data(_DATASET, entity, cleaned=True)
