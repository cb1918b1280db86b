"""Who of some parties is listed on a day, by what their own records print; who is not may be listed elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from shellgame.model.days import now, overlaps
from shellgame.model.entity import Entity
from shellgame.resolve.lists import last_whole, listings_of
from shellgame.store.claims import ClaimSet

LISTED_TOPICS = frozenset({"sanction", "sanction.counter", "export.control", "debarment"})
"""Topics of a record that stands on a list; `sanction.linked` and others only say whom it is tied to."""


def listed_on_its_day(
    claims: ClaimSet, entities: Mapping[str, Entity], joined: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """By party the sources that list it on the day of the claims: neither no longer nor only from later on.

    A source that tells no listing of a record but gives it the topic of listed ones lists it, since when nobody says.

    Args:
        claims: The claims of the day.
        entities: The parties.
        joined: The records of each party that has several.
    """
    day = (claims.on or now())[: len("2024-04-15")]
    party = {record: identity for identity in entities for record in joined.get(identity, (identity,))}
    last = {source: last_whole(history).as_of for source, history in claims.history.items()}
    told = listings_of(claims.where("schema = 'Sanction'", records=sorted(party)), day, last)
    found: defaultdict[str, set[str]] = defaultdict(set)
    dated: set[tuple[str, str]] = set()
    for record, listings in told.items():
        for listing in listings:
            source = listing.entity.claims[0].source
            dated.add((source, record))
            if not listing.ended and overlaps(listing.since, None, day):
                found[party[record]].add(source)
    for identity, entity in entities.items():
        for claim in entity.claims:
            if says_listed(claim.prop, claim.value) and (claim.source, claim.record_id) not in dated:
                found[identity].add(claim.source)
    return {identity: tuple(sorted(found[identity])) for identity in entities if identity in found}


def says_listed(prop: str, value: str) -> bool:
    """Whether a property of a record says that it stands on a list."""
    return prop == "topics" and value in LISTED_TOPICS
