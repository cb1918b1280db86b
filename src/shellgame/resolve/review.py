"""Going through open pairs: which are shown and in what order, and what each key does. Pure: it reads no key and writes nothing.

A `Review` is a moment of it. `press` gives the next moment and, where something is to be written down, what (an `Act`);
whoever runs it does that first and goes on only when it was done. So what is shown and what is kept never differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import log2

from shellgame.model.entity import Entity
from shellgame.model.judgement import LONGEST_REASON, Judgement, Verdict
from shellgame.model.standing import Standing
from shellgame.resolve.grounds import changed_since, grounds_of


@dataclass(frozen=True)
class OpenPair:
    """Two records that might be one.

    Attributes:
        left_id: Id of a record.
        right_id: Id of another one.
        score: Probability that they are one, 0 to 1.
        why: What speaks for and against, in words.
        mark: What is suspicious about the cluster that they are in or would be in, in words; empty for nothing.
        weight: Records that the decision would bring together or part; 1 where only these two hang on it.
    """

    left_id: str
    right_id: str
    score: float
    why: str = ""
    mark: str = ""
    weight: int = 1

    @property
    def urgency(self) -> tuple[bool, float, float, str, str]:
        """Sorts pairs, the one to be looked at first first: suspicious, then how unsure (0 to 1) times how much hangs on it."""
        unsure = 1 - abs(2 * self.score - 1)
        return not self.mark, -round(unsure * log2(1 + self.weight), 6), -self.score, self.left_id, self.right_id


def open_pairs(
    pairs: Iterable[OpenPair],
    standing: Standing,
    entities: Callable[[list[str]], Mapping[str, Entity]] = lambda ids: {},
    *,
    again: bool = False,
) -> list[OpenPair]:
    """Pairs that nobody decided, directly or by way of other pairs, and decided ones whose evidence changed; best first.

    Args:
        pairs: Pairs to look at.
        standing: What people decided.
        entities: Looks up records by id, to see whether their evidence changed; asked once, for decided pairs only.
        again: Show those decided `unsure` too.

    Returns:
        The pairs; `why` of one that is shown again begins with what changed since the decision.
    """
    found, decided = [], []
    for pair in {frozenset((each.left_id, each.right_id)): each for each in pairs}.values():
        verdict = standing.says(pair.left_id, pair.right_id)
        opinion = standing.opinions.get(frozenset((pair.left_id, pair.right_id)))
        if verdict is None or (again and verdict is Verdict.UNSURE):
            found.append(pair)
        elif opinion is not None and _says_on_what(last := opinion.judgements[-1]):  # the last one to look at it
            decided.append((pair, last))
    known = entities(sorted({identity for pair, _ in decided for identity in (pair.left_id, pair.right_id)}))
    for pair, made in decided:
        if pair.left_id in known and pair.right_id in known:
            grounds = grounds_of(known[pair.left_id], known[pair.right_id])
            if changed := changed_since(made, grounds, pair.score):
                before = f"changed since {made.author} decided {made.judgement} on {made.decided_at[:10]}: {changed}"
                found.append(replace(pair, why=f"{before}. {pair.why}".strip()))
    return sorted(found, key=lambda pair: pair.urgency)


def _says_on_what(made: Judgement) -> bool:
    """Whether it was written down what a decision was made on."""
    return bool(made.evidence) or made.score is not None


QUICK_REASONS: dict[Verdict, tuple[str, ...]] = {
    Verdict.SAME: (
        "same identifying number",
        "same name and date of birth",
        "same name and place or address",
        "one list names the other's entry",
        "another spelling, and all else agrees",
    ),
    Verdict.DIFFERENT: (
        "other date of birth",
        "other identifying number",
        "relatives, not one person",
        "other country or place",
        "two companies of one group",
        "only the name is alike",
    ),
    Verdict.UNSURE: (
        "too little is told",
        "the lists contradict each other",
        "a paper from outside is needed",
    ),
}
"""Reasons that are given by number, by verdict."""


class Mode(StrEnum):
    """What the next key is about."""

    VERDICT = "verdict"
    REASON = "reason"
    DONE = "done"


@dataclass(frozen=True)
class Act:
    """What is to be written down.

    Attributes:
        pair: The two records.
        verdict: What was decided; `withdrawn` takes back the decision made on them in this review.
        why: The reason.
    """

    pair: OpenPair
    verdict: Verdict
    why: str


@dataclass(frozen=True)
class Step:
    """One pair gone by.

    Attributes:
        at: Its place among the pairs.
        verdict: What was decided; None where it was skipped.
    """

    at: int
    verdict: Verdict | None


@dataclass(frozen=True)
class Review:
    """A moment of a review.

    Attributes:
        pairs: All pairs, in the order they are shown.
        at: Which is shown.
        mode: What the next key is about.
        verdict: The verdict for which a reason is asked.
        typed: What was typed of a reason.
        last_reason: The last reason given, by verdict; key 0 gives it again.
        steps: What was done, oldest first.
        passed: Places of pairs that earlier decisions answered.
        whole: Whether long lists of values are shown whole.
        note: What to tell beside the pair.
    """

    pairs: tuple[OpenPair, ...]
    at: int = 0
    mode: Mode = Mode.VERDICT
    verdict: Verdict | None = None
    typed: str = ""
    last_reason: tuple[tuple[Verdict, str], ...] = ()
    steps: tuple[Step, ...] = ()
    passed: frozenset[int] = frozenset()
    whole: bool = False
    note: str = ""

    @property
    def pair(self) -> OpenPair:
        """The pair that is shown."""
        return self.pairs[self.at]

    @property
    def left(self) -> int:
        """Pairs still to come, the one that is shown among them."""
        return sum(number not in self.passed for number in range(self.at, len(self.pairs)))

    def quick_reason(self, key: str) -> str:
        """The reason that a digit stands for; empty for none."""
        if self.verdict is None or not (key.isascii() and key.isdigit()):
            return ""
        if key == "0":
            return dict(self.last_reason).get(self.verdict, "")
        reasons = QUICK_REASONS[self.verdict]
        return reasons[int(key) - 1] if int(key) <= len(reasons) else ""


_NAMED = ENTER, ESCAPE, BACKSPACE = "enter", "escape", "backspace"
VERDICT_KEYS = {"s": Verdict.SAME, "d": Verdict.DIFFERENT, "u": Verdict.UNSURE}
SKIP, UNDO, MORE, QUIT = "k", "z", "m", "q"


def begin(pairs: Iterable[OpenPair]) -> Review:
    """Start a review at the first pair."""
    return _at_open(Review(tuple(pairs)))


def press(review: Review, key: str) -> tuple[Review, Act | None]:
    """Press a key.

    Args:
        review: The moment.
        key: A letter as it is typed, or `enter`, `escape`, `backspace`; or a line of text, which can only be a reason.

    Returns:
        The next moment, and what is to be written down before it may begin.
    """
    if review.mode is Mode.REASON:
        return _reason(review, key)
    review, key = replace(review, note=""), key.lower()
    if key == QUIT:
        return replace(review, mode=Mode.DONE), None
    if key == UNDO:
        return _undo(review)
    if review.mode is Mode.DONE:
        return review, None
    if verdict := VERDICT_KEYS.get(key):
        return replace(review, mode=Mode.REASON, verdict=verdict, typed=""), None
    if key == SKIP:
        return _on(review, None), None
    if key == MORE:
        return replace(review, whole=not review.whole), None
    told = f"{key.strip()[:40]!r} means nothing here" if len(key) > 1 and key not in _NAMED else ""
    return replace(review, note=told), None


def _reason(review: Review, key: str) -> tuple[Review, Act | None]:
    """A key while a reason is asked for: a number gives a quick one where nothing was typed yet, anything else types."""
    if key == ESCAPE or (key == BACKSPACE and not review.typed):
        return replace(review, mode=Mode.VERDICT, verdict=None, typed="", note=""), None
    if key == BACKSPACE:
        return replace(review, typed=review.typed[:-1]), None
    reason = review.typed.strip() if key == ENTER else "" if review.typed else review.quick_reason(key)
    if reason and review.verdict:
        act = Act(review.pair, review.verdict, reason)
        last = {**dict(review.last_reason), review.verdict: reason}
        return _on(replace(review, last_reason=tuple(last.items())), review.verdict), act
    if key == ENTER:
        return replace(review, note="a decision needs a reason: a number, or words and Enter"), None
    typed = review.typed + key
    if not key.isprintable() or len(typed) > LONGEST_REASON or typed.isdigit():
        return review, None
    return replace(review, typed=typed, note=""), None


def _on(review: Review, verdict: Verdict | None) -> Review:
    """The next pair."""
    steps = (*review.steps, Step(review.at, verdict))
    return _at_open(replace(review, at=review.at + 1, mode=Mode.VERDICT, verdict=None, typed="", steps=steps, note=""))


def _at_open(review: Review) -> Review:
    """Go forward to a pair that no decision answered; done where there is none."""
    at = next((at for at in range(review.at, len(review.pairs)) if at not in review.passed), len(review.pairs))
    mode = Mode.DONE if at == len(review.pairs) else review.mode
    return replace(review, at=at, mode=mode)


def _undo(review: Review) -> tuple[Review, Act | None]:
    """Go back to the pair before, and take back what was decided on it."""
    if not review.steps:
        return replace(review, note="nothing to undo in this review"), None
    *before, last = review.steps
    back = replace(review, at=last.at, mode=Mode.VERDICT, verdict=None, typed="", steps=tuple(before))
    if last.verdict is None:
        return replace(back, note="back at the pair that was skipped"), None
    act = Act(review.pairs[last.at], Verdict.WITHDRAWN, f"undone in review (was {last.verdict})")
    return replace(back, note=f"undone: {last.verdict}"), act


def passing(review: Review, standing: Standing) -> Review:
    """Pass over pairs to come that decisions on other pairs answered meanwhile, and take up those that are open again."""
    gone = {step.at for step in review.steps}
    passed = frozenset(
        number
        for number, pair in enumerate(review.pairs)
        if number not in gone
        and frozenset((pair.left_id, pair.right_id)) not in standing.opinions
        and standing.says(pair.left_id, pair.right_id) is not None
    )
    return _at_open(replace(review, passed=passed))


def summary(review: Review) -> str:
    """What a review came to, in words."""
    made = [step.verdict for step in review.steps]
    kinds = ", ".join(f"{made.count(verdict)} {verdict}" for verdict in VERDICT_KEYS.values() if verdict in made)
    decided = sum(verdict is not None for verdict in made)
    answered = f", {len(review.passed)} answered by these" if review.passed else ""
    return (
        f"{decided} decided{f' ({kinds})' if kinds else ''}{answered}, {made.count(None)} skipped, {review.left} left"
    )
