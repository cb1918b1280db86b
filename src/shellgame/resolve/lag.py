"""How long jurisdictions take to follow one another: days from a listing in one to the listing of the same party in another.

Those who had not followed by the day of the other's newest list are not left out, which would make followers look quick, but
are *censored*: the Kaplan-Meier estimate takes each for as long as it was watched. Those whom the other had listed first, and
those of an unknown day, are counted apart. A jurisdiction whose lists here are not whole follows nobody: who is not on them may
well be listed.

Source: Kaplan and Meier 1958, J. Am. Stat. Assoc. 53(282), 457-481.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from shellgame.resolve.presence import Party, Presence

WITHIN = (30, 90, 365)
"""Days after which the share that has followed is told."""
FEWEST = 5
"""Fewer parties than this make no distribution."""


@dataclass(frozen=True)
class Lag:
    """How a jurisdiction followed another.

    Attributes:
        leader: Code of the jurisdiction that listed first.
        follower: Code of the one that followed, or did not.
        programme: The leader's programme that the parties stand under; empty for all of them.
        followed: Days to follow, of those who were listed by both, ascending; 0 for the same day.
        censored: Days watched, of those who had not followed until the follower's lists here end, ascending.
        other_way: How many the follower had listed before.
        undated: How many are listed by both, but not known since when.
        unsure: How many the follower may have or not, under the same name; they are counted nowhere else.
        unknown: How many the leader listed after the follower's newest list here, which says nothing of them; likewise.
    """

    leader: str
    follower: str
    programme: str
    followed: tuple[int, ...]
    censored: tuple[int, ...]
    other_way: int
    undated: int
    unsure: int
    unknown: int = 0

    @property
    def watched(self) -> int:
        """How many the estimate rests on."""
        return len(self.followed) + len(self.censored)

    def curve(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Days, ascending, and the share that has followed by each: one less the Kaplan-Meier estimate."""
        return following(self.followed, self.censored)

    def within(self, days: int) -> float | None:
        """Share that has followed within so many days, 0 to 1; None where nobody was watched for as long."""
        at, shares = self.curve()
        if not self.watched or max((*self.followed, *self.censored)) < days:
            return None
        reached = int(np.searchsorted(at, days, side="right"))
        return float(shares[reached - 1]) if reached else 0.0

    def quantile(self, share: float) -> int | None:
        """Days by which this share has followed; None where so many have not followed in all the time watched."""
        at, shares = self.curve()
        reached = np.flatnonzero(shares >= share - 1e-12)
        return int(at[reached[0]]) if len(reached) else None


def following(followed: Sequence[int], censored: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The share that has followed over time, by Kaplan and Meier.

    Args:
        followed: Days to follow, 0 or more.
        censored: Days watched without following, 0 or more; at the same day they count as watched still.

    Returns:
        The days on which somebody followed, and the share that had followed by then, 0 to 1.

    Example:
        >>> days, shares = following([10, 20], [15, 30])
        >>> days.tolist(), shares.round(3).tolist()
        ([10, 20], [0.25, 0.625])
    """
    days, counts = np.unique(np.asarray(followed, np.int64), return_counts=True)
    ends = np.sort(np.asarray([*followed, *censored], np.int64))
    at_risk = len(ends) - np.searchsorted(ends, days, side="left")
    return days, np.asarray(1.0 - np.cumprod(1.0 - counts / np.maximum(at_risk, 1)), np.float64)


def lag_between(presence: Presence, leader: str, follower: str, parties: Iterable[Party], programme: str = "") -> Lag:
    """How one jurisdiction followed another for some parties; those that the leader does not list are left out."""
    end = presence.horizon[follower]
    followed, censored, other_way, undated, unsure, unknown = [], [], 0, 0, 0, 0
    for party in parties:
        if leader not in party.spans or (programme and programme not in party.spans[leader].programmes):
            continue
        first, second = party.day(leader), party.day(follower)
        if follower in party.spans:
            if first is None or second is None:
                undated += 1
            elif second < first:
                other_way += 1
            else:
                followed.append((second - first).days)
        elif follower in party.perhaps:
            unsure += 1
        elif first is not None and first > end:
            unknown += 1
        elif first is not None:
            until = party.spans[leader].until
            left = min(end, type(end).fromisoformat(until)) if until and len(until) == len("2024-04-15") else end
            censored.append(max(0, (left - first).days))
    return Lag(
        leader,
        follower,
        programme,
        tuple(sorted(followed)),
        tuple(sorted(censored)),
        other_way,
        undated,
        unsure,
        unknown,
    )


def lags(
    presence: Presence,
    *,
    programmes: Sequence[str] = (),
    jurisdictions: Sequence[str] = (),
    by_programme: bool = False,
) -> list[Lag]:
    """How each jurisdiction followed each other one.

    Args:
        presence: All parties with their days.
        programmes: Only parties under one of these; `*` stands for any letters.
        jurisdictions: Codes; every one that is here when empty. One whose lists are not whole is a leader only.
        by_programme: Also by each programme of the leader that has enough parties.

    Returns:
        Pairs that at least `FEWEST` parties tell of, the pairs in order, each with all programmes first.

    Raises:
        NotFound: No list of one of the jurisdictions is here, or nobody ever stood under such a programme.
    """
    parties = presence.under(programmes)
    found = []
    for leader, follower in permutations(presence.here(jurisdictions), 2):
        if not presence.held[follower].is_whole:
            continue
        names = [""]
        if by_programme:
            names += sorted(
                {name for party in parties if leader in party.spans for name in party.spans[leader].programmes}
            )
        each = (lag_between(presence, leader, follower, parties, name) for name in names)
        found += [lag for lag in each if len(lag.followed) and lag.watched >= FEWEST]
    return found
