"""The parts of a network: groups that hang together more than with the rest, and who stands between them.

A *community* is a group of entities that are tied to one another more than chance would have it (Louvain method, always with the
same seed, so that the same network always has the same groups). A *broker* lies on the best evidenced ways between many others.
Some brokers are the only tie between parts: without them these fall apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from shellgame.graph.key_players import Reach
from shellgame.graph.strength import Pair
from shellgame.kernels.betweenness import betweenness

_SEED = 20240415
"""Louvain visits entities in an order by lot; any number will do, as long as it is always the same."""


@dataclass(frozen=True)
class Broker:
    """Somebody who stands between others.

    Attributes:
        id: The entity.
        between: Share of the pairs of others between whom the shortest way leads through it, 0 to 1.
        parts: What would fall apart without it, the largest first; empty where the rest would still hang together.
    """

    id: str
    between: float
    parts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Groups:
    """The parts of a network.

    Attributes:
        communities: Each with its entities, the largest first; whoever is tied to nobody is in none.
        brokers: Whoever stands between others, the busiest first.
    """

    communities: tuple[tuple[str, ...], ...]
    brokers: tuple[Broker, ...]


def groups_of(strengths: Mapping[Pair, float]) -> Groups:
    """Find the communities of a network and who stands between their members.

    Args:
        strengths: Of each tied pair, above 0 to 1; a tie is as long as it is weak, 1 / strength.
    """
    graph = nx.Graph()
    network = Reach(strengths)
    graph.add_nodes_from(network.ids)
    graph.add_weighted_edges_from((*pair, strengths[pair]) for pair in sorted(strengths))
    return Groups(_communities(graph), _brokers(graph, network))


def _communities(graph: nx.Graph) -> tuple[tuple[str, ...], ...]:
    """Groups by Louvain; one that does not hang together of itself, which the method does not rule out, is several."""
    found = nx.community.louvain_communities(graph, weight="weight", seed=_SEED) if graph else []
    return _largest_first(part for group in found for part in nx.connected_components(graph.subgraph(group)))


def _brokers(graph: nx.Graph, network: Reach) -> tuple[Broker, ...]:
    nodes = len(network.ids)
    pairs = max((nodes - 1) * (nodes - 2) / 2, 1)
    between = dict(zip(network.ids, (betweenness(network.ways) / pairs).tolist(), strict=True))
    joints = set(nx.articulation_points(graph))
    brokers = [
        Broker(each, its, _parts_without(graph, each) if each in joints else ()) for each, its in between.items()
    ]
    busy = [broker for broker in brokers if broker.between > 0 or broker.parts]
    return tuple(sorted(busy, key=lambda broker: (-round(broker.between, 9), broker.id)))


def _parts_without(graph: nx.Graph, out: str) -> tuple[tuple[str, ...], ...]:
    """What hangs on somebody, in the parts that it would fall into."""
    rest = graph.subgraph(set(nx.node_connected_component(graph, out)) - {out})
    return _largest_first(nx.connected_components(rest))


def _largest_first(groups: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(sorted(group)) for group in groups), key=lambda group: (-len(group), group)))
