"""A judgement: what somebody decided about two records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What can be decided about two records."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Judgement:
    """Somebody's decision about two records; `left_id` is the smaller id."""

    left_id: str
    right_id: str
    judgement: Verdict
    why: str
    author: str
    decided_at: str
