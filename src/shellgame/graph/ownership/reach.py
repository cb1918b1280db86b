"""What a party's ownership reaches: the companies below it, and what each rule makes of them if it is listed.

Where it is not listed under a rule, the answer is what its listing would reach there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shellgame.graph.ownership.around import Around, Named
from shellgame.graph.ownership.evaluation import Answer, Verdicts, evaluate
from shellgame.graph.ownership.rules import Rule, rules_on
from shellgame.graph.ownership.stakes import Parties, Stake
from shellgame.graph.ownership.structure import structure_below
from shellgame.graph.ownership.weighing import marked, possibly
from shellgame.kernels.ownership import Holdings
from shellgame.model.stakes import Interval
from shellgame.store.claims import ClaimSet


@dataclass(frozen=True)
class Reached:
    """What a rule makes of a company below a party.

    Attributes:
        answer: `caught`, `not_caught` (by what is told) or `unknown`.
        held: What listed or caught owners hold of the right that comes nearest.
        alone: Whether the party alone is enough, without others who are listed.
        listed: Whether the company is listed for the rule itself; `answer` then tells what its owners make of it.
    """

    answer: str
    held: Interval
    alone: bool
    listed: bool


@dataclass(frozen=True)
class Below:
    """A company below a party.

    Attributes:
        party: The company.
        steps: How many stakes lead there, at least; a holder between that is not told is no step of its own.
        rules: What each rule makes of it, by the rule's id; none of a rule that has no list here.
    """

    party: Named
    steps: int
    rules: Mapping[str, Reached]


@dataclass(frozen=True)
class Reach:
    """What a party's ownership reaches.

    Attributes:
        party: The party.
        day: The day asked about.
        rules: The rules of the day that have a list here.
        listed: Ids of those under which the party is listed; under the others it is taken to be.
        companies: Those below it: caught ones first, then by steps.
        stopped: Whether there is more than was read.
        note: What to know of how parties were found; empty where all was compared.
    """

    party: Named
    day: str
    rules: tuple[Rule, ...]
    listed: frozenset[str]
    companies: tuple[Below, ...]
    stopped: bool
    note: str = ""


def reach_of(claims: ClaimSet, parties: Parties, start: Sequence[str], day: str) -> Reach:
    """Find what a party's ownership reaches on a day.

    Args:
        claims: The claims of the day.
        parties: Which records are one party.
        start: Ids of records of the party.
        day: The day of stakes, listings and rules, `YYYY-MM-DD`.
    """
    structure = structure_below(claims, parties, start)
    around = Around(claims, parties, structure, day)
    top = structure.start[0]
    steps = _steps(around.numbers.stakes, top, structure.records)
    rules = [rule for rule in rules_on(day) if around.lists.newest(rule)]
    answers = {rule.id: _answers(around, rule, top, list(steps)) for rule in rules}
    companies = [
        Below(around.named[party], step, {rule: answers[rule][party] for rule in answers})
        for party, step in steps.items()
    ]
    companies.sort(key=lambda each: (_rank(each.rules.values()), each.steps, each.party.name, each.party.id))
    listed = {rule.id for rule in rules if around.lists.for_rule(rule, structure.records[top])}
    return Reach(around.named[top], day, tuple(rules), frozenset(listed), tuple(companies), structure.stopped)


def _steps(stakes: Iterable[Stake], top: str, known: Collection[str]) -> dict[str, int]:
    """How many stakes lead from a party to each known one below it, at least; those who are not told are passed through."""
    below: defaultdict[str, list[str]] = defaultdict(list)
    for stake in stakes:
        below[stake.owner].append(stake.owned)
    steps, frontier = {top: 0}, [top]
    passed: set[str] = set()
    while frontier:
        far = steps[frontier[0]] + 1
        waiting, frontier = [owned for party in frontier for owned in below[party]], []
        while waiting:
            owned = waiting.pop()
            if owned in known and owned not in steps:
                steps[owned] = far
                frontier.append(owned)
            elif owned not in known and owned not in passed:
                passed.add(owned)
                waiting += below[owned]
    del steps[top]
    return steps


def _answers(around: Around, rule: Rule, top: str, companies: Sequence[str]) -> dict[str, Reached]:
    numbers = around.numbers
    listed, perhaps, anybody = around.standing(rule)
    holdings = numbers.holdings(rule)
    alone, sure = marked(numbers, {top}), marked(numbers, {top, *listed})
    may_be, open_ones = ([numbers.number[each] for each in its if each != top] for its in (perhaps, anybody))
    at_most, possible = possibly(rule, numbers, sure, may_be, open_ones)
    by_it, by_sure = evaluate(holdings, alone, rule), evaluate(holdings, sure, rule)
    by_possible = evaluate(at_most, possible, rule)
    found = {}
    for company in companies:
        number = numbers.number[company]
        surely, most = by_sure, by_possible
        if possible[number]:  # what its owners make of it, apart from what it is itself
            surely = _without(holdings, sure, number, rule)
            others = [each for each in open_ones if each != number]
            most = _without(*possibly(rule, numbers, sure, may_be, others), number, rule)
        least, at_best = surely.answer[number], most.answer[number]
        answer = "caught" if least == Answer.CAUGHT else "not_caught" if at_best == Answer.NOT_CAUGHT else "unknown"
        low = surely.low[number] if surely.kind[number] == most.kind[number] else 0
        held = Interval(int(low), int(most.high[number]))
        found[company] = Reached(answer, held, bool(by_it.answer[number] == Answer.CAUGHT), company in listed)
    return found


def _without(holdings: Holdings, marks: NDArray[np.bool_], number: int, rule: Rule) -> Verdicts:
    others = marks.copy()
    others[number] = False
    return evaluate(holdings, others, rule, [number])


def _rank(answers: Iterable[Reached]) -> int:
    told = {each.answer for each in answers}
    return 0 if "caught" in told else 1 if "unknown" in told else 2
