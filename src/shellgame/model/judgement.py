"""A judgement: what somebody decided about two records.

It is about records, never about clusters, so that it outlives new versions, merges and splits. None is ever changed or removed:
who thinks better of it judges again, or writes one more judgement that withdraws it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b

from shellgame.errors import WrongUse

LONGEST_NAME = 255
"""Letters of an id or an author; what the database has room for."""
LONGEST_REASON = 4000
"""Letters of a reason."""
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What a database cannot hold, or what could steer a terminal; letters that only join or turn others are part of many scripts."""
_MOMENT = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?")
_EVIDENCE = re.compile("[ -~]{0,4000}")
_KEY = re.compile("(?:[0-9a-f]{32})?")

Pair = frozenset[str]
"""The ids of two records."""


class Verdict(StrEnum):
    """What a judgement says about two records."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"
    """An earlier judgement on the two does not hold; says nothing about them itself."""


OPINIONS = (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE)
"""What people can be asked for."""


@dataclass(frozen=True)
class Judgement:
    """Somebody's decision about two records.

    Attributes:
        left_id: The smaller id of the two.
        right_id: The other one.
        judgement: What was decided.
        why: The reason, one line.
        author: Who decided.
        decided_at: Moment, UTC, `2024-05-03T10:12:00Z`; empty where an imported file tells none, which counts as the oldest.
        evidence: What the two records told then, in short (`resolve.grounds`); empty where nobody wrote it down.
        score: How alike they were found then, 0 to 1; None where nobody wrote it down.
        withdraws: Key of the judgement that this one withdraws; empty for any other.
    """

    left_id: str
    right_id: str
    judgement: Verdict
    why: str
    author: str
    decided_at: str
    evidence: str = ""
    score: float | None = None
    withdraws: str = ""

    @property
    def key(self) -> str:
        """Name it by who said what of whom and when: the same judgement has the same key in every database.

        Returns:
            32 hexadecimal digits. The reason is no part of it, since other programs' files keep none.
        """
        parts = (self.left_id, self.right_id, self.judgement, self.author, self.decided_at, self.withdraws)
        return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()

    @property
    def pair(self) -> Pair:
        """The two records."""
        return frozenset((self.left_id, self.right_id))


def checked(made: Judgement) -> Judgement:
    """Put a judgement in order: the smaller id first, the reason in one line.

    Raises:
        WrongUse: It is about one record, reason or author is missing, or something in it cannot be kept as it is.
    """
    left, right = sorted((made.left_id, made.right_id))
    why, author = " ".join(made.why.split()), made.author.strip()
    if left == right:
        raise WrongUse(f"{left[:60]!r} is one record; a judgement is about two")
    if not why or not author:
        raise WrongUse("a judgement needs a reason (--why) and an author (--author or SHELLGAME_AUTHOR)")
    for what, text, most in (
        ("id", left, LONGEST_NAME),
        ("id", right, LONGEST_NAME),
        ("author", author, LONGEST_NAME),
        ("reason", why, LONGEST_REASON),
    ):
        if not text or len(text) > most or _UNWRITABLE.search(text):
            raise WrongUse(
                f"{what} {text[:60]!r} cannot be kept; give 1 to {most:,} letters, none of them a control character"
            )
    _check_rest(made)
    return replace(made, left_id=left, right_id=right, why=why, author=author)


def _check_rest(made: Judgement) -> None:
    """Check what programs fill in.

    Raises:
        WrongUse: Something in it is not what they fill in.
    """
    if not _MOMENT.fullmatch(made.decided_at):
        raise WrongUse(f"{made.decided_at[:40]!r} is no moment; write 2024-05-03T10:12:00Z, or nothing")
    if not _EVIDENCE.fullmatch(made.evidence):
        raise WrongUse("`evidence` is none that this program writes")
    if made.score is not None and not 0 <= made.score <= 1:
        raise WrongUse(f"score {made.score!r} is out of range; give one from 0 to 1, or none")
    if bool(made.withdraws) != (made.judgement is Verdict.WITHDRAWN) or not _KEY.fullmatch(made.withdraws):
        raise WrongUse("`withdraws` is the key of a decision, for `withdrawn` and for nothing else")
