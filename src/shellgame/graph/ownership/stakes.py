"""Who holds what in whom on a day, put together from what sources claim: parties, and one stake for all that is told of it.

Stakes are claimed by links (Ownership, Control) and by pointers of an entity to its owner or parent. A question about one company
reads only what stands above it, however large a register is (see `told`).

What is decided here and why:

- A stake that ended before the day, or begins after it, is out. One without days is in; one whose days are only known to the
  month or the year of the day asked about may or may not be there: its least is nothing.
- Several sources on one stake: what all of them allow; where they exclude each other, all that any of them allows, and a note.
- Several entries of one source on one stake may be parts of it, or follow one another: from the least of one to the sum of all.
- Classes of shares are added up. Where the figures of several classes in one company sum up to more than the whole, they are
  shares of the class: each is then anything from nothing to that share.
- A nominee's stake is its principal's, where told; a stake told as indirect repeats a chain: it counts only where no such chain
  is told, as held through somebody unknown.
- Who holds one stake jointly with others holds between nothing and all of it, and under rules that look at one person at a time
  all of it (UK regulations, Schedule 1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from shellgame.graph.ownership.told import Told, hull, told_stakes
from shellgame.model.stakes import IN_SHARES, UNKNOWN, WHOLE, Interval, StakeKind
from shellgame.resolve.identities import Identity
from shellgame.store.claims import ClaimSet

MOST_PARTIES = 20_000
"""A question stops growing here and says so; a formation agent's hundred thousand companies are no answer."""


class Parties(Protocol):
    """Which records are one party; `resolve.identities.Identities` is one."""

    def party(self, record: str) -> str:
        """The id that stands for the party of a record."""

    def records_of(self, record: str) -> list[str]:
        """All records of its party, itself first."""

    def perhaps(self, record: str) -> list[str]:
        """Records that could be of its party."""

    def of(self, record: str) -> Iterable[Identity]:
        """All records that are or could be of its party, with the reasons."""


@dataclass(frozen=True, slots=True)
class Stake:
    """What one party holds in another of one right, by all that is told of it.

    Attributes:
        owner: The holder, by the id of its party; of somebody who is not told an id of its own.
        owned: The company, by the id of its party.
        kind: Which right.
        interval: How much of it.
        indirect: Whether it is held through somebody who is not told.
        joint: Whether others hold it too.
        told: What it rests on.
        notes: What to know of it, in words.
    """

    owner: str
    owned: str
    kind: StakeKind
    interval: Interval
    indirect: bool
    joint: bool
    told: tuple[Told, ...]
    notes: tuple[str, ...]

    @property
    def claims(self) -> list[str]:
        """Ids of the claims it rests on."""
        return list(dict.fromkeys(claim for told in self.told for claim in told.claims))


class Hidden(NamedTuple):
    """A holder of whom it is not told who it is: behind a nominee, or between the ends of a chain.

    Attributes:
        id: Its id.
        words: What it is called.
        anybody: Whether it may be anybody; else only what is told to be held through it is known.
    """

    id: str
    words: str
    anybody: bool


@dataclass(frozen=True)
class Structure:
    """Parties and their stakes around a start.

    Attributes:
        start: The parties asked about.
        records: The records of each party, by its id.
        told: All stakes as told, of whatever day, by record.
        principals: By record of a nominee, for whom it stands, as told.
        stopped: Whether there is more than was read.
    """

    start: tuple[str, ...]
    records: Mapping[str, tuple[str, ...]]
    told: tuple[Told, ...]
    principals: Mapping[str, tuple[Told, ...]]
    stopped: bool

    @property
    def party(self) -> dict[str, str]:
        """The party of each record."""
        return {record: party for party, its in self.records.items() for record in its}

    def on(self, day: str) -> tuple[list[Stake], list[Hidden]]:
        """The stakes of a day, each once, and who of their holders is not told."""
        party = self.party
        current = [_as_of(told, day) for told in self.told if told.holds_on(day)]
        direct, hidden = self._looked_through(current, party, day)
        stakes = _merged(each for each in direct if not each[2].indirect or each[2].kind not in IN_SHARES)
        holders: defaultdict[str, set[str]] = defaultdict(set)
        for stake in stakes:
            holders[stake.owned].add(stake.owner)
        for owner, owned, told in direct:
            if told.indirect and told.kind in IN_SHARES and not _stands_above(holders, owner, owned):
                between = Hidden(f"between {owner} and {owned}", "somebody who is not told", anybody=False)
                hidden.append(between)
                note = ["held through somebody who is not told"]
                stakes.append(_stake(between.id, owned, told.kind, [told], note))
                stakes.append(replace(_stake(owner, between.id, StakeKind.SHARES, [told], note), interval=UNKNOWN))
        return stakes, list(dict.fromkeys(hidden))

    def _looked_through(
        self, current: Sequence[Told], party: Mapping[str, str], day: str
    ) -> tuple[list[tuple[str, str, Told]], list[Hidden]]:
        """Stakes by party, those of nominees with their principals."""
        found: list[tuple[str, str, Told]] = []
        hidden: list[Hidden] = []
        for told in current:
            owner, owned = party.get(told.owner, told.owner), party.get(told.asset, told.asset)
            if owner == owned:
                continue
            if not told.is_nominees:
                found.append((owner, owned, told))
                continue
            known = self.principals.get(told.owner, ())
            behind = [each for each in known if each.holds_on(day) and each.owner != told.asset]
            told = told._replace(
                notes=(*told.notes, "held by a nominee"),
                claims=(*told.claims, *(claim for each in behind for claim in each.claims)),
            )
            several = len({each.owner for each in behind}) > 1
            for each in behind:
                least = told.interval._replace(low=0) if several else told.interval
                found.append((party.get(each.owner, each.owner), owned, told._replace(interval=least)))
            if not behind:
                unnamed = Hidden(f"principal of {owner} in {owned}", "somebody for whom a nominee stands", anybody=True)
                hidden.append(unnamed)
                found.append((unnamed.id, owned, told))
        return found, hidden


def structure_above(claims: ClaimSet, parties: Parties, start: Sequence[str]) -> Structure:
    """Some records, and all that hold or held anything in them, directly or through others.

    Args:
        claims: The claims of the day.
        parties: Which records are one party.
        start: Ids of records.
    """
    return _grown(claims, parties, start, down=False)


def structure_below(claims: ClaimSet, parties: Parties, start: Sequence[str]) -> Structure:
    """Some records, all in which they hold or held anything, directly or through others, and whoever else holds something there."""
    below = _grown(claims, parties, start, down=True)
    whole = _grown(claims, parties, [record for its in below.records.values() for record in its], down=False)
    return replace(whole, start=below.start, stopped=below.stopped or whole.stopped)


def _grown(claims: ClaimSet, parties: Parties, start: Sequence[str], *, down: bool) -> Structure:
    stakes, nominees_of = told_stakes(claims, "held"), told_stakes(claims, "represented")
    records: dict[str, tuple[str, ...]] = {}
    told: dict[tuple[str, str, str, str], Told] = {}
    principals: defaultdict[str, list[Told]] = defaultdict(list)
    frontier = _entered(parties, start, records)
    first = tuple(records)
    stopped = False
    while frontier:
        found = list(stakes.of_owners(frontier) if down else stakes.in_assets(frontier))
        told |= {(each.link, each.source, each.owner, each.asset): each for each in found}
        nominees = sorted({each.owner for each in found if each.is_nominees} - principals.keys())
        for each in nominees_of.in_assets(nominees):
            principals[each.asset].append(each)
        reached = [each.asset if down else each.owner for each in found]
        reached += [each.owner for nominee in nominees for each in principals[nominee]]
        if len(records) > MOST_PARTIES:
            stopped = True
            break
        frontier = _entered(parties, reached, records)
    behind = {nominee: tuple(its) for nominee, its in principals.items()}
    return Structure(first, records, tuple(told[key] for key in sorted(told)), behind, stopped)


def _entered(parties: Parties, reached: Iterable[str], records: dict[str, tuple[str, ...]]) -> list[str]:
    """Enter the parties of some records; gives the records of those that are new."""
    new: list[str] = []
    for record in dict.fromkeys(reached):
        party = parties.party(record)
        if party not in records:
            its = parties.records_of(record)
            records[party] = tuple(dict.fromkeys([record, *its]))
            new += records[party]
    return new


def _as_of(told: Told, day: str) -> Told:
    """A stake as it counts on a day."""
    if not told.is_doubted_on(day):
        return told
    note = f"whether it is there on {day} is not sure: told from {told.start or 'unknown'} to {told.end or 'unknown'}"
    most = told.interval.high if told.kind in IN_SHARES else WHOLE - 1
    return told._replace(interval=Interval(0, most), notes=(*told.notes, note))


def _merged(stakes: Iterable[tuple[str, str, Told]]) -> list[Stake]:
    """One stake of each party in each other of each right."""
    grouped: defaultdict[tuple[str, str, StakeKind], list[Told]] = defaultdict(list)
    for owner, owned, told in stakes:
        grouped[owner, owned, told.kind].append(told)
    by_class = _shares_of_classes(grouped)
    found = []
    for (owner, owned, kind), its in grouped.items():
        counted = [_of_class(told, (owned, kind, told.source) in by_class) for told in its]
        sources: defaultdict[str, list[Told]] = defaultdict(list)
        for told in counted:
            sources[told.source].append(told)
        notes: list[str] = []
        intervals = {source: _by_one_source(told, notes) for source, told in sources.items()}
        interval = _by_all(intervals, notes)
        found.append(replace(_stake(owner, owned, kind, its, notes), interval=interval))
    return found


def _stake(owner: str, owned: str, kind: StakeKind, its: Sequence[Told], notes: Sequence[str]) -> Stake:
    told = dict.fromkeys([*notes, *(note for each in its for note in each.notes)])
    joint = any(each.joint for each in its)
    if joint:
        told["held jointly with others: which part is whose is not told"] = None
    return Stake(owner, owned, kind, its[0].interval, its[0].indirect, joint, tuple(its), tuple(told))


def _shares_of_classes(
    grouped: Mapping[tuple[str, str, StakeKind], Sequence[Told]],
) -> set[tuple[str, StakeKind, str]]:
    """Companies, rights and sources whose figures are shares of several classes: together they are more than the whole."""
    classes: defaultdict[tuple[str, StakeKind, str], set[str]] = defaultdict(set)
    least: defaultdict[tuple[str, StakeKind, str], int] = defaultdict(int)
    for (_, owned, kind), its in grouped.items():
        for told in its:
            key = owned, kind, told.source
            classes[key].add(told.share_class)
            least[key] += told.interval.low
    return {key for key, its in classes.items() if len(its) > 1 and least[key] > WHOLE}


def _of_class(told: Told, is_part: bool) -> Told:
    if not (is_part and told.share_class):
        return told
    note = f"a share of the class “{told.share_class}”; how large the class is is not told"
    return told._replace(interval=Interval(0, told.interval.high), notes=(*told.notes, note))


def _by_one_source(its: Sequence[Told], notes: list[str]) -> Interval:
    """What one source tells of one stake: its classes of shares together, of each the entries that have a figure."""
    classes: defaultdict[str, list[Interval]] = defaultdict(list)
    for told in its:
        classes[told.share_class].append(told.interval)
    low = high = 0
    for entries in classes.values():
        known = [each for each in entries if each != UNKNOWN] or entries[:1]
        if len(known) > 1:
            notes.append(f"{its[0].source} tells it {len(known)} times: as parts, or one after the other, is not told")
        low += min(each.low for each in known)
        high += sum(each.high for each in known)
    if its[0].kind not in IN_SHARES:
        return hull([told.interval for told in its])
    return Interval(min(low, WHOLE), min(high, WHOLE))


def _by_all(intervals: Mapping[str, Interval], notes: list[str]) -> Interval:
    """What all sources allow; where they exclude each other, what any of them allows."""
    common = Interval(max(each.low for each in intervals.values()), min(each.high for each in intervals.values()))
    if common.low <= common.high:
        return common
    told = "; ".join(f"{source} {interval or 'no figure'}" for source, interval in sorted(intervals.items()))
    notes.append(f"sources disagree: {told}")
    return hull(intervals.values())


def _stands_above(holders: Mapping[str, Collection[str]], owner: str, owned: str) -> bool:
    """Whether an owner holds something in a company through at least one other."""
    seen: set[str] = set()
    waiting = [each for each in holders.get(owned, ()) if each != owner]
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        above = holders.get(here, ())
        if owner in above:
            return True
        waiting.extend(above)
    return False
