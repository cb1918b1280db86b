"""Rows of the tables of the layout; one that lacks what it must have is reported, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shellgame.errors import NotThisSource
from shellgame.sources.any_table import columns_of, table_rows
from shellgame.sources.publication import LONGEST_TEXT, Part
from shellgame.sources.register.layout import TABLES
from shellgame.sources.register.report import Report


@dataclass(frozen=True)
class Row:
    """A row: where it stands, and its filled cells by column."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell of a column; empty where it has none."""
        return self.cells.get(column, "")


def rows_of(part: Part, report: Report) -> Iterator[Row]:
    """Yield the rows of a table that can be read, and report the others.

    Raises:
        BadInput: No table, or one without a column that it must have.
    """
    layout = TABLES[part.name]
    written = {name: name.lower() for name in columns_of(part)}
    if missing := [name for name in layout.required if name not in written.values()]:
        remedy = f"{part.name} has the columns {', '.join(layout.columns)}"
        raise NotThisSource(part.printed_name, record="header", found=f"no column {', '.join(missing)}", remedy=remedy)
    report.unknown_columns = [name for name, column in written.items() if column not in layout.columns]
    wanted = {name: column for name, column in written.items() if column in layout.columns}
    for number, cells in table_rows(part, wanted, report.unreadable):
        filled = {wanted[name]: cell for name, cell in cells.items() if cell}
        if filled:
            report.rows += 1
            if fault := _fault(filled, layout.required):
                report.left_out(number, fault)
            else:
                yield Row(number, filled)


def _fault(filled: dict[str, str], required: tuple[str, ...]) -> str:
    if missing := [column for column in required if column not in filled]:
        return f"no {' and no '.join(missing)}"
    long = next((column for column, cell in filled.items() if len(cell) > LONGEST_TEXT), "")
    return f"more than {LONGEST_TEXT} letters in {long}" if long else ""
