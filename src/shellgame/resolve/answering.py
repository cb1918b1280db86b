"""What is answered of what a search finds: parties up to a limit, with all their records, and how many more there are.

The limit counts parties and not records, so that one who stands on five lists does not fill it. Which records are one party
is known where `shellgame resolve` has found out; elsewhere every record counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from shellgame.kernels.memory import MOST_ALIGNED
from shellgame.match.hits import Hits
from shellgame.match.search import Subject
from shellgame.resolve.canonical import Assignment
from shellgame.resolve.parties import Filters
from shellgame.resolve.screening import Screening


def answered(
    screening: Screening,
    assignment: Callable[[], Assignment],
    subjects: Sequence[Subject],
    filters: Filters,
    *,
    limit: int,
    threshold: float,
) -> list[Hits]:
    """Find the parties most like some subjects, and count those that the limit leaves out.

    Only a subject whose hits fill the limit is searched once more, for as many as the engine compares with one name.

    Args:
        screening: What is searched.
        assignment: Which records are one party; asked for only where there are hits.
        subjects: A batch of them; see `queries.BATCH`.
        filters: Whom to look among.
        limit: Most parties for each.
        threshold: Lowest score of a hit, 0 to 1.

    Raises:
        WrongUse: A filter names what nobody here has; says what may have been meant.
    """
    answers = screening.search(subjects, filters, limit=limit, threshold=threshold)
    full = [number for number, hits in enumerate(answers) if len(hits.hits) >= limit]
    if full:
        deep = max(MOST_ALIGNED, 2 * limit)
        again = screening.search([subjects[number] for number in full], filters, limit=deep, threshold=threshold)
        for number, hits in zip(full, again, strict=True):
            answers[number] = hits
    found = sorted({hit.entity_id for hits in answers for hit in hits.hits})
    canonical = _canonical(assignment(), found) if found else {}
    return [_up_to(limit, hits, canonical) if hits.hits else hits for hits in answers]


def _canonical(assignment: Assignment, records: list[str]) -> dict[str, str]:
    """The canonical id of each record that has one."""
    places = pc.index_in(pa.array(records, pa.string()), value_set=assignment.records)
    told = zip(records, assignment.canonical.take(places).to_pylist(), strict=True)
    return {record: assignment.resolve(given) for record, given in told if given is not None}


def _up_to(limit: int, hits: Hits, canonical: Mapping[str, str]) -> Hits:
    """The hits of the best parties; those of all are counted."""
    told = [
        replace(hit, canonical=canonical[hit.entity_id]) if hit.entity_id in canonical else hit for hit in hits.hits
    ]
    parties = list(dict.fromkeys(hit.party for hit in told))
    best = set(parties[:limit])
    kept = tuple(hit for hit in told if hit.party in best)
    return replace(hits, hits=kept, total=len(told), parties=len(parties))
