"""Networks for other programs: read back by networkx and json, nothing lost, nothing that acts."""

from __future__ import annotations

import io
import json

import networkx as nx
import pytest
from lxml import etree

from shellgame.case.network_files import (
    PARTY_FIELDS,
    TIE_FIELDS,
    WRITERS,
    cytoscape,
    gexf,
    graphml,
    party_rows,
    tie_rows,
)
from shellgame.case.uncovered import Uncovered
from shellgame.graph.network import Network

from .invented import HOSTILE, Invented


def _read(text: str, kind: str) -> nx.MultiDiGraph:
    data = io.BytesIO(text.encode("utf-8"))
    return nx.read_graphml(data, force_multigraph=True) if kind == "graphml" else nx.MultiDiGraph(nx.read_gexf(data))


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_networkx_reads_every_party_and_every_tie(small: Uncovered, kind: str) -> None:
    network = small.network
    graph = _read(WRITERS[kind](network), kind)
    assert set(graph) == set(network.entities)
    assert graph.number_of_edges() == len(network.ties)
    assert graph.nodes["x-2"]["label"] == "Ivan EXAMPLEV"
    assert graph.nodes["x-2"]["schema"] == "Person"
    assert (graph.nodes["x-1"]["start"], graph.nodes["x-2"]["start"]) == (True, False)
    (owner,) = graph.get_edge_data("x-2", "x-1").values()
    assert (owner["kind"], owner["schema"], owner["label"]) == ("link", "Ownership", "owner of 51 percent")
    assert (owner["strength"], owner["start"], owner["sources"]) == (0.95, "2019-01-01", "xx_list")
    assert owner["quotes"] == "owner of 51 percent"
    assert (owner["directed"], owner["denied"]) == (True, False)


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_what_is_shared_has_no_direction_and_what_is_denied_says_so(small: Uncovered, kind: str) -> None:
    graph = _read(WRITERS[kind](small.network), kind)
    edges = [told for *_, told in graph.edges(data=True)]
    assert [told["schema"] for told in edges if not told["directed"]] == ["address"]
    assert [told["label"] for told in edges if told["denied"]] == ["holder"]


def test_two_ties_of_the_same_two_are_two_edges(invented: Invented) -> None:
    claims = [*invented.party("x-1", "One Ltd"), *invented.party("x-2", "Two Ltd")]
    ties = [invented.link("x-1", "x-2", "owner"), invented.link("x-1", "x-2", "supplier")]
    network = invented.network(claims, ties, ("x-1",))
    for kind in ("graphml", "gexf"):
        assert _read(WRITERS[kind](network), kind).number_of_edges() == 2


def _listed(invented: Invented) -> Network:
    claims = [
        *invented.party("x-1", "One Ltd", topics="sanction"),
        *invented.party("x-2", "Two Ltd", topics="sanction.linked"),
    ]
    return invented.network(claims, [invented.link("x-1", "x-2", "owner")], ("x-1",))


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_who_is_listed_is_told_and_who_is_only_linked_is_not(invented: Invented, kind: str) -> None:
    graph = _read(WRITERS[kind](_listed(invented)), kind)
    assert [graph.nodes[each]["listed"] for each in ("x-1", "x-2")] == [True, False]
    assert graph.nodes["x-1"]["listed_by"] == "xx_list"
    assert "listed_by" not in graph.nodes["x-2"]


def test_cytoscape_gets_lists_as_lists_and_classes_to_style_by(invented: Invented) -> None:
    told = json.loads(cytoscape(_listed(invented)))
    first, second = told["elements"]["nodes"]
    assert first["classes"].split() == ["Company", "start", "listed"]
    assert second["classes"].split() == ["Company"]
    assert first["data"]["sources"] == ["xx_list"]
    (edge,) = told["elements"]["edges"]
    assert (edge["data"]["source"], edge["data"]["target"]) == ("x-1", "x-2")
    assert edge["data"]["quotes"] == ["owner"]
    assert set(edge["data"]) == {"id", "source", "target", *TIE_FIELDS}
    assert set(first["data"]) == {"id", "name", *PARTY_FIELDS}


def test_gexf_says_its_version_and_every_edge_weighs_something(small: Uncovered) -> None:
    root = etree.fromstring(gexf(small.network).encode())
    assert (root.tag, root.get("version")) == ("{http://gexf.net/1.3}gexf", "1.3")
    assert all(float(edge.get("weight")) > 0 for edge in root.iter("{http://gexf.net/1.3}edge"))


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", [*WRITERS])
def test_hostile_names_are_text(invented: Invented, name: str, kind: str) -> None:
    network = invented.small(name).network
    text = WRITERS[kind](network)
    if kind == "cytoscape":
        nodes = json.loads(text.encode("utf-8"))["elements"]["nodes"]
        assert len(nodes) == len(network.entities)
        assert nodes[0]["data"]["label"] == network.entities["x-1"].caption.encode("utf-8", "replace").decode()
    else:
        assert set(_read(text, kind)) == set(network.entities)
        tags = {etree.QName(element).localname for element in etree.fromstring(text.encode("utf-8")).iter()}
        assert "script" not in tags


@pytest.mark.parametrize("kind", [*WRITERS])
def test_a_large_network_is_whole_and_always_the_same(invented: Invented, kind: str) -> None:
    network = invented.grown(300, sharing=4).network
    assert len(list(party_rows(network))) == 300
    assert [row["id"] for row in tie_rows(network)][-1] == f"tie-{len(network.ties)}"
    assert WRITERS[kind](network) == WRITERS[kind](invented.grown(300, sharing=4).network)


def test_a_party_alone_can_be_written(invented: Invented) -> None:
    network = invented.network(invented.party("x-1", "Alone Ltd"), [], ("x-1",))
    assert list(_read(graphml(network), "graphml")) == ["x-1"]
    assert list(_read(gexf(network), "gexf")) == ["x-1"]
