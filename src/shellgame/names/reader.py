"""Names read for an index: batches in, words and their numbers out; in this process or, served over pipes, in one of its own.

Nothing here needs arrays or a compiler, so that such a process starts in a fraction of a second.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from shellgame.names.readings import Words, readings
from shellgame.names.token import Token
from shellgame.processes import serve

Batch = Sequence[tuple[str, bool]]
"""Names as printed, each with whether a person bears it."""


class Read(NamedTuple):
    """What a batch of names holds.

    Attributes:
        new: Tokens that were not known before, in the order of their first appearance.
        numbers: Numbers of the tokens of all readings.
        lengths: Tokens of each reading.
        ways: Readings of each name.
    """

    new: list[Token]
    numbers: array[int]
    lengths: array[int]
    ways: array[int]


def read(batch: Batch, words: Words) -> Read:
    """Read names, and number their tokens on from those known."""
    known, numbers, lengths, ways = len(words.tokens), array("i"), array("i"), array("i")
    for name, person in batch:
        found = readings(name, person=person)
        ways.append(len(found))
        for reading in found:
            numbers.extend(words.numbers_of(reading))
            lengths.append(len(reading))
    return Read(words.tokens[known:], numbers, lengths, ways)


def serve_names() -> None:
    """Read what other processes of ours ask for; each token is told once, when it first appears."""
    words = Words()
    serve(lambda batch: read(batch, words))
