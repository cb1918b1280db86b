"""How far an index or a long screening is: a bar on a terminal, now and then a line elsewhere, and what it came to at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from time import monotonic
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from shellgame.cli.output import say
from shellgame.match.hits import Hits

_QUIET_SECONDS = 2.0
"""What takes no longer needs no progress."""
_LINE_SECONDS = 15.0
"""Between two lines where there is no terminal to draw a bar on."""


class Making:
    """Shows how far the index of names is, where it takes longer than anybody waits without; use it in a `with` block."""

    def __init__(self, *, clock: Callable[[], float] = monotonic) -> None:
        """Begin to wait.

        Args:
            clock: Seconds, for tests.
        """
        self._clock = clock
        self._began = self._of_step = self._told = clock()
        self._step, self._said = "", False
        self._bar: Progress | None = None
        self._task = TaskID(0)

    def __enter__(self) -> Making:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Tell that so much of a step is done."""
        now = self._clock()
        if what != self._step:
            self._step, self._of_step = what, now
        if now - self._began < _QUIET_SECONDS:
            return
        if not self._said:
            self._said = True
            say("note: the names of these lists are indexed, once until a list changes")
        if sys.stderr.isatty():
            self._draw(what, done, total)
        elif now - self._told >= _LINE_SECONDS and done:
            self._told = now
            left = duration((now - self._of_step) * (total - done) / done)
            say(f"{what}: {done:,} of {total:,}, about {left} left of this step")

    def _draw(self, what: str, done: int, total: int) -> None:
        if self._bar is None:
            columns = (TextColumn("{task.description} {task.completed:,} of {task.total:,}"), BarColumn())
            self._bar = Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(what, total=total)
        if self._bar.tasks[0].description != what:
            self._bar.reset(self._task, description=what, total=total)
        self._bar.update(self._task, completed=done)


class Tally:
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
        self.rows = self.hits = self.cut = 0
        self._total, self._clock = total, clock
        self._began = self._told = clock()
        self._bar: Progress | None = None
        self._task = TaskID(0)

    def __enter__(self) -> Tally:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def add(self, rows: int, answers: Iterable[Hits]) -> None:
        """Count the rows of a batch and what was answered, and bring what is shown up to date."""
        self.rows += rows
        for hits in answers:
            self.hits += bool(hits.hits)
            self.cut += hits.total > len(hits.hits)
        now = self._clock()
        if now - self._began < _QUIET_SECONDS:
            return
        if sys.stderr.isatty():
            self._draw()
        elif now - self._told >= _LINE_SECONDS:
            self._told = now
            say(self._line(now))

    def _draw(self) -> None:
        if self._bar is None:
            columns = (TextColumn("screening {task.completed:,}"), BarColumn(), TextColumn("{task.fields[rate]}"))
            self._bar = Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("screening", total=self._total, rate="")
        self._bar.update(self._task, completed=self.rows, rate=f"{self._rate(self._clock()):,.0f}/s")

    def _rate(self, now: float) -> float:
        return self.rows / max(now - self._began, 1e-9)

    def _line(self, now: float) -> str:
        line = f"{self.rows:,} rows so far, {self._rate(now):,.0f} a second"
        if self._total and self.rows:
            line += f", about {duration(max(0, self._total - self.rows) / self._rate(now))} left"
        return line

    def summary(self) -> str:
        """What it came to, in words."""
        now = self._clock()
        took = f"in {duration(now - self._began)}, {self._rate(now):,.0f} a second"
        return f"{self.rows:,} row{'' if self.rows == 1 else 's'} {took}: {self.hits:,} with a hit"


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
