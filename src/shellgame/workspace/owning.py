"""Who owns whom, asked of a workspace: what is known of a day, and which records are one party there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from shellgame.model.standing import Standing
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.store.view import SourceView

if TYPE_CHECKING:  # the compiler takes half a second to load: only who asks waits for it
    from shellgame.graph.ownership.stakes import Parties
    from shellgame.resolve.canonical import Assignment
    from shellgame.resolve.comparisons import Progress as Comparing
    from shellgame.resolve.identities import Identity

MOST_COMPARED = 150_000
"""With more records than this here, none are compared for one question: those are one that `resolve` joined when last run."""
NOT_COMPARED = (
    "more than {most:,} records are here, so none were compared for this question: those are one party that `shellgame resolve` "
    "joined when it was last run{when}"
)


class FromTheFirst(Store):
    """A store in which a source that came later than a day is seen as in its first version.

    A register tells of years that lie before its first publication here, by the days that it prints; so do lists.
    """

    def view(self, source: str, on: str | None = None) -> SourceView | None:
        """A source as it stood on a day; in its first version where it had none by then."""
        versions = self.versions(source)
        return super().view(source, on) or (super().view(source, versions[0].as_of) if versions else None)


def claims_of_day(store: Store, on: str | None) -> ClaimSet:
    """All claims for questions about a day, those of sources that came later included."""
    return ClaimSet(FromTheFirst(store.folder), on)


def parties_in(
    claims: ClaimSet, standing: Standing, canonical: Path, *, progress: Comparing | None = None
) -> tuple[Parties, str]:
    """Which records are one party, and what to know of that, in a sentence.

    Args:
        claims: The claims of the day.
        standing: What people decided.
        canonical: File in which `resolve` writes the ids of entities.
        progress: Told how far comparing is.
    """
    if sum(version.counts.get("records", 0) for version in claims.versions) > MOST_COMPARED:
        when = (
            ""
            if canonical.exists()
            else "; it was not run yet, so no record of a list is joined with one of a register"
        )
        from shellgame.resolve.canonical import load

        return Assigned(load(canonical), standing), NOT_COMPARED.format(most=MOST_COMPARED, when=when)
    from shellgame.resolve.identities import identities_in

    return identities_in(claims, standing=standing, progress=progress), ""


class Assigned:
    """The parties as `resolve` wrote them when it was last run, and what people decided since; nothing is compared."""

    def __init__(self, assignment: Assignment, standing: Standing) -> None:
        self._standing = standing
        self._members: dict[str, list[str]] = {}
        self._canonical: dict[str, str] = {}
        rows = zip(assignment.records.to_pylist(), assignment.canonical.to_pylist(), strict=True)
        for record, canonical in rows:
            name = assignment.resolve(canonical)
            self._canonical[record] = name
            self._members.setdefault(name, []).append(record)

    def party(self, record: str) -> str:
        """The first of the records of a party, by id."""
        return min(self.records_of(record))

    def records_of(self, record: str) -> list[str]:
        """All records of its party, itself first."""
        found = {record: None}
        waiting = [record]
        while waiting:
            here = waiting.pop()
            for each in (*self._members.get(self._canonical.get(here, ""), ()), *self._standing.group_of(here)):
                if each not in found:
                    found[each] = None
                    waiting.append(each)
        return list(found)

    def perhaps(self, record: str) -> list[str]:
        """None: what is open is only known after comparing."""
        return []

    def of(self, record: str) -> Iterable[Identity]:
        """None, as `perhaps`."""
        return ()
