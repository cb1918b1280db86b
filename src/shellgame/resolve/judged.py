"""What stands of people's decisions (`model.standing`), as what clusters must join and what they must keep apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shellgame.model.judgement import Judgement
from shellgame.model.judgement import Pair as Records
from shellgame.model.standing import Contradiction, Standing

Pair = tuple[str, str]


@dataclass(frozen=True)
class Judged:
    """Decisions, made ready for clustering; `apart` never lies within what `same` joins.

    Attributes:
        same: Pairs that must be joined, each smaller id first, sorted.
        apart: Pairs that must not be: those judged different. What people left unsure speaks neither way.
        contradictions: What is to be shown to people.
    """

    same: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


def judged_of(judgements: Iterable[Judgement] | Standing) -> Judged:
    """Make decisions ready for clustering.

    Args:
        judgements: All of them in any order, or what stands of them.
    """
    standing = judgements if isinstance(judgements, Standing) else Standing(judgements)
    return Judged(_sorted(standing.followed()), _sorted(standing.apart()), tuple(standing.contradictions()))


def _sorted(pairs: Iterable[Records]) -> tuple[Pair, ...]:
    return tuple(sorted((min(pair), max(pair)) for pair in pairs))
