"""How much less likely two entries of one list are one than two of different lists that look as much alike.

Witnesses that nobody judged decide: among pairs whose names are alike, how often the days of birth (of people) or the numbers (of
others) that both print are the same, and how often they are others. The difference of the two log odds, within a list and across
lists, is what `resolve.pairs.Lists` holds. No judged pair is looked at.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from shellgame.match.analysed import Analysed
from shellgame.match.evidence import compare_records
from shellgame.resolve.blocking import candidates
from shellgame.resolve.comparable import Comparable
from shellgame.resolve.edges import Rules

LEAST, COVERED = 0.8, 0.7
"""Best name score and coverage from which two records look alike."""
WITNESSES = {
    "people": ({"birth_day"}, {"birth_apart", "birth_days_apart", "birth_close"}),
    "others": (
        {"code_same", "register_same", "paper_same", "paper_digits"},
        {"code_other", "register_elsewhere", "register_other", "number_other"},
    ),
}


def witnesses(records: Comparable) -> list[dict[str, object]]:
    """A row for people and others each, within a programme, within a source and across sources."""
    found, _ = candidates(records, hub=Rules().hub)
    analysed = Analysed(list(records.entities()))
    pairs = np.stack([found.left, found.right], axis=1)
    told = [_tells(record.births) or bool(record.numbers) for record in map(analysed.record, range(len(analysed)))]
    pairs = pairs[np.array(told)[pairs].all(axis=1)]
    counts: Counter[tuple[str, str, bool]] = Counter()
    for (left, right), names in zip(pairs.tolist(), analysed.names_compared(pairs), strict=True):
        if names is None or names.best < LEAST or names.coverage < COVERED:
            continue
        person = records.schemata[left] == records.schemata[right] == "Person"
        same, other = WITNESSES["people" if person else "others"]
        signals = {piece.signal for piece in compare_records(analysed.record(left), analysed.record(right))}
        if signals & (same | other):
            counts["people" if person else "others", _where(records, left, right), bool(signals & same)] += 1
    return [_row(kind, where, counts) for kind in WITNESSES for where in ("across", "source", "programme")]


def _tells(births: tuple[tuple[int, ...], ...]) -> bool:
    return any(all(day) for day in births)


def _where(records: Comparable, left: int, right: int) -> str:
    if not {*records.sources[left]} & {*records.sources[right]}:
        return "across"
    return "programme" if {*records.programmes[left]} & {*records.programmes[right]} else "source"


def _row(kind: str, where: str, counts: Counter[tuple[str, str, bool]]) -> dict[str, object]:
    def odds(place: str) -> float:
        return float(np.log((counts[kind, place, True] + 0.5) / (counts[kind, place, False] + 0.5)))

    same, other = counts[kind, where, True], counts[kind, where, False]
    return {
        "kind": kind,
        "where": where,
        "same": same,
        "other": other,
        "log_odds": round(odds(where), 2),
        "less_than_across": round(odds("across") - odds(where), 2),
    }
