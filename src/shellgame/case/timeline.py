"""The story of a network as dated claims, on two clocks: when something happened, and when it was first known here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shellgame.graph.network import Network
from shellgame.graph.ties import Tie
from shellgame.model.claim import Claim
from shellgame.model.entity import Entity, entities_of

OWN_DATES = {
    "incorporationDate": "established",
    "dissolutionDate": "dissolved",
    "startDate": "since",
    "endDate": "until",
    "buildDate": "built",
    "deathDate": "died",
}
"""Properties that date something about a party itself, and how the timeline says it."""
_LISTING_DATES = {"listingDate": "listed", "startDate": "listing in force", "endDate": "listing ends"}
_LINK_DATES = {"startDate": "begins", "endDate": "ends"}


@dataclass(frozen=True)
class Moment:
    """Something dated in the story: the day (partial), what happened to whom, and the claim that says so.

    `known` is the day on which the first version that says it was published here: two clocks, the event's and ours.
    `kind` is one word for what happened: `established`, `listed`, `begins` …
    """

    day: str
    what: str
    entity_id: str
    caption: str
    known: str
    claim: Claim
    kind: str = ""


def timeline_of(network: Network, claims: Iterable[Claim]) -> tuple[Moment, ...]:
    """Tell the story of everybody in a network, oldest first.

    What several claims say of the same party and day stands once, with the claim that came first.

    Args:
        network: The network.
        claims: Everything printed in the records of its parties.
    """
    moments: dict[tuple[str, str, str], Moment] = {}
    found = [*_of_records(network, claims), *(moment for tie in network.ties for moment in _of_link(network, tie))]
    for moment in sorted(found, key=lambda each: (each.known, each.claim.claim_id)):
        moments.setdefault((moment.day, moment.what, moment.entity_id), moment)
    return tuple(sorted(moments.values(), key=lambda each: (each.day, each.caption, each.what)))


def _of_records(network: Network, claims: Iterable[Claim]) -> Iterator[Moment]:
    for entity in entities_of(claims).values():
        record = entity.claims[0].record_id
        owner = network.entities.get(network.party(record))
        if owner is None:
            continue
        if entity.schema == "Sanction":
            yield from _of_listing(owner, entity)
        elif entity.id == record:
            for claim in entity.claims:
                if what := OWN_DATES.get(claim.prop):
                    yield Moment(claim.value, what, owner.id, owner.caption, claim.first_seen, claim, what)


def _of_listing(owner: Entity, listing: Entity) -> Iterator[Moment]:
    by_whom = listing.first("authority") or listing.claims[0].speaker
    programs = ", ".join(dict.fromkeys(claim.value for claim in listing.claims if claim.prop == "program"))
    told: set[str] = set()
    for prop, kind in _LISTING_DATES.items():
        for claim in listing.claims:
            if claim.prop == prop and not (prop == "startDate" and claim.value in told):
                told.add(claim.value)
                what = f"{kind}: {by_whom}" + (f", {programs}" if programs else "")
                yield Moment(claim.value, what, owner.id, owner.caption, claim.first_seen, claim, kind)


def _of_link(network: Network, tie: Tie) -> Iterator[Moment]:
    source, target = network.entities[tie.source_id], network.entities[tie.target_id]
    for claim in tie.claims:
        if tie.kind == "link" and (kind := _LINK_DATES.get(claim.prop)):
            what = f"link {kind}: {tie.label} – {target.caption}"
            yield Moment(claim.value, what, source.id, source.caption, claim.first_seen, claim, f"link {kind}")
