"""The forest of the search.

It learns from names of invented people and of real companies bent by the evasion generator, from look-alikes of these, and from
strangers held against the screening list, with everything that the index proposes for them. Its score is placed so that `ALARMED`
of the strangers that it did not learn from reach `ALERT`, those whose names are in another script apart from the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from bench.matching import lists
from bench.matching.fitting.names import SEED
from bench.matching.fitting.questions import PARTS, listed, strangers
from bench.matching.fitting.rows import made_rows
from bench.matching.fitting.trees import Rows, booster, forest_of, logit, with_parts

from shellgame.kernels.features import COLUMN
from shellgame.kernels.forest import LEVELS, PLACES, Forest
from shellgame.match.party_index import PartyIndex

ALERT = 0.70
ALARMED = 0.0012
"""Share of strangers that reach `ALERT` against the screening list, each judged by a forest that did not learn from them.

The forest that learned from all of them lets a third fewer pass, as far as 50,000 others tell.
"""
OFTEN = 0.01
"""Share of strangers at which the score is the same too, whatever script they ask in."""
EASED = 0.27
"""So much lower, in log odds of the trees, lies `ALERT` in the end: two very common words that are a listed name letter by letter
must alert, and would not for one stranger in a thousand."""
STEEP = 1.5
"""How much faster than the log odds of the trees the score of a search rises: a name of two words that is found letter by letter
has 0.95."""
SLOPES = {
    "least_covered": 0.1, "mean_likeness": 0.15, "met_bits": 0.001, "whole_likeness": 0.06, "slips": -0.015, "numbers": -0.4,
    "initials_differ": -0.3,
}  # fmt: skip
SETTINGS = {
    "max_iter": 250,
    "learning_rate": 0.1,
    "l2_regularization": 30.0,
    "max_depth": LEVELS,
    "max_leaf_nodes": PLACES,
}


@lru_cache(maxsize=1)
def fit_search() -> Forest:
    """The forest of the search, its score placed on strangers, each part judged by a forest that learned from the others."""
    rows, _ = made_rows()
    index = PartyIndex.build(listed())
    told, latin = [], []
    for part in range(PARTS):
        forest, asked = _forest(rows.only(rows.part != part)), strangers(part)
        found = index.search(asked, limit=1, threshold=0.0, forest=forest, by_letters=False)
        told += [logit(min(hits[0].score, 1 - 1e-6)) if hits else -np.inf for hits in found]
        latin += [lists.scripts_of(query.names[0]) == ("LATIN",) for query in asked]
    cuts = np.array([_cuts([each for each, of in zip(told, latin, strict=True) if of == one]) for one in (True, False)])
    often = logit(ALERT) - STEEP * (cuts[0, 1] - cuts[0, 0])
    return _forest(rows)._replace(
        told=np.hstack([cuts, cuts[:, 1:] + 1]).astype(np.float32),
        meant=np.array([[often, logit(ALERT), logit(ALERT) + STEEP]] * len(cuts), np.float32),
    )


def _forest(rows: Rows) -> Forest:
    """One part for names in one script, where a slip of the pen is asked for, and one for those across scripts."""
    across = rows.features[:, COLUMN["across_scripts"]] > 0
    straight = [(0.0, 0.0), (1.0, 1.0)]
    parts = [forest_of([booster(rows.only(part), SEED, SETTINGS)], SLOPES, straight) for part in (~across, across)]
    return with_parts(parts, "across_scripts")


def _cuts(told: Sequence[float]) -> tuple[float, float]:
    """Log odds of the trees that `OFTEN` and `ALARMED` of some strangers reach, the latter eased."""
    ranked = sorted(told)
    return ranked[-int(OFTEN * len(ranked))], ranked[-int(ALARMED * len(ranked))] - EASED
