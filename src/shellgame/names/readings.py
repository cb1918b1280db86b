"""The ways to read a printed name, and their words numbered: all that is done to a name before arrays are made of it."""

from __future__ import annotations

from collections.abc import Sequence

from shellgame.names.analysis import analyse
from shellgame.names.folding import fold
from shellgame.names.token import Kind, Origin, Token


class Words:
    """Tokens numbered in the order of their first appearance.

    Attributes:
        tokens: Each token once.
        last: Whether the token was seen at the end of a name; a token seen in both places has two numbers.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[Token, bool], int] = {}
        self.tokens: list[Token] = []
        self.last: list[bool] = []

    def number_of(self, token: Token, *, last: bool = False) -> int:
        """The number of a token, a new one where it has none yet."""
        number = self._numbers.get((token, last))
        if number is None:
            number = self._numbers[token, last] = len(self.tokens)
            self.tokens.append(token)
            self.last.append(last)
        return number

    def numbers_of(self, name: Sequence[Token], *, mark_last: bool = False) -> list[int]:
        """The numbers of a name's tokens."""
        if not mark_last:
            return [self.number_of(token) for token in name]
        end = len(name) - 1
        return [self.number_of(token, last=place == end) for place, token in enumerate(name)]


def readings(name: str, *, person: bool) -> list[tuple[Token, ...]]:
    """The ways to read a name, the likeliest first.

    A Chinese or Korean name without a dot or space may be family and given name, or one foreign name spelt by its sound. Those have
    the family name first; in Latin letters either may be.
    """
    found = analyse(name, person=person)
    if 1 < len(found) < 4 and found[0].printed and all(token.printed and token.kind is Kind.WORD for token in found):
        unspaced = len(fold(name).split()) == 1
        if not unspaced and found[0].origin != Origin.HAN:
            return [found]
        text, printed = ("".join(part) for part in zip(*((token.text, token.printed) for token in found), strict=True))
        whole = (Token(text, Kind.WORD, found[0].origin, 0, printed),)
        return [found, (*found[1:], found[0]), whole] if unspaced else [found, whole]
    if len(found) > 1 and found[0].kind is Kind.INITIAL and all(token.kind is Kind.INITIAL for token in found):
        text = "".join([token.text for token in found])  # J. K.: all that there is of the name
        return [(Token(text, Kind.WORD, found[0].origin, 0),)]
    return [found]
