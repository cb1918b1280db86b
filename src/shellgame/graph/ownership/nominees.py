"""Stakes that are held for somebody else: those of nominees, and of arrangements that hold for a nominator.

A nominee's stake is its principal's, where told, and so is what an arrangement holds for its nominator. Where that is told of all
its holder has, and nothing of the very stake, it is the holder's or the principal's; where nobody is told to stand behind it, it
may be anybody's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from shellgame.graph.ownership.stakes import Hidden, Row
from shellgame.graph.ownership.told import Told
from shellgame.model.stakes import UNKNOWN, WHOLE, Interval, StakeKind


class Nominees:
    """Who holds for whom on a day."""

    def __init__(self, principals: Mapping[str, Sequence[Told]], party: Mapping[str, str], day: str) -> None:
        """Know who stands behind whom.

        Args:
            principals: By record of a holder, for whom it stands, as told of all it holds or of single stakes.
            party: The party of each record.
            day: The day.
        """
        self._principals, self._party, self._day = principals, party, day

    def looked_through(self, stakes: Sequence[Told]) -> tuple[list[Row], list[Hidden]]:
        """Stakes by party, those of nominees as their principals', and the principals who are not told."""
        nominators: defaultdict[str, set[str]] = defaultdict(set)
        for told in stakes:
            if told.is_nominators:
                nominators[told.asset].add(told.owner)
        rows: list[Row] = []
        hidden: list[Hidden] = []
        for each in stakes:
            told = _of_nominator(each, alone=len(nominators[each.asset]) == 1) if each.is_nominators else each
            is_nominees = self.is_nominees(told)
            if is_nominees is False:
                rows.append(self._own(told))
            elif is_nominees is None:
                rows += self._own_or_others(told)
            else:
                its, unnamed = self._others(told)
                rows += its
                hidden += unnamed
        return rows, hidden

    def is_nominees(self, told: Told) -> bool | None:
        """Whether a stake is held for somebody else: in its own words, or as it is told for whom its holder stands in it.

        None where that is told of all its holder has, and nothing of this one.
        """
        its = [each for each in self._principals.get(told.owner, ()) if told.is_covered_by(each)]
        there = [each for each in its if each.holds_on(self._day)]
        if told.is_nominees is not None:
            return told.is_nominees and not self._is_over(its)
        if any(each.about for each in there):
            return True
        return None if there else False

    def _is_over(self, nominations: Sequence[Told]) -> bool:
        return bool(nominations) and all(each.is_former or each.ended_before(self._day) for each in nominations)

    def _own(self, told: Told) -> Row:
        """A stake that its holder has for itself."""
        over = ("told to be a nominee's, but for whom it was held is told to be over",) if told.is_nominees else ()
        return self._party_of(told.owner), self._party_of(told.asset), _noted(told, *over)

    def _own_or_others(self, told: Told) -> list[Row]:
        """A stake of a nominee of whom it is not told whether it holds this one for somebody else."""
        behind = self._behind(told)
        open_to_all = _resting_on(
            _noted(told, "whether its holder, a nominee of somebody, holds it for that one is not told"), behind
        )
        holders = dict.fromkeys(self._party_of(record) for record in (told.owner, *(each.owner for each in behind)))
        return [(holder, self._party_of(told.asset), _perhaps(open_to_all)) for holder in holders]

    def _others(self, told: Told) -> tuple[list[Row], list[Hidden]]:
        """A stake that is held for others, as theirs; as somebody's who is not told where nobody surely stands behind it."""
        owner, owned, behind = self._party_of(told.owner), self._party_of(told.asset), self._behind(told)
        told = _resting_on(_noted(told, "held by a nominee"), behind)
        # not told of this stake, for the company itself may only mean that he is a nominee there (BODS)
        there = [self._party_of(each.owner) == owned and told.link not in each.about for each in behind]
        open_ones = [each.is_doubted_on(self._day) or own for each, own in zip(behind, there, strict=True)]
        several = len({each.owner for each in behind}) > 1 or any(open_ones)
        rows = [(self._party_of(each.owner), owned, _perhaps(told) if several else told) for each in behind]
        if not all(open_ones):
            return rows, []
        unnamed = Hidden(f"principal of {owner} in {owned}", "somebody for whom a nominee stands", anybody=True)
        return [*rows, (unnamed.id, owned, _perhaps(told) if any(there) else told)], [unnamed]

    def _behind(self, told: Told) -> list[Told]:
        """For whom a nominee may hold a stake: those told to stand behind it, and behind these where they are nominees too."""
        waiting, found = [told.owner], {}
        while waiting:
            for each in self._principals.get(nominee := waiting.pop(), ()):
                of_this = told.is_covered_by(each) if nominee == told.owner else not each.about
                if of_this and each.holds_on(self._day) and each.owner not in found:
                    found[each.owner] = each
                    waiting.append(each.owner)
        return list(found.values())

    def _party_of(self, record: str) -> str:
        return self._party.get(record, record)


def _of_nominator(told: Told, *, alone: bool) -> Told:
    """What an arrangement holds, as the stake of somebody for whom it does."""
    all_of_it = Interval(WHOLE, WHOLE) if alone else UNKNOWN
    shares = told._replace(kind=StakeKind.SHARES, interval=all_of_it)
    return _noted(shares, "what the arrangement holds is held for its nominator")


def _perhaps(told: Told) -> Told:
    return told._replace(interval=told.interval._replace(low=0))


def _noted(told: Told, *notes: str) -> Told:
    return told._replace(notes=(*told.notes, *notes))


def _resting_on(told: Told, nominations: Iterable[Told]) -> Told:
    """A stake that rests on what is told of its holder, too."""
    nominations = list(nominations)
    return told._replace(
        claims=(*told.claims, *(claim for each in nominations for claim in each.claims)),
        tellers=(*told.tellers, *(teller for each in nominations for teller in each.tellers)),
    )
