"""Where claims wait that are too many for memory: a file beside the store, of one import, gone with it.

The claims of a large publication go there in batches while it is read. What is already known of all of them (their source, day,
evidence) is written beside each, so that the file can become the first version's own as it is. Each import has a room of its own,
whose lock the system takes back from a process that is killed; the next writer then clears the room.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from shellgame.model.claim import ClaimRow
from shellgame.store.delta import ORDER, Told, added_writer, retold, table_of
from shellgame.store.files import on_disk, written_whole

_FOLDER = "rooms"


@contextmanager
def room(workspace: Path) -> Iterator[Path]:
    """Give a folder below a workspace that is there only while the block runs."""
    folder = workspace / _FOLDER / uuid4().hex
    with on_disk(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder.with_suffix(".lock"))
        with lock:
            folder.mkdir()
            try:
                yield folder
            finally:
                _remove(folder)


def clear_rooms(workspace: Path) -> None:
    """Remove the rooms of imports that were killed; those of imports under way are locked."""
    for file in (workspace / _FOLDER).glob("*.lock"):
        try:
            with FileLock(file, timeout=0):
                _remove(file.with_suffix(""))
        except (Timeout, FileNotFoundError):
            continue


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.with_suffix(".lock").unlink(missing_ok=True)


class Spool:
    """The claims of one publication on disk, in the order in which they came; use it in a `with` block.

    Attributes:
        file: The Parquet file, with the columns of `delta.ADDED_SCHEMA`; whole once it is closed.
        told: What all of them were taken to have in common when the first was written.
    """

    def __init__(self, folder: Path, told: Told) -> None:
        self.file, self.told = folder / "claims.parquet", told
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, rows: pa.Table) -> None:
        """Add claims: a table with the columns of `ClaimRow`."""
        with on_disk(self.file):
            if self._writer is None:
                self._writer = added_writer(self.file, large=True)
            self._writer.write_table(retold(rows, self.told))

    def become(self, path: Path) -> int:
        """Make it, closed, a file of the store; returns how many claims it has, and makes no file of none."""
        if not self.file.exists():
            return 0
        with written_whole(path) as aside:
            self.file.replace(aside)
        return int(pq.read_metadata(path).num_rows)

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            with on_disk(self.file):
                self._writer.close()
            self._writer = None


def spooled(rows: Iterable[ClaimRow], folder: Path, told: Told) -> Spool:
    """Put claims that are in memory into a spool, which is closed."""
    with Spool(folder, told) as spool:
        spool.write(table_of(list({row.claim_id: row for row in rows}.values())).sort_by(ORDER))
    return spool
