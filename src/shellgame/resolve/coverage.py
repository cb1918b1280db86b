"""Who lists whom where and since when: one party's records lined up over jurisdictions.

Which records are one party is told by `identities`. Where the workspace holds no whole list of a jurisdiction, the answer is
`unknown`, never "not listed".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from shellgame.errors import NotFound
from shellgame.model.claim import Claim
from shellgame.model.days import now
from shellgame.model.entity import Entity, entities_of
from shellgame.model.schema import compatible
from shellgame.resolve.agreement import Told
from shellgame.resolve.identities import Alike, Identity, Verdicts, alike_to, identities_of
from shellgame.resolve.lists import Held, Listing, first_seen, listings_of, lists_held
from shellgame.resolve.programmes import listed_under
from shellgame.store.claims import ClaimSet

STANDARD = ("us", "ca", "eu", "gb", "un", "au")
"""Jurisdictions that are always shown, so that a missing list is seen."""
BATCH = 500
"""So many parties are lined up at once: a query costs the same for one as for these, and the first ones come soon."""


@dataclass(frozen=True)
class Coverage:
    """One party in one jurisdiction.

    Attributes:
        entity_id: The record asked about.
        caption: Its name.
        jurisdiction: Code of the jurisdiction.
        status: `listed`, `delisted` (a list has it, as a listing that is over, or had it), `not_listed` (its whole list is here and
            does not have it) or `unknown` (no whole list of it is here).
        since: Day of listing as a source states it, partial; None where none does.
        programs: Programmes there.
        identity: `confirmed` or `unsure`, of the records found there; None where there are none.
        records: Ids of the records found there.
        why: What the identity rests on, in words; without records, why it is unknown although there are lists.
        first_seen: Day of the first version kept here that has it, where the version before has not; None where that cannot be
            told. Not the day of listing, but the listing was published between the two.
        lists: The lists of the jurisdiction that were looked at, each with the day it is of: an old list says nothing of today.
        not_before: Day of the version before the one of `first_seen`, which does not have it yet.
        until: Day on which the listing ended, or will end, as the source states it, or by which a list no longer had it; None where
            one of the listings has no end.
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


def coverage_of(
    claims: ClaimSet,
    *,
    program: str | Sequence[str] | None = None,
    jurisdictions: Sequence[str] = (),
    entity_ids: Sequence[str] | None = None,
    verdicts: Verdicts | None = None,
    together: bool = False,
    alike: Alike | None = None,
    whole: Sequence[str] = (),
) -> list[Coverage]:
    """Line parties up over jurisdictions; see `stream_coverage`.

    Args:
        claims: The claims of the day; with those that ended (`ClaimSet.ever`), who was delisted is told too.
        program: All records listed under this programme, or one of these, with `*` for any letters; not needed with ids.
        jurisdictions: Codes to show; those in `STANDARD` and every one with a list here when empty.
        entity_ids: The records to ask about.
        verdicts: What people decided about pairs of records; overrides what the records say.
        together: Show records that are confirmed to be one party as one, under the first of them.
        alike: Search for names that are alike, asked where a jurisdiction's lists are here and nothing else was found there.
        whole: Jurisdictions of which somebody says that the lists here are the whole list.

    Raises:
        NotFound: No record is listed under the programme on that day, or no programme and no ids are given and there is no listing.
    """
    rows = stream_coverage(
        claims,
        program=program,
        jurisdictions=jurisdictions,
        entity_ids=entity_ids,
        verdicts=verdicts,
        together=together,
        alike=alike,
        whole=whole,
    )
    return list(rows)


def stream_coverage(
    claims: ClaimSet,
    *,
    program: str | Sequence[str] | None = None,
    jurisdictions: Sequence[str] = (),
    entity_ids: Sequence[str] | None = None,
    verdicts: Verdicts | None = None,
    together: bool = False,
    alike: Alike | None = None,
    whole: Sequence[str] = (),
) -> Iterator[Coverage]:
    """Line parties up over jurisdictions, batch by batch; what to give and what it raises is told at `coverage_of`."""
    programs = [program] if isinstance(program, str) else list(program or ())
    subjects = list(dict.fromkeys(entity_ids)) if entity_ids is not None else listed_under(claims, programs)
    if not subjects:
        asked = program if isinstance(program, str) or program is None else ", ".join(program)
        raise NotFound(f"nobody is listed under {asked!r}; `shellgame sources` tells which lists are here")
    held = lists_held(claims, whole)
    shown = list(jurisdictions) or list(dict.fromkeys([*STANDARD, *held]))
    verdicts = verdicts or {}
    if together:
        batches: Iterable[dict[str, list[Identity]]] = [_together(identities_of(claims, subjects, verdicts))]
    else:
        batches = (identities_of(claims, batch, verdicts) for batch in _batches(subjects))
    for matches in batches:
        book = _Book(claims, {*matches, *(match.record_id for its in matches.values() for match in its)})
        likes = _alike(book, matches, [code for code in shown if code in held], alike, verdicts) if alike else {}
        for subject, its in matches.items():
            for code in shown:
                yield _row(book, subject, code, held.get(code, Held()), (its, likes.get(subject, [])))


def _batches(subjects: Sequence[str]) -> Iterator[list[str]]:
    left = iter(subjects)
    while batch := list(islice(left, BATCH)):
        yield batch


def _together(matches: dict[str, list[Identity]]) -> dict[str, list[Identity]]:
    """Merge the matches of subjects that are confirmed to be one party, under the first of them."""
    first: dict[str, str] = {}
    merged: dict[str, list[Identity]] = {}
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
        if not wanted:
            return
        found: dict[tuple[str, str], Claim] = {
            (claim.source, claim.claim_id): claim
            for claim in (*self.claims.of_records(sorted(wanted)), *self.claims.of_entities(sorted(wanted)))
        }
        self.entities |= {key: entity for key, entity in entities_of(found.values()).items() if key in wanted}
        newest = {version.source: version.as_of for version in self.claims.versions}
        listings = listings_of(found.values(), self._day, newest)
        self._listings |= {key: its for key, its in listings.items() if key in wanted}

    def in_jurisdiction(self, code: str, matches: Iterable[Identity]) -> list[tuple[Identity, list[Listing]]]:
        """The matches that a jurisdiction lists, with their listings: those in force, else those that ended."""
        here = [(match, [each for each in self._of(match) if each.jurisdiction == code]) for match in matches]
        in_force = [(match, [each for each in its if not each.ended]) for match, its in here]
        return [pair for pair in in_force if pair[1]] or [pair for pair in here if pair[1]]

    def _of(self, match: Identity) -> list[Listing]:
        return self._listings.get(match.record_id, [])


def _alike(
    book: _Book, matches: Mapping[str, list[Identity]], held: Sequence[str], alike: Alike, verdicts: Verdicts
) -> dict[str, list[Identity]]:
    """For parties that are missing on a list that is here: records with names alike, best first."""
    missing = {
        subject: book.entities[subject]
        for subject, its in matches.items()
        if subject in book.entities and any(not book.in_jurisdiction(code, its) for code in held)
    }
    found = alike_to(missing, matches, alike, verdicts)
    others = {record for its in found.values() for record, _, _ in its}
    book.add(others)
    told = Told(book.claims, {*missing, *others})
    return {
        subject: [
            Identity(record, False, f"name alike ({score:.2f}): {name}" + (f", but {years}" if years else ""))
            for record, score, name in its
            if record in book.entities and compatible(book.entities[record].schema, missing[subject].schema)
            for years in [told.other_years(subject, record)]
        ]
        for subject, its in found.items()
    }


def _row(book: _Book, subject: str, code: str, held: Held, matches: Sequence[list[Identity]]) -> Coverage:
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
