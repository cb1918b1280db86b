"""Is who holds a network together found first? `python -m bench.networks.keystones [--networks N]` prints a table.

The networks are those of `shellgame.testing.keystones`. Beside the share in which the keystone comes first stand two measures of
what the choice is worth: how much of the reach the first three cut, which is what key players are chosen by, and how many pairs of
others they part, which nothing here is chosen by.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Collection
from functools import partial

import networkx as nx

from shellgame.graph.key_players import Reach, key_players
from shellgame.graph.roots import WEAK
from shellgame.graph.strength import Pair
from shellgame.testing.keystones import KEYSTONE, planted, planted_beside_a_broker

KINDS: dict[str, Callable[[int], dict[Pair, float]]] = {
    "groups": planted,
    "beside a broker": partial(planted_beside_a_broker, replaceable=False),
    "beside a broker with a stand-in": partial(planted_beside_a_broker, replaceable=True),
}


def chosen_by(strengths: dict[Pair, float]) -> dict[str, dict[int, tuple[str, ...]]]:
    """The first one and the first three by each way to choose."""
    graph = nx.Graph()
    for pair, strength in strengths.items():
        graph.add_edge(*pair, strength=strength, length=1 / strength)
    ways = {
        "betweenness": nx.betweenness_centrality(graph, weight="length"),
        "betweenness, all ties alike": nx.betweenness_centrality(graph),
        "strength of ties": dict(graph.degree(weight="strength")),
        "number of ties": dict(graph.degree()),
    }
    others = {way: sorted(of, key=lambda node: (-of[node], node)) for way, of in ways.items()}
    network = Reach(strengths)
    ours = {k: key_players(network, k).ids for k in (1, 3)}
    return {"key players": ours, **{way: {k: tuple(ranked[:k]) for k in (1, 3)} for way, ranked in others.items()}}


def parted(strengths: dict[Pair, float], out: Collection[str]) -> float:
    """Share of the pairs of others that no ties lead to one another any more, weak ties apart."""
    graph = nx.Graph(pair for pair, strength in strengths.items() if strength >= WEAK)
    graph.remove_nodes_from(out)
    together = sum(len(part) * (len(part) - 1) for part in nx.connected_components(graph))
    return 1 - together / (len(graph) * (len(graph) - 1))


def main() -> None:
    """Print, for each kind of network, what each way to choose finds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", type=int, default=200)
    parser.add_argument("--first-seed", type=int, default=0)
    asked = parser.parse_args()
    for kind, plant in KINDS.items():
        first, cut, apart, apart_by_one = (Counter[str]() for _ in range(4))
        for seed in range(asked.first_seed, asked.first_seed + asked.networks):
            strengths = plant(seed)
            network = Reach(strengths)
            for way, chosen in chosen_by(strengths).items():
                first[way] += chosen[1] == (KEYSTONE,)
                apart_by_one[way] += parted(strengths, chosen[1])
                cut[way] += 1 - network.without(network.numbers(chosen[3]))[0] / network.whole
                apart[way] += parted(strengths, chosen[3])
        print(f"{kind}, {asked.networks} networks from seed {asked.first_seed}")
        print(f"{'':28}{'keystone first':>15}{'one parts':>12}{'three cut':>12}{'three part':>12}")
        for way in cut:
            told = (of[way] / asked.networks for of in (first, apart_by_one, cut, apart))
            print(
                f"{way:28}"
                + "".join(f"{share:{width}.3f}" for share, width in zip(told, (15, 12, 12, 12), strict=True))
            )
        print()


if __name__ == "__main__":
    main()
