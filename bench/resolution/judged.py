"""Pairs that analysts judged, as records through the whole resolution: what it joins is held against what they said.

Weights of evidence are fitted without the groups of records that they are judged on: for each fold of whole connected groups the
records are resolved with weights that have not seen it, and only pairs of that fold are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from bench.matching import data, lists, ours
from bench.matching.engine import Entity
from bench.matching.groups import entity_groups, folds
from bench.matching.measures.entities import speaks_for_same
from numpy.typing import NDArray

from shellgame.match.evidence import Weights
from shellgame.resolve.comparable import Comparable, Single, comparable_of
from shellgame.resolve.edges import Rules

Pair = tuple[str, str, bool]


class Judged(NamedTuple):
    """Judged pairs of some records.

    Attributes:
        records: All records of the measure.
        pairs: Ids of two, and whether they are one.
        entities: The two entities of each pair, as they are judged.
        sound: Whether each label is not doubted.
    """

    records: Comparable
    pairs: Sequence[Pair]
    entities: Sequence[tuple[Entity, Entity]]
    sound: NDArray[np.bool_]


def ofac_un() -> Judged:
    """Two whole lists as published."""
    both = {"us_ofac_sdn": lists.entities_of(*lists.OFAC_2021), "un_sc_sanctions": lists.entities_of(*lists.UN_2020)}
    by_id = {each["id"]: each for several in both.values() for each in several}
    records = comparable_of(
        (_single(each, source) for source, several in both.items() for each in several), hub=Rules().hub
    )
    pairs = data.ofac_un_judgements()
    return _judged(records, pairs, [(by_id[left], by_id[right]) for left, right, _ in pairs])


def sample() -> Judged:
    """A thousand pairs of many lists; a record that occurs in several pairs is one, and no list is whole."""
    judged = data.entity_pairs()
    by_id = {each["id"]: each for pair in judged for each in pair.entities}
    records = comparable_of((_single(each, "") for each in by_id.values()), hub=Rules().hub)
    pairs = [(pair.entities[0]["id"], pair.entities[1]["id"], pair.same) for pair in judged]
    return _judged(records, pairs, [pair.entities for pair in judged])


def _single(each: Entity, source: str) -> Single:
    """A record; every entry of a list that is here stands under one programme, or the lists would know too little of themselves."""
    return Single(
        each["id"], each["schema"], each["properties"], (source,) if source else (), (source,) if source else ()
    )


def _judged(records: Comparable, pairs: Sequence[Pair], entities: Sequence[tuple[Entity, Entity]]) -> Judged:
    sound = [same or not speaks_for_same(*both) for both, (_, _, same) in zip(entities, pairs, strict=True)]
    return Judged(records, pairs, entities, np.array(sound, np.bool_))


def held_out(measure: Judged) -> list[tuple[Weights, NDArray[np.int64]]]:
    """For each fold the weights that have not seen it, and the numbers of its pairs."""
    learned = data.entity_pairs()
    told, same = [pair.entities for pair in learned], [pair.same for pair in learned]
    found = []
    for fit_on, judge in folds(entity_groups([*told, *measure.entities])):
        judged = judge[judge >= len(told)] - len(told)
        if len(judged):
            chosen = fit_on[fit_on < len(told)]
            fitted = ours.engine().fitted([], [(told[i], same[i]) for i in chosen])
            found.append((fitted._weights, judged))
    return found
