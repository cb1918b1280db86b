"""The matrix of parties by jurisdictions: who is listed where since when, confirmed and unsure apart; how many are where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from shellgame.resolve.coverage import Coverage

MARKS = {"listed": "●", "unsure": "◐", "delisted": "○", "never": "–", "unknown": "?"}
"""Of each state (`state_of`) a mark: told apart by shape, not by colour alone."""


@dataclass(frozen=True)
class MatrixRow:
    """One party over all jurisdictions.

    Attributes:
        entity_id: The record asked about.
        caption: Its name.
        cells: What each jurisdiction says of it, in the order of the columns.
    """

    entity_id: str
    caption: str
    cells: tuple[Coverage, ...]

    def where(self, state: str) -> tuple[str, ...]:
        """Jurisdictions in which it stands so; see `state_of`."""
        return tuple(cell.jurisdiction for cell in self.cells if state_of(cell) == state)


def state_of(cell: Coverage) -> str:
    """How a party stands in a jurisdiction, in one word.

    Returns:
        `listed` or `delisted` for a confirmed identity; `unsure` where only records are there that may be it; `never` where the
        whole list is here and does not have it, `unknown` where it is not here or older than the first listing elsewhere.
    """
    if cell.identity == "unsure":
        return "unsure"
    return {"not_listed": "never"}.get(cell.status, cell.status)


def rows_of(coverage: Iterable[Coverage]) -> Iterator[MatrixRow]:
    """Gather coverage, party by party, as it comes."""
    for identity, its in groupby(coverage, key=lambda cell: cell.entity_id):
        cells = tuple(its)
        yield MatrixRow(identity, cells[0].caption, cells)


@dataclass(frozen=True)
class Combination:
    """How many parties stand in the same jurisdictions.

    Attributes:
        listed: Jurisdictions that list them, confirmed.
        unsure: Jurisdictions that may.
        unknown: Jurisdictions of which nobody here can say whether they do.
        parties: How many.
    """

    listed: tuple[str, ...]
    unsure: tuple[str, ...]
    unknown: tuple[str, ...]
    parties: int


def combinations(rows: Iterable[MatrixRow]) -> list[Combination]:
    """Count the parties of each combination of jurisdictions, the most frequent first."""
    counts = Counter((row.where("listed"), row.where("unsure"), row.where("unknown")) for row in rows)
    found = [Combination(*states, count) for states, count in counts.items()]
    return sorted(found, key=lambda each: (-each.parties, each.listed, each.unsure, each.unknown))


def one_row_a_party(rows: Sequence[MatrixRow]) -> list[MatrixRow]:
    """Of the rows of one party's records keep the first, whose cells name the records of all jurisdictions."""
    first = {row.cells[0].party_id or row.entity_id: row for row in reversed(rows)}
    return [row for row in rows if first[row.cells[0].party_id or row.entity_id] is row]
