"""A relationship record or a reporting exception into claims: who consolidates, manages or heads whom, and why nobody is told to.

A consolidating parent is claimed as Control of the kind `consolidation`, and as an Ownership too where the record measures the
relation in percent. Where an entity reports that it has no parent to tell of, the holder is an entity without a name, with the
reason: that nobody is told must be seen. That no person is known to control it is a note at the entity: it tells of no holder.
"""

from __future__ import annotations

from typing import NamedTuple

from shellgame.model.stakes import StakeKind
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.gleif.entities import id_of
from shellgame.sources.gleif.fields import Fields
from shellgame.sources.holdings import Holding, claim_holding, claim_relation

_DIRECT, _INDIRECT = "direct", "indirect"
_CONSOLIDATED = {"IS_DIRECTLY_CONSOLIDATED_BY": _DIRECT, "IS_ULTIMATELY_CONSOLIDATED_BY": _INDIRECT}
_MANAGED = "IS_FUND-MANAGED_BY"
_BRANCH = "IS_INTERNATIONAL_BRANCH_OF"
_SUBFUND = "IS_SUBFUND_OF"
_PERCENT = "PERCENTAGE"
_NO_MORE = frozenset({"ANNULLED", "DUPLICATE"})
_PUBLISHED = "PUBLISHED"


def claim_relationship(claims: Claims, fields: Fields, part: str) -> None:
    """Claim what a relationship record says.

    Raises:
        Damaged: One of its ends has no LEI.
    """
    start, end = (fields.text(f"{node}/NodeID") for node in ("StartNode", "EndNode"))
    start_id, end_id = _node(fields, "StartNode", part), _node(fields, "EndNode", part)
    kind = fields.text("RelationshipType")
    key = f"{start}-{kind}-{end}"
    record_id = f"lei-{key}"
    if "DeletedAt" in fields or fields.text("RegistrationStatus") in _NO_MORE:
        claims.gone.add(record_id)
        claims.counts["annulled"] += 1
        return
    record = claims.record(record_id, "Control", f"{part}#{key}")
    began, ended = _period(fields)
    remarks = tuple(_remarks(fields))
    if kind in _CONSOLIDATED:
        holding = Holding(StakeKind.CONSOLIDATION, "", kind, _CONSOLIDATED[kind], began, ended, remarks=remarks)
        _ended_without_day(claim_holding(claims, record, end_id, start_id, holding), fields, ended)
        for share in _shares(fields):
            holding = holding._replace(kind=StakeKind.SHARES, share=share)
            _ended_without_day(claim_holding(claims, record, end_id, start_id, holding), fields, ended)
    elif kind in (_MANAGED, _BRANCH):
        holding = Holding(StakeKind.INFLUENCE, "", kind, _DIRECT, began, ended, remarks=remarks)
        _ended_without_day(claim_holding(claims, record, end_id, start_id, holding), fields, ended)
    else:
        schema = "Membership" if kind == _SUBFUND else "UnknownLink"
        link = claim_relation(claims, record, schema, start_id, end_id, key=(kind, began))
        link.add("role", kind)
        link.add_date("startDate", began)
        link.add_date("endDate", ended)
        link.add_all("summary", remarks)
        _ended_without_day(link, fields, ended)


def _node(fields: Fields, node: str, part: str) -> str:
    """The id of an end: the LEI's, or that of an identifier of another kind."""
    identifier, kind = fields.text(f"{node}/NodeID"), fields.text(f"{node}/NodeIDType")
    return id_of(identifier, part) if kind in ("LEI", "") else f"lei-other-{kind.lower()}-{identifier}"


def _period(fields: Fields) -> tuple[str, str]:
    """When the relation itself began and ended; the periods of accounts and filings that prove it are something else."""
    for group in fields.groups.get("RelationshipPeriod", ()):
        if fields.text(f"{group}/PeriodType") == "RELATIONSHIP_PERIOD":
            return fields.text(f"{group}/StartDate"), fields.text(f"{group}/EndDate")
    return "", ""


def _ended_without_day(link: Entity, fields: Fields, ended: str) -> None:
    """An inactive relation without an end ended at the latest when its record was last changed."""
    if fields.text("RelationshipStatus") == "INACTIVE" and not ended:
        day = fields.text("LastUpdateDate")
        link.add("endDate", day[:10], quote=f"INACTIVE, last changed {day}", stance="infers")


def _shares(fields: Fields) -> list[str]:
    groups = fields.groups.get("RelationshipQuantifier", ())
    printed = [fields.text(f"{group}/QuantifierAmount") for group in groups
               if fields.text(f"{group}/QuantifierUnits") == _PERCENT]  # fmt: skip
    return [share for amount in printed if (share := _plain(amount))]


def _plain(amount: str) -> str:
    """A figure without the zeros behind its point (`100.00` is `100`); empty for what is no share of a whole."""
    try:
        return f"{float(amount):.10g}" if 0 < float(amount) <= 100 else ""
    except ValueError:
        return ""


def _remarks(fields: Fields) -> list[str]:
    told = [
        f"{fields.text(f'{group}/QualifierDimension')}: {fields.text(f'{group}/QualifierCategory')}"
        for group in fields.groups.get("RelationshipQualifier", ())
        if fields.text(f"{group}/QualifierCategory")
    ]
    for group in fields.groups.get("RelationshipQuantifier", ()):
        method, amount = (fields.text(f"{group}/{name}") for name in ("MeasurementMethod", "QuantifierAmount"))
        told.append(f"{method}: {amount} {fields.text(f'{group}/QuantifierUnits')}".strip())
    if (status := fields.text("RegistrationStatus")) not in (_PUBLISHED, ""):
        told.append(f"The record is {status}")
    return told


class _Reason(NamedTuple):
    schema: str
    kind: StakeKind | None
    words: str


_REASONS = {
    "NATURAL_PERSONS": _Reason(
        "Person", StakeKind.INFLUENCE, "natural persons control it, without a legal entity that consolidates it"
    ),
    "NO_KNOWN_PERSON": _Reason(
        "LegalEntity",
        None,
        "no person is known to control it, for instance since its shares are spread widely",
    ),
    "NON_CONSOLIDATING": _Reason(
        "LegalEntity", StakeKind.INFLUENCE, "legal entities control it that need not draw up consolidated accounts"
    ),
    "NO_LEI": _Reason("LegalEntity", StakeKind.CONSOLIDATION, "its parent has no LEI and consents to none"),
    "NON_PUBLIC": _Reason("LegalEntity", StakeKind.CONSOLIDATION, "who its parent is, is not public"),
}
"""Why an entity tells of no parent. The five reasons before LEI-CDF 3.1 that were joined into NON_PUBLIC read as that one."""


def claim_exception(claims: Claims, fields: Fields, part: str) -> None:
    """Claim what a reporting exception says: that there is a holder who is not told, and why.

    Raises:
        Damaged: It has no LEI.
    """
    lei, category = fields.text("LEI"), fields.text("ExceptionCategory")
    entity = id_of(lei, part)
    status = _INDIRECT if category.startswith("ULTIMATE") else _DIRECT
    record_id = f"{entity}-no-{status}-parent"
    if "DeletedAt" in fields:
        claims.gone.add(record_id)
        claims.counts["annulled"] += 1
        return
    reasons = [reason for reason, _, _ in fields.all("ExceptionReason")] or [""]
    meant = _REASONS.get(reasons[0], _REASONS["NON_PUBLIC"])
    unknown = claims.record(record_id, meant.schema, f"{part}#{lei}/{category}")
    if meant.kind is None:
        unknown = unknown.part(entity, meant.schema)
    for reason in reasons:
        words = _REASONS.get(reason, _REASONS["NON_PUBLIC"]).words
        unknown.add("notes", f"Not told who holds it ({reason}): {words}", quote=reason, field="ExceptionReason")
    for reference, _, _ in fields.all("ExceptionReference"):
        unknown.add("notes", f"Reference given: {reference}", quote=reference, field="ExceptionReference")
    if meant.kind is not None:
        holding = Holding(meant.kind, "", category, status, remarks=tuple(reasons))
        claim_holding(claims, unknown, record_id, entity, holding)
