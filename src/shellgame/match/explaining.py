"""Reasons for people: how two names met word by word, what else speaks for and against, and what only one side tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from shellgame.match.evidence import Evidence
from shellgame.match.hits import Explanation
from shellgame.match.meeting import meeting_of
from shellgame.match.parts import Remark, Signal, TokenMatch
from shellgame.match.records import Record
from shellgame.match.remarks import remarks_on

_PROPERTIES = {
    "births": "birthDate",
    "founded": "incorporationDate",
    "ended": "deathDate",
    "countries": "country",
    "birthplace": "birthPlace",
    "towns": "address",
    "gender": "gender",
}
"""What a record may tell, by the property that people know it under."""


class Met(NamedTuple):
    """How two names met: word by word, words of either without a like, and what is to be said of both as wholes."""

    tokens: tuple[TokenMatch, ...]
    missing: tuple[str, ...]
    surplus: tuple[str, ...]
    remarks: tuple[Remark, ...]


def signals_of(evidence: Iterable[Evidence]) -> tuple[Signal, ...]:
    """Pieces of evidence for people, the weightiest first; those without weight are left out."""
    return tuple(
        Signal(each.prop, each.weight > 0, each.words, abs(each.weight)) for each in evidence if each.weight != 0
    )


def explanation(query: str, listed: str, *, person: bool, bits: Sequence[float] = ()) -> Explanation:
    """Tell how a name of a query met a listed one.

    Args:
        query: The one name.
        listed: The other.
        person: Whether both are read as names of persons.
        bits: How telling each word of the listed name is among those that were searched; what is believed of words where that is
            not known.
    """
    met = names_met(query, listed, person=person, bits=bits)
    return Explanation(listed, met.tokens, met.missing, met.surplus, remarks=met.remarks)


def told_with(why: Explanation, evidence: Iterable[Evidence], query: Record, listed: Record) -> Explanation:
    """Add to an explanation what two records say beside their names."""
    only_query, only_listed = only_on_one(query, listed)
    return replace(why, signals=signals_of(evidence), only_query=only_query, only_listed=only_listed)


def names_met(query: str, listed: str, *, person: bool, bits: Sequence[float] = ()) -> Met:
    """Tell which word met which; where a name can be read in two ways, as they fit best. See `explanation`."""
    meeting = meeting_of(query, listed, person=person, bits=bits)
    return Met(
        meeting.tokens(),
        meeting.missing_words(),
        meeting.surplus_words(),
        tuple(remarks_on(meeting)),
    )


def only_on_one(query: Record, listed: Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Properties that could have decided, but only one side tells: those of the query, those of the listed party."""
    return _beside(query, listed), _beside(listed, query)


def _beside(one: Record, other: Record) -> tuple[str, ...]:
    told = [prop for field, prop in _PROPERTIES.items() if getattr(one, field) and not getattr(other, field)]
    if not other.numbers:
        told += sorted({number.prop for number in one.numbers.values()})
    return tuple(told)
