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
from shellgame.store.files import written_whole

_LEVEL = 9
_LONGEST_CHAIN = 16
_LARGEST_AS_DIFFERENCE = 64 << 20  # both versions are held in memory for a difference
_WORTH_IT = 0.5  # a difference that saves less than half is stored whole
_CHUNK_BYTES = 1 << 20


class RawStore:
    """Content-addressed files below one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, path: Path, digest: str, like: str | None = None) -> None:
        """Store a file.

        Args:
            path: The file.
            digest: Its SHA-256.
            like: SHA-256 of a stored file that it probably resembles, such as the version before.

        Raises:
            Damaged: The file no longer has that hash: something writes to it.
        """
        if self._find(digest):
            return
        if (
            like
            and like != digest
            and self._chain(like) < _LONGEST_CHAIN
            and path.stat().st_size <= _LARGEST_AS_DIFFERENCE
        ):
            data = path.read_bytes()
            if sha256(data).hexdigest() != digest:
                raise _changed(path)
            packed = _compressor(self.bytes(like), len(data)).compress(data)
            if len(packed) < _WORTH_IT * len(zstandard.ZstdCompressor(level=1).compress(data)):
                with written_whole(self._folder / digest[:2] / f"{digest}.on-{like}.zst") as aside:
                    aside.write_bytes(packed)
                return
        with written_whole(self._folder / digest[:2] / f"{digest}.zst") as aside:
            if _pack(path, aside) != digest:
                raise _changed(path)

    def bytes(self, digest: str) -> bytes:
        """Give a stored file back, byte for byte.

        Raises:
            WorkspaceDamaged: It is missing or its bytes no longer have that hash.
        """
        found = self._find(digest)
        if found is None:
            raise WorkspaceDamaged(
                f"raw publication {digest} is missing from {self._folder}; restore it from a backup or add it again"
            )
        base = _base_of(found)
        dictionary = (
            zstandard.ZstdCompressionDict(self.bytes(base), dict_type=zstandard.DICT_TYPE_RAWCONTENT) if base else None
        )
        try:
            unpacker = zstandard.ZstdDecompressor(dict_data=dictionary, max_window_size=1 << 31)
            data: bytes = unpacker.decompress(found.read_bytes())
        except zstandard.ZstdError as error:
            raise WorkspaceDamaged(f"{found} cannot be unpacked ({error}); restore it from a backup") from error
        if sha256(data).hexdigest() != digest:
            raise WorkspaceDamaged(f"{found} no longer has the bytes it is named for; restore it from a backup")
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
    hashed, packer = sha256(), zstandard.ZstdCompressor(level=_LEVEL)
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
