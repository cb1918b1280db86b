"""The public face: a workspace is a folder, and everything Shellgame can do with it is a method here."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from numbers import Real
from operator import index
from pathlib import Path
from typing import TYPE_CHECKING, overload

from shellgame.collector import collector_paused
from shellgame.errors import BadInput, NotFound, WrongUse
from shellgame.match.hits import Answers, Hits
from shellgame.match.search import ALERT, Subject, untold
from shellgame.model.days import moment, now
from shellgame.model.entity import Entity, entities_of
from shellgame.model.judgement import Judgement
from shellgame.model.schema import compatible
from shellgame.model.standing import Standing
from shellgame.model.version import KeptPart, Version
from shellgame.resolve.grounds import grounds_of
from shellgame.resolve.parties import Filters
from shellgame.resolve.queries import Query, Unusable, batched, is_one, subject_of, subjects_of
from shellgame.settings import settings
from shellgame.sources.catalog import Source, catalog, source_named
from shellgame.sources.fetching.state import FetchState, load_state, save_state
from shellgame.sources.reading import Reading, read_publication
from shellgame.store.changes import Changes, changes_between
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Incoming, Store, free_moment

if TYPE_CHECKING:
    from shellgame.case.uncovered import Uncovered
    from shellgame.graph.network import Network
    from shellgame.match.search import Progress as Indexing
    from shellgame.resolve.canonical import Assignment
    from shellgame.resolve.comparisons import Progress as Comparing
    from shellgame.resolve.coverage import Coverage
    from shellgame.resolve.identities import Identities
    from shellgame.resolve.presence import Presence
    from shellgame.resolve.resolution import Resolution
    from shellgame.resolve.screening import Screening
    from shellgame.sources.fetch import Progress
    from shellgame.store.decisions import Decisions

INVENTED = "INVENTED.txt"
"""A file of this name in a workspace says in its first line that nothing in it is real; every dossier repeats it."""


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

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.store = Store(self.folder)
        self._screening: tuple[object, tuple[str, ...], Screening] | None = None
        self._canonical: tuple[object, Assignment] | None = None

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
        if reading.source.reader == "ftm":
            self._refuse_taken_ids(reading)
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

    def _refuse_taken_ids(self, reading: Reading) -> None:
        """Refuse a set of the user's own whose ids mean somebody of another kind in another source: one id is one party here.

        Raises:
            BadInput: Such an id; names it and both kinds.
        """
        own = {row.entity_id: row.schema for row in reading.claims.rows}
        with self.claims() as claims:
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

    def fetch(self, source: str, *, progress: Callable[[Progress], None] | None = None) -> Fetched:
        """Fetch a source from its official addresses and add what is new.

        A publication that prints no date of its own is dated to the moment it was fetched; a second one of the day that
        it prints to the time of day at which it was fetched.

        Raises:
            WorkspaceLocked: Another process fetches the same source.
            FetchFailed: It could not be had, or lost more than a tenth of its records; the last good version stays.
            BadInput: What came cannot be read as this source; likewise.
        """
        wanted = source_named(source)
        from shellgame.sources import (
            fetch as fetching,
        )  # loading an HTTP client takes half a second: only who fetches waits

        with self.store.fetching(wanted.name) as into:
            state_file = into.with_name(f"{wanted.name}.json")
            state = load_state(state_file)
            versions = self.store.versions(wanted.name)
            download = fetching.download(wanted, into, state=state if versions else FetchState(), progress=progress)
            last = versions[-1] if versions else None
            if not download.changed:
                save_state(state_file, download.state)
                return Fetched(last, False, download.warnings)
            reading = read_publication(into, wanted)
            fetching.hold_against(last.counts if last else None, reading, previous_day=last.as_of if last else "")
            at, printed = now(), reading.claims.published
            day = free_moment(moment(printed), reading.publication.sha256, versions, at) if printed else at
            version, new = self.keep(reading, day)
            save_state(state_file, download.state)
            shutil.rmtree(into)
        return Fetched(version, new, download.warnings)

    def versions(self, source: str) -> tuple[Version, ...]:
        """The versions of a source that are kept here, oldest first; none for a built-in source that was not added yet.

        Raises:
            WrongUse: No such source is built in or here.
        """
        return self.store.versions(self._known(source))

    def changes(self, source: str, start: str, end: str, program: str | None = None) -> Changes:
        """What changed in a source between two days; see `store.changes.changes_between`."""
        found = changes_between(self.store, self._known(source), moment(start), moment(end), program)
        if program and not found.changes:
            for day in (start, end):
                with self.claims(day, [source]) as claims:
                    query = "SELECT 1 FROM claims WHERE prop IN ('program', 'programId') AND value = ? LIMIT 1"
                    if list(claims.rows(query, [program])):
                        return found
            raise NotFound(f"nobody is listed under {program!r} in {source} on either day")
        return found

    def _known(self, source: str) -> str:
        """The name of a source that is built in or here; guards against misspelt names of one's own."""
        known = {each.name for each in self.sources()}
        if source not in known:
            raise WrongUse(f"{source!r} is no source; there are {', '.join(sorted(known))}")
        return source

    def claims(self, on: str | date | None = None, sources: str | Sequence[str] | None = None) -> ClaimSet:
        """All claims as they stood on a day, to be asked with SQL; use it in a `with` block."""
        return ClaimSet(self.store, moment(on) if on else None, _several("sources", sources))

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
    def screen(  # type: ignore[overload-overlap] # whatever is no query is several: lists, generators, frames of any library
        self,
        queries: Query,
        *,
        on: str | date | None = ...,
        limit: int = ...,
        threshold: float = ...,
        schema: str | None = ...,
        sources: str | Sequence[str] | None = ...,
        programmes: str | Sequence[str] | None = ...,
        countries: str | Sequence[str] | None = ...,
        listed_only: bool = ...,
    ) -> Hits: ...

    @overload
    def screen(
        self,
        queries: object,
        *,
        on: str | date | None = ...,
        limit: int = ...,
        threshold: float = ...,
        schema: str | None = ...,
        sources: str | Sequence[str] | None = ...,
        programmes: str | Sequence[str] | None = ...,
        countries: str | Sequence[str] | None = ...,
        listed_only: bool = ...,
    ) -> Answers: ...

    def screen(
        self,
        queries: object,
        *,
        on: str | date | None = None,
        limit: int = 5,
        threshold: float = ALERT,
        schema: str | None = None,
        sources: str | Sequence[str] | None = None,
        programmes: str | Sequence[str] | None = None,
        countries: str | Sequence[str] | None = None,
        listed_only: bool = False,
    ) -> Hits | Answers:
        """Find listed parties like some names or entities.

        Args:
            queries: A name; a FollowTheMoney entity as a dict, or a plain dict such as `{"name": …, "dob": …}`; several of either;
                or a data frame (pandas, Polars, Arrow, DuckDB) with a column `name` and others of `docs/screening.md`.
            on: As listed on this day: a date, or text such as `2024-04-15`.
            limit: Most parties for each query; records that `resolve` joined are one, and all of them are told.
            threshold: Lowest score of a hit, 0 to 1.
            schema: Only hits that could be of this schema; a query's own schema is used where it has one.
            sources: Only parties that these sources name; one may be given as it is, as with the next two.
            programmes: Only parties listed under these programmes.
            countries: Only parties of these countries, by code or name.
            listed_only: Only parties that a list has taken up itself.

        Returns:
            The `Hits` of one query, or the `Answers` with those of each of several, in their order. Of several queries
            one that cannot be used has no hits and a note that says why; `left_out` tells of all of them.

        Raises:
            WrongUse: An option is of the wrong kind; or the one query, or each of several, has no name; or a schema,
                source, programme or country is none of those here; says what may have been meant.
            NotFound: No list is here by that day.
        """
        limit, threshold = _bounds(limit, threshold)
        if not (schema is None or isinstance(schema, str)):
            raise WrongUse(f"schema {schema!r} is no text; give one, such as 'Person'")
        filters = Filters(
            schema=schema,
            sources=_several("sources", sources),
            programmes=_several("programmes", programmes),
            countries=_several("countries", countries),
            listed_only=listed_only,
        )
        screening = self.screening(on)
        screening.check(filters)
        if is_one(queries):
            return self.answered(screening, [subject_of(queries)], filters, limit=limit, threshold=threshold)[0]
        answers = Answers()
        for batch in batched(subjects_of(queries)):
            subjects = [each for each in batch if isinstance(each, Subject)]
            found = iter(self.answered(screening, subjects, filters, limit=limit, threshold=threshold))
            for each in batch:
                if isinstance(each, Subject):
                    answers.append(next(found))
                else:
                    answers.append(_not_asked(each))
                    answers.left_out.append(f"query {each.number}: {each.problem}")
        if answers and len(answers.left_out) == len(answers):
            raise WrongUse(answers.left_out[0])
        return answers

    def answered(
        self, screening: Screening, subjects: Sequence[Subject], filters: Filters, *, limit: int, threshold: float
    ) -> list[Hits]:
        """Search a batch among the parties of a day, and tell which hits are one party; see `resolve.answering`."""
        from shellgame.resolve.answering import answered  # loads the compiler, as `screening` does

        return answered(screening, self._assignment, subjects, filters, limit=limit, threshold=threshold)

    def _assignment(self) -> Assignment:
        """Which records `resolve` found to be one party, as last written."""
        from shellgame.resolve.canonical import load

        file = self.folder / "canonical.parquet"
        state = (file.stat().st_mtime_ns, file.stat().st_size) if file.exists() else None
        if self._canonical is None or self._canonical[0] != state:
            self._canonical = state, load(file)
        return self._canonical[1]

    def screening(self, on: str | date | None = None, *, progress: Indexing = untold) -> Screening:
        """The parties of a day, to be searched batch by batch; see `screen` for all at once.

        Args:
            on: As listed on this day.
            progress: Told how far the index of names is where it has to be made, which is once for each state of the lists.
        """
        from shellgame.resolve.screening import (
            Screening,
            versions_of,
        )  # the compiler takes half a second to load: only who screens waits for it

        state = (moment(on) if on else None, self.store.state())
        if self._screening is not None and self._screening[0] == state:
            return self._screening[2]
        with self.claims(on) as claims:
            key = (*versions_of(claims), *(f"not yet {version.source}/{version.id}" for version in claims.later))
            same = self._screening is not None and self._screening[1] == key
            screening = self._screening[2] if self._screening is not None and same else Screening(claims, progress)
        self._screening = state, key, screening
        return screening

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
        from shellgame.graph.network import network_around

        start = self.find(name_or_id, on)
        with self.claims(on) as claims:
            return network_around(claims, start, depth=depth or settings().network_depth, standing=self._standing())

    def coverage(
        self,
        *,
        program: str | Sequence[str] | None = None,
        jurisdictions: str | Sequence[str] = (),
        entity_ids: str | Sequence[str] | None = None,
        on: str | None = None,
        whole: str | Sequence[str] = (),
        progress: Comparing | None = None,
    ) -> list[Coverage]:
        """Who lists whom where and since when; see `resolve.coverage.coverage_of`."""
        from shellgame.resolve.coverage import coverage_of

        with self._ever(on) as claims:
            return coverage_of(
                claims,
                self.identities(on, progress=progress),
                program=program or None,
                jurisdictions=[_jurisdiction(code) for code in _several("jurisdictions", jurisdictions)],
                entity_ids=None if entity_ids is None else _several("entity_ids", entity_ids),
                alike=self.screening(on).alike,
                whole=[_jurisdiction(code) for code in _several("whole", whole)],
            )

    def presence(
        self, on: str | None = None, *, whole: str | Sequence[str] = (), progress: Comparing | None = None
    ) -> Presence:
        """Since when every party stands on the lists of every jurisdiction; see `resolve.presence.presence_of`."""
        from shellgame.resolve.presence import presence_of

        codes = [_jurisdiction(code) for code in _several("whole", whole)]
        with self._ever(on) as claims:
            return presence_of(claims, self.identities(on, progress=progress), whole=codes)

    def identities(self, on: str | None = None, *, progress: Comparing | None = None) -> Identities:
        """Which records are or may be one party: those of the lists as `resolve` has them, and those that left them.

        Args:
            on: As listed on this day.
            progress: Told now and then how many pairs were compared, and how many there are to be.
        """
        from shellgame.resolve.identities import identities_in

        with self.claims(on) as claims, self._ever(on) as ever:
            return identities_in(claims, ever, self._standing(), progress=progress)

    def _ever(self, on: str | None) -> ClaimSet:
        """The claims of a day with those that had ended."""
        return ClaimSet(self.store, moment(on) if on else None, ever=True)

    def resolve(self, on: str | date | None = None, *, progress: Comparing | None = None) -> Resolution:
        """Join the records of all lists into entities; see `resolve.resolution`.

        Only what is new or changed since the last time is compared. The present day keeps the ids that entities are given; a past
        day is answered with these as far as they go, and writes none.

        Args:
            on: As listed on this day.
            progress: Told now and then how many pairs were compared, and how many there are to be.

        Raises:
            NotFound: No list is here by that day.
        """
        from shellgame.resolve.resolution import (
            resolved,
        )  # the compiler takes half a second to load: only who resolves waits for it

        with self.claims(on) as claims:
            return resolved(claims, self._judgements(), self.folder / "canonical.parquet", progress=progress)

    def judge(self, left: str, right: str, verdict: str, *, why: str, author: str | None = None) -> Judgement:
        """Write down that two records are the `same`, `different`, or that one is `unsure`.

        Raises:
            NotFound: One of them is not known here.
            WrongUse: The verdict is none of these, or the reason is missing.
        """
        found = [self.entity(identity).get(identity) for identity in (left, right)]
        evidence = grounds_of(found[0], found[1]) if found[0] and found[1] else ""
        from shellgame.store.decisions import author_of

        with closing(self.decisions()) as decisions:
            return decisions.judge(left, right, verdict, why=why, author=author_of(author), evidence=evidence)

    def _standing(self) -> Standing:
        """What stands of what people decided."""
        if not settings().database and not self._database_file().exists():
            return Standing()
        with closing(self.decisions()) as decisions:
            return decisions.standing()

    def _judgements(self) -> list[Judgement]:
        if not settings().database and not self._database_file().exists():
            return []
        with closing(self.decisions()) as decisions:
            return decisions.judgements()

    def _database_file(self) -> Path:
        return self.folder / "decisions.sqlite"

    def decisions(self) -> Decisions:
        """What people decided; close it when done."""
        from shellgame.store.decisions import (
            Decisions,
            in_file,
        )  # SQLAlchemy and Alembic take 0.8 s to load: only who decides waits for them

        return Decisions(settings().database or in_file(self._database_file()))

    def uncover(
        self,
        name_or_id: str,
        on: str | None = None,
        depth: int | None = None,
        *,
        progress: Comparing | None = None,
    ) -> Uncovered:
        """The main job: who a name is, where it is listed, its network, its story and what is unknown, in one piece.

        Raises:
            NotFound: No record has that id, and none a name like it.
        """
        from shellgame.case.uncovered import uncovered
        from shellgame.graph.network import network_around
        from shellgame.resolve.coverage import coverage_of

        start = self.find(name_or_id, on)
        hits = Hits(name_or_id, ()) if start == [name_or_id] else self.screen(name_or_id, on=on, limit=20)
        with self.claims(on) as claims:
            depth = depth or settings().network_depth
            network = network_around(claims, start, depth=depth, standing=self._standing())
            identities, alike = self.identities(on, progress=progress), self.screening(on).alike
            coverage = coverage_of(claims, identities, entity_ids=start, together=True, alike=alike)
            return replace(uncovered(name_or_id, claims, hits, network, coverage), notice=self.invented)


def _not_asked(query: Unusable) -> Hits:
    return Hits("", (), reference=query.reference, notes=(f"not asked: {query.problem}",))


def _jurisdiction(code: str) -> str:
    from shellgame.resolve.coverage import STANDARD

    known = sorted({*STANDARD, *(source.jurisdiction for source in catalog().values() if source.jurisdiction)})
    if code not in known:
        raise WrongUse(f"{code!r} is no jurisdiction; there are {', '.join(known)}")
    return code


def _several(what: str, given: str | Iterable[str] | None) -> tuple[str, ...]:
    """One text or several as several; a text alone is one, not its letters.

    Raises:
        WrongUse: It is neither.
    """
    if given is None or isinstance(given, str):
        return (given,) if given else ()
    several: tuple[object, ...] = tuple(given) if isinstance(given, Iterable) else (given,)
    texts = tuple(each for each in several if isinstance(each, str))
    if isinstance(given, Iterable) and len(texts) == len(several):
        return texts
    raise WrongUse(f"{what} {given!r} is no list of texts; give one text or several")


def _bounds(limit: object, threshold: object) -> tuple[int, float]:
    """A limit and a threshold as the numbers they are to be.

    Raises:
        WrongUse: One of them is no such number, or out of range.
    """
    if hasattr(limit, "__index__") and isinstance(threshold, Real):
        most, least = index(limit), float(threshold)
        if most >= 1 and 0 <= least <= 1:
            return most, least
    raise WrongUse(
        f"limit {limit!r}, threshold {threshold!r}; a limit is 1 or more, a threshold from 0 to 1, both as numbers"
    )


def _when(on: str | None) -> str:
    return f" on {on}" if on else ""
