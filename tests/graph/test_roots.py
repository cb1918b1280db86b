"""Who holds a network together, with its ties, whether it stays, and what the network could fall back on."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from shellgame.graph.network import Network
from shellgame.graph.roots import roots_of
from shellgame.graph.ties import Tie
from shellgame.model.entity import Entity
from shellgame.testing.keystones import KEYSTONE, planted


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


def test_a_planted_keystone_comes_first_in_whatever_order_its_ties_are_told():
    first = []
    for seed in range(20):
        ties = [tie(*pair, strength) for pair, strength in planted(seed).items()]
        found = roots_of(network(ties), 2).players
        random.Random(seed).shuffle(ties)
        assert roots_of(network(ties), 2).players == found
        first += roots_of(network(ties), 1).players.ids
    assert first.count(KEYSTONE) >= 19


def test_a_network_without_ties_has_no_roots():
    empty = Network(("a",), {"a": Entity("a", "Company", ())}, {"a": 0}, ())
    found = roots_of(empty, 3)
    assert (found.roots, found.candidates) == ((), 1)
