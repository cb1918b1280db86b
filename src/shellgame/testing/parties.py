"""Invented entities for tests, with a claim for each value."""

from __future__ import annotations

from shellgame.model.claim import Claim, ClaimRow
from shellgame.model.entity import Entity


def party(identity: str, schema: str = "Person", *, source: str = "xx_list", **properties: str | list[str]) -> Entity:
    """Make an entity of one source out of its properties."""
    told = [
        (prop, value)
        for prop, values in properties.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return Entity(identity, schema, tuple(claimed(identity, schema, *each, source=source) for each in told))


def claimed(
    identity: str, schema: str, prop: str, value: str, *, source: str = "xx_list", record: str | None = None
) -> Claim:
    """Make a claim about an entity, printed in a record: its own where none is given."""
    locator = f"list.csv#{identity}/{prop}"
    row = ClaimRow(
        f"{locator}/{value}", record or identity, identity, schema, prop, value, None, None, locator, None, "asserts"
    )
    day = "2031-01-01"
    return Claim(
        **row._asdict(),
        source=source,
        speaker="The Office",
        reliability="A",
        credibility=2,
        method="test",
        tlp="TLP:CLEAR",
        first_seen=day,
        last_seen=day,
        first_version="v1",
        last_version="v1",
        evidence="0" * 64,
    )
