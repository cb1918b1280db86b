"""Boosted trees: the rows that they learn from, what is known of the features beforehand, and how kernels want trees laid out."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.features import COLUMN, FEATURES
from shellgame.kernels.forest import PLACES, Forest

_GROWING = (
    "least_covered", "most_covered", "met_bits", "worst_likeness", "mean_likeness", "leading_met", "trailing_met", "whole_likeness",
    "telling_bits", "letters_met", "transposed",
)  # fmt: skip
"""Features of which more never lowers a score, and below those of which more never raises it."""
_FALLING = (
    "replaced_bits", "left_over_bits", "left_over_words", "replaced_words", "slips", "slips_in_short", "numbers", "forms", "order",
    "places", "initials_differ", "other_consonants", "edits", "edits_share", "exchanged_bits",
    "turned", "final_vowels", "first_letters",
)  # fmt: skip

Slopes = dict[str, float]
"""What features add besides the trees, by their names, so that order means something where the trees no longer tell apart."""


class Rows(NamedTuple):
    """What a forest learns from.

    Attributes:
        features: Of two names, one line each.
        same: Whether they are one.
        weights: Of each line.
        part: Which part of the strangers it comes of, or -1.
    """

    features: NDArray[np.float32]
    same: NDArray[np.bool_]
    weights: NDArray[np.float64]
    part: NDArray[np.int8]

    def only(self, chosen: NDArray[np.bool_] | Sequence[int]) -> Rows:
        """Some of the lines."""
        return Rows(*(column[chosen] for column in self))

    def and_then(self, other: Rows) -> Rows:
        """These lines and behind them those of another."""
        return Rows(*(np.concatenate(both) for both in zip(self, other, strict=True)))


def rows_of(features: NDArray[np.float32], same: NDArray[np.bool_], weights: NDArray[np.float64]) -> Rows:
    """Rows that come of no part of the strangers."""
    return Rows(features, same, weights, np.full(len(same), -1, np.int8))


def booster(rows: Rows, seed: int, settings: dict[str, Any]) -> Any:
    """Fit a booster to rows."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    classifier = HistGradientBoostingClassifier(
        monotonic_cst=[1 if name in _GROWING else -1 if name in _FALLING else 0 for name in FEATURES],
        min_samples_leaf=12, max_features=0.5, early_stopping=False, random_state=seed, **settings,
    )  # fmt: skip
    return classifier.fit(rows.features, rows.same, sample_weight=rows.weights)


def told(boosters: Sequence[Any], slopes: Slopes, features: NDArray[np.float32]) -> NDArray[np.float64]:
    """Log odds of rows, before any curve."""
    trees = np.mean([booster.decision_function(features) for booster in boosters], axis=0)
    return np.asarray(trees + features @ _row_of(slopes), np.float64)


def forest_of(boosters: Sequence[Any], slopes: Slopes, curve: Sequence[tuple[float, float]]) -> Forest:
    """Lay the mean of fitted boosters out as arrays.

    Args:
        boosters: With trees of as many levels at most as `Forest` has.
        slopes: By name of the feature.
        curve: Corners: log odds of the trees and the log odds that are meant.
    """
    trees = [tree.nodes for booster in boosters for (tree,) in booster._predictors]
    column = np.zeros((len(trees), PLACES), np.uint8)
    threshold = np.full((len(trees), PLACES), np.inf, np.float32)
    value = np.zeros((len(trees), PLACES), np.float32)
    for number, nodes in enumerate(trees):
        waiting = [(1, 0)]
        while waiting:
            place, at = waiting.pop()
            node = nodes[at]
            if place >= PLACES:
                value[number, place - PLACES] = node["value"] / len(boosters)
            elif node["is_leaf"]:  # nothing is above infinity, and both ways lead to the same leaf
                waiting += [(2 * place, at), (2 * place + 1, at)]
            else:
                column[number, place], threshold[number, place] = node["feature_idx"], node["num_threshold"]
                waiting += [(2 * place, int(node["left"])), (2 * place + 1, int(node["right"]))]
    start = sum(float(np.ravel(booster._baseline_prediction)[0]) for booster in boosters) / max(1, len(boosters))
    told, meant = np.array(curve, np.float32).T
    return Forest(
        np.array([0, len(trees)], np.int32),
        np.zeros(1, np.int32),
        column.ravel(),
        threshold.ravel(),
        value.ravel(),
        _row_of(slopes),
        np.array([start], np.float32),
        told[None].copy(),
        meant[None].copy(),
    )


def with_parts(forests: Sequence[Forest], chooser: str) -> Forest:
    """Several forests with the same slopes and as many corners as one, of which a feature chooses."""
    first = np.cumsum([0, *(int(forest.first[-1]) for forest in forests)], dtype=np.int32)
    joined = {
        field: np.concatenate([getattr(forest, field) for forest in forests])
        for field in ("column", "threshold", "value", "start", "told", "meant")
    }
    return Forest(first=first, chooser=np.array([COLUMN[chooser]], np.int32), slopes=forests[0].slopes, **joined)


def logit(share: float) -> float:
    """Log odds of a share."""
    return log(share / (1 - share))


def _row_of(slopes: Slopes) -> NDArray[np.float32]:
    row = np.zeros(len(FEATURES), np.float32)
    for name, slope in slopes.items():
        row[COLUMN[name]] = slope
    return row
