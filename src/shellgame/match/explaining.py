"""Reasons for people: how two names met word by word, what else speaks for and against, and what only one side tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from shellgame.kernels.alignment import MOST_TOKENS
from shellgame.kernels.explain import met_pairs
from shellgame.kernels.tokens import HOW_GROUP, HOW_INITIAL, HOW_JOINED, HOW_SHORTENED, HOW_WORD, VOWELS
from shellgame.match.disguise import digits_for_letters, disguises
from shellgame.match.evidence import Evidence
from shellgame.match.hits import Explanation
from shellgame.match.lexicon import COMMON, Words, arrays_of, believed_bits, readings, same_words, tells
from shellgame.match.parts import About, How, Remark, Signal, TokenMatch
from shellgame.match.printed import Printed, printed
from shellgame.match.records import Record
from shellgame.match.spelling import difference, is_same_reading, letters_of, script_of
from shellgame.names.sounds import LATIN_SOUNDS, codes, tables
from shellgame.names.token import Kind, Origin, Token

_WAYS = {HOW_INITIAL: How.INITIAL, HOW_JOINED: How.JOINED, HOW_SHORTENED: How.SHORTENED}
_SOUND_ALIKE = {Origin.LATIN: 0.85, Origin.HAN: 0.6, Origin.HANGUL: 0.6}
"""Likeness of sounds from which two words of a group are two spellings of one form, by the script of either."""
_SERVANT = "abd"
"""A part of a hundred names, which is rare only where it stands as one's father's."""
_ARTICLES = frozenset({"al", "el", "ul"})
"""What is no word of a name but a part of the one behind it: Abd-al-Majid."""
_AT_THE_EDGE = frozenset(code for code, sound in enumerate(LATIN_SOUNDS) if "-" in sound)
"""Sounds at the beginning and end of Arabic words, which other scripts leave out as they like."""
_KH = LATIN_SOUNDS.index("kh")
"""What Cyrillic writes for an h too."""
_FEW = 15.0
"""Bits that common words tell together from which they tell enough: by chance one party in 32,768 would have them all."""
_UNTOLD = {
    Origin.ABJAD: "leave short vowels out, so that other names are written the same",
    Origin.HAN: "are told by their sound in Mandarin, which others share",
}
"""What a script does not tell of a name in another one."""
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
    ways = [
        (_pairs(one.tokens[:MOST_TOKENS], other.tokens[:MOST_TOKENS]), one, other)
        for one in _sides(query, person)
        for other in _sides(listed, person)
    ]
    pairs, one, other = min(ways, key=lambda way: _unlike(*way)) if len(ways) > 1 else ways[0]
    counted = bits if len(bits) == len(other.tokens) else [believed_bits(token) for token in other.tokens]
    return _Meeting(one, other, pairs, person=person, bits=counted).told()


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

    @cached_property
    def has_digits(self) -> bool:
        """Whether a digit is in it."""
        return any(map(str.isdigit, self.name))

    @cached_property
    def disguises(self) -> tuple[str, ...]:
        """What of it is not written as it looks, in words."""
        return tuple(each.words for each in disguises(self.name))

    def is_disguised(self, words: str) -> bool:
        """Whether one of its words, as printed, is not written as it looks."""
        return any(each.printed and each.printed in words for each in disguises(self.name))

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

    def __init__(
        self, query: _Side, listed: _Side, pairs: Sequence[_Pair], *, person: bool, bits: Sequence[float]
    ) -> None:
        self._query, self._listed, self._pairs, self._person, self._bits = query, listed, pairs, person, bits
        self._hardly = _HARDLY if query.telling and listed.telling else {Kind.FORM: "legal form"}

    def told(self) -> Met:
        """The meeting for people."""
        surplus = self._query.left(pair.query for pair in self._pairs)
        missing = self._listed.left(pair.listed for pair in self._pairs)
        pairs = [(pair, self._pair(pair)) for pair in self._put_together()]
        told = [(min(pair.query), match) for pair, match in pairs]
        told += [
            (place, self._alone(self._query, place, here=True)) for place in surplus if self._counts(self._query, place)
        ]
        told.sort(key=lambda each: each[0])
        forms = [self._alone(self._listed, place, here=False) for place in missing if self._counts(self._listed, place)]
        return Met(
            (*(match for _, match in told), *forms),
            tuple(self._listed.printed.words[place] for place in missing if not self._counts(self._listed, place)),
            tuple(self._query.printed.words[place] for place in surplus if not self._counts(self._query, place)),
            tuple(self._remarks(pairs, missing, surplus)),
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
        elif pair.way == HOW_GROUP and not _is_spelling(one[0], other[0]):
            how = How.NICKNAME if self._person else How.SYNONYM
            note = _romanised(one, other) if one[0].origin != other[0].origin else ""
        elif how is None and one[0].origin != other[0].origin:
            how, note = How.SCRIPT, _romanised(one, other)
            if not is_same_reading(here, there, pair.likeness):
                note = f"{note}, {pair.likeness:.0%} alike"
        elif how is None and _same_text(one, other):
            how = self._same(pair, here, there)
            note = difference(here, there, pair.likeness) if how is How.ALIKE else ""
        elif how is None:
            words = (
                (_text(one) if self._query.is_disguised(here) else here),
                (_text(other) if self._listed.is_disguised(there) else there),
            )
            how, note = How.ALIKE, difference(*words, pair.likeness)
        if how in (How.JOINED, How.SHORTENED) and one[0].origin != other[0].origin:
            note = _romanised(one, other)
        return TokenMatch(here, there, pair.likeness, how, note, self._telling(pair))

    def _same(self, pair: _Pair, here: str, there: str) -> How:
        """How words met that analysis made the same of."""
        if len(here.split()) != len(there.split()):
            return How.JOINED
        if here.casefold() == there.casefold():
            return How.SAME
        if self._query.tokens[pair.query[0]].kind is Kind.NUMBER:
            return How.SYNONYM  # IV, 4
        if self._is_disguised(pair, here, there):
            return How.DISGUISED
        return How.SAME if letters_of(here) == letters_of(there) else How.ALIKE  # Abdul, Abdel

    def _telling(self, pair: _Pair) -> float:
        """How telling a pair is, in bits: as its most telling word; what is common in one script is so in another one."""
        counted = max(self._bits[place] for place in pair.listed)
        one, other = self._query.tokens[pair.query[0]], self._listed.tokens[pair.listed[0]]
        common = (len(pair.query) == 1 and one.text == _SERVANT) or (one.group and one.origin != other.origin)
        return min(counted, COMMON) if common else counted

    def _is_disguised(self, pair: _Pair, here: str, there: str) -> bool:
        """Whether one of two words that read the same is not written as it looks."""
        return self._query.is_disguised(here) or self._listed.is_disguised(there) or any(self._digits(pair))

    def _remarks(
        self, pairs: Sequence[tuple[_Pair, TokenMatch]], missing: Sequence[int], surplus: Sequence[int]
    ) -> Iterator[Remark]:
        yield from self._warnings(pairs)
        if pairs:
            yield from self._of_met(pairs)
            yield from self._of_left_over(missing, surplus)
        elif self._query.tokens and self._listed.tokens:
            here, there = self._query.text(surplus), self._listed.text(missing)
            yield Remark(About.NOTHING, f"no word met: {here} in the query, {there} in the listed name")
        for side, whose in ((self._query, "the query"), (self._listed, "the listed name")):
            yield from self._of_one(side, whose)

    def _warnings(self, pairs: Sequence[tuple[_Pair, TokenMatch]]) -> Iterator[Remark]:
        """What is not written as it looks, by the side that it stands on."""
        digits = [self._digits(pair) for pair, _ in pairs]
        for side, whose, found in (
            (self._query, "the query", [here for here, _ in digits]),
            (self._listed, "the listed name", [there for _, there in digits]),
        ):
            told = [*side.disguises]
            if any(found):
                told.append(f"digits stand for letters: {', '.join(dict.fromkeys(filter(None, found)))}")
            if told:
                yield Remark(About.DISGUISE, f"warning sign in {whose}: {'; '.join(told)}")

    def _digits(self, pair: _Pair) -> tuple[str, str]:
        """Digits that stand for letters in words that met: those of the query, those of the listed name."""
        if not (self._query.has_digits or self._listed.has_digits):
            return "", ""
        here, there = self._query.text(pair.query), self._listed.text(pair.listed)
        one = _text([self._query.tokens[place] for place in sorted(pair.query)])
        other = _text([self._listed.tokens[place] for place in sorted(pair.listed)])
        return (
            digits_for_letters(here, other) or digits_for_letters(here, one),
            digits_for_letters(there, one) or digits_for_letters(there, other),
        )

    def _of_met(self, pairs: Sequence[tuple[_Pair, TokenMatch]]) -> Iterator[Remark]:
        if weight := self._weight(pairs):
            yield Remark(About.WEIGHT, weight)
        if caveat := self._caveat(pairs):
            yield Remark(About.READING, caveat)
        if order := self._order():
            yield Remark(About.ORDER, order)

    def _weight(self, pairs: Sequence[tuple[_Pair, TokenMatch]]) -> str:
        """Which of the words that met carries the likeness, in words; empty where several do."""
        met = [
            match
            for pair, match in pairs
            if match.how is not How.IGNORED and self._query.tokens[pair.query[0]].kind is not Kind.NUMBER
        ]
        common = [match for match in met if match.how is How.INITIAL or match.bits <= COMMON]
        telling = [match.query for match in met if not (match.how is How.INITIAL or match.bits <= COMMON)]
        if not common or len(telling) > 1:
            return ""
        if not telling:
            together = [match for _, match in pairs] if not self._person else common
            if sum(match.bits for match in together) > _FEW or self._tells_little():
                return ""  # each is common, but not all of them together
        many = f"{_listing([*dict.fromkeys(match.query for match in common)])} would fit many others"
        return f"the likeness rests on {_listing(telling)}; {many}" if telling else f"{many}, so the names tell little"

    def _caveat(self, pairs: Sequence[tuple[_Pair, TokenMatch]]) -> str:
        """What a script does not tell of the words that met across scripts, in words."""
        told: dict[str, None] = {}
        for pair, match in pairs:
            one, other = self._query.tokens[pair.query[0]].origin, self._listed.tokens[pair.listed[0]].origin
            for origin, word in ((one, match.query), (other, match.listed)) if match.how is How.SCRIPT else ():
                if origin in _UNTOLD:
                    told[f"{script_of(word)} {_UNTOLD[origin]}"] = None
        return "; ".join(told)

    def _of_left_over(self, missing: Sequence[int], surplus: Sequence[int]) -> Iterator[Remark]:
        here, there = self._left_of_kind(Kind.OPTIONAL, surplus, missing)
        words = self._left_of_kind(Kind.WORD, surplus, missing)
        initials = self._left_of_kind(Kind.INITIAL, surplus, missing)
        if here and there:
            yield Remark(
                About.FATHER, f"another father's name or nickname: {here} in the query, {there} in the listed name"
            )
        elif (here or there) and not (any(words) or any(initials)):
            side = "the query" if here else "the listed name"
            what = "a father's name or nickname, which is often left out and counts less"
            yield Remark(About.FATHER, f"only {side} has {here or there}: {what}")
        if all(words):
            yield Remark(
                About.REPLACED,
                f"the query has {words[0]} where the listed name has {words[1]}, which speaks against it",
            )
        here, there = self._left_of_kind(Kind.NUMBER, surplus, missing)
        if here and there:
            yield Remark(About.NUMBERS, f"the numbers differ: {here} in the query, {there} in the listed name")
        elif here or there:
            yield Remark(
                About.NUMBERS, f"only {'the query' if here else 'the listed name'} has a number: {here or there}"
            )

    def _of_one(self, side: _Side, whose: str) -> Iterator[Remark]:
        if not side.tokens:
            yield Remark(About.LITTLE, f"{whose} has no word that can be compared")
        elif self._is_little(side):
            yield Remark(About.LITTLE, f"{whose} has only words that many others have, too few to tell who is meant")
        if len(side.tokens) > MOST_TOKENS:
            yield Remark(About.LENGTH, f"only the first {MOST_TOKENS} words of {whose} are compared")
        elif left := self._left_out(side):
            yield Remark(About.TITLES, f"left out of {whose}: {', '.join(left)}")

    def _tells_little(self) -> bool:
        return self._is_little(self._query) or self._is_little(self._listed)

    def _is_little(self, side: _Side) -> bool:
        return not tells(side.tokens, person=self._person) and not self._same_words

    def _left_of_kind(self, kind: Kind, surplus: Sequence[int], missing: Sequence[int]) -> tuple[str, str]:
        """Words of a kind without a like, of the query and of the listed name."""
        return self._query.of_kind(kind, surplus), self._listed.of_kind(kind, missing)

    def _left_out(self, side: _Side) -> list[str]:
        """Words of one side that were left out, and not of the other side too."""
        other = self._listed if side is self._query else self._query
        too = {words.casefold() for words in other.printed.left_out} | _ARTICLES
        return [words for words in side.printed.left_out if words.casefold() not in too]

    @cached_property
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


def _text(tokens: Sequence[Token]) -> str:
    return "".join([token.text for token in tokens])


def _same_text(one: Sequence[Token], other: Sequence[Token]) -> bool:
    return [(each.text, each.printed) for each in one] == [(each.text, each.printed) for each in other]


def _listing(words: Sequence[str]) -> str:
    """Words as a sentence names them: `Orsin`, `Orsin and Maledd`, `Orsin, Talvek and Maledd`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


@lru_cache(maxsize=256)
def _is_spelling(one: Token, other: Token) -> bool:
    """Whether two words of a group are spellings of one form (Yousef, Yusuf, يوسف) rather than two forms (Ivan, John).

    Arabic and Hebrew leave vowels out, so there the consonants decide. Between alphabets what sounds the same needs no group.
    """
    origins = {one.origin, other.origin}
    if Origin.ABJAD in origins:
        return _consonants(one) == _consonants(other)
    if Origin.ALPHABET in origins or Origin.OTHER in origins:
        return False
    least = max(_SOUND_ALIKE[origin] for origin in origins - {Origin.LATIN} or origins)
    by_sound = _pairs((one._replace(group=0),), (other._replace(group=0),))
    alike = bool(by_sound) and by_sound[0].likeness >= least
    return alike and (len(origins) > 1 or _consonants(one) == _consonants(other))


def _consonants(token: Token) -> list[int]:
    """The sounds of a word that do not come and go between spellings; doubled ones once."""
    unsure = _AT_THE_EDGE | ({_KH} if token.origin is Origin.ALPHABET else frozenset())
    sounds = [sound for sound in codes(token.text, token.origin) if not (int(VOWELS) >> sound & 1 or sound in unsure)]
    return [sound for place, sound in enumerate(sounds) if place == 0 or sounds[place - 1] != sound]


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
