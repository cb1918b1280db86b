"""The keys that `shellgame.kernels.keys` hashes, slow and obvious."""

from __future__ import annotations

from shellgame.names.keys import KeyTables
from shellgame.names.token import Origin


def plain_keys(codes: bytes, origin: Origin, other: Origin, tables: KeyTables) -> set[tuple[int, tuple[int, ...]]]:
    """Make the keys under which a word meets words of another origin: the way's space and the classes."""
    found = set()
    for way in tables.ways[origin, other]:
        if way < 0:
            continue
        for classes in _readings(codes, int(way), tables):
            space, shortest = int(tables.space[way]), int(tables.shortest[way])
            found.add((space, _once(classes)))
            if shortest:
                shorter = (_once(classes[:place] + classes[place + 1 :]) for place in range(len(classes)))
                found |= {(space, each) for each in shorter if len(each) >= shortest}
    return found


def _once(classes: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(kind for place, kind in enumerate(classes) if place == 0 or kind != classes[place - 1])


def _readings(codes: bytes, way: int, tables: KeyTables) -> list[tuple[int, ...]]:
    """All readings: the first two sounds that can be read in two ways are, the others in their first."""
    rows: list[tuple[int, ...]] = [()]
    for place, code in enumerate(codes):
        vowel_follows = place + 1 < len(codes) and tables.vowel[codes[place + 1]]
        if tables.mute[way, code] and not vowel_follows:
            continue
        turns = 2 if tables.readings[way, code] == 2 and len(rows) < 4 else 1
        heard = [tuple(int(k) for k in tables.classes[way, code, turn] if k) for turn in range(turns)]
        rows = [row + each for each in heard for row in rows]
    return [_once(row) for row in rows]
