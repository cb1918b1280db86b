"""What ownership rules make of the party: every rule with its lists, and the stakes that lead to it, each with its statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shellgame.case.content.parts import Index, Refs, Said, Table, rows_of
from shellgame.case.owners_words import (
    LEAD,
    answer_of,
    answer_words,
    chain,
    days_words,
    held_words,
    lists_words,
    name_words,
    stake_words,
    standing_words,
    status_words,
)
from shellgame.case.words import listed_in_words
from shellgame.graph.ownership.found import FoundOwners
from shellgame.graph.ownership.stakes import Stake

_ORDER = {
    "caught": "it is caught by",
    "unknown": "whether it is caught cannot be said by",
    "not_caught": "it is not caught, by what is told, by",
}
"""Answers in the order of the summary."""


def rules_table(index: Index) -> Table:
    """Every rule side by side, for each party of whose owners anything is told; no rows where nothing is."""
    answer = index.answer
    several = len(answer.owners) > 1
    rows: list[tuple[Said | str, ...]] = [
        (
            *([index.said(found.party.called)] if several else []),
            f"{held.rule.title} ({held.rule.jurisdiction})",
            status_words(held.rule),
            Said(answer_words(found, held), _refs(index, found, [hop.stake for hop in held.chain])),
            held_words(held),
            lists_words(found, held),
        )
        for found in answer.owners
        for held in found.rules
    ]
    words = (
        "Rule",
        "Law on the day",
        "What it makes of the owners",
        "Held by listed or caught owners",
        "Who is listed, by",
    )
    note = " ".join(
        (LEAD, *(words for found in answer.owners for words in (*_differ(found), *map(_sentence, found.cautions))))
    )
    shown = index.said(note, most=2000).text if rows else ""
    return Table("rules", "By ownership rules", (*(("Party",) if several else ()), *words), rows_of(*rows), shown)


def stakes_table(index: Index) -> Table:
    """The stakes that lead from listed owners to the party, nearest first."""
    rows = [
        (
            index.said(name_words(found, hop.stake.owner)),
            index.said(standing_words(found, hop.stake.owner) or "–"),
            Said(stake_words(hop.stake), _refs(index, found, [hop.stake])),
            index.said(name_words(found, hop.stake.owned)),
            index.said(days_words(hop.stake)),
        )
        for found in index.answer.owners
        for hop in chain(found)
    ]
    headings = ("Holder", "Is", "How much of which right", "In", "Days")
    return Table("stakes", "What leads to it from listed owners", headings, rows_of(*rows))


def owned_summary(index: Index) -> Iterator[Said]:
    """In a sentence a party what the rules in force make of its owners."""
    for found in index.answer.owners:
        told: dict[str, list[str]] = {}
        for held in found.rules:
            if held.rule.in_force:
                told.setdefault(answer_of(found, held), []).append(f"{held.rule.title} ({held.rule.jurisdiction})")
        parts = [f"{words} {listed_in_words(told[answer])}" for answer, words in _ORDER.items() if answer in told]
        if parts:
            stakes = [hop.stake for hop in chain(found)]
            yield Said(
                f"By who owns {index.said(found.party.called, most=120).text}, on {found.day}: {'; '.join(parts)}. "
                "Not caught never means cleared.",
                _refs(index, found, stakes),
            )


def _refs(index: Index, found: FoundOwners, stakes: Iterable[Stake]) -> Refs:
    return index.refs(found.claims[each] for stake in stakes for each in stake.claims if each in found.claims)


def _differ(found: FoundOwners) -> Iterator[str]:
    if found.divergence:
        yield f"Rules differ: {found.divergence}."


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."
