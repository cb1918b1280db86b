"""How findings of patterns are shown: what fired first, with what is not told."""

from __future__ import annotations

from shellgame.cli.output import emit, say, wants_json
from shellgame.cli.tables import Column
from shellgame.detect.finding import row
from shellgame.detect.patterns import LEAD
from shellgame.workspace.detecting import Findings

_ANSWERS = {True: "fired", None: "cannot be said", False: "not fired"}
_COLUMNS = [
    Column("pattern", "id"),
    Column("rule", "rule", no_wrap=True),
    Column("answer", "answer", no_wrap=True),
    Column("strength", "strength", justify="right"),
    Column("what is told", "text"),
    Column("claims for, against", "counts", no_wrap=True),
    Column("what is not told", "unknown"),
]


def tell_patterns(findings: Findings, *, as_json: bool | None) -> None:
    """Print findings: every key as JSON lines, with the ids of claims; or a table for people."""
    if findings.asked.text:
        say(f"note: {findings.asked.text}")
    rows = [row(each) | {"asked": findings.asked.as_dict()} for each in findings]
    if wants_json(as_json):
        emit(rows, [], as_json=True)
        return
    shown = [
        told | {"answer": _ANSWERS[told["fired"]], "counts": f"{len(told['for'])}, {len(told['against'])}"}
        for told in rows
    ]
    emit(shown, _COLUMNS, as_json=False, title="How stakes and roles moved about listings")
    say(f"note: {LEAD}")
