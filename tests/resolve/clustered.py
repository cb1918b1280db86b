"""Clusters from ids and back to ids, for small sets."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from shellgame.model.judgement import Judgement
from shellgame.resolve.clusters import Clusters, Known
from shellgame.resolve.edges import Rest, Rules, edges_of
from shellgame.resolve.judged import judged_of


def known_of(
    records: Iterable[str],
    edges: Iterable[tuple[str, str, float, Rest, int]] = (),
    judgements: Iterable[Judgement] = (),
    rules: Rules | None = None,
) -> Known:
    """Put together what is known, by ids and in any order: (left, right, probability, rest, shared_by) an edge."""
    ids = sorted(set(records))
    number = {each: place for place, each in enumerate(ids)}
    rows = [(number[left], number[right], *rest) for left, right, *rest in edges]
    columns = zip(*rows, strict=True) if rows else ([], [], [], [], [])
    made = edges_of(len(ids), *(np.array(list(column)) for column in columns))
    return Known(pa.array(ids, pa.string()), made, judged_of(judgements), rules or Rules())


def as_sets(clusters: Clusters) -> set[frozenset[str]]:
    """Every cluster as the ids of its records."""
    ids, first = clusters.ids.to_pylist(), clusters.first
    return {frozenset(ids[each] for each in np.flatnonzero(first == number)) for number in np.unique(first)}
