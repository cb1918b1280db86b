"""Which statements are about one record, so that the latest can be told from those that it replaced.

The file is read twice. The first time takes eight bytes a statement, and the ids of those that are replaced and of nominees; the
second time, statements that stand alone are handed on at once, and the others wait in a temporary file until the end.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from tempfile import SpooledTemporaryFile

import numpy as np

from shellgame.sources.bods.nominations import Nominations
from shellgame.sources.bods.statement import Statement, statement_of
from shellgame.sources.json_records import as_json

_HELD_BYTES = 32 << 20
"""Statements that wait for others about the same record are held in memory up to so many bytes, then in a temporary file."""


class Chains:
    """Statements and records of one publication, by what replaces what.

    Attributes:
        nominations: Who of them holds something for somebody else.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        told, parties = array("Q"), array("Q")
        self._before: dict[str, str] = {}
        self.nominations = Nominations()
        for statement in statements:
            own = statement.record or statement.id
            told.append(_number(f"{statement.kind} {own}"))
            if statement.kind != "relationship":
                parties.append(_number(own))
            for replaced in () if statement.record else statement.replaces:
                self._join(statement.id, replaced)
            self.nominations.add(statement)
        self.nominations.settle(self.first)
        numbers, counts = np.unique(np.frombuffer(told, np.uint64), return_counts=True)
        self._repeated = frozenset(map(int, numbers[counts > 1]))
        self._parties = np.unique(np.frombuffer(parties, np.uint64))
        self._replaced_parties = {self.first(each) for each in self._before if self._is_party(each)}
        self._in_chains = {self.first(each) for each in self._before}

    def _join(self, later: str, earlier: str) -> None:
        first, second = self.first(later), self.first(earlier)
        if first != second:
            self._before[first] = second
            self._before.setdefault(later, second)

    def first(self, identity: str) -> str:
        """Id of the first statement of the chain that a statement belongs to: what its record is called here."""
        path = []
        while identity in self._before:
            path.append(identity)
            identity = self._before[identity]
        for each in path:
            self._before[each] = identity
        return identity

    def record_of(self, statement: Statement) -> str:
        """What the record that a statement is about is called: the same for all statements about it."""
        return statement.record or self.first(statement.id)

    def is_told(self, party: str) -> bool:
        """Whether any statement is about a party, by the id that a relationship calls it by."""
        return self._is_party(party) or self.first(party) in self._replaced_parties or self._is_party(self.first(party))

    def _is_party(self, identity: str) -> bool:
        number = np.uint64(_number(identity))
        place = int(np.searchsorted(self._parties, number))
        return place < len(self._parties) and bool(self._parties[place] == number)

    def records(self, statements: Iterable[Statement]) -> Iterator[list[Statement]]:
        """Yield the statements about each record, in the order in which they were made; those of several last."""
        waiting: dict[tuple[str, str], list[int]] = {}
        with SpooledTemporaryFile(_HELD_BYTES) as file:
            for statement in statements:
                if not self._is_one_of_several(statement):
                    yield [statement]
                    continue
                waiting.setdefault((statement.kind, self.record_of(statement)), []).append(file.tell())
                file.write(f"{as_json(statement.whole)}\n".encode())
            for places in waiting.values():
                found = []
                for place in places:
                    file.seek(place)
                    found.append(statement_of(json.loads(file.readline())))
                yield self._in_order([each for each in found if each is not None])

    def _is_one_of_several(self, statement: Statement) -> bool:
        own = statement.record or statement.id
        return _number(f"{statement.kind} {own}") in self._repeated or (
            not statement.record and self.first(own) in self._in_chains
        )

    def _in_order(self, statements: list[Statement]) -> list[Statement]:
        """By the moment they tell; of one moment as they stand, but none before one that it replaces."""
        ordered = sorted(statements, key=lambda each: each.moment)
        place = {each.id: number for number, each in enumerate(ordered)}
        for each in list(ordered):
            for replaced in each.replaces:
                if place.get(replaced, -1) > place[each.id]:
                    place[each.id], place[replaced] = place[replaced], place[each.id]
        return sorted(ordered, key=lambda each: place[each.id])


def _number(identity: str) -> int:
    return int.from_bytes(blake2b(identity.encode(), digest_size=8).digest(), "little")
