"""Who lists whom where and since when: one party's records lined up over jurisdictions.

Which records are one party is told by `identities`. Where the workspace holds no whole list of a jurisdiction, the answer is
`unknown`, never "not listed".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from shellgame.errors import NotFound
from shellgame.match.hits import Hit
from shellgame.model.days import now
from shellgame.model.entity import entities_of
from shellgame.model.schema import CAPTION_PROPS, NAME_PROPS, compatible
from shellgame.model.standing import Standing
from shellgame.resolve.agreement import Told
from shellgame.resolve.identities import Alike, Identities, Identity, alike_to, identities_of
from shellgame.resolve.lists import Held, Listing, first_seen, last_whole, listings_of, lists_held
from shellgame.resolve.programmes import listed_under
from shellgame.store.claims import ClaimSet

STANDARD = ("us", "ca", "eu", "gb", "un", "au")
"""Jurisdictions that are always shown, so that a missing list is seen."""
BATCH = 2000
"""So many parties are lined up at once: a query costs the same for one as for these, and the first ones come soon."""
LESS_ALIKE = 0.1
"""A record that is less alike than the best one of its jurisdiction by so much is not told: its days would pass for the party's."""


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
    standing: Standing | None = None,
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
        standing: What people decided; overrides what the records say.
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
        standing=standing,
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
    standing: Standing | None = None,
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
    standing = standing or Standing()
    if together:
        batches: Iterable[dict[str, list[Identity]]] = [_together(identities_of(claims, subjects, standing))]
    else:
        batches = (identities_of(claims, batch, standing) for batch in _batches(subjects))
    for matches in batches:
        book = _Book(claims, matches, {match.record_id for its in matches.values() for match in its})
        if alike:
            book.seek(matches, [code for code in shown if code in held], alike, standing)
        for subject, its in matches.items():
            for code in shown:
                here = book.in_jurisdiction(code, its) or book.in_jurisdiction(code, book.alike(subject, code))
                yield _row(book, subject, code, held.get(code, Held()), here)


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
    """The parties asked about, the records that are or may be they, and the listings that these print."""

    def __init__(self, claims: ClaimSet, subjects: Iterable[str], records: Iterable[str]) -> None:
        self.claims = claims
        told = claims.where(
            "entity_id IN (SELECT unnest(?::VARCHAR[])) AND prop IN (SELECT unnest(?::VARCHAR[]))",
            [sorted(subjects), ["birthDate", *sorted({*CAPTION_PROPS, *NAME_PROPS})]],
        )
        self.entities = entities_of(told)
        self._listings: dict[str, list[Listing]] = {}
        self._alike: dict[str, list[Hit]] = {}
        self._told: Told | None = None
        self._read({*subjects, *records})

    def _read(self, records: Iterable[str]) -> None:
        found = self.claims.where(
            "schema = 'Sanction' AND record_id IN (SELECT unnest(?::VARCHAR[]))", [sorted(records)]
        )
        last = {source: last_whole(history).as_of for source, history in self.claims.history.items()}
        self._listings |= listings_of(found, (self.claims.on or now())[:10], last)

    def in_jurisdiction(self, code: str, matches: Iterable[Identity]) -> list[tuple[Identity, list[Listing]]]:
        """The matches that a jurisdiction lists, with their listings: those in force, else those that ended."""
        here = [(match, self._listed_by(code, match.record_id)) for match in matches]
        in_force = [(match, [each for each in its if not each.ended]) for match, its in here]
        return [pair for pair in in_force if pair[1]] or [pair for pair in here if pair[1]]

    def _listed_by(self, code: str, record: str) -> list[Listing]:
        return [each for each in self._listings.get(record, ()) if each.jurisdiction == code]

    def seek(self, matches: Identities, held: Sequence[str], alike: Alike, standing: Standing) -> None:
        """Search for names alike to those of the parties that are missing on a list that is here."""
        missing = {
            subject: self.entities[subject]
            for subject, its in matches.items()
            if subject in self.entities and any(not self.in_jurisdiction(code, its) for code in held)
        }
        self._alike = alike_to(missing, matches, alike, standing)
        others = {hit.entity_id for hits in self._alike.values() for hit in hits}
        self._read(others - self._listings.keys())
        self._told = Told(self.claims, {*missing, *others})

    def alike(self, subject: str, code: str) -> list[Identity]:
        """The records of a jurisdiction most alike to a party; why is worked out only here, where it is told."""
        hits = [
            hit
            for hit in self._alike.get(subject, ())
            if self._listed_by(code, hit.entity_id) and compatible(hit.schema, self.entities[subject].schema)
        ]
        best = hits[0].score if hits else 0.0
        return [
            Identity(hit.entity_id, False, self._why(subject, hit)) for hit in hits if hit.score > best - LESS_ALIKE
        ]

    def _why(self, subject: str, hit: Hit) -> str:
        years = self._told.other_years(subject, hit.entity_id) if self._told else None
        return f"name alike ({hit.score:.2f}): {hit.caption}" + (f", but {years}" if years else "")


def _row(book: _Book, subject: str, code: str, held: Held, here: Sequence[tuple[Identity, list[Listing]]]) -> Coverage:
    """One party in one jurisdiction, by its matches there."""
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
