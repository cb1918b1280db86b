"""The legend of a network picture: only what is in the picture, in rows that fit its width."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from shellgame.case import pen
from shellgame.case.lettering import shortened, width
from shellgame.case.pen import Point
from shellgame.case.shapes import LOOKS, look_of
from shellgame.case.sketch import Sketch

ROW_HEIGHT = 14.0
_LETTERS = 7.0
_STATED, _SHARED = "link that a source states", "something shared"
_START = "double outline: where it starts"

Entry = tuple[str, float]
"""Words of an entry, and how far from the left it stands."""


def legend_rows(sketch: Sketch, wide: float) -> list[list[Entry]]:
    """What the legend has to explain of a picture, in rows no wider than some width."""
    looks = dict.fromkeys(look_of(node.schema).words for node in sketch.nodes if node.number)
    kinds = {line.stated for line in sketch.lines}
    usual = f"{_STATED}, unnamed ones: “{shortened(sketch.usual, 40)}”" if sketch.usual else _STATED
    entries = [*looks, *([usual] if True in kinds else []), *([_SHARED] if False in kinds else []), _START]
    rows: list[list[Entry]] = [[]]
    far = 0.0
    for words in entries:
        needed = 26 + width(words, _LETTERS) + 10
        if far + needed > wide and rows[-1]:
            rows.append([])
            far = 0.0
        rows[-1].append((words, far))
        far += needed
    return rows


def draw_legend(root: etree._Element, rows: Sequence[Sequence[Entry]], at: Point) -> None:
    """Draw the rows, the first one at a height."""
    looks = {look.words: look for look in LOOKS.values()}
    for row, entries in enumerate(rows):
        for words, far in entries:
            x, y = at[0] + far, at[1] + ROW_HEIGHT * row
            if words in looks:
                pen.outline(root, looks[words], (x + 16, y), 5.0)
            elif words != _START:
                pen.line(root, (x + 2, y), (x + 22, y), solid=words != _SHARED)
            else:
                pen.outline(root, looks["person"], (x + 16, y), 6.0, fill="#FFFFFF")
                pen.outline(root, looks["person"], (x + 16, y), 4.0, fill="#FFFFFF", stroke=1.8)
            pen.text(root, words, (x + 26, y + _LETTERS * 0.35), _LETTERS, anchor="start")
