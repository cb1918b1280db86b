"""Listed holders of less than half each who hold half together and have something in common (N-09).

Under UK law stakes of several designated persons count together only where they hold them under a joint arrangement. What the
holders have in common is a lead for that and no more: a director, an agent, an address, a family. What many share ties nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from shellgame.detect.closeness import between, is_told_of
from shellgame.detect.finding import Finding, found, together
from shellgame.detect.moves import figure, holds, level
from shellgame.detect.scene import Designation, Holding, Scene
from shellgame.detect.typology import Typology, typologies
from shellgame.detect.when import every
from shellgame.model.stakes import IN_SHARES, PERCENT, WHOLE, Interval, StakeKind


class _Holder(NamedTuple):
    """A listed holder of part of a company on the day."""

    party: str
    stake: Interval
    listing: Designation
    claims: tuple[str, ...]


class _Shared(NamedTuple):
    """Something that two holders have in common."""

    one: str
    other: str
    words: str
    claims: tuple[str, ...]


def find(scene: Scene) -> Iterator[Finding]:
    """Look for listed minority holders who may act together."""
    typology = typologies()["minority_together"]
    least = int(typology.figures["least"] * PERCENT)
    for asset, right, source in sorted({(key[1], key[2] or "", key[3]) for key in scene.series if key[2] in IN_SHARES}):
        holders = [
            each
            for each in _holders(scene, asset, StakeKind(right), source, typology.jurisdiction)
            if each.stake.low < least
        ]
        most = min(WHOLE, sum(each.stake.high for each in holders))
        if len(holders) > 1 and most >= least:
            yield _finding(scene, asset, right, holders, typology)


def _holders(scene: Scene, asset: str, right: StakeKind, source: str, code: str) -> Iterator[_Holder]:
    """The holders of a right in a company on the day that a jurisdiction lists, or may list."""
    for party, its_right, its_source, its in scene.held_in(asset):
        if (its_right, its_source) != (right, source):
            continue
        there = [each for each in its if holds(each, scene.day) is not False and not each.ended]
        listings = [each for each in scene.listings(party) if each.code == code and _is_on(each, scene.day)]
        if there and listings:
            listing = min(listings, key=lambda each: (not each.sure, each))
            yield _Holder(party, _current(there, scene.day), listing, _claims(there))


def _current(there: Sequence[Holding], day: int) -> Interval:
    """How much somebody holds on the day; an entry that nobody says began, and nobody says ended, is there."""
    known = level([each for each in there if each.start or each.end], day)
    undated = [each.interval for each in there if not each.start and not each.end]
    low, high = (min(WHOLE, sum(ends)) for ends in zip(known, *undated, strict=True))
    return Interval(low, high)


def _is_on(listing: Designation, day: int) -> bool:
    return listing.until is None or listing.until.last >= day


def _claims(holdings: Sequence[Holding]) -> tuple[str, ...]:
    return tuple(claim for each in holdings for claim in each.claims)


def _finding(scene: Scene, asset: str, right: str, holders: list[_Holder], typology: Typology) -> Finding:
    least = int(typology.figures["least"] * PERCENT)
    shared = sorted(each for pair in combinations(holders, 2) for each in _in_common(scene, *pair, typology))
    groups = _joined([each.party for each in holders], shared)
    acting = max(
        groups, key=lambda group: (sum(each.stake.low for each in holders if each.party in group), sorted(group))
    )
    its = [each for each in holders if each.party in acting] if shared else holders
    low, high = (min(WHOLE, sum(ends)) for ends in zip(*(each.stake for each in its), strict=True))
    minority = every([True if each.stake.high < least else None for each in its])
    sums = True if low >= least else False if high < least else None
    sure = every([True if each.listing.sure else None for each in its])
    fired = every([minority, sums, sure, True if shared else _untied(scene, holders)])
    unknown = [
        f"how much {scene.name(each.party)} holds is {figure(each.stake)}"
        for each in its
        if each.stake.low != each.stake.high and fired is None
    ]
    unknown += [
        f"whether {scene.name(each.party)} is the listed party of that name is not settled"
        for each in its
        if not each.listing.sure
    ]
    if not shared:
        unknown.append("what they have in common is not told: directors, agents, addresses, relatives")
    if fired is not False:
        unknown.append("whether they exercise their rights together (a joint arrangement) no register tells")
    parts = ", ".join(f"{scene.name(each.party)} ({figure(each.stake)})" for each in its)
    ties = f"; {'; '.join(dict.fromkeys(each.words for each in shared if each.one in acting))}" if shared else ""
    exact = f"; the UK's rule asks for more than {figure(Interval(least, least))}" if low == high == least else ""
    return found(
        typology,
        [asset, *(each.party for each in its)],
        fired,
        f"{parts}, all listed in {typology.jurisdiction.upper()}, together hold {figure(Interval(low, high))} of the {right} "
        f"in {scene.name(asset)}{ties}{exact}.",
        strength=together(typology.figures["strength"], len({each.words for each in shared})) if shared else 0.0,
        supporting=[
            *(claim for each in its for claim in (*each.claims, *each.listing.claims)),
            *(claim for each in shared for claim in each.claims),
        ],
        against=scene.contrary(asset, *(each.party for each in its)),
        unknown=unknown,
        days=[each.listing.since for each in its],
    )


def _untied(scene: Scene, holders: Sequence[_Holder]) -> bool | None:
    """Whether holders without anything in common act together: not, where enough is told of each to have shown it."""
    told = all(
        is_told_of(scene, each.party)
        or scene.of(each.party).commons
        or any(right is None for _, right, *_ in scene.held_in(each.party))
        for each in holders
    )
    return False if told else None


def _in_common(scene: Scene, one: _Holder, other: _Holder, typology: Typology) -> Iterator[_Shared]:
    """What two holders have in common; what many share is left out."""
    left, right, most = one.party, other.party, typology.figures["most_sharing"]
    names = f"{scene.name(left)} and {scene.name(right)}"
    for tie in between(scene, left, right):
        yield _Shared(left, right, f"{scene.name(left)} {tie.words}", tie.claims)
    theirs = {(each.sort, each.key): each for each in scene.of(right).commons}
    same: dict[str, _Shared] = {}
    for mine in sorted(scene.of(left).commons, key=lambda each: (each.words == each.key, each)):
        match = theirs.get((mine.sort, mine.key))
        if match and mine.crowd <= most:  # one address is often told as an entity and as a text: it counts once
            words = f"{names} have the same {mine.sort} ({mine.words})"
            same.setdefault(mine.sort, _Shared(left, right, words, (*mine.claims, *match.claims)))
    yield from same.values()
    yield from _roles_in_common(scene, left, right, names, most)


def _roles_in_common(scene: Scene, left: str, right: str, names: str, most: float) -> Iterator[_Shared]:
    """Directors of both; and one who is a director of the other."""
    seats: dict[str, dict[str, list[str]]] = {}
    for company in (left, right):
        for director, kind, _, its in scene.held_in(company):
            there = [each for each in its if not each.ended and holds(each, scene.day) is not False]
            if kind is None and there:
                seats.setdefault(director, {}).setdefault(company, []).extend(_claims(there))
    for director, boards in sorted(seats.items()):
        claims = tuple(claim for each in boards.values() for claim in each)
        if len(boards) == 2 and scene.crowds.get(director, 0) <= most:
            yield _Shared(left, right, f"{names} have the same director ({scene.name(director)})", claims)
        elif director in (left, right):
            yield _Shared(
                left, right, f"{scene.name(director)} is a director of {scene.name(next(iter(boards)))}", claims
            )


def _joined(parties: Sequence[str], shared: Sequence[_Shared]) -> list[set[str]]:
    """Groups of holders that have something in common, by whatever row."""
    groups = [{party} for party in parties]
    for each in shared:
        one = next(group for group in groups if each.one in group)
        other = next(group for group in groups if each.other in group)
        if one is not other:
            groups.remove(other)
            one |= other
    return groups
