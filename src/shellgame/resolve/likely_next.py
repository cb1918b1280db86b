"""Who of a gap is likely to be listed next: ranked by what was known on a day, with reasons, and held against what came.

A party is a candidate where others list it and the jurisdiction asked about is not known to. It is told by how freshly others
listed it, and by what came, in the year before the day, of those like it: under the same programme, on the same lists, of the
same kind. How much each of these says is a logistic regression's, fitted on earlier days whose whole following year lies before
the day. So nothing of the future reaches a ranking, but for this: parties are those of the lists kept here, so that who was
listed and taken off between two of them is missing, and who is one party is judged with what is known today.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from shellgame.errors import NotFound
from shellgame.model.schema import is_a
from shellgame.resolve.presence import Party, Presence

YEAR = timedelta(days=365)
FIT_EVERY = timedelta(days=91)
"""Past days to fit on lie a quarter apart: each sees another set of candidates."""
MOST_FIT_DAYS = 8
PRIOR = 10.0
"""So many parties' worth of the common rate is added to each group's own: three of three is no certainty."""
EXPECTED = (1.0, 0.3, 0.5, 0.3, 0.0)
"""Weights before anything is learned: that followers take up the newest first is the one thing that held in all years looked at."""
RIDGE = 300.0
"""How hard it is to move a weight: so many parties' worth. The world of the fitted years is not the one of the day asked about."""
_STEPS = 40

Table = NDArray[np.float64]


@dataclass(frozen=True)
class Known:
    """What was known of a candidate on a day.

    Attributes:
        days: Days since another jurisdiction listed it last.
        on: Which others list it.
        programme: Of its programmes elsewhere, the one of whose parties most were listed in the year before.
        kind: `person`, `vessel` or `organisation`.
        linked: How many parties tied to it the jurisdiction lists.
        rates: Of those like it by programme, lists and kind: the share that was listed in the year before, 0 to 1.
        common: That share of all.
    """

    days: int
    on: tuple[str, ...]
    programme: str
    kind: str
    linked: int
    rates: tuple[float, float, float]
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
    """What was known of all parties on a day, for one jurisdiction that may follow."""

    def __init__(self, presence: Presence, follower: str, day: date, leaders: Sequence[str] = ()) -> None:
        self._presence, self._follower, self.day = presence, follower, day
        self._leaders = [code for code in presence.horizon if code != follower and (not leaders or code in leaders)]
        self._came_of = self._year_before()
        self._linked = self._linked_there()
        self.candidates = self._open(day)

    def _open(self, day: date) -> list[Party]:
        """Parties that others list and the follower is not known to, on a day."""
        return [
            party for party in self._presence.parties.values() if self._is_open(party, day) and self._others(party, day)
        ]

    def _is_open(self, party: Party, day: date) -> bool:
        span = party.spans.get(self._follower)
        there = span is not None and (span.since is None or span.since <= day.isoformat())
        return not there and self._follower not in party.perhaps

    def _others(self, party: Party, day: date) -> list[tuple[date, str]]:
        """Other jurisdictions that listed a party by a day and had not taken it off, by day."""
        found = []
        for code in self._leaders:
            listed = party.day(code)
            if listed and listed <= day:
                until = party.spans[code].until
                if until is None or until > day.isoformat():
                    found.append((listed, code))
        return sorted(found)

    def _like(self, party: Party, others: Sequence[tuple[date, str]]) -> tuple[set[str], tuple[str, ...], str]:
        """By what a party is like others: its programmes, lists and kind."""
        names = {name for _, code in others for name in party.spans[code].programmes}
        return names, tuple(sorted(code for _, code in others)), _kind(party)

    def _year_before(self) -> tuple[Counter[object], Counter[object]]:
        """By group: how many could have been listed in the year before the day, and how many were by then.

        Those whom others listed in that year count too, for their programme and kind: a new programme has nobody else.
        """
        start = self.day - YEAR
        of: Counter[object] = Counter()
        came: Counter[object] = Counter()
        for party in self._presence.parties.values():
            if not self._is_open(party, start):
                continue
            others = self._others(party, start)
            fresh = not others
            others = others or self._others(party, self.day)
            listed = party.day(self._follower)
            if not others or (fresh and listed is not None and listed < others[0][0]):
                continue
            names, on, kind = self._like(party, others)
            groups: list[object] = [("programme", name) for name in names] + [("kind", kind), "all"]
            if not fresh:
                groups.append(("on", on))
            of.update(groups)
            if party.listed_by(self._follower, self.day):
                came.update(groups)
        return of, came

    def _rate(self, group: object) -> float:
        of, came = self._came_of
        common = (came["all"] + 1.0) / (of["all"] + 100.0)
        return common if group == "all" else (came[group] + PRIOR * common) / (of[group] + PRIOR)

    def _linked_there(self) -> Counter[str]:
        """How many parties tied to each the follower had listed, by ties known on the day."""
        counts: Counter[str] = Counter()
        parties, day = self._presence.parties, self.day.isoformat()
        for link in self._presence.links:
            if link.known is None and not all(self._others(parties[each], self.day) for each in (link.one, link.other)):
                continue  # of an unknown day, and one of the two was on no list that could have told it
            if link.known is None or link.known <= day:
                for one, other in ((link.one, link.other), (link.other, link.one)):
                    counts[one] += parties[other].listed_by(self._follower, self.day)
        return counts

    def known(self, party: Party) -> Known:
        """What was known of a candidate."""
        others = self._others(party, self.day)
        names, on, kind = self._like(party, others)
        best = max(sorted(names), key=lambda name: self._rate(("programme", name)), default="")
        groups = (("programme", best), ("on", on), ("kind", kind))
        rates = tuple(self._rate(group) for group in groups)
        days = (self.day - others[-1][0]).days
        return Known(days, on, best, kind, self._linked[party.id], rates, self._rate("all"))  # type: ignore[arg-type]


def _kind(party: Party) -> str:
    return "person" if is_a(party.schema, "Person") else "vessel" if is_a(party.schema, "Vehicle") else "organisation"


def features(known: Sequence[Known]) -> Table:
    """What was known, as numbers: a row a candidate; freshness, log-odds of each rate against the common one, ties."""
    rows = [
        [
            -np.log1p(each.days),
            *(_log_odds(rate) - _log_odds(each.common) for rate in each.rates),
            np.log1p(each.linked),
        ]
        for each in known
    ]
    return np.array(rows, np.float64).reshape(len(known), len(EXPECTED))


def _words(known: Known) -> list[str]:
    """What each column says of a candidate, in words."""
    programme, on, kind = (f"{rate:.1%}" for rate in known.rates)
    tied = f"{known.linked} tied to it are listed there" if known.linked else "nobody tied to it is listed there"
    return [
        f"listed elsewhere {known.days} days ago",
        f"of those under {known.programme or 'no programme'}, {programme} were listed in the year before",
        f"on the lists of {', '.join(known.on)}: of those on the same, {on} were",
        f"of each {known.kind}, {kind} were",
        tied,
    ]


def _log_odds(share: float) -> float:
    share = min(max(share, 0.001), 0.999)
    return float(np.log(share / (1 - share)))


@dataclass(frozen=True)
class Model:
    """How much each column of `features` says, and on which days that was learned."""

    weights: Table
    base: float
    days: tuple[date, ...]

    def parts(self, table: Table) -> Table:
        """What each column adds to the log-odds of each row."""
        return table * self.weights

    def scores(self, table: Table) -> Table:
        """Estimated shares, 0 to 1."""
        return _logistic(self.parts(table).sum(axis=1) + self.base)


def _logistic(values: Table) -> Table:
    return 1.0 / (1.0 + np.exp(-np.clip(values, -30.0, 30.0)))


def fitted(table: Table, came: Table, days: Sequence[date]) -> Model:
    """Fit a logistic regression by Newton's steps, its weights held to `EXPECTED` by `RIDGE`.

    Args:
        table: What was known, one row a candidate of a past day.
        came: 1 for those listed within the year after it, else 0.
        days: The past days.
    """
    columns = np.column_stack([np.ones(len(table)), table])
    penalty = np.diag([1e-9, *[RIDGE] * table.shape[1]])
    expected = np.array([0.0, *EXPECTED])
    weights = expected + np.array(
        [_log_odds(float(came.mean())) - float(table.mean(axis=0) @ EXPECTED), *[0.0] * table.shape[1]]
    )
    for _ in range(_STEPS):
        chance = _logistic(columns @ weights)
        slope = columns.T @ (came - chance) - penalty @ (weights - expected)
        curve = (columns * (chance * (1 - chance))[:, None]).T @ columns + penalty
        step = np.linalg.solve(curve, slope)
        weights = weights + np.clip(step, -1.0, 1.0)
        if np.abs(step).max() < 1e-8:
            break
    return Model(weights[1:], float(weights[0]), tuple(days))


def fit_days(presence: Presence, follower: str, day: date) -> list[date]:
    """Past days to fit on: their following year is over by the day, and the follower had listed somebody in it."""
    days = [day - YEAR - FIT_EVERY * number for number in range(MOST_FIT_DAYS)]
    return [each for each in days if any(_came(party, follower, each) for party in presence.parties.values())]


def _came(party: Party, follower: str, day: date) -> bool:
    listed = party.day(follower)
    return listed is not None and day < listed <= day + YEAR


def model_for(presence: Presence, follower: str, day: date, leaders: Sequence[str] = ()) -> Model:
    """Fit the weights for a day on what came after earlier days.

    Raises:
        NotFound: Nobody followed in the years before: there is nothing to learn from.
    """
    tables, came, days = [], [], fit_days(presence, follower, day)
    for each in days:
        past = Past(presence, follower, each, leaders)
        tables.append(features([past.known(party) for party in past.candidates]))
        came += [_came(party, follower, each) for party in past.candidates]
    if not any(came):
        raise NotFound(
            f"nobody whom others list was listed by {follower!r} in the years before {day}; there is nothing to learn from"
        )
    return fitted(np.concatenate(tables), np.array(came, np.float64), days)


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

    A ranking of leads, not a forecast of guilt: it tells whom officials listed in like cases.

    Args:
        presence: All parties with their days.
        follower: Code of the jurisdiction.
        day: With what was known on this day; that of its newest list here when None.
        leaders: Codes of the others to look at; all when empty.
        programmes: Only parties under one of these; the weights are fitted on all.
        limit: So many at most.

    Raises:
        NotFound: There is nothing to learn from.
    """
    day = day or presence.horizon[follower]
    model = model_for(presence, follower, day, leaders)
    past = Past(presence, follower, day, leaders)
    wanted = {party.id for party in presence.under(programmes)}
    candidates = [party for party in past.candidates if party.id in wanted]
    known = [past.known(party) for party in candidates]
    table = features(known)
    scores, parts = model.scores(table), model.parts(table)
    best = sorted(range(len(candidates)), key=lambda row: (-scores[row], candidates[row].id))[:limit]
    return [
        Candidate(candidates[row], float(scores[row]), known[row], _reasons(known[row], parts[row])) for row in best
    ]


def _reasons(known: Known, parts: Table) -> tuple[tuple[str, float], ...]:
    told = sorted(zip(_words(known), parts.tolist(), strict=True), key=lambda item: -abs(item[1]))
    return tuple((words, round(part, 2)) for words, part in told if abs(part) >= 0.05)


@dataclass(frozen=True)
class Held:
    """A past day's ranking against what came in the year after it.

    Attributes:
        day: The day.
        follower: Code of the jurisdiction.
        candidates: How many could have come.
        came: How many did.
        hits: By way of ranking (`model`, `recency`, `lists`): of the first 20, 50 and 100, how many came.
    """

    day: date
    follower: str
    candidates: int
    came: int
    hits: dict[str, tuple[int, ...]]


TOPS = (20, 50, 100)


def backtest(presence: Presence, follower: str, days: Iterable[date], leaders: Sequence[str] = ()) -> list[Held]:
    """Rank as of past days and count who came; equal ranks of the plain rankings stand by id.

    Raises:
        NotFound: There is nothing to learn from before one of the days.
    """
    found = []
    for day in days:
        model = model_for(presence, follower, day, leaders)
        past = Past(presence, follower, day, leaders)
        known = [past.known(party) for party in past.candidates]
        came = np.array([_came(party, follower, day) for party in past.candidates])
        scores = model.scores(features(known))
        ways: dict[str, Callable[[int], float]] = {
            "model": lambda row, scores=scores: -float(scores[row]),  # type: ignore[misc]
            "recency": lambda row, known=known: known[row].days,  # type: ignore[misc]
            "lists": lambda row, known=known: -len(known[row].on),  # type: ignore[misc]
        }
        hits = {}
        for way, key in ways.items():
            order = sorted(range(len(known)), key=lambda row, key=key: (key(row), past.candidates[row].id))  # type: ignore[misc]
            hits[way] = tuple(int(came[order[:top]].sum()) for top in TOPS)
        found.append(Held(day, follower, len(known), int(came.sum()), hits))
    return found
