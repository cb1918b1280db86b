"""Numbers about numbers: precision and recall, thresholds, calibration, latency; nothing here knows what a name is."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

Figures = dict[str, Any]


def judged(scores: ArrayLike, same: ArrayLike, threshold: float) -> Figures:
    """Count what a threshold gets right: pairs, positives, precision, recall, F1 and accuracy."""
    said, true = np.asarray(scores, float) >= threshold, np.asarray(same, bool)
    hit, wrong, missed = int((said & true).sum()), int((said & ~true).sum()), int((~said & true).sum())
    return {
        "n": len(true),
        "positive": int(true.sum()),
        "precision": _ratio(hit, hit + wrong),
        "recall": _ratio(hit, hit + missed),
        "f1": _ratio(2 * hit, 2 * hit + wrong + missed),
        "accuracy": _ratio(int((said == true).sum()), len(true)),
    }


def best_f1(scores: ArrayLike, same: ArrayLike) -> tuple[float, float]:
    """The largest F1 that any threshold gives, in-sample, and that threshold."""
    values = np.asarray(scores, float)
    tried = [(judged(values, same, cut)["f1"], float(cut)) for cut in np.unique(values)]
    return max(tried, key=lambda each: each[0], default=(0.0, 0.0))


def auc(scores: ArrayLike, same: ArrayLike) -> float | None:
    """Chance that a random positive scores above a random negative, ties counting half."""
    values, true = np.asarray(scores, float), np.asarray(same, bool)
    if true.all() or not true.any():
        return None
    order = np.sort(values[~true])
    below = np.searchsorted(order, values[true], "left")
    upto = np.searchsorted(order, values[true], "right")
    return float(((below + upto) / 2).mean() / len(order))


def threshold_at(negatives: ArrayLike, share: float) -> float:
    """The lowest threshold that at most `share` of the negatives reach; above the maximum if ties leave no other."""
    values = np.sort(np.asarray(negatives, float))[::-1]
    allowed = int(share * len(values))
    if allowed >= len(values):
        return 0.0
    return float(np.nextafter(values[allowed], 2.0))


def reliability(scores: ArrayLike, same: ArrayLike, bands: int = 10) -> tuple[float, list[Figures]]:
    """Hold scores against outcomes.

    Returns:
        The expected calibration error (mean gap between score and share of positives, weighted by band size) and one row a band
        of equal width: `from`, `to`, `n`, mean `score`, share `positive`.
    """
    values, true = np.asarray(scores, float), np.asarray(same, bool)
    band = np.minimum((values * bands).astype(int), bands - 1)
    rows, error = [], 0.0
    for number in range(bands):
        inside = band == number
        if not inside.any():
            continue
        mean, share = float(values[inside].mean()), float(true[inside].mean())
        error += abs(mean - share) * inside.sum() / len(values)
        rows.append(
            {
                "from": number / bands,
                "to": (number + 1) / bands,
                "n": int(inside.sum()),
                "score": mean,
                "positive": share,
            }
        )
    return float(error), rows


def equal_mass_error(scores: ArrayLike, same: ArrayLike, bands: int = 10) -> float:
    """Expected calibration error over bands of equal size, where an empty middle cannot hide."""
    values, true = np.asarray(scores, float), np.asarray(same, bool)
    pieces = np.array_split(np.argsort(values, kind="stable"), bands)
    return float(sum(abs(values[piece].mean() - true[piece].mean()) * len(piece) for piece in pieces) / len(values))


def interval(successes: int, n: int) -> tuple[float, float]:
    """95 % Wilson interval of a share."""
    if not n:
        return (0.0, 1.0)
    z, share = 1.96, successes / n
    middle, half = share + z * z / (2 * n), z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return ((middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n))


def f1_spread(scores: ArrayLike, same: ArrayLike, threshold: float, rounds: int = 1000) -> tuple[float, float]:
    """95 % interval of F1 from redrawing the pairs: how much of a difference is luck of the sample."""
    random = np.random.default_rng(1)
    said, true = np.asarray(scores, float) >= threshold, np.asarray(same, bool)
    picks = random.integers(0, len(true), (rounds, len(true)))
    hit = (said & true)[picks].sum(1)
    total = said[picks].sum(1) + true[picks].sum(1)
    low, high = np.quantile(2 * hit / np.maximum(total, 1), [0.025, 0.975])
    return float(low), float(high)


def latency(seconds: Sequence[float]) -> Figures:
    """Percentiles in milliseconds."""
    p50, p95, p99 = np.quantile(np.asarray(seconds) * 1e3, [0.5, 0.95, 0.99])
    return {"p50_ms": float(p50), "p95_ms": float(p95), "p99_ms": float(p99)}


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
