"""Shellgame's first matcher, the one to be replaced, as an engine: words alike by edits, weighted by how telling they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from bench.matching.engine import Entity, Hits, NameTriple, Scores
from bench.matching.lists import names_of

from shellgame.match.index import ListedName, NameIndex, tokens_of


class FirstMatcher:
    """`shellgame.match.index.NameIndex`."""

    name, alert, same = "ours-first", 0.7, 0.7

    def compare_names(self, pairs: Sequence[NameTriple]) -> Scores:
        """Search each left name in an index of all right names: it knows no other way to compare two."""
        index = self.build([_named(position, right, schema) for position, (_, right, schema) in enumerate(pairs)])
        found = [
            dict(index.search([_named(position, left, schema)], len(pairs))[0])
            for position, (left, _, schema) in enumerate(pairs)
        ]
        return np.array([scores.get(str(position), 0.0) for position, scores in enumerate(found)])

    def compare(self, pairs: Sequence[tuple[Entity, Entity]]) -> Scores:
        """Best of all names; nothing else of the entities counts."""
        index = self.build([{**right, "id": str(position)} for position, (_, right) in enumerate(pairs)])
        found = [dict(index.search([left], len(pairs))[0]) for left, _ in pairs]
        return np.array([scores.get(str(position), 0.0) for position, scores in enumerate(found)])

    def build(self, entities: Sequence[Entity]) -> FirstIndex:
        """Index every name."""
        return FirstIndex(entities)


class FirstIndex:
    """An index that is asked with entities."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._index = NameIndex([_listed(each, name) for each in entities for name in names_of(each)])

    def search(self, queries: Sequence[Entity], limit: int) -> list[Hits]:
        """Best of all names of each query."""
        return [self._searched(query, limit) for query in queries]

    def _searched(self, query: Entity, limit: int) -> Hits:
        best: dict[str, float] = {}
        for name in names_of(query):
            for hit in self._index.search(name, schema=query["schema"], limit=limit, threshold=0.0):
                best[hit.entity_id] = max(hit.score, best.get(hit.entity_id, 0.0))
        return sorted(best.items(), key=lambda hit: (-hit[1], hit[0]))[:limit]


def _listed(entity: Entity, name: str) -> ListedName:
    """A listed name, by field name: fields have come and gone while this matcher was kept."""
    schema = entity["schema"]
    told = {"entity_id": str(entity["id"]), "schema": schema, "source": "bench", "listed": True, "name": name}
    told["tokens"] = tokens_of(schema, name)
    return ListedName(**{field: told[field] for field in ListedName._fields})


def _named(position: int, name: str, schema: str) -> Entity:
    return {"id": str(position), "schema": schema, "properties": {"name": [name]}}
