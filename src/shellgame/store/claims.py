"""The claims of all sources on one day, as a set that can be asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import gettempdir
from time import time
from types import TracebackType
from typing import Any
from uuid import uuid4

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from shellgame.errors import WorkspaceDamaged
from shellgame.model.claim import Claim
from shellgame.model.version import Version
from shellgame.store import by_entity, placed
from shellgame.store.delta import whole_table
from shellgame.store.files import written_whole
from shellgame.store.kept import MAKING, KeptFolder
from shellgame.store.placed import Placed
from shellgame.store.store import Store
from shellgame.store.view import NO_CLAIMS, SourceView, parquet
from shellgame.store.view import RECIPE as VIEWED

_KEPT_STATES = 8
"""For how many states of the lists (days asked about, new versions) a derived table is kept."""
_IN_USE_SECONDS = 3600
"""A derived table that was opened less than this ago may still be read by somebody, and stays."""
_DAMAGE = (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException)
"""How DuckDB tells, beside its plain error, that a file is not what it was; other kinds mean a wrong query."""
_DAY = len("2024-04-15")
_COLUMNS = ", ".join(Claim._fields)
_ORDER = "source, record_id, entity_id, prop, claim_id, first_seen"
_MEMORY = "1GB"
"""What DuckDB may take for a query whose rows are streamed; beyond that it goes on on the disk."""
_STREAMED_ROWS = 50_000


class ClaimSet:
    """Claims of several sources as they stood on a day; close it, or use it in a `with` block.

    Attributes:
        on: The day asked for; None for the newest versions.
        ever: Whether claims that a source no longer makes are in it; their `last_seen` is before the source's version.
        versions: The version of each source that is shown.
        history: By source, all its versions up to that one, oldest first.
        later: The first version of each source that had none by that day.
        carried: By source, files that its version was published without, and the version whose claims go on instead.
    """

    def __init__(
        self, store: Store, on: str | None = None, sources: Sequence[str] | None = None, *, ever: bool = False
    ) -> None:
        self.on, self.ever = on, ever
        names = sources or store.sources()
        views = [view for name in names if (view := store.view(name, on))]
        self.versions: tuple[Version, ...] = tuple(view.version for view in views)
        self.carried = {view.version.source: view.carried for view in views if view.carried}
        self.history = {view.version.source: view.versions for view in views}
        here = {version.source for version in self.versions}
        missing = [store.versions(name) for name in names if name not in here]
        self.later: tuple[Version, ...] = tuple(versions[0] for versions in missing if versions)
        self._folder = store.folder
        self._views, self._indexes = views, store.folder / "indexes"
        self._derived: set[str] = set()
        self._placed: dict[str, Placed] = {}
        self._copies: dict[Path, by_entity.AddedRows] = {}
        self._files = [file for view in views for file in view.files()]
        self._connection = duckdb.connect(config={"temp_directory": str(_spilling(self._indexes))})
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

    def missing(self) -> str:
        """Why there is no version at all, and what to do: no such workspace, or no list in it by the day."""
        if not self._folder.is_dir():
            return (
                f"no list is here: {self._folder} is not there; name the folder of a workspace with --workspace, or make it "
                "with `shellgame add`"
            )
        if first := min(self.later, key=lambda version: version.as_of, default=None):
            return f"no list is here by {(self.on or '')[:_DAY]}; the first is {first.source} of {first.as_of[:10]}"
        return "no list is here; add one with `shellgame add` or `shellgame fetch`"

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

    def placed(self, name: str, query: str, by: Sequence[str]) -> Placed:
        """Work out a table of any size from the claims, of which rows are found by their values; kept on disk for the next time.

        Args:
            name: Of the table, without a hyphen.
            query: Over `claims`.
            by: Columns of text by which rows are found.
        """

        def make(folder: Path) -> None:
            tables = self.streamed(query)
            placed.write(tables, next(tables).schema, folder, by)

        return self.placed_by(name, query, make)

    def placed_by(self, name: str, recipe: str, make: Callable[[Path], None]) -> Placed:
        """As `placed`, of a table that a function writes (`store.placed.write`); another recipe makes it anew."""
        if name not in self._placed:
            self._placed[name] = self.kept(name, f"{placed.RECIPE}\n{recipe}").opened(make, Placed)
        return self._placed[name]

    def streamed(self, query: str) -> Iterator[pa.Table]:
        """The rows of a query over `claims` a part at a time, after an empty table with their columns.

        Raises:
            WorkspaceDamaged: A file of the workspace cannot be read.
        """
        with closing(self._connection.cursor()) as cursor, self._readable():
            cursor.execute(f"SET memory_limit = '{_MEMORY}'")
            try:
                batches = cursor.sql(query).to_arrow_reader(_STREAMED_ROWS)
                yield batches.schema.empty_table()
                for batch in batches:
                    yield pa.Table.from_batches([batch])
            finally:
                cursor.execute("RESET memory_limit")

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
        return blake2b(f"{versions}\n{'ever' if self.ever else VIEWED}{recipe}".encode(), digest_size=12).hexdigest()

    def table(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        """Run a query over the view `claims` (columns of `model.claim.Claim`).

        Raises:
            WorkspaceDamaged: A file of the workspace cannot be read.
        """
        with self._readable():
            return self._connection.sql(sql, params=list(parameters) or None).to_arrow_table()

    def _run(self, sql: str) -> None:
        with self._readable():
            self._connection.execute(sql)

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """Tell what DuckDB says of damaged files as what it is."""
        try:
            yield
        except duckdb.Error as error:
            if type(error) is duckdb.Error or isinstance(error, _DAMAGE):
                raise unreadable(error, self._files) from error
            raise

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Run a query and yield its rows."""
        table = self.table(sql, parameters)
        yield from zip(*(column.to_pylist() for column in table.columns), strict=True)

    def where(
        self,
        condition: str,
        parameters: Sequence[Any] = (),
        *,
        entities: Iterable[str] | None = None,
        records: Iterable[str] | None = None,
    ) -> list[Claim]:
        """Claims that meet a SQL condition, in a fixed order.

        Args:
            condition: Over the columns of `Claim`.
            parameters: Of the condition.
            entities: Only those about these; then nothing else of a large source is read.
            records: Only those printed in these; likewise. Not together with entities.
        """
        told = "claims"
        if entities is not None:
            told = self._only("entity_id", entities)
        elif records is not None:
            told = self._only("record_id", records)
        ordered = f"SELECT {_COLUMNS} FROM {told} WHERE {condition} ORDER BY {_ORDER}"
        return [Claim(*row) for row in self.rows(ordered, parameters)]

    def known(self, entity_ids: Iterable[str]) -> set[str]:
        """Those of some ids about which anything is claimed."""
        wanted = [*entity_ids]
        query = "SELECT DISTINCT entity_id FROM {}"
        return (
            {identity for (identity,) in self.rows(query.format(self._only("entity_id", wanted)))} if wanted else set()
        )

    def with_ids(self, claim_ids: Collection[str], entities: Iterable[str] | None = None) -> list[Claim]:
        """Claims by their ids.

        Args:
            claim_ids: The ids.
            entities: Whom they are about, where that is known: then nothing else of a large source is read.
        """
        condition = "claim_id IN (SELECT unnest(?::VARCHAR[]))"
        return self.where(condition, [list(claim_ids)], entities=entities) if claim_ids else []

    def of_records(self, record_ids: Iterable[str]) -> list[Claim]:
        """All claims printed in some records, their parts included."""
        return self.where("true", records=record_ids)

    def of_entities(self, entity_ids: Iterable[str]) -> list[Claim]:
        """All claims about some entities."""
        return self.where("true", entities=entity_ids)

    def _only(self, column: str, ids: Iterable[str]) -> str:
        """A query for the claims that have one of some ids in a column, instead of `claims`; it holds until the next one is made.

        Of large files only the rows that may be meant are read (`by_entity`); the others are looked through.
        """
        wanted = sorted({*ids})
        self._connection.register("wanted", pa.table({"id": pa.array(wanted, pa.string())}))
        found = [self._found(number, view, column, wanted) for number, view in enumerate(self._views)]
        return f"({_union(self._views, ever=self.ever, added=found)})"

    def _found(self, number: int, view: SourceView, column: str, wanted: Sequence[str]) -> str:
        """Make a table of what the versions of a source added that has one of some ids in a column; gives its name."""
        large, small = view.added_files(by_entity.MOST_SCANNED)
        parts = [f"SELECT * FROM {parquet(small)} WHERE {column} IN (SELECT id FROM wanted)"] if small else []
        for place, file in enumerate(large):
            self._connection.register(f"copied_{place}", self._copy(view.version.source, Path(file)).of(column, wanted))
            parts.append(f"SELECT * FROM copied_{place}")
        if parts:
            self._run(f"CREATE OR REPLACE TEMP TABLE found_{number} AS {' UNION ALL BY NAME '.join(parts)}")
        return f"found_{number}"

    def _copy(self, source: str, file: Path) -> by_entity.AddedRows:
        if file not in self._copies:
            self._copies[file] = by_entity.added_rows(self._indexes, source, file)
        return self._copies[file]


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


def _union(views: Sequence[SourceView], *, ever: bool, added: Sequence[str] | None = None) -> str:
    tables = added or [""] * len(views)
    queries = (view.sql(ever=ever, carried=True, added=table) for view, table in zip(views, tables, strict=True))
    return " UNION ALL ".join(f"({query})" for query in queries) or NO_CLAIMS


def _spilling(indexes: Path) -> Path:
    """Where DuckDB goes on with what has no room in memory; what a killed process leaves there goes as unfinished indexes do."""
    folder = indexes if os.access(indexes, os.W_OK) else Path(gettempdir())
    return folder / f"{MAKING}{uuid4().hex}"
