"""The names of many records, analysed once, and what those of two records say together.

A record that could be a person's is read as that and as an organisation's; which reading counts is for the pair to say.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.closest import NameLists, closeness, closest_pairs
from shellgame.kernels.coverage import summed_up
from shellgame.kernels.features import LEAST_COVERED, PLACES
from shellgame.kernels.forest import Forest
from shellgame.kernels.lists import Lists
from shellgame.kernels.pairs import pair_features, probabilities
from shellgame.match.lexicon import Words, arrays_of, bearing_of
from shellgame.match.odds import NameEvidence, name_key
from shellgame.match.records import could_be_one, is_absent
from shellgame.match.scoring import is_person, model, settled
from shellgame.model.schema import NAME_PROPS
from shellgame.names.analysis import analyse
from shellgame.names.costs import tables
from shellgame.names.generations import generation
from shellgame.names.token import Token

Entity = Mapping[str, Any]
"""A FollowTheMoney entity: `schema`, `properties` (each a list of texts)."""
MOST_NAMES = 64
"""Names of a record that are compared, the main ones first: the longest lists of aliases have some hundred."""
_ROUNDS = 2
"""So many names of the other side each name is held against at most, unless it finds its like before."""

_PLACE_COSTS = np.float32(0.5)
"""What a bit of a place that only one of two names has takes from them: a place that is left over halves them."""


class Told(NamedTuple):
    """What the names of pairs of records say.

    Attributes:
        rows: A row for each pair, its columns those of `odds.NameEvidence`; not a number where a side has no name.
        left: The reading of the left record of each pair.
        right: The same of the right one.
        starts: Where the scores of each pair begin; one more than there are pairs.
        scores: Of each name of the left reading with each one of the right; 0 where they are not each other's best.
    """

    rows: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    starts: NDArray[np.int64]
    scores: NDArray[np.float32]

    def evidence(self) -> list[NameEvidence | None]:
        """The rows one by one; None where a side has no name."""
        return [NameEvidence(*row) if row[0] >= 0.0 else None for row in self.rows.tolist()]


class NameSets:
    """Names of records, the records numbered as they came.

    Attributes:
        printed: The names of each reading that say anything, in alphabetical order.
        person: Whether each reading is that of a person.
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.printed: list[list[str]] = []
        self.person: list[bool] = []
        rows = _Rows()
        read, persons = [], []
        names: list[list[tuple[int, bool]]] = []
        for entity in entities:
            schema = entity["schema"]
            persons.append(is_person(schema))
            ways = [(0, True)] * could_be_one(schema, "Person") + [(1, False)] * (not persons[-1])
            readings = [-1, -1]
            for way, person in ways:
                readings[way] = len(names)
                names.append(self._read(entity, person, rows))
            read.append([number if number >= 0 else max(readings) for number in readings])
        self._readings = np.array(read, np.int32).reshape(-1, 2)
        self._persons = np.array(persons, np.bool_)
        self._lists, self._bearings, self._of_person, words = rows.laid_out(names)
        self._tokens = arrays_of(words.tokens)

    def _read(self, entity: Entity, person: bool, rows: _Rows) -> list[tuple[int, bool]]:
        """Rows of a record's names, with whether each is a weak alias."""
        told = entity["properties"]
        weak = set(_texts(told.get("weakAlias"))) - set(_texts(told.get("name")))
        names = dict.fromkeys(name for prop in NAME_PROPS for name in _texts(told.get(prop)) if not is_absent(name))
        read = [(rows.row_of(name, person), name) for name in sorted(list(names)[:MOST_NAMES])]
        known = [(row, name) for row, name in read if row >= 0]
        self.printed.append([name for _, name in known])
        self.person.append(person)
        return [(row, name in weak) for row, name in known]

    def compare(self, left: NDArray[np.int32], right: NDArray[np.int32], forest: Forest | None = None) -> Told:
        """Hold the names of records against each other.

        Args:
            left: Number of one record of each pair.
            right: Number of the other.
            forest: Another model of names than the fitted one.
        """
        way = np.where(self._persons[left] | self._persons[right], 0, 1)
        one, other = self._readings[left, way], self._readings[right, way]
        starts, close = closeness(self._lists, self._tokens, one, other)
        scores, wholes = np.full((2, len(close)), -1.0, np.float32)
        for _ in range(_ROUNDS):
            first, second, places = closest_pairs(self._lists, one, other, starts, close, scores)
            if not len(places):
                break
            scores[places], wholes[places] = self._scores(first, second, forest or model().pairs)
        np.maximum(scores, 0.0, out=scores)
        np.maximum(wholes, 0.0, out=wholes)
        return Told(summed_up(self._lists, one, other, starts, scores, wholes), one, other, starts, scores)

    def _scores(
        self, first: NDArray[np.int32], second: NDArray[np.int32], forest: Forest
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Scores of names two by two, each two names compared once; and what is left of them where words met nothing.

        A part of a name may well mean its bearer, and be found; but there are more bearers of a part, and a place that one name has
        more may be that of a branch.
        """
        many = len(self._lists.rows.starts)
        pairs, place = np.unique(first.astype(np.int64) * many + second, return_inverse=True)
        one, other = (each.astype(np.int32) for each in np.divmod(pairs, many))
        organization = ~(self._of_person[one] | self._of_person[other])
        features = pair_features(*self._lists.rows, one, other, organization, self._tokens, tables())
        told = self._bearings
        same_letters = told.letters[one] == told.letters[other]
        scores = settled(
            features,
            probabilities(forest, features),
            told.tells[one] & told.tells[other],
            told.words[one] == told.words[other],
            same_letters,
            told.name[one] == told.name[other],
            told.empty[one] | told.empty[other],
            (told.generation[one] != told.generation[other])
            & (told.generation[one] > 0)
            & (told.generation[other] > 0),
        )
        covered = np.where(same_letters, np.float32(1.0), features[:, LEAST_COVERED])
        wholes = scores * covered * np.exp(-_PLACE_COSTS * features[:, PLACES])
        return scores[place], wholes[place]


class _Bearings(NamedTuple):
    """What each row tells by itself; see `scoring.Bearing`.

    Attributes:
        name: A number for its tokens: the same for the same name.
        words: A number for the words it tells: the same for the same words.
        letters: A number for its letters, wherever its blanks are.
        empty: Whether it tells nothing.
        tells: Whether it tells enough for others to be found by.
        generation: Which bearer of the name it means, see `names.generations`.
    """

    name: NDArray[np.int32]
    words: NDArray[np.int32]
    letters: NDArray[np.int32]
    empty: NDArray[np.bool_]
    tells: NDArray[np.bool_]
    generation: NDArray[np.int32]

    @classmethod
    def of(cls, rows: Sequence[_Row]) -> _Bearings:
        told = [bearing_of(row.tokens, person=row.person) for row in rows]
        return cls(
            _numbered((row.tokens, row.person) for row in rows),
            _numbered(each.words for each in told),
            _numbered(each.letters for each in told),
            np.array([each.empty for each in told], np.bool_),
            np.array([each.tells for each in told], np.bool_),
            np.array([row.generation for row in rows], np.int32),
        )


def _numbered(values: Iterable[Hashable]) -> NDArray[np.int32]:
    """A number for each value: the same for equal ones."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int32)


class _Row(NamedTuple):
    """A name as it is compared."""

    tokens: tuple[Token, ...]
    person: bool
    generation: int


class _Rows:
    """Names as rows of tokens, each once: equal names of several records are one."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bool], int] = {}
        self._numbers: dict[_Row, int] = {}

    def row_of(self, name: str, person: bool) -> int:
        """The row of a name; -1 where it says nothing."""
        row = self._known.get((name, person))
        if row is None:
            tokens = analyse(name, person=person)
            read = _Row(tokens, person, generation(name) if person else 0)
            row = self._numbers.setdefault(read, len(self._numbers)) if tokens else -1
            self._known[name, person] = row
        return row

    def laid_out(
        self, lists: Sequence[Sequence[tuple[int, bool]]]
    ) -> tuple[NameLists, _Bearings, NDArray[np.bool_], Words]:
        """All as arrays; with them what each row tells, whether it is of a person, and the words.

        Rows are numbered anew in an order of their own, so that it makes no difference what came first.

        Args:
            lists: The names of each record: row, and whether it is a weak alias.
        """
        order = sorted(self._numbers, key=lambda row: (" ".join([token.text for token in row.tokens]), row))
        number_of = {self._numbers[row]: number for number, row in enumerate(order)}
        words = Words()
        rows = _joined([words.numbers_of(row.tokens) for row in order])
        keys = [name_key(row.tokens) for row in order]
        numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
        names = _joined([[number_of[row] for row, _ in each] for each in lists])
        weak = np.array([is_weak for each in lists for _, is_weak in each], np.bool_)
        several = np.array([len(key) > 1 for key in keys], np.bool_)
        told = [[keys[number_of[row]] for row, is_weak in each if not is_weak] for each in lists]
        key_lists = _joined([sorted({numbers[key] for key in each if key}) for each in told])
        return (
            NameLists(names, several[names.numbers] & ~weak, key_lists, rows),
            _Bearings.of(order),
            np.array([row.person for row in order], np.bool_),
            words,
        )


def _joined(numbers: Sequence[Sequence[int]]) -> Lists:
    """Lists of numbers as arrays."""
    starts = np.array([0, *accumulate(map(len, numbers))], np.int64)
    return Lists(starts, np.array([number for row in numbers for number in row], np.int32))


def _texts(told: object) -> list[str]:
    if isinstance(told, str):
        return [told]
    if isinstance(told, (set, frozenset)):
        told = sorted(told, key=str)
    return [value for value in told if isinstance(value, str)] if isinstance(told, (list, tuple)) else []
