"""Who is caught by whose ownership rule on a day, and why: every rule side by side, for one company.

The answer is what the rules make of what is told, no legal advice. `not caught` never means more than that: what is not told stands
beside it as `missing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from shellgame.graph.ownership.around import Around, Named
from shellgame.graph.ownership.chains import Hop, chain_of, missing_of, percent
from shellgame.graph.ownership.economic import shares_of
from shellgame.graph.ownership.evaluation import KINDS, Answer
from shellgame.graph.ownership.in_person import by_title, in_office
from shellgame.graph.ownership.rules import Rule, rules_on
from shellgame.graph.ownership.stakes import Parties, Stake
from shellgame.graph.ownership.structure import Structure, structure_above
from shellgame.graph.ownership.weighing import Weighed, settles_for, weighed
from shellgame.model.claim import Claim
from shellgame.model.stakes import PERCENT, Interval, StakeKind
from shellgame.resolve.lists import Listing
from shellgame.store.claims import ClaimSet

CAUTION_FROM = 25 * PERCENT
"""What listed persons hold together, from which on OFAC's words on designation are repeated."""
CONTROL_CAUTION = (
    "OFAC: {so_far} by ownership, but {what}. OFAC advises caution with entities that blocked persons control or hold a "
    "significant minority of: they may be designated at any time (FAQ 398). A blocked person may not sign or act for them."
)
_MOST_SALES = 8
"""Days on which stakes ended that are looked at, the last ones."""
DIVESTMENT_CAUTION = (
    "OFAC: until {day} blocked persons held {held} of {name}. A sale must have happened wholly outside US jurisdiction and without "
    "US persons; property blocked before stays blocked (FAQ 402). Look into whether the sale is real."
)


@dataclass(frozen=True)
class Held:
    """What a rule makes of a company.

    Attributes:
        rule: The version of the day.
        answer: `caught`, `not_caught` (by what is told) or `unknown`.
        listings: The listings by which the company itself is listed for the rule.
        kind: The right that `held` is of; None where nothing of it is told.
        held: What listed or caught owners hold of it, at least and at most.
        chain: The stakes that lead to it from those who are listed.
        missing: What is not told that would decide or could change the answer, in sentences.
    """

    rule: Rule
    answer: str
    listings: tuple[Listing, ...]
    kind: StakeKind | None
    held: Interval
    chain: tuple[Hop, ...]
    missing: tuple[str, ...]

    @property
    def is_listed(self) -> bool:
        """Whether the company itself is listed for the rule."""
        return bool(self.listings)


@dataclass(frozen=True)
class Owners:
    """A company and every rule side by side.

    Attributes:
        party: The company.
        day: The day asked about.
        rules: What each makes of it.
        economic: Which part of its shares belongs to parties listed anywhere in the end, shares of shares multiplied, in units
            of a percent; no rule asks for it. None where no share is told, or no list is here.
        divergence: Where rules in force differ, in a sentence; empty where they agree.
        cautions: What to beware of beside the answers, in sentences.
        notes: What to know of the data, in sentences.
        parties: All parties of the chains, by id.
        stakes: All direct stakes in the company on the day.
        standings: What each of these parties is under each rule: by its id and the rule's, `listed`, `caught` or `perhaps`.
        claims: What chains and stakes rest on, by the ids of claims.
        notice: What is to be said above all, such as that nobody in it is real.
    """

    party: Named
    day: str
    rules: tuple[Held, ...]
    economic: Interval | None
    divergence: str
    cautions: tuple[str, ...]
    notes: tuple[str, ...]
    parties: Mapping[str, Named]
    stakes: tuple[Stake, ...]
    standings: Mapping[str, Mapping[str, str]]
    claims: Mapping[str, Claim]
    notice: str = ""


def owners_of(claims: ClaimSet, parties: Parties, start: Sequence[str], day: str) -> Owners:
    """Hold every ownership rule of a day against a company.

    Args:
        claims: The claims of the day.
        parties: Which records are one party.
        start: Ids of records of the company.
        day: The day of stakes, listings and rules, `YYYY-MM-DD`.
    """
    return _Asked(claims, parties, structure_above(claims, parties, start), day).answered()


class _Asked:
    """A question about one company, while it is worked on."""

    def __init__(self, claims: ClaimSet, parties: Parties, structure: Structure, day: str) -> None:
        self._claims, self._parties, self._structure, self._day = claims, parties, structure, day
        self._asked = structure.start[0]
        self._around = Around(claims, parties, structure, day)
        self._stakes = self._around.numbers.stakes
        self._named = self._around.named

    def answered(self) -> Owners:
        asked = self._named[self._asked]
        every = [self._weighed(rule, self._around) for rule in rules_on(self._day)]
        held = tuple(self._held(each) for each in every)
        shown = {end for each in held for hop in each.chain for end in (hop.stake.owner, hop.stake.owned)}
        mine = tuple(stake for stake in self._stakes if stake.owned == self._asked)
        shown |= {self._asked, *(stake.owner for stake in mine)}
        chains = {hop.stake for each in held for hop in each.chain}
        resting = [told for stake in (*chains, *mine) for told in stake.told]
        claims = self._claims.with_ids(
            {claim for told in resting for claim in told.claims},
            {teller for told in resting for teller in told.tellers},
        )
        return Owners(
            asked,
            self._day,
            held,
            self._economic(every),
            _divergence(held),
            tuple(self._cautions(every)),
            tuple(self._notes(every)),
            {party: self._named[party] for party in shown},
            mine,
            {party: {by.rule.id: told for by in every if (told := by.standing(party))} for party in shown},
            {claim.claim_id: claim for claim in claims},
        )

    def _weighed(self, rule: Rule, around: Around) -> Weighed:
        return weighed(rule, around.numbers, self._asked, around.standing(rule))

    def _held(self, by: Weighed) -> Held:
        listings = tuple(self._around.lists.for_rule(by.rule, self._structure.records[self._asked]))
        chain = tuple(chain_of(by))
        name = self._around.name
        if not self._around.lists.newest(by.rule):
            lists = " and ".join(each.source for each in by.rule.listed)
            missing = [f"no list of {lists} is here, so who is listed under this rule is not known"]
            return Held(by.rule, "unknown", listings, None, Interval(0, 0), (), tuple(missing))
        if by.answer is Answer.NOT_CAUGHT and not self._is_told_of(by.rule):
            missing = [f"nothing is told about who owns {name(self._asked)}", *missing_of(by, name)]
            return Held(by.rule, "unknown", listings, None, Interval(0, 0), chain, tuple(missing))
        return Held(
            by.rule,
            by.answer.name.lower(),
            listings,
            by.kind,
            by.held,
            chain,
            tuple(missing_of(by, name)),
        )

    def _is_told_of(self, rule: Rule) -> bool:
        """Whether anybody is told to hold a right in the company by which the rule catches."""
        settling = settles_for(rule)
        return any(stake.owned == self._asked and stake.kind in settling for stake in self._stakes)

    def _economic(self, every: Sequence[Weighed]) -> Interval | None:
        """Which part of its shares belongs to parties listed anywhere, in units; None where no list or no share is told."""
        if not any(self._around.lists.newest(each.rule) for each in every):
            return None
        if not any(stake.owned == self._asked and stake.kind is StakeKind.SHARES for stake in self._stakes):
            return None
        listed = np.logical_or.reduce([each.listed for each in every])
        number = self._around.numbers.number[self._asked]
        found = shares_of(self._around.numbers.economic, np.flatnonzero(listed).tolist(), [number])
        return Interval(*(round(float(each[number]) * 100 * PERCENT) for each in (found.low, found.high)))

    def _cautions(self, every: Sequence[Weighed]) -> Iterable[str]:
        for by in every:
            if by.rule.id != "us_ofac_50" or by.answer is Answer.CAUGHT or not by.rule.in_force:
                continue
            if words := self._control(by):
                so_far = "not caught" if by.answer is Answer.NOT_CAUGHT else "not surely caught"
                yield CONTROL_CAUTION.format(so_far=so_far, what=words)
            if sold := self._divested(by):
                yield sold
        rules = [by.rule for by in every if by.rule.in_force]
        above = {self._asked, *(by.numbers.ids[each] for by in every[:1] for each in by.owners_above)}
        yield from dict.fromkeys(by_title(self._around, self._structure, above, rules, self._day))
        yield from in_office(self._claims, self._parties, self._structure.records[self._asked], rules, self._day)

    def _control(self, by: Weighed) -> str:
        """What listed or caught owners hold beside ownership, in words; empty where it is little."""
        words = []
        if by.sure.low[by.asked] >= CAUTION_FROM:
            kind = KINDS[by.sure.kind[by.asked]]
            of_it = "of it" if kind is StakeKind.SHARES else f"of its {kind}"
            words.append(f"listed or caught owners hold {percent(int(by.sure.low[by.asked]))} {of_it}")
        for stake in self._stakes:
            if stake.owned != self._asked or by.standing(stake.owner) not in ("listed", "caught"):
                continue
            if stake.kind in (StakeKind.BOARD, StakeKind.INFLUENCE, StakeKind.CONSOLIDATION):
                words.append(f"{self._around.name(stake.owner)} has {stake.kind} there")
            elif stake.kind is StakeKind.VOTES and stake.interval.low >= CAUTION_FROM:
                words.append(f"{self._around.name(stake.owner)} has {percent(stake.interval.low)} of the votes")
        return ", ".join(dict.fromkeys(words))

    def _divested(self, by: Weighed) -> str:
        """Until when the company was caught by stakes that have ended since, as a sentence; empty where it was not.

        Whoever owned it then had to be listed then, under the rule as it stood then.
        """
        ends = {told.end for told in self._structure.told if told.end and told.ended_before(self._day)}
        last = {end: _surely_there(end) for end in ends}
        for end, day in sorted(last.items(), key=lambda each: each[::-1], reverse=True)[:_MOST_SALES]:
            rule = next((each for each in rules_on(day) if each.id == by.rule.id), None)
            if rule is None:
                break
            before = self._weighed(rule, Around(self._claims, self._parties, self._structure, day))
            if before.answer is Answer.CAUGHT:
                return DIVESTMENT_CAUTION.format(
                    day=end, held=percent(before.held.low), name=self._around.name(self._asked)
                )
        return ""

    def _notes(self, every: Sequence[Weighed]) -> Iterable[str]:
        for version in self._claims.versions:
            since = version.as_of[: len(self._day)]
            if since > self._day:
                yield f"{version.source} is here from {since} on only; what it tells of {self._day} by its own days is used"
        if not all(by.sure.exact and by.possible.exact for by in every):
            yield "not all that overlaps here was taken apart: an answer that cannot be said may be settled by more work"
        if self._structure.stopped:
            yield "the structure is larger than was read; what lies beyond is not looked at"
        mine = {stake.owner for stake in self._stakes if stake.owned == self._asked}
        companies = {stake.owned for stake in self._stakes}
        if mine and all(stake.owner in companies for stake in self._stakes):
            yield f"who stands behind {self._around.name(self._asked)} in the end is not told: its owners own one another"
        for company in self._around.numbers.contradictions[:5]:
            yield f"of {self._around.name(company)} more than the whole is told to be held; nothing is narrowed there"
        for stake in self._around.repeated:
            owner, owned = self._around.name(stake.owner), self._around.name(stake.owned)
            yield f"what {owner} is told to hold indirectly in {owned} ({stake.kind}) is taken to be the chain that is told"
        undated = sum(
            all(told.start is None and told.end is None for told in stake.told)
            for stake in self._stakes
            if stake.owner in mine
        )
        if undated:
            yield f"{undated} of the stakes are told without days; they are taken to be there on {self._day}"


def _surely_there(end: str) -> str:
    """The last day on which a stake that ended on a partial day was surely there."""
    if len(end) == len("2024-04-15"):
        return end
    first = date.fromisoformat(f"{end}-01-01"[: len("2024-04-15")])
    return (first - timedelta(days=1)).isoformat()


def _divergence(every: Sequence[Held]) -> str:
    """Where rules in force differ, in a sentence."""
    groups: dict[str, list[str]] = {}
    for each in every:
        if each.rule.in_force:
            groups.setdefault(each.answer, []).append(each.rule.title)
    if "caught" not in groups or len(groups) == 1:
        return ""
    words = {"caught": "caught by", "not_caught": "not caught, by what is told, by", "unknown": "it cannot be said for"}
    return "; ".join(f"{words[answer]} {', '.join(groups[answer])}" for answer in words if answer in groups)
