"""What stands of all that people decided, and where they contradict one another; the one place where that is worked out.

The rule for one pair stands in `model.opinions`. Between pairs *different* always holds; judgements of *same* are followed oldest
first, and one that would bring together two that are judged different *waits*. Every such place, and every pair of which people
think differently, is told as a contradiction, with who said what and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from shellgame.model.groups import Groups, Rows
from shellgame.model.judgement import Judgement, Pair, Verdict
from shellgame.model.opinions import Opinion, Order, holding, oldest_first, opinions_of


@dataclass(frozen=True)
class Contradiction:
    """Judgements that cannot all be right.

    Attributes:
        kind: `pair`: authors differ on one pair; `chain`: a row of *same* leads from a record to one judged different from it.
        judgements: Who said what of whom, when and why; of a chain the row from one end to the other, the *different* last.
        stands: What stands meanwhile, in words.
    """

    kind: str
    judgements: tuple[Judgement, ...]
    stands: str


class Standing:
    """What stands of a history of judgements.

    Attributes:
        opinions: What people think of each pair on which any judgement holds.
        waiting: Pairs that are judged the same and not joined, because a *different* forbids it; oldest first.
    """

    def __init__(self, history: Iterable[Judgement] = ()) -> None:
        """Work it out; some 20 microseconds a judgement.

        Args:
            history: All judgements, in any order.
        """
        told = list(history)
        held = holding(told)
        self._withdrawn = {made.withdraws for made in told if made.withdraws}
        self._last: Order = max(map(oldest_first, held[-1:]), default=("", "", "", "", 0, ""))
        self.opinions: dict[Pair, Opinion] = opinions_of(held)
        self._groups = Groups()
        for made in self._standing(Verdict.DIFFERENT):
            self._groups.part(made.left_id, made.right_id)
        self.waiting: tuple[Pair, ...] = tuple(
            made.pair
            for made in sorted(self._standing(Verdict.SAME), key=oldest_first)
            if not self._groups.join(made.left_id, made.right_id)
        )

    def _standing(self, verdict: Verdict) -> list[Judgement]:
        """Of each pair for which this stands, who said so last."""
        return [opinion.latest for opinion in self.opinions.values() if opinion.verdict is verdict]

    def add(self, made: Judgement) -> bool:
        """Take in one more judgement, where that is a matter of microseconds.

        Returns:
            False, and nothing is done, where all has to be worked out anew: it withdraws one or was withdrawn itself, somebody
            judged the pair before, it parts records that others join, or joins some earlier than one that waits.
        """
        withdrawn = bool(self._withdrawn) and made.key in self._withdrawn
        if made.withdraws or withdrawn or made.pair in self.opinions or self._matters_when(made):
            return False
        self._last = max(self._last, oldest_first(made))
        self.opinions[made.pair] = Opinion(made.judgement, (made,))
        if made.judgement is Verdict.DIFFERENT:
            self._groups.part(made.left_id, made.right_id)
        elif made.judgement is Verdict.SAME and not self._groups.join(made.left_id, made.right_id):
            self.waiting = (*self.waiting, made.pair)
        for worked_out in ("verdicts", "_rows", "_even_waiting"):
            self.__dict__.pop(worked_out, None)
        return True

    def _matters_when(self, made: Judgement) -> bool:
        """Whether one more on a pair that nobody judged changes what became of others."""
        if made.judgement is Verdict.DIFFERENT:
            return self._groups.are_joined(made.left_id, made.right_id)
        waits = bool(self.waiting) or self._groups.are_apart(made.left_id, made.right_id)
        return made.judgement is Verdict.SAME and waits and oldest_first(made) < self._last

    @cached_property
    def verdicts(self) -> dict[Pair, Verdict]:
        """What stands for each pair that was judged, of itself; `unsure` for one that waits."""
        waiting = set(self.waiting)
        return {pair: Verdict.UNSURE if pair in waiting else opinion.verdict for pair, opinion in self.opinions.items()}

    def groups(self) -> list[frozenset[str]]:
        """Records that are judged one, by whatever row of judgements; ids that are known from judgements only are among them."""
        return self._groups.groups()

    def group_of(self, identity: str) -> list[str]:
        """All that are judged one with a record, itself among them."""
        return self._groups.members(identity)

    def followed(self) -> list[Pair]:
        """Pairs that are judged the same and joined: those that wait are left out."""
        waiting = set(self.waiting)
        return [
            pair for pair, opinion in self.opinions.items() if opinion.verdict is Verdict.SAME and pair not in waiting
        ]

    def apart(self) -> list[Pair]:
        """Pairs that are judged different: no cluster may hold both, nor members of the groups of both."""
        return [pair for pair, opinion in self.opinions.items() if opinion.verdict is Verdict.DIFFERENT]

    def says(self, left: str, right: str) -> Verdict | None:
        """What judgements say of two records, of themselves or by way of others; None where they leave it open.

        Two of which some say that they are one, and others that they are not, are `unsure`; unless they were judged different
        themselves, which always holds.

        Example:
            >>> told = [("a", "b", Verdict.SAME), ("b", "c", Verdict.DIFFERENT)]
            >>> standing = Standing([Judgement(*each, "why", "ada", "2024-05-03T10:00:00Z") for each in told])
            >>> str(standing.says("a", "c")), standing.says("a", "d")
            ('different', None)
        """
        if self._groups.are_joined(left, right):
            return Verdict.SAME
        opinion = self.opinions.get(frozenset((left, right)))
        if self._groups.are_apart(left, right):
            judged = opinion is not None and opinion.verdict is Verdict.DIFFERENT
            waits = bool(self.waiting) and not judged and self._even_waiting.are_joined(left, right)
            return Verdict.UNSURE if waits else Verdict.DIFFERENT
        return Verdict.UNSURE if opinion else None

    def row(self, left: str, right: str) -> tuple[Judgement, ...]:
        """The judgements of *same* that lead from one record to another that is judged one with it; none for others."""
        if not self._groups.are_joined(left, right):
            return ()
        return tuple(self.opinions[frozenset(link)].latest for link in pairwise(self._rows.between(left, right)))

    def parting(self, left: str, right: str) -> tuple[Judgement, ...]:
        """The judgements that keep two records apart, in a row from one to the other: one *different*, any others *same*.

        That on the two themselves where there is one, else the oldest; none for two that nobody keeps apart.
        """
        opinion = self.opinions.get(frozenset((left, right)))
        if opinion is not None and opinion.verdict is Verdict.DIFFERENT:
            return (opinion.latest,)
        roots = frozenset((self._groups.root(left), self._groups.root(right)))
        between = [made for made in self._standing(Verdict.DIFFERENT) if self._roots(made) == roots]
        if not between:
            return ()
        made = min(between, key=oldest_first)
        near, far = made.left_id, made.right_id
        if not self._groups.are_joined(near, left):
            near, far = far, near
        return (*self.row(left, near), made, *self.row(far, right))

    def contradictions(self) -> Iterator[Contradiction]:
        """Every place where judgements cannot all be right: first pairs, then chains, each oldest first.

        A chain is as long as the row of judgements it tells, so take as many as you show.
        """
        for opinion in sorted(self._contested(), key=lambda each: oldest_first(each.judgements[0])):
            yield Contradiction("pair", opinion.judgements, f"{opinion.verdict} stands, the most careful of these")
        parting: dict[Pair, Judgement] = {}
        for made in sorted(self._standing(Verdict.DIFFERENT), key=oldest_first):
            parting.setdefault(self._roots(made), made)
        for pair in self.waiting:
            made = self.opinions[pair].latest
            yield self._chain(made, parting[self._roots(made)])

    def _roots(self, made: Judgement) -> Pair:
        return frozenset((self._groups.root(made.left_id), self._groups.root(made.right_id)))

    def _chain(self, waits: Judgement, different: Judgement) -> Contradiction:
        """How a *same* that waits would bring together two that are judged different."""
        near, far = waits.left_id, waits.right_id
        if not self._groups.are_joined(different.left_id, near):
            near, far = far, near
        row = (*self.row(different.left_id, near), waits, *self.row(far, different.right_id))
        stands = f"different stands; {waits.left_id} = {waits.right_id} waits, being decided last"
        return Contradiction("chain", (*row, different), stands)

    def count_contradictions(self) -> int:
        """How many contradictions there are, without telling them."""
        return len(self._contested()) + len(self.waiting)

    def _contested(self) -> list[Opinion]:
        return [opinion for opinion in self.opinions.values() if opinion.contested]

    @cached_property
    def _rows(self) -> Rows:
        return Rows(self.followed())

    @cached_property
    def _even_waiting(self) -> Groups:
        """Groups as they would be if no *same* had to wait."""
        found = Groups()
        for made in self._standing(Verdict.SAME):
            found.join(made.left_id, made.right_id)
        return found
