"""Keys, one at a time: as they are pressed on a terminal, or out of lines where standard input is none."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from selectors import EVENT_READ, DefaultSelector
from typing import TextIO

from shellgame.resolve.review import BACKSPACE, ENTER, ESCAPE, MORE, QUIT, SKIP, UNDO, VERDICT_KEYS

_NAMED = {"\r": ENTER, "\n": ENTER, "\x7f": BACKSPACE, "\x08": BACKSPACE}
_END = "\x04"
_SEQUENCE_SECONDS = 0.05
"""What follows the escape key sooner is part of an arrow or function key, not another key."""
_WORDS = {
    **{str(verdict): key for key, verdict in VERDICT_KEYS.items()},
    "skip": SKIP,
    "undo": UNDO,
    "more": MORE,
    "quit": QUIT,
}
_LONGEST_LINE = 10_000


@contextmanager
def keys_of(stream: TextIO) -> Iterator[Iterator[str]]:
    """The keys of a stream, in a `with` block, after which a terminal is as it was before; they end where it ends."""
    if not stream.isatty() or sys.platform == "win32":
        yield keys_of_lines(stream)
        return
    import termios  # neither is there on Windows, which takes lines
    import tty

    handle = stream.fileno()
    before = termios.tcgetattr(handle)
    woken, waking = os.pipe()

    def wake(*_: object) -> None:
        with suppress(termios.error):
            tty.setcbreak(handle, termios.TCSADRAIN)  # which whoever ran while this was stopped may have undone
        os.write(waking, _NO_KEY)

    handlers = {number: signal.signal(number, wake) for number in (signal.SIGWINCH, signal.SIGCONT)}
    try:
        tty.setcbreak(handle, termios.TCSADRAIN)
        yield decoded(lambda: _byte_of(handle, woken), lambda: bool(_ready(handle, seconds=_SEQUENCE_SECONDS)))
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        os.close(woken)
        os.close(waking)
        with suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(handle, termios.TCSADRAIN, before)


_NO_KEY = b"\0"
"""Comes when the terminal was given another size, or this program goes on after it was stopped: all is to be drawn again."""


def _byte_of(handle: int, woken: int) -> bytes:
    """The next byte of a terminal, or `_NO_KEY`; empty where it is gone."""
    try:
        return os.read(_ready(handle, woken)[0], 1)
    except OSError:
        return b""


def _ready(*handles: int, seconds: float | None = None) -> list[int]:
    """Those of some handles that can be read from now, or by the time given; also where this process has many files open."""
    with DefaultSelector() as selector:
        for handle in handles:
            selector.register(handle, EVENT_READ)
        return [key.fd for key, _ in selector.select(seconds)]


def decoded(read: Callable[[], bytes], waiting: Callable[[], bool]) -> Iterator[str]:
    """Keys out of the bytes of a terminal: letters of UTF-8, names for those that are none, nothing for arrows and the like.

    They end with Ctrl-D.

    Args:
        read: Gives the next byte; empty at the end.
        waiting: Whether another byte has come already.
    """
    letter = b""
    while byte := read():
        if byte == b"\x1b":
            letter = b""
            if not waiting():
                yield ESCAPE
            _rest_of_sequence(read, waiting)
            continue
        letter += byte
        try:
            text = letter.decode()
        except UnicodeDecodeError:
            letter = b"" if len(letter) >= len("\U0001f600".encode()) else letter
            continue
        letter = b""
        if text == _END:
            return
        yield _NAMED.get(text, text)


def _rest_of_sequence(read: Callable[[], bytes], waiting: Callable[[], bool]) -> None:
    """Pass over what an arrow or function key sends after the escape: `[A`, `OP`, `[15~`; or the letter of Alt with a letter."""
    first = read() if waiting() else b""
    if first in (b"[", b"O"):
        while waiting() and (byte := read()) and not (byte.isalpha() or byte == b"~"):
            pass


def keys_of_lines(lines: TextIO) -> Iterator[str]:
    """Keys out of lines: a verdict with its reason (`same 1`, `d other father`), `skip`, `undo`, `more`, `quit`.

    A verdict alone takes the next line for its reason. Any other line is one key of many letters, never its letters: so a reason
    that is not asked for decides nothing.
    """
    asked = decided = False
    for line in _whole_lines(lines):
        word, _, rest = line.partition(" ")
        key = _WORDS.get(word.casefold(), word.casefold())
        is_command = key in _WORDS.values() and (not rest or (key in VERDICT_KEYS and not asked))
        if is_command:
            if decided:
                yield ESCAPE  # its reason may have been none
            yield key
            decided = key in VERDICT_KEYS
        reason = rest if is_command else line
        if reason:
            yield reason if _is_digit(reason) else f" {reason}"
        if (asked and not is_command) or (is_command and rest):
            yield ENTER
        asked = is_command and decided and not rest


def _whole_lines(lines: TextIO) -> Iterator[str]:
    """Lines with single spaces between their words; one that is too long is cut, and never read on as another."""
    begun = ""
    while part := lines.readline(_LONGEST_LINE):
        begun = begun or part
        if part.endswith("\n") or len(part) < _LONGEST_LINE:
            yield " ".join(begun.split())
            begun = ""


def _is_digit(text: str) -> bool:
    return len(text) == 1 and text.isascii() and text.isdigit()
