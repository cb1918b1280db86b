"""Shellgame's engine as the harness sees it. The one place to change when the engine's own face changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from bench.matching.engine import Entity, Hits, NameTriple, Scores
from bench.matching.lists import names_of
from shellgame.kernels.forest import Forest
from shellgame.match.party_index import Party, PartyIndex, Query
from shellgame.match.scoring import model, name_scores


class Ours:
    """Names only for now."""

    name, alert, same = "ours", 0.7, 0.5

    def __init__(self, forest: Forest | None = None) -> None:
        self.forest = forest or model()

    def compare_names(self, pairs: Sequence[NameTriple]) -> Scores:
        """Score name pairs."""
        return np.asarray(name_scores(pairs, self.forest), np.float64)

    def build(self, entities: Sequence[Entity]) -> OurIndex:
        """Index entities."""
        return OurIndex(
            PartyIndex.build(
                Party(str(each["id"]), each["schema"], names_of(each), each["properties"])
                for each in sorted(entities, key=lambda each: str(each["id"]))
            ),
            self.forest,
        )

    def open(self, path: Path) -> OurIndex:
        """Open a saved index."""
        return OurIndex(PartyIndex.open(path), self.forest)


class OurIndex:
    """A party index asked with entities."""

    def __init__(self, index: PartyIndex, forest: Forest) -> None:
        self.index, self._forest = index, forest

    def search(self, queries: Sequence[Entity], limit: int) -> list[Hits]:
        """Best of all names of each query."""
        asked = [Query(names_of(each), each["schema"]) for each in queries]
        found = self.index.search(asked, limit=limit, threshold=0.02, forest=self._forest)
        return [[(self.index.id_of(match.party), match.score) for match in matches] for matches in found]

    def save(self, path: Path) -> None:
        """Write the index."""
        self.index.save(path)


def engine() -> Ours:
    """Make the engine."""
    return Ours()
