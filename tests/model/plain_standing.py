"""What `shellgame.model.standing` does, slow and obvious: every pair of everybody asked, every row walked."""

from __future__ import annotations

from collections.abc import Sequence

from shellgame.model.judgement import Judgement

Pair = frozenset[str]


def opinions_of(history: Sequence[Judgement]) -> dict[Pair, tuple[str, Judgement]]:
    """The rule, word by word and slowly: of each pair what stands, and who said so last."""

    def holds(made: Judgement) -> bool:
        return not any(each.withdraws == made.key and holds(each) for each in history)

    found: dict[Pair, tuple[str, Judgement]] = {}
    for pair in {made.pair for made in history}:
        on_it = [made for made in history if made.pair == pair and made.judgement != "withdrawn" and holds(made)]
        opinions = [made for made in on_it if made == [each for each in on_it if each.author == made.author][-1]]
        opinions = [
            made
            for made in opinions
            if made.judgement != "unsure"
            or not any(each.decided_at > made.decided_at and each.judgement != "unsure" for each in opinions)
        ]
        for verdict in ("different", "unsure", "same"):
            if saying := [made for made in opinions if made.judgement == verdict]:
                found[pair] = verdict, saying[-1]
                break
    return found


class Plain:
    """What stands of a history, every row walked."""

    def __init__(self, history: Sequence[Judgement]) -> None:
        self.opinions = opinions_of(history)
        self.apart = [pair for pair, (verdict, _) in self.opinions.items() if verdict == "different"]
        self.joined: list[Pair] = []
        self.waiting: list[Pair] = []
        for verdict, made in sorted(self.opinions.values(), key=lambda each: each[1].decided_at):
            if verdict == "same":
                waits = any(connected([*self.joined, made.pair], *pair) for pair in self.apart)
                (self.waiting if waits else self.joined).append(made.pair)

    @property
    def verdicts(self) -> dict[Pair, str]:
        return {pair: "unsure" if pair in self.waiting else verdict for pair, (verdict, _) in self.opinions.items()}

    def says(self, left: str, right: str) -> str | None:
        pair = frozenset((left, right))
        if connected(self.joined, left, right):
            return "same"
        if pair in self.apart:
            return "different"
        if any(connected([*self.joined, pair], *each) for each in self.apart):
            return "unsure" if connected([*self.joined, *self.waiting], left, right) else "different"
        return "unsure" if pair in self.opinions else None


def connected(pairs: Sequence[Pair], start: str, end: str) -> bool:
    reached = {start}
    for _ in pairs:
        reached |= {identity for pair in pairs if pair & reached for identity in pair}
    return end in reached
