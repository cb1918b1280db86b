"""A network as one drawing that stands alone: SVG without scripts, styles from outside or fonts of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import atan2, degrees, hypot

import numpy as np
from lxml import etree
from numpy.typing import NDArray
from rigour.names import replace_org_types_display

from shellgame.case import pen
from shellgame.case.clearing import Boxed, cleared
from shellgame.case.layout import Told, positions, untold
from shellgame.case.legend import STROKES, Legend, weight
from shellgame.case.lettering import isolated, shortened, visible, width, wrapped
from shellgame.case.listed import listings_of
from shellgame.case.pen import Box, Point
from shellgame.case.shapes import look_of, reach
from shellgame.case.sketch import MOST_DRAWN, Line, Node, Sketch, sketch_of
from shellgame.case.words import many, schema_words
from shellgame.graph.network import Network
from shellgame.model.schema import is_a

_RADIUS, _START_RADIUS, _HUB_RADIUS = 9.0, 13.0, 3.5
"""Of symbols, in units of the picture; a picture as wide as a page has a thousand of them or so."""
_START_RING, _LISTED_RING = 3.2, 2.8
_OUTER = 2.6
"""How much further the ring of a listed party lies where the one of the start is there already."""
_LETTERS, _START_LETTERS, _NOTES = 8.5, 10.5, 7.0
_WIDEST, _START_WIDEST, _HUB_WIDEST = 96.0, 150.0, 92.0
_LINE_HEIGHT = 1.15
_MARGIN = 14.0
_PAGE = 1300.0
"""A picture wider than this gets a larger legend: it is shown smaller than it is."""
_LEAST_WIDTH = 420.0
_FEW = 60
"""Up to so many parties there is room for labels of three lines."""
_MANY = 120
"""From so many parties on labels are narrower and lines lighter: the picture is looked at from further away."""
_NARROWER, _LIGHTER = 0.85, 0.75
_WORDS_TRIED = (34, 22, 14)
"""How many letters of what a line is are tried, until there is room."""
_SHARES_TRIED = (0.5, 0.42, 0.58, 0.34, 0.66)
"""How far along a line its words are tried, from the middle outwards."""


@dataclass(frozen=True)
class _Placed:
    """A node in its place: the middle and radius of its symbol, the lines of its label, the box around both."""

    node: Node
    at: Point
    radius: float
    letters: float
    lines: tuple[str, ...]
    box: Box


def network_svg(
    network: Network, listed: Collection[str] | None = None, *, most: int = MOST_DRAWN, told: Told = untold
) -> str:
    """Draw a network.

    Those with the strongest ways to the start are drawn; the description in the picture tells how many were left out. For scripts
    (`templates/network.js`) groups of parties have the attribute `data-party`, their number; those of lines `data-ties`, the places
    of the ties they stand for among those of the network, and `data-hub` where what several share is at their end; that one has it
    as `data-shared`.

    Args:
        network: The network.
        listed: Ids of parties that are listed; as their own records say when None.
        most: So many parties at most.
        told: Told how far placing the parties is.

    Returns:
        A whole SVG document as text.
    """
    return sketch_svg(
        sketch_of(network, listed=listings_of(network) if listed is None else listed, most=most), told=told
    )


def sketch_svg(sketch: Sketch, *, told: Told = untold) -> str:
    """Draw what was chosen to be drawn; see `network_svg`."""
    placed = _placed(sketch, told)
    left, top, right, bottom = _around([each.box for each in placed.values()])
    lacking = max(0.0, _LEAST_WIDTH - (right - left)) / 2
    left, right = left - lacking - _MARGIN, right + lacking + _MARGIN
    legend = Legend(sketch, right - left - 2 * _MARGIN, max(1.0, (right - left) / _PAGE))
    view = (left, top - _MARGIN, right, bottom + _MARGIN + legend.high)
    root = pen.canvas(view, "network", _title(sketch), _description(sketch))
    lighter = _LIGHTER if len(placed) > _MANY else 1.0
    for line in sketch.lines:
        _draw_line(root, line, placed, lighter)
    for each in placed.values():
        _draw_node(root, each)
    _name_lines(root, [line for line in sketch.lines if line.label and line.label != sketch.usual], placed)
    explained = pen.add(root, "g")
    explained.set("data-legend", "")
    legend.draw(explained, (left + _MARGIN, bottom + _MARGIN + 8))
    return pen.written(root)


def _title(sketch: Sketch) -> str:
    return "Network around " + ", ".join(isolated(shortened(node.label, 80)) for node in sketch.nodes if node.is_start)


def _description(sketch: Sketch) -> str:
    parties = many(sum(node.number > 0 for node in sketch.nodes), "party", "parties")
    left_out = (
        f" {many(sketch.left_out, 'party', 'parties')} with weaker ties are not drawn." if sketch.left_out else ""
    )
    return (
        f"{parties} and the ties between them, each with its number in the table of parties. Solid lines are links that a "
        f"source states, dashed lines join parties that share something; the heavier, the better founded.{left_out}"
    )


def _placed(sketch: Sketch, told: Told = untold) -> dict[str, _Placed]:
    """Place the nodes, then clear them of lines as far as there is room."""
    narrower = _NARROWER if len(sketch.nodes) > _MANY else 1.0
    most_lines = 3 if len(sketch.nodes) <= _FEW else 2
    shapes = {node.id: _shape(node, narrower, most_lines) for node in sketch.nodes}
    sizes = {identity: (shape.box[2] - shape.box[0], shape.box[3] - shape.box[1]) for identity, shape in shapes.items()}
    edges = [(line.source_id, line.target_id) for line in sketch.lines]
    centres = positions(list(shapes), edges, [node.id for node in sketch.nodes if node.is_start], sizes, told)
    boxed = [
        Boxed(shape.box, _clear(shape.node, shape.radius), _outer(shape.node, shape.radius)).moved(*centres[identity])
        for identity, shape in shapes.items()
    ]
    position = {identity: number for number, identity in enumerate(shapes)}
    places = cleared(boxed, [(position[one], position[other]) for one, other in edges])
    return {
        identity: replace(shape, at=place.symbol, box=place.box)
        for (identity, shape), place in zip(shapes.items(), places, strict=True)
    }


def _shape(node: Node, narrower: float, most_lines: int) -> _Placed:
    """A node around (0, 0): how big it is before it has a place. Legal forms are written short, the table has the whole name."""
    if node.is_start:
        radius, letters, widest, most_lines = _START_RADIUS, _START_LETTERS, _START_WIDEST, 3
    elif node.number:
        radius, letters, widest = _RADIUS, _LETTERS, _WIDEST
    else:
        radius, letters, widest = _HUB_RADIUS, _NOTES, _HUB_WIDEST
    label = replace_org_types_display(visible(node.label[:400])) if is_a(node.schema, "Organization") else node.label
    lines = wrapped(label, letters, widest * narrower, most_lines)
    wide = max(2.6 * radius, *(width(line, letters) * (1.08 if node.is_start else 1.0) for line in lines))
    high = 2 * _clear(node, radius) + len(lines) * letters * _LINE_HEIGHT
    return _Placed(node, (0.0, 0.0), radius, letters, tuple(lines), (-wide / 2, -high / 2, wide / 2, high / 2))


def _around(boxes: Sequence[Box]) -> Box:
    if not boxes:
        return (0.0, 0.0, 0.0, 0.0)
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _draw_line(root: etree._Element, line: Line, placed: Mapping[str, _Placed], lighter: float) -> None:
    source, target = placed[line.source_id], placed[line.target_id]
    length, along = _way(source, target)
    first, last = _reach(source, along) + 1, _reach(target, (-along[0], -along[1])) + 1
    if length <= first + last:
        return
    ends = isolated(shortened(source.node.label, 120)), isolated(shortened(target.node.label, 120))
    group = pen.named_group(root, f"{ends[0]} – {isolated(shortened(line.label, 120)) or 'shares'} – {ends[1]}")
    begin = _along(source, along, first)
    end = _along(target, along, -last)
    group.set("data-ties", " ".join(map(str, line.ties)))
    if not target.node.number:
        group.set("data-hub", target.node.id)
    if lighter < 1.0:
        group.set("opacity", pen.figure(lighter))
    stroke = STROKES[line.basis]
    pen.line(group, begin, end, wide=weight(line.strength) * lighter, dash=stroke.dash, colour=stroke.colour)
    if line.source_id in line.arrows:
        pen.arrow(group, begin, (-along[0], -along[1]))
    if line.target_id in line.arrows:
        pen.arrow(group, end, along)


def _reach(placed: _Placed, along: Point) -> float:
    """How far the symbol reaches in a direction."""
    return _outer(placed.node, placed.radius) * (
        reach(look_of(placed.node.schema), *along) if placed.node.number else 1.0
    )


def _outer(node: Node, radius: float) -> float:
    """The radius of a node with the rings around it."""
    if node.is_start:
        return radius + _START_RING + (_OUTER if node.is_listed else 0.0)
    return radius + (_LISTED_RING if node.is_listed else 0.0)


def _clear(node: Node, radius: float) -> float:
    """How far from the middle of a node its label begins."""
    return max(1.3 * radius, _outer(node, radius) + 2.0)


def _way(source: _Placed, target: _Placed) -> tuple[float, Point]:
    """How far it is from symbol to symbol, and in which direction."""
    x, y = target.at[0] - source.at[0], target.at[1] - source.at[1]
    length = hypot(x, y)
    return length, (x / length, y / length) if length else (1.0, 0.0)


def _along(placed: _Placed, along: Point, far: float) -> Point:
    return placed.at[0] + along[0] * far, placed.at[1] + along[1] * far


def _draw_node(root: etree._Element, placed: _Placed) -> None:
    node = placed.node
    label = isolated(shortened(node.label, 300))
    if node.number:
        listed = ", listed" if node.is_listed else ""
        group = pen.named_group(root, f"{node.number}. {label} ({schema_words(node.schema)}{listed})")
        group.set("data-party", str(node.number))
        look = look_of(node.schema)
        if node.is_listed:
            pen.outline(
                group, look, placed.at, _outer(node, placed.radius), fill="#FFFFFF", stroke=1.8, colour=pen.RING
            )
        if node.is_start:
            pen.outline(group, look, placed.at, placed.radius + _START_RING, fill="#FFFFFF", stroke=1.2)
        dash = "" if node.is_named else "2 2"
        pen.outline(group, look, placed.at, placed.radius, stroke=2.2 if node.is_start else 1.0, dash=dash)
        size = placed.radius * (0.95 if node.number < 100 else 0.75)
        pen.text(group, str(node.number), (placed.at[0], placed.at[1] + size * 0.36), size, bold=True)
    else:
        group = pen.named_group(root, label)
        group.set("data-shared", node.id)
        pen.add(group, "circle", cx=placed.at[0], cy=placed.at[1], r=placed.radius, fill=pen.GREY)
    label_top = placed.at[1] + _clear(node, placed.radius)
    if placed.at[1] > (placed.box[1] + placed.box[3]) / 2:
        label_top = placed.box[1]
    for position, words in enumerate(placed.lines):
        at = (placed.at[0], label_top + (position + 0.85) * placed.letters * _LINE_HEIGHT)
        fill = pen.INK if node.number else pen.GREY
        pen.text(group, words, at, placed.letters, bold=node.is_start, fill=fill, halo=True)


def _name_lines(root: etree._Element, lines: Sequence[Line], placed: Mapping[str, _Placed]) -> None:
    """Write what ties are where there is room: on the line, clear of every node and of one another."""
    boxes = np.array([each.box for each in placed.values()]).reshape(-1, 4) + np.array((-3.0, -3.0, 3.0, 3.0))
    for line in lines:
        for most in _WORDS_TRIED:
            words = shortened(line.label, most)
            if room := _room(placed[line.source_id], placed[line.target_id], width(words, _NOTES), boxes):
                angle, points = room
                boxes = np.concatenate([boxes, np.concatenate([points - 8.0, points + 8.0], axis=1)])
                _write_along(root, line, words, points[len(points) // 2], angle)
                break


def _write_along(root: etree._Element, line: Line, words: str, middle: NDArray[np.float64], angle: float) -> None:
    """Write words on a line, on ground of their own: between two words the line would look like a dot."""
    x, y = middle
    wide, high = width(words, _NOTES) + 2, _NOTES * 1.1
    ground = pen.add(root, "rect", x=x - wide / 2, y=y - high / 2, width=wide, height=high, fill="#FFFFFF")
    written = pen.text(root, words, (x, y + _NOTES * 0.35), _NOTES, fill="#444444", halo=True)
    for each in (ground, written):
        each.set("transform", f"rotate({pen.figure(angle)} {pen.figure(x)} {pen.figure(y)})")
        each.set("data-ties", " ".join(map(str, line.ties)))


def _room(
    source: _Placed, target: _Placed, wide: float, boxes: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]] | None:
    """Find where words fit on a line: the angle they are turned by, and points under them."""
    length, along = _way(source, target)
    for share in _SHARES_TRIED:
        far = length * share + wide * (np.arange(9) / 8 - 0.5)
        if far[0] < source.radius + 6 or far[-1] > length - target.radius - 8:
            continue
        points = np.array(source.at) + np.outer(far, along)
        if not _touches(points, boxes):
            angle = degrees(atan2(along[1], along[0]))
            return angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle, points
    return None


def _touches(points: NDArray[np.float64], boxes: NDArray[np.float64]) -> bool:
    x, y = points[:, :1], points[:, 1:]
    left, top, right, bottom = boxes.T
    return bool(((left < x) & (x < right) & (top < y) & (y < bottom)).any())
