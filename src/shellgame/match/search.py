"""What screening wants of an engine, whichever it is: many subjects in, parties with scores out, reasons only where asked for.

An engine knows the listed parties by their row in the table they were given in (`resolve.parties`), so that filters and everything
to be shown of a party stay outside of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from shellgame.match.hits import Explanation

ALERT = 0.7
"""A score of this and more is an alert."""
Progress = Callable[[str, int, int], None]
"""Told now and then what is being done, how much of it is, and how much there is to do."""
Mask = NDArray[np.bool_]
"""One truth value for each party, by row."""


def untold(what: str, done: int, total: int) -> None:
    """A progress that nobody looks at."""


class Subject(NamedTuple):
    """Whom a query asks for.

    Attributes:
        names: Its name and other names it goes by, as printed; never empty, none of them blank.
        schema: FollowTheMoney schema that it is known to have; empty when it may be anything.
        properties: What else is known, by FollowTheMoney property; days as partial ISO dates, countries as codes.
        reference: The id that the query came with; empty for none.
        notes: What of the query cannot be used and why, in sentences.
    """

    names: tuple[str, ...]
    schema: str = ""
    properties: Mapping[str, Sequence[str]] = {}
    reference: str = ""
    notes: tuple[str, ...] = ()


class Found(NamedTuple):
    """A party that is like a subject.

    Attributes:
        party: Its row in the table of parties.
        score: 0 to 1.
        evidence: What the engine wants back when it is asked to explain; nobody else looks into it.
    """

    party: int
    score: float
    evidence: object = None


class Engine(Protocol):
    """Listed parties, analysed once, and searched by batches."""

    def search(
        self, subjects: Sequence[Subject], *, limit: int, threshold: float, wanted: Mask | None
    ) -> list[tuple[Found, ...]]:
        """Find for each subject the parties most like it.

        Args:
            subjects: Any number; the larger the batch, the less each costs.
            limit: Most parties for each subject.
            threshold: Lowest score, 0 to 1.
            wanted: Which parties may be found; all when None. A subject with a schema finds only parties that could be of it,
                whatever stands here.

        Returns:
            For each subject, in order, the parties with the best score of any of its names, each once; best first, equal ones by
            row.
        """

    def explain(self, subject: Subject, found: Found) -> Explanation:
        """Tell why one of the parties found for a subject is like it."""
