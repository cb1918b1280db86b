"""Which listed names contain a word: for whoever asks for one word, which is too little for an alert but not for a look."""

from __future__ import annotations

import numpy as np

from shellgame.kernels.lists import Lists
from shellgame.match.hits import Bearer, Containing
from shellgame.match.lexicon import arrays_of
from shellgame.match.party_index import PartyIndex
from shellgame.match.search import Mask
from shellgame.model.schema import compatible
from shellgame.names.analysis import analyse
from shellgame.names.folding import BLANK, fold

MOST_TOLD = 5
"""Parties that are told by name; the others are counted."""


def containing(
    index: PartyIndex, word: str, *, schemata: tuple[str, ...] = (), wanted: Mask | None = None
) -> Containing | None:
    """Count the listed names that contain a word exactly, whatever the case and accents, and tell the first few parties.

    Args:
        index: The parties.
        word: One word; of several there is nothing to tell.
        schemata: Only parties that could be of one of these schemata; empty for all.
        wanted: Only these parties, by row; None for all.

    Returns:
        None where more or less than one word was asked for.
    """
    asked = _words(word)
    if len(asked) != 1:
        return None
    names = _holding(index, word)
    bearers = index._kept.names.rows["entity"][names].tolist()
    printed: dict[int, list[str]] = {}
    for name, party in zip(names, bearers, strict=True):
        if wanted is not None and not wanted[party]:
            continue
        if schemata and not any(compatible(index.schema_of(party), schema) for schema in schemata):
            continue
        text = index.name_of(name)
        if asked[0] in _words(text):
            told = printed.setdefault(party, [])
            if text not in told:
                told.append(text)
    first = [Bearer(index.id_of(party), printed[party][0]) for party in sorted(printed)[:MOST_TOLD]]
    return Containing(word, sum(map(len, printed.values())), len(printed), tuple(first))


def _words(name: str) -> list[str]:
    return fold(name).translate(BLANK).split()


def _holding(index: PartyIndex, word: str) -> list[int]:
    """Numbers of names that may hold a word: with a token of the very letters, as a person's name or another's is read."""
    tokens = [token for person in (True, False) for token in analyse(word, person=person)]
    if not tokens:
        return []
    kept = index._kept
    told = np.flatnonzero(np.isin(kept.vocabulary.tokens.rows["text"], arrays_of(tokens).rows["text"]))
    return sorted({name for token in told.tolist() for name in _list(kept.names.holders, token)})


def _list(lists: Lists, place: int) -> list[int]:
    numbers: list[int] = lists.numbers[lists.starts[place] : lists.starts[place + 1]].tolist()
    return numbers
