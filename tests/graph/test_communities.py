"""Groups and brokers, against networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from shellgame.graph.communities import groups_of


def random_network(seed):
    dice = np.random.default_rng(seed)
    graph = nx.relabel_nodes(nx.gnm_random_graph(24, 30, seed=seed), "n{:02}".format)
    graph.remove_nodes_from(list(nx.isolates(graph)))
    for pair in graph.edges:
        strength = float(dice.choice([0.2, 0.4, 0.5, 0.8]))
        graph.edges[pair].update(strength=strength, length=1 / strength)
    return graph, {(min(pair), max(pair)): graph.edges[pair]["strength"] for pair in graph.edges}


@pytest.mark.parametrize("seed", range(12))
def test_brokers_and_joints_are_those_of_networkx(seed):
    graph, strengths = random_network(seed)
    groups = groups_of(strengths)
    between = {broker.id: broker.between for broker in groups.brokers}
    expected = nx.betweenness_centrality(graph, weight="length")
    assert {node: between.get(node, 0.0) for node in graph} == pytest.approx(expected)
    assert {broker.id for broker in groups.brokers if broker.parts} == set(nx.articulation_points(graph))
    for broker in groups.brokers:
        if broker.parts:
            rest = graph.subgraph(set(nx.node_connected_component(graph, broker.id)) - {broker.id})
            assert {frozenset(part) for part in broker.parts} == set(map(frozenset, nx.connected_components(rest)))


@pytest.mark.parametrize("seed", range(6))
def test_every_party_is_in_one_community_that_hangs_together(seed):
    graph, strengths = random_network(seed)
    shuffled = dict(reversed(list(strengths.items())))
    communities = groups_of(strengths).communities
    assert sorted(node for group in communities for node in group) == sorted(graph)
    assert all(nx.is_connected(graph.subgraph(group)) for group in communities)
    assert groups_of(shuffled).communities == communities


def test_two_families_and_who_stands_between_them():
    families = [[f"{family}{number}" for number in range(5)] for family in "ab"]
    strengths = {(x, y): 0.9 for its in families for place, x in enumerate(its) for y in its[place + 1 :]}
    strengths |= {("a0", "m"): 0.5, ("b0", "m"): 0.5}
    groups = groups_of(strengths)
    assert len(groups.communities) <= 3
    assert {frozenset(its) <= frozenset(groups.communities[0]) for its in families} == {True, False}
    broker = next(each for each in groups.brokers if each.id == "m")
    assert broker.parts == (tuple(families[0]), tuple(families[1]))
    assert broker.between == pytest.approx(25 / 45)


def test_nothing_has_no_parts():
    assert groups_of({}) == type(groups_of({}))((), ())
