"""Answers about ownership as a workspace gives them: with what was understood, and which lists were used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from shellgame.graph.ownership.owners import Owners, owners_of
from shellgame.graph.ownership.reach import Reach
from shellgame.graph.ownership.rules import Rule
from shellgame.graph.ownership.stakes import Parties
from shellgame.model.version import Version
from shellgame.resolve.meant import Meant
from shellgame.store.claims import ClaimSet

FRESH_DAYS = 7
"""A list that is older than this on the day asked about is remarked on: publishers change theirs every few days."""
_DAY = len("2024-04-15")
_MOST_SUBJECTS = 6
"""Parties of one name whose owners are looked at."""


class UsedList(NamedTuple):
    """A list by which it was looked up who is listed.

    Attributes:
        source: Its source.
        day: The day of the version used, `YYYY-MM-DD`.
    """

    source: str
    day: str

    def __str__(self) -> str:
        return f"{self.source} of {self.day}"


Lists = Mapping[str, tuple[UsedList, ...]]
"""The lists used for each rule, by its id; none of a rule none of whose lists is here."""


@dataclass(frozen=True)
class FoundOwners(Owners):
    """A company and every rule side by side, as asked for.

    Attributes:
        asked: What was asked for, and what it was taken to mean.
        lists: The lists used for each rule.
    """

    asked: Meant = field(default=Meant("", ()))
    lists: Lists = field(default_factory=dict)


@dataclass(frozen=True)
class FoundReach(Reach):
    """What a party's ownership reaches, as asked for.

    Attributes:
        asked: What was asked for, and what it was taken to mean.
        lists: The lists used for each rule.
    """

    asked: Meant = field(default=Meant("", ()))
    lists: Lists = field(default_factory=dict)


def owners_told(claims: ClaimSet, parties: Parties, subjects: Sequence[Sequence[str]], day: str) -> list[FoundOwners]:
    """What the rules make of those of some parties of whose owners anything is told.

    Args:
        claims: The claims of the day.
        parties: Which records are one party.
        subjects: Ids of the records of each; only the first few are looked at where a name fits many.
        day: The day, `YYYY-MM-DD`.
    """
    found = []
    for records in subjects[:_MOST_SUBJECTS]:
        told = owners_of(claims, parties, records, day)
        if told.stakes or any(held.answer == "caught" or held.chain for held in told.rules):
            lists = lists_used((held.rule for held in told.rules), claims.versions)
            notes = tuple(filter(None, (*told.notes, stale_words(lists, day))))
            found.append(
                FoundOwners(**vars(replace(told, notes=notes)), asked=Meant(records[0], (*records,)), lists=lists)
            )
    return found


def lists_used(rules: Iterable[Rule], versions: Iterable[Version]) -> Lists:
    """The lists on which an owner must stand for some rules, with the days of the versions used.

    Args:
        rules: The rules.
        versions: The version used of each source.
    """
    days = {version.source: version.as_of[:_DAY] for version in versions}
    return {
        rule.id: tuple(
            UsedList(source, days[source])
            for source in dict.fromkeys(each.source for each in rule.listed)
            if source in days
        )
        for rule in rules
    }


def stale_words(lists: Lists, day: str) -> str:
    """Which of some lists were old on a day, in a sentence; empty where none was."""
    used = sorted({each for its in lists.values() for each in its})
    ages = {each: (date.fromisoformat(day) - date.fromisoformat(each.day)).days for each in used}
    old = [f"{each} ({age:,} days before)" for each, age in ages.items() if age > FRESH_DAYS]
    if not old:
        return ""
    verb = "list is" if len(old) == 1 else "lists are"
    return f"{len(old)} {verb} older than {day}, and who came or left later is not known here: {', '.join(old)}"
