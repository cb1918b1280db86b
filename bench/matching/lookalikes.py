"""Names like a listed one that are *not* that person: what an engine pays for being generous.

They are made from listed names, so they are far harder than people off the street. A made name whose words all stand in one listed
name is dropped, for it could be that person.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from bench.matching.engine import Entity
from bench.matching.evasion import Variant
from bench.matching.groups import name_key
from bench.matching.lists import names_of
from rapidfuzz.distance import OSA

KINDS = ("swapped_token", "crossed_names", "too_many_edits")
_OTHER = 0.5
"""Two words less alike than this are another word, whatever the transliteration."""


class Listed:
    """Which words stand together in a listed name."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._names: list[set[str]] = []
        self._holding: dict[str, set[int]] = defaultdict(set)
        for name in (name for each in entities for name in names_of(each)):
            words = set(name_key(name).split())
            for word in words:
                self._holding[word].add(len(self._names))
            self._names.append(words)

    def holds(self, name: str) -> bool:
        """Whether one listed name has every word of this one."""
        held = [self._holding.get(word, set()) for word in name_key(name).split()]
        return bool(set.intersection(*held)) if held else True


def lookalikes(people: Sequence[Entity], listed: Listed, seed: int = 11) -> list[Variant]:
    """Make one look-alike of each kind from each person with a name of two words or more."""
    made = []
    for person in people:
        words = person["properties"]["name"][0].split()
        for kind in KINDS:
            dice = random.Random(f"{seed}/{kind}/{person['id']}")
            text = _made(kind, words, people, dice) if len(words) > 1 else None
            if text and not listed.holds(text):
                made.append(Variant(kind, text, str(person["id"]), same=False))
    return made


def _made(kind: str, words: list[str], people: Sequence[Entity], dice: random.Random) -> str | None:
    if kind == "too_many_edits":
        return _edited(words, dice)
    for _ in range(20):
        others = dice.choice(people)["properties"]["name"][0].split()
        if kind == "swapped_token":
            place, other = dice.randrange(len(words)), dice.choice(others)
            if len(other) > 3 and len(words[place]) > 3 and _different(words[place], other):
                return " ".join([*words[:place], other, *words[place + 1 :]])
        elif len(others[-1]) > 2 and _different(words[-1], others[-1]) and _different(words[0], others[-1]):
            return f"{words[0]} {others[-1]}"
    return None


def _edited(words: list[str], dice: random.Random) -> str | None:
    """Another inside in the longest word: first and last letter stay, half of the letters or more are others."""
    longest = max(range(len(words)), key=lambda place: len(words[place]))
    word = words[longest].lower()
    if len(word) < 5:
        return None
    inside = "".join(dice.choice("aeiou" if place % 2 else "rlnstmkbd") for place in range(len(word) - 2))
    other = word[0] + inside[: dice.randint(2, len(inside))] + word[-1]
    return " ".join([*words[:longest], other, *words[longest + 1 :]]) if _different(word, other) else None


def _different(left: str, right: str) -> bool:
    return OSA.normalized_similarity(name_key(left), name_key(right)) < _OTHER
