"""Fit the numbers of `match/record_weights.json`: what each signal of two records weighs, and what their names do.

    python -m bench.matching.fit_records             # cross-validated figures
    python -m bench.matching.fit_records --write     # and the file

Logistic regression over pairs that analysts judged, each weight drawn towards a prior and kept on its side of zero:
agreement never speaks against, conflict never for. The priors of signals are about half the logarithm of how much more often a
signal is seen among the same than among strangers drawn at random (UN x OFAC): pairs that somebody judges are no strangers, and
signals come together. The pairs, a thousand, are too few to learn rare signals from. Of records that two lists print of one party,
and that both have a number of the scheme, none of 413 had two IMO numbers, 3 of 611 two INNs and none of 532 two OGRNs (OFAC and
the copy that the Department of Commerce makes); across lists that work for themselves it is some 3 in a hundred, mostly firms
that were reorganised in one place.

The prior of `birth_other_year` (day and month the same, the year ten or more away, or two digits another) is of whole lists: of
pairs of two lists with the same name 30 stand so (eleven people), where chance would make hardly one of the 220 born years apart on
other days; 20,000 have the same day or year. Lists misprint the tens of a year as they do its ones.

Beside them stand parties that look alike and are two (`neighbours`), together as heavy as the judged pairs that are two: what tells
sister companies and brothers apart is learned there. How often a pair is one, the intercept, is told by the judged pairs alone.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from bench.matching import data, lists, stats
from bench.matching.engine import Entity
from bench.matching.groups import entity_groups, folds
from bench.matching.neighbours import neighbours
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit

from shellgame.match.compare import names_compared
from shellgame.match.evidence import Evidence, Weights, compare_records, fitted_weights
from shellgame.match.odds import NameEvidence, name_features, probability, share_of
from shellgame.match.records import analyse_record

PLACE = Path(__file__).parents[2] / "src/shellgame/match/record_weights.json"
PRIORS = {
    "schema_never": -12.0,
    "birth_day": 5.0,
    "birth_month": 3.0,
    "birth_year": 2.0,
    "birth_slip": 0.7,
    "birth_close": -0.5,
    "birth_other_year": -0.6,
    "birth_other_day": -1.0,
    "birth_apart": -3.5,
    "birth_days_apart": -5.5,
    "founded_same": 3.0,
    "founded_apart": -2.0,
    "ended_same": 3.0,
    "ended_apart": -2.0,
    "ended_before": -5.5,
    "nation_same": 1.5,
    "nation_other": -2.5,
    "country_same": 1.2,
    "country_other": -1.5,
    "seat_same": 1.2,
    "seat_other": -2.0,
    "birthplace_same": 2.0,
    "birthplace_other": -1.0,
    "gender_other": -3.0,
    "code_same": 9.0,
    "register_same": 9.0,
    "paper_same": 7.0,
    "paper_digits": 5.0,
    "code_other": -10.0,
    "register_elsewhere": -5.5,
    "register_other": -3.0,
    "number_other": -3.0,
    "number_slip": -0.5,
    "contact_same": 4.0,
    "address_same": 3.0,
    "town_same": 1.0,
    "town_other": -0.7,
    "role_same": 1.0,
    "father_same": 2.0,
    "father_other": -1.5,
    "flag_same": 0.5,
    "flag_other": -0.4,
    "type_same": 0.3,
    "type_other": -1.0,
    "tons_same": 1.0,
    "tons_other": -2.0,
}
NAME_PRIORS = {"best": 1.0, "carried": 2.5, "top": 1.0, "coverage": 1.0, "reverse": 1.0, "equal": 0.5}
SIGNALS, NAMES = tuple(PRIORS), tuple(NAME_PRIORS)
SIGNAL_SPREAD, NAME_SPREAD = 0.5, 0.7
"""Standard deviations around the priors, in log odds."""
LADDERS = (
    ("birth_year", "birth_month", "birth_day"),
    ("town_same", "address_same"),
    ("paper_digits", "paper_same", "register_same", "code_same"),
)
"""Signals of which each must weigh at least as much as the one before."""
INTERCEPT = -6.0
DOUBTED = 0.01
"""Share of labels taken to be wrong, so that no weight bends to explain them."""
SEARCH = {"agreement": 0.5, "conflict": 0.8, "renamed": -5.0, "surest": 4.6, "dated": 0.2}
"""Numbers of `odds.alert_score`: how much of the weight of agreement and conflict counts in a search, the log odds of names that
have nothing in common where a number is the same, the log odds beyond which equal names do not outweigh conflict, and how much of
what a name speaks against counts where the very day of birth is the same. The first two were chosen on every other person with
typing errors and every other invented one; the last so that a name of `odds.ALIKE` with the same day and a country in common is an
alert."""
UNSIGNED = frozenset({"birth_slip", "birth_close", "birth_other_year", "birth_other_day", "number_slip"})
"""Signals that may speak either way: a date or a number nearly the same."""

Row = tuple[NameEvidence | None, tuple[Evidence, ...]]
Names = Callable[[Sequence[tuple[Entity, Entity]]], list[NameEvidence | None]]


def features(row: Row) -> NDArray[np.float64]:
    """One pair as numbers: an intercept, the names, the amounts of signals as far as the names let them carry."""
    names, evidence = row
    told = name_features(names) if names else dict.fromkeys(NAMES, 0.0)
    best = names.best if names else None
    amounts = dict.fromkeys(SIGNALS, 0.0)
    for piece in evidence:
        amounts[piece.signal] += piece.amount * (share_of(piece.signal, best) if PRIORS[piece.signal] > 0 else 1.0)
    return np.array([1.0, *(told[name] for name in NAMES), *amounts.values()])


def fit(
    rows: NDArray[np.float64], same: NDArray[np.bool_], apart: NDArray[np.float64], countries: dict[str, float]
) -> Weights:
    """Fit all weights by maximum posterior likelihood.

    Args:
        rows: Judged pairs.
        same: Whether each is one.
        apart: Pairs that look alike and are two.
        countries: How telling each country is.
    """
    found = _likeliest(
        np.vstack([rows, apart]),
        np.concatenate([same, np.zeros(len(apart), np.bool_)]),
        np.concatenate([np.ones(len(rows)), np.full(len(apart), (~same).sum() / len(apart))]),
    )
    found[0] += _shift(rows @ found, same)
    found = found.round(3)
    return Weights(
        dict(zip(SIGNALS, found[1 + len(NAMES) :].tolist(), strict=True)),
        countries,
        {"intercept": float(found[0]), **dict(zip(NAMES, found[1 : 1 + len(NAMES)].tolist(), strict=True))},
        SEARCH,
    )


def _shift(odds: NDArray[np.float64], same: NDArray[np.bool_]) -> float:
    """What added to all log odds makes the labels likeliest."""
    sign = np.where(same, 1.0, -1.0)

    def loss(shift: float) -> float:
        return -float(np.log(DOUBTED + (1.0 - 2.0 * DOUBTED) * expit(sign * (odds + shift))).sum())

    return float(minimize_scalar(loss, bounds=(-5.0, 5.0), method="bounded").x)


def _likeliest(
    rows: NDArray[np.float64], same: NDArray[np.bool_], heaviness: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Intercept, weights of names and of signals that make the labels likeliest, each pair as heavy as told."""
    steps = _steps()
    prior = np.linalg.solve(steps, np.array([INTERCEPT, *NAME_PRIORS.values(), *PRIORS.values()]))
    spread = np.array([10.0, *[NAME_SPREAD] * len(NAMES), *[SIGNAL_SPREAD] * len(SIGNALS)])
    sign, rows = np.where(same, 1.0, -1.0), rows @ steps

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (rows @ weights)
        away = (weights - prior) / spread
        right = expit(margin)
        likely = DOUBTED + (1.0 - 2.0 * DOUBTED) * right
        value = 0.5 * (away**2).sum() - (heaviness * np.log(likely)).sum()
        pull = heaviness * sign * (1.0 - 2.0 * DOUBTED) * right * (1.0 - right) / likely
        return float(value), away / spread - rows.T @ pull

    bounds: list[tuple[float | None, float | None]] = [(None, None), *[(0.0, None)] * len(NAMES)]
    for signal, weight in PRIORS.items():
        bounds.append((None, None) if signal in UNSIGNED else (0.0, None) if weight > 0 else (None, 0.0))
    weights: NDArray[np.float64] = steps @ minimize(loss, prior, jac=True, bounds=bounds, method="L-BFGS-B").x
    return weights


def _steps() -> NDArray[np.float64]:
    """The matrix that adds up a ladder's weights: what the fit moves is how much each rung weighs more than the one below."""
    steps = np.eye(1 + len(NAMES) + len(SIGNALS))
    for ladder in LADDERS:
        rungs = [1 + len(NAMES) + SIGNALS.index(signal) for signal in ladder]
        for place, rung in enumerate(rungs):
            steps[rung, rungs[:place]] = 1.0
    return steps


def reweighed(row: Row, weights: Weights) -> Row:
    return row[0], tuple(p._replace(weight=weights.signals[p.signal] * p.amount) for p in row[1])


def rows_of(pairs: Sequence[tuple[Entity, Entity]], names: Names = names_compared) -> list[Row]:
    """What each pair tells."""
    evidence = (compare_records(analyse_record(left), analyse_record(right)) for left, right in pairs)
    return list(zip(names(pairs), evidence, strict=True))


def fitted_to(judged: Sequence[tuple[tuple[Entity, Entity], bool]], names: Names) -> Weights:
    """Fit to judged pairs; what the harness asks of an engine that it refits without a fold."""
    same = np.array([same for _, same in judged])
    return fit(
        matrix_of([pair for pair, _ in judged], names),
        same,
        matrix_of(neighbours(), names),
        dict(fitted_weights().countries),
    )


def matrix_of(pairs: Sequence[tuple[Entity, Entity]], names: Names = names_compared) -> NDArray[np.float64]:
    """The features of pairs, one row each."""
    return np.array([features(row) for row in rows_of(pairs, names)])


def held_out(
    rows: Sequence[Row], same: NDArray[np.bool_], apart: NDArray[np.float64], groups: NDArray[np.int64], seed: int = 7
) -> NDArray[np.float64]:
    """Probabilities of each fold by weights that have not seen it."""
    matrix, scores = np.array([features(row) for row in rows]), np.zeros(len(rows))
    for fit_on, judge in folds(groups, seed=seed):
        weights = fit(matrix[fit_on], same[fit_on], apart, {})
        scores[judge] = [probability(*reweighed(rows[i], weights), weights) for i in judge]
    return scores


def telling_countries() -> dict[str, float]:
    """How telling each country is: 1 where at most one listed party in two hundred has it, 0.25 where all do."""
    holders: Counter[str] = Counter()
    parties = 0
    for each in lists.listed():
        found = analyse_record({**each, "properties": {p: v for p, v in each["properties"].items() if p in _COUNTRIES}})
        parties += bool(found.countries)
        holders.update(found.countries)
    told = {code: math.log(parties / count) / math.log(200) for code, count in sorted(holders.items())}
    return {code: round(max(0.25, share), 2) for code, share in told.items() if share < 0.995}


_COUNTRIES = ("nationality", "citizenship", "country", "flag")


def main() -> None:
    """Judge by cross-validation, fit to all, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    judged = data.entity_pairs()
    pairs, same = [pair.entities for pair in judged], np.array([pair.same for pair in judged])
    rows, groups, apart = rows_of(pairs), entity_groups(pairs), matrix_of(neighbours())
    for seed in (7, 1, 2):
        scores = held_out(rows, same, apart, groups, seed)
        wide, (f1, auc) = (
            stats.reliability(scores, same)[0],
            (stats.judged(scores, same, 0.5)["f1"], stats.auc(scores, same)),
        )
        print(f"folds {seed}: F1 {f1:.4f}  AUC {auc:.4f}  ECE {wide:.4f} / {stats.equal_mass_error(scores, same):.4f}")
    weights = fit(np.array([features(row) for row in rows]), same, apart, telling_countries())
    if write:
        counts = f"{len(pairs)} judged pairs in {groups.max() + 1} groups, {int(same.sum())} of them one, and {len(apart)} alike"
        origin = f"bench/matching/fit_records.py on {counts}"
        PLACE.write_text(json.dumps({"origin": origin, **weights._asdict()}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
