"""On which lists a party stands that was found: also by those of its records whose names are spelt too differently to be found.

Known where `shellgame resolve` has joined the records; elsewhere a record is all there is of its party.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from shellgame.match.hits import Hits, Standing
from shellgame.resolve.canonical import Assignment
from shellgame.resolve.screening import Screening


def with_party_records(answers: Sequence[Hits], screening: Screening, assignment: Assignment) -> list[Hits]:
    """Tell with each hit the other records of its party that stand on the lists of the day.

    Args:
        answers: Hits with the canonical ids of their parties.
        screening: The lists.
        assignment: Which records are one party.
    """
    asked = sorted({hit.canonical for hits in answers for hit in hits.hits if hit.canonical})
    if not asked:
        return list(answers)
    standing = _standing(asked, screening, assignment)
    return [
        replace(
            hits,
            hits=tuple(
                replace(hit, also=tuple(each for each in standing[hit.canonical] if each.entity_id != hit.entity_id))
                for hit in hits.hits
            ),
        )
        if hits.hits
        else hits
        for hits in answers
    ]


def _standing(asked: Sequence[str], screening: Screening, assignment: Assignment) -> dict[str, list[Standing]]:
    """The records of some parties that are on the lists of the day, in the order of the table of parties."""
    wanted = {*asked}
    given = [*asked, *(old for old in assignment.redirects if assignment.resolve(old) in wanted)]
    chosen = pc.is_in(assignment.canonical, value_set=pa.array(given, pa.string()))
    records = assignment.records.filter(chosen).to_pylist()
    canonical = dict(zip(records, assignment.canonical.filter(chosen).to_pylist(), strict=True))
    standing: dict[str, list[Standing]] = defaultdict(list)
    for party in screening.parties_called(records):
        told = Standing(party.entity_id, party.listed, party.sources)
        standing[assignment.resolve(canonical[party.entity_id])].append(told)
    return standing
