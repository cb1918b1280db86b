"""Natures of control, as Companies House words them, into stakes.

A nature is a right, a band where it comes in shares, and ways in which it is held: `ownership-of-shares-25-to-50-percent-as-trust`.
The bands are those of the Register of People with Significant Control Regulations 2016: more than 25 and not more than 50, more
than 50 and less than 75, 75 and more. What is held through a trust or firm that the person influences or is one of several members
of is told as `indirect`: the same shares must not be added to what the person holds in its own name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from shellgame.model.stakes import StakeKind

_RIGHTS = {
    "ownership-of-shares": StakeKind.SHARES,
    "voting-rights": StakeKind.VOTES,
    "part-right-to-share-surplus-assets": StakeKind.SURPLUS,
    "right-to-share-surplus-assets": StakeKind.SURPLUS,
    "right-to-appoint-and-remove-directors": StakeKind.BOARD,
    "right-to-appoint-and-remove-members": StakeKind.BOARD,
    "right-to-appoint-and-remove-person": StakeKind.BOARD,
    "significant-influence-or-control": StakeKind.INFLUENCE,
}
_BANDS = {
    "25-to-50-percent": ">25-50",
    "50-to-75-percent": ">50-<75",
    "75-to-100-percent": ">=75",
    "more-than-25-percent": ">25",
}
_PATTERN = re.compile(
    rf"({'|'.join(_RIGHTS)})"
    rf"(?:-({'|'.join(_BANDS)}))?"
    r"(-as-(?:control-over-)?(?:trust|firm))?"
    r"(?:-limited-liability-partnership|-registered-overseas-entity)?"
)
NOMINEE = re.compile(r"registered-owner-as-nominee-(person|another-entity)-[a-z-]+-registered-overseas-entity")
"""The overseas entity holds land for this person, or for another entity that is this person's."""


class Nature(NamedTuple):
    """A nature of control: the right, its share as `percentage` writes it, and whether it is held through others."""

    kind: StakeKind
    share: str
    through: bool


@lru_cache(maxsize=1024)
def nature_of(printed: str) -> Nature | None:
    """Read a nature of control; None where it is none that is known here.

    Example:
        >>> nature_of("voting-rights-50-to-75-percent-as-firm-limited-liability-partnership")
        Nature(kind=<StakeKind.VOTES: 'votes'>, share='>50-<75', through=True)
    """
    match = _PATTERN.fullmatch(printed)
    if match is None:
        return None
    right, band, through = match.groups()
    return Nature(_RIGHTS[right], _BANDS.get(band or "", ""), bool(through))
