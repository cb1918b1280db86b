"""Why a rule answers as it does: the stakes that lead from listed owners to a company, and what is not told that would decide.

What would decide is found by trying: each figure that is not exact is raised, each party that may be listed is taken to be, and the
rule is asked again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from shellgame.graph.ownership.evaluation import Answer
from shellgame.graph.ownership.stakes import Stake
from shellgame.graph.ownership.weighing import Weighed, counts_for, settles_for
from shellgame.model.stakes import IN_SHARES, PERCENT, WHOLE, Interval, StakeKind

MOST_QUESTIONS = 8
"""More open questions than this are counted, not told."""
_MOST_TOGETHER = 5
"""Stakes named of those that do not decide alone."""
_RIGHTS = {
    StakeKind.SHARES: "share",
    StakeKind.VOTES: "part of the votes",
    StakeKind.SURPLUS: "part of profits or assets",
    StakeKind.BOARD: "right to appoint the board",
    StakeKind.INFLUENCE: "influence or control",
    StakeKind.CONSOLIDATION: "consolidation of accounts",
}

Namer = Callable[[str], str]
"""Gives the name of a party by its id."""


class Hop(NamedTuple):
    """One step of a chain.

    Attributes:
        stake: What the owner holds.
        owner_is: What the owner is under the rule: `listed`, `caught`, or `perhaps` one of these.
        asset_is: What the company is: `caught`, `perhaps`, or empty.
    """

    stake: Stake
    owner_is: str
    asset_is: str


def chain_of(weighed: Weighed) -> list[Hop]:
    """The stakes that lead to the company from those who are listed, nearest first.

    Where the company is caught, those of owners who are surely listed or caught; else also of those who may be.
    """
    caught = weighed.answer is Answer.CAUGHT
    wanted = {"listed", "caught"} if caught else {"listed", "caught", "perhaps"}
    alone = (
        {each for person, its in weighed.alone().items() for each in (person, *its)}
        if caught and weighed.rule.per_person
        else None
    )
    above: defaultdict[str, list[Stake]] = defaultdict(list)
    for stake in weighed.numbers.stakes:
        if counts_for(weighed.rule, stake.kind) and stake.interval.high:
            above[stake.owned].append(stake)
    found: list[Hop] = []
    asked = weighed.numbers.ids[weighed.asked]
    waiting, seen = [asked], {asked}
    while waiting:
        company = waiting.pop(0)
        for stake in sorted(above[company], key=lambda each: (-each.interval.low, -each.interval.high, each.owner)):
            owner_is = weighed.standing(stake.owner)
            if owner_is not in wanted or (alone is not None and stake.owner not in alone):
                continue
            if caught and stake.kind in IN_SHARES and not stake.interval.low:
                continue
            found.append(Hop(stake, owner_is, weighed.standing(company)))
            if owner_is != "listed" and stake.owner not in seen:
                seen.add(stake.owner)
                waiting.append(stake.owner)
    return found


def missing_of(weighed: Weighed, name: Namer, *, unowned: Mapping[str, str]) -> list[str]:
    """What is not told that would decide, or could change, an answer, in sentences; none where the company is caught.

    Args:
        weighed: What the rule makes of the company.
        name: Names parties.
        unowned: Companies of whose owners nothing is told, by id, with their names.
    """
    if weighed.answer is Answer.CAUGHT:
        return []
    found = [*_listing_questions(weighed, name), *_figure_questions(weighed, name)]
    if weighed.answer is Answer.NOT_CAUGHT:
        found += _untold(weighed, name, unowned)
    elif control := [hop for hop in chain_of(weighed) if hop.stake.kind in weighed.rule.control]:
        found += [
            f"whether {name(hop.stake.owner)} controls {name(hop.stake.owned)} ({_RIGHTS[hop.stake.kind]}) is for a person to judge"
            for hop in control[:2]
        ]
    more = len(found) - MOST_QUESTIONS
    return [*found[:MOST_QUESTIONS], *([f"{more} more questions are open"] if more > 0 else [])]


def _listing_questions(weighed: Weighed, name: Namer) -> Iterator[str]:
    """Of parties that may be listed: what it would change if they were."""
    asked = name(weighed.numbers.ids[weighed.asked])
    for number, why in sorted(weighed.perhaps.items()):
        party = weighed.numbers.ids[number]
        if weighed.would_be(listed=[number]) is Answer.CAUGHT:
            yield f"{name(party)}: {why}; if listed, {asked} would be caught"
        elif weighed.would_be(listed=[number]) is Answer.UNKNOWN:
            yield f"{name(party)}: {why}; if listed, {asked} could be caught"


def _figure_questions(weighed: Weighed, name: Namer) -> Iterator[str]:
    """Of stakes that are not exact: from which figure on they alone would decide, then those that do not decide alone."""
    if weighed.answer is not Answer.UNKNOWN:
        return
    asked = name(weighed.numbers.ids[weighed.asked])
    stakes, bounds = weighed.numbers.of(weighed.rule), weighed.bounds
    most = {
        (owner, owned, kind): high
        for owner, owned, kind, high in zip(
            *(column.tolist() for column in (bounds.owner, bounds.owned, bounds.kind, bounds.high)), strict=True
        )
    }
    chain = {hop.stake for hop in chain_of(weighed)}
    together = []
    for place, stake in enumerate(weighed.numbers.stakes):
        ends = int(stakes.owner[place]), int(stakes.owned[place]), int(stakes.kind[place])
        low, high = int(stakes.low[place]), most[ends]
        if stake not in chain or stake.kind not in IN_SHARES or low >= high:
            continue
        what = f"{name(stake.owner)}'s {_RIGHTS[stake.kind]} in {name(stake.owned)} is {_told(Interval(low, high))}"
        least = _least_to_catch(weighed, place, low, high)
        if least is None:
            together.append(what)
        else:
            yield f"{what}: {_from(least)} would make {asked} caught"
    if together:
        more = f", and {len(together) - _MOST_TOGETHER} more" if len(together) > _MOST_TOGETHER else ""
        yield f"no one of these decides alone: {'; '.join(together[:_MOST_TOGETHER])}{more}"


def _least_to_catch(weighed: Weighed, place: int, low: int, high: int) -> int | None:
    """The least figure of a stake with which the company is surely caught; None where none is enough."""

    def catches(figure: int) -> bool:
        stakes = weighed.numbers.of(weighed.rule)
        raised = stakes.low.copy()
        raised[place] = figure
        most = np.maximum(stakes.high, raised)
        return weighed.would_be(stakes=stakes._replace(low=raised, high=most)) is Answer.CAUGHT

    if not catches(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if catches(middle) else (middle, high)
    return high


def _untold(weighed: Weighed, name: Namer, unowned: Mapping[str, str]) -> Iterator[str]:
    """What nobody tells of the owners of a company that is not caught by what is told."""
    asked, rule = weighed.numbers.ids[weighed.asked], weighed.rule
    for limb in rule.limbs:
        for kind in limb.kinds:
            told = [stake for stake in weighed.numbers.stakes if stake.owned == asked and stake.kind is kind]
            if kind not in settles_for(rule) or not told:
                continue
            left = max(0, WHOLE - sum(stake.interval.low for stake in told))
            needed = limb.least - (weighed.held.high if weighed.kind is kind else 0)
            if limb.settles and left >= needed > 0:
                yield (
                    f"who holds {percent(left)} of {name(asked)} ({kind}) is not told: {_from(needed)} of all with listed owners "
                    "would make it caught"
                )
    for party, caption in unowned.items():
        number = weighed.numbers.number[party]
        if not weighed.listed[number] and weighed.would_be(listed=[number]) is Answer.CAUGHT:
            yield f"who owns {caption} is not told: if it were caught, {name(asked)} would be"


def _told(interval: Interval) -> str:
    if interval == Interval(0, WHOLE):
        return "not told"
    if interval.low == 0:
        return f"not told (at most {percent(interval.high)})"
    return f"not told exactly ({percent(interval.low)} to {percent(interval.high)})"


def _from(units: int) -> str:
    words = percent(units)
    return words if words.startswith("more") else f"{words} or more"


def percent(units: int) -> str:
    """A figure in units as people read it; *more than 50* is told as such.

    Example:
        >>> percent(50 * PERCENT), percent(50 * PERCENT + 1), percent(33_333_333)
        ('50 %', 'more than 50 %', '33.333333 %')
    """
    for step, words in ((1, "more than "), (-1, "less than ")):
        if units % (PERCENT // 100) == step % (PERCENT // 100):
            return f"{words}{_figure(units - step)} %"
    return f"{_figure(units)} %"


def _figure(units: int) -> str:
    return f"{units / PERCENT:.6f}".rstrip("0").rstrip(".")
