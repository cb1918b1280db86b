"""The claims of one source on one day, as SQL over the Parquet files of its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shellgame.model.claim import Claim
from shellgame.model.days import not_after
from shellgame.model.version import Version

NO_CLAIMS = "SELECT {} WHERE false".format(
    ", ".join(f"NULL::{'TINYINT' if name == 'credibility' else 'VARCHAR'} AS {name}" for name in Claim._fields)
)
"""A query with the columns of `Claim` and no row."""


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

    def sql(self, *, ever: bool = False, added: str = "") -> str:
        """A query that yields the claims with the columns of `Claim`.

        Args:
            ever: Also those that the source no longer makes; `last_seen` and `last_version` tell of the last version that had them.
            added: A table with some of the claims that its versions added, where only these are asked for.
        """
        if not self._files("added_file"):
            return NO_CLAIMS
        columns = ", ".join(name for name in Claim._fields if name not in ("last_seen", "last_version"))
        kept = f"SELECT * FROM {added or parquet(self._files('added_file'))}"
        if ended := self._files("ended_file"):
            only = f"WHERE claim_id IN (SELECT claim_id FROM {added})" if added else ""
            gone = f"SELECT claim_id AS gone_id, max(gone) AS gone FROM {parquet(ended)} {only} GROUP BY claim_id"
            kept = f"{kept} LEFT JOIN ({gone}) ON claim_id = gone_id"
            if not ever:
                kept += " WHERE gone IS NULL OR first_seen > gone"
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
