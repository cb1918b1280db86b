"""How far an index or a long screening is: a bar on a terminal, now and then a line elsewhere, and what it came to at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from time import monotonic
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, TaskID, TextColumn, TimeRemainingColumn

from shellgame.cli.doing import LINE_SECONDS, QUIET_SECONDS
from shellgame.cli.output import say
from shellgame.match.hits import Hits


class _Shown:
    """How far something is: a bar on a terminal, a line now and then elsewhere, nothing while it is quick; for a `with` block."""

    def __init__(self, columns: Sequence[ProgressColumn], clock: Callable[[], float]) -> None:
        self._columns, self._clock = columns, clock
        self._began = self._told = clock()
        self._bar: Progress | None = None
        self._task = TaskID(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def _is_slow(self) -> bool:
        """Whether it takes longer by now than anybody waits without being told."""
        return self._clock() - self._began >= QUIET_SECONDS

    def _show(self, what: str, done: int, total: int | None, line: Callable[[], str], **fields: str) -> None:
        """Bring what is shown up to date.

        Args:
            what: What is being done; another one begins a new bar.
            done: How much of it is done.
            total: Of how much; None when unknown.
            line: Makes the line that is said where there is no terminal.
            fields: What else columns show.
        """
        if sys.stderr.isatty():
            self._draw(what, done, total, fields)
        elif self._clock() - self._told >= LINE_SECONDS:
            self._told = self._clock()
            say(line())

    def _draw(self, what: str, done: int, total: int | None, fields: Mapping[str, Any]) -> None:
        if self._bar is None:
            self._bar = Progress(*self._columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(what, total=total, **fields)
        if self._bar.tasks[0].description != what:
            self._bar.reset(self._task, description=what, total=total)
        self._bar.update(self._task, completed=done, **fields)


class Making(_Shown):
    """Shows how far the index of names is, where it takes longer than anybody waits without; use it in a `with` block."""

    def __init__(self, *, clock: Callable[[], float] = monotonic) -> None:
        """Begin to wait.

        Args:
            clock: Seconds, for tests.
        """
        counted = TextColumn("{task.description} {task.completed:,} of {task.total:,}")
        super().__init__((counted, BarColumn(), TimeRemainingColumn()), clock)
        self._of_step, self._step, self._said = self._began, "", False

    def __call__(self, what: str, done: int, total: int) -> None:
        """Tell that so much of a step is done."""
        if what != self._step:
            self._step, self._of_step = what, self._clock()
        if not self._is_slow():
            return
        if not self._said:
            self._said = True
            say("note: the names of these lists are indexed, once until a list changes")
        if done:
            self._show(what, done, total, lambda: self._line(what, done, total))

    def _line(self, what: str, done: int, total: int) -> str:
        left = duration((self._clock() - self._of_step) * (total - done) / done)
        return f"{what}: {done:,} of {total:,}, about {left} left of this step"


class Tally(_Shown):
    """Counts what was answered and shows it; use it in a `with` block.

    Attributes:
        rows: Rows gone through, bad ones too.
        hits: Rows with a hit.
        cut: Rows with more hits than the limit let through.
    """

    def __init__(self, total: int | None, *, clock: Callable[[], float] = monotonic) -> None:
        """Begin to count.

        Args:
            total: About how many rows there will be; None when unknown.
            clock: Seconds, for tests.
        """
        columns = (TextColumn("{task.description} {task.completed:,}"), BarColumn(), TextColumn("{task.fields[rate]}"))
        super().__init__((*columns, TimeRemainingColumn()), clock)
        self.rows = self.hits = self.cut = 0
        self._total = total

    def add(self, rows: int, answers: Iterable[Hits]) -> None:
        """Count the rows of a batch and what was answered, and bring what is shown up to date."""
        self.rows += rows
        for hits in answers:
            self.hits += bool(hits.hits)
            self.cut += hits.total > len(hits.hits)
        if self._is_slow():
            self._show("screening", self.rows, self._total, self._line, rate=f"{self._rate(self._clock()):,.0f}/s")

    def _rate(self, now: float) -> float:
        return self.rows / max(now - self._began, 1e-9)

    def _line(self) -> str:
        rate = self._rate(self._clock())
        line = f"{_rows(self.rows)} so far, {rate:,.0f} a second"
        if self._total and self.rows:
            line += f", about {duration(max(0, self._total - self.rows) / rate)} left"
        return line

    def summary(self) -> str:
        """What it came to, in words."""
        now = self._clock()
        took = f"in {duration(now - self._began)}, {self._rate(now):,.0f} a second"
        return f"{_rows(self.rows)} {took}: {self.hits:,} with a hit"


def _rows(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"


def duration(seconds: float) -> str:
    """A time in words.

    Example:
        >>> duration(0.4), duration(75), duration(7300)
        ('0.4 s', '1 min 15 s', '2 h 1 min')
    """
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60} s" if whole < 3600 else f"{whole // 3600} h {whole % 3600 // 60} min"
