"""The public face: a workspace is a folder, and everything Shellgame can do with it is a method here."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import pyarrow as pa

from shellgame.case.uncovered import Uncovered, uncovered
from shellgame.errors import NotFound, WrongUse
from shellgame.graph.network import Network, network_around
from shellgame.match.hits import Hits
from shellgame.match.index import ListedName, NameIndex, tokens_of
from shellgame.model.days import moment, now
from shellgame.model.entity import Entity, entities_of
from shellgame.model.judgement import Judgement, Verdict
from shellgame.model.schema import NAME_PROPS, PARTS
from shellgame.model.version import KeptPart, Version
from shellgame.resolve.coverage import Coverage, coverage_of
from shellgame.settings import settings
from shellgame.sources import fetch as fetching
from shellgame.sources.catalog import Source, catalog, source_named
from shellgame.sources.fetch import Progress
from shellgame.sources.fetching.state import FetchState, load_state, save_state
from shellgame.sources.reading import Reading, collector_paused, read_publication
from shellgame.store.changes import Changes, changes_between
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Incoming, Store

if TYPE_CHECKING:
    from shellgame.store.decisions import Decisions

Query = str | dict[str, Any]
"""A name, or a FollowTheMoney entity as a dict."""
INVENTED = "INVENTED.txt"
"""A file of this name in a workspace says in its first line that nothing in it is real; every dossier repeats it."""
ALERT = 0.7
"""A name score of this and more is an alert."""


def open(folder: str | Path | None = None) -> Workspace:
    """Open a workspace, a folder that is made on first use.

    Args:
        folder: Where it is; the `workspace` setting when None.
    """
    return Workspace(Path(folder) if folder is not None else settings().workspace)


@dataclass(frozen=True)
class Fetched:
    """What came of fetching a source: its newest version here, whether it is new, and remarks."""

    version: Version | None
    new: bool
    warnings: tuple[str, ...]


class Workspace:
    """Lists, what is known from them, and what people decided, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store(folder)
        self._indexes: dict[tuple[str, ...], NameIndex] = {}

    @property
    def invented(self) -> str:
        """What the file `INVENTED` says: that nothing here is real; empty for a workspace of real publications."""
        file = self.folder / INVENTED
        return file.read_text(encoding="utf-8").strip() if file.exists() else ""

    def sources(self) -> list[Source]:
        """Every built-in source, and those of the user's own that were added here."""
        own = [source_named(name) for name in self.store.sources() if name not in catalog()]
        return [*(source for source in catalog().values() if source.name != "ftm"), *own]

    def add(self, source: str, path: str | Path, as_of: str | None = None) -> Version:
        """Add a publication of a source: a file, or the folder that holds its files.

        Args:
            source: Name of the source; a name of your own for a set in a FollowTheMoney format.
            path: The file or folder.
            as_of: Day or moment it was published; what it prints itself when None.

        Returns:
            The version; the one that is there already when the same publication was added for the same moment before.

        Raises:
            BadInput: It cannot be read as this source; the workspace is unchanged.
            WrongUse: No such source, or no day is given and the publication prints none.
            WorkspaceLocked: Another process is writing.
        """
        reading = read_publication(Path(path), source_named(source))
        return self.keep(reading, as_of)[0]

    @collector_paused()
    def keep(self, reading: Reading, as_of: str | None = None) -> tuple[Version, bool]:
        """Make what was read a version; see `add`. Returns it and whether it is new."""
        day = as_of or reading.claims.published
        if self.invented:
            reading = replace(reading, warnings=tuple(reading.claims.notes))
        if not day:
            raise WrongUse(
                f"{reading.source.name} prints no date of publication; say when it was published with --as-of DAY"
            )
        source = reading.source
        files = tuple(
            (KeptPart(part.name, part.printed_name, part.sha256, part.size), part.path)
            for _, part in sorted(reading.publication.parts.items())
        )
        return self.store.add(
            Incoming(
                source.name,
                moment(day),
                reading.publication.format,
                reading.publication.sha256,
                files,
                reading.claims.rows,
                dict(reading.claims.counts),
                reading.warnings,
                source.publisher,
                source.reliability,
                source.credibility,
                reading.method,
            )
        )

    def fetch(self, source: str, *, progress: Callable[[Progress], None] | None = None) -> Fetched:
        """Fetch a source from its official addresses and add what is new.

        A publication that prints no date of its own is dated to the moment it was fetched.

        Raises:
            FetchFailed: It could not be had, or lost more than a tenth of its records; the last good version stays.
            BadInput: What came cannot be read as this source; likewise.
        """
        wanted = source_named(source)
        state_file = self.folder / "fetch" / f"{wanted.name}.json"
        state = load_state(state_file)
        versions = self.store.versions(wanted.name)
        into = self.folder / "fetch" / wanted.name
        into.mkdir(parents=True, exist_ok=True)
        download = fetching.download(wanted, into, state=state if versions else FetchState(), progress=progress)
        last = versions[-1] if versions else None
        if not download.changed:
            save_state(state_file, download.state)
            return Fetched(last, False, download.warnings)
        reading = read_publication(into, wanted)
        fetching.hold_against(last.counts if last else None, reading, previous_day=last.as_of if last else "")
        version, new = self.keep(reading, None if reading.claims.published else now())
        save_state(state_file, download.state)
        shutil.rmtree(into)
        return Fetched(version, new, download.warnings)

    def versions(self, source: str) -> tuple[Version, ...]:
        """The versions of a source that are kept here, oldest first."""
        return self.store.versions(source_named(source).name)

    def changes(self, source: str, start: str, end: str, program: str | None = None) -> Changes:
        """What changed in a source between two days; see `store.changes.changes_between`."""
        return changes_between(self.store, source_named(source).name, moment(start), moment(end), program)

    def claims(self, on: str | None = None, sources: Sequence[str] | None = None) -> ClaimSet:
        """All claims as they stood on a day, to be asked with SQL; use it in a `with` block."""
        return ClaimSet(self.store, moment(on) if on else None, sources)

    def entity(self, identity: str, on: str | None = None) -> dict[str, Entity]:
        """Everything claimed about a record: itself first, then its parts (listings, addresses, papers, links).

        Raises:
            NotFound: Nothing is known under this id on that day.
        """
        with self.claims(on) as claims:
            parts = entities_of(claims.of_records([identity])) or entities_of(claims.of_entities([identity]))
        if not parts:
            raise NotFound(f"nothing is known under {identity!r}{_when(on)}; `shellgame screen NAME` finds ids by name")
        own = {identity: parts.pop(identity)} if identity in parts else {}
        return own | parts

    @overload
    def screen(
        self,
        queries: Query,
        *,
        on: str | None = ...,
        limit: int = ...,
        threshold: float = ...,
        schema: str | None = ...,
        sources: Sequence[str] | None = ...,
    ) -> Hits: ...

    @overload
    def screen(
        self,
        queries: list[Query],
        *,
        on: str | None = ...,
        limit: int = ...,
        threshold: float = ...,
        schema: str | None = ...,
        sources: Sequence[str] | None = ...,
    ) -> list[Hits]: ...

    def screen(
        self,
        queries: Query | Iterable[Query],
        *,
        on: str | None = None,
        limit: int = 5,
        threshold: float = ALERT,
        schema: str | None = None,
        sources: Sequence[str] | None = None,
    ) -> Hits | list[Hits]:
        """Find listed names like some names.

        Args:
            queries: A name, a FollowTheMoney entity as a dict (its names are searched), or several of either.
            on: As listed on this day.
            limit: Most hits for each query.
            threshold: Lowest score of a hit, 0 to 1.
            schema: Only hits that could be of this schema; a dict's own schema is used where it has one.
            sources: Only names from these sources.

        Returns:
            The `Hits` of one query, or a list with those of each of several, in their order.

        Raises:
            WrongUse: A query has no name.
        """
        index = self._index(moment(on) if on else None, sources)
        if isinstance(queries, (str, dict)):
            return _screened(index, queries, schema, limit, threshold)
        return [_screened(index, query, schema, limit, threshold) for query in queries]

    def _index(self, on: str | None, sources: Sequence[str] | None) -> NameIndex:
        with ClaimSet(self.store, on, sources) as claims:
            key = tuple(f"{version.source}/{version.id}" for version in claims.versions)
            if key not in self._indexes:
                claims.derive("listed_names", _listed_names)
                rows = claims.rows("SELECT entity_id, schema, source, name, tokens FROM listed_names")
                self._indexes = {key: NameIndex([ListedName(*row) for row in rows])}
            return self._indexes[key]

    def find(self, name_or_id: str, on: str | None = None) -> list[str]:
        """Ids meant by an id, or by a name: all records that match it as well as the best one does.

        Raises:
            NotFound: No record has that id, and none a name like it.
        """
        with self.claims(on) as claims:
            known = list(claims.rows("SELECT 1 FROM claims WHERE entity_id = ? LIMIT 1", [name_or_id]))
        if known:
            return [name_or_id]
        hits = self.screen(name_or_id, on=on, limit=50).hits
        if not hits:
            raise NotFound(
                f"no id and no name like {name_or_id!r} is known{_when(on)}; try `shellgame screen` with another spelling"
            )
        return [hit.entity_id for hit in hits if hit.score >= hits[0].score - 1e-9]

    def network(self, name_or_id: str, on: str | None = None, depth: int | None = None) -> Network:
        """The network around an id, or around all records that match a name best; see `graph.network.network_around`."""
        start = self.find(name_or_id, on)
        with self.claims(on) as claims:
            return network_around(claims, start, depth=depth or settings().network_depth)

    def coverage(
        self,
        *,
        program: str | None = None,
        jurisdictions: Sequence[str] = (),
        entity_ids: Sequence[str] | None = None,
        on: str | None = None,
    ) -> list[Coverage]:
        """Who lists whom where and since when; see `resolve.coverage.coverage_of`."""
        with self.claims(on) as claims:
            return coverage_of(
                claims, program=program, jurisdictions=jurisdictions, entity_ids=entity_ids, verdicts=self._verdicts()
            )

    def judge(self, left: str, right: str, verdict: str, *, why: str, author: str | None = None) -> Judgement:
        """Write down that two records are the `same`, `different`, or that one is `unsure`.

        Raises:
            NotFound: One of them is not known here.
            WrongUse: The verdict is none of these, or the reason is missing.
        """
        for identity in (left, right):
            self.entity(identity)
        with closing(self._decisions()) as decisions:
            return decisions.judge(left, right, verdict, why=why, author=author or settings().author or getuser())

    def _verdicts(self) -> dict[frozenset[str], Verdict]:
        if not settings().database and not self._database_file().exists():
            return {}
        with closing(self._decisions()) as decisions:
            return decisions.verdicts()

    def _database_file(self) -> Path:
        return self.folder / "decisions.sqlite"

    def _decisions(self) -> Decisions:
        from shellgame.store.decisions import (
            Decisions,
        )  # SQLAlchemy and Alembic take 0.8 s to load: only who decides waits for them

        if not settings().database:
            self.folder.mkdir(parents=True, exist_ok=True)
        return Decisions(settings().database or f"sqlite:///{self._database_file()}")

    def uncover(self, name_or_id: str, on: str | None = None, depth: int | None = None) -> Uncovered:
        """The main job: who a name is, where it is listed, its network, its story and what is unknown, in one piece.

        Raises:
            NotFound: No record has that id, and none a name like it.
        """
        start = self.find(name_or_id, on)
        hits = Hits(name_or_id, ()) if start == [name_or_id] else self.screen(name_or_id, on=on, limit=20)
        with self.claims(on) as claims:
            network = network_around(claims, start, depth=depth or settings().network_depth)
            coverage = coverage_of(claims, entity_ids=start, verdicts=self._verdicts(), together=True)
            return uncovered(name_or_id, claims, hits, network, coverage)


def _listed_names(claims: ClaimSet) -> pa.Table:
    """Every name of every party, with its tokens."""
    query = """SELECT DISTINCT entity_id, schema, source, value AS name FROM claims
        WHERE prop IN (SELECT unnest(?::VARCHAR[])) AND schema NOT IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL"""
    names = claims.table(query, [list(NAME_PROPS), sorted(PARTS)])
    tokens = [
        tokens_of(schema, name)
        for schema, name in zip(names["schema"].to_pylist(), names["name"].to_pylist(), strict=True)
    ]
    return names.append_column("tokens", pa.array(tokens, pa.string()))


def _screened(index: NameIndex, query: Query, schema: str | None, limit: int, threshold: float) -> Hits:
    names = (
        [query]
        if isinstance(query, str)
        else [name for prop in NAME_PROPS for name in query.get("properties", {}).get(prop, [])]
    )
    if not any(name.strip() for name in names):
        raise WrongUse(f"a query without a name: {query!r}; give a name, or an entity with `properties.name`")
    wanted = schema or (query.get("schema") if isinstance(query, dict) else None)
    found = [hit for name in names for hit in index.search(name, schema=wanted, limit=limit, threshold=threshold)]
    best = {hit.entity_id: hit for hit in sorted(found, key=lambda hit: hit.score)}
    ranked = sorted(best.values(), key=lambda hit: (-hit.score, hit.entity_id))[:limit]
    return Hits(names[0], tuple(ranked))


def _when(on: str | None) -> str:
    return f" on {on}" if on else ""
