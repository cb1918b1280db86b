"""From when to when a link lasts as far as it is told, and whether it is told to be over without a day."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FORMER = re.compile(r"\bformer\b", re.IGNORECASE)
_REMARK = "Former: "
"""How the remark begins with which readers mark what is over; a list that has no status for a kind of link says `former` there."""


def is_called_former(statuses: Iterable[str], remarks: Iterable[str]) -> bool:
    """Whether a link is told to be over: by its status, or by a remark that says just that and not merely has the word in it.

    Example:
        >>> is_called_former(["former"], []), is_called_former([], ["Former: ceased"]), is_called_former([], ["Transformer plant"])
        (True, True, False)
    """
    return any(_FORMER.search(each) for each in statuses) or any(
        each.startswith(_REMARK) or each.strip().casefold() == "former" for each in remarks
    )


def days_told(starts: Iterable[str], ends: Iterable[str]) -> tuple[str | None, str | None]:
    """First and last partial day of a link; neither where it is told to end before it begins, for such days tell nothing.

    Example:
        >>> days_told(["2015"], []), days_told(["2022-03"], ["2022"]), days_told(["2022"], ["2015"])
        (('2015', None), ('2022-03', '2022'), (None, None))
    """
    start, end = min(starts, default=None), max(ends, default=None)
    return (None, None) if start and end and end < start[: len(end)] else (start, end)
