"""Who holds what in whom on a day, put together from what sources claim: parties, and one stake for all that is told of it.

Stakes are claimed by links (Ownership, Control) and by pointers of an entity to its owner or parent. A question about one company
reads only what stands above it, however large a register is (see `told`).

What is decided here and why:

- A stake that ended before the day, or begins after it, is out. One without days is in; one whose days are only known to the
  month or the year of the day asked about may or may not be there: its least is nothing.
- Where another source tells that a stake is over, and nothing of it after that, it may be nothing on the day.
- Several sources on one stake: what all of them allow; where they exclude each other, all that any of them allows, and a note.
- Several entries of one source on one stake may be parts of it, or follow one another: from the least of one to the sum of all.
  An entry without a figure says nothing against the others, and leaves open how much more there is; a mere pointer adds nothing.
- Where a source tells several classes of shares in one company, its figures may be of the class or of the whole: one class alone
  is anything from nothing to its figure, all classes together are at least the least of them.
- What others hold in their own names for one party (nominees) are parts beside what it holds itself.
- A nominee's stake is its principal's, where told, and so is what an arrangement holds for its nominator.
- A stake told as indirect repeats a chain where one is told that reaches as far (see `reaching`). Else it is held through somebody
  unknown, and as that may be one of those who are told to hold something there, nothing is narrowed in that company.
- What a company holds in itself is nobody's. Whether the figures of the others are of all shares or of the rest is not told: each
  is at most what it would be of the rest.
- What several hold jointly is held once, by their arrangement. It holds with any of its members under rules that look at one person
  at a time (UK regulations, Schedule 1); under the others surely with all of them, possibly with any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from shellgame.graph.ownership.reaching import Chains
from shellgame.graph.ownership.told import Told, ToldStakes, hull
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
        joint: Of a member's part in a joint arrangement, how many members that has; else 0.
        told: What it rests on.
        notes: What to know of it, in words.
    """

    owner: str
    owned: str
    kind: StakeKind
    interval: Interval
    indirect: bool
    joint: int
    told: tuple[Told, ...]
    notes: tuple[str, ...]

    @property
    def claims(self) -> list[str]:
        """Ids of the claims it rests on."""
        return list(dict.fromkeys(claim for told in self.told for claim in told.claims))


class Hidden(NamedTuple):
    """A holder that no source names: behind a nominee, between the ends of a chain, or several who hold jointly.

    Attributes:
        id: Its id.
        words: What it is called; of a joint arrangement nothing, its members have names.
        anybody: Whether it may be anybody; else only what is told to be held through it is known.
        members: Who holds jointly, by the ids of their parties.
    """

    id: str
    words: str
    anybody: bool
    members: tuple[str, ...] = ()


class Day(NamedTuple):
    """Who holds what on a day.

    Attributes:
        stakes: Each stake once.
        hidden: Holders whom no source names.
        repeated: Indirect stakes that are left out, since the chain that they repeat is told.
    """

    stakes: list[Stake]
    hidden: list[Hidden]
    repeated: list[Stake]


_Row = tuple[str, str, Told]
"""A holder, a company, each by the id of its party, and what is told of the stake."""


@dataclass(frozen=True)
class Structure:
    """Parties and their stakes around a start.

    Attributes:
        start: The parties asked about.
        records: The records of each party, by its id.
        told: All stakes as told, of whatever day, by record.
        principals: By record of a holder, for whom it stands, as told of all it holds or of single stakes.
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

    def on(self, day: str) -> Day:
        """The stakes of a day, each once, and who of their holders is not told."""
        party = self.party
        current = [_as_of(told, day) for told in self._disputed(party, day) if told.holds_on(day)]
        looked_through, hidden = self._looked_through(current, party, day)
        own = [row for row in looked_through if row[0] == row[1]]
        held, memberships, arrangements = _jointly(row for row in looked_through if row[0] != row[1])
        stakes = _merged((each for each in held if not _is_indirect(each[2])), party, day)
        chains = Chains((each.owner, each.owned, each.kind.value, *each.interval) for each in stakes)
        stakes = [_perhaps_indirect(stake, chains) for stake in stakes]
        repeated = []
        for stake in _merged((each for each in held if _is_indirect(each[2])), party, day):
            reached = chains.reach(stake.owner, stake.owned, stake.kind)
            if reached and reached >= (stake.interval.low or stake.interval.high):
                repeated.append(stake)
                continue
            between = Hidden(f"between {stake.owner} and {stake.owned}", "somebody who is not told", anybody=False)
            hidden.append(between)
            notes = dict.fromkeys(["held through somebody who is not told", *stake.notes])
            stakes.append(replace(stake, owner=between.id, notes=tuple(notes)))
            above = replace(stake, owned=between.id, kind=StakeKind.SHARES, interval=UNKNOWN, notes=tuple(notes))
            stakes.append(above)
        stakes = _of_the_rest(stakes, _merged(own, party, day))
        return Day([*stakes, *memberships], list(dict.fromkeys([*hidden, *arrangements])), repeated)

    def _disputed(self, party: Mapping[str, str], day: str) -> Iterator[Told]:
        """All that is told, with the mark of what is over by a day in the words of a source that tells of nothing after it."""

        def right(told: Told) -> tuple[str, str, StakeKind]:
            return party.get(told.owner, told.owner), party.get(told.asset, told.asset), told.kind

        going = {(right(told), told.source) for told in self.told if told.holds_on(day)}
        ends: defaultdict[tuple[str, str, StakeKind], list[str]] = defaultdict(list)
        for told in self.told:
            if told.end and told.ended_before(day) and (right(told), told.source) not in going:
                ends[right(told)].append(told.end)
        for told in self.told:
            after = [end for end in ends[right(told)] if not told.start or told.start[: len(end)] <= end]
            yield told._replace(over=max(after)) if after else told

    def _looked_through(
        self, current: Sequence[Told], party: Mapping[str, str], day: str
    ) -> tuple[list[_Row], list[Hidden]]:
        """Stakes by party, those of nominees with their principals."""
        found: list[_Row] = []
        hidden: list[Hidden] = []
        nominators: defaultdict[str, set[str]] = defaultdict(set)
        for told in current:
            if told.is_nominators:
                nominators[told.asset].add(told.owner)
        for told in current:
            owner, owned = party.get(told.owner, told.owner), party.get(told.asset, told.asset)
            if told.is_nominators:
                all_of_it = Interval(WHOLE, WHOLE) if len(nominators[told.asset]) == 1 else UNKNOWN
                notes = (*told.notes, "what the arrangement holds is held for its nominator")
                told = told._replace(kind=StakeKind.SHARES, interval=all_of_it, notes=notes)
            is_nominees = self.is_nominees(told, day)
            if is_nominees is False:
                over = (
                    ("told to be a nominee's, but for whom it was held is told to be over",) if told.is_nominees else ()
                )
                found.append((owner, owned, told._replace(notes=(*told.notes, *over))))
                continue
            behind = self._behind(told, day)
            note = (
                "held by a nominee"
                if is_nominees
                else "whether its holder, a nominee of somebody, holds it for that one is not told"
            )
            told = told._replace(
                notes=(*told.notes, note),
                claims=(*told.claims, *(claim for each in behind for claim in each.claims)),
                tellers=(*told.tellers, *(teller for each in behind for teller in each.tellers)),
            )
            if is_nominees is None:
                perhaps = dict.fromkeys([owner, *(party.get(each.owner, each.owner) for each in behind)])
                found += ((each, owned, told._replace(interval=told.interval._replace(low=0))) for each in perhaps)
                continue
            # not told of this stake, for the company itself may only mean that he is a nominee there (BODS)
            there = [party.get(each.owner, each.owner) == owned and told.link not in each.about for each in behind]
            open_ones = [each.is_doubted_on(day) or own for each, own in zip(behind, there, strict=True)]
            several = len({each.owner for each in behind}) > 1 or any(open_ones)
            for each in behind:
                least = told.interval._replace(low=0) if several else told.interval
                found.append((party.get(each.owner, each.owner), owned, told._replace(interval=least)))
            if all(open_ones):
                unnamed = Hidden(f"principal of {owner} in {owned}", "somebody for whom a nominee stands", anybody=True)
                hidden.append(unnamed)
                least = told.interval._replace(low=0) if any(there) else told.interval
                found.append((unnamed.id, owned, told._replace(interval=least)))
        return found, hidden

    def is_nominees(self, told: Told, day: str) -> bool | None:
        """Whether a stake is held for somebody else on a day: in its own words, or as it is told for whom its holder stands in it.

        None where that is told of all its holder has, and nothing of this one.
        """
        its = [each for each in self.principals.get(told.owner, ()) if told.is_covered_by(each)]
        there = [each for each in its if each.holds_on(day)]
        if told.is_nominees is not None:
            return told.is_nominees and not (its and all(each.is_former or each.ended_before(day) for each in its))
        if any(each.about for each in there):
            return True
        return None if there else False

    def _behind(self, told: Told, day: str) -> list[Told]:
        """For whom a nominee may hold a stake: those told to stand behind it, and behind these where they are nominees too."""
        waiting, found = [told.owner], {}
        while waiting:
            for each in self.principals.get(nominee := waiting.pop(), ()):
                of_this = told.is_covered_by(each) if nominee == told.owner else not each.about
                if of_this and each.holds_on(day) and each.owner not in found:
                    found[each.owner] = each
                    waiting.append(each.owner)
        return list(found.values())


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
    stakes, nominees_of = ToldStakes(claims, "held"), ToldStakes(claims, "represented")
    records: dict[str, tuple[str, ...]] = {}
    told: dict[tuple[str, str, str, str, str], Told] = {}
    principals: dict[str, list[Told]] = {}
    frontier = _entered(parties, start, records)
    first = tuple(records)
    stopped = False
    while frontier:
        found = stakes.of_owners(frontier) if down else stakes.in_assets(frontier)
        if down and (agents := _standing_in(nominees_of, frontier)):
            found += [each for each in stakes.of_owners(agents) if _may_be_nominees(each, agents[each.owner])]
        told |= {(each.link, each.source, each.owner, each.asset, each.kind): each for each in found}
        reached = [each.asset if down else each.owner for each in found]
        nominees = set() if down else {each.owner for each in found} - principals.keys()
        while nominees:
            principals |= {each: [] for each in nominees}
            for each in nominees_of.in_assets(sorted(nominees)):
                principals[each.asset].append(each)
            behind = {each.owner for nominee in nominees for each in principals[nominee]}
            reached += sorted(behind)
            nominees = behind - principals.keys()
        full = len(records) > MOST_PARTIES
        # what is told names them, so even those that are not read any more are parties
        frontier = _entered(parties, reached, records)
        if full and frontier:
            stopped = True
            break
    standing_behind = {nominee: tuple(its) for nominee, its in principals.items()}
    return Structure(first, records, tuple(told[key] for key in sorted(told)), standing_behind, stopped)


def _standing_in(nominees_of: ToldStakes, principals: Iterable[str]) -> dict[str, list[Told]]:
    """Who is told to stand for some, or for somebody who stands for them, with what tells so."""
    found: defaultdict[str, list[Told]] = defaultdict(list)
    waiting = set(principals)
    while waiting:
        nominations = nominees_of.of_owners(sorted(waiting))
        waiting = {each.asset for each in nominations} - found.keys()
        for each in nominations:
            found[each.asset].append(each)
    return found


def _may_be_nominees(told: Told, nominations: Iterable[Told]) -> bool:
    """Whether a stake may be held for somebody else, on whatever day."""
    if told.is_nominees is not None:
        return told.is_nominees
    return any(told.is_covered_by(each) for each in nominations)


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
    why = f"another source tells that it ended on {told.over}" if told.over else told.days
    note = f"whether it is there on {day} is not sure: {why}"
    most = told.interval.high if told.kind in IN_SHARES else WHOLE - 1
    return told._replace(interval=Interval(0, most), notes=(*told.notes, note))


def _is_indirect(told: Told) -> bool:
    """Whether it may repeat a chain; of rights that do not come in shares no two are added up anyway."""
    return told.indirect and told.kind in IN_SHARES


def _jointly(rows: Iterable[_Row]) -> tuple[list[_Row], list[Stake], list[Hidden]]:
    """Stakes with those that several hold jointly as their arrangement's, the members' parts in these, and the arrangements."""
    found: list[_Row] = []
    shared: defaultdict[tuple[str, str, str, StakeKind], list[_Row]] = defaultdict(list)
    for row in rows:
        _, owned, told = row
        if told.joint:
            shared[told.link, told.source, owned, told.kind].append(row)
        else:
            found.append(row)
    told_of: defaultdict[tuple[str, ...], list[Told]] = defaultdict(list)
    for (_, _, owned, _), its in shared.items():
        members = tuple(sorted({owner for owner, _, _ in its}))
        # where it is not sure of one member that he is one, it is not sure what their arrangement holds
        told = min((each for _, _, each in its), key=lambda each: each.interval.low)
        found.append((members[0] if len(members) == 1 else _arrangement(members).id, owned, told))
        if len(members) > 1:
            told_of[members].append(told)
    note = ("held jointly with others: which part is whose is not told",)
    memberships = [
        Stake(member, _arrangement(members).id, StakeKind.SHARES, UNKNOWN, False, len(members), tuple(told), note)
        for members, told in told_of.items()
        for member in members
    ]
    return found, memberships, [_arrangement(members) for members in told_of]


def _arrangement(members: tuple[str, ...]) -> Hidden:
    return Hidden(f"jointly {' and '.join(members)}", "", anybody=False, members=members)


def _perhaps_indirect(stake: Stake, chains: Chains) -> Stake:
    """A stake of which it is not told whether it is held directly may be the chain that is told, and then none of its own."""
    low = stake.interval.low
    if not (low and all(told.is_level_open for told in stake.told) and stake.kind in IN_SHARES):
        return stake
    if chains.reach(stake.owner, stake.owned, stake.kind) < low:
        return stake
    note = "whether it is held directly is not told: it may be the chain that is told"
    return replace(stake, interval=stake.interval._replace(low=0), notes=(*stake.notes, note))


def _merged(stakes: Iterable[_Row], party: Mapping[str, str], day: str) -> list[Stake]:
    """One stake of each party in each other of each right."""
    grouped: defaultdict[tuple[str, str, StakeKind], list[Told]] = defaultdict(list)
    for owner, owned, told in stakes:
        grouped[owner, owned, told.kind].append(told)
    classes = _classes(grouped)
    found = []
    for (owner, owned, kind), its in grouped.items():
        sources: defaultdict[str, list[Told]] = defaultdict(list)
        for told in its:
            sources[told.source].append(told)
        notes: list[str] = []
        intervals = {
            source: _by_one_source(told, party, classes[owned, kind, source], day, notes)
            for source, told in sources.items()
        }
        interval = _by_all(intervals, notes)
        notes += (note for each in its for note in each.notes)
        told_notes = tuple(dict.fromkeys(notes))
        found.append(Stake(owner, owned, kind, interval, its[0].indirect, 0, tuple(its), told_notes))
    return found


def _of_the_rest(stakes: Iterable[Stake], own: Iterable[Stake]) -> list[Stake]:
    """Stakes in companies that hold shares in themselves, each with the most that it can be of what others hold there."""
    stakes = list(stakes)
    told: defaultdict[tuple[str, StakeKind], int] = defaultdict(int)
    for stake in stakes:
        told[stake.owned, stake.kind] += stake.interval.low
    rest = {
        (stake.owned, stake.kind): max(WHOLE - stake.interval.high, min(told[stake.owned, stake.kind], WHOLE))
        for stake in own
        if stake.kind in IN_SHARES
    }
    found = []
    for stake in stakes:
        left = rest.get((stake.owned, stake.kind), WHOLE)
        low, high = stake.interval
        if high and left < WHOLE:
            note = "the company holds a part in itself: whether the figure is of all or of the rest is not told"
            of_rest = min(WHOLE, -(-high * WHOLE // left)) if left else WHOLE
            stake = replace(stake, interval=Interval(low, of_rest), notes=(*stake.notes, note))
        found.append(stake)
    return found


class _Classes(NamedTuple):
    """What a source tells of the classes of a right in one company.

    Attributes:
        named: The classes told of.
        least: The least of all its figures together; of the whole they can be only where this is not more.
    """

    named: set[str]
    least: int


def _classes(
    grouped: Mapping[tuple[str, str, StakeKind], Sequence[Told]],
) -> dict[tuple[str, StakeKind, str], _Classes]:
    """By company, right and source."""
    named: defaultdict[tuple[str, StakeKind, str], set[str]] = defaultdict(set)
    least: defaultdict[tuple[str, StakeKind, str], int] = defaultdict(int)
    for (_, owned, kind), its in grouped.items():
        for told in its:
            named[owned, kind, told.source].add(told.share_class)
            least[owned, kind, told.source] += told.interval.low
    return {key: _Classes(its, least[key]) for key, its in named.items()}


def _by_one_source(
    its: Sequence[Told], party: Mapping[str, str], classes: _Classes, day: str, notes: list[str]
) -> Interval:
    """What one source tells of one stake, out of its entries by class of shares."""
    if its[0].kind not in IN_SHARES:
        return hull([told.interval for told in its])
    entries: defaultdict[str, list[Told]] = defaultdict(list)
    for told in its:
        entries[told.share_class].append(told)
    parts = {name: _of_class(told, party, day, notes) for name, told in entries.items()}
    together = _added(parts.values())
    if len(classes.named) == 1 or set(parts) == {""}:
        return together
    notes.append(
        f"{its[0].source} tells {len(classes.named)} classes: of which part of the whole a figure is, it does not"
    )
    of_whole = parts.pop("", Interval(0, 0))
    of_class = Interval(
        min(each.low for each in parts.values()) if parts.keys() >= classes.named else 0,
        max(each.high for each in parts.values()),
    )
    high = together.high if classes.least <= WHOLE else min(of_whole.high + of_class.high, WHOLE)
    return Interval(min(of_whole.low + of_class.low, high), high)


def _of_class(its: Sequence[Told], party: Mapping[str, str], day: str, notes: list[str]) -> Interval:
    """What one source tells of one stake of one class: what several hold in their names, such as nominees, are parts of it."""
    holders: defaultdict[str, list[Told]] = defaultdict(list)
    for told in [told for told in its if not told.is_pointer] or [its[0]]:
        holders[party.get(told.owner, told.owner)].append(told)
    return _added([_of_entries(each, day, notes) for each in holders.values()])


def _added(parts: Iterable[Interval]) -> Interval:
    """Some parts of the whole together."""
    low, high = (sum(ends) for ends in zip(*parts, strict=True))
    return Interval(min(low, WHOLE), min(high, WHOLE))


def _of_entries(entries: Sequence[Told], day: str, notes: list[str]) -> Interval:
    """What one source tells that one holder has: entries are parts of it, or follow one another."""
    low = min((told.interval.low for told in entries if told.interval != UNKNOWN), default=0)
    until = [told for told in entries if told.start != day]
    since = [told for told in entries if told.end != day]
    if len(entries) > 1:
        notes.append(
            f"{entries[0].source} tells it {len(entries)} times: as parts, or one after the other, is not told"
        )
    if not until or not since:
        until = since = list(entries)
    high = max(sum(told.interval.high for told in each) for each in (until, since))
    return Interval(low, min(high, WHOLE))


def _by_all(intervals: Mapping[str, Interval], notes: list[str]) -> Interval:
    """What all sources allow; where they exclude each other, what any of them allows."""
    common = Interval(max(each.low for each in intervals.values()), min(each.high for each in intervals.values()))
    if common.low <= common.high:
        return common
    told = "; ".join(f"{source} {interval or 'no figure'}" for source, interval in sorted(intervals.items()))
    notes.append(f"sources disagree: {told}")
    return hull(intervals.values())
