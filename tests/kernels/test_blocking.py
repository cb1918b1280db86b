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

NAMES = st.lists(st.lists(st.sets(st.integers(1, 9), max_size=5).map(sorted), max_size=3), min_size=1, max_size=5)


def rows(names):
    flat = [words for its in names for words in its]
    return WordRows(
        np.array([0, *accumulate(map(len, names))], np.int64),
        np.array([0, *accumulate(map(len, flat))], np.int64),
        np.array([key for words in flat for key in words], np.uint64),
    )


def keys(*words):
    sounds = [codes(word, Origin.LATIN) for word in words]
    starts = np.array([0, *accumulate(map(len, sounds))], np.int64)
    return word_keys(starts, np.frombuffer(b"".join(sounds), np.uint8).copy(), key_tables()).tolist()


@given(NAMES, st.integers(1, 5))
def test_pairs_of_words_are_those_of_the_plain_twin(names, most):
    made, records = pair_keys(rows(names), most)
    plain = plain_pairs(names, most)
    assert len({*zip(made.tolist(), records.tolist(), strict=True)}) == len(plain)
    assert len({*made.tolist()}) == len({words for words, _ in plain})


@given(NAMES)
def test_words_met_are_those_of_the_plain_twin(names):
    ends = [(one, other) for one in range(len(names)) for other in range(len(names))]
    left, right = (np.array(side, np.int32) for side in zip(*ends, strict=True))
    found = words_met(rows(names), left, right)
    plain = [plain_met(names[one], names[other]) for one, other in ends]
    assert found.sum(axis=1) == pytest.approx([sum(each) for each in plain], abs=1e-6)


def test_vowels_and_like_consonants_make_no_difference_to_a_key():
    muhammad, mohamed, other = keys("muhammad", "mohamed", "malek")
    assert muhammad == mohamed != other


def test_a_short_word_keeps_its_vowels():
    assert len({*keys("ali", "lu", "olo")}) > 1


def test_no_words_at_all():
    assert keys() == []
    made, records = pair_keys(rows([[]]), 8)
    assert (len(made), len(records)) == (0, 0)
