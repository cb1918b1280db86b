"""Who thinks what of which pair, given all that was ever decided.

A judgement holds until a later one withdraws it, and each author's latest that holds is that author's opinion of the pair; an
*unsure* is answered by any later *same* or *different*. Where opinions of a pair differ, the most careful stands: *different*
before *unsure* before *same*, since a wrong join puts one party's listings on another, and a wrong parting only asks again.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass

from shellgame.model.judgement import Judgement, Pair, Verdict

_CAREFUL = (Verdict.DIFFERENT, Verdict.UNSURE, Verdict.SAME)
_AT_ONE_MOMENT = {verdict: place for place, verdict in enumerate((*reversed(_CAREFUL), Verdict.WITHDRAWN))}
"""Where one author said several things of a pair at one moment, as in files that tell none, the most careful counts as the last."""

Order = tuple[str, str, str, str, int, str]
"""Where a judgement stands among others."""


@dataclass(frozen=True)
class Opinion:
    """What people think of one pair.

    Attributes:
        verdict: What stands.
        judgements: Each author's opinion, oldest first.
    """

    verdict: Verdict
    judgements: tuple[Judgement, ...]

    @property
    def contested(self) -> bool:
        """Whether they differ."""
        return len({made.judgement for made in self.judgements}) > 1

    @property
    def latest(self) -> Judgement:
        """The last one who said what stands."""
        return next(made for made in reversed(self.judgements) if made.judgement is self.verdict)


def holding(history: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that hold, oldest first: those that none that holds itself withdraws, without the withdrawing ones.

    A key is made of what it withdraws, so that no two can withdraw each other.
    """
    ordered = in_order(history)
    if not any(each.judgement is Verdict.WITHDRAWN for each in ordered):  # as in most files; keys take the most time
        return ordered
    made = {each.key: each for each in ordered}
    against = defaultdict[str, int](int)
    for each in made.values():
        against[each.withdraws] += 1
    withdrawn: set[str] = set()
    settled = deque(key for key in made if not against[key])
    while settled:
        each = made[settled.popleft()]
        if (target := each.withdraws) not in made:
            continue
        if each.key not in withdrawn and made[target].pair == each.pair:
            withdrawn.add(target)
        against[target] -= 1
        if not against[target]:
            settled.append(target)
    return [each for key, each in made.items() if key not in withdrawn and each.judgement is not Verdict.WITHDRAWN]


def in_order(history: Iterable[Judgement]) -> list[Judgement]:
    """Judgements by time, and those of one moment in an order that does not depend on which arrived first."""
    return sorted(history, key=oldest_first)


def opinions_of(judgements: Iterable[Judgement]) -> dict[Pair, Opinion]:
    """What people think of each pair, given the judgements that hold, oldest first."""
    by_author: dict[Pair, dict[str, Judgement]] = {}
    for made in judgements:
        authors = by_author.setdefault(made.pair, {})
        authors.pop(made.author, None)  # so that the order stays that of time
        authors[made.author] = made
    return {pair: _opinion(list(authors.values())) for pair, authors in by_author.items()}


def _opinion(judgements: list[Judgement]) -> Opinion:
    answered = max((made.decided_at for made in judgements if made.judgement is not Verdict.UNSURE), default="")
    kept = [made for made in judgements if made.judgement is not Verdict.UNSURE or made.decided_at >= answered]
    said = {made.judgement for made in kept}
    return Opinion(next(verdict for verdict in _CAREFUL if verdict in said), tuple(kept))


def oldest_first(made: Judgement) -> Order:
    """What to sort judgements by: time, then what does not depend on which arrived first."""
    return (
        made.decided_at,
        made.left_id,
        made.right_id,
        made.author,
        _AT_ONE_MOMENT[made.judgement],
        made.withdraws,
    )
