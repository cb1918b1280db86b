"""Nominees: who holds something for somebody else, so that it is told as held for its principal.

The standard tells of them by an arrangement, a nomination: a nominator stands behind it, a nominee gives it his name, and the
arrangement holds what is held. Where a publisher prints a nominee of a company instead, all that he holds there while he is one is
held so; a nominator of a company holds something in it that is in the name of another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from shellgame.model.days import partial_day
from shellgame.model.stakes import StakeKind
from shellgame.sources.bods.interests import Interest, interest_of
from shellgame.sources.bods.statement import Statement, listed, mapping, party_of, text

_NOMINATION = "nomination"
_Days = dict[str, str]
"""From start to end, as printed; empty where not told."""


class Nominations:
    """Nominations and nominees of one publication: added statement by statement, settled, and asked for afterwards."""

    def __init__(self) -> None:
        self._told: set[str] = set()
        self._perhaps: set[str] = set()
        self._with_nominator: set[str] = set()
        self._nominees: defaultdict[tuple[str, str], _Days] = defaultdict(dict)
        self._first: Callable[[str], str] = str

    def add(self, statement: Statement) -> None:
        """Take note of a nomination, a nominator or a nominee."""
        if statement.kind == "entity":
            subtype = _subtype(statement.details)
            if _NOMINATION in subtype:
                self._told.add(statement.record or statement.id)
            elif not subtype and _type(statement.details) == "arrangement":
                self._perhaps.add(statement.record or statement.id)
        elif statement.kind == "relationship":
            for told in map(mapping, listed(statement.details.get("interests"))):
                if "nomin" in text(told.get("type")).lower():
                    self._add_interest(statement.details, interest_of(told))

    def _add_interest(self, details: dict[str, Any], interest: Interest) -> None:
        subject = party_of(details, "subject")
        if interest.is_nominator:
            self._with_nominator.add(subject)
        elif interest.is_nominee:
            _join(self._nominees[party_of(details, "interestedParty"), subject], {interest.start: interest.end})

    def settle(self, first: Callable[[str], str]) -> None:
        """Say that all statements were added.

        Args:
            first: Gives the first statement of the chain that a statement belongs to.
        """
        told, perhaps, nominated = (
            {first(each) for each in its} for its in (self._told, self._perhaps, self._with_nominator)
        )
        self._told = told | (perhaps & nominated)
        nominees: defaultdict[tuple[str, str], _Days] = defaultdict(dict)
        for (holder, subject), days in self._nominees.items():
            _join(nominees[first(holder), first(subject)], days)
        self._nominees, self._first = nominees, first

    def meant(self, interest: Interest, holder: str, subject: str) -> Interest:
        """An interest as it is meant between two parties, by the ids that a relationship calls them by."""
        holder, subject = self._first(holder), self._first(subject)
        if interest.is_nominator and subject not in self._told:
            return interest._replace(kind=StakeKind.SHARES)
        its = self._nominees.get((holder, subject), {})
        as_nominee = any(_meet((interest.start, interest.end), days) for days in its.items())
        return interest._replace(for_another=holder in self._told or as_nominee)


def _join(days: _Days, others: _Days) -> None:
    """Take up further days; an end that any statement tells is the end."""
    for start, end in others.items():
        days[start] = max(days.get(start, ""), end)


def _meet(first: tuple[str, str], second: tuple[str, str]) -> bool:
    """Whether two spells of printed days have a day in common, as far as they tell."""
    (start, end), (other_start, other_end) = ([partial_day(day) or "" for day in each] for each in (first, second))
    return not (_is_before(end, other_start) or _is_before(other_end, start))


def _is_before(end: str, start: str) -> bool:
    return bool(end and start) and end < start[: len(end)]


def _type(told: dict[str, Any]) -> str:
    kind = told.get("entityType")
    return text(kind) or text(mapping(kind).get("type"))


def _subtype(told: dict[str, Any]) -> str:
    kind = mapping(told.get("entityType"))
    return text(kind.get("subtype")) or text(mapping(told.get("entitySubtype")).get("generalCategory"))
