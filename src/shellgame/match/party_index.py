"""An index of parties by their names: made once, kept as plain arrays in a folder, opened by mapping them into memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from shellgame.kernels.alignment import FEATURES, Tokens
from shellgame.kernels.forest import Forest
from shellgame.kernels.lookup import Table, table_of
from shellgame.kernels.search import (
    LATIN,
    MOST_ALIGNED,
    NATIVE,
    NEAR,
    ORIGINS,
    PSEUDO,
    Alike,
    Names,
    Tables,
    alike_tokens,
    listed_features,
    search_names,
    token_keys,
)
from shellgame.match.lexicon import Words, arrays_of, readings
from shellgame.match.scoring import is_person, model
from shellgame.model.schema import PARENTS, compatible
from shellgame.names.keys import KeyTables, key_tables
from shellgame.names.sounds import tables
from shellgame.names.token import Token

SCHEMATA = tuple(sorted({*PARENTS, *PARENTS.values(), ""}))
"""Schemata by number; the empty one stands for any that is unknown."""
_NUMBER = {schema: number for number, schema in enumerate(SCHEMATA)}
_LEAST_ALIGNED = 24
"""Names aligned for one name of a query, however few are wanted."""
_MOST_NAMES = 12
"""Names handed over for one name of a query before they are put together by party."""


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
        vocabulary: Tokens,
        held_by: NDArray[np.int32],
        looked_up: Tables,
        names: Names,
        first_names: NDArray[np.int64],
        schemata: NDArray[np.uint8],
        texts: dict[str, Texts],
    ) -> None:
        self._vocabulary, self._held_by, self._tables, self._names = vocabulary, held_by, looked_up, names
        self._first_names, self._schemata, self._texts = first_names, schemata, texts
        self._present = np.bincount(vocabulary.origin, minlength=ORIGINS) > 0
        self._welcome = np.array(
            [[not asked or not has or compatible(has, asked) for has in SCHEMATA] for asked in SCHEMATA], np.bool_
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
        vocabulary = arrays_of(words.tokens)
        entity = np.repeat(np.arange(len(ids), dtype=np.int32), np.diff(first_names))
        rows, bounds = np.array(tokens, np.int32), np.array(starts, np.int64)
        name_of = np.repeat(np.arange(len(starts) - 1, dtype=np.int64), np.diff(bounds))
        held_by = _holders(rows, entity[name_of], len(words.tokens))
        vocabulary = vocabulary._replace(bits=_bits(vocabulary.bits, held_by, len(ids)))
        holder_starts, holders = _postings(rows, name_of, len(words.tokens))
        schema = np.array(schemata, np.uint8)
        names = Names(bounds, rows, entity, schema[entity], holder_starts, holders)
        looked_up = Tables(*(table_of(*token_keys(vocabulary, key_tables(), which)) for which in (NEAR, LATIN, NATIVE)))
        texts = {"ids": Texts.of(ids), "names": Texts.of(printed), "properties": Texts.of(told)}
        return cls(vocabulary, held_by, looked_up, names, np.array(first_names, np.int64), schema, texts)

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
        return cls(
            gathered(Tokens, "token"),
            mapped("held_by"),
            Tables(*(gathered(Table, name) for name in Tables._fields)),
            gathered(Names, "name"),
            mapped("first_names"),
            mapped("schemata"),
            texts,
        )

    def _arrays(self) -> dict[str, NDArray[Any]]:
        found: dict[str, NDArray[Any]] = {
            "held_by": self._held_by,
            "first_names": self._first_names,
            "schemata": self._schemata,
        }
        parts: dict[str, Any] = {"token": self._vocabulary, "name": self._names, **self._tables._asdict()}
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
        rows = self._rows(queries)
        results: list[list[Match]] = [[] for _ in queries]
        if not rows.query:
            return results
        found = search_names(
            rows.starts,
            rows.tokens,
            rows.organization,
            self._welcome,
            rows.schema,
            rows.batch,
            rows.alike,
            self._vocabulary,
            self._names,
            np.empty(0, np.bool_) if allowed is None else allowed,
            forest or model(),
            tables(),
            threshold,
            max(_MOST_NAMES, 2 * limit),
            min(MOST_ALIGNED, max(_LEAST_ALIGNED, 2 * limit)),
        )
        parties = self._names.entity[found.names].tolist()
        bounds, names, scores = found.starts.tolist(), found.names.tolist(), found.scores.tolist()
        for row, (number, asked) in enumerate(zip(rows.query, rows.asked, strict=True)):
            for place in range(bounds[row], bounds[row + 1]):
                results[number].append(Match(parties[place], names[place], asked, scores[place]))
        return [_best(matches, limit) for matches in results]

    def _rows(self, queries: Sequence[Query]) -> _Rows:
        """Analyse the names of queries: one row a name and a way to read it."""
        words = Words()
        tokens: list[int] = []
        starts, organization, schema, query_of, asked_of = [0], [], [], [], []
        for number, query in enumerate(queries):
            for asked, name in enumerate(query.names):
                for person, reading in _all_readings(name, query.schema):
                    tokens += words.numbers_of(reading, mark_last=True)
                    starts.append(len(tokens))
                    organization.append(not person)
                    schema.append(_NUMBER.get(query.schema or "", _NUMBER[""]))
                    query_of.append(number)
                    asked_of.append(asked)
        batch = arrays_of(words.tokens)
        alike = alike_tokens(
            batch,
            np.array(words.last, np.bool_),
            self._vocabulary,
            self._held_by,
            len(self),
            self._tables,
            tables(),
            key_tables(),
            _coarse(),
            self._present,
        )
        return _Rows(
            np.array(starts, np.int64),
            np.array(tokens, np.int32),
            np.array(organization, np.bool_),
            np.array(schema, np.int32),
            batch._replace(bits=alike.bits),
            alike,
            query_of,
            asked_of,
        )

    def features_of(self, queries: Sequence[Query], found: Sequence[Match]) -> NDArray[np.float32]:
        """Features of each query's match: one line for each query, whose name number `asked` met the listed name.

        Of several readings of a query's name the likeliest counts; a name of which nothing is left has zeros.
        """
        rows = self._rows(
            [
                Query([query.names[match.asked]], self._read_as(match))
                for query, match in zip(queries, found, strict=True)
            ]
        )
        first_row: dict[int, int] = {}
        for row, number in enumerate(rows.query):
            first_row.setdefault(number, row)
        told = sorted(first_row)
        out = np.zeros((len(found), len(FEATURES)), np.float32)
        out[told] = listed_features(
            rows.starts,
            rows.tokens,
            rows.organization,
            np.array([first_row[number] for number in told], np.int32),
            np.array([found[number].name for number in told], np.int32),
            rows.batch,
            self._vocabulary,
            self._names,
            tables(),
        )
        return out

    def _read_as(self, match: Match) -> str:
        return "Person" if is_person(self.schema_of(match.party)) else "Organization"


class _Rows(NamedTuple):
    """Names of queries, analysed."""

    starts: NDArray[np.int64]
    tokens: NDArray[np.int32]
    organization: NDArray[np.bool_]
    schema: NDArray[np.int32]
    batch: Tokens
    alike: Alike
    query: list[int]
    asked: list[int]


@lru_cache(maxsize=1)
def _coarse() -> KeyTables:
    """Keys without those that lack a sound: among Latin tokens slips are found by their very sounds."""
    known = key_tables()
    return known._replace(shortest=np.zeros_like(known.shortest))


def _all_readings(name: str, schema: str | None) -> list[tuple[bool, tuple[Token, ...]]]:
    """A name as that of a person, of an organisation, or both where the schema leaves it open; not where nothing is left of it."""
    kinds = (True, False) if not schema or schema in ("Thing", "LegalEntity") else (is_person(schema),)
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


def _postings(
    rows: NDArray[np.int32], name_of: NDArray[np.int64], many: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The names that hold each token, ascending, each once."""
    pairs = np.unique(rows.astype(np.int64) << 32 | name_of)
    starts = np.zeros(many + 1, np.int64)
    np.cumsum(np.bincount(pairs >> 32, minlength=many), out=starts[1:])
    return starts, (pairs & 0xFFFFFFFF).astype(np.int32)
