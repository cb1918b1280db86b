"""The drawings: well-formed, complete, told apart without colour, harmless."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import dist

import numpy as np
import pytest
from lxml import etree

from shellgame.case.clearing import crosses
from shellgame.case.legend import STROKES, WIDTHS, stroke_of
from shellgame.case.pen import RING, Box
from shellgame.case.picture import Heading, _placed, _symbol_box, network_svg
from shellgame.case.shapes import LOOKS, look_of, reach
from shellgame.case.sketch import Basis, Weight, sketch_of
from shellgame.case.strip import timeline_svg
from shellgame.case.uncovered import Uncovered
from shellgame.graph.network import Network

from .invented import HOSTILE, Invented

SVG = "{http://www.w3.org/2000/svg}"


def _texts(svg: str) -> str:
    return " ".join(" ".join(etree.fromstring(svg.encode()).itertext()).split())


def test_every_party_is_drawn_with_its_number_and_name(small: Uncovered) -> None:
    root = etree.fromstring(network_svg(small.network).encode())
    written = [text.text for text in root.iter(f"{SVG}text")]
    assert {str(number) for number in range(1, 8)} <= set(written)
    assert {"Front One FZE", "MV Cockle", "Wallet"} <= set(written)


def test_it_can_be_told_to_those_who_cannot_see_it(small: Uncovered) -> None:
    root = etree.fromstring(network_svg(small.network).encode())
    title, description = root[0], root[1]
    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    assert title.text == "Network around Shell Trading Ltd"
    assert (description.text or "").startswith("7 parties and the ties between them")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_links_are_solid_and_shared_things_dashed(small: Uncovered) -> None:
    root = etree.fromstring(network_svg(small.network).encode())
    groups = [group for group in root.iter(f"{SVG}g") if group.find(f"{SVG}line") is not None]
    dashed = [group for group in groups if group.find(f"{SVG}line").get("stroke-dasharray")]
    groups = [group for group in groups if group.get("data-ties")]
    assert len(groups) == 6
    shared, denied = sorted(dashed, key=lambda group: "address" not in group.find(f"{SVG}title").text)
    assert "same address" in shared.find(f"{SVG}title").text
    assert "holder (denied)" in denied.find(f"{SVG}title").text
    assert shared.find(f"{SVG}line").get("stroke-dasharray") != denied.find(f"{SVG}line").get("stroke-dasharray")
    assert shared.find(f"{SVG}polygon") is None
    assert all(group.find(f"{SVG}polygon") is not None for group in groups if group is not shared)


def test_the_stronger_the_heavier(invented: Invented) -> None:
    claims = [claim for n in range(3) for claim in invented.party(f"x-{n}", f"Party {n}")]
    ties = [
        replace(invented.link("x-0", "x-1", "owner"), strength=0.9),
        replace(invented.link("x-0", "x-2", "owner"), strength=0.3),
    ]
    root = etree.fromstring(network_svg(invented.network(claims, ties, ("x-0",))).encode())
    wide = [
        float(group.find(f"{SVG}line").get("stroke-width")) for group in root.iter(f"{SVG}g") if group.get("data-ties")
    ]
    assert wide == sorted(wide, reverse=True)
    assert wide[0] > 1.5 * wide[1]


def test_who_is_listed_has_a_ring(invented: Invented) -> None:
    claims = [*invented.party("x-1", "One Ltd", topics="sanction"), *invented.party("x-2", "Two Ltd")]
    network = invented.network(claims, [invented.link("x-1", "x-2", "owner")], ("x-1",))
    root = etree.fromstring(network_svg(network).encode())
    rings = [
        [shape for shape in group if shape.get("stroke") == RING]
        for group in root.iter(f"{SVG}g")
        if group.get("data-party")
    ]
    assert [len(ring) for ring in rings] == [1, 0]
    assert "its own record says that it is listed" in _texts(network_svg(network))
    assert "its own record" not in _texts(network_svg(network, listed=()))


def test_an_unnamed_holder_is_drawn_and_said_to_be_unknown(invented: Invented) -> None:
    claims = [*invented.party("x-1", "One Ltd"), invented.claim("x-2", "LegalEntity", "country", "xx")]
    network = invented.network(claims, [invented.link("x-2", "x-1", "owner")], ("x-1",))
    root = etree.fromstring(network_svg(network).encode())
    (line,) = [group.find(f"{SVG}line") for group in root.iter(f"{SVG}g") if group.get("data-ties")]
    assert line.get("stroke-dasharray")
    assert {"link to somebody unnamed", "no record names it"} <= {text.text for text in root.iter(f"{SVG}text")}


def _overlapping(network: Network) -> int:
    """How many pairs of parties, each with its label, lie upon one another in a picture."""
    sketch = sketch_of(network)
    placed = _placed(sketch)
    members = {member for sheaf in sketch.sheaves for member in sheaf.members}
    frames = {sheaf.id for sheaf in sketch.sheaves}
    boxes = [
        [part for part in ((each.label, _symbol_box(each)) if each.radius else (each.box,)) if part[0] < part[2]]
        for identity, each in placed.items()
    ]
    inside = {
        tuple(sorted((number, other)))
        for number, one in enumerate(placed)
        for other, frame in enumerate(placed)
        if one in members and frame in frames
    }
    return sum(
        any(_touch(part, piece) for part in one for piece in other)
        for (number, one), (place, other) in combinations(enumerate(boxes), 2)
        if (number, place) not in inside
    )


def _touch(one: Box, other: Box) -> bool:
    return min(one[2], other[2]) > max(one[0], other[0]) and min(one[3], other[3]) > max(one[1], other[1])


@pytest.mark.parametrize(("count", "sharing"), [(12, 2), (60, 3), (120, 4), (300, 5)])
def test_no_label_lies_upon_another(invented: Invented, count: int, sharing: int) -> None:
    assert _overlapping(invented.grown(count, sharing=sharing).network) == 0


def test_no_label_lies_upon_another_in_communities(invented: Invented) -> None:
    network = invented.communities(9, 33)
    assert _overlapping(network) == 0
    assert _overlapping(invented.star(250).network) == 0


def _false_ends(network: Network) -> int:
    """How many lines run through the symbol of a party that is not at their ends, as if they ended there."""
    sketch = sketch_of(network)
    placed = _placed(sketch)
    found = 0
    for line in sketch.lines:
        begin, end = (np.array([placed[each].at]) for each in (line.source_id, line.target_id))
        for identity, each in placed.items():
            if identity in (line.source_id, line.target_id) or each.bound:
                continue
            low, high = np.array(_symbol_box(each)).reshape(2, 2)
            found += bool(crosses(begin, end, low, high).any())
    return found


def test_hardly_a_line_seems_to_end_where_it_does_not(invented: Invented, small: Uncovered) -> None:
    assert _false_ends(small.network) == 0
    assert _false_ends(invented.grown(60, sharing=3).network) <= 2
    assert _false_ends(invented.communities(6, 25)) <= 6


def test_communities_stand_apart(invented: Invented) -> None:
    network = invented.communities(6, 25)
    placed = _placed(sketch_of(network))
    middle = {
        group: tuple(sum(placed[f"x-{group * 25 + n}"].at[axis] for n in range(25)) / 25 for axis in (0, 1))
        for group in range(6)
    }
    nearest = [
        min(middle, key=lambda group, at=placed[f"x-{number}"].at: dist(at, middle[group])) == number // 25
        for number in range(150)
    ]
    assert sum(nearest) > 0.85 * len(nearest)


def test_the_labels_and_symbols_stay_in_the_picture(invented: Invented) -> None:
    network = invented.grown(300, sharing=5).network
    left, top, wide, high = map(float, etree.fromstring(network_svg(network).encode()).get("viewBox").split())
    for each in _placed(sketch_of(network)).values():
        assert left < each.box[0] < each.box[2] < left + wide
        assert top < each.box[1] < each.box[3] < top + high


def test_the_legend_explains_what_is_there_and_no_more(small: Uncovered, invented: Invented) -> None:
    words = _texts(network_svg(small.network))
    assert "public body" in words
    assert "aircraft" not in words
    assert "something shared" not in _texts(network_svg(invented.star(3).network))


def test_a_large_network_says_what_was_left_out(invented: Invented) -> None:
    svg = network_svg(invented.grown(310).network)
    assert "10 parties with weaker ties are not drawn." in svg


def test_the_same_network_gives_the_same_bytes(invented: Invented) -> None:
    assert network_svg(invented.grown(60, sharing=2).network) == network_svg(invented.grown(60, sharing=2).network)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(invented: Invented, name: str) -> None:
    root = etree.fromstring(network_svg(invented.small(name).network).encode())
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "rect", "g", "line", "polygon", "circle", "text"}
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]


def test_a_party_alone_is_a_picture_too(invented: Invented) -> None:
    answer = invented.answer("Alone", invented.party("x-1", "Alone Ltd"), [], ("x-1",))
    assert "Alone Ltd" in _texts(network_svg(answer.network))


def test_a_list_has_every_party_in_its_frame(invented: Invented) -> None:
    network = invented.star(40).network
    root = etree.fromstring(network_svg(network).encode())
    assert len(root.xpath("//*[@data-party]")) == len(network.entities)
    (frame,) = [group for group in root.iter(f"{SVG}g") if group.get("data-sheaf") and group.find(f"{SVG}line") is None]
    assert len(frame.get("data-ties").split()) == 40
    sketch = sketch_of(network)
    placed = _placed(sketch)
    (sheaf,) = sketch.sheaves
    left, top, right, bottom = placed[sheaf.id].box
    for member in sheaf.members:
        box = placed[member].box
        assert left < box[0] < box[2] < right
        assert top < box[1] < box[3] < bottom


def test_few_lines_run_through_labels(invented: Invented) -> None:
    """Counted from boxes: labels that a line runs through, where many ties are made at random and where there are groups."""
    for network, share in ((invented.grown(60, sharing=3).network, 0.45), (invented.communities(6, 25), 0.33)):
        sketch = sketch_of(network)
        placed = _placed(sketch)
        begin, end = (
            np.array([placed[i].at for i in ids])
            for ids in zip(*((e.source_id, e.target_id) for e in sketch.lines), strict=True)
        )
        labels = [np.array(each.label).reshape(2, 2) for each in placed.values() if not each.bound and each.lines]
        crossed = sum(bool(crosses(begin, end, low, high).any()) for low, high in labels)
        assert crossed <= share * len(labels)


def test_a_picture_for_print_says_what_it_shows_and_by_whose_word(small: Uncovered, invented: Invented) -> None:
    words = _texts(network_svg(small.network, heading=Heading("Network of Shell", "2026-03-13", "Invented sample.")))
    assert "Network of Shell Invented sample. As of 2026-03-13; 7 parties. Leads" in words
    assert "Sources: xx_list of 2026-03-13." in words
    assert "no line: no source here tells of a tie" in words
    alone = invented.answer("Alone", invented.party("x-1", "Alone Ltd"), [], ("x-1",)).network
    assert "No source here ties it to anybody." in _texts(network_svg(alone))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_headings_are_text(small: Uncovered, name: str) -> None:
    root = etree.fromstring(network_svg(small.network, heading=Heading(name, name, name)).encode())
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "rect", "g", "line", "polygon", "circle", "text"
    }  # fmt: skip


def test_former_shared_denied_and_unknown_look_different(small: Uncovered) -> None:
    assert len({stroke.dash for stroke in STROKES.values()}) == len(Basis)
    assert stroke_of(Basis.STATED, Weight.WEAK).colour != stroke_of(Basis.STATED, Weight.FIRM).colour
    assert sorted(WIDTHS.values(), reverse=True) == [WIDTHS[weight] for weight in Weight]
    words = _texts(network_svg(small.network))
    assert {"well", "middling", "weak"} <= {*words.split()}


def test_every_kind_has_another_shape() -> None:
    outlines = [tuple(look.outline) for look in LOOKS.values()]
    assert len({*outlines}) == len(outlines)
    assert look_of("Yacht").words == look_of("Thing").words


def test_lines_end_at_the_outline() -> None:
    assert reach(LOOKS["Person"], 1.0, 0.0) == 1.0
    assert reach(LOOKS["Company"], 1.0, 0.0) == pytest.approx(0.86)
    assert reach(LOOKS["CryptoWallet"], 0.0, -1.0) == pytest.approx(1.0)


def test_the_strip_has_a_row_for_each_kind_and_one_for_the_second_clock(small: Uncovered) -> None:
    words = _texts(timeline_svg(small.timeline))
    assert all(lane in words for lane in ("parties", "links", "listings", "published"))


def test_a_story_of_two_days_needs_no_strip(small: Uncovered) -> None:
    assert timeline_svg(small.timeline[:2]) == ""


def test_a_day_that_is_none_is_left_out_of_the_strip(invented: Invented) -> None:
    claims = [claim for n, day in enumerate(["soon", "2001", "2002-05", "2003-02-30", "2004-01-02", "0000"])
              for claim in invented.party(f"x-{n}", f"Party {n}", incorporationDate=day)]  # fmt: skip
    svg = timeline_svg(invented.answer("x", claims, [], ("x-0",)).timeline)
    assert "3 dated statements" in svg
