"""Tables of any columns, as CSV or as Parquet: read row by row as text, whatever their size; a row that is none is told of.

Text is UTF-8; its cells are parted by commas, semicolons, tabs or bars, whichever parts the header most.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from shellgame.errors import Damaged, Hostile, NotThisSource
from shellgame.sources.publication import Part, head_of
from shellgame.sources.tables import first_rows, open_text

PARQUET = b"PAR1"
_DELIMITERS = (",", ";", "\t", "|")
_MOST_COLUMNS = 1000
_LARGEST_GROUP_BYTES = 4 << 30
_ROWS_AT_ONCE = 4096
_ANEW = "write the table anew"

Refuse = Callable[[int, str], None]
"""Takes the number of a row that cannot be read, and why."""


def header_of(head: bytes) -> tuple[str, tuple[str, ...]]:
    r"""The delimiter and the column names of a text table, as far as its beginning shows them.

    Example:
        >>> header_of(b"id;name\n1;Salt, Ltd\n")
        (';', ('id', 'name'))
    """
    found = []
    for delimiter in _DELIMITERS:
        names = first_rows(head, 1, delimiter=delimiter)
        found.append((delimiter, tuple(names[0]) if names else ()))
    return max(found, key=lambda each: len(each[1]))


def columns_of(part: Part) -> tuple[str, ...]:
    """The columns of a table as they are written.

    Raises:
        Damaged: A Parquet file that cannot be read.
        Hostile: One that would unpack to more than fits.
        NotThisSource: Two columns have one name.
    """
    head = head_of(part.path)
    columns = _with_parquet(part, _parquet_columns) if head.startswith(PARQUET) else header_of(head)[1]
    if twice := sorted({name for name in columns if columns.count(name) > 1}):
        found = f"the columns {', '.join(twice)[:200]} more than once"
        raise NotThisSource(
            part.printed_name, record="header", found=found, remedy="give each column a name of its own"
        )
    return columns


def table_rows(part: Part, wanted: Collection[str], refuse: Refuse) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table with the wanted columns only.

    Yields:
        The line on which a row of text ends, or the number of a row of Parquet; and its cells by column, some empty.

    Raises:
        Damaged: A quotation mark that never closes, a wrong encoding, a broken file, a cell that holds several values.
    """
    if head_of(part.path).startswith(PARQUET):
        return _parquet_rows(part, wanted)
    return _text_rows(part, wanted, refuse)


def _text_rows(part: Part, wanted: Collection[str], refuse: Refuse) -> Iterator[tuple[int, dict[str, str]]]:
    delimiter, columns = header_of(head_of(part.path))
    places = [(place, name) for place, name in enumerate(columns) if name in wanted]
    with open_text(part, "utf-8-sig") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            next(reader, None)
            for row in reader:
                if len(row) == len(columns):
                    yield reader.line_num, {name: row[place].strip() for place, name in places}
                elif row:
                    refuse(reader.line_num, f"{len(row)} cells where {len(columns)} belong")
        except csv.Error as error:
            remedy = "close the quotation mark, or write the table anew"
            where = f"line {reader.line_num}"
            raise Damaged(part.printed_name, record=where, found=f"no row: {error}", remedy=remedy) from error


def _parquet_rows(part: Part, wanted: Collection[str]) -> Iterator[tuple[int, dict[str, str]]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(part.path) as file:
            names = [name for name in file.schema_arrow.names if name.strip() in wanted]
            for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, columns=names):
                for told in batch.to_pylist():
                    number += 1
                    yield number, {name.strip(): _text(value) for name, value in told.items()}
    except (pa.ArrowException, OSError, ValueError) as error:
        found = f"no Parquet file that can be read: {error}"
        raise Damaged(part.printed_name, record=f"row {number}", found=found, remedy=_ANEW) from error


def _with_parquet(part: Part, ask: Callable[[Part, Any], tuple[str, ...]]) -> tuple[str, ...]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(part.path) as file:
            return ask(part, file)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Damaged(part.printed_name, found=f"no Parquet file that can be read: {error}", remedy=_ANEW) from error


def _parquet_columns(part: Part, file: Any) -> tuple[str, ...]:
    told = file.metadata
    largest = max((told.row_group(place).total_byte_size for place in range(told.num_row_groups)), default=0)
    if told.num_columns > _MOST_COLUMNS or largest > _LARGEST_GROUP_BYTES:
        found = f"{told.num_columns} columns, and a group of rows that unpacks to {largest >> 20} MiB"
        raise Hostile(
            part.printed_name, found=found, remedy="write the table anew, with the columns that are read only"
        )
    return tuple(name.strip() for name in file.schema_arrow.names)


def _text(value: object) -> str:
    """A cell as text; one that holds several values or bytes is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    if isinstance(value, int | Decimal):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    raise ValueError(f"a cell holds a {type(value).__name__}, where text, a number or a date belongs")
