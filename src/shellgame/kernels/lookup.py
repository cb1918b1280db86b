"""Hashes of short byte strings, and tables from a hash to the numbers kept under it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import inlined, leaf

MOST_UNDER_A_KEY = 400
"""A key that more tokens share is not followed beyond these: it tells nothing."""


class Table(NamedTuple):
    """A multimap from 64-bit keys to numbers.

    Attributes:
        shift: One number: how many bits of a key follow its leading bits.
        starts: Where the keys with given leading bits begin; one more than there are such prefixes.
        keys: Sorted.
        values: The number under each key.
        hints: What is known of each value at once, so that most need not be fetched from where the numbers lead.
    """

    shift: NDArray[np.uint64]
    starts: NDArray[np.int64]
    keys: NDArray[np.uint64]
    values: NDArray[np.int32]
    hints: NDArray[np.uint32]


def table_of(keys: NDArray[np.uint64], values: NDArray[np.int32], hints: NDArray[np.uint32]) -> Table:
    """Sort keys into a table; equal pairs are kept once.

    Args:
        keys: 64-bit keys.
        values: The number under each key.
        hints: What is known of each number, by number.
    """
    order = np.lexsort((values, keys))
    keys, values = keys[order], values[order]
    fresh = np.ones(len(keys), np.bool_)
    fresh[1:] = (keys[1:] != keys[:-1]) | (values[1:] != values[:-1])
    keys, values = keys[fresh], values[fresh]
    bits = max(1, len(keys).bit_length() - 1)
    prefixes = (keys >> np.uint64(64 - bits)).astype(np.int64)
    starts = np.zeros((1 << bits) + 1, np.int64)
    np.cumsum(np.bincount(prefixes, minlength=1 << bits), out=starts[1:])
    return Table(np.array([64 - bits], np.uint64), starts, keys, values, hints[values])


@leaf
def span_of(table: Table, key: int) -> tuple[int, int]:
    """Where the values under a key begin and end."""
    prefix = np.int64(np.uint64(key) >> table.shift[0])
    begin, stop = table.starts[prefix], table.starts[prefix + 1]
    while begin < stop and table.keys[begin] < np.uint64(key):
        begin += 1
    end = begin
    while end < stop and table.keys[end] == np.uint64(key):
        end += 1
    return begin, end


@leaf
def hashed(text: NDArray[np.uint8], begin: int, end: int, left_out: int, seed: int) -> int:
    """Hash bytes `begin` to `end` without the one at `left_out` (-1: all of them); FNV-1a with a final mix."""
    value = start_of(seed)
    for place in range(begin, end):
        if place != left_out:
            value = taken_in(value, text[place])
    return mixed(value)


@inlined
def start_of(seed: int) -> int:
    """A hash of nothing yet."""
    return np.uint64(0xCBF29CE484222325) ^ (np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15))


@inlined
def taken_in(value: int, byte: int) -> int:
    """A hash with one more byte in it."""
    return (value ^ np.uint64(byte)) * np.uint64(0x100000001B3)


@inlined
def mixed(value: int) -> int:
    """A hash of which all bits depend on all bytes."""
    value ^= value >> np.uint64(30)
    value *= np.uint64(0xBF58476D1CE4E5B9)
    value ^= value >> np.uint64(27)
    value *= np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))
