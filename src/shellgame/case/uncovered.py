"""What one asks about a name, answered in one piece: who it is, where it is listed, its network, its story, what is unknown.

This is the content of a dossier; `case.dossier` gives it a face.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shellgame.case.owners_words import missing
from shellgame.case.timeline import Moment, timeline_of
from shellgame.case.unknown import unknown_sentences
from shellgame.graph.network import Network
from shellgame.graph.ownership.found import FoundOwners
from shellgame.match.hits import Hits
from shellgame.model.claim import Claim
from shellgame.model.entity import Entity, entities_of
from shellgame.model.schema import CAPTION_PROPS, IDENTIFIERS
from shellgame.model.version import Version
from shellgame.resolve.coverage import Coverage
from shellgame.store.claims import ClaimSet

_MOST_MISSING = 10
"""Gaps told of the owners of one party; `shellgame owners` tells all."""


@dataclass(frozen=True)
class Uncovered:
    """The whole answer.

    Attributes:
        asked: The name or id that was asked for.
        on: The day it is as of; None for the newest of each source.
        hits: Listed names like the one asked for; empty where an id was asked.
        subjects: The records it was taken to mean, those that are one party with them included, with their parts, by id.
        network: The network around them.
        coverage: Who lists the subjects where.
        timeline: Dated claims about everybody in the network, oldest first.
        unknown: Sentences on what is not known or could not be looked at.
        versions: The versions of all sources that were asked, with their hashes.
        claims: Every claim the answer rests on, about the subjects first.
        owners: What ownership rules make of those subjects of whose owners anything is told.
        tlp: Marking under which the answer may be shared; stricter than what it rests on, since it names people on inferences.
        notice: What must be said before anything else, such as that the workspace is an invented sample.
    """

    asked: str
    on: str | None
    hits: Hits
    subjects: dict[str, dict[str, Entity]]
    network: Network
    coverage: tuple[Coverage, ...]
    timeline: tuple[Moment, ...]
    unknown: tuple[str, ...]
    versions: tuple[Version, ...]
    claims: tuple[Claim, ...]
    owners: tuple[FoundOwners, ...] = ()
    notice: str = ""
    tlp: str = "AMBER"


def uncovered(
    asked: str,
    claims: ClaimSet,
    hits: Hits,
    network: Network,
    coverage: Sequence[Coverage],
    owners: Sequence[FoundOwners] = (),
) -> Uncovered:
    """Put the answer together from its pieces, all of the same day."""
    records = {record for party in network.entities for record in network.records(party)}
    records |= {record for row in coverage for record in row.records}
    told = claims.of_records(sorted(records))
    return put_together(asked, claims.on, hits, network, coverage, told, claims.versions, owners)


def put_together(
    asked: str,
    on: str | None,
    hits: Hits,
    network: Network,
    coverage: Sequence[Coverage],
    told: Sequence[Claim],
    versions: Sequence[Version],
    owners: Sequence[FoundOwners] = (),
) -> Uncovered:
    """Put the answer together where the claims are at hand already.

    Args:
        asked: The name or id that was asked for.
        on: The day it is as of.
        hits: Listed names like it.
        network: The network around the records it was taken to mean.
        coverage: Who lists them where.
        told: Everything printed in the records of the network and of the coverage.
        versions: The versions of all sources that were asked.
        owners: What ownership rules make of them.
    """
    by_record: dict[str, list[Claim]] = {}
    for claim in told:
        by_record.setdefault(claim.record_id, []).append(claim)
    meant = [record for start in network.start for record in network.records(start)]
    subjects = {record: entities_of(by_record.get(record, [])) for record in meant}
    timeline = timeline_of(network, told)
    used = {claim.claim_id: claim for record in meant for claim in by_record.get(record, [])}
    used |= {claim.claim_id: claim for claim in _listings(coverage, by_record)}
    every = [record for party in network.entities for record in network.records(party)]
    used |= {claim.claim_id: claim for record in every for claim in _programs(by_record.get(record, []))}
    used |= {claim.claim_id: claim for tie in network.ties for claim in tie.claims}
    used |= {moment.claim.claim_id: moment.claim for moment in timeline}
    used |= {claim.claim_id: claim for claim in _captions(network)}
    used |= {claim.claim_id: claim for found in owners for claim in found.claims.values()}
    unknown = (*unknown_sentences(network, subjects, coverage, versions), *_not_told_of_owners(owners))
    return Uncovered(
        asked,
        on,
        hits,
        subjects,
        network,
        tuple(coverage),
        timeline,
        unknown,
        tuple(versions),
        tuple(used.values()),
        tuple(owners),
    )


def _not_told_of_owners(owners: Sequence[FoundOwners]) -> Iterator[str]:
    """What is not told of owners and could change what a rule makes of them, and what to know of what is."""
    for note in dict.fromkeys(note for found in owners for note in found.notes):
        yield f"Of owners: {note}."
    for found in owners:
        told = list(missing(found).items())
        for words, rules in told[:_MOST_MISSING]:
            yield f"Of owners: {words} ({', '.join(rules)})."
        if len(told) > _MOST_MISSING:
            yield f"Of owners: {len(told) - _MOST_MISSING} more gaps, which `shellgame owners {found.party.id}` tells."


def _listings(coverage: Sequence[Coverage], by_record: dict[str, list[Claim]]) -> Iterator[Claim]:
    """What the rows of a coverage rest on: the listings of the records found, and what identifies these."""
    for record in dict.fromkeys(record for row in coverage for record in row.records):
        for claim in by_record.get(record, []):
            if claim.schema == "Sanction" or claim.prop in IDENTIFIERS or claim.prop in ("name", "birthDate"):
                yield claim


def _programs(claims: Sequence[Claim]) -> Iterator[Claim]:
    """What tells that a record is listed itself, and under what: the programmes, or whom a listing without one is about."""
    listings: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.schema == "Sanction":
            listings.setdefault(claim.entity_id, []).append(claim)
    for its in listings.values():
        programs = [claim for claim in its if claim.prop == "program"]
        yield from programs or [claim for claim in its if claim.prop == "entity"][:1]


def _captions(network: Network) -> Iterator[Claim]:
    """The claims that give the parties of a network the names they are shown with."""
    for entity in network.entities.values():
        caption = entity.caption
        yield from [claim for claim in entity.claims if claim.value == caption and claim.prop in CAPTION_PROPS][:1]
