"""The best evidenced ways between two entities, against networkx and against growing everything."""

from __future__ import annotations

from itertools import pairwise
from math import log, prod

import networkx as nx
import numpy as np
import pytest

from shellgame.graph.paths import best_ways, ways_between
from shellgame.graph.strength import neighbours_of, reach_from, steps_from
from shellgame.sources.claims import Claims
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.testing.publications import incoming


def random_graph(seed: int, nodes: int, edges: int) -> nx.Graph:
    dice = np.random.default_rng(seed)
    graph = nx.relabel_nodes(nx.gnm_random_graph(nodes, edges, seed=seed), "n{:02}".format)
    for pair in graph.edges:
        strength = float(dice.uniform(0.2, 0.99))
        graph.edges[pair].update(strength=strength, cost=-log(strength))
    return graph


def near_of(graph: nx.Graph):
    return neighbours_of({(min(pair), max(pair)): graph.edges[pair]["strength"] for pair in graph.edges})


@pytest.mark.parametrize("seed", range(30))
def test_the_best_ways_are_those_of_networkx(seed: int) -> None:
    graph = random_graph(seed, 12, 22)
    expected = []
    if nx.has_path(graph, "n00", "n01"):
        found = nx.shortest_simple_paths(graph, "n00", "n01", weight="cost")
        expected = [tuple(ids) for ids, _ in zip(found, range(8), strict=False)]

    ways = best_ways(near_of(graph), ["n00"], ["n01"], 8)

    assert [ids for _, ids in ways] == expected
    for strength, ids in ways:
        assert strength == pytest.approx(prod(graph.edges[step]["strength"] for step in pairwise(ids)))


@pytest.mark.parametrize("seed", range(10))
def test_an_end_of_several_entities_is_left_once_and_reached_once(seed: int) -> None:
    graph = random_graph(seed, 12, 24)
    one, other = ["n00", "n01"], ["n02", "n03"]
    ways = best_ways(near_of(graph), one, other, 500)
    expected = {
        tuple(ids)
        for source in one
        for target in other
        for ids in nx.all_simple_paths(graph, source, target)
        if not {*ids[1:]} & {*one} and not {*ids[:-1]} & {*other}
    }
    assert {ids for _, ids in ways} == expected or len(ways) == 500
    assert [strength for strength, _ in ways] == pytest.approx(sorted((s for s, _ in ways), reverse=True))


@pytest.mark.parametrize("seed", range(10))
def test_reach_and_steps_are_those_of_networkx(seed: int) -> None:
    graph = random_graph(seed, 20, 25)
    reach = reach_from(near_of(graph), ["n00"])
    costs = nx.single_source_dijkstra_path_length(graph, "n00", weight="cost")
    assert {identity: -log(its) for identity, its in reach.items()} == pytest.approx(costs, abs=1e-9)
    assert steps_from(near_of(graph), ["n00"]) == nx.single_source_shortest_path_length(graph, "n00")


def test_one_who_is_both_ends_is_a_way_of_no_step() -> None:
    assert best_ways({}, ["a"], ["a"], 3) == [(1.0, ("a",))]


def a_store(tmp_path, graph: nx.Graph) -> Store:
    claims = Claims("us_ofac_sdn")
    records = {node: claims.record(f"r-{node}", "Organization", f"sdn.csv#{node}") for node in sorted(graph)}
    for node, record in records.items():
        record.add("name", f"Invented Company {node * 3}")
    for one, other in sorted(graph.edges):
        records[one].link("UnknownLink", f"r-{other}", role="Linked To", quote=f"Linked To: {other}.")
    store = Store(tmp_path / "ws")
    store.add(incoming(tmp_path, "2024-01-01", claims))
    return store


@pytest.mark.parametrize("batch", [1, 100])
def test_growing_from_both_ends_finds_what_knowing_everything_does(tmp_path, monkeypatch, batch) -> None:
    monkeypatch.setattr("shellgame.graph.paths.BATCH", batch)
    graph = nx.relabel_nodes(nx.connected_watts_strogatz_graph(25, 4, 0.3, seed=5), "n{:02}".format)
    with ClaimSet(a_store(tmp_path, graph)) as claims:
        found = ways_between(claims, ["r-n00"], ["r-n20"], k=4, faintest=0.001)
    lengths = [len(ids) for ids, _ in zip(nx.shortest_simple_paths(graph, "n00", "n20"), range(4), strict=False)]
    assert [len(way.ids) for way in found.ways] == lengths
    assert found.whole
    assert found.ways[0].strength == pytest.approx(0.95 ** (lengths[0] - 1))
    for way in found.ways:
        assert len(way.steps) == len(way.ids) - 1
        assert all(tie.claims and tie.claims[0].quote.startswith("Linked To") for step in way.steps for tie in step)
    assert found.entities.keys() == {identity for way in found.ways for identity in way.ids}


def test_no_way_says_how_far_it_looked(tmp_path, monkeypatch) -> None:
    graph = nx.relabel_nodes(nx.disjoint_union(nx.path_graph(6), nx.path_graph(3)), "n{:02}".format)
    with ClaimSet(a_store(tmp_path, graph)) as claims:
        found = ways_between(claims, ["r-n00"], ["r-n07"])
        assert (found.ways, found.whole) == ((), True)
        assert found.asked >= 3
        monkeypatch.setattr("shellgame.graph.paths.MOST_ASKED", 1)
        monkeypatch.setattr("shellgame.graph.paths.BATCH", 1)
        cut = ways_between(claims, ["r-n00"], ["r-n05"])
    assert (cut.ways, cut.whole) == ((), False)
    assert cut.sought > 0.8
