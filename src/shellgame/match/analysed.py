"""Records taken apart once, to be compared in whatever pairs: what takes long is done when they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from shellgame.errors import NotAnEntity, WrongUse
from shellgame.kernels.forest import Forest
from shellgame.match.evidence import Weights, compare_records
from shellgame.match.name_sets import Entity, NameSets
from shellgame.match.odds import NameEvidence, probability
from shellgame.match.records import TELLING, analyse_record
from shellgame.model.schema import NAME_PROPS, PARENTS
from shellgame.names.nearest import did_you_mean

_SCHEMATA = frozenset({*PARENTS, *PARENTS.values()})
_TELLING = TELLING | {*NAME_PROPS}
_BATCH = 1024
"""Pairs whose names are compared at once; each holds up to 4,096 scores."""
_SHOWN = 200
"""Letters that are shown of a value."""


class Analysed:
    """Records, numbered from 0 in the order they came.

    Each takes some two kilobytes, more where it has many names of its own.

    Example:
        >>> told = [{"schema": "Person", "properties": {"name": [name]}} for name in ("Orsin Maledd", "Maledd O.", "Talvek Tornik")]
        >>> records = Analysed(told)
        >>> (records.compare([(0, 1), (0, 2)]) > 0.02).tolist()
        [True, False]
    """

    def __init__(self, entities: Sequence[Entity]) -> None:
        """Analyse records; costs some 100 microseconds each, less where they have names in common.

        Args:
            entities: FollowTheMoney entities: `{"schema": …, "properties": {property: [values]}}`.

        Raises:
            NotAnEntity: One of them is none; says which and why.
        """
        for number, entity in enumerate(entities):
            hold(entity, f"record {number}")
        self.names = NameSets(entities)
        self.records = [analyse_record(entity) for entity in entities]

    def __len__(self) -> int:
        return len(self.records)

    def compare(
        self, pairs: ArrayLike, *, forest: Forest | None = None, weights: Weights | None = None
    ) -> NDArray[np.float64]:
        """Tell how likely the two records of each pair are one, as `shellgame.compare` does.

        Args:
            pairs: Numbers of two records each, shape (P, 2).
            forest: Another model of names than the fitted one.
            weights: Other weights of evidence than the fitted ones.

        Returns:
            P probabilities, the same whichever of the two comes first.

        Raises:
            WrongUse: These are no pairs of numbers, or there is no record of such a number.
        """
        chosen = self._numbers(pairs)
        found = np.empty(len(chosen))
        for start in range(0, len(chosen), _BATCH):
            batch = chosen[start : start + _BATCH]
            told = self._names_compared(batch, forest)
            for number, (names, (left, right)) in enumerate(zip(told, batch.tolist(), strict=True), start=start):
                evidence = compare_records(self.records[left], self.records[right], weights)
                found[number] = probability(names, evidence, weights)
        return found

    def names_compared(self, pairs: ArrayLike, forest: Forest | None = None) -> list[NameEvidence | None]:
        """What all the names of two records say together, for each pair; None where one of them has no name that says anything."""
        chosen = self._numbers(pairs)
        batches = [chosen[start : start + _BATCH] for start in range(0, len(chosen), _BATCH)]
        return [names for batch in batches for names in self._names_compared(batch, forest)]

    def _names_compared(self, batch: NDArray[np.int32], forest: Forest | None) -> list[NameEvidence | None]:
        return self.names.compare(batch[:, 0], batch[:, 1], forest).evidence()

    def _numbers(self, pairs: ArrayLike) -> NDArray[np.int32]:
        told = np.asarray(pairs)
        if not told.size:
            return np.empty((0, 2), np.int32)
        if told.dtype.kind not in "iu" or told.ndim != 2 or told.shape[1] != 2:
            raise WrongUse(f"pairs are {shown(pairs)}; give two numbers of records each, such as [(0, 1), (0, 2)]")
        none = told[(told < 0) | (told >= len(self))]
        if len(none):
            raise WrongUse(f"there are {len(self)} records, numbered from 0; a pair asks for {int(none[0])}")
        return told.astype(np.int32)


def hold(entity: object, where: str) -> None:
    """Refuse what is no entity."""
    if not isinstance(entity, Mapping):
        raise NotAnEntity(where, f"{shown(entity)} is no dict")
    schema, properties = entity.get("schema"), entity.get("properties")
    if not isinstance(schema, str) or not schema:
        raise NotAnEntity(where, f"no `schema` in {shown(entity)}")
    if not isinstance(properties, Mapping):
        raise NotAnEntity(where, f"no dict of lists as `properties` in {shown(entity)}")
    if schema not in _SCHEMATA and not _in_model(schema):
        raise NotAnEntity(where, f"{shown(schema)} is no schema; {did_you_mean(schema[:_SHOWN], _SCHEMATA)}")
    if _TELLING.isdisjoint(properties):
        raise NotAnEntity(where, f"no property that can be compared{_meant(properties)}")


@lru_cache(maxsize=1024)
def _in_model(schema: str) -> bool:
    """Whether FollowTheMoney has a schema that is no party; takes two seconds to load, so only what looks wrong is asked about."""
    from followthemoney import model

    return model.get(schema) is not None


def _meant(properties: Mapping[Any, Any]) -> str:
    first = next((prop for prop in properties if isinstance(prop, str)), "")
    return f", but {shown(first)}; {did_you_mean(first[:_SHOWN], _TELLING)}" if first else ""


def shown(value: object) -> str:
    """A value for people, cut to 200 letters."""
    text = repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
