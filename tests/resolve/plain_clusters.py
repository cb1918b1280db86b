"""What `shellgame.resolve.clusters` and `judged` do, slow and obvious: every way walked, every pair of clusters looked at anew."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import combinations

from tests.model.plain_standing import Plain

from shellgame.model.judgement import Judgement
from shellgame.resolve.edges import UNIT, Rest, Rules

Edge = tuple[str, str, float, Rest, int]
Pair = tuple[str, str]


def plain_judged(judgements: Iterable[Judgement]) -> tuple[set[Pair], set[Pair]]:
    """What must be joined, and what must stay apart."""
    plain = Plain(list(judgements))
    same, apart = ({(min(pair), max(pair)) for pair in pairs} for pairs in (plain.joined, plain.apart))
    return same, apart


def plain_clusters(
    records: Iterable[str], edges: Iterable[Edge], judgements: Iterable[Judgement], rules: Rules
) -> set[frozenset[str]]:
    """Clusters of records."""
    here = set(records)
    same, apart = plain_judged(judgements)
    known = {each: frozenset([each]) for each in here | {end for pair in same | apart for end in pair}}
    for pair in same:
        union = known[pair[0]] | known[pair[1]]
        known.update(dict.fromkeys(union, union))
    groups = set(known.values())
    best = _best(edges)
    while found := min(
        filter(None, (_merit(one, other, here, best, apart, rules) for one, other in combinations(groups, 2))),
        default=None,
    ):
        *_, left, right = found
        one, other = frozenset(left), frozenset(right)
        groups = groups - {one, other} | {one | other}
    return {frozenset(group & here) for group in groups if group & here}


def _best(edges: Iterable[Edge]) -> dict[tuple[str, str, Rest], tuple[float, int]]:
    best: dict[tuple[str, str, Rest], tuple[float, int]] = {}
    for left, right, probability, rest, shared_by in sorted(edges, key=lambda edge: (edge[2], -edge[4])):
        best[min(left, right), max(left, right), rest] = (probability, shared_by)
    return best


def plain_weight(probability: float, shared_by: int, rules: Rules) -> int:
    odds = _log_odds(probability)
    counted = min(max(odds, _log_odds(0.001)), _log_odds(0.999))
    said = counted + (odds - counted) / 128 - _log_odds(rules.threshold)
    if said > 0:
        said = max(0.0, said - math.log(max(shared_by, 2) - 1)) if shared_by <= rules.hub else 0.0
    return round(said * UNIT)


def _log_odds(probability: float) -> float:
    kept = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(kept / (1 - kept))


def _merit(
    one: frozenset[str],
    other: frozenset[str],
    records: set[str],
    edges: dict[tuple[str, str, Rest], tuple[float, int]],
    apart: set[Pair],
    rules: Rules,
) -> tuple[bool, float, tuple[str, str, Rest], list[str], list[str]] | None:
    def between(pair: tuple[str, ...]) -> bool:
        return (pair[0] in one and pair[1] in other) or (pair[0] in other and pair[1] in one)

    never = {key[:2] for key, (probability, _) in edges.items() if probability == 0}
    found = {key: plain_weight(*edge, rules) for key, edge in edges.items() if between(key)}
    weight = sum(found.values())
    uncompared = len(one & records) * len(other & records) - len({key[:2] for key in found})
    if weight - rules.doubt * uncompared <= 0 or any(map(between, apart | never)):
        return None
    identified = any(key[2] is Rest.IDENTIFIER and said > 0 for key, said in found.items())
    return not identified, -weight / len(found), min(found), sorted(one), sorted(other)
