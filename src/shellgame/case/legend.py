"""The legend of a network picture: only what is in the picture, in rows that fit its width; and how each kind of line looks."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from shellgame.case import pen
from shellgame.case.lettering import shortened, width
from shellgame.case.pen import Point
from shellgame.case.shapes import LOOKS, look_of
from shellgame.case.sketch import Basis, Sketch

_START = "double outline: where it starts"
_LISTED = "ring: its own record says that it is listed"
_NAMELESS = "dashed outline: no record names it"
_WEIGHT = "the heavier, the better founded"


class Stroke(NamedTuple):
    """How a kind of line looks: its colour, and its dashes as SVG writes them."""

    colour: str
    dash: str = ""


STROKES = {
    Basis.STATED: Stroke(pen.INK),
    Basis.PAST: Stroke(pen.INK, "10 2 2 2"),
    Basis.UNKNOWN: Stroke(pen.INK, "7 3"),
    Basis.DENIED: Stroke(pen.RING, "1.5 3.5"),
    Basis.SHARED: Stroke(pen.GREY, "4 3"),
}
"""Told apart by their dashes alone, so in black and white too."""


def weight(strength: float) -> float:
    """How wide the line of ties of some strength is, 0.6 to 1.8 units of the picture."""
    return 0.6 + 1.2 * strength**2


class Entry(NamedTuple):
    """Words of the legend, and how far from the left they stand."""

    words: str
    far: float


class Legend:
    """What has to be explained of a picture, in rows no wider than some width."""

    def __init__(self, sketch: Sketch, wide: float, scale: float = 1.0) -> None:
        """Lay out the rows.

        Args:
            sketch: What is drawn.
            wide: How wide the rows may be, in units of the picture.
            scale: By how much the letters are larger than usual: a large picture is looked at from further away.
        """
        self._letters, self._row = 7.0 * scale, 14.0 * scale
        self._scale = scale
        self.rows: list[list[Entry]] = [[]]
        far = 0.0
        for words in _explained(sketch):
            needed = 36 * scale + width(words, self._letters)
            if far + needed > wide and self.rows[-1]:
                self.rows.append([])
                far = 0.0
            self.rows[-1].append(Entry(words, far))
            far += needed

    @property
    def high(self) -> float:
        """How high it is, in units of the picture."""
        return self._row * len(self.rows) + 8

    def draw(self, root: etree._Element, at: Point) -> None:
        """Draw the rows, the first one at a height."""
        for row, entries in enumerate(self.rows):
            for words, far in entries:
                x, y = at[0] + far, at[1] + self._row * row
                self._draw_sign(root, words, x, y)
                pen.text(root, words, (x + 26 * self._scale, y + self._letters * 0.35), self._letters, anchor="start")

    def _draw_sign(self, root: etree._Element, words: str, x: float, y: float) -> None:
        scale, middle = self._scale, (x + 16 * self._scale, y)
        look = next((look for look in LOOKS.values() if look.words == words), LOOKS["Person"])
        basis = next((basis for basis in Basis if words.startswith(basis)), None)
        if basis:
            begin, end = (x + 2 * scale, y), (x + 22 * scale, y)
            pen.line(root, begin, end, wide=scale, dash=STROKES[basis].dash, colour=STROKES[basis].colour)
        elif words == _WEIGHT:
            for step, strength in enumerate((0.0, 0.6, 1.0)):
                above = y + (step - 1) * 3.5 * scale
                pen.line(root, (x + 2 * scale, above), (x + 22 * scale, above), wide=weight(strength) * scale)
        elif words == _START:
            pen.outline(root, look, middle, 6.0 * scale, fill="#FFFFFF")
            pen.outline(root, look, middle, 4.0 * scale, fill="#FFFFFF", stroke=1.8 * scale)
        elif words == _LISTED:
            pen.outline(root, look, middle, 5.5 * scale, fill="#FFFFFF", stroke=1.8 * scale, colour=pen.RING)
            pen.outline(root, look, middle, 3.5 * scale, fill="#FFFFFF")
        elif words == _NAMELESS:
            pen.outline(root, look, middle, 5.0 * scale, fill="#FFFFFF", dash="2 2")
        else:
            pen.outline(root, look, middle, 5.0 * scale)


def _explained(sketch: Sketch) -> list[str]:
    """What the legend says, in its order."""
    parties = [node for node in sketch.nodes if node.number]
    looks = dict.fromkeys(look_of(node.schema).words for node in parties)
    kinds = {line.basis for line in sketch.lines}
    lines = [str(basis) for basis in Basis if basis in kinds]
    if sketch.usual and Basis.STATED in kinds:
        lines[0] = f"{Basis.STATED}, unnamed ones: “{shortened(sketch.usual, 40)}”"
    told = [
        (_WEIGHT, len({round(line.strength, 1) for line in sketch.lines}) > 1),
        (_START, True),
        (_LISTED, any(node.is_listed for node in parties)),
        (_NAMELESS, not all(node.is_named for node in parties)),
    ]
    return [*looks, *lines, *(words for words, is_there in told if is_there)]
