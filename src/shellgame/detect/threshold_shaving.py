"""Stakes that were brought below the threshold of an ownership rule around a listing (O-12).

Looked at is every stake of an owner that the rule of some jurisdiction counts: the owner is listed there, before or after. The day
that matters is that of its listing, or of the listing of a co-owner who is close to it. Where the rule adds up what all listed
owners hold, their stakes count together. Whether an owner close to one who is listed is about to be, too, cannot be said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from shellgame.detect.closeness import Close, between, of_taker
from shellgame.detect.finding import Finding, found
from shellgame.detect.moves import Gains, Move, figure, level, losses
from shellgame.detect.scene import Designation, Scene
from shellgame.detect.typology import Typology, typologies
from shellgame.detect.when import Days, day_text, every, near
from shellgame.graph.ownership.rules import Rule, rules_on
from shellgame.model.stakes import IN_SHARES, WHOLE, Interval, StakeKind

_NOTHING = Interval(0, 0)


class _Trigger(NamedTuple):
    """A listing that may be why an owner let go: whose, which, and what is not sure of it."""

    party: str
    listing: Designation
    unknown: str
    claims: tuple[str, ...]


class _Case(NamedTuple):
    """What one rule makes of one move."""

    rule: Rule
    fired: bool | None
    trigger: _Trigger
    before: Interval
    after: Interval
    unknown: tuple[str, ...]


class _Together:
    """What all who are listed for a rule hold together: read through once for each day on which somebody let go of something."""

    def __init__(self, scene: Scene, typology: Typology) -> None:
        self._scene = scene
        self._window, self._settling = typology.days("days_before"), typology.days("settling_days")
        self._read: dict[tuple[object, ...], dict[str, tuple[Interval, Interval]]] = {}
        self._sums: dict[tuple[object, ...], tuple[int, ...]] = {}

    def around(self, loss: Move, rule: Rule) -> tuple[Interval, Interval]:
        """What the owner and all others who are listed for a rule held together before and after a move.

        A listing counts that was on when the owner let go, or came so soon after it that the move lies in its window.
        """
        if loss.when is None:
            return loss.before, loss.after
        key = loss.asset, loss.right, loss.holding.source, rule.id, rule.valid_from, loss.when
        if key not in self._read:
            its = self._read[key] = self._levels(loss, loss.when, rule)
            self._sums[key] = tuple(
                map(sum, zip((0,) * 4, *((*before, *after) for before, after in its.values()), strict=True))
            )
        mine = self._read[key].get(loss.party, (_NOTHING, _NOTHING))
        others = [whole - own for whole, own in zip(self._sums[key], (*mine[0], *mine[1]), strict=True)]
        ends = [min(WHOLE, end + own) for end, own in zip(others, (*loss.before, *loss.after), strict=True)]
        return Interval(*ends[:2]), Interval(*ends[2:])

    def _levels(self, loss: Move, when: Days, rule: Rule) -> dict[str, tuple[Interval, Interval]]:
        soon = when.last + self._window
        return {
            party: (level(its, when.first - 1), level(its, when.last + 1 + self._settling))
            for party, right, source, its in self._scene.held_in(loss.asset)
            if (right, source) == (loss.right, loss.holding.source)
            and any(_counts(each, when, soon) for each in self._scene.for_rule(party, rule))
        }


def find(scene: Scene) -> Iterator[Finding]:
    """Look for stakes that were brought below a threshold."""
    typology = typologies()["threshold_shaving"]
    together, gains = _Together(scene, typology), Gains(scene, typology.days("settling_days"))
    for loss in losses(scene, typology.days("settling_days")):
        if loss.right not in IN_SHARES:
            continue
        cases = [case for rule in _rules(scene, loss) for case in _cases(scene, loss, rule, together, typology)]
        for fired in (True, None, False):
            its = [case for case in cases if case.fired is fired]
            if its:
                yield _finding(scene, loss, its, gains, typology)
                break


def _rules(scene: Scene, loss: Move) -> list[Rule]:
    """The rules that are law on the day of a move and count the right that moved."""
    day = day_text(loss.when.last if loss.when else scene.day)
    return [rule for rule in rules_on(day) if rule.in_force and _least(rule, loss.right) is not None]


def _least(rule: Rule, right: StakeKind | None) -> tuple[int, bool] | None:
    """The threshold of a rule for a right, in units, and whether the stakes of several are added up."""
    its = [(limb.least, limb.together) for limb in rule.limbs if limb.settles and right in limb.kinds]
    return its[0] if its else None


def _cases(scene: Scene, loss: Move, rule: Rule, together: _Together, typology: Typology) -> Iterator[_Case]:
    """What a rule makes of a move, with the trigger that says most; none where nobody concerned is listed for it."""
    least, adds_up = _least(rule, loss.right) or (WHOLE, False)
    before, after = together.around(loss, rule) if adds_up else (loss.before, loss.after)
    crossed = _crossed(before, after, least)
    cases = []
    for trigger in _triggers(scene, loss, rule):
        timely = near(loss.when, trigger.listing.since, typology.days("days_before"), typology.days("days_after"))
        fired = every([loss.sure, crossed, timely, None if trigger.unknown else True])
        unknown = [trigger.unknown, loss.why]
        if loss.when is None:
            unknown.append(f"on which day {scene.name(loss.party)} let go of it is not told")
        elif timely is None:
            unknown.append(f"whether it lies in the window is open: {loss.when}; listed on {trigger.listing.since}")
        if crossed is None:
            unknown.append(
                f"whether it went below the threshold is open: {figure(before)} before, {figure(after)} after"
            )
        cases.append(_Case(rule, fired, trigger, before, after, tuple(filter(None, unknown))))
    rank = {True: 0, None: 1, False: 2}
    yield from sorted(cases, key=lambda case: (rank[case.fired], case.trigger))[:1]


def _counts(listing: Designation, when: Days, soon: int) -> bool:
    return listing.sure and listing.since.last <= soon and (listing.until is None or listing.until.last >= when.first)


def _crossed(before: Interval, after: Interval, least: int) -> bool | None:
    return every([_reaches(before, least), not_(_reaches(after, least))])


def _reaches(interval: Interval, least: int) -> bool | None:
    return True if interval.low >= least else False if interval.high < least else None


def not_(answer: bool | None) -> bool | None:
    """The contrary of an answer; what cannot be said stays so."""
    return None if answer is None else not answer


def _triggers(scene: Scene, loss: Move, rule: Rule) -> Iterator[_Trigger]:
    """The owner's own listings for a rule, and those of co-owners who are close to it."""
    owner = loss.party
    mine = scene.for_rule(owner, rule)
    for listing in mine:
        doubt = "" if listing.sure else f"whether {scene.name(owner)} is the listed party of that name is not settled"
        yield _Trigger(owner, listing, doubt, listing.claims)
    tied = {bond.other if bond.one == owner else bond.one for bond in scene.bonded.get(owner, ())} - {owner}
    for partner in sorted(each for each in tied if scene.holds_in(each, loss.asset)):
        ties = list(between(scene, owner, partner))
        for listing in scene.for_rule(partner, rule):
            doubt = "" if mine else f"whether {scene.name(owner)} is about to be listed is not known"
            if not listing.sure:
                doubt = f"whether {scene.name(partner)} is the listed party of that name is not settled"
            yield _Trigger(partner, listing, doubt, (*listing.claims, *(claim for tie in ties for claim in tie.claims)))


def _finding(scene: Scene, loss: Move, cases: list[_Case], gains: Gains, typology: Typology) -> Finding:
    fired, owner, asset = cases[0].fired, scene.name(loss.party), scene.name(loss.asset)
    takers = gains.near(loss, typology.days("transfer_days"))
    taken = [(gain, close_by, of_taker(scene, loss, gain, typology)) for gain, close_by in takers.told]
    close = [(gain, reasons) for gain, close_by, reasons in taken if close_by and reasons]
    enough = _enough(loss, [gain for gain, _ in close], typology)
    titles = ", ".join(dict.fromkeys(case.rule.title for case in cases))
    verb = {True: "fell below", None: "may have fallen below", False: "did not fall below"}[fired]
    when = f"on {loss.when}" if loss.when else "on a day that is not told"
    listings = "; ".join(dict.fromkeys(_listing(scene, loss, case) for case in cases))
    within = " within the window" if fired is not None else ""
    text = f"{owner}'s {loss.what} in {asset} {verb} the threshold ({titles}) {when}{within}: {listings}{_took(scene, close)}."
    unknown = [each for case in cases for each in case.unknown]
    if not taken:
        unknown.append(f"who took what {owner} let go of is not told")
    elif close and enough is None:
        unknown.append("which part of it those who are close took is not told")
    if takers.more:
        unknown.append(f"{takers.more:,} more took something near that day who were not looked at")
    unknown += [f"who {gain.party} is is not told" for gain, *_ in taken if not scene.of(gain.party).name]
    bonus = max((typology.figures[f"close_{reasons[0].sort}"] for _, reasons in close), default=0.0)
    strength = typology.figures["strength"] + (typology.figures["close_strength"] * bonus if enough else 0.0)
    return found(
        typology,
        [loss.party, loss.asset, *(gain.party for gain, _ in close), *(case.trigger.party for case in cases)],
        fired,
        text,
        strength=strength,
        supporting=[*loss.claims, *(claim for case in cases for claim in case.trigger.claims), *_claims(close)],
        against=[
            *_still_told(scene, loss, cases),
            *scene.contrary(loss.party, loss.asset, *(gain.party for gain, _ in close)),
        ],
        unknown=unknown,
        days=[loss.when, *(case.trigger.listing.since for case in cases)],
    )


def _listing(scene: Scene, loss: Move, case: _Case) -> str:
    """The listing that a case is about, in words."""
    party, listing = case.trigger.party, case.trigger.listing
    whose = "it was" if party == loss.party else f"{scene.name(party)}, who is close, was"
    return f"{whose} listed in {listing.code.upper()} on {listing.since}"


def _enough(loss: Move, close: list[Move], typology: Typology) -> bool | None:
    """Whether those who are close took a good part of what was released."""
    part = typology.figures["close_share"] / 100
    low = sum(max(0, gain.after.low - gain.before.high) for gain in close)
    high = sum(gain.after.high - gain.before.low for gain in close)
    least, most = max(0, loss.before.low - loss.after.high), loss.before.high - loss.after.low
    return True if low >= part * most else False if high < part * least else None


def _still_told(scene: Scene, loss: Move, cases: list[_Case]) -> Iterator[str]:
    """Claims of other sources by which the owner kept enough after the move."""
    if loss.when is None:
        return
    day = loss.when.last + 1 + typologies()["threshold_shaving"].days("settling_days")
    least = min(threshold[0] for case in cases if (threshold := _least(case.rule, loss.right)))
    for source, its in scene.told_by(loss.party, loss.asset, loss.right):
        if source != loss.holding.source and level(its, min(day, scene.day)).low >= least:
            yield from (claim for each in its for claim in each.claims)


def _took(scene: Scene, close: list[tuple[Move, list[Close]]]) -> str:
    return "".join(f"; {scene.name(gain.party)}, who {reasons[0].words}, took some of it" for gain, reasons in close)


def _claims(close: list[tuple[Move, list[Close]]]) -> list[str]:
    return [
        claim for gain, reasons in close for claim in (*gain.claims, *(each for one in reasons for each in one.claims))
    ]
