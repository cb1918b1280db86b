"""Reasons for people: how two names met word by word, what else speaks for and against, and what only one side tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from shellgame.kernels.alignment import MOST_TOKENS
from shellgame.kernels.explain import met_pairs
from shellgame.kernels.tokens import HOW_GROUP, HOW_INITIAL, HOW_JOINED, HOW_SHORTENED
from shellgame.match.evidence import Evidence
from shellgame.match.hits import Explanation, How, Signal, TokenMatch
from shellgame.match.lexicon import Words, arrays_of, readings
from shellgame.match.records import Record
from shellgame.names.sounds import tables
from shellgame.names.token import Kind, Token

_WAYS = {HOW_INITIAL: How.INITIAL, HOW_GROUP: How.NICKNAME, HOW_JOINED: How.JOINED, HOW_SHORTENED: How.SHORTENED}
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

Name = tuple[Token, ...]


class Met(NamedTuple):
    """How two names met: the pairs, words of the listed name without a like, words of the query without a like."""

    tokens: tuple[TokenMatch, ...]
    missing: tuple[str, ...]
    surplus: tuple[str, ...]


def signals_of(evidence: Iterable[Evidence]) -> tuple[Signal, ...]:
    """Pieces of evidence for people, the weightiest first; those without weight are left out."""
    return tuple(
        Signal(each.prop, each.weight > 0, each.words, abs(each.weight)) for each in evidence if each.weight != 0
    )


def explanation(query: str, listed: str, *, person: bool) -> Explanation:
    """Tell how a name of a query met a listed one."""
    met = names_met(query, listed, person=person)
    return Explanation(listed, met.tokens, met.missing, met.surplus)


def told_with(why: Explanation, evidence: Iterable[Evidence], query: Record, listed: Record) -> Explanation:
    """Add to an explanation what two records say beside their names."""
    only_query, only_listed = only_on_one(query, listed)
    return replace(why, signals=signals_of(evidence), only_query=only_query, only_listed=only_listed)


def names_met(query: str, listed: str, *, person: bool) -> Met:
    """Tell which word met which; where a name can be read in two ways, as they fit best."""
    ways = [_met(one, other) for one in readings(query, person=person) for other in readings(listed, person=person)]
    return min(ways, key=lambda met: len(met.missing) + len(met.surplus) - sum(pair.similarity for pair in met.tokens))


def _met(query: Name, listed: Name) -> Met:
    pairs = _pairs(query[:MOST_TOKENS], listed[:MOST_TOKENS])
    met_here = {place for pair in pairs for place in pair.query}
    met_there = {place for pair in pairs for place in pair.listed}
    surplus = [(place, token) for place, token in enumerate(query) if place not in met_here]
    missing = [token for place, token in enumerate(listed) if place not in met_there]
    told = [(min(pair.query), _told(query, listed, pair)) for pair in pairs]
    told += [(place, TokenMatch(token.text, "", 0.0, How.IGNORED)) for place, token in surplus if _hardly_counts(token)]
    told.sort(key=lambda each: each[0])
    forms = [TokenMatch("", token.text, 0.0, How.IGNORED) for token in missing if _hardly_counts(token)]
    return Met(
        (*(match for _, match in told), *forms),
        tuple(token.text for token in missing if not _hardly_counts(token)),
        tuple(token.text for _, token in surplus if not _hardly_counts(token)),
    )


class _Pair(NamedTuple):
    """Tokens that met, by place: two on a side that was written together on the other."""

    query: tuple[int, ...]
    listed: tuple[int, ...]
    way: int
    likeness: float


def _pairs(query: Name, listed: Name) -> list[_Pair]:
    if not query or not listed:
        return []
    words = Words()
    here, there = (np.array(words.numbers_of(name), np.int32) for name in (query, listed))
    places, likeness = met_pairs(here, there, arrays_of(words.tokens), tables())
    pairs: list[_Pair] = []
    for (i, j, way), alike in zip(places.tolist(), likeness.tolist(), strict=True):
        last = pairs[-1] if pairs else None
        if way == HOW_JOINED and last and last.way == HOW_JOINED and (i in last.query or j in last.listed):
            pairs[-1] = _Pair(tuple({*last.query, i}), tuple({*last.listed, j}), way, alike)
        else:
            pairs.append(_Pair((i,), (j,), way, alike))
    return pairs


def _told(query: Name, listed: Name, pair: _Pair) -> TokenMatch:
    one, other = query[pair.query[0]], listed[pair.listed[0]]
    how = _WAYS.get(pair.way)
    if one.kind is Kind.FORM:
        how = How.IGNORED
    elif how is None:
        same = one.text == other.text and one.origin == other.origin
        how = How.SAME if same else How.ALIKE if one.origin == other.origin else How.SCRIPT
    return TokenMatch(_text(query, pair.query), _text(listed, pair.listed), pair.likeness, how)


def _text(name: Name, places: tuple[int, ...]) -> str:
    return " ".join(name[place].text for place in sorted(places))


def _hardly_counts(token: Token) -> bool:
    return token.kind in (Kind.FORM, Kind.PARTICLE)


def only_on_one(query: Record, listed: Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Properties that could have decided, but only one side tells: those of the query, those of the listed party."""
    return _beside(query, listed), _beside(listed, query)


def _beside(one: Record, other: Record) -> tuple[str, ...]:
    told = [prop for field, prop in _PROPERTIES.items() if getattr(one, field) and not getattr(other, field)]
    if not other.numbers:
        told += sorted({number.prop for number in one.numbers.values()})
    return tuple(told)
