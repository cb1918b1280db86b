"""What `shellgame.graph.ownership.evaluation.evaluate` answers, slow and obvious: go over all parties until nothing changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shellgame.graph.ownership.rules import Rule
from shellgame.model.stakes import IN_SHARES, WHOLE, StakeKind


class Stake(NamedTuple):
    """One holding, in units of a percent's millionth."""

    owner: int
    owned: int
    kind: StakeKind
    low: int
    high: int


class Verdict(NamedTuple):
    """As `Verdicts`, of one party."""

    answer: str
    kind: StakeKind
    low: int
    high: int
    control: bool


class Graph(NamedTuple):
    """Parties 0 to `parties` - 1, what they hold, who is listed, who holds jointly with whom."""

    parties: int
    stakes: Sequence[Stake]
    listed: frozenset[int]
    arrangements: Sequence[frozenset[int]] = ()


def plain_verdicts(graph: Graph, rule: Rule) -> list[Verdict]:
    """What a rule makes of every party."""
    together = [set(graph.listed)]
    starts = [{one} for one in sorted(graph.listed)] if rule.per_person else together
    sure = [_those_in(graph, rule, start, sure=True) for start in starts]
    open_starts = together if rule.silent_on_adding_up else starts
    possible = [_those_in(graph, rule, start, sure=False) for start in open_starts]
    return [_verdict(graph, rule, party, sure, possible) for party in range(graph.parties)]


def _those_in(graph: Graph, rule: Rule, start: set[int], *, sure: bool) -> set[int]:
    """Everybody whose stakes count with those of some listed owners."""
    inside = set(start)
    while True:
        more = {party for party in range(graph.parties) if _enough(graph, rule, party, inside, sure=sure)}
        if rule.per_person:
            more |= {member for members in graph.arrangements if members & inside for member in members}
        if more <= inside:
            return inside
        inside |= more


def _enough(graph: Graph, rule: Rule, party: int, inside: set[int], *, sure: bool) -> bool:
    """Whether what those inside hold of a party puts it inside too."""
    if sure:
        return any(
            limb.settles and least(graph, party, kind, inside) >= limb.least
            for limb in rule.limbs
            for kind in limb.kinds
        )
    return _points(graph, rule, party, inside) or any(
        most(graph, party, kind, inside) >= limb.least for limb in rule.limbs for kind in limb.kinds
    )


def _points(graph: Graph, rule: Rule, party: int, inside: set[int]) -> bool:
    return any(stake.kind in rule.control for stake in _in_it(graph, party) if stake.owner in inside - {party})


def _in_it(graph: Graph, party: int) -> Iterable[Stake]:
    return (stake for stake in graph.stakes if stake.owned == party)


def least(graph: Graph, party: int, kind: StakeKind, inside: set[int]) -> int:
    """What those inside are sure to hold of a party."""
    theirs = [stake for stake in _in_it(graph, party) if stake.kind == kind and stake.owner in inside - {party}]
    if kind not in IN_SHARES:
        return WHOLE if any(stake.high == WHOLE for stake in theirs) else 0
    return min(WHOLE, sum(stake.low for stake in theirs))


def most(graph: Graph, party: int, kind: StakeKind, inside: set[int]) -> int:
    """What those inside can hold of a party."""
    all_of_it = [stake for stake in _in_it(graph, party) if stake.kind == kind]
    theirs = [stake for stake in all_of_it if stake.owner in inside - {party}]
    if kind not in IN_SHARES:
        return WHOLE if theirs else 0
    others = sum(stake.low for stake in all_of_it if stake.owner not in inside - {party})
    if sum(stake.low for stake in all_of_it) > WHOLE:
        others = 0
    return min(sum(stake.high for stake in theirs), WHOLE - others)


def _verdict(graph: Graph, rule: Rule, party: int, sure: list[set[int]], possible: list[set[int]]) -> Verdict:
    control = any(_points(graph, rule, party, inside) for inside in possible)
    tried = []
    for limb in rule.limbs:
        for kind in limb.kinds:
            low = max((least(graph, party, kind, inside) for inside in sure), default=0)
            high = max((most(graph, party, kind, inside) for inside in possible), default=0)
            merit = 2 if limb.settles and low >= limb.least else 1 if high >= limb.least else 0
            tried.append((merit, high, low, kind))
    merit, high, low, kind = max(tried, key=lambda each: each[:3])
    answer = ("NOT_CAUGHT", "UNKNOWN", "CAUGHT")[max(merit, int(control))]
    return Verdict("LISTED" if party in graph.listed else answer, kind, low, high, control)
