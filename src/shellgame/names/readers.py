"""Many names read by several processes, see `processes`."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from shellgame.names.reader import Batch, Read, read
from shellgame.names.readings import Words
from shellgame.processes import answered_by, how_many

_BATCH = 5_000
"""Names handed over at a time; reading them takes a tenth of a second."""
_FEW = 12
"""Batches that are read in this process: others would hardly have started before it is done."""
_SERVE = "from shellgame.names.reader import serve_names; serve_names()"


def read_names(names: Iterable[tuple[str, bool]], words: Words) -> Iterator[tuple[Batch, Read]]:
    """Read names, in several processes where they are many (`SHELLGAME_PROCESSES`).

    Args:
        names: As printed, each with whether a person bears it.
        words: The tokens known; those that are new are numbered on in the order of the names.

    Returns:
        The names in the order given, a batch at a time, and what was read of it.

    Raises:
        ShellgameError: A process could not be started, or came to an end before its work did.
    """
    coming = iter(names)
    batches: Iterator[Batch] = iter(lambda: tuple(islice(coming, _BATCH)), ())
    few = tuple(islice(batches, _FEW + 1))
    batches = chain(few, batches)
    processes = how_many() if len(few) > _FEW else 1
    if processes > 1:
        return _read_by(processes, batches, words)
    return ((batch, read(batch, words)) for batch in batches)


def _read_by(processes: int, batches: Iterable[Batch], words: Words) -> Iterator[tuple[Batch, Read]]:
    """Number anew what comes back: a process counts words by itself."""
    number_of = [array("i") for _ in range(processes)]
    for process, batch, told in answered_by(processes, _SERVE, "reads names for an index", batches):
        number_of[process].extend(map(words.number_of, told.new))
        yield batch, told._replace(numbers=array("i", map(number_of[process].__getitem__, told.numbers)))
