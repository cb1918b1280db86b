"""Whom a network starts from that is asked for by programme: those listed under it, or of these the newly listed."""

from __future__ import annotations

from collections.abc import Sequence

from shellgame.errors import NotFound
from shellgame.resolve.programmes import listed_under, matches_any
from shellgame.store.claims import ClaimSet


def listed_since(claims: ClaimSet, programmes: Sequence[str], since: str | None = None) -> list[str]:
    """Ids of the records listed under some programmes on the day, or of those only whoever is so since some day; sorted.

    Args:
        claims: The claims of the day.
        programmes: As printed; `*` stands for any letters.
        since: Day or moment since which one is listed; by the first version here that says so, or the day that the list prints.

    Raises:
        NotFound: Nobody is.
    """
    found = listed_under(claims, programmes)
    if since and found:
        query = """SELECT told.record_id, told.value, min(coalesce(dated.value, told.first_seen))
            FROM claims AS told LEFT JOIN claims AS dated ON dated.entity_id = told.entity_id
                AND dated.schema = 'Sanction' AND dated.prop IN ('listingDate', 'startDate')
            WHERE told.schema = 'Sanction' AND told.prop IN ('program', 'programId')
                AND told.record_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY 1, 2"""
        begun: dict[str, str] = {}
        for record, programme, day in claims.rows(query, [found]):
            if matches_any(programme, programmes):
                begun[record] = min(day, begun.get(record, day))
        found = [record for record in found if record in begun and begun[record] >= since]
    if not found:
        when = f" since {since}" if since else ""
        raise NotFound(
            f"nobody is listed under {', '.join(programmes)}{when}; names are as printed, * stands for any letters"
        )
    return found
