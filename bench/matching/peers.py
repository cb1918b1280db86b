"""The open matchers of OpenSanctions' nomenklatura as engines.

They compare entities; their own index (DuckDB, `blocker.py`) answers batches and takes most of a second for a single query. So
`search` scores the candidates of `candidates.KeyIndex`, as yente does with Elasticsearch; `join` is nomenklatura's own way, and
`logic-v2-blocker` is the same matcher on its own index.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import count

import numpy as np
from bench.matching.blocker import BlockerIndex, pairs_across
from bench.matching.candidates import KeyIndex
from bench.matching.engine import Entity, Hits, NameTriple, Scores
from followthemoney import EntityProxy
from nomenklatura.matching import ScoringConfig, get_algorithm
from nomenklatura.matching.logic_v2.names import analysis, match

_fresh = count()
for _module, _name in ((analysis, "entity_names"), (match, "entity_names_consolidated")):
    # Their caches hold the names of 1,000 entities; a list of 10,000 would be analysed over and over. We measure them warm.
    _roomy = lru_cache(maxsize=1 << 16)(getattr(analysis, _name).__wrapped__)
    setattr(_module, _name, _roomy)
    setattr(match, _name, _roomy)


def logic_v2() -> Nomenklatura:
    """OpenSanctions' best rule matcher."""
    return Nomenklatura("logic-v2", alert=0.7, same=0.7)


def logic_v2_blocker() -> WithBlocker:
    """OpenSanctions' best rule matcher behind nomenklatura's own index."""
    return WithBlocker("logic-v2", alert=0.7, same=0.7)


def logic_v1() -> Nomenklatura:
    """Its forerunner."""
    return Nomenklatura("logic-v1", alert=0.7, same=0.7)


def er_unstable() -> Nomenklatura:
    """The regression that nomenklatura dedupes with."""
    return Nomenklatura("er-unstable", alert=0.5, same=0.5)


def name_based() -> Nomenklatura:
    """Names alone, Jaro-Winkler and Soundex."""
    return Nomenklatura("name-based", alert=0.7, same=0.7)


class Nomenklatura:
    """One of nomenklatura's scoring algorithms.

    Attributes:
        largest: Names that it is asked to hold; a million of its entities would not leave room for anybody else here.
    """

    largest = 100_000

    def __init__(self, name: str, *, alert: float, same: float) -> None:
        self.name, self.alert, self.same = name, alert, same
        algorithm = get_algorithm(name)
        if algorithm is None:
            raise ImportError(f"nomenklatura has no {name}")
        self._algorithm = algorithm
        self._config = ScoringConfig.defaults()

    def score(self, left: EntityProxy, right: EntityProxy) -> float:
        """Compare two entities already made; 0 where nothing could be of both schemata, which some of its features refuse."""
        if left.schema != right.schema and not left.schema.can_match(right.schema):
            return 0.0
        return float(np.clip(self._algorithm.compare(left, right, self._config).score, 0, 1))

    def compare_names(self, pairs: Sequence[NameTriple]) -> Scores:
        """Two fresh entities a pair, as upstream's own benchmark does."""
        return np.array([self.score(_named(left, schema), _named(right, schema)) for left, right, schema in pairs])

    def compare(self, pairs: Sequence[tuple[Entity, Entity]]) -> Scores:
        """Two fresh entities a pair: they cache by id, and a pair must not profit from the one before."""
        return np.array([self.score(proxy(left), proxy(right)) for left, right in pairs])

    def analysed(self, pairs: Sequence[tuple[Entity, Entity]]) -> Callable[[], Scores]:
        """Entities made, and compared once, so that what they keep is there; they keep the names of the last thousand."""
        made = [(proxy(left), proxy(right)) for left, right in pairs]

        def compare() -> Scores:
            return np.array([self.score(left, right) for left, right in made])

        compare()
        return compare

    def build(self, entities: Sequence[Entity]) -> CandidateIndex:
        """Index entities by keys."""
        return CandidateIndex(self, entities)

    def join(self, left: Sequence[Entity], right: Sequence[Entity]) -> list[tuple[str, str, float]]:
        """Nomenklatura's own way, see `blocker.pairs_across`."""
        return list(pairs_across(self, left, right))


class WithBlocker(Nomenklatura):
    """The same, with candidates from nomenklatura's own index instead of ours."""

    largest = 30_000

    def build(self, entities: Sequence[Entity]) -> BlockerIndex:
        """Fill its DuckDB index."""
        return BlockerIndex(self, entities)


class CandidateIndex:
    """Entities made once, candidates by keys, each candidate compared."""

    def __init__(self, engine: Nomenklatura, entities: Sequence[Entity]) -> None:
        self._engine = engine
        self._ids = [str(each["id"]) for each in entities]
        self._entities = [proxy(each) for each in entities]
        self._keys = KeyIndex(entities)

    def search(self, queries: Sequence[Entity], limit: int) -> list[Hits]:
        """Compare each query with its candidates."""
        return [
            self._scored(query, candidates, limit)
            for query, candidates in zip(queries, self._keys.candidates(queries), strict=True)
        ]

    def _scored(self, query: Entity, candidates: list[int], limit: int) -> Hits:
        asked = proxy(query)
        hits = [(self._ids[each], self._engine.score(asked, self._entities[each])) for each in candidates]
        return sorted(hits, key=lambda hit: -hit[1])[
            :limit
        ]  # equal scores stay in the order of the candidates, as in yente


def proxy(entity: Entity) -> EntityProxy:
    """Make nomenklatura's entity under an id of its own: it caches names by id, and two lists can share ids."""
    return EntityProxy.from_dict({**entity, "id": f"{entity['id']}~{next(_fresh)}"}, cleaned=True)


def _named(name: str, schema: str) -> EntityProxy:
    return EntityProxy.from_dict(
        {"id": f"n{next(_fresh)}", "schema": schema, "properties": {"name": [name]}}, cleaned=True
    )
