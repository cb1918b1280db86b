"""What `shellgame.kernels.spelling` counts, slow and obvious: the fewest slips of the pen between two words."""

from __future__ import annotations

from functools import cache


@cache
def plain_edits(a: bytes, b: bytes) -> int:
    """Count letters left out, put in or exchanged, and neighbours that changed places (none of them changed once more)."""
    if not a or not b:
        return len(a) + len(b)
    ways = [
        plain_edits(a[:-1], b[:-1]) + (a[-1] != b[-1]),
        plain_edits(a[:-1], b) + 1,
        plain_edits(a, b[:-1]) + 1,
    ]
    if len(a) > 1 and len(b) > 1 and a[-2:] == b[:-3:-1]:
        ways.append(plain_edits(a[:-2], b[:-2]) + 1)
    return min(ways)
