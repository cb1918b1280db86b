"""How far the reading of a large publication is: beside the spinner on a terminal, now and then a line elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from rich.progress import Progress

from shellgame.cli.output import say
from shellgame.sources.reading import Progress as Read

_LINE_SECONDS = 15.0
"""Between two lines where there is no terminal to draw on."""


class Told:
    """Tells how far a publication is read; call it with each report."""

    def __init__(self, name: str, shown: Progress, *, clock: Callable[[], float] = monotonic) -> None:
        """Begin.

        Args:
            name: Of the publication.
            shown: What is drawn on the terminal; nothing where there is none.
            clock: Seconds, for tests.
        """
        self._name, self._shown, self._clock = name, shown, clock
        self._told = clock()

    def __call__(self, read: Read) -> None:
        """Tell of one report."""
        line = f"reading {self._name}: {read.records:,} records"
        if read.done:
            line += f", {read.done * 100 // read.total} % of {read.total >> 20:,} MiB"
        if not self._shown.disable:
            self._shown.update(self._shown.task_ids[0], description=line)
        elif self._clock() - self._told >= _LINE_SECONDS:
            self._told = self._clock()
            say(line)
