"""What `shellgame.kernels.lookup` keeps, slow and obvious: a dictionary, and a hash in whole numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

_ALL = (1 << 64) - 1


def plain_hash(text: bytes, left_out: int, seed: int) -> int:
    """Hash bytes without the one at `left_out` (-1: all of them): FNV-1a over them, then mixed."""
    value = 0xCBF29CE484222325 ^ (seed * 0x9E3779B97F4A7C15 & _ALL)
    for place, byte in enumerate(text):
        if place != left_out:
            value = (value ^ byte) * 0x100000001B3 & _ALL
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        value = (value ^ (value >> shift)) * factor & _ALL
    return value ^ (value >> 31)


def plain_table(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """Put numbers under their keys: ascending, each once."""
    kept = defaultdict(set)
    for key, value in pairs:
        kept[key].add(value)
    return {key: sorted(values) for key, values in kept.items()}
