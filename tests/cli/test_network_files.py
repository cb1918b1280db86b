"""`network` in every format, to standard output and into files whose ending tells the format."""

from __future__ import annotations

import io
import json

import networkx as nx
import pytest
from lxml import etree

from shellgame.cli.network_files import FORMATS, format_of
from shellgame.errors import WrongUse
from shellgame.testing.world import DAYS


def _count(text: str, kind: str) -> tuple[int, int]:
    """How many parties and ties a text in a format has."""
    if kind == "json":
        rows = [json.loads(line)["kind"] for line in text.splitlines()]
        return rows.count("entity"), len(rows) - rows.count("entity")
    if kind == "cytoscape":
        elements = json.loads(text)["elements"]
        return len(elements["nodes"]), len(elements["edges"])
    if kind == "html":
        told = json.loads(text.split('id="data">')[1].split("</script>")[0])
        return len(told["parties"]), len(told["ties"])
    data = io.BytesIO(text.encode())
    graph = nx.read_graphml(data, force_multigraph=True) if kind == "graphml" else nx.read_gexf(data)
    return len(graph), graph.number_of_edges()


def test_every_format_tells_the_same_network(shellgame, sample):
    asked = ("network", sample.world.houses[0].name, "-w", sample.folder)
    counts = {
        kind: _count(shellgame(*asked, "--format", kind).out, kind) for kind in FORMATS if kind not in ("table", "svg")
    }
    assert len(set(counts.values())) == 1, counts
    assert counts["json"] > (5, 5)


@pytest.mark.parametrize("ending", ["json", "jsonl", "graphml", "gexf", "cyjs", "svg", "html"])
def test_the_ending_of_a_file_tells_the_format(shellgame, sample, tmp_path, ending):
    file = tmp_path / f"net.{ending}"
    answer = shellgame("network", sample.world.houses[0].name, "-w", sample.folder, "--into", file)
    assert (answer.code, answer.out) == (0, "")
    assert f"wrote {file}" in answer.err
    kind = {"jsonl": "json", "cyjs": "cytoscape"}.get(ending, ending)
    text = file.read_text(encoding="utf-8")
    if kind == "svg":
        assert etree.fromstring(text.encode()).tag.endswith("svg")
    else:
        assert _count(text, kind) > (5, 5)


def test_a_page_says_its_day_and_that_ties_are_leads(shellgame, sample):
    page = shellgame(
        "network", sample.world.houses[0].name, "-w", sample.folder, "--format", "html", "--on", DAYS[-1]
    ).out
    assert f"As of {DAYS[-1]}." in page
    assert "Ties are leads with their sources, not findings of guilt." in page


def test_a_file_that_is_there_is_kept_unless_told(shellgame, sample, tmp_path):
    file = tmp_path / "net.svg"
    file.write_text("mine", encoding="utf-8")
    asked = ("network", sample.world.houses[0].name, "-w", sample.folder, "--into", file)
    answer = shellgame(*asked)
    assert answer.code == 2
    assert "--force" in answer.err
    assert file.read_text(encoding="utf-8") == "mine"
    assert shellgame(*asked, "--force").code == 0
    assert file.read_text(encoding="utf-8").startswith("<svg")
    inside = shellgame("network", "x", "-w", sample.folder, "--into", sample.folder / "net.svg")
    assert (inside.code, "only this program writes" in inside.err) == (2, True)


def test_a_table_is_still_a_table(shellgame, sample):
    out = shellgame("network", sample.world.houses[0].name, "-w", sample.folder, "--table").out
    assert "Ties are leads with their sources" in out
    assert shellgame("network", sample.world.houses[0].name, "-w", sample.folder, "--format", "table").out == out


@pytest.mark.parametrize(
    ("named", "into", "as_json", "words"),
    [
        ("pdf", None, None, "there are table, json, graphml"),
        (None, "net.pdf", None, "does not tell the format"),
        ("table", "net.txt", None, "a table is for the terminal"),
        ("gexf", None, True, "ask for different things"),
    ],
)
def test_what_makes_no_sense_is_answered_with_what_does(tmp_path, named, into, as_json, words):
    with pytest.raises(WrongUse, match=words):
        format_of(named, tmp_path / into if into else None, as_json)
