"""From a path to claims: find the format, read it, hold the result against what the source leads one to expect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shellgame.collector import collector_paused
from shellgame.errors import Damaged, ShellgameError
from shellgame.sources.catalog import Source, recognised
from shellgame.sources.claims import Claims, Sink
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


@dataclass(frozen=True)
class Progress:
    """How far the reading of a publication is.

    Attributes:
        records: Records read so far.
        done: Bytes read so far; 0 where its reader does not tell.
        total: Bytes of all its files.
    """

    records: int
    done: int
    total: int


@collector_paused()
def read_publication(
    path: Path,
    source: Source,
    *,
    sink: Callable[[Reading], Sink] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Reading:
    """Read one publication whole.

    Args:
        path: The file, or the folder that holds its files.
        source: The source to read it as.
        sink: Given what is known of the publication by then, makes what takes its claims once they are many; those that it took are
            not in the `rows` of the claims.
        progress: Called every thousand records by readers that pass records on.

    Raises:
        BadInput: It is not this source's, damaged or hostile; nothing was kept.
        Damaged: It holds no record at all.
    """
    publication, layout = recognised(path, source)
    method = f"{source.reader or source.name}.{layout.name}@{layout.version}"
    claims = Claims(
        source.name,
        sink=(lambda: sink(Reading(source, publication, method, claims, ()))) if sink else None,
        counted=source.fill,
        progress=(lambda: progress(_so_far(publication, claims))) if progress else None,
    )
    with _nothing_else_raised(publication, claims), _unchanged(publication):
        layout.read(publication, claims)
        claims.finish()
    if not claims.counts["records"] and not claims.gone:
        found = "not a single record"
        raise Damaged(path.name or str(path), found=found, remedy="get the publication again from the publisher")
    ignored = [f"{name} lies beside the publication and was not read" for name in publication.ignored]
    return Reading(source, publication, method, claims, (*ignored, *claims.notes, *_unexpected(source, claims)))


def _so_far(publication: Publication, claims: Claims) -> Progress:
    parts = publication.parts.values()
    return Progress(claims.counts["records"], sum(part.read_so_far for part in parts), sum(part.size for part in parts))


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
            record=f"after record {claims.last_record}" if claims.last_record else "",
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
    if claims.partial:
        return []  # a few records tell nothing of the whole
    found = [
        f"{count} {name} where {lowest} to {highest} are usual"
        for name, (lowest, highest) in source.expect.items()
        if not lowest <= (count := claims.counts[name]) <= highest
    ]
    if source.fill:
        records = claims.counts["records"]
        with_prop = claims.records_with()
        found += [
            f"only {with_prop[prop] / records:.0%} of the records have {prop}, where {share:.0%} are usual"
            for prop, share in source.fill.items()
            if with_prop[prop] < share * records
        ]
    return found
