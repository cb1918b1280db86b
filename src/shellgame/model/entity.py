"""An entity: all that is claimed about one id, put together for reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shellgame.model.claim import Claim
from shellgame.model.schema import CAPTION_PROPS


@dataclass(frozen=True)
class Entity:
    """An entity with its claims.

    Attributes:
        id: Its id.
        schema: Its FollowTheMoney schema.
        claims: Everything claimed about it, from all sources.
    """

    id: str
    schema: str
    claims: tuple[Claim, ...]

    @property
    def properties(self) -> dict[str, list[str]]:
        """Property to distinct values, in the order they were claimed."""
        found: dict[str, dict[str, None]] = {}
        for claim in self.claims:
            found.setdefault(claim.prop, {})[claim.value] = None
        return {prop: list(values) for prop, values in found.items()}

    @property
    def caption(self) -> str:
        """The name to show to people; the id where there is none."""
        return caption(self.properties, self.id)

    @property
    def sources(self) -> list[str]:
        """Names of the sources that claim something about it."""
        return sorted({claim.source for claim in self.claims})

    def first(self, prop: str) -> str | None:
        """The first value of a property, if any."""
        return next((claim.value for claim in self.claims if claim.prop == prop), None)

    def as_followthemoney(self) -> dict[str, Any]:
        """The entity as FollowTheMoney writes it: id, schema, properties."""
        return {"id": self.id, "schema": self.schema, "caption": self.caption, "properties": self.properties}


def caption(properties: dict[str, list[str]], otherwise: str) -> str:
    """Choose the name to show: of the best property that has one, the first in Latin letters, else the first."""
    for prop in CAPTION_PROPS:
        if names := properties.get(prop):
            return next((name for name in names if _is_latin(name)), names[0])
    return otherwise


def _is_latin(name: str) -> bool:
    return all(ord(letter) < 0x250 or not letter.isalpha() for letter in name)


def entities_of(claims: Iterable[Claim]) -> dict[str, Entity]:
    """Group claims into entities by id; the schema claimed most often is the entity's."""
    grouped: dict[str, list[Claim]] = {}
    for claim in claims:
        grouped.setdefault(claim.entity_id, []).append(claim)
    return {
        identity: Entity(identity, Counter(claim.schema for claim in its).most_common(1)[0][0], tuple(its))
        for identity, its in grouped.items()
    }
