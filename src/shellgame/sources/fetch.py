"""Downloads: the one place that opens sockets.

A publication comes whole or not at all: every part is downloaded, checked and only then put in its place, and when one
part is new the others are there too. A server may be slow, break off, lie about lengths or send a web page instead of a
list; what it did is told in the error, the last good version stays, and the next try resumes where this one broke off.

The state that a download returns is to be saved once its publication was read and taken in, not before: a server must
not be told "I have that one" about a file that the reader refused.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from pathlib import Path

import httpx

from shellgame.errors import Damaged, FetchFailed, Hostile, WrongUse
from shellgame.settings import settings
from shellgame.sources.catalog import Source
from shellgame.sources.fetching.answers import NOT_MODIFIED, TryFailed, body_told, refuse_status, request_headers
from shellgame.sources.fetching.partial import Body, Partial, limit_bytes, too_large
from shellgame.sources.fetching.rules import (
    REAL_CLOCK,
    Clock,
    Pace,
    pause_seconds,
    refuse_other_kind,
    refused_address,
    refused_redirect,
)
from shellgame.sources.fetching.state import FetchState, Seen
from shellgame.sources.reading import Reading

MAX_REDIRECTS = 5


@dataclass(frozen=True)
class Progress:
    """How far a download is.

    Attributes:
        part: The part on its way.
        received: Bytes so far, as sent.
        total: Bytes in all, where the server told.
        note: What went wrong and how long the pause is, while waiting for another try; else empty.
    """

    part: str
    received: int = 0
    total: int | None = None
    note: str = ""


@dataclass(frozen=True)
class FetchedFile:
    """One part after a download.

    Attributes:
        part: Its name.
        url: The address asked.
        final_url: The address that answered, after redirects.
        changed: Whether its content differs from what was last seen.
        seen: Hash, size, time and the server's marks.
        path: Where it lies; None where nothing of the publication changed.
        tries: How many requests it took.
    """

    part: str
    url: str
    final_url: str
    changed: bool
    seen: Seen
    path: Path | None = None
    tries: int = 1


@dataclass(frozen=True)
class Download:
    """A publication after a download.

    Attributes:
        files: One for each part.
        state: What to hand to `save_state` once the publication was taken in.
        warnings: For people; nothing failed for it.
    """

    files: tuple[FetchedFile, ...]
    state: FetchState
    warnings: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether there is anything new; if so all parts lie in the folder, if not none does."""
        return any(file.changed for file in self.files)


def download(
    source: Source,
    into: Path,
    *,
    state: FetchState,
    progress: Callable[[Progress], None] | None = None,
    transport: httpx.BaseTransport | None = None,
    clock: Clock = REAL_CLOCK,
) -> Download:
    """Download every file of a source into a folder.

    Args:
        source: What to download; its `files` name parts and addresses.
        into: A folder of the caller's for this source alone; keep it after a failure, so that the next call can resume.
        state: What was last seen; an empty state downloads everything.
        progress: Told of every piece that arrives and every pause.
        transport: Takes the place of the network, for tests.
        clock: Takes the place of time, for tests.

    Returns:
        Which files are new. Where none is, none lies in the folder.

    Raises:
        FetchFailed: A file could not be had or is no list; no complete file lies in the folder.
        Hostile: A file is larger than `max_file_mib`, as sent or unpacked; no complete file lies in the folder.
        WrongUse: The source has no addresses, or one that must not be asked.
    """
    partials = _partials(source, into)
    try:
        with _client(transport) as client:
            into.mkdir(parents=True, exist_ok=True)
            _clear(partials)
            files = _Errand(source, client, progress or (lambda _: None), clock).bring_all(partials, state)
            files = _put_in_place(files, partials)
    except BaseException as error:
        with suppress(OSError):
            _clear(partials)
        if isinstance(error, OSError):
            found = f"{error.filename or into} cannot be read or written ({error.strerror})"
            raise FetchFailed(f"{source.name}: {found}; see to that and fetch again") from error
        raise
    return Download(tuple(files), FetchState({**state.seen, **{file.url: file.seen for file in files}}), state.warnings)


def hold_against(previous_counts: Mapping[str, int] | None, reading: Reading, *, previous_day: str = "") -> None:
    """Refuse a publication that lost more than a tenth of its records since the last good version.

    A list cut at the end of a line looks whole to a reader, and lists hardly ever shrink by that much at once.

    Args:
        previous_counts: Counts of the last good version, None where there is none.
        reading: The new publication, as read.
        previous_day: Day or moment of the last good version, for the message.

    Raises:
        FetchFailed: Names both counts and says how to take the publication in if the loss is real.
    """
    before, found = (previous_counts or {}).get("records", 0), reading.claims.counts["records"]
    if (before - found) * 10 <= before:
        return
    name = reading.source.name
    last_good = f"the last good version of {previous_day}" if previous_day else "the last good version"
    raise FetchFailed(
        f"{name}: the publication has {found:,} records, {last_good} had {before:,}: more than a tenth is gone; "
        f"the last good version stays; if the loss is real, add the file with `shellgame add {name} FILE`"
    )


def _partials(source: Source, into: Path) -> list[Partial]:
    if not source.files:
        raise WrongUse(
            f"{source.name} has no address to fetch from; add a file with `shellgame add {source.name} FILE`"
        )
    for part, url in source.files.items():
        if Path(part).name != part or part.startswith("."):
            raise WrongUse(f"{source.name}: {part!r} is no plain file name; name the part anew in source.yml")
        if reason := refused_address(_parsed(url)):
            raise WrongUse(f"{source.name}, {part}: the address is {url!r}, {reason}; correct it in source.yml")
    return [Partial(into, part, url) for part, url in source.files.items()]


def _parsed(url: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except httpx.InvalidURL:
        return httpx.URL()  # which no rule lets pass


def _clear(partials: list[Partial]) -> None:
    for partial in partials:
        partial.discard_whole()


def _put_in_place(files: list[FetchedFile], partials: list[Partial]) -> list[FetchedFile]:
    if not any(file.changed for file in files):
        _clear(partials)
        return files
    for partial in partials:
        partial.complete()
    return [replace(file, path=partial.path) for file, partial in zip(files, partials, strict=True)]


def _client(transport: httpx.BaseTransport | None) -> httpx.Client:
    try:
        ours = version("shellgame")
    except PackageNotFoundError:  # run from its source folder
        ours = "dev"
    return httpx.Client(
        headers={"User-Agent": f"shellgame/{ours}", "Accept": "*/*", "Accept-Encoding": "gzip"},
        timeout=settings().fetch_timeout_seconds,
        transport=transport,
    )


@dataclass(frozen=True)
class _Errand:
    """The conversation with the servers of one source."""

    source: Source
    client: httpx.Client
    progress: Callable[[Progress], None]
    clock: Clock

    def bring_all(self, partials: list[Partial], state: FetchState) -> list[FetchedFile]:
        """Bring every part, and where one is new also those of which the server only said that they are not."""
        seen = [state.seen.get(partial.url) for partial in partials]
        fetched = [self._bring(partial, last) for partial, last in zip(partials, seen, strict=True)]
        if not any(file.changed for file in fetched):
            return fetched
        return [
            file if partial.whole.exists() else self._bring(partial, last, even_if_unchanged=True)
            for file, partial, last in zip(fetched, partials, seen, strict=True)
        ]

    def _bring(self, partial: Partial, last: Seen | None, *, even_if_unchanged: bool = False) -> FetchedFile:
        condition = None if even_if_unchanged else last
        for number in count(1):
            try:
                seen, final_url = self._try_once(partial, condition)
            except TryFailed as failed:
                if not failed.resumable:
                    partial.discard()
                if not failed.again or number >= settings().fetch_tries:
                    raise self._given_up(partial, failed.found, number) from failed
                self._pause(partial, failed, number)
            else:
                changed = last is None or last.sha256 != seen.sha256
                return FetchedFile(partial.part, partial.url, final_url, changed, seen, tries=number)
        raise AssertionError  # the loop has no other end

    def _try_once(self, partial: Partial, condition: Seen | None) -> tuple[Seen, str]:
        begun = partial.begun()
        try:
            with self._opened(partial.url, request_headers(begun, condition)) as response:
                if response.status_code == NOT_MODIFIED and condition and not begun:
                    return replace(condition, checked_at=self._moment()), str(response.url)
                refuse_status(response.status_code, response.reason_phrase, response.headers, self.clock.now())
                body = body_told(response.status_code, response.headers, begun or Body(partial.url))
                self._receive(response, partial, body)
            size, sha256 = _checked(partial, body)
        except httpx.TransportError as error:
            raise TryFailed(_in_words(error)) from error
        except Hostile:
            partial.discard()
            raise
        return Seen(sha256, size, self._moment(), body.etag, body.last_modified), str(response.url)

    @contextmanager
    def _opened(self, url: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
        """Ask an address and, one by one, those that it leads to."""
        origin = at = httpx.URL(url)
        for _ in range(1 + MAX_REDIRECTS):
            with self.client.stream("GET", at, headers=headers) as response:
                if response.next_request is None:
                    yield response
                    return
                at = response.next_request.url
            if reason := refused_redirect(origin, at, _addresses):
                raise TryFailed(f"the server redirects to {str(at)[:200]!r}, {reason}", again=False)
        raise TryFailed(
            f"the server redirects more than {MAX_REDIRECTS} times, at last to {str(at)[:200]!r}", again=False
        )

    def _receive(self, response: httpx.Response, partial: Partial, body: Body) -> None:
        if (body.total or 0) > limit_bytes():
            raise too_large(partial)
        pace = Pace(self.clock)
        received = body.size
        with partial.writing(body) as file:
            for piece in response.iter_raw():
                received += len(piece)
                if received > limit_bytes():
                    raise too_large(partial)
                file.write(piece)
                if found := pace.complaint(len(piece)):
                    raise TryFailed(found)
                self.progress(Progress(partial.part, received, body.total))
        if body.total not in (None, received):
            raise TryFailed(f"the body ended after {received:,} of {body.total:,} bytes")

    def _pause(self, partial: Partial, failed: TryFailed, failed_tries: int) -> None:
        seconds = max(pause_seconds(failed_tries), failed.pause)
        self.progress(Progress(partial.part, note=f"{failed.found}; again in {seconds:.0f} s"))
        self.clock.sleep(seconds)

    def _given_up(self, partial: Partial, found: str, tries: int) -> FetchFailed:
        name = self.source.name
        return FetchFailed(
            f"{name}, {partial.part} from {partial.url}: {found}{f' ({tries} tries)' if tries > 1 else ''}; "
            f"the last good version stays; look at {self.source.url or 'the publisher'}, then fetch again, "
            f"or download the file there and use `shellgame add {name} FILE`"
        )

    def _moment(self) -> str:
        return self.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")


def _checked(partial: Partial, body: Body) -> tuple[int, str]:
    """Unpack what came; emptiness and bad packing may be an accident, another kind of file is not."""
    try:
        size, sha256 = partial.unpack(body.coding)
    except Damaged as error:
        raise TryFailed(error.found, resumable=False) from error
    try:
        refuse_other_kind(partial.part, partial.head())
    except Damaged as error:
        raise TryFailed(error.found, again=False, resumable=False) from error
    return size, sha256


def _in_words(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return f"the server was silent for {settings().fetch_timeout_seconds:g} s"
    return f"the connection failed: {error}" if str(error) else f"the connection failed ({type(error).__name__})"


def _addresses(host: str) -> list[str]:
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, None)]
    except UnicodeError as error:
        raise TryFailed(f"the server redirects to {host[:80]!r}, which is no host name", again=False) from error
    except OSError:  # unknown here; perhaps a proxy knows it, else connecting fails and says so
        return []
