"""One of two names that are held against each other: what analysis made of it, and how it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from shellgame.kernels.alignment import MOST_TOKENS
from shellgame.match.disguise import disguises
from shellgame.match.lexicon import readings
from shellgame.match.printed import Printed, printed
from shellgame.match.spelling import letters_of
from shellgame.names.token import Kind, Token

HARDLY = {Kind.FORM: "legal form", Kind.GENERIC: "common word", Kind.PARTICLE: "name particle"}
"""Kinds of words that count less where a name has others, in words."""

Name = tuple[Token, ...]


class Side:
    """One of two names: what analysis made of it, and how it is printed."""

    def __init__(self, name: str, tokens: Name, person: bool) -> None:
        self.name, self.tokens, self._person = name, tokens, person
        self.telling = any(token.kind not in HARDLY for token in tokens)

    @cached_property
    def printed(self) -> Printed:
        """Its words as printed."""
        return printed(self.name, self.tokens, person=self._person)

    @cached_property
    def left_out(self) -> dict[str, str]:
        """Single words that were left out, as printed, by their letters."""
        return {letters_of(word): word for words in self.printed.left_out for word in words.split()}

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
def sides(name: str, person: bool) -> tuple[Side, ...]:
    """The ways to read a name, which are kept for the other hits of a query."""
    return tuple(Side(name, tokens, person) for tokens in readings(name, person=person))
