"""What the tests of OFAC's three XML layouts do alike: write a sample changed, and ask a reading what it claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from shellgame.model.claim import ClaimRow
from shellgame.sources.reading import Reading


def write_changed(sample: Path, path: Path, *pairs: tuple[str, str]) -> Path:
    """Write a sample with pieces of its text exchanged."""
    text = sample.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


def told(reading: Reading, entity_id: str) -> set[tuple[str, str]]:
    return {(row.prop, row.value) for row in reading.claims.rows if row.entity_id == entity_id}


def links(rows: Iterable[ClaimRow], schema: str) -> list[dict[str, str]]:
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        if row.schema == schema:
            found[row.entity_id][row.prop] = row.value
    return list(found.values())
