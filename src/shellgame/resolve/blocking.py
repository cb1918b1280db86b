"""Which records are worth holding against each other: pairs that share a number, or most words of a name.

Two records meet under a key that both have: two words of a name (by their consonants), a name of one word, a rare word, a word with
a day of birth, an identifying number or a contact. A key that too many have is parted by year of birth, or leads to nobody. Whether
two records meet depends on what they tell and on how many have their keys, never on when they came. Of those that met, pairs whose
names have too little in common, and nothing else, are let go again: consonants alone bring together what nobody would take for one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import IntFlag
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.blocking import WordRows, pair_keys, words_met
from shellgame.match.dates import day_of
from shellgame.match.identifiers import SEVERAL, SINGLE
from shellgame.match.name_sets import MOST_NAMES
from shellgame.match.records import could_be_one, schema_meant
from shellgame.match.scoring import is_person
from shellgame.model.schema import CONTACTS, NAME_PROPS
from shellgame.resolve.comparable import REFERENCE, Comparable, Properties, keys_of
from shellgame.resolve.name_keys import NameKeys, text_key, word_rows

RECIPE = "3"
"""Raise it when the same records give other pairs than before."""


class Met(IntFlag):
    """Under what two records met."""

    WORDS = 1
    RARE_WORD = 2
    BIRTHDAY = 4
    NUMBER = 8
    CONTACT = 16
    REFERENCE = 32


@dataclass(frozen=True)
class Limits:
    """How many records may have a key for it to lead from one to the others, and what names must have in common.

    Attributes:
        words: Of two words of a name.
        rare: Of one word.
        birthday: Of a word with a day of birth.
        shorter: Share of the words of the shorter of two names that must be the longer one's too, unless something else agrees.
        longer: Share of the words of the longer one, likewise.
        years: Years of birth that lie further apart than this make a pair two, unless their names have the very same words.
    """

    words: int = 200
    rare: int = 12
    birthday: int = 40
    shorter: float = 0.7
    longer: float = 0.5
    years: int = 5


class Candidates(NamedTuple):
    """Pairs of records worth comparing, ascending.

    Attributes:
        left: Number of one record, below `right`.
        right: Number of the other.
        met: Under what they met, of `Met`.
        shared_by: How many records have the rarest number or reference that the two share; 2 where they share none.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    met: NDArray[np.uint8]
    shared_by: NDArray[np.int32]


class Block(NamedTuple):
    """Keys of one kind, each with a record that has it."""

    keys: NDArray[np.uint64]
    records: NDArray[np.int32]


_AT_ONCE = 1 << 17
"""Pairs whose words a thread holds against one another in one go."""
_MOST_WORDS = 8
"""Words of a name that are paired."""
_FULL_DAY = len("2000-01-01")
_TYING = SINGLE | SEVERAL | {*CONTACTS, REFERENCE}
_IDENTIFYING = {"number": Met.NUMBER, "contact": Met.CONTACT, "reference": Met.REFERENCE}


def candidates(
    records: Comparable, limits: Limits | None = None, *, hub: int, names: NameKeys | None = None
) -> tuple[Candidates, Candidates]:
    """Find the pairs worth comparing.

    Args:
        records: All of them; some 60 microseconds each.
        limits: Of keys.
        hub: A number that more records than this have leads to nobody.
        names: What is known of names already.

    Returns:
        Pairs to be compared; and pairs of like names whose years of birth are so far apart that nothing needs to be compared.
    """
    limits = limits or Limits()
    read = _Read(records, names or NameKeys())
    words, singles = Block(*pair_keys(read.rows, _MOST_WORDS)), read.single_words()
    blocks = [
        (Met.WORDS, _parted(words, read.years, limits.words), limits.words),
        (Met.RARE_WORD, singles, limits.rare),
        (Met.BIRTHDAY, read.with_days(singles), limits.birthday),
        *((met, read.identifying(name), hub) for name, met in _IDENTIFYING.items()),
    ]
    found = _joined([(met, *pairs_within(block, most)) for met, block, most in blocks], len(records))
    return _sifted(found, read, limits)


class _Read:
    """What blocking needs of each record, gathered in one pass."""

    def __init__(self, records: Comparable, names: NameKeys) -> None:
        printed: list[list[tuple[str, bool]]] = []
        self._days: list[tuple[str, ...]] = []
        self._identifying: dict[str, tuple[list[str], list[int]]] = {name: ([], []) for name in _IDENTIFYING}
        self.years = np.zeros((len(records), 2), np.int16)
        kinds: dict[str, int] = {}
        schemata = []
        for number, told in enumerate(records.entities()):
            schema = schema_meant(told["schema"], told["properties"])
            schemata.append(kinds.setdefault(schema, len(kinds)))
            printed.append(self._read(number, schema, told["properties"]))
        self.schemata = np.array(schemata, np.int32)
        could_be = [[could_be_one(one, other) for other in kinds] for one in kinds]
        self.could_be = np.array(could_be, np.bool_).reshape(len(kinds), len(kinds))
        self.rows = _rows(printed, names)

    def _read(self, number: int, schema: str, properties: Properties) -> list[tuple[str, bool]]:
        """Take a record apart, and tell its names, each with whether it is read as a person's."""
        told = properties.get("birthDate", ())
        days = [day for value in told if (day := day_of(value))]
        self._days.append(tuple(value for value in told if len(value) == _FULL_DAY))
        if days:
            self.years[number] = min(day[0] for day in days), max(day[0] for day in days)
        for prop in _TYING & properties.keys():
            for value in properties[prop]:
                for key in keys_of(prop, value):
                    keys, holders = self._identifying[key.partition(" ")[0]]
                    keys.append(key)
                    holders.append(number)
        names = dict.fromkeys(name for prop in NAME_PROPS for name in properties.get(prop, ()))
        return [(name, person) for person in _ways(schema) for name in list(names)[:MOST_NAMES]]

    def single_words(self) -> Block:
        """Every word of every name."""
        rows = self.rows
        record = np.repeat(np.arange(len(rows.names) - 1, dtype=np.int32), np.diff(rows.names))
        return Block(rows.keys, np.repeat(record, np.diff(rows.words)))

    def with_days(self, words: Block) -> Block:
        """Every word of every name with each full day of birth."""
        days = [text_key(day) for its in self._days for day in its]
        counts = np.array([len(its) for its in self._days], np.int64)
        starts = np.concatenate([[0], np.cumsum(counts)])
        times = counts[words.records]
        row, place = _spread(times)
        day = np.array(days, np.uint64)[starts[words.records[row]] + place]
        return Block(_mixed(words.keys[row], day), words.records[row])

    def identifying(self, kind: str) -> Block:
        """Keys of numbers, contacts or references."""
        keys, holders = self._identifying[kind]
        return Block(np.array([text_key(key) for key in keys], np.uint64), np.array(holders, np.int32))


def _rows(printed: Sequence[Sequence[tuple[str, bool]]], names: NameKeys) -> WordRows:
    """The words of all names, each name of a record once however it is printed."""
    told = iter(names.of(chain.from_iterable(printed)))
    return word_rows([[*dict.fromkeys(islice(told, len(its)))] for its in printed])


@lru_cache(maxsize=1024)
def _ways(schema: str) -> tuple[bool, ...]:
    """Whether names are read as a person's, as another's, or both."""
    if not could_be_one(schema, "Person"):
        return (False,)
    return (True,) if is_person(schema) else (False, True)


def _mixed(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """One key of two."""
    value: NDArray[np.uint64] = one * np.uint64(0x9E3779B97F4A7C15) ^ other
    value = (value ^ (value >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
    return value ^ (value >> np.uint64(29))


def _parted(block: Block, years: NDArray[np.int16], most: int) -> Block:
    """Keys that too many have, parted by year of birth: of records that tell none, none is left."""
    block = _each_once(block)
    keys, counts = np.unique(block.keys, return_counts=True)
    crowded = counts[np.searchsorted(keys, block.keys)] > most
    dated = crowded & (years[block.records, 0] > 0)
    parts = [Block(block.keys[~crowded], block.records[~crowded])]
    for end in range(2):
        year = years[block.records[dated], end].astype(np.uint64)
        parts.append(Block(_mixed(block.keys[dated], year), block.records[dated]))
    return Block(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _each_once(block: Block) -> Block:
    """Sorted by key and record, no record twice under a key."""
    order = np.lexsort((block.records, block.keys))
    keys, records = block.keys[order], block.records[order]
    fresh = np.append(True, (keys[1:] != keys[:-1]) | (records[1:] != records[:-1]))[: len(keys)]
    return Block(keys[fresh], records[fresh])


def pairs_within(block: Block, most: int) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Every two records under one key that at most so many have: left, right, and how many have it."""
    keys, records = _each_once(block)
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    sizes = np.diff(np.append(starts, len(keys)))
    good = (sizes > 1) & (sizes <= most)
    starts, sizes = starts[good], sizes[good]
    member, place = _spread(sizes)  # every member of every block
    ahead = sizes[member] - place - 1
    first, step = _spread(ahead)  # with each one after it
    left = starts[member[first]] + place[first]
    return records[left], records[left + 1 + step], sizes[member[first]].astype(np.int32)


def _spread(times: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each row as many times as told, with 0, 1, 2 … beside it."""
    row = np.repeat(np.arange(len(times)), times)
    place = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    return row, place


def _joined(
    found: Iterable[tuple[Met, NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]], records: int
) -> Candidates:
    """Pairs of all kinds as one, each once."""
    codes, kinds, sizes = [], [], []
    for met, left, right, size in found:
        codes.append(left.astype(np.int64) * records + right)
        kinds.append(np.full(len(left), met, np.uint8))
        sizes.append(size if met in _COUNTED else np.full(len(left), _NOT_COUNTED, np.int32))
    code, kind, holders = np.concatenate(codes), np.concatenate(kinds), np.concatenate(sizes)
    order = np.argsort(code, kind="stable")
    code = code[order]
    starts = np.flatnonzero(np.append(True, code[1:] != code[:-1])[: len(code)])
    if not len(starts):
        return pairs_of(np.zeros(0, np.int64), np.zeros(0, np.int64))
    rarest = np.minimum.reduceat(holders[order], starts)
    rarest[rarest == _NOT_COUNTED] = 2
    left, right = np.divmod(code[starts], records)
    under = np.bitwise_or.reduceat(kind[order], starts)
    return Candidates(left.astype(np.int32), right.astype(np.int32), under, rarest)


_COUNTED = (Met.NUMBER, Met.REFERENCE)
_NOT_COUNTED = np.iinfo(np.int32).max


def pairs_of(left: NDArray[np.int64], right: NDArray[np.int64]) -> Candidates:
    """Pairs that met under nothing."""
    ends = left.astype(np.int32), right.astype(np.int32)
    return Candidates(*ends, np.zeros(len(left), np.uint8), np.full(len(left), 2, np.int32))


def all_of(*several: Candidates) -> Candidates:
    """Pairs of several kinds one after another."""
    return Candidates(
        np.concatenate([each.left for each in several]),
        np.concatenate([each.right for each in several]),
        np.concatenate([each.met for each in several]),
        np.concatenate([each.shared_by for each in several]),
    )


def taken(pairs: Candidates, chosen: NDArray[np.bool_]) -> Candidates:
    """Some of the pairs."""
    return Candidates(pairs.left[chosen], pairs.right[chosen], pairs.met[chosen], pairs.shared_by[chosen])


def _sifted(found: Candidates, read: _Read, limits: Limits) -> tuple[Candidates, Candidates]:
    """The candidates to be compared, and those born too far apart; others cannot be one, or share too little of their names."""
    found = taken(found, read.could_be[read.schemata[found.left], read.schemata[found.right]])
    shares = _words_met(read.rows, found)
    alike = (shares[:, 0] >= limits.shorter) & (shares[:, 1] >= limits.longer)
    spelt = ((found.met & np.uint8(Met.RARE_WORD)) > 0) & (shares[:, 2] > 0)
    others = (found.met & ~np.uint8(Met.WORDS | Met.RARE_WORD | Met.CONTACT)) > 0
    possible = others | spelt | alike
    born = [read.years[side] for side in (found.left, found.right)]
    gap = np.maximum(born[0][:, 0] - born[1][:, 1], born[1][:, 0] - born[0][:, 1])
    apart = (born[0][:, 0] > 0) & (born[1][:, 0] > 0) & (gap > limits.years)
    numbered = (found.met & np.uint8(Met.NUMBER | Met.REFERENCE)) > 0
    apart &= ~numbered & (shares[:, 1] < 1)
    return taken(found, possible & ~apart), taken(found, possible & apart)


def _words_met(rows: WordRows, found: Candidates) -> NDArray[np.float32]:
    """As `words_met`, part by part on all processors."""
    parts = [slice(start, start + _AT_ONCE) for start in range(0, max(len(found.left), 1), _AT_ONCE)]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        shares = threads.map(lambda part: words_met(rows, found.left[part], found.right[part]), parts)
        return np.concatenate([*shares])
