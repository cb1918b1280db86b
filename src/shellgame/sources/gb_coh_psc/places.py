"""Whether words for where a company is registered, or under which law, mean the United Kingdom."""

from __future__ import annotations

import re
from functools import lru_cache

from shellgame.names.countries import country_code

_HERE = re.compile(
    r"companies house|united kingdom|great britain|england|wales|scotland|northern ireland|\b(?:uk|gb)\b"
)
_ELSEWHERE = re.compile(
    r"jersey|guernsey|alderney|\bsark\b|isle of man|gibraltar|virgin islands|\bbvi\b|cayman|bermuda|anguilla"
    r"|turks|falkland|montserrat|channel islands|(?<!northern )\bireland"
)
"""Places with ties to the United Kingdom, whose own registers give numbers that look like its."""
_OF_REGISTERS = re.compile(
    r"registrars?|register(?:ed)?|registry|registration|compan(?:y|ies)|houses?|acts?|laws?|limited|partnerships?|offices?"
    r"|of|for|the|and|in|at|by|under|cardiff|edinburgh|belfast|london|\d{4}"
)

_LONGEST = 200


def is_here(*printed: str) -> bool:
    """Whether one of some words means the United Kingdom, and none means another place.

    Example:
        >>> is_here("", "Companies House, Cardiff"), is_here("England", "Jersey"), is_here("", "Registrar of Companies")
        (True, False, False)
    """
    told = {_is_here(words) for words in printed if len(words) <= _LONGEST}
    return True in told and False not in told


@lru_cache(4096)
def _is_here(printed: str) -> bool | None:
    """What one text means; None where it tells of no place, or of one beside others that are not known."""
    words = " ".join(re.findall(r"\w+", printed.casefold().replace("u.k", "uk")))
    if not words:
        return None
    if _ELSEWHERE.search(words):
        return False
    code = country_code(printed)
    if code is not None:
        return code.startswith("gb")
    rest = _HERE.sub(" ", words)
    return True if rest != words and not _OF_REGISTERS.sub(" ", rest).strip() else None
