"""A network as one drawing that stands alone: SVG without scripts, styles from outside or fonts of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import atan2, ceil, degrees, hypot
from typing import NamedTuple

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from shellgame.case import pen
from shellgame.case.clearing import Boxed, Side, cleared
from shellgame.case.layout import Told, positions, untold
from shellgame.case.legend import WIDTHS, Legend, stroke_of
from shellgame.case.lettering import isolated, shortened, width, wrapped
from shellgame.case.listed import listings_of
from shellgame.case.pen import Box, Point
from shellgame.case.shapes import look_of, reach
from shellgame.case.sketch import MOST_DRAWN, Basis, Line, Node, Sheaf, Sketch, short_name, sketch_of
from shellgame.case.words import many, schema_words
from shellgame.graph.network import Network

LEAD = "Leads with their sources, not findings of guilt."
_RADIUS, _START_RADIUS, _HUB_RADIUS, _BOUND_RADIUS = 9.0, 13.0, 6.5, 6.0
"""Of symbols, in units of the picture; a picture as wide as a page has a thousand of them or so."""
_START_RING, _LISTED_RING, _BOUND_RING = 3.2, 2.8, 1.7
_OUTER = 2.6
"""How much further the ring of a listed party lies where the one of the start is there already."""
_LETTERS, _START_LETTERS, _NOTES, _BOUND_LETTERS = 8.5, 10.5, 7.0, 7.5
_WIDEST, _START_WIDEST, _HUB_WIDEST, _BOUND_WIDEST = 96.0, 150.0, 92.0, 130.0
_LINE_HEIGHT = 1.15
_ROW, _PAD = 16.5, 7.0
"""Of the list in a sheaf: the height of a row, and the room around."""
_SHEAF_SHAPE = 1.3
"""How much wider than high the frame of a sheaf is, about."""
_MARGIN = 14.0
_PAGE = 1100.0
"""A picture wider than this gets larger words around it: it is shown smaller than it is."""
_LEAST_WIDTH = 480.0
_FEW = 60
"""Up to so many parties there is room for labels of three lines."""
_MANY = 120
"""From so many parties on labels are narrower and lines lighter: the picture is looked at from further away."""
_NARROWER, _LIGHTER = 0.85, 0.7
_WORDS_TRIED = (34, 22, 14)
"""How many letters of what a line is are tried, until there is room."""
_SHARES_TRIED = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8)
"""How far along a line its words are tried, from the middle outwards."""


@dataclass(frozen=True)
class Heading:
    """What stands above and below a picture that is published by itself.

    Attributes:
        title: What it is called.
        day: The day it is as of; empty for the newest publication of each source.
        notice: What must be said first, such as that the names are invented.
        sources: What it rests on.
    """

    title: str
    day: str = ""
    notice: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Placed:
    """A node or a sheaf in its place: the middle of its symbol, half its size, its label, the boxes around both.

    Attributes:
        node: The node; of a sheaf one without a number.
        at: Middle of the symbol or the frame.
        radius: Of the symbol; 0 for a sheaf, which has `half`.
        half: Half the width and height of the symbol with its rings, or of the frame.
        letters: Size of the letters.
        lines: The lines of the label.
        side: Where the label stands.
        label: The box around the label.
        box: The box around both.
        bound: Whether it stands in the frame of a sheaf.
    """

    node: Node
    at: Point
    radius: float
    half: Point
    letters: float
    lines: tuple[str, ...]
    side: Side
    label: Box
    box: Box
    bound: bool = False


def network_svg(
    network: Network,
    listed: Collection[str] | None = None,
    *,
    most: int = MOST_DRAWN,
    told: Told = untold,
    heading: Heading | None = None,
) -> str:
    """Draw a network.

    Those with the strongest ways to the start are drawn; the description in the picture tells how many were left out. For scripts
    (`templates/network.js`) groups of parties have the attribute `data-party`, their number; those of lines `data-ties`, the places
    of the ties they stand for among those of the network, and `data-hub` where what several share is at their end; that one has it
    as `data-shared`. `data-sheaf` names the list at the end of a line, and stands on its frame.

    Args:
        network: The network.
        listed: Ids of parties that are listed; as their own records say when None.
        most: So many parties at most.
        told: Told how far placing the parties is.
        heading: What is written above and below; None for a picture inside something that says it.

    Returns:
        A whole SVG document as text.
    """
    if heading is not None and not heading.sources:
        heading = replace(heading, sources=sources_of(network))
    sketch = sketch_of(network, listed=listings_of(network) if listed is None else listed, most=most)
    return sketch_svg(sketch, told=told, heading=heading)


def sources_of(network: Network) -> tuple[str, ...]:
    """What a network rests on: each source with the day of its newest publication that tells of it."""
    newest: dict[str, str] = {}
    claims = [claim for entity in network.entities.values() for claim in entity.claims]
    for claim in [*claims, *(claim for tie in network.ties for claim in tie.claims)]:
        newest[claim.source] = max(newest.get(claim.source, ""), claim.last_version[:8])
    return tuple(f"{source} of {day[:4]}-{day[4:6]}-{day[6:]}" for source, day in sorted(newest.items()))


def sketch_svg(sketch: Sketch, *, told: Told = untold, heading: Heading | None = None) -> str:
    """Draw what was chosen to be drawn; see `network_svg`."""
    placed = _placed(sketch, told)
    left, top, right, bottom = _around([each.box for each in placed.values()])
    lacking = max(0.0, _LEAST_WIDTH - (right - left)) / 2
    left, right = left - lacking - _MARGIN, right + lacking + _MARGIN
    scale, wide = max(1.0, (right - left) / _PAGE), right - left - 2 * _MARGIN
    legend = Legend(sketch, wide, scale)
    above, below = _written_around(sketch, heading, wide, scale)
    over, under = _height(above), _height(below)
    foot = bottom + _MARGIN + 8 * scale
    view = (left, top - _MARGIN - over, right, foot + legend.high + under + 4 * scale)
    root = pen.canvas(view, "network", _title(sketch), _description(sketch))
    lighter = _LIGHTER if len(placed) > _MANY else 1.0
    for line in sketch.lines:
        _draw_line(root, line, placed, lighter)
    for sheaf in sketch.sheaves:
        _draw_frame(root, sheaf, placed[sheaf.id], next(line for line in sketch.lines if line.source_id == sheaf.id))
    for each in placed.values():
        if each.radius:
            _draw_node(root, each)
    _name_lines(root, [line for line in sketch.lines if line.label and line.label != sketch.usual], placed)
    _write(root, above, (left + _MARGIN, top - over))
    explained = pen.add(root, "g")
    explained.set("data-legend", "")
    legend.draw(explained, (left + _MARGIN, foot))
    _write(explained, below, (left + _MARGIN, foot + legend.high))
    return pen.written(root)


class _Words(NamedTuple):
    """A line of words above or below the picture."""

    words: str
    letters: float
    bold: bool = False


def _written_around(
    sketch: Sketch, heading: Heading | None, wide: float, scale: float
) -> tuple[list[_Words], list[_Words]]:
    """What stands above and below a picture: what it shows, when, by whose word, and what is not in it."""
    alone = (
        []
        if sketch.lines
        else ["No source here ties it to anybody. What is told nowhere is no evidence that there is no tie."]
    )
    alone = [] if sum(node.number > 0 for node in sketch.nodes) > 1 else alone
    if heading is None:
        return [], [_Words(words, 8.0 * scale) for each in alone for words in wrapped(each, 8.0 * scale, wide, 4)]
    parties = many(sum(node.number > 0 for node in sketch.nodes), "party", "parties")
    day = f"As of {shortened(heading.day, 40)}" if heading.day else "As of the newest publication of each source"
    left_out = (
        f" {many(sketch.left_out, 'party', 'parties')} with weaker ties are not drawn." if sketch.left_out else ""
    )
    above = [_Words(words, 15.0 * scale, bold=True) for words in wrapped(heading.title, 15.0 * scale, wide / 1.08, 2)]
    if heading.notice:
        above += [
            _Words(words, 9.5 * scale, bold=True) for words in wrapped(heading.notice, 9.5 * scale, wide / 1.08, 3)
        ]
    above += [
        _Words(words, 9.0 * scale) for words in wrapped(f"{day}; {parties}.{left_out} {LEAD}", 9.0 * scale, wide, 3)
    ]
    sources = [f"Sources: {'; '.join(heading.sources)}."] if heading.sources else []
    below = [_Words(words, 8.0 * scale) for each in (*alone, *sources) for words in wrapped(each, 8.0 * scale, wide, 4)]
    return above, below


def _height(lines: Sequence[_Words]) -> float:
    return sum(line.letters * 1.4 for line in lines) + (lines[-1].letters if lines else 0.0)


def _write(root: etree._Element, lines: Sequence[_Words], at: Point) -> None:
    y = at[1]
    for line in lines:
        y += line.letters * 1.4
        pen.text(root, line.words, (at[0], y - line.letters * 0.4), line.letters, bold=line.bold, anchor="start")


def _title(sketch: Sketch) -> str:
    return "Network around " + ", ".join(isolated(shortened(node.label, 80)) for node in sketch.nodes if node.is_start)


def _description(sketch: Sketch) -> str:
    parties = many(sum(node.number > 0 for node in sketch.nodes), "party", "parties")
    left_out = (
        f" {many(sketch.left_out, 'party', 'parties')} with weaker ties are not drawn." if sketch.left_out else ""
    )
    return (
        f"{parties} and the ties between them, each with its number in the table of parties. Solid lines are links that a "
        f"source states, dotted lines join parties that share something; the heavier, the better founded.{left_out}"
    )


def _placed(sketch: Sketch, told: Told = untold) -> dict[str, _Placed]:
    """Place the nodes and the sheaves, then clear them of lines as far as there is room; the members of sheaves last."""
    nodes = {node.id: node for node in sketch.nodes}
    bound = {member for sheaf in sketch.sheaves for member in sheaf.members}
    drawn = len(nodes) - len(bound)
    narrower, most_lines = _NARROWER if drawn > _MANY else 1.0, 3 if drawn <= _FEW else 2
    shapes = {node.id: _shape(node, narrower, most_lines) for node in sketch.nodes if node.id not in bound}
    shapes |= {sheaf.id: _sheaf_shape(sheaf, nodes) for sheaf in sketch.sheaves}
    boxed = {identity: _boxed(shape) for identity, shape in shapes.items()}
    sizes = {
        identity: (box[2] - box[0], box[3] - box[1]) for identity, box in ((i, each.box) for i, each in boxed.items())
    }
    edges = [(line.source_id, line.target_id) for line in sketch.lines]
    centres = positions(list(shapes), edges, [node.id for node in sketch.nodes if node.is_start], sizes, told)
    there = [_centred(each, centres[identity]) for identity, each in boxed.items()]
    position = {identity: number for number, identity in enumerate(shapes)}
    places = cleared(there, [(position[one], position[other]) for one, other in edges])
    found = {
        identity: replace(shape, at=place.at, side=place.side, label=place.label, box=place.box)
        for (identity, shape), place in zip(shapes.items(), places, strict=True)
    }
    for sheaf in sketch.sheaves:
        found |= dict(_bound(sheaf, nodes, found[sheaf.id]))
    return found


def _boxed(shape: _Placed) -> Boxed:
    """A shape as a box to be placed, its label below."""
    if not shape.radius:
        return Boxed(shape.at, shape.half, shape.half)
    wide = max(width(line, shape.letters) * (1.08 if shape.node.is_start else 1.0) for line in shape.lines)
    high = len(shape.lines) * shape.letters * _LINE_HEIGHT
    return Boxed(shape.at, shape.half, (shape.half[0] + 4.0, shape.half[1] + 2.0), (wide, high))


def _centred(each: Boxed, centre: Point) -> Boxed:
    """A box around a centre."""
    left, top, right, bottom = each.box
    return each.moved(centre[0] - (left + right) / 2, centre[1] - (top + bottom) / 2)


def _shape(node: Node, narrower: float, most_lines: int) -> _Placed:
    """A node around (0, 0): how big it is before it has a place."""
    if node.is_start:
        radius, letters, widest, most_lines = _START_RADIUS, _START_LETTERS, _START_WIDEST, 3
    elif node.number:
        radius, letters, widest = _RADIUS, _LETTERS, _WIDEST
    else:
        radius, letters, widest = _HUB_RADIUS, _NOTES, _HUB_WIDEST
    lines = wrapped(short_name(node), letters, widest * narrower, most_lines)
    half = _half(node, radius)
    return _Placed(node, (0.0, 0.0), radius, half, letters, tuple(lines), Side.BELOW, _NOWHERE, _NOWHERE)


_NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


def _half(node: Node, radius: float) -> Point:
    """Half the width and height of a symbol with its rings."""
    look, outer = look_of(node.schema), _outer(node, radius)
    if not node.number or not look.outline:
        return outer, outer
    return outer * max(abs(x) for x, _ in look.outline), outer * max(abs(y) for _, y in look.outline)


def _sheaf_shape(sheaf: Sheaf, nodes: Mapping[str, Node]) -> _Placed:
    """A sheaf around (0, 0): as many columns as make its frame about as wide as pictures are."""
    widest = _column(sheaf, nodes)
    options = [
        (columns * widest, ceil(len(sheaf.members) / columns) * _ROW) for columns in range(1, len(sheaf.members) + 1)
    ]
    wide, high = min(options, key=lambda size: abs(np.log(size[0] / size[1] / _SHEAF_SHAPE)))
    node = Node(sheaf.id, 0, "", "")
    return _Placed(
        node, (0.0, 0.0), 0.0, (wide / 2 + _PAD, high / 2 + _PAD), _BOUND_LETTERS, (), Side.BELOW, _NOWHERE, _NOWHERE
    )


def _column(sheaf: Sheaf, nodes: Mapping[str, Node]) -> float:
    """How wide one column of the list in a sheaf is."""
    return 3 * _BOUND_RADIUS + 10.0 + max(width(words, _BOUND_LETTERS) for words in _bound_words(sheaf, nodes))


def _bound_words(sheaf: Sheaf, nodes: Mapping[str, Node]) -> list[str]:
    """What stands in the list of a sheaf: the names, and what ties each where that differs."""
    names = [wrapped(short_name(nodes[member]), _BOUND_LETTERS, _BOUND_WIDEST, 1)[0] for member in sheaf.members]
    ties = [f": {shortened(words, 22)}" for words in sheaf.words] or [""] * len(names)
    return [f"{isolated(name)}{tie}" for name, tie in zip(names, ties, strict=True)]


def _bound(sheaf: Sheaf, nodes: Mapping[str, Node], frame: _Placed) -> Iterator[tuple[str, _Placed]]:
    """The members of a sheaf in their places: down one column, then the next."""
    column = _column(sheaf, nodes)
    rows = round((frame.half[1] - _PAD) * 2 / _ROW)
    left, top = frame.at[0] - frame.half[0] + _PAD, frame.at[1] - frame.half[1] + _PAD
    for number, (member, words) in enumerate(zip(sheaf.members, _bound_words(sheaf, nodes), strict=True)):
        node = nodes[member]
        at = (left + number // rows * column + 1.5 * _BOUND_RADIUS, top + (number % rows + 0.5) * _ROW)
        half = (_BOUND_RADIUS * 1.3, _BOUND_RADIUS)
        boxed = Boxed(at, half, (half[0] + 4.0, half[1]), (width(words, _BOUND_LETTERS), _BOUND_LETTERS), Side.RIGHT)
        yield (
            member,
            _Placed(
                node, at, _BOUND_RADIUS, half, _BOUND_LETTERS, (words,), Side.RIGHT, boxed.label, boxed.box, bound=True
            ),
        )


def _around(boxes: Sequence[Box]) -> Box:
    if not boxes:
        return _NOWHERE
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _draw_line(root: etree._Element, line: Line, placed: Mapping[str, _Placed], lighter: float) -> None:
    source, target = placed[line.source_id], placed[line.target_id]
    length, along = _way(source, target)
    first, last = _reach(source, along) + 1, _reach(target, (-along[0], -along[1])) + 1
    if length <= first + last:
        return
    ends = [isolated(shortened(each.node.label, 120)) or "list" for each in (source, target)]
    group = pen.named_group(root, f"{ends[0]} – {isolated(shortened(line.label, 120)) or 'shares'} – {ends[1]}")
    begin = _along(source, along, first)
    end = _along(target, along, -last)
    group.set("data-ties", " ".join(map(str, line.ties)))
    if target.radius and not target.node.number:
        group.set("data-hub", target.node.id)
    if not source.radius:
        group.set("data-sheaf", source.node.id)
    if lighter < 1.0:
        group.set("opacity", pen.figure(lighter))
    stroke, wide = stroke_of(line.basis, line.weight), WIDTHS[line.weight] * lighter
    pen.line(group, begin, end, wide=wide, dash=stroke.dash, colour=stroke.colour)
    if line.source_id in line.arrows:
        pen.arrow(group, begin, (-along[0], -along[1]), stroke.colour)
    if line.target_id in line.arrows:
        pen.arrow(group, end, along, stroke.colour)
    if line.basis is Basis.DENIED:
        _strike(group, (begin[0] + (end[0] - begin[0]) * 0.14, begin[1] + (end[1] - begin[1]) * 0.14), stroke.colour)


def _strike(group: etree._Element, at: Point, colour: str) -> None:
    """Strike a denied link out."""
    for x, y in ((4.0, 4.0), (4.0, -4.0)):
        pen.line(group, (at[0] - x, at[1] - y), (at[0] + x, at[1] + y), wide=1.6, colour=colour)


def _draw_frame(root: etree._Element, sheaf: Sheaf, frame: _Placed, line: Line) -> None:
    group = pen.named_group(
        root, f"{many(len(sheaf.members), 'party', 'parties')}, each tied to the same one in the same way"
    )
    group.set("data-ties", " ".join(map(str, line.ties)))
    group.set("data-sheaf", sheaf.id)
    left, top, right, bottom = frame.box
    box = pen.add(group, "rect", x=left, y=top, width=right - left, height=bottom - top, rx=4.0)
    for name, value in (("fill", "#FAFAFA"), ("stroke", pen.GREY), ("stroke-width", "0.8")):
        box.set(name, value)


def _reach(placed: _Placed, along: Point) -> float:
    """How far a symbol with its rings, or a frame, reaches from its middle in a direction."""
    if not placed.radius:
        return min(half / max(abs(step), 1e-9) for half, step in zip(placed.half, along, strict=True))
    outer = _outer(placed.node, placed.radius)
    return outer * (reach(look_of(placed.node.schema), *along) if placed.node.number else 1.0)


def _outer(node: Node, radius: float) -> float:
    """The radius of the outermost ring of a symbol."""
    if node.is_start:
        return radius + _START_RING + (_OUTER if node.is_listed else 0.0)
    return radius + (_LISTED_RING if node.is_listed else 0.0)


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
        _draw_symbol(group, placed)
    else:
        group = pen.named_group(root, label)
        group.set("data-shared", node.id)
        pen.add(group, "circle", cx=placed.at[0], cy=placed.at[1], r=placed.radius, fill=pen.BLUE)
        pen.text(group, str(node.sharing), (placed.at[0], placed.at[1] + 2.6), 7.0, bold=True, fill="#FFFFFF")
    anchor = "start" if placed.side.begins else "end" if placed.side.ends else "middle"
    left, top, right, _ = placed.label
    x = {"start": left, "end": right}.get(anchor, (left + right) / 2)
    for position, words in enumerate(placed.lines):
        at = (x, top + (position + 0.85) * placed.letters * (1.0 if placed.bound else _LINE_HEIGHT))
        fill = pen.INK if node.number else pen.BLUE
        pen.text(group, words, at, placed.letters, bold=node.is_start, fill=fill, halo=True, anchor=anchor)


def _draw_symbol(group: etree._Element, placed: _Placed) -> None:
    node, look = placed.node, look_of(placed.node.schema)
    ring = _BOUND_RING if placed.bound else 0.0
    if node.is_listed:
        outer = placed.radius + ring if placed.bound else _outer(node, placed.radius)
        stroke = 1.3 if placed.bound else 1.8
        pen.outline(group, look, placed.at, outer, fill="#FFFFFF", stroke=stroke, colour=pen.RING)
    if node.is_start:
        pen.outline(group, look, placed.at, placed.radius + _START_RING, fill="#FFFFFF", stroke=1.2)
    dash, stroke = "" if node.is_named else "2 2", 2.2 if node.is_start else 1.0
    radius = placed.radius - ring / 2
    pen.outline(group, look, placed.at, radius, stroke=stroke, dash=dash)
    size = radius * (0.95 if node.number < 100 else 0.75)
    fill = pen.INK if look.light else "#FFFFFF"
    pen.text(group, str(node.number), (placed.at[0], placed.at[1] + size * 0.36), size, bold=True, fill=fill)


def _name_lines(root: etree._Element, lines: Sequence[Line], placed: Mapping[str, _Placed]) -> None:
    """Write what ties are where there is room: on the line, clear of every node and of one another."""
    taken = [box for each in placed.values() if not each.bound for box in (_symbol_box(each), each.label)]
    boxes = np.array(taken).reshape(-1, 4) + np.array((-3.0, -3.0, 3.0, 3.0))
    for line in sorted(lines, key=lambda line: placed[line.source_id].radius > 0):
        for most in _WORDS_TRIED:
            words = shortened(line.label, most)
            if room := _room(placed[line.source_id], placed[line.target_id], width(words, _NOTES), boxes):
                angle, points = room
                boxes = np.concatenate([boxes, np.concatenate([points - 8.0, points + 8.0], axis=1)])
                _write_along(root, line, words, points[len(points) // 2], angle)
                break


def _symbol_box(each: _Placed) -> Box:
    return (each.at[0] - each.half[0], each.at[1] - each.half[1], each.at[0] + each.half[0], each.at[1] + each.half[1])


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
    first, last = _reach(source, along) + 5, length - _reach(target, (-along[0], -along[1])) - 9
    for share in _SHARES_TRIED:
        far = first + (last - first) * share + wide * (np.arange(9) / 8 - 0.5)
        if far[0] < first or far[-1] > last:
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
