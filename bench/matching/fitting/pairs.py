"""The forest of pairs.

It learns from the judged pairs of name_bench and, for a tenth of the weight, from the made rows. Its score is calibrated on judged
pairs held out, and then pulled up to `ALERT` where an alert is worth it (`CORNERS`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from bench.matching.engine import NameTriple
from bench.matching.fitting.rows import made_rows
from bench.matching.fitting.search import ALERT
from bench.matching.fitting.trees import Rows, booster, forest_of, logit, rows_of, told
from bench.matching.groups import folds, name_groups
from numpy.typing import NDArray

from shellgame.kernels.forest import Forest
from shellgame.match.scoring import features_of

MADE_SHARE = 0.1
"""What made rows weigh among all that pairs learn from; 0.05 to 0.4 differ little, judged pairs alone know no other script."""
CORNERS = ((0.25, 0.25), (0.40, ALERT), (0.80, 0.80))
"""Probability of a pair, and the score it gets; beyond the corners score and probability are one.

F1 is best where everything from half of that F1 upwards is taken (Lipton, Elkan and Naryanaswamy 2014), which is 0.45 here; a
little lower loses nothing and finds more. Few pairs lie between the outer corners, so the score stays a probability as far as 413
pairs can tell.
"""
SLOPES = {"mean_likeness": 0.15, "whole_likeness": 0.06, "order": -1.0, "numbers": -1.5}
"""In a pair, words in another order may be a father and his son; in a search they are the same words of one list. Numbers are
strict, whatever name_bench says, where several funds that differ in theirs are judged one."""
SETTINGS = {"max_iter": 120, "learning_rate": 0.06, "l2_regularization": 3.0, "max_depth": 3, "max_leaf_nodes": 8}
SEEDS = 2
"""Forests that are averaged; a search learns from so much that one is as good."""


def fit_pairs(judged: Sequence[tuple[NameTriple, bool]]) -> Forest:
    """The forest of pairs, its score calibrated on judged pairs held out."""
    names, same = [pair for pair, _ in judged], np.array([answer for _, answer in judged])
    features = features_of(names)

    def fitted(chosen: NDArray[np.int64]) -> list[Any]:
        rows = _with_made(features[chosen], same[chosen])
        return [booster(rows, seed, SETTINGS) for seed in range(SEEDS)]

    odds = np.zeros(len(names))
    for fit_on, held_out in folds(name_groups(names)):
        odds[held_out] = told(fitted(fit_on), SLOPES, features[held_out])
    return forest_of(fitted(np.arange(len(names))), SLOPES, _pulled(*_line(odds, same)))


def _with_made(features: NDArray[np.float32], same: NDArray[np.bool_]) -> Rows:
    """Judged pairs, each of weight one before the made rows take their share."""
    _, made = made_rows()
    judged = rows_of(features, same, np.full(len(same), 1 - MADE_SHARE))
    share = made.weights / made.weights.sum() * MADE_SHARE * len(same)
    return judged.and_then(made._replace(weights=share))


def _line(odds: NDArray[np.float64], same: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and start of the straight line that makes log odds of held-out pairs true (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    line = LogisticRegression(C=1e3).fit(odds[:, None], same)
    return float(line.coef_[0, 0]), float(line.intercept_[0])


def _pulled(slope: float, start: float) -> list[tuple[float, float]]:
    """The curve that goes through `CORNERS` and along the line beyond them."""
    corners = [((logit(likely) - start) / slope, logit(score)) for likely, score in CORNERS]
    (low, meant_low), (high, meant_high) = corners[0], corners[-1]
    return [(low - 1, meant_low - slope), *corners, (high + 1, meant_high + slope)]
