"""Who is caught by an ownership rule on a day: what is sure, what is possible, and how much is held.

Stakes pass on only what a rule lets pass: an owner's stake counts when the owner is listed or itself caught, and then
whole; shares of shares are never multiplied. The least that each stake can be decides who is *caught*; the most decides
who may be; in between, the answer is *unknown*. Both are least fix-points that start from listed owners, so a circle of
companies that own one another is not caught by itself. `not caught` means: no figures that the stakes allow, company by
company, would make it caught.

What is decided here and why:

- A stake is at most what the least of all others of the same kind in the same company leaves. What several owners hold
  together is bounded in the same way, which is narrower than the sum of their bounds.
- Where the least of all stakes in a company sums up to more than the whole, the register contradicts itself: nothing is
  narrowed, and `contradictions` tells which companies these are.
- Several stakes of the same owner in the same company and of the same kind are added up: they are parts of it, as
  classes of shares are whose figures are shares of the whole. A share of one class of shares only is a stake of
  anything from nothing to that share. What two sources say of the same stake has to be made one before.
- Votes and capital are never added up, nor any other two kinds.
- What a company holds in itself counts for nobody.
- Rights that do not come in shares (board, influence, consolidation) are had wholly, whatever figure stands there; one
  that may not be there on the day is written as `DOUBTED`.
- A listed party is listed, whatever holds it; the interval then tells what other listed or caught owners hold in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import permutations
from mmap import mmap
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from shellgame.errors import WrongUse
from shellgame.graph.ownership.rules import Rule
from shellgame.kernels import ownership as kernels
from shellgame.kernels.ownership import Found, Holdings, Law, Room
from shellgame.model.stakes import IN_SHARES, WHOLE, Interval, StakeKind

KINDS = tuple(StakeKind)
"""Kinds of right in the order of their numbers."""
DOUBTED = Interval(0, WHOLE - 1)
"""A right that does not come in shares and that somebody may or may not have on the day."""
_Number = TypeVar("_Number", bound=np.generic)
_WORK = 16
"""How often a rule that takes each listed person apart may look at all stakes before it takes the rest of them together."""


class Answer(IntEnum):
    """What a rule makes of a party."""

    NOT_CAUGHT = 0
    UNKNOWN = 1
    CAUGHT = 2
    LISTED = 3


class Stakes(NamedTuple):
    """Stakes of one day, one a place.

    Attributes:
        owner: Number of the holder.
        owned: Number of the company.
        kind: Which right: its place in `KINDS`.
        low: The least that it can be, 0 to `WHOLE`.
        high: The most, `low` to `WHOLE`.
    """

    owner: NDArray[np.int32]
    owned: NDArray[np.int32]
    kind: NDArray[np.uint8]
    low: NDArray[np.int32]
    high: NDArray[np.int32]


class Verdicts(NamedTuple):
    """What a rule makes of each party. Where only some parties were asked about, the others and all not above them read 0.

    Attributes:
        answer: An `Answer` each.
        kind: The right whose interval follows, its place in `KINDS`: that which catches the party, else that which
            comes closest.
        low: What listed or caught owners are sure to hold of it together; where a rule takes persons apart, the one with most.
        high: What those who are or may be caught can hold.
        control: Whether a right that only points at control lies with somebody who is or may be caught.
        exact: Whether all was looked at. If not, some answers are `UNKNOWN` that more work would settle; no other is
            wrong.
    """

    answer: NDArray[np.uint8]
    kind: NDArray[np.uint8]
    low: NDArray[np.int32]
    high: NDArray[np.int32]
    control: NDArray[np.bool_]
    exact: bool


def indexed(stakes: Stakes, parties: int) -> Holdings:
    """Put stakes in order, once for all rules and questions of a day.

    Args:
        stakes: Those of the day; `jointly` may have been added to them.
        parties: How many parties there are; of them and of stakes at most 2**31 - 1.

    Raises:
        WrongUse: A stake names a party that is none, or more than the whole.
    """
    _refuse_misfits(stakes, parties)
    shared = stakes.kind < len(IN_SHARES)
    there = stakes.high == WHOLE
    low = np.where(shared, stakes.low, np.where(there, WHOLE, 0)).astype(np.int32)
    high = np.where(shared, stakes.high, WHOLE).astype(np.int32)
    return _in_order(stakes._replace(low=low, high=high), parties)


def evaluate(
    stakes: Stakes | Holdings,
    listed: NDArray[np.bool_],
    rule: Rule,
    wanted: Sequence[int] | None = None,
    *,
    work: int = _WORK,
) -> Verdicts:
    """What a rule makes of all parties, or of some and everybody above them.

    Args:
        stakes: Those of the day, best as `indexed` has put them in order.
        listed: Whether each party is listed for this rule on the day.
        rule: The version of the day, in force or not.
        wanted: Numbers of parties; all when None. A question about some touches only those above them.
        work: How often all stakes may be looked at, for rules that take each listed person apart.

    Raises:
        WrongUse: A number is that of no party, or `listed` is of other parties than the stakes.

    Example:
        >>> from shellgame.graph.ownership.rules import rules_on
        >>> half = 50 * 1_000_000
        >>> stakes = stakes_of([(0, 1, "shares", half, half), (1, 2, "shares", half, half), (2, 3, "shares", 1, WHOLE)])
        >>> verdicts = evaluate(stakes, np.array([True, False, False, False]), rules_on("2024-08-01")[0])
        >>> [Answer(answer).name for answer in verdicts.answer]
        ['LISTED', 'CAUGHT', 'CAUGHT', 'UNKNOWN']
    """
    holdings = stakes if isinstance(stakes, Holdings) else indexed(stakes, len(listed))
    if len(listed) != len(holdings.starts) - 1:
        raise WrongUse(f"{len(listed)} parties are listed or not, but stakes are of {len(holdings.starts) - 1}")
    if wanted is None:
        return _answered(holdings, listed, rule, work)
    found, some = _part_above(holdings, wanted)
    partly = _answered(some, listed[found], rule, work)
    return Verdicts(
        _at(found, partly.answer, len(listed)),
        _at(found, partly.kind, len(listed)),
        _at(found, partly.low, len(listed)),
        _at(found, partly.high, len(listed)),
        _at(found, partly.control, len(listed)),
        partly.exact,
    )


def everybody_above(holdings: Holdings, wanted: Sequence[int]) -> NDArray[np.int32]:
    """Some parties, then all that hold anything in them, directly or through others, nearest first."""
    return _part_above(holdings, wanted)[0]


def stakes_of(rows: Iterable[tuple[int, int, str, int, int]]) -> Stakes:
    """Stakes out of rows of owner, owned, kind, least and most."""
    owner, owned, kind, low, high = zip(*rows, strict=True) if (rows := list(rows)) else ((), (), (), (), ())
    return Stakes(
        np.array(owner, np.int32),
        np.array(owned, np.int32),
        np.array([KINDS.index(StakeKind(each)) for each in kind], np.uint8),
        np.array(low, np.int32),
        np.array(high, np.int32),
    )


def jointly(stakes: Stakes, arrangements: Iterable[Sequence[int]]) -> Stakes:
    """Stakes, with arrangements by which some owners hold jointly what they hold.

    Each member is taken to hold what all of them hold, under rules that take persons apart; a member is not caught by
    that itself. Name only owners whose arrangement covers all they hold.

    Args:
        stakes: Those of the day.
        arrangements: The numbers of the members of each.
    """
    return joined(stakes, (two for members in arrangements for two in permutations(members, 2)))


def joined(stakes: Stakes, pairs: Iterable[tuple[int, int]]) -> Stakes:
    """Stakes, with parties each of which also holds what another one holds, under rules that take persons apart.

    Args:
        stakes: Those of the day.
        pairs: A party, and the other whose stakes are its own too.
    """
    ends = np.array([*pairs], np.int32).reshape(-1, 2)
    none = np.zeros(len(ends), np.int32)
    added = Stakes(ends[:, 0], ends[:, 1], np.full(len(ends), kernels.JOINTLY, np.uint8), none, none)
    return Stakes(
        np.concatenate((stakes.owner, added.owner)),
        np.concatenate((stakes.owned, added.owned)),
        np.concatenate((stakes.kind, added.kind)),
        np.concatenate((stakes.low, added.low)),
        np.concatenate((stakes.high, added.high)),
    )


def unbounded(holdings: Holdings, places: Iterable[tuple[int, StakeKind]]) -> Holdings:
    """Stakes of which some companies and rights are not narrowed by what others hold, since the same is told there twice."""
    taken = holdings.taken.copy()
    for party, kind in places:
        taken[party, KINDS.index(kind)] = kernels.MORE_THAN_WHOLE
    return holdings._replace(taken=taken)


def narrowed(holdings: Holdings) -> Holdings:
    """Stakes that are at most what all others of the kind in the same company leave; for showing, `evaluate` does it itself."""
    shared = holdings.kind < len(IN_SHARES)
    taken = holdings.taken[holdings.owned, np.minimum(holdings.kind, len(IN_SHARES) - 1)]
    left = np.minimum(holdings.high, WHOLE - taken + holdings.low)
    return holdings._replace(high=np.where(shared & (taken <= WHOLE), left, holdings.high))


def contradictions(holdings: Holdings) -> list[tuple[int, StakeKind]]:
    """Companies of which a register gives away more than the whole, and of which right."""
    parties, kinds = np.nonzero(holdings.taken > WHOLE)
    return [(int(party), KINDS[kind]) for party, kind in zip(parties, kinds, strict=True)]


def seldom_touched(length: int, dtype: np.dtype[_Number]) -> NDArray[_Number]:
    """Zeros of which few are ever looked at: NumPy asks for huge pages, where each first touch would wipe 2 MiB."""
    return np.frombuffer(mmap(-1, max(1, length * dtype.itemsize)), dtype, length)


def _refuse_misfits(stakes: Stakes, parties: int) -> None:
    """Compiled code writes where a number points, so a number that points elsewhere must not reach it."""
    for name, column, below in (
        ("owner", stakes.owner, parties),
        ("owned", stakes.owned, parties),
        ("kind", stakes.kind, kernels.JOINTLY + 1),
        ("low", stakes.low, WHOLE + 1),
        ("high", stakes.high, WHOLE + 1),
    ):
        if len(column) != len(stakes.owner):
            raise WrongUse(f"stakes have {len(stakes.owner)} owners, but {len(column)} values of {name!r}")
        if len(column) and not 0 <= column.min() <= column.max() < below:
            raise WrongUse(f"{name!r} of stakes is {column.min()} to {column.max()}; it must be 0 to {below - 1}")


def _in_order(stakes: Stakes, parties: int) -> Holdings:
    starts, order = _by_number(stakes.owner, parties)
    owned, kind, low = stakes.owned[order], stakes.kind[order], stakes.low[order]
    above_starts, above = _by_number(owned, parties)
    taken = np.zeros((parties, len(IN_SHARES)), np.int32)
    kernels.add_up(owned, kind, low, taken)
    return Holdings(starts, stakes.owner[order], owned, kind, low, stakes.high[order], above_starts, above, taken)


def _by_number(numbers: NDArray[np.int32], count: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Where each number's places begin, and the places in order of their numbers."""
    starts, order = np.zeros(count + 1, np.int32), np.empty(len(numbers), np.int32)
    kernels.in_order_of(numbers, starts, order, np.empty(count, np.int32))
    return starts, order


def _part_above(holdings: Holdings, wanted: Sequence[int]) -> tuple[NDArray[np.int32], Holdings]:
    """Some parties and all above them, and the stakes in these; the parties' places are their numbers there."""
    parties = len(holdings.starts) - 1
    if any(not 0 <= party < parties for party in wanted):
        raise WrongUse(f"parties {list(wanted)[:5]} are asked about, but their numbers are 0 to {parties - 1}")
    number, room = (seldom_touched(parties, np.dtype(np.int32)) for _ in range(2))
    count, stakes = kernels.above(holdings, np.array(wanted, np.int32), number, room)
    found = room[:count].copy()
    ends, bounds = np.empty((2, stakes), np.int32), np.empty((2, stakes), np.int32)
    kind = np.empty(stakes, np.uint8)
    kernels.copy_above(holdings, found, number, ends, kind, bounds)
    part = _in_order(Stakes(ends[0], ends[1], kind, bounds[0], bounds[1]), count)
    return found, part._replace(taken=holdings.taken[found])


def _at(places: NDArray[np.int32], part: NDArray[_Number], length: int) -> NDArray[_Number]:
    """A column that is `part` at some places and 0 at all others."""
    out = seldom_touched(length, part.dtype)
    out[places] = part
    return out


def _answered(holdings: Holdings, listed: NDArray[np.bool_], rule: Rule, work: int) -> Verdicts:
    law, parties = _law(rule), len(listed)
    slots = (parties, len(law.kind))
    # pages of zeros that nobody writes to cost nothing, so all of these may be as long as there are parties
    found = Found(np.zeros(slots, np.int32), np.zeros(slots, np.int32), np.zeros(parties, np.bool_))
    owners, exact = np.flatnonzero(listed).astype(np.int32), True
    for sure in (True, False):
        # what a rule does not say of adding up is possible, and never sure
        if rule.per_person and (sure or not rule.silent_on_adding_up):
            order = np.empty_like(owners)
            most_steps = work * (len(holdings.owner) + parties)
            exact &= kernels.spread_apart(holdings, law, _room(slots), found, owners, sure, most_steps, order)
        else:
            kernels.spread_together(holdings, law, _room(slots), found, owners, sure)
    answer, kind = np.zeros(parties, np.uint8), np.zeros(parties, np.uint8)
    low, high = np.zeros(parties, np.int32), np.zeros(parties, np.int32)
    kernels.answers(law, found, listed, answer, kind, low, high)
    return Verdicts(answer, kind, low, high, found.control, exact)


def _room(slots: tuple[int, int]) -> Room:
    parties = slots[0]
    return Room(
        run=np.zeros(parties, np.int32),
        state=np.zeros(parties, np.uint8),
        low=np.zeros(slots, np.int32),
        high=np.zeros(slots, np.int32),
        waiting=np.empty(parties, np.int32),
        touched=np.empty(parties, np.int32),
        nearest=np.zeros(parties, np.int32),
        within=np.zeros(parties, np.bool_),
    )


def _law(rule: Rule) -> Law:
    """A rule in numbers."""
    role, slot = np.zeros(kernels.JOINTLY + 1, np.uint8), np.zeros(kernels.JOINTLY + 1, np.uint8)
    asked = [(KINDS.index(kind), limb) for limb in rule.limbs for kind in limb.kinds]
    for number, (kind, _) in enumerate(asked):
        role[kind], slot[kind] = kernels.COUNTS, number
    for pointing in rule.control:
        role[KINDS.index(pointing)] = kernels.POINTS
    if rule.per_person:
        role[kernels.JOINTLY] = kernels.JOINS
    return Law(
        role,
        slot,
        kind=np.array([kind for kind, _ in asked], np.uint8),
        least=np.array([limb.least for _, limb in asked], np.int32),
        settles=np.array([limb.settles for _, limb in asked], np.bool_),
    )
