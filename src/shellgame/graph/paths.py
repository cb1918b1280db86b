"""How two entities are connected: the best evidenced ways from one to the other, every tie of them with its claims.

Both ends grow, the better reached side first, until nothing that is not known yet could be better than what was found. A way is as
strong as the product of its steps; no entity stands in it twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from shellgame.graph.growth import BATCH, Growth, Joining
from shellgame.graph.strength import Neighbours, reach_from
from shellgame.graph.ties import Tie
from shellgame.model.entity import Entity
from shellgame.model.standing import Standing
from shellgame.store.claims import ClaimSet

FAINTEST = 0.05
"""Ways weaker than this are not looked for: there nearly everybody is connected with everybody."""
MOST_ASKED = 1_000
"""So many entities are asked for their ties before a search gives up, and says so."""
_START, _END = "\0start", "\0end"
"""Stand before the entities of the one end and behind those of the other, where each may be several."""


@dataclass(frozen=True)
class Way:
    """A way between two entities.

    Attributes:
        ids: The entities along it, both ends included.
        strength: Product of the strengths of its steps, 0 to 1.
        steps: Of each step its ties, strongest first.
    """

    ids: tuple[str, ...]
    strength: float
    steps: tuple[tuple[Tie, ...], ...]


@dataclass(frozen=True)
class Ways:
    """What was found between two entities.

    Attributes:
        ends: The two ends as they were asked for: the parties of each.
        ways: The best evidenced first; empty where none was found.
        entities: Everybody along them, by id.
        asked: How many entities were asked for their ties.
        sought: Every way at least this strong was looked for.
        whole: Whether no way was left out that is stronger than those found; else there were too many entities to ask.
    """

    ends: tuple[tuple[str, ...], tuple[str, ...]]
    ways: tuple[Way, ...]
    entities: Mapping[str, Entity]
    asked: int
    sought: float
    whole: bool


def ways_between(
    claims: ClaimSet,
    one: Sequence[str],
    other: Sequence[str],
    *,
    k: int = 3,
    faintest: float = FAINTEST,
    former: bool = False,
    standing: Standing | None = None,
    identities: Joining | None = None,
) -> Ways:
    """Find the best evidenced ways from one entity to another.

    Args:
        claims: The claims of the day.
        one: The records that one end is taken to mean.
        other: The records of the other end.
        k: How many ways at most.
        faintest: Weaker ways are not looked for, 0 to 1.
        former: Whether links that have ended by the day may be part of a way.
        standing: What people decided.
        identities: Which records are one party; each stands alone when None.
    """
    growth = Growth(claims, [*one, *other], standing=standing, identities=identities, former=former)
    ends = growth.parties(one), growth.parties(other)
    while True:
        found = best_ways(growth.near, *ends, k)
        limit = max(faintest, found[-1][0] if len(found) == k else 0.0)
        fronts = [_front(growth, end) for end in ends]
        near, far = sorted(fronts, key=lambda front: -_best_of(front))
        unknown = _best_of(near) * _best_of(far)
        if unknown <= limit or len(growth.asked) >= MOST_ASKED:
            break
        growth.ask([identity for identity, reach in near if reach * _best_of(far) > limit][:BATCH])
    founded = [each for each in found if each[0] >= faintest]
    told = growth.told(tie for _, ids in founded for step in pairwise(ids) for tie in growth.between(*step))
    ways = tuple(_way(told, strength, ids) for strength, ids in founded)
    parties = dict.fromkeys([*ends[0], *ends[1], *(identity for way in ways for identity in way.ids)])
    return Ways(ends, ways, growth.entities(parties), len(growth.asked), max(unknown, faintest), unknown <= limit)


def best_ways(
    near: Neighbours, one: Sequence[str], other: Sequence[str], k: int
) -> list[tuple[float, tuple[str, ...]]]:
    """The k strongest ways between two ends on which nobody stands twice, each with its strength; of equal ones the shortest first.

    An end may be several entities; a way then touches one of each.

    Source: Yen, Management Science 17 (1971), 712-716, with deviations only from where a way left its parent (Lawler 1972).
    """
    graph = _Ends(near, frozenset(one), frozenset(other))
    first = graph.best((_START,), frozenset())
    waiting = [(first, 1)] if first else []
    met = {way.ids for way, _ in waiting}
    found: list[_Found] = []
    while waiting and len(found) < k:
        way, leaves = heappop(waiting)
        found.append(way)
        for place in range(leaves, len(way.ids) - 1):
            root = way.ids[:place]
            taken = frozenset(its.ids[place] for its in found if its.ids[:place] == root)
            new = graph.best(root, taken)
            if new and new.ids not in met:
                met.add(new.ids)
                heappush(waiting, (new, place))
    return [(way.strength, way.ids[1:-1]) for way in found]


class _Found(NamedTuple):
    """A way as it is ranked: strongest first, then shortest, then by ids; strengths that differ by rounding only are the same."""

    rank: float
    steps: int
    ids: tuple[str, ...]
    strength: float


class _Ends:
    """A graph between two ends, of which one stands before all entities of the one and the other behind all of the other."""

    def __init__(self, near: Neighbours, one: frozenset[str], other: frozenset[str]) -> None:
        self._near, self._one, self._other = near, one, other

    def onward(self, identity: str) -> Mapping[str, float]:
        """Where a way leads on from somebody, and how strongly."""
        if identity == _START:
            return dict.fromkeys(self._one, 1.0)
        if identity in self._other:
            return {_END: 1.0}
        return self._near.get(identity, {})

    def best(self, root: tuple[str, ...], taken: frozenset[str]) -> _Found | None:
        """The best way that begins with some steps and goes on to none of those that were taken."""
        strength = 1.0
        for here, there in pairwise(root):
            strength *= self.onward(here)[there]
        waiting = [_found(strength, root)]
        done = {*root[:-1], *(self._one if len(root) > 1 else ())} - {root[-1]}
        while waiting:
            way = heappop(waiting)
            here = way.ids[-1]
            if here == _END:
                return way
            if here in done:
                continue
            done.add(here)
            for other, its in self.onward(here).items():
                begun = len(way.ids) > 1 and other in self._one
                if other not in done and not begun and not (way.ids == root and other in taken):
                    heappush(waiting, _found(way.strength * its, (*way.ids, other)))
        return None


def _found(strength: float, ids: tuple[str, ...]) -> _Found:
    return _Found(-round(strength, 12), len(ids), ids, strength)


def _front(growth: Growth, end: Sequence[str]) -> list[tuple[str, float]]:
    """Who is reached from an end and was not asked yet, the best reached first."""
    reach = reach_from(growth.near, end)
    waiting = [(identity, its) for identity, its in reach.items() if identity not in growth.asked]
    return sorted(waiting, key=lambda each: (-each[1], each[0]))


def _best_of(front: Sequence[tuple[str, float]]) -> float:
    return front[0][1] if front else 0.0


def _way(ties: Sequence[Tie], strength: float, ids: tuple[str, ...]) -> Way:
    steps = (dict.fromkeys(tie for tie in ties if {tie.source_id, tie.target_id} == {*step}) for step in pairwise(ids))
    return Way(ids, strength, tuple(map(tuple, steps)))
