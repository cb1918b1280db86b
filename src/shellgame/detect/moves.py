"""Who let go of a stake or a role, when, and who took it: what is read out of entries that begin and end.

An entry that ends while the same holder's next one begins is no move: registers close and open entries with some days between, so
what was held is looked at some days before and after. Nor is one that ends with the company itself. How much was held is an
interval, so whether anything moved is one too.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shellgame.detect.scene import Holding, Scene
from shellgame.detect.when import Days, every, near
from shellgame.model.stakes import IN_SHARES, WHOLE, Interval, StakeKind

MOST_TAKERS = 50
"""So many of those who took something near one loss and are not tied to the loser are looked at; that there are more is said."""
_NO_DAY = -1


class Move(NamedTuple):
    """What a party had in an asset before an event and after it, as one source tells it.

    Attributes:
        party: Who let go of something, or took it.
        asset: Of what.
        right: Of which right; None for a role in the management.
        when: When; None where it is not told.
        before: How much of the right it had.
        after: How much it has.
        sure: Whether that is less than before, or more where it took something; None where that cannot be said.
        holding: The entry that ended or began.
        claims: Ids of the claims.
        why: Why it is not sure, in words; empty where it is.
    """

    party: str
    asset: str
    right: StakeKind | None
    when: Days | None
    before: Interval
    after: Interval
    sure: bool | None
    holding: Holding
    claims: tuple[str, ...]
    why: str = ""

    @property
    def what(self) -> str:
        """What moved, in words."""
        if self.right is None:
            return self.holding.words or "a role in the management"
        return f"{self.right} ({figure(self.before)} before, {figure(self.after)} after)"


def figure(interval: Interval) -> str:
    """An interval in words."""
    if interval == Interval(0, 0):
        return "nothing told"
    return f"{interval} %" if str(interval) else "share not told"


def losses(scene: Scene, settling: int) -> Iterator[Move]:
    """Every entry that ended, with what its holder had before and after.

    Args:
        scene: What is told.
        settling: Days until the next entry may begin, see the module.
    """
    for (party, asset, right, _), its in scene.series.items():
        told: dict[object, Move] = {}
        for number, ended in enumerate(its):
            others = its[:number] + its[number + 1 :]
            if ended.end is not None:
                before = _sum(level(others, ended.end.first - 1), ended.interval, right)
                after = level(others, ended.end.last + 1 + settling)
                rest = any(holds(each, ended.end.last + 1 + settling) is not False for each in others)
                sure = every([_is_less(after, before, remains=rest), _outlived(scene, asset, ended.end, settling)])
                why = "" if sure is not None else _UNSURE.format(scene.name(party), scene.name(asset))
            elif ended.ended:
                before, after, sure, why = ended.interval, level(others, scene.day), None, ended.ended
                sure = False if others and after == before else sure
            else:
                continue
            claims = tuple(sorted({claim for each in its for claim in each.claims}))
            move = Move(party, asset, right, ended.end, before, after, sure, ended, claims, why)
            told.setdefault((move.when, before, after), move)
        yield from told.values()


def gains(scene: Scene, asset: str, settling: int) -> Iterator[Move]:
    """Every entry in an asset that began, with what its holder had before and after; those without a day too."""
    for party, right, _, its in scene.held_in(asset):
        for number, begun in enumerate(its):
            others = its[:number] + its[number + 1 :]
            if begun.start is None:
                why = f"since when {scene.name(party)} holds something in {scene.name(asset)} is not told"
                yield Move(party, asset, right, None, Interval(0, 0), begun.interval, None, begun, begun.claims, why)
                continue
            before = level(others, begun.start.first - 1 - settling)
            after = _sum(level(others, begun.start.last + 1), begun.interval, right)
            had = any(holds(each, begun.start.first - 1 - settling) is not False for each in others)
            sure = _is_less(before, after, remains=had)
            why = "" if sure is not None else _UNSURE.format(scene.name(party), scene.name(asset))
            yield Move(party, asset, right, begun.start, before, after, sure, begun, begun.claims, why)


_UNSURE = "what {} has in {} is not told exactly enough to say whether it changed hands"


def _outlived(scene: Scene, asset: str, end: Days, settling: int) -> bool | None:
    """Whether a company was there after an entry ended: what ends with the company itself goes to nobody."""
    dissolved = scene.of(asset).dissolved
    if dissolved is None or end.last < dissolved.first - settling:
        return True
    return False if end.first >= dissolved.last - settling else None


class Takers(NamedTuple):
    """Who took something of an asset near a loss.

    Attributes:
        told: Each, and whether it was near; those who are tied to the loser first.
        more: How many more there may be, who were not looked at.
    """

    told: list[tuple[Move, bool | None]]
    more: int


class Gains:
    """All that was taken of the assets of a scene, found by the day: so that each loss looks at those near it only."""

    def __init__(self, scene: Scene, settling: int) -> None:
        """Begin without an asset; each is read through once, when it is first asked for.

        Args:
            scene: What is told.
            settling: See `losses`.
        """
        self._scene, self._settling = scene, settling
        self._of: dict[tuple[str, bool], dict[int, list[Move]]] = {}
        self._by: dict[tuple[str, bool], dict[str, list[Move]]] = {}

    def near(self, loss: Move, days: int) -> Takers:
        """Who took something of an asset near a loss; those of whom that is not so are left out.

        Args:
            loss: What was let go of.
            days: Most days between.
        """
        key = loss.asset, loss.right is None
        if key not in self._of:
            self._read(loss.asset)
        tied = {bond.other if bond.one == loss.party else bond.one for bond in self._scene.bonded.get(loss.party, ())}
        found = [move for party in sorted(tied) for move in self._by.get(key, {}).get(party, ())]
        more = 0
        for width, its in self._of.get(key, {}).items():
            here, left = _around(its, loss.when, days + width)
            found += [move for move in here if move.party not in tied]
            more += left
        told: list[tuple[Move, bool | None]] = []
        for gain in found:
            close_by = near(gain.when, loss.when, days, days) if loss.when else None
            if gain.party != loss.party and close_by is not False:
                told.append((gain, close_by if gain.sure else None))
        return Takers(told, more)

    def _read(self, asset: str) -> None:
        for role in (True, False):
            self._of[asset, role], self._by[asset, role] = {}, {}
        for gain in gains(self._scene, asset, self._settling):
            if gain.sure is not False:
                key, width = (asset, gain.right is None), gain.when.last - gain.when.first if gain.when else _NO_DAY
                self._of[key].setdefault(width, []).append(gain)
                self._by[key].setdefault(gain.party, []).append(gain)
        for role in (True, False):
            for its in self._of[asset, role].values():
                its.sort(key=_first_day)


def _around(its: list[Move], when: Days | None, days: int) -> tuple[list[Move], int]:
    """The moves near a day, those in the middle if there are too many, and how many are left out."""
    low, high, middle = 0, len(its), 0
    if when is not None and its[0].when is not None:
        low = bisect_left(its, when.first - days, key=_first_day)
        high = bisect_right(its, when.last + days, key=_first_day)
        middle = bisect_left(its, when.first, key=_first_day)
    start = max(low, min(middle - MOST_TAKERS // 2, high - MOST_TAKERS))
    return its[start : min(high, start + MOST_TAKERS)], max(0, high - low - MOST_TAKERS)


def _first_day(move: Move) -> int:
    return move.when.first if move.when else _NO_DAY


def level(holdings: Sequence[Holding], day: int) -> Interval:
    """How much of a right some entries are together on a day, given as an ordinal; those that may be there widen it."""
    low = high = 0
    for each in holdings:
        there = holds(each, day)
        if there is not False:
            high += each.interval.high
            low += each.interval.low if there else 0
    return Interval(min(low, WHOLE), min(high, WHOLE))


def holds(holding: Holding, day: int) -> bool | None:
    """Whether an entry is there on a day."""
    start, end = holding.start, holding.end
    if (start is not None and start.first > day) or (end is not None and end.last < day):
        return False
    begun = start is not None and start.last <= day
    lasts = end.first >= day if end is not None else not holding.ended
    return True if begun and lasts else None


def _sum(one: Interval, other: Interval, right: StakeKind | None) -> Interval:
    if right not in IN_SHARES:
        return other
    return Interval(min(one.low + other.low, WHOLE), min(one.high + other.high, WHOLE))


def _is_less(less: Interval, more: Interval, *, remains: bool) -> bool | None:
    """Whether one level is below another, where `remains` tells whether there is anything at the lower one."""
    if not remains or less.high < more.low:
        return True
    return False if less == more or less.low >= more.high else None
