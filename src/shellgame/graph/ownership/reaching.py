"""How far told chains reach: whether a stake that somebody is told to hold indirectly is one of them.

Sources count indirect stakes in two ways: shares of shares multiplied, or whole, where the holder has the majority of each company
between. A chain accounts for an indirect stake where either gives as much. Only rights that come in shares make a chain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from shellgame.graph.ownership.economic import shares_of
from shellgame.graph.ownership.evaluation import KINDS, indexed, narrowed, stakes_of
from shellgame.model.stakes import IN_SHARES, WHOLE, StakeKind

_MAJORITY = WHOLE // 2 + 1
_CONTROLLING = (StakeKind.SHARES, StakeKind.VOTES)


class Chains:
    """Direct stakes of a day."""

    def __init__(self, stakes: Iterable[tuple[str, str, str, int, int]]) -> None:
        """Put them in order.

        Args:
            stakes: Owner, owned, kind, least and most of each; those that do not come in shares are passed over.
        """
        rows = [row for row in stakes if row[2] in IN_SHARES]
        self._number = {
            party: number for number, party in enumerate(dict.fromkeys(end for row in rows for end in row[:2]))
        }
        numbered = [
            (self._number[owner], self._number[owned], kind, low, high) for owner, owned, kind, low, high in rows
        ]
        self._holdings = narrowed(indexed(stakes_of(numbered), len(self._number)))

    def reach(self, owner: str, owned: str, kind: StakeKind) -> int:
        """The most, in units, that an owner has of a right in a company through others; 0 without a chain."""
        if owner not in self._number or owned not in self._number:
            return 0
        top, company = self._number[owner], self._number[owned]
        places = self._holdings.above[self._holdings.above_starts[company] : self._holdings.above_starts[company + 1]]
        of_kind = places[self._holdings.kind[places] == KINDS.index(kind)]
        most: defaultdict[int, int] = defaultdict(int)
        for holder, high in zip(
            self._holdings.owner[of_kind].tolist(), self._holdings.high[of_kind].tolist(), strict=True
        ):
            if holder != top:
                most[holder] += high
        return max(self._multiplied(top, most, kind), self._under_majorities(top, company, most)) if most else 0

    def _multiplied(self, top: int, most: Mapping[int, int], kind: StakeKind) -> int:
        parts = shares_of(self._holdings, [top], list(most), kind=kind)
        return round(sum(float(parts.high[holder]) * high for holder, high in most.items())) if parts.solved else 0

    def _under_majorities(self, top: int, company: int, most: Mapping[int, int]) -> int:
        """What those hold in whom the owner can have the majority, through others of them too."""
        held = self._holdings
        sums: defaultdict[tuple[int, int], int] = defaultdict(int)
        group, waiting = {top}, [top]
        while waiting:
            party = waiting.pop()
            for place in range(held.starts[party], held.starts[party + 1]):
                owned, kind = int(held.owned[place]), int(held.kind[place])
                sums[owned, kind] += int(held.high[place])
                if (
                    sums[owned, kind] >= _MAJORITY
                    and KINDS[kind] in _CONTROLLING
                    and owned not in group
                    and owned != company
                ):
                    group.add(owned)
                    waiting.append(owned)
        return sum(high for holder, high in most.items() if holder in group)
