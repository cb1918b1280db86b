"""What a company says about its holders instead of naming them: statements and exemptions, with their days.

A statement that there is a holder who is not named makes a holder without a name, of nobody knows what, so that what is missing
is seen and who owns the company stays open. One that there
is nobody to be named, or an exemption, is noted at the company.
"""

from __future__ import annotations

from typing import Any

from shellgame.sources.claims import Claims, Entity
from shellgame.sources.gb_coh_psc.texts import company_id, fields, note_rest, text
from shellgame.sources.holdings import claim_untold

KIND = "persons-with-significant-control-statement"
EXEMPTIONS = "exemptions"
_UNNAMED = frozenset(
    (
        "psc-exists-but-not-identified",
        "psc-details-not-confirmed",
        "psc-contacted-but-no-response",
        "no-beneficial-owner-identified",
        "at-least-one-beneficial-owner-unidentified",
        "at-least-one-beneficial-owner-unidentified-and-information-not-provided-for-at-least-one-beneficial-owner",
    )
)
"""Statements by which there is somebody, or may be, whom the register does not name."""
_KNOWN = frozenset(
    ("ceased_on", "etag", "kind", "links", "notified_on", "statement", "linked_psc_name", "restrictions_notice_withdrawal_reason")
)  # fmt: skip


def claim_statement(claims: Claims, company: Entity, number: str, key: str, told: dict[str, Any]) -> None:
    """Claim a statement.

    Args:
        claims: Where counts go.
        company: The company, to be told of in this record.
        number: Its number.
        key: What the register calls the statement.
        told: The line's `data`.
    """
    words = text(told.get("statement"))
    start, end = text(told.get("notified_on")), text(told.get("ceased_on"))
    linked = text(told.get("linked_psc_name"))
    reason = text(told.get("restrictions_notice_withdrawal_reason"))
    more = "".join((f" ({linked})" if linked else "", f", withdrawn: {reason}" if reason else ""))
    company.add("notes", f"Statement{_span(start, end)}: {words}{more}", quote=words or None, field="statement")
    note_rest(claims, company, told, _KNOWN)
    claims.counts["statements"] += 1
    if words.removesuffix("-partnership") in _UNNAMED:
        _claim_unnamed(claims, company, number, key, words, start, end)


def _claim_unnamed(claims: Claims, company: Entity, number: str, key: str, words: str, start: str, end: str) -> None:
    holder = company.part(f"gb-coh-psc-{key}", "LegalEntity")
    holder.add("notes", f"Not named in the register: {words}", field="statement")
    link = claim_untold(claims, company, holder.id, company_id(number), role=words, key=(start,), field="statement")
    link.add_date("startDate", start, field="notified_on")
    link.add_date("endDate", end, field="ceased_on")


def claim_exemptions(claims: Claims, company: Entity, told: dict[str, Any]) -> None:
    """Note from when to when a company need not tell its holders, and why."""
    for name, exemption in fields(told.get("exemptions")).items():
        items = fields(exemption).get("items")
        for item in items if isinstance(items, list) and items else [{}]:
            start, end = text(fields(item).get("exempt_from")), text(fields(item).get("exempt_to"))
            words = text(fields(exemption).get("exemption_type")) or name
            company.add("notes", f"Exempt{_span(start, end)}: {words}", quote=name, field=f"exemptions/{name[:80]}")
    claims.counts["exemptions"] += 1


def _span(start: str, end: str) -> str:
    return "".join((f" from {start}" if start else "", f" until {end}" if end else ""))
