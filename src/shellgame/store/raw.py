"""Raw publications, kept for good under the hash of their bytes.

A list that is published daily hardly changes, so a publication is stored as its difference to the one before (Zstandard with
that one as dictionary), with a full copy every `_LONGEST_CHAIN` steps. The file's name tells what it needs: `<sha256>.zst`
stands alone, `<sha256>.on-<sha256>.zst` needs the other.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import zstandard

from shellgame.errors import Damaged, WorkspaceDamaged
from shellgame.store.files import on_disk, written_whole

_LEVEL = 9
_LEVEL_OF_LARGE = 3  # six times as fast, for a file a quarter larger
_LONGEST_CHAIN = 16
_LARGEST_AS_DIFFERENCE = 64 << 20  # both versions are held in memory for a difference
_WORTH_IT = 0.5  # a difference that saves less than half is stored whole
_CHUNK_BYTES = 1 << 20
_REMEDY = "restore it from a backup, or add the publication again for the same moment"


class RawStore:
    """Content-addressed files below one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, path: Path, digest: str, like: str | None = None) -> None:
        """Store a file, or store it anew where it lies here already but can no longer be read.

        Args:
            path: The file.
            digest: Its SHA-256.
            like: SHA-256 of a stored file that it probably resembles, such as the version before.

        Raises:
            Damaged: The file no longer has that hash: something writes to it.
        """
        small = path.stat().st_size <= _LARGEST_AS_DIFFERENCE
        if found := self._find(digest):
            if not small or self.readable(digest):
                return
        elif like and small and self._chain(like) < _LONGEST_CHAIN and self._kept_as_difference(path, digest, like):
            return
        whole = self._folder / digest[:2] / f"{digest}.zst"
        with written_whole(whole) as aside:
            if _pack(path, aside) != digest:
                raise _changed(path)
        if found and found != whole:
            found.unlink(missing_ok=True)

    def readable(self, digest: str) -> bool:
        """Whether a file is here whole."""
        try:
            self.bytes(digest)
        except WorkspaceDamaged:
            return False
        return True

    def _kept_as_difference(self, path: Path, digest: str, like: str) -> bool:
        data = path.read_bytes()
        if sha256(data).hexdigest() != digest:
            raise _changed(path)
        try:
            packed = _compressor(self.bytes(like), len(data)).compress(data)
        except WorkspaceDamaged:  # the damage is not this file's: it is stored whole
            return False
        if len(packed) >= _WORTH_IT * len(zstandard.ZstdCompressor(level=1).compress(data)):
            return False
        with written_whole(self._folder / digest[:2] / f"{digest}.on-{like}.zst") as aside:
            aside.write_bytes(packed)
        return True

    def bytes(self, digest: str) -> bytes:
        """Give a stored file back, byte for byte.

        Raises:
            WorkspaceDamaged: It is missing or its bytes no longer have that hash.
        """
        found = self._find(digest)
        if found is None:
            raise WorkspaceDamaged(f"raw publication {digest} is missing from {self._folder}; {_REMEDY}")
        base = _base_of(found)
        dictionary = (
            zstandard.ZstdCompressionDict(self.bytes(base), dict_type=zstandard.DICT_TYPE_RAWCONTENT) if base else None
        )
        try:
            unpacker = zstandard.ZstdDecompressor(dict_data=dictionary, max_window_size=1 << 31)
            with on_disk(found):
                data: bytes = unpacker.decompress(found.read_bytes())
        except zstandard.ZstdError as error:
            raise WorkspaceDamaged(f"{found} cannot be unpacked ({error}); {_REMEDY}") from error
        if sha256(data).hexdigest() != digest:
            raise WorkspaceDamaged(f"{found} no longer has the bytes it is named for; {_REMEDY}")
        return data

    def _find(self, digest: str) -> Path | None:
        return next((self._folder / digest[:2]).glob(f"{digest}.*"), None)

    def _chain(self, digest: str) -> int:
        found = self._find(digest)
        if found is None:
            return _LONGEST_CHAIN
        base = _base_of(found)
        return 0 if base is None else 1 + self._chain(base)


def _pack(path: Path, into: Path) -> str:
    """Compress a file; returns the hash of the bytes that were compressed."""
    large = path.stat().st_size > _LARGEST_AS_DIFFERENCE
    hashed, packer = sha256(), zstandard.ZstdCompressor(level=_LEVEL_OF_LARGE if large else _LEVEL)
    try:
        with (
            path.open("rb") as raw,
            into.open("wb") as packed,
            packer.stream_writer(packed, size=path.stat().st_size, closefd=False) as writer,
        ):
            while chunk := raw.read(_CHUNK_BYTES):
                hashed.update(chunk)
                writer.write(chunk)
    except zstandard.ZstdError as error:  # more or fewer bytes came than the file had a moment before
        raise _changed(path) from error
    return hashed.hexdigest()


def _changed(path: Path) -> Damaged:
    return Damaged(
        path.name, found="it changed while it was being read", remedy="add it again once nothing writes to it any more"
    )


def _base_of(path: Path) -> str | None:
    middle = path.name.removesuffix(".zst").partition(".on-")[2]
    return middle or None


def _compressor(base: bytes, size: int) -> zstandard.ZstdCompressor:
    window_log = min(31, max(20, (len(base) + size).bit_length()))
    settings = zstandard.ZstdCompressionParameters.from_level(
        _LEVEL, window_log=window_log, enable_ldm=True, source_size=size
    )
    dictionary = zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    return zstandard.ZstdCompressor(compression_params=settings, dict_data=dictionary)
