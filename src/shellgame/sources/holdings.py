"""Who holds what in a company, as all readers of registers claim it.

One link entity stands for one holder, one company, one kind of right and one period: an Ownership for rights that come in shares
of a whole, with the interval as `percentage`, and a Control for the others (see `model.stakes`). What a figure is not known of has
no `percentage`; a holding of which not even the right is known is an Ownership without a kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from shellgame.model.schema import LINK_ENDS
from shellgame.model.stakes import IN_SHARES, WHOLE, StakeKind, interval_of
from shellgame.sources.claims import Claims, Entity, digest


class Holding(NamedTuple):
    """A stake as a register prints it.

    Attributes:
        kind: Which right.
        share: How much of it, as `percentage` writes it; empty where that is not known.
        role: The publisher's own word for it.
        status: `direct` or `indirect`; empty where the publisher does not tell.
        start: Partial day on which it began, as printed; empty where not told.
        end: Partial day on which it ended, as printed.
        shares_type: Class of the shares.
        remarks: What does not fit elsewhere.
        key: What else tells it from other holdings of the same two parties.
    """

    kind: StakeKind
    share: str = ""
    role: str = ""
    status: str = ""
    start: str = ""
    end: str = ""
    shares_type: str = ""
    remarks: tuple[str, ...] = ()
    key: str = ""


def claim_holding(
    claims: Claims, near: Entity, holder: str, company: str, holding: Holding, *, field: str | None = None
) -> Entity:
    """Claim a stake.

    A part of the board that is not surely more than half of it is claimed as influence: `BOARD` means the majority.

    Args:
        claims: Where links are counted.
        near: The record that tells of it.
        holder: Id of who holds it.
        company: Id of what it is held in.
        holding: The stake.
        field: Where in the record it stands.
    """
    kind, remarks = holding.kind, holding.remarks
    if kind is StakeKind.BOARD and not _is_majority(holding.share):
        kind, remarks = StakeKind.INFLUENCE, (*remarks, "A part of the board that need not be its majority")
    schema, kind_prop = ("Ownership", "ownershipType") if kind in IN_SHARES else ("Control", "controlType")
    link = claim_relation(
        claims,
        near,
        schema,
        holder,
        company,
        key=(holding.kind, *holding[2:5], holding.shares_type, holding.key),
        field=field,
    )
    link.add(kind_prop, kind, field=field)
    if schema == "Ownership":
        link.add("percentage", holding.share, field=field)
        link.add("sharesType", holding.shares_type, field=field)
    elif holding.share:
        link.add("summary", f"Share: {holding.share}", field=field)
    return _told(link, holding.role, holding.status, holding.start, holding.end, remarks, field)


def _is_majority(share: str) -> bool:
    """Whether a share is surely more than half; one that is not told is as the right itself says."""
    interval = interval_of(share)
    return not share or interval is None or interval.low > WHOLE // 2


def claim_untold(
    claims: Claims,
    near: Entity,
    holder: str,
    company: str,
    *,
    role: str,
    status: str = "",
    start: str = "",
    end: str = "",
    remarks: Iterable[str] = (),
    key: Iterable[str] = (),
    field: str | None = None,
) -> Entity:
    """Claim that somebody holds something in a company, without which right it is: who owns it must stay open.

    Args:
        claims: Where links are counted.
        near: The record that tells of it.
        holder: Id of who holds it.
        company: Id of what it is held in.
        role: The publisher's own words for it.
        status: `direct` or `indirect`; empty where the publisher does not tell.
        start: Partial day on which it began, as printed.
        end: Partial day on which it ended, as printed.
        remarks: What else is told, a figure too.
        key: What else tells it from other holdings of the same two parties.
        field: Where in the record it stands.
    """
    link = claim_relation(claims, near, "Ownership", holder, company, key=("", role, status, start, *key), field=field)
    return _told(
        link, role, status, start, end, ("Which right this is, and how much of it, is not known", *remarks), field
    )


def claim_directorship(
    claims: Claims,
    near: Entity,
    director: str,
    company: str,
    *,
    role: str,
    start: str = "",
    end: str = "",
    remarks: Iterable[str] = (),
    key: str = "",
    field: str | None = None,
) -> Entity:
    """Claim that somebody is or was on a company's board, or in another office of it."""
    link = claim_relation(claims, near, "Directorship", director, company, key=(role, start, key), field=field)
    return _told(link, role, "", start, end, remarks, field)


def claim_relation(
    claims: Claims,
    near: Entity,
    schema: str,
    source: str,
    target: str,
    *,
    key: Iterable[str] = (),
    field: str | None = None,
) -> Entity:
    """Begin a link of any schema between two parties, under the record that tells of it."""
    source_prop, target_prop = LINK_ENDS[schema]
    link = near.part(f"{source}-{schema.lower()}-{digest(target, *key)}", schema)
    link.add(source_prop, source, field=field)
    link.add(target_prop, target, field=field)
    claims.counts["links"] += 1
    return link


def _told(
    link: Entity, role: str, status: str, start: str, end: str, remarks: Iterable[str], field: str | None
) -> Entity:
    link.add("role", role, field=field)
    link.add("status", status, field=field)
    link.add_date("startDate", start, field=field)
    link.add_date("endDate", end, field=field)
    link.add_all("summary", remarks, field=field)
    return link
