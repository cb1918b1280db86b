"""A network as one drawing that stands alone: SVG without scripts, styles from outside or fonts of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import atan2, degrees, hypot

from lxml import etree
from rigour.names import replace_org_types_display

from shellgame.case import pen
from shellgame.case.layout import positions
from shellgame.case.legend import ROW_HEIGHT, draw_legend, legend_rows
from shellgame.case.lettering import isolated, shortened, visible, width, wrapped
from shellgame.case.pen import Box, Point
from shellgame.case.shapes import look_of, reach
from shellgame.case.sketch import Line, Node, Sketch, sketch_of
from shellgame.case.words import many, schema_words
from shellgame.graph.network import Network
from shellgame.model.schema import is_a

_RADIUS, _START_RADIUS, _HUB_RADIUS = 9.0, 13.0, 3.5
"""Of symbols, in units of the picture; a picture as wide as a page has a thousand of them or so."""
_START_RING = 3.2
_LETTERS, _START_LETTERS, _NOTES = 8.5, 10.5, 7.0
_WIDEST, _START_WIDEST, _HUB_WIDEST = 96.0, 150.0, 92.0
_LINE_HEIGHT = 1.15
_MARGIN = 14.0
_LEAST_WIDTH = 420.0
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


def network_svg(network: Network) -> str:
    """Draw a network.

    At most `sketch.MOST_DRAWN` parties are drawn, those with the strongest ways to the start; the description in the picture
    tells how many were left out.

    Returns:
        A whole SVG document as text.
    """
    sketch = sketch_of(network)
    placed = _placed(sketch)
    left, top, right, bottom = _around([each.box for each in placed.values()])
    lacking = max(0.0, _LEAST_WIDTH - (right - left)) / 2
    left, right = left - lacking - _MARGIN, right + lacking + _MARGIN
    rows = legend_rows(sketch, right - left - 2 * _MARGIN)
    view = (left, top - _MARGIN, right, bottom + _MARGIN + ROW_HEIGHT * len(rows) + 8)
    root = pen.canvas(view, "network", _title(sketch), _description(sketch))
    for line in sketch.lines:
        _draw_line(root, line, placed)
    for each in placed.values():
        _draw_node(root, each)
    _name_lines(root, [line for line in sketch.lines if line.label and line.label != sketch.usual], placed)
    draw_legend(root, rows, (left + _MARGIN, bottom + _MARGIN + 8))
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
        f"source states, dashed lines join parties that share something.{left_out}"
    )


def _placed(sketch: Sketch) -> dict[str, _Placed]:
    """Place the nodes, then put each label on the side of its symbol that fewer of its own lines cross."""
    shapes = {node.id: _shape(node) for node in sketch.nodes}
    sizes = {identity: (shape.box[2] - shape.box[0], shape.box[3] - shape.box[1]) for identity, shape in shapes.items()}
    edges = [(line.source_id, line.target_id) for line in sketch.lines]
    centres = positions(list(shapes), edges, [node.id for node in sketch.nodes if node.is_start], sizes)
    below: Counter[str] = Counter()
    for pair in edges:
        for one, other in (pair, pair[::-1]):
            x, y = centres[other][0] - centres[one][0], centres[other][1] - centres[one][1]
            if abs(y) > 0.35 * abs(x):
                below[one] += 1 if y > 0 else -1
    return {identity: _moved(shape, centres[identity], below[identity] > 0) for identity, shape in shapes.items()}


def _shape(node: Node) -> _Placed:
    """A node around (0, 0): how big it is before it has a place. Legal forms are written short, the table has the whole name."""
    if node.is_start:
        radius, letters, widest, most_lines = _START_RADIUS, _START_LETTERS, _START_WIDEST, 3
    elif node.number:
        radius, letters, widest, most_lines = _RADIUS, _LETTERS, _WIDEST, 2
    else:
        radius, letters, widest, most_lines = _HUB_RADIUS, _NOTES, _HUB_WIDEST, 2
    label = replace_org_types_display(visible(node.label[:400])) if is_a(node.schema, "Organization") else node.label
    lines = wrapped(label, letters, widest, most_lines)
    wide = max(2.6 * radius, *(width(line, letters) * (1.08 if node.is_start else 1.0) for line in lines))
    high = 2.6 * radius + len(lines) * letters * _LINE_HEIGHT
    return _Placed(node, (0.0, 0.0), radius, letters, tuple(lines), (-wide / 2, -high / 2, wide / 2, high / 2))


def _moved(shape: _Placed, to: Point, label_above: bool) -> _Placed:
    left, top, right, bottom = (corner + to[at % 2] for at, corner in enumerate(shape.box))
    y = bottom - 1.3 * shape.radius if label_above else top + 1.3 * shape.radius
    return replace(shape, at=(to[0], y), box=(left, top, right, bottom))


def _around(boxes: Sequence[Box]) -> Box:
    if not boxes:
        return (0.0, 0.0, 0.0, 0.0)
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _draw_line(root: etree._Element, line: Line, placed: Mapping[str, _Placed]) -> None:
    source, target = placed[line.source_id], placed[line.target_id]
    length, along = _way(source, target)
    first, last = _reach(source, along) + 1, _reach(target, (-along[0], -along[1])) + 1
    if length <= first + last:
        return
    ends = isolated(shortened(source.node.label, 120)), isolated(shortened(target.node.label, 120))
    group = pen.named_group(root, f"{ends[0]} – {isolated(shortened(line.label, 120)) or 'shares'} – {ends[1]}")
    begin = _along(source, along, first)
    end = _along(target, along, -last)
    pen.line(group, begin, end, solid=line.stated, heavy=line.count > 1 and line.stated)
    if line.source_id in line.arrows:
        pen.arrow(group, begin, (-along[0], -along[1]))
    if line.target_id in line.arrows:
        pen.arrow(group, end, along)


def _reach(placed: _Placed, along: Point) -> float:
    """How far the symbol reaches in a direction."""
    radius = placed.radius + (_START_RING if placed.node.is_start else 0.0)
    return radius * (reach(look_of(placed.node.schema), *along) if placed.node.number else 1.0)


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
        group = pen.named_group(root, f"{node.number}. {label} ({schema_words(node.schema)})")
        look = look_of(node.schema)
        if node.is_start:
            pen.outline(group, look, placed.at, placed.radius + _START_RING, fill="#FFFFFF", stroke=1.2)
        pen.outline(group, look, placed.at, placed.radius, stroke=2.2 if node.is_start else 1.0)
        size = placed.radius * (0.95 if node.number < 100 else 0.75)
        pen.text(group, str(node.number), (placed.at[0], placed.at[1] + size * 0.36), size, bold=True)
    else:
        group = pen.named_group(root, label)
        pen.add(group, "circle", cx=placed.at[0], cy=placed.at[1], r=placed.radius, fill=pen.GREY)
    label_top = placed.at[1] + 1.3 * placed.radius
    if placed.at[1] > (placed.box[1] + placed.box[3]) / 2:
        label_top = placed.box[1]
    for position, words in enumerate(placed.lines):
        at = (placed.at[0], label_top + (position + 0.85) * placed.letters * _LINE_HEIGHT)
        fill = pen.INK if node.number else pen.GREY
        pen.text(group, words, at, placed.letters, bold=node.is_start, fill=fill, halo=True)


def _name_lines(root: etree._Element, lines: Sequence[Line], placed: Mapping[str, _Placed]) -> None:
    """Write what ties are where there is room: on the line, clear of every node and of one another."""
    taken: list[Point] = []
    boxes = [each.box for each in placed.values()]
    for line in lines:
        for most in _WORDS_TRIED:
            words = shortened(line.label, most)
            if room := _room(placed[line.source_id], placed[line.target_id], width(words, _NOTES), boxes, taken):
                angle, points = room
                taken += points
                x, y = points[len(points) // 2]
                written = pen.text(root, words, (x, y + _NOTES * 0.35), _NOTES, fill="#444444", halo=True)
                written.set("transform", f"rotate({pen.figure(angle)} {pen.figure(x)} {pen.figure(y)})")
                break


def _room(
    source: _Placed, target: _Placed, wide: float, boxes: Sequence[Box], taken: Sequence[Point]
) -> tuple[float, list[Point]] | None:
    """Find where words fit on a line: the angle they are turned by, and points under them."""
    length, along = _way(source, target)
    for share in _SHARES_TRIED:
        reach = [length * share + wide * (step / 8 - 0.5) for step in range(9)]
        if reach[0] < source.radius + 6 or reach[-1] > length - target.radius - 8:
            continue
        points = [_along(source, along, far) for far in reach]
        if not any(_touches(point, boxes, taken) for point in points):
            angle = degrees(atan2(along[1], along[0]))
            return angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle, points
    return None


def _touches(point: Point, boxes: Sequence[Box], taken: Sequence[Point]) -> bool:
    x, y = point
    return any(left - 3 < x < right + 3 and top - 3 < y < bottom + 3 for left, top, right, bottom in boxes) or any(
        abs(x - a) < 8 and abs(y - b) < 8 for a, b in taken
    )
