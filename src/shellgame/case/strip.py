"""The timeline as a strip: when things happened, by kind, and below on the second clock when they were published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from lxml import etree

from shellgame.case import pen
from shellgame.case.pen import Point
from shellgame.case.timeline import Moment
from shellgame.case.words import many

_LANES = {
    "parties": ("since", "established", "built", "until", "dissolved", "died"),
    "links": ("link begins", "link ends"),
    "listings": ("listed", "listing in force", "listing ends"),
}
"""Kinds of moments that stand in one row."""
_ENDS = frozenset({"until", "dissolved", "died", "link ends", "listing ends"})
_FILLS = {"parties": "#E69F00", "links": "#CC79A7", "listings": "#56B4E9", "published": "#BBBBBB"}
_WIDE, _LEFT, _RIGHT, _TOP, _LANE = 700.0, 66.0, 10.0, 8.0, 32.0
_BIN = 16.0
"""Moments closer together than this, in units of the picture, are one mark with their number."""
_LEAST = 3
"""Fewer moments than this need no drawing."""


def timeline_svg(timeline: Sequence[Moment]) -> str:
    """Draw a timeline; empty where there are too few days to make a picture."""
    dated = [(moment, day) for moment in timeline if (day := _ordinal(moment.day))]
    days = sorted({day for _, day in dated})
    if len(days) < _LEAST:
        return ""
    published = [day for moment, _ in dated if (day := _ordinal(moment.known))]
    scale = _Scale(min(days + published), max(days + published))
    lanes = [lane for lane, kinds in _LANES.items() if any(moment.kind in kinds for moment, _ in dated)]
    high = _TOP + _LANE * (len(lanes) + 1) + 30
    title = "Timeline of the network"
    description = (
        f"{many(len(dated), 'dated statement')}, {dated[0][0].day} to {dated[-1][0].day}, by kind and by publication."
    )
    root = pen.canvas((0.0, 0.0, _WIDE, high), "timeline", title, description)
    _draw_years(root, scale, high)
    for row, lane in enumerate(lanes):
        marks = [(day, moment.kind in _ENDS) for moment, day in dated if moment.kind in _LANES[lane]]
        _draw_lane(root, lane, marks, scale, _TOP + _LANE * (row + 0.5))
    _draw_lane(root, "published", ((day, False) for day in published), scale, _TOP + _LANE * (len(lanes) + 0.5))
    pen.text(
        root,
        "filled: begins or happens; hollow: ends; a number: so many",
        (_LEFT, high - 5),
        8.0,
        anchor="start",
        fill=pen.GREY,
    )
    return pen.written(root)


class _Scale:
    """Days to places along the strip, with a margin of half a year on both sides."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first - 183, last + 183

    def x(self, day: int) -> float:
        return _LEFT + (day - self.first) / (self.last - self.first) * (_WIDE - _LEFT - _RIGHT)

    def years(self) -> Iterable[int]:
        first, last = date.fromordinal(self.first).year + 1, date.fromordinal(self.last).year
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 500) if (last - first) / step <= 16 or step == 500)
        return range(first + -first % step, last + 1, step)


def _ordinal(day: str) -> int | None:
    """A partial day as a number: the middle of what it covers."""
    try:
        if len(day) == len("2024"):
            return date(int(day), 7, 1).toordinal()
        return date.fromisoformat(f"{day}-15" if len(day) == len("2024-04") else day[:10]).toordinal()
    except ValueError:
        return None


def _draw_years(root: etree._Element, scale: _Scale, high: float) -> None:
    for year in scale.years():
        x = scale.x(date(year, 1, 1).toordinal())
        pen.add(root, "line", x1=x, y1=_TOP, x2=x, y2=high - 28, stroke="#DDDDDD")
        pen.text(root, str(year), (x, high - 18), 9.0, fill=pen.GREY)


def _draw_lane(root: etree._Element, lane: str, marks: Iterable[tuple[int, bool]], scale: _Scale, y: float) -> None:
    pen.text(root, lane, (_LEFT - 10, y + 3.5), 10.0, anchor="end")
    pen.add(root, "line", x1=_LEFT, y1=y, x2=_WIDE - _RIGHT, y2=y, stroke="#999999")
    counts = Counter((round(scale.x(day) / _BIN), ends) for day, ends in marks)
    for (slot, ends), count in sorted(counts.items()):
        both = (slot, not ends) in counts
        at = (slot * _BIN, y + (0.0 if not both else 8.5 if ends else -8.5))
        _draw_mark(root, at, count, "#FFFFFF" if ends else _FILLS[lane], square=lane == "published")


def _draw_mark(root: etree._Element, at: Point, count: int, fill: str, *, square: bool) -> None:
    radius = 4.0 if count == 1 else 7.5
    if square:
        mark = pen.add(root, "rect", x=at[0] - radius, y=at[1] - radius, width=2 * radius, height=2 * radius)
    else:
        mark = pen.add(root, "circle", cx=at[0], cy=at[1], r=radius)
    for name, value in (("fill", fill), ("stroke", pen.INK), ("stroke-width", "1")):
        mark.set(name, value)
    if count > 1:
        pen.text(root, str(count), (at[0], at[1] + 2.9), 8.0 if count < 100 else 6.5, bold=True)
