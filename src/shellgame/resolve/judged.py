"""What people decided, as what must be joined and what must stay apart, with their contradictions laid open.

Of each author the latest decision on a pair stands; `unsure` takes back what the same author said before, and speaks neither for
nor against. "Same" goes on: A same B and B same C make A and C the same, also over a record that has left the lists.

Two things contradict: a pair that one author calls the same and another different, and a row of "same" whose ends somebody calls
different. Neither side wins: every "same" that such a row could go over is suspended, which means that it joins nobody and that
its two records are kept apart, as are the ends, until somebody decides anew. "Same" decisions beside it stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import rustworkx as rx

from shellgame.model.judgement import Judgement, Verdict

Pair = tuple[str, str]


@dataclass(frozen=True)
class Contradiction:
    """Decisions that cannot all be right.

    Attributes:
        different: The two records that are called different.
        same: Each pair called the same that leads, or may lead, from one of them to the other; all are suspended.
        judgements: The decisions behind it, by pair and time.
    """

    different: Pair
    same: tuple[Pair, ...]
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True)
class Judged:
    """Decisions, made ready for clustering; `apart` never lies within what `same` joins.

    Attributes:
        same: Pairs that must be joined, each smaller id first, sorted.
        apart: Pairs that must not be: those called different, and suspended ones.
        contradictions: What is to be shown to people.
    """

    same: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


def judged_of(judgements: Iterable[Judgement]) -> Judged:
    """Make decisions ready for clustering.

    Args:
        judgements: In the order they were made; it counts only where two of one author and pair bear the same second.
    """
    standing = _standing(judgements)
    said = {
        verdict: {pair for pair, its in standing.items() if any(each.judgement is verdict for each in its)}
        for verdict in (Verdict.SAME, Verdict.DIFFERENT)
    }
    same, different = said[Verdict.SAME], said[Verdict.DIFFERENT]
    found = [
        Contradiction(pair, ways, _behind(standing, (pair, *ways))) for pair, ways in _ways(same, different).items()
    ]
    suspended = {pair for each in found for pair in each.same}
    return Judged(tuple(sorted(same - suspended)), tuple(sorted(different | suspended)), tuple(found))


def _standing(judgements: Iterable[Judgement]) -> dict[Pair, list[Judgement]]:
    """The latest decision of each author on each pair, without those that are unsure."""
    latest: dict[tuple[Pair, str], Judgement] = {}
    for made in sorted(judgements, key=lambda made: made.decided_at):
        left, right = sorted((made.left_id, made.right_id))
        if left != right:
            latest[(left, right), made.author] = made
    standing: defaultdict[Pair, list[Judgement]] = defaultdict(list)
    for (pair, _), made in sorted(latest.items(), key=lambda each: each[0]):
        if made.judgement is not Verdict.UNSURE:
            standing[pair].append(made)
    return standing


def _behind(standing: Mapping[Pair, list[Judgement]], pairs: tuple[Pair, ...]) -> tuple[Judgement, ...]:
    return tuple(
        sorted((made for pair in dict.fromkeys(pairs) for made in standing[pair]), key=lambda made: made.decided_at)
    )


def _ways(same: set[Pair], different: set[Pair]) -> dict[Pair, tuple[Pair, ...]]:
    """For each pair called different that "same" joins: every "same" on some way between its ends.

    These are the edges that lie on a circle with it, which is what a biconnected component is.
    """
    graph: rx.PyGraph[str, Pair] = rx.PyGraph()
    number = {each: graph.add_node(each) for each in sorted({end for pair in same for end in pair})}
    graph.add_edges_from([(number[left], number[right], (left, right)) for left, right in sorted(same)])
    part = {node: place for place, nodes in enumerate(rx.connected_components(graph)) for node in nodes}
    members: defaultdict[int, list[int]] = defaultdict(list)
    for node in sorted(part):
        members[part[node]].append(node)
    found: dict[Pair, tuple[Pair, ...]] = {}
    for pair in sorted(different):
        ends = [number.get(end) for end in pair]
        if ends[0] is None or ends[1] is None or part[ends[0]] != part[ends[1]]:
            continue
        found[pair] = (pair,) if pair in same else ()
        found[pair] += _on_a_circle(graph.subgraph(members[part[ends[0]]]), pair)
    return {pair: tuple(sorted(set(ways))) for pair, ways in found.items()}


def _on_a_circle(graph: rx.PyGraph[str, Pair], pair: Pair) -> tuple[Pair, ...]:
    number = {graph[node]: node for node in graph.node_indices()}
    ends = (number[pair[0]], number[pair[1]])
    if not graph.has_edge(*ends):
        graph.add_edge(*ends, pair)
    circles = dict(rx.biconnected_components(graph).items())
    mine = circles.get(ends, circles.get(ends[::-1]))
    pairs = ((graph[a], graph[b]) for (a, b), circle in circles.items() if circle == mine)
    return tuple(each for each in ((min(two), max(two)) for two in pairs) if each != pair)
