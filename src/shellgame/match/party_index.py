"""An index of parties by their names: made once, kept as plain arrays, asked with many queries at a time."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from shellgame.kernels.features import FEATURES
from shellgame.kernels.forest import Forest
from shellgame.kernels.gathering import HARDLY
from shellgame.kernels.listed import NAME, Names
from shellgame.kernels.lists import Lists
from shellgame.kernels.memory import LAST_TURN, MOST_ALIGNED, Memory, memory_for
from shellgame.kernels.search import listed_features, search_names
from shellgame.kernels.tokens import FORM, GENERIC, PARTICLE, Tokens
from shellgame.match import index_files
from shellgame.match.index_files import Column, Kept, Texts, reordered
from shellgame.match.letters import MOST_ALIKE, MOST_EXAMINED, are_spelt_alike, letters_of, of_the_same_letters
from shellgame.match.lexicon import Words, same_words
from shellgame.match.query_rows import NUMBER, SCHEMATA, UNSPECIFIC, Query, rows_of
from shellgame.match.scoring import NOTHING_TOLD, SPELT_ALIKE, is_person, likeness_counts, model
from shellgame.match.search import Progress, untold
from shellgame.match.vocabulary import vocabulary_of
from shellgame.model.schema import compatible
from shellgame.names.costs import tables
from shellgame.names.readers import read_names

__all__ = ["UNSPECIFIC", "Match", "Party", "PartyIndex", "Query"]
_LEAST_ALIGNED = 24
"""Names aligned for one name of a query, however few are wanted."""
_COMMONEST = 4
"""Words of a name by which it is put beside others."""
_MOST_PARTIES = 12
"""Parties handed over for one name of a query, however few are wanted, before its names are put together."""


class Party(NamedTuple):
    """A party to be found.

    Attributes:
        id: Its id.
        schema: Its FollowTheMoney schema.
        names: Its names, the main one first.
        properties: What else is known of it, by FollowTheMoney property.
    """

    id: str
    schema: str
    names: Sequence[str]
    properties: dict[str, list[str]]


class Match(NamedTuple):
    """A party found.

    Attributes:
        party: Its number in the index.
        name: Number of the name of it that is most like one of the query.
        asked: Which name of the query that was.
        score: 0 to 1.
    """

    party: int
    name: int
    asked: int
    score: float


class PartyIndex:
    """Parties by their names."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._of_thread = threading.local()

    def __len__(self) -> int:
        return len(self._kept.schemata)

    @property
    def population(self) -> int:
        """How many parties there are."""
        return len(self)

    @classmethod
    def build(cls, parties: Iterable[Party], progress: Progress = untold) -> PartyIndex:
        """Analyse all names and index them.

        Numbers of parties follow the order given; names are numbered as they lie in memory.
        """
        listed = _Listed(parties)
        many, first_names, schema = len(listed.words.tokens), listed.first_names(), np.asarray(listed.schemata)
        entity, place = _bearers(first_names)
        held_by = _holders(listed.rows(), np.repeat(entity, np.diff(listed.bounds())), many)
        order = _together(listed.bounds(), listed.rows(), held_by)
        bounds, rows = reordered(listed.bounds(), listed.rows(), order)
        name_of = np.repeat(np.arange(len(order)), np.diff(bounds))
        vocabulary = vocabulary_of(listed.words.tokens, held_by, len(schema), progress)
        bearers = np.zeros(len(order), NAME)
        bearers["entity"], bearers["place"], bearers["schema"] = entity[order], place[order], schema[entity[order]]
        bearers["weight"] = np.bincount(name_of, _weights(vocabulary.tokens)[rows], len(order))
        names = Names(Lists(bounds, rows), bearers, _postings(rows, name_of, many))
        names_of = Lists(first_names, np.argsort(order).astype(np.int32))
        texts = listed.texts()
        texts["names"] = texts["names"].taken(order)
        letters = letters_of(texts["names"][number].decode() for number in range(len(order)))
        return cls(Kept(vocabulary, names, names_of, schema, texts, letters))

    def save(self, folder: Path) -> None:
        """Write the index into a folder that does not exist yet."""
        index_files.save(self._kept, folder)

    @classmethod
    def open(cls, folder: Path) -> PartyIndex:
        """Map a saved index into memory; its pages are read when they are first asked for."""
        return cls(index_files.opened(folder))

    def id_of(self, party: int) -> str:
        """The id of a party."""
        return self._kept.texts["ids"][party].decode()

    def name_of(self, name: int) -> str:
        """A name as printed."""
        return self._kept.texts["names"][name].decode()

    def names_of(self, party: int) -> list[str]:
        """All names of a party, each once."""
        starts, numbers = self._kept.names_of
        names = numbers[starts[party] : starts[party + 1]].tolist()
        return list(dict.fromkeys(map(self.name_of, names)))

    def bits_of(self, name: int) -> list[float]:
        """How telling each token of a name is, in bits; see `kernels.tokens.TOKEN`."""
        starts, numbers = self._kept.names.tokens
        tokens = numbers[starts[name] : starts[name + 1]]
        bits: list[float] = self._kept.vocabulary.tokens.rows["bits"][tokens].tolist()
        return bits

    def schema_of(self, party: int) -> str:
        """The schema of a party."""
        return str(SCHEMATA[self._kept.schemata[party]])

    def properties_of(self, party: int) -> dict[str, list[str]]:
        """What else is known of a party."""
        found: dict[str, list[str]] = orjson.loads(self._kept.texts["properties"][party])
        return found

    def search(
        self,
        queries: Sequence[Query],
        *,
        limit: int,
        threshold: float,
        allowed: NDArray[np.bool_] | None = None,
        forest: Forest | None = None,
        by_letters: bool = True,
    ) -> list[list[Match]]:
        """Find for each query the parties whose names are most like its own, best first.

        Args:
            queries: Whom to look for.
            limit: Most parties for each query.
            threshold: Lowest score, 0 to 1.
            allowed: Which parties may be found, one flag each; None is all.
            forest: Another model than the fitted one.
            by_letters: Whether names are found by their letters too, of whose words a model learns nothing.
        """
        memory, names = self._memory(), self._kept.names
        rows = rows_of(queries, self._kept.vocabulary, memory)
        results: list[list[Match]] = [[] for _ in queries]
        if not rows.query:
            return results
        found = search_names(
            rows.told,
            self._kept.vocabulary,
            names,
            np.empty(0, np.bool_) if allowed is None else allowed,
            forest or model().search,
            tables(),
            memory,
            threshold,
            max(_MOST_PARTIES, min(MOST_ALIGNED, 2 * limit)),
            min(MOST_ALIGNED, max(_LEAST_ALIGNED, 2 * limit)),
        )
        bounds, parties = found.starts.tolist(), names.rows["entity"][found.names].tolist()
        numbers, scores = found.names.tolist(), found.scores.tolist()
        several = set()
        for row, (query, asked) in enumerate(zip(rows.query, rows.asked, strict=True)):
            span = slice(bounds[row], bounds[row + 1] if rows.bare[row] else min(bounds[row + 1], bounds[row] + limit))
            told = scores[span]
            if rows.bare[row]:
                person = not rows.told.organization[row]
                told = [
                    self._told_by(queries[query].names[asked], name, score, person=person)
                    for name, score in zip(numbers[span], told, strict=True)
                ]
            if results[query] or rows.bare[row]:
                several.add(query)
            results[query] += map(Match, parties[span], numbers[span], repeat(asked), told)
        if by_letters and threshold <= SPELT_ALIKE:
            several |= self._add_spelt_alike(queries, results, allowed)
        return [
            _best(matches, limit, threshold) if query in several else matches[:limit]
            for query, matches in enumerate(results)
        ]

    def _add_spelt_alike(
        self, queries: Sequence[Query], results: list[list[Match]], allowed: NDArray[np.bool_] | None
    ) -> set[int]:
        """Add parties with names of the very letters of a name of a query, unless their words said as much.

        Returns:
            The queries that were added to.
        """
        asked = [(query, place, name) for query, told in enumerate(queries) for place, name in enumerate(told.names)]
        added = set()
        for number, names in of_the_same_letters([name for _, _, name in asked], self._kept.letters):
            query, place, told = asked[number]
            sure = {match.party for match in results[query] if match.score >= SPELT_ALIKE}
            for party, name in self._spelt_alike(told, self._that_may_be(names, queries[query], allowed, sure)):
                results[query].append(Match(party, name, place, SPELT_ALIKE))
                added.add(query)
        return added

    def _that_may_be(
        self, names: NDArray[np.int32], query: Query, allowed: NDArray[np.bool_] | None, without: set[int]
    ) -> NDArray[np.int32]:
        """Those of some names whose parties may answer a query."""
        parties = self._kept.names.rows["entity"][names]
        may = np.ones(len(names), np.bool_) if allowed is None else allowed[parties]
        if query.schema:
            may &= _compatible(query.schema)[self._kept.schemata[parties]]
        if without:
            may &= ~np.isin(parties, list(without))
        left: NDArray[np.int32] = names[may]
        return left

    def _spelt_alike(self, told: str, names: NDArray[np.int32]) -> Iterator[tuple[int, int]]:
        """Parties, each once, whose names of some of the same letters are spelt like another, with the number of the name.

        At most `MOST_ALIKE` parties of the first `MOST_EXAMINED` names; a name that several have is looked at once.
        """
        known: dict[tuple[str, str], bool] = {}
        seen: set[int] = set()
        for name in names[:MOST_EXAMINED].tolist():
            party, listed = int(self._kept.names.rows["entity"][name]), self.name_of(name)
            schema = self.schema_of(party)
            if (listed, schema) not in known:
                alike = are_spelt_alike(told, listed, person=is_person(schema))
                known[listed, schema] = alike and likeness_counts(told, listed, schema)
            if known[listed, schema] and party not in seen:
                seen.add(party)
                yield party, name
            if len(seen) == MOST_ALIKE:
                return

    def _told_by(self, asked: str, name: int, score: float, *, person: bool) -> float:
        """The score of a name of a query that tells nothing by itself."""
        same = score <= NOTHING_TOLD or same_words(asked, self.name_of(name), person=person)
        return score if same else NOTHING_TOLD

    def _memory(self) -> Memory:
        """Working memory of this thread, made anew when its clock has run out."""
        memory: Memory | None = getattr(self._of_thread, "memory", None)
        if memory is None or memory.clock[0] > LAST_TURN:
            memory = memory_for(len(self._kept.vocabulary.tokens.rows), len(self._kept.names.rows))
            self._of_thread.memory = memory
        return memory

    def features_of(self, queries: Sequence[Query], found: Sequence[Match]) -> NDArray[np.float32]:
        """Features of each query's match: one line for each query, whose name number `asked` met the listed name.

        Of several readings of a query's name the likeliest counts; a name of which nothing is left has zeros.
        """
        rows = rows_of(
            [
                Query([query.names[match.asked]], self._read_as(match))
                for query, match in zip(queries, found, strict=True)
            ],
            self._kept.vocabulary,
            self._memory(),
        )
        first_row: dict[int, int] = {}
        for row, number in enumerate(rows.query):
            first_row.setdefault(number, row)
        told = sorted(first_row)
        out = np.zeros((len(found), len(FEATURES)), np.float32)
        out[told] = listed_features(
            rows.told,
            np.array([first_row[number] for number in told], np.int32),
            np.array([found[number].name for number in told], np.int32),
            self._kept.vocabulary,
            self._kept.names,
            tables(),
        )
        return out

    def _read_as(self, match: Match) -> str:
        return "Person" if is_person(self.schema_of(match.party)) else "Organization"


class _Listed:
    """Parties as they are read, one column for each thing that is told of them.

    Attributes:
        words: The tokens of their names.
        schemata: Schema number of each party.
    """

    def __init__(self, parties: Iterable[Party]) -> None:
        self.words, self.schemata = Words(), array("B")
        self._ids, self._printed, self._told = Column(), Column(), Column()
        self._names, self._ways, self._lengths, self._tokens = (array("i") for _ in range(4))
        for batch, read in read_names(self._taken(parties), self.words):
            self._ways += read.ways
            self._lengths += read.lengths
            self._tokens += read.numbers
            for (name, _), ways in zip(batch, read.ways, strict=True):
                text = name.encode("utf-8", "replace")
                for _ in range(ways):
                    self._printed.add(text)

    def _taken(self, parties: Iterable[Party]) -> Iterator[tuple[str, bool]]:
        """The names of parties, whose other columns are filled on the way."""
        for party in parties:
            self.schemata.append(NUMBER.get(party.schema, NUMBER[""]))
            self._ids.add(party.id.encode())
            self._told.add(orjson.dumps(party.properties))
            self._names.append(len(party.names))
            person = is_person(party.schema)
            for name in party.names:
                yield name, person

    def rows(self) -> NDArray[np.int32]:
        """The tokens of all readings of names, one behind the other."""
        return np.asarray(self._tokens, np.int32)

    def bounds(self) -> NDArray[np.int64]:
        """Where the tokens of each reading begin; one more than there are readings."""
        return _bounds(self._lengths)

    def first_names(self) -> NDArray[np.int64]:
        """Where the readings of each party begin; one more than there are parties."""
        return _bounds(self._ways)[_bounds(self._names)]

    def texts(self) -> dict[str, Texts]:
        """Ids, the name of each reading as printed, and properties."""
        return {"ids": self._ids.texts(), "names": self._printed.texts(), "properties": self._told.texts()}


@lru_cache(maxsize=256)
def _compatible(wanted: str) -> NDArray[np.bool_]:
    """Which schemata a party may have that is looked for as one, by their numbers."""
    return np.array([compatible(schema, wanted) for schema in SCHEMATA])


def _bounds(lengths: array[int]) -> NDArray[np.int64]:
    """Where each of many parts begins and the last one ends."""
    bounds = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(np.asarray(lengths), out=bounds[1:])
    return bounds


def _bearers(first_names: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.uint16]]:
    """Whose each name is, and which of its names."""
    many = np.diff(first_names)
    entity = np.repeat(np.arange(len(many), dtype=np.int32), many)
    place = np.arange(len(entity)) - first_names[entity]
    return entity, np.minimum(place, np.iinfo(np.uint16).max).astype(np.uint16)


def _together(bounds: NDArray[np.int64], rows: NDArray[np.int32], held_by: NDArray[np.int32]) -> NDArray[np.int64]:
    """An order of names in which those with the same common tokens lie together, which makes a search a fifth faster.

    They are sorted by their commonest token, then by the next one.

    Args:
        bounds: Where the tokens of each name begin; one more than there are names.
        rows: These tokens.
        held_by: How many parties hold each token there is.
    """
    lengths = np.diff(bounds)
    rank = np.empty(len(held_by), np.int32)
    rank[np.argsort(-held_by, kind="stable")] = np.arange(len(held_by), dtype=np.int32)
    name_of = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    ranks = rank[rows]
    ranks = ranks[np.lexsort((ranks, name_of))]
    keys = np.full((_COMMONEST, len(lengths)), len(held_by), np.int32)
    for place in range(_COMMONEST):
        has = lengths > place
        keys[place, has] = ranks[bounds[:-1][has] + place]
    order: NDArray[np.int64] = np.lexsort(keys[::-1])
    return order


def _best(matches: list[Match], limit: int, threshold: float) -> list[Match]:
    """The best match of each party, best first; of equals the name asked for first, and the main name of the party."""
    matches.sort(key=lambda match: (-match.score, match.party))
    seen: set[int] = set()
    best = []
    for match in matches:
        if match.score >= threshold and match.party not in seen:
            seen.add(match.party)
            best.append(match)
    return best[:limit]


def _holders(rows: NDArray[np.int32], entity: NDArray[np.int32], many: int) -> NDArray[np.int32]:
    """How many parties hold each token."""
    pairs = _distinct(rows.astype(np.int64) << 32 | entity)
    return np.bincount(pairs >> 32, minlength=many).astype(np.int32)


def _weights(tokens: Tokens) -> NDArray[np.float32]:
    """What each token counts for when names are gathered."""
    hardly = np.isin(tokens.rows["kind"], (FORM, PARTICLE, GENERIC))
    weights: NDArray[np.float32] = tokens.rows["bits"] * np.where(hardly, np.float32(HARDLY), np.float32(1))
    return weights


def _postings(rows: NDArray[np.int32], name_of: NDArray[np.int64], many: int) -> Lists:
    """The names that hold each token, ascending, each once."""
    pairs = _distinct(rows.astype(np.int64) << 32 | name_of)
    starts = np.zeros(many + 1, np.int64)
    np.cumsum(np.bincount(pairs >> 32, minlength=many), out=starts[1:])
    return Lists(starts, (pairs & 0xFFFFFFFF).astype(np.int32))


def _distinct(pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pairs in order, each once; `np.unique` hashes them first, which takes ten times as long."""
    pairs.sort()
    fresh = np.ones(len(pairs), np.bool_)
    np.not_equal(pairs[1:], pairs[:-1], out=fresh[1:])
    return pairs[fresh]
