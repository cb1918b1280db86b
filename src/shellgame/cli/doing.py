"""Something that takes a while: a spinner on a terminal, elsewhere a line when it takes long, and as it goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Timer
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from shellgame.cli.output import plain

if TYPE_CHECKING:
    from shellgame.sources.reading import Progress as Read

QUIET_SECONDS = 2.0
"""What takes no longer needs no word."""
LINE_SECONDS = 15.0
"""Between two lines where there is no terminal to draw on."""


class Doing:
    """Shows that something is being done, on standard error; use it in a `with` block."""

    def __init__(self, what: str, *, quiet: float | None = None, clock: Callable[[], float] = monotonic) -> None:
        """Begin.

        Args:
            what: What is being done.
            quiet: Seconds that pass without a word where there is no terminal.
            clock: Seconds, for tests.
        """
        self._task = self._what = what
        self._clock, self._told = clock, clock()
        self._bar: Progress | None = None
        self._quiet = QUIET_SECONDS if quiet is None else quiet
        self._first: Timer | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.add_task(self._what, total=None)
            self._bar.start()
        else:
            self._first = Timer(self._quiet, self._say)
            self._first.daemon = True
            self._first.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._first:
            self._first.cancel()
        if self._bar:
            self._bar.stop()

    def tell(self, how_far: str) -> None:
        """Say how far it is."""
        self._what = how_far
        if self._bar:
            self._bar.update(self._bar.task_ids[0], description=how_far)
        elif self._clock() - self._told >= LINE_SECONDS:
            self._say()

    def compared(self, done: int, total: int) -> None:
        """Say how many pairs of records were compared."""
        self.tell(f"comparing {done:,} of {total:,} pairs of records")

    def read(self, so_far: Read) -> None:
        """Say how much of a publication was read."""
        line = f"{self._task}: {so_far.records:,} records"
        if so_far.done:
            line += f", {so_far.done * 100 // so_far.total} % of {so_far.total >> 20:,} MiB"
        self.tell(line)

    def _say(self) -> None:
        """Say what is being done; from a thread of its own too, so that nobody who does not read along loses the answer."""
        self._told = self._clock()
        with suppress(OSError, ValueError):
            sys.stderr.write(plain(f"{self._what} …\n"))
            sys.stderr.flush()
