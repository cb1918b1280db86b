"""Rows of all that is made: what the index proposes for queries whose answer is known."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from bench.matching.fitting.bending import bare_words
from bench.matching.fitting.names import SEED, planted
from bench.matching.fitting.questions import Asked, asked_of, planted_among_listed
from bench.matching.fitting.trees import Rows, forest_of, rows_of

from shellgame.kernels.forest import Forest
from shellgame.match.party_index import Match, PartyIndex
from shellgame.match.scoring import features_of

SAMPLED = 0.06
"""Share of the made rows that pairs learn from too."""
EASY, EASY_KEPT = 0.27, 0.05
"""Of what the rule of thumb scores below this, one row in twenty is kept and weighs as much as twenty: it teaches little."""
WEIGHT_OF_BARE_WORDS = 2.0


@lru_cache(maxsize=1)
def made_rows() -> tuple[Rows, Rows]:
    """Rows of everything that is made, the same for every fit: as a search has them, and some as mere pairs."""
    parties = planted()
    search, pairs = _searched(planted_among_listed(parties), asked_of(parties))
    bare = features_of(bare_words(parties))
    many = len(bare)
    return search, pairs.and_then(rows_of(bare, np.zeros(many, np.bool_), np.full(many, WEIGHT_OF_BARE_WORDS)))


def _searched(index: PartyIndex, asked: Sequence[Asked]) -> tuple[Rows, Rows]:
    """Everything that the index proposes for queries, and the right name, as rows; some of it as mere pairs too."""
    dice = random.Random(SEED)
    questions: list[Asked] = []
    matches: list[Match] = []
    weights = []
    queries = [each.query for each in asked]
    found = index.search(queries, limit=3, threshold=0.0, forest=_rule_of_thumb(), by_letters=False)
    for question, hits in zip(asked, found, strict=True):
        for match in hits:
            telling = bool(question.target) or match.score >= EASY
            if telling or dice.random() < EASY_KEPT:
                questions.append(question)
                matches.append(match)
                weights.append(question.weight / (1.0 if telling else EASY_KEPT))
    rows = Rows(
        index.features_of([question.query for question in questions], matches),
        np.array([index.id_of(m.party) == q.target for q, m in zip(questions, matches, strict=True)]),
        np.array(weights),
        np.array([question.part for question in questions], np.int8),
    )
    taken = [number for number, each in enumerate(questions) if dice.random() < SAMPLED and each.paired]
    pairs = [
        (questions[n].query.names[0], index.name_of(matches[n].name), index.schema_of(matches[n].party)) for n in taken
    ]
    return rows, rows.only(taken)._replace(features=features_of(pairs))


def _rule_of_thumb() -> Forest:
    """A forest without trees, to propose candidates before anything is fitted."""
    slopes = {
        "least_covered": 4,
        "most_covered": 4,
        "replaced_bits": -0.25,
        "mean_likeness": 2,
        "left_over_bits": -0.05,
    }
    return forest_of([], slopes, [(0.0, -7.0), (1.0, -6.0)])
