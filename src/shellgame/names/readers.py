"""Many names read by several processes: what comes of it is the same however many there are.

The processes are interpreters started afresh. A copy of this one might hang, since it has threads; and the standard library's way
to start others runs the user's script anew, which not every script is made for.
"""

from __future__ import annotations

import os
import pickle
import sys
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import chain, cycle, islice
from subprocess import PIPE, Popen
from typing import IO, cast

from shellgame.errors import ShellgameError
from shellgame.names.reader import Batch, Read, read
from shellgame.names.readings import Words

_BATCH = 5_000
"""Names handed over at a time; reading them takes a tenth of a second."""
_FEW = 12
"""Batches that are read in this process: others would hardly have started before it is done."""
_MOST = 8
"""Processes at most: this one puts together what they find, and more would wait for it."""
_AHEAD = 2
"""Batches that wait at a process, so that it has something to do while this one is busy."""
_ALONE = "set SHELLGAME_PROCESSES=1, and they are read in one: that takes longer, and less memory"
_SERVE = "from shellgame.names.reader import serve; serve()"


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
    processes = _processes() if len(few) > _FEW else 1
    if processes > 1:
        return _read_by(processes, batches, words)
    return ((batch, read(batch, words)) for batch in batches)


def _processes() -> int:
    """How many processes to start; none where a program is packed into one file, which would start itself."""
    from shellgame.settings import settings  # takes a while to load, and only large lists ask

    if not sys.executable or getattr(sys, "frozen", False):
        return 1
    return settings().processes or min(_MOST, os.cpu_count() or 1)


def _read_by(processes: int, batches: Iterable[Batch], words: Words) -> Iterator[tuple[Batch, Read]]:
    """Hand batches out in turn, and number anew what comes back: a process counts words by itself."""
    waiting: deque[tuple[Batch, Future[Read], array[int]]] = deque()
    with ExitStack() as stack:
        readers = [(stack.enter_context(_process()), array("i")) for _ in range(processes)]
        for batch, (reader, number_of) in zip(batches, cycle(readers), strict=False):
            waiting.append((batch, reader(batch), number_of))
            if len(waiting) > _AHEAD * processes:
                yield _numbered(*waiting.popleft(), words)
        while waiting:
            yield _numbered(*waiting.popleft(), words)


def _numbered(batch: Batch, coming: Future[Read], number_of: array[int], words: Words) -> tuple[Batch, Read]:
    told = coming.result()
    number_of.extend(map(words.number_of, told.new))
    return batch, told._replace(numbers=array("i", map(number_of.__getitem__, told.numbers)))


@contextmanager
def _process() -> Iterator[Callable[[Batch], Future[Read]]]:
    """Start a process to which batches are handed; it comes to an end with the context, whatever it is doing."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if isinstance(path, str))}
    command = [sys.executable, "-P", "-c", _SERVE]  # -P: no module of the folder that it happens to be started in
    try:
        process = Popen(command, stdin=PIPE, stdout=PIPE, env=environment)  # noqa: S603 - nothing of it comes from outside
    except OSError as error:
        raise ShellgameError(f"no process could be started to read names for an index ({error}); {_ALONE}") from error
    try:
        with ThreadPoolExecutor(1) as thread:  # waits at the pipes
            try:
                yield lambda batch: thread.submit(_asked, process, batch)
            finally:
                process.kill()
    finally:
        process.communicate()


def _asked(process: Popen[bytes], batch: Batch) -> Read:
    asked, told = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    try:
        pickle.dump(batch, asked, pickle.HIGHEST_PROTOCOL)
        asked.flush()
        found: Read = pickle.load(told)  # noqa: S301 - written by our own process
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        raise ShellgameError(
            f"a process that reads names for an index ended with status {process.wait()} before its work was done; {_ALONE}"
        ) from error
    return found
