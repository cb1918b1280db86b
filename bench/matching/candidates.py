"""Candidates for peers that only compare: entities that share the most telling keys with a query, as yente asks Elasticsearch.

Keys of a name are its Latin tokens, their metaphones, rigour's symbols and letter trigrams, weighted by rarity and by kind
(token 1, symbol 0.7, metaphone 0.5, trigram 0.3). MATCHING.md found that with fifty of these no true answer of the screening
sets is lost, so that what is measured is the comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from bench.matching.engine import Entity, in_batches
from bench.matching.lists import names_of
from normality import ascii_text
from rigour.names import NameTypeTag, analyze_names
from rigour.text import metaphone
from scipy.sparse import csr_matrix

CANDIDATES = 50
WEAKEST = 0.2
"""Candidates that share less than this part of what the best one shares are left out; on the treated UN set 45 of 50 stay, so no
right answer is lost, and the peers are spared work that yente's query would spare them too."""
_WEIGHT = {"t": 1.0, "s": 0.7, "m": 0.5, "3": 0.3}
_COMPATIBLE = {
    "Person": {"Person", "LegalEntity"},
    "LegalEntity": {"LegalEntity", "Person", "Organization", "Company", "PublicBody"},
    "Organization": {"LegalEntity", "Organization", "Company", "PublicBody"},
    "Company": {"LegalEntity", "Organization", "Company"},
    "PublicBody": {"LegalEntity", "Organization", "PublicBody"},
}


def schema_masks(entities: Sequence[Entity]) -> dict[str, np.ndarray]:
    """For each schema a query may have: which entities it could be."""
    schemata = np.array([each["schema"] for each in entities])
    wanted = {*_COMPATIBLE, *schemata.tolist()}
    return {schema: np.isin(schemata, sorted(_COMPATIBLE.get(schema, {schema}))) for schema in sorted(wanted)}


class KeyIndex:
    """Entities by the keys of their names."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._masks = schema_masks(entities)
        self._columns: dict[str, int] = {}
        rows, columns = [], []
        for row, each in enumerate(entities):
            for key in sorted(set(_keys(each))):
                rows.append(row)
                columns.append(self._columns.setdefault(key, len(self._columns)))
        shape = (len(entities), max(1, len(self._columns)))
        table = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape)
        held = np.maximum(np.asarray(table.sum(0)).ravel(), 1)
        kinds = np.array([_WEIGHT[key[0]] for key in self._columns] or [1.0], np.float32)
        self._weights = kinds * np.log(1 + len(entities) / held).astype(np.float32)
        self._by_key = table.T.tocsr()

    def candidates(self, queries: Sequence[Entity], limit: int = CANDIDATES) -> list[list[int]]:
        """Positions of the `limit` entities that share most with each query."""
        found: list[list[int]] = []
        for batch in in_batches(list(queries), 128):
            table = self._query_table(batch)
            gains = (table @ self._by_key).toarray()
            for gain, query in zip(gains, batch, strict=True):
                found.append(self._best(gain, query["schema"], limit))
        return found

    def _query_table(self, queries: Sequence[Entity]) -> csr_matrix:
        rows, columns = [], []
        for row, query in enumerate(queries):
            known = sorted({self._columns[key] for key in _keys(query) if key in self._columns})
            rows += [row] * len(known)
            columns += known
        shape = (len(queries), max(1, len(self._columns)))
        return csr_matrix((self._weights[columns] if columns else [], (rows, columns)), shape, dtype=np.float32)

    def _best(self, gain: np.ndarray, schema: str, limit: int) -> list[int]:
        gain = gain * self._masks.get(schema, np.ones(len(gain), bool))
        count = min(limit, int((gain > WEAKEST * gain.max(initial=0)).sum()))
        if not count:
            return []
        best = np.argpartition(-gain, count - 1)[:count]
        return [int(each) for each in best[np.lexsort((best, -gain[best]))]]


def _keys(entity: Entity) -> Iterator[str]:
    tag = NameTypeTag.PER if entity["schema"] == "Person" else NameTypeTag.ORG
    names = names_of(entity)
    for name in analyze_names(tag, names, {}, phonetics=False):
        yield from (f"s{span.symbol}" for span in name.spans)
    for name in names:
        latin = "".join(c if c.isalnum() else " " for c in (ascii_text(name) or "").casefold())
        for token in latin.split():
            yield f"t{token}"
            if len(token) > 2 and (sound := metaphone(token)):
                yield f"m{sound}"
            padded = f"^{token}$"
            yield from (f"3{padded[start : start + 3]}" for start in range(len(padded) - 2))
