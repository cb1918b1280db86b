"""Who holds together what an action listed, on the real lists: nothing is expected but what follows from the ties themselves."""

from __future__ import annotations

from itertools import combinations
from math import prod

import networkx as nx
import pytest

import shellgame as sg
from shellgame.graph.roots import WEAK, Roots

pytestmark = pytest.mark.data
DAY = "2024-04-15"
SNAPSHOTS = {"2024-04-12T18:43Z": "sdn_20240412T1843Z.csv", f"{DAY}T18:43Z": "sdn_20240415T1843Z.csv"}


@pytest.fixture(scope="module")
def roots(data_folder, tmp_path_factory):
    """Those whom the action of 15 April 2024 listed for Belarus, and who is tied to them."""
    workspace = sg.open(tmp_path_factory.mktemp("action"))
    for moment, name in SNAPSHOTS.items():
        workspace.add("us_ofac_sdn", data_folder / "ofac-history" / name, moment)
    with (
        pytest.MonkeyPatch.context() as patched
    ):  # one list has nobody twice: comparing its records takes long, finds nothing
        patched.setattr("shellgame.workspace.owning.MOST_COMPARED", 0)
        yield workspace.roots(program="BELARUS-EO14038", since=DAY, on=DAY, k=3)


@pytest.fixture(scope="module")
def held(roots):
    """The network as a graph of its own making: what ties two in several words adds up, what is over or weak does not count."""
    told: dict[frozenset[str], dict[tuple[str, str], float]] = {}
    for tie in sorted(roots.network.ties, key=lambda each: each.strength):
        if not tie.past and tie.strength >= WEAK:
            told.setdefault(frozenset((tie.source_id, tie.target_id)), {})[tie.schema, tie.label.casefold()] = (
                tie.strength
            )
    graph = nx.Graph()
    for pair, words in told.items():
        graph.add_edge(*pair, length=1 / (1 - prod(1 - strength for strength in words.values())))
    return graph


def reach(held: nx.Graph, *out: str) -> float:
    left = held.subgraph(set(held) - set(out))
    found = nx.all_pairs_dijkstra_path_length(left, weight="length")
    return sum(1 / far for one, those in found for other, far in those.items() if one < other)


def test_it_starts_from_the_twelve_organisations_and_ten_people(roots: Roots):
    start = [roots.network.entities[each] for each in roots.network.start]
    people = sum(each.schema == "Person" for each in start)
    assert (len(start), people) == (22, 10)
    assert roots.candidates == len(roots.network.entities)


def test_the_reach_is_the_sum_over_all_pairs(roots: Roots, held: nx.Graph):
    assert roots.players.entities == len(held)
    assert roots.players.reach == pytest.approx(reach(held))


def test_the_first_cuts_most_of_all_and_the_three_more_than_any_three(roots: Roots, held: nx.Graph):
    whole = reach(held)
    assert roots.players.exact
    found = [root.cut for root in roots.roots]
    for place, cut in enumerate(found, start=1):
        chosen = roots.players.ids[:place]
        assert cut.cut == pytest.approx(1 - reach(held, *chosen) / whole)
        assert cut.alone == pytest.approx(1 - reach(held, cut.id) / whole)
    assert found[0].cut == pytest.approx(found[0].alone)
    least = min(reach(held, *three) for three in combinations(sorted(held), 3))
    assert found[-1].cut == pytest.approx(1 - least / whole)


def test_of_the_three_that_one_is_told_first_who_cuts_most(roots: Roots):
    assert max(root.cut.alone for root in roots.roots) == roots.roots[0].cut.alone
    cuts = [root.cut.cut for root in roots.roots]
    assert cuts == sorted(cuts)


def test_parts_ties_and_listings_are_those_of_the_network(roots: Roots, held: nx.Graph):
    for root in roots.roots:
        its = nx.node_connected_component(held, root.cut.id) - {root.cut.id}
        assert root.parts == nx.number_connected_components(held.subgraph(its))
        assert root.listed_by == ("us_ofac_sdn",)
        assert all(root.cut.id in (tie.source_id, tie.target_id) and tie.claims for tie in root.ties)
        assert set(held[root.cut.id]) <= {end for tie in root.ties for end in (tie.source_id, tie.target_id)}
