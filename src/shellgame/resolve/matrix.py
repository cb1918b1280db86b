"""The matrix of parties by jurisdictions: who is listed where since when, confirmed and unsure apart; how many are where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from shellgame.resolve.coverage import Coverage


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
        whole list is here and does not have it, `unknown` where it is not here.
    """
    if cell.identity == "unsure":
        return "unsure"
    return {"not_listed": "never"}.get(cell.status, cell.status)


def day_of(cell: Coverage) -> tuple[str, bool] | None:
    """The day of listing, and whether the list states it; else the first version that has it. None where nothing tells it."""
    if cell.since:
        return cell.since, True
    return (cell.first_seen, False) if cell.first_seen else None


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
        parties: How many.
    """

    listed: tuple[str, ...]
    unsure: tuple[str, ...]
    parties: int


def combinations(rows: Iterable[MatrixRow]) -> list[Combination]:
    """Count the parties of each combination of jurisdictions, the most frequent first."""
    counts = Counter((row.where("listed"), row.where("unsure")) for row in rows)
    found = [Combination(listed, unsure, count) for (listed, unsure), count in counts.items()]
    return sorted(found, key=lambda each: (-each.parties, each.listed, each.unsure))


def one_row_a_party(rows: Sequence[MatrixRow]) -> list[MatrixRow]:
    """Leave out records that are confirmed to be a party that stands further up: each would be told once for every list.

    The rows are of records; the first of each party stays, and its cells name the records of all jurisdictions.
    """
    told: set[str] = set()
    kept = []
    for row in rows:
        if row.entity_id not in told:
            kept.append(row)
        told.update(record for cell in row.cells if cell.identity == "confirmed" for record in cell.records)
    return kept
