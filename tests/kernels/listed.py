"""An invented list of names as the kernels see it: a vocabulary with its keys, the names, and who bears them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tests.kernels.invented import invented_name, invented_vocabulary
from tests.kernels.plain_search import plain_weight
from tests.kernels.plain_tokens import words_of

from shellgame.kernels.listed import NAME, Names
from shellgame.kernels.lists import Lists
from shellgame.kernels.lookup import table_of
from shellgame.kernels.similar import alike_tokens
from shellgame.kernels.tokens import Tokens
from shellgame.kernels.vocabulary import (
    ACROSS_LATIN,
    ACROSS_NATIVE,
    NEAR,
    ORIGINS,
    Alike,
    Keys,
    Vocabulary,
    all_written,
    nothing_alike,
    token_keys,
)
from shellgame.names.costs import tables
from shellgame.names.keys import key_tables
from shellgame.names.token import Token

KEYS = Keys(key_tables(), key_tables()._replace(shortest=np.zeros_like(key_tables().shortest)))


class Listed(NamedTuple):
    """A list of names."""

    vocabulary: Vocabulary
    tokens: list[Token]
    rows: list[list[int]]
    names: Names


def vocabulary_of(tokens: Tokens, held_by: NDArray[np.int32], population: int, *, known: bool = False) -> Vocabulary:
    """A vocabulary with its keys; with `known` also with what is like each of its tokens."""
    written = all_written(tokens)
    looked_up = (
        table_of(*token_keys(tokens, KEYS.full, which), written) for which in (NEAR, ACROSS_LATIN, ACROSS_NATIVE)
    )
    present = np.bincount(tokens.rows["origin"], minlength=ORIGINS) > 0
    made = Vocabulary(tokens, held_by, np.array([population], np.int64), present, *looked_up, nothing_alike())
    return made._replace(alike=alike_of(tokens, [False] * len(tokens.rows), made)) if known else made


def alike_of(
    batch: Tokens,
    last: Sequence[bool],
    vocabulary: Vocabulary,
    seen: NDArray[np.int32] | None = None,
    clock: NDArray[np.int32] | None = None,
) -> Alike:
    """What is like each token of a batch, in memory of its own unless there is some."""
    seen = np.zeros(len(vocabulary.tokens.rows), np.int32) if seen is None else seen
    clock = np.zeros(1, np.int32) if clock is None else clock
    return alike_tokens(batch, np.array(last, np.bool_), vocabulary, tables(), KEYS, seen, clock)


def of_token(alike: Alike, token: int) -> list[tuple[int, float, int]]:
    """The tokens that are like one: which, how much and in what way."""
    span = slice(alike.starts[token], alike.starts[token + 1])
    columns = (alike.tokens[span], alike.likeness[span], alike.how[span])
    return list(zip(*(column.tolist() for column in columns), strict=True))


def lists_of(rows: Sequence[Sequence[int]]) -> Lists:
    """Rows of numbers as arrays."""
    starts = np.array([0, *np.cumsum([len(row) for row in rows])], np.int64)
    return Lists(starts, np.array([number for row in rows for number in row], np.int32))


def listed_names(rows: list[list[int]], tokens: Tokens, entities: Sequence[int] | None = None) -> Names:
    """Names, each of an entity of its own unless told; every third is of schema 1, the others of 0."""
    holders = [[name for name, row in enumerate(rows) if token in row] for token in range(len(tokens.rows))]
    weights = list(map(plain_weight, words_of(tokens, range(len(tokens.rows)))))
    bearers = np.zeros(len(rows), NAME)
    bearers["entity"] = np.arange(len(rows)) if entities is None else entities
    bearers["weight"] = [sum(weights[token] for token in row) for row in rows]
    bearers["schema"] = [1 if name % 3 == 0 else 0 for name in range(len(rows))]
    return Names(lists_of(rows), bearers, lists_of(holders))


def listed(chance: random.Random, many_tokens: int, many_names: int) -> Listed:
    """Invented names, many of them with words of others."""
    tokens, words = invented_vocabulary(chance, many_tokens)
    rows: list[list[int]] = []
    for _ in range(many_names):
        like = chance.choice(rows) if rows and chance.random() < 0.4 else []
        rows.append(invented_name(chance, many_tokens, like=like))
    names = listed_names(rows, tokens)
    held_by = np.diff(names.holders.starts).astype(np.int32)
    return Listed(vocabulary_of(tokens, held_by, many_names), words, rows, names)
