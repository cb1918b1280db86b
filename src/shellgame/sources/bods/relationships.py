"""Relationships: who holds which interest in whom, and how that changed from one statement to the next.

A later statement about a relationship takes the place of the one before. Where it prints another share, the later stake begins on
the day of that statement, and the earlier one ends the day before, which is inferred; an interest that it no longer prints ends
on that day, and so do all when the record is closed, unless an end is printed. An interest that is merely printed again goes on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from shellgame.sources.bods.chains import Chains
from shellgame.sources.bods.facts import source_facts
from shellgame.sources.bods.interests import Interest, interest_of
from shellgame.sources.bods.statement import Statement, listed, mapping, party_of, text
from shellgame.sources.claims import Claims, Entity, digest
from shellgame.sources.holdings import Holding, claim_directorship, claim_holding, claim_relation

_NOBODY = "noBeneficialOwners"
_Key = tuple[str, str, str, str, int]


@dataclass
class Period:
    """An interest for as long as it was printed alike.

    Attributes:
        holder: Id of who holds it.
        subject: Id of whom it is held in.
        interest: As the last statement prints it.
        began: Day of the statement with which it began, where that is inferred.
        ended: Day of the statement with which it ended, where that is inferred.
        days: Of the statements that print it.
        last: The last statement that prints it.
        remarks: What earlier statements printed otherwise.
    """

    holder: str
    subject: str
    interest: Interest
    last: Statement
    began: str = ""
    ended: str = ""
    days: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def claim_relationship(claims: Claims, record: Entity, statements: list[Statement], chains: Chains) -> None:
    """Claim a relationship from all statements about it, in order."""
    for period in _periods(claims, record, statements, chains):
        _claim(claims, record, period)


def _periods(claims: Claims, record: Entity, statements: list[Statement], chains: Chains) -> list[Period]:
    going: dict[_Key, Period] = {}
    done: list[Period] = []
    for statement in statements:
        printed = _printed(claims, record, statement, chains)
        for key in [key for key in going if key not in printed]:
            going[key].ended = statement.day
            done.append(going.pop(key))
        for key, interest in printed.items():
            before = going.get(key)
            if before is None or before.interest.share != interest.share:
                going[key] = _begun(key, interest, statement, before)
                if before is not None:
                    before.ended = _day_before(statement.day)
                    done.append(before)
            else:
                _goes_on(before, interest, statement)
            going[key].days.append(statement.day)
        if statement.closed:
            for period in going.values():
                period.ended = statement.day
                if not statement.day and not period.interest.end:
                    period.remarks.append("Former: the record is closed, the day is not told")
            done += going.values()
            going = {}
    return [*done, *going.values()]


def _day_before(day: str) -> str:
    """The last day of what was replaced on a day, so that on no day both count; a month or year stays as it is."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat() if len(day) == len("2024-12-19") else day


def _begun(key: _Key, interest: Interest, statement: Statement, before: Period | None) -> Period:
    """A period that begins with a statement; after another one of the same interest, it begins when that was replaced."""
    period = Period(key[0], key[1], interest, statement)
    if before is not None and interest.start == before.interest.start:
        period.began = statement.day
    return period


def _goes_on(period: Period, interest: Interest, statement: Statement) -> None:
    for name, earlier, later in (
        ("start", period.interest.start, interest.start),
        ("end", period.interest.end, interest.end),
    ):
        if earlier and earlier != later:
            period.remarks.append(f"Before {statement.day}, its {name} was printed as {earlier}")
    period.interest, period.last = interest, statement


def _printed(claims: Claims, record: Entity, statement: Statement, chains: Chains) -> dict[_Key, Interest]:
    """The interests that a statement prints, told apart by parties, type and level."""
    subject = _party(claims, record, statement, "subject", chains)
    holder = _party(claims, record, statement, "interestedParty", chains)
    if not subject or not holder:
        return {}
    held_by, held_in = party_of(statement.details, "interestedParty"), party_of(statement.details, "subject")
    found: dict[_Key, Interest] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for told in listed(statement.details.get("interests")) or [{}]:
        interest = chains.nominations.meant(interest_of(mapping(told)), held_by, held_in)
        like = (interest.type, interest.level)
        found[holder, subject, *like, seen[like]] = interest
        seen[like] += 1
    return found


def party_id(claims: Claims, identity: str) -> str:
    """Id of a record here: the publisher's, with the name of the source in front."""
    plain = (
        identity
        if len(identity) <= 200 and identity.isascii() and identity.isprintable() and " " not in identity
        else ""
    )
    return f"{claims.source}-{plain or digest(identity)}"


def _party(claims: Claims, record: Entity, statement: Statement, side: str, chains: Chains) -> str:
    """Id of a party of a relationship; one that is not specified, or told of nowhere, is an entity without a name.

    Returns:
        The id; empty where the statement says that there is nobody, which is noted at the other side.
    """
    told = mapping(statement.details.get(side))
    if named := party_of(statement.details, side):
        identity = party_id(claims, chains.first(named))
        if not chains.is_told(named):
            unknown = record.part(identity, "LegalEntity")
            unknown.add("notes", "Named by a relationship, and not described in this publication", field=side)
        return identity
    unspecified = mapping(told.get("unspecified")) or told
    reason, description = text(unspecified.get("reason")), text(unspecified.get("description"))
    words = ": ".join(filter(None, (reason, description))) or "no reason is given"
    if side == "interestedParty" and reason.replace("-", "").lower() == _NOBODY.lower():
        subject = _party(claims, record, statement, "subject", chains)
        record.part(subject, "LegalEntity").add("notes", f"Beneficial owners: {words}", field=side)
        return ""
    nobody = record.part(f"{record.id}-{'subject' if side == 'subject' else 'party'}", "LegalEntity")
    nobody.add("notes", f"Not specified: {words}", field=side)
    return nobody.id


def _claim(claims: Claims, record: Entity, period: Period) -> None:
    interest, details = period.interest, period.last.details
    remarks = [*interest.remarks, *period.remarks]
    if period.began and interest.start:
        remarks.append(f"Start as printed: {interest.start}")
    if through := ", ".join(filter(None, map(text, _components(details)))):
        remarks.append(f"Made up of: {through}")
    if details.get("isComponent") is True:
        remarks.append("Part of an indirect relationship")
    claims.counts["shares_not_understood"] += not interest.understood
    link = _linked(claims, record, period, tuple(remarks))
    if period.began:
        link.add("startDate", period.began, stance="infers", field="statementDate")
    if period.ended and not interest.end:
        link.add("endDate", period.ended, stance="infers", field="statementDate")
    for fact in source_facts(period.last, "summary"):
        if fact.prop != "modifiedAt":
            fact.claim(link)
    for day in dict.fromkeys(period.days):
        link.add_date("modifiedAt", day, field="statementDate")


def _linked(claims: Claims, record: Entity, period: Period, remarks: tuple[str, ...]) -> Entity:
    interest, holder, subject = period.interest, period.holder, period.subject
    start, key = "" if period.began else interest.start, f"{record.id} {period.began}"
    if interest.kind is not None:
        holding = Holding(
            interest.kind, interest.share, interest.type, interest.level, start, interest.end, remarks=remarks, key=key
        )
        link = claim_holding(claims, record, holder, subject, holding, field="interests")
        if interest.for_another:
            link.add("role", "nominee", stance="infers", field="interests")
        return link
    share = (f"Share: {interest.share}",) if interest.share else ()
    if interest.is_office:
        told = (*share, *remarks)
        return claim_directorship(
            claims, record, holder, subject, role=interest.type, start=start, end=interest.end, remarks=told, key=key,
            field="interests",
        )  # fmt: skip
    schema = "Representation" if interest.is_nominee or interest.is_nominator else "UnknownLink"
    ends = (subject, holder) if interest.is_nominator else (holder, subject)
    link = claim_relation(claims, record, schema, *ends, key=(interest.type, start, key), field="interests")
    link.add("role", interest.type or "interest not told", field="interests")
    if interest.is_nominator:
        link.add("role", "nominee", stance="infers", field="interests")
    link.add("status", interest.level, field="interests")
    link.add_date("startDate", start, field="interests")
    link.add_date("endDate", interest.end, field="interests")
    link.add_all("summary", (*share, *remarks), field="interests")
    return link


def _components(details: dict[str, object]) -> list[object]:
    return [*listed(details.get("componentRecords")), *listed(details.get("componentStatementIDs"))]
