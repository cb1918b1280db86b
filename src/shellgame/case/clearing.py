"""The last touches to places: labels on another side of their symbols, and small steps aside, so that few lines run through either.

A party has its place as a box that holds symbol and label. Where lines run through its symbol, which would read as if they ended
there, or through its label, which makes it hard to read, other sides for the label and small steps aside are tried, as far as
there is room. None comes to lie upon another.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from math import cos, pi, sin
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.case.pen import Box, Point

_ROUNDS = 4
_FALSE_END = 6.0
"""A line through the symbol of somebody else is as bad as so many through a label: it tells what is not so."""
_ASIDE = 3.0
"""How far from a symbol a line that is not its own should pass, in units of the picture."""
_STEPS = (0.0, 10.0, 20.0, 34.0, 50.0, 75.0)
"""How far a box may step aside, in units of the picture; the frame of a list as much further as it is larger than a symbol."""
_LARGE = 40.0
"""Half the width of what is large."""
_PER_STEP = 0.004
"""What a unit of a step costs, in lines through a label: of two places as clear, the nearer."""
_APART = 3.0

Points = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Side(StrEnum):
    """Where the label stands, seen from the symbol; those liked best come first."""

    BELOW = "below"
    ABOVE = "above"
    RIGHT = "right"
    LEFT = "left"
    BELOW_RIGHT = "below right"
    BELOW_LEFT = "below left"
    ABOVE_RIGHT = "above right"
    ABOVE_LEFT = "above left"

    @property
    def begins(self) -> bool:
        """Whether the label begins at the symbol and goes to the right."""
        return self in (Side.RIGHT, Side.BELOW_RIGHT, Side.ABOVE_RIGHT)

    @property
    def ends(self) -> bool:
        """Whether the label ends at the symbol and comes from the left."""
        return self in (Side.LEFT, Side.BELOW_LEFT, Side.ABOVE_LEFT)


class Boxed(NamedTuple):
    """A party in its place.

    Attributes:
        at: The middle of its symbol.
        half: Half the width and height of its symbol.
        clear: How far from the middle, to the sides and up or down, its label begins.
        label_size: Width and height of its label.
        side: Where the label stands.
    """

    at: Point
    half: Point
    clear: Point
    label_size: Point = (0.0, 0.0)
    side: Side = Side.BELOW

    @property
    def label(self) -> Box:
        """The box around the label alone."""
        (x, y), (wide, high) = self.at, self.label_size
        if self.side in (Side.LEFT, Side.RIGHT):
            left = x + self.clear[0] if self.side is Side.RIGHT else x - self.clear[0] - wide
            return (left, y - high / 2, left + wide, y + high / 2)
        top = y + self.clear[1] if self.side.value.startswith("below") else y - self.clear[1] - high
        left = (
            x - self.half[0] / 2
            if self.side.begins
            else x + self.half[0] / 2 - wide
            if self.side.ends
            else x - wide / 2
        )
        return (left, top, left + wide, top + high)

    @property
    def symbol(self) -> Box:
        """The box around the symbol alone."""
        return (
            self.at[0] - self.half[0],
            self.at[1] - self.half[1],
            self.at[0] + self.half[0],
            self.at[1] + self.half[1],
        )

    @property
    def box(self) -> Box:
        """The box around both."""
        one, other = self.symbol, self.label
        return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])

    def moved(self, x: float, y: float) -> Boxed:
        """The same, elsewhere."""
        return self._replace(at=(self.at[0] + x, self.at[1] + y))


def cleared(boxed: Sequence[Boxed], edges: Sequence[tuple[int, int]]) -> list[Boxed]:
    """Turn and move boxes so that fewer lines run through them; none comes to lie upon another.

    Args:
        boxed: The parties in their places.
        edges: Pairs of positions in `boxed` that a line joins.
    """
    plane = _Plane(boxed, edges)
    for _ in range(_ROUNDS):
        before = list(plane.boxed)
        for position in range(len(plane.boxed)):
            plane.better(position)
        if plane.boxed == before:
            break
    return plane.boxed


class _Plane:
    """All boxes and lines, as arrays to be measured at once."""

    def __init__(self, boxed: Sequence[Boxed], edges: Sequence[tuple[int, int]]) -> None:
        self.boxed = list(boxed)
        self.ends = np.array(edges, dtype=np.intp).reshape(-1, 2)
        self.own = [(self.ends == position).any(axis=1) for position in range(len(self.boxed))]
        self.at = np.array([each.at for each in self.boxed]).reshape(-1, 2)
        self.symbols = np.array([each.symbol for each in self.boxed]).reshape(-1, 4)
        self.labels = np.array([each.label for each in self.boxed]).reshape(-1, 4)
        self.boxes = np.array([each.box for each in self.boxed]).reshape(-1, 4)

    def better(self, position: int) -> None:
        """Put a box where least runs through it, if that is elsewhere."""
        here = self.boxed[position]
        cost = self.costs(position, [here])[0]
        if cost == 0:
            return
        others, steps = _others(here, stuck=bool(cost >= _FALSE_END))
        free = self._are_free(position, others)
        others = [here, *(other for other, is_free in zip(others, free, strict=True) if is_free)]
        aside = np.concatenate([[0.0], np.array(steps)[free]]) * _PER_STEP
        costs = self.costs(position, others)
        best = int((costs + aside).argmin())
        if costs[best] < costs[0]:
            self._put(position, others[best])

    def costs(self, position: int, places: Sequence[Boxed]) -> Points:
        """How bad each of some places is: the lines through the label, and many times over what would read as a false end.

        That is a line of others through its symbol, or one of its own through a symbol of others; one of its own through a label of
        others counts as one through a label.
        """
        at = np.array([each.at for each in places])
        there = np.array([each.box for each in places])
        lines = self._near(there[:, :2].min(axis=0) - _ASIDE, there[:, 2:].max(axis=0) + _ASIDE) | self.own[position]
        ends, own = self.ends[lines], self.own[position][lines]
        begin, end = (np.repeat(self.at[ends[:, side]][None], len(places), axis=0) for side in (0, 1))
        for line, side in np.argwhere(ends == position):
            (begin, end)[side][:, line] = at
        symbol, label = (np.array(each)[:, None] for each in zip(*((p.symbol, p.label) for p in places), strict=True))
        false_ends = crosses(begin, end, symbol[..., :2] - _ASIDE, symbol[..., 2:] + _ASIDE) & ~own
        labels = crosses(begin, end, label[..., :2], label[..., 2:])
        cost = _FALSE_END * false_ends.sum(axis=1) + labels.sum(axis=1)
        if own.any():
            mine = begin[:, own, None], end[:, own, None]
            far = ends[own].sum(axis=1) - position
            along = np.concatenate([begin[:, own], end[:, own]], axis=1)
            low, high = along.min(axis=(0, 1)) - _ASIDE, along.max(axis=(0, 1)) + _ASIDE
            near = (self.boxes[:, :2] < high).all(axis=1) & (self.boxes[:, 2:] > low).all(axis=1)
            near[position] = False
            others = np.flatnonzero(near)
            for boxes, weight, aside in ((self.symbols, _FALSE_END, _ASIDE), (self.labels, 1.0, 0.0)):
                through = crosses(*mine, boxes[others, :2] - aside, boxes[others, 2:] + aside)
                if aside:
                    through &= others != far[:, None]
                cost = cost + weight * through.sum(axis=(1, 2))
        return np.asarray(cost, dtype=np.float64)

    def _near(self, low: Points, high: Points) -> Mask:
        """Which lines come near a part of the plane."""
        begin, end = self.at[self.ends[:, 0]], self.at[self.ends[:, 1]]
        return np.asarray((np.minimum(begin, end) < high).all(axis=1) & (np.maximum(begin, end) > low).all(axis=1))

    def _are_free(self, position: int, places: Sequence[Boxed]) -> Mask:
        """Which places have no other box in them."""
        left, top, right, bottom = np.array([each.box for each in places]).T[:, :, None]
        upon = (self.boxes[:, 0] < right + _APART) & (self.boxes[:, 2] > left - _APART)
        upon &= (self.boxes[:, 1] < bottom + _APART) & (self.boxes[:, 3] > top - _APART)
        upon[:, position] = False
        return np.asarray(~upon.any(axis=1))

    def _put(self, position: int, place: Boxed) -> None:
        self.boxed[position] = place
        self.at[position] = place.at
        self.symbols[position], self.labels[position], self.boxes[position] = place.symbol, place.label, place.box


def _others(here: Boxed, *, stuck: bool) -> tuple[list[Boxed], list[float]]:
    """Where else a box may stand, each with how far that is from where it stands now; the largest step only if it is stuck."""
    sides = list(Side) if here.label_size[0] else [here.side]
    larger = max(1.0, here.half[0] / _LARGE)
    found, steps = [], []
    for far in (step * larger for step in (_STEPS if stuck else _STEPS[:-1])):
        for eighth in range(8 if far else 1):
            for number, side in enumerate(sides):
                found.append(here._replace(side=side).moved(far * cos(eighth * pi / 4), far * sin(eighth * pi / 4)))
                steps.append(far + number)
    return found, steps


def crosses(begin: Points, end: Points, low: Points, high: Points) -> Mask:
    """Which lines have a piece in which box: a part between its sides that is also between its top and bottom (Liang and Barsky).

    Args:
        begin: Where lines begin, shape (…, 2), as all others.
        end: Where they end.
        low: Left and top of boxes.
        high: Right and bottom of boxes.
    """
    way = np.where(end == begin, 1e-9, end - begin)
    first, last = (low - begin) / way, (high - begin) / way
    enters, leaves = np.minimum(first, last).max(axis=-1), np.maximum(first, last).min(axis=-1)
    return np.asarray(np.maximum(enters, 0.0) < np.minimum(leaves, 1.0))
