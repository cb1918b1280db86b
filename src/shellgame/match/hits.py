"""What screening answers: for each query the listed parties like it, best first, each with its reasons in words and in parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


class How(StrEnum):
    """How a word of the query met a word of the listed name; the values stand in JSON and stay as they are."""

    SAME = "same"
    """The same letters, whatever case and accents."""
    ALIKE = "alike"
    """Spelt or sounding alike."""
    SCRIPT = "script"
    """The same word, written in another script or romanised in another way."""
    INITIAL = "initial"
    """One is the first letter of the other."""
    NICKNAME = "nickname"
    """Two forms of one name (nicknames), or two words for one thing."""
    JOINED = "joined"
    """Two words here, written together there."""
    SHORTENED = "shortened"
    """One is the beginning of the other: a word cut short, or a name cut off."""
    IGNORED = "ignored"
    """A legal form or filler word that hardly counts; the other side may have none, and is then empty."""


@dataclass(frozen=True, slots=True)
class TokenMatch:
    """Which word of the query met which word of the listed name, how alike they are (0 to 1), and how they met."""

    query: str
    listed: str
    similarity: float
    how: How = How.ALIKE

    @property
    def text(self) -> str:
        """The pair in words."""
        if self.how is How.IGNORED:
            return f"{self.query or self.listed} (hardly counts)"
        if self.query == self.listed and self.how is not How.SCRIPT:
            return self.query
        manner = {
            How.SAME: "",
            How.ALIKE: f" ({self.similarity:.2f})",
            How.SCRIPT: " (written in another way)",
            How.INITIAL: " (initial)",
            How.NICKNAME: " (another form)",
            How.JOINED: " (written together)",
            How.SHORTENED: " (cut short)",
        }[self.how]
        return f"{self.query} ~ {self.listed}{manner}"


@dataclass(frozen=True, slots=True)
class Signal:
    """What one property says for or against the two being one party.

    Attributes:
        property: Its FollowTheMoney name.
        agrees: Whether it speaks for it.
        words: What was compared, in words.
        weight: How far it moved the score: natural logarithm of a ratio of odds, 0 or more.
    """

    property: str
    agrees: bool
    words: str
    weight: float

    def as_dict(self) -> dict[str, Any]:
        """The signal for programs."""
        return {
            "property": self.property,
            "speaks": "for" if self.agrees else "against",
            "words": self.words,
            "weight": round(self.weight, 3),
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a listed party is like a query.

    Attributes:
        caption: The listed name that matched best.
        tokens: Word by word.
        missing: Words of the listed name that the query does not have.
        surplus: Words of the query that the listed name does not have.
        signals: What other properties say, the weightiest first.
        only_query: Properties that the query has and the listed party lacks.
        only_listed: Properties that the listed party has and the query lacks.
    """

    caption: str
    tokens: tuple[TokenMatch, ...] = ()
    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()
    only_query: tuple[str, ...] = ()
    only_listed: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The reasons for programs; every key is always there."""
        return {
            "text": self.text,
            "tokens": [
                {
                    "query": pair.query,
                    "listed": pair.listed,
                    "similarity": round(pair.similarity, 3),
                    "how": str(pair.how),
                }
                for pair in self.tokens
            ],
            "missing": list(self.missing),
            "surplus": list(self.surplus),
            "properties": [signal.as_dict() for signal in self.signals],
            "unknown": {"query": list(self.only_listed), "listed": list(self.only_query)},
        }

    @property
    def text(self) -> str:
        """The reasons in words."""
        return "; ".join(
            f"{heading}: {words}"
            for heading, words in (
                ("words that met", ", ".join(pair.text for pair in self.tokens)),
                ("not in the query", " ".join(self.missing)),
                ("only in the query", " ".join(self.surplus)),
                ("for", ", ".join(signal.words for signal in self.signals if signal.agrees)),
                ("against", ", ".join(signal.words for signal in self.signals if not signal.agrees)),
                ("unknown of the query", ", ".join(self.only_listed)),
                ("unknown of the listed party", ", ".join(self.only_query)),
            )
            if words
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed entity that is like the query.

    Attributes:
        entity_id: Its id.
        schema: Its schema.
        score: 0 to 1; 0.70 and more is an alert.
        sources: Sources that name it.
        listed: Whether a list has taken the entity up; otherwise somebody's remark or a register names it.
        why: The reasons in parts.
    """

    entity_id: str
    schema: str
    score: float
    sources: tuple[str, ...]
    listed: bool
    why: Explanation

    @property
    def caption(self) -> str:
        """The listed name that matched best."""
        return self.why.caption

    @property
    def explanation(self) -> dict[str, Any]:
        """The reasons for programs; see `docs/screening.md`."""
        return self.why.as_dict()

    @property
    def text(self) -> str:
        """The reasons in words."""
        return self.why.text

    def as_dict(self) -> dict[str, Any]:
        """The hit for programs."""
        return {
            "entity_id": self.entity_id,
            "caption": self.caption,
            "schema": self.schema,
            "score": self.score,
            "listed": self.listed,
            "sources": list(self.sources),
            "explanation": self.explanation,
        }


@dataclass(frozen=True, slots=True)
class Hits:
    """All hits of one query; empty means that nothing alike was found in what was searched, no more.

    Attributes:
        query: The name asked for.
        hits: Best first.
        versions: What was searched, as `source/version`.
        reference: The query's own id, as it was given with it; empty for none.
        notes: What of the query could not be used, and which lists were not asked, in sentences.
    """

    query: str
    hits: tuple[Hit, ...]
    versions: tuple[str, ...] = ()
    reference: str = ""
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The answer for programs."""
        return {
            "query": self.query,
            "reference": self.reference,
            "hits": [hit.as_dict() for hit in self.hits],
            "versions": list(self.versions),
            "notes": list(self.notes),
        }

    def rows(self, *, hits_only: bool = False) -> Iterator[tuple[Any, ...]]:
        """One flat row a hit, with the cells of `COLUMNS`; a query without hits has one row with rank 0 and nothing of a hit.

        Args:
            hits_only: Leave out the row of a query without hits.
        """
        if not self.hits and not hits_only:
            yield self.reference, self.query, 0, *_NOTHING, self.notes
        for rank, hit in enumerate(self.hits, start=1):
            told = (hit.score, hit.entity_id, hit.caption, hit.schema, hit.listed, hit.sources, hit.text)
            yield self.reference, self.query, rank, *told, self.notes


COLUMNS = ("reference", "query", "rank", "score", "entity_id", "caption", "schema", "listed", "sources", "why", "notes")
"""The columns of answers as a table; they stay as they are, further ones are added at the end."""
_NOTHING = (None,) * (len(COLUMNS) - 4)


class Answers(list[Hits]):
    """The `Hits` of several queries, in their order; also as one table."""

    def to_rows(self, *, hits_only: bool = False) -> list[dict[str, Any]]:
        """One flat row a hit; see `Hits.rows`."""
        return [dict(zip(COLUMNS, row, strict=True)) for hits in self for row in hits.rows(hits_only=hits_only)]

    def to_arrow(self, *, hits_only: bool = False) -> pa.Table:
        """The rows as an Arrow table, which pandas and Polars take as it is (`.to_pandas()`, `polars.from_arrow`)."""
        from shellgame.match.tables import (
            table_of,  # Arrow takes 50 ms to load, and whoever compares two names needs none
        )

        return table_of(self, hits_only=hits_only)
