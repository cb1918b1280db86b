"""The network around a start: parties and the ties between them on one day, grown by evidence.

How far the network goes is a matter of how well it is founded, not of steps: an entity is in it when the best way that leads
there, by the product of the strengths along it, is strong enough. A row of ten certain links is followed further than one shared
phone number of a call centre.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from shellgame.graph.growth import BATCH, Growth, Joining, ordered
from shellgame.graph.links import MOST_LINKED
from shellgame.graph.listed import listed_on_its_day
from shellgame.graph.strength import reach_from, steps_from
from shellgame.graph.ties import Tie
from shellgame.model.entity import Entity
from shellgame.model.standing import Standing
from shellgame.store.claims import ClaimSet

WEAKEST = 0.3
"""Entities that the evidence reaches less well than this are not followed."""
MOST_ENTITIES = 400
"""More than this nobody reads; the network then says that it stopped."""
MOST_BEYOND = 200
"""Of those reached too weakly so many are looked up: a listed one among them is to be known of."""


@dataclass(frozen=True)
class Network:
    """Entities and ties around a start.

    Attributes:
        start: Ids it grew from.
        entities: By id, the start included; a party of several records under one of them, with the claims of all.
        distance: Fewest ties from the start to each entity.
        ties: Ties between them, strongest first.
        stopped: Ids at which it stopped growing because it was full; empty when it is whole.
        joined: The records of each party that has several, by its id.
        reach: How well the evidence leads from the start to each entity, 0 to 1: the product of strengths along the best way.
        weaker: Ids at its edge that the evidence reaches too weakly to be followed, the best reached first.
        beyond: Of these the captions of those that are listed, by id; of the first `MOST_BEYOND` only.
        former: Links between its entities that have ended by the day, and so are not among its ties.
        hubs: Entities linked to so many others that nobody was followed from there.
        listed: Sources that list each party on the day, see `graph.listed`; None where that was not looked up.
    """

    start: tuple[str, ...]
    entities: dict[str, Entity]
    distance: dict[str, int]
    ties: tuple[Tie, ...]
    stopped: tuple[str, ...] = field(default=())
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reach: Mapping[str, float] = field(default_factory=dict)
    weaker: tuple[str, ...] = field(default=())
    beyond: Mapping[str, str] = field(default_factory=dict)
    former: tuple[Tie, ...] = field(default=())
    hubs: tuple[str, ...] = field(default=())
    listed: Mapping[str, tuple[str, ...]] | None = None

    def records(self, identity: str) -> tuple[str, ...]:
        """The records of a party, the one that it stands under first."""
        return self.joined.get(identity, (identity,))

    def party(self, record: str) -> str:
        """The id under which a record stands here; its own where it stands alone, or not at all."""
        return self._party_of.get(record, record)

    @cached_property
    def _party_of(self) -> dict[str, str]:
        return {record: identity for identity, records in self.joined.items() for record in records}


def network_around(
    claims: ClaimSet,
    start: Sequence[str],
    *,
    depth: int | None = None,
    weakest: float = WEAKEST,
    former: bool = False,
    standing: Standing | None = None,
    identities: Joining | None = None,
) -> Network:
    """Grow the network around some entities.

    It follows every link that a source states, every decision that two records are one, and every shared identifier, contact,
    address or full name that is rare enough, the best founded first. It is whole when nobody else is reached well enough; at
    `MOST_ENTITIES`, the best reached of all, it stops and says where.

    Args:
        claims: The claims of the day.
        start: Ids to grow from.
        depth: Most ties from the start; any number when None.
        weakest: How well entities must be reached, 0 to 1; see `Network.reach`.
        former: Whether links that have ended by the day, or are called former, lead on and are told as ties.
        standing: What people decided; a name that two share which are judged different ties them no longer.
        identities: Which records are one party; each stands alone when None.
    """
    growth = Growth(claims, start, standing=standing, identities=identities, former=former)
    while True:
        front = _Front(growth, depth, weakest)
        if not front.asking:
            break
        growth.ask(front.asking)
    growth.ask(front.inside)
    found = _network(growth, front)
    beyond = growth.entities(front.weaker[:MOST_BEYOND])
    listed = listed_on_its_day(claims, found.entities | beyond, growth.records)
    return replace(
        found,
        listed={party: sources for party, sources in listed.items() if party in found.entities},
        beyond={party: entity.caption for party, entity in beyond.items() if party in listed},
    )


class _Front:
    """Who is in a network that grows, as far as it is known."""

    def __init__(self, growth: Growth, depth: int | None, weakest: float) -> None:
        self.reach, self.distance = reach_from(growth.near, growth.start), steps_from(growth.near, growth.start)
        ranked = sorted(self.reach, key=lambda identity: (-self.reach[identity], identity))
        near = [each for each in ranked if depth is None or self.distance[each] <= depth]
        founded = [each for each in near if self.reach[each] >= weakest]
        most = max(MOST_ENTITIES, len(growth.start))
        self.inside, self.stopped = founded[:most], founded[most:]
        self.weaker = near[len(founded) :]
        leading = [each for each in self.inside if depth is None or self.distance[each] < depth]
        self.asking = [each for each in leading if each not in growth.asked][:BATCH]


def _network(growth: Growth, front: _Front) -> Network:
    inside = dict.fromkeys(sorted(front.inside, key=lambda each: (front.distance[each], -front.reach[each], each)))
    degrees = growth.degrees(list(inside))
    return Network(
        growth.start,
        growth.entities(inside),
        {party: front.distance[party] for party in inside},
        tuple(growth.told(_within(growth.leading, inside))),
        tuple(front.stopped),
        {party: growth.records[party] for party in inside if len(growth.records[party]) > 1},
        {party: front.reach[party] for party in inside},
        tuple(front.weaker),
        former=tuple(_within(growth.ended, inside)),
        hubs=tuple(party for party in inside if degrees[party] > MOST_LINKED),
    )


def _within(ties: Iterable[Tie], inside: Mapping[str, None]) -> list[Tie]:
    return ordered(tie for tie in ties if tie.source_id in inside and tie.target_id in inside)
