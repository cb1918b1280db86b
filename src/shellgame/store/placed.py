"""Tables of any size in which the rows that have a value are found without reading the others.

The rows lie in an Arrow file, in compressed batches of a few each and in whatever order they came. Beside it stand, for each column
by which rows are found, short hashes of its values in order, each with the number of a batch that has it. Whoever asks maps both
into memory and unpacks the batches that may have what is asked for. The rows are written as they come; of all of them together only
the hashes are in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from shellgame.errors import WorkspaceDamaged

RECIPE = "1"
"""Raise it when files are written otherwise than before."""
_FILE = "rows.arrow"
_BATCH_ROWS = 1024
"""Rows that are unpacked together: fewer make larger files, more take longer to look through for one."""
_CHUNK_ROWS = 64 * _BATCH_ROWS


class Placed:
    """Such a table, opened."""

    def __init__(self, folder: Path) -> None:
        """Map it.

        Raises:
            OSError: A file cannot be read.
            ValueError: A file is none of these.
        """
        self._folder = folder
        self._rows = pa.ipc.open_file(pa.memory_map(str(folder / _FILE)))
        files = (self._rows.schema.metadata or {}).get(b"by", b"").decode().split()
        self._places = {column: [_mapped(file) for file in _place_files(folder, column)] for column in files}

    def of(self, column: str, values: Iterable[str]) -> pa.Table:
        """The rows that have one of some values, in the order in which they lie.

        Args:
            column: One by which rows are found.
            values: Any number; most in no row.

        Raises:
            WorkspaceDamaged: What was kept cannot be unpacked.
        """
        wanted = pa.array(sorted({*values}), pa.string())
        try:
            batches = [
                batch.filter(pc.is_in(batch.column(column), value_set=wanted))
                for number in self._numbers(column, wanted)
                for batch in [self._rows.get_batch(number)]
            ]
        except (pa.ArrowException, OSError) as error:
            raise WorkspaceDamaged(f"{self._folder}: {error}; delete this folder: it is made anew") from error
        return pa.Table.from_batches(batches, self._rows.schema)

    def _numbers(self, column: str, wanted: pa.Array) -> list[int]:
        """The batches that may have some values."""
        hashes, numbers = self._places[column]
        asked = np.unique(_hashes(wanted))
        spans = zip(*(np.searchsorted(hashes, asked, side) for side in ("left", "right")), strict=True)
        found = [numbers[start:end] for start, end in spans]
        return np.unique(np.concatenate(found)).tolist() if found else []


def write(tables: Iterable[pa.Table], schema: pa.Schema, folder: Path, by: Sequence[str]) -> None:
    """Write a table into an empty folder.

    Args:
        tables: Its rows, a part at a time.
        schema: Its columns.
        folder: Where to.
        by: The columns of text by which its rows are to be found.
    """
    places: dict[str, list[NDArray[np.uint64]]] = {column: [] for column in by}
    schema = schema.with_metadata({"by": " ".join(by)})
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    written = 0
    with (
        pa.OSFile(str(folder / _FILE), "wb") as sink,
        pa.ipc.new_file(sink, schema, options=options) as writer,
    ):
        for chunk in _chunks(tables, schema):
            writer.write_table(chunk, max_chunksize=_BATCH_ROWS)
            for column in by:
                places[column].append(_placed(chunk[column].combine_chunks(), written))
            written += -(-len(chunk) // _BATCH_ROWS)
    for column, found in places.items():
        both = np.unique(np.concatenate(found)) if found else np.zeros(0, np.uint64)
        for file, part in zip(_place_files(folder, column), (both >> 32, both & 0xFFFFFFFF), strict=True):
            np.save(file, part.astype(np.uint32), allow_pickle=False)


def _chunks(tables: Iterable[pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    """The same rows in parts that fill whole batches, but for the last one."""
    waiting: list[pa.Table] = []
    for table in tables:
        waiting.append(table.select(schema.names).cast(schema))
        if sum(map(len, waiting)) >= _CHUNK_ROWS:
            together = pa.concat_tables(waiting)
            whole = len(together) // _BATCH_ROWS * _BATCH_ROWS
            yield together.slice(0, whole).combine_chunks()
            waiting = [together.slice(whole)]
    if any(map(len, waiting)):
        yield pa.concat_tables(waiting).combine_chunks()


def _placed(column: pa.Array, before: int) -> NDArray[np.uint64]:
    """Hash of each value in the upper half, number of a batch that has it in the lower one; each pair once."""
    coded = column.dictionary_encode()
    codes = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    batches = np.arange(len(codes)) // _BATCH_ROWS
    several = int(batches[-1]) + 1 if len(batches) else 1
    pairs = np.unique((codes * several + batches)[codes >= 0])
    hashes = _hashes(coded.dictionary).astype(np.uint64)
    both: NDArray[np.uint64] = (hashes[pairs // several] << np.uint64(32)) | (pairs % several + before).astype(
        np.uint64
    )
    return both


def _hashes(values: pa.Array) -> NDArray[np.uint32]:
    """Short hashes: where two values have the same one, a batch is looked through for nothing."""
    return np.array([crc32(value.encode("utf-8", "surrogatepass")) for value in values.to_pylist()], np.uint32)


def _place_files(folder: Path, column: str) -> tuple[Path, Path]:
    return folder / f"{column}.hashes.npy", folder / f"{column}.batches.npy"


def _mapped(file: Path) -> NDArray[np.uint32]:
    mapped: NDArray[np.uint32] = np.load(file, mmap_mode="r", allow_pickle=False)
    return mapped
