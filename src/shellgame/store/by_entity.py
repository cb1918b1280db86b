"""The claims of a large file of the store, found by entity or record: a copy of it, made once, since such files never change.

So a new version of a source costs only what it adds, and another day nothing; small files are looked through. Which claims of a
file still hold is for `view` to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from shellgame.errors import WorkspaceDamaged
from shellgame.model.claim import ClaimRow
from shellgame.store import placed
from shellgame.store.kept import KeptFolder
from shellgame.store.placed import Placed

MOST_SCANNED = 500_000
"""Files with no more claims than this are looked through: that takes a tenth of a second; a list has some 300,000 claims."""
BY = ("entity_id", "record_id")
"""By what the claims of a large file are found."""
_MOST_KEPT = 64
"""For so many files of one source copies are kept: more large ones it hardly has."""
_COLUMNS = [*ClaimRow._fields]


class AddedRows:
    """Such a copy, opened: the columns that differ from claim to claim, and what all have in common."""

    def __init__(self, rows: Placed, file: Path) -> None:
        self._rows, self._file = rows, file
        self._common: dict[str, pa.Scalar] = {}

    def of(self, column: str, ids: Iterable[str]) -> pa.Table:
        """The claims of the file about some entities (`entity_id`), or printed in some records (`record_id`)."""
        found = self._rows.of(column, ids)
        if not self._common:
            self._common = _common(self._file)
        for name, value in self._common.items():
            found = found.append_column(name, pa.repeat(value, len(found)))
        return found


def added_rows(indexes: Path, source: str, file: Path) -> AddedRows:
    """Open the copy of a file of the store, or make it.

    Args:
        indexes: Where all indexes of the workspace lie.
        source: Name of the source.
        file: The claims that a version of it added.

    Raises:
        WorkspaceDamaged: The file is missing or cannot be read.
    """

    def make(folder: Path) -> None:
        try:
            with pq.ParquetFile(file) as its:
                tables = (its.read_row_group(number, columns=_COLUMNS) for number in range(its.num_row_groups))
                placed.write(tables, pa.schema([(name, pa.string()) for name in _COLUMNS]), folder, BY)
        except (pa.ArrowException, FileNotFoundError) as error:
            raise WorkspaceDamaged(
                f"{file}: {error}; add the publication of its version again for the same moment, or restore it from a backup"
            ) from error

    state = f"{placed.RECIPE}\n{source}\n{file.name}"
    kept = KeptFolder(indexes, f"rows_{source}", blake2b(state.encode(), digest_size=12).hexdigest(), _MOST_KEPT)
    return AddedRows(kept.opened(make, Placed), file)


def _common(file: Path) -> dict[str, pa.Scalar]:
    """What all claims of a file have in common, by column."""
    with pq.ParquetFile(file) as its:
        names = [name for name in its.schema_arrow.names if name not in _COLUMNS]
        first = next(its.iter_batches(1, columns=names))
    return {name: first[name].cast(_plain(first[name].type))[0] for name in names}


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind
