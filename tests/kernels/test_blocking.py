"""Keys of words and names against their plain twins."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernels.plain_blocking import plain_met, plain_pairs

from shellgame.kernels.blocking import WordRows, pair_keys, word_keys, words_met
from shellgame.names.keys import key_tables
from shellgame.names.sounds import codes
from shellgame.names.token import Origin

WORDS = st.dictionaries(st.integers(1, 9), st.text("abc", max_size=6), max_size=5).map(
    lambda words: dict(sorted(words.items()))
)
NAMES = st.lists(st.lists(WORDS, max_size=3), min_size=1, max_size=5)
"""Of each record its names: the texts of their words by key."""


def rows(names):
    flat = [words for its in names for words in its]
    told = [text for words in flat for text in words.values()]
    texts = sorted({*told})
    return WordRows(
        names=np.array([0, *accumulate(map(len, names))], np.int64),
        words=np.array([0, *accumulate(map(len, flat))], np.int64),
        keys=np.array([key for words in flat for key in words], np.uint64),
        texts=np.array([texts.index(text) for text in told], np.int32),
        starts=np.array([0, *accumulate(map(len, texts))], np.int64),
        letters=np.frombuffer("".join(texts).encode(), np.uint8).copy(),
    )


def keys(*words):
    sounds = [codes(word, Origin.LATIN) for word in words]
    starts = np.array([0, *accumulate(map(len, sounds))], np.int64)
    return word_keys(starts, np.frombuffer(b"".join(sounds), np.uint8).copy(), key_tables()).tolist()


@given(NAMES, st.integers(1, 5))
def test_pairs_of_words_are_those_of_the_plain_twin(names, most):
    made, records = pair_keys(rows(names), most)
    plain = plain_pairs([[[*words] for words in its] for its in names], most)
    assert len({*zip(made.tolist(), records.tolist(), strict=True)}) == len(plain)
    assert len({*made.tolist()}) == len({words for words, _ in plain})


@given(NAMES)
def test_words_met_are_those_of_the_plain_twin(names):
    ends = [(one, other) for one in range(len(names)) for other in range(len(names))]
    left, right = (np.array(side, np.int32) for side in zip(*ends, strict=True))
    found = words_met(rows(names), left, right)
    plain = [plain_met(names[one], names[other]) for one, other in ends]
    assert found[:, :2].sum(axis=1) == pytest.approx([sum(each[:2]) for each in plain], abs=1e-6)
    assert found[:, 2].tolist() == [each[2] for each in plain]


def test_words_spelt_otherwise_share_nothing_however_they_sound():
    names = [[{1: "tahirov", 2: "said"}], [{1: "tahyrow", 2: "saeed"}], [{1: "dhr", 2: "sad"}], [{1: "", 2: "said"}]]
    left, right = np.zeros(3, np.int32), np.arange(1, 4, dtype=np.int32)
    assert words_met(rows(names), left, right).tolist() == [[1, 1, 1], [0, 0, 1], [1, 1, 1]]


def test_vowels_and_like_consonants_make_no_difference_to_a_key():
    muhammad, mohamed, other = keys("muhammad", "mohamed", "malek")
    assert muhammad == mohamed != other


def test_a_short_word_keeps_its_vowels():
    assert len({*keys("ali", "lu", "olo")}) > 1


def test_no_words_at_all():
    assert keys() == []
    made, records = pair_keys(rows([[]]), 8)
    assert (len(made), len(records)) == (0, 0)
