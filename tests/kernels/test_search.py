"""The compiled search against brute force: every word against every other, every name against every query."""

from __future__ import annotations

import random
from itertools import product
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.kernels.invented import invented_name, invented_vocabulary
from tests.kernels.plain_alignment import Word, words_of
from tests.kernels.plain_forest import plain_probability
from tests.kernels.plain_search import plain_alike, plain_bits, plain_covered, plain_halves, plain_weights

from shellgame.kernels.alignment import FEATURES, Tokens, features, scratch
from shellgame.kernels.forest import Forest
from shellgame.kernels.lookup import table_of
from shellgame.kernels.search import (
    COVERED,
    LATIN,
    MOST_ALIGNED,
    MOST_ALIKE,
    NATIVE,
    NEAR,
    ORIGINS,
    Alike,
    Found,
    Names,
    Tables,
    alike_tokens,
    listed_features,
    search_names,
    token_keys,
)
from shellgame.match.lexicon import arrays_of
from shellgame.names.keys import key_tables
from shellgame.names.sounds import codes, tables
from shellgame.names.token import Kind, Origin, Token

COARSE = key_tables()._replace(shortest=np.zeros_like(key_tables().shortest))
WORK = scratch()
SURELY = 0.97
"""A word that has one so much like it is not taken apart."""


class Listed(NamedTuple):
    """A list of names: a vocabulary, the names, and who bears them."""

    vocabulary: Tokens
    tokens: list[Token]
    rows: list[list[int]]
    names: Names
    held_by: NDArray[np.int32]


def listed(chance: random.Random, many_tokens: int, many_names: int) -> Listed:
    """Invented names, each of an entity of its own; every third is of schema 1, the others of 0."""
    vocabulary, tokens = invented_vocabulary(chance, many_tokens)
    rows: list[list[int]] = []
    for _ in range(many_names):
        like = chance.choice(rows) if rows and chance.random() < 0.4 else []
        rows.append(invented_name(chance, many_tokens, like=like))
    holders = [[name for name, row in enumerate(rows) if token in row] for token in range(many_tokens)]
    names = Names(
        _starts(rows),
        np.array([token for row in rows for token in row], np.int32),
        np.arange(many_names, dtype=np.int32),
        np.array([1 if name % 3 == 0 else 0 for name in range(many_names)], np.uint8),
        _starts(holders),
        np.array([name for row in holders for name in row], np.int32),
    )
    return Listed(vocabulary, tokens, rows, names, np.array([len(row) for row in holders], np.int32))


def _starts(rows: list[list[int]]) -> NDArray[np.int64]:
    return np.array([0, *np.cumsum([len(row) for row in rows])], np.int64)


def tables_of(vocabulary: Tokens) -> Tables:
    return Tables(*(table_of(*token_keys(vocabulary, key_tables(), which)) for which in (NEAR, LATIN, NATIVE)))


def alike_of(batch: Tokens, last: list[bool], vocabulary: Tokens, held_by: NDArray[np.int32], population: int) -> Alike:
    present = np.bincount(vocabulary.origin, minlength=ORIGINS) > 0
    return alike_tokens(
        batch, np.array(last, np.bool_), vocabulary, held_by, population, tables_of(vocabulary), tables(), key_tables(),
        COARSE, present,
    )  # fmt: skip


def of_token(alike: Alike, token: int) -> list[tuple[int, float]]:
    span = slice(alike.starts[token], alike.starts[token + 1])
    return list(zip(alike.tokens[span].tolist(), alike.likeness[span].tolist(), strict=True))


def is_half(alike: float) -> bool:
    """Whether a token was found as half of another."""
    return alike == np.float32(0.55)


@pytest.mark.parametrize("seed", range(12))
def test_every_token_that_shares_a_key_and_is_alike_is_found(seed: int) -> None:
    chance = random.Random(seed)
    vocabulary, known = invented_vocabulary(chance, 120)
    batch, _ = invented_vocabulary(chance, 30, known)
    last = [chance.random() < 0.5 for _ in batch.kind]
    held_by = np.array([chance.randrange(1, 50) for _ in known], np.int32)
    alike = alike_of(batch, last, vocabulary, held_by, 1000)
    words, asked = words_of(vocabulary, range(len(known))), words_of(batch, range(len(last)))
    for token, word in enumerate(asked):
        wanted = plain_alike(word, words, key_tables(), COARSE, is_last=last[token])
        found = of_token(alike, token)
        whole, halves = found[: len(wanted)], found[len(wanted) :]
        assert dict(whole) == pytest.approx(wanted, rel=1e-5)
        assert len(dict(whole)) == len(whole), "a token stands twice"
        assert alike.bits[token] == pytest.approx(plain_bits(word.bits, wanted, held_by.tolist(), 1000), abs=1e-3)
        apart = plain_halves(word, words) if max(wanted.values(), default=0) < SURELY else []
        assert [words[number].sounds for number, _ in halves] == [half for pair in apart for half in pair]


def test_what_many_share_is_cut_off_and_told_once() -> None:
    endings = ["".join(letters) for letters in product("abcdefghij", "klmnoprstv", "bcdfghjkmn")]
    tokens = [Token(f"maled{ending}", Kind.WORD, Origin.LATIN, 7) for ending in endings]
    vocabulary = arrays_of(tokens)
    alike = alike_of(arrays_of(tokens[:1]), [True], vocabulary, np.ones(1000, np.int32), 1000)
    found = of_token(alike, 0)
    assert 0 < len(found) <= MOST_ALIKE
    assert len(dict(found)) == len(found)
    assert found[0] == (0, 1.0), "a word itself must not be lost among those like it"


@pytest.mark.parametrize("script", [origin for origin in Origin if origin != Origin.LATIN])
def test_scripts_meet_from_either_side(script: Origin) -> None:
    """Arabic asked of a Latin list finds what Latin asked of an Arabic list finds."""
    chance = random.Random(script)
    _, known = invented_vocabulary(chance, 400)
    words = [token for token in known if token.kind == Kind.WORD and codes(token.text, token.origin)]
    native, latin = (
        arrays_of([token for token in words if token.origin == origin]) for origin in (script, Origin.LATIN)
    )
    there, back = (
        alike_of(one, [False] * len(one.kind), other, np.ones(len(other.kind), np.int32), 100)
        for one, other in ((native, latin), (latin, native))
    )
    pairs = {(a, b) for a in range(len(native.kind)) for b, alike in of_token(there, a) if not is_half(alike)}
    assert pairs
    assert pairs == {(a, b) for b in range(len(latin.kind)) for a, alike in of_token(back, b) if not is_half(alike)}


class Asked(NamedTuple):
    """Queries as rows of tokens, and what these are like."""

    batch: Tokens
    rows: list[list[int]]
    alike: Alike


def asked(chance: random.Random, known: Listed, many: int) -> Asked:
    """Queries with words of the list, with slips and with others."""
    batch, own = invented_vocabulary(chance, 60, known.tokens)
    arrays = arrays_of([*known.tokens, *own])
    rows = []
    for _ in range(many):
        row = invented_name(chance, len(arrays.kind), like=chance.choice(known.rows))
        rows.append(
            [
                number if chance.random() < 0.8 else len(known.tokens) + chance.randrange(len(batch.kind))
                for number in row
            ]
        )
    ends = {row[-1] for row in rows}
    alike = alike_of(
        arrays, [n in ends for n in range(len(arrays.kind))], known.vocabulary, known.held_by, len(known.rows)
    )
    return Asked(arrays._replace(bits=alike.bits), rows, alike)


def small_forest() -> Forest:
    """A model that needs no fitting: it adds up what is covered."""
    slopes = np.array(
        [{"least_covered": 3, "most_covered": 2, "order": -0.3}.get(name, 0) for name in FEATURES], np.float32
    )
    nothing = np.zeros(0, np.int32)
    return Forest(
        nothing, nothing.astype(np.int16), nothing.astype(np.float32), nothing, nothing.astype(np.float32), slopes,
        np.array([-2, -2.5], np.float32),
    )  # fmt: skip


def searched(
    known: Listed,
    queries: Asked,
    *,
    threshold: float = 0.0,
    most: int = 1000,
    allowed: NDArray[np.bool_] | None = None,
    welcome: int = 0,
) -> Found:
    """Search for all queries; `welcome` 0 takes names of any schema, 1 only of schema 1."""
    rows = len(queries.rows)
    return search_names(
        _starts(queries.rows), np.array([token for row in queries.rows for token in row], np.int32), np.zeros(rows, np.bool_),
        np.array([[True, True], [False, True]]), np.full(rows, welcome, np.int32), queries.batch, queries.alike,
        known.vocabulary, known.names, np.empty(0, np.bool_) if allowed is None else allowed, small_forest(), tables(),
        threshold, most, MOST_ALIGNED,
    )  # fmt: skip


def of_row(found: Found, row: int) -> list[tuple[int, float]]:
    span = slice(found.starts[row], found.starts[row + 1])
    return list(zip(found.names[span].tolist(), found.scores[span].tolist(), strict=True))


def score_of(known: Listed, queries: Asked, row: int, name: int) -> float:
    """Features and forest of one pair, without any search."""
    out = np.zeros(len(FEATURES), np.float32)
    a, b = np.array(queries.rows[row], np.int32), np.array(known.rows[name], np.int32)
    features(a, queries.batch, b, known.vocabulary, tables(), False, WORK, out)
    return plain_probability(small_forest(), out.tolist(), 1.0)


def shares(known: Listed, queries: Asked, row: int) -> list[float]:
    """How much of a query each name holds."""
    numbers = queries.rows[row]
    words: list[Word] = words_of(queries.batch, numbers)
    alike = [dict(of_token(queries.alike, number)) for number in numbers]
    weights = plain_weights(words, alike, [float(queries.alike.bits[number]) for number in numbers])
    return [plain_covered(weights, alike, name) for name in known.rows]


@pytest.mark.parametrize("seed", range(10))
def test_finds_every_name_that_holds_enough_of_a_query_and_no_other(seed: int) -> None:
    chance = random.Random(seed)
    known = listed(chance, 50, MOST_ALIGNED)
    queries = asked(chance, known, 20)
    found = searched(known, queries)
    for row in range(20):
        answers = of_row(found, row)
        for name, score in answers:
            assert score == pytest.approx(score_of(known, queries, row, name), abs=1e-5)
        assert [score for _, score in answers] == sorted((score for _, score in answers), reverse=True)
        for name, share in enumerate(shares(known, queries, row)):
            if abs(share - COVERED) > 1e-4:
                assert (name in dict(answers)) == (share > COVERED), (row, name, share)


@pytest.mark.parametrize("seed", range(3))
def test_of_a_longer_list_takes_those_that_hold_most(seed: int) -> None:
    chance = random.Random(100 + seed)
    known = listed(chance, 30, 400)
    queries = asked(chance, known, 20)
    found = searched(known, queries)
    for row in range(20):
        answers = dict(of_row(found, row))
        enough = [name for name, share in enumerate(shares(known, queries, row)) if share > COVERED + 1e-4]
        assert len(answers) >= min(len(enough), MOST_ALIGNED)
        assert len(answers) <= MOST_ALIGNED
        for name, score in answers.items():
            assert score == pytest.approx(score_of(known, queries, row, name), abs=1e-5)


def test_a_threshold_and_a_limit_only_cut_what_is_found() -> None:
    chance = random.Random(7)
    known = listed(chance, 40, 60)
    queries = asked(chance, known, 15)
    whole, cut = searched(known, queries), searched(known, queries, threshold=0.4, most=3)
    for row in range(15):
        assert of_row(cut, row) == [answer for answer in of_row(whole, row) if answer[1] >= 0.4][:3]


def test_those_not_allowed_and_not_welcome_make_room() -> None:
    chance = random.Random(8)
    known = listed(chance, 20, 300)
    queries = asked(chance, known, 15)
    allowed = np.arange(300) % 5 == 0
    some, people = searched(known, queries, allowed=allowed), searched(known, queries, welcome=1)
    assert len(some.names) and allowed[known.names.entity[some.names]].all()
    assert len(people.names) and (known.names.schema[people.names] == 1).all()
    for row in range(15):
        holding = [
            name for name, share in enumerate(shares(known, queries, row)) if share > COVERED + 1e-4 and allowed[name]
        ]
        assert len(of_row(some, row)) >= min(len(holding), MOST_ALIGNED)


def test_a_row_is_answered_the_same_in_any_batch() -> None:
    chance = random.Random(9)
    known = listed(chance, 40, 80)
    queries = asked(chance, known, 12)
    together = searched(known, queries)
    for row in range(12):
        alone = searched(known, queries._replace(rows=[queries.rows[row]]))
        assert of_row(alone, 0) == of_row(together, row)


def test_features_of_what_was_found_are_those_it_was_scored_by() -> None:
    chance = random.Random(10)
    known = listed(chance, 40, 60)
    queries = asked(chance, known, 10)
    found = searched(known, queries)
    rows = np.repeat(np.arange(10, dtype=np.int32), np.diff(found.starts))
    told = listed_features(
        _starts(queries.rows), np.array([token for row in queries.rows for token in row], np.int32), np.zeros(10, np.bool_),
        rows, found.names, queries.batch, known.vocabulary, known.names, tables(),
    )  # fmt: skip
    scores = [plain_probability(small_forest(), row.tolist(), 1.0) for row in told]
    assert found.scores.tolist() == pytest.approx(scores, abs=1e-5)


def test_an_empty_list_and_an_empty_row_give_nothing() -> None:
    chance = random.Random(11)
    known = listed(chance, 20, 20)
    queries = asked(chance, known, 3)
    assert len(searched(known, queries._replace(rows=[[], [], []])).names) == 0
    nobody = known._replace(
        names=Names(
            np.zeros(1, np.int64),
            np.zeros(0, np.int32),
            np.zeros(0, np.int32),
            np.zeros(0, np.uint8),
            np.zeros(len(known.tokens) + 1, np.int64),
            np.zeros(0, np.int32),
        )
    )
    assert len(searched(nobody, queries).names) == 0
