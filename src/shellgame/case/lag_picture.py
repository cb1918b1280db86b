"""How others followed one jurisdiction, as curves: the share that had followed, by days since its listing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from shellgame.case import pen
from shellgame.case.words import jurisdiction_words
from shellgame.resolve.lag import Lag

_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
_DASHES = ("", "6 3", "2 2", "8 3 2 3", "4 4", "1 3")
"""Colours of Okabe and Ito, which people with any colour vision tell apart; dashes for those who print in grey."""
_WIDE, _HIGH, _LEFT, _RIGHT, _TOP, _BOTTOM = 720.0, 300.0, 48.0, 190.0, 14.0, 40.0
_MOST_DAYS = 1095
_STEP_DAYS = 180
_STEPS = 5
"""Lines of the axis of shares: fifths of its upper end are whole percents."""
_APART = 13.0
"""Least distance between two labels, in units of the picture."""


def axis_top(lags: Iterable[Lag]) -> float:
    """The upper end of the axis of shares, 0 to 1, for all pictures of a page: not so far above the curves that they lie flat."""
    most = max((_share_by(lag, _MOST_DAYS) for lag in lags), default=1.0)
    return next(end for end in (0.1, 0.25, 0.5, 1.0) if most <= end or end == 1.0)


def lag_svg(leader: str, lags: Sequence[Lag], codes: Sequence[str], top: float) -> str:
    """Draw the curves of those who followed one jurisdiction; empty where nobody did.

    Args:
        leader: Code of the jurisdiction.
        lags: Of each that followed it, over all programmes.
        codes: All that follow anybody: one has the same colour in every picture of a page.
        top: Upper end of the axis of shares, the same in every picture of a page, so that curves can be held against one another.
    """
    drawn = [lag for lag in lags if len(lag.followed)]
    if not drawn:
        return ""
    title = f"Who followed {jurisdiction_words(leader)}"
    told = "; ".join(f"{jurisdiction_words(lag.follower)}: {len(lag.followed)} of {lag.watched}" for lag in drawn)
    root = pen.canvas((0.0, 0.0, _WIDE, _HIGH), f"lag-{leader}", title, told)
    _draw_axes(root, top)
    label_at = 0.0
    for share, lag in sorted(((_share_by(lag, _MOST_DAYS), lag) for lag in drawn), key=lambda end: -end[0]):
        number = codes.index(lag.follower) % len(_COLOURS)
        line = pen.add(
            root, "polyline", points=_points(lag, top), fill="none", stroke=_COLOURS[number], stroke_width=2.0
        )
        if _DASHES[number]:
            line.set("stroke-dasharray", _DASHES[number])
        label_at = max(_y(share, top) + 3.5, label_at + _APART)
        words = f"{jurisdiction_words(lag.follower)} ({len(lag.followed)} of {lag.watched})"
        pen.text(root, words, (_WIDE - _RIGHT + 6, label_at), 10.0, anchor="start", fill=_COLOURS[number])
    return pen.written(root)


def _x(days: float) -> float:
    return _LEFT + min(days, _MOST_DAYS) / _MOST_DAYS * (_WIDE - _LEFT - _RIGHT)


def _y(share: float, top: float) -> float:
    return _HIGH - _BOTTOM - share / top * (_HIGH - _TOP - _BOTTOM)


def _share_by(lag: Lag, days: int) -> float:
    return max((share for at, share in zip(*lag.curve(), strict=True) if at <= days), default=0.0)


def _points(lag: Lag, top: float) -> str:
    """A step line: the share stays until the next one follows, and ends where nobody was watched for longer."""
    points, before = [(_x(0), _y(0, top))], 0.0
    for day, share in zip(*lag.curve(), strict=True):
        if day > _MOST_DAYS:
            break
        points += [(_x(day), _y(before, top)), (_x(day), _y(share, top))]
        before = share
    points.append((_x(max((*lag.followed, *lag.censored))), _y(before, top)))
    return " ".join(f"{pen.figure(x)},{pen.figure(y)}" for x, y in points)


def _draw_axes(root: etree._Element, top: float) -> None:
    for step in range(_STEPS + 1):
        share = top * step / _STEPS
        y = _y(share, top)
        pen.add(root, "line", x1=_LEFT, y1=y, x2=_WIDE - _RIGHT, y2=y, stroke="#DDDDDD")
        pen.text(root, f"{share:.0%}", (_LEFT - 5, y + 3.5), 9.0, anchor="end", fill=pen.GREY)
    for days in range(0, _MOST_DAYS + 1, _STEP_DAYS):
        pen.text(root, str(days), (_x(days), _HIGH - _BOTTOM + 14), 9.0, fill=pen.GREY)
    pen.text(root, "days since its listing", (_x(_MOST_DAYS / 2), _HIGH - 8), 9.0, fill=pen.GREY)
