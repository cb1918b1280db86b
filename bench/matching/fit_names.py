"""Fit the score of two names: `python -m bench.matching.fit_names` writes `src/shellgame/match/name_model.npz`.

What it learns from: the judged pairs of name_bench; names of invented people and of real companies bent by the evasion generator;
look-alikes of these; and strangers held against the screening list with everything it proposes for them. No listed party's name is
ever an answer, no alias and no original script of a list is used, and of the invented people only every second one, so that the
measures judge on what was not seen. name_bench itself is judged by refitting without the fold (`fitted`).
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from bench.matching import data, lists
from bench.matching.engine import Entity, NameTriple
from bench.matching.evasion import MAKERS
from numpy.typing import NDArray

from shellgame.kernels.alignment import COLUMN, FEATURES
from shellgame.kernels.forest import Forest
from shellgame.match import scoring
from shellgame.match.party_index import Party, PartyIndex, Query
from shellgame.match.scoring import features_of

SEED = 5
PLAIN = 0.25
ACROSS = 500
PLANTED = 5_000
STRANGERS = 30_000
OFFSETS = [1.5, -0.25]
WEIGHT_OF_JUDGED = 10.0
WEIGHT_OF_STRANGERS = 1.501
GROWING = (
    "least_covered", "most_covered", "met_bits", "worst_likeness", "mean_likeness", "leading_met", "trailing_met", "whole_likeness",
    "telling_bits", "letters_met",
)  # fmt: skip
FALLING = (
    "replaced_bits", "left_over_bits", "left_over_words", "replaced_words", "slips", "slips_in_short", "numbers", "forms", "order",
    "places", "initials_differ", "other_consonants", "edits", "edits_share",
)  # fmt: skip
SLOPES = {
    "least_covered": 0.3, "mean_likeness": 0.5, "met_bits": 0.004, "whole_likeness": 0.2, "slips": -0.05,
    "numbers": -1.2, "order": -0.7, "initials_differ": -1.0,
}  # fmt: skip
"""What every feature adds besides the trees, so that order means something where the trees no longer tell apart."""

Rows = tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float32]]
"""Features with `searching` in the last column, whether the names are one, and weights."""


def _plain_forest() -> Forest:
    """A rule of thumb, to propose candidates before anything is fitted."""
    slopes = np.zeros(len(FEATURES), np.float32)
    for name, slope in {
        "least_covered": 4,
        "most_covered": 4,
        "replaced_bits": -0.25,
        "mean_likeness": 2,
        "left_over_bits": -0.05,
    }.items():
        slopes[COLUMN[name]] = slope
    empty = np.empty(0, np.int32)
    return Forest(
        empty,
        np.empty(0, np.int16),
        np.empty(0, np.float32),
        empty,
        np.empty(0, np.float32),
        slopes,
        np.array([-7, -7], np.float32),
    )


def _invented() -> tuple[list[Entity], list[str]]:
    """Invented people and real companies to plant, and strangers; every second row of the files, longer names put together."""
    dice = random.Random(SEED)
    rows = [row["full_name"] for file in ("negatives_global", "negatives_us") for row in data.people(file)[::2]]
    dice.shuffle(rows)
    companies = data.companies()[::2]
    dice.shuffle(companies)
    planted = []
    for number in range(PLANTED):
        name = rows[number]
        if number % 3 == 0:
            name = " ".join(dict.fromkeys(name.split() + rows[-1 - number].split()[: dice.randint(1, 2)]))
        planted.append(data.entity(f"planted-{number}", "Person", name=name))
    planted += [
        data.entity(f"planted-c{number}", "Company", name=name) for number, name in enumerate(companies[: PLANTED // 3])
    ]
    return planted, rows[PLANTED : PLANTED + STRANGERS] + companies[PLANTED : PLANTED + STRANGERS // 4]


def _crossed(dice: random.Random, count: int) -> list[str]:
    """Names nobody has, put together from words of listed names, so that common words are as common in them."""
    people = [lists.names_of(each)[0].split() for each in lists.listed() if each["schema"] == "Person"]
    made = []
    for _ in range(count):
        one, other = dice.choice(people), dice.choice(people)
        middle = dice.choice(people) if dice.random() < 0.4 else []
        made.append(" ".join([*one[: max(1, len(one) // 2)], *middle[1:2], *other[len(other) // 2 :]]))
    return made


@lru_cache(maxsize=1)
def made_rows() -> Rows:
    """Rows of everything that is made, the same for every fit."""
    planted, strangers = _invented()
    index = PartyIndex.build(
        [
            *(Party(str(each["id"]), each["schema"], lists.names_of(each), {}) for each in lists.listed()),
            *(Party(str(each["id"]), each["schema"], each["properties"]["name"], {}) for each in planted),
            *(Party(f"across-{number}", "Person", [latin], {}) for number, (latin, _) in enumerate(_across())),
        ]
    )
    asked: list[tuple[Query, str, float]] = []
    for each in planted:
        name = each["properties"]["name"][0]
        for kind, maker in [
            *MAKERS.items(),
            ("two_slips", _two_slips),
            ("shortened", _few_of_many),
            ("apart", _written_apart),
        ]:
            dice = random.Random(f"{SEED}/{kind}/{each['id']}")
            if dice.random() < 0.45 and (text := maker(name, each, dice)) and text != name and len(text) > 3:
                asked.append((Query([text], each["schema"]), str(each["id"]), 1.0))
        asked.append((Query([name], each["schema"]), str(each["id"]), 0.5))
    asked += [(Query([text], "Person"), "", 1.0) for text in _lookalikes(planted)]
    asked += [(Query([text], "Company"), "", 0.25) for text in _renumbered(planted)]
    asked += [
        (Query([native], "Person"), identity, 0.3 if identity else 1.0) for identity, native in _native_of_planted()
    ]
    companies = set(data.companies())
    asked += [
        (Query([name], "Company" if name in companies else "Person"), "", WEIGHT_OF_STRANGERS) for name in strangers
    ]
    return _searched(index, asked)


def _renumbered(planted: Sequence[Entity]) -> list[str]:
    """Names of companies with another number in them, or one more: sister companies."""
    dice = random.Random(SEED)
    made = []
    for each in planted:
        name = each["properties"]["name"][0]
        if each["schema"] == "Company":
            number = str(dice.randint(1, 30))
            other = re.sub(r"\d+", number, name)
            made.append(
                other
                if other != name
                else f"{name} {number}"
                if dice.random() < 0.5
                else name.replace(" ", f" {number} ", 1)
            )
    return [name for name in made if name not in {each["properties"]["name"][0] for each in planted}]


def _two_slips(name: str, each: Entity, dice: random.Random) -> str | None:
    once = MAKERS["typo"](name, each, dice)
    return MAKERS[dice.choice(["typo", "phonetic", "spacing", "name_order"])](once, each, dice) if once else None


def _few_of_many(name: str, each: Entity, dice: random.Random) -> str | None:
    words = name.split()
    if len(words) < 4:
        return None
    return " ".join(words[place] for place in sorted(dice.sample(range(len(words)), dice.randint(2, len(words) - 1))))


def _written_apart(name: str, each: Entity, dice: random.Random) -> str | None:
    for _ in range(2):
        place = dice.randint(2, max(2, len(name) - 2))
        name = name[:place] + " " + name[place:] if name[place - 1 : place + 1].isalpha() else name
    return name


def _shifted(name: str, each: Entity, dice: random.Random) -> str | None:
    """A blank one letter too early or too late, or two letters of a word turned round."""
    places = [place for place, sign in enumerate(name) if sign in " -" and 1 < place < len(name) - 2]
    if places and dice.random() < 0.6:
        place = dice.choice(places)
        return name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :]
    place = dice.randrange(max(1, len(name) - 1))
    return (
        name[:place] + name[place : place + 2][::-1] + name[place + 2 :] if name[place : place + 2].isalpha() else None
    )


@lru_cache(maxsize=1)
def _across() -> list[tuple[str, str]]:
    """Invented people with names of two words in Latin and in their own script: words of the four fifths to learn from."""
    dice = random.Random(SEED)
    made = []
    for language in ("russian", "arabic", "chinese"):
        text = (data.DATA / f"names/transliteration/wd_{language}_80.tsv").read_text(encoding="utf-8")
        rows = [line.split("\t") for line in text.splitlines() if line]
        usual = [(latin, native.replace(" ", "")) for latin, native, count in rows if int(count) > 1 and len(latin) > 3]
        for _ in range(ACROSS):
            one, other = dice.sample(usual, 2)
            joint = "·" if language == "chinese" else " "
            made.append((f"{one[0]} {other[0]}", f"{one[1]}{joint}{other[1]}"))
    return made


def _native_of_planted() -> list[tuple[str, str]]:
    """The native names with the ids of the planted ones, and as many of nobody."""
    dice = random.Random(SEED)
    known = [(f"across-{number}", native) for number, (_, native) in enumerate(_across())]
    natives = [native for _, native in _across()]
    strangers = []
    for native in natives:
        joint = "·" if "·" in native else " "
        other = dice.choice([each for each in dice.sample(natives, 20) if joint in each] or [native])
        strangers.append(("", f"{native.split(joint)[0]}{joint}{other.split(joint)[1]}"))
    return known + [each for each in strangers if each[1] not in natives]


def _lookalikes(planted: Sequence[Entity]) -> list[str]:
    from bench.matching.lookalikes import Listed, lookalikes

    people = [each for each in planted if each["schema"] == "Person" and len(each["properties"]["name"][0].split()) > 1]
    return [each.text for each in lookalikes(people, Listed([*lists.listed(), *planted]), SEED)]


def _searched(index: PartyIndex, asked: Sequence[tuple[Query, str, float]]) -> Rows:
    """Everything that the index proposes for queries, and the right name, as rows; once as searched and once as mere pairs."""
    queries, matches, same, weights, pairs = [], [], [], [], []
    found = index.search([query for query, _, _ in asked], limit=3, threshold=0.0, forest=_plain_forest())
    for (query, target, weight), hits in zip(asked, found, strict=True):
        for match in hits:
            right = index.id_of(match.party) == target
            queries.append(query)
            matches.append(match)
            same.append(right)
            weights.append(weight)
            pairs.append((query.names[0], index.name_of(match.name), index.schema_of(match.party)))
    searching = index.features_of(queries, matches)
    some = np.array([random.Random(f"{SEED}/{number}").random() < PLAIN for number in range(len(pairs))])
    plain = features_of([pair for pair, taken in zip(pairs, some, strict=True) if taken])
    right, weight = np.array(same), np.array(weights, np.float32)
    return (
        np.vstack(
            [np.column_stack([searching, np.ones(len(searching))]), np.column_stack([plain, np.zeros(len(plain))])]
        ).astype(np.float32),
        np.concatenate([right, right[some]]),
        np.concatenate([weight, weight[some]]),
    )


def judged_rows(pairs: Sequence[tuple[NameTriple, bool]]) -> Rows:
    """Rows of judged pairs."""
    rows = features_of([names for names, _ in pairs])
    searching = np.zeros((len(rows), 1), np.float32)
    return (
        np.hstack([rows, searching]),
        np.array([same for _, same in pairs]),
        np.full(len(rows), WEIGHT_OF_JUDGED, np.float32),
    )


def fit(judged: Sequence[tuple[NameTriple, bool]], **options: Any) -> Forest:
    """Fit a forest to judged pairs and to everything made."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    parts = [made_rows()] + ([judged_rows(judged)] if judged else [])
    rows, same, weights = (np.concatenate([part[place] for part in parts]) for place in range(3))
    direction = [1 if name in GROWING else -1 if name in FALLING else 0 for name in FEATURES] + [-1]
    settings = {
        "max_iter": 250, "learning_rate": 0.08, "max_leaf_nodes": 7, "min_samples_leaf": 12, "l2_regularization": 3.0,
        "max_features": 0.5,
    } | options  # fmt: skip
    booster = HistGradientBoostingClassifier(
        monotonic_cst=direction, random_state=SEED, early_stopping=False, **settings
    )
    return forest_of(booster.fit(rows, same, sample_weight=weights))


def forest_of(booster: Any) -> Forest:
    """Lay a fitted booster out as arrays."""
    roots, column, threshold, left, value = [], [], [], [], []
    for (tree,) in booster._predictors:
        nodes = tree.nodes
        place = {0: len(column)}
        roots.append(len(column))
        column.append(0), threshold.append(0.0), left.append(0), value.append(0.0)
        waiting = [0]
        while waiting:
            number = waiting.pop()
            node, at = nodes[number], place[number]
            if node["is_leaf"]:
                column[at], value[at] = -1, float(node["value"])
                continue
            column[at], threshold[at], left[at] = int(node["feature_idx"]), float(node["num_threshold"]), len(column)
            for child in (int(node["left"]), int(node["right"])):
                place[child] = len(column)
                column.append(0), threshold.append(0.0), left.append(0), value.append(0.0)
                waiting.append(child)
    slopes = np.zeros(len(FEATURES), np.float32)
    for name, slope in SLOPES.items():
        slopes[COLUMN[name]] = slope
    start = float(np.ravel(booster._baseline_prediction)[0])
    return Forest(
        np.array(roots, np.int32),
        np.array(column, np.int16),
        np.array(threshold, np.float32),
        np.array(left, np.int32),
        np.array(value, np.float32),
        slopes,
        np.array([start + OFFSETS[0], start + OFFSETS[1]], np.float32),
    )


def main() -> None:
    """Fit to everything and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=Path(scoring.__file__).with_name("name_model.npz"))
    output = parser.parse_args().output
    forest = fit([(pair.names, pair.same) for pair in data.name_bench()])
    np.savez_compressed(output, **forest._asdict())
    print(
        f"{len(forest.roots)} trees, {len(forest.column)} nodes, {output.stat().st_size / 1024:.0f} KiB in {output.name}"
    )


if __name__ == "__main__":
    main()
