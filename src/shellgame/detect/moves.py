"""Who let go of a stake or a role, when, and who took it: what is read out of entries that begin and end.

An entry that ends while the same holder's next one begins is no move: registers close and open entries with some days between, so
what was held is looked at some days before and after. Nor is one that ends with the company itself. How much was held is an
interval, so whether anything moved is one too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shellgame.detect.scene import Holding, Scene
from shellgame.detect.when import Days, every, near
from shellgame.model.stakes import IN_SHARES, WHOLE, Interval, StakeKind


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


def takers(scene: Scene, loss: Move, settling: int, days: int) -> list[tuple[Move, bool | None]]:
    """Who took something of an asset near a loss, and whether it was near; those of whom that is not so are left out.

    Args:
        scene: What is told.
        loss: What was let go of.
        settling: See `losses`.
        days: Most days between.
    """
    found: list[tuple[Move, bool | None]] = []
    for gain in gains(scene, loss.asset, settling):
        if gain.party == loss.party or (gain.right is None) != (loss.right is None) or gain.sure is False:
            continue
        close_by = near(gain.when, loss.when, days, days) if loss.when else None
        if close_by is not False:
            found.append((gain, close_by if gain.sure else None))
    return found


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
