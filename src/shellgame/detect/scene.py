"""What the patterns look at: who held what when, who is close to whom, who paid whom, and who is listed where since when.

Everything is told by party, not by record, and stands in a fixed order, so that the order in which claims came changes nothing.
What a source denies is never among what is told; it stands apart, by the two parties that it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from shellgame.detect.when import Days
from shellgame.graph.ownership.rules import Rule
from shellgame.model.stakes import UNKNOWN, Interval, StakeKind
from shellgame.resolve.lists import Held as Lists

CLOSE = ("nominee", "family", "associate", "employee")
"""Kinds of tie that make somebody close."""


class Holding(NamedTuple):
    """A stake, another right, or a seat in the management, as one source tells it.

    Attributes:
        owner: Who has it.
        asset: In what.
        right: Which right; None for a role in the management.
        interval: How much of it.
        start: When it began, as far as told.
        end: When it ended, as far as told.
        ended: Why it is over although nobody tells since when, in words; empty where it is not.
        nominee: Whether it is told to be held for somebody else.
        value: What it is worth, by currency.
        words: The source's own word for it.
        source: Whose words they are.
        claims: Ids of the claims.
    """

    owner: str
    asset: str
    right: StakeKind | None
    interval: Interval = UNKNOWN
    start: Days | None = None
    end: Days | None = None
    ended: str = ""
    nominee: bool = False
    value: tuple[tuple[str, Decimal], ...] = ()
    words: str = ""
    source: str = ""
    claims: tuple[str, ...] = ()


class Bond(NamedTuple):
    """A tie between two parties that makes one close to the other.

    Attributes:
        one: A party.
        other: Another one: of a nominee the principal, of an employee the employer.
        sort: One of `CLOSE`.
        words: The source's own word for it.
        claims: Ids of the claims.
    """

    one: str
    other: str
    sort: str
    words: str = ""
    claims: tuple[str, ...] = ()


class Payment(NamedTuple):
    """Money that one party paid another: when, how much by currency, and the claims."""

    payer: str
    beneficiary: str
    when: Days | None
    amounts: tuple[tuple[str, Decimal], ...] = ()
    claims: tuple[str, ...] = ()


class Designation(NamedTuple):
    """One listing of a party.

    Attributes:
        code: The jurisdiction.
        source: The list.
        programmes: Under which programmes.
        since: When it was listed.
        until: Last day of it; None while it is on.
        sure: Whether the record is the party; else it may be another of the same name.
        claims: Ids of the claims.
    """

    code: str
    source: str
    programmes: tuple[str, ...]
    since: Days
    until: Days | None = None
    sure: bool = True
    claims: tuple[str, ...] = ()


class Common(NamedTuple):
    """Something that a party has and others may have too: an address or an agent.

    Attributes:
        sort: What it is, in a word.
        key: Equal for all that have it.
        words: What to call it.
        crowd: How many parties have it.
        claims: Ids of the claims.
    """

    sort: str
    key: str
    words: str
    crowd: int
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What is told of a party itself.

    Attributes:
        name: Its name; empty where none is told.
        countries: Codes of the countries it is of.
        nationalities: Codes of a person's nationalities.
        founded: When it was founded.
        dissolved: When it was dissolved.
        value: What it is worth, by currency.
        commons: Its addresses and agents.
        claims: Ids of the claims for countries, nationalities and the day it was founded.
    """

    name: str = ""
    countries: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    founded: Days | None = None
    dissolved: Days | None = None
    value: tuple[tuple[str, Decimal], ...] = ()
    commons: tuple[Common, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scene:
    """Some parties, with all that is told of them until a day.

    Attributes:
        asked: The party asked about.
        day: The ordinal of the day; what came later is not in it.
        holdings: Stakes, other rights and roles, of whatever day.
        bonds: Who is close to whom.
        payments: Who paid whom.
        designations: The listings of each party, first the earliest.
        lists: Which lists of each jurisdiction are here.
        facts: What is told of each party.
        crowds: How many organisations each director has, where that is known.
        denied: Ids of claims by which a source denies that two parties have to do with each other, by the two.
        stopped: Whether there is more than was read.
    """

    asked: str
    day: int
    holdings: tuple[Holding, ...] = ()
    bonds: tuple[Bond, ...] = ()
    payments: tuple[Payment, ...] = ()
    designations: Mapping[str, tuple[Designation, ...]] = field(default_factory=dict)
    lists: Mapping[str, Lists] = field(default_factory=dict)
    facts: Mapping[str, Facts] = field(default_factory=dict)
    crowds: Mapping[str, int] = field(default_factory=dict)
    denied: Mapping[frozenset[str], tuple[str, ...]] = field(default_factory=dict)
    stopped: bool = False

    @cached_property
    def series(self) -> Mapping[tuple[str, str, StakeKind | None, str], tuple[Holding, ...]]:
        """The holdings of one owner in one asset of one right as one source tells them, in a fixed order."""
        found: dict[tuple[str, str, StakeKind | None, str], list[Holding]] = {}
        for each in sorted(self.holdings, key=_order):
            found.setdefault((each.owner, each.asset, each.right, each.source), []).append(each)
        return {key: tuple(found[key]) for key in sorted(found, key=lambda key: tuple(map(str, key)))}

    @cached_property
    def _told_by(self) -> Mapping[tuple[str, str, StakeKind | None], tuple[tuple[str, tuple[Holding, ...]], ...]]:
        found: dict[tuple[str, str, StakeKind | None], list[tuple[str, tuple[Holding, ...]]]] = {}
        for (owner, asset, right, source), its in self.series.items():
            found.setdefault((owner, asset, right), []).append((source, its))
        return {key: tuple(its) for key, its in found.items()}

    def told_by(self, owner: str, asset: str, right: StakeKind | None) -> Sequence[tuple[str, tuple[Holding, ...]]]:
        """The holdings of one owner in one asset of one right, with the source that tells them."""
        return self._told_by.get((owner, asset, right), ())

    @cached_property
    def _held_by(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for owner, asset, right, _ in self.series:
            if right is not None:
                found.setdefault(owner, set()).add(asset)
        return {owner: frozenset(its) for owner, its in found.items()}

    def companies_of(self, owner: str) -> frozenset[str]:
        """In what somebody holds or held any right."""
        return self._held_by.get(owner, frozenset())

    @cached_property
    def _roles(self) -> Mapping[str, tuple[Holding, ...]]:
        found: dict[str, list[Holding]] = {}
        for (owner, _, right, _), its in self.series.items():
            if right is None:
                found.setdefault(owner, []).extend(its)
        return {owner: tuple(its) for owner, its in found.items()}

    def roles_of(self, party: str) -> tuple[Holding, ...]:
        """The roles that somebody has or had in the management of anything, in a fixed order."""
        return self._roles.get(party, ())

    @cached_property
    def _holders(self) -> frozenset[tuple[str, str]]:
        return frozenset((owner, asset) for owner, asset, *_ in self.series)

    def holds_in(self, party: str, asset: str) -> bool:
        """Whether somebody has or had anything in an asset, a role too."""
        return (party, asset) in self._holders

    @cached_property
    def in_asset(self) -> Mapping[str, tuple[tuple[str, StakeKind | None, str], ...]]:
        """By asset who holds which right in it as which source tells: keys of `series` without the asset, in a fixed order."""
        found: dict[str, list[tuple[str, StakeKind | None, str]]] = {}
        for owner, asset, right, source in self.series:
            found.setdefault(asset, []).append((owner, right, source))
        return {asset: tuple(its) for asset, its in found.items()}

    def held_in(self, asset: str) -> Iterator[tuple[str, StakeKind | None, str, tuple[Holding, ...]]]:
        """Who holds which right in an asset as which source tells, with the entries; in a fixed order."""
        for owner, right, source in self.in_asset.get(asset, ()):
            yield owner, right, source, self.series[owner, asset, right, source]

    @cached_property
    def bonded(self) -> Mapping[str, tuple[Bond, ...]]:
        """By party the ties that it has, in a fixed order."""
        found: dict[str, list[Bond]] = {}
        for bond in sorted(self.bonds):
            for end in dict.fromkeys((bond.one, bond.other)):
                found.setdefault(end, []).append(bond)
        return {party: tuple(its) for party, its in found.items()}

    @cached_property
    def _paid(self) -> Mapping[tuple[str, str], tuple[Payment, ...]]:
        found: dict[tuple[str, str], list[Payment]] = {}
        for each in sorted(self.payments):
            found.setdefault((each.payer, each.beneficiary), []).append(each)
        return {ends: tuple(its) for ends, its in found.items()}

    def paid(self, payer: str, beneficiary: str) -> Sequence[Payment]:
        """What one party is told to have paid another, in a fixed order."""
        return self._paid.get((payer, beneficiary), ())

    def of(self, party: str) -> Facts:
        """What is told of a party; nothing of one that is not known."""
        return self.facts.get(party, Facts())

    def name(self, party: str) -> str:
        """What to call a party."""
        return self.of(party).name or f"an unnamed party ({party})"

    def listings(self, party: str) -> tuple[Designation, ...]:
        """All listings of a party, whatever their day, first the earliest."""
        return tuple(sorted(self.designations.get(party, ()), key=lambda each: (each.since, each.code, each.source)))

    def for_rule(self, party: str, rule: Rule) -> tuple[Designation, ...]:
        """The listings of a party that count for an ownership rule."""
        return tuple(each for each in self.listings(party) if rule.counts(each.source, each.programmes))

    def contrary(self, *parties: str) -> list[str]:
        """Ids of claims that deny that two of some parties have to do with each other."""
        its = {*parties}
        return sorted({claim for pair, claims in self.denied.items() if pair <= its for claim in claims})

    def is_listed(self, parties: Iterable[str]) -> bool:
        """Whether any of some parties is or may be listed."""
        return any(self.designations.get(party) for party in parties)


def _order(holding: Holding) -> tuple[object, ...]:
    return holding.start or Days(0, 0), holding.end or Days(0, 0), holding.interval, holding.claims
