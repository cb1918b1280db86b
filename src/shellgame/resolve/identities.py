"""Which records are one party: those that are confirmed, and those that are only unsure, each with its reason.

This is the one place that coverage, gaps, actions, lag and forecasts ask. Two records are *confirmed* when they print the same
identifying number and nothing speaks against it (`agreement`), or the same full name and the same full birth date; records that
share a full name only, or have names that are alike, are *unsure*. What people decided,
of the two or by way of others, overrides all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from shellgame.match.hits import Hit
from shellgame.match.search import Subject
from shellgame.model.entity import Entity
from shellgame.model.judgement import Verdict
from shellgame.model.schema import compatible
from shellgame.model.standing import Standing
from shellgame.resolve.agreement import Told
from shellgame.resolve.keys import define_keys
from shellgame.store.claims import ClaimSet

MOST_SHARING = 50
"""A value that more entities of one source share is a filler or a form's own number, and makes no two of them one party."""

Alike = Callable[[Sequence[Subject]], Sequence[Iterable[Hit]]]
"""A search for parties alike to each of many at once, best first, such as `Screening.alike`."""
_NAMES = ("name", "alias", "previousName")


class Identity(NamedTuple):
    """A record that is a party, or could be.

    Attributes:
        record_id: Its id.
        confirmed: Whether it is the party; else it is unsure.
        why: What that rests on, in words.
        doubtful: Whether something that the two print speaks against it, or people left it unsure.
    """

    record_id: str
    confirmed: bool
    why: str
    doubtful: bool = False


Identities = Mapping[str, Sequence[Identity]]
"""Of each record asked about, the records that are or could be the same party; itself first."""


def identities_of(claims: ClaimSet, record_ids: Sequence[str], standing: Standing) -> dict[str, list[Identity]]:
    """Find the records that share a number or a full name with some records, or were judged to be the same.

    Args:
        claims: The claims of the day.
        record_ids: The records asked about; one query answers for all of them.
        standing: What people decided; overrides what the records say.
    """
    shared = _shared(claims, record_ids)
    told = Told(claims, {identity for row in shared for identity in row[:2]})
    found = {record: [Identity(record, True, "the record itself")] for record in record_ids}
    for mine, theirs, kind, my_prop, their_prop, value in shared:
        confirmed, why = told.judge(mine, theirs, kind, (my_prop, their_prop), value)
        verdict = standing.says(mine, theirs)
        if verdict is not Verdict.DIFFERENT:
            judged = verdict is Verdict.SAME or (confirmed and verdict is not Verdict.UNSURE)
            against = verdict is Verdict.UNSURE or kind == "identifier" or told.other_years(mine, theirs) is not None
            doubtful = not judged and against
            found[mine].append(Identity(theirs, judged, f"{why} (judged {verdict})" if verdict else why, doubtful))
    for mine, its in found.items():
        known = {identity.record_id for identity in its}
        its.extend(Identity(theirs, True, "judged same") for theirs in standing.group_of(mine) if theirs not in known)
    return found


def alike_to(
    parties: Mapping[str, Entity], known: Identities, alike: Alike, standing: Standing
) -> dict[str, list[Hit]]:
    """By party: records alike to it, best first, that are none of its identities yet and that nobody judged different.

    Birth dates are asked with the names: namesakes by half a name who were born in other years are not it.
    """
    asked = {
        party: Subject(names, entity.schema, {"birthDate": born} if born else {})
        for party, entity in parties.items()
        if (names := tuple(name for prop in _NAMES for name in entity.properties.get(prop, ())))
        for born in [entity.properties.get("birthDate")]
    }
    found = {}
    for party, hits in zip(asked, alike(list(asked.values())) if asked else (), strict=True):
        taken = {identity.record_id for identity in known[party]}
        found[party] = [
            hit
            for hit in hits
            if hit.entity_id not in taken and standing.says(party, hit.entity_id) is not Verdict.DIFFERENT
        ]
    return found


def _shared(claims: ClaimSet, subjects: Sequence[str]) -> list[tuple[str, str, str, str, str, str]]:
    """Identifiers and names that subjects share with records of a kind that could be theirs, and that no crowd shares."""
    define_keys(claims)
    query = """
        WITH keys AS (SELECT DISTINCT kind, key FROM keyed
                WHERE entity_id IN (SELECT unnest(?::VARCHAR[])) AND kind IN ('identifier', 'name')),
             sharing AS (SELECT * FROM keyed SEMI JOIN keys USING (kind, key)),
             crowds AS (SELECT DISTINCT kind, key FROM
                (SELECT kind, key FROM sharing GROUP BY kind, key, source HAVING count(DISTINCT entity_id) > ?)),
             telling AS (SELECT * FROM sharing ANTI JOIN crowds USING (kind, key))
        SELECT DISTINCT mine.entity_id, theirs.entity_id, mine.kind, mine.prop, theirs.prop, mine.value, mine.schema, theirs.schema
        FROM telling mine JOIN telling theirs USING (kind, key)
        WHERE mine.entity_id IN (SELECT unnest(?::VARCHAR[]))
          AND theirs.entity_id <> mine.entity_id AND theirs.entity_id = theirs.record_id
        ORDER BY ALL
    """
    rows = claims.rows(query, [list(subjects), MOST_SHARING, list(subjects)])
    return [row[:6] for row in rows if compatible(row[-2], row[-1])]
