"""What a download may do: where it may be led, what it may bring, how long it waits. No socket is opened here."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import PurePath
from typing import Protocol

from shellgame.errors import Damaged
from shellgame.settings import settings
from shellgame.sources.fetching.partial import AGAIN
from shellgame.sources.publication import refuse_html

_FIRST_PAUSE_SECONDS = 2.0
LEAST_BYTES_PER_SECOND = 1024
"""A body that comes slower than this over a whole `fetch_timeout_seconds` counts as silence."""
_UTF8_MARK, _UTF16_MARKS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_PACKED = (b"PK", b"\x1f\x8b")
_STARTS: dict[str, tuple[bytes, ...]] = {
    ".xml": (b"<",), ".json": (b"[", b"{"), ".jsonl": (b"{",), ".gz": (b"\x1f\x8b",),
    ".zip": (b"PK",), ".xlsx": (b"PK",), ".ods": (b"PK",),
}  # fmt: skip
"""How a file begins, by the ending of its part's name; a name that is not here promises nothing."""
_TABLES = frozenset({".csv", ".tsv", ".txt"})
_jitter = random.SystemRandom()


class Address(Protocol):
    """What the rules need of a parsed address."""

    @property
    def scheme(self) -> str:
        """Lower case, without the colon."""

    @property
    def host(self) -> str:
        """Name or number, without brackets."""


Lookup = Callable[[str], Iterable[str]]
"""From a host name to its addresses; empty where it cannot be found."""


def refused_address(url: Address) -> str:
    """Say why an address may not be asked at all; empty if it may."""
    if not url.host or url.scheme not in ("http", "https"):
        return "which is no web address"
    if url.scheme == "http" and not _on_this_machine(url):
        return "which is not https, so that anybody on the way could change the list"
    return ""


def refused_redirect(origin: Address, target: Address, lookup: Lookup) -> str:
    """Say why a server may not lead from the address that was asked to another one; empty if it may.

    Names are looked up before anything is connected. One that changes its mind in between would still have to show a
    certificate for that name, because the way out is https.
    """
    if origin.scheme == "http":
        return "" if target.scheme == "http" and _on_this_machine(target) else "which leaves this machine"
    if target.scheme != "https":
        return "which is not https"
    if target.host != origin.host and _is_private(target.host, lookup) and not _is_private(origin.host, lookup):
        return "which is inside a private network"
    return ""


def _on_this_machine(url: Address) -> bool:
    try:
        return ip_address(url.host).is_loopback
    except ValueError:
        return url.host == "localhost"


def _is_private(host: str, lookup: Lookup) -> bool:
    found = [ip_address(text.partition("%")[0]) for text in lookup(host)]
    return any(not address.is_global or address.is_multicast for address in found)


def refuse_other_kind(part: str, head: bytes) -> None:
    """Refuse what cannot be the file that the part's name promises: a web page, an error message, a packed table.

    Raises:
        Damaged: Quotes how the file begins.
    """
    refuse_html(part, head)
    start = head.removeprefix(_UTF8_MARK)
    if start.startswith(_UTF16_MARKS):
        start = start[2:].replace(b"\x00", b"")
    start = start.lstrip()
    ending = PurePath(part).suffix.lower()
    wrong = (
        start.startswith((b"<", b"{", *_PACKED))
        if ending in _TABLES
        else not start.startswith(_STARTS.get(ending, (b"",)))
    )
    if wrong:
        begins = start[:40].decode("utf-8", "replace")
        raise Damaged(part, found=f"the file begins with {begins!r}, which no {ending} file does", remedy=AGAIN)


def pause_seconds(failed_tries: int) -> float:
    """How long to wait after so many failed tries: twice as long each time, and not the same for any two clients."""
    longest = _FIRST_PAUSE_SECONDS * 2 ** (failed_tries - 1)
    return _jitter.uniform(longest / 2, longest)


@dataclass(frozen=True)
class Clock:
    """Time as a download needs it: the present moment, seconds that only go forward, and waiting."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ticks: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


REAL_CLOCK = Clock()


class Pace:
    """Notices a server that keeps the line open with a few bytes now and then."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since, self._bytes = clock.ticks(), 0

    def complaint(self, received: int) -> str:
        """Count bytes that came; say what is wrong if too few came for too long, else nothing."""
        self._bytes += received
        now, span = self._clock.ticks(), settings().fetch_timeout_seconds
        if now - self._since < span:
            return ""
        if self._bytes < LEAST_BYTES_PER_SECOND * span:
            return f"the server sent only {self._bytes:,} bytes in {now - self._since:.0f} s"
        self._since, self._bytes = now, 0
        return ""
