"""The score of two names: what met, what was replaced and what is missing, weighed by a model that was fitted once.

How it was fitted and judged stands in `bench/matching/fit_names.py`; the numbers lie in `name_model.npz`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.features import (
    FEATURES,
    INITIALS_DIFFER,
    MOST_COVERED,
    ORGANIZATION,
    PLACES,
    SHORTENED,
    WORDS_MORE,
)
from shellgame.kernels.forest import Forest
from shellgame.kernels.pairs import pair_features, probabilities
from shellgame.match.lexicon import Words, arrays_of, bearing_of, same_words
from shellgame.match.records import is_absent
from shellgame.model.schema import is_a
from shellgame.names.analysis import analyse
from shellgame.names.costs import tables
from shellgame.names.generations import are_two, generation

NOTHING_TOLD = 0.5
"""The most that a name can reach that tells too little for others to be found by, unless the other one has the same words."""
HARDLY_TOLD = 0.3
"""The most that a name of nothing but legal forms and the like can reach as a pair: `CORP` is nobody's name."""
SPELT_ALIKE = 0.75
"""The least that names of the very letters reach, wherever their blanks are; in a search some also if two neighbours are exchanged,
see `match.letters`."""
CONTRADICTED = 0.5
"""The most that two names reach where an initial begins no word of the other name, their places or generations are two, or words
are no more than the beginning of others: a company's only one (Halvren, Halvrenbank), or two (Orsin Talvekov, Talvek Orsinov)."""
_TWO_PLACES = 5.5
"""What `places` comes to where either name has a place that the other lacks: the bits of one, `lexicon.believed_bits`."""
IDENTICAL = 0.99
"""The least that two names of the same words in the same order reach as a pair, unless half of all companies bear these.

Of judged pairs of names 47 of 47 such were one; of records that share such a name 801 of 825, beside seven whose label is doubted.
"""
_MODEL = Path(__file__).with_name("name_model.npz")


class Models(NamedTuple):
    """The two scores: the same features mean something else where a list was searched.

    Attributes:
        pairs: For two names that somebody put together; about a probability.
        search: For what a search among many found; few of a thousand strangers reach the threshold of an alert.
    """

    pairs: Forest
    search: Forest


@lru_cache(maxsize=1)
def model() -> Models:
    """The fitted model."""
    with np.load(_MODEL) as kept:
        forests = {part: Forest(*(kept[f"{part}_{field}"] for field in Forest._fields)) for part in Models._fields}
    if any(len(forest.slopes) != len(FEATURES) for forest in forests.values()):
        raise RuntimeError(f"{_MODEL.name} is of other features than the kernels; run bench/matching/fit_names.py")
    return Models(**forests)


def save(models: Models, path: Path) -> None:
    """Write a model as `model` reads it."""
    fields = {
        f"{part}_{field}": array
        for part, forest in models._asdict().items()
        for field, array in forest._asdict().items()
    }
    np.savez_compressed(path, **fields)


def is_person(schema: str | None) -> bool:
    """Whether names of a schema are read as names of persons."""
    return bool(schema) and is_a(str(schema), "Person")


def features_of(pairs: Sequence[tuple[str, str, str]]) -> NDArray[np.float32]:
    """Features of name pairs (name, name, schema), one row a pair; see `kernels.features.FEATURES`."""
    words = Words()
    rows: list[int] = []
    starts = [0]
    organization = []
    for left, right, schema in pairs:
        person = is_person(schema)
        organization.append(not person)
        for tokens_of_name in sorted((analyse(left, person=person), analyse(right, person=person))):
            rows += [words.number_of(token) for token in tokens_of_name]
            starts.append(len(rows))
    tokens = arrays_of(words.tokens)
    numbers = np.arange(len(pairs), dtype=np.int32) * 2
    return pair_features(
        np.array(starts, np.int64),
        np.array(rows, np.int32),
        numbers,
        numbers + 1,
        np.array(organization, np.bool_),
        tokens,
        tables(),
    )


def capped(scores: NDArray[np.float32], counts: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Scores with those of names that tell nothing brought down to `NOTHING_TOLD`.

    Args:
        scores: Of two names each.
        counts: Whether likeness counts, see `likeness_counts`.
    """
    return np.where(counts, scores, np.minimum(scores, np.float32(NOTHING_TOLD)))


def settled(
    features: NDArray[np.float32],
    scores: NDArray[np.float32],
    tell: NDArray[np.bool_],
    same_words: NDArray[np.bool_],
    same_letters: NDArray[np.bool_],
    identical: NDArray[np.bool_],
    empty: NDArray[np.bool_],
    generations: NDArray[np.bool_],
) -> NDArray[np.float32]:
    """Scores of pairs with what needs no model: names that tell nothing or contradict are capped, identical ones are sure.

    Args:
        features: Of the pairs.
        scores: By the model of pairs.
        tell: Whether both names of a pair tell enough, `Bearing.tells`.
        same_words: Whether they tell the same words.
        same_letters: Whether they are the same letters, wherever their blanks are.
        identical: Whether they are the same.
        empty: Whether one of them is of nothing but legal forms and the like, `Bearing.empty`.
        generations: Whether they are of two people of one name, `names.generations.are_two`.
    """
    only_word = (features[:, ORGANIZATION] > 0.0) & (features[:, WORDS_MORE] == 1.0)
    begun = features[:, SHORTENED] > np.where(only_word, 0.0, 1.0)  # a name is cut off at one place
    likely = np.where(begun, np.minimum(scores, np.float32(CONTRADICTED)), scores)
    likely = np.where(same_letters, np.maximum(likely, np.float32(SPELT_ALIKE)), likely)
    likely = capped(likely, tell | same_words)
    likely = np.where(identical, np.maximum(likely, np.float32(IDENTICAL)), likely)
    contradict = (features[:, INITIALS_DIFFER] > 0.0) | (features[:, PLACES] >= _TWO_PLACES) | generations
    likely = np.where(contradict, np.minimum(likely, np.float32(CONTRADICTED)), likely)
    return np.where(empty, np.minimum(likely, np.float32(HARDLY_TOLD)), likely)


def name_scores(pairs: Sequence[tuple[str, str, str]], forest: Forest | None = None) -> NDArray[np.float32]:
    """How likely two names are one, 0 to 1, for each pair (name, name, schema); names of which nothing met are not."""
    rows = features_of(pairs)
    scores = probabilities(forest or model().pairs, rows)
    scores[rows[:, MOST_COVERED] == 0.0] = 0.0  # nothing met
    told = np.array([_told(*pair) for pair in pairs], np.bool_).reshape(-1, 6)
    absent = np.array([is_absent(left) or is_absent(right) for left, right, _ in pairs], np.bool_)
    return np.where(absent, np.float32(0.0), settled(rows, scores, *told.T))


def likeness_counts(left: str, right: str, schema: str) -> bool:
    """Whether two names of a search tell enough to be found by what is like them, or have the same words."""
    person = is_person(schema)
    both = (bearing_of(analyse(name, person=person), person=person) for name in (left, right))
    return all(each.tells for each in both) or same_words(left, right, person=person)


def _told(left: str, right: str, schema: str) -> tuple[bool, bool, bool, bool, bool, bool]:
    """What `settled` wants to know of two names."""
    person = is_person(schema)
    names = analyse(left, person=person), analyse(right, person=person)
    one, other = (bearing_of(name, person=person) for name in names)
    two = person and are_two(generation(left), generation(right))
    return (
        one.tells and other.tells,
        one.words == other.words,
        one.letters == other.letters,
        names[0] == names[1],
        one.empty or other.empty,
        two,
    )
