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
from shellgame.match.identifiers import SEVERAL, SINGLE
from shellgame.match.name_sets import Entity, NameSets
from shellgame.match.odds import NameEvidence, most_without_numbers, probability
from shellgame.match.records import TELLING, Record, analyse_record, could_be_one, schema_meant
from shellgame.model.schema import CONTACTS, NAME_PROPS, PARENTS
from shellgame.names.nearest import did_you_mean

_SCHEMATA = frozenset({*PARENTS, *PARENTS.values()})
_TELLING = TELLING | {*NAME_PROPS}
_IDENTIFYING = SINGLE | SEVERAL | CONTACTS.keys()
"""Properties that may speak for one party whatever its names, see `odds.IDENTIFYING`."""
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
            entities: FollowTheMoney entities: `{"schema": …, "properties": {property: [values]}}`; they are kept, not copied, and
                must not change.

        Raises:
            NotAnEntity: One of them is none; says which and why.
        """
        for number, entity in enumerate(entities):
            hold(entity, f"record {number}")
        self.names = NameSets(entities)
        self._entities = entities
        self._records: list[Record | None] = [None] * len(entities)
        self._schemata = [schema_meant(entity["schema"], entity["properties"]) for entity in entities]
        self._identified = [not _IDENTIFYING.isdisjoint(entity["properties"]) for entity in entities]

    def __len__(self) -> int:
        return len(self._entities)

    def record(self, number: int) -> Record:
        """What a record tells beside its names; taken apart when it is first asked for."""
        record = self._records[number]
        if record is None:
            record = self._records[number] = analyse_record(self._entities[number])
        return record

    def compare(
        self,
        pairs: ArrayLike,
        *,
        least: ArrayLike = 0.0,
        forest: Forest | None = None,
        weights: Weights | None = None,
    ) -> NDArray[np.float64]:
        """Tell how likely the two records of each pair are one, as `shellgame.compare` does.

        Args:
            pairs: Numbers of two records each, shape (P, 2).
            least: Below this, for all or for each pair, a probability need not be told exactly, 0 to 1: where names leave no hope
                of it, and no number or contact is shared, the answer is the most that it could be, which is less than this.
                Most pairs that were put together by their names are such, and what else they tell is then not looked at.
            forest: Another model of names than the fitted one.
            weights: Other weights of evidence than the fitted ones.

        Returns:
            P probabilities, the same whichever of the two comes first.

        Raises:
            WrongUse: These are no pairs of numbers, there is no record of such a number, or `least` is no probability.
        """
        chosen = self._numbers(pairs)
        told = self._least(least, len(chosen))
        found = np.empty(len(chosen))
        for start in range(0, len(chosen), _BATCH):
            part = slice(start, start + _BATCH)
            batch = chosen[part]
            names = self._names_compared(batch, forest)
            found[part] = [
                self._probability(left, right, its, its_least, weights)
                for (left, right), its, its_least in zip(batch.tolist(), names, told[part].tolist(), strict=True)
            ]
        return found

    def _probability(
        self, left: int, right: int, names: NameEvidence | None, least: float, weights: Weights | None
    ) -> float:
        if least and (most := most_without_numbers(names, weights)) < least and not self._share_number(left, right):
            return most if could_be_one(self._schemata[left], self._schemata[right]) else 0.0
        return probability(names, compare_records(self.record(left), self.record(right), weights), weights)

    def _share_number(self, left: int, right: int) -> bool:
        """Whether two records have any number or contact in common."""
        if not (self._identified[left] and self._identified[right]):
            return False
        one, other = self.record(left), self.record(right)
        return not (
            one.numbers.keys().isdisjoint(other.numbers)
            and one.contacts.keys().isdisjoint(other.contacts)
            and one.bare.keys().isdisjoint(other.numbers)
            and other.bare.keys().isdisjoint(one.numbers)
        )

    def names_compared(self, pairs: ArrayLike, forest: Forest | None = None) -> list[NameEvidence | None]:
        """What all the names of two records say together, for each pair; None where one of them has no name that says anything."""
        chosen = self._numbers(pairs)
        batches = [chosen[start : start + _BATCH] for start in range(0, len(chosen), _BATCH)]
        return [names for batch in batches for names in self._names_compared(batch, forest)]

    def _names_compared(self, batch: NDArray[np.int32], forest: Forest | None) -> list[NameEvidence | None]:
        return self.names.compare(batch[:, 0], batch[:, 1], forest).evidence()

    @staticmethod
    def _least(least: ArrayLike, pairs: int) -> NDArray[np.float64]:
        try:
            told = np.broadcast_to(np.asarray(least, np.float64), pairs)
        except (TypeError, ValueError) as error:
            raise WrongUse(
                f"least is {shown(least)}; give a probability for all, or one for each of {pairs} pairs"
            ) from error
        if not ((told >= 0.0) & (told <= 1.0)).all():
            raise WrongUse(f"least is {shown(least)}; give probabilities from 0 to 1")
        return told

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
