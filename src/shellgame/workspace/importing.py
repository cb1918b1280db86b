"""Publications into versions: one from disk, or fetched from its official addresses; what is refused changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from shellgame.collector import collector_paused
from shellgame.errors import BadInput, WrongUse
from shellgame.model.days import moment, now
from shellgame.model.schema import compatible
from shellgame.model.version import KeptPart, Version
from shellgame.sources.catalog import Source
from shellgame.sources.fetching.state import FetchState, load_state, save_state
from shellgame.sources.reading import Progress, Reading, read_publication
from shellgame.store.claims import ClaimSet
from shellgame.store.spool import Spool
from shellgame.store.store import Incoming, Store, free_moment, told_of
from shellgame.store.view import parquet

if TYPE_CHECKING:
    from shellgame.sources.fetch import Progress as Downloaded


_FIRST_ZONE = timedelta(hours=14)
"""Where a day begins first, it does so fourteen hours before it does in UTC."""
_DAY = len("2024-04-15")


@dataclass(frozen=True)
class Fetched:
    """What came of fetching a source: its newest version here, whether it is new, and remarks."""

    version: Version | None
    new: bool
    warnings: tuple[str, ...]


@contextmanager
def read_for(
    store: Store,
    path: Path,
    source: Source,
    as_of: str | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Iterator[Reading]:
    """Read a publication that is to be kept; claims that are too many for memory lie on disk while the block runs.

    Args:
        store: Where it is to be kept.
        path: The file, or the folder that holds its files.
        source: The source to read it as.
        as_of: Day or moment it was published; what it prints itself when None.
        progress: Called now and then while it is read.

    Raises:
        BadInput: It cannot be read as this source.
    """
    with ExitStack() as stack:

        def spool(reading: Reading) -> Spool:
            day = as_of or reading.claims.published
            told = told_of(_incoming(reading, moment(day) if day else ""))
            return stack.enter_context(Spool(stack.enter_context(store.room()), told))

        reading = read_publication(path, source, sink=spool, progress=progress)
        if isinstance(reading.claims.passed_on, Spool):
            reading.claims.passed_on.close()
        yield reading


@collector_paused()
def kept(store: Store, reading: Reading, as_of: str | None, *, invented: bool) -> tuple[Version, bool]:
    """Make what was read a version; gives it and whether it is new.

    Args:
        store: Where it is kept.
        reading: The publication.
        as_of: Day or moment it was published; what it prints itself when None.
        invented: Whether nothing in it is real: then it lacks nothing that the publisher's own would have.

    Raises:
        BadInput: A set of the user's own has an id that means somebody of another kind in another source.
        WrongUse: No day is given and the publication prints none.
        WorkspaceLocked: Another process is writing.
    """
    if reading.source.reader == "ftm":
        _refuse_taken_ids(store, reading)
    day = as_of or reading.claims.published
    if not day:
        raise WrongUse(
            f"{reading.source.name} prints no date of publication; say when it was published with --as-of DAY"
        )
    told = tuple(reading.claims.notes) if invented else (*reading.warnings, *_yet_to_come(moment(day)))
    reading = replace(reading, warnings=(*told, *_dated_later(reading, day)))
    return store.add(_incoming(reading, moment(day)))


def _yet_to_come(day: str) -> Iterator[str]:
    """A remark where a publication is of a day that is nowhere on earth yet: it stands before all that come until then."""
    today = (datetime.fromisoformat(now()) + _FIRST_ZONE).date().isoformat()
    if day[: len(today)] > today:
        yield f"it is dated {day}, which is yet to come (today is {today}): until then it is the newest of its source"


def _dated_later(reading: Reading, day: str) -> Iterator[str]:
    """A remark where a publication has listings of a later day than its own: then that day is likely wrong."""
    later = sorted(
        row.value
        for row in reading.claims.rows
        if row.schema == "Sanction" and row.prop == "listingDate" and row.value > day[: len(row.value)]
    )
    if later:
        yield (
            f"{len(later):,} listings are dated after {day[:_DAY]}, the day given for this publication, the last {later[-1]}; "
            "see that the day is right"
        )


def _incoming(reading: Reading, day: str) -> Incoming:
    source, publication, claims = reading.source, reading.publication, reading.claims
    files = tuple(
        (KeptPart(part.name, part.printed_name, part.sha256, part.size), part.path)
        for _, part in sorted(publication.parts.items())
    )
    return Incoming(
        source.name,
        day,
        publication.format,
        publication.sha256,
        files,
        claims.passed_on if isinstance(claims.passed_on, Spool) else claims.rows,
        dict(claims.counts),
        reading.warnings,
        source.publisher,
        source.reliability,
        source.credibility,
        reading.method,
        partial=claims.partial,
        gone=frozenset(claims.gone),
    )


def _refuse_taken_ids(store: Store, reading: Reading) -> None:
    """Refuse a set of the user's own whose ids mean somebody of another kind in another source: one id is one party here.

    Raises:
        BadInput: Such an id; names it and both kinds.
    """
    spool = reading.claims.passed_on
    if isinstance(spool, Spool):
        own, told = f"SELECT DISTINCT entity_id, schema AS own FROM {parquet([str(spool.file)])}", []
    else:
        kinds = {row.entity_id: row.schema for row in reading.claims.rows}
        own, told = (
            "SELECT unnest(?::VARCHAR[]) AS entity_id, unnest(?::VARCHAR[]) AS own",
            [list(kinds), list(kinds.values())],
        )
    with ClaimSet(store) as claims:
        query = f"""SELECT DISTINCT entity_id, own, schema, source FROM claims JOIN ({own}) USING (entity_id)
            WHERE source <> ? ORDER BY ALL"""
        for identity, kind, schema, other in claims.rows(query, [*told, reading.source.name]):
            if not compatible(schema, kind):
                raise BadInput(
                    next(iter(reading.publication.parts.values())).printed_name,
                    record=identity,
                    found=f"a {kind} here, but a {schema} in {other}: one id for two parties",
                    remedy="give the set ids of its own, for instance with its name in front",
                )


def fetched(
    store: Store, wanted: Source, *, invented: bool, progress: Callable[[Downloaded], None] | None = None
) -> Fetched:
    """Fetch a source and keep what is new; see `Workspace.fetch`."""
    from shellgame.sources import (
        fetch as fetching,
    )  # loading an HTTP client takes half a second: only who fetches waits

    with store.fetching(wanted.name) as into:
        state_file = into.with_name(f"{wanted.name}.json")
        state = load_state(state_file)
        versions = store.versions(wanted.name)
        download = fetching.download(wanted, into, state=state if versions else FetchState(), progress=progress)
        last = versions[-1] if versions else None
        if not download.changed:
            save_state(state_file, download.state)
            return Fetched(last, False, download.warnings)
        with read_for(store, into, wanted) as reading:
            fetching.hold_against(last.counts if last else None, reading, previous_day=last.as_of if last else "")
            at, printed = now(), reading.claims.published
            day = free_moment(moment(printed), reading.publication.sha256, versions, at) if printed else at
            version, new = kept(store, reading, day, invented=invented)
        save_state(state_file, download.state)
        shutil.rmtree(into)
    return Fetched(version, new, download.warnings)
