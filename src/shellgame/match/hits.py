"""What screening answers: for each query the listed parties like it, best first, each with its reasons in words and in parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from shellgame.match.parts import About, How, Remark, Signal, TokenMatch
from shellgame.match.sentences import sentences

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "COLUMNS",
    "About",
    "Answers",
    "Bearer",
    "Containing",
    "Explanation",
    "Hit",
    "Hits",
    "How",
    "Remark",
    "Signal",
    "Standing",
    "TokenMatch",
]


class _Later:
    """What is made when it is first looked at; until then it holds no more than how to make it.

    Two threads that look at the same moment both make it, and make the same.
    """

    __slots__ = ("_make",)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:  # asked for only where nothing was set yet
            if name not in type(self).__slots__:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            made = self._make()
            object.__setattr__(self, "_make", lambda: made)  # lets go of what it was made from
            for field in type(self).__slots__:
                object.__setattr__(self, field, getattr(made, field))
            return getattr(made, name)


@dataclass(frozen=True, slots=True)
class Explanation(_Later):
    """Why a listed party is like a query.

    Attributes:
        caption: The listed name that matched best.
        tokens: Word by word.
        missing: Words of the listed name that the query does not have, as printed.
        surplus: Words of the query that the listed name does not have, as printed.
        signals: What other properties say, the weightiest first.
        only_query: Properties that the query has and the listed party lacks.
        only_listed: Properties that the listed party has and the query lacks.
        remarks: What is to be said of the names as wholes: order, numbers, words that were left out.
    """

    caption: str
    tokens: tuple[TokenMatch, ...] = ()
    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()
    only_query: tuple[str, ...] = ()
    only_listed: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @classmethod
    def later(cls, make: Callable[[], Explanation]) -> Explanation:
        """An explanation that is made when it is first looked at, compared, copied or pickled."""
        unmade = object.__new__(cls)
        object.__setattr__(unmade, "_make", make)
        return unmade

    def as_dict(self) -> dict[str, Any]:
        """The reasons for programs; every key is always there."""
        return {
            "text": self.text,
            "tokens": [pair.as_dict() for pair in self.tokens],
            "missing": list(self.missing),
            "surplus": list(self.surplus),
            "remarks": [remark.as_dict() for remark in self.remarks],
            "properties": [signal.as_dict() for signal in self.signals],
            "unknown": {"query": list(self.only_listed), "listed": list(self.only_query)},
        }

    @property
    def text(self) -> str:
        """The reasons in plain sentences."""
        return " ".join(self.sentences)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The reasons, a sentence each: the names first."""
        return tuple(
            sentences(
                self.tokens,
                self.missing,
                self.surplus,
                self.remarks,
                self.signals,
                self.only_query,
                self.only_listed,
            )
        )


class Standing(NamedTuple):
    """A record of a party as it stands on lists.

    Attributes:
        entity_id: Its id.
        listed: Whether a list has taken it up; otherwise it is only named there.
        sources: Sources that name it.
    """

    entity_id: str
    listed: bool
    sources: tuple[str, ...]


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
        canonical: Id of the party that `shellgame resolve` found this record to be one of; empty where that is not known.
        also: The other records of that party on the lists of the day, whether they are like the query or not.
    """

    entity_id: str
    schema: str
    score: float
    sources: tuple[str, ...]
    listed: bool
    why: Explanation
    canonical: str = ""
    also: tuple[Standing, ...] = ()

    @property
    def party_sources(self) -> tuple[str, ...]:
        """All sources that name the party by one of its records, sorted."""
        return tuple(sorted({*self.sources, *(source for each in self.also for source in each.sources)}))

    @property
    def party(self) -> str:
        """What hits of one party have in common: its canonical id, or the record's own where that is not known."""
        return self.canonical or self.entity_id

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
            "canonical": self.canonical,
            "also": [{**each._asdict(), "sources": list(each.sources)} for each in self.also],
            "explanation": self.explanation,
        }


class Bearer(NamedTuple):
    """A listed record that has a word in a name; no hit, so it has no score.

    Attributes:
        entity_id: Its id.
        name: The name, as printed.
    """

    entity_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Containing:
    """Listed names that contain the one word that was asked for, which is too little for an alert.

    Attributes:
        word: The word, as asked for.
        names: How many listed names contain it exactly, whatever the case and accents.
        records: How many records those are of.
        first: The first few of these, in the order of the table of parties.
    """

    word: str
    names: int
    records: int
    first: tuple[Bearer, ...]

    @property
    def note(self) -> str:
        """That one word is no alert and how many listed names have it, in a sentence: no hit would read as if nobody were meant."""
        names = f"{self.names:,} listed names have" if self.names != 1 else "1 listed name has"
        return f"{names} the word {self.word!r}, which alone is no alert; ask for the whole name"

    def as_dict(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "word": self.word,
            "names": self.names,
            "records": self.records,
            "first": [bearer._asdict() for bearer in self.first],
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
        total: How many hits there were before the limit; never fewer than `hits` has.
        parties: How many parties those are, records that `shellgame resolve` joined counted once.
        containing: Where one word was asked for and nothing found: which listed names contain it; None for every other query.
    """

    query: str
    hits: tuple[Hit, ...]
    versions: tuple[str, ...] = ()
    reference: str = ""
    notes: tuple[str, ...] = ()
    total: int = 0
    parties: int = 0
    containing: Containing | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", max(self.total, len(self.hits)))
        object.__setattr__(self, "parties", max(self.parties, len({hit.party for hit in self.hits})))

    def versions_of(self, hit: Hit) -> tuple[str, ...]:
        """The versions searched in which one of the hits stands, as `source/version`."""
        return tuple(version for version in self.versions if version.partition("/")[0] in hit.sources)

    def as_dict(self) -> dict[str, Any]:
        """The answer for programs."""
        return {
            "query": self.query,
            "reference": self.reference,
            "hits": [hit.as_dict() for hit in self.hits],
            "total": self.total,
            "parties": self.parties,
            "versions": list(self.versions),
            "notes": list(self.notes),
            "containing": self.containing and self.containing.as_dict(),
        }

    def rows(self, *, hits_only: bool = False) -> Iterator[tuple[Any, ...]]:
        """One flat row a hit, with the cells of `COLUMNS`; a query without hits has one row with rank 0 and nothing of a hit.

        Args:
            hits_only: Leave out the row of a query without hits.
        """
        if not self.hits and not hits_only:
            notes = (*self.notes, *([self.containing.note] if self.containing else []))
            yield self.reference, self.query, 0, *_NOTHING, notes, None, None, 0, None
        for rank, hit in enumerate(self.hits, start=1):
            told = (hit.score, hit.entity_id, hit.caption, hit.schema, hit.listed, hit.sources, hit.text)
            added = (self.versions_of(hit), hit.canonical or None, self.total, hit.party_sources)
            yield self.reference, self.query, rank, *told, self.notes, *added


COLUMNS = (
    *("reference", "query", "rank", "score", "entity_id", "caption", "schema", "listed", "sources", "why", "notes"),
    *("versions", "canonical", "total", "party_sources"),
)
"""The columns of answers as a table; they stay as they are, further ones are added at the end."""
_NOTHING = (None,) * 7


class Answers(list[Hits]):
    """The `Hits` of several queries, in their order; also as one table.

    Attributes:
        left_out: Which of them could not be used and why, in sentences; each has its place all the same, without hits.
    """

    def __init__(self, hits: Iterable[Hits] = (), left_out: Iterable[str] = ()) -> None:
        super().__init__(hits)
        self.left_out = list(left_out)

    def to_rows(self, *, hits_only: bool = False) -> list[dict[str, Any]]:
        """One flat row a hit; see `Hits.rows`."""
        return [dict(zip(COLUMNS, row, strict=True)) for hits in self for row in hits.rows(hits_only=hits_only)]

    def to_arrow(self, *, hits_only: bool = False) -> pa.Table:
        """The rows as an Arrow table, which pandas and Polars take as it is (`.to_pandas()`, `polars.from_arrow`)."""
        from shellgame.match.tables import (
            table_of,  # Arrow takes 50 ms to load, and whoever compares two names needs none
        )

        return table_of(self, hits_only=hits_only)
