"""Publications into versions: one from disk, or fetched from its official addresses; what is refused changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shellgame.collector import collector_paused
from shellgame.errors import BadInput, WrongUse
from shellgame.model.days import moment, now
from shellgame.model.schema import compatible
from shellgame.model.version import KeptPart, Version
from shellgame.sources.catalog import Source
from shellgame.sources.fetching.state import FetchState, load_state, save_state
from shellgame.sources.reading import Reading, read_publication
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Incoming, Store, free_moment

if TYPE_CHECKING:
    from shellgame.sources.fetch import Progress


@dataclass(frozen=True)
class Fetched:
    """What came of fetching a source: its newest version here, whether it is new, and remarks."""

    version: Version | None
    new: bool
    warnings: tuple[str, ...]


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
    if invented:
        reading = replace(reading, warnings=tuple(reading.claims.notes))
    return store.add(_incoming(reading, moment(day)))


def _incoming(reading: Reading, day: str) -> Incoming:
    source, publication = reading.source, reading.publication
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
        reading.claims.rows,
        dict(reading.claims.counts),
        reading.warnings,
        source.publisher,
        source.reliability,
        source.credibility,
        reading.method,
    )


def _refuse_taken_ids(store: Store, reading: Reading) -> None:
    """Refuse a set of the user's own whose ids mean somebody of another kind in another source: one id is one party here.

    Raises:
        BadInput: Such an id; names it and both kinds.
    """
    own = {row.entity_id: row.schema for row in reading.claims.rows}
    with ClaimSet(store) as claims:
        query = """SELECT DISTINCT entity_id, schema, source FROM claims
            WHERE source <> ? AND entity_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL"""
        for identity, schema, other in claims.rows(query, [reading.source.name, list(own)]):
            if not compatible(schema, own[identity]):
                raise BadInput(
                    next(iter(reading.publication.parts.values())).printed_name,
                    record=identity,
                    found=f"a {own[identity]} here, but a {schema} in {other}: one id for two parties",
                    remedy="give the set ids of its own, for instance with its name in front",
                )


def fetched(
    store: Store, wanted: Source, *, invented: bool, progress: Callable[[Progress], None] | None = None
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
        reading = read_publication(into, wanted)
        fetching.hold_against(last.counts if last else None, reading, previous_day=last.as_of if last else "")
        at, printed = now(), reading.claims.published
        day = free_moment(moment(printed), reading.publication.sha256, versions, at) if printed else at
        version, new = kept(store, reading, day, invented=invented)
        save_state(state_file, download.state)
        shutil.rmtree(into)
    return Fetched(version, new, download.warnings)
