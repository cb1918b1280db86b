"""Who lists whom where and since when: one party's records lined up over jurisdictions.

Which records are one party is told by `identities`. Where the workspace holds no whole list of a jurisdiction, or its newest one is
older than the party's first known listing elsewhere, the answer is `unknown`, never "not listed".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shellgame.errors import NotFound
from shellgame.model.days import now
from shellgame.model.entity import entities_of
from shellgame.model.schema import CAPTION_PROPS, NAME_PROPS
from shellgame.resolve.identities import Alike, Identities, Identity
from shellgame.resolve.lists import Held, Listing, first_seen, last_whole, listings_of, lists_held, stood_by
from shellgame.resolve.programmes import listed_under
from shellgame.store.claims import ClaimSet

STANDARD = ("us", "ca", "eu", "gb", "un", "au")
"""Jurisdictions that are always shown, so that a missing list is seen."""
LESS_LIKELY = 0.5
"""A record that is less likely the party than this share of the likeliest of its jurisdiction is not told: its days would pass for
the party's."""


@dataclass(frozen=True)
class Coverage:
    """One party in one jurisdiction.

    Attributes:
        entity_id: The record asked about.
        caption: Its name.
        jurisdiction: Code of the jurisdiction.
        status: `listed`, `delisted` (a list has it, as a listing that is over, or had it), `not_listed` (its whole list is here and
            does not have it) or `unknown` (no whole list of it is here; or none that is as new as the first known listing of the
            party elsewhere).
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
        unknown_since: Day of the newest whole list here, where it does not have the party and is older than its first known listing
            elsewhere; else None.
        party_id: The first record of the party, by id: rows of records that are confirmed to be one party have the same one.
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
    unknown_since: str | None = None
    party_id: str = ""

    @property
    def seen_since(self) -> str | None:
        """`first_seen` where no source states a day: the listing is known by then, and came after `not_before`."""
        return None if self.since else self.first_seen

    @property
    def since_in_words(self) -> str:
        """The day that is known, marked where no source states it; empty where none is known."""
        return self.since or (f"seen since {self.seen_since}" if self.seen_since else "")


def coverage_of(
    claims: ClaimSet,
    identities: Identities,
    *,
    program: str | Sequence[str] | None = None,
    jurisdictions: Sequence[str] = (),
    entity_ids: Sequence[str] | None = None,
    together: bool = False,
    alike: Alike | None = None,
    whole: Sequence[str] = (),
) -> list[Coverage]:
    """Line parties up over jurisdictions.

    Args:
        claims: The claims of the day; with those that ended (`ClaimSet.ever`), who was delisted is told too.
        identities: Which of their records are one party.
        program: All records listed under this programme, or one of these, with `*` for any letters; not needed with ids.
        jurisdictions: Codes to show; those in `STANDARD` and every one with a list here when empty.
        entity_ids: The records to ask about.
        together: Show records that are confirmed to be one party as one, under the first of them.
        alike: Search for names that are alike, asked before somebody is said not to be listed in a jurisdiction.
        whole: Jurisdictions of which somebody says that the lists here are the whole list.

    Raises:
        NotFound: No record is listed under the programme on that day, or no programme and no ids are given and there is no listing.
    """
    programs = [program] if isinstance(program, str) else list(program or ())
    subjects = list(dict.fromkeys(entity_ids)) if entity_ids is not None else listed_under(claims, programs)
    if not subjects:
        asked = program if isinstance(program, str) or program is None else ", ".join(program)
        raise NotFound(f"nobody is listed under {asked!r}; `shellgame sources` tells which lists are here")
    if together:
        subjects = list({identities.sure_party(each): each for each in reversed(subjects)}.values())[::-1]
    held = lists_held(claims, whole)
    shown = list(jurisdictions) or list(dict.fromkeys([*STANDARD, *held]))
    book = _Book(claims, {subject: identities.of(subject) for subject in subjects})
    parties = {subject: identities.sure_party(subject) for subject in subjects}
    if alike:
        book.add_namesakes(identities, alike, [code for code in shown if code in held])
    return [
        _row(book, subject, parties[subject], code, held.get(code, Held())) for subject in subjects for code in shown
    ]


class _Book:
    """The parties asked about, and the listings that they and those who may be they print."""

    def __init__(self, claims: ClaimSet, matches: Mapping[str, Sequence[Identity]]) -> None:
        self.claims, self._matches = claims, matches
        told = claims.where(
            "entity_id IN (SELECT unnest(?::VARCHAR[])) AND prop IN (SELECT unnest(?::VARCHAR[]))",
            [sorted(matches), sorted({*CAPTION_PROPS, *NAME_PROPS})],
        )
        self.entities = entities_of(told)
        self._namesakes: Mapping[str, Sequence[Identity]] = {}
        self._listings: dict[str, list[Listing]] = {}
        self._read(matches)

    def _read(self, matches: Mapping[str, Sequence[Identity]]) -> None:
        records = {match.record_id for its in matches.values() for match in its} - self._listings.keys()
        found = self.claims.where(
            "schema = 'Sanction' AND record_id IN (SELECT unnest(?::VARCHAR[]))", [sorted(records)]
        )
        last = {source: last_whole(history).as_of for source, history in self.claims.history.items()}
        self._listings |= listings_of(found, (self.claims.on or now())[:10], last)

    def add_namesakes(self, identities: Identities, alike: Alike, codes: Sequence[str]) -> None:
        """Search for names alike to those of the parties that nobody was found for on some list that is here."""
        missing = [subject for subject in self._matches if not all(self.found(subject, code) for code in codes)]
        self._namesakes = identities.namesakes(missing, alike)
        self._read(self._namesakes)

    def found(self, subject: str, code: str) -> list[tuple[Identity, list[Listing]]]:
        """The records of a jurisdiction that are or may be a party, with their listings; else those with a name alike."""
        return self._in_jurisdiction(code, self._matches[subject]) or self._in_jurisdiction(
            code, self._namesakes.get(subject, ())
        )

    def first_elsewhere(self, subject: str, code: str) -> str | None:
        """First day on which a party is known to stand on a list of another jurisdiction; None where it stood on none."""
        sure = {match.record_id for match in self._matches[subject] if match.confirmed}
        listings = [listing for record in sorted(sure) for listing in self._listings.get(record, ())]
        return min((stood_by(each) for each in listings if each.jurisdiction not in ("", code)), default=None)

    def _in_jurisdiction(self, code: str, matches: Iterable[Identity]) -> list[tuple[Identity, list[Listing]]]:
        """The matches that a jurisdiction lists, with their listings: those in force, else those that ended.

        Those that are the party, else those that are nearly as likely it as the likeliest.
        """
        here = [
            (match, [each for each in self._listings.get(match.record_id, ()) if each.jurisdiction == code])
            for match in matches
        ]
        in_force = [(match, [each for each in its if not each.ended]) for match, its in here]
        listed = [pair for pair in in_force if pair[1]] or [pair for pair in here if pair[1]]
        least = LESS_LIKELY * max((match.probability for match, _ in listed), default=0.0)
        return [pair for pair in listed if pair[0].confirmed] or [
            pair for pair in listed if pair[0].probability >= least
        ]


def _row(book: _Book, subject: str, party_id: str, code: str, held: Held) -> Coverage:
    """One party in one jurisdiction, by its matches there."""
    party, here = book.entities.get(subject), book.found(subject, code)
    caption = party.caption if party else subject
    if not here:
        since = book.first_elsewhere(subject, code)
        return Coverage(
            subject,
            caption,
            code,
            "not_listed" if held.tells_of(since) else "unknown",
            None,
            [],
            None,
            [],
            list(held.why_unknown(since)),
            lists=held.lists,
            unknown_since=held.until if held.is_older(since) else None,
            party_id=party_id,
        )
    listings = [listing for _, its in here for listing in its]
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
        "confirmed" if here[0][0].confirmed else "unsure",
        sorted(match.record_id for match, _ in here),
        sorted({match.why for match, _ in here}),
        first_seen=seen,
        lists=held.lists,
        not_before=before,
        until=max(end for end in ends if end) if all(ends) else None,
        party_id=party_id,
    )
