"""Everything Shellgame can do with a workspace is a method here; how it is done stands in the files beside and below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, overload

from shellgame.errors import NotFound, WrongUse
from shellgame.match.hits import Answers, Hits
from shellgame.match.search import ALERT, Subject, untold
from shellgame.model.days import moment, now
from shellgame.model.entity import Entity, entities_of
from shellgame.model.judgement import Judgement
from shellgame.model.version import Version
from shellgame.resolve.grounds import grounds_of
from shellgame.resolve.meant import Meant, best_of
from shellgame.resolve.parties import Filters
from shellgame.resolve.queries import Query, is_one, subject_of, subjects_of
from shellgame.settings import settings
from shellgame.sources.catalog import Source, catalog, source_named
from shellgame.sources.reading import Progress as ReadSoFar
from shellgame.sources.reading import Reading
from shellgame.store.changes import Changes, changes_between
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.workspace.asking import Asking
from shellgame.workspace.connecting import listed_since
from shellgame.workspace.deciding import decisions_of, judgements_of, record_meant, records_meant, standing_of
from shellgame.workspace.detecting import Findings, findings_of
from shellgame.workspace.importing import Fetched, fetched, kept, read_for
from shellgame.workspace.options import bounds, jurisdictions_of, several
from shellgame.workspace.owning import claims_of_day, parties_in

if TYPE_CHECKING:
    from shellgame.case.uncovered import Uncovered
    from shellgame.graph.network import Network
    from shellgame.graph.ownership.found import FoundOwners, FoundReach
    from shellgame.graph.ownership.stakes import Parties
    from shellgame.graph.paths import Ways
    from shellgame.graph.roots import Roots
    from shellgame.match.search import Progress as Indexing
    from shellgame.resolve.comparisons import Progress as Comparing
    from shellgame.resolve.coverage import Coverage
    from shellgame.resolve.identities import Identities
    from shellgame.resolve.presence import Presence
    from shellgame.resolve.resolution import Resolution
    from shellgame.resolve.screening import Screening
    from shellgame.sources.fetch import Progress
    from shellgame.store.decisions import Decisions

_MOST_MEANT = 50
"""Parties that a name may mean; it fits none of them well where it fits more."""
INVENTED = "INVENTED.txt"
"""A file of this name in a workspace says in its first line that nothing in it is real; every dossier repeats it."""


def open(folder: str | Path | None = None) -> Workspace:
    """Open a workspace, a folder that is made on first use.

    Args:
        folder: Where it is; the `workspace` setting when None.
    """
    return Workspace(Path(folder) if folder is not None else settings().workspace)


class Workspace:
    """Lists, what is known from them, and what people decided, in one folder."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.store = Store(self.folder)
        self._canonical = self.folder / "canonical.parquet"
        self._asking = Asking(self.store, self._canonical)

    @property
    def invented(self) -> str:
        """What the file `INVENTED` says: that nothing here is real; empty for a workspace of real publications."""
        file = self.folder / INVENTED
        return file.read_text(encoding="utf-8").strip() if file.exists() else ""

    def sources(self) -> list[Source]:
        """Every built-in source, and those of the user's own that were added here."""
        own = [source_named(name) for name in self.store.sources() if name not in catalog()]
        return [*(source for source in catalog().values() if source.name != "ftm"), *own]

    def add(
        self,
        source: str,
        path: str | Path,
        as_of: str | None = None,
        *,
        progress: Callable[[ReadSoFar], None] | None = None,
    ) -> Version:
        """Add a publication of a source: a file, or the folder that holds its files.

        Args:
            source: Name of the source; a name of your own for a set in a FollowTheMoney format.
            path: The file or folder.
            as_of: Day or moment it was published; what it prints itself when None.
            progress: Called now and then while a large publication is read.

        Returns:
            The version; the one that is there already when the same publication was added for the same moment before.

        Raises:
            BadInput: It cannot be read as this source; the workspace is unchanged.
            WrongUse: No such source, or no day is given and the publication prints none.
            WorkspaceLocked: Another process is writing.
        """
        with read_for(self.store, Path(path), source_named(source), as_of, progress) as reading:
            return self.keep(reading, as_of)[0]

    def keep(self, reading: Reading, as_of: str | None = None) -> tuple[Version, bool]:
        """Make what was read a version; see `add`. Returns it and whether it is new."""
        return kept(self.store, reading, as_of, invented=bool(self.invented))

    def fetch(self, source: str, *, progress: Callable[[Progress], None] | None = None) -> Fetched:
        """Fetch a source from its official addresses and add what is new.

        A publication that prints no date of its own is dated to the moment it was fetched; a second one of the day that
        it prints to the time of day at which it was fetched.

        Raises:
            WorkspaceLocked: Another process fetches the same source.
            FetchFailed: It could not be had, or lost more than a tenth of its records; the last good version stays.
            BadInput: What came cannot be read as this source; likewise.
        """
        return fetched(self.store, source_named(source), invented=bool(self.invented), progress=progress)

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
        return ClaimSet(self.store, None if on is None else moment(on), several("sources", sources))

    def entity(self, identity: str, on: str | None = None) -> dict[str, Entity]:
        """Everything claimed about a record: itself first, then its parts (listings, addresses, papers, links).

        Raises:
            NotFound: Nothing is known under this id on that day.
        """
        with self.claims(on) as claims:
            if not claims.versions:
                raise NotFound(claims.missing())
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
        limit, threshold = bounds(limit, threshold)
        if not (schema is None or isinstance(schema, str)):
            raise WrongUse(f"schema {schema!r} is no text; give one, such as 'Person'")
        filters = Filters(
            schema=schema,
            sources=several("sources", sources),
            programmes=several("programmes", programmes),
            countries=several("countries", countries),
            listed_only=listed_only,
        )
        screening = self.screening(on)
        screening.check(filters)
        if is_one(queries):
            return self.answered(screening, [subject_of(queries)], filters, limit=limit, threshold=threshold)[0]
        return self._asking.all_answered(screening, subjects_of(queries), filters, limit=limit, threshold=threshold)

    def answered(
        self, screening: Screening, subjects: Sequence[Subject], filters: Filters, *, limit: int, threshold: float
    ) -> list[Hits]:
        """Search a batch among the parties of a day, and tell which hits are one party; see `resolve.answering`."""
        return self._asking.answered(screening, subjects, filters, limit=limit, threshold=threshold)

    def screening(self, on: str | date | None = None, *, progress: Indexing = untold) -> Screening:
        """The parties of a day, to be searched batch by batch; see `screen` for all at once.

        Args:
            on: As listed on this day.
            progress: Told how far the index of names is where it has to be made, which is once for each state of the lists.
        """
        return self._asking.screening(on, progress)

    def find(self, name_or_id: str, on: str | None = None) -> list[str]:
        """Ids meant by an id, or by a name: all records that match it as well as the best one does.

        Raises:
            NotFound: No record has that id, and none a name like it.
        """
        return list(self.meant(name_or_id, on).records)

    def meant(self, name_or_id: str, on: str | date | None = None) -> Meant:
        """What an id or a name means, and as what a name was read that nobody has in just these words.

        Raises:
            NotFound: No record has that id, and none a name like it; says since when it is known where that is after the day.
            WrongUse: It is no text, or an empty one.
        """
        if not isinstance(name_or_id, str) or not name_or_id.strip():
            raise WrongUse(f"{name_or_id!r} is no id and no name; give one, as text")
        records = records_meant(name_or_id, self._canonical)
        with self.claims(on) as claims:
            known = claims.known(records)
        if known:
            return Meant(name_or_id, tuple(record for record in records if record in known))
        hits = self.screen(name_or_id, on=on, limit=_MOST_MEANT).hits
        if not hits:
            raise NotFound(self._not_known(records[0], on))
        return best_of(name_or_id, hits)

    def _not_known(self, name_or_id: str, on: str | date | None) -> str:
        """Why an id or a name means nobody on a day, and what to do."""
        with ClaimSet(self.store, ever=True) as claims:
            query = """SELECT arg_min(source, first_seen), min(first_seen)[:10], max(last_seen)[:10] FROM claims
                WHERE entity_id = ? HAVING count(*) > 0"""
            for source, since, until in claims.rows(query, [name_or_id]):
                early = on is not None and moment(on) < since
                when = (
                    f"from {since} on; ask for that day or a later one"
                    if early
                    else f"from {since} to {until}; ask for such a day"
                )
                return f"{name_or_id!r} is not known{_when(on) or ' any more'}: {source} here has it {when}"
        unknown = f"no id and no name like {name_or_id!r} is known{_when(on)}"
        if on is not None and self.screen(name_or_id).hits:
            return f"{unknown}, though one is today: no version that has it is so old; `shellgame versions SOURCE` lists them"
        return f"{unknown}; try `shellgame screen` with another spelling"

    def network(
        self,
        name_or_id: str | None = None,
        on: str | None = None,
        depth: int | None = None,
        *,
        weakest: float | None = None,
        former: bool = False,
        program: str | Sequence[str] | None = None,
        since: str | None = None,
        progress: Comparing | None = None,
    ) -> Network:
        """The network around an id, around all records that match a name best, or around those listed under a programme.

        Args:
            name_or_id: Where it starts; or give `program`.
            on: The day of links and lists.
            depth: Most ties from the start; any number when None.
            weakest: How well others must be reached, 0 to 1; see `graph.network.network_around`.
            former: Whether links that have ended by the day lead on too.
            program: Programmes instead of a name; `*` stands for any letters.
            since: Of those listed under them only whoever was first seen so listed on this day or later.
            progress: Told how far comparing records is.

        Raises:
            NotFound: Nobody is meant.
            WrongUse: Neither or both of name and programme are given.
        """
        from shellgame.graph.network import WEAKEST, network_around

        start = self._start(name_or_id, on, program, since)
        with self.claims(on) as claims:
            return network_around(
                claims,
                start,
                depth=depth or settings().network_depth,
                weakest=WEAKEST if weakest is None else weakest,
                former=former,
                standing=standing_of(self.folder),
                identities=self._parties(claims, progress),
            )

    def paths(
        self,
        one: str,
        other: str,
        on: str | None = None,
        *,
        k: int = 3,
        former: bool = False,
        progress: Comparing | None = None,
    ) -> Ways:
        """The best evidenced ways between two ids or names; see `graph.paths.ways_between`.

        Raises:
            NotFound: One of them means nobody.
        """
        from shellgame.graph.paths import ways_between

        ends = [self._start(each, on) for each in (one, other)]
        with self.claims(on) as claims:
            standing, parties = standing_of(self.folder), self._parties(claims, progress)
            return ways_between(claims, *ends, k=k, former=former, standing=standing, identities=parties)

    def roots(
        self,
        name_or_id: str | None = None,
        on: str | None = None,
        k: int = 5,
        *,
        depth: int | None = None,
        weakest: float | None = None,
        program: str | Sequence[str] | None = None,
        since: str | None = None,
        unlisted: bool = False,
        with_regrowth: bool = False,
        progress: Comparing | None = None,
    ) -> Roots:
        """The k entities without whom a network would reach least; see `graph.roots.roots_of`, and `network` for its start."""
        from shellgame.graph.roots import listed_by, roots_of

        network = self.network(name_or_id, on, depth, weakest=weakest, program=program, since=since, progress=progress)
        with self.claims(on) as claims:
            listed = listed_by(claims, network)
        return roots_of(network, k, listed=listed, unlisted=unlisted, with_regrowth=with_regrowth)

    def _start(
        self,
        name_or_id: str | None,
        on: str | None,
        program: str | Sequence[str] | None = None,
        since: str | None = None,
    ) -> list[str]:
        """The records that a name, an id or programmes mean."""
        programs = several("program", program)
        if (name_or_id is None) == (not programs):
            raise WrongUse("say where to start: an id or a name, or programmes, and not both")
        if name_or_id is not None:
            if since is not None:
                raise WrongUse(
                    "since which day somebody is listed is asked of programmes; leave it out, or give a programme"
                )
            return self.find(name_or_id, on)
        with self.claims(on) as claims:
            return listed_since(claims, programs, None if since is None else moment(since))

    def _parties(self, claims: ClaimSet, progress: Comparing | None) -> Parties:
        """Which records of a day are one party."""
        return parties_in(claims, standing_of(self.folder), self._canonical, progress=progress)[0]

    def owners(
        self, name_or_id: str, on: str | date | None = None, *, progress: Comparing | None = None
    ) -> FoundOwners:
        """Who is caught by whose ownership rule, and why: all rules side by side; see `graph.ownership.owners`.

        Args:
            name_or_id: A company, by the id of a record or its canonical one, or by name; how sure a name is stands in `asked`.
            on: The day of stakes, listings and rules; today when None. A source that came later tells of it by its own days.
            progress: Told how far comparing is.

        Raises:
            NotFound: No record has that id, and none a name like it.
            WrongUse: The name fits several parties that are not known to be one; names them.
        """
        from shellgame.graph.ownership.found import FoundOwners, lists_used, stale_words
        from shellgame.graph.ownership.owners import owners_of

        day, meant = self._asked_of(name_or_id, on)
        with claims_of_day(self.store, day) as claims:
            parties, note = self._one_party(meant, claims, progress)
            found = owners_of(claims, parties, meant.records, (day or now())[:10])
            lists = lists_used((held.rule for held in found.rules), claims.versions)
        notes = filter(None, (*found.notes, stale_words(lists, found.day), note))
        told = replace(found, notice=self.invented, notes=tuple(notes))
        return FoundOwners(**vars(told), asked=meant, lists=lists)

    def reach(self, name_or_id: str, on: str | date | None = None, *, progress: Comparing | None = None) -> FoundReach:
        """What a party's ownership reaches, if it is listed: the companies below it under every rule; see `owners`."""
        from shellgame.graph.ownership.found import FoundReach, lists_used, stale_words
        from shellgame.graph.ownership.reach import reach_of

        day, meant = self._asked_of(name_or_id, on)
        with claims_of_day(self.store, day) as claims:
            parties, note = self._one_party(meant, claims, progress)
            found = reach_of(claims, parties, meant.records, (day or now())[:10])
            lists = lists_used(found.rules, claims.versions)
        told = replace(found, note="; ".join(filter(None, (stale_words(lists, found.day), note))))
        return FoundReach(**vars(told), asked=meant, lists=lists)

    def patterns(self, name_or_id: str, on: str | date | None = None, *, progress: Comparing | None = None) -> Findings:
        """How stakes and roles around a party moved about listings: leads, and what speaks against them; see `detect.patterns`."""
        day, meant = self._asked_of(name_or_id, on)
        return findings_of(self.store, day, meant, partial(self._one_party, progress=progress))

    def _asked_of(self, name_or_id: str, on: str | date | None) -> tuple[str | None, Meant]:
        """The moment asked about, and what is meant, whenever that is known."""
        return None if on is None else moment(on), self.meant(name_or_id)

    def _one_party(self, meant: Meant, claims: ClaimSet, progress: Comparing | None) -> tuple[Parties, str]:
        """Which records are one party on a day, with what to know of that.

        Raises:
            NotFound: Nothing is told of it on that day; says when something is.
            WrongUse: What is meant is more than one of them.
        """
        if not claims.known(meant.records):
            raise NotFound(self._not_known(meant.records[0], claims.on))
        parties, note = parties_in(claims, standing_of(self.folder), self._canonical, progress=progress)
        groups: dict[str, list[str]] = {}
        for record in meant.records:
            groups.setdefault(parties.party(record), []).append(record)
        meant.one_party(groups.values())
        return parties, note

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
                jurisdictions=jurisdictions_of("jurisdictions", jurisdictions),
                entity_ids=None if entity_ids is None else several("entity_ids", entity_ids),
                alike=self.screening(on).alike,
                whole=jurisdictions_of("whole", whole),
            )

    def presence(
        self, on: str | None = None, *, whole: str | Sequence[str] = (), progress: Comparing | None = None
    ) -> Presence:
        """Since when every party stands on the lists of every jurisdiction; see `resolve.presence.presence_of`."""
        from shellgame.resolve.presence import presence_of

        codes = jurisdictions_of("whole", whole)
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
            if not claims.versions:  # nothing is made for a workspace that is not there
                raise NotFound(claims.missing())
            return identities_in(claims, ever, standing_of(self.folder), progress=progress)

    def _ever(self, on: str | None) -> ClaimSet:
        """The claims of a day with those that had ended."""
        return ClaimSet(self.store, None if on is None else moment(on), ever=True)

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
            return resolved(claims, judgements_of(self.folder), self._canonical, progress=progress)

    def judge(self, left: str, right: str, verdict: str, *, why: str, author: str | None = None) -> Judgement:
        """Write down that two records are the `same`, `different`, or that one is `unsure`; a canonical id means its first record.

        Raises:
            NotFound: One of them is not known here.
            WrongUse: The verdict is none of these, or the reason is missing.
        """
        left, right = (record_meant(identity, self._canonical) for identity in (left, right))
        found = [self.entity(identity).get(identity) for identity in (left, right)]
        evidence = grounds_of(found[0], found[1]) if found[0] and found[1] else ""
        from shellgame.resolve.evidence_index import known_probability
        from shellgame.store.decisions import author_of

        with self.claims() as claims:
            score = known_probability(claims, left, right)
        with closing(self.decisions()) as decisions:
            return decisions.judge(
                left, right, verdict, why=why, author=author_of(author), evidence=evidence, score=score
            )

    def decisions(self) -> Decisions:
        """What people decided; close it when done."""
        return decisions_of(self.folder)

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
        from shellgame.graph.ownership.found import owners_told
        from shellgame.resolve.coverage import coverage_of

        meant = self.meant(name_or_id, on)
        start = list(meant.records)
        hits = self.screen(name_or_id, on=on, limit=20) if meant.hits else Hits(name_or_id, ())
        with self.claims(on) as claims:
            depth = depth or settings().network_depth
            identities, alike = self.identities(on, progress=progress), self.screening(on).alike
            standing = standing_of(self.folder)
            network = network_around(claims, start, depth=depth, standing=standing, identities=identities)
            coverage = coverage_of(claims, identities, entity_ids=start, together=True, alike=alike)
            owners = owners_told(claims, identities, [network.records(each) for each in network.start], _day(on))
            return replace(uncovered(name_or_id, claims, hits, network, coverage, owners), notice=self.invented)


def _day(on: str | date | None) -> str:
    """The day asked about, `YYYY-MM-DD`; today where none was."""
    return (now() if on is None else moment(on))[: len("2024-04-15")]


def _when(on: str | date | None) -> str:
    return f" on {on}" if on else ""
