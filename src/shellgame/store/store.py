"""The claim store: versions go in whole, any day comes out.

One folder holds `raw/` (publications by hash) and `sources/<name>/` (a manifest and Parquet files). One writer at a time holds a
lock; readers need none, since files never change and the manifest is replaced in one step.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import time

import duckdb
import pyarrow as pa
from filelock import FileLock, Timeout

from shellgame.errors import WorkspaceDamaged, WorkspaceLocked, WrongUse
from shellgame.model.claim import ClaimRow
from shellgame.model.days import now
from shellgame.model.version import KeptPart, Version, version_id
from shellgame.settings import settings
from shellgame.store import delta, manifest
from shellgame.store.delta import Told
from shellgame.store.files import ASIDE, sync_folder
from shellgame.store.raw import RawStore
from shellgame.store.view import SourceView, view_on


@dataclass(frozen=True)
class Incoming:
    """A publication that was read and is to become a version.

    Attributes:
        source: Name of the source.
        as_of: Day or moment of publication.
        format: Layout it was read as.
        sha256: Hash of the whole.
        files: Its parts and where they lie.
        rows: Its claims.
        counts: What the reader counted.
        warnings: What it remarked.
        speaker: Who says its claims.
        reliability: Admiralty grade of the source.
        credibility: Admiralty grade of the information.
        method: Reader, format and version.
        tlp: Traffic light protocol marking.
    """

    source: str
    as_of: str
    format: str
    sha256: str
    files: tuple[tuple[KeptPart, Path], ...]
    rows: list[ClaimRow]
    counts: dict[str, int]
    warnings: tuple[str, ...]
    speaker: str
    reliability: str
    credibility: int
    method: str
    tlp: str = "CLEAR"


_READ_FOR_SECONDS = 3600
"""Nobody reads one state of a source for longer than this."""


class Store:
    """Versioned claims below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._raw = RawStore(folder / "raw")
        self._newest_ids: dict[str, tuple[str, pa.Array]] = {}

    def sources(self) -> list[str]:
        """Names of the sources that have at least one version."""
        return sorted(path.parent.name for path in (self.folder / "sources").glob(f"*/{manifest.FILE}"))

    def versions(self, source: str) -> tuple[Version, ...]:
        """All versions of a source, oldest first."""
        return manifest.load(self._folder(source))

    def view(self, source: str, on: str | None = None) -> SourceView | None:
        """A source as it stood on a day (None: newest); None where it had no version by then."""
        return view_on(self._folder(source), self.versions(source), on)

    def raw(self, version: Version, part: str) -> bytes:
        """The bytes of one file of a version's publication."""
        kept = {each.name: each.sha256 for each in version.parts}
        if part not in kept:
            raise WrongUse(f"{version.id} has no part {part!r}; it has {', '.join(kept)}")
        return self._raw.bytes(kept[part])

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the workspace's writer lock.

        Raises:
            WorkspaceLocked: Another process holds it for longer than `lock_seconds`.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / "lock", timeout=settings().lock_seconds)
        try:
            with lock:
                yield
        except Timeout as error:
            raise WorkspaceLocked(
                f"{self.folder}: another Shellgame is writing for more than {settings().lock_seconds:g} s; "
                "wait for it to end, or raise SHELLGAME_LOCK_SECONDS"
            ) from error

    def add(self, incoming: Incoming) -> tuple[Version, bool]:
        """Make a publication a version, wherever in time it belongs.

        Returns:
            The version, and whether it is new: adding the same publication for the same moment again changes nothing.

        Raises:
            WrongUse: Another publication is already kept for that moment.
            WorkspaceLocked: Another process is writing.
        """
        with self.writing():
            versions = self.versions(incoming.source)
            for version in versions:
                if version.as_of == incoming.as_of:
                    return _same(version, incoming), False
            self._clear_leftovers(incoming.source, versions)
            return self._insert(incoming, versions), True

    def _insert(self, incoming: Incoming, versions: tuple[Version, ...]) -> Version:
        folder = self._folder(incoming.source)
        folder.mkdir(parents=True, exist_ok=True)
        before = [version for version in versions if version.as_of < incoming.as_of]
        after = [version for version in versions if version.as_of > incoming.as_of]
        rows = list({row.claim_id: row for row in incoming.rows}.values())
        ids = delta.ids_of(rows)
        was = self._ids(incoming.source, tuple(before))
        identity = version_id(incoming.as_of, incoming.sha256)
        told = Told(
            incoming.source,
            incoming.speaker,
            incoming.reliability,
            incoming.credibility,
            incoming.method,
            incoming.tlp,
            first_seen=incoming.as_of,
            first_version=identity,
            evidence=incoming.sha256,
        )
        new = Version(
            identity,
            incoming.source,
            incoming.as_of,
            now(),
            incoming.sha256,
            incoming.format,
            incoming.method,
            tuple(part for part, _ in incoming.files),
            incoming.counts,
            incoming.warnings,
            claims=len(rows),
        )
        added = delta.table_of([rows[position] for position in delta.without(ids, was).to_pylist()], told)
        new = self._with_delta(new, before, added, was.take(delta.without(was, ids)))
        replaced = after[0] if after else None
        if after:
            after[0] = self._after_insert(after[0], versions, rows, ids, new, told)
        self._keep_raw(incoming, before, after)
        sync_folder(folder)
        manifest.save(folder, (*before, new, *after))
        if replaced:
            self._retire(replaced)
            self._newest_ids.pop(incoming.source, None)
        else:
            self._newest_ids[incoming.source] = (new.id, ids)
        return new

    def _after_insert(
        self,
        successor: Version,
        versions: tuple[Version, ...],
        rows: list[ClaimRow],
        ids: pa.Array,
        new: Version,
        told: Told,
    ) -> Version:
        """Write the successor's delta anew, against the version that now stands before it."""
        until = tuple(version for version in versions if version.as_of <= successor.as_of)
        its_claims = self._query(SourceView(self._folder(new.source), until).sql())
        its_ids = its_claims["claim_id"].combine_chunks()
        its_told = replace(told, first_seen=successor.as_of, first_version=successor.id, evidence=successor.sha256)
        if len(its_claims):
            its_told = replace(
                its_told,
                **{name: its_claims[name][0].as_py() for name in ("speaker", "reliability", "credibility", "tlp")},
            )
        its_told = replace(its_told, method=successor.method)
        added = delta.retold(its_claims.take(delta.without(its_ids, ids)), its_told)
        return self._with_delta(successor, [new], added, ids.take(delta.without(ids, its_ids)))

    def _with_delta(self, version: Version, before: list[Version], added: pa.Table, ended: pa.Array) -> Version:
        folder = self._folder(version.source)
        name = f"{version.id}.after-{before[-1].id if before else 'nothing'}"
        added_file, ended_file = f"{name}.added.parquet", f"{name}.ended.parquet"
        return replace(
            version,
            added=delta.write_added(folder / added_file, added),
            ended=delta.write_ended(folder / ended_file, ended, version.as_of),
            added_file=added_file if len(added) else "",
            ended_file=ended_file if len(ended) else "",
        )

    def _retire(self, replaced: Version) -> None:
        """Mark the files of a replaced delta as retired now; readers that began before may still hold them."""
        for name in filter(None, (replaced.added_file, replaced.ended_file)):
            os.utime(self._folder(replaced.source) / name)

    def _keep_raw(self, incoming: Incoming, before: list[Version], after: list[Version]) -> None:
        neighbour = before[-1] if before else after[0] if after else None
        like = {part.name: part.sha256 for part in neighbour.parts} if neighbour else {}
        for part, path in incoming.files:
            self._raw.keep(path, part.sha256, like.get(part.name))

    def _ids(self, source: str, versions: tuple[Version, ...]) -> pa.Array:
        """Ids of the claims that hold in the last of some versions."""
        if not versions:
            return pa.array([], pa.string())
        cached, ids = self._newest_ids.get(source, ("", None))
        if cached == versions[-1].id:
            return ids
        view = SourceView(self._folder(source), versions)
        return self._query(f"SELECT claim_id FROM ({view.sql()})")["claim_id"].combine_chunks()

    def _query(self, sql: str) -> pa.Table:
        try:
            with duckdb.connect() as connection:
                return connection.sql(sql).to_arrow_table()
        except duckdb.Error as error:
            raise WorkspaceDamaged(
                f"{self.folder}: {error}; restore the file from a backup, or add the source anew"
            ) from error

    def _clear_leftovers(self, source: str, versions: tuple[Version, ...]) -> None:
        """Remove what a killed writer left, and deltas replaced so long ago that no reader holds them any more."""
        named = {name for version in versions for name in (version.added_file, version.ended_file)}
        for path in self._folder(source).glob("*.parquet"):
            if path.name not in named and time() - path.stat().st_mtime > _READ_FOR_SECONDS:
                path.unlink()
        for path in self.folder.rglob(f"{ASIDE}*"):
            path.unlink(missing_ok=True)

    def _folder(self, source: str) -> Path:
        return self.folder / "sources" / source


def _same(version: Version, incoming: Incoming) -> Version:
    if version.sha256 == incoming.sha256:
        return version
    raise WrongUse(
        f"{incoming.source} already has another publication for {incoming.as_of} ({version.id}); "
        "give the moment too, such as --as-of 2024-04-15T18:43Z"
    )
