"""A forest of trees against its plain twin: grown at random, and the one that was fitted."""

from __future__ import annotations

import random
from math import log

import numpy as np
import pytest
from tests.kernels.plain_forest import plain_log_odds, plain_probability

from shellgame.kernels.alignment import FEATURES
from shellgame.kernels.forest import Forest, log_odds, probability
from shellgame.match.scoring import model

COLUMNS = 4


def grown(chance: random.Random) -> Forest:
    """A forest of trees of random shape over `COLUMNS` features and the one that is handed over apart."""
    column: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    value: list[float] = []

    def room() -> int:
        column.append(-1)
        threshold.append(0.0)
        left.append(0)
        value.append(0.0)
        return len(column) - 1

    def grow(node: int, depth: int) -> None:
        if depth == 0 or chance.random() < 0.2:
            value[node] = chance.uniform(-2, 2)
            return
        column[node], threshold[node] = chance.randrange(COLUMNS + 1), chance.choice((0.0, 0.25, 0.5, 0.75))
        left[node] = room()
        right = room()
        grow(left[node], depth - 1)
        grow(right, depth - 1)

    roots = []
    for _ in range(chance.randrange(6)):
        roots.append(room())
        grow(roots[-1], 4)
    return Forest(
        np.array(roots, np.int32),
        np.array(column, np.int16),
        np.array(threshold, np.float32),
        np.array(left, np.int32),
        np.array(value, np.float32),
        np.array([chance.uniform(-1, 1) for _ in range(COLUMNS)], np.float32),
        np.array([chance.uniform(-2, 2), chance.uniform(-2, 2)], np.float32),
    )


@pytest.mark.parametrize("seed", range(20))
def test_agrees_with_its_plain_twin(seed: int) -> None:
    chance = random.Random(seed)
    forest = grown(chance)
    for _ in range(20):
        row = np.array([chance.choice((0.0, 0.25, 0.5, 0.75, 1.0)) for _ in range(COLUMNS)], np.float32)
        for searching in (0.0, 1.0):
            assert log_odds(forest, row, searching) == pytest.approx(
                plain_log_odds(forest, row.tolist(), searching), abs=1e-5
            )
            assert probability(forest, row, searching) == pytest.approx(
                plain_probability(forest, row.tolist(), searching), abs=1e-5
            )


def test_a_value_on_the_threshold_goes_left() -> None:
    forest = Forest(
        np.array([0], np.int32),
        np.array([0, -1, -1], np.int16),
        np.array([0.5, 0, 0], np.float32),
        np.array([1, 0, 0], np.int32),
        np.array([0, -1, 1], np.float32),
        np.zeros(COLUMNS, np.float32),
        np.zeros(2, np.float32),
    )
    row = np.zeros(COLUMNS, np.float32)
    row[0] = 0.5
    assert log_odds(forest, row, 0.0) == -1
    row[0] = np.nextafter(np.float32(0.5), np.float32(1))
    assert log_odds(forest, row, 0.0) == 1


def test_the_fitted_forest_agrees_too_and_is_sound() -> None:
    forest, chance = model(), random.Random(5)
    assert len(forest.slopes) == len(FEATURES)
    asks = forest.column >= 0
    assert forest.column.max() <= len(FEATURES)
    assert (forest.left[asks] > np.nonzero(asks)[0]).all(), "a tree must lead downwards, or a walk never ends"
    assert forest.left[asks].max() + 1 < len(forest.column)
    for field in ("threshold", "value", "slopes", "start"):
        assert np.isfinite(getattr(forest, field)).all(), field
    for _ in range(50):
        row = np.array([chance.choice((0.0, 1.0, chance.random(), 30 * chance.random())) for _ in FEATURES], np.float32)
        mine = log_odds(forest, row, 1.0)
        assert mine == pytest.approx(plain_log_odds(forest, row.tolist(), 1.0), abs=1e-3)
        assert probability(forest, row, 1.0) == pytest.approx(1 / (1 + np.exp(-mine)))
        assert abs(mine) < 50 * log(1000)
