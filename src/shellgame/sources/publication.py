"""A publication as it came: one or more files, checked for what no honest list holds before a reader sees them.

A part is one file under the name the reader knows it by (`sdn.csv`), wherever it lies and whatever it was called there.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from shellgame.errors import BadInput, Damaged, Hostile
from shellgame.settings import settings

HEAD_BYTES = 65536
LONGEST_TEXT = 32768
"""Letters of one cell or element, four times what the longest one of all lists has; readers try patterns on every text."""
_CHUNK_BYTES = 1 << 20
_AGAIN = "get the publication again from the publisher"


@dataclass(frozen=True)
class Part:
    """One file of a publication.

    Attributes:
        name: What the reader calls it.
        path: Where it lies.
        printed_name: What the file is called there, for messages and the manifest; without what cannot be printed.
    """

    name: str
    path: Path
    printed_name: str

    @cached_property
    def sha256(self) -> str:
        """Hash of the file's bytes, hexadecimal."""
        digest = sha256()
        with self.path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                digest.update(chunk)
        return digest.hexdigest()

    @property
    def stamp(self) -> tuple[int, ...]:
        """What becomes another one when somebody writes to the file or puts another in its place."""
        told = self.path.stat()
        return told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns

    @property
    def size(self) -> int:
        """Size in bytes."""
        return self.path.stat().st_size

    def open(self) -> BinaryIO:
        """Open it to be read from the start, so that `read_so_far` tells how far its reader is."""
        file = self.path.open("rb")
        self._opened.append(file)
        return file

    @property
    def read_so_far(self) -> int:
        """How many bytes were read by whoever opened it last."""
        if not self._opened:
            return 0
        return self.size if self._opened[-1].closed else self._opened[-1].tell()

    @cached_property
    def _opened(self) -> list[BinaryIO]:
        return []

    def bytes(self) -> bytes:
        """The whole content; for formats that are read in one piece."""
        return self.path.read_bytes()


@dataclass(frozen=True)
class Publication:
    """What a publisher put out at one moment.

    Attributes:
        format: Name of the format that recognised it.
        parts: The files by part name.
        ignored: Names of files that lay beside them and are no part of it.
    """

    format: str
    parts: dict[str, Part]
    ignored: tuple[str, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """Hash of the whole: of the file itself, or of the parts' names and hashes when there are several."""
        if len(self.parts) == 1:
            return next(iter(self.parts.values())).sha256
        lines = "".join(f"{name} {part.sha256}\n" for name, part in sorted(self.parts.items()))
        return sha256(lines.encode()).hexdigest()


Recognise = Callable[[str, bytes], str | None]
"""From a file's name and its first 64 KiB to the name of the part it is, or None."""


def head_of(path: Path, remedy: str = _AGAIN) -> bytes:
    """Read the first 64 KiB of a file after checking that the file can be a publication at all.

    Args:
        path: The file.
        remedy: What to do where it is empty.

    Raises:
        BadInput: No such file, or no readable file.
        Damaged: The file is empty.
        Hostile: The file is larger than `max_file_mib`.
    """
    try:
        size = _size_of(path)
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    if size == 0:
        raise Damaged(path.name, found="the file is empty", remedy=remedy)
    if size > settings().max_file_mib << 20:
        raise Hostile(
            path.name,
            found=f"{size >> 20} MiB, more than the {settings().max_file_mib} MiB allowed",
            remedy="check what it is, then raise SHELLGAME_MAX_FILE_MIB if it is right",
        )
    return head


def _size_of(path: Path) -> int:
    told = path.stat()
    if not stat.S_ISREG(told.st_mode):
        found = (
            "a folder where a file belongs" if stat.S_ISDIR(told.st_mode) else "no file but a pipe, socket or device"
        )
        raise BadInput(str(path), found=found, remedy="give the path of a file")
    return told.st_size


def unreadable(path: Path, error: OSError | ValueError) -> BadInput:
    """What to tell of a path that the system does not open: missing, forbidden, a loop of links, or no path at all."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return BadInput(str(path), found="no such file", remedy="give the path of a file or folder that exists")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return BadInput(
        str(path), found=f"it cannot be read ({reason})", remedy="check the path, and that you may read what lies there"
    )


# Possessive, so that a page of a thousand comments is looked at once and not in every way of parting them.
_BEFORE_HTML = rb"(?>\s+|<!--.*?-->|<\?.*?\?>)*+"
_HTML = re.compile(
    _BEFORE_HTML + rb"<(?:!doctype\s+html|html|head|body|title|meta|script|style|iframe|div|center|p|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)


def refuse_html(name: str, head: bytes, remedy: str = _AGAIN) -> None:
    """Tell a web page (an error page, a login page) from a list.

    Args:
        name: Of the file.
        head: How it begins.
        remedy: What to do where it is one.

    Raises:
        Damaged: The file is an HTML page; quotes its title.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    if not _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return
    title = re.search(rb"<title[^>]{0,200}>(.{0,500}?)</title>", head, re.IGNORECASE | re.DOTALL)
    words = (_plain(title.group(1)) if title else "")[:80] or "without a title"
    raise Damaged(name, found=f"this is a web page ({words}), not a list", remedy=remedy)


def _plain(words: bytes) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in words.decode("utf-8", "replace")).split())


_OTHER_KINDS = (
    (b"\x1f\x8b", "a file packed with gzip"),
    (b"BZh", "a file packed with bzip2"),
    (b"\xfd7zXZ\x00", "a file packed with xz"),
    (b"\x28\xb5\x2f\xfd", "a file packed with Zstandard"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "a document of old Office programs (XLS, DOC)"),
    (b"\xff\xfe", "text in UTF-16, as some programs save it"),
    (b"\xfe\xff", "text in UTF-16, as some programs save it"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
)


def other_kind(head: bytes) -> str:
    """What a file is that is no list but is often taken for one: packed, a document; empty where it is none of these."""
    return next((kind for start, kind in _OTHER_KINDS if head.startswith(start)), "")
