"""Two names: how often a threshold of 0.70 is right, and whether scores are probabilities."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from bench.matching import data, stats
from bench.matching.context import Context, Outcome
from bench.matching.data import NamePair
from bench.matching.engine import Fits, Scores
from bench.matching.groups import held_out_entities, held_out_names
from bench.matching.lists import script_pair

THRESHOLD = 0.70


def name_bench(context: Context) -> Outcome:
    """F1 at 0.70 on the judged half of name_bench; parts written by hand and by a language model apart; STRONG errors listed."""
    pairs = data.name_bench()
    context.engine.compare_names([pair.names for pair in pairs[:50]])  # whatever loads on first use
    start = time.perf_counter()
    context.engine.compare_names([pair.names for pair in pairs])
    spent = time.perf_counter() - start
    scores = held_out_names(context.engine, [pair.names for pair in pairs], [pair.same for pair in pairs])
    same = np.array([pair.same for pair in pairs])
    low, high = stats.f1_spread(scores, same, THRESHOLD)
    best, cut = stats.best_f1(scores, same)
    by_hand = _part(pairs, scores, lambda pair: "hand" if pair.written_by_hand else "synth")
    wrong = [position for position in range(len(pairs)) if (scores[position] >= THRESHOLD) != same[position]]
    strong = [position for position in wrong if pairs[position].quality == "STRONG"]
    figures = stats.judged(scores, same, THRESHOLD) | {
        "f1_hand": by_hand[0]["f1"],
        "f1_synth": by_hand[1]["f1"],
        "f1_low": low,
        "f1_high": high,
        "auc": stats.auc(scores, same),
        "best_f1": best,
        "best_at": cut,
        "strong_wrong": len(strong),
        "us_per_pair": spent / len(pairs) * 1e6,
    }
    tables = {
        "by part": by_hand,
        "by group": _part(pairs, scores, lambda pair: pair.group),
        "by script": _part(pairs, scores, lambda pair: script_pair(pair.names[0], pair.names[1])),
        "by schema": _part(pairs, scores, lambda pair: pair.names[2]),
        "by quality": _part(pairs, scores, lambda pair: pair.quality),
        "mean score by quality": _order(pairs, scores),
    }
    return Outcome(
        figures,
        tables,
        [_told(pairs[position], scores[position]) for position in strong],
        [_told(pairs[position], scores[position]) for position in wrong if position not in strong],
        [f"{pairs[position].case_id} {scores[position]:.3f}" for position in wrong],
        _held_out(context),
    )


def _part(pairs: list[NamePair], scores: Scores, key: Callable[[NamePair], str]) -> list[dict[str, Any]]:
    keys = np.array([key(pair) for pair in pairs])
    same = np.array([pair.same for pair in pairs])
    return [
        {"part": part, **stats.judged(scores[keys == part], same[keys == part], THRESHOLD)}
        for part in sorted(set(keys.tolist()))
    ]


def _order(pairs: list[NamePair], scores: Scores) -> list[dict[str, Any]]:
    """Mean scores, which should fall from the top row to the last."""
    rows = []
    for quality, same in [(q, True) for q in ("STRONG", "MEDIUM", "WEAK")] + [
        (q, False) for q in ("WEAK", "MEDIUM", "STRONG")
    ]:
        inside = [
            score for pair, score in zip(pairs, scores, strict=True) if (pair.quality, pair.same) == (quality, same)
        ]
        rows.append(
            {"part": f"{quality} {'same' if same else 'different'}", "n": len(inside), "score": float(np.mean(inside))}
        )
    return rows


def _told(pair: NamePair, score: float) -> str:
    answer = "same" if pair.same else "different"
    left, right, schema = pair.names
    return f"{pair.quality} wrong: {pair.case_id} {left!r} / {right!r} ({schema}) are {answer}, scored {score:.3f}"


def calibration(context: Context) -> Outcome:
    """Expected calibration error on held-out folds, of name pairs and of entity pairs, and the tables behind it."""
    named, entities = data.name_bench(), data.entity_pairs()
    if context.quick:
        entities = entities[::5]
    sets = {
        "names": (
            held_out_names(context.engine, [pair.names for pair in named], [pair.same for pair in named]),
            [pair.same for pair in named],
        ),
        "entities": (
            held_out_entities(context.engine, [pair.entities for pair in entities], [pair.same for pair in entities]),
            [pair.same for pair in entities],
        ),
    }
    figures: dict[str, Any] = {}
    tables = {}
    for kind, (scores, same) in sets.items():
        error, tables[kind] = stats.reliability(scores, same)
        figures |= {
            f"{kind}_n": len(same),
            f"{kind}_ece": error,
            f"{kind}_ece_equal_mass": stats.equal_mass_error(scores, same),
            f"{kind}_brier": float(np.mean((scores - np.array(same)) ** 2)),
        }
    note = (
        "with n pairs in 10 bands, luck alone makes an error of about 0.02 to 0.04 in a perfect engine; "
        + _held_out(context)
    )
    return Outcome(figures, tables, note=note)


def _held_out(context: Context) -> str:
    return "refitted without each fold" if isinstance(context.engine, Fits) else "nothing fitted here"
