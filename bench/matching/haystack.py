"""A list as large as one likes: real company names, invented people, and new names put together from parts of both.

The first n names are the same whatever the size asked for, so that growth compares like with like. Nobody in it is listed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count, islice

from bench.matching import data
from bench.matching.engine import Entity
from bench.matching.evasion import MAKERS

SEED = 31
RESERVED = 5_000
"""Companies and people kept out of every haystack, to ask for as strangers."""
_BENT = ("typo", "spacing", "doubled_letter", "name_order", "phonetic")


@lru_cache(maxsize=1)
def _real() -> tuple[list[str], list[str]]:
    """Companies and people, shuffled; the last `RESERVED` of each are strangers."""
    companies = list(data.companies())
    people = [row["full_name"] for file in ("negatives_global", "negatives_us") for row in data.people(file)]
    for names in (companies, people):
        random.Random(SEED).shuffle(names)
    return companies, people


def haystack(names: int) -> list[Entity]:
    """Entities that hold this many names in all: six in ten companies, one in five with a second, bent name."""
    found, held = [], 0
    for each in _entities():
        room = names - held
        if room <= 0:
            break
        told = each["properties"]["name"][:room]
        found.append({**each, "properties": {"name": told}})
        held += len(told)
    return found


def _entities() -> Iterator[Entity]:
    companies, people = _real()
    dice = random.Random(SEED)
    sources = {
        "Company": _names(companies[:-RESERVED], dice),
        "Person": _names(people[:-RESERVED], dice),
    }
    for number in count():
        schema = "Company" if number % 10 < 6 else "Person"
        told = [next(sources[schema])]
        each = data.entity(f"hay-{number}", schema, name=told)
        if number % 5 == 4 and (bent := _bent(each, dice)):
            told.append(bent)
        yield each


def _names(real: Sequence[str], dice: random.Random) -> Iterator[str]:
    """Two real names, then an invented one that has the first words of one and the last of another; invented alone at the end."""
    for number, name in enumerate(real):
        yield name
        if number % 2:
            yield _crossed(real, dice)
    while True:
        yield _crossed(real, dice)


def _crossed(real: Sequence[str], dice: random.Random) -> str:
    left, right = dice.choice(real).split(), dice.choice(real).split()
    return " ".join(left[: max(1, len(left) // 2)] + right[len(right) // 2 :])


def _bent(each: Entity, dice: random.Random) -> str | None:
    made = MAKERS[dice.choice(_BENT)](each["properties"]["name"][0], each, dice)
    return made if made and made.strip() else None


def questions(entities: Sequence[Entity], asked: int) -> list[tuple[Entity, str]]:
    """Queries in random order: half strangers (target ""), half listed names with one slip (target: the entity's id)."""
    dice = random.Random(SEED + 1)
    companies, people = _real()
    strangers = [("Company", name) for name in islice(companies[-RESERVED:], asked)]
    strangers += [("Person", name) for name in islice(people[-RESERVED:], asked)]
    made: list[tuple[str, str, str]] = [(*each, "") for each in dice.sample(strangers, asked // 2)]
    while len(made) < asked:
        each = dice.choice(entities)
        slip = MAKERS["typo"](each["properties"]["name"][0], each, dice)
        if slip:
            made.append((each["schema"], slip, str(each["id"])))
    dice.shuffle(made)
    return [(data.entity(f"ask-{n}", schema, name=name), target) for n, (schema, name, target) in enumerate(made)]
