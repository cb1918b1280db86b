"""What could not be read of a table: told with the numbers of the rows, never passed over in silence."""

from __future__ import annotations

from shellgame.sources.claims import Claims
from shellgame.sources.publication import Part

_SHOWN = 8


class Report:
    """Collects what is wrong with a table while it is read.

    Attributes:
        file: Name of the table's file.
        rows: Rows that hold anything.
        unknown_columns: Columns that the layout does not have.
    """

    def __init__(self, part: Part) -> None:
        self.file = part.printed_name
        self.rows = 0
        self.unknown_columns: list[str] = []
        self._left_out: list[str] = []
        self._in_doubt: list[str] = []
        self._counts = [0, 0]

    @property
    def nothing_read(self) -> bool:
        """Whether there were rows and none could be read."""
        return self.rows > 0 and self._counts[0] == self.rows

    @property
    def first(self) -> str:
        """The first row that was left out, and why."""
        return self._left_out[0] if self._left_out else ""

    def unreadable(self, number: int, why: str) -> None:
        """Take note of a row that is none of the table's."""
        self.rows += 1
        self.left_out(number, why)

    def left_out(self, number: int, why: str) -> None:
        """Take note of a row that is not claimed at all."""
        self._note(0, self._left_out, number, why)

    def in_doubt(self, number: int, why: str) -> None:
        """Take note of a row of which a value is not understood; the rest of it is claimed."""
        self._note(1, self._in_doubt, number, why)

    def _note(self, place: int, shown: list[str], number: int, why: str) -> None:
        self._counts[place] += 1
        if len(shown) < _SHOWN:
            shown.append(f"row at {number}: {why}")

    def tell(self, claims: Claims) -> None:
        """Write all into the counts and notes of the import."""
        for count, shown, what, key in (
            (self._counts[0], self._left_out, "rows left out", "rows_left_out"),
            (self._counts[1], self._in_doubt, "rows with a value that is not understood", "not_understood"),
        ):
            if count:
                more = f"; and {count - len(shown):,} more" if count > len(shown) else ""
                claims.notes.append(f"{self.file}: {count:,} {what}: {'; '.join(shown)}{more}")
                claims.counts[key] += count
        if self.unknown_columns:
            claims.notes.append(
                f"{self.file}: columns that the layout does not have, not read: {', '.join(self.unknown_columns)[:500]}"
            )
