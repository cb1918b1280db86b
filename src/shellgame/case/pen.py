"""The strokes that pictures are made of, put into an SVG tree.

A tree, not text: whatever a source prints is a text node there and can never become markup.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from shellgame.case.lettering import isolated
from shellgame.case.shapes import Look

NAMESPACE = "http://www.w3.org/2000/svg"
FACES = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"
INK, GREY, PALE = "#222222", "#666666", "#808080"
BLUE = "#3B6EA8"
"""Of what is shared."""
RING = "#D55E00"
"""Of the ring around parties that are listed: vermilion of Okabe and Ito (2008)."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def figure(number: float) -> str:
    """Write a number for SVG: two decimals at most, so that a picture is the same on every machine."""
    return f"{round(number, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def canvas(view: Box, name: str, title: str, description: str) -> etree._Element:
    """Begin a picture on white, with a title and a description for those who cannot see it.

    Args:
        view: What part of the plane it shows.
        name: Prefix of the ids in it, so that several pictures fit on one page.
        title: What it is.
        description: What it shows.
    """
    left, top, right, bottom = view
    root = etree.Element(f"{{{NAMESPACE}}}svg", nsmap={None: NAMESPACE})  # type: ignore[dict-item]  # stubs know no default
    root.set("viewBox", " ".join(map(figure, (left, top, right - left, bottom - top))))
    root.set("width", figure(right - left))
    root.set("height", figure(bottom - top))
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title {name}-description")
    root.set("font-family", FACES)
    add(root, "title", id=f"{name}-title").text = title
    add(root, "desc", id=f"{name}-description").text = description
    add(root, "rect", x=left, y=top, width=right - left, height=bottom - top, fill="#FFFFFF")
    return root


def add(parent: etree._Element, tag: str, **attributes: float | str) -> etree._Element:
    """Add an element; underscores in attribute names stand for hyphens."""
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for name, value in attributes.items():
        element.set(name.replace("_", "-"), value if isinstance(value, str) else figure(value))
    return element


def named_group(parent: etree._Element, title: str) -> etree._Element:
    """Add a group that tells its name when pointed at."""
    group = add(parent, "g")
    add(group, "title").text = title
    return group


def text(
    parent: etree._Element, words: str, at: Point, size: float, *,
    bold: bool = False, fill: str = INK, halo: bool = False, anchor: str = "middle",
) -> etree._Element:  # fmt: skip
    """Write one line; with a halo it stays readable upon lines."""
    written = add(parent, "text", x=at[0], y=at[1], fill=fill, font_size=size, text_anchor=anchor)
    written.text = isolated(words)
    if bold:
        written.set("font-weight", "bold")
    if halo:
        for name, value in (("stroke", "#FFFFFF"), ("stroke-width", "3"), ("stroke-linejoin", "round")):
            written.set(name, value)
        written.set("paint-order", "stroke")
    return written


def outline(
    parent: etree._Element, look: Look, at: Point, radius: float, *,
    fill: str = "", stroke: float = 1.0, colour: str = INK, dash: str = "",
) -> etree._Element:  # fmt: skip
    """Draw the outline of a kind of party, filled with its own colour unless told otherwise."""
    if look.outline:
        corners = [(at[0] + x * radius, at[1] + y * radius) for x, y in look.outline]
        shape = add(parent, "polygon", points=_points(corners))
    else:
        shape = add(parent, "circle", cx=at[0], cy=at[1], r=radius)
    for name, value in (("fill", fill or look.fill), ("stroke", colour), ("stroke-width", figure(stroke))):
        shape.set(name, value)
    if dash:
        shape.set("stroke-dasharray", dash)
    return shape


def line(
    parent: etree._Element, begin: Point, end: Point, *, wide: float = 1.0, dash: str = "", colour: str = INK
) -> None:
    """Draw a line, dashed as told."""
    drawn = add(parent, "line", x1=begin[0], y1=begin[1], x2=end[0], y2=end[1], stroke=colour, stroke_width=wide)
    if dash:
        drawn.set("stroke-dasharray", dash)


def arrow(parent: etree._Element, tip: Point, along: Point, colour: str = INK) -> None:
    """Draw the head of an arrow whose line comes along a direction of length 1."""
    wings = [
        (tip[0] - along[0] * 7 + side * along[1] * 2.8, tip[1] - along[1] * 7 - side * along[0] * 2.8)
        for side in (1.0, -1.0)
    ]
    add(parent, "polygon", points=_points([tip, *wings]), fill=colour)


def written(root: etree._Element) -> str:
    """The picture as text, the same on every machine."""
    return str(etree.tostring(root, encoding="unicode"))


def _points(corners: Sequence[Point]) -> str:
    return " ".join(f"{figure(x)},{figure(y)}" for x, y in corners)
