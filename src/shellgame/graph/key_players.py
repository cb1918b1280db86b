"""Who holds a network together: the few whose designation would cut most of what it reaches.

The problem is Borgatti's KPP-Neg (Computational & Mathematical Organization Theory 12, 2006): a set that together cuts most is not
the set of those who cut most one by one. What a network reaches is the sum of reciprocal distances between its entities, where a
tie is as long as it is weak (1 / strength). Where few sets can be chosen all are measured; else one is chosen after another, and
each is then exchanged for whoever cuts more until nobody does.

A network that loses somebody does not stand still. *Known alternatives* are ties that it does not use as far as is told, but
could fall back on: former relations, weak ties, something that two share. Those of entities that lost a neighbour are then used.
What a set cuts then is no longer the sum of what its members cut: each set has to be measured by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from shellgame.graph.strength import Pair
from shellgame.kernels.reach import Ways, losses

MOST_STEPS = 50_000_000
"""A network is solved exactly where that takes no more steps along ties than this, which are some seconds."""
MOST_SETS = 20_000
"""With known alternatives each set is tied anew, which costs more than the steps where the network is small."""
TRIED = 24
"""With known alternatives each choice is measured anew for so many: those who cut most without them."""
_ALIKE = 1e-9
"""What differs by less is the same; the earlier id then wins."""


@dataclass(frozen=True)
class Cut:
    """What is cut once an entity is designated beside those before it.

    Attributes:
        id: The entity.
        cut: Share of the network's reach that is gone by then, 0 to 1.
        regrown: The same where those who lost a neighbour fall back on known alternatives.
        alone: Share that goes with this entity alone.
    """

    id: str
    cut: float
    regrown: float
    alone: float


@dataclass(frozen=True)
class KeyPlayers:
    """Entities whose designation together would cut most of a network's reach.

    Attributes:
        cuts: One each, in the order in which they add most; empty where nothing is tied to anything.
        exact: Whether no other set of as many cuts more; else it is the best that was found.
        reach: What the whole network reaches: pairs, each counted by how near they are.
        entities: How many entities it has.
    """

    cuts: tuple[Cut, ...]
    exact: bool
    reach: float
    entities: int

    @property
    def ids(self) -> tuple[str, ...]:
        """The entities."""
        return tuple(cut.id for cut in self.cuts)


class Reach:
    """A network to be cut.

    Attributes:
        ids: Its entities, sorted; their places are the numbers that go in and come out.
        ways: The ties between them; each is as long as it is weak.
        whole: What it reaches.
        alone: How much of that goes with each entity alone.

    Args:
        strengths: Of each tied pair, above 0 to 1.
        alternatives: Likewise of pairs that could be tied again, used by those who lost a neighbour.
    """

    def __init__(self, strengths: Mapping[Pair, float], alternatives: Mapping[Pair, float] | None = None) -> None:
        other = {pair: strength for pair, strength in (alternatives or {}).items() if pair not in strengths}
        self.ids = sorted({identity for pair in strengths for identity in pair})
        self._number = {identity: number for number, identity in enumerate(self.ids)}
        self._ends, self._lengths = self._edges(strengths)
        self._spare_ends, self._spare_lengths = self._edges(
            {pair: strength for pair, strength in other.items() if pair[0] in self._number and pair[1] in self._number}
        )
        self.ways = ways_of(len(self.ids), self._ends, self._lengths)
        self.whole, self.alone = losses(self.ways, self._gone(()))

    def without(self, out: Collection[int]) -> tuple[float, NDArray[np.float64]]:
        """What is reached without some, by number, and how much less without each further one."""
        return losses(self.ways, self._gone(out))

    def regrown(self, out: Collection[int]) -> float:
        """What is reached without some where those who lost a neighbour fall back on known alternatives."""
        return losses(self._regrown(out), self._gone(out))[0]

    def steps(self, *, regrowth: bool = False) -> int:
        """Steps along ties that one measurement takes, about; at most, where known alternatives are used."""
        ties = len(self._lengths) + (len(self._spare_lengths) if regrowth else 0)
        return len(self.ids) * (len(self.ids) + 2 * ties)

    def numbers(self, ids: Collection[str]) -> list[int]:
        """The numbers of some entities, ascending; those that nothing is tied to have none."""
        return sorted(self._number[identity] for identity in ids if identity in self._number)

    @property
    def has_alternatives(self) -> bool:
        """Whether there is anything to fall back on."""
        return bool(len(self._spare_lengths))

    def _edges(self, strengths: Mapping[Pair, float]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        ends = np.array([[self._number[one], self._number[other]] for one, other in strengths], np.int64).reshape(-1, 2)
        return ends, 1.0 / np.fromiter(strengths.values(), np.float64, len(strengths))

    def _gone(self, out: Collection[int]) -> NDArray[np.bool_]:
        gone = np.zeros(len(self.ids), np.bool_)
        gone[list(out)] = True
        return gone

    def _regrown(self, out: Collection[int]) -> Ways:
        """The network with what those fall back on who lost a neighbour."""
        gone = self._gone(out)
        bereft = np.zeros(len(self.ids), np.bool_)
        for one, other in (self._ends.T, self._ends.T[::-1]):
            bereft[one[gone[other]]] = True
        used = bereft[self._spare_ends].any(axis=1) if len(self._spare_ends) else np.zeros(0, np.bool_)
        ends = np.concatenate([self._ends, self._spare_ends[used]])
        return ways_of(len(self.ids), ends, np.concatenate([self._lengths, self._spare_lengths[used]]))


def ways_of(nodes: int, ends: NDArray[np.int64], lengths: NDArray[np.float64]) -> Ways:
    """Edges, each told once by the numbers of its ends, as the kernels take them."""
    sources, targets = np.concatenate([ends, ends[:, ::-1]]).T if len(ends) else np.empty((2, 0), np.int64)
    order = np.lexsort((targets, sources))
    starts = np.searchsorted(sources[order], np.arange(nodes + 1))
    both = np.concatenate([lengths, lengths])
    return Ways(starts.astype(np.int64), targets[order].astype(np.int32), both[order])


def key_players(
    network: Reach, k: int, *, candidates: Collection[str] | None = None, with_regrowth: bool = False
) -> KeyPlayers:
    """Choose the k entities without which the network would reach least.

    Args:
        network: The network.
        k: How many; fewer are chosen where there are fewer candidates.
        candidates: Who may be chosen; everybody when None.
        with_regrowth: Whether the choice itself counts on known alternatives being used; what is cut with them is told anyway.
    """
    able = list(range(len(network.ids))) if candidates is None else network.numbers(candidates)
    k = min(k, len(able))
    if not k or not network.whole:
        return KeyPlayers((), True, network.whole, len(network.ids))
    regrowth = with_regrowth and network.has_alternatives
    exact = _is_small(network, len(able), k, regrowth=regrowth)
    if not exact:
        chosen = _greedily(network, able, k, regrowth=regrowth)
    elif regrowth:
        chosen = _exactly_regrown(network, able, k)
    else:
        chosen = _exactly(network, able, k)
    return KeyPlayers(_cuts(network, chosen, regrowth=regrowth), exact, network.whole, len(network.ids))


def _is_small(network: Reach, able: int, k: int, *, regrowth: bool) -> bool:
    """Whether every set can be measured; without regrowth the last of a set needs no measurement of its own."""
    if regrowth:
        sets = comb(able, k)
        return sets <= MOST_SETS and sets * network.steps(regrowth=True) <= MOST_STEPS
    return comb(able, k - 1) * network.steps() <= MOST_STEPS


def _exactly(network: Reach, able: list[int], k: int) -> list[int]:
    """The best set of all; of equal ones the first."""
    best, least = able[:k], np.inf
    for others in combinations(able, k - 1):
        behind = [number for number in able if not others or number > others[-1]]
        if not behind:
            continue
        left, lost = network.without(others)
        last = _first_best(behind, lost)
        if left - lost[last] < least - _ALIKE:
            best, least = [*others, last], left - lost[last]
    return best


def _exactly_regrown(network: Reach, able: list[int], k: int) -> list[int]:
    """The best set of all where known alternatives are used; of equal ones the first."""
    best, least = able[:k], np.inf
    for out in combinations(able, k):
        left = network.regrown(out)
        if left < least - _ALIKE:
            best, least = list(out), left
    return best


def _greedily(network: Reach, able: list[int], k: int, *, regrowth: bool) -> list[int]:
    """One after another, each then exchanged for whoever cuts more, until nobody does."""
    chosen: list[int] = []
    left = network.whole
    while len(chosen) < k:
        one, left = _best_beside(network, able, chosen, regrowth=regrowth)
        chosen.append(one)
    improved = k > 1
    while improved:
        improved = False
        for place in range(k):
            one, its = _best_beside(network, able, chosen[:place] + chosen[place + 1 :], regrowth=regrowth)
            if its < left - _ALIKE * network.whole:
                chosen[place], left, improved = one, its, True
    return chosen


def _best_beside(network: Reach, able: list[int], chosen: list[int], *, regrowth: bool) -> tuple[int, float]:
    """Who cuts most beside some others, and what is left then."""
    free = [number for number in able if number not in chosen]
    left, lost = network.without(chosen)
    if not regrowth:
        best = _first_best(free, lost)
        return best, left - float(lost[best])
    tried = sorted(free, key=lambda number: (-lost[number], number))[:TRIED]
    least, best = min((network.regrown([*chosen, number]), number) for number in tried)
    return best, least


def _first_best(free: list[int], lost: NDArray[np.float64]) -> int:
    """Who cuts most; of those who cut alike the first."""
    its = lost[free]
    return free[int(np.argmax(its > its.max() - _ALIKE))]


def _cuts(network: Reach, chosen: list[int], *, regrowth: bool) -> tuple[Cut, ...]:
    """What each adds, whoever adds most first."""
    cuts: list[Cut] = []
    out: list[int] = []
    while len(out) < len(chosen):
        out.append(_best_beside(network, chosen, out, regrowth=regrowth)[0])
        plain = network.without(out)[0]
        left = (
            plain,
            network.regrown(out) if network.has_alternatives else plain,
            network.whole - network.alone[out[-1]],
        )
        cut, regrown, alone = (float(min(max(1 - each / network.whole, 0.0), 1.0)) for each in left)
        cuts.append(Cut(network.ids[out[-1]], cut, regrown, alone))
    return tuple(cuts)
