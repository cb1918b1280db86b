"""Indexes worked out from claims that are a folder of files: made once, opened by memory map by whoever comes after.

A folder is made aside and renamed, with a seal in it that names its files, their sizes and a checksum of their ends, so that one
that is cut, lacks a file or was overwritten is known before it is mapped, without reading it through. Readers take no lock; makers
take one for each folder, so that of two processes that need the same index one makes it and the other waits for it.
"""

from __future__ import annotations

import json
import os
import shutil
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from time import time
from typing import TypeVar
from uuid import uuid4
from zlib import crc32

from filelock import FileLock

from shellgame.files import make_folder, sync_folder

_SEAL = "whole.json"
MAKING = ".making-"
"""How names of what is being written begin; what a killed process left of it goes after a while."""
_END_BYTES = 65536
"""So much of the beginning and of the end of each file goes into its checksum: enough for what a kill or a full disk leaves."""
_KEPT_STATES = 3
"""For how many states of the lists a folder is kept; an index of a million names takes a gigabyte."""
_IN_USE_SECONDS = 3600
"""A folder that was opened less than this ago may still be mapped by somebody, and stays."""

Opened = TypeVar("Opened")


class KeptFolder:
    """One index of one state of the lists, by one recipe.

    Attributes:
        path: Where it lies, or will.
    """

    def __init__(self, indexes: Path, name: str, fingerprint: str, states: int = _KEPT_STATES) -> None:
        """Name the folder; nothing is touched yet.

        Args:
            indexes: Where all indexes of the workspace lie.
            name: Of the kind of index, without a hyphen.
            fingerprint: Of the state of the lists and of the recipes; another one is another folder.
            states: Of so many states folders are kept.
        """
        self._indexes, self._name, self._states = indexes, name, states
        self.path = indexes / f"{name}-{fingerprint}"

    def opened(self, make: Callable[[Path], None], open_it: Callable[[Path], Opened]) -> Opened:
        """Open the index, making it first where there is none that is whole.

        Where nothing can be written, it is made in a temporary folder that goes when the process ends.

        Args:
            make: Writes the files into an empty folder.
            open_it: Opens them. What it raises of `OSError`, `ValueError`, `KeyError` or `EOFError` means that they are damaged or
                of another make: they are made anew once, and then it is raised.
        """
        if (found := self._tried(open_it)) is not None:
            return found
        try:
            make_folder(self._indexes)
            with FileLock(self._indexes / f".{self.path.name}.lock"):
                if (found := self._tried(open_it)) is not None:
                    return found  # somebody made it while we waited
                self._replace(make)
        except OSError:
            if self._writable():
                raise
            return open_it(_made_apart(make))
        self._retire()
        return open_it(self.path)

    def _writable(self) -> bool:
        """Whether the folder of indexes takes files: a read-only disk or a full one does not."""
        probe = self._indexes / f"{MAKING}{uuid4().hex}"
        try:
            probe.write_bytes(bytes(_END_BYTES))
        except OSError:
            return False
        finally:
            with suppress(OSError):
                probe.unlink(missing_ok=True)
        return True

    def _tried(self, open_it: Callable[[Path], Opened]) -> Opened | None:
        if not sealed(self.path):
            return None
        with suppress(OSError):
            os.utime(self.path)
        try:
            return open_it(self.path)
        except (OSError, ValueError, KeyError, EOFError):
            return None

    def _replace(self, make: Callable[[Path], None]) -> None:
        aside = self._indexes / f"{MAKING}{uuid4().hex}"
        try:
            aside.mkdir()
            make(aside)
            seal(aside)
            with suppress(FileNotFoundError):  # those who have the old files mapped keep them
                self.path.replace(aside.with_name(f"{aside.name}-old"))
            aside.replace(self.path)
        finally:
            for left in self._indexes.glob(f"{aside.name}*"):
                shutil.rmtree(left, ignore_errors=True)
        sync_folder(self._indexes)

    def _retire(self) -> None:
        """Remove folders that nobody asks for any more, and what a killed maker left."""
        used: dict[Path, float] = {}
        for path in (*self._indexes.glob(f"{self._name}-*"), *self._indexes.glob(f"{MAKING}*")):
            with suppress(FileNotFoundError):  # another process retires too
                if path.is_dir():
                    used[path] = path.stat().st_mtime
        newest = sorted((path for path in used if path.name[0] != "."), key=used.__getitem__, reverse=True)
        for path in used.keys() - set(newest[: self._states]):
            if time() - used[path] > _IN_USE_SECONDS:
                shutil.rmtree(path, ignore_errors=True)
                (self._indexes / f".{path.name}.lock").unlink(missing_ok=True)


def seal(folder: Path) -> None:
    """Mark a folder as whole: its files are synced and written down with size and checksum."""
    told = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
            told[str(path.relative_to(folder))] = _ends(path)
    mark = folder / _SEAL
    mark.write_text(json.dumps(told, indent=0), encoding="utf-8")
    with mark.open("rb") as file:
        os.fsync(file.fileno())
    sync_folder(folder)


def sealed(folder: Path) -> bool:
    """Whether a folder was sealed and holds what the seal says."""
    try:
        told = json.loads((folder / _SEAL).read_text(encoding="utf-8"))
        return all(_ends(folder / name) == ends for name, ends in told.items())
    except (OSError, ValueError, AttributeError, TypeError):
        return False


def _ends(path: Path) -> list[int]:
    """Size of a file and a checksum of its beginning and end."""
    size = path.stat().st_size
    with path.open("rb") as file:
        check = crc32(file.read(_END_BYTES))
        file.seek(max(0, size - _END_BYTES))
        return [size, crc32(file.read(), check)]


def _made_apart(make: Callable[[Path], None]) -> Path:
    """Make an index in a temporary folder that goes with the process."""
    folder = Path(mkdtemp(prefix="shellgame-"))
    weakref.finalize(_made_apart, shutil.rmtree, folder, ignore_errors=True)
    make(folder)
    return folder
