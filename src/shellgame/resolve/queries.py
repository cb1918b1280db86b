"""Whom a program asks for: names, FollowTheMoney entities, plain dicts or data frames, as subjects that an engine can search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from shellgame.errors import WrongUse
from shellgame.match.search import Subject
from shellgame.model.schema import NAME_PROPS
from shellgame.resolve.columns import (
    CLEANED,
    LONGEST_VALUE,
    Columns,
    columns_of,
    has_names,
    is_absent,
    is_missing,
    name_notes,
    texts_of,
    values,
)
from shellgame.resolve.parties import schema_named

Query = str | dict[str, Any]
"""A name, or a FollowTheMoney entity as a dict; a dict without `properties` is a row with the columns of `resolve.columns`."""
BATCH = 4096
"""So many subjects are searched at once: enough that a batch costs nothing itself, few enough to lie in the cache."""

_DAY = len("1961-06-28")


def is_one(asked: object) -> bool:
    """Whether something is one query and not several."""
    return isinstance(asked, (str, Mapping))


class Unusable(NamedTuple):
    """One of several queries that cannot be searched.

    Attributes:
        number: Which, counted from 1.
        problem: Why, in few words.
        reference: The id that it came with; empty for none.
    """

    number: int
    problem: str
    reference: str = ""


def subjects_of(asked: object) -> Iterator[Subject | Unusable]:
    """Make subjects of several queries: names, entities, rows, or a data frame (pandas, Polars, Arrow, DuckDB).

    One that cannot be searched is told in its place, and the rest goes on.

    Raises:
        WrongUse: It is nothing of the kind, or a data frame without a column of names.
    """
    reference_of: Callable[[Any], str] = _reference
    if (table := _table_of(asked)) is not None:
        columns = columns_of(table.column_names)
        rows: Iterable[Any] = (row for batch in table.to_batches(BATCH) for row in rows_of(batch))
        make: Callable[[Any], Subject]
        make, reference_of = columns.subject, columns.reference_of
    elif isinstance(asked, Iterable) and not isinstance(asked, (str, bytes, Mapping)):
        rows, make = asked, _one_of_several
    else:
        raise WrongUse(
            f"{type(asked).__name__} cannot be screened; give a name, an entity as a dict, several of either, or a data frame"
        )
    for number, row in enumerate(rows, start=1):
        try:
            yield make(row)
        except WrongUse as error:
            yield Unusable(number, str(error), reference_of(row))


def _one_of_several(query: object) -> Subject:
    """As `subject_of`; but a name that says that there is none is none, as in the column that the names are likely from."""
    if isinstance(query, str) and query.strip() and is_absent(query):
        raise WrongUse(f"no name: {query!r} stands for none")
    return subject_of(query)


def _reference(query: object) -> str:
    identity = query.get("id") if isinstance(query, Mapping) else None
    return identity if isinstance(identity, str) else ""


def batched(subjects: Iterable[Subject | Unusable]) -> Iterator[list[Subject | Unusable]]:
    """Queries in batches that are searched at once."""
    left = iter(subjects)
    while batch := list(islice(left, BATCH)):
        yield batch


def rows_of(batch: pa.RecordBatch | pa.Table) -> Iterator[tuple[Any, ...]]:
    """The rows of an Arrow batch as tuples."""
    return zip(*(_without_clock(column).to_pylist() for column in batch.columns), strict=True)


def _without_clock(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """A column with days, and the days of moments, as text: Arrow knows years and nanoseconds that Python does not."""
    if pa.types.is_timestamp(column.type):
        return pc.utf8_slice_codeunits(column.cast(pa.string()), 0, _DAY)
    timed = pa.types.is_date(column.type) or pa.types.is_time(column.type) or pa.types.is_duration(column.type)
    return column.cast(pa.string()) if timed else column


def _table_of(asked: Any) -> pa.Table | None:
    """A data frame as an Arrow table; None for what is none."""
    try:
        if isinstance(asked, (pa.Table, pa.RecordBatch)) or hasattr(asked, "__arrow_c_stream__"):
            return pa.table(asked)
        if hasattr(asked, "to_arrow"):
            return pa.table(asked.to_arrow())
        if hasattr(asked, "to_dict") and hasattr(asked, "columns"):
            return pa.Table.from_pandas(asked, preserve_index=False)
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise WrongUse(
            f"the data frame is no table that Arrow can hold: {error}; make each column of one kind, with a name of its own"
        ) from error
    return None


def subject_of(query: object) -> Subject:
    """Make a subject of one query.

    Raises:
        WrongUse: It has no name or no known schema, or is no query at all; says why.

    Example:
        >>> subject_of({"name": "Orsin Maledd", "dob": "6 Jun 1961"}).properties
        {'birthDate': ('1961-06-06',)}
    """
    if isinstance(query, str):
        return Subject((_usable([query], query)[0],), notes=name_notes((query,)))
    if not isinstance(query, Mapping):
        raise WrongUse(f"{_shown(query)} is no query; give a name, or an entity with `properties.name`")
    told = query.get("properties")
    if told is None:
        header = tuple(map(str, query))
        if not has_names(header):
            raise WrongUse(f"a query without a name: {_shown(query)}; give a name, or an entity with `properties.name`")
        return _columns_of(header).subject(list(query.values()))
    if not isinstance(told, Mapping):
        raise WrongUse(f"{_shown(query)} is no query; `properties` is to be a dict of lists, such as {{'name': ['…']}}")
    names = [name for prop in NAME_PROPS for name in texts_of(told.get(prop)) if not is_absent(name)]
    notes = name_notes(names)
    properties: dict[str, tuple[str, ...]] = {}
    for prop, cell in told.items():
        if prop not in NAME_PROPS:
            found, unused = values(prop, cell) if prop in CLEANED else (texts_of(cell), ())
            notes += unused
            if found:
                properties[prop] = found
    schema, identity = query.get("schema"), query.get("id")
    return Subject(
        tuple(_usable(names, query)),
        schema_named(str(schema)) if not is_missing(schema) and schema else "",
        properties,
        "" if is_missing(identity) else str(identity),
        notes,
    )


@lru_cache(maxsize=64)
def _columns_of(header: tuple[str, ...]) -> Columns:
    return columns_of(header)


def _usable(names: list[str], query: object) -> list[str]:
    names = [name for name in names if name.strip()]
    if not names:
        raise WrongUse(f"a query without a name: {_shown(query)}; give a name, or an entity with `properties.name`")
    if longest := max((len(name) for name in names if len(name) > LONGEST_VALUE), default=0):
        raise WrongUse(f"a name of {longest:,} letters; names have at most {LONGEST_VALUE:,}")
    return names


def _shown(query: object) -> str:
    text = repr(query)
    return text if len(text) <= 200 else text[:199] + "…"
