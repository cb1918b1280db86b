"""Tables that fit a terminal: columns as wide as their words need, and one below another where these do not fit side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.markup import render
from rich.table import Table

_LONGEST_WORD = 24
"""A longer word may be broken."""
_BETWEEN, _EDGES = 3, 2
"""What a table takes between two columns, and at its two edges."""


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, the key of a row it shows, where its words stand, and whether they may wrap."""

    heading: str
    key: str
    justify: str = "left"
    no_wrap: bool = False


def fitting(rows: Sequence[Sequence[str]], columns: Sequence[Column], title: str, console: Console) -> Table:
    """A table of cells, in the markup of the terminal; blocks of lines where the terminal is too narrow for it."""
    widths = _widths(rows, columns, console.width)
    return _side_by_side(rows, columns, title, widths) if widths else _one_below_another(rows, columns, title)


def _widths(rows: Sequence[Sequence[str]], columns: Sequence[Column], room: int) -> list[int] | None:
    """How wide each column is to be; None where there is no room for the longest words of all."""
    least, most = [], []
    for place, column in enumerate(columns):
        texts = [column.heading, *(render(row[place]).plain for row in rows)]
        widest = max(cell_len(line) for text in texts for line in text.split("\n"))
        words = max(cell_len(word) for text in texts for word in text.split() or [""])
        least.append(widest if column.no_wrap else min(words, _LONGEST_WORD))
        most.append(widest)
    spare = room - sum(least) - _BETWEEN * (len(columns) - 1) - _EDGES
    if spare < 0:
        return None
    wanted = [wide - narrow for wide, narrow in zip(most, least, strict=True)]
    return [narrow + more for narrow, more in zip(least, _shared_out(spare, wanted), strict=True)]


def _shared_out(spare: int, wanted: Sequence[int]) -> list[int]:
    """What everyone gets of what there is, by what each wants.

    Example:
        >>> _shared_out(10, [2, 3]), _shared_out(10, [30, 10])
        ([2, 3], [7, 3])
    """
    every = sum(wanted)
    if every <= spare:
        return [*wanted]
    ends = [spare * so_far // every for so_far in accumulate(wanted)]
    return [end - begin for begin, end in zip([0, *ends], ends, strict=False)]


def _side_by_side(rows: Sequence[Sequence[str]], columns: Sequence[Column], title: str, widths: Sequence[int]) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold", pad_edge=False, box=SIMPLE_HEAD)
    for column, width in zip(columns, widths, strict=True):
        told: dict[str, Any] = {"justify": column.justify, "no_wrap": column.no_wrap, "width": width}
        table.add_column(column.heading, overflow="fold", **told)
    for row in rows:
        table.add_row(*row)
    return table


def _one_below_another(rows: Sequence[Sequence[str]], columns: Sequence[Column], title: str) -> Table:
    """A block for each row, a line for each column that is not empty."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.title, grid.title_justify = title or None, "left"
    grid.add_column(no_wrap=True, style="bold")
    grid.add_column(overflow="fold")
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            if value:
                grid.add_row(column.heading, value)
        grid.add_row()
    return grid
