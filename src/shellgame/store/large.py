"""What a large version has otherwise than the one before, worked out on disk: DuckDB compares in bounded memory.

The result is the same as that of `delta` for claims in memory: what is added, sorted unless it is a source's first version
(which keeps the order of its publication, since the spool becomes its file), and the ids of what ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from shellgame.model.claim import ClaimRow
from shellgame.store.delta import ENDED_SCHEMA, Told, added_writer, ended_writer, retold
from shellgame.store.files import written_whole
from shellgame.store.spool import Spool
from shellgame.store.view import SourceView, parquet, quoted

_MEMORY = "256MB"
_THREADS = 2
_BATCH_ROWS = 50_000
_COLUMNS = ", ".join(ClaimRow._fields)
COMMON = ("speaker", "reliability", "credibility", "tlp")
"""What claims of a source have in common whatever version they are of."""
_ORDER = "record_id, entity_id, prop, claim_id"


@dataclass(frozen=True)
class State:
    """The claims of a source in one version, as a query.

    Attributes:
        sql: Yields at least the columns of `ClaimRow`.
    """

    sql: str

    @classmethod
    def of_view(cls, view: SourceView | None) -> State:
        """What holds in a version; nothing where there is none."""
        return cls(view.sql() if view else _NOTHING)

    @classmethod
    def of_spool(cls, spool: Spool) -> State:
        """What a publication says; the same claim may be there twice."""
        return cls(f"SELECT * FROM {parquet([str(spool.file)])}" if spool.file.exists() else _NOTHING)


_NOTHING = "SELECT {} WHERE false".format(", ".join(f"NULL::VARCHAR AS {name}" for name in ClaimRow._fields))


class Work:
    """A DuckDB that spills into a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Begin.

        Args:
            folder: Is for it alone, and removed by whoever made it.
        """
        self.folder = folder
        self._connection = duckdb.connect(
            config={
                "memory_limit": _MEMORY,
                "threads": _THREADS,
                "temp_directory": str(folder / "spilled"),
            }
        )

    def __enter__(self) -> Work:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def only_once(self, state: State) -> bool:
        """Whether no claim is told twice (rarely it is said to be although none is: ids are compared by 64-bit hash)."""
        query = f"""SELECT (SELECT count(*) FROM ({state.sql})) =
            (SELECT count(*) FROM (SELECT DISTINCT hash(claim_id) FROM ({state.sql})))"""
        return self._row(query) == (True,)

    def within(self, state: State, told: State, gone: frozenset[str]) -> State:
        """Of a state, only the claims of records that an update tells anew or tells to be gone."""
        self._connection.register("gone_records", pa.table({"record_id": pa.array(sorted(gone), pa.string())}))
        records = f"SELECT record_id FROM ({told.sql}) UNION SELECT record_id FROM gone_records"
        return State(f"SELECT * FROM ({state.sql}) its SEMI JOIN ({records}) anew USING (record_id)")

    def common(self, state: State) -> dict[str, Any]:
        """Who says the claims of a state and how far that is to be trusted, by its first claim; empty where it has none."""
        found = self._row(f"SELECT {', '.join(COMMON)} FROM ({state.sql}) LIMIT 1")
        return dict(zip(COMMON, found, strict=True)) if found else {}

    def write_added(self, path: Path, now: State, before: State, told: Told) -> int:
        """Write the claims that a state has and the one before had not, sorted; returns their number."""
        query = f"""SELECT {_COLUMNS} FROM ({now.sql}) now_told
            ANTI JOIN (SELECT claim_id FROM ({before.sql})) told_before USING (claim_id) ORDER BY {_ORDER}"""
        batches = self._connection.sql(query).to_arrow_reader(_BATCH_ROWS)
        first = next(rows := _each_once(batches), None)
        if first is None:
            return 0
        number = 0
        with written_whole(path) as aside, added_writer(aside, large=True) as writer:
            for table in _and(first, rows):
                writer.write_table(retold(table, told))
                number += len(table)
        return number

    def write_ended(self, path: Path, before: State, now: State, gone: str) -> int:
        """Write the ids of claims that the state before had and this one has not; returns their number."""
        query = f"""SELECT claim_id, {quoted(gone)} AS gone FROM ({before.sql}) told_before
            ANTI JOIN (SELECT claim_id FROM ({now.sql})) now_told USING (claim_id) ORDER BY claim_id"""
        batches = self._connection.sql(query).to_arrow_reader(_BATCH_ROWS)
        first = next(rows := (pa.Table.from_batches([batch]) for batch in batches if len(batch)), None)
        if first is None:
            return 0
        number = 0
        with written_whole(path) as aside, ended_writer(aside) as writer:
            for table in _and(first, rows):
                writer.write_table(table.cast(ENDED_SCHEMA))
                number += len(table)
        return number

    def _row(self, query: str) -> tuple[Any, ...] | None:
        with self._connection.cursor() as cursor:
            found: tuple[Any, ...] | None = cursor.execute(query).fetchone()
        return found


def _and(first: pa.Table, others: Iterator[pa.Table]) -> Iterator[pa.Table]:
    yield first
    yield from others


def _each_once(batches: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """Sorted claims without those that repeat the one before."""
    last: str | None = None
    for batch in batches:
        table = pa.Table.from_batches([batch])
        if not len(table):
            continue
        ids = table["claim_id"].combine_chunks()
        before = pa.concat_arrays([pa.array([last], ids.type), ids[:-1]])
        last = ids[-1].as_py()
        table = table.filter(pc.fill_null(pc.not_equal(ids, before), fill_value=True))
        if len(table):
            yield table
