"""What to ask a server and what its answer means, from status and headers alone: the protocol, without a socket."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from shellgame.errors import FetchFailed
from shellgame.sources.fetching.partial import Body
from shellgame.sources.fetching.state import Seen

LONGEST_PAUSE_SECONDS = 300.0
"""A server that asks for a longer pause is left alone until the next fetch."""
NOT_MODIFIED = 304
_OK, _PARTIAL_CONTENT, _RANGE_NOT_SATISFIABLE = 200, 206, 416
_BUSY = frozenset({408, 425, 429})
_CODINGS = {"": "", "identity": "", "gzip": "gzip", "x-gzip": "gzip"}
_NUMBER = re.compile(r"[0-9]{1,18}")
_CONTENT_RANGE = re.compile(r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\*)")


class TryFailed(FetchFailed):
    """One try failed; `shellgame.sources.fetch` decides whether there is another.

    Attributes:
        found: What happened.
        again: Whether another try may do better.
        resumable: Whether what has arrived is worth keeping.
        pause: How long the server asked to be left alone, in seconds.
    """

    def __init__(self, found: str, *, again: bool = True, resumable: bool = True, pause: float = 0.0) -> None:
        self.found = found
        self.again = again and pause <= LONGEST_PAUSE_SECONDS
        self.resumable = resumable
        self.pause = pause
        super().__init__(found)


def request_headers(begun: Body | None, last: Seen | None) -> dict[str, str]:
    """Ask for the rest of what was begun, or else for the file if it is another one than last time."""
    if begun and begun.strong_mark:
        return {"Range": f"bytes={begun.size}-", "If-Range": begun.strong_mark}
    marks = {"If-None-Match": last.etag, "If-Modified-Since": last.last_modified} if last else {}
    return {name: mark for name, mark in marks.items() if mark}


def refuse_status(status: int, reason: str, headers: Mapping[str, str], now: datetime) -> None:
    """Let pass only a status that a file, or the rest of one, comes with.

    Raises:
        TryFailed: Any other status; worth another try where the server is busy or out of order.
    """
    if status in (_OK, _PARTIAL_CONTENT):
        return
    found = f"the server answered {status} {reason}".rstrip()
    if status in _BUSY or status >= 500:
        pause = _asked_pause(headers.get("retry-after", ""), now)
        raise TryFailed(found + (f" and asks to wait {pause:,.0f} s" if pause else ""), pause=pause)
    unfit = status in (NOT_MODIFIED, _RANGE_NOT_SATISFIABLE)
    raise TryFailed(found, again=unfit, resumable=not unfit)


def _asked_pause(retry_after: str, now: datetime) -> float:
    """Read a Retry-After header, which holds seconds or a date; 0 where it is missing or neither."""
    if _NUMBER.fullmatch(retry_after):
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
        return max(0.0, ((until if until.tzinfo else until.replace(tzinfo=UTC)) - now).total_seconds())
    except (ValueError, OverflowError):
        return 0.0


def body_told(status: int, headers: Mapping[str, str], begun: Body) -> Body:
    """Read what an answer tells of its body: a new one, or the rest of the one begun.

    Args:
        status: 200 or 206.
        headers: The answer's.
        begun: What lies here already; of size 0 where nothing does.

    Raises:
        TryFailed: A packing that was not asked for, or another piece than was asked for.
    """
    packing = headers.get("content-encoding", "").strip().lower()
    if packing not in _CODINGS:
        raise TryFailed(f"the server packed the file as {packing[:40]!r}, which was not asked for", again=False)
    new = Body(
        begun.url,
        total=_length(headers),
        etag=_mark(headers.get("etag", "")),
        last_modified=_mark(headers.get("last-modified", "")),
        coding=_CODINGS[packing],
    )
    return new if status == _OK else _rest(begun, new, headers.get("content-range", ""))


def _rest(begun: Body, told: Body, content_range: str) -> Body:
    """Check that a partial answer continues the body begun; it need not repeat what it told of it before."""
    piece = _CONTENT_RANGE.fullmatch(content_range)
    total = int(piece[3]) if piece and piece[3] != "*" else begun.total
    same = told.etag in (None, begun.etag) and told.coding in ("", begun.coding) and begun.total in (None, total)
    if not piece or not begun.size or int(piece[1]) != begun.size or not same:
        raise TryFailed("the server sent another piece of the file than was asked for", resumable=False)
    return replace(begun, total=total)


def _length(headers: Mapping[str, str]) -> int | None:
    printed = headers.get("content-length", "")
    return int(printed) if _NUMBER.fullmatch(printed) and "transfer-encoding" not in headers else None


def _mark(printed: str) -> str | None:
    """A server's mark if it can be sent back: a request header holds printable ASCII only."""
    return printed if printed and printed.isascii() and printed.isprintable() else None
