"""The versions of one source as they lie on disk, each as what it has otherwise than the one before.

A version may go in anywhere: the delta of the one behind it is then written anew, and no other. Files never change; a delta that is
written again gets a new name, and the one that it replaces stays for readers that began before.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from time import time
from typing import Any
from uuid import uuid4

import duckdb
import pyarrow as pa

from shellgame.errors import WorkspaceDamaged, WorkspaceError, WrongUse
from shellgame.model.claim import ClaimRow
from shellgame.model.version import KeptPart, Version
from shellgame.store import delta, manifest
from shellgame.store.delta import Told
from shellgame.store.large import COMMON, State, Work
from shellgame.store.raw import RawStore
from shellgame.store.spool import Spool, room, spooled
from shellgame.store.view import SourceView

READ_FOR_SECONDS = 3600
"""Nobody reads one state of a source, or writes one file, for longer than this."""

_MOST_IN_MEMORY = 3_000_000
"""Claims of a version whose ids are still compared in memory, some 300 MB; a list has a tenth of them."""

KeptFile = tuple[KeptPart, Path]
"""A part of a publication, and where it lies."""


class Chain:
    """The versions of one source, and their publications; whoever writes holds the workspace's lock."""

    def __init__(self, folder: Path, raw: RawStore) -> None:
        self._folder, self._raw = folder, raw
        self._newest: tuple[Version, pa.Array] | None = None

    def versions(self) -> tuple[Version, ...]:
        """All versions, oldest first."""
        return manifest.load(self._folder)

    def insert(
        self,
        new: Version,
        files: Iterable[KeptFile],
        rows: Sequence[ClaimRow] | Spool,
        told: Told,
        gone: frozenset[str] = frozenset(),
    ) -> Version:
        """Make it a version among the others, in the place of one of the same moment where there is one.

        Args:
            new: The version; how many claims it has and what its delta is are still unknown.
            files: The parts of its publication and where they lie.
            rows: Its claims.
            told: What all of them have in common.
            gone: Records that an update tells to be no more.

        Raises:
            WrongUse: It is an update without a version before it, or one stands behind it that was worked out without it.
        """
        versions = self.versions()
        before = tuple(version for version in versions if version.as_of < new.as_of)
        after = [version for version in versions if version.as_of > new.as_of]
        replaced = [version for version in versions if version.as_of == new.as_of] + after[:1]
        again = len(before) + len(after) < len(versions)
        _refuse_without_base(new, before, after, again=again)
        ids = None
        if isinstance(rows, Spool) or new.partial or _are_large((*before[-1:], *after[:1])):
            with self._on_disk() as work:
                new = self._against_on_disk(work, new, before, rows, told, gone, again=again)
                if after:
                    after[0] = self._behind_on_disk(work, after[0], versions, (*before, new), told, again=again)
        else:
            claims = _distinct(rows)
            ids = delta.ids_of(claims)
            new = self._against(replace(new, claims=len(claims)), before, claims, ids, told, again=again)
            if after:
                after[0] = self._behind(after[0], versions, ids, new, told, again=again)
        self._keep(files, [*before[-1:], *after][:1])
        manifest.save(self._folder, (*before, new, *after))
        self._newest = None if after or ids is None else (new, ids)
        for version in replaced:
            self._retire(version)
        return new

    def mend(
        self,
        version: Version,
        files: Iterable[KeptFile],
        rows: Sequence[ClaimRow] | Spool,
        told: Told,
        gone: frozenset[str] = frozenset(),
    ) -> Version:
        """Write what of a version is missing or damaged anew, given the same as to `insert`."""
        self._keep(files, ())
        if self._is_intact(version):
            return version
        versions = self.versions()
        position = versions.index(version)
        before = versions[:position]
        if isinstance(rows, Spool) or version.partial or _are_large(before[-1:]):
            with self._on_disk() as work:
                mended = self._against_on_disk(work, version, before, rows, told, gone, again=True)
        else:
            claims = _distinct(rows)
            mended = self._against(version, before, claims, delta.ids_of(claims), told, again=True)
        manifest.save(self._folder, (*versions[:position], mended, *versions[position + 1 :]))
        self._newest = None
        return mended

    def clear_leftovers(self) -> None:
        """Remove deltas replaced so long ago that no reader holds them any more."""
        named = {name for version in self.versions() for name in (version.added_file, version.ended_file)}
        for path in self._folder.glob("*.parquet"):
            if path.name not in named and time() - path.stat().st_mtime > READ_FOR_SECONDS:
                path.unlink()

    def _is_intact(self, version: Version) -> bool:
        """Whether the files of a version's delta are there and can be read."""
        expected = {version.added_file: version.added, version.ended_file: version.ended}
        return all(delta.whole_table(self._folder / name, number) for name, number in expected.items() if name)

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
        was = self._ids(before)
        added = delta.retold(delta.table_of([rows[position] for position in delta.without(ids, was).to_pylist()]), told)
        return self._with_delta(version, before, added, was.take(delta.without(was, ids)), again=again)

    def _behind(
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
        its_claims = self._query(SourceView(self._folder, until).sql())
        its_ids = its_claims["claim_id"].combine_chunks()
        common = {name: its_claims[name][0].as_py() for name in COMMON} if len(its_claims) else {}
        its_told = _told_by(successor, told, common)
        added = delta.retold(its_claims.take(delta.without(its_ids, ids)), its_told)
        return self._with_delta(successor, (new,), added, ids.take(delta.without(ids, its_ids)), again=again)

    def _with_delta(
        self, version: Version, before: tuple[Version, ...], added: pa.Table, ended: pa.Array, *, again: bool
    ) -> Version:
        """Write a delta of claims in memory."""
        added_file, ended_file = _file_names(version, before, again=again)
        return replace(
            version,
            added=delta.write_added(self._folder / added_file, added),
            ended=delta.write_ended(self._folder / ended_file, ended, version.as_of),
            added_file=added_file if len(added) else "",
            ended_file=ended_file if len(ended) else "",
        )

    def _against_on_disk(
        self,
        work: Work,
        version: Version,
        before: tuple[Version, ...],
        rows: Sequence[ClaimRow] | Spool,
        told: Told,
        gone: frozenset[str],
        *,
        again: bool,
    ) -> Version:
        """As `_against`, of claims that are too many for memory or of an update."""
        spool = rows if isinstance(rows, Spool) else spooled(rows, work.folder, told)
        was, now = self._state(before), State.of_spool(spool)
        added_file, ended_file = _file_names(version, before, again=again)
        ended = 0
        if before:
            touched = work.within(was, now, gone) if version.partial else was
            ended = work.write_ended(self._folder / ended_file, touched, now, version.as_of)
        if before or spool.told != told or not work.only_once(now):
            added = work.write_added(self._folder / added_file, now, was, told)
        else:
            added = spool.become(self._folder / added_file)
        return _with_files(
            replace(version, claims=(before[-1].claims if before else 0) + added - ended),
            (added_file, added),
            (ended_file, ended),
        )

    def _behind_on_disk(
        self,
        work: Work,
        successor: Version,
        versions: tuple[Version, ...],
        before: tuple[Version, ...],
        told: Told,
        *,
        again: bool,
    ) -> Version:
        """As `_behind`, of claims that are too many for memory."""
        now = self._state(tuple(version for version in versions if version.as_of <= successor.as_of))
        was = self._state(before)
        added_file, ended_file = _file_names(successor, before, again=again)
        its_told = _told_by(successor, told, work.common(now))
        added = work.write_added(self._folder / added_file, now, was, its_told)
        ended = work.write_ended(self._folder / ended_file, was, now, successor.as_of)
        return _with_files(successor, (added_file, added), (ended_file, ended))

    def _state(self, versions: tuple[Version, ...]) -> State:
        return State.of_view(SourceView(self._folder, versions) if versions else None)

    @contextmanager
    def _on_disk(self) -> Iterator[Work]:
        """Compare with DuckDB, in bounded memory."""
        with self._files_readable(), room(self._folder.parent.parent) as folder, Work(folder) as work:
            yield work

    def _retire(self, replaced: Version) -> None:
        """Mark the files of a replaced delta as retired now; readers that began before may still hold them."""
        for name in filter(None, (replaced.added_file, replaced.ended_file)):
            with suppress(FileNotFoundError):
                os.utime(self._folder / name)

    def _keep(self, files: Iterable[KeptFile], beside: Iterable[Version]) -> None:
        """Keep a publication, as a difference to that of a version beside it where there is one."""
        like = {part.name: part.sha256 for neighbour in beside for part in neighbour.parts}
        for part, path in files:
            self._raw.keep(path, part.sha256, like.get(part.name))

    def _ids(self, versions: tuple[Version, ...]) -> pa.Array:
        """Ids of the claims that hold in the last of some versions."""
        if not versions:
            return pa.array([], pa.string())
        if self._newest and self._newest[0] == versions[-1]:
            return self._newest[1]
        view = SourceView(self._folder, versions)
        return self._query(f"SELECT claim_id FROM ({view.sql()})")["claim_id"].combine_chunks()

    def _query(self, sql: str) -> pa.Table:
        with self._files_readable(), duckdb.connect() as connection:
            return connection.sql(sql).to_arrow_table()

    @contextmanager
    def _files_readable(self) -> Iterator[None]:
        """Tell what DuckDB fails over as what it is.

        Raises:
            WorkspaceError: There is no room to compare large versions.
            WorkspaceDamaged: A file of the source is missing or damaged.
        """
        try:
            yield
        except duckdb.OutOfMemoryException as error:
            raise WorkspaceError(
                f"{self._folder}: {str(error).splitlines()[0]}; make room on that disk, then add the publication again"
            ) from error
        except duckdb.Error as error:
            raise WorkspaceDamaged(
                f"{self._folder}: {str(error).splitlines()[0]}; add the publication of the version that the file is named "
                f"for again, for the same moment; if its version before cannot be read either, rename {manifest.FILE} "
                f"in that folder to {manifest.FILE}.broken and add the publications again, each for its day"
            ) from error


def _file_names(version: Version, before: tuple[Version, ...], *, again: bool) -> tuple[str, str]:
    """Name the files of a delta; one that is written `again` never takes the name of the one that readers may still hold."""
    name = f"{version.id}.after-{before[-1].id if before else 'nothing'}" + (f".{uuid4().hex[:8]}" if again else "")
    return f"{name}.added.parquet", f"{name}.ended.parquet"


def _with_files(version: Version, added: tuple[str, int], ended: tuple[str, int]) -> Version:
    """Put into a version which files its delta has (an empty one has none), and how many claims each."""
    return replace(
        version,
        added_file=added[0] if added[1] else "",
        added=added[1],
        ended_file=ended[0] if ended[1] else "",
        ended=ended[1],
    )


def _told_by(successor: Version, told: Told, common: dict[str, Any]) -> Told:
    """What the claims of a later version have in common, given what its own tell."""
    its = replace(told, first_seen=successor.as_of, first_version=successor.id, evidence=successor.sha256)
    return replace(its, method=successor.method, **common)


def _are_large(versions: Iterable[Version]) -> bool:
    return any(version.claims > _MOST_IN_MEMORY for version in versions)


def _refuse_without_base(new: Version, before: tuple[Version, ...], after: Sequence[Version], *, again: bool) -> None:
    """Refuse an update that has nothing to change, and what would slip in between an update and what that changed.

    Raises:
        WrongUse: It is one of these.
    """
    if new.partial and not before:
        raise WrongUse(
            f"the publication of {new.source} for {new.as_of} is an update: it holds changed records only, and no version of "
            f"{new.source} from before that day is here; add a whole publication from before it first"
        )
    if after and after[0].partial and not again:
        raise WrongUse(
            f"{new.source} has an update for {after[0].as_of} here, worked out without the publication for {new.as_of}; add "
            "publications in the order of their days where updates are among them"
        )


def _distinct(rows: Iterable[ClaimRow]) -> list[ClaimRow]:
    return list({row.claim_id: row for row in rows}.values())
