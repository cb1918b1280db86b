"""A forest of trees against its plain twin: grown at random, and the two that were fitted."""

from __future__ import annotations

import random

import numpy as np
import pytest
from tests.kernels.plain_forest import plain_log_odds, plain_probability

from shellgame.kernels.features import FEATURES
from shellgame.kernels.forest import PLACES, Forest, log_odds, probability
from shellgame.match.scoring import Models, model

COLUMNS = 4


def grown(chance: random.Random, trees: int) -> Forest:
    """A forest of one to three parts of random trees, some of them smaller than there is room for, with random curves."""
    places, parts = trees * PLACES, chance.randrange(1, 4)
    corners = chance.randrange(2, 6)
    asked = (0.0, 0.25, 0.5, 0.75, float("inf"))
    curves = np.array([[[chance.uniform(0.1, 2) for _ in range(corners)] for _ in range(parts)] for _ in range(2)])
    told, meant = (np.cumsum(curves, axis=2) - 3).astype(np.float32)
    return Forest(
        np.array([0, *sorted(chance.randrange(trees + 1) for _ in range(parts - 1)), trees], np.int32),
        np.array([chance.randrange(COLUMNS)], np.int32),
        np.array([chance.randrange(COLUMNS) for _ in range(places)], np.uint8),
        np.array([chance.choice(asked) for _ in range(places)], np.float32),
        np.array([chance.uniform(-2, 2) for _ in range(places)], np.float32),
        np.array([chance.uniform(-1, 1) for _ in range(COLUMNS)], np.float32),
        np.array([chance.uniform(-2, 2) for _ in range(parts)], np.float32),
        told,
        meant,
    )


def straight(**fields: object) -> Forest:
    """One tree whose leaves all say nothing, and a curve that changes nothing."""
    forest = Forest(
        np.array([0, 1], np.int32),
        np.zeros(1, np.int32),
        np.zeros(PLACES, np.uint8),
        np.full(PLACES, np.inf, np.float32),
        np.zeros(PLACES, np.float32),
        np.zeros(COLUMNS, np.float32),
        np.zeros(1, np.float32),
        np.array([[0, 1]], np.float32),
        np.array([[0, 1]], np.float32),
    )
    return forest._replace(**{name: np.array(values, np.float32) for name, values in fields.items()})


def odds(score: float) -> float:
    return float(np.log(score / (1 - score)))


@pytest.mark.parametrize("seed", range(20))
def test_agrees_with_its_plain_twin(seed: int) -> None:
    chance = random.Random(seed)
    forest = grown(chance, chance.randrange(6))
    for _ in range(40):
        row = np.array([chance.choice((0.0, 0.25, 0.5, 0.75, 1.0, 2.0)) for _ in range(COLUMNS)], np.float32)
        assert log_odds(forest, row) == pytest.approx(plain_log_odds(forest, row.tolist()), abs=1e-5)
        assert probability(forest, row) == pytest.approx(plain_probability(forest, row.tolist()), abs=1e-5)


def test_every_leaf_is_reached_from_left_to_right() -> None:
    def middle(node: int) -> float:
        """Between the leaves below a node."""
        below = PLACES >> (node.bit_length() - 1)
        return node * below - PLACES + below / 2

    forest = straight(
        threshold=[0, *map(middle, range(1, PLACES))],
        value=[float(leaf) for leaf in range(PLACES)],
    )
    row = np.zeros(COLUMNS, np.float32)
    for leaf in range(PLACES):
        row[0] = leaf + 0.5
        assert log_odds(forest, row) == leaf


def test_a_value_on_the_threshold_goes_left() -> None:
    idle = [0.0] * (PLACES // 2 - 1)
    forest = straight(threshold=[0, 0.5, *[float("inf")] * (PLACES - 2)], value=[-1, *idle, 1, *idle])
    row = np.zeros(COLUMNS, np.float32)
    row[0] = 0.5
    assert log_odds(forest, row) == -1
    row[0] = np.nextafter(np.float32(0.5), np.float32(1))
    assert log_odds(forest, row) == 1


def test_the_curve_is_straight_between_its_corners_and_beyond_them() -> None:
    forest = straight(slopes=[1, 0, 0, 0], told=[[-1, 0, 2]], meant=[[-4, 0, 1]])
    row = np.zeros(COLUMNS, np.float32)
    for told, meant in ((-2, -8), (-1, -4), (-0.5, -2), (0, 0), (1, 0.5), (2, 1), (4, 2)):
        row[0] = told
        assert odds(probability(forest, row)) == pytest.approx(meant, abs=1e-4)


def test_a_feature_chooses_the_part() -> None:
    forest = straight(start=[0, 1], first=[0, 1, 1], told=[[0, 1], [0, 1]], meant=[[0, 1], [2, 3]])
    forest = forest._replace(first=np.array([0, 1, 1], np.int32))
    row = np.zeros(COLUMNS, np.float32)
    for chosen, said, meant in ((0, 0, 0), (1, 1, 3), (3, 1, 3)):
        row[0] = chosen
        assert log_odds(forest, row) == said
        assert odds(probability(forest, row)) == pytest.approx(meant, abs=1e-4)


@pytest.mark.parametrize("part", Models._fields)
def test_the_fitted_forests_agree_too_and_are_sound(part: str) -> None:
    forest, chance = getattr(model(), part), random.Random(5)
    assert len(forest.slopes) == len(FEATURES)
    assert len(forest.column) == len(forest.threshold) == len(forest.value)
    assert len(forest.value) == PLACES * forest.first[-1]
    assert forest.first[0] == 0
    assert len(forest.first) == 1 + len(forest.start) == 1 + len(forest.told) == 1 + len(forest.meant)
    assert 0 <= forest.column.min() <= forest.column.max() < len(FEATURES)
    assert not np.isnan(forest.threshold).any()
    for field in ("value", "slopes", "start", "told", "meant"):
        assert np.isfinite(getattr(forest, field)).all(), field
    assert (np.diff(forest.told) > 0).all()
    assert (np.diff(forest.meant) > 0).all(), "a better pair must never score less"
    for _ in range(50):
        row = np.array([chance.choice((0.0, 1.0, chance.random(), 30 * chance.random())) for _ in FEATURES], np.float32)
        assert log_odds(forest, row) == pytest.approx(plain_log_odds(forest, row.tolist()), abs=1e-3)
        assert probability(forest, row) == pytest.approx(plain_probability(forest, row.tolist()), abs=1e-4)
