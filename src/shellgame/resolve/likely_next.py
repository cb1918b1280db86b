"""Who of a gap is likely to be listed next: ranked by what was known on a day, with reasons, and held against what came.

A party is a candidate where others list it and the jurisdiction asked about, the *follower*, is not known to. Two things tell: how
freshly others listed it, and how many of those under the same programme elsewhere the follower has taken up already. Their
weights are fixed. They were fitted on what Canada, the EU and Australia took up from 2014 to 2020, and held against the days from
2021 on, which had no part in them (`bench/coverage`).

Nothing of the future reaches a ranking, but for this: parties are those of the lists kept here, so that who was listed and taken
off between two of them is missing, and who is or may be one party, under which programmes, is judged with what is known today.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from shellgame.errors import NotFound, WrongUse
from shellgame.resolve.presence import Party, Presence

YEAR = timedelta(days=365)
WEIGHTS = np.array([0.5, 0.4])
"""Of the columns of `features`, in log-odds: -log(1 + days since others listed it), and the log-odds of what was taken up."""
PRIOR = 10.0
"""So many parties' worth of the common share is added to each programme's own: three of three is no certainty."""

Table = NDArray[np.float64]
Programme = tuple[str, str]
"""A jurisdiction and what it calls the programme."""


@dataclass(frozen=True)
class Known:
    """What was known of a candidate on a day.

    Attributes:
        days: Days since another jurisdiction listed it last.
        on: Which others list it.
        programme: Of its programmes elsewhere, the one of which the follower has taken up the largest share; empty for none.
        taken_up: How many of that programme the follower had listed by the day.
        of: Of how many.
        share: Their share, with the common one added as `PRIOR` parties; 0 to 1.
        common: That share over all programmes.
    """

    days: int
    on: tuple[str, ...]
    programme: str
    taken_up: int
    of: int
    share: float
    common: float


@dataclass(frozen=True)
class Candidate:
    """A party that may be listed next.

    Attributes:
        party: The party.
        score: Estimated share of parties like it that are listed within a year, 0 to 1.
        known: What that rests on.
        reasons: The same in words, the weightiest first, each with what it adds to the log-odds against the average candidate.
    """

    party: Party
    score: float
    known: Known
    reasons: tuple[tuple[str, float], ...]


class Past:
    """What was known of all parties on a day, for one jurisdiction that may follow.

    Attributes:
        day: The day.
        candidates: Parties that others list and the follower is not known to.
    """

    def __init__(self, presence: Presence, follower: str, day: date, leaders: Sequence[str] = ()) -> None:
        self.day, self._follower, self._until = day, follower, day.isoformat()
        self._leaders = [code for code in presence.horizon if code != follower and (not leaders or code in leaders)]
        self._of, self._taken_up = self._counted(presence.parties.values())
        self._common = (self._taken_up.total() + 1.0) / (self._of.total() + 100.0)
        self.candidates = [party for party in presence.parties.values() if self._is_open(party) and self._others(party)]

    def _is_open(self, party: Party) -> bool:
        return not self._is_there(party) and not self._is_perhaps_there(party)

    def _is_there(self, party: Party) -> bool:
        """Whether the follower has or had it by the day; where it is not known since when, it had."""
        span = party.spans.get(self._follower)
        return span is not None and self._by_the_day(span.since)

    def _is_perhaps_there(self, party: Party) -> bool:
        """Likewise, a record that may be it."""
        return self._follower in party.perhaps and self._by_the_day(party.perhaps[self._follower])

    def _by_the_day(self, since: str | None) -> bool:
        return since is None or since <= self._until

    def _listed(self, party: Party) -> list[tuple[str, str]]:
        """Days on which others had listed a party by the day, and who, in order."""
        return sorted(
            (span.since, code)
            for code in self._leaders
            if (span := party.spans.get(code)) and span.since and span.since <= self._until
        )

    def _others(self, party: Party) -> list[tuple[str, str]]:
        """Likewise, of those who had not taken it off."""
        return [
            (since, code)
            for since, code in self._listed(party)
            if (until := party.spans[code].until) is None or until > self._until
        ]

    def _counted(self, parties: Iterable[Party]) -> tuple[Counter[Programme], Counter[Programme]]:
        """By programme: how many others had listed under it by the day, and how many of them the follower had."""
        of: Counter[Programme] = Counter()
        taken_up: Counter[Programme] = Counter()
        for party in parties:
            programmes = _programmes(party, self._listed(party))
            of.update(programmes)
            if self._is_there(party):
                taken_up.update(programmes)
        return of, taken_up

    def _share(self, programme: Programme) -> float:
        return (self._taken_up[programme] + PRIOR * self._common) / (self._of[programme] + PRIOR)

    def known(self) -> list[Known]:
        """What was known of each candidate."""
        return [self._known(self._others(party), party) for party in self.candidates]

    def _known(self, others: Sequence[tuple[str, str]], party: Party) -> Known:
        best = max(sorted(_programmes(party, others)), key=self._share, default=("", ""))
        return Known(
            (self.day - date.fromisoformat(others[-1][0])).days,
            tuple(sorted(code for _, code in others)),
            best[1],
            self._taken_up[best],
            self._of[best],
            self._share(best),
            self._common,
        )

    def came(self) -> Table:
        """1 for each candidate that the follower listed in the year after the day, else 0."""
        end = (self.day + YEAR).isoformat()
        spans = [party.spans.get(self._follower) for party in self.candidates]
        return np.array([bool(span and span.since and span.since <= end) for span in spans], np.float64)


def _programmes(party: Party, others: Iterable[tuple[str, str]]) -> list[Programme]:
    return [(code, name) for _, code in others for name in party.spans[code].programmes]


def features(known: Sequence[Known]) -> Table:
    """What was known, as numbers: a row a candidate; freshness, and log-odds of the share taken up against the common one."""
    rows = [[-np.log1p(each.days), _log_odds(each.share) - _log_odds(each.common)] for each in known]
    return np.array(rows, np.float64).reshape(len(known), len(WEIGHTS))


def _log_odds(share: float) -> float:
    share = min(max(share, 0.001), 0.999)
    return float(np.log(share / (1 - share)))


def _logistic(values: Table) -> Table:
    return 1.0 / (1.0 + np.exp(-np.clip(values, -30.0, 30.0)))


def base_rate(merits: Table, came: float) -> float:
    """What is to be added to the merits of candidates so that their chances add up to so many; found by halving."""
    low, high = -30.0, 30.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _logistic(merits + middle).sum() < came else (low, middle)
    return low


def likely_next(
    presence: Presence,
    follower: str,
    *,
    day: date | None = None,
    leaders: Sequence[str] = (),
    programmes: Sequence[str] = (),
    limit: int = 50,
) -> list[Candidate]:
    """Rank who may be listed next in a jurisdiction, most likely first.

    A ranking of leads, not a forecast of guilt: it tells whom officials listed in like cases. Scores are such that with those of a
    year before as many would have been expected as came.

    Args:
        presence: All parties with their days.
        follower: Code of the jurisdiction.
        day: With what was known on this day; that of its newest list here when None.
        leaders: Codes of the others to look at; all when empty.
        programmes: Only parties under one of these.
        limit: So many at most.

    Raises:
        NotFound: No list of the jurisdiction is here, or it listed nobody in the year before whom others had.
        WrongUse: The day is after its newest list here: nobody knows whom it had listed by then. Or no whole list of it is here, so
            that not being on it says nothing.
    """
    presence.here([follower])
    presence.need_whole(follower)
    newest = presence.horizon[follower]
    day = day or newest
    if day > newest:
        raise WrongUse(
            f"the newest list of {follower!r} here is of {newest}; ask for that day, or an earlier one than {day}"
        )
    before, past = (Past(presence, follower, each, leaders) for each in (day - YEAR, day))
    if not (came := before.came().sum()):
        raise NotFound(
            f"nobody whom others list was listed by {follower!r} in the year before {day}; there is nothing to learn from"
        )
    base = base_rate(features(before.known()) @ WEIGHTS, came)
    known = past.known()
    table = features(known)
    parts = (table - table.mean(axis=0)) * WEIGHTS if len(table) else table
    scores = _logistic(table @ WEIGHTS + base)
    wanted = {party.id for party in presence.under(programmes)}
    rows = [row for row, party in enumerate(past.candidates) if party.id in wanted]
    best = sorted(rows, key=lambda row: (-scores[row], past.candidates[row].id))[:limit]
    return [
        Candidate(past.candidates[row], float(scores[row]), known[row], _reasons(known[row], parts[row], follower))
        for row in best
    ]


def _reasons(known: Known, parts: Table, follower: str) -> tuple[tuple[str, float], ...]:
    words = (
        f"listed by {', '.join(known.on)}, last {known.days} days ago",
        f"of {known.of} under {known.programme or 'no programme'}, {known.taken_up} are listed by {follower} already",
    )
    told = zip(words, parts.round(2).tolist(), strict=True)
    return tuple(sorted(told, key=lambda item: -abs(item[1])))


@dataclass(frozen=True)
class Held:
    """A past day's ranking against what came in the year after it.

    Attributes:
        day: The day.
        follower: Code of the jurisdiction.
        candidates: How many could have come.
        came: How many did.
        hits: By way of ranking (`model`, `recency`, `lists`): of the first 20, 50 and 100, how many came. Where equal ones stand
            across the edge, their average counts: any other order of them, by id for instance, may know of the future.
    """

    day: date
    follower: str
    candidates: int
    came: int
    hits: dict[str, tuple[float, ...]]


TOPS = (20, 50, 100)


def backtest(presence: Presence, follower: str, days: Iterable[date], leaders: Sequence[str] = ()) -> list[Held]:
    """Rank as of past days and count who came."""
    found = []
    for day in days:
        past = Past(presence, follower, day, leaders)
        known, came = past.known(), past.came()
        merits = {
            "model": features(known) @ WEIGHTS,
            "recency": np.array([-float(each.days) for each in known]),
            "lists": np.array([float(len(each.on)) for each in known]),
        }
        hits = {way: tuple(_hits(merit, came, top) for top in TOPS) for way, merit in merits.items()}
        found.append(Held(day, follower, len(known), int(came.sum()), hits))
    return found


def _hits(merits: Table, came: Table, top: int) -> float:
    """How many of the first ones came; of equal ones that are not all among the first, their average share."""
    if len(merits) <= top:
        return float(came.sum())
    ranked = merits.round(9)
    edge = np.sort(ranked)[-top]
    above, at = ranked > edge, ranked == edge
    return float(came[above].sum() + (top - above.sum()) * came[at].mean())
