"""Since when every party stands on the lists of every jurisdiction: what gaps, actions, lags and forecasts are read from.

A party is a group of records that `identities` confirms to be one. Its day of listing in a jurisdiction is the one that the list
states; where a list states none (OFAC's), the day of the first version kept here that has it. Of those who were on the first
version kept nobody here knows since when; they have no day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from shellgame.errors import NotFound, WrongUse
from shellgame.model.days import now
from shellgame.model.entity import caption
from shellgame.model.schema import LINK_ENDS
from shellgame.resolve.identities import Identities
from shellgame.resolve.lists import Held, is_over, last_whole, lists_held
from shellgame.resolve.programmes import matches_any
from shellgame.sources.catalog import source_named
from shellgame.store.claims import ClaimSet

_DAY = len("2024-04-15")


class Span(NamedTuple):
    """A party's time on the lists of one jurisdiction.

    Attributes:
        since: Day of the first listing; None where no list tells it.
        until: Last day on which it is known to have stood there; where a status alone says that it is over, the day of the first
            version that says so. None while it is on.
        programmes: What it is or was listed under.
        records: Its records there.
        by: First day on which it is known to stand there: `since`, else the day of the first version kept here that has it.
        stated: Whether the list itself states `since`; else it is the day of the first version that has it.
    """

    since: str | None
    until: str | None
    programmes: frozenset[str]
    records: tuple[str, ...]
    by: str
    stated: bool = True


@dataclass(frozen=True)
class Party:
    """A party on some lists.

    Attributes:
        id: The first of its records, by id.
        name: Its name.
        schema: Its FollowTheMoney schema.
        spans: Its time on the lists of each jurisdiction that has it.
        perhaps: Jurisdictions with a record that may be it or another, so that it is neither there nor missing; and the day of that
            record's first listing, None where no list tells it.
    """

    id: str
    name: str
    schema: str
    spans: Mapping[str, Span]
    perhaps: Mapping[str, str | None] = field(default_factory=dict)

    def day(self, code: str) -> date | None:
        """The day it was listed in a jurisdiction; None where it is not, or not known since when."""
        span = self.spans.get(code)
        return date.fromisoformat(span.since) if span and span.since else None


class Link(NamedTuple):
    """A relation that a list tells between two parties, and the day from which on it was told; None for unknown."""

    one: str
    other: str
    known: str | None


@dataclass(frozen=True)
class Presence:
    """All parties of a workspace with their days.

    Attributes:
        parties: By id.
        links: What the lists tell of ties between them.
        held: The lists of each jurisdiction.
    """

    parties: Mapping[str, Party]
    links: tuple[Link, ...]
    held: Mapping[str, Held]
    _linked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set), compare=False)

    def __post_init__(self) -> None:
        for link in self.links:
            self._linked[link.one].add(link.other)
            self._linked[link.other].add(link.one)

    @cached_property
    def horizon(self) -> Mapping[str, date]:
        """Of each jurisdiction, the last day that its lists here tell of; after it nothing is known."""
        return {code: date.fromisoformat(held.until) for code, held in sorted(self.held.items())}

    def linked(self, party_id: str) -> list[Party]:
        """The parties that a list ties to one, by id."""
        return [self.parties[each] for each in sorted(self._linked.get(party_id, ()))]

    def under(self, programmes: Sequence[str]) -> list[Party]:
        """The parties that stand or stood under one of some programmes anywhere; all where none is given.

        Raises:
            NotFound: There never was such a programme here: an empty answer would mean nothing.
        """
        if not programmes:
            return [*self.parties.values()]
        wanted = {name for name in self._programmes() if matches_any(name, programmes)}
        if not wanted:
            raise NotFound(f"nobody is or was listed under {', '.join(programmes)}; names may have * for any letters")
        return [
            party for party in self.parties.values() if any(span.programmes & wanted for span in party.spans.values())
        ]

    def here(self, codes: Sequence[str]) -> list[str]:
        """The jurisdictions among some codes, in order; all that have a list here where none is given.

        Raises:
            NotFound: No list of one of them is here: an empty answer would mean nothing.
        """
        for code in codes:
            if code not in self.horizon:
                raise NotFound(f"no list of {code!r} is here; those of {', '.join(self.horizon) or 'nobody'} are")
        return [code for code in self.horizon if not codes or code in codes]

    def need_whole(self, code: str) -> None:
        """See that not being on the lists of a jurisdiction says something.

        Raises:
            WrongUse: No whole list of it is here.
        """
        held = self.held.get(code, Held())
        if not held.is_whole:
            lacking = f": {'; '.join(held.lacking)}" if held.lacking else ""
            raise WrongUse(
                f"no whole list of {code!r} is here{lacking}; add it, or say `--whole {code}` where you know that it is"
            )

    def _programmes(self) -> set[str]:
        return {name for party in self.parties.values() for span in party.spans.values() for name in span.programmes}


def presence_of(claims: ClaimSet, identities: Identities, *, whole: Sequence[str] = ()) -> Presence:
    """Gather all listings of a claim set by party.

    Args:
        claims: The claims of the day; with those that ended (`ClaimSet.ever`), delistings are told too.
        identities: Which of their records are one party.
        whole: Jurisdictions of which somebody says that the lists here are the whole list.

    Raises:
        NotFound: No list is here by that day: an empty answer would mean nothing.
    """
    if not claims.versions:
        raise NotFound(claims.missing())
    listed = list(_listed(claims))
    ids = sorted({record.record_id for record in listed})
    party_of = _parties(ids, identities)
    names, schemata = _named(claims, ids)
    records: defaultdict[str, list[_Record]] = defaultdict(list)
    spans: defaultdict[str, defaultdict[str, list[_Record]]] = defaultdict(lambda: defaultdict(list))
    for record in listed:
        spans[party_of[record.record_id]][record.jurisdiction].append(record)
        records[record.record_id].append(record)
    parties = {
        party: Party(
            party,
            names.get(party, party),
            schemata.get(party, "LegalEntity"),
            {code: _span(each) for code, each in sorted(its.items())},
            _perhaps(party, identities, records),
        )
        for party, its in sorted(spans.items())
    }
    links = tuple(_links(claims, party_of))
    return Presence(parties, links, lists_held(claims, whole))


class _Record(NamedTuple):
    record_id: str
    jurisdiction: str
    since: str | None
    by: str
    until: str | None
    programmes: frozenset[str]
    stated: bool


def _listed(claims: ClaimSet) -> Iterator[_Record]:
    """Every record that a source lists or listed, with its days."""
    query = """
        SELECT source, record_id,
            min(value) FILTER (prop = 'listingDate' AND length(value) = 10) AS listed,
            min(value) FILTER (prop = 'startDate' AND length(value) = 10) AS started,
            min(first_seen) AS seen, max(last_seen) AS last,
            list(DISTINCT value ORDER BY value) FILTER (prop IN ('program', 'programId')) AS programmes,
            list(DISTINCT entity_id) FILTER (last_seen >= whole) AS listings,
            list([entity_id, prop, value, first_seen]) FILTER (last_seen >= whole AND prop IN ('status', 'endDate')) AS endings
        FROM claims JOIN (SELECT unnest(?::VARCHAR[]) AS source, unnest(?::VARCHAR[]) AS whole) USING (source)
        WHERE schema = 'Sanction' GROUP BY source, record_id ORDER BY source, record_id"""
    today = (claims.on or now())[:_DAY]
    wholes = {source: last_whole(history).as_of for source, history in claims.history.items()}
    found = claims.rows(query, [[*wholes], [*wholes.values()]])
    for source, record_id, listed, started, seen, last, programmes, listings, endings in found:
        if not (code := source_named(source).jurisdiction):
            continue
        came = None if seen == claims.history[source][0].as_of else seen[:_DAY]
        since = listed or started or came
        until = _until(listings, endings or (), today) if listings else last[:_DAY]
        stated = bool(listed or started)
        yield _Record(record_id, code, since, since or seen[:_DAY], until, frozenset(programmes or ()), stated)


def _until(listings: Sequence[str], endings: Sequence[Sequence[str]], today: str) -> str | None:
    """The last day of a record of which all listings are over; else None. An ending is (listing, property, value, first seen)."""
    days = []
    for listing in listings:
        ends = [value for each, prop, value, _ in endings if each == listing and prop == "endDate"]
        said = {value: seen[:_DAY] for each, prop, value, seen in endings if each == listing and prop == "status"}
        if not is_over(said, ends, today):
            return None
        days += [end for end in ends if end < today[: len(end)]] or [
            min(day for status, day in said.items() if is_over([status], (), today))
        ]
    return max(days)


def _parties(ids: Sequence[str], identities: Identities) -> dict[str, str]:
    """Of each record the first one, by id, of those that are confirmed to be one party with it and listed."""
    first: dict[str, str] = {}
    return {each: first.setdefault(identities.sure_party(each), each) for each in ids}


def _perhaps(party: str, identities: Identities, records: Mapping[str, Sequence[_Record]]) -> dict[str, str | None]:
    """Jurisdictions with a record that may be a party, and since when; also those that have it, perhaps from a later day on."""
    found: defaultdict[str, list[_Record]] = defaultdict(list)
    for other in identities.perhaps(party):
        for record in records.get(other, ()):
            found[record.jurisdiction].append(record)
    return {code: _span(its).since for code, its in sorted(found.items())}


def _span(records: Sequence[_Record]) -> Span:
    first = min((record.since for record in records if record.since), default="")
    earlier = any(
        not record.since and record.by < first for record in records
    )  # it was there before, since nobody knows when
    ends = [record.until for record in records]
    return Span(
        None if earlier else first or None,
        max(end for end in ends if end) if all(ends) else None,
        frozenset[str]().union(*(record.programmes for record in records)),
        tuple(sorted(record.record_id for record in records)),
        min(record.by for record in records),
        any(record.stated and record.since == first for record in records),
    )


def _named(claims: ClaimSet, ids: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    query = """SELECT entity_id, mode(schema), list(DISTINCT value ORDER BY value) FILTER (prop = 'name'),
            list(DISTINCT value ORDER BY value) FROM claims
        WHERE prop IN ('name', 'alias') AND entity_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY entity_id"""
    names, schemata = {}, {}
    for record, schema, main, every in claims.rows(query, [list(ids)]):
        names[record], schemata[record] = caption({"name": main or every}, record), schema
    return names, schemata


def _links(claims: ClaimSet, party_of: Mapping[str, str]) -> Iterator[Link]:
    """Ties between listed parties; one that was told with the first version kept here is of an unknown day."""
    firsts = {source: history[0].as_of for source, history in claims.history.items()}
    ends = sorted({end for pair in LINK_ENDS.values() for end in pair})
    query = """SELECT source, list(DISTINCT value ORDER BY value), min(first_seen) FROM claims
        WHERE schema IN (SELECT unnest(?::VARCHAR[])) AND prop IN (SELECT unnest(?::VARCHAR[]))
        GROUP BY source, entity_id HAVING count(DISTINCT value) = 2 ORDER BY ALL"""
    known: dict[tuple[str, str], str | None] = {}
    for source, pair, seen in claims.rows(query, [sorted(LINK_ENDS), ends]):
        one, other = sorted(party_of.get(each, "") for each in pair)
        if one and one != other:
            day = None if seen == firsts[source] else seen[:_DAY]
            before = known.get((one, other), day)
            known[one, other] = None if day is None or before is None else min(before, day)
    for (one, other), day in sorted(known.items()):
        yield Link(one, other, day)
