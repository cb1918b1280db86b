"""Rows of a file that cannot be used, or not whole: the first of each kind are told, and then how many there are."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TextIO

from shellgame.cli.answers import csv_text
from shellgame.cli.output import json_line, say
from shellgame.cli.rows import Row
from shellgame.files import written_whole
from shellgame.match.search import Subject

_TOLD_OF_A_KIND = 3
"""Rows that are told one by one of those with like faults; `--bad-rows` takes them all."""
_MOST_KINDS = 20
"""Kinds of faults that are told apart."""
_PLACES = 10
"""Numbers of rows that are told of a kind."""
_PARTICULAR = re.compile(r"'[^']*'|\"[^\"]*\"|0x[0-9a-f]+|\d[\d,]*")
"""What differs between like faults: what was found, in quotation marks, and numbers."""


@dataclass
class _Kind:
    """Rows with like faults: the reason of the first one, how many there are, and the numbers of the first."""

    reason: str
    answered: bool
    count: int = 0
    numbers: list[int] = field(default_factory=list)


class Faults:
    """Takes the rows of a file and keeps account of those with a fault; use it in a `with` block.

    Attributes:
        bad: Rows that could not be used.
        incomplete: Rows that were answered without a part.
    """

    def __init__(self, name: str, file: Path | None) -> None:
        """Begin.

        Args:
            name: What the file of queries is called.
            file: Where rows with a fault go, as CSV; None for nowhere.
        """
        self._name, self._file = name, file
        self._open = ExitStack()
        self._out: TextIO | None = None
        self._kinds: dict[tuple[str, bool], _Kind] = {}
        self.bad = self.incomplete = 0

    def __enter__(self) -> Faults:
        if self._file:
            aside = self._open.enter_context(written_whole(self._file))
            self._out = self._open.enter_context(aside.open("w", encoding="utf-8", newline=""))
            self._out.write(csv_text([("row", "line", "answered", "reason", "content")]))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return self._open.__exit__(kind, error, trace)

    def sorted_out(self, batch: list[Row]) -> list[Subject]:
        """The subjects of those rows that can be used."""
        subjects = []
        for row in batch:
            if row.subject is None:
                self.bad += 1
                self._take(row, row.problem)
            else:
                subjects.append(row.subject)
                if row.number and row.subject.notes:  # those of the command line were told before
                    self.incomplete += 1
                    self._take(row, "; ".join(row.subject.notes))
        return subjects

    def _take(self, row: Row, reason: str) -> None:
        answered = row.subject is not None
        if self._out:
            self._out.write(csv_text([(row.number, row.line, answered, reason, json_line(list(row.cells)).strip())]))
        key = _PARTICULAR.sub("…", reason)
        if (key, answered) not in self._kinds and len(self._kinds) >= _MOST_KINDS:
            key = ""
        kind = self._kinds.setdefault((key, answered), _Kind(reason if key else "other faults", answered))
        kind.count += 1
        if len(kind.numbers) < _PLACES:
            kind.numbers.append(row.number)
        if kind.count <= _TOLD_OF_A_KIND:
            say(f"{self._name}, {row.place}: {reason}; the row is {_outcome(answered)}")

    def tell_the_rest(self) -> None:
        """Tell of each kind of which not all rows were told one by one how many there are, and the first of them."""
        for kind in self._kinds.values():
            if kind.count > _TOLD_OF_A_KIND:
                numbers = ", ".join(map(str, kind.numbers)) + (" …" if kind.count > len(kind.numbers) else "")
                alike = f"as {kind.reason}" if _PARTICULAR.search(kind.reason) else kind.reason
                say(f"{self._name}: {kind.count:,} rows {_outcome(kind.answered)}, {alike} (rows {numbers})")

    def summary(self) -> str:
        """What they came to, in words."""
        incomplete = f", {self.incomplete:,} answered without a part" if self.incomplete else ""
        return f"{incomplete}, {self.bad:,} bad"


def _outcome(answered: bool) -> str:
    return "answered all the same" if answered else "skipped"


def counted(number: int, what: str) -> str:
    """A number of things in words.

    Example:
        >>> counted(1, "row"), counted(1200, "row")
        ('1 row', '1,200 rows')
    """
    return f"{number:,} {what}{'' if number == 1 else 's'}"
