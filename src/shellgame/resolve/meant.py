"""What an id or a name that somebody gave is taken to mean, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shellgame.errors import WrongUse, harmless
from shellgame.match.hits import Hit
from shellgame.match.wording import score_in_words

_AS_WELL = 1e-9
"""Scores that differ by less are the same."""
_MOST_TOLD = 10


@dataclass(frozen=True)
class Meant:
    """The records that an id or a name is taken to mean.

    Attributes:
        asked: The id or name, as given.
        records: Ids of the records: the one of an id, those that a canonical id has on the day, or all whose names are as like the
            name asked for as the best one.
        hits: Those of a name, in the same order; none where an id was given.
    """

    asked: str
    records: tuple[str, ...]
    hits: tuple[Hit, ...] = ()

    @property
    def score(self) -> float | None:
        """How like the name asked for is to the one it was read as, 0 to 1; None where an id was given."""
        return self.hits[0].score if self.hits else None

    @property
    def exact(self) -> bool:
        """Whether an id was given, or a name that is told in just these words."""
        return all(_words(hit.caption) == _words(self.asked) for hit in self.hits)

    @property
    def text(self) -> str:
        """As what a name that nobody has in just these words was read, in a sentence; empty where there is no doubt."""
        if self.exact or self.score is None:
            return ""
        more = f" and {len(self.records) - 1} more" if len(self.records) > 1 else ""
        return (
            f"no record has the name {self.asked!r}; it is read as {harmless(self.hits[0].caption)} ({self.records[0]}{more}), "
            f"score {score_in_words(self.score)}; to be sure, ask by id: `shellgame screen` lists them"
        )

    def as_dict(self) -> dict[str, object]:
        """The same for programs."""
        return {
            "text": self.asked,
            "records": list(self.records),
            "name": self.hits[0].caption if self.hits else None,
            "score": self.score,
            "exact": self.exact,
        }

    def one_party(self, groups: Iterable[Sequence[str]]) -> None:
        """See that it means one party.

        Args:
            groups: The records by the parties that they are of.

        Raises:
            WrongUse: It means several; names them.
        """
        parties = [list(group) for group in groups]
        if len(parties) < 2:
            return
        hits = {hit.entity_id: hit for hit in self.hits}
        told = "; ".join(_told(hits[group[0]]) if group[0] in hits else group[0] for group in parties[:_MOST_TOLD])
        more = f"; and {len(parties) - _MOST_TOLD} more" if len(parties) > _MOST_TOLD else ""
        raise WrongUse(
            f"{self.asked!r} fits {len(parties)} parties that are not known to be one: {told}{more}; ask by id, or write down with "
            f"`shellgame judge {parties[0][0]} {parties[1][0]} same --why …` that two of them are one"
        )


def best_of(asked: str, hits: Sequence[Hit]) -> Meant:
    """What a name means of which there are hits, best first: all that are as like it as the first."""
    best = tuple(hit for hit in hits if hit.score >= hits[0].score - _AS_WELL)
    return Meant(asked, tuple(hit.entity_id for hit in best), best)


def _told(hit: Hit) -> str:
    return harmless(f"{hit.entity_id} ({hit.caption}, {hit.schema} in {', '.join(hit.sources)})")


def _words(name: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in name.casefold()).split()
