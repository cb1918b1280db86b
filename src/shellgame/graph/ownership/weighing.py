"""One rule held against the parties around a company: once with those who are surely listed, once also with those who may be.

Who is not named, or may be a listed party, or of whom no list of the day is here, may be listed. What is caught without them is
caught; what is not caught even with them is not, by what is told; everything between is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from shellgame.graph.ownership.evaluation import KINDS, Answer, Stakes, Verdicts, evaluate, indexed, narrowed
from shellgame.graph.ownership.rules import Rule
from shellgame.graph.ownership.stakes import Stake
from shellgame.kernels.ownership import Holdings
from shellgame.model.stakes import IN_SHARES, Interval, StakeKind


class Numbers:
    """Parties and their stakes of a day in numbers, for all rules.

    Attributes:
        ids: The id of each party.
        stakes: Its stakes, in the order of their numbers.
    """

    def __init__(self, parties: Iterable[str], stakes: Sequence[Stake]) -> None:
        """Number them.

        Args:
            parties: Ids; owners and companies of stakes are added.
            stakes: Those of the day.
        """
        ends = (end for stake in stakes for end in (stake.owner, stake.owned))
        self.ids = list(dict.fromkeys([*parties, *ends]))
        self.number = {party: number for number, party in enumerate(self.ids)}
        self.stakes = list(stakes)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def together(self) -> Stakes:
        """The stakes as they count where owners are added up: what several hold jointly is nobody's for sure."""
        return self._columns([0 if stake.joint else stake.interval.low for stake in self.stakes])

    @cached_property
    def apart(self) -> Stakes:
        """The stakes as they count where one person is looked at: who holds jointly holds all of it."""
        return self._columns([stake.interval.low for stake in self.stakes])

    def of(self, rule: Rule) -> Stakes:
        """The stakes as a rule counts them."""
        return self.apart if rule.per_person else self.together

    def _columns(self, low: Sequence[int]) -> Stakes:
        return Stakes(
            np.array([self.number[stake.owner] for stake in self.stakes], np.int32),
            np.array([self.number[stake.owned] for stake in self.stakes], np.int32),
            np.array([KINDS.index(stake.kind) for stake in self.stakes], np.uint8),
            np.array(low, np.int32),
            np.array([stake.interval.high for stake in self.stakes], np.int32),
        )


@dataclass(frozen=True)
class Weighed:
    """What a rule makes of a company.

    Attributes:
        rule: The rule.
        numbers: Parties and stakes.
        asked: Number of the company.
        listed: Whether each party is surely listed for the rule; the company itself is taken not to be.
        perhaps: Why a party may be listed, by its number, in words.
        sure: What the rule makes of all with those who are surely listed.
        possible: What it makes of them with those too who may be.
    """

    rule: Rule
    numbers: Numbers
    asked: int
    listed: NDArray[np.bool_]
    perhaps: Mapping[int, str]
    sure: Verdicts
    possible: Verdicts

    @property
    def answer(self) -> Answer:
        """What the rule makes of the company by what is told."""
        if self.sure.answer[self.asked] == Answer.CAUGHT:
            return Answer.CAUGHT
        if self.possible.answer[self.asked] == Answer.NOT_CAUGHT:
            return Answer.NOT_CAUGHT
        return Answer.UNKNOWN

    @property
    def kind(self) -> StakeKind:
        """The right that the interval is of."""
        verdicts = self.sure if self.answer is Answer.CAUGHT else self.possible
        return KINDS[int(verdicts.kind[self.asked])]

    @property
    def held(self) -> Interval:
        """What listed or caught owners hold of that right: at least, and at most."""
        low = self.sure.low[self.asked] if self.sure.kind[self.asked] == KINDS.index(self.kind) else 0
        return Interval(int(low), int(self.possible.high[self.asked]))

    def standing(self, party: str) -> str:
        """What a party is under the rule: `listed`, `caught`, `perhaps` (listed or caught), else empty."""
        number = self.numbers.number[party]
        if self.listed[number]:
            return "listed"
        if self.sure.answer[number] == Answer.CAUGHT:
            return "caught"
        return "perhaps" if self.possible.answer[number] != Answer.NOT_CAUGHT else ""

    def would_be(self, *, listed: Iterable[int] = (), stakes: Stakes | None = None) -> Answer:
        """What the rule would make of the company for sure, if more parties were listed or stakes were others."""
        marks = self.listed.copy()
        marks[list(listed)] = True
        told = self.numbers.of(self.rule) if stakes is None else stakes
        return Answer(evaluate(told, marks, self.rule, [self.asked]).answer[self.asked])

    @cached_property
    def bounds(self) -> Holdings:
        """The stakes with the most that all others leave to each."""
        return narrowed(indexed(self.numbers.of(self.rule), len(self.numbers)))

    def alone(self) -> dict[str, set[str]]:
        """Listed parties each of which alone makes the rule catch the company, each with all parties that it catches."""
        found = {}
        for number in np.flatnonzero(self.listed).tolist():
            marks = np.zeros_like(self.listed)
            marks[number] = True
            answers = evaluate(self.numbers.of(self.rule), marks, self.rule, [self.asked]).answer
            if answers[self.asked] == Answer.CAUGHT:
                found[self.numbers.ids[number]] = {
                    self.numbers.ids[each] for each in np.flatnonzero(answers == Answer.CAUGHT).tolist()
                }
        return found


def weighed(rule: Rule, numbers: Numbers, asked: str, listed: Iterable[str], perhaps: Mapping[str, str]) -> Weighed:
    """Hold a rule against a company.

    Args:
        rule: The version of the day.
        numbers: Parties and stakes.
        asked: Id of the company.
        listed: Ids of parties that are surely listed for the rule.
        perhaps: Ids of parties that may be, with the reason.
    """
    number = numbers.number
    marks = np.zeros(len(numbers), np.bool_)
    marks[[number[each] for each in listed if each != asked]] = True
    may_be = {number[each]: why for each, why in perhaps.items() if each != asked and not marks[number[each]]}
    more = marks.copy()
    more[list(may_be)] = True
    holdings = indexed(numbers.of(rule), len(numbers))
    sure, possible = (evaluate(holdings, each, rule) for each in (marks, more))
    return Weighed(rule, numbers, number[asked], marks, may_be, sure, possible)


def counts_for(rule: Rule, kind: StakeKind) -> bool:
    """Whether a right matters to a rule: it can catch, or point at control."""
    return kind in rule.control or any(kind in limb.kinds for limb in rule.limbs)


def settles_for(rule: Rule) -> set[StakeKind]:
    """The rights in shares by which a rule can catch."""
    return {kind for limb in rule.limbs if limb.settles for kind in limb.kinds if kind in IN_SHARES}
