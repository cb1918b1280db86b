"""Many pairs at once are what each of them is alone."""

from __future__ import annotations

import random

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.kernels.invented import invented_name, invented_vocabulary
from tests.kernels.plain_features import plain_features
from tests.kernels.plain_forest import plain_probability
from tests.kernels.plain_tokens import words_of

from shellgame.kernels.features import FEATURES
from shellgame.kernels.pairs import pair_features, probabilities
from shellgame.kernels.tokens import Tokens
from shellgame.match.scoring import Models, model
from shellgame.names.costs import tables

Pair = tuple[list[int], list[int], bool]


def pairs_of(chance: random.Random, many: int) -> list[Pair]:
    found = []
    for _ in range(many):
        left = invented_name(chance, 40)
        found.append((left, invented_name(chance, 40, like=left), chance.random() < 0.5))
    return found


def compiled(pairs: list[Pair], tokens: Tokens) -> NDArray[np.float32]:
    names = [name for left, right, _ in pairs for name in (left, right)]
    numbers = np.arange(len(pairs), dtype=np.int32) * 2
    return pair_features(
        np.array([0, *np.cumsum([len(name) for name in names])], np.int64),
        np.array([token for name in names for token in name], np.int32),
        numbers,
        numbers + 1,
        np.array([organization for *_, organization in pairs], np.bool_),
        tokens,
        tables(),
    )


@pytest.mark.parametrize("seed", range(5))
def test_agree_with_the_plain_twin(seed: int) -> None:
    chance = random.Random(seed)
    tokens, _ = invented_vocabulary(chance, 40)
    pairs = pairs_of(chance, 30)
    for row, (left, right, organization) in zip(compiled(pairs, tokens), pairs, strict=True):
        wanted = plain_features(words_of(tokens, left), words_of(tokens, right), organization=organization)
        assert row.tolist() == pytest.approx([wanted[name] for name in FEATURES], rel=1e-4, abs=1e-4)


def test_are_the_same_one_by_one_and_in_any_order() -> None:
    chance = random.Random(6)
    tokens, _ = invented_vocabulary(chance, 40)
    pairs = pairs_of(chance, 40)
    together = compiled(pairs, tokens)
    assert (compiled(pairs[::-1], tokens)[::-1] == together).all()
    for number, pair in enumerate(pairs):
        assert (compiled([pair], tokens)[0] == together[number]).all()


def test_none_and_empty_ones_are_taken() -> None:
    tokens, _ = invented_vocabulary(random.Random(7), 10)
    assert compiled([], tokens).shape == (0, len(FEATURES))
    rows = compiled([([], [], False), ([], [1, 2], True), ([3], [], False)], tokens)
    assert np.isfinite(rows).all()
    assert (probabilities(model().pairs, rows) < 0.5).all()


@pytest.mark.parametrize("part", Models._fields)
def test_scores_are_those_of_the_plain_forest(part: str) -> None:
    chance, forest = random.Random(8), getattr(model(), part)
    tokens, _ = invented_vocabulary(chance, 40)
    rows = compiled(pairs_of(chance, 30), tokens)
    wanted = [plain_probability(forest, row.tolist()) for row in rows]
    assert probabilities(forest, rows).tolist() == pytest.approx(wanted, abs=1e-4)
