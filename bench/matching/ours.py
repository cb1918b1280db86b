"""Shellgame's engine as the harness sees it. The one place to change when the engine's own face changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from bench.matching.engine import Entity, Hits, NameTriple, Scores
from bench.matching.groups import NAMES
from bench.matching.lists import names_of

from shellgame.match.analysed import Analysed
from shellgame.match.compare import compare_many, names_compared
from shellgame.match.engine import PartyEngine
from shellgame.match.evidence import Weights
from shellgame.match.party_index import Party
from shellgame.match.scoring import Models, model, name_scores
from shellgame.match.search import Subject

LOWEST = 0.0
"""All that is found counts: some measures ask for places, not scores."""
JOINED = 0.1
"""Two records less likely one are no pair of a join."""


class Ours:
    """Names, and all else that records tell."""

    name, alert, same = "ours", 0.7, 0.5

    def __init__(self, models: Models | None = None, weights: Weights | None = None) -> None:
        self._models, self._weights = models or model(), weights

    def fitted(
        self,
        names: Sequence[tuple[NameTriple, bool]],
        entities: Sequence[tuple[tuple[Entity, Entity], bool]],
    ) -> Ours:
        """Fit both models anew, as far as there is something to fit them to."""
        from bench.matching import fit_names, fit_records  # these need what only the peers' environment has

        models = fit_names.fit(names) if names else self._models
        told = partial(names_compared, forest=models.pairs)
        return Ours(models, fit_records.fitted_to(entities, told) if entities else self._weights)

    def compare_names(self, pairs: Sequence[NameTriple]) -> Scores:
        """Score name pairs."""
        return np.asarray(name_scores(pairs, self._models.pairs), np.float64)

    def compare(self, pairs: Sequence[tuple[Entity, Entity]]) -> Scores:
        """Score entity pairs."""
        return compare_many(pairs, forest=self._models.pairs, weights=self._weights)

    def analysed(self, pairs: Sequence[tuple[Entity, Entity]]) -> Callable[[], Scores]:
        """Keep entities taken apart, each by itself."""
        records = Analysed([entity for pair in pairs for entity in pair])
        numbers = np.arange(len(records)).reshape(-1, 2)
        return lambda: records.compare(numbers, forest=self._models.pairs, weights=self._weights)

    def build(self, entities: Sequence[Entity]) -> OurIndex:
        """Index entities by id, whatever order they come in."""
        parties = (
            Party(str(each["id"]), each["schema"], names_of(each), _beside_names(each))
            for each in sorted(entities, key=lambda each: str(each["id"]))
        )
        return OurIndex(PartyEngine.build(parties, forest=self._models.search, weights=self._weights))

    def join(self, left: Sequence[Entity], right: Sequence[Entity]) -> list[tuple[str, str, float]]:
        """Ask for every entity of the one side on the other; what is not at all likely is no pair."""
        found = self.build(right).search(left, 10, JOINED)
        return [
            (str(each["id"]), other, score) for each, hits in zip(left, found, strict=True) for other, score in hits
        ]

    def open(self, path: Path) -> OurIndex:
        """Open a saved index."""
        return OurIndex(PartyEngine.open(path, forest=self._models.search, weights=self._weights))


class OurIndex:
    """The product's engine, asked with entities."""

    def __init__(self, engine: PartyEngine) -> None:
        self._engine = engine

    def search(self, queries: Sequence[Entity], limit: int, threshold: float = LOWEST) -> list[Hits]:
        """Best of all names of each query, corrected by what else it tells."""
        subjects = [Subject(tuple(names_of(each)), each["schema"], _beside_names(each)) for each in queries]
        found = self._engine.search(subjects, limit=limit, threshold=threshold, wanted=None)
        return [[(self._engine.index.id_of(each.party), each.score) for each in several] for several in found]

    def save(self, path: Path) -> None:
        """Write the index."""
        self._engine.save(path)


def _beside_names(entity: Entity) -> dict[str, list[str]]:
    return {prop: values for prop, values in entity["properties"].items() if prop not in NAMES}


def engine() -> Ours:
    """Make the engine."""
    return Ours()
