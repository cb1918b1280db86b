"""The parties that can be found by screening, and which of them a filter leaves: one row a party, in a memory-mapped Arrow file.

Rows stand in the order in which equal scores are told: parties that a list has taken up first, then by id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shellgame.errors import WrongUse
from shellgame.match.search import Mask
from shellgame.model.schema import NAME_PROPS, PARENTS, PARTS
from shellgame.names.countries import country_code, country_name
from shellgame.names.nearest import did_you_mean
from shellgame.resolve.comparable import in_brackets
from shellgame.store.claims import ClaimSet

RECIPE = "2"
"""Raise it when the same claims give another table than before."""
SCHEMATA = frozenset({*PARENTS, *PARENTS.values()}) - PARTS
"""What a party can be."""
_COUNTRY_PROPS = ("country", "nationality", "citizenship", "jurisdiction", "mainCountry", "flag", "birthCountry")
_PROGRAMME_PROPS = ("program", "programId")
_BATCH = 65536
_KINDS = {
    "individual": "Person",
    "naturalperson": "Person",
    "human": "Person",
    "entity": "LegalEntity",
    "organisation": "Organization",
    "business": "Company",
    "corporation": "Company",
    "firm": "Company",
    "ship": "Vessel",
    "boat": "Vessel",
    "aircraft": "Airplane",
    "plane": "Airplane",
}
"""What people call a schema; an `entity` may be anything that has rights and duties, since lists mean different things by it."""
_BY_KEY = {schema.casefold(): schema for schema in SCHEMATA} | _KINDS


@lru_cache(maxsize=1024)
def schema_named(text: str) -> str:
    """Find the schema that a word means.

    Raises:
        WrongUse: It means none; says what may have been meant.

    Example:
        >>> schema_named("person"), schema_named("Natural Person"), schema_named("ship")
        ('Person', 'Person', 'Vessel')
    """
    key = "".join(letter for letter in text.casefold() if letter.isalnum())
    if key not in _BY_KEY:
        raise WrongUse(f"{text[:100]!r} is no schema of a party; {did_you_mean(text[:100], SCHEMATA)}")
    return _BY_KEY[key]


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which parties are searched: those that meet all of these; an empty one lets everybody pass.

    Attributes:
        schema: Only those that could be of this schema; a query's own stands above it.
        sources: Only those that one of these sources names.
        programmes: Only those listed under one of these programmes, whatever the case of the letters.
        countries: Only those that are said to belong to one of these countries, by code or name: nationality, jurisdiction, flag,
            birth, an address there.
        listed_only: Only those that a list has taken up itself.
    """

    schema: str | None = None
    sources: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    listed_only: bool = False


class Party(NamedTuple):
    """What is shown of a party: see `Hit`."""

    entity_id: str
    schema: str
    listed: bool
    sources: tuple[str, ...]


class Parties:
    """The table of parties, opened."""

    def __init__(self, file: Path) -> None:
        """Map the table.

        Raises:
            OSError: It cannot be read.
            ValueError: It is no such table.
        """
        with pa.memory_map(str(file)) as mapped:
            table = pa.ipc.open_file(mapped).read_all()
        self._columns = {name: table[name].combine_chunks() for name in table.column_names}
        self.ids: pa.StringArray = self._columns["entity_id"]
        self._masks: dict[Filters, Mask | None] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, row: int) -> Party:
        cells = (self._columns[name][row].as_py() for name in Party._fields)
        identity, schema, listed, sources = cells
        return Party(identity, schema, listed, tuple(sources))

    def mask(self, filters: Filters) -> Mask | None:
        """Which parties a filter leaves, by row; None for all. The schema is left to the engine, which must know it anyway.

        Raises:
            WrongUse: A value that no party here has; says what may have been meant.
        """
        if filters not in self._masks:
            self._masks = {filters: self._mask(filters)}  # one question asks with the same filters again and again
        return self._masks[filters]

    def _mask(self, filters: Filters) -> Mask | None:
        masks = [
            self._having(column, [self._meant(column, what, value) for value in values])
            for column, what, values in (
                ("sources", "source", filters.sources),
                ("programmes", "programme", filters.programmes),
                ("countries", "country", filters.countries),
            )
            if values
        ]
        if filters.listed_only:
            masks.append(self._columns["listed"].to_numpy(zero_copy_only=False))
        return np.logical_and.reduce(masks) if masks else None

    def _meant(self, column: str, what: str, value: str) -> list[str]:
        """The values of a column that a word means: itself, in whatever case."""
        known = self.known(column)
        code = country_code(value) if column == "countries" else None
        wanted = code or value
        if found := [each for each in known if each.casefold() == wanted.casefold()]:
            return found
        if column == "countries" and not code:  # nobody who mistypes a name is helped by codes
            known = [country_name(each) for each in known]
        raise WrongUse(f"nobody here is of {what} {value!r}; {did_you_mean(wanted, known)}")

    def known(self, column: str) -> list[str]:
        """All values of a column of lists, sorted."""
        return sorted(pc.unique(self._columns[column].flatten()).to_pylist())

    def _having(self, column: str, wanted: Iterable[Collection[str]]) -> Mask:
        lists = self._columns[column]
        values = pa.array(sorted({value for several in wanted for value in several}), pa.string())
        met = pc.is_in(lists.flatten(), value_set=values).to_numpy(zero_copy_only=False)
        mask = np.zeros(len(lists), np.bool_)
        mask[lists.value_parent_indices().to_numpy()[met]] = True
        return mask


def write_parties(claims: ClaimSet, file: Path) -> None:
    """Write the table of all parties that have a name."""
    query = """
        WITH own AS (SELECT * FROM claims WHERE schema NOT IN (SELECT unnest($parts))),
        named AS (
            SELECT entity_id, list(schema ORDER BY times DESC, schema)[1] AS schema,
                list_sort(list_distinct(flatten(list(sources)))) AS sources
            FROM (SELECT entity_id, schema, count(*) AS times, list(DISTINCT source) AS sources
                FROM own WHERE prop IN (SELECT unnest($names)) GROUP BY entity_id, schema)
            GROUP BY entity_id),
        listed AS (SELECT DISTINCT record_id FROM claims WHERE schema = 'Sanction'),
        programmes AS (
            SELECT CASE WHEN schema = 'Sanction' THEN record_id ELSE entity_id END AS id,
                list(DISTINCT value ORDER BY value) AS programmes
            FROM claims WHERE prop IN (SELECT unnest($programmes)) GROUP BY id),
        countries AS (
            SELECT CASE WHEN schema = 'Address' THEN record_id ELSE entity_id END AS id,
                list(DISTINCT value ORDER BY value) AS countries
            FROM claims WHERE prop IN (SELECT unnest($countries)) AND (schema = 'Address' OR schema NOT IN (SELECT unnest($parts)))
            GROUP BY id)
        SELECT entity_id, schema, entity_id IN (SELECT record_id FROM listed) AS listed, sources,
            coalesce(programmes, []) AS programmes, coalesce(countries, []) AS countries
        FROM named LEFT JOIN programmes ON entity_id = programmes.id LEFT JOIN countries ON entity_id = countries.id
        ORDER BY listed DESC, entity_id"""
    table = claims.table(_with_constants(query)).combine_chunks()
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


class Listed(NamedTuple):
    """A party as an engine is to know it.

    Attributes:
        entity_id: Its id.
        schema: Its schema.
        names: Its names, the main ones first; last those that it prints with another one in brackets, by themselves.
        properties: What else is claimed of it, by property.
    """

    entity_id: str
    schema: str
    names: list[str]
    properties: dict[str, list[str]]


def listed_parties(claims: ClaimSet, parties: Parties) -> Iterator[Listed]:
    """The parties of a table with their names and properties, row by row."""
    query = """
        SELECT entity_id, prop, value FROM (
            SELECT DISTINCT entity_id, prop, value FROM claims WHERE schema NOT IN (SELECT unnest($parts)) AND entity_id IN (
                SELECT entity_id FROM claims WHERE prop IN (SELECT unnest($names))))
        ORDER BY entity_id NOT IN (SELECT record_id FROM claims WHERE schema = 'Sanction'), entity_id,
            coalesce(list_position($names, prop), 99), prop, value"""
    told = claims.table(_with_constants(query))
    rows = (row for batch in told.to_batches(_BATCH) for row in zip(*(each.to_pylist() for each in batch), strict=True))
    for row, (identity, its) in enumerate(groupby(rows, itemgetter(0))):
        properties: dict[str, list[str]] = {}
        for _, prop, value in its:
            properties.setdefault(prop, []).append(value)
        names = [name for prop in NAME_PROPS for name in properties.pop(prop, ())]
        schema = parties[row].schema
        yield Listed(identity, schema, [*names, *in_brackets(schema, names)], properties)


def _with_constants(query: str) -> str:
    for name, values in (
        ("$parts", sorted(PARTS)),
        ("$names", NAME_PROPS),
        ("$programmes", _PROGRAMME_PROPS),
        ("$countries", _COUNTRY_PROPS),
    ):
        query = query.replace(name, "[" + ", ".join(f"'{value}'" for value in values) + "]")
    return query
