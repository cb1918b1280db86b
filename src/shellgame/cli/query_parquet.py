"""Queries out of Parquet files, a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from shellgame.cli.rows import Row, Rows, Wording, row_of
from shellgame.errors import Damaged, WrongUse
from shellgame.resolve.columns import Columns, columns_of
from shellgame.resolve.queries import BATCH, rows_of


def parquet_rows(path: Path, wording: Wording) -> Rows:
    """Open a Parquet file.

    Raises:
        Damaged: It cannot be read, holds no row, or its names are no text.
    """
    if wording.delimiter is not None or wording.encoding is not None:
        raise WrongUse(f"{path.name} is a Parquet file; --delimiter and --encoding are for text")
    try:
        file = pq.ParquetFile(path)
        schema, total = file.schema_arrow, file.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error) from error
    try:
        columns = columns_of(schema.names, wording.name_column)
    except WrongUse as error:
        raise Damaged(path.name, found=str(error), remedy="or say which it is with --name-column") from error
    for position in columns.names:
        if not _is_text(kind := schema.types[position]):
            found = f"column `{schema.names[position]}` holds {kind}, no text"
            raise Damaged(path.name, found=found, remedy="say which column holds the names with --name-column")
    if not total:
        raise Damaged(path.name, found="columns and no row", remedy="give the rows to screen")
    unused = [name for name in columns.unused if name]
    notes = (f"columns not used: {', '.join(unused)}",) if unused else ()
    return Rows(path.name, _read(path, file, columns), total, notes)


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind) or pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _is_text(kind.value_type)
    return any(is_one(kind) for is_one in (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view))


def _read(path: Path, file: pq.ParquetFile, columns: Columns) -> Iterator[Row]:
    number = 0
    try:
        for batch in file.iter_batches(batch_size=BATCH):
            for cells in rows_of(batch):
                number += 1
                yield row_of(number, None, cells, columns.subject)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error, f"after row {number}") from error


def _unreadable(path: Path, error: Exception, where: str = "") -> Damaged:
    found = f"a Parquet file that cannot be read ({str(error).splitlines()[0]})"
    return Damaged(path.name, record=where, found=found, remedy="write it again")
