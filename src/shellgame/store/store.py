"""The claim store: versions go in whole, any day comes out.

One folder holds `raw/` (publications by hash) and `sources/<name>/` (a manifest and Parquet files). One writer at a time holds a
lock; readers need none, since files never change and the manifest is replaced in one step.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from time import time
from uuid import uuid4

import duckdb
import pyarrow as pa
from filelock import FileLock, Timeout

from shellgame.errors import WorkspaceDamaged, WorkspaceError, WorkspaceLocked, WrongUse
from shellgame.model.claim import ClaimRow
from shellgame.model.days import now
from shellgame.model.version import KeptPart, Version, version_id
from shellgame.settings import settings
from shellgame.store import delta, manifest
from shellgame.store.delta import Told
from shellgame.store.files import ASIDE, on_disk
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
"""Nobody reads one state of a source, or writes one file, for longer than this."""
_UNDER_THE_LOCK = ("raw", "sources")
"""Folders in which only the holder of the writer lock writes."""


class Store:
    """Versioned claims below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._raw = RawStore(folder / "raw")
        self._newest_ids: dict[str, tuple[Version, pa.Array]] = {}

    def sources(self) -> list[str]:
        """Names of the sources that have at least one version.

        Raises:
            WorkspaceError: The workspace is a file.
        """
        if self.folder.is_file():
            raise WorkspaceError(f"{self.folder} is a file; name a folder with --workspace")
        return sorted(path.parent.name for path in (self.folder / "sources").glob(f"*/{manifest.FILE}"))

    def state(self) -> tuple[tuple[str, int, int, int], ...]:
        """What stands for all versions that are here: it differs once a version comes, changes or goes; no file is opened."""
        files = sorted((self.folder / "sources").glob(f"*/{manifest.FILE}"))
        told = [(file.parent.name, file.stat()) for file in files]
        return tuple((name, stat.st_mtime_ns, stat.st_ino, stat.st_size) for name, stat in told)

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
            WorkspaceError: The system refuses to write.
        """
        with on_disk(self.folder), _held(self.folder / "lock", f"{self.folder}: another Shellgame is writing"):
            yield

    @contextmanager
    def fetching(self, source: str) -> Iterator[Path]:
        """Hold the folder into which a source is downloaded, and give it.

        Raises:
            WorkspaceLocked: Another process fetches this source for longer than `lock_seconds`.
            WorkspaceError: The system refuses to write.
        """
        folder = self.folder / "fetch"
        with (
            on_disk(folder),
            _held(folder / f"{source}.lock", f"{self.folder}: another Shellgame is fetching {source}"),
        ):
            (folder / source).mkdir(exist_ok=True)
            yield folder / source

    def add(self, incoming: Incoming) -> tuple[Version, bool]:
        """Make a publication a version, wherever in time it belongs.

        Adding the same publication for the same moment again changes nothing where all is well; where files of that
        version are missing or damaged they are written anew, and where another reader read it the version is replaced.

        Returns:
            The version, and whether it is new.

        Raises:
            WrongUse: Another publication is already kept for that moment.
            WorkspaceLocked: Another process is writing.
        """
        with self.writing():
            versions = self.versions(incoming.source)
            self._clear_leftovers(incoming.source, versions)
            for version in versions:
                if version.as_of == incoming.as_of:
                    return self._mended(_same(version, incoming), incoming, versions), False
            return self._insert(incoming, versions), True

    def _mended(self, version: Version, incoming: Incoming, versions: tuple[Version, ...]) -> Version:
        if version.method != incoming.method:
            return self._insert(incoming, versions)
        for part, path in incoming.files:
            self._raw.keep(path, part.sha256)
        if self._intact(version):
            return version
        position = versions.index(version)
        rows = _distinct(incoming.rows)
        told = _told(incoming, version.id)
        mended = self._against(version, versions[:position], rows, delta.ids_of(rows), told, again=True)
        manifest.save(self._folder(version.source), (*versions[:position], mended, *versions[position + 1 :]))
        self._newest_ids.pop(version.source, None)
        return mended

    def _intact(self, version: Version) -> bool:
        """Whether the files of a version's delta are there and can be read."""
        expected = {version.added_file: version.added, version.ended_file: version.ended}
        folder = self._folder(version.source)
        return all(delta.whole_table(folder / name, number) for name, number in expected.items() if name)

    def _insert(self, incoming: Incoming, versions: tuple[Version, ...]) -> Version:
        """Make it a version among the others, in the place of one of the same moment where there is one."""
        folder = self._folder(incoming.source)
        before = tuple(version for version in versions if version.as_of < incoming.as_of)
        after = [version for version in versions if version.as_of > incoming.as_of]
        again = len(before) + len(after) < len(versions)
        rows = _distinct(incoming.rows)
        ids = delta.ids_of(rows)
        new = _version(incoming, len(rows))
        told = _told(incoming, new.id)
        new = self._against(new, before, rows, ids, told, again=again)
        replaced = [version for version in versions if version.as_of == incoming.as_of] + after[:1]
        if after:
            after[0] = self._after_insert(after[0], versions, ids, new, told, again=again)
        self._keep_raw(incoming, before, after)
        manifest.save(folder, (*before, new, *after))
        self._newest_ids.pop(incoming.source, None)
        if not after:
            self._newest_ids[incoming.source] = (new, ids)
        for version in replaced:
            self._retire(version)
        return new

    def _against(
        self,
        version: Version,
        before: tuple[Version, ...],
        rows: list[ClaimRow],
        ids: pa.Array,
        told: Told,
        *,
        again: bool,
    ) -> Version:
        """Write the delta of a version's claims against those of the version before it."""
        was = self._ids(version.source, before)
        added = delta.table_of([rows[position] for position in delta.without(ids, was).to_pylist()], told)
        return self._with_delta(version, before, added, was.take(delta.without(was, ids)), again=again)

    def _after_insert(
        self,
        successor: Version,
        versions: tuple[Version, ...],
        ids: pa.Array,
        new: Version,
        told: Told,
        *,
        again: bool,
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
        return self._with_delta(successor, (new,), added, ids.take(delta.without(ids, its_ids)), again=again)

    def _with_delta(
        self, version: Version, before: tuple[Version, ...], added: pa.Table, ended: pa.Array, *, again: bool
    ) -> Version:
        """Write a delta; one that is written `again` never takes the name of the one that readers may still hold."""
        folder = self._folder(version.source)
        name = f"{version.id}.after-{before[-1].id if before else 'nothing'}" + (f".{uuid4().hex[:8]}" if again else "")
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
            with suppress(FileNotFoundError):
                os.utime(self._folder(replaced.source) / name)

    def _keep_raw(self, incoming: Incoming, before: tuple[Version, ...], after: list[Version]) -> None:
        neighbour = before[-1] if before else after[0] if after else None
        like = {part.name: part.sha256 for part in neighbour.parts} if neighbour else {}
        for part, path in incoming.files:
            self._raw.keep(path, part.sha256, like.get(part.name))

    def _ids(self, source: str, versions: tuple[Version, ...]) -> pa.Array:
        """Ids of the claims that hold in the last of some versions."""
        if not versions:
            return pa.array([], pa.string())
        cached, ids = self._newest_ids.get(source, (None, None))
        if cached == versions[-1]:
            return ids
        view = SourceView(self._folder(source), versions)
        return self._query(f"SELECT claim_id FROM ({view.sql()})")["claim_id"].combine_chunks()

    def _query(self, sql: str) -> pa.Table:
        try:
            with duckdb.connect() as connection:
                return connection.sql(sql).to_arrow_table()
        except duckdb.Error as error:
            raise WorkspaceDamaged(
                f"{self.folder}: {str(error).splitlines()[0]}; add the publication of the version that the file is named "
                f"for again, for the same moment; if its version before cannot be read either, rename {manifest.FILE} "
                f"in that folder to {manifest.FILE}.broken and add the publications again, each for its day"
            ) from error

    def _clear_leftovers(self, source: str, versions: tuple[Version, ...]) -> None:
        """Remove what a killed writer left, and deltas replaced so long ago that no reader holds them any more."""
        named = {name for version in versions for name in (version.added_file, version.ended_file)}
        for path in self._folder(source).glob("*.parquet"):
            if path.name not in named and time() - path.stat().st_mtime > _READ_FOR_SECONDS:
                path.unlink()
        with suppress(FileNotFoundError):  # others finish what they write in indexes/ and fetch/
            for path in self.folder.rglob(f"{ASIDE}*"):
                ours = path.relative_to(self.folder).parts[0] in _UNDER_THE_LOCK
                if ours or time() - path.stat().st_mtime > _READ_FOR_SECONDS:
                    path.unlink(missing_ok=True)

    def _folder(self, source: str) -> Path:
        return self.folder / "sources" / source


@contextmanager
def _held(file: Path, doing: str) -> Iterator[None]:
    seconds = settings().lock_seconds
    file.parent.mkdir(parents=True, exist_ok=True)  # not synced: what lies above a workspace is not ours to open
    try:
        with FileLock(file, timeout=seconds):
            yield
    except Timeout as error:
        raise WorkspaceLocked(
            f"{doing} for more than {seconds:g} s; wait for it to end, or raise SHELLGAME_LOCK_SECONDS"
        ) from error


def free_moment(printed: str, digest: str, versions: Sequence[Version], at: str) -> str:
    """Date a publication that was just fetched so that it finds a place beside others of the day it prints.

    Args:
        printed: The day or moment it prints.
        digest: SHA-256 of the publication.
        versions: Versions of its source, oldest first.
        at: The present moment.

    Returns:
        What it prints where that is free or the last version of that day is this very publication; else that day with
        the present time of day, or the second after the last version of that day where that is later.
    """
    same_day = [version for version in versions if version.as_of[:10] == printed[:10]]
    if same_day and same_day[-1].sha256 == digest:
        return same_day[-1].as_of
    if printed not in {version.as_of for version in same_day}:
        return printed
    fetched, last = f"{printed[:10]}{at[10:]}", same_day[-1].as_of
    if last < fetched or last[11:19] == "23:59:59":
        return fetched
    return (datetime.fromisoformat(last) + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _distinct(rows: list[ClaimRow]) -> list[ClaimRow]:
    return list({row.claim_id: row for row in rows}.values())


def _told(incoming: Incoming, identity: str) -> Told:
    return Told(
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


def _version(incoming: Incoming, claims: int) -> Version:
    return Version(
        version_id(incoming.as_of, incoming.sha256),
        incoming.source,
        incoming.as_of,
        now(),
        incoming.sha256,
        incoming.format,
        incoming.method,
        tuple(part for part, _ in incoming.files),
        incoming.counts,
        incoming.warnings,
        claims=claims,
    )


def _same(version: Version, incoming: Incoming) -> Version:
    if version.sha256 == incoming.sha256:
        return version
    raise WrongUse(
        f"{incoming.source} already has another publication for {incoming.as_of} ({version.id}); "
        "give the moment too, such as --as-of 2024-04-15T18:43Z"
    )
