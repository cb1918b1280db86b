"""How each kind of party looks in a picture: a shape and a colour, so that it is told apart in black and white too.

Colours are those of Okabe and Ito (2008), chosen to be told apart with any colour vision; the shapes alone would do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from shellgame.model.schema import is_a


@dataclass(frozen=True)
class Look:
    """A kind of party in the picture: what the legend calls it, its colour, and its outline around (0, 0) within radius 1.

    An outline without points is a circle.
    """

    words: str
    fill: str
    outline: Sequence[tuple[float, float]] = ()
    light: bool = True
    """Whether dark letters read upon its colour."""


def reach(look: Look, x: float, y: float) -> float:
    """How far the outline is from the middle in a direction of length 1."""
    corners = look.outline
    if not corners:
        return 1.0
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        across = x * (by - ay) - y * (bx - ax)
        if abs(across) > 1e-9:
            far = (ax * (by - ay) - ay * (bx - ax)) / across
            share = (x * ay - y * ax) / -across
            if far > 0 and -1e-6 <= share <= 1 + 1e-6:
                return far
    return 1.0


def _polygon(corners: int, turn: float = 0.0) -> list[tuple[float, float]]:
    steps = [2 * pi * (corner + turn) / corners - pi / 2 for corner in range(corners)]
    return [(cos(step), sin(step)) for step in steps]


_SIDE = 0.86
LOOKS = {
    "Person": Look("person", "#56B4E9"),
    "PublicBody": Look("public body", "#F0E442", _polygon(5)),
    "Company": Look("company", "#E69F00", [(-_SIDE, -_SIDE), (_SIDE, -_SIDE), (_SIDE, _SIDE), (-_SIDE, _SIDE)]),
    "Organization": Look("organisation", "#F5C56B", [(-1.12, -0.68), (1.12, -0.68), (1.12, 0.68), (-1.12, 0.68)]),
    "Vessel": Look("vessel", "#009E73", [(-1.1, -0.6), (1.1, -0.6), (0.65, 0.7), (-0.65, 0.7)], light=False),
    "Airplane": Look("aircraft", "#7FCFB9", [(0.0, -1.1), (1.1, 0.75), (-1.1, 0.75)]),
    "Asset": Look("asset", "#CC79A7", [(-1.1, 0.7), (-0.55, -0.7), (1.1, -0.7), (0.55, 0.7)]),
    "CryptoWallet": Look("crypto wallet", "#CC79A7", _polygon(4)),
    "LegalEntity": Look("legal entity, kind not told", "#DDDDDD", _polygon(6)),
    "Thing": Look("other or not told", "#FFFFFF", _polygon(6, 0.5)),
}
"""From the most special to the most general: the first kind that a schema is decides."""


def look_of(schema: str) -> Look:
    """The look of a schema: its own, or that of the nearest kind that has one."""
    return next((look for kind, look in LOOKS.items() if is_a(schema, kind)), LOOKS["Thing"])
