"""Made-up presences: parties with days on lists, without a workspace."""

from __future__ import annotations

from shellgame.resolve.lists import Held
from shellgame.resolve.presence import Link, Party, Presence, Span

FIRST_VERSION = "2000-01-01"
"""The day of the first version kept of every list: by then everybody of an unknown day stands there."""


def party(identity, schema="Company", *, perhaps=None, programme="VARKESH", **days):
    """A party with its day on each list; a pair of days for one that is off again, an empty day for an unknown one.

    `perhaps` has the day of whom each list has that may be it.
    """
    spans = {}
    for code, day in days.items():
        since, until = day if isinstance(day, tuple) else (day, None)
        programmes, records = frozenset({f"{code.upper()}-{programme}"}), (f"{code}-{identity}",)
        spans[code] = Span(since or None, until, programmes, records, since or FIRST_VERSION)
    return Party(
        identity, f"House {identity}", schema, spans, {code: day or None for code, day in (perhaps or {}).items()}
    )


def presence(*parties, links=(), end="2024-12-31", lacking=(), ends=None):
    """Parties on lists of a day, `ends` telling of other days by jurisdiction."""
    codes = sorted({code for each in parties for code in each.spans})
    until = dict.fromkeys(codes, end) | (ends or {})
    held = {
        code: Held((f"{code} of {until[code]}",), ("cut",) if code in lacking else (), until[code]) for code in codes
    }
    return Presence({each.id: each for each in parties}, tuple(Link(*link) for link in links), held)
