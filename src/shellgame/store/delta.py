"""What a version adds to and ends of the version before, as Parquet.

A version's claims are its predecessor's, less those in its `ended` file, plus those in its `added` file. Deltas name claims by
id only, so putting an older version in between changes no delta but its successor's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shellgame.model.claim import ClaimRow
from shellgame.store.files import written_whole

_TOLD = ("source", "speaker", "reliability", "credibility", "method", "tlp", "first_seen", "first_version", "evidence")
_WORDS = pa.dictionary(pa.int32(), pa.string())
ADDED_SCHEMA = pa.schema(
    [pa.field(name, pa.string()) for name in ClaimRow._fields]
    + [pa.field(name, pa.int8() if name == "credibility" else _WORDS) for name in _TOLD]
)
"""One row a claim: a reader's row, then what the store knows of it; the same for all rows of one version."""
ENDED_SCHEMA = pa.schema([pa.field("claim_id", pa.string()), pa.field("gone", pa.string())])
"""Claims that a version no longer has, and the moment of that version."""
ORDER = [("record_id", "ascending"), ("entity_id", "ascending"), ("prop", "ascending"), ("claim_id", "ascending")]
"""Of added claims, so that a file does not depend on how they came."""
_ROWS_IN_A_GROUP = 100_000
_ALL_DIFFERENT = ("claim_id", "locator")
_LOOKED_FOR = ["source", "record_id", "entity_id", "schema", "prop", "stance"]
"""Columns of which a large file tells the least and the most in each part, so that readers pass over what they do not look for."""


@dataclass(frozen=True)
class Told:
    """What all claims of one version have in common; see `model.claim.Claim`."""

    source: str
    speaker: str
    reliability: str
    credibility: int
    method: str
    tlp: str
    first_seen: str
    first_version: str
    evidence: str


def ids_of(rows: Iterable[ClaimRow]) -> pa.Array:
    """The ids of claims, as they come."""
    return pa.array([row[0] for row in rows], pa.string())


def without(left: pa.Array, right: pa.Array) -> pa.Array:
    """Positions in `left` of ids that `right` has not, ascending."""
    return pc.indices_nonzero(pc.invert(pc.is_in(left, value_set=right))) if len(left) else pa.array([], pa.uint64())


def table_of(rows: list[ClaimRow]) -> pa.Table:
    """Put claims into a table with the columns of `ClaimRow`."""
    columns = (
        [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
        if rows
        else [pa.array([], pa.string()) for _ in ClaimRow._fields]
    )
    return pa.table(columns, names=list(ClaimRow._fields))


def retold(rows: pa.Table, told: Told) -> pa.Table:
    """Give rows (at least the columns of `ClaimRow`) the common columns of another version."""
    table = rows.select(list(ClaimRow._fields))
    for name in _TOLD:
        table = table.append_column(ADDED_SCHEMA.field(name), _constant(getattr(told, name), len(table)))
    return table


def _constant(value: str | int, rows: int) -> pa.Array:
    """A column that is the same in all rows; of a word it is held once."""
    if isinstance(value, int):
        return pa.repeat(pa.scalar(value, pa.int8()), rows)
    return pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int32()), rows), pa.array([value], pa.string()))


def whole_table(path: Path, rows: int | None = None) -> bool:
    """Whether a Parquet file is there, has its bytes as they were written, and so many rows (None: any number)."""
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            found = sum(len(batch) for batch in file.iter_batches(_ROWS_IN_A_GROUP))
    except (OSError, pa.ArrowException):
        return False
    return rows is None or found == rows


def write_added(path: Path, table: pa.Table) -> int:
    """Write the added claims, in an order that does not depend on how they came; returns their number."""
    if not len(table):
        return 0
    ordered = table.sort_by(ORDER)
    with written_whole(path) as aside, added_writer(aside) as writer:
        writer.write_table(ordered.cast(ADDED_SCHEMA), row_group_size=_ROWS_IN_A_GROUP)
    return len(table)


def added_writer(path: Path, *, large: bool = False) -> pq.ParquetWriter:
    """Begin a file of added claims; in a large one, what differs in each claim is neither looked up nor compared."""
    if not large:
        return pq.ParquetWriter(path, ADDED_SCHEMA, compression="zstd", write_page_checksum=True)
    return pq.ParquetWriter(
        path,
        ADDED_SCHEMA,
        compression="zstd",
        write_page_checksum=True,
        use_dictionary=[name for name in ADDED_SCHEMA.names if name not in _ALL_DIFFERENT],
        column_encoding=dict.fromkeys(_ALL_DIFFERENT, "DELTA_LENGTH_BYTE_ARRAY"),
        write_statistics=_LOOKED_FOR,
    )


def ended_writer(path: Path) -> pq.ParquetWriter:
    """Begin a file of ended claims."""
    return pq.ParquetWriter(path, ENDED_SCHEMA, compression="zstd", write_page_checksum=True)


def write_ended(path: Path, ids: pa.Array, gone: str) -> int:
    """Write the ids of ended claims; returns their number."""
    if not len(ids):
        return 0
    table = pa.table([ids.take(pc.sort_indices(ids)), pa.repeat(pa.scalar(gone), len(ids))], schema=ENDED_SCHEMA)
    with written_whole(path) as aside, ended_writer(aside) as writer:
        writer.write_table(table)
    return len(ids)
