"""What a decision was made on, in short, so that it can be told when it has to be looked at again.

For each property that tells one party from another a few letters of a hash are kept, by record. What a list prints anew
in other case or order is the same; a new date of birth is not, and the answer names it. Listings, programmes and
remarks are no part of it: they change often and say nothing about who somebody is.
"""

from __future__ import annotations

import unicodedata
from hashlib import blake2b

from shellgame.match.records import TELLING
from shellgame.match.wording import score_in_words
from shellgame.model.entity import Entity
from shellgame.model.judgement import Judgement
from shellgame.model.schema import NAME_PROPS

BANDS = (0.2, 0.5, 0.7, 0.9)
"""Scores between which a pair looks alike to whoever decides."""
MOVED = 0.1
"""A score that moves less than this has not moved, whatever band it comes to lie in: new weights move all of them a little."""
_PROPS = sorted(TELLING | {*NAME_PROPS})
_LETTERS = 8


def grounds_of(left: Entity, right: Entity) -> str:
    """Write down what two records tell, whichever way round they are given.

    Returns:
        The two sides, parted by ` | `, the record with the smaller id first: its schema and `property=hash` by name.
    """
    first, second = sorted((left, right), key=lambda entity: entity.id)
    return f"{_side(first)} | {_side(second)}"


def _side(entity: Entity) -> str:
    told = entity.properties
    return " ".join([entity.schema, *(f"{prop}={_hashed(told[prop])}" for prop in _PROPS if told.get(prop))])


def _hashed(values: list[str]) -> str:
    folded = sorted({" ".join(unicodedata.normalize("NFKC", value).casefold().split()) for value in values})
    text = "\x1f".join(folded).encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=_LETTERS // 2).hexdigest()


def changed_since(made: Judgement, grounds: str, score: float | None) -> str:
    """Tell what changed since a decision, in words; empty where nothing did, or nobody wrote down what it was made on.

    Args:
        made: The decision.
        grounds: What the two records tell now; see `grounds_of`.
        score: How alike they are found now, 0 to 1; None where that is not known.

    Example:
        >>> from shellgame.model.judgement import Verdict
        >>> made = Judgement("a", "b", Verdict.SAME, "why", "ada", "", "Person name=1 | Person name=2", 0.95)
        >>> changed_since(made, "Person birthDate=3 name=1 | Person name=2", 0.95)
        'birthDate of a'
        >>> changed_since(made, "Person name=1 | Person name=2", 0.4)
        'score 0.95, now 0.40'
    """
    found = []
    if made.evidence and made.evidence != grounds:
        before, now = (text.split(" | ") for text in (made.evidence, grounds))
        for identity, was, told in zip((made.left_id, made.right_id), before, now, strict=False):
            props = {part.partition("=")[0] for part in {*was.split(" ")} ^ {*told.split(" ")}}
            if props:
                found.append(f"{', '.join(sorted(props))} of {identity}")
    if made.score is not None and score is not None and _has_moved(made.score, score):
        found.append(f"score {score_in_words(made.score)}, now {score_in_words(score)}")
    return "; ".join(found)


def _has_moved(before: float, now: float) -> bool:
    return _band(before) != _band(now) and abs(before - now) >= MOVED


def _band(score: float) -> int:
    return sum(score >= bound for bound in BANDS)
