"""A dossier for programs: every claim as CSV that a spreadsheet may open, and the whole answer as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from shellgame.case.owners_rows import verdicts_of
from shellgame.model.claim import Claim

if TYPE_CHECKING:
    from shellgame.case.uncovered import Uncovered

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins with one of these is a formula to a spreadsheet, the wide ones to one that is set to an Asian language."""


def claims_csv(claims: Iterable[Claim]) -> str:
    """Write claims as CSV with all their fields, in the order they are given.

    A cell that a spreadsheet would run as a formula begins with an apostrophe; the value without it is in the JSON.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(Claim._fields)
    for claim in claims:
        writer.writerow(map(disarmed, claim))
    return encodable(out.getvalue())


def disarmed(cell: object) -> str:
    """A cell as text that no spreadsheet runs as a formula: with an apostrophe before it where it would."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULAS) else text


def answer_json(answer: Uncovered) -> str:
    """Write a whole answer as JSON; claims stand once, and everything else names them by id."""
    network = answer.network
    told = {
        "asked": answer.asked,
        "on": answer.on,
        "hits": [
            {
                "entity_id": hit.entity_id,
                "caption": hit.caption,
                "schema": hit.schema,
                "score": hit.score,
                "why": hit.text,
            }
            for hit in answer.hits.hits
        ],
        "subjects": {
            identity: [part.as_followthemoney() for part in parts.values()]
            for identity, parts in answer.subjects.items()
        },
        "coverage": [asdict(row) for row in answer.coverage],
        "owners": [verdicts_of(found) for found in answer.owners],
        "network": {
            "start": network.start,
            "entities": [
                entity.as_followthemoney()
                | {"distance": network.distance.get(identity), "records": list(network.records(identity))}
                for identity, entity in network.entities.items()
            ],
            "ties": [{**tie.__dict__, "claims": [claim.claim_id for claim in tie.claims]} for tie in network.ties],
            "stopped": network.stopped,
        },
        "timeline": [{**moment.__dict__, "claim": moment.claim.claim_id} for moment in answer.timeline],
        "unknown": answer.unknown,
        "versions": [asdict(version) for version in answer.versions],
        "claims": [claim._asdict() for claim in answer.claims],
    }
    return encodable(json.dumps(told, ensure_ascii=False, indent=1, default=_plain))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, (set, frozenset)) else str(value)


def encodable(text: str) -> str:
    """Half letters, which no file can hold, become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
