"""Every statement in full: its number, what it says, in which words, where, and how it is graded."""

from __future__ import annotations

from dataclasses import dataclass

from shellgame.case.content.parts import Index, kind_words, statement_words
from shellgame.case.lettering import isolated, shortened
from shellgame.model.claim import Claim

LONGEST_STATEMENT = 2000
"""Letters of a value or quote; longer ones stand in full in the tables for programs."""


@dataclass(frozen=True)
class Statement:
    """One claim as it is printed.

    Attributes:
        number: Its number.
        claim_id: Its id.
        what: The property.
        text: The value.
        quote: The words of the source, where these are more than the value.
        place: Source and locator.
        marks: Grades, stance and days.
        flag: `inference` or `denial`, empty for words of a source.
    """

    number: int
    claim_id: str
    what: str
    text: str
    quote: str
    place: str
    marks: str
    flag: str


@dataclass(frozen=True)
class Group:
    """The statements printed in one record."""

    title: str
    kind: str
    statements: tuple[Statement, ...]


def statements_of(index: Index) -> tuple[Group, ...]:
    """All statements by record."""
    return tuple(
        Group(_title(index, record), _kind(record, claims), tuple(_statement(index, claim) for claim in claims))
        for record, claims in index.groups.items()
    )


def _title(index: Index, record: str) -> str:
    name = index.name(record)
    return name if name == isolated(shortened(record, 120)) else f"{name} · {isolated(shortened(record, 120))}"


def _kind(record: str, claims: list[Claim]) -> str:
    own = next((claim for claim in claims if claim.entity_id == record), claims[0])
    return f"{kind_words(own.schema)}, in {', '.join(dict.fromkeys(claim.source for claim in claims))}"


def _statement(index: Index, claim: Claim) -> Statement:
    words = claim.quote or (claim.original_value if claim.original_value != claim.value else "") or ""
    seen = claim.first_seen[:10] + (
        f" to {claim.last_seen[:10]}" if claim.last_seen[:10] != claim.first_seen[:10] else ""
    )
    lang = f", {claim.lang}" if claim.lang else ""
    return Statement(
        index.numbers[claim.claim_id],
        isolated(shortened(claim.claim_id, 64)),
        statement_words(claim),
        _whole(index.value(claim)) + lang,
        _whole(words) if words else "",
        isolated(shortened(f"{claim.source}, {_place(claim)}", 400)),
        f"{claim.reliability}{claim.credibility} · {claim.stance} · published {seen}",
        {"infers": "inference", "denies": "denial"}.get(claim.stance, ""),
    )


def _place(claim: Claim) -> str:
    """The locator, less the id of the record that stands above it."""
    return claim.locator.replace(f"#{claim.record_id}/", "#…/", 1)


def _whole(text: str) -> str:
    cut = f" ({len(text):,} letters, in full in claims.csv)" if len(text) > LONGEST_STATEMENT else ""
    return (isolated(shortened(text, LONGEST_STATEMENT)) or "(empty)") + cut
