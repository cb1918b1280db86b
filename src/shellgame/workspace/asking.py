"""Names in, hits out: the parties of the lists stay open for the next question, until the lists change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from shellgame.errors import WrongUse
from shellgame.match.hits import Answers, Hits
from shellgame.match.search import Subject, untold
from shellgame.model.days import moment
from shellgame.resolve.parties import Filters
from shellgame.resolve.queries import Unusable, batched
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store

if TYPE_CHECKING:  # the compiler takes half a second to load: only who screens waits for it
    from shellgame.match.search import Progress as Indexing
    from shellgame.resolve.canonical import Assignment
    from shellgame.resolve.screening import Screening


class Asking:
    """The parties of a workspace for whoever asks: of the state of the lists that was asked last, and which of them are one."""

    def __init__(self, store: Store, canonical: Path) -> None:
        """Know where they are; nothing is read yet.

        Args:
            store: The lists.
            canonical: File in which `resolve` writes the ids of entities.
        """
        self._store, self._canonical = store, canonical
        self._opened: tuple[object, tuple[str, ...], Screening] | None = None
        self._assigned: tuple[object, Assignment] | None = None

    def screening(self, on: str | date | None, progress: Indexing = untold) -> Screening:
        """The parties of a day, to be searched batch by batch; see `Workspace.screening`."""
        from shellgame.resolve.screening import Screening, versions_of

        state = (None if on is None else moment(on), self._store.state())
        if self._opened is not None and self._opened[0] == state:
            return self._opened[2]
        with ClaimSet(self._store, state[0]) as claims:
            key = (*versions_of(claims), *(f"not yet {version.source}/{version.id}" for version in claims.later))
            same = self._opened is not None and self._opened[1] == key
            screening = self._opened[2] if self._opened is not None and same else Screening(claims, progress)
        self._opened = state, key, screening
        return screening

    def answered(
        self, screening: Screening, subjects: Sequence[Subject], filters: Filters, *, limit: int, threshold: float
    ) -> list[Hits]:
        """Search a batch among the parties of a day, and tell which hits are one party and on which lists it stands.

        See `resolve.answering` and `resolve.party_records`.
        """
        from shellgame.resolve.answering import answered
        from shellgame.resolve.party_records import with_party_records

        found = answered(screening, self._assignment, subjects, filters, limit=limit, threshold=threshold)
        return with_party_records(found, screening, self._assignment()) if any(hits.hits for hits in found) else found

    def all_answered(
        self,
        screening: Screening,
        queries: Iterable[Subject | Unusable],
        filters: Filters,
        *,
        limit: int,
        threshold: float,
    ) -> Answers:
        """Search any number, batch by batch; one that cannot be used has no hits and a note that says why.

        Raises:
            WrongUse: None of them can be used.
        """
        answers = Answers()
        for batch in batched(queries):
            subjects = [each for each in batch if isinstance(each, Subject)]
            found = iter(self.answered(screening, subjects, filters, limit=limit, threshold=threshold))
            for each in batch:
                if isinstance(each, Subject):
                    answers.append(next(found))
                else:
                    answers.append(_not_asked(each))
                    answers.left_out.append(f"query {each.number}: {each.problem}")
        if answers and len(answers.left_out) == len(answers):
            raise WrongUse(answers.left_out[0])
        return answers

    def _assignment(self) -> Assignment:
        """Which records `resolve` found to be one party, as last written."""
        from shellgame.resolve.canonical import load

        file = self._canonical
        state = (file.stat().st_mtime_ns, file.stat().st_size) if file.exists() else None
        if self._assigned is None or self._assigned[0] != state:
            self._assigned = state, load(file)
        return self._assigned[1]


def _not_asked(query: Unusable) -> Hits:
    return Hits("", (), reference=query.reference, notes=(f"not asked: {query.problem}",))
