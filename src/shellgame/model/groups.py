"""Records joined into groups, some of which must be kept apart, and the rows of joined pairs from one record to another."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from itertools import permutations

from shellgame.model.judgement import Pair


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


class Rows:
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
