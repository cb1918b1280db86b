"""Who owns it, drawn: figures upon nothing, lines between boxes, a legend of what is there."""

from __future__ import annotations

from itertools import combinations

import pytest
from lxml import etree

from shellgame.case.owners_picture import owners_svg
from shellgame.graph.ownership.owners import Owners
from shellgame.sources.claims import Claims
from shellgame.testing.publications import incoming
from shellgame.workspace import Workspace

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {
    "A": "Halvren <b>House</b>",
    "B": "Quillmark Logistics",
    "C": "Borvast Shipping",
    "D": "Tessel Holding",
    "U": "",
}
STAKES = (
    ("ofac-1", "m-B", "50"),
    ("ofac-1", "m-C", "60"),
    ("m-B", "m-D", "30"),
    ("m-C", "m-D", "25"),
    ("m-D", "m-A", "55"),
    ("m-B", "m-A", "10"),
    ("m-U", "m-A", ">25-50"),
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Owners:
    """A listed person above three rows of companies, one stake that passes a row, and a holder that is not named."""
    made = tmp_path_factory.mktemp("owners")
    workspace = Workspace(made / "workspace")
    claims = Claims("us_ofac_sdn")
    person = claims.record("ofac-1", "Person", "sdn.csv#1")
    person.add("name", "Orsin Malevadd")
    person.sanction().add("program", "VARKESH")
    workspace.store.add(incoming(made, "2025-01-01", claims))
    claims = Claims("mine")
    for key, name in NAMES.items():
        claims.record(f"m-{key}", "Company", f"m#{key}").add("name", name)
    for number, (owner, asset, share) in enumerate(STAKES):
        link = claims.record(f"s-{number}", "Ownership", f"m#s{number}")
        for prop, value in (("owner", owner), ("asset", asset), ("percentage", share)):
            link.add(prop, value)
    workspace.store.add(incoming(made, "2025-01-02", claims))
    return workspace.owners("m-A", "2025-10-15")


def test_figures_lie_upon_no_box_and_no_other_figure(found: Owners) -> None:
    root = etree.fromstring(owners_svg(found).encode())
    parties = [rect for group in root.iter(f"{SVG}g") for rect in group.findall(f"{SVG}rect")]
    figures = [rect for rect in root.findall(f"{SVG}rect") if rect.get("rx") == "2"]
    assert (len(parties), len(figures)) == (6, len(STAKES))
    boxes = [[float(rect.get(name, "0")) for name in ("x", "y", "width", "height")] for rect in (*parties, *figures)]
    assert not [
        (one, other)
        for one, other in combinations(boxes, 2)
        if one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    ]


def test_lines_pass_between_boxes(found: Owners) -> None:
    root = etree.fromstring(owners_svg(found).encode())
    parties = [rect for group in root.iter(f"{SVG}g") for rect in group.findall(f"{SVG}rect")]
    lines = [[float(line.get(name, "0")) for name in ("x1", "y1", "x2", "y2")] for line in root.iter(f"{SVG}line")]
    for rect in parties:
        left, top, wide, high = (float(rect.get(name, "0")) for name in ("x", "y", "width", "height"))
        for x1, y1, x2, y2 in lines:
            middle = ((x1 + x2) / 2, (y1 + y2) / 2)
            assert not (left < middle[0] < left + wide and top < middle[1] < top + high)


def test_the_legend_stays_in_the_picture_and_explains_what_is_there(found: Owners) -> None:
    root = etree.fromstring(owners_svg(found).encode())
    words = {text.text: float(text.get("x", "0")) for text in root.iter(f"{SVG}text")}
    assert {
        "listed",
        "caught by a rule",
        "may be listed or caught",
        "figure told",
        "figure open or not told (?)",
    } <= words.keys()
    assert all(0 < x < float(root.get("width", "0")) for x in words.values())
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "rect", "g", "line", "polygon", "circle", "text", "path"
    }  # fmt: skip
