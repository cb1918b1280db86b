"""What somebody may have meant who wrote a word that nothing here is called."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LEAST_ALIKE = 0.5
"""Share of letters that must agree for a word to be worth suggesting."""
_MOST_LISTED = 12


def did_you_mean(word: str, known: Iterable[str], *, most: int = 3) -> str:
    """Say what a word may have been meant to be, best first; where nothing is like it, what there is.

    Example:
        >>> did_you_mean("Persn", ["Company", "Person", "Vessel"])
        'did you mean Person?'
        >>> did_you_mean("xyz", ["Company", "Person", "Vessel"])
        'there are Company, Person, Vessel'
    """
    there = sorted(set(known))
    if not there:
        return "there are none here"
    near = (
        process.extract(
            word,
            there,
            scorer=OSA.normalized_similarity,
            processor=str.casefold,
            score_cutoff=_LEAST_ALIKE,
            limit=most,
        )
        or [(each,) for each in there if len(word) > 1 and word.casefold() in each.casefold()][:most]
    )
    if near:
        return f"did you mean {' or '.join(each[0] for each in near)}?"
    more = f" and {len(there) - _MOST_LISTED} more" if len(there) > _MOST_LISTED else ""
    return f"there are {', '.join(there[:_MOST_LISTED])}{more}"
