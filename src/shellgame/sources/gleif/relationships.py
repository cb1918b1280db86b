"""A relationship record or a reporting exception into claims: who consolidates, manages or heads whom, and why nobody is told to.

A consolidating parent is claimed as Control of the kind `consolidation`, and as an Ownership too where the record measures the
relation in percent. Where an entity reports that it has no parent to tell of, the holder is an entity without a name, with the
reason: that nobody is told must be seen. That no person is known to control it is a note at the entity: it tells of no holder.
"""

from __future__ import annotations

import re
from functools import partial
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
_OVER = frozenset({"INACTIVE", "RETIRED"})
"""Statuses, of the relationship and of its record, by which it is there no more."""
_UNTOLD = "NULL"
_DECIMAL_COMMA = re.compile(r"^(\d{1,3}),(\d{1,2})$")


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
    shares = _shares(claims, fields)
    remarks = tuple(_remarks(fields))
    for period in _periods(fields):
        link = partial(_claim_holding, claims, record, end_id, start_id, period)
        if kind in _CONSOLIDATED:
            holding = Holding(StakeKind.CONSOLIDATION, "", kind, _CONSOLIDATED[kind], remarks=remarks)
            link(holding)
            for share in shares:
                link(holding._replace(kind=StakeKind.SHARES, share=share))
        elif kind in (_MANAGED, _BRANCH):
            link(Holding(StakeKind.INFLUENCE, "", kind, _DIRECT, remarks=remarks))
        else:
            _claim_tie(claims, record, start_id, end_id, period, kind, remarks)


class _Period(NamedTuple):
    """When a relation was there.

    Attributes:
        start: Its first day as printed; empty where not told.
        end: Its last day as printed.
        inferred_end: Where it is over without an end, the moment of the last change to its record, and what says that it is over.
    """

    start: str = ""
    end: str = ""
    inferred_end: tuple[str, str] = ("", "")

    @property
    def key(self) -> str:
        """Tells it from another period of the same start, and stays when the record is changed."""
        return self.end or self.inferred_end[1]

    def infer_end(self, link: Entity) -> None:
        """Claim the end where it is inferred."""
        day, why = self.inferred_end
        link.add("endDate", day[:10], quote=f"{why}, last changed {day}", stance="infers")


def _claim_holding(
    claims: Claims, record: Entity, holder: str, company: str, period: _Period, holding: Holding
) -> None:
    holding = holding._replace(start=period.start, end=period.end, key=period.key)
    period.infer_end(claim_holding(claims, record, holder, company, holding))


def _claim_tie(
    claims: Claims, record: Entity, source: str, target: str, period: _Period, kind: str, remarks: tuple[str, ...]
) -> None:
    schema = "Membership" if kind == _SUBFUND else "UnknownLink"
    link = claim_relation(claims, record, schema, source, target, key=(kind, period.start, period.key))
    link.add("role", kind)
    link.add_date("startDate", period.start)
    link.add_date("endDate", period.end)
    link.add_all("summary", remarks)
    period.infer_end(link)


def _node(fields: Fields, node: str, part: str) -> str:
    """The id of an end: the LEI's, or that of an identifier of another kind."""
    identifier, kind = fields.text(f"{node}/NodeID"), fields.text(f"{node}/NodeIDType")
    return id_of(identifier, part) if kind in ("LEI", "") else f"lei-other-{kind.lower()}-{identifier}"


def _periods(fields: Fields) -> list[_Period]:
    """When the relation itself began and ended; the periods of accounts and filings that prove it are something else.

    One that is over without an end ended at the latest when its record was last changed.
    """
    printed = [
        (fields.text(f"{group}/StartDate"), fields.text(f"{group}/EndDate"))
        for group in fields.groups.get("RelationshipPeriod", ())
        if fields.text(f"{group}/PeriodType") == "RELATIONSHIP_PERIOD"
    ]
    statuses = (fields.text("RelationshipStatus"), fields.text("RegistrationStatus"))
    why = next((status for status in statuses if status in _OVER), "")
    over = (fields.text("LastUpdateDate"), why) if why else ("", "")
    return [_Period(start, end, ("", "") if end else over) for start, end in dict.fromkeys(printed)] or [
        _Period("", "", over)
    ]


def _shares(claims: Claims, fields: Fields) -> list[str]:
    """The percentages that measure the relation; what is none is counted, and stays in the remarks."""
    groups = fields.groups.get("RelationshipQuantifier", ())
    most = "<=" if fields.text("RelationshipStatus") == _UNTOLD else ""
    printed = [fields.text(f"{group}/QuantifierAmount") for group in groups
               if fields.text(f"{group}/QuantifierUnits") == _PERCENT]  # fmt: skip
    shares = [_plain(amount) for amount in printed]
    claims.counts["shares_not_understood"] += shares.count("")
    return [f"{most}{share}" for share in shares if share]


def _plain(amount: str) -> str:
    """A figure without the zeros behind its point (`100.00` is `100`); empty for what is no share of a whole.

    Example:
        >>> _plain("60,5"), _plain("100.00"), _plain("1,000")
        ('60.5', '100', '')
    """
    try:
        figure = float(_DECIMAL_COMMA.sub(r"\1.\2", amount))
    except ValueError:
        return ""
    return f"{figure:.10g}" if 0 < figure <= 100 else ""


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
    if fields.text("RelationshipStatus") == _UNTOLD:
        told.append("Its status is NULL: whether it is there is not told")
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
