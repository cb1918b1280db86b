"""Who holds what in whom on a day, put together from what sources claim: parties, and one stake for all that is told of it.

Stakes are claimed by links (Ownership, Control) and by pointers of an entity to its owner or parent. A question about one company
reads only what stands above it, however large a register is (see `told`).

What is decided here and why; `nominees` and `merging` say what they decide:

- A stake that ended before the day, or begins after it, is out. One without days is in; one whose days are only known to the
  month or the year of the day asked about may or may not be there: its least is nothing.
- Where another source tells that a stake is over, and nothing of it after that, it may be nothing on the day.
- A stake told as indirect repeats a chain where one is told that reaches as far (see `reaching`). Else it is held through somebody
  unknown, and as that may be one of those who are told to hold something there, nothing is narrowed in that company.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from shellgame.graph.ownership.merging import jointly, merged, of_the_rest
from shellgame.graph.ownership.nominees import Nominees
from shellgame.graph.ownership.reaching import Chains
from shellgame.graph.ownership.stakes import Hidden, Parties, Stake
from shellgame.graph.ownership.told import Told, ToldStakes
from shellgame.model.stakes import IN_SHARES, UNKNOWN, WHOLE, Interval, StakeKind
from shellgame.store.claims import ClaimSet

MOST_PARTIES = 20_000
"""A question stops growing here and says so; a formation agent's hundred thousand companies are no answer."""


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

    def nominees_on(self, day: str) -> Nominees:
        """Who of the holders holds for whom on a day."""
        return Nominees(self.principals, self.party, day)

    def on(self, day: str) -> Day:
        """The stakes of a day, each once, and who of their holders is not told."""
        party = self.party
        current = [_as_of(told, day) for told in self._disputed(party, day) if told.holds_on(day)]
        looked_through, hidden = self.nominees_on(day).looked_through(current)
        own = [row for row in looked_through if row[0] == row[1]]
        held, memberships, arrangements = jointly(row for row in looked_through if row[0] != row[1])
        stakes = merged((each for each in held if not _is_indirect(each[2])), party, day)
        chains = Chains((each.owner, each.owned, each.kind.value, *each.interval) for each in stakes)
        stakes = [_perhaps_indirect(stake, chains) for stake in stakes]
        repeated = []
        for stake in merged((each for each in held if _is_indirect(each[2])), party, day):
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
        stakes = of_the_rest(stakes, merged(own, party, day))
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


def _perhaps_indirect(stake: Stake, chains: Chains) -> Stake:
    """A stake of which it is not told whether it is held directly may be the chain that is told, and then none of its own."""
    low = stake.interval.low
    if not (low and all(told.is_level_open for told in stake.told) and stake.kind in IN_SHARES):
        return stake
    if chains.reach(stake.owner, stake.owned, stake.kind) < low:
        return stake
    note = "whether it is held directly is not told: it may be the chain that is told"
    return replace(stake, interval=stake.interval._replace(low=0), notes=(*stake.notes, note))
