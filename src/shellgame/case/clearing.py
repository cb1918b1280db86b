"""The last touches to places: labels above or below their symbols, and small steps aside, so that few lines run through either.

A party has its place as a box that holds symbol and label. Turning the box over moves the symbol off a line that is not its own,
which would read as if it ended there, or the label off lines that make it hard to read. Where that does not help a symbol, the
whole box steps aside, as far as there is room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, pi, sin
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.case.pen import Box, Point

_ROUNDS = 2
_FALSE_END = 8
"""A line through the symbol of somebody else is as bad as so many through a label: it tells what is not so."""
_ASIDE = 2.0
"""How far from a symbol a line that is not its own should pass, in units of the picture."""
_STEPS = (12.0, 24.0)
"""How far a box may step aside, in units of the picture."""
_APART = 2.0

Points = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Boxed(NamedTuple):
    """A party in its place: the box around symbol and label, half the height of the part with the symbol, the symbol's radius."""

    box: Box
    head: float
    radius: float
    above: bool = False
    """Whether the label stands above the symbol."""

    @property
    def symbol(self) -> Point:
        """The middle of the symbol."""
        left, top, right, bottom = self.box
        return (left + right) / 2, bottom - self.head if self.above else top + self.head

    @property
    def label(self) -> Box:
        """The box around the label alone."""
        left, top, right, bottom = self.box
        return (left, top, right, bottom - 2 * self.head) if self.above else (left, top + 2 * self.head, right, bottom)

    def moved(self, x: float, y: float) -> Boxed:
        """The same, elsewhere."""
        left, top, right, bottom = self.box
        return self._replace(box=(left + x, top + y, right + x, bottom + y))


def cleared(boxed: Sequence[Boxed], edges: Sequence[tuple[int, int]]) -> list[Boxed]:
    """Turn and move boxes so that fewer lines run through them; none comes to lie upon another.

    Args:
        boxed: The parties in their places.
        edges: Pairs of positions in `boxed` that a line joins.
    """
    found = list(boxed)
    ends = np.array(edges, dtype=np.intp).reshape(-1, 2)
    own = [(ends == position).any(axis=1) for position in range(len(found))]
    symbols = np.array([each.symbol for each in found]).reshape(-1, 2)
    boxes = np.array([each.box for each in found]).reshape(-1, 4)
    radii = np.array([each.radius + _ASIDE for each in found])[:, None]
    for _ in range(_ROUNDS):
        before = list(found)
        for position, each in enumerate(found):
            best, least = each, _cost(position, each, symbols, radii, ends, own[position])
            for other in _others(each, stuck=least >= _FALSE_END):
                if least == 0:
                    break
                if not _is_free(position, other, each, boxes):
                    continue
                cost = _cost(position, other, symbols, radii, ends, own[position])
                if cost < least:
                    best, least = other, cost
            found[position], symbols[position], boxes[position] = best, best.symbol, best.box
        if found == before:
            break
    return found


def _others(each: Boxed, *, stuck: bool) -> Iterator[Boxed]:
    """Where else a box may stand: turned over, and where a line runs through its symbol, a step aside as well."""
    turned = each._replace(above=not each.above)
    yield turned
    for far in _STEPS if stuck else ():
        for eighth in range(8):
            x, y = far * cos(eighth * pi / 4), far * sin(eighth * pi / 4)
            yield each.moved(x, y)
            yield turned.moved(x, y)


def _is_free(position: int, other: Boxed, each: Boxed, boxes: Points) -> bool:
    """Whether a box may stand there: where it does already, or where no other one is."""
    if other.box == each.box:
        return True
    left, top, right, bottom = other.box
    upon = (boxes[:, 0] < right + _APART) & (boxes[:, 2] > left - _APART)
    upon &= (boxes[:, 1] < bottom + _APART) & (boxes[:, 3] > top - _APART)
    upon[position] = False
    return not upon.any()


def _cost(position: int, each: Boxed, symbols: Points, radii: Points, ends: NDArray[np.intp], own: Mask) -> int:
    """How badly it stands there: the lines through its label, and many times over what would read as a false end.

    That is a line of others through its symbol, or one of its own through a symbol of others.
    """
    here = np.array(each.symbol)
    begin, end = symbols[ends[:, 0]], symbols[ends[:, 1]]
    begin[ends[:, 0] == position] = end[ends[:, 1] == position] = here
    reach = each.radius + _ASIDE
    false_ends = (crosses(begin, end, here - reach, here + reach) & ~own).sum()
    far = ends[own].sum(axis=1) - position
    through = crosses(begin[own][:, None], end[own][:, None], symbols - radii, symbols + radii)
    through[:, position] = through[np.arange(len(far)), far] = False
    left, top, right, bottom = each.label
    labels = crosses(begin, end, np.array((left, top)), np.array((right, bottom)))
    return int(_FALSE_END * (false_ends + through.sum()) + labels.sum())


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
