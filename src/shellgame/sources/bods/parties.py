"""Persons and entities: claimed as the latest statement describes them; what earlier ones said otherwise is kept as such."""

from __future__ import annotations

from itertools import pairwise

from shellgame.sources.bods.facts import Fact, facts_of
from shellgame.sources.bods.statement import Statement
from shellgame.sources.claims import Claims, Entity

_OF_EACH = frozenset(("modifiedAt", "retrievedAt", "sourceUrl"))
"""Properties that tell of each statement, and are not replaced by those of the next."""


def claim_party(claims: Claims, record: Entity, statements: list[Statement]) -> None:
    """Claim a party from all statements about it, in order.

    What the latest statement leaves out, as one that closes a record may, stands as it was last told. What it tells otherwise
    becomes a former name, or a note with the day on which it was replaced.
    """
    latest = facts_of(statements[-1])
    for fact in latest:
        claims.counts["not_understood"] += fact.how == "unknown"
        fact.claim(record)
    if statements[-1].closed:
        record.add("notes", f"Record closed by the statement of {statements[-1].day}", field="recordStatus")
    known = {(fact.prop, fact.value) for fact in latest}
    told = {fact.prop for fact in latest}
    for earlier, later in reversed(list(pairwise(statements))):
        facts = [fact for fact in facts_of(earlier) if (fact.prop, fact.value) not in known]
        for fact in facts:
            if fact.prop in _OF_EACH or fact.prop not in told:
                fact.claim(record)
            else:
                _claim_replaced(record, fact, later.day)
        known.update((fact.prop, fact.value) for fact in facts)
        told.update(fact.prop for fact in facts)


def _claim_replaced(record: Entity, fact: Fact, day: str) -> None:
    if fact.prop == "name":
        record.add("previousName", fact.value, quote=f"{fact.value} (until {day})", field="name")
    else:
        words = fact.value if fact.prop == "notes" else f"{fact.prop} {fact.value}"
        record.add("notes", f"Until {day}: {words}", original=fact.value, field=fact.field)
