"""How findings of patterns are shown: what fired first, with what is not told."""

from __future__ import annotations

from collections.abc import Sequence

from shellgame.cli.output import Column, emit, say, wants_json
from shellgame.detect.finding import Finding, row
from shellgame.detect.patterns import LEAD

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


def tell_patterns(findings: Sequence[Finding], *, as_json: bool | None) -> None:
    """Print findings: every key as JSON lines, with the ids of claims; or a table for people."""
    rows = [row(each) for each in findings]
    if wants_json(as_json):
        emit(rows, [], as_json=True)
        return
    shown = [
        told | {"answer": _ANSWERS[told["fired"]], "counts": f"{len(told['for'])}, {len(told['against'])}"}
        for told in rows
    ]
    emit(shown, _COLUMNS, as_json=False, title="How stakes and roles moved about listings")
    say(f"note: {LEAD}")
