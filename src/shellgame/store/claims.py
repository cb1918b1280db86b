"""The claims of all sources on one day, as a set that can be asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from time import time
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from shellgame.errors import WorkspaceDamaged
from shellgame.model.claim import Claim
from shellgame.model.version import Version
from shellgame.store.delta import whole_table
from shellgame.store.files import written_whole
from shellgame.store.kept import KeptFolder
from shellgame.store.store import Store
from shellgame.store.view import NO_CLAIMS, SourceView, parquet

_KEPT_STATES = 8
"""For how many states of the lists (days asked about, new versions) a derived table is kept."""
_IN_USE_SECONDS = 3600
"""A derived table that was opened less than this ago may still be read by somebody, and stays."""
_DAMAGE = (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException)
"""How DuckDB tells, beside its plain error, that a file is not what it was; other kinds mean a wrong query."""
_COLUMNS = ", ".join(Claim._fields)


class ClaimSet:
    """Claims of several sources as they stood on a day; close it, or use it in a `with` block.

    Attributes:
        on: The day asked for; None for the newest versions.
        ever: Whether claims that a source no longer makes are in it; their `last_seen` is before the source's version.
        versions: The version of each source that is shown.
        history: By source, all its versions up to that one, oldest first.
        later: The first version of each source that had none by that day.
    """

    def __init__(
        self, store: Store, on: str | None = None, sources: Sequence[str] | None = None, *, ever: bool = False
    ) -> None:
        self.on, self.ever = on, ever
        names = sources or store.sources()
        views = [view for name in names if (view := store.view(name, on))]
        self.versions: tuple[Version, ...] = tuple(view.version for view in views)
        self.history = {view.version.source: view.versions for view in views}
        here = {version.source for version in self.versions}
        missing = [store.versions(name) for name in names if name not in here]
        self.later: tuple[Version, ...] = tuple(versions[0] for versions in missing if versions)
        self._derived: set[str] = set()
        self._files = [file for view in views for file in view.files()]
        self._indexes = store.folder / "indexes"
        self._connection = duckdb.connect()
        self._connection.execute("SET enable_progress_bar = false")
        try:
            self._connection.execute(f"CREATE VIEW claims AS {_union(views, ever=ever)}")
        except duckdb.Error as error:
            self.close()
            raise unreadable(error, self._files) from error

    def __enter__(self) -> ClaimSet:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()

    def derive(
        self, name: str, make: str | Callable[[ClaimSet], pa.Table], *, macros: str = "", version: str = ""
    ) -> None:
        """Give the set a further table, worked out from its claims; kept on disk for the next time.

        What is kept lies in `indexes/`, named after the versions and the recipe, and can be deleted at any time. Where
        nothing can be written the table is worked out in memory: reading needs no permission to write.

        Args:
            name: What queries call it.
            make: A query over `claims`, or a function that makes the table.
            macros: SQL that defines what the query needs.
            version: Of a function's recipe; another one makes the table anew.
        """
        if name in self._derived:
            return
        recipe = macros + make if isinstance(make, str) else f"{make.__module__}.{make.__qualname__}\n{version}"
        file = self._indexes / f"{name}-{self._fingerprint(recipe)}.parquet"
        if not self._shown(name, file):
            self._connection.execute(macros)
            table = self.table(make) if isinstance(make, str) else make(self)
            if not (_written(table, file) and self._shown(name, file)):
                self._connection.register(name, table)
        self._derived.add(name)

    def _shown(self, name: str, file: Path) -> bool:
        """Show a table that was kept; False where there is none that can be read."""
        try:
            self._connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM {parquet([str(file)])}")
        except duckdb.Error:
            return False
        with suppress(OSError):
            os.utime(file)
        self._files.append(str(file))
        return True

    def kept(self, name: str, recipe: str) -> KeptFolder:
        """Where an index made of these claims is kept that is a folder of files.

        Args:
            name: Of the kind of index, without a hyphen.
            recipe: Which program and data it is made by; another one is another folder.
        """
        return KeptFolder(self._indexes, name, self._fingerprint(recipe))

    def _fingerprint(self, recipe: str) -> str:
        """Of the state of the lists, with their history, from which claims have their spans, and of a recipe."""
        versions = "\n".join(
            f"{version.source}/{version.id}/{version.method}"
            for history in self.history.values()
            for version in history
        )
        return blake2b(f"{versions}\n{'ever' if self.ever else ''}{recipe}".encode(), digest_size=12).hexdigest()

    def table(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        """Run a query over the view `claims` (columns of `model.claim.Claim`).

        Raises:
            WorkspaceDamaged: A file of the workspace cannot be read.
        """
        try:
            return self._connection.sql(sql, params=list(parameters) or None).to_arrow_table()
        except duckdb.Error as error:
            if type(error) is duckdb.Error or isinstance(error, _DAMAGE):
                raise unreadable(error, self._files) from error
            raise

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


def _written(table: pa.Table, file: Path) -> bool:
    """Keep a derived table for the next time; False where nothing can be written."""
    try:
        with written_whole(file) as aside:
            pq.write_table(table, aside, compression="zstd")
        _retire(file)
    except OSError:
        return False
    return True


def _retire(file: Path) -> None:
    """Remove what was derived from states that nobody asks for any more; those used last and just now stay."""
    name, used = file.name.rpartition("-")[0], {}
    for path in file.parent.glob(f"{name}-*.parquet"):
        with suppress(FileNotFoundError):  # another process retires too
            used[path] = path.stat().st_mtime
    for path in sorted(used, key=used.__getitem__, reverse=True)[_KEPT_STATES:]:
        if time() - used[path] > _IN_USE_SECONDS:
            path.unlink(missing_ok=True)


def unreadable(error: duckdb.Error, files: Iterable[str] = ()) -> WorkspaceDamaged:
    """Make the error for a file of the workspace that DuckDB cannot read; it names the file, which DuckDB may not."""
    first = str(error).splitlines()[0]
    culprit = next((file for file in files if not whole_table(Path(file))), "")
    if culprit and culprit not in first:
        first = f"{culprit}: {first}"
    return WorkspaceDamaged(
        f"{first}; a file in indexes/ can be deleted and is made anew; for one in sources/ add the publication of its "
        "version again for the same moment (`shellgame versions SOURCE` lists them), or restore it from a backup"
    )


def _union(views: Sequence[SourceView], *, ever: bool) -> str:
    return " UNION ALL ".join(f"({view.sql(ever=ever)})" for view in views) or NO_CLAIMS
