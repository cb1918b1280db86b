"""The keys of a word as hashes: see `shellgame.names.keys` for what they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import leaf
from shellgame.names.keys import KeyTables

MOST = 160
"""Room for the keys of any word: four readings of at most 32 sounds, each whole or without one, in two ways."""
_READINGS = 4
_START = np.uint64(0xCBF29CE484222325)
_PRIME = np.uint64(0x100000001B3)


@leaf
def _hash(classes: NDArray[np.int64], length: int, skipped: int, space: np.uint64, shortest: int) -> np.uint64:
    """Hash a row of classes without the one at `skipped`, equal neighbours once; 0 where too little remains."""
    value = (_START ^ space) * _PRIME
    last, kept = 0, 0
    for place in range(length):
        if place == skipped or classes[place] == last:
            continue
        last = classes[place]
        kept += 1
        value = (value ^ np.uint64(last)) * _PRIME
    value ^= value >> np.uint64(29)
    return value if kept >= shortest else np.uint64(0)


@leaf
def _add(value: np.uint64, out: NDArray[np.uint64], count: int, start: int) -> int:
    """Put a key to the others unless it is there already; tell how many there are."""
    for place in range(start, count):
        if out[place] == value:
            return count
    if value == 0 or count >= len(out):
        return count
    out[count] = value
    return count + 1


@leaf
def _read(
    codes: NDArray[np.uint8], way: int, tables: KeyTables, reading: int, classes: NDArray[np.int64]
) -> tuple[int, int]:
    """Write the classes of one reading; tell how many there are, and how many readings the word has."""
    length, readings = 0, 1
    for place in range(len(codes)):
        code = codes[place]
        if tables.mute[way, code] and not (place + 1 < len(codes) and tables.vowel[codes[place + 1]]):
            continue
        turn = 0
        if tables.readings[way, code] == 2 and readings < _READINGS:
            turn = (reading // readings) % 2
            readings *= 2
        for part in range(2):
            kind = tables.classes[way, code, turn, part]
            if kind != 0 and (length == 0 or classes[length - 1] != kind):
                classes[length] = kind
                length += 1
    return length, readings


@leaf
def keys(
    codes: NDArray[np.uint8],
    origin: int,
    other: int,
    tables: KeyTables,
    out: NDArray[np.uint64],
    classes: NDArray[np.int64],
) -> int:
    """Make the keys under which a word meets words of another origin.

    Two words meet where `keys(a, x, y)` and `keys(b, y, x)` have one in common.

    Args:
        codes: The word's sounds (`shellgame.names.sounds.codes`), uint8.
        origin: Its origin.
        other: The origin of the words it is to meet.
        tables: `shellgame.names.keys.key_tables()`.
        out: Room for `MOST` keys, uint64.
        classes: Room for 64 classes, int64.

    Returns:
        How many keys were written, each once.
    """
    count = 0
    for number in range(2):
        way = tables.ways[origin, other, number]
        if way < 0:
            continue
        start, reading, readings = count, 0, 1
        while reading < readings:
            length, readings = _read(codes, way, tables, reading, classes)
            space, shortest = tables.space[way], tables.shortest[way]
            count = _add(_hash(classes, length, -1, space, 0), out, count, start)
            if shortest > 0:
                for place in range(length):
                    count = _add(_hash(classes, length, place, space, shortest), out, count, start)
            reading += 1
    return count
