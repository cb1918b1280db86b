"""Work done by several processes: what comes of it is the same however many there are.

The processes are interpreters started afresh. A copy of this one might hang, since it has threads; and the standard library's way
to start others runs the user's script anew, which not every script is made for. Work goes to each over its standard input and comes
back over its standard output; whoever serves it loads only what the work needs.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import cycle
from subprocess import PIPE, Popen
from typing import IO, Any, BinaryIO, TypeVar, cast

from shellgame.collector import collector_paused
from shellgame.errors import ShellgameError

Asked = TypeVar("Asked")
_MOST = 8
"""Processes at most: this one puts together what they find, and more would wait for it."""
_AHEAD = 2
"""Batches that wait at a process, so that it has something to do while this one is busy."""
_ALONE = "set SHELLGAME_PROCESSES=1, and all is done in one: that takes longer, and less memory"


def how_many() -> int:
    """How many processes to work with (`SHELLGAME_PROCESSES`); one where a program packed into a file would start itself."""
    from shellgame.settings import settings  # takes a while to load, and only large work asks

    if not sys.executable or getattr(sys, "frozen", False):
        return 1
    return settings().processes or min(_MOST, os.cpu_count() or 1)


def answered_by(processes: int, serve: str, work: str, batches: Iterable[Asked]) -> Iterator[tuple[int, Asked, Any]]:
    """Hand batches out in turn to processes of our own.

    Args:
        processes: How many are started; they end with the iteration.
        serve: The code that each runs: it calls `serve` of this module.
        work: What they do, in words that follow "a process that".
        batches: What is handed out; must be picklable.

    Yields:
        In the order of the batches: which process had it, the batch, and what it answered.

    Raises:
        ShellgameError: A process could not be started, or came to an end before its work did.
    """
    waiting: deque[tuple[int, Asked, Future[Any]]] = deque()
    with ExitStack() as stack:
        ask = [stack.enter_context(_process(serve, work)) for _ in range(processes)]
        for batch, number in zip(batches, cycle(range(processes)), strict=False):
            waiting.append((number, batch, ask[number](batch)))
            if len(waiting) > _AHEAD * processes:
                yield _come(*waiting.popleft())
        while waiting:
            yield _come(*waiting.popleft())


def _come(number: int, batch: Asked, coming: Future[Any]) -> tuple[int, Asked, Any]:
    return number, batch, coming.result()


@contextmanager
def _process(serve: str, work: str) -> Iterator[Callable[[object], Future[Any]]]:
    """Start a process to which batches are handed; it comes to an end with the context, whatever it is doing."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if isinstance(path, str))}
    command = [sys.executable, "-P", "-c", serve]  # -P: no module of the folder that it happens to be started in
    try:
        process = Popen(command, stdin=PIPE, stdout=PIPE, env=environment)  # noqa: S603 - nothing of it comes from outside
    except OSError as error:
        raise ShellgameError(f"a process that {work} could not be started ({error}); {_ALONE}") from error
    try:
        with ThreadPoolExecutor(1) as thread:  # waits at the pipes
            try:
                yield lambda batch: thread.submit(_asked, process, work, batch)
            finally:
                process.kill()
    finally:
        process.communicate()


def _asked(process: Popen[bytes], work: str, batch: object) -> Any:
    asked, told = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    try:
        pickle.dump(batch, asked, pickle.HIGHEST_PROTOCOL)
        asked.flush()
        return pickle.load(told)  # noqa: S301 - written by our own process
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        raise ShellgameError(
            f"a process that {work} ended with status {process.wait()} before its work was done; {_ALONE}"
        ) from error


@collector_paused()
def serve(answer: Callable[[Any], object]) -> None:
    """Answer what comes over standard input until it ends, over standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this one ends it
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    while (batch := _next(asked)) is not None:
        pickle.dump(answer(batch), told, pickle.HIGHEST_PROTOCOL)
        told.flush()


def _next(asked: BinaryIO) -> Any:
    try:
        return pickle.load(asked)  # noqa: S301 - written by the process that started this one
    except EOFError:
        return None
