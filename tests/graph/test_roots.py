"""Who holds a network together, with its ties, whether it stays, and what the network could fall back on."""

from __future__ import annotations

import random
from itertools import pairwise

import networkx as nx
import pytest

from shellgame.graph.network import Network
from shellgame.graph.roots import WEAK, roots_of
from shellgame.graph.ties import Tie
from shellgame.model.entity import Entity
from shellgame.testing.keystones import BROKER, KEYSTONE, planted, planted_beside_a_broker


def tie(one, other, strength=0.95, past="", label="Linked To"):
    return Tie(f"{one}-{other}-{label}", "link", "UnknownLink", label, one, other, strength, None, None, (), past)


def network(ties, former=()):
    ids = sorted({end for each in (*ties, *former) for end in (each.source_id, each.target_id)})
    entities = {identity: Entity(identity, "Company", ()) for identity in ids}
    ranked = tuple(sorted(ties, key=lambda each: (-each.strength, each.id)))
    return Network((ids[0],), entities, dict.fromkeys(ids, 0), ranked, former=tuple(former))


def wheel(**spokes):
    """Somebody in the middle of four chains, the first of which is the longest."""
    chains = [[f"{name}{place}" for place in range(3 + (name == "a"))] for name in "abcd"]
    rows = [tie(one, other) for chain in chains for one, other in pairwise(chain)]
    return [*rows, *(tie("m", chain[0], **spokes) for chain in chains), tie("m", "a1", 0.9, label="a second tie")]


def test_the_middle_comes_first_with_one_tie_to_each_part_it_holds():
    found = roots_of(network(wheel()), 1, listed={"m": ("us_ofac_sdn",)})
    (root,) = found.roots
    assert (root.cut.id, root.parts, root.listed_by, root.stays) == ("m", 4, ("us_ofac_sdn",), (0.0, 0.5, 0.7))
    assert [each.target_id for each in root.ties] == ["a0", "b0", "c0", "d0", "a1"]
    assert found.candidates == 14


def test_only_those_whom_nobody_lists_where_asked():
    found = roots_of(network(wheel()), 2, listed={"m": ("us_ofac_sdn",)}, unlisted=True)
    assert "m" not in found.players.ids
    assert len(found.roots) == 2
    assert found.candidates == 13


def test_whoever_matters_by_weak_ties_only_does_not_stay():
    weak = [each for each in wheel(strength=0.4) if each.label != "a second tie"]
    (root,) = roots_of(network(weak), 1).roots
    assert (root.cut.id, root.stays) == ("m", (0.0,))


@pytest.mark.parametrize("spare", [tie("a0", "b0", past="ended"), tie("a0", "b0", past="former"), tie("a0", "b0", 0.2)])
def test_former_and_weak_ties_are_what_a_network_falls_back_on(spare):
    ties, former = ([*wheel()], [spare]) if spare.past == "ended" else ([*wheel(), spare], [])
    found = roots_of(network(ties, former), 1)
    (root,) = found.roots
    assert found.alternatives == 1
    assert root.cut.id == "m"
    assert root.cut.regrown < root.cut.cut


def test_denied_ties_hold_nothing():
    found = roots_of(network([*wheel(), tie("a0", "b0", 0.0, label="denied")]), 1)
    assert (found.alternatives, found.roots[0].cut.regrown) == (0, pytest.approx(found.roots[0].cut.cut))


@pytest.mark.parametrize("seed", range(4))
def test_in_a_planted_network_whoever_holds_most_comes_first_in_whatever_order_ties_are_told(seed):
    strengths = planted(seed)
    ties = [tie(*pair, strength) for pair, strength in strengths.items()]
    found = roots_of(network(ties), 2).players
    random.Random(seed).shuffle(ties)
    assert roots_of(network(ties), 2).players == found
    (first,) = roots_of(network(ties), 1).players.ids
    held = nx.Graph()
    held.add_weighted_edges_from((*pair, 1 / strength) for pair, strength in strengths.items() if strength >= WEAK)
    assert left(held, first) == pytest.approx(min(left(held, each) for each in held))


def left(held, out):
    """What is reached without somebody."""
    rest = held.subgraph(set(held) - {out})
    found = nx.all_pairs_dijkstra_path_length(rest)
    return sum(1 / far for one, those in found for other, far in those.items() if one < other)


def test_planted_keystones_come_first_far_more_often_than_not():
    first = [roots_of(network([tie(*pair, its) for pair, its in planted(seed).items()]), 1) for seed in range(60)]
    # bench/networks tells the share: .96; a test of 60 that wanted as much would turn on a single network
    assert sum(found.players.ids == (KEYSTONE,) for found in first) >= 51


@pytest.mark.parametrize("replaceable", [True, False])
def test_beside_a_broker_it_is_the_keystone_alone_that_parts_a_network(replaceable):
    for seed in range(20):
        strengths = planted_beside_a_broker(seed, replaceable=replaceable)
        held = nx.Graph(pair for pair, strength in strengths.items() if strength >= WEAK)
        assert nx.is_connected(held)
        assert nx.is_connected(held.subgraph(set(held) - {BROKER}))
        assert nx.number_connected_components(held.subgraph(set(held) - {KEYSTONE})) >= 4
        assert held.degree(BROKER) == max(dict(held.degree()).values())


def test_a_network_without_ties_has_no_roots():
    empty = Network(("a",), {"a": Entity("a", "Company", ())}, {"a": 0}, ())
    found = roots_of(empty, 3)
    assert (found.roots, found.candidates) == ((), 1)
