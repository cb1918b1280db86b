"""What stands of all that people decided, and where they contradict one another.

The rule: a judgement holds until a later one withdraws it, and each author's latest that holds is
that author's opinion of the pair; an *unsure* is answered by any later *same* or *different*. Where opinions of a pair
differ, the most careful stands: *different* before *unsure* before *same*, since a wrong join puts one party's listings
on another, and a wrong parting only asks again. *Different* always holds; judgements of *same* are followed oldest
first, and one that would bring together two that are judged different *waits*. Every such place is told as a
contradiction, with who said what and when.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, permutations

from shellgame.model.judgement import Judgement, Verdict

Pair = frozenset[str]

_CAREFUL = (Verdict.DIFFERENT, Verdict.UNSURE, Verdict.SAME)


@dataclass(frozen=True)
class Opinion:
    """What people think of one pair.

    Attributes:
        verdict: What stands.
        judgements: Each author's opinion, oldest first.
    """

    verdict: Verdict
    judgements: tuple[Judgement, ...]

    @property
    def contested(self) -> bool:
        """Whether they differ."""
        return len({made.judgement for made in self.judgements}) > 1

    @property
    def latest(self) -> Judgement:
        """The last one who said what stands."""
        return next(made for made in reversed(self.judgements) if made.judgement is self.verdict)


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


class Groups:
    """Records joined into groups, some of which must never be joined."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)

    def root(self, identity: str) -> str:
        """The record that stands for a group; the record itself where it is in none."""
        above = self._above
        while (higher := above.get(identity, identity)) != identity:
            above[identity] = identity = above.get(higher, higher)
        return identity

    def part(self, left: str, right: str) -> None:
        """Keep the groups of two records apart from now on."""
        one, other = self.root(left), self.root(right)
        self._apart[one].add(other)
        self._apart[other].add(one)

    def are_apart(self, left: str, right: str) -> bool:
        """Whether the groups of two records must never be joined."""
        return self.root(right) in self._apart.get(self.root(left), ())

    def join(self, left: str, right: str) -> bool:
        """Join the groups of two records; False where they must be kept apart, and nothing is done."""
        one, other = self.root(left), self.root(right)
        if one == other:
            return True
        if other in self._apart.get(one, ()):
            return False
        if self._weight(one) < self._weight(other):
            one, other = other, one
        self._above[other] = one
        self._members.setdefault(one, [one]).extend(self._members.pop(other, [other]))
        for third in self._apart.pop(other, set()):
            self._apart[third].discard(other)
            self._apart[third].add(one)
            self._apart[one].add(third)
        return True

    def _weight(self, root: str) -> int:
        return len(self._members.get(root, ())) + len(self._apart.get(root, ()))

    def groups(self) -> list[frozenset[str]]:
        """The groups of two and more records, ordered by their first."""
        return sorted(map(frozenset, self._members.values()), key=min)


class Standing:
    """What stands of a history of judgements.

    Attributes:
        opinions: What people think of each pair on which any judgement holds.
        waiting: Pairs that are judged the same and not joined, because a *different* forbids it.
    """

    def __init__(self, history: Iterable[Judgement]) -> None:
        """Work it out; some 15 microseconds a judgement.

        Args:
            history: All judgements. Their order matters only among those of one author and one second.
        """
        self.opinions: dict[Pair, Opinion] = _opinions(holding(history))
        self._groups = Groups()
        for pair, opinion in self.opinions.items():
            if opinion.verdict is Verdict.DIFFERENT:
                self._groups.part(*sorted(pair))
        same = sorted(
            (opinion.latest for opinion in self.opinions.values() if opinion.verdict is Verdict.SAME), key=_oldest_first
        )
        self.waiting: tuple[Pair, ...] = tuple(
            made.pair for made in same if not self._groups.join(made.left_id, made.right_id)
        )

    def add(self, made: Judgement) -> bool:
        """Take in one more judgement, the latest of all, where that is a matter of microseconds.

        Returns:
            False, and nothing is done, where all has to be worked out anew: it withdraws one, somebody judged the pair
            before, or it parts records that others join.
        """
        together = self._groups.root(made.left_id) == self._groups.root(made.right_id)
        if made.withdraws or made.pair in self.opinions or (together and made.judgement is Verdict.DIFFERENT):
            return False
        self.opinions[made.pair] = Opinion(made.judgement, (made,))
        if made.judgement is Verdict.DIFFERENT:
            self._groups.part(made.left_id, made.right_id)
        elif made.judgement is Verdict.SAME and not self._groups.join(made.left_id, made.right_id):
            self.waiting = (*self.waiting, made.pair)
        self.__dict__.pop("verdicts", None)
        return True

    @cached_property
    def verdicts(self) -> dict[Pair, Verdict]:
        """What stands for each pair that was judged; `unsure` for one that waits."""
        waiting = set(self.waiting)
        return {pair: Verdict.UNSURE if pair in waiting else opinion.verdict for pair, opinion in self.opinions.items()}

    def groups(self) -> list[frozenset[str]]:
        """Records that are judged one, by whatever row of judgements; ids that are known from judgements only are among them."""
        return self._groups.groups()

    def apart(self) -> list[Pair]:
        """Pairs that are judged different: no cluster may hold both, nor members of the groups of both."""
        return [pair for pair, opinion in self.opinions.items() if opinion.verdict is Verdict.DIFFERENT]

    def says(self, left: str, right: str) -> Verdict | None:
        """What judgements say of two records, of themselves or by way of others; None where they leave it open.

        Example:
            >>> told = [("a", "b", Verdict.SAME), ("b", "c", Verdict.DIFFERENT)]
            >>> standing = Standing([Judgement(*each, "why", "ada", "2024-05-03T10:00:00Z") for each in told])
            >>> str(standing.says("a", "c")), standing.says("a", "d")
            ('different', None)
        """
        if self._groups.root(left) == self._groups.root(right):
            return Verdict.SAME
        if self._groups.are_apart(left, right):
            return Verdict.DIFFERENT
        opinion = self.opinions.get(frozenset((left, right)))
        return Verdict.UNSURE if opinion else None

    def contradictions(self) -> Iterator[Contradiction]:
        """Every place where judgements cannot all be right: first pairs, then chains, each oldest first.

        A chain is as long as the row of judgements it tells, so take as many as you show.
        """
        for opinion in sorted(self._contested(), key=lambda each: _oldest_first(each.judgements[0])):
            yield Contradiction("pair", opinion.judgements, f"{opinion.verdict} stands, the most careful of these")
        chained = self._chained()
        forest = _Forest([pair for pair, opinion in self.opinions.items() if opinion.verdict is Verdict.SAME])
        waiting = set(self.waiting)
        for different in sorted(chained, key=_oldest_first):
            row = forest.row(different.left_id, different.right_id)
            links = [self.opinions[frozenset(link)].latest for link in pairwise(row)]
            waits = " and ".join(f"{made.left_id} = {made.right_id}" for made in links if made.pair in waiting)
            yield Contradiction("chain", (*links, different), f"different stands; {waits} waits, being decided last")

    def count_contradictions(self) -> int:
        """How many contradictions there are, without telling them."""
        return len(self._contested()) + len(self._chained())

    def _contested(self) -> list[Opinion]:
        return [opinion for opinion in self.opinions.values() if opinion.contested]

    def _chained(self) -> list[Judgement]:
        """The judgements of *different* on two records between which a row of *same* leads; each such row has a pair that waits."""
        if not self.waiting:
            return []
        joined = Groups()
        for pair, opinion in self.opinions.items():
            if opinion.verdict is Verdict.SAME:
                joined.join(*sorted(pair))
        return [
            made
            for made in (self.opinions[pair].latest for pair in self.apart())
            if joined.root(made.left_id) == joined.root(made.right_id)
        ]


class _Forest:
    """Rows between records that are joined: up the trees of a breadth-first walk, so that few are longer than need be."""

    def __init__(self, joined: Iterable[Pair]) -> None:
        beside = defaultdict[str, list[str]](list)
        for pair in joined:
            for one, other in permutations(sorted(pair)):
                beside[one].append(other)
        self._above: dict[str, str] = {}
        self._depth: dict[str, int] = {}
        for start in sorted(beside):
            if start in self._depth:
                continue
            self._depth[start] = 0
            reached = deque([start])
            while reached:
                here = reached.popleft()
                for there in beside[here]:
                    if there not in self._depth:
                        self._above[there], self._depth[there] = here, self._depth[here] + 1
                        reached.append(there)

    def row(self, start: str, end: str) -> list[str]:
        """The records from one to another that is joined with it."""
        here, there = [start], [end]
        while here[-1] != there[-1]:
            deeper = here if self._depth[here[-1]] >= self._depth[there[-1]] else there
            deeper.append(self._above[deeper[-1]])
        return here + there[-2::-1]


def holding(history: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that hold, oldest first: those that none that holds itself withdraws, without the withdrawing ones.

    A key is made of what it withdraws, so that no two can withdraw each other.
    """
    ordered = sorted(history, key=_oldest_first)
    if not any(each.withdraws for each in ordered):  # as in most files; keys take the most time
        return ordered
    made = {each.key: each for each in ordered}
    against = defaultdict[str, int](int)
    for each in made.values():
        against[each.withdraws] += 1
    withdrawn: set[str] = set()
    settled = deque(key for key in made if not against[key])
    while settled:
        each = made[settled.popleft()]
        if (target := each.withdraws) not in made:
            continue
        if each.key not in withdrawn and made[target].pair == each.pair:
            withdrawn.add(target)
        against[target] -= 1
        if not against[target]:
            settled.append(target)
    return [each for key, each in made.items() if key not in withdrawn and each.judgement is not Verdict.WITHDRAWN]


def _opinions(judgements: Iterable[Judgement]) -> dict[Pair, Opinion]:
    """What people think of each pair, given the judgements that hold, oldest first."""
    by_author: dict[Pair, dict[str, Judgement]] = {}
    for made in judgements:
        authors = by_author.setdefault(made.pair, {})
        authors.pop(made.author, None)  # so that the order stays that of time
        authors[made.author] = made
    return {pair: _opinion(list(authors.values())) for pair, authors in by_author.items()}


def _opinion(judgements: list[Judgement]) -> Opinion:
    answered = max(
        (number for number, made in enumerate(judgements) if made.judgement is not Verdict.UNSURE), default=-1
    )
    kept = [made for number, made in enumerate(judgements) if number > answered or made.judgement is not Verdict.UNSURE]
    said = {made.judgement for made in kept}
    return Opinion(next(verdict for verdict in _CAREFUL if verdict in said), tuple(kept))


def _oldest_first(made: Judgement) -> str:
    return made.decided_at
