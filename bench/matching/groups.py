"""Connected groups of names, so that nothing fitted is judged on a name that it has seen.

Two pairs belong to one group when they share a name, directly or over other pairs; a group goes into one fold as a whole.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from bench.matching.engine import Engine, Entity, Fits, NameTriple, Scores
from normality import ascii_text
from numpy.typing import NDArray

NAMES = ("name", "alias", "previousName", "abbreviation", "weakAlias")


def name_key(name: str) -> str:
    """What makes two printed names the same name for leakage: Latin letters and digits, case and order of words aside."""
    latin = (ascii_text(name.casefold()) or name).casefold()
    return " ".join(sorted("".join(c if c.isalnum() else " " for c in latin).split()))


def entity_keys(entity: Entity) -> set[str]:
    """Id and multi-word names of an entity; a lone word ties nobody to anybody."""
    keys = {name_key(name) for prop in NAMES for name in entity["properties"].get(prop, [])}
    return {f"id:{entity['id']}"} | {key for key in keys if " " in key}


def groups_by_shared_names(pairs: Iterable[Iterable[str]]) -> NDArray[np.int64]:
    """Number the connected groups.

    Args:
        pairs: For each pair all its keys: two names through `name_key`, or both entities' `entity_keys`.

    Returns:
        One group number a pair, in order of first appearance.
    """
    parent: list[int] = []
    holder: dict[str, int] = {}

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for position, keys in enumerate(pairs):
        parent.append(position)
        for key in sorted(set(keys)):
            other = root(holder.setdefault(key, position))
            parent[root(position)] = other
    numbers: dict[int, int] = {}
    return np.array([numbers.setdefault(root(item), len(numbers)) for item in range(len(parent))], dtype=np.int64)


def name_groups(pairs: Sequence[NameTriple]) -> NDArray[np.int64]:
    """Groups of name pairs."""
    return groups_by_shared_names((name_key(left), name_key(right)) for left, right, _ in pairs)


def entity_groups(pairs: Sequence[tuple[Entity, Entity]]) -> NDArray[np.int64]:
    """Groups of entity pairs, by shared id or shared whole name."""
    return groups_by_shared_names(entity_keys(left) | entity_keys(right) for left, right in pairs)


def folds(
    groups: NDArray[np.int64], count: int = 5, seed: int = 7
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Deal groups into folds of about equal size; yields positions to fit on and positions held out."""
    sizes = np.bincount(groups)
    order = list(range(len(sizes)))
    random.Random(seed).shuffle(order)
    order.sort(key=lambda group: -sizes[group])
    load, fold_of = [0] * count, np.zeros(len(sizes), np.int64)
    for group in order:
        fold = load.index(min(load))
        fold_of[group] = fold
        load[fold] += int(sizes[group])
    fold = fold_of[groups]
    for number in range(count):
        yield np.flatnonzero(fold != number), np.flatnonzero(fold == number)


def held_out_names(engine: Engine, pairs: Sequence[NameTriple], same: Sequence[bool]) -> Scores:
    """Score name pairs; an engine that was fitted is refitted for each fold without it."""
    if not isinstance(engine, Fits):
        return engine.compare_names(pairs)
    scores = np.zeros(len(pairs))
    for fit_on, judge in folds(name_groups(pairs)):
        refitted = engine.fitted([(pairs[i], same[i]) for i in fit_on], [])
        scores[judge] = refitted.compare_names([pairs[i] for i in judge])
    return scores


def held_out_entities(engine: Engine, pairs: Sequence[tuple[Entity, Entity]], same: Sequence[bool]) -> Scores:
    """Score entity pairs; an engine that was fitted is refitted for each fold without it."""
    if not isinstance(engine, Fits):
        return engine.compare(pairs)
    scores = np.zeros(len(pairs))
    for fit_on, judge in folds(entity_groups(pairs)):
        refitted = engine.fitted([], [(pairs[i], same[i]) for i in fit_on])
        scores[judge] = refitted.compare([pairs[i] for i in judge])
    return scores


def held_out_from(
    engine: Engine,
    pairs: Sequence[tuple[Entity, Entity]],
    learned: Sequence[tuple[Entity, Entity]],
    same: Sequence[bool],
) -> Scores:
    """Score other entity pairs than an engine learns from.

    One that was fitted is refitted for each fold without those of `learned` that share an id or a whole name with it, directly or
    over others.
    """
    if not isinstance(engine, Fits):
        return engine.compare(pairs)
    scores = np.zeros(len(pairs))
    for fit_on, judge in folds(entity_groups([*learned, *pairs])):
        judged = judge[judge >= len(learned)] - len(learned)
        refitted = engine.fitted([], [(learned[i], same[i]) for i in fit_on[fit_on < len(learned)]])
        scores[judged] = refitted.compare([pairs[i] for i in judged])
    return scores
