"""Networks that one party holds together, to try on them whether it is found.

Each network is made of groups that hang together in ways of their own: around a parent company, as a chain of holdings, around an
address that all share, or among relatives. One party, the keystone, ties the groups together, and nothing else does but a few weak
ties. Every group has somebody with more ties than the keystone (the parent, the address), which is what a count of ties would
choose; a bridge inside a group and a busy broker of two small groups are there to mislead betweenness.
"""

from __future__ import annotations

import random

import networkx as nx

from shellgame.graph.strength import Pair

KEYSTONE = "keystone"


def planted(seed: int) -> dict[Pair, float]:
    """A network with a keystone: strength of each tied pair."""
    dice = random.Random(seed)  # noqa: S311 - nothing here has to be hard to guess
    graph = nx.Graph()
    members = []
    for group in range(dice.randint(4, 7)):
        nodes = [f"g{group}-{n:02}" for n in range(dice.randint(5, 14))]
        _grow(graph, nodes, dice)
        members.append(nodes)
    for nodes in members:
        for node in dice.sample(nodes, dice.randint(1, 2)):
            graph.add_edge(KEYSTONE, node, strength=dice.uniform(0.6, 0.95))
    small = [[f"s{group}-{n}" for n in range(4)] for group in range(2)]
    for nodes in small:
        _grow(graph, nodes, dice)
        graph.add_edge("broker", nodes[0], strength=0.9)
    graph.add_edge("broker", dice.choice(members[0]), strength=0.9)
    for _ in range(dice.randint(1, 3)):
        one, other = dice.sample(members, 2)
        pair = dice.choice(one), dice.choice(other)
        graph.add_edge(*pair, strength=dice.uniform(0.05, 0.25))
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
