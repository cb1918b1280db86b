"""Which ids a table describes: eight bytes each, so that a register of millions fits."""

from __future__ import annotations

from array import array
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray


class IdSet:
    """Ids, added first and asked for afterwards."""

    def __init__(self) -> None:
        self._added = array("Q")
        self._sorted: NDArray[np.uint64] | None = None

    def add(self, identity: str) -> None:
        """Take up an id."""
        self._added.append(_number(identity))
        self._sorted = None

    def __bool__(self) -> bool:
        return bool(self._added)

    def repeated(self) -> IdSet:
        """Those that were added more than once."""
        found = IdSet()
        numbers, times = np.unique(np.frombuffer(self._added, np.uint64), return_counts=True)
        found._added = array("Q", numbers[times > 1].tobytes())
        return found

    def __contains__(self, identity: str) -> bool:
        if self._sorted is None:
            self._sorted = np.unique(np.frombuffer(self._added, np.uint64))
        number = np.uint64(_number(identity))
        place = int(np.searchsorted(self._sorted, number))
        return place < len(self._sorted) and bool(self._sorted[place] == number)


def _number(identity: str) -> int:
    return int.from_bytes(blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
