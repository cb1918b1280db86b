"""Stakes as an ownership question sees them: whoever holds, what is held, and the records that are one party."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from shellgame.graph.ownership.told import Told
from shellgame.model.stakes import Interval, StakeKind
from shellgame.resolve.identities import Identity


class Parties(Protocol):
    """Which records are one party; `resolve.identities.Identities` is one."""

    def party(self, record: str) -> str:
        """The id that stands for the party of a record."""

    def records_of(self, record: str) -> list[str]:
        """All records of its party, itself first."""

    def perhaps(self, record: str) -> list[str]:
        """Records that could be of its party."""

    def of(self, record: str) -> Iterable[Identity]:
        """All records that are or could be of its party, with the reasons."""


@dataclass(frozen=True, slots=True)
class Stake:
    """What one party holds in another of one right, by all that is told of it.

    Attributes:
        owner: The holder, by the id of its party; of somebody who is not told an id of its own.
        owned: The company, by the id of its party.
        kind: Which right.
        interval: How much of it.
        indirect: Whether it is held through somebody who is not told.
        joint: Of a member's part in a joint arrangement, how many members that has; else 0.
        told: What it rests on.
        notes: What to know of it, in words.
    """

    owner: str
    owned: str
    kind: StakeKind
    interval: Interval
    indirect: bool
    joint: int
    told: tuple[Told, ...]
    notes: tuple[str, ...]

    @property
    def claims(self) -> list[str]:
        """Ids of the claims it rests on."""
        return list(dict.fromkeys(claim for told in self.told for claim in told.claims))


class Hidden(NamedTuple):
    """A holder that no source names: behind a nominee, between the ends of a chain, or several who hold jointly.

    Attributes:
        id: Its id.
        words: What it is called; of a joint arrangement nothing, its members have names.
        anybody: Whether it may be anybody; else only what is told to be held through it is known.
        members: Who holds jointly, by the ids of their parties.
    """

    id: str
    words: str
    anybody: bool
    members: tuple[str, ...] = ()


Row = tuple[str, str, Told]
"""A holder, a company, each by the id of its party, and what is told of the stake."""
