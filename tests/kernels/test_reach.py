"""How far a network reaches, against plain shortest ways of networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from shellgame.kernels.reach import Ways, losses


def ways_of(graph: nx.Graph) -> Ways:
    order = sorted(graph)
    near = [[(other, graph[node][other]["length"]) for other in sorted(graph[node])] for node in order]
    return Ways(
        np.concatenate([[0], np.cumsum([len(each) for each in near])]).astype(np.int64),
        np.array([other for each in near for other, _ in each], np.int32),
        np.array([length for each in near for _, length in each], np.float64),
    )


def plain_reach(graph: nx.Graph) -> float:
    found = nx.all_pairs_dijkstra_path_length(graph, weight="length")
    return sum(1 / far for one, those in found for other, far in those.items() if one < other)


@pytest.mark.parametrize("seed", range(40))
def test_losses_are_those_of_measuring_anew(seed: int) -> None:
    dice = np.random.default_rng(seed)
    graph = nx.gnm_random_graph(int(dice.integers(1, 25)), int(dice.integers(0, 45)), seed=seed)
    for one, other in graph.edges:
        graph[one][other]["length"] = float(dice.choice([1.0, 1.25, 2.0, 10.0]))
    gone = dice.random(len(graph)) < 0.15
    left = graph.subgraph([node for node in graph if not gone[node]])

    total, lost = losses(ways_of(graph), gone)

    assert total == pytest.approx(plain_reach(left))
    for node in graph:
        expected = 0.0 if gone[node] else plain_reach(left) - plain_reach(left.subgraph(set(left) - {node}))
        assert lost[node] == pytest.approx(expected, abs=1e-9)


def test_the_middle_of_a_star_holds_all_of_it() -> None:
    star = nx.star_graph(5)
    nx.set_edge_attributes(star, 1.0, "length")

    total, lost = losses(ways_of(star), np.zeros(6, np.bool_))

    assert total == 5 + 10 / 2
    assert lost[0] == total
    assert lost[1] == 1 + 4 / 2


def test_nothing_reaches_nowhere() -> None:
    empty = Ways(np.zeros(1, np.int64), np.empty(0, np.int32), np.empty(0, np.float64))
    total, lost = losses(empty, np.empty(0, np.bool_))
    assert total == 0
    assert len(lost) == 0
