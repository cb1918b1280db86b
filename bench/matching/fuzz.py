"""RapidFuzz over folded names, compared with every name of the list: the plain baseline that anything cleverer must beat.

Names are transliterated to ASCII, lower-cased and stripped of punctuation once; a query is then compared with all names in C++.
An entity scores as its best name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from bench.matching.candidates import schema_masks
from bench.matching.engine import Entity, Hits, NameTriple, Scores, in_batches
from bench.matching.lists import names_of
from icu import ICUError
from normality import ascii_text
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

_BATCH_CELLS = 16_000_000


def folded(name: str) -> str:
    """ASCII, lower case, letters and digits only; nothing of a text that ICU refuses (an emoji before a kana repetition mark)."""
    try:
        latin = ascii_text(name) or ""
    except ICUError:
        return ""
    return " ".join("".join(c if c.isalnum() else " " for c in latin.casefold()).split())


def sorted_words(name: str) -> str:
    """Folded, words in alphabetical order."""
    return " ".join(sorted(folded(name).split()))


def token_sort() -> RapidFuzz:
    """`token_sort_ratio`, an alert from 85: the line that solves the treated UN set; words are sorted once, not per pair."""
    return RapidFuzz("token_sort", fuzz.ratio, sorted_words, scale=100, alert=0.85)


def token_set() -> RapidFuzz:
    """`token_set_ratio`."""
    return RapidFuzz("token_set", fuzz.token_set_ratio, folded, scale=100, alert=0.85)


def wratio() -> RapidFuzz:
    """`WRatio`."""
    return RapidFuzz("wratio", fuzz.WRatio, folded, scale=100, alert=0.85)


def jaro_winkler() -> RapidFuzz:
    """Jaro-Winkler over sorted words."""
    return RapidFuzz("jaro_winkler", JaroWinkler.similarity, sorted_words, scale=1, alert=0.92)


class RapidFuzz:
    """One scorer with one way of folding."""

    def __init__(
        self, name: str, scorer: Callable[..., float], fold: Callable[[str], str], *, scale: float, alert: float
    ) -> None:
        self.name, self.alert, self.same = name, alert, alert
        self.scorer, self.fold, self.scale = scorer, fold, scale
        self.largest = 30_000 if name == "wratio" else 1_000_000

    def compare_names(self, pairs: Sequence[NameTriple]) -> Scores:
        """One call a pair, folding included."""
        return np.array([self.scorer(self.fold(left), self.fold(right)) / self.scale for left, right, _ in pairs])

    def compare(self, pairs: Sequence[tuple[Entity, Entity]]) -> Scores:
        """Best of all names against all names; nothing else of the entities counts."""
        return np.array([self._best(left, right) for left, right in pairs])

    def _best(self, left: Entity, right: Entity) -> float:
        folded_left, folded_right = ([self.fold(name) for name in names_of(each)] for each in (left, right))
        table = process.cdist(folded_left, folded_right, scorer=self.scorer, dtype=np.float32)
        return float(table.max(initial=0)) / self.scale

    def build(self, entities: Sequence[Entity]) -> AllNames:
        """Fold every name."""
        return AllNames(self, entities)


class AllNames:
    """All folded names in one list, an entity's names side by side."""

    def __init__(self, engine: RapidFuzz, entities: Sequence[Entity]) -> None:
        named = [each for each in entities if names_of(each)]
        self._engine = engine
        self._ids = [str(each["id"]) for each in named]
        self._masks = schema_masks(named)
        names = [[engine.fold(name) for name in names_of(each)] for each in named]
        self._names = [name for each in names for name in each]
        self._starts = np.cumsum([0, *[len(each) for each in names]])[:-1]

    def search(self, queries: Sequence[Entity], limit: int) -> list[Hits]:
        """Compare with every name."""
        size = max(1, min(64, _BATCH_CELLS // max(1, len(self._names))))
        found: list[Hits] = []
        for batch in in_batches(list(queries), size):
            found += self._searched(batch, limit)
        return found

    def _searched(self, queries: Sequence[Entity], limit: int) -> list[Hits]:
        asked = [[self._engine.fold(name) for name in names_of(query)] for query in queries]
        table = process.cdist(
            [name for names in asked for name in names], self._names, scorer=self._engine.scorer, dtype=np.float32
        )
        hits, row = [], 0
        for query, names in zip(queries, asked, strict=True):
            hits.append(self._ranked(table[row : row + len(names)], query["schema"], limit))
            row += len(names)
        return hits

    def _ranked(self, rows: Any, schema: str, limit: int) -> Hits:
        best = rows.max(0) if len(rows) != 1 else rows[0]
        scores = np.maximum.reduceat(best, self._starts) / self._engine.scale
        scores = scores * self._masks.get(schema, np.ones(len(scores), bool))
        top = np.argpartition(-scores, min(limit, len(scores)) - 1)[:limit]
        top = top[np.lexsort((top, -scores[top]))]
        return [(self._ids[each], float(scores[each])) for each in top]
