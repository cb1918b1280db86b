"""Names bent: those of planted parties as somebody else would write them, and others that come close but are nobody's."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bench.matching import data, lists
from bench.matching.engine import Entity, NameTriple
from bench.matching.evasion import MAKERS, Maker
from bench.matching.fitting.names import SEED, people
from bench.matching.lookalikes import Listed, lookalikes

COMMON_WORDS = 60
BENT = 0.45
"""Share of all ways in which a name is bent."""
TURNED = 0.15
"""Share of bent names of people whose last word is put first: registers of half the world print the family name there."""


def bent(planted: Entity) -> Iterator[tuple[str, str]]:
    """The name of a planted party, bent in about half of the ways there are: the way and the name."""
    name, schema, identity = planted["properties"]["name"][0], planted["schema"], planted["id"]
    for way, maker in _WAYS.items():
        dice = random.Random(f"{SEED}/{way}/{identity}")
        if dice.random() < BENT and (text := maker(name, planted, dice)) and text != name and len(text) > 3:
            if schema == "Person" and dice.random() < TURNED:
                text = " ".join([*text.split()[-1:], *text.split()[:-1]])
            yield way, text


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


def _reversed(name: str, each: Entity, dice: random.Random) -> str | None:
    """All words of a person's name the other way round; of two words that is just another order."""
    words = name.split()
    return " ".join(words[::-1]) if each["schema"] == "Person" and len(words) > 2 else None


_WAYS: dict[str, Maker] = MAKERS | {
    "two_slips": _two_slips,
    "shortened": _few_of_many,
    "apart": _written_apart,
    "reversed": _reversed,
}


def with_initials(names: Sequence[str]) -> list[str]:
    """Names of people of which one is an initial: somebody of them is like anybody with the other name."""
    dice, made = random.Random(SEED), []
    for name in names:
        words = name.split()
        place = dice.randrange(len(words))
        if len(words) > 1 and words[place].isascii():
            made.append(" ".join([*words[:place], words[place][0], *words[place + 1 :]]))
    return made


def renumbered(planted: Sequence[Entity]) -> list[str]:
    """Names of companies with another number in them, or one more: sister companies."""
    dice, made = random.Random(SEED), []
    names = [each["properties"]["name"][0] for each in planted if each["schema"] == "Company"]
    for name in names:
        number = str(dice.randint(1, 30))
        other = re.sub(r"\d+", number, name)
        if other == name:
            other = f"{name} {number}" if dice.random() < 0.5 else name.replace(" ", f" {number} ", 1)
        made.append(other)
    taken = {each["properties"]["name"][0] for each in planted}
    return [name for name in made if name not in taken]


def lookalikes_of(planted: Sequence[Entity]) -> list[str]:
    """Names like those of planted people that are not theirs."""
    several = [
        each for each in planted if each["schema"] == "Person" and len(each["properties"]["name"][0].split()) > 1
    ]
    return [each.text for each in lookalikes(several, Listed([*lists.listed(), *planted]), SEED)]


def bare_words(planted: Sequence[Entity]) -> list[NameTriple]:
    """A name with a word of it that many others have alone, such as a legal form or a common given name: it names nobody."""
    names = {
        "Company": [name.split() for name in data.companies()[::2]],
        "Person": [row["full_name"].split() for row in people()],
    }
    common = {schema: _common_words(words) for schema, words in names.items()}
    pairs = []
    for each in planted:
        name, schema = each["properties"]["name"][0], each["schema"]
        words = [word for word in name.split() if word.casefold() in common[schema]]
        pairs += [(word, name, schema) for word in words[-1:] if word != name]
    return pairs


def _common_words(names: Sequence[Sequence[str]]) -> set[str]:
    holders = Counter(word for words in names for word in {word.casefold() for word in words})
    return {word for word, _ in holders.most_common(COMMON_WORDS)}
