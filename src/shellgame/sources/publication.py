"""A publication as it came: one or more files, checked for what no honest list holds before a reader sees them.

A part is one file under the name the reader knows it by (`sdn.csv`), wherever it lies and whatever it was called there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from shellgame.errors import BadInput, Damaged, Hostile
from shellgame.settings import settings

HEAD_BYTES = 65536
_CHUNK_BYTES = 1 << 20
_AGAIN = "get the publication again from the publisher"


@dataclass(frozen=True)
class Part:
    """One file of a publication.

    Attributes:
        name: What the reader calls it.
        path: Where it lies.
        printed_name: What the file is called there, for messages.
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
    def size(self) -> int:
        """Size in bytes."""
        return self.path.stat().st_size

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


def head_of(path: Path) -> bytes:
    """Read the first 64 KiB of a file after checking that the file can be a publication at all.

    Raises:
        BadInput: No such file, or no readable file.
        Damaged: The file is empty.
        Hostile: The file is larger than `max_file_mib`.
    """
    if not path.is_file():
        raise BadInput(str(path), found="no such file", remedy="give the path of a file or folder that exists")
    size = path.stat().st_size
    if size == 0:
        raise Damaged(path.name, found="the file is empty", remedy=_AGAIN)
    if size > settings().max_file_mib << 20:
        raise Hostile(
            path.name,
            found=f"{size >> 20} MiB, more than the {settings().max_file_mib} MiB allowed",
            remedy="check what it is, then raise SHELLGAME_MAX_FILE_MIB if it is right",
        )
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


_HTML = re.compile(rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def refuse_html(name: str, head: bytes) -> None:
    """Tell a web page (an error page, a login page) from a list.

    Raises:
        Damaged: The file is an HTML page; quotes its title.
    """
    if not _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return
    title = re.search(rb"<title[^>]*>(.*?)</title>", head, re.IGNORECASE | re.DOTALL)
    words = " ".join(title.group(1).decode("utf-8", "replace").split())[:80] if title else "without a title"
    raise Damaged(name, found=f"this is a web page ({words}), not a list", remedy=_AGAIN)
