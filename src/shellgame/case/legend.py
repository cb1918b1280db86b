"""The legend of a network picture: only what is in the picture, in rows that fit its width; and how each kind of line looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from shellgame.case import pen
from shellgame.case.lettering import shortened, width
from shellgame.case.pen import Point
from shellgame.case.shapes import LOOKS, look_of
from shellgame.case.sketch import Basis, Sketch, Weight

_START = "where it starts"
_LISTED = "its own record says that it is listed"
_NAMELESS = "no record names it"
_HUB = "what so many share"
_SHEAF = "alike: each tied to the same one only"
_IN_MORE_WAYS = re.compile(r" \+\d+$")
_UNKNOWN = (
    ("no ring", "its record prints no listing; others may list it"),
    ("no line", "no source here tells of a tie, which does not say that there is none"),
)


class Stroke(NamedTuple):
    """How a kind of line looks: its colour, and its dashes as SVG writes them."""

    colour: str
    dash: str = ""


STROKES = {
    Basis.STATED: Stroke(pen.INK),
    Basis.PAST: Stroke(pen.INK, "9 5"),
    Basis.UNKNOWN: Stroke(pen.INK, "3 3"),
    Basis.DENIED: Stroke(pen.RING, "9 3 1.5 3"),
    Basis.SHARED: Stroke(pen.BLUE, "1.5 3"),
}
"""Told apart by their dashes alone, so in black and white too."""

WIDTHS = {Weight.FIRM: 2.0, Weight.MIDDLING: 1.2, Weight.WEAK: 0.7}
"""How wide lines are, in units of the picture; in steps, since nobody reads a width off a scale."""


def stroke_of(basis: Basis, weight: Weight) -> Stroke:
    """How a line looks: weak links are paler too."""
    stroke = STROKES[basis]
    return stroke._replace(colour=pen.PALE) if weight is Weight.WEAK and stroke.colour == pen.INK else stroke


class Entry(NamedTuple):
    """Words of the legend with their sign, and how far from the left they stand."""

    words: str
    far: float
    draw: Callable[[etree._Element, Point], None] | None


_Sign = Callable[[etree._Element, Point], None]
_Told = tuple[str, list[tuple[str, _Sign | None]]]


class Legend:
    """What has to be explained of a picture, in rows no wider than some width, each subject in rows of its own."""

    def __init__(self, sketch: Sketch, wide: float, scale: float = 1.0) -> None:
        """Lay out the rows.

        Args:
            sketch: What is drawn.
            wide: How wide the rows may be, in units of the picture.
            scale: By how much the letters are larger than usual: a large picture is looked at from further away.
        """
        self._letters, self._row, self._scale = 8.0 * scale, 15.0 * scale, scale
        told = list(_explained(sketch, scale))
        self._indent = max(width(subject, self._letters) for subject, _ in told) * 1.08 + 14 * scale
        self.rows: list[tuple[str, list[Entry]]] = []
        for subject, entries in told:
            self.rows.append((subject, []))
            far = self._indent
            for words, sign in entries:
                needed = (44 if sign else 16) * scale + width(words, self._letters)
                if far + needed > wide and self.rows[-1][1]:
                    self.rows.append(("", []))
                    far = self._indent
                self.rows[-1][1].append(Entry(words, far, sign))
                far += needed

    @property
    def wide(self) -> float:
        """How wide its widest row is, in units of the picture."""
        ends = [
            entry.far + 28 * self._scale + width(entry.words, self._letters) for _, row in self.rows for entry in row
        ]
        return max(ends, default=0.0)

    @property
    def high(self) -> float:
        """How high it is, in units of the picture."""
        return self._row * len(self.rows) + 8

    def draw(self, root: etree._Element, at: Point) -> None:
        """Draw the rows, the first one at a height."""
        for row, (subject, entries) in enumerate(self.rows):
            y = at[1] + self._row * row
            base = y + self._letters * 0.35
            if subject:
                pen.text(root, subject, (at[0], base), self._letters, anchor="start", bold=True)
            for words, far, sign in entries:
                x = at[0] + far
                if sign:
                    sign(root, (x, y))
                pen.text(root, words, (x + (28 * self._scale if sign else 0), base), self._letters, anchor="start")


def _explained(sketch: Sketch, scale: float) -> Iterator[_Told]:
    """What the legend says, in its order: subjects, each with words and signs; no more than is in the picture."""
    parties = [node for node in sketch.nodes if node.number]
    looks = {look.words: look for look in (look_of(node.schema) for node in parties)}
    marks: list[tuple[str, _Sign | None]] = [(_START, _rings(scale, pen.INK))]
    if any(node.is_listed for node in parties):
        marks.append((_LISTED, _rings(scale, pen.RING)))
    if not all(node.is_named for node in parties):
        marks.append((_NAMELESS, _kind(LOOKS["Person"].words, scale, dash="2 2")))
    if len(parties) < len(sketch.nodes):
        marks.append((_HUB, _dot(scale)))
    if sketch.sheaves:
        marks.append((_SHEAF, _frame(scale)))
    yield "Who", [(words, _kind(words, scale)) for words in looks]
    yield "Marks", marks
    kinds = [basis for basis in Basis if any(line.basis is basis for line in sketch.lines)]
    if kinds:
        usual = f"; unlabelled: “{shortened(sketch.usual, 40)}”" if sketch.usual else ""
        ties: list[tuple[str, _Sign | None]] = [
            (f"{basis}{usual if basis is Basis.STATED else ''}", _line(basis, Weight.MIDDLING, scale))
            for basis in kinds
        ]
        if any(_IN_MORE_WAYS.search(line.label) for line in sketch.lines):
            ties.append(("+1: tied in one more way", None))
        yield "Ties", ties
        weights = [weight for weight in Weight if any(line.weight is weight for line in sketch.lines)]
        yield "Strength", [(weight, _line(Basis.STATED, weight, scale)) for weight in weights]
    yield "Unknown", [(f"{sign}: {words}", None) for sign, words in _UNKNOWN]


def _kind(words: str, scale: float, *, dash: str = "") -> _Sign:
    look = next((look for look in LOOKS.values() if look.words == words), LOOKS["Person"])
    fill = "#FFFFFF" if dash else ""

    def draw(root: etree._Element, at: Point) -> None:
        pen.outline(root, look, _middle(at, scale), 5.0 * scale, dash=dash, fill=fill)

    return draw


def _rings(scale: float, colour: str) -> _Sign:
    def draw(root: etree._Element, at: Point) -> None:
        look, middle, heavy = LOOKS["Person"], _middle(at, scale), 1.8 * scale
        outer = heavy if colour == pen.RING else scale
        pen.outline(root, look, middle, 6.0 * scale, fill="#FFFFFF", stroke=outer, colour=colour)
        pen.outline(root, look, middle, 3.8 * scale, fill="#FFFFFF", stroke=scale if colour == pen.RING else heavy)

    return draw


def _dot(scale: float) -> _Sign:
    def draw(root: etree._Element, at: Point) -> None:
        x, y = _middle(at, scale)
        pen.add(root, "circle", cx=x, cy=y, r=5.5 * scale, fill=pen.BLUE)
        pen.text(root, "n", (x, y + 2.4 * scale), 7.0 * scale, bold=True, fill="#FFFFFF")

    return draw


def _frame(scale: float) -> _Sign:
    def draw(root: etree._Element, at: Point) -> None:
        box = pen.add(root, "rect", x=at[0] + 4 * scale, y=at[1] - 6.5 * scale, width=19 * scale, height=13 * scale)
        for name, value in (("fill", "#FAFAFA"), ("stroke", pen.GREY), ("rx", "2")):
            box.set(name, value)
        for step in (-3.5, 3.5):
            pen.add(root, "circle", cx=at[0] + 9 * scale, cy=at[1] + step * scale, r=1.6 * scale, fill=pen.GREY)
            begin, end = (at[0] + 12 * scale, at[1] + step * scale), (at[0] + 19 * scale, at[1] + step * scale)
            pen.line(root, begin, end, wide=scale, colour=pen.GREY)

    return draw


def _line(basis: Basis, weight: Weight, scale: float) -> _Sign:
    def draw(root: etree._Element, at: Point) -> None:
        stroke = stroke_of(basis, weight)
        dash = " ".join(pen.figure(float(part) * scale) for part in stroke.dash.split())
        begin, end = (at[0], at[1]), (at[0] + 24 * scale, at[1])
        pen.line(root, begin, end, wide=WIDTHS[weight] * scale, dash=dash, colour=stroke.colour)

    return draw


def _middle(at: Point, scale: float) -> Point:
    return at[0] + 14 * scale, at[1]
