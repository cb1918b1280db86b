"""Relationships: who holds which interest in whom, and how that changed from one statement to the next.

A later statement about a relationship takes the place of the one before. Where it prints another share, the later stake begins on
the day of that statement, and the earlier one ends the day before, which is inferred; an interest that it no longer prints ends
on that day, and so do all when the record is closed, unless an end is printed. An interest that is merely printed again goes on;
one that is printed again after it was dropped begins anew. A statement may print several interests of one type: what they are
alike in tells which is which, wherever they stand.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple

from shellgame.sources.bods.chains import Chains
from shellgame.sources.bods.facts import source_facts
from shellgame.sources.bods.interests import Interest, interest_of
from shellgame.sources.bods.statement import Statement, listed, mapping, party_of, text
from shellgame.sources.claims import Claims, Entity, digest
from shellgame.sources.holdings import Holding, claim_directorship, claim_holding, claim_relation, claim_untold

_NOBODY = "noBeneficialOwners"
_ALIKE = tuple(
    attrgetter("holder", "subject", "interest.type", "interest.level", *more)
    for more in (
        ("interest.start", "interest.end", "interest.share", "interest.remarks"),
        ("interest.start", "interest.end", "interest.share"),
        ("interest.start", "interest.share"),
        ("interest.start",),
        (),
    )
)
"""What an interest goes by from one statement to the next; the first that it has in common with another decides."""
_by_start = _ALIKE[3]


class _Printed(NamedTuple):
    """An interest that a statement prints, with the ids of who holds it and of whom it is held in."""

    holder: str
    subject: str
    interest: Interest


@dataclass(eq=False)
class Period:
    """An interest for as long as it was printed alike.

    Attributes:
        holder: Id of who holds it.
        subject: Id of whom it is held in.
        interest: As the last statement prints it.
        last: The last statement that prints it.
        began: Day of the statement with which it began, where that is inferred.
        ended: Day of the statement with which it ended, where that is inferred.
        days: Of the statements that print it.
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

    @property
    def start(self) -> str:
        """The day on which it began, as printed; empty where that is inferred."""
        return "" if self.began else self.interest.start


def claim_relationship(claims: Claims, record: Entity, statements: list[Statement], chains: Chains) -> None:
    """Claim a relationship from all statements about it, in order."""
    alike: Counter[tuple[str, ...]] = Counter()
    for period in _periods(claims, record, statements, chains):
        same = (period.holder, period.subject, period.interest.type, period.interest.level, period.start, period.began)
        _claim(claims, record, period, alike[same])
        alike[same] += 1


def _periods(claims: Claims, record: Entity, statements: list[Statement], chains: Chains) -> list[Period]:
    """All periods, in the order in which they are first printed."""
    found: list[Period] = []
    going: list[Period] = []
    over: set[object] = set()
    for statement in statements:
        printed = _printed(claims, record, statement, chains)
        if statement.closed and going and not listed(statement.details.get("interests")):
            printed = []
        continued = _continued(going, printed)
        now: list[Period] = []
        kept = set(continued)
        ended = [each for each in going if each not in kept]
        for period in ended:
            period.ended = statement.day
        for told, before in zip(printed, continued, strict=True):
            if before is not None and before.interest.share == told.interest.share:
                _goes_on(before, told.interest, statement)
                now.append(before)
            else:
                if before is not None:
                    before.ended = _day_before(statement.day)
                    ended.append(before)
                now.append(_begun(told, statement, before, over, is_first=not found))
                found.append(now[-1])
            now[-1].days.append(statement.day)
        if statement.closed:
            for period in now:
                period.ended = statement.day
                if not statement.day and not period.interest.end:
                    period.remarks.append("Former: the record is closed, the day is not told")
        over.update(map(_by_start, ended + now * statement.closed))
        going = [] if statement.closed else now
    return found


def _continued(going: Sequence[Period], printed: Sequence[_Printed]) -> list[Period | None]:
    """The period that each printed interest continues; of several of one type that which is most alike, else the next."""
    found: dict[int, Period] = {}
    for alike in _ALIKE:
        taken = set(found.values())
        left: defaultdict[tuple[object, ...], deque[Period]] = defaultdict(deque)
        for period in going:
            if period not in taken:
                left[alike(period)].append(period)
        for number, told in enumerate(printed):
            if number not in found and (its := left.get(alike(told))):
                found[number] = its.popleft()
    return [found.get(number) for number in range(len(printed))]


def _day_before(day: str) -> str:
    """The last day of what was replaced on a day, so that on no day both count; a month or year stays as it is."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat() if len(day) == len("2024-12-19") else day


def _begun(told: _Printed, statement: Statement, before: Period | None, over: Set[object], *, is_first: bool) -> Period:
    """A period that begins with a statement.

    After another one of the same interest, or after one that was dropped and has the same start, it begins on that day; and so does
    one of which no interest is told any more.
    """
    period = Period(told.holder, told.subject, told.interest, statement)
    again = before is not None and told.interest.start == before.interest.start
    if again or _by_start(told) in over or not (is_first or told.interest.type):
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


def _printed(claims: Claims, record: Entity, statement: Statement, chains: Chains) -> list[_Printed]:
    """The interests that a statement prints."""
    subject = _party(claims, record, statement, "subject", chains)
    holder = _party(claims, record, statement, "interestedParty", chains)
    if not subject or not holder:
        return []
    held_by, held_in = party_of(statement.details, "interestedParty"), party_of(statement.details, "subject")
    interests = map(interest_of, map(mapping, listed(statement.details.get("interests")) or [{}]))
    return [_Printed(holder, subject, chains.nominations.meant(each, held_by, held_in)) for each in interests]


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


def _claim(claims: Claims, record: Entity, period: Period, number: int) -> None:
    """Claim a period, the how manieth of those that nothing else tells apart."""
    interest, details = period.interest, period.last.details
    remarks = [*interest.remarks, *period.remarks]
    if period.began and interest.start:
        remarks.append(f"Start as printed: {interest.start}")
    if through := ", ".join(filter(None, map(text, _components(details)))):
        remarks.append(f"Made up of: {through}")
    if details.get("isComponent") is True:
        remarks.append("Part of an indirect relationship")
    claims.counts["shares_not_understood"] += not interest.understood
    key = " ".join((record.id, period.began, *([str(number)] if number else [])))
    link = _linked(claims, record, period, tuple(remarks), key)
    if period.began:
        link.add("startDate", period.began, stance="infers", field="statementDate")
    if period.ended and not interest.end:
        link.add("endDate", period.ended, stance="infers", field="statementDate")
    for fact in source_facts(period.last, "summary"):
        if fact.prop != "modifiedAt":
            fact.claim(link)
    for day in dict.fromkeys(period.days):
        link.add_date("modifiedAt", day, field="statementDate")


def _linked(claims: Claims, record: Entity, period: Period, remarks: tuple[str, ...], key: str) -> Entity:
    interest, holder, subject, start = period.interest, period.holder, period.subject, period.start
    if interest.kind is not None:
        holding = Holding(
            interest.kind, interest.share, interest.type, interest.level, start, interest.end, remarks=remarks, key=key
        )
        link = claim_holding(claims, record, holder, subject, holding, field="interests")
        _add_nominee(link, interest)
        return link
    told = (f"Share: {interest.share}", *remarks) if interest.share else remarks
    if interest.is_office:
        return claim_directorship(
            claims, record, holder, subject, role=interest.type, start=start, end=interest.end, remarks=told, key=key,
            field="interests",
        )  # fmt: skip
    if interest.is_untold:
        link = claim_untold(
            claims, record, holder, subject, role=interest.type or "interest not told", status=interest.level, start=start,
            end=interest.end, remarks=told, key=(key,), field="interests",
        )  # fmt: skip
        _add_nominee(link, interest)
        return link
    schema = "Representation" if interest.is_nominee or interest.is_nominator else "UnknownLink"
    ends = (subject, holder) if interest.is_nominator else (holder, subject)
    link = claim_relation(claims, record, schema, *ends, key=(interest.type, start, key), field="interests")
    link.add("role", interest.type, field="interests")
    if interest.is_nominator:
        link.add("role", "nominee", stance="infers", field="interests")
    link.add("status", interest.level, field="interests")
    link.add_date("startDate", start, field="interests")
    link.add_date("endDate", interest.end, field="interests")
    link.add_all("summary", told, field="interests")
    return link


def _add_nominee(link: Entity, interest: Interest) -> None:
    if interest.for_another:
        link.add("role", "nominee", stance="infers", field="interests")


def _components(details: dict[str, object]) -> list[object]:
    return [*listed(details.get("componentRecords")), *listed(details.get("componentStatementIDs"))]
