"""How strongly two entities are tied by all that ties them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from shellgame.graph.ties import Tie

Pair = tuple[str, str]
"""Two ids, the smaller first."""


def pair_strengths(ties: Iterable[Tie], weakest: float = 0.0) -> dict[Pair, float]:
    """How strongly each two entities are tied, 0 to 1.

    Ties that say the same in the same words (a directorship that three lists print) count once, by the strongest of them; ties that
    say something else add up as independent evidence does, 1 - (1 - a)(1 - b), so two weak ones are more than one and no number of
    them is certain.

    Args:
        ties: Of any kind.
        weakest: Ties below this strength are left out, as are those of strength 0 (denied ones).
    """
    told: defaultdict[Pair, dict[tuple[str, str], float]] = defaultdict(dict)
    for tie in ties:
        if tie.strength > 0 and tie.strength >= weakest and tie.source_id != tie.target_id:
            pair = (min(tie.source_id, tie.target_id), max(tie.source_id, tie.target_id))
            says = (tie.schema, tie.label.casefold())
            told[pair][says] = max(told[pair].get(says, 0.0), tie.strength)
    return {pair: _together(said.values()) for pair, said in sorted(told.items())}


def _together(strengths: Iterable[float]) -> float:
    missing = 1.0
    for strength in strengths:
        missing *= 1.0 - strength
    return 1.0 - missing
