"""Where it is listed: jurisdiction by jurisdiction, and listing by listing as the records print them."""

from __future__ import annotations

from collections.abc import Iterator

from shellgame.case.content.parts import Index, Said, Table, rows_of
from shellgame.case.words import STATUS, jurisdiction_words
from shellgame.model.claim import Claim
from shellgame.model.entity import Entity, entities_of
from shellgame.resolve.coverage import Coverage

_MARKS = {"listed": "●", "delisted": "◌", "not_listed": "○", "unknown": "?"}


def coverage_table(index: Index) -> Table:
    """One row for each subject and jurisdiction, also where nothing is known."""
    answer = index.answer
    several = len(answer.subjects) > 1
    rows = [
        (
            *([index.said(row.caption)] if several else []),
            f"{jurisdiction_words(row.jurisdiction)} ({row.jurisdiction})",
            Said(_status(row), index.refs(listing_claims(row, index.groups))),
            _since(index, row),
            index.said(", ".join(row.programs)) if row.programs else ("not told" if row.records else "–"),
            index.said(_why(index, row)),
        )
        for row in answer.coverage
    ]
    headings = (*(("Party",) if several else ()), "Jurisdiction", "Status", "Since", "Under", "Which record, and why")
    note = (
        "“Not listed” is said only where a whole list of the jurisdiction is at hand, no older than the first known listing "
        "elsewhere; where none is, the answer is “unknown”."
    )
    return Table("coverage", "By jurisdiction", headings, rows_of(*rows), note)


def _since(index: Index, row: Coverage) -> str | Said:
    if not row.records:
        return "–"
    if row.status == "delisted":
        return index.said(f"{row.since or 'day not told'}, until {row.until or 'a day not told'}")
    return index.said(row.since) if row.since else printed_by(index, row)


def printed_by(index: Index, row: Coverage) -> str:
    """What can be said of the day of a listing that no source dates: the first publication held here that has it."""
    seen = [claim.first_seen[:10] for claim in listing_claims(row, index.groups)]
    return f"day not told, in print by {min(seen)}" if seen else "day not told"


def _status(row: Coverage) -> str:
    unsure = ", identity unsure" if row.identity == "unsure" else ""
    since = f" since {row.unknown_since}" if row.unknown_since else ""
    return f"{_MARKS.get(row.status, '')} {STATUS.get(row.status, row.status)}{since}{unsure}".strip()


def listing_claims(row: Coverage, by_record: dict[str, list[Claim]]) -> list[Claim]:
    """What tells of the listings behind a row: day, programme, whom they are about."""
    wanted = ("listingDate", "startDate", "endDate", "status", "program", "entity")
    return [
        claim
        for record in row.records
        for claim in by_record.get(record, [])
        if claim.schema == "Sanction" and claim.prop in wanted
    ]


def _why(index: Index, row: Coverage) -> str:
    if row.records:
        return f"{', '.join(row.records)}: {'; '.join(row.why)}"
    if row.status == "not_listed":
        return f"no such record in {', '.join(row.lists)}; what came later is not known here"
    if row.lists:
        return f"{', '.join(row.lists)}: no such record, but that tells nothing: {'; '.join(row.why)}"
    told = [claim for listing in _own_listings(index, row.entity_id) for claim in _says_of(listing, row.jurisdiction)]
    if told:
        sources = ", ".join(dict.fromkeys(claim.source for claim in told))
        return f"none of its lists is here; at second hand, {sources} reports a listing there (see below)"
    return "none of its lists is here"


def _says_of(listing: Entity, jurisdiction: str) -> list[Claim]:
    return [claim for claim in listing.claims if claim.prop == "country" and claim.value == jurisdiction]


def _own_listings(index: Index, identity: str) -> list[Entity]:
    parts = index.answer.subjects.get(identity, {})
    return [part for part in parts.values() if part.schema == "Sanction"]


def listings_table(index: Index) -> Table:
    """Every listing that the records found print, as they print it."""
    rows = [
        (
            index.said(
                _by_whom(listing), [claim for claim in listing.claims if claim.prop in ("authority", "country")]
            ),
            _joined(index, listing, ("program", "programId")),
            _joined(index, listing, ("listingDate", "startDate"), 60),
            _joined(index, listing, ("endDate", "status"), 80),
            _joined(index, listing, ("reason", "provisions", "summary"), 280),
            index.said(f"{listing.claims[0].source}, {listing.claims[0].record_id}"),
        )
        for listing in sorted(_all_listings(index), key=_by_day)
    ]
    headings = ("By whom", "Under", "Since", "Until, status", "Why, as printed", "Source and record")
    note = "" if rows else "No record that was found prints a listing."
    return Table("listings", "Listing by listing", headings, rows_of(*rows), note)


def _all_listings(index: Index) -> Iterator[Entity]:
    answer = index.answer
    records = dict.fromkeys([*answer.subjects, *(record for row in answer.coverage for record in row.records)])
    for record in records:
        yield from (part for part in entities_of(index.groups.get(record, [])).values() if part.schema == "Sanction")


def _by_day(listing: Entity) -> tuple[str, str]:
    days = [day for prop in ("listingDate", "startDate") for day in listing.properties.get(prop, [])]
    return min(days, default="9999"), listing.id


def _by_whom(listing: Entity) -> str:
    authority = listing.first("authority") or listing.claims[0].speaker
    country = listing.first("country")
    return f"{authority} ({jurisdiction_words(country)})" if country else authority


def _joined(index: Index, listing: Entity, props: tuple[str, ...], most: int = 200) -> Said:
    claims = [claim for claim in listing.claims if claim.prop in props]
    if not claims:
        return Said("not told")
    return index.said("; ".join(dict.fromkeys(claim.value for claim in claims)), claims, most)
