"""Where the words of an analysed name stand in the name as printed, so that people are shown what they or a list wrote.

Analysis drops, joins, parts and turns words, and does not tell where each came from. It is found again here, by what each piece of
the printed name comes to: first letter by letter, then by analysing pieces, then by likeness. It is asked for explanations only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from shellgame.names.analysis import analyse
from shellgame.names.folding import BLANK, fold
from shellgame.names.scripts import romanise
from shellgame.names.token import Token

_PIECE = re.compile(r"[\u2e80-\ua4cf\uf900-\ufaff]|[^\s.,;:/()\[\]{}<>\"“”„«»&|_\-‐-―\u2e80-\ua4cf\uf900-\ufaff]+")
"""A word between blanks and signs, or one sign of a script that writes without blanks."""
_QUOTES = "'`´‘’"
_MOST_PIECES = 96
"""Pieces of a name that are looked at; more words than it has tokens."""
_MOST_JOINED = 5
_MOST_SIGNS = 8
"""Pieces, and signs of a script without blanks, that one token may be made of."""
_UNSPACED = "\u2e80"
_LONGEST_ALONE = 256
"""Letters of the longest pieces that are analysed by themselves; hardly any words that one token is made of have more."""
_LEAST_ALIKE = 0.4
"""Likeness of letters of which less is no trace of a word."""
_LONGEST_SHOWN = 64
_ARTICLE = "the"


Span = tuple[int, int]


class Shared(NamedTuple):
    """Places of the tokens that one printed word holds, and that word."""

    places: frozenset[int]
    word: str


class Printed(NamedTuple):
    """How the words of a name are printed.

    Attributes:
        words: Each token's own words, or its part of one; its Latin text where they are not to be found.
        shared: For tokens that are parts of one printed word, which those are and the whole word.
        left_out: Pieces that no token came of, with those between them as printed; empty where not all tokens were found.
    """

    words: tuple[str, ...]
    left_out: tuple[str, ...]
    shared: dict[int, Shared]


class _Piece(NamedTuple):
    start: int
    end: int
    text: str


def printed(name: str, tokens: Sequence[Token], *, person: bool) -> Printed:
    """Find the words of a name.

    Args:
        name: As printed.
        tokens: What analysis made of it.
        person: How it was read.

    Example:
        >>> name = "AL-RAHMAN, Dr. Abdul J."
        >>> printed(name, analyse(name, person=True), person=True)
        Printed(words=('Abdul', 'J.', 'AL', 'RAHMAN'), left_out=('Dr.',), shared={})
    """
    matches = islice(_PIECE.finditer(name), _MOST_PIECES)
    every = [_piece(match.start(), match[0]) for match in matches]
    search = _Search(name, [piece for piece in every if piece.text], person)
    spans: list[Span | None] = [None] * len(tokens)
    for find in (search.spelt, search.analysed, search.part, search.likeliest):
        for number, token in enumerate(tokens):
            if spans[number] is None:
                spans[number] = find(token)
    spans = search.whole_where_alone(search.with_neighbours(spans))
    rest = list(search.left())
    if len(rest) == spans.count(None):  # IV for 4
        in_turn = iter(rest)
        spans = [span or next(in_turn) for span in spans]
        rest = []
    words = [
        _shown(name, span) if span else token.printed or token.text for span, token in zip(spans, tokens, strict=True)
    ]
    told = None not in spans and len(every) < _MOST_PIECES
    left = tuple(_shown(name, span) for span in rest) if told else ()
    return Printed(tuple(words), left, search.shared(spans))


class _Search:
    """Pieces of a printed name, and which of them no token came of yet."""

    def __init__(self, name: str, pieces: Sequence[_Piece], person: bool) -> None:
        self._name, self._pieces, self._person = name, pieces, person
        self._free = [True] * len(pieces)
        self._parted: set[int] = set()
        self._read: dict[Span, tuple[Token, ...]] = {}

    def spelt(self, token: Token) -> Span | None:
        """Pieces that are the token letter by letter, or that are its own signs."""
        for run in self._runs(range(1, _MOST_SIGNS + 1)):
            start, end = self._span(run)
            if token.printed:
                same = self._name[start:end] == token.printed
            else:
                same = "".join([piece.text for piece in self._pieces[run]]) == token.text
            if same:
                return self._taken(run)
        return None

    def analysed(self, token: Token) -> Span | None:
        """Pieces that by themselves come to the token: legal forms, names that are written in several ways; as many as do."""
        for run in self._runs(range(_MOST_SIGNS, 0, -1)):
            alone = self._alone(self._span(run))
            if len(alone) == 1 and (alone[0].text, alone[0].printed) == (token.text, token.printed):
                return self._taken(self._without_article(run))
        return None

    def _alone(self, span: Span) -> tuple[Token, ...]:
        """What pieces come to by themselves, worked out once for all tokens; nothing where they are too long for one."""
        start, end = span
        if end - start > _LONGEST_ALONE:
            return ()
        if span not in self._read:
            self._read[span] = analyse(self._name[start:end], person=self._person)
        return self._read[span]

    def _without_article(self, run: slice) -> slice:
        """Neighbouring pieces but for a `the` at either end, which belongs to no word."""
        start, stop = run.start, run.stop
        while stop - start > 1 and self._pieces[stop - 1].text == _ARTICLE:
            stop -= 1
        while stop - start > 1 and self._pieces[start].text == _ARTICLE:
            start += 1
        return slice(start, stop)

    def part(self, token: Token) -> Span | None:
        """The part of a piece that the token is; a piece that is written together serves several tokens."""
        if len(token.text) < 2:  # a letter stands in any word
            return None
        for place, piece in enumerate(self._pieces):
            own = self._name[piece.start : piece.end].find(token.printed) if token.printed else -1
            at, size = (own, len(token.printed)) if own >= 0 else (piece.text.find(token.text), len(token.text))
            if at < 0 or not (self._free[place] or place in self._parted):
                continue
            self._free[place] = False
            self._parted.add(place)
            if own < 0 and len(piece.text) != piece.end - piece.start:
                return piece.start, piece.end
            return piece.start + at, piece.start + at + size
        return None

    def likeliest(self, token: Token) -> Span | None:
        """The piece left that is most like the token."""
        left = [place for place, free in enumerate(self._free) if free]
        alike = [(_likeness(self._pieces[place].text, token.text), -place) for place in left]
        best, place = max(alike, default=(0.0, 0))
        return self._taken(slice(-place, -place + 1)) if best >= _LEAST_ALIKE else None

    def with_neighbours(self, spans: Sequence[Span | None]) -> list[Span | None]:
        """Give a token that is nowhere to be found to the piece that the token beside it is a part of: Arabic for `Abd al-`."""
        parted = {number: span for span, numbers in self._within(spans) for number in numbers}
        return [span or parted.get(number + 1) or parted.get(number - 1) for number, span in enumerate(spans)]

    def whole_where_alone(self, spans: Sequence[Span | None]) -> list[Span | None]:
        """Give a token that only a part of a piece is known to be the whole of it, where no other token has the rest."""
        whole = list(spans)
        for span, numbers in self._within(spans):
            if len(numbers) == 1:
                whole[min(numbers)] = span
        return whole

    def shared(self, spans: Sequence[Span | None]) -> dict[int, Shared]:
        """Tokens that are parts of one piece."""
        several = [(span, numbers) for span, numbers in self._within(spans) if len(numbers) > 1]
        return {
            number: Shared(numbers, _shown(self._name, span)) for span, numbers in several for number in sorted(numbers)
        }

    def _within(self, spans: Sequence[Span | None]) -> Iterator[tuple[Span, frozenset[int]]]:
        """Pieces that were parted, with the tokens in each."""
        for place in sorted(self._parted):
            start, end = self._pieces[place].start, self._pieces[place].end
            inside = [number for number, span in enumerate(spans) if span and start <= span[0] and span[1] <= end]
            yield (start, end), frozenset(inside)

    def left(self) -> Iterator[Span]:
        """Where neighbouring pieces that no token came of begin and end."""
        begun: int | None = None
        for place, free in enumerate([*self._free, False]):
            if free and begun is None:
                begun = place
            elif not free and begun is not None:
                yield self._span(slice(begun, place))
                begun = None

    def _runs(self, sizes: range) -> Iterator[slice]:
        """Neighbouring pieces that no token came of yet."""
        for size in sizes:
            for start in range(len(self._pieces) - size + 1):
                if all(self._free[start : start + size]) and (size <= _MOST_JOINED or self._is_sign(start)):
                    yield slice(start, start + size)

    def _is_sign(self, place: int) -> bool:
        piece = self._pieces[place]
        return self._name[piece.start] >= _UNSPACED and piece.end - piece.start == 1

    def _span(self, run: slice) -> Span:
        return self._pieces[run.start].start, self._pieces[run.stop - 1].end

    def _taken(self, run: slice) -> Span:
        self._free[run] = [False] * (run.stop - run.start)
        return self._span(run)


def _piece(start: int, text: str) -> _Piece:
    """A piece without quotation marks around it, which look like apostrophes."""
    bare = text.strip(_QUOTES)
    start += text.find(bare)
    return _Piece(start, start + len(bare), _text_of(bare))


def _text_of(piece: str) -> str:
    """What a piece is as a token's text."""
    return "".join([romanise(word)[0] for word in fold(piece).translate(BLANK).split()])


def _likeness(piece: str, text: str) -> float:
    begins = len(piece) > 1 and text.startswith(piece)
    return 1.0 if begins else Levenshtein.normalized_similarity(piece[:_LONGEST_SHOWN], text)


def _shown(name: str, span: tuple[int, int]) -> str:
    """The printed words, with the full stop of an abbreviation, on one line and not endless."""
    start, end = span
    if name[end : end + 1] == "." and (end - start == 1 or "." in name[start:end] or end + 1 < len(name)):
        end += 1
    text = " ".join(name[start:end].split())
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
