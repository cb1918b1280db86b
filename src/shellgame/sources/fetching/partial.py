"""A download on its way: the bytes as the server sent them, what is known of them, and how they become a whole file.

Three files stand for one part while it is not complete: `<part>.partial` holds the bytes as sent (still packed where
the server packed them), `<part>.partial.json` says of what they are the beginning, `<part>.whole` is the checked file
that waits for the other parts. Only the last step, a rename, makes `<part>`.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from pydantic import ConfigDict, TypeAdapter, ValidationError

from shellgame.errors import Damaged, Hostile
from shellgame.files import write_bytes
from shellgame.settings import settings
from shellgame.sources.publication import HEAD_BYTES

_CHUNK_BYTES = 1 << 18
_GZIP = 16 + zlib.MAX_WBITS
"""Tells zlib to expect a gzip header and to check the sum at its end."""
AGAIN = "fetch it again, and tell the publisher if it stays so"


@dataclass(frozen=True)
class Body:
    """What is known of the body that a server began to send.

    Attributes:
        url: The address asked, before any redirect.
        size: How many of its bytes lie in the partial file.
        total: How many it has as sent, where the server told.
        etag: The server's mark for this content.
        last_modified: The server's date for it.
        coding: Content coding, `gzip` or empty.
    """

    __pydantic_config__ = ConfigDict(strict=True, extra="forbid")

    url: str
    size: int = 0
    total: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    coding: str = ""

    @property
    def strong_mark(self) -> str | None:
        """What proves that the rest belongs to the same content.

        A weak ETag does not, nor does a date beside it (RFC 9110, 13.1.5).
        """
        if self.etag:
            return None if self.etag.startswith("W/") else self.etag
        return self.last_modified


_NOTE = TypeAdapter(Body)


class Partial:
    """One part on its way into a folder.

    Attributes:
        part: Its name.
        url: The address it comes from.
        path: Where it lies when it is complete.
        whole: Where it waits for the other parts.
    """

    def __init__(self, into: Path, part: str, url: str) -> None:
        self.part = part
        self.url = url
        self.path = into / part
        self.whole = into / f"{part}.whole"
        self._bytes = into / f"{part}.partial"
        self._note = into / f"{part}.partial.json"

    def begun(self) -> Body | None:
        """Tell what lies here from a try that broke off, if it can be resumed safely."""
        try:
            body = _NOTE.validate_json(self._note.read_bytes())
            size = self._bytes.stat().st_size
        except (OSError, ValidationError):
            return None
        return body if body.url == self.url and body.strong_mark and body.size == size > 0 else None

    @contextmanager
    def writing(self, body: Body) -> Iterator[BinaryIO]:
        """Open the partial file behind its first `body.size` bytes.

        However the writing ends, what came is synced before it is noted: a note never vouches for bytes that a crash
        may lose.
        """
        self._note.unlink(missing_ok=True)
        with self._bytes.open("ab" if body.size else "wb") as file:
            try:
                yield file
            finally:
                file.flush()
                os.fsync(file.fileno())
                write_bytes(self._note, _NOTE.dump_json(replace(body, size=file.tell())))

    def unpack(self, coding: str) -> tuple[int, str]:
        """Turn the bytes as sent into the whole file.

        Returns:
            Its size in bytes and its SHA-256.

        Raises:
            Damaged: Nothing in it, or packed bytes that cannot be unpacked to their end.
            Hostile: It unpacks to more than `max_file_mib`.
        """
        size, digest = 0, sha256()
        with self._bytes.open("rb") as packed, self.whole.open("wb") as file:
            for piece in _gunzipped(packed, self.part) if coding and self._bytes.stat().st_size else _pieces(packed):
                size += len(piece)
                if size > limit_bytes():
                    raise too_large(self)
                digest.update(piece)
                file.write(piece)
        if not size:
            raise Damaged(self.part, found="the file is empty", remedy=AGAIN)
        self._bytes.unlink()
        self._note.unlink(missing_ok=True)
        return size, digest.hexdigest()

    def head(self) -> bytes:
        """The beginning of the whole file."""
        with self.whole.open("rb") as file:
            return file.read(HEAD_BYTES)

    def complete(self) -> None:
        """Put the whole file in its place."""
        self.whole.replace(self.path)

    def discard(self) -> None:
        """Remove all that lies here of this part, also a complete file of an earlier fetch."""
        self.discard_whole()
        for path in (self._note, self._bytes):
            path.unlink(missing_ok=True)

    def discard_whole(self) -> None:
        """Remove a complete file of an earlier fetch, but keep what can be resumed."""
        for path in (self.path, self.whole):
            path.unlink(missing_ok=True)


def limit_bytes() -> int:
    """Largest file taken in, in bytes."""
    return settings().max_file_mib << 20


def too_large(partial: Partial) -> Hostile:
    """Make the error for a file over the limit."""
    return Hostile(
        partial.part,
        record=partial.url,
        found=f"more than the {settings().max_file_mib} MiB allowed",
        remedy="check what it is, then raise SHELLGAME_MAX_FILE_MIB if it is right",
    )


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_CHUNK_BYTES):
        yield piece


def _gunzipped(file: BinaryIO, part: str) -> Iterator[bytes]:
    """Unpack gzip, member after member, in pieces of bounded size: a bomb never unfolds in memory."""
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for packed in _pieces(file):
            while packed:
                if unpacker.eof:
                    unpacker = zlib.decompressobj(_GZIP)
                yield unpacker.decompress(packed, _CHUNK_BYTES)
                packed = unpacker.unconsumed_tail or unpacker.unused_data
    except zlib.error as error:
        raise Damaged(part, found=f"packed bytes that cannot be unpacked ({error})", remedy=AGAIN) from error
    if not unpacker.eof:
        raise Damaged(part, found="packed bytes that end in the middle", remedy=AGAIN)
