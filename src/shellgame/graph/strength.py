"""How strongly two entities are tied by all that ties them together, and how far evidence reaches along such ties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import heappop, heappush

from shellgame.graph.ties import Tie

Pair = tuple[str, str]
"""Two ids, the smaller first."""


def pair_strengths(ties: Iterable[Tie], weakest: float = 0.0) -> dict[Pair, float]:
    """How strongly each two entities are tied, 0 to 1.

    Ties that say something else add up as independent evidence does, 1 - (1 - a)(1 - b), so two weak ones are more than one and no
    number of them is certain. Those that say the same in the same words (a directorship that three lists print) count once, by the
    strongest of them; so do links that one record of one source tells (shares, votes and board seats of one filing).

    Args:
        ties: Of any kind.
        weakest: Ties below this strength are left out, as are those of strength 0 (denied ones).
    """
    said: defaultdict[Pair, dict[_Telling, float]] = defaultdict(dict)
    told: defaultdict[Pair, dict[_Telling, float]] = defaultdict(dict)
    for tie in ties:
        if tie.strength > 0 and tie.strength >= weakest and tie.source_id != tie.target_id:
            pair = (min(tie.source_id, tie.target_id), max(tie.source_id, tie.target_id))
            words = (tie.schema, tie.label.casefold())
            said[pair][words] = max(said[pair].get(words, 0.0), tie.strength)
            for telling in _tellings(tie) or {words}:
                told[pair][telling] = max(told[pair].get(telling, 0.0), tie.strength)
    return {pair: min(_together(each[pair].values()) for each in (said, told)) for pair in sorted(said)}


_Telling = tuple[str, str]
"""What says something of a pair: the words of a tie, or a source and its record."""


def _tellings(tie: Tie) -> set[_Telling]:
    """The records that tell a link; what two share is told by both, and counts by itself."""
    return {(claim.source, claim.record_id) for claim in tie.claims} if tie.kind == "link" else set()


def _together(strengths: Iterable[float]) -> float:
    missing = 1.0
    for strength in strengths:
        missing *= 1.0 - strength
    return 1.0 - missing


Neighbours = Mapping[str, Mapping[str, float]]
"""By entity: who it is tied to, and how strongly."""


def neighbours_of(strengths: Mapping[Pair, float]) -> Neighbours:
    """The same from each end."""
    near: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), strength in strengths.items():
        near[one][other] = near[other][one] = strength
    return near


def reach_from(near: Neighbours, start: Iterable[str]) -> dict[str, float]:
    """How well what is known leads from a start to each entity: the product of strengths along the best way.

    It is 1 for the start itself; entities that no way leads to are left out.
    """
    reach: dict[str, float] = {}
    waiting = [(-1.0, identity) for identity in sorted(set(start))]
    while waiting:
        far, identity = heappop(waiting)
        if identity in reach:
            continue
        reach[identity] = -far
        for other, strength in near.get(identity, {}).items():
            if other not in reach:
                heappush(waiting, (far * strength, other))
    return reach


def steps_from(near: Neighbours, start: Iterable[str]) -> dict[str, int]:
    """By how many ties at least each entity is away from a start."""
    frontier = dict.fromkeys(start)
    steps = dict.fromkeys(frontier, 0)
    while frontier:
        far = steps[next(iter(frontier))] + 1
        frontier = dict.fromkeys(other for each in frontier for other in near.get(each, {}) if other not in steps)
        steps |= dict.fromkeys(frontier, far)
    return steps
