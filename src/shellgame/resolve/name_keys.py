"""Names as the keys of their words, each name worked out once and kept from one state of the lists to the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from shellgame.kernels.blocking import word_keys
from shellgame.names.analysis import analyse
from shellgame.names.keys import key_tables
from shellgame.names.sounds import codes
from shellgame.names.token import Kind, Origin, Token
from shellgame.store.files import on_disk, written_whole

RECIPE = "1"
"""Raise it when the same name gives other keys than before."""
_COLUMNS = pa.schema([("name", pa.string()), ("keys", pa.binary())])
_KEY = np.dtype("<u8")
_WORDS = (Kind.WORD, Kind.OPTIONAL, Kind.PLACE, Kind.NUMBER)
_FEWEST = 2
"""Words that a name must tell; if it tells fewer, those that many bear count too."""
Keys = bytes
"""The keys of a name's words one after another, eight bytes each, ascending and each once: as bytes they are quickly held equal."""


class NameKeys:
    """The keys of names' words; none for a name that tells nothing."""

    def __init__(self, known: dict[str, Keys] | None = None) -> None:
        self._known: dict[str, Keys] = known if known is not None else {}
        self._asked: dict[str, Keys] = {}

    def of(self, names: Iterable[tuple[str, bool]]) -> list[Keys]:
        """The keys of some names, each with whether it is read as a person's."""
        asked = [f"{'p' if person else 'o'}{name}" for name, person in names]
        new = [each for each in dict.fromkeys(asked) if each not in self._known]
        if new:
            self._known.update(zip(new, _worked_out(new), strict=True))
        self._asked |= {each: self._known[each] for each in asked}
        return [self._known[each] for each in asked]

    def save(self, file: Path) -> None:
        """Write those that were asked for.

        Raises:
            WorkspaceError: The system refuses; says why.
        """
        columns = ([*self._asked], [*self._asked.values()])
        arrays = [pa.array(column, kind) for column, kind in zip(columns, _COLUMNS.types, strict=True)]
        table = pa.table(arrays, schema=_COLUMNS)
        with on_disk(file), written_whole(file) as aside:
            pq.write_table(table, aside, compression="zstd", write_page_checksum=True)

    @classmethod
    def load(cls, file: Path) -> NameKeys:
        """Read what was kept; nothing where there is no file, or it is damaged: all is then worked out anew."""
        try:
            table = pq.read_table(file, partitioning=None, page_checksum_verification=True)
        except (OSError, pa.ArrowException):
            return cls()
        if not table.schema.equals(_COLUMNS) or table["name"].null_count or table["keys"].null_count:
            return cls()
        known = dict(zip(table["name"].to_pylist(), table["keys"].to_pylist(), strict=True))
        return cls(known) if all(len(keys) % _KEY.itemsize == 0 for keys in known.values()) else cls()


def flat(keys: Sequence[Keys]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Where the keys of each of some names begin, one more than there are names, and all of them as one array."""
    counts = [len(each) // _KEY.itemsize for each in keys]
    return np.array([0, *accumulate(counts)], np.int64), np.frombuffer(b"".join(keys), _KEY).astype(np.uint64)


def _worked_out(names: Sequence[str]) -> list[Keys]:
    """The keys of names that begin with how they are read."""
    texts: dict[str, int] = {}
    told = [
        [texts.setdefault(text, len(texts)) for text in _telling(analyse(name[1:], person=name[0] == "p"))]
        for name in names
    ]
    sounds = [b"" if _has_digit(text) else codes(text, Origin.LATIN) for text in texts]
    starts = np.array([0, *accumulate(map(len, sounds))], np.int64)
    keys = word_keys(starts, np.frombuffer(b"".join(sounds), np.uint8).copy(), key_tables()).tolist()
    for number, (text, its) in enumerate(zip(texts, sounds, strict=True)):
        if not its:
            keys[number] = text_key(text)
    return [np.array(sorted({keys[word] for word in words}), _KEY).tobytes() for words in told]


def _telling(tokens: Sequence[Token]) -> Iterable[str]:
    """The words that a name is looked for by; all of them where none of them tells anything."""
    told = [token.text for token in tokens if token.kind in _WORDS]
    if len(told) < _FEWEST:
        told += [token.text for token in tokens if token.kind is Kind.GENERIC]
    return told or [token.text for token in tokens]


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def text_key(text: str) -> int:
    """A key of a text itself: sixty-four bits, the same in every process."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
