"""The words of a list of names: laid out with their keys, and with what is known of each."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.lookup import table_of
from shellgame.kernels.similar import PSEUDO, alike_tokens
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
from shellgame.match.lexicon import arrays_of, believed_bits
from shellgame.match.search import Progress, untold
from shellgame.names.costs import tables
from shellgame.names.keys import key_tables
from shellgame.names.token import Token

_PART = 5_000
"""Tokens of a vocabulary that one core looks up at a time; after each part it is told how far it is."""


def vocabulary_of(
    words: Sequence[Token], held_by: NDArray[np.int32], population: int, progress: Progress = untold
) -> Vocabulary:
    """Lay tokens out with their keys and, for each, the others that are like it."""
    tokens = arrays_of(words)
    tokens.rows["bits"] = _bits(tokens.rows["bits"], held_by, population)
    written = all_written(tokens)
    near, latin, native = (
        table_of(*token_keys(tokens, key_tables(), which), written) for which in (NEAR, ACROSS_LATIN, ACROSS_NATIVE)
    )
    present = np.bincount(tokens.rows["origin"], minlength=ORIGINS) > 0
    count = np.array([population], np.int64)
    known = Vocabulary(tokens, held_by, count, present, near, latin, native, nothing_alike())
    asked = tokens._replace(rows=tokens.rows.copy())
    asked.rows["bits"] = [believed_bits(word) for word in words]
    return known._replace(alike=_alike_among_themselves(asked, known, progress))


@lru_cache(maxsize=1)
def keys() -> Keys:
    """Among Latin tokens slips are found by their very sounds, so that these need no keys that lack one."""
    known = key_tables()
    return Keys(known, known._replace(shortest=np.zeros_like(known.shortest)))


def _alike_among_themselves(asked: Tokens, known: Vocabulary, progress: Progress) -> Alike:
    """What a look-up of each token of a vocabulary finds there; in parts, on all cores."""
    bounds = range(0, len(asked.rows) + _PART, _PART)

    def part(begin: int) -> Alike:
        rows = asked.rows[begin : begin + _PART]
        seen, clock = np.zeros(len(asked.rows), np.int32), np.zeros(1, np.int32)
        nowhere_last = np.zeros(len(rows), np.bool_)
        return alike_tokens(asked._replace(rows=rows), nowhere_last, known, tables(), keys(), seen, clock)

    parts, done = [], 0
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for each in threads.map(part, bounds):
            parts.append(each)
            done += len(each.bits)
            progress("comparing words", done, len(asked.rows))
    ends = np.cumsum([0, *(len(each.tokens) for each in parts)])
    starts = [each.starts[1:] + end for each, end in zip(parts, ends[:-1], strict=True)]
    pieces = [np.concatenate([each[field] for each in parts]) for field in range(1, len(Alike._fields))]
    return Alike(np.concatenate([np.zeros(1, np.int64), *starts]), *pieces)


def _bits(believed: NDArray[np.float32], held_by: NDArray[np.int32], population: int) -> NDArray[np.float32]:
    """How telling each token is, from belief and count."""
    share = (held_by + PSEUDO * np.exp2(-believed)) / (population + PSEUDO)
    return (-np.log2(share)).astype(np.float32)
