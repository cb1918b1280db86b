"""The network around a start: entities and the ties between them, grown step by step on one day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from shellgame.graph.judged import judged_ties
from shellgame.graph.ties import Tie, links_of, shared_by, ties_of
from shellgame.model.entity import Entity, entities_of
from shellgame.model.judgement import Verdict
from shellgame.model.standing import Standing
from shellgame.store.claims import ClaimSet

WEAKEST_FOLLOWED = 0.3
"""A tie below this strength that no source states is shown between entities already found, but leads to no new ones."""
MOST_ENTITIES = 400
"""More than this nobody reads; the network then says that it stopped."""


@dataclass(frozen=True)
class Network:
    """Entities and ties around a start.

    Attributes:
        start: Ids it grew from.
        entities: By id, the start included.
        distance: Steps from the start to each entity.
        ties: Ties between them, strongest first.
        stopped: Ids at which it stopped growing because it was full; empty when it is whole to its depth.
    """

    start: tuple[str, ...]
    entities: dict[str, Entity]
    distance: dict[str, int]
    ties: tuple[Tie, ...]
    stopped: tuple[str, ...] = field(default=())


def network_around(claims: ClaimSet, start: Sequence[str], *, depth: int, standing: Standing | None = None) -> Network:
    """Grow the network around some entities.

    Each step follows every link that a source states, every decision that two records are one, and every shared identifier,
    contact, address or full name that is rare enough. Nearer and stronger ties come first; at `MOST_ENTITIES` growth stops and the
    result says where.

    Args:
        claims: The claims of the day.
        start: Ids to grow from.
        depth: How many steps to go.
        standing: What people decided; a name that two share which are judged different ties them no longer.
    """
    standing = standing or Standing()
    distance = dict.fromkeys(start, 0)
    ties: dict[tuple[str, str, str], Tie] = {}
    stopped: list[str] = []
    frontier: list[str] = list(start)
    for step in range(1, depth + 1):
        found = _ties_around(claims, standing, frontier)
        frontier = []
        for tie in found:
            for identity in (tie.source_id, tie.target_id):
                if identity in distance or (tie.kind != "link" and tie.strength < WEAKEST_FOLLOWED):
                    continue
                if len(distance) >= MOST_ENTITIES:
                    stopped.append(identity)
                    continue
                distance[identity] = step
                frontier.append(identity)
        ties |= {(tie.id, tie.source_id, tie.target_id): tie for tie in found}
        if not frontier:
            break
    for tie in _ties_around(claims, standing, frontier) if frontier else []:
        ties[tie.id, tie.source_id, tie.target_id] = tie
    inside = [tie for tie in ties.values() if tie.source_id in distance and tie.target_id in distance]
    entities = entities_of(claims.of_entities(list(distance)))
    known = {identity: entities.get(identity) or Entity(identity, "Thing", ()) for identity in distance}
    return Network(tuple(start), known, distance, tuple(_ordered(inside)), tuple(dict.fromkeys(stopped)))


def _ties_around(claims: ClaimSet, standing: Standing, entity_ids: Sequence[str]) -> list[Tie]:
    ids = frozenset(entity_ids)
    shared = [tie for value in shared_by(claims, entity_ids) for tie in ties_of(value, ids)]
    telling = [tie for tie in shared if not _another_of_the_name(standing, tie)]
    return _ordered([*links_of(claims, entity_ids), *telling, *judged_ties(claims, standing, entity_ids)])


def _another_of_the_name(standing: Standing, tie: Tie) -> bool:
    return tie.schema == "name" and standing.says(tie.source_id, tie.target_id) is Verdict.DIFFERENT


def _ordered(ties: Iterable[Tie]) -> list[Tie]:
    return sorted(ties, key=lambda tie: (-tie.strength, tie.kind, tie.id, tie.source_id, tie.target_id))
