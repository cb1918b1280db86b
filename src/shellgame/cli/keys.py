"""Keys, one at a time: as they are pressed on a terminal, or out of lines where standard input is none."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from shellgame.resolve.review import BACKSPACE, ENTER, ESCAPE, MORE, QUIT, SKIP, UNDO, VERDICT_KEYS

_NAMED = {"\r": ENTER, "\n": ENTER, "\x7f": BACKSPACE, "\x08": BACKSPACE, "\x04": QUIT}
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
UNKNOWN = "unknown"
"""A line that means nothing; no such key does anything."""


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
    try:
        tty.setcbreak(handle, termios.TCSADRAIN)
        yield decoded(lambda: os.read(handle, 1), lambda: bool(select.select([handle], [], [], _SEQUENCE_SECONDS)[0]))
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


def decoded(read: Callable[[], bytes], waiting: Callable[[], bool]) -> Iterator[str]:
    """Keys out of the bytes of a terminal: letters of UTF-8, names for those that are none, nothing for arrows and the like.

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
        yield _NAMED.get(text, text)


def _rest_of_sequence(read: Callable[[], bytes], waiting: Callable[[], bool]) -> None:
    """Pass over what an arrow or function key sends after the escape: `[A`, `OP`, `[15~`; or the letter of Alt with a letter."""
    first = read() if waiting() else b""
    if first in (b"[", b"O"):
        while waiting() and (byte := read()) and not (byte.isalpha() or byte == b"~"):
            pass


def keys_of_lines(lines: TextIO) -> Iterator[str]:
    """Keys out of lines: a verdict with its reason (`same 1`, `d other father`), `skip`, `undo`, `more`, `quit`.

    A verdict alone takes the next line for its reason. A line that is none of these is one key that does nothing, never
    its letters.
    """
    asked = False
    while line := lines.readline(_LONGEST_LINE):
        word, _, rest = line.strip().partition(" ")
        key = _WORDS.get(word.casefold(), word.casefold())
        known = key in _WORDS.values() and (not rest or (key in VERDICT_KEYS and not asked))
        if asked and known:
            yield ESCAPE
        if known:
            yield key
        reason = rest.strip() if known else line.strip() if asked else ""
        if reason:
            yield from reason
        if (reason and not _is_digit(reason)) or (asked and not known and not reason):
            yield ENTER
        if not known and not asked:
            yield UNKNOWN
        asked = known and key in VERDICT_KEYS and not reason


def _is_digit(text: str) -> bool:
    return len(text) == 1 and text.isascii() and text.isdigit()
