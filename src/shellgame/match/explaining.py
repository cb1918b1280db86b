"""Reasons for people: how two names met word by word, what else speaks for and against, and what only one side tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from shellgame.kernels.alignment import MOST_TOKENS
from shellgame.kernels.explain import met_pairs
from shellgame.kernels.tokens import HOW_GROUP, HOW_INITIAL, HOW_JOINED, HOW_SHORTENED, HOW_WORD
from shellgame.match.evidence import Evidence
from shellgame.match.hits import Explanation
from shellgame.match.lexicon import Words, arrays_of, readings, same_words, tells
from shellgame.match.parts import About, How, Remark, Signal, TokenMatch
from shellgame.match.printed import Printed, printed
from shellgame.match.records import Record
from shellgame.match.spelling import difference
from shellgame.names.sounds import tables
from shellgame.names.token import Kind, Origin, Token

_WAYS = {HOW_INITIAL: How.INITIAL, HOW_GROUP: How.NICKNAME, HOW_JOINED: How.JOINED, HOW_SHORTENED: How.SHORTENED}
_HARDLY = {Kind.FORM: "legal form", Kind.GENERIC: "common word", Kind.PARTICLE: "name particle"}
"""Kinds of words that count less where a name has others."""
_IN_ORDER = (Kind.WORD, Kind.INITIAL, Kind.OPTIONAL)
"""Kinds of words whose order tells something."""
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


def explanation(query: str, listed: str, *, person: bool) -> Explanation:
    """Tell how a name of a query met a listed one."""
    met = names_met(query, listed, person=person)
    return Explanation(listed, met.tokens, met.missing, met.surplus, remarks=met.remarks)


def told_with(why: Explanation, evidence: Iterable[Evidence], query: Record, listed: Record) -> Explanation:
    """Add to an explanation what two records say beside their names."""
    only_query, only_listed = only_on_one(query, listed)
    return replace(why, signals=signals_of(evidence), only_query=only_query, only_listed=only_listed)


def names_met(query: str, listed: str, *, person: bool) -> Met:
    """Tell which word met which; where a name can be read in two ways, as they fit best."""
    ways = [
        (_pairs(one.tokens[:MOST_TOKENS], other.tokens[:MOST_TOKENS]), one, other)
        for one in _sides(query, person)
        for other in _sides(listed, person)
    ]
    pairs, one, other = min(ways, key=lambda way: _unlike(*way)) if len(ways) > 1 else ways[0]
    return _Meeting(one, other, pairs, person=person).told()


class _Pair(NamedTuple):
    """Tokens that met, by place: two on a side that was written together on the other."""

    query: tuple[int, ...]
    listed: tuple[int, ...]
    way: int
    likeness: float


def _unlike(pairs: Iterable[_Pair], query: _Side, listed: _Side) -> float:
    """How little two names have in common: words left over, less what the others are alike."""
    words = sum(min(len(side.tokens), MOST_TOKENS) for side in (query, listed))
    return words - sum(len(pair.query) + len(pair.listed) + pair.likeness for pair in pairs)


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


class _Side:
    """One of two names: what analysis made of it, and how it is printed."""

    def __init__(self, name: str, tokens: Name, person: bool) -> None:
        self.name, self.tokens, self._person = name, tokens, person
        self.telling = any(token.kind not in _HARDLY for token in tokens)

    @cached_property
    def printed(self) -> Printed:
        """Its words as printed."""
        return printed(self.name, self.tokens, person=self._person)

    def text(self, places: Sequence[int]) -> str:
        """Words as printed; one that is written together is told once where all of its parts are there."""
        shared, here = self.printed.shared, frozenset(places)
        whole = {place: shared[place].word for place in places if place in shared and shared[place].places <= here}
        return " ".join(dict.fromkeys(whole.get(place, self.printed.words[place]) for place in sorted(places)))

    def of_one_word(self, places: tuple[int, ...], others: tuple[int, ...]) -> bool:
        """Whether words are parts of one printed word."""
        shared = self.printed.shared
        return any(place in shared and not shared[place].places.isdisjoint(others) for place in places)

    def of_kind(self, kind: Kind, places: Sequence[int]) -> str:
        """Those of some words that are of a kind, as printed."""
        return self.text([place for place in places if self.tokens[place].kind is kind])

    def left(self, met: Iterable[tuple[int, ...]]) -> list[int]:
        """Places of compared words that met none."""
        gone = {place for places in met for place in places}
        return [place for place in range(min(len(self.tokens), MOST_TOKENS)) if place not in gone]


@lru_cache(maxsize=64)
def _sides(name: str, person: bool) -> tuple[_Side, ...]:
    """The ways to read a name, which are kept for the other hits of a query."""
    return tuple(_Side(name, tokens, person) for tokens in readings(name, person=person))


class _Meeting:
    """Two names whose words met."""

    def __init__(self, query: _Side, listed: _Side, pairs: Sequence[_Pair], *, person: bool) -> None:
        self._query, self._listed, self._pairs, self._person = query, listed, pairs, person
        self._hardly = _HARDLY if query.telling and listed.telling else {Kind.FORM: "legal form"}

    def told(self) -> Met:
        """The meeting for people."""
        surplus = self._query.left(pair.query for pair in self._pairs)
        missing = self._listed.left(pair.listed for pair in self._pairs)
        told = [(min(pair.query), self._pair(pair)) for pair in self._put_together()]
        told += [
            (place, self._alone(self._query, place, here=True)) for place in surplus if self._counts(self._query, place)
        ]
        told.sort(key=lambda each: each[0])
        forms = [self._alone(self._listed, place, here=False) for place in missing if self._counts(self._listed, place)]
        return Met(
            (*(match for _, match in told), *forms),
            tuple(self._listed.printed.words[place] for place in missing if not self._counts(self._listed, place)),
            tuple(self._query.printed.words[place] for place in surplus if not self._counts(self._query, place)),
            tuple(self._remarks(missing, surplus)),
        )

    def _put_together(self) -> list[_Pair]:
        """The pairs, those of words that are written together on either side as one."""
        pairs: list[_Pair] = []
        for pair in sorted(self._pairs, key=lambda each: min(each.query)):
            last = pairs[-1] if pairs else None
            if last and (
                self._query.of_one_word(last.query, pair.query) or self._listed.of_one_word(last.listed, pair.listed)
            ):
                way = pair.way if pair.way == last.way else HOW_WORD
                both = (last.query + pair.query, last.listed + pair.listed)
                pairs[-1] = _Pair(*both, way, min(last.likeness, pair.likeness))
            else:
                pairs.append(pair)
        return pairs

    def _counts(self, side: _Side, place: int) -> bool:
        """Whether a word hardly counts."""
        return side.tokens[place].kind in self._hardly

    def _kind(self, token: Token) -> str:
        title = self._person and token.kind is Kind.GENERIC
        return "title" if title else self._hardly[token.kind]

    def _alone(self, side: _Side, place: int, *, here: bool) -> TokenMatch:
        words, kind = side.printed.words[place], self._kind(side.tokens[place])
        return TokenMatch(words if here else "", "" if here else words, 0.0, How.IGNORED, kind)

    def _pair(self, pair: _Pair) -> TokenMatch:
        one = [self._query.tokens[place] for place in sorted(pair.query)]
        other = [self._listed.tokens[place] for place in sorted(pair.listed)]
        here, there = self._query.text(pair.query), self._listed.text(pair.listed)
        how, note = _WAYS.get(pair.way), ""
        if all(token.kind in self._hardly for token in (*one, *other)):
            how, note = How.IGNORED, self._kind(one[0])
        elif how is None and one[0].origin != other[0].origin:
            how, note = How.SCRIPT, _romanised(one, other)
        elif how is None and [(each.text, each.printed) for each in one] == [
            (each.text, each.printed) for each in other
        ]:
            how = How.SAME if len(here.split()) == len(there.split()) else How.JOINED
        elif how is None:
            how, note = How.ALIKE, difference(here, there, pair.likeness)
        return TokenMatch(here, there, pair.likeness, how, note)

    def _remarks(self, missing: Sequence[int], surplus: Sequence[int]) -> Iterator[Remark]:
        if order := self._order():
            yield Remark(About.ORDER, order)
        here, there = self._left_of_kind(Kind.OPTIONAL, surplus, missing)
        if here and there:
            yield Remark(
                About.FATHER, f"another father's name or nickname: {here} in the query, {there} in the listed name"
            )
        elif (here or there) and not (
            any(self._left_of_kind(Kind.WORD, surplus, missing))
            or any(self._left_of_kind(Kind.INITIAL, surplus, missing))
        ):
            yield Remark(
                About.FATHER, f"a father's name or a nickname is often left out and counts less: {here or there}"
            )
        here, there = self._left_of_kind(Kind.NUMBER, surplus, missing)
        if here or there:
            told = f"{here or 'none'} in the query, {there or 'none'} in the listed name"
            yield Remark(About.NUMBERS, f"the numbers differ: {told}")
        for side, whose in ((self._query, "the query"), (self._listed, "the listed name")):
            if not side.tokens:
                yield Remark(About.LITTLE, f"{whose} has no word that can be compared")
            elif not tells(side.tokens, person=self._person) and not self._same_words():
                yield Remark(
                    About.LITTLE, f"{whose} has only words that many others have, too few to tell who is meant"
                )
            if len(side.tokens) > MOST_TOKENS:
                yield Remark(About.LENGTH, f"only the first {MOST_TOKENS} words of {whose} are compared")
            elif left := self._left_out(side):
                yield Remark(About.TITLES, f"left out of {whose}: {', '.join(left)}")

    def _left_of_kind(self, kind: Kind, surplus: Sequence[int], missing: Sequence[int]) -> tuple[str, str]:
        """Words of a kind without a like, of the query and of the listed name."""
        return self._query.of_kind(kind, surplus), self._listed.of_kind(kind, missing)

    def _left_out(self, side: _Side) -> list[str]:
        """Words of one side that were left out, and not of the other side too."""
        other = self._listed if side is self._query else self._query
        too = {words.casefold() for words in other.printed.left_out}
        return [words for words in side.printed.left_out if words.casefold() not in too]

    def _same_words(self) -> bool:
        return same_words(self._query.name, self._listed.name, person=self._person)

    def _order(self) -> str:
        """Whether the words that count stand in another order, in words; a name turned round costs less than one mixed up."""
        places = [
            min(pair.listed)
            for pair in sorted(self._pairs, key=lambda each: min(each.query))
            if self._query.tokens[pair.query[0]].kind in _IN_ORDER
        ]
        turns = [places[turn:] + places[:turn] for turn in range(len(places))]
        if places == sorted(places):
            return ""
        if sorted(places) in turns:
            return "the words are turned round" + (", as where the family name comes first" if self._person else "")
        return "the words stand in another order"


def _romanised(one: Sequence[Token], other: Sequence[Token]) -> str:
    """How the word that is not in Latin letters reads in them."""
    told = ["".join(token.text for token in side) for side in (one, other) if side[0].origin is not Origin.LATIN]
    return f"reads {told[0]}" if len(told) == 1 else f"read {' and '.join(told)}"


def only_on_one(query: Record, listed: Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Properties that could have decided, but only one side tells: those of the query, those of the listed party."""
    return _beside(query, listed), _beside(listed, query)


def _beside(one: Record, other: Record) -> tuple[str, ...]:
    told = [prop for field, prop in _PROPERTIES.items() if getattr(one, field) and not getattr(other, field)]
    if not other.numbers:
        told += sorted({number.prop for number in one.numbers.values()})
    return tuple(told)
