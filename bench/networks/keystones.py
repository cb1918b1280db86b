"""Is who holds a network together found first? `python -m bench.networks.keystones [--networks N]` prints a table.

The networks are those of `shellgame.testing.keystones`.
"""

from __future__ import annotations

import argparse
from collections import Counter

import networkx as nx

from shellgame.graph.key_players import Reach, key_players
from shellgame.graph.strength import Pair
from shellgame.testing.keystones import KEYSTONE, planted


def ranked_by(network: Reach, strengths: dict[Pair, float], k: int) -> dict[str, tuple[str, ...]]:
    """The first k by each way to choose."""
    graph = nx.Graph()
    for pair, strength in strengths.items():
        graph.add_edge(*pair, strength=strength, length=1 / strength)
    ways = {
        "betweenness": nx.betweenness_centrality(graph, weight="length"),
        "strength of ties": dict(graph.degree(weight="strength")),
    }
    others = {way: tuple(sorted(of, key=lambda node: (-of[node], node))[:k]) for way, of in ways.items()}
    return {"key players": key_players(network, k).ids, **others}


def main() -> None:
    """Print how often each way to choose puts the keystone first, and how much its first three cut."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", type=int, default=500)
    networks = parser.parse_args().networks
    first: Counter[str] = Counter()
    cut: Counter[str] = Counter()
    for seed in range(networks):
        strengths = planted(seed)
        network = Reach(strengths)
        first.update(way for way, chosen in ranked_by(network, strengths, 1).items() if chosen == (KEYSTONE,))
        for way, chosen in ranked_by(network, strengths, 3).items():
            cut[way] += 1 - network.without(network.numbers(chosen))[0] / network.whole
    for way in cut:
        print(f"{way:18} keystone first {first[way] / networks:.3f}, three cut {cut[way] / networks:.3f}")


if __name__ == "__main__":
    main()
