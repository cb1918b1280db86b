"""A large part of a publication read in pieces, by several processes where that is worth it.

A reader whose file can be cut behind whole records gives the pieces and a function that claims what one piece says. Small files
are read here; for a large one the pieces go to helper processes, each of which answers with a table of claims, and the answers
are taken in the order of the pieces: what comes out is the same. A helper ends with its input, so none outlives a reader that
is killed.
"""

from __future__ import annotations

import gc
import json
import os
import struct
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from queue import SimpleQueue
from typing import Any, BinaryIO, NamedTuple

import pyarrow as pa

from shellgame import errors
from shellgame.errors import BadInput, ShellgameError
from shellgame.sources.claims import Claims
from shellgame.sources.publication import Part

ClaimPiece = Callable[[Claims, str, bytes], None]
"""Claims what one piece says, given the name of its part and its bytes; a function of a module, so that others find it too."""
_WORTH_PROCESSES = 48 << 20
"""Bytes of a part from which helpers save more time than they take to start."""
_MOST_PROCESSES = 4
_LENGTHS = struct.Struct(">QQ")


class _Answer(NamedTuple):
    """What one piece says, as a helper tells it: a table of claims, and counts, notes and records that are gone."""

    claims: pa.Table
    told: dict[str, Any]


def claim_pieces(claims: Claims, part: Part, pieces: Iterable[bytes], claim: ClaimPiece) -> None:
    """Claim what all pieces of a part say, in their order.

    Args:
        claims: Where claims, counts and notes go.
        part: The part that they are of.
        pieces: Whole records each.
        claim: Claims what one of them says.

    Raises:
        BadInput: What `claim` raised, with the name of the file.
    """
    try:
        if part.size < _WORTH_PROCESSES:
            for piece in pieces:
                claim(claims, part.name, piece)
        else:
            _claim_with_helpers(claims, part, pieces, claim)
    except BadInput as error:
        if error.file != part.name:
            raise
        raise type(error)(
            part.printed_name, record=error.record, found=error.found, remedy=error.remedy
        ) from error.__cause__


def _claim_with_helpers(claims: Claims, part: Part, pieces: Iterable[bytes], claim: ClaimPiece) -> None:
    number = min(_MOST_PROCESSES, os.cpu_count() or 1)
    with _helpers(number, claims.source, part.name, claim) as helpers, ThreadPoolExecutor(number) as threads:
        under_way: deque[Future[_Answer]] = deque()

        def ask(piece: bytes) -> _Answer:
            helper = helpers.get()
            try:
                return helper.ask(piece)
            finally:
                helpers.put(helper)

        for piece in pieces:
            under_way.append(threads.submit(ask, piece))
            if len(under_way) > number:
                _take(claims, under_way.popleft().result())
        while under_way:
            _take(claims, under_way.popleft().result())


def _take(claims: Claims, answer: _Answer) -> None:
    claims.counts.update(answer.told["counts"])
    claims.gone.update(answer.told["gone"])
    published = answer.told["published"]
    if claims.published is None or "T" in (published or ""):  # a moment is told for the whole, a day with any record
        claims.published = published
    claims.notes.extend(note for note in answer.told["notes"] if note not in claims.notes)
    claims.pass_on_table(answer.claims)


class _Helper:
    """A process that claims what pieces say, one at a time."""

    def __init__(self, source: str, part: str, claim: ClaimPiece) -> None:
        command = [sys.executable, "-m", __name__, source, part, claim.__module__, claim.__name__]
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path and isinstance(path, str)),
        }
        self._part = part
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )

    def ask(self, piece: bytes) -> _Answer:
        """Give it a piece and wait for its answer.

        Raises:
            BadInput: What it raised.
            ShellgameError: It ended before it answered.
        """
        assert self._process.stdin  # noqa: S101 - both were asked for
        assert self._process.stdout  # noqa: S101
        try:
            _send(self._process.stdin, piece)
            told, table = _received(self._process.stdout)
        except (OSError, EOFError) as error:
            raise ShellgameError(
                f"a process that read {self._part} ended ({self._process.poll()}); see that there is memory, then try again"
            ) from error
        answer = json.loads(told)
        if fault := answer["error"]:
            kind = fault.pop("kind")
            raise getattr(errors, kind)(**fault)
        return _Answer(pa.ipc.open_stream(table).read_all(), answer)

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.communicate()


@contextmanager
def _helpers(number: int, source: str, part: str, claim: ClaimPiece) -> Iterator[SimpleQueue[_Helper]]:
    queue: SimpleQueue[_Helper] = SimpleQueue()
    all_of_them: list[_Helper] = []
    try:
        for _ in range(number):
            all_of_them.append(_Helper(source, part, claim))
            queue.put(all_of_them[-1])
        yield queue
    finally:
        for helper in all_of_them:
            helper.end()


def _send(file: BinaryIO | Any, first: bytes, second: bytes | pa.Buffer = b"") -> None:
    file.write(_LENGTHS.pack(len(first), len(second)))
    file.write(first)
    file.write(second)
    file.flush()


def _received(file: BinaryIO | Any) -> tuple[bytes, bytes]:
    """What was sent at the other end.

    Raises:
        EOFError: Nobody is there any more.
    """
    lengths = file.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        raise EOFError
    first, second = _LENGTHS.unpack(lengths)
    return file.read(first), file.read(second)


def _answer(source: str, part: str, piece: bytes, claim: ClaimPiece) -> tuple[bytes, bytes | pa.Buffer]:
    claims = Claims(source)
    try:
        claim(claims, part, piece)
    except BadInput as error:
        fault = {"kind": type(error).__name__, "file": error.file, "record": error.record}
        return _told(claims, {**fault, "found": error.found, "remedy": error.remedy}), b""
    table = claims.table()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return _told(claims, None), sink.getvalue()


def _told(claims: Claims, fault: dict[str, str] | None) -> bytes:
    told = {
        "counts": claims.counts,
        "gone": sorted(claims.gone),
        "notes": claims.notes,
        "published": claims.published,
        "error": fault,
    }
    return json.dumps(told).encode()


def main(source: str, part: str, module: str, function: str) -> None:
    """Answer pieces on standard input until there is no more."""
    claim: ClaimPiece = getattr(import_module(module), function)
    gc.disable()  # a piece's claims make no circles, and are many
    while True:
        try:
            piece, _ = _received(sys.stdin.buffer)
        except EOFError:
            return
        _send(sys.stdout.buffer, *_answer(source, part, piece, claim))


if __name__ == "__main__":
    main(*sys.argv[1:])
