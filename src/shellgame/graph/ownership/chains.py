"""Why a rule answers as it does: the stakes that lead from listed owners to a company, and what is not told that would decide.

What would decide is found by trying: each figure that is not exact is raised, each party that may be listed is taken to be, and the
rule is asked again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from shellgame.graph.ownership.around import CLOSED, UNOWNED
from shellgame.graph.ownership.evaluation import Answer
from shellgame.graph.ownership.stakes import Stake
from shellgame.graph.ownership.weighing import Weighed, counts_for, settles_for
from shellgame.model.stakes import IN_SHARES, PERCENT, UNKNOWN, WHOLE, Interval, StakeKind

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
            if caught and stake.kind in IN_SHARES and not stake.interval.low and not stake.joint:
                continue
            found.append(Hop(stake, owner_is, weighed.standing(company)))
            if owner_is != "listed" and stake.owner not in seen:
                seen.add(stake.owner)
                waiting.append(stake.owner)
    return found


def missing_of(weighed: Weighed, name: Namer) -> list[str]:
    """What is not told that would decide, or could change, an answer, in sentences; none where the company is caught.

    Args:
        weighed: What the rule makes of the company.
        name: Names parties.
    """
    if weighed.answer is Answer.CAUGHT:
        return []
    room = MOST_QUESTIONS
    found: list[str] = []
    more = 0
    for questions in (_listing_questions, _figure_questions):
        told, untried = questions(weighed, name, room)
        found, more, room = [*found, *told], more + untried, room - len(told)
    if weighed.answer is Answer.NOT_CAUGHT:
        found += _untold(weighed, name)
    else:
        found += _to_judge(weighed, name)
        if weighed.rests_on_adding_up:
            would = "would" if weighed.is_caught_added_up else "could"
            found.append(
                f"whether stakes of several listed persons are added up the rule does not say: together they {would} make "
                f"{name(weighed.numbers.ids[weighed.asked])} caught"
            )
    return [*found, *([f"{more} more are not told or not exact; what each would change was not tried"] if more else [])]


def _listing_questions(weighed: Weighed, name: Namer, room: int) -> tuple[list[str], int]:
    """Of parties that may be listed or caught: what it would change if they were; and how many were not tried."""
    asked = name(weighed.numbers.ids[weighed.asked])
    found, together = [], []
    reasons = {**weighed.perhaps, **weighed.anybody}
    waiting = [(party, reasons[party]) for party in weighed.owners_above if party in reasons]
    for party, why in waiting[:room]:
        caption = name(weighed.numbers.ids[party])
        become = "caught" if why in (CLOSED, UNOWNED) else "listed"
        would_be = weighed.would_be(party)
        if would_be in (Answer.CAUGHT, Answer.UNKNOWN):
            words = "would" if would_be is Answer.CAUGHT else "could"
            found.append(f"{caption}: {why}; if {become}, {asked} {words} be caught")
        else:
            together.append(f"{caption}: {why}")
    if together and not found and weighed.answer is Answer.UNKNOWN:
        found.append(f"no one of these decides alone: {'; '.join(together[:_MOST_TOGETHER])}{_more(together)}")
    return found, max(0, len(waiting) - room)


def _figure_questions(weighed: Weighed, name: Namer, room: int) -> tuple[list[str], int]:
    """Of stakes that are not exact: from which figure on each alone would decide; and how many were not tried."""
    if weighed.answer is not Answer.UNKNOWN:
        return [], 0
    asked = name(weighed.numbers.ids[weighed.asked])
    stakes, bounds = weighed.numbers.of(weighed.rule), weighed.bounds
    most = {
        (owner, owned, kind): high
        for owner, owned, kind, high in zip(
            *(column.tolist() for column in (bounds.owner, bounds.owned, bounds.kind, bounds.high)), strict=True
        )
    }
    chain = {hop.stake for hop in chain_of(weighed)}
    settling = settles_for(weighed.rule)
    waiting = []
    for place, stake in enumerate(weighed.numbers.stakes):
        ends = int(stakes.owner[place]), int(stakes.owned[place]), int(stakes.kind[place])
        low, high = int(stakes.low[place]), most[ends]
        if stake in chain and stake.kind in settling and low < high and not (stake.joint and weighed.rule.per_person):
            waiting.append((place, stake, low, high))
    found, together = [], []
    for place, stake, low, high in waiting[:room]:
        shown = Interval(0 if stake.joint else low, high)
        what = f"{name(stake.owner)}'s {_RIGHTS[stake.kind]} in {name(stake.owned)} is {_told(shown)}"
        least = _least_to_catch(weighed, place, low, high)
        if least is None:
            together.append(what)
        else:
            found.append(f"{what}: {_from(least)} would make {asked} caught")
    if together:
        found.append(f"no one of these decides alone: {'; '.join(together[:_MOST_TOGETHER])}{_more(together)}")
    return found, max(0, len(waiting) - room)


def _more(words: Sequence[str]) -> str:
    return f", and {len(words) - _MOST_TOGETHER} more" if len(words) > _MOST_TOGETHER else ""


def _to_judge(weighed: Weighed, name: Namer) -> Iterator[str]:
    """Rights in the chain that no figure settles: those that point at control, may not be there, or are left open by a rule."""
    rule, settling = weighed.rule, settles_for(weighed.rule)
    chain = chain_of(weighed)
    control = [hop.stake for hop in chain if hop.stake.kind in rule.control]
    for stake in control[:2]:
        controls = f"{name(stake.owner)} controls {name(stake.owned)}"
        yield f"whether {controls} ({_RIGHTS[stake.kind]}) is for a person to judge"
    doubted = [
        hop.stake
        for hop in chain
        if hop.stake.kind not in (*IN_SHARES, *rule.control) and hop.stake.interval.high < WHOLE
    ]
    for stake in doubted[:2]:
        yield f"{name(stake.owner)}'s {_RIGHTS[stake.kind]} in {name(stake.owned)}: {'; '.join(stake.notes)}"
    others = [hop.stake for hop in chain if hop.stake.kind in IN_SHARES and hop.stake.kind not in settling]
    for stake in others[:2]:
        much = "" if stake.interval == UNKNOWN else f" ({_figures(stake.interval)})"
        what = f"{name(stake.owner)}'s {_RIGHTS[stake.kind]} in {name(stake.owned)}{much}"
        yield f"whether {what} counts like ownership is for a person to judge: the rule does not settle it"


def _least_to_catch(weighed: Weighed, place: int, low: int, high: int) -> int | None:
    """The least figure of a stake with which the company is surely caught; None where none is enough."""

    def catches(figure: int) -> bool:
        return weighed.would_be_with(place, figure) is Answer.CAUGHT

    if not catches(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if catches(middle) else (middle, high)
    return high


def _untold(weighed: Weighed, name: Namer) -> Iterator[str]:
    """What nobody is told to hold, of a company that is not caught, and of those whose being caught would catch it."""
    asked, numbers = name(weighed.numbers.ids[weighed.asked]), weighed.numbers
    above = [party for party in weighed.owners_above if not weighed.standing(numbers.ids[party])][:MOST_QUESTIONS]
    deciding = [party for party in above if weighed.would_be(party) is Answer.CAUGHT]
    for party in (weighed.asked, *deciding):
        for kind, left, needed in _left(weighed, party):
            company = name(numbers.ids[party])
            then = "" if party == weighed.asked else f", and then {asked}"
            yield (
                f"who holds {percent(left)} of {company} ({kind}) is not told: {_from(needed)} of all with listed owners "
                f"would make it caught{then}"
            )


def _left(weighed: Weighed, party: int) -> Iterator[tuple[StakeKind, int, int]]:
    """Rights in a company of which nobody is told to hold a part that would be enough: how much is left, how much is needed."""
    for limb in weighed.rule.limbs:
        for kind in limb.kinds:
            told = [
                stake
                for stake in weighed.numbers.stakes
                if weighed.numbers.number[stake.owned] == party and stake.kind is kind
            ]
            if kind not in settles_for(weighed.rule) or not told:
                continue
            left = max(0, WHOLE - sum(stake.interval.low for stake in told))
            standing = [stake.interval.high for stake in told if weighed.standing(stake.owner)]
            needed = limb.least - (max(standing, default=0) if weighed.rule.per_person else sum(standing))
            if left >= needed > 0:
                yield kind, left, needed


def _told(interval: Interval) -> str:
    if interval == UNKNOWN:
        return "not told"
    if interval.low == 0:
        return f"not told ({_figures(interval)})"
    return f"not told exactly ({_figures(interval)})"


def _figures(interval: Interval) -> str:
    if interval.low == interval.high:
        return percent(interval.low)
    if interval.low == 0:
        return f"at most {percent(interval.high)}"
    return f"{percent(interval.low)} to {percent(interval.high)}"


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
