"""An index of parties by their names: made once, kept as plain arrays in a folder, opened by mapping them into memory."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from shellgame.kernels.features import FEATURES
from shellgame.kernels.forest import Forest
from shellgame.kernels.lookup import Table, table_of
from shellgame.kernels.search import (
    HARDLY,
    LAST_TURN,
    MOST_ALIGNED,
    Memory,
    Names,
    Queries,
    listed_features,
    memory_for,
    search_names,
)
from shellgame.kernels.similar import (
    ACROSS_LATIN,
    ACROSS_NATIVE,
    NEAR,
    ORIGINS,
    PSEUDO,
    Alike,
    Keys,
    Vocabulary,
    alike_tokens,
    nothing_alike,
    token_keys,
)
from shellgame.kernels.tokens import FORM, GENERIC, PARTICLE, TOKEN, Tokens
from shellgame.match.lexicon import Words, arrays_of, believed_bits, readings, same_words, tells
from shellgame.match.scoring import NOTHING_TOLD, is_person, model
from shellgame.model.schema import PARENTS, compatible
from shellgame.names.keys import key_tables
from shellgame.names.sounds import tables
from shellgame.names.token import Token

SCHEMATA = tuple(sorted({*PARENTS, *PARENTS.values(), ""}))
"""Schemata by number; the empty one stands for any that is unknown."""
UNSPECIFIC = ("", "Thing", "LegalEntity")
"""Schemata that a person and a company may have."""
_NUMBER = {schema: number for number, schema in enumerate(SCHEMATA)}
_LEAST_ALIGNED = 24
"""Names aligned for one name of a query, however few are wanted."""
_MOST_NAMES = 12
"""Names handed over for one name of a query before they are put together by party."""


_PART = 20_000
"""Tokens of a vocabulary that one core looks up at a time."""


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


class Query(NamedTuple):
    """Whom to look for.

    Attributes:
        names: Names that the one sought may have.
        schema: Only parties that could be of this schema; None is any.
    """

    names: Sequence[str]
    schema: str | None


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


@dataclass(frozen=True, slots=True)
class Texts:
    """Many texts in one array."""

    starts: NDArray[np.int64]
    text: NDArray[np.uint8]

    @classmethod
    def of(cls, texts: Iterable[bytes]) -> Texts:
        """Put texts one after another."""
        pieces = list(texts)
        joined = np.frombuffer(b"".join(pieces), np.uint8)
        return cls(np.array([0, *accumulate(map(len, pieces))], np.int64), joined)

    def __getitem__(self, number: int) -> bytes:
        return self.text[self.starts[number] : self.starts[number + 1]].tobytes()


class PartyIndex:
    """Parties by their names."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        names: Names,
        first_names: NDArray[np.int64],
        schemata: NDArray[np.uint8],
        texts: dict[str, Texts],
    ) -> None:
        self._vocabulary, self._names = vocabulary, names
        self._first_names, self._schemata, self._texts = first_names, schemata, texts
        self._of_thread = threading.local()
        self._welcome = np.array(
            [
                [_is_welcome(has, asked, person=person) for has in SCHEMATA]
                for asked in SCHEMATA
                for person in (True, False)
            ],
            np.bool_,
        )

    def __len__(self) -> int:
        return len(self._first_names) - 1

    @property
    def population(self) -> int:
        """How many parties there are."""
        return len(self)

    @classmethod
    def build(cls, parties: Iterable[Party]) -> PartyIndex:
        """Analyse all names and index them.

        Numbers of parties and names follow the order given.
        """
        words = Words()
        tokens: list[int] = []
        starts, first_names, schemata = [0], [0], []
        ids, printed, told = [], [], []
        for party in parties:
            person = is_person(party.schema)
            for name in party.names:
                for reading in readings(name, person=person):
                    tokens += words.numbers_of(reading)
                    starts.append(len(tokens))
                    printed.append(name.encode("utf-8", "replace"))
            first_names.append(len(starts) - 1)
            schemata.append(_NUMBER.get(party.schema, _NUMBER[""]))
            ids.append(party.id.encode())
            told.append(orjson.dumps(party.properties))
        entity = np.repeat(np.arange(len(ids), dtype=np.int32), np.diff(first_names))
        rows, bounds = np.array(tokens, np.int32), np.array(starts, np.int64)
        name_of = np.repeat(np.arange(len(starts) - 1, dtype=np.int64), np.diff(bounds))
        schema = np.array(schemata, np.uint8)
        holders = _postings(rows, name_of, len(words.tokens))
        held_by = _holders(rows, entity[name_of], len(words.tokens))
        texts = {"ids": Texts.of(ids), "names": Texts.of(printed), "properties": Texts.of(told)}
        vocabulary = _vocabulary(words.tokens, held_by, len(ids))
        weight = np.bincount(name_of, _weights(vocabulary.tokens)[rows], len(starts) - 1).astype(np.float32)
        names = Names(bounds, rows, entity, schema[entity], weight, *holders)
        return cls(vocabulary, names, np.array(first_names, np.int64), schema, texts)

    def save(self, folder: Path) -> None:
        """Write the index into a folder that does not exist yet."""
        folder.mkdir(parents=True)
        for name, array in self._arrays().items():
            np.save(folder / f"{name}.npy", array)

    @classmethod
    def open(cls, folder: Path) -> PartyIndex:
        """Map a saved index into memory; its pages are read when they are first asked for."""

        def mapped(name: str) -> Any:
            # copy-on-write, since the kernels are compiled for arrays that may be written to
            return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="c"))

        def gathered(kind: Any, prefix: str) -> Any:
            return kind(*(mapped(f"{prefix}_{field}") for field in kind._fields))

        texts = {
            name: Texts(mapped(f"{name}_starts"), mapped(f"{name}_text")) for name in ("ids", "names", "properties")
        }
        tables_of = {name: gathered(Table, name) for name in ("near", "latin", "native")}
        vocabulary = Vocabulary(
            tokens=Tokens(mapped("token_rows").view(TOKEN), mapped("token_sounds"), mapped("token_latin")),
            held_by=mapped("held_by"),
            population=mapped("population"),
            present=mapped("present"),
            alike=gathered(Alike, "alike"),
            **tables_of,
        )
        return cls(vocabulary, gathered(Names, "name"), mapped("first_names"), mapped("schemata"), texts)

    def _arrays(self) -> dict[str, NDArray[Any]]:
        known = self._vocabulary
        found: dict[str, NDArray[Any]] = {
            "held_by": known.held_by,
            "population": known.population,
            "present": known.present,
            "first_names": self._first_names,
            "schemata": self._schemata,
        }
        parts: dict[str, Any] = {"token": known.tokens, "alike": known.alike, "name": self._names}
        parts |= {"near": known.near, "latin": known.latin, "native": known.native}
        for prefix, arrays in parts.items():
            found |= {f"{prefix}_{field}": array for field, array in arrays._asdict().items()}
        for name, texts in self._texts.items():
            found |= {f"{name}_starts": texts.starts, f"{name}_text": texts.text}
        return found

    def id_of(self, party: int) -> str:
        """The id of a party."""
        return self._texts["ids"][party].decode()

    def name_of(self, name: int) -> str:
        """A name as printed."""
        return self._texts["names"][name].decode()

    def names_of(self, party: int) -> list[str]:
        """All names of a party, each once."""
        names = range(self._first_names[party], self._first_names[party + 1])
        return list(dict.fromkeys(self.name_of(name) for name in names))

    def schema_of(self, party: int) -> str:
        """The schema of a party."""
        return str(SCHEMATA[self._schemata[party]])

    def properties_of(self, party: int) -> dict[str, list[str]]:
        """What else is known of a party."""
        found: dict[str, list[str]] = orjson.loads(self._texts["properties"][party])
        return found

    def search(
        self,
        queries: Sequence[Query],
        *,
        limit: int,
        threshold: float,
        allowed: NDArray[np.bool_] | None = None,
        forest: Forest | None = None,
    ) -> list[list[Match]]:
        """Find for each query the parties whose names are most like its own, best first.

        Args:
            queries: Whom to look for.
            limit: Most parties for each query.
            threshold: Lowest score, 0 to 1.
            allowed: Which parties may be found, one flag each; None is all.
            forest: Another model than the fitted one.
        """
        memory = self._memory()
        rows = self._rows(queries, memory)
        results: list[list[Match]] = [[] for _ in queries]
        if not rows.query:
            return results
        found = search_names(
            rows.told,
            self._vocabulary,
            self._names,
            np.empty(0, np.bool_) if allowed is None else allowed,
            forest or model().search,
            tables(),
            memory,
            threshold,
            max(_MOST_NAMES, 2 * limit),
            min(MOST_ALIGNED, max(_LEAST_ALIGNED, 2 * limit)),
        )
        parties = self._names.entity[found.names].tolist()
        bounds, names, scores = found.starts.tolist(), found.names.tolist(), found.scores.tolist()
        for row, (number, asked) in enumerate(zip(rows.query, rows.asked, strict=True)):
            bare, person = rows.bare[row], not rows.told.organization[row]
            for place in range(bounds[row], bounds[row + 1]):
                score = scores[place]
                if bare and score > NOTHING_TOLD:
                    same = same_words(queries[number].names[asked], self.name_of(names[place]), person=person)
                    score = score if same else NOTHING_TOLD
                if score >= threshold:
                    results[number].append(Match(parties[place], names[place], asked, score))
        return [_best(matches, limit) for matches in results]

    def _memory(self) -> Memory:
        """Working memory of this thread, made anew when its clock has run out."""
        memory: Memory | None = getattr(self._of_thread, "memory", None)
        if memory is None or memory.clock[0] > LAST_TURN:
            memory = memory_for(len(self._vocabulary.tokens.rows), len(self._names.entity))
            self._of_thread.memory = memory
        return memory

    def _rows(self, queries: Sequence[Query], memory: Memory) -> _Rows:
        """Analyse the names of queries: one row a name and a way to read it."""
        words = Words()
        tokens: list[int] = []
        starts, organization, welcome, query_of, asked_of, bare = [0], [], [], [], [], []
        for number, query in enumerate(queries):
            for asked, name in enumerate(query.names):
                for person, reading in _all_readings(name, query.schema):
                    tokens += words.numbers_of(reading, mark_last=True)
                    starts.append(len(tokens))
                    organization.append(not person)
                    welcome.append(_line(query.schema, person))
                    bare.append(not tells(reading, person=person))
                    query_of.append(number)
                    asked_of.append(asked)
        batch = arrays_of(words.tokens)
        last = np.array(words.last, np.bool_)
        alike = alike_tokens(batch, last, self._vocabulary, tables(), _keys(), memory.seen, memory.clock)
        batch.rows["bits"] = alike.bits
        told = Queries(
            np.array(starts, np.int64),
            np.array(tokens, np.int32),
            np.array(organization, np.bool_),
            self._welcome,
            np.array(welcome, np.int32),
            batch,
            alike,
        )
        return _Rows(told, query_of, asked_of, bare)

    def features_of(self, queries: Sequence[Query], found: Sequence[Match]) -> NDArray[np.float32]:
        """Features of each query's match: one line for each query, whose name number `asked` met the listed name.

        Of several readings of a query's name the likeliest counts; a name of which nothing is left has zeros.
        """
        rows = self._rows(
            [
                Query([query.names[match.asked]], self._read_as(match))
                for query, match in zip(queries, found, strict=True)
            ],
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
            self._vocabulary,
            self._names,
            tables(),
        )
        return out

    def _read_as(self, match: Match) -> str:
        return "Person" if is_person(self.schema_of(match.party)) else "Organization"


class _Rows(NamedTuple):
    """Names of queries, analysed; of which query each is, which of its names, and whether it tells nothing."""

    told: Queries
    query: list[int]
    asked: list[int]
    bare: list[bool]


@lru_cache(maxsize=1)
def _keys() -> Keys:
    """Among Latin tokens slips are found by their very sounds, so that these need no keys that lack one."""
    known = key_tables()
    return Keys(known, known._replace(shortest=np.zeros_like(known.shortest)))


def _vocabulary(words: Sequence[Token], held_by: NDArray[np.int32], population: int) -> Vocabulary:
    """Lay tokens out with their keys and, for each, the others that are like it."""
    tokens = arrays_of(words)
    tokens.rows["bits"] = _bits(tokens.rows["bits"], held_by, population)
    near, latin, native = (
        table_of(*token_keys(tokens, key_tables(), which)) for which in (NEAR, ACROSS_LATIN, ACROSS_NATIVE)
    )
    present = np.bincount(tokens.rows["origin"], minlength=ORIGINS) > 0
    count = np.array([population], np.int64)
    known = Vocabulary(tokens, held_by, count, present, near, latin, native, nothing_alike())
    asked = tokens._replace(rows=tokens.rows.copy())
    asked.rows["bits"] = [believed_bits(word) for word in words]
    return known._replace(alike=_alike_among_themselves(asked, known))


def _alike_among_themselves(asked: Tokens, known: Vocabulary) -> Alike:
    """What a look-up of each token of a vocabulary finds there; in parts, on all cores."""
    bounds = range(0, len(asked.rows) + _PART, _PART)

    def part(begin: int) -> Alike:
        rows = asked.rows[begin : begin + _PART]
        seen, clock = np.zeros(len(asked.rows), np.int32), np.zeros(1, np.int32)
        nowhere_last = np.zeros(len(rows), np.bool_)
        return alike_tokens(asked._replace(rows=rows), nowhere_last, known, tables(), _keys(), seen, clock)

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        parts = list(threads.map(part, bounds))
    ends = np.cumsum([0, *(len(each.tokens) for each in parts)])
    starts = [each.starts[1:] + end for each, end in zip(parts, ends[:-1], strict=True)]
    pieces = [np.concatenate([each[field] for each in parts]) for field in range(1, len(Alike._fields))]
    return Alike(np.concatenate([np.zeros(1, np.int64), *starts]), *pieces)


def _line(schema: str | None, person: bool) -> int:
    """The line of `PartyIndex._welcome` for a name of a query that was read as that of a person, or of another."""
    return 2 * _NUMBER.get(schema or "", _NUMBER[""]) + (0 if person else 1)


def _is_welcome(has: str, asked: str, *, person: bool) -> bool:
    """Whether a party of a schema may be found; people only by a name read as a person's, all others only by one read as theirs.

    Of a party whose schema leaves open what it is, either reading will do.
    """
    fits = not asked or not has or compatible(has, asked)
    return fits and (has in UNSPECIFIC or is_person(has) == person)


def _all_readings(name: str, schema: str | None) -> list[tuple[bool, tuple[Token, ...]]]:
    """A name as that of a person, of an organisation, or both where the schema leaves it open; not where nothing is left of it."""
    kinds = (True, False) if (schema or "") in UNSPECIFIC else (is_person(schema),)
    return [(person, reading) for person in kinds for reading in readings(name, person=person) if reading]


def _best(matches: list[Match], limit: int) -> list[Match]:
    """The best match of each party, best first."""
    if len(matches) < 2:
        return matches
    matches.sort(key=lambda match: (-match.score, match.party, match.name))
    seen: set[int] = set()
    best = []
    for match in matches:
        if match.party not in seen:
            seen.add(match.party)
            best.append(match)
    return best[:limit]


def _holders(rows: NDArray[np.int32], entity: NDArray[np.int32], many: int) -> NDArray[np.int32]:
    """How many parties hold each token."""
    pairs = np.unique(rows.astype(np.int64) << 32 | entity)
    return np.bincount(pairs >> 32, minlength=many).astype(np.int32)


def _bits(believed: NDArray[np.float32], held_by: NDArray[np.int32], population: int) -> NDArray[np.float32]:
    """How telling each token is, from belief and count."""
    share = (held_by + PSEUDO * np.exp2(-believed)) / (population + PSEUDO)
    return (-np.log2(share)).astype(np.float32)


def _weights(tokens: Tokens) -> NDArray[np.float32]:
    """What each token counts for when names are gathered."""
    hardly = np.isin(tokens.rows["kind"], (FORM, PARTICLE, GENERIC))
    weights: NDArray[np.float32] = tokens.rows["bits"] * np.where(hardly, np.float32(HARDLY), np.float32(1))
    return weights


def _postings(
    rows: NDArray[np.int32], name_of: NDArray[np.int64], many: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The names that hold each token, ascending, each once."""
    pairs = np.unique(rows.astype(np.int64) << 32 | name_of)
    starts = np.zeros(many + 1, np.int64)
    np.cumsum(np.bincount(pairs >> 32, minlength=many), out=starts[1:])
    return starts, (pairs & 0xFFFFFFFF).astype(np.int32)
