"""On how many shortest ways each node lies, against networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from shellgame.graph.key_players import ways_of
from shellgame.kernels.betweenness import betweenness


def plain_betweenness(graph: nx.Graph) -> list[float]:
    found = nx.betweenness_centrality(graph, weight="length", normalized=False)
    return [found[node] for node in sorted(graph)]


def measured(graph: nx.Graph) -> list[float]:
    ends = np.array(sorted(graph.edges), np.int64).reshape(-1, 2)
    lengths = np.array([graph.edges[pair]["length"] for pair in sorted(graph.edges)], np.float64)
    return betweenness(ways_of(len(graph), ends, lengths)).tolist()


@pytest.mark.parametrize("seed", range(60))
def test_it_is_that_of_networkx(seed: int) -> None:
    dice = np.random.default_rng(seed)
    graph = nx.gnm_random_graph(int(dice.integers(1, 30)), int(dice.integers(0, 60)), seed=seed)
    for pair in graph.edges:
        graph.edges[pair]["length"] = float(dice.choice([1.0, 1.25, 2.0, 2.5]))
    assert measured(graph) == pytest.approx(plain_betweenness(graph))


def test_equally_short_ways_count_as_their_parts() -> None:
    square = nx.cycle_graph(4)
    nx.set_edge_attributes(square, 1.0, "length")
    assert measured(square) == [0.5, 0.5, 0.5, 0.5]
