"""Parties by their identifying numbers: a number that is the same finds a party whatever it is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shellgame.match.identifiers import SEVERAL, SINGLE
from shellgame.match.records import Record, analyse_record

MOST_HOLDERS = 50
"""A number that more parties have than these identifies none of them."""
_NUMBERS = SINGLE | SEVERAL


class NumberIndex:
    """Hashes of folded numbers, sorted, and the party that has each."""

    def __init__(self, keys: NDArray[np.uint64], parties: NDArray[np.int32]) -> None:
        self._keys, self._parties = keys, parties

    @classmethod
    def build(cls, told: Iterable[Mapping[str, Sequence[str]]]) -> NumberIndex:
        """Index the properties of parties, one mapping a party in the order of their rows."""
        keys: list[int] = []
        parties: list[int] = []
        for party, properties in enumerate(told):
            numbers = {prop: list(values) for prop, values in properties.items() if prop in _NUMBERS}
            if numbers:
                own = _hashes(analyse_record({"properties": numbers}))
                keys += own
                parties += [party] * len(own)
        hashes, rows = np.array(keys, np.uint64), np.array(parties, np.int32)
        order = np.lexsort((rows, hashes))
        return cls(hashes[order], rows[order])

    def save(self, folder: Path) -> None:
        """Write the index into a folder that is there."""
        np.save(folder / "number_keys.npy", self._keys)
        np.save(folder / "number_parties.npy", self._parties)

    @classmethod
    def open(cls, folder: Path) -> NumberIndex:
        """Map a saved index into memory."""
        return cls(*(np.load(folder / f"number_{part}.npy", mmap_mode="r") for part in ("keys", "parties")))

    def holders(self, records: Sequence[Record]) -> list[list[int]]:
        """Find for each record the parties that have one of its numbers, ascending."""
        hashes = [_hashes(record) for record in records]
        asked = np.array([key for own in hashes for key in own], np.uint64)
        spans = zip(np.searchsorted(self._keys, asked), np.searchsorted(self._keys, asked, side="right"), strict=True)
        found = []
        for own in hashes:
            parties: set[int] = set()
            for _, (begin, end) in zip(own, spans, strict=False):
                if end - begin <= MOST_HOLDERS:
                    parties.update(self._parties[begin:end].tolist())
            found.append(sorted(parties))
        return found


def _hashes(record: Record) -> list[int]:
    """What a record's numbers are found under: each as it is folded, and its digits alone where it has letters too."""
    keys = sorted({*record.numbers, *record.bare})
    written = [key.encode("utf-8", "surrogatepass") for key in keys]  # half a sign, in a query, is no UTF-8
    return [int.from_bytes(blake2b(each, digest_size=8).digest(), "little") for each in written]
