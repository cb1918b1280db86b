"""Who lists whom where and since when: one party's records lined up over jurisdictions.

Two records are *confirmed* to be one party when they print the same identifying number and nothing speaks against it (`agreement`),
or the same full name and the same full birth date; records that only share a full name, or have names that are alike, are *unsure*.
A person's judgement overrides all. Where the workspace holds no whole list of a jurisdiction, the answer is `unknown`, never
"not listed".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from shellgame.errors import NotFound
from shellgame.model.claim import Claim
from shellgame.model.days import now
from shellgame.model.entity import Entity, entities_of
from shellgame.model.judgement import Verdict
from shellgame.model.schema import compatible
from shellgame.resolve.agreement import Told
from shellgame.resolve.keys import define_keys
from shellgame.resolve.lists import Held, Listing, first_seen, listings_of, lists_held
from shellgame.store.claims import ClaimSet

STANDARD = ("us", "ca", "eu", "gb", "un", "au")
"""Jurisdictions that are always shown, so that a missing list is seen."""
MOST_SHARING = 50
"""A value that more entities of one source share is a filler or a form's own number, and makes no two of them one party."""
ALIKE = 0.7
"""From this score of a name search on, a record is shown as perhaps the party: to be told apart by people, not by silence."""

Alike = Callable[[Sequence[str], str], Iterable[tuple[str, float, str]]]
"""A name search: names and a schema to (entity id, score from 0 to 1, listed name)."""


@dataclass(frozen=True)
class Coverage:
    """One party in one jurisdiction.

    Attributes:
        entity_id: The record asked about.
        caption: Its name.
        jurisdiction: Code of the jurisdiction.
        status: `listed`, `delisted` (a list has it, as a listing that is over), `not_listed` (its whole list is here and does not
            have it) or `unknown` (no whole list of it is here).
        since: Day of listing as a source states it, partial; None where none does.
        programs: Programmes there.
        identity: `confirmed` or `unsure`, of the records found there; None where there are none.
        records: Ids of the records found there.
        why: What the identity rests on, in words; without records, why it is unknown although there are lists.
        first_seen: Day of the first version kept here that has it, where the version before has not; None where that cannot be
            told. Not the day of listing, but the listing was published between the two.
        lists: The lists of the jurisdiction that were looked at, each with the day it is of: an old list says nothing of today.
        not_before: Day of the version before the one of `first_seen`, which does not have it yet.
        until: Day on which the listing ended, or will end, as the source states it; None where one of the listings has no end.
    """

    entity_id: str
    caption: str
    jurisdiction: str
    status: str
    since: str | None
    programs: list[str]
    identity: str | None
    records: list[str]
    why: list[str]
    first_seen: str | None = None
    lists: tuple[str, ...] = ()
    not_before: str | None = None
    until: str | None = None


@dataclass(frozen=True)
class _Match:
    record_id: str
    confirmed: bool
    why: str


def coverage_of(
    claims: ClaimSet,
    *,
    program: str | None = None,
    jurisdictions: Sequence[str] = (),
    entity_ids: Sequence[str] | None = None,
    verdicts: Mapping[frozenset[str], Verdict] | None = None,
    together: bool = False,
    alike: Alike | None = None,
) -> list[Coverage]:
    """Line parties up over jurisdictions.

    Args:
        claims: The claims of the day.
        program: All records listed under this programme; not needed where ids are given.
        jurisdictions: Codes to show; those in `STANDARD` and every one with a list here when empty.
        entity_ids: The records to ask about.
        verdicts: What people decided about pairs of records; overrides what the records say.
        together: Show records that are confirmed to be one party as one, under the first of them.
        alike: Search for names that are alike, asked where a jurisdiction's lists are here and nothing else was found there.

    Raises:
        NotFound: No record is listed under the programme on that day, or no programme and no ids are given and there is no listing.
    """
    subjects = list(dict.fromkeys(entity_ids)) if entity_ids is not None else _listed_under(claims, program)
    if not subjects:
        raise NotFound(f"nobody is listed under {program!r}; `shellgame sources` tells which lists are here")
    held = lists_held(claims)
    shown = list(jurisdictions) or list(dict.fromkeys([*STANDARD, *held]))
    matches = _matches(claims, subjects, verdicts or {})
    if together:
        matches = _together(matches)
    book = _Book(claims, {*subjects, *(match.record_id for its in matches.values() for match in its)})
    likes: dict[str, list[_Match]] = {}
    for subject, its in matches.items():
        if alike and any(code in held and not book.in_jurisdiction(code, its) for code in shown):
            likes[subject] = _alike(book, subject, its, alike, verdicts or {})
    return [
        _row(book, subject, code, held.get(code, Held()), (its, likes.get(subject, [])))
        for subject, its in matches.items()
        for code in shown
    ]


def _listed_under(claims: ClaimSet, program: str | None) -> list[str]:
    condition = "prop IN ('program', 'programId') AND value = ?" if program else "prop = 'entity'"
    query = f"SELECT DISTINCT record_id FROM claims WHERE schema = 'Sanction' AND {condition} ORDER BY 1"
    return [record for (record,) in claims.rows(query, [program] if program else [])]


def _matches(
    claims: ClaimSet, subjects: Sequence[str], verdicts: Mapping[frozenset[str], Verdict]
) -> dict[str, list[_Match]]:
    """Records that share an identifier or a full name with each subject, or were judged to be it; itself first."""
    shared = _shared(claims, subjects)
    told = Told(claims, {identity for row in shared for identity in row[:2]})
    found: dict[str, list[_Match]] = {subject: [_Match(subject, True, "the record itself")] for subject in subjects}
    for mine, theirs, kind, my_prop, their_prop, value in shared:
        confirmed, why = told.judge(mine, theirs, kind, (my_prop, their_prop), value)
        verdict = verdicts.get(frozenset((mine, theirs)))
        if verdict is not Verdict.DIFFERENT:
            judged = verdict is Verdict.SAME or (confirmed and verdict is not Verdict.UNSURE)
            found[mine].append(_Match(theirs, judged, f"{why} (judged {verdict})" if verdict else why))
    for mine, theirs in _judged_same(verdicts, found):
        if all(match.record_id != theirs for match in found[mine]):
            found[mine].append(_Match(theirs, True, "judged same"))
    return found


def _shared(claims: ClaimSet, subjects: Sequence[str]) -> list[tuple[str, str, str, str, str, str]]:
    """Identifiers and names that subjects share with records of a kind that could be theirs, and that no crowd shares."""
    define_keys(claims)
    query = """
        WITH keys AS (SELECT DISTINCT kind, key FROM keyed
                WHERE entity_id IN (SELECT unnest(?::VARCHAR[])) AND kind IN ('identifier', 'name')),
             sharing AS (SELECT * FROM keyed SEMI JOIN keys USING (kind, key)),
             crowds AS (SELECT DISTINCT kind, key FROM
                (SELECT kind, key FROM sharing GROUP BY kind, key, source HAVING count(DISTINCT entity_id) > ?)),
             telling AS (SELECT * FROM sharing ANTI JOIN crowds USING (kind, key))
        SELECT DISTINCT mine.entity_id, theirs.entity_id, mine.kind, mine.prop, theirs.prop, mine.value, mine.schema, theirs.schema
        FROM telling mine JOIN telling theirs USING (kind, key)
        WHERE mine.entity_id IN (SELECT unnest(?::VARCHAR[]))
          AND theirs.entity_id <> mine.entity_id AND theirs.entity_id = theirs.record_id
        ORDER BY ALL
    """
    rows = claims.rows(query, [list(subjects), MOST_SHARING, list(subjects)])
    return [row[:6] for row in rows if compatible(row[-2], row[-1])]


def _judged_same(
    verdicts: Mapping[frozenset[str], Verdict], subjects: Mapping[str, object]
) -> Iterable[tuple[str, str]]:
    """Each subject with what somebody judged to be the same."""
    for pair, verdict in verdicts.items():
        if verdict is Verdict.SAME and len(pair) == len(("one", "other")):
            left, right = sorted(pair)
            yield from ((mine, theirs) for mine, theirs in ((left, right), (right, left)) if mine in subjects)


def _together(matches: dict[str, list[_Match]]) -> dict[str, list[_Match]]:
    """Merge the matches of subjects that are confirmed to be one party, under the first of them."""
    first: dict[str, str] = {}
    merged: dict[str, list[_Match]] = {}
    for subject, its in matches.items():
        known = next((first[match.record_id] for match in its if match.confirmed and match.record_id in first), subject)
        first[subject] = known
        have = {(match.record_id, match.confirmed) for match in merged.get(known, [])}
        merged.setdefault(known, []).extend(match for match in its if (match.record_id, match.confirmed) not in have)
    return merged


class _Book:
    """The records that come up, and the listings they print."""

    def __init__(self, claims: ClaimSet, ids: Iterable[str]) -> None:
        self.claims = claims
        self.entities: dict[str, Entity] = {}
        self._listings: dict[str, list[Listing]] = {}
        self._day = (claims.on or now())[:10]
        self.add(ids)

    def add(self, ids: Iterable[str]) -> None:
        """Look up some records and entities; what is only named in a record of another is told by that one."""
        wanted = set(ids) - self.entities.keys()
        found: dict[tuple[str, str], Claim] = {
            (claim.source, claim.claim_id): claim
            for claim in (*self.claims.of_records(sorted(wanted)), *self.claims.of_entities(sorted(wanted)))
        }
        self.entities |= {key: entity for key, entity in entities_of(found.values()).items() if key in wanted}
        listings = listings_of(found.values(), self._day)
        self._listings |= {key: its for key, its in listings.items() if key in wanted}

    def in_jurisdiction(self, code: str, matches: Iterable[_Match]) -> list[tuple[_Match, list[Listing]]]:
        """The matches that a jurisdiction lists, with their listings: those in force, else those that ended."""
        here = [(match, [each for each in self._of(match) if each.jurisdiction == code]) for match in matches]
        in_force = [(match, [each for each in its if not each.ended]) for match, its in here]
        return [pair for pair in in_force if pair[1]] or [pair for pair in here if pair[1]]

    def _of(self, match: _Match) -> list[Listing]:
        return self._listings.get(match.record_id, [])


def _alike(
    book: _Book, subject: str, matches: list[_Match], alike: Alike, verdicts: Mapping[frozenset[str], Verdict]
) -> list[_Match]:
    """Records with names alike, best first, that are no match of the subject yet and that nobody judged different."""
    party = book.entities.get(subject)
    names = [
        name for prop in ("name", "alias", "previousName") for name in (party.properties.get(prop, []) if party else [])
    ]
    if party is None or not names:
        return []
    known = {match.record_id for match in matches}
    best: dict[str, tuple[float, str]] = {}
    for identity, score, name in alike(names, party.schema):
        different = verdicts.get(frozenset((subject, identity))) is Verdict.DIFFERENT
        if score >= ALIKE and identity not in known and not different:
            best[identity] = max(best.get(identity, (score, name)), (score, name))
    book.add(best)
    told = Told(book.claims, {subject, *best})
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    return [
        _Match(identity, False, f"name alike ({score:.2f}): {name}" + (f", but {years}" if years else ""))
        for identity, (score, name) in ranked
        if identity in book.entities and compatible(book.entities[identity].schema, party.schema)
        for years in [told.other_years(subject, identity)]
    ]


def _row(book: _Book, subject: str, code: str, held: Held, matches: Sequence[list[_Match]]) -> Coverage:
    """One party in one jurisdiction, by the first of several lists of matches that has something there."""
    here = next(filter(None, (book.in_jurisdiction(code, its) for its in matches)), [])
    party = book.entities.get(subject)
    caption = party.caption if party else subject
    if not here:
        status = "not_listed" if held.lists and not held.lacking else "unknown"
        return Coverage(subject, caption, code, status, None, [], None, [], list(held.lacking), None, held.lists)
    confirmed = [pair for pair in here if pair[0].confirmed]
    counted = {match.record_id: (match, its) for match, its in reversed(confirmed or here)}
    listings = [listing for _, its in counted.values() for listing in its]
    seen, before = first_seen(book.claims, listings)
    ends = [listing.until for listing in listings]
    return Coverage(
        subject,
        caption,
        code,
        "delisted" if all(listing.ended for listing in listings) else "listed",
        min((listing.since for listing in listings if listing.since), default=None),
        list(
            dict.fromkeys(program for listing in listings for program in listing.entity.properties.get("program", []))
        ),
        "confirmed" if confirmed else "unsure",
        sorted(counted),
        sorted({match.why for match, _ in counted.values()}),
        seen,
        held.lists,
        before,
        max(end for end in ends if end) if all(ends) else None,
    )
