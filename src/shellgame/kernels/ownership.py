"""Who is caught by what listed owners hold: fix-points over stakes, for all parties or for what stands above a few.

Two questions are answered apart: what is sure (sums of the least that stakes can be) and what is possible (sums of the
most). Each starts from listed owners and goes down the stakes of whoever is in, as far as sums suffice; nobody gets in
by its own circle alone. The definition is the plain twin, `tests/kernels/plain_ownership.py`, which goes over all
parties until nothing changes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import inlined, leaf
from shellgame.model.stakes import IN_SHARES, WHOLE, StakeKind

MORE_THAN_WHOLE = WHOLE + 1
"""Written where a register's figures sum up to more than there is."""
SHARED_KINDS = len(IN_SHARES)
"""Kinds below this number come in shares of a whole; the others are had or not."""
JOINTLY = len(StakeKind)
"""Kind of a stake that is none: the owner and the owned hold what they hold together."""

NOTHING, COUNTS, POINTS, JOINS = 0, 1, 2, 3
"""What a stake does under a rule: nothing; counts for a limb; points at control; joins its two ends as holders."""
_OUT, _HOLDS, _IN = 0, 1, 2


class Holdings(NamedTuple):
    """Stakes of a day in order of their owners, and which lie in each party.

    Attributes:
        starts: Where the stakes of each owner begin; one more than there are parties.
        owner: Who holds each stake.
        owned: In whom.
        kind: Which right, by number.
        low: The least that it can be, in units.
        high: The most.
        above_starts: Where the stakes in each party begin in `above`.
        above: Places of the stakes in each party.
        taken: Sum of the least of all stakes in each party, by kind; `MORE_THAN_WHOLE` where a register contradicts
            itself.
    """

    starts: NDArray[np.int32]
    owner: NDArray[np.int32]
    owned: NDArray[np.int32]
    kind: NDArray[np.uint8]
    low: NDArray[np.int32]
    high: NDArray[np.int32]
    above_starts: NDArray[np.int32]
    above: NDArray[np.int32]
    taken: NDArray[np.int32]


class Law(NamedTuple):
    """A rule in numbers; its slots are the kinds that its limbs ask about, in their order.

    Attributes:
        role: What a stake of each kind does: nothing, counts for a limb, points at control, joins two holders.
        slot: Of each kind that counts for a limb.
        kind: Of each slot.
        least: What suffices, by slot.
        settles: Whether it then decides, by slot.
    """

    role: NDArray[np.uint8]
    slot: NDArray[np.uint8]
    kind: NDArray[np.uint8]
    least: NDArray[np.int32]
    settles: NDArray[np.bool_]


class Room(NamedTuple):
    """Space for one spread after another; `run` tells which of them wrote last about a party, so that nothing need be wiped.

    Attributes:
        run: The last spread that came to each party; 0 for none.
        state: What each party is in that spread.
        low: Least that those who are in hold of each party, by slot.
        high: Most.
        waiting: Those who are in, in the order in which they got there.
        touched: Those whom the spread came to.
        nearest: How many stakes of each party the walk has gone down.
        within: Whether each party got into the spread of another.
    """

    run: NDArray[np.int32]
    state: NDArray[np.uint8]
    low: NDArray[np.int32]
    high: NDArray[np.int32]
    waiting: NDArray[np.int32]
    touched: NDArray[np.int32]
    nearest: NDArray[np.int32]
    within: NDArray[np.bool_]


class Found(NamedTuple):
    """What is known of each party in the end.

    Attributes:
        low: The most that is sure to be held by those who count together, by slot.
        high: The most that they can hold.
        control: Whether somebody who is in, or may be, holds a right that points at control.
    """

    low: NDArray[np.int32]
    high: NDArray[np.int32]
    control: NDArray[np.bool_]


@leaf
def in_order_of(
    numbers: NDArray[np.int32], starts: NDArray[np.int32], order: NDArray[np.int32], room: NDArray[np.int32]
) -> None:
    """Sort places by a number each, equal ones as they stand.

    Args:
        numbers: 0 to n - 1 each.
        starts: n + 1 zeros; becomes where each number's places begin.
        order: Becomes the places.
        room: Room for n numbers.
    """
    for place in range(len(numbers)):
        starts[numbers[place] + 1] += 1
    for number in range(len(room)):
        starts[number + 1] += starts[number]
        room[number] = starts[number]
    for place in range(len(numbers)):
        order[room[numbers[place]]] = place
        room[numbers[place]] += 1


@leaf
def add_up(owned: NDArray[np.int32], kind: NDArray[np.uint8], low: NDArray[np.int32], taken: NDArray[np.int32]) -> None:
    """Sum the least of all stakes in each party by kind, no further than to `MORE_THAN_WHOLE`."""
    for place in range(len(owned)):
        if kind[place] < SHARED_KINDS:
            total = taken[owned[place], kind[place]] + low[place]
            taken[owned[place], kind[place]] = min(total, MORE_THAN_WHOLE)


@leaf
def above(
    holdings: Holdings, wanted: NDArray[np.int32], number: NDArray[np.int32], found: NDArray[np.int32]
) -> tuple[int, int]:
    """Find some parties and all that stand above them, by any stake.

    Args:
        holdings: The stakes.
        wanted: Where to begin.
        number: 0 for every party; becomes 1, 2 … for those found.
        found: Room for the parties found, in order of their numbers.

    Returns:
        How many parties were found, and how many stakes lie in them.
    """
    count, stakes = 0, 0
    for start in wanted:
        if number[start] == 0:
            found[count] = start
            count += 1
            number[start] = count
    reached = 0
    while reached < count:
        party = found[reached]
        reached += 1
        stakes += holdings.above_starts[party + 1] - holdings.above_starts[party]
        for place in range(holdings.above_starts[party], holdings.above_starts[party + 1]):
            owner = holdings.owner[holdings.above[place]]
            if number[owner] == 0:
                found[count] = owner
                count += 1
                number[owner] = count
    return count, stakes


@leaf
def copy_above(
    holdings: Holdings,
    found: NDArray[np.int32],
    number: NDArray[np.int32],
    ends: NDArray[np.int32],
    kind: NDArray[np.uint8],
    bounds: NDArray[np.int32],
) -> None:
    """Write down the stakes in some parties, with these counted from 0 in the order of their numbers.

    Args:
        holdings: The stakes.
        found: The parties.
        number: Their numbers, from 1.
        ends: Room for owner and owned of each.
        kind: Room for its kind.
        bounds: Room for its least and most.
    """
    out = 0
    for party in found:
        for place in range(holdings.above_starts[party], holdings.above_starts[party + 1]):
            stake = holdings.above[place]
            ends[0, out], ends[1, out] = number[holdings.owner[stake]] - 1, number[party] - 1
            kind[out] = holdings.kind[stake]
            bounds[0, out], bounds[1, out] = holdings.low[stake], holdings.high[stake]
            out += 1


@inlined
def _left_by_others(holdings: Holdings, party: int, kind: int, least: int, most: int) -> int:
    """The most that some owners of a party can hold together: what all others leave, where the register does not contradict itself.

    Args:
        least: Sum of the least of their stakes.
        most: Sum of the most of their stakes.
    """
    if kind >= SHARED_KINDS or holdings.taken[party, kind] == MORE_THAN_WHOLE:
        return min(most, WHOLE)
    return min(most, WHOLE - holdings.taken[party, kind] + least)


@inlined
def _touch(room: Room, party: int, run: int, touched: int) -> int:
    """Begin a party's sums at nothing; tells how many parties the spread came to with it."""
    room.run[party] = run
    room.state[party] = _OUT
    for slot in range(room.low.shape[1]):
        room.low[party, slot] = room.high[party, slot] = 0
    room.touched[touched] = party
    return touched + 1


@inlined
def _count(holdings: Holdings, law: Law, room: Room, place: int, sure: bool) -> bool:
    """Add a stake to what those who are in hold of its company; tells whether that is now enough for it to be in, too."""
    kind, owned, slot = holdings.kind[place], holdings.owned[place], law.slot[holdings.kind[place]]
    least = min(room.low[owned, slot] + holdings.low[place], WHOLE)
    most = min(room.high[owned, slot] + holdings.high[place], WHOLE)
    room.low[owned, slot], room.high[owned, slot] = least, most
    if sure:
        return law.settles[slot] and least >= law.least[slot]
    return _left_by_others(holdings, owned, kind, least, most) >= law.least[slot]


@leaf
def _keep(holdings: Holdings, law: Law, room: Room, found: Found, touched: int, sure: bool) -> None:
    """Keep what a spread found of each party that it came to, where it is more than what was found before."""
    for place in range(touched):
        party = room.touched[place]
        for slot in range(len(law.kind)):
            least, most = room.low[party, slot], room.high[party, slot]
            if sure:
                found.low[party, slot] = max(found.low[party, slot], least)
            else:
                most = _left_by_others(holdings, party, law.kind[slot], least, most)
                found.high[party, slot] = max(found.high[party, slot], most)


@leaf
def _spread(
    holdings: Holdings, law: Law, room: Room, found: Found, listed: NDArray[np.int32], run: int, sure: bool
) -> tuple[int, int]:
    """Go down from some listed owners whose stakes count together, and keep the most that was found of each party.

    Args:
        listed: Those owners.
        run: Number of this spread, from 1, above that of all before.
        sure: Whether the least of each stake counts, or the most.

    Returns:
        How many are in, as `room.waiting` names them; how many stakes were looked at.
    """
    waiting, touched, steps, reached = 0, 0, 0, 0
    for party in listed:
        touched = _touch(room, party, run, touched)
        room.state[party] = _IN
        room.waiting[waiting] = party
        waiting += 1
    while reached < waiting:
        owner = room.waiting[reached]
        reached += 1
        steps += 1 + holdings.starts[owner + 1] - holdings.starts[owner]
        for place in range(holdings.starts[owner], holdings.starts[owner + 1]):
            owned, role = holdings.owned[place], law.role[holdings.kind[place]]
            if role == NOTHING or owned == owner or (sure and role == POINTS):
                continue
            if room.run[owned] != run:
                touched = _touch(room, owned, run, touched)
            becomes = _IN
            if role == COUNTS and not _count(holdings, law, room, place, sure):
                becomes = _OUT
            elif role == JOINS:
                becomes = _HOLDS
            elif role == POINTS:
                found.control[owned] = True
            if becomes > room.state[owned]:
                if room.state[owned] == _OUT:
                    room.waiting[waiting] = owned
                    waiting += 1
                room.state[owned] = becomes
    _keep(holdings, law, room, found, touched, sure)
    return waiting, steps


@leaf
def _alone_enough(holdings: Holdings, law: Law, place: int, sure: bool) -> bool:
    """Whether a stake, without any other, puts into the spread whom it lies in."""
    kind = holdings.kind[place]
    role = law.role[kind]
    if role == COUNTS:
        slot, low = law.slot[kind], holdings.low[place]
        if sure:
            return law.settles[slot] and low >= law.least[slot]
        return _left_by_others(holdings, holdings.owned[place], kind, low, holdings.high[place]) >= law.least[slot]
    return role == JOINS or (role == POINTS and not sure)


@leaf
def _owners_first(
    holdings: Holdings, law: Law, room: Room, listed: NDArray[np.int32], sure: bool, order: NDArray[np.int32]
) -> None:
    """Put listed parties in an order in which each comes after those that alone put it into their spread.

    Walks down from each listed party as far as single stakes suffice, and takes parties in the reverse order of leaving
    them.

    Args:
        order: Room for the listed, in their order.
    """
    left = len(listed)
    entered, is_listed = 1, 2
    for party in listed:
        room.state[party] = is_listed
    for start in listed:
        if room.state[start] & entered:
            continue
        room.waiting[0], depth = start, 1
        room.state[start] |= entered
        while depth > 0:
            party = room.waiting[depth - 1]
            place = holdings.starts[party] + room.nearest[party]
            if place < holdings.starts[party + 1]:
                room.nearest[party] += 1
                owned = holdings.owned[place]
                if not room.state[owned] & entered and _alone_enough(holdings, law, place, sure):
                    room.state[owned] |= entered
                    room.waiting[depth] = owned
                    depth += 1
                continue
            depth -= 1
            if room.state[party] & is_listed:
                left -= 1
                order[left] = party


@leaf
def spread_together(
    holdings: Holdings, law: Law, room: Room, found: Found, listed: NDArray[np.int32], sure: bool
) -> None:
    """Find what all listed owners hold together.

    Args:
        holdings: The stakes.
        law: The rule.
        room: As it was set aside, all 0.
        found: `low` (`high`) is filled in where it is (is not) asked what is sure.
        listed: The listed parties, each once.
        sure: Whether the least of each stake counts, or the most.
    """
    _spread(holdings, law, room, found, listed, 1, sure)


@leaf
def spread_apart(
    holdings: Holdings,
    law: Law,
    room: Room,
    found: Found,
    listed: NDArray[np.int32],
    sure: bool,
    most_steps: int,
    order: NDArray[np.int32],
) -> bool:
    """Find what each listed owner holds, by itself or through those whom it alone puts in; the most of all of them is kept.

    Whoever gets into another's spread holds no more than that other: it need not be looked at. So that work stays
    bounded, owners that are left after `most_steps` are taken together where the most is asked for, which can only make
    more possible, and are left out where the least is, which can only make less sure.

    Args:
        holdings: The stakes.
        law: The rule.
        room: As it was set aside, all 0.
        found: `low` (`high`) is filled in where it is (is not) asked what is sure.
        listed: The listed parties, each once.
        sure: Whether the least of each stake counts, or the most.
        most_steps: How many stakes may be looked at before the rest is taken together.
        order: Room for the listed.

    Returns:
        Whether every owner was looked at.
    """
    _owners_first(holdings, law, room, listed, sure, order)
    steps, run, left = 0, 0, 0
    for place in range(len(order)):
        party = order[place]
        if room.within[party]:
            continue
        if steps > most_steps:
            order[left] = party
            left += 1
            continue
        run += 1
        waiting, looked_at = _spread(holdings, law, room, found, order[place : place + 1], run, sure)
        steps += looked_at
        for other in range(1, waiting):
            room.within[room.waiting[other]] = True
    if left > 0 and not sure:
        _spread(holdings, law, room, found, order[:left], run + 1, sure)
    return left == 0


@leaf
def answers(
    law: Law,
    found: Found,
    listed: NDArray[np.bool_],
    answer: NDArray[np.uint8],
    kind: NDArray[np.uint8],
    low: NDArray[np.int32],
    high: NDArray[np.int32],
) -> None:
    """Say what a rule makes of each party, and by which right.

    Of several rights it takes one that settles, else one that is possible, else the one with most; of equals the first.

    Args:
        law: The rule.
        found: What is held of each party.
        listed: Whether each is listed.
        answer: Becomes 0 not caught, 1 unknown, 2 caught, 3 listed.
        kind: Becomes the right.
        low: Becomes the least that is held of it.
        high: Becomes the most.
    """
    for party in range(len(listed)):
        best = -1
        for slot in range(len(law.kind)):
            least, most = found.low[party, slot], found.high[party, slot]
            merit = 0
            if most >= law.least[slot]:
                merit = 2 if law.settles[slot] and least >= law.least[slot] else 1
            better = merit > best or (
                merit == best and (most > high[party] or (most == high[party] and least > low[party]))
            )
            if slot == 0 or better:
                best, kind[party], low[party], high[party] = merit, law.kind[slot], least, most
        answer[party] = 3 if listed[party] else max(best, 1 if found.control[party] else 0)
