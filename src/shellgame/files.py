"""Files that appear whole or not at all: written aside, synced, renamed, and the folder synced too.

It stands lowest because the store, the downloads and the dossiers all write like this.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

ASIDE = ".aside-"
"""Prefix of files that are being written; one left behind by a kill is nobody's and is cleared by the next writer."""


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a path aside to write to; when the block ends well, the file takes its place in one step and for good.

    A device or a pipe is never replaced: it is handed the whole, once that is written. A link stays; what it leads to is replaced.

    Raises:
        IsADirectoryError: A folder stands there.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        with _handed_on(path) as aside:
            yield aside
        return
    path = path.resolve() if path.is_symlink() else path
    make_folder(path.parent)
    aside = path.parent / f"{ASIDE}{uuid4().hex}"
    try:
        yield aside
        with aside.open("rb") as file:
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(path.parent)


@contextmanager
def _handed_on(path: Path) -> Iterator[Path]:
    """Give a path elsewhere to write to; when the block ends well, what was written goes to a device or a pipe."""
    with TemporaryDirectory(prefix="shellgame-") as folder:
        aside = Path(folder) / ASIDE
        yield aside
        with aside.open("rb") as whole, os.fdopen(os.open(path, os.O_WRONLY), "wb") as out:  # only opened, never made
            shutil.copyfileobj(whole, out)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each of which survives a power cut."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in missing:
        sync_folder(each.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_bytes(path: Path, content: bytes) -> None:
    """Replace a small file whole."""
    with written_whole(path) as aside:
        aside.write_bytes(content)


def write_text(path: Path, text: str) -> None:
    """Replace a small text file whole."""
    write_bytes(path, text.encode())
