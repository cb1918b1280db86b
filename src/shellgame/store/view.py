"""The claims of one source on one day, as SQL over the Parquet files of its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from shellgame.model.claim import Claim
from shellgame.model.days import not_after
from shellgame.model.version import Version

NO_CLAIMS = "SELECT {} WHERE false".format(
    ", ".join(f"NULL::{'TINYINT' if name == 'credibility' else 'VARCHAR'} AS {name}" for name in Claim._fields)
)
"""A query with the columns of `Claim` and no row."""

RECIPE = "2"
"""Raise it when the same versions give other claims than before."""
_STANDS = "(gone IS NULL OR first_seen > gone)"
"""That a claim did not end since it was told last."""


@dataclass(frozen=True)
class SourceView:
    """One source as it stood in one of its versions.

    Attributes:
        folder: Where its files lie.
        versions: Its versions up to that one, oldest first.
    """

    folder: Path
    versions: tuple[Version, ...]

    @property
    def version(self) -> Version:
        """The version that is shown."""
        return self.versions[-1]

    @cached_property
    def carried(self) -> dict[str, Version]:
        """Files that the version is said to be published without, each with the last one of the same format that had it.

        What these told of a record (OFAC's aliases) goes on to be told of it: the silence of a file that is not there says nothing.
        Only a reader knows that a file belongs to a publication, so only what it remarked counts (`Version.unpublished`): whoever
        stood in an act that was repealed is not carried on.
        """
        last: dict[str, Version] = {}
        for version in self.versions:
            if version.format == self.version.format:
                last |= {part.name: version for part in version.parts}
        return {name: last[name] for name in sorted(self.version.unpublished) if name in last}

    def sql(self, *, ever: bool = False, carried: bool = False, added: str = "") -> str:
        """A query that yields the claims with the columns of `Claim`.

        Args:
            ever: Also those that the source no longer makes; `last_seen` and `last_version` tell of the last version that had them.
            carried: Also those of files that are `carried`, about records that the version has; likewise.
            added: A table with some of the claims that its versions added, where only these are asked for.
        """
        if not self._files("added_file"):
            return NO_CLAIMS
        if carried and not ever and self.carried and self._files("ended_file"):
            return self._with_carried(added)
        columns = ", ".join(name for name in Claim._fields if name not in ("last_seen", "last_version"))
        kept = f"SELECT * FROM {added or parquet(self._files('added_file'))}"
        if ended := self._files("ended_file"):
            only = f"WHERE claim_id IN (SELECT claim_id FROM {added})" if added else ""
            gone = f"SELECT claim_id AS gone_id, max(gone) AS gone FROM {parquet(ended)} {only} GROUP BY claim_id"
            kept = f"{kept} LEFT JOIN ({gone}) ON claim_id = gone_id"
            if not ever:
                kept += f" WHERE {_STANDS}"
        last = f"{quoted(self.version.as_of)} AS last_seen, {quoted(self.version.id)} AS last_version"
        if ever and ended:
            pairs = zip(self.versions, self.versions[1:], strict=False)
            rows = ", ".join(f"({', '.join(map(quoted, (now.as_of, was.as_of, was.id)))})" for was, now in pairs)
            kept += (
                f" LEFT JOIN (VALUES {rows}) befores(gone_on, was_on, was_id) ON gone = gone_on AND first_seen <= gone"
            )
            last = (
                f"coalesce(was_on, {quoted(self.version.as_of)}) AS last_seen, "
                f"coalesce(was_id, {quoted(self.version.id)}) AS last_version"
            )
        ordered = ", ".join(name for name in Claim._fields)
        return f"SELECT {ordered} FROM (SELECT {columns}, {last} FROM ({kept}))"

    def _with_carried(self, added: str) -> str:
        """The claims that stand, and with them those of files that are not there about the records that are."""
        before = {version.id: version for version in self.carried.values()}
        files = {
            each: [quoted(name) for name, version in self.carried.items() if version.id == each] for each in before
        }
        told = {
            each: f"split_part(locator, '#', 1) IN ({', '.join(files[each])}) AND first_seen <= {quoted(version.as_of)} "
            f"AND (gone_{number} IS NULL OR first_seen > gone_{number})"
            for number, (each, version) in enumerate(before.items())
        }
        ends = ", ".join(
            f"max(gone) FILTER (gone <= {quoted(version.as_of)}) AS gone_{number}"
            for number, version in enumerate(before.values())
        )
        every, ended = (parquet(self._files(kind)) for kind in ("added_file", "ended_file"))
        only = f"WHERE claim_id IN (SELECT claim_id FROM {added})" if added else ""
        gone = f"SELECT claim_id AS gone_id, max(gone) AS gone, {ends} FROM {ended} {only} GROUP BY claim_id"
        chosen = " ".join(f"WHEN {condition} THEN {quoted(each)}" for each, condition in told.items())
        days = " ".join(f"WHEN {quoted(each)} THEN {quoted(version.as_of)}" for each, version in before.items())
        newest = self.version
        here = f"SELECT record_id FROM kept WHERE last_version = {quoted(newest.id)}"
        if added:  # the claims that make a record one that is there may not be among those asked for
            told_of = f"SELECT claim_id, record_id, first_seen FROM {every} WHERE record_id IN (SELECT record_id FROM {added})"
            last = f"SELECT claim_id AS gone_id, max(gone) AS gone FROM {ended} GROUP BY claim_id"
            here = f"SELECT record_id FROM ({told_of}) LEFT JOIN ({last}) ON claim_id = gone_id WHERE {_STANDS}"
        kept = (
            f"SELECT *, CASE WHEN {_STANDS} THEN {quoted(newest.id)} {chosen} END AS last_version FROM {added or every} "
            f"LEFT JOIN ({gone}) ON claim_id = gone_id"
        )
        columns = ", ".join(
            f"CASE last_version {days} ELSE {quoted(newest.as_of)} END AS last_seen" if name == "last_seen" else name
            for name in Claim._fields
        )
        return (
            f"WITH kept AS ({kept}) SELECT {columns} FROM kept WHERE last_version IS NOT NULL "
            f"AND (last_version = {quoted(newest.id)} OR record_id IN ({here}))"
        )

    def files(self) -> list[str]:
        """The files it is made of."""
        return [*self._files("added_file"), *self._files("ended_file")]

    def added_files(self, most: int) -> tuple[list[str], list[str]]:
        """The files of added claims: those with more claims than so many, and the others."""
        large = [version.added > most for version in self.versions if version.added_file]
        files = list(zip(self._files("added_file"), large, strict=True))
        return [file for file, is_large in files if is_large], [file for file, is_large in files if not is_large]

    def _files(self, kind: str) -> list[str]:
        return [f"{self.folder}/{name}" for version in self.versions if (name := getattr(version, kind))]


def view_on(folder: Path, versions: Sequence[Version], on: str | None) -> SourceView | None:
    """The view of the last version published on or before a day; None where there was none yet."""
    until = tuple(version for version in versions if not_after(version.as_of, on))
    return SourceView(folder, until) if until else None


def parquet(files: list[str]) -> str:
    """The SQL that reads some Parquet files as one table."""
    return f"read_parquet([{', '.join(quoted(_literal(file)) for file in files)}], hive_partitioning=false)"


_LITERAL = str.maketrans({letter: f"[{letter}]" for letter in "*?["})


def _literal(file: str) -> str:
    """A path in which no letter stands for others, as DuckDB would read it."""
    return file.translate(_LITERAL)


def quoted(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"
