"""Days on which several jurisdictions moved together: who was listed by whom within a few days, and who stayed out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shellgame.resolve.lists import Held
from shellgame.resolve.presence import Party, Presence

WINDOW_DAYS = 3
"""Listings of two jurisdictions so many days apart still count as one action: time zones, a weekend, a late gazette."""
LEAST_SHARED = 2
"""So many parties must be listed by two jurisdictions in the window before their moves are called one action; one may be chance."""


@dataclass(frozen=True)
class Move:
    """What one jurisdiction did on one day.

    Attributes:
        jurisdiction: Its code.
        day: The day.
        parties: Whom it listed, by id.
        seen: Those of them whose day no list states: it is that of the first version that has them, so they were listed by then.
    """

    jurisdiction: str
    day: date
    parties: frozenset[str]
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Action:
    """Moves of several jurisdictions within a few days.

    Attributes:
        moves: What each did, by day and jurisdiction.
        shared: Parties listed by at least two of them in it, by id.
        stayed_out: Jurisdictions asked about whose whole lists here reach past it and that listed nobody of it in its days.
        unknown: Likewise, those whose lists here are not whole or end before it: nobody knows whether they stayed out; each with
            the reason in words.
        already: Of those who stayed out, how many of the action's parties each had listed before, those of an unknown day included:
            they were on the first version kept here.
        later: Likewise, how many each listed afterwards.
    """

    moves: tuple[Move, ...]
    shared: frozenset[str]
    stayed_out: tuple[str, ...]
    unknown: dict[str, str]
    already: dict[str, int]
    later: dict[str, int]

    @property
    def first(self) -> date:
        """Its first day."""
        return min(move.day for move in self.moves)

    @property
    def last(self) -> date:
        """Its last day."""
        return max(move.day for move in self.moves)

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """Who moved, by code."""
        return tuple(sorted({move.jurisdiction for move in self.moves}))

    @property
    def parties(self) -> frozenset[str]:
        """All whom they listed in it, by id."""
        return frozenset[str]().union(*(move.parties for move in self.moves))


def moves_of(parties: Iterable[Party], jurisdictions: Sequence[str] = ()) -> list[Move]:
    """What each jurisdiction did on each day, by day."""
    listed: defaultdict[tuple[date, str], dict[str, bool]] = defaultdict(dict)
    for party in parties:
        for code, span in party.spans.items():
            day = party.day(code)
            if day and (not jurisdictions or code in jurisdictions):
                listed[day, code][party.id] = span.stated
    return [
        Move(code, day, frozenset(its), frozenset(party for party, stated in its.items() if not stated))
        for (day, code), its in sorted(listed.items())
    ]


def undated(parties: Sequence[Party], jurisdictions: Sequence[str]) -> dict[str, int]:
    """How many of some parties each jurisdiction lists nobody knows since when, so that they are in no move; none left out."""
    counts = {code: sum(code in party.spans and not party.day(code) for party in parties) for code in jurisdictions}
    return {code: count for code, count in counts.items() if count}


def actions(
    presence: Presence,
    *,
    programmes: Sequence[str] = (),
    jurisdictions: Sequence[str] = (),
    window_days: int = WINDOW_DAYS,
    least_shared: int = LEAST_SHARED,
) -> list[Action]:
    """Find coordinated actions, newest first.

    Args:
        presence: All parties with their days.
        programmes: Only parties that some jurisdiction lists under one of these; `*` stands for any letters.
        jurisdictions: Codes; every one that is here when empty.
        window_days: Most days between two moves of one action.
        least_shared: Fewest parties that two moves must share; 0 joins all moves of the window, which says something only for the
            parties of one regime.

    Raises:
        NotFound: No list of one of the jurisdictions is here, or nobody ever stood under such a programme.
    """
    parties = presence.under(programmes)
    codes = presence.here(jurisdictions)
    moves = moves_of(parties, codes)
    by_id = {party.id: party for party in parties}
    found = [
        _action(presence, by_id, group, codes)
        for group in _groups(moves, timedelta(days=window_days), least_shared)
        if len({move.jurisdiction for move in group}) > 1
    ]
    return sorted(found, key=lambda action: (action.first, len(action.parties)), reverse=True)


def _groups(moves: Sequence[Move], window: timedelta, least_shared: int) -> list[list[Move]]:
    """Moves joined where two of different jurisdictions are near in time and share enough; a group is no longer than the window."""
    groups: list[list[Move]] = []
    open_groups: list[list[Move]] = []
    for move in moves:
        open_groups = [group for group in open_groups if move.day - group[0].day <= window]
        fitting = [group for group in open_groups if any(_together(move, other, least_shared) for other in group)]
        if fitting:
            best = max(fitting, key=lambda group: sum(len(move.parties & other.parties) for other in group))
            best.append(move)
        else:
            groups.append([move])
            open_groups.append(groups[-1])
    return groups


def _together(one: Move, other: Move, least_shared: int) -> bool:
    return one.jurisdiction != other.jurisdiction and len(one.parties & other.parties) >= least_shared


def _why_unknown(held: Held, last: date) -> tuple[str, ...]:
    """Why nobody can say whether a jurisdiction stayed out of an action; nothing where its lists here tell."""
    if held.is_older(last.isoformat()):
        return (f"its newest list here is of {held.until}",)
    return held.lacking


def _action(presence: Presence, parties: dict[str, Party], moves: Sequence[Move], codes: Sequence[str]) -> Action:
    first, last = moves[0].day, moves[-1].day
    moved = {move.jurisdiction for move in moves}
    every = frozenset[str]().union(*(move.parties for move in moves))
    times = [sum(party in move.parties for move in moves) for party in sorted(every)]
    others = [code for code in codes if code not in moved]
    why = {code: "; ".join(_why_unknown(presence.held[code], last)) for code in others}
    out = [code for code in others if not why[code]]
    days = {code: [parties[party].day(code) for party in sorted(every) if code in parties[party].spans] for code in out}
    return Action(
        tuple(moves),
        frozenset(party for party, count in zip(sorted(every), times, strict=True) if count > 1),
        tuple(out),
        {code: why[code] for code in others if why[code]},
        {code: sum(day is None or day < first for day in its) for code, its in days.items()},
        {code: sum(day is not None and day > last for day in its) for code, its in days.items()},
    )
