"""One stake of each party in each other of each right, out of all entries that tell of it.

What is decided here and why:

- Several sources on one stake: what all of them allow; where they exclude each other, all that any of them allows, and a note.
- Several entries of one source on one stake may be parts of it, or follow one another: from the least of one to the sum of all.
  An entry without a figure says nothing against the others, and leaves open how much more there is; a mere pointer adds nothing.
- Where a source tells several classes of shares in one company, its figures may be of the class or of the whole: one class alone
  is anything from nothing to its figure, all classes together are at least the least of them.
- What others hold in their own names for one party (nominees) are parts beside what it holds itself.
- What a company holds in itself is nobody's. Whether the figures of the others are of all shares or of the rest is not told: each
  is at most what it would be of the rest.
- What several hold jointly is held once, by their arrangement. It holds with any of its members under rules that look at one person
  at a time (UK regulations, Schedule 1); under the others surely with all of them, possibly with any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from shellgame.graph.ownership.stakes import Hidden, Row, Stake
from shellgame.graph.ownership.told import Told, hull
from shellgame.model.stakes import IN_SHARES, UNKNOWN, WHOLE, Interval, StakeKind


def jointly(rows: Iterable[Row]) -> tuple[list[Row], list[Stake], list[Hidden]]:
    """Stakes with those that several hold jointly as their arrangement's, the members' parts in these, and the arrangements."""
    found: list[Row] = []
    shared: defaultdict[tuple[str, str, str, StakeKind], list[Row]] = defaultdict(list)
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


def merged(stakes: Iterable[Row], party: Mapping[str, str], day: str) -> list[Stake]:
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


def of_the_rest(stakes: Iterable[Stake], own: Iterable[Stake]) -> list[Stake]:
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
