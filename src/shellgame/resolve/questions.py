"""What people should look at: suspicious clusters, clusters that might be one, and decisions whose records were compared."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from shellgame.match.identifiers import SINGLE
from shellgame.match.wording import score_in_words
from shellgame.model.schema import is_a
from shellgame.resolve.quality import BIRTH, DOUBTFUL, REGISTERED, Facts, Marks, marks
from shellgame.resolve.reasons import Reasons
from shellgame.resolve.review import OpenPair

SUSPICIOUS = 0.5
"""Clusters at least this suspicious are counted, and come first in review; so are those that hang on a link below `DOUBTFUL`."""
UNSURE = 0.2
"""Two clusters are an open question where two of their records are at least this likely one, and nobody decided."""
PRINTED_TWICE = 0.05
"""So are two records that are kept apart, such as two entries of one list, from here on: by themselves they are as good as one."""
_OF_PEOPLE, _OF_OTHERS = SINGLE | {BIRTH}, SINGLE | {*REGISTERED}
"""What records can contradict one another in."""


class Questions:
    """Questions about the clusters of a day."""

    def __init__(self, reasons: Reasons) -> None:
        self._reasons, self._records = reasons, reasons.records
        self._known, self._clusters, self._standing = reasons.known, reasons.clusters, reasons.standing

    def __iter__(self) -> Iterator[OpenPair]:
        """The weakest places of suspicious clusters, then clusters that might be one, best first.

        Last come pairs of records that people judged and that were compared: `review.open_pairs` tells which are to be judged anew.
        """
        yield from self._suspicious_pairs()
        edges, first = self._known.edges, self._clusters.first
        size = np.bincount(first)
        for row in self.between_clusters.tolist():
            left, right = int(edges.left[row]), int(edges.right[row])
            together = int(size[first[left]] + size[first[right]]) - 1
            yield OpenPair(
                *self._reasons.ids_of(left, right),
                float(edges.probability[row]),
                why=self._reasons.resting(row),
                weight=together,
            )
        yield from self._judged_pairs()

    @cached_property
    def marks(self) -> Marks:
        """How sure each cluster of two records or more is, the most suspicious first."""
        return marks(self._known, self._clusters, self._facts())

    def _facts(self) -> Facts:
        """Birth dates, countries of registration and single numbers of the records that are one with another."""
        size = np.bincount(self._clusters.first, minlength=len(self._clusters.ids))
        rows: list[tuple[int, str, str]] = []
        for number in np.flatnonzero(size[self._clusters.first] > 1).tolist():
            told = self._records.entity(number)
            wanted = _OF_PEOPLE if is_a(told["schema"], "Person") else _OF_OTHERS
            properties = told["properties"]
            rows += [(number, prop, value) for prop in wanted & properties.keys() for value in properties[prop]]
        columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
        return Facts(
            np.array(columns[0], np.int32), pa.array(columns[1], pa.string()), pa.array(columns[2], pa.string())
        )

    @cached_property
    def between_clusters(self) -> NDArray[np.int64]:
        """Of every two clusters that might be one the edge that says so most."""
        edges, first = self._known.edges, self._clusters.first
        asked = edges.probability >= np.where(edges.apart, PRINTED_TWICE, UNSURE)
        chosen = np.flatnonzero(asked & (first[edges.left] != first[edges.right]))
        ends = np.sort(np.stack([first[edges.left[chosen]], first[edges.right[chosen]]]), axis=0).astype(np.int64)
        code = ends[0] * len(first) + ends[1]
        order = np.lexsort((chosen, -edges.probability[chosen], code))
        kept = order[np.append(True, code[order][1:] != code[order][:-1])[: len(order)]]
        best: NDArray[np.int64] = chosen[kept]
        return best[np.argsort(-edges.probability[best], kind="stable")]

    def _judged_pairs(self) -> Iterator[OpenPair]:
        """Judged pairs of records that were compared, but for those that are the best of two clusters."""
        edges, told = self._known.edges, set(self.between_clusters.tolist())
        pairs = sorted(sorted(pair) for pair in self._standing.opinions)
        ends = (
            pc.index_in(pa.array([pair[end] for pair in pairs], pa.string()), value_set=self._clusters.ids)
            for end in (0, 1)
        )
        for left, right in zip(*(end.to_pylist() for end in ends), strict=True):
            row = None if left is None or right is None else edges.between(left, right)
            if row is not None and row not in told:
                yield OpenPair(
                    *self._reasons.ids_of(left, right), float(edges.probability[row]), why=self._reasons.resting(row)
                )

    @cached_property
    def suspicious(self) -> list[tuple[int, int, int]]:
        """The two records to look at of each suspicious cluster, by number, after its place among the marks."""
        found = self.marks
        places = np.flatnonzero((found.suspicion >= SUSPICIOUS) | (found.weakest < DOUBTFUL))
        asked = ((place, next(self._not_judged(place), None)) for place in places.tolist())
        return [(place, *pair) for place, pair in asked if pair]

    def _not_judged(self, place: int) -> Iterator[tuple[int, int]]:
        """What to look at of a cluster, as far as nobody judged it: contradictions, its weakest link, the two least likely one."""
        found, edges = self.marks, self._known.edges
        contrary = [(each.left, each.right) for each in found.disagreements.get(int(found.first[place]), ())]
        weak = [row for row in (found.weakest_at[place], found.lowest_at[place]) if row >= 0]
        pairs = [*contrary, *((int(edges.left[row]), int(edges.right[row])) for row in weak)]
        return (pair for pair in pairs if self._standing.says(*self._reasons.ids_of(*pair)) is None)

    def _suspicious_pairs(self) -> Iterator[OpenPair]:
        found, edges = self.marks, self._known.edges
        for place, left, right in self.suspicious:
            size, contrary = int(found.size[place]), found.disagreements.get(int(found.first[place]), ())
            words = [f"{each.prop}: {', '.join(each.values[0])} / {', '.join(each.values[1])}" for each in contrary]
            words += [f"{size} records are one, the weakest link {score_in_words(found.weakest[place])}"]
            row = edges.between(left, right)
            chance, why = (0.5, "") if row is None else (float(edges.probability[row]), self._reasons.resting(row))
            yield OpenPair(*self._reasons.ids_of(left, right), chance, why=why, mark="; ".join(words), weight=size)
