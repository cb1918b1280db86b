"""Names to learn from: invented people and real companies, in Latin letters and in their own script, and names put together anew.

Of the invented people and of the companies only every second one is here, since the measures judge on the others.
"""

from __future__ import annotations

import random
from collections import defaultdict
from functools import lru_cache

from bench.matching import data
from bench.matching.engine import Entity
from bench.matching.korean import korean_people

SEED = 5
PLANTED = 5_000
"""People that are planted among the listed parties; a third as many companies are too. All other people are strangers."""
ACROSS = 1_000
"""People of each language that are planted in Latin letters and asked for in their own script."""
FIRMS = 1_000
"""Companies of each language; every second one is planted."""
KOREANS = 600
"""Koreans who are planted in each of two scripts, and as many strangers."""
SHIPS = 500
_FORMS = {
    "russian": (("{} LLC", "ООО {}"), ("{}", "{}"), ("JSC {}", "АО «{}»"), ("{} Bank", "Банк {}"), ("{}", "ПАО {}")),
    "arabic": (("{} Company", "شركة {}"), ("{}", "{}"), ("{} Bank", "بنك {}"), ("{} Trading", "{}")),
    "chinese": (("{} Co., Ltd.", "{}有限公司"), ("{}", "{}"), ("{} Group", "{}集团"), ("{} Trading", "{}公司")),
}
"""How companies are named in Latin letters and in each language."""

InTwoScripts = tuple[str, str]
"""A name in Latin letters, and in its own script."""


def people() -> list[dict[str, str]]:
    """Every second row of the files of invented people, in a random order."""
    rows = [row for file in ("negatives_global", "negatives_us") for row in data.people(file)[::2]]
    random.Random(SEED).shuffle(rows)
    return rows


def companies() -> list[str]:
    """Every second real company, in a random order."""
    names = data.companies()[::2]
    random.Random(SEED).shuffle(names)
    return names


def planted() -> list[Entity]:
    """Invented people, some with longer names put together, and real companies."""
    dice = random.Random(SEED)
    rows = [row["full_name"] for row in people()]
    made = []
    for number in range(PLANTED):
        name = rows[number]
        if number % 3 == 0:
            name = " ".join(dict.fromkeys(name.split() + rows[-1 - number].split()[: dice.randint(1, 2)]))
        made.append(data.entity(f"planted-{number}", "Person", name=name))
    firms = companies()[: PLANTED // 3]
    return made + [data.entity(f"planted-c{n}", "Company", name=name) for n, name in enumerate(firms)]


def strangers() -> list[str]:
    """Invented people who are not planted."""
    return [row["full_name"] for row in people()[PLANTED:]]


def remade(count: int) -> list[str]:
    """Names nobody need have: the beginning of one person's name and the end of another's, of one nationality and sex.

    So they coincide with listed names as often as other strangers do, and there are as many as are wanted.
    """
    dice, alike = random.Random(SEED), defaultdict(list)
    rows = people()
    for row in rows:
        words = row["full_name"].split()
        alike[row["nationality"], row["gender"], len(words)].append(words)
    made = []
    for row in (dice.choice(rows) for _ in range(count)):
        words = row["full_name"].split()
        other = dice.choice(alike[row["nationality"], row["gender"], len(words)])
        cut = dice.randint(0, len(words) - 1)
        made.append(" ".join(words[:cut] + other[cut:]))
    return made


def ships() -> list[str]:
    """Ships with the given name of somebody, who is no ship for all that."""
    firsts = sorted({row["full_name"].split()[0] for row in people()})
    return random.Random(SEED).sample([name for name in firsts if name.isascii() and len(name) > 3], SHIPS)


@lru_cache(maxsize=1)
def people_in_two_scripts() -> list[InTwoScripts]:
    """Invented people with names of two words, which are words to learn from."""
    dice = random.Random(SEED)
    made = []
    for language in ("russian", "arabic", "chinese"):
        usual = [
            (latin, native.replace(" ", ""))
            for latin, native, count in data.spellings(language)
            if count > 1 and len(latin) > 3
        ]
        for _ in range(ACROSS):
            one, other = dice.sample(usual, 2)
            made.append((f"{one[0]} {other[0]}", f"{one[1]}{'·' if language == 'chinese' else ' '}{other[1]}"))
    return made


def strangers_in_script() -> list[str]:
    """Nobody's names in the scripts of `people_in_two_scripts`: the beginning of one of theirs and the end of another."""
    dice = random.Random(SEED)
    natives = [native for _, native in people_in_two_scripts()]
    made = []
    for native in natives:
        joint = "·" if "·" in native else " "
        other = dice.choice([each for each in dice.sample(natives, 20) if joint in each] or [native])
        made.append(f"{native.split(joint)[0]}{joint}{other.split(joint)[1]}")
    return [each for each in made if each not in natives]


@lru_cache(maxsize=1)
def firms_in_two_scripts() -> list[InTwoScripts]:
    """Invented companies of one telling word, each word in one of them."""
    dice, made = random.Random(SEED), []
    for language, forms in _FORMS.items():
        usual = {
            native: latin
            for latin, native, count in data.spellings(language)
            if count > 1 and len(latin) > 4 and len(native) > 2
        }
        for word in dice.sample(sorted(usual), FIRMS):
            latin, native = dice.choice(forms)
            made.append((latin.format(usual[word]), native.format(word.replace(" ", ""))))
    return made


@lru_cache(maxsize=1)
def koreans() -> tuple[list[InTwoScripts], list[InTwoScripts]]:
    """Korean people who are planted, and strangers among them."""
    made = korean_people(3 * KOREANS, random.Random(SEED))
    return made[: 2 * KOREANS], made[2 * KOREANS :]
