"""What stands of all that people decided, and where they contradict one another; the one place where that is worked out.

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
_AT_ONE_MOMENT = {verdict: place for place, verdict in enumerate((*reversed(_CAREFUL), Verdict.WITHDRAWN))}
"""Where one author said several things of a pair at one moment, as in files that tell none, the most careful counts as the last."""


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

    def are_joined(self, left: str, right: str) -> bool:
        """Whether two records are in one group."""
        return self.root(left) == self.root(right)

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

    def members(self, identity: str) -> list[str]:
        """The records of a group, the one asked about among them."""
        return sorted(self._members.get(self.root(identity), [identity]))

    def groups(self) -> list[frozenset[str]]:
        """The groups of two and more records, ordered by their first."""
        return sorted(map(frozenset, self._members.values()), key=min)


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
        self._last: _Order = max(map(_oldest_first, held[-1:]), default=("", "", "", "", 0, ""))
        self.opinions: dict[Pair, Opinion] = _opinions(held)
        self._groups = Groups()
        for made in self._standing(Verdict.DIFFERENT):
            self._groups.part(made.left_id, made.right_id)
        self.waiting: tuple[Pair, ...] = tuple(
            made.pair
            for made in sorted(self._standing(Verdict.SAME), key=_oldest_first)
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
        self._last = max(self._last, _oldest_first(made))
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
        return made.judgement is Verdict.SAME and waits and _oldest_first(made) < self._last

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

    def contradictions(self) -> Iterator[Contradiction]:
        """Every place where judgements cannot all be right: first pairs, then chains, each oldest first.

        A chain is as long as the row of judgements it tells, so take as many as you show.
        """
        for opinion in sorted(self._contested(), key=lambda each: _oldest_first(each.judgements[0])):
            yield Contradiction("pair", opinion.judgements, f"{opinion.verdict} stands, the most careful of these")
        parting: dict[Pair, Judgement] = {}
        for made in sorted(self._standing(Verdict.DIFFERENT), key=_oldest_first):
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
    def _rows(self) -> _Forest:
        return _Forest(self.followed())

    @cached_property
    def _even_waiting(self) -> Groups:
        """Groups as they would be if no *same* had to wait."""
        found = Groups()
        for made in self._standing(Verdict.SAME):
            found.join(made.left_id, made.right_id)
        return found


class _Forest:
    """Rows between records that are joined: up the trees of a breadth-first walk, so that few are longer than need be."""

    def __init__(self, joined: Iterable[Pair]) -> None:
        beside = defaultdict[str, list[str]](list)
        for pair in joined:
            for one, other in permutations(sorted(pair)):
                beside[one].append(other)
        self._above: dict[str, str] = {}
        self._depth = defaultdict[str, int](int)
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

    def between(self, start: str, end: str) -> list[str]:
        """The records from one to another that is joined with it, or is the same."""
        here, there = [start], [end]
        while here[-1] != there[-1]:
            deeper = here if self._depth[here[-1]] >= self._depth[there[-1]] else there
            deeper.append(self._above[deeper[-1]])
        return here + there[-2::-1]


def holding(history: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that hold, oldest first: those that none that holds itself withdraws, without the withdrawing ones.

    A key is made of what it withdraws, so that no two can withdraw each other.
    """
    ordered = in_order(history)
    if not any(each.judgement is Verdict.WITHDRAWN for each in ordered):  # as in most files; keys take the most time
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


def in_order(history: Iterable[Judgement]) -> list[Judgement]:
    """Judgements by time, and those of one moment in an order that does not depend on which arrived first."""
    return sorted(history, key=_oldest_first)


def _opinions(judgements: Iterable[Judgement]) -> dict[Pair, Opinion]:
    """What people think of each pair, given the judgements that hold, oldest first."""
    by_author: dict[Pair, dict[str, Judgement]] = {}
    for made in judgements:
        authors = by_author.setdefault(made.pair, {})
        authors.pop(made.author, None)  # so that the order stays that of time
        authors[made.author] = made
    return {pair: _opinion(list(authors.values())) for pair, authors in by_author.items()}


def _opinion(judgements: list[Judgement]) -> Opinion:
    answered = max((made.decided_at for made in judgements if made.judgement is not Verdict.UNSURE), default="")
    kept = [made for made in judgements if made.judgement is not Verdict.UNSURE or made.decided_at >= answered]
    said = {made.judgement for made in kept}
    return Opinion(next(verdict for verdict in _CAREFUL if verdict in said), tuple(kept))


_Order = tuple[str, str, str, str, int, str]


def _oldest_first(made: Judgement) -> _Order:
    return (
        made.decided_at,
        made.left_id,
        made.right_id,
        made.author,
        _AT_ONE_MOMENT[made.judgement],
        made.withdraws,
    )
