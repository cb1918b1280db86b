"""What one asks about a name, answered in one piece: who it is, where it is listed, its network, its story, what is unknown.

This is the content of a dossier; `case.dossier` gives it a face.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shellgame.graph.network import Network
from shellgame.match.hits import Hits
from shellgame.model.claim import Claim
from shellgame.model.entity import Entity, entities_of
from shellgame.model.schema import is_a
from shellgame.model.version import Version
from shellgame.resolve.coverage import Coverage
from shellgame.store.claims import ClaimSet

_DATED = {
    "listingDate": "listed",
    "startDate": "since",
    "endDate": "until",
    "incorporationDate": "established",
    "dissolutionDate": "dissolved",
    "buildDate": "built",
    "deathDate": "died",
}
"""Properties that date something, and how the timeline says it."""
_IDENTIFYING = {"Person": ("birthDate", "nationality"), "Organization": ("registrationNumber", "country")}
"""What one would want to know of a subject, to tell it from another of the same name."""


@dataclass(frozen=True)
class Moment:
    """Something dated in the story: the day (partial), what happened to whom, and the claim that says so.

    `known` is the day on which the first version that says it was published here: two clocks, the event's and ours.
    """

    day: str
    what: str
    entity_id: str
    caption: str
    known: str
    claim: Claim


@dataclass(frozen=True)
class Uncovered:
    """The whole answer.

    Attributes:
        asked: The name or id that was asked for.
        on: The day it is as of; None for the newest of each source.
        hits: Listed names like the one asked for; empty where an id was asked.
        subjects: The records it was taken to mean, with their parts, by id.
        network: The network around them.
        coverage: Who lists the subjects where.
        timeline: Dated claims about everybody in the network, oldest first.
        unknown: Sentences on what is not known or could not be looked at.
        versions: The versions of all sources that were asked, with their hashes.
        claims: Every claim the answer rests on, about the subjects first.
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


def uncovered(asked: str, claims: ClaimSet, hits: Hits, network: Network, coverage: Sequence[Coverage]) -> Uncovered:
    """Put the answer together from its pieces, all of the same day."""
    told = claims.of_records(sorted(network.entities))
    by_record: dict[str, list[Claim]] = {}
    for claim in told:
        by_record.setdefault(claim.record_id, []).append(claim)
    subjects = {start: entities_of(by_record.get(start, [])) for start in network.start}
    used = {claim.claim_id: claim for start in network.start for claim in by_record.get(start, [])}
    used |= {claim.claim_id: claim for tie in network.ties for claim in tie.claims}
    timeline = _timeline(network, told)
    used |= {moment.claim.claim_id: moment.claim for moment in timeline}
    return Uncovered(
        asked,
        claims.on,
        hits,
        subjects,
        network,
        tuple(coverage),
        timeline,
        tuple(_unknown(network, subjects, coverage, claims.versions)),
        claims.versions,
        tuple(used.values()),
    )


def _timeline(network: Network, claims: Iterable[Claim]) -> tuple[Moment, ...]:
    moments: dict[tuple[str, str, str], Moment] = {}
    for claim in claims:
        owner = network.entities.get(claim.record_id)
        if owner is None or claim.prop not in _DATED:
            continue
        what = _DATED[claim.prop] if claim.entity_id == claim.record_id or claim.schema == "Sanction" else ""
        if what:
            key = (claim.value, what, owner.id)
            moments.setdefault(key, Moment(claim.value, what, owner.id, owner.caption, claim.first_seen, claim))
    return tuple(sorted(moments.values(), key=lambda moment: (moment.day, moment.caption, moment.what)))


def _unknown(
    network: Network, subjects: dict[str, dict[str, Entity]], coverage: Sequence[Coverage], versions: Sequence[Version]
) -> Iterable[str]:
    for code in dict.fromkeys(row.jurisdiction for row in coverage if row.status == "unknown"):
        yield f"No list of jurisdiction {code} is in this workspace: whether it lists anybody here is unknown."
    for row in coverage:
        if row.identity == "unsure":
            others = ", ".join(row.records)
            yield f"Whether {row.caption} ({row.entity_id}) is the party listed by {row.jurisdiction} as {others} is unsure: {'; '.join(row.why)}."
    for identity, parts in subjects.items():
        entity = parts.get(identity)
        if entity is None:
            continue
        wanted = next((props for kind, props in _IDENTIFYING.items() if is_a(entity.schema, kind)), ())
        if missing := [prop for prop in wanted if not entity.properties.get(prop)]:
            yield f"No source here tells {' or '.join(missing)} of {entity.caption} ({identity})."
    if not any(tie.schema in ("Ownership", "owner", "parent") for tie in network.ties):
        yield "No source here states who owns anybody in this network; absence of a stake is not evidence that there is none."
    if network.stopped:
        yield f"The network goes on: {len(network.stopped)} further entities were not followed."
    for version in versions:
        if version.warnings:
            yield f"{version.source} of {version.as_of} was read with remarks: {'; '.join(version.warnings)}"
