"""Patterns asked of a workspace: what is known of a day, what sources no longer tell, and which records are one party there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from shellgame.model.days import now
from shellgame.resolve.meant import Meant
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.workspace.owning import FromTheFirst, claims_of_day

if TYPE_CHECKING:  # what detects loads the compiler, which takes half a second: only who asks waits for it
    from shellgame.detect.finding import Finding
    from shellgame.graph.ownership.stakes import Parties


class Findings(list["Finding"]):
    """What the patterns make of a party.

    Attributes:
        asked: What was asked for, and what it was taken to mean.
    """

    def __init__(self, found: Iterable[Finding], asked: Meant) -> None:
        super().__init__(found)
        self.asked = asked


def findings_of(
    store: Store,
    day: str | None,
    meant: Meant,
    parties_of: Callable[[Meant, ClaimSet], tuple[Parties, str]],
) -> Findings:
    """Hold every pattern against what is told around a party.

    Args:
        store: The claims.
        day: What came after it is left out; None for the present one.
        meant: The party.
        parties_of: Gives the parties of the day, with what to know of them, where what is meant is one of them.
    """
    from shellgame.detect.patterns import patterns_of

    with claims_of_day(store, day) as claims, ClaimSet(FromTheFirst(store.folder), day, ever=True) as ever:
        parties, note = parties_of(meant, claims)
        found = patterns_of(ever, parties, meant.records, (day or now())[:10])
    return Findings((replace(each, unknown=(*each.unknown, note)) for each in found) if note else found, meant)
