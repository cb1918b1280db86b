"""What screening answers: for each query the listed names like it, best first, each with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class TokenMatch:
    """Which word of the query met which word of the listed name, and how alike they are (0 to 1)."""

    query: str
    listed: str
    similarity: float


@dataclass(frozen=True)
class Hit:
    """A listed entity whose name is like the query.

    Attributes:
        entity_id: Its id.
        caption: The listed name that matched best.
        schema: Its schema.
        score: 0 to 1; 0.70 and more is an alert.
        sources: Sources that have the name.
        listed: Whether a list has taken the entity up; otherwise somebody's remark or a register names it.
        tokens: Word by word.
        missing: Words of the listed name that the query does not have.
        surplus: Words of the query that the listed name does not have.
    """

    entity_id: str
    caption: str
    schema: str
    score: float
    sources: tuple[str, ...]
    listed: bool
    tokens: tuple[TokenMatch, ...]
    missing: tuple[str, ...]
    surplus: tuple[str, ...]

    @property
    def explanation(self) -> dict[str, Any]:
        """The reasons for programs: `text`, and the words that met, are missing or are too many."""
        return {
            "text": self.text,
            "tokens": [[pair.query, pair.listed, round(pair.similarity, 3)] for pair in self.tokens],
            "missing": list(self.missing),
            "surplus": list(self.surplus),
        }

    @property
    def text(self) -> str:
        """The reasons in words."""
        pairs = ", ".join(
            pair.query if pair.query == pair.listed else f"{pair.query} ~ {pair.listed} ({pair.similarity:.2f})"
            for pair in self.tokens
        )
        without = f"; not in the query: {' '.join(self.missing)}" if self.missing else ""
        beyond = f"; only in the query: {' '.join(self.surplus)}" if self.surplus else ""
        return f"same words: {pairs}{without}{beyond}"


@dataclass(frozen=True)
class Hits:
    """All hits of one query; empty means that nothing alike was found in what was searched, no more.

    Attributes:
        query: The name asked for.
        hits: Best first.
        versions: What was searched, as `source/version`.
    """

    query: str
    hits: tuple[Hit, ...]
    versions: tuple[str, ...] = ()
