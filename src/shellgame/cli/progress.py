"""How far a long screening is: a bar on a terminal, now and then a line elsewhere, and what it came to at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from shellgame.cli.output import say

_QUIET_SECONDS = 2.0
"""What takes no longer needs no progress."""
_LINE_SECONDS = 15.0
"""Between two lines where there is no terminal to draw a bar on."""


class Tally:
    """Counts what was answered and shows it; use it in a `with` block.

    Attributes:
        rows: Rows gone through, bad ones too.
        hits: Rows with a hit.
    """

    def __init__(self, total: int | None, *, clock: Callable[[], float] = monotonic) -> None:
        """Begin to count.

        Args:
            total: About how many rows there will be; None when unknown.
            clock: Seconds, for tests.
        """
        self.rows = self.hits = 0
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

    def add(self, rows: int, hits: int) -> None:
        """Count a batch and bring what is shown up to date."""
        self.rows += rows
        self.hits += hits
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
