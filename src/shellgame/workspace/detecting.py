"""Patterns asked of a workspace: what is known of a day, what sources no longer tell, and which records are one party there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from shellgame.model.days import now
from shellgame.model.standing import Standing
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.workspace.owning import FromTheFirst, claims_of_day, parties_in

if TYPE_CHECKING:  # what detects loads the compiler, which takes half a second: only who asks waits for it
    from shellgame.detect.finding import Finding
    from shellgame.resolve.comparisons import Progress as Comparing


def findings_of(
    store: Store,
    standing: Standing,
    canonical: Path,
    start: Sequence[str],
    day: str | None,
    *,
    progress: Comparing | None = None,
) -> list[Finding]:
    """Hold every pattern against what is told around a party.

    Args:
        store: The claims.
        standing: What people decided.
        canonical: File in which `resolve` writes the ids of entities.
        start: Ids of records of the party.
        day: What came after it is left out; None for the present one.
        progress: Told how far comparing is.
    """
    from shellgame.detect.patterns import patterns_of

    with claims_of_day(store, day) as claims, ClaimSet(FromTheFirst(store.folder), day, ever=True) as ever:
        parties, note = parties_in(claims, standing, canonical, progress=progress)
        found = patterns_of(ever, parties, start, (day or now())[:10])
    return [replace(each, unknown=(*each.unknown, note)) for each in found] if note else found
