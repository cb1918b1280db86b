"""What the names of two records say together is what a plain reading says, from both sides."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.kernels.closest import NameLists
from shellgame.kernels.coverage import MET, summed_up
from shellgame.kernels.lists import Lists

sides = st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=4)
"""Names of a record: the key of each, and whether it counts."""


def arrays_of(records):
    keys = [sorted({key for key, _ in record if key}) for record in records]
    starts, key_starts = (np.cumsum([0, *map(len, each)]).astype(np.int64) for each in (records, keys))
    flat = np.array([key for each in keys for key in each], np.int32)
    names = np.arange(starts[-1], dtype=np.int32)
    counted = np.array([counts for record in records for _, counts in record], np.bool_)
    no_tokens = Lists(np.zeros(len(names) + 1, np.int64), names[:0])
    return NameLists(Lists(starts, names), counted, Lists(key_starts, flat), no_tokens)


def plain_coverage(best, side):
    counted = [score for score, (_, counts) in zip(best, side, strict=True) if counts or score > MET]
    return sum(counted) / len(counted) if counted else sum(best) / len(best)


def plain_best(scores, here, there):
    both = any(counts for _, counts in here) and any(counts for _, counts in there)
    return max(
        float(scores[i, j]) if one or other or not both else 0.0
        for i, (_, one) in enumerate(here)
        for j, (_, other) in enumerate(there)
    )


@given(sides, sides, st.randoms(use_true_random=False))
def test_names_are_summed_up_as_by_hand_and_from_both_sides(here, there, dice):
    wholes = np.array([[dice.random() for _ in there] for _ in here], np.float32).reshape(len(here), len(there))
    scores = np.sqrt(wholes)
    left, right, starts = np.array([0], np.int32), np.array([1], np.int32), np.array([0, wholes.size], np.int64)
    arrays = arrays_of([here, there])
    (told,) = summed_up(arrays, left, right, starts, scores.ravel(), wholes.ravel())
    (back,) = summed_up(arrays, right, left, starts, scores.T.ravel(), wholes.T.ravel())
    assert np.array_equal(told, back, equal_nan=True)
    if not here or not there:
        assert all(math.isnan(value) for value in told)
        return
    covered = [
        plain_coverage(wholes.max(axis=1).tolist(), here),
        plain_coverage(wholes.max(axis=0).tolist(), there),
    ]
    keys = [{key for key, _ in side if key} for side in (here, there)]
    fewest = min(map(len, keys))
    equal = len(keys[0] & keys[1]) / fewest if fewest else 0.0
    assert told.tolist() == pytest.approx([plain_best(scores, here, there), max(covered), min(covered), equal])
