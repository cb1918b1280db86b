"""The versions of one source as they lie on disk, each as what it has otherwise than the one before.

A version may go in anywhere: the delta of the one behind it is then written anew, and no other. Files never change; a delta that is
written again gets a new name, and the one that it replaces stays for readers that began before.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import time
from uuid import uuid4

import duckdb
import pyarrow as pa

from shellgame.errors import WorkspaceDamaged
from shellgame.model.claim import ClaimRow
from shellgame.model.version import KeptPart, Version
from shellgame.store import delta, manifest
from shellgame.store.delta import Told
from shellgame.store.raw import RawStore
from shellgame.store.view import SourceView

READ_FOR_SECONDS = 3600
"""Nobody reads one state of a source, or writes one file, for longer than this."""

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

    def insert(self, new: Version, files: Iterable[KeptFile], rows: Iterable[ClaimRow], told: Told) -> Version:
        """Make it a version among the others, in the place of one of the same moment where there is one.

        Args:
            new: The version; how many claims it has and what its delta is are still unknown.
            files: The parts of its publication and where they lie.
            rows: Its claims.
            told: What all of them have in common.
        """
        versions = self.versions()
        before = tuple(version for version in versions if version.as_of < new.as_of)
        after = [version for version in versions if version.as_of > new.as_of]
        replaced = [version for version in versions if version.as_of == new.as_of] + after[:1]
        again = len(before) + len(after) < len(versions)
        claims = _distinct(rows)
        ids = delta.ids_of(claims)
        new = self._against(replace(new, claims=len(claims)), before, claims, ids, told, again=again)
        if after:
            after[0] = self._behind(after[0], versions, ids, new, told, again=again)
        self._keep(files, [*before[-1:], *after][:1])
        manifest.save(self._folder, (*before, new, *after))
        self._newest = None if after else (new, ids)
        for version in replaced:
            self._retire(version)
        return new

    def mend(self, version: Version, files: Iterable[KeptFile], rows: Iterable[ClaimRow], told: Told) -> Version:
        """Write what of a version is missing or damaged anew, given the same as to `insert`."""
        self._keep(files, ())
        if self._is_intact(version):
            return version
        versions = self.versions()
        position = versions.index(version)
        claims = _distinct(rows)
        mended = self._against(version, versions[:position], claims, delta.ids_of(claims), told, again=True)
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
        added = delta.table_of([rows[position] for position in delta.without(ids, was).to_pylist()], told)
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
        name = f"{version.id}.after-{before[-1].id if before else 'nothing'}" + (f".{uuid4().hex[:8]}" if again else "")
        added_file, ended_file = f"{name}.added.parquet", f"{name}.ended.parquet"
        return replace(
            version,
            added=delta.write_added(self._folder / added_file, added),
            ended=delta.write_ended(self._folder / ended_file, ended, version.as_of),
            added_file=added_file if len(added) else "",
            ended_file=ended_file if len(ended) else "",
        )

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
        try:
            with duckdb.connect() as connection:
                return connection.sql(sql).to_arrow_table()
        except duckdb.Error as error:
            raise WorkspaceDamaged(
                f"{self._folder}: {str(error).splitlines()[0]}; add the publication of the version that the file is named "
                f"for again, for the same moment; if its version before cannot be read either, rename {manifest.FILE} "
                f"in that folder to {manifest.FILE}.broken and add the publications again, each for its day"
            ) from error


def _distinct(rows: Iterable[ClaimRow]) -> list[ClaimRow]:
    return list({row.claim_id: row for row in rows}.values())
