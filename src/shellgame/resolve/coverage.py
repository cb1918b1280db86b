"""Who lists whom where and since when: one party's records lined up over jurisdictions.

Two records are *confirmed* to be one party when they print the same identifying number, or the same full name and the same full
birth date; records that only share a full name are *unsure*. A person's judgement overrides both. Where the workspace holds no
list of a jurisdiction, the answer is `unknown`, never "not listed".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shellgame.errors import NotFound
from shellgame.model.claim import Claim
from shellgame.model.entity import Entity, entities_of
from shellgame.model.judgement import Verdict
from shellgame.model.schema import IDENTIFIERS, NAME_PROPS, compatible
from shellgame.names.tokens import name_tokens
from shellgame.resolve.keys import define_keys
from shellgame.sources.catalog import source_named
from shellgame.store.claims import ClaimSet

STANDARD = ("us", "ca", "eu", "gb", "un", "au")
"""Jurisdictions that are always shown, so that a missing list is seen."""
CONFIRMING = 0.85
"""An identifier of at least this weight (`model.schema.IDENTIFIERS`) confirms that two records are one party, if a telling word
of their names agrees too: registers of two countries may give out the same number."""
TELLING_WORD = 4
"""Letters a word of a name must have to count for that."""


@dataclass(frozen=True)
class Coverage:
    """One party in one jurisdiction.

    Attributes:
        entity_id: The record asked about.
        caption: Its name.
        jurisdiction: Code of the jurisdiction.
        status: `listed`, `not_listed` (its lists are here and do not have it) or `unknown` (no list of it is here).
        since: Day of listing as a source states it, partial; None where none does.
        programs: Programmes there.
        identity: `confirmed` or `unsure`, of the records found there; None where there are none.
        records: Ids of the records found there.
        why: What the identity rests on, in words.
        first_seen: Day of the first version kept here that has it, where the version before has not; None where that cannot be
            told. Not the day of listing, but the listing was published between the two.
        lists: The lists of the jurisdiction that were looked at, each with the day it is of: an old list says nothing of today.
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
) -> list[Coverage]:
    """Line parties up over jurisdictions.

    Args:
        claims: The claims of the day.
        program: All records listed under this programme; not needed where ids are given.
        jurisdictions: Codes to show; those in `STANDARD` and every one with a list here when empty.
        entity_ids: The records to ask about.
        verdicts: What people decided about pairs of records; overrides what the records say.
        together: Show records that are confirmed to be one party as one, under the first of them.

    Raises:
        NotFound: No record is listed under the programme on that day, or no programme and no ids are given and there is no listing.
    """
    subjects = list(entity_ids) if entity_ids is not None else _listed_under(claims, program)
    if not subjects:
        raise NotFound(f"nobody is listed under {program!r}; `shellgame sources` tells which lists are here")
    held = _jurisdictions_held(claims)
    shown = list(jurisdictions) or list(dict.fromkeys([*STANDARD, *held]))
    matches = _matches(claims, subjects, verdicts or {})
    if together:
        matches = _together(matches)
    records = entities_of(
        claims.of_records(sorted({*subjects, *(match.record_id for its in matches.values() for match in its)}))
    )
    listings = _listings(records.values())
    return [
        _in_jurisdiction(claims, subject, records, jurisdiction, held.get(jurisdiction, ()), matches[subject], listings)
        for subject in matches
        if subject in records
        for jurisdiction in shown
    ]


def _listed_under(claims: ClaimSet, program: str | None) -> list[str]:
    condition = "prop IN ('program', 'programId') AND value = ?" if program else "prop = 'entity'"
    query = f"SELECT DISTINCT record_id FROM claims WHERE schema = 'Sanction' AND {condition} ORDER BY 1"
    return [record for (record,) in claims.rows(query, [program] if program else [])]


def _jurisdictions_held(claims: ClaimSet) -> dict[str, tuple[str, ...]]:
    """The lists that are here by jurisdiction, each with the day it is of."""
    held: dict[str, tuple[str, ...]] = {}
    for version in claims.versions:
        if code := source_named(version.source).jurisdiction:
            held[code] = (*held.get(code, ()), f"{version.source} of {version.as_of[:10]}")
    return held


def _matches(
    claims: ClaimSet, subjects: Sequence[str], verdicts: Mapping[frozenset[str], Verdict]
) -> dict[str, list[_Match]]:
    """Records that share an identifier or a full name with each subject, itself first."""
    define_keys(claims)
    query = """
        SELECT DISTINCT mine.entity_id, theirs.entity_id, mine.kind, mine.prop, theirs.prop, mine.value, mine.schema, theirs.schema
        FROM keyed mine JOIN keyed theirs USING (kind, key)
        WHERE mine.entity_id IN (SELECT unnest(?::VARCHAR[])) AND mine.kind IN ('identifier', 'name')
          AND theirs.entity_id <> mine.entity_id AND theirs.entity_id = theirs.record_id
        ORDER BY ALL
    """
    shared = [row for row in claims.rows(query, [list(subjects)]) if compatible(row[-2], row[-1])]
    told = _Told(claims, {identity for row in shared for identity in row[:2]})
    found: dict[str, list[_Match]] = {subject: [_Match(subject, True, "the record itself")] for subject in subjects}
    for mine, theirs, kind, my_prop, their_prop, value, *_ in shared:
        confirmed, why = told.judge(mine, theirs, kind, (my_prop, their_prop), value)
        verdict = verdicts.get(frozenset((mine, theirs)))
        if verdict is not Verdict.DIFFERENT:
            judged = verdict is Verdict.SAME or (confirmed and verdict is not Verdict.UNSURE)
            found[mine].append(_Match(theirs, judged, f"{why} (judged {verdict})" if verdict else why))
    return found


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


class _Told:
    """Names and birth dates of some records, to weigh what two of them share."""

    def __init__(self, claims: ClaimSet, entity_ids: set[str]) -> None:
        self._births: defaultdict[str, set[str]] = defaultdict(set)
        self._words: defaultdict[str, set[str]] = defaultdict(set)
        props = ["birthDate", *NAME_PROPS]
        query = """SELECT entity_id, prop, value FROM claims
            WHERE prop IN (SELECT unnest(?::VARCHAR[])) AND entity_id IN (SELECT unnest(?::VARCHAR[]))"""
        for entity_id, prop, value in claims.rows(query, [props, sorted(entity_ids)]):
            if prop == "birthDate":
                self._births[entity_id].add(value)
            else:
                self._words[entity_id].update(
                    word for word in name_tokens(value, organization=True) if len(word) >= TELLING_WORD
                )

    def judge(self, left: str, right: str, kind: str, props: tuple[str, str], value: str) -> tuple[bool, str]:
        """Whether a shared value confirms that two records are one party, and why in words."""
        mine, theirs = self._births[left], self._births[right]
        if kind == "identifier":
            if min(IDENTIFIERS[prop] for prop in props) < CONFIRMING:
                return False, f"same {props[1]} {value}"
            if not self._words[left] & self._words[right]:
                return False, f"same {props[1]} {value}, but no word of their names in common"
            return True, f"same {props[1]} {value}"
        if same_days := sorted(day for day in mine & theirs if len(day) == len("2000-01-01")):
            return True, f"same name {value} and birth date {same_days[0]}"
        if mine and theirs and not {day[:4] for day in mine} & {day[:4] for day in theirs}:
            return False, f"same name {value}, but other birth years ({', '.join(sorted(theirs))})"
        return False, f"same name {value}"


def _listings(entities: Iterable[Entity]) -> dict[str, list[Entity]]:
    found: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        if entity.schema == "Sanction":
            found[entity.claims[0].record_id].append(entity)
    return found


def _in_jurisdiction(
    claims: ClaimSet,
    subject: str,
    records: dict[str, Entity],
    jurisdiction: str,
    lists: tuple[str, ...],
    matches: list[_Match],
    listings: dict[str, list[Entity]],
) -> Coverage:
    here = [
        match
        for match in matches
        if _jurisdiction_of(records[match.record_id].claims) == jurisdiction and listings[match.record_id]
    ]
    confirmed = [match for match in here if match.confirmed]
    counted = list({match.record_id: match for match in reversed(confirmed or here)}.values())
    its_listings = [listing for match in counted for listing in listings[match.record_id]]
    since = [day for listing in its_listings for prop in ("listingDate", "startDate") if (day := listing.first(prop))]
    programs = dict.fromkeys(
        claim.value for listing in its_listings for claim in listing.claims if claim.prop == "program"
    )
    return Coverage(
        subject,
        records[subject].caption,
        jurisdiction,
        "listed" if here else "not_listed" if lists else "unknown",
        min(since, default=None),
        list(programs),
        ("confirmed" if confirmed else "unsure") if here else None,
        sorted(match.record_id for match in counted),
        sorted({match.why for match in counted}),
        min((day for listing in its_listings if (day := _first_seen(claims, listing))), default=None),
        lists,
    )


def _first_seen(claims: ClaimSet, listing: Entity) -> str | None:
    """The day a listing first shows, if the version before is here, was read the same way, and has it not."""
    claim = min(listing.claims, key=lambda claim: claim.first_seen)
    history = claims.history[claim.source]
    position = next((number for number, version in enumerate(history) if version.id == claim.first_version), 0)
    if not position or history[position - 1].format != history[position].format:
        return None
    return claim.first_seen[:10]


def _jurisdiction_of(claims: Sequence[Claim]) -> str:
    return source_named(claims[0].source).jurisdiction
