"""What ownership rules make of a company, for programs that have the claims already: everything names them by id."""

from __future__ import annotations

from typing import Any

from shellgame.case.owners_words import answer_of, missing_of
from shellgame.graph.ownership.found import FoundOwners
from shellgame.model.stakes import PERCENT


def verdicts_of(found: FoundOwners) -> dict[str, Any]:
    """The answer of every rule with its chain, as plain values."""
    return {
        "entity_id": found.party.id,
        "caption": found.party.name or None,
        "records": list(found.party.records),
        "on": found.day,
        "rules": [
            {
                "rule": held.rule.id,
                "jurisdiction": held.rule.jurisdiction,
                "status": held.rule.status,
                "version": held.rule.valid_from or None,
                "cite": held.rule.cite,
                "verified": held.rule.verified,
                "answer": answer_of(found, held),
                "listed": held.is_listed,
                "kind": held.kind,
                "low": None if held.kind is None else held.held.low / PERCENT,
                "high": None if held.kind is None else held.held.high / PERCENT,
                "lists": [used._asdict() for used in found.lists.get(held.rule.id, ())],
                "missing": list(missing_of(found, held)),
                "chain": [
                    {
                        "owner_id": hop.stake.owner,
                        "owner_is": hop.owner_is,
                        "asset_id": hop.stake.owned,
                        "kind": hop.stake.kind,
                        "share": str(hop.stake.interval),
                        "notes": list(hop.stake.notes),
                        "claims": hop.stake.claims,
                    }
                    for hop in held.chain
                ],
            }
            for held in found.rules
        ],
        "divergence": found.divergence or None,
        "cautions": list(found.cautions),
        "notes": list(found.notes),
        "lead": "a lead, no legal advice; not caught never means cleared",
    }
