"""One rule held against the parties around a company: once with those who are surely listed, once also with those who may be.

Who is not named, or may be a listed party, or of whom no list of the day is here, may be listed; an organisation of whose owners
nothing is told may be caught. What is caught without them is caught; what is not caught even with them is not, by what is told;
everything between is unknown. Where persons are taken apart, all who may be anybody may be one, or belong to one who is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.graph.ownership.evaluation import (
    KINDS,
    Answer,
    Stakes,
    Verdicts,
    contradictions,
    evaluate,
    everybody_above,
    indexed,
    joined,
    narrowed,
    unbounded,
)
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
    def economic(self) -> Holdings:
        """The stakes as nobody's rule counts them: what several hold jointly is nobody's for sure."""
        return self._indexed(self._columns(0))

    @cached_property
    def contradictions(self) -> list[str]:
        """Ids of the companies of which more than the whole is told to be held."""
        wide = contradictions(indexed(self._columns(0), len(self)))
        return list(dict.fromkeys(self.ids[party] for party, kind in wide if (party, kind) not in self._told_twice))

    def of(self, rule: Rule) -> Stakes:
        """The stakes as a rule counts them.

        Of a joint arrangement one member is enough where persons are taken apart; else each has so much of it that all together are
        surely enough, fewer not, and any one possibly.
        """
        enough = next(limb.least for limb in rule.limbs if StakeKind.SHARES in limb.kinds)
        return self._columns(enough, apart=rule.per_person)

    def holdings(self, rule: Rule) -> Holdings:
        """The same in order."""
        return self._indexed(self.of(rule))

    def raised(self, rule: Rule, place: int, figure: int) -> Holdings:
        """The same with at least some figure for one of the stakes."""
        told = self.of(rule)
        told.low[place] = figure
        told.high[place] = max(figure, told.high[place])
        return self._indexed(told)

    def belonging(self, rule: Rule, owners: Iterable[int], parties: Iterable[int]) -> Holdings:
        """The same where some parties are as good as each of some owners, under rules that take persons apart."""
        told, somebody = self.of(rule), len(self)
        pairs = [*((owner, somebody) for owner in owners), *((somebody, party) for party in parties)]
        return self._indexed(joined(told, pairs))

    @cached_property
    def _told_twice(self) -> set[tuple[int, StakeKind]]:
        """Where an indirect stake may be part of what others hold; members' parts in arrangements are no figures either."""
        return {(self.number[stake.owned], stake.kind) for stake in self.stakes if _may_repeat(stake)}

    def _indexed(self, stakes: Stakes) -> Holdings:
        """One more party than there are, for somebody whom nobody names."""
        return unbounded(indexed(stakes, len(self) + 1), self._told_twice)

    def _columns(self, enough: int, *, apart: bool = False) -> Stakes:
        """The stakes, with so much in joint arrangements that all members together have just enough, or each of them apart."""
        low = [
            stake.interval.low if not stake.joint else enough if apart else -(-enough // stake.joint)
            for stake in self.stakes
        ]
        return Stakes(
            np.array([self.number[stake.owner] for stake in self.stakes], np.int32),
            np.array([self.number[stake.owned] for stake in self.stakes], np.int32),
            np.array([KINDS.index(stake.kind) for stake in self.stakes], np.uint8),
            np.array(low, np.int32),
            np.array([stake.interval.high for stake in self.stakes], np.int32),
        )


class Standing(NamedTuple):
    """Who is listed for a rule.

    Attributes:
        listed: Ids of parties that surely are.
        perhaps: Ids of those that may be, with the reason.
        anybody: Ids of those that may be anybody, or belong to anybody, with the reason.
    """

    listed: set[str]
    perhaps: dict[str, str]
    anybody: dict[str, str]


@dataclass(frozen=True)
class Weighed:
    """What a rule makes of a company.

    Attributes:
        rule: The rule.
        numbers: Parties and stakes.
        asked: Number of the company.
        listed: Whether each party is surely listed for the rule; the company itself is taken not to be.
        perhaps: Why a party may be listed, by its number, in words.
        anybody: Why a party may be anybody, or belong to anybody, by its number, in words.
        sure: What the rule makes of all with those who are surely listed.
        possible: What it makes of them with those too who may be.
    """

    rule: Rule
    numbers: Numbers
    asked: int
    listed: NDArray[np.bool_]
    perhaps: Mapping[int, str]
    anybody: Mapping[int, str]
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

    @cached_property
    def is_caught_added_up(self) -> bool:
        """Whether it would be caught for sure if the rule added up what several listed persons hold."""
        together = self.rule.added_up()
        answers = evaluate(self.numbers.holdings(together), self.listed, together, [self.asked]).answer
        return bool(answers[self.asked] == Answer.CAUGHT)

    @cached_property
    def rests_on_adding_up(self) -> bool:
        """Whether the rule does not say that stakes of several are added up, and only that would catch it, surely or possibly."""
        if not self.rule.silent_on_adding_up or self.answer is not Answer.UNKNOWN:
            return False
        if self.is_caught_added_up:
            return True
        apart = replace(self.rule, silent_on_adding_up=False)
        at_most = possibly(apart, self.numbers, self.listed, self.perhaps, self.anybody)
        return bool(evaluate(*at_most, apart, [self.asked]).answer[self.asked] == Answer.NOT_CAUGHT)

    def would_be(self, party: int) -> Answer:
        """What the rule would make of the company for sure if one more party were listed, or belonged to a listed one."""
        marks = _with(self.listed, [party])
        if party not in self.anybody:
            return self._surely(self._holdings, marks)
        owners = np.flatnonzero(self.listed).tolist()
        return self._surely(self.numbers.belonging(self.rule, owners, [party]), marks)

    def would_be_with(self, place: int, figure: int) -> Answer:
        """What it would make of the company for sure if one of the stakes were at least so much."""
        return self._surely(self.numbers.raised(self.rule, place, figure), self.listed)

    def _surely(self, holdings: Holdings, listed: NDArray[np.bool_]) -> Answer:
        return Answer(evaluate(holdings, listed, self.rule, [self.asked]).answer[self.asked])

    @cached_property
    def _holdings(self) -> Holdings:
        return self.numbers.holdings(self.rule)

    @cached_property
    def bounds(self) -> Holdings:
        """The stakes with the most that all others leave to each."""
        return narrowed(self._holdings)

    @cached_property
    def owners_above(self) -> list[int]:
        """Numbers of all who hold anything in the company, directly or through others, nearest first."""
        return [int(each) for each in everybody_above(self._holdings, [self.asked])[1:]]

    def alone(self) -> dict[str, set[str]]:
        """Listed parties each of which alone makes the rule catch the company, each with all parties that it catches."""
        found = {}
        for number in np.flatnonzero(self.listed).tolist():
            marks = np.zeros_like(self.listed)
            marks[number] = True
            answers = evaluate(self._holdings, marks, self.rule, [self.asked]).answer
            if answers[self.asked] == Answer.CAUGHT:
                found[self.numbers.ids[number]] = {
                    self.numbers.ids[each] for each in np.flatnonzero(answers == Answer.CAUGHT).tolist()
                }
        return found


def weighed(rule: Rule, numbers: Numbers, asked: str, standing: Standing) -> Weighed:
    """Hold a rule against a company.

    Args:
        rule: The version of the day.
        numbers: Parties and stakes.
        asked: Id of the company.
        standing: Who is or may be listed for the rule.
    """
    number = numbers.number
    listed = marked(numbers, (each for each in standing.listed if each != asked))
    perhaps, anybody = (
        {number[each]: why for each, why in its.items() if each != asked and not listed[number[each]]}
        for its in (standing.perhaps, standing.anybody)
    )
    sure = evaluate(numbers.holdings(rule), listed, rule)
    possible = evaluate(*possibly(rule, numbers, listed, perhaps, anybody), rule)
    return Weighed(rule, numbers, number[asked], listed, perhaps, anybody, sure, possible)


def _may_repeat(stake: Stake) -> bool:
    """Whether the same shares may be told by another stake, too: of the chain, of the members, of whoever had them after."""
    is_open = (
        stake.indirect
        or stake.joint
        or any(told.over or (told.is_level_open and not stake.interval.low) for told in stake.told)
    )
    return stake.kind in IN_SHARES and bool(is_open)


def marked(numbers: Numbers, parties: Iterable[str]) -> NDArray[np.bool_]:
    """Which parties are some, and at the end that somebody whom nobody names is not."""
    marks = np.zeros(len(numbers) + 1, np.bool_)
    marks[[numbers.number[each] for each in parties]] = True
    return marks


def possibly(
    rule: Rule, numbers: Numbers, listed: NDArray[np.bool_], perhaps: Iterable[int], anybody: Iterable[int]
) -> tuple[Holdings, NDArray[np.bool_]]:
    """Stakes and listed parties as they may be at most: some may be listed, some may be anybody."""
    open_ones = [*anybody]
    marks = _with(listed, [*perhaps, *open_ones])
    if not (rule.per_person and open_ones):
        return numbers.holdings(rule), marks
    return numbers.belonging(rule, np.flatnonzero(marks).tolist(), open_ones), _with(marks, [len(numbers)])


def _with(marks: NDArray[np.bool_], parties: Iterable[int]) -> NDArray[np.bool_]:
    more = marks.copy()
    more[[*parties]] = True
    return more


def counts_for(rule: Rule, kind: StakeKind) -> bool:
    """Whether a right matters to a rule: it can catch, or point at control."""
    return kind in rule.control or any(kind in limb.kinds for limb in rule.limbs)


def settles_for(rule: Rule) -> set[StakeKind]:
    """The rights in shares by which a rule can catch."""
    return {kind for limb in rule.limbs if limb.settles for kind in limb.kinds if kind in IN_SHARES}
