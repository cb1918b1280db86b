"""Why two records are one, or why they are not: step by step, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc

from shellgame.errors import NotFound
from shellgame.match.compare import compare
from shellgame.match.wording import rounded, score_in_words
from shellgame.model.judgement import Judgement, Verdict
from shellgame.model.standing import Standing
from shellgame.resolve.clusters import Clusters, Known
from shellgame.resolve.comparable import Comparable
from shellgame.resolve.edges import Rest
from shellgame.resolve.pairs import why_apart
from shellgame.resolve.paths import Step, path


@dataclass(frozen=True)
class Reason:
    """One step from one record to another.

    Attributes:
        left_id: Where it comes from.
        right_id: Where it leads.
        rests_on: `judged`, `identifier` or `names`.
        probability: That the two are one, 0 to 1.
        text: The reasons in words.
    """

    left_id: str
    right_id: str
    rests_on: str
    probability: float
    text: str


@dataclass(frozen=True)
class Why:
    """Whether two records are one, and why.

    Attributes:
        joined: Whether they are one.
        text: The answer in a sentence.
        steps: The strongest way from one to the other; where they are not one, the decisions that keep them apart, from one to the
            other, then what was found of the two themselves.
    """

    joined: bool
    text: str
    steps: tuple[Reason, ...]

    def as_dict(self) -> dict[str, Any]:
        """The answer for programs."""
        return {"joined": self.joined, "text": self.text, "steps": [vars(step) for step in self.steps]}


@dataclass(frozen=True)
class Reasons:
    """What the clusters of a day rest on.

    Attributes:
        records: The records.
        known: All that is known of them.
        clusters: Which of them are one.
        standing: What people decided.
    """

    records: Comparable
    known: Known
    clusters: Clusters
    standing: Standing

    def why(self, left: str, right: str, entity: str) -> Why:
        """Tell why two records are one, step by step, or why they are not.

        Raises:
            NotFound: One of them is no record of this day.
        """
        numbers = self._numbers(left, right)
        steps = tuple(self._reason(step) for step in path(self.known, self.clusters, left, right))
        if steps:
            weakest = min(steps, key=lambda step: step.probability)
            text = (
                f"one entity, {entity}; the weakest of {len(steps)} steps is {weakest.left_id} = "
                f"{weakest.right_id} ({score_in_words(weakest.probability)})"
            )
            return Why(True, text, steps)
        if left == right:
            return Why(True, "one and the same record", ())
        return self._why_not(left, right, *sorted(numbers))

    def _why_not(self, left: str, right: str, low: int, high: int) -> Why:
        edges, decided = self.known.edges, self._parting(left, right)
        text = "two entities: people keep them apart; " if decided else "two entities: "
        best = edges.between(low, high)
        if best is None:
            return Why(False, f"{text}never compared, having too little in common", decided)
        chance = float(edges.probability[best])
        text += f"probability {score_in_words(chance)}"
        if chance > self.known.rules.threshold and not decided:
            text += " by themselves, but what is known of the records they are one with speaks against it"
        elif edges.apart[best] and chance > 0 and not decided:
            text += f"; {self._kept_apart(low, high)}"
        found = self._reason(Step(left, right, Rest(int(edges.rest[best])), chance, best))
        return Why(False, text, (*decided, found))

    def _parting(self, left: str, right: str) -> tuple[Reason, ...]:
        """The decisions that keep two records apart, of themselves or by way of other ids, from one to the other."""
        steps, here = [], left
        for made in self.standing.parting(left, right):
            there = next(iter(made.pair - {here}))
            chance = 1.0 if made.judgement is Verdict.SAME else 0.0
            steps.append(Reason(here, there, Rest.JUDGED.name.lower(), chance, self._said(made)))
            here = there
        return tuple(steps)

    def _said(self, made: Judgement) -> str:
        """Who decided what stands of a pair, when and why."""
        return "; ".join(
            f"{each.author} decided {each.judgement}{_on(each.decided_at)}: {each.why}"
            for each in self.standing.opinions[made.pair].judgements
            if each.judgement is made.judgement
        )

    def _kept_apart(self, left: int, right: int) -> str:
        return f"kept apart, because {why_apart(self.records, left, right) or 'what they tell excludes it'}"

    def ids_of(self, left: int, right: int) -> tuple[str, str]:
        """The ids of two records by their numbers."""
        return self.clusters.ids[left].as_py(), self.clusters.ids[right].as_py()

    def resting(self, row: int) -> str:
        """What an edge rests on, in words."""
        edges = self.known.edges
        if edges.rest[row] == Rest.IDENTIFIER:
            return f"a number or reference that {int(edges.shared_by[row])} records share"
        if edges.apart[row]:
            kept_apart = self._kept_apart(int(edges.left[row]), int(edges.right[row]))
            return f"names and what is told beside them; {kept_apart}"
        return "names and what is told beside them"

    def _numbers(self, *records: str) -> list[int]:
        found = [int(pc.index(self.clusters.ids, record).as_py()) for record in records]
        for record, number in zip(records, found, strict=True):
            if number < 0:
                raise unknown(record)
        return found

    def _reason(self, step: Step) -> Reason:
        if step.rest is Rest.JUDGED:
            text = self._said(self.standing.opinions[frozenset((step.left, step.right))].latest)
        else:
            left, right = (self.records.entity(number) for number in self._numbers(step.left, step.right))
            text = compare(left, right).text
        return Reason(step.left, step.right, step.rest.name.lower(), rounded(step.probability), text)


def _on(moment: str) -> str:
    """The day of a moment in a sentence; empty where none was told."""
    return f" on {moment[:10]}" if moment else ""


def unknown(identity: str) -> NotFound:
    """What to raise where nobody has an id."""
    return NotFound(f"{identity!r} is no record and no entity here; `shellgame screen NAME` finds ids by name")
