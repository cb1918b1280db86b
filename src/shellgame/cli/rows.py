"""What a file of queries gives, row by row: somebody to look for, or a row that cannot be used, with its number and the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from shellgame.errors import WrongUse
from shellgame.match.search import Subject


class Row(NamedTuple):
    """A row of a file of queries.

    Attributes:
        number: From 1, the header not counted; 0 for a name of the command line.
        line: The line of the file that it begins on, from 1; None where the file has no lines.
        cells: What it holds.
        subject: Whom it asks for; None when it cannot be used.
        problem: Why it cannot be used, in few words; empty where it can.
    """

    number: int
    line: int | None
    cells: Sequence[Any]
    subject: Subject | None
    problem: str = ""

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"row {self.number}" if self.line is None else f"line {self.line} (row {self.number})"


def row_of(number: int, line: int | None, cells: Any, make: Callable[[Any], Subject]) -> Row:
    """Make a row of what a file holds; one that no subject can be made of tells why."""
    try:
        return Row(number, line, cells, make(cells))
    except WrongUse as error:
        return Row(number, line, cells, None, str(error))


@dataclass(frozen=True)
class Rows:
    """The rows of a file, to be gone through once.

    Attributes:
        name: What the file is called.
        rows: Them, in order.
        total: About how many there are; None when unknown.
        notes: What to know of the file before, in sentences.
    """

    name: str
    rows: Iterator[Row]
    total: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wording:
    """How a file is to be read, where it is not to be found out.

    Attributes:
        name_column: The column that holds the names.
        delimiter: What separates columns.
        encoding: How letters are written as bytes.
    """

    name_column: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
