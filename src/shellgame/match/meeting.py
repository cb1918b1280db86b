"""How two names met: which word of the one met which of the other, in what way, and what is to be noted of each such pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from shellgame.kernels.alignment import MOST_TOKENS
from shellgame.kernels.explain import met_pairs
from shellgame.kernels.tokens import HOW_GROUP, HOW_INITIAL, HOW_JOINED, HOW_SHORTENED, HOW_WORD, VOWELS
from shellgame.match.disguise import digits_for_letters
from shellgame.match.lexicon import COMMON, Words, arrays_of, believed_bits
from shellgame.match.parts import How, TokenMatch
from shellgame.match.sides import HARDLY, Name, Side, sides
from shellgame.match.spelling import difference, is_same_reading, letters_of
from shellgame.names.costs import tables
from shellgame.names.sounds import LATIN_SOUNDS, codes
from shellgame.names.token import Kind, Origin, Token

_WAYS = {HOW_INITIAL: How.INITIAL, HOW_JOINED: How.JOINED, HOW_SHORTENED: How.SHORTENED}
_SOUND_ALIKE = {Origin.LATIN: 0.85, Origin.HAN: 0.6, Origin.HANGUL: 0.6}
"""Likeness of sounds from which two words of a group are two spellings of one form, by the script of either."""
_SERVANT = "abd"
"""A part of a hundred names, which is rare only where it stands as one's father's."""
_AT_THE_EDGE = frozenset(code for code, sound in enumerate(LATIN_SOUNDS) if "-" in sound)
"""Sounds at the beginning and end of Arabic words, which other scripts leave out as they like."""
_KH = LATIN_SOUNDS.index("kh")
"""What Cyrillic writes for an h too."""


class Pair(NamedTuple):
    """Tokens that met, by place: two on a side that was written together on the other."""

    query: tuple[int, ...]
    listed: tuple[int, ...]
    way: int
    likeness: float


def meeting_of(query: str, listed: str, *, person: bool, bits: Sequence[float] = ()) -> Meeting:
    """Let the words of two names meet; where a name can be read in two ways, as they fit best.

    Args:
        query: The one name.
        listed: The other.
        person: Whether both are read as names of persons.
        bits: How telling each word of the listed name is; what is believed of words where that is not known.
    """
    ways = [
        (_pairs(one.tokens[:MOST_TOKENS], other.tokens[:MOST_TOKENS]), one, other)
        for one in sides(query, person)
        for other in sides(listed, person)
    ]
    pairs, one, other = min(ways, key=lambda way: _unlike(*way)) if len(ways) > 1 else ways[0]
    counted = bits if len(bits) == len(other.tokens) else [believed_bits(token) for token in other.tokens]
    return Meeting(one, other, pairs, person=person, bits=counted)


def _unlike(pairs: Iterable[Pair], query: Side, listed: Side) -> float:
    """How little two names have in common: words left over, less what the others are alike."""
    words = sum(min(len(side.tokens), MOST_TOKENS) for side in (query, listed))
    return words - sum(len(pair.query) + len(pair.listed) + pair.likeness for pair in pairs)


def _pairs(query: Name, listed: Name) -> list[Pair]:
    if not query or not listed:
        return []
    words = Words()
    here, there = (np.array(words.numbers_of(name), np.int32) for name in (query, listed))
    places, likeness = met_pairs(here, there, arrays_of(words.tokens), tables())
    pairs: list[Pair] = []
    for (i, j, way), alike in zip(places.tolist(), likeness.tolist(), strict=True):
        last = pairs[-1] if pairs else None
        if way == HOW_JOINED and last and last.way == HOW_JOINED and (i in last.query or j in last.listed):
            pairs[-1] = Pair(tuple({*last.query, i}), tuple({*last.listed, j}), way, alike)
        else:
            pairs.append(Pair((i,), (j,), way, alike))
    return pairs


class Meeting:
    """Two names whose words met.

    Attributes:
        query: The one name.
        listed: The other.
        pairs: Tokens that met.
        person: Whether both are read as names of persons.
    """

    def __init__(
        self, query: Side, listed: Side, pairs: Sequence[Pair], *, person: bool, bits: Sequence[float]
    ) -> None:
        self.query, self.listed, self.pairs, self.person, self._bits = query, listed, pairs, person, bits
        self._hardly = HARDLY if query.telling and listed.telling else {Kind.FORM: HARDLY[Kind.FORM]}

    @cached_property
    def surplus(self) -> list[int]:
        """Places of words of the query that met none."""
        return self.query.left(pair.query for pair in self.pairs)

    @cached_property
    def missing(self) -> list[int]:
        """Places of words of the listed name that met none."""
        return self.listed.left(pair.listed for pair in self.pairs)

    @cached_property
    def matches(self) -> list[tuple[Pair, TokenMatch]]:
        """The pairs for people, in the order of the query."""
        return [(pair, self._match(pair)) for pair in self._put_together()]

    def tokens(self) -> tuple[TokenMatch, ...]:
        """The pairs for people, and beside them the words without a like that hardly count."""
        told = [(min(pair.query), match) for pair, match in self.matches]
        for place, word, kind in self._hardly_counting(self.query, self.surplus):
            told.append((place, _ignored(word, self.listed.left_out.get(letters_of(word), ""), kind)))
        told.sort(key=lambda each: each[0])
        behind = [
            _ignored(self.query.left_out.get(letters_of(word), ""), word, kind)
            for _, word, kind in self._hardly_counting(self.listed, self.missing)
        ]
        return (*(match for _, match in told), *behind)

    def _hardly_counting(self, side: Side, places: Iterable[int]) -> Iterator[tuple[int, str, str]]:
        """Those of some words that hardly count, as printed, and what they are."""
        for place in places:
            if kind := self._hardly_counts(side, place):
                yield place, side.printed.words[place], kind

    def surplus_words(self) -> tuple[str, ...]:
        """Words of the query that met none and count, as printed."""
        return self._that_count(self.query, self.surplus)

    def missing_words(self) -> tuple[str, ...]:
        """Words of the listed name that met none and count, as printed."""
        return self._that_count(self.listed, self.missing)

    def _that_count(self, side: Side, places: Iterable[int]) -> tuple[str, ...]:
        return tuple(side.printed.words[place] for place in places if not self._hardly_counts(side, place))

    def _put_together(self) -> list[Pair]:
        """The pairs, those of words that are written together on either side as one."""
        pairs: list[Pair] = []
        for pair in sorted(self.pairs, key=lambda each: min(each.query)):
            last = pairs[-1] if pairs else None
            if last and (
                self.query.of_one_word(last.query, pair.query) or self.listed.of_one_word(last.listed, pair.listed)
            ):
                way = pair.way if pair.way == last.way else HOW_WORD
                both = (last.query + pair.query, last.listed + pair.listed)
                pairs[-1] = Pair(*both, way, min(last.likeness, pair.likeness))
            else:
                pairs.append(pair)
        return pairs

    def _hardly_counts(self, side: Side, place: int) -> str:
        """What a word is that hardly counts, such as a legal form; empty where it counts."""
        kind = side.tokens[place].kind
        return self._called(kind) if kind in self._hardly else ""

    def _called(self, kind: Kind) -> str:
        return "title" if self.person and kind is Kind.GENERIC else self._hardly[kind]

    def _match(self, pair: Pair) -> TokenMatch:
        one = [self.query.tokens[place] for place in sorted(pair.query)]
        other = [self.listed.tokens[place] for place in sorted(pair.listed)]
        here, there = self.query.text(pair.query), self.listed.text(pair.listed)
        how, note = _WAYS.get(pair.way), ""
        if all(token.kind in self._hardly for token in (*one, *other)):
            how, note = How.IGNORED, self._called(one[0].kind)
        elif pair.way == HOW_GROUP and not _is_spelling(one[0], other[0]):
            how = How.NICKNAME if self.person else How.SYNONYM
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
                (_text(one) if self.query.is_disguised(here) else here),
                (_text(other) if self.listed.is_disguised(there) else there),
            )
            how, note = How.ALIKE, difference(*words, pair.likeness)
        if how in (How.JOINED, How.SHORTENED) and one[0].origin != other[0].origin:
            note = _romanised(one, other)
        return TokenMatch(here, there, pair.likeness, how, note, self._telling(pair))

    def _same(self, pair: Pair, here: str, there: str) -> How:
        """How words met that analysis made the same of."""
        if len(here.split()) != len(there.split()):
            return How.JOINED
        if here.casefold() == there.casefold():
            return How.SAME
        if self.query.tokens[pair.query[0]].kind is Kind.NUMBER:
            return How.SYNONYM  # IV, 4
        if self._is_disguised(pair, here, there):
            return How.DISGUISED
        return How.SAME if letters_of(here) == letters_of(there) else How.ALIKE  # Abdul, Abdel

    def _telling(self, pair: Pair) -> float:
        """How telling a pair is, in bits: as its most telling word; what is common in one script is so in another one."""
        counted = max(self._bits[place] for place in pair.listed)
        one, other = self.query.tokens[pair.query[0]], self.listed.tokens[pair.listed[0]]
        common = (len(pair.query) == 1 and one.text == _SERVANT) or (one.group and one.origin != other.origin)
        return min(counted, COMMON) if common else counted

    def _is_disguised(self, pair: Pair, here: str, there: str) -> bool:
        """Whether one of two words that read the same is not written as it looks."""
        return self.query.is_disguised(here) or self.listed.is_disguised(there) or any(self.digits(pair))

    def digits(self, pair: Pair) -> tuple[str, str]:
        """Digits that stand for letters in words that met: those of the query, those of the listed name."""
        if not (self.query.has_digits or self.listed.has_digits):
            return "", ""
        here, there = self.query.text(pair.query), self.listed.text(pair.listed)
        one = _text([self.query.tokens[place] for place in sorted(pair.query)])
        other = _text([self.listed.tokens[place] for place in sorted(pair.listed)])
        return (
            digits_for_letters(here, other) or digits_for_letters(here, one),
            digits_for_letters(there, one) or digits_for_letters(there, other),
        )


def _ignored(here: str, there: str, kind: str) -> TokenMatch:
    """A word that hardly counts and met none; the other side may have it among what was left out."""
    return TokenMatch(here, there, 1.0 if here and there else 0.0, How.IGNORED, kind)


def _text(tokens: Sequence[Token]) -> str:
    return "".join([token.text for token in tokens])


def _same_text(one: Sequence[Token], other: Sequence[Token]) -> bool:
    return [(each.text, each.printed) for each in one] == [(each.text, each.printed) for each in other]


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
