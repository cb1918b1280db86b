"""What met is told pair by pair, the same as by going through the alignment in plain Python."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.kernels.alignment import MOST_TOKENS, align, scratch
from shellgame.kernels.explain import met_pairs
from shellgame.kernels.tokens import HOW_JOINED
from shellgame.match.lexicon import Words, arrays_of
from shellgame.names.analysis import analyse
from shellgame.names.costs import tables

WORDS = ("orsin", "orsen", "maledd", "abd", "rahman", "abdrahman", "o", "nik", "nikolai", "тал", "талвек", "llc", "7")
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


def analysed(*texts):
    words = Words()
    rows = [np.array(words.numbers_of(analyse(text, person=True)), np.int32) for text in texts]
    return *rows, arrays_of(words.tokens)


def plain_pairs(left, right, tokens):
    """Every pair that one of the two names points to."""
    work = scratch()
    align(left, tokens, right, tokens, tables(), work)
    met = {(i, int(work.met[i])) for i in range(min(len(left), MOST_TOKENS)) if work.met[i] >= 0}
    met |= {(int(work.met_by[j]), j) for j in range(min(len(right), MOST_TOKENS)) if work.met_by[j] >= 0}
    return [(i, j, int(work.how[i, j]), float(work.likeness[i, j])) for i, j in sorted(met)]


@settings(max_examples=200, deadline=None)
@given(names, names)
def test_pairs_are_those_of_the_alignment(left, right):
    here, there, tokens = analysed(left, right)
    places, likeness = met_pairs(here, there, tokens, tables())
    told = [(*place, alike) for place, alike in zip(places.tolist(), likeness.tolist(), strict=True)]
    assert told == plain_pairs(here, there, tokens)


def test_two_words_written_together_on_either_side_are_told():
    for left, right, expected in (
        ("talvek maled orsin", "talvekmaled orsin", {(0, 0), (1, 0)}),
        ("talvekmaled orsin", "talvek maled orsin", {(0, 0), (0, 1)}),
    ):
        here, there, tokens = analysed(left, right)
        places, _ = met_pairs(here, there, tokens, tables())
        assert {(i, j) for i, j, way in places.tolist() if way == HOW_JOINED} == expected
