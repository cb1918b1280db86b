"""Names of queries as the kernels take them: analysed, a row for each name and way to read it, their words looked up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from shellgame.kernels.listed import Queries
from shellgame.kernels.lists import Lists
from shellgame.kernels.memory import Memory
from shellgame.kernels.similar import alike_tokens
from shellgame.kernels.vocabulary import Vocabulary
from shellgame.match.lexicon import Words, arrays_of, readings, tells
from shellgame.match.scoring import is_person
from shellgame.match.vocabulary import keys
from shellgame.model.schema import PARENTS, compatible
from shellgame.names.costs import tables
from shellgame.names.token import Kind, Origin, Token

SCHEMATA = tuple(sorted({*PARENTS, *PARENTS.values(), ""}))
"""Schemata by number; the empty one stands for any that is unknown."""
NUMBER = {schema: number for number, schema in enumerate(SCHEMATA)}
UNSPECIFIC = ("", "Thing", "LegalEntity")
"""Schemata that a person and a company may have."""


class Query(NamedTuple):
    """Whom to look for.

    Attributes:
        names: Names that the one sought may have.
        schema: Only parties that could be of this schema; None is any.
    """

    names: Sequence[str]
    schema: str | None


class Rows(NamedTuple):
    """Names of queries, analysed; of which query each is, which of its names, and whether it tells nothing."""

    told: Queries
    query: list[int]
    asked: list[int]
    bare: list[bool]


def rows_of(queries: Sequence[Query], vocabulary: Vocabulary, memory: Memory) -> Rows:
    """Analyse the names of queries and look their words up."""
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
    alike = alike_tokens(batch, last, vocabulary, tables(), keys(), memory.seen, memory.clock)
    batch.rows["bits"] = alike.bits
    told = Queries(
        Lists(np.array(starts, np.int64), np.array(tokens, np.int32)),
        np.array(organization, np.bool_),
        _WELCOME,
        np.array(welcome, np.int32),
        batch,
        alike,
    )
    return Rows(told, query_of, asked_of, bare)


def _all_readings(name: str, schema: str | None) -> list[tuple[bool, tuple[Token, ...]]]:
    """A name as that of a person, of an organisation, or both where the schema leaves it open; not where nothing is left of it."""
    kinds = (True, False) if (schema or "") in UNSPECIFIC else (is_person(schema),)
    return [
        (person, each)
        for person in kinds
        for reading in readings(name, person=person)
        for each in _turned(reading, person)
    ]


def _turned(reading: tuple[Token, ...], person: bool) -> list[tuple[Token, ...]]:
    """A name as it is printed, and a person's in Cyrillic letters and the like with its first word last; nothing of an empty one.

    Papers there put the family name first, and lists in Latin letters put it last.
    """
    told = [reading] if reading else []
    if person and len(reading) > 1 and reading[0].origin == Origin.ALPHABET and reading[0].kind is Kind.WORD:
        told.append((*reading[1:], reading[0]))
    return told


def _is_welcome(has: str, asked: str, *, person: bool) -> bool:
    """Whether a party of a schema may be found; people only by a name read as a person's, all others only by one read as theirs.

    Of a party whose schema leaves open what it is, either reading will do.
    """
    fits = not asked or not has or compatible(has, asked)
    return fits and (has in UNSPECIFIC or is_person(has) == person)


_WELCOME = np.array(
    [[_is_welcome(has, asked, person=person) for has in SCHEMATA] for asked in SCHEMATA for person in (True, False)],
    np.bool_,
)


def _line(schema: str | None, person: bool) -> int:
    """The line of `_WELCOME` for a name of a query that was read as that of a person, or of another."""
    return 2 * NUMBER.get(schema or "", NUMBER[""]) + (0 if person else 1)
