"""Networks that one party holds together, to try on them whether it is found.

One party, the keystone, ties groups together, and nothing else does but a few weak ties. Who the keystone is follows from how a
network is made, not from any measure of who matters.

`planted`: groups that hang together in ways of their own: around a parent company, as a chain of holdings, around an address that
all share, or among relatives. The parent or the address often has more ties than the keystone, which is what a count of ties
would choose; outside them a broker holds two small groups. Whoever lies on most shortest ways is nearly always the keystone here.

`planted_beside_a_broker`: small groups and one dense community. In that a broker, strongly tied to nearly everybody, lies on most
shortest ways, as a bank or an agent of many companies does; but nobody falls off without it, since the others are tied among
themselves, or, where it is replaceable, as nearly everybody is tied to its stand-in as well, only less strongly. A count of ties
chooses the broker, and so may a count of shortest ways.
"""

from __future__ import annotations

import random

import networkx as nx

from shellgame.graph.strength import Pair

KEYSTONE = "keystone"
BROKER, STAND_IN = "broker", "stand-in"


def planted(seed: int) -> dict[Pair, float]:
    """A network with a keystone: strength of each tied pair."""
    dice = random.Random(seed)  # noqa: S311 - nothing here has to be hard to guess
    graph = nx.Graph()
    members = []
    for group in range(dice.randint(4, 7)):
        nodes = [f"g{group}-{n:02}" for n in range(dice.randint(5, 14))]
        _grow(graph, nodes, dice)
        members.append(nodes)
    _tie_by_keystone(graph, members, dice)
    small = [[f"s{group}-{n}" for n in range(4)] for group in range(2)]
    for nodes in small:
        _grow(graph, nodes, dice)
        graph.add_edge(BROKER, nodes[0], strength=0.9)
    graph.add_edge(BROKER, dice.choice(members[0]), strength=0.9)
    _tie_weakly(graph, members, dice)
    return _strengths(graph)


def planted_beside_a_broker(seed: int, *, replaceable: bool) -> dict[Pair, float]:
    """A network with a keystone and, in a dense community, a broker who is none: strength of each tied pair."""
    dice = random.Random(seed)  # noqa: S311 - nothing here has to be hard to guess
    graph = nx.Graph()
    community = [f"c{n:02}" for n in range(dice.randint(30, 60))]
    for n, node in enumerate(community):
        for other in (community[n - 1], *dice.sample(community[:n] + community[n + 1 :], dice.randint(1, 3))):
            graph.add_edge(node, other, strength=dice.uniform(0.4, 0.8))
        if dice.random() < 0.9:
            graph.add_edge(BROKER, node, strength=dice.uniform(0.8, 0.95))
            if replaceable:
                graph.add_edge(STAND_IN, node, strength=dice.uniform(0.65, 0.8))
    members = [community]
    for group in range(dice.randint(3, 5)):
        nodes = [f"g{group}-{n:02}" for n in range(dice.randint(4, 7))]
        _grow(graph, nodes, dice)
        members.append(nodes)
    _tie_by_keystone(graph, members, dice)
    _tie_weakly(graph, members, dice)
    return _strengths(graph)


def _tie_by_keystone(graph: nx.Graph, members: list[list[str]], dice: random.Random) -> None:
    for nodes in members:
        for node in dice.sample(nodes, dice.randint(1, 2)):
            graph.add_edge(KEYSTONE, node, strength=dice.uniform(0.6, 0.95))


def _tie_weakly(graph: nx.Graph, members: list[list[str]], dice: random.Random) -> None:
    for _ in range(dice.randint(1, 3)):
        one, other = dice.sample(members, 2)
        pair = dice.choice(one), dice.choice(other)
        graph.add_edge(*pair, strength=dice.uniform(0.05, 0.25))


def _strengths(graph: nx.Graph) -> dict[Pair, float]:
    return {(min(pair), max(pair)): graph.edges[pair]["strength"] for pair in graph.edges}


def _grow(graph: nx.Graph, nodes: list[str], dice: random.Random) -> None:
    kind = dice.choice(("parent", "chain", "address", "family"))
    pairs = {
        "parent": [(nodes[0], node) for node in nodes[1:]],
        "chain": [(nodes[n], nodes[max(0, n - dice.randint(1, 2))]) for n in range(1, len(nodes))],
        "address": [(nodes[n], nodes[m]) for n in range(len(nodes)) for m in range(n) if dice.random() < 0.5 or m == 0],
        "family": [(nodes[n], nodes[dice.randrange(n)]) for n in range(1, len(nodes)) for _ in range(2)],
    }[kind]
    for pair in pairs:
        graph.add_edge(*pair, strength=dice.uniform(0.4, 0.95))
