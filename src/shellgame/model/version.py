"""A version: one publication of a source, as it is kept."""

from __future__ import annotations

from dataclasses import dataclass

UNPUBLISHED = "published without "
"""How the remark begins that a reader makes of a publication without files that the source has; their names and a colon follow."""


@dataclass(frozen=True)
class KeptPart:
    """One file of a kept publication: what the reader calls it, what it was called, its hash and size in bytes."""

    name: str
    printed_name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Version:
    """One publication of a source.

    Attributes:
        id: Unique within the source; begins with the moment.
        source: Name of the source.
        as_of: Day or moment it was published, UTC; unique within the source.
        added_at: Moment it came into this workspace.
        sha256: Hash of the publication.
        format: The layout it was read as.
        method: Reader, format and reader version.
        parts: Its files.
        counts: What the reader counted: records, addresses, aliases …
        warnings: What the reader or the expectations remarked.
        claims: How many claims hold in it.
        added_file: Parquet of the claims that the version before did not have, empty for none.
        ended_file: Parquet of the claims that this version no longer has, empty for none.
        added: Number of claims in `added_file`.
        ended: Number of claims in `ended_file`.
        partial: Whether the publication holds changed records only; the others hold on from the version before.
    """

    id: str
    source: str
    as_of: str
    added_at: str
    sha256: str
    format: str
    method: str
    parts: tuple[KeptPart, ...]
    counts: dict[str, int]
    warnings: tuple[str, ...] = ()
    claims: int = 0
    added_file: str = ""
    ended_file: str = ""
    added: int = 0
    ended: int = 0
    partial: bool = False

    @property
    def unpublished(self) -> tuple[str, ...]:
        """Files of the source that the publication came without and whose silence says nothing, as its reader remarked."""
        told = (warning for warning in self.warnings if warning.startswith(UNPUBLISHED))
        return tuple(
            name for warning in told for name in warning.removeprefix(UNPUBLISHED).partition(":")[0].split(", ")
        )


def version_id(as_of: str, digest: str) -> str:
    """Name a version by its moment and content: `20240415T184300Z-1a2b3c4d`."""
    return as_of.replace("-", "").replace(":", "") + "-" + digest[:8]
