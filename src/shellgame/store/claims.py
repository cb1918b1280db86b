"""The claims of all sources on one day, as a set that can be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from shellgame.errors import WorkspaceDamaged
from shellgame.model.claim import Claim
from shellgame.model.version import Version
from shellgame.store.files import written_whole
from shellgame.store.store import Store
from shellgame.store.view import NO_CLAIMS, SourceView, parquet

_KEPT_STATES = 8
"""For how many states of the lists (days asked about, new versions) a derived table is kept."""
_COLUMNS = ", ".join(Claim._fields)


class ClaimSet:
    """Claims of several sources as they stood on a day; close it, or use it in a `with` block.

    Attributes:
        on: The day asked for; None for the newest versions.
        versions: The version of each source that is shown.
        history: By source, all its versions up to that one, oldest first.
    """

    def __init__(self, store: Store, on: str | None = None, sources: Sequence[str] | None = None) -> None:
        self.on = on
        views = [view for name in (sources or store.sources()) if (view := store.view(name, on))]
        self.versions: tuple[Version, ...] = tuple(view.version for view in views)
        self.history = {view.version.source: view.versions for view in views}
        self._derived: set[str] = set()
        self._indexes = store.folder / "indexes"
        self._connection = duckdb.connect()
        self._connection.execute("SET enable_progress_bar = false")
        try:
            self._connection.execute(f"CREATE VIEW claims AS {_union(views)}")
        except duckdb.IOException as error:
            raise _damaged(error) from error

    def __enter__(self) -> ClaimSet:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()

    def derive(self, name: str, make: str | Callable[[ClaimSet], pa.Table], *, macros: str = "") -> None:
        """Give the set a further table, worked out from its claims; kept on disk for the next time.

        What is kept lies in `indexes/`, named after the versions and the recipe, and can be deleted at any time.

        Args:
            name: What queries call it.
            make: A query over `claims`, or a function that makes the table.
            macros: SQL that defines what the query needs.
        """
        if name in self._derived:
            return
        recipe = macros + make if isinstance(make, str) else f"{make.__module__}.{make.__qualname__}"
        file = self._indexes / f"{name}-{self._fingerprint(recipe)}.parquet"
        if not file.exists():
            self._connection.execute(macros)
            table = self.table(make) if isinstance(make, str) else make(self)
            _retire(file)
            with written_whole(file) as aside:
                pq.write_table(table, aside, compression="zstd")
        self._connection.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM {parquet([str(file)])}")
        self._derived.add(name)

    def _fingerprint(self, recipe: str) -> str:
        versions = "\n".join(f"{version.source}/{version.id}" for version in self.versions)
        return blake2b(f"{versions}\n{recipe}".encode(), digest_size=12).hexdigest()

    def table(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        """Run a query over the view `claims` (columns of `model.claim.Claim`).

        Raises:
            WorkspaceDamaged: A file of the workspace cannot be read.
        """
        try:
            return self._connection.sql(sql, params=list(parameters) or None).to_arrow_table()
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise _damaged(error) from error

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Run a query and yield its rows."""
        table = self.table(sql, parameters)
        yield from zip(*(column.to_pylist() for column in table.columns), strict=True)

    def where(self, condition: str, parameters: Sequence[Any] = ()) -> list[Claim]:
        """Claims that meet a SQL condition, in a fixed order."""
        ordered = (
            f"SELECT {_COLUMNS} FROM claims WHERE {condition} ORDER BY source, record_id, entity_id, prop, claim_id"
        )
        return [Claim(*row) for row in self.rows(ordered, parameters)]

    def with_ids(self, claim_ids: Sequence[str]) -> list[Claim]:
        """Claims by their ids."""
        return self.where("claim_id IN (SELECT unnest(?::VARCHAR[]))", [list(claim_ids)]) if claim_ids else []

    def of_records(self, record_ids: Sequence[str]) -> list[Claim]:
        """All claims printed in some records, their parts included."""
        return self.where("record_id IN (SELECT unnest(?::VARCHAR[]))", [list(record_ids)])

    def of_entities(self, entity_ids: Sequence[str]) -> list[Claim]:
        """All claims about some entities."""
        return self.where("entity_id IN (SELECT unnest(?::VARCHAR[]))", [list(entity_ids)])


def _retire(file: Path) -> None:
    """Remove what was derived from states that nobody asks for any more; the newest few stay."""
    name = file.name.rpartition("-")[0]
    kept = sorted(file.parent.glob(f"{name}-*.parquet"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[_KEPT_STATES:]:
        path.unlink(missing_ok=True)


def _damaged(error: duckdb.Error) -> WorkspaceDamaged:
    first = str(error).splitlines()[0]
    return WorkspaceDamaged(f"{first}; restore the file from a backup, or add the source anew")


def _union(views: Sequence[SourceView]) -> str:
    return " UNION ALL ".join(f"({view.sql()})" for view in views) or NO_CLAIMS
