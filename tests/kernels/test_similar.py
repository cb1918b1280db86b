"""The tokens like one of a query, against brute force: every word is held against every other."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest
from tests.kernels.invented import invented_vocabulary
from tests.kernels.listed import KEYS, alike_of, of_token, vocabulary_of
from tests.kernels.plain_similar import plain_alike, plain_bits, plain_halves, plain_longer
from tests.kernels.plain_tokens import words_of

from shellgame.kernels.similar import ALIKE, MOST_ALIKE
from shellgame.kernels.tokens import HOW_JOINED, HOW_SHORTENED, HOW_WORD
from shellgame.kernels.vocabulary import ORIGINS, Alike
from shellgame.match.lexicon import arrays_of
from shellgame.names.sounds import codes
from shellgame.names.token import Kind, Origin, Token

SURELY = 0.97
"""A word that has one so much like it is not taken apart."""


def same(one: Alike, other: Alike) -> bool:
    return all(getattr(one, field).tolist() == getattr(other, field).tolist() for field in Alike._fields)


def test_there_is_a_number_for_every_script() -> None:
    assert len(Origin) == ORIGINS


@pytest.mark.parametrize("seed", range(12))
def test_every_token_that_shares_a_key_and_is_alike_is_found(seed: int) -> None:
    chance = random.Random(seed)
    tokens, known = invented_vocabulary(chance, 120)
    batch, _ = invented_vocabulary(chance, 30, known)
    last = [chance.random() < 0.5 for _ in batch.rows]
    held_by = np.array([chance.randrange(1, 50) for _ in known], np.int32)
    alike = alike_of(batch, last, vocabulary_of(tokens, held_by, 1000))
    words, asked = words_of(tokens, range(len(known))), words_of(batch, range(len(last)))
    for token, word in enumerate(asked):
        wanted = plain_alike(word, words, *KEYS)
        likeness = {number: each for number, (each, _) in wanted.items()}
        found = of_token(alike, token)
        whole, others = found[: len(wanted)], found[len(wanted) :]
        assert {number: each for number, each, _ in whole} == pytest.approx(likeness, rel=1e-5)
        assert {number: how for number, _, how in whole} == {number: how for number, (_, how) in wanted.items()}
        assert whole == sorted(whole, key=lambda each: (-each[1], each[0])), "the most like it first"
        apart = plain_halves(word, words) if max(likeness.values(), default=0) < SURELY else []
        halves, longer = others[: 2 * len(apart)], others[2 * len(apart) :]
        assert [words[number].sounds for number, *_ in halves] == [half for pair in apart for half in pair]
        assert {(each, how) for _, each, how in halves} <= {(float(np.float32(0.55)), HOW_JOINED)}
        cut = plain_longer(word, words, wanted) if last[token] else []
        assert [number for number, *_ in longer] == cut
        assert {(each, how) for _, each, how in longer} <= {(float(np.float32(0.8)), HOW_SHORTENED)}
        assert alike.bits[token] == pytest.approx(plain_bits(word.bits, likeness, held_by.tolist(), 1000), abs=1e-3)


def test_of_what_many_share_the_most_like_it_is_kept_and_told_once() -> None:
    endings = ["".join(letters) for letters in product("abcdefghij", "klmnoprstv", "bcdfghjkmn")]
    tokens = arrays_of([Token(f"maled{ending}", Kind.WORD, Origin.LATIN, 0) for ending in endings[:380]])
    held_by = np.ones(380, np.int32)
    first, vocabulary = tokens._replace(rows=tokens.rows[:1]), vocabulary_of(tokens, held_by, 380)
    for last in (True, False):
        found = of_token(alike_of(first, [last], vocabulary), 0)
        assert 0 < len(found) <= MOST_ALIKE
        assert len({number for number, *_ in found}) == len(found)
        assert found[0] == (0, 1.0, HOW_WORD), "a word itself must not be lost among those like it"


def test_of_a_large_group_those_that_sound_alike_come_before_the_others() -> None:
    """All are under one key; the last ones by number are the ones most like what is asked for."""
    chance = random.Random(1)
    far = sorted(
        {"".join(chance.choices("bdgklmnrst", k=2)) + "ouva" + "".join(chance.choices("bdgk", k=2)) for _ in range(600)}
    )
    texts = [*far[:300], "orsinel", "orsinal", "orsinol"]
    tokens = arrays_of([Token(text, Kind.WORD, Origin.LATIN, 7) for text in texts])
    batch = arrays_of([Token("orsinul", Kind.WORD, Origin.LATIN, 7)])
    found = of_token(alike_of(batch, [False], vocabulary_of(tokens, np.ones(len(texts), np.int32), 400)), 0)
    assert len(found) == MOST_ALIKE
    likeness = [each for _, each, _ in found]
    assert likeness == sorted(likeness, reverse=True)
    assert min(likeness) >= ALIKE
    nearest = [number for number, each, _ in found if each > 0.93001]
    assert set(nearest) and set(nearest) <= {300, 301, 302}, "those that sound alike, though their numbers are the last"


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
        alike_of(one, [False] * len(one.rows), vocabulary_of(other, np.ones(len(other.rows), np.int32), 100))
        for one, other in ((native, latin), (latin, native))
    )
    pairs = {(a, b) for a in range(len(native.rows)) for b, _, how in of_token(there, a) if how != HOW_JOINED}
    assert pairs
    assert pairs == {(a, b) for b in range(len(latin.rows)) for a, _, how in of_token(back, b) if how != HOW_JOINED}


@pytest.mark.parametrize("seed", range(12))
def test_what_a_vocabulary_knows_of_its_tokens_is_what_looking_them_up_gives(seed: int) -> None:
    chance = random.Random(seed)
    _, known = invented_vocabulary(chance, 150)
    _, others = invented_vocabulary(chance, 60, known)
    tokens, held_by = arrays_of(known), np.array([chance.randrange(1, 50) for _ in known], np.int32)
    batch = arrays_of(chance.sample([*known, *others], 120))
    for last in ([False] * 120, [True] * 120, [chance.random() < 0.5 for _ in range(120)]):
        looked_up = alike_of(batch, last, vocabulary_of(tokens, held_by, 900))
        copied = alike_of(batch, last, vocabulary_of(tokens, held_by, 900, known=True))
        assert same(copied, looked_up)


def test_what_a_word_may_be_cut_short_from_is_found_whatever_else_was_compared() -> None:
    """The longer word shares a key of coarse sounds with the shorter one, and is too little like it."""
    tokens = arrays_of([Token(text, Kind.WORD, Origin.LATIN, 0) for text in ("bane", "baneahouieuwaoyahei")])
    for known in (False, True):
        vocabulary = vocabulary_of(tokens, np.ones(2, np.int32), 10, known=known)
        found = of_token(alike_of(tokens, [True, True], vocabulary), 0)
        assert [(number, how) for number, _, how in found] == [(0, HOW_WORD), (1, HOW_SHORTENED)], known


def test_another_kind_group_or_sign_is_not_the_token_that_is_known() -> None:
    ming = Token("mingrui", Kind.WORD, Origin.HAN, 0, "明锐")
    maled = Token("maledd", Kind.WORD, Origin.LATIN, 0)
    tokens, held_by = arrays_of([ming, maled]), np.array([3, 4], np.int32)
    batch = arrays_of(
        [
            ming._replace(printed="鸣瑞"),
            maled._replace(kind=Kind.PLACE),
            maled._replace(group=4),
            maled._replace(origin=Origin.ALPHABET),
        ]
    )
    one, other = (
        alike_of(batch, [False] * 4, vocabulary_of(tokens, held_by, 90, known=known)) for known in (False, True)
    )
    assert same(one, other)


def test_memory_may_be_used_again() -> None:
    chance = random.Random(4)
    tokens, known = invented_vocabulary(chance, 100)
    batches = [invented_vocabulary(chance, 40, known)[0] for _ in range(4)]
    vocabulary = vocabulary_of(tokens, np.ones(100, np.int32), 100)
    seen, clock = np.zeros(100, np.int32), np.zeros(1, np.int32)
    fresh = [alike_of(batch, [True] * 40, vocabulary) for batch in batches]
    for number in (0, 1, 2, 3, 0, 0, 2):
        assert same(alike_of(batches[number], [True] * 40, vocabulary, seen, clock), fresh[number])
    assert (seen <= clock[0]).all()


def test_an_empty_vocabulary_and_an_empty_batch_are_taken() -> None:
    nothing = arrays_of([])
    some = arrays_of([Token("maledd", Kind.WORD, Origin.LATIN, 0)])
    for batch, tokens in ((some, nothing), (nothing, some), (nothing, nothing)):
        vocabulary = vocabulary_of(tokens, np.ones(len(tokens.rows), np.int32), 1, known=True)
        alike = alike_of(batch, [True] * len(batch.rows), vocabulary)
        assert alike.starts.tolist() == [0] * (len(batch.rows) + 1)
