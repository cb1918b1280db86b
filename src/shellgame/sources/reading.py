"""From a path to claims: find the format, read it, hold the result against what the source leads one to expect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shellgame.collector import collector_paused
from shellgame.errors import Damaged, ShellgameError
from shellgame.sources.catalog import Source, recognised
from shellgame.sources.claims import Claims
from shellgame.sources.publication import Publication


@dataclass(frozen=True)
class Reading:
    """A publication and what it says.

    Attributes:
        source: The source it is read as.
        publication: The files.
        method: Reader, format and version, for each claim's `method`.
        claims: The claims, counts and notes.
        warnings: Where it differs from what `source.yml` expects; for people, nothing is refused for it.
    """

    source: Source
    publication: Publication
    method: str
    claims: Claims
    warnings: tuple[str, ...]


@collector_paused()
def read_publication(path: Path, source: Source) -> Reading:
    """Read one publication whole.

    Raises:
        BadInput: It is not this source's, damaged or hostile; nothing was kept.
        Damaged: It holds no record at all.
    """
    publication, layout = recognised(path, source)
    claims = Claims(source.name)
    with _nothing_else_raised(publication, claims), _unchanged(publication):
        layout.read(publication, claims)
    if not claims.counts["records"]:
        found = "not a single record"
        raise Damaged(path.name or str(path), found=found, remedy="get the publication again from the publisher")
    method = f"{source.reader or source.name}.{layout.name}@{layout.version}"
    ignored = [f"{name} lies beside the publication and was not read" for name in publication.ignored]
    return Reading(source, publication, method, claims, (*ignored, *claims.notes, *_unexpected(source, claims)))


@contextmanager
def _nothing_else_raised(publication: Publication, claims: Claims) -> Iterator[None]:
    """Tell of what a reader did not foresee as of any other damage: nothing is kept, and the message says how far it came.

    Raises:
        Damaged: The reader raised what is none of our errors; that one is its cause.
    """
    try:
        yield
    except ShellgameError:
        raise
    except Exception as error:
        names = ", ".join(part.printed_name for part in publication.parts.values())
        raise Damaged(
            names,
            record=f"after record {claims.rows[-1].record_id}" if claims.rows else "",
            found=f"something that the reader of {publication.format} did not foresee ({type(error).__name__}: {error})",
            remedy="get the publication again from the publisher; if it is whole, report this, so that the reader learns it",
        ) from error


@contextmanager
def _unchanged(publication: Publication) -> Iterator[None]:
    """See to it that the bytes that are kept as evidence are those that were read.

    Raises:
        Damaged: A file is another one afterwards.
    """
    before = {name: part.stamp for name, part in publication.parts.items()}
    yield
    publication.sha256  # noqa: B018 - taken now, and remembered
    for name, part in publication.parts.items():
        if part.stamp != before[name]:
            found = "it changed while it was being read"
            raise Damaged(part.printed_name, found=found, remedy="add it again once nothing writes to it any more")


def _unexpected(source: Source, claims: Claims) -> list[str]:
    found = [
        f"{count} {name} where {lowest} to {highest} are usual"
        for name, (lowest, highest) in source.expect.items()
        if not lowest <= (count := claims.counts[name]) <= highest
    ]
    if source.fill:
        records = claims.counts["records"]
        with_prop = Counter(
            prop for _, prop in {(row.record_id, row.prop) for row in claims.rows if row.prop in source.fill}
        )
        found += [
            f"only {with_prop[prop] / records:.0%} of the records have {prop}, where {share:.0%} are usual"
            for prop, share in source.fill.items()
            if with_prop[prop] < share * records
        ]
    return found
