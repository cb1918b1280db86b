"""Who owns a company, as a picture: owners above what they own, each stake with its figure, listed parties marked.

What is exact is a solid line, what is open a dashed one. Listed, caught and open parties are told apart by words and outlines, so
that the picture reads in black and white.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypedDict

from lxml import etree

from shellgame.case import pen
from shellgame.case.lettering import isolated, visible, width, wrapped
from shellgame.case.owners_words import STANDINGS, chain, figure_words, standing_words
from shellgame.case.pen import Box, Point
from shellgame.case.shapes import look_of
from shellgame.case.words import many
from shellgame.graph.ownership.owners import Owners
from shellgame.graph.ownership.stakes import Stake
from shellgame.model.stakes import IN_SHARES, UNKNOWN, StakeKind

MOST_DRAWN = 40
"""More parties than this do not read; the table below the picture has all."""
_PER_ROW = 6
_WIDE, _HIGH, _GAP, _RISE = 176.0, 62.0, 22.0, 74.0
_NAME, _SMALL, _FIGURE = 11.0, 9.5, 10.5
_DROPS = (0.5, 0.38, 0.62, 0.28, 0.72, 0.2)
"""How far down a line its figures are tried, until they lie upon no other."""
_MARGIN = 24.0
_FILLS = {"listed": "#F3C9C4", "caught": "#FBE3C0", "perhaps": "#FFFFFF", "": "#FFFFFF"}
"""Light enough for letters upon them; the words in the box say the same."""
_EXPLAINED = {
    "listed": "listed",
    "caught": "caught by a rule",
    "perhaps": "may be listed or caught",
    "": "nothing here says that it is listed",
}


@dataclass(frozen=True)
class _Box:
    """A party in its place.

    Attributes:
        party: Its id.
        x: Middle.
        y: Top.
    """

    party: str
    x: float
    y: float


@dataclass(frozen=True)
class _Line:
    """All stakes of one party in another: one line, with a figure for each right."""

    owner: str
    owned: str
    words: tuple[str, ...]
    is_exact: bool


def owners_svg(found: Owners) -> str:
    """Draw who owns a company: all chains and all its direct owners, as many as read.

    Args:
        found: The answer; at least one stake in it.
    """
    stakes = dict.fromkeys([*(hop.stake for hop in chain(found)), *sorted(found.stakes, key=_by_size)])
    drawn = list(dict.fromkeys([found.party.id, *(end for stake in stakes for end in (stake.owned, stake.owner))]))
    left_out = max(0, len(drawn) - MOST_DRAWN)
    lines = [line for line in _lines(stakes) if {line.owner, line.owned} <= {*drawn[:MOST_DRAWN]}]
    rows = _rows(lines, _steps(lines, found.party.id), found)
    across = max(len(row) for row in rows)
    wide = max(across * (_WIDE + _GAP) - _GAP, 660.0) + 2 * _MARGIN
    boxes = _placed(rows, wide)
    high = len(rows) * (_HIGH + _RISE) - _RISE + 2 * _MARGIN + 60
    title = f"Who owns {isolated(visible(found.party.called))} on {found.day}"
    more = f"; {many(left_out, 'party', 'parties')} more in the tables only" if left_out else ""
    told = f"{many(len(boxes), 'party', 'parties')}, owners above what they own; listed parties are marked{more}"
    root = pen.canvas((0.0, 0.0, wide, high), "owners", title, told)
    middles = [(line, _draw_line(root, boxes, line, wide)) for line in lines]
    for box in boxes.values():
        _draw_box(root, box, found)
    taken = [(box.x - _WIDE / 2, box.y, box.x + _WIDE / 2, box.y + _HIGH) for box in boxes.values()]
    for line, ways in middles:
        taken.append(_write_figures(root, line.words[:3], ways, taken))
    _draw_legend(root, (_MARGIN, high - 48), more, lines, found, list(boxes))
    return pen.written(root)


def _write_figures(root: etree._Element, words: Sequence[str], ways: Sequence[Point], taken: Sequence[Box]) -> Box:
    """Write the figures of a line at the first of some points where they lie upon nothing; the first of all where there is none."""
    wide, high = max(width(each, _FIGURE) for each in words) * 1.08 + 4, 12.0 * len(words) + 2

    def around(at: Point) -> Box:
        return at[0] - wide / 2, at[1] - high / 2, at[0] + wide / 2, at[1] + high / 2

    at = next((way for way in ways if not any(_touch(around(way), each) for each in taken)), ways[0])
    box = around(at)
    pen.add(root, "rect", x=box[0], y=box[1], width=wide, height=high, fill="#FFFFFF", rx=2.0)
    for row, each in enumerate(words):
        pen.text(root, each, (at[0], box[1] + 10.5 + 12 * row), _FIGURE, bold=True)
    return box


def _touch(one: Box, other: Box) -> bool:
    return min(one[2], other[2]) > max(one[0], other[0]) and min(one[3], other[3]) > max(one[1], other[1])


def _lines(stakes: Iterable[Stake]) -> list[_Line]:
    pairs: defaultdict[tuple[str, str], list[Stake]] = defaultdict(list)
    for stake in stakes:
        pairs[stake.owner, stake.owned].append(stake)
    return [
        _Line(
            owner,
            owned,
            tuple(dict.fromkeys(map(_stake_words, its))),
            all(stake.kind in IN_SHARES and stake.interval.low == stake.interval.high for stake in its),
        )
        for (owner, owned), its in pairs.items()
    ]


def _stake_words(stake: Stake) -> str:
    """The figure of a stake, and the right where it is not shares."""
    if stake.kind not in IN_SHARES:
        return str(stake.kind)
    words = "?" if stake.interval == UNKNOWN else figure_words(stake.interval)
    return words if stake.kind is StakeKind.SHARES else f"{words} {stake.kind}"


def _steps(lines: Sequence[_Line], start: str) -> dict[str, int]:
    """How many steps each party is above the company, at most; what closes a circle is no step."""
    above: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        above[line.owned].append(line.owner)
    done: list[str] = []
    closing: set[tuple[str, str]] = set()
    state = {start: "open"}
    waiting = [(start, iter(above[start]))]
    while waiting:
        party, owners = waiting[-1]
        owner = next(owners, None)
        if owner is None:
            state[party] = "done"
            done.append(party)
            waiting.pop()
        elif owner not in state:
            state[owner] = "open"
            waiting.append((owner, iter(above[owner])))
        elif state[owner] == "open":
            closing.add((owner, party))
    steps = dict.fromkeys(reversed(done), 0)
    for party in steps:
        for owner in above[party]:
            if (owner, party) not in closing:
                steps[owner] = max(steps[owner], steps[party] + 1)
    return steps


def _rows(lines: Sequence[_Line], steps: Mapping[str, int], found: Owners) -> list[list[str]]:
    """Parties in rows, the farthest first; each beside what it owns, as far as rows go."""
    rows: list[list[str]] = []
    place: dict[str, float] = {}
    for step in range(max(steps.values()) + 1):
        layer = [party for party, its in steps.items() if its == step]
        below = {
            party: [place[line.owned] for line in lines if line.owner == party and line.owned in place]
            for party in layer
        }
        layer.sort(
            key=lambda party: (
                sum(below[party]) / len(below[party]) if below[party] else 0.0,
                party not in found.standings,
                party,
            )
        )
        for start in range(0, len(layer), _PER_ROW):
            row = layer[start : start + _PER_ROW]
            place |= {party: number - (len(row) - 1) / 2 for number, party in enumerate(row)}
            rows.append(row)
    return rows[::-1]


def _placed(rows: Sequence[Sequence[str]], wide: float) -> dict[str, _Box]:
    boxes = {}
    for level, row in enumerate(rows):
        left = (wide - len(row) * (_WIDE + _GAP) + _GAP) / 2
        for number, party in enumerate(row):
            x = left + number * (_WIDE + _GAP) + _WIDE / 2
            boxes[party] = _Box(party, x, _MARGIN + level * (_HIGH + _RISE))
    return boxes


def _draw_line(root: etree._Element, boxes: Mapping[str, _Box], line: _Line, wide: float) -> list[Point]:
    """A line from owner down to owned, between the boxes that it passes; one that goes up or sideways swings around the outside.

    Returns:
        Where its figures may stand, the best place first.
    """
    owner, owned = boxes[line.owner], boxes[line.owned]
    if owner.y < owned.y:
        shift = (owner.x - owned.x) / wide * _WIDE * 0.7
        begin, end = (owner.x, owner.y + _HIGH), (owned.x + shift, owned.y)
        corners = [begin, *_between(begin, end, boxes), end]
        last = corners[-2]
        far = max(((end[0] - last[0]) ** 2 + (end[1] - last[1]) ** 2) ** 0.5, 1.0)
        along = ((end[0] - last[0]) / far, (end[1] - last[1]) / far)
        tip = (end[0] - along[0] * 6, end[1] - along[1] * 6)
        for one, other in pairwise([*corners[:-1], tip]):
            pen.line(root, one, other, **_stroke(line.is_exact))
        pen.arrow(root, end, along)
        end = corners[1]
        return [(begin[0] + (end[0] - begin[0]) * drop, begin[1] + (end[1] - begin[1]) * drop) for drop in _DROPS]
    side = 1.0 if owner.x >= wide / 2 else -1.0
    begin, end = (
        (owner.x + side * _WIDE / 2, owner.y + _HIGH / 2),
        (owned.x + side * _WIDE / 2, owned.y + _HIGH / 2 + 8),
    )
    out = max(begin[0] * side, end[0] * side) * side + side * (_GAP - 4)
    path = f"M {pen.figure(begin[0])} {pen.figure(begin[1])} C {pen.figure(out)} {pen.figure(begin[1])} "
    path += f"{pen.figure(out)} {pen.figure(end[1])} {pen.figure(end[0] + side * 6)} {pen.figure(end[1])}"
    drawn = pen.add(root, "path", d=path, fill="none", stroke=pen.INK if line.is_exact else pen.GREY)
    if not line.is_exact:
        drawn.set("stroke-dasharray", "4 3")
    pen.arrow(root, end, (-side, 0.0))
    return [(out, (begin[1] + end[1]) / 2)]


def _draw_box(root: etree._Element, box: _Box, found: Owners) -> None:
    named, best, is_asked = found.parties[box.party], _standing(found, box.party), box.party == found.party.id
    group = pen.named_group(root, f"{isolated(visible(named.name)) or 'not named'} ({visible(named.id)})")
    drawn = pen.add(group, "rect", x=box.x - _WIDE / 2, y=box.y, width=_WIDE, height=_HIGH, rx=3.0)
    drawn.set("fill", "#F7F4D9" if is_asked and not best else _FILLS[best])
    drawn.set("stroke", pen.INK)
    drawn.set("stroke-width", "2.6" if is_asked or best == "listed" else "1.1")
    if best == "perhaps" or not named.name:
        drawn.set("stroke-dasharray", "5 3")
    pen.outline(group, look_of(named.schema), (box.x - _WIDE / 2 + 12, box.y + 14), 6.0)
    rows = wrapped(named.name or "not named", _NAME, _WIDE - 34, 2)
    for number, row in enumerate(rows):
        pen.text(group, row, (box.x + 8, box.y + 17 + 13 * number), _NAME, bold=is_asked)
    for number, words in enumerate(wrapped(standing_words(found, box.party), _SMALL, _WIDE - 14, 2)):
        pen.text(group, words, (box.x, box.y + 44 + 11 * number), _SMALL, bold=best == "listed", fill=pen.INK)


def _standing(found: Owners, party: str) -> str:
    """What any rule makes of a party, the worst of all; empty where nothing here says that it is listed or caught."""
    is_listed = party == found.party.id and any(held.is_listed for held in found.rules)
    told = {*found.standings.get(party, {}).values(), *(["listed"] if is_listed else [])}
    return next((each for each in STANDINGS if each in told), "")


def _between(begin: Point, end: Point, boxes: Mapping[str, _Box]) -> list[Point]:
    """The corners of a line that passes rows of boxes: through the gap in each that is nearest to its way."""
    corners: list[Point] = []
    for top in sorted({box.y for box in boxes.values() if begin[1] < box.y < end[1] - 1}):
        row = sorted(box.x for box in boxes.values() if box.y == top)
        aside = (_WIDE + _GAP) / 2
        gaps = [row[0] - aside, *(x + aside for x in row)]
        last = corners[-1] if corners else begin
        straight = last[0] + (end[0] - last[0]) * (top + _HIGH / 2 - last[1]) / (end[1] - last[1])
        x = (
            straight
            if all(abs(straight - middle) > aside for middle in row)
            else min(gaps, key=lambda gap: abs(gap - straight))
        )
        corners += [(x, top - 6), (x, top + _HIGH + 6)]
    return corners


class _Stroke(TypedDict):
    dash: str
    colour: str


def _stroke(is_exact: bool) -> _Stroke:
    """How a line is drawn whose figure is told, or is open."""
    return _Stroke(dash="", colour=pen.INK) if is_exact else _Stroke(dash="4 3", colour=pen.GREY)


def _by_size(stake: Stake) -> tuple[int, int, str]:
    return (-stake.interval.low, -stake.interval.high, stake.owner)


def _draw_legend(
    root: etree._Element, at: Point, more: str, lines: Sequence[_Line], found: Owners, drawn: Sequence[str]
) -> None:
    """Explain what is in the picture, and no more."""
    x, y = at
    right = float(root.get("width", "0")) - _MARGIN
    there = {_standing(found, party) for party in drawn if party != found.party.id or _standing(found, party)}
    signs: list[tuple[str, str | bool]] = [(words, each) for each, words in _EXPLAINED.items() if each in there]
    told = ((True, "figure told"), (False, "figure open or not told (?)"))
    signs += [(words, is_exact) for is_exact, words in told if any(line.is_exact is is_exact for line in lines)]
    for words, sign in signs:
        needed = 27 + width(words, _SMALL) + 16
        if x + needed > right and x > at[0]:
            x, y = at[0], y + 15
        if isinstance(sign, bool):
            pen.line(root, (x, y - 2), (x + 22, y - 2), **_stroke(sign))
        else:
            box = pen.add(root, "rect", x=x, y=y - 9, width=22.0, height=12.0, fill=_FILLS[sign], stroke=pen.INK)
            if sign == "perhaps":
                box.set("stroke-dasharray", "3 2")
        pen.text(root, words, (x + 27, y + 1), _SMALL, anchor="start")
        x += needed
    if more:
        pen.text(root, more.removeprefix("; "), (at[0], y + 16), _SMALL, anchor="start")
