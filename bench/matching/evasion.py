"""Deliberate evasion: ways in which a listed person's name is bent so that a screen lets it through.

Each way makes one variant of a name from dice of its own (seed, way and entity), so that the same seed gives the same variants
whatever else is made. `lookalikes.py` makes names that are like a listed one and are not the same person.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from bench.matching.engine import Entity
from bench.matching.romanise import other_romanisation

from shellgame.names.vocabulary import person_words


class Variant(NamedTuple):
    """A made name: the way it was made, the text, the entity it was made from and whether it still is that person."""

    kind: str
    text: str
    entity_id: str
    same: bool


Maker = Callable[[str, Entity, random.Random], "str | None"]

_HOMOGLYPHS = dict(zip("aceopxyisjhABEKMHOPCTXIS", "асеорхуіѕјһАВЕКМНОРСТХІЅ", strict=True)) | {
    "v": "ν",
    "Z": "Ζ",
    "N": "Ν",
}
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
_OCR = [
    ("rn", "m"), ("m", "rn"), ("cl", "d"), ("l", "1"), ("i", "l"), ("I", "l"), ("O", "0"), ("o", "0"), ("S", "5"), ("B", "8"),
    ("Z", "2"), ("u", "v"), ("w", "vv"), ("h", "b"), ("e", "c"), ("g", "q"), ("D", "O"), ("A", "4"), ("E", "F"), ("nn", "m"),
]  # fmt: skip
_PHONETIC = [
    ("ph", "f"), ("ck", "k"), ("c(?=[aou])", "k"), ("k(?=[aou])", "c"), ("z", "s"), ("y", "i"), ("kh", "h"), ("gh", "g"),
    ("ee", "i"), ("oo", "u"), ("ei", "ie"), ("v", "w"), ("w", "v"), ("x", "ks"), ("dj", "j"), ("j", "dj"), ("th", "t"),
    ("q", "k"), ("f", "ph"), ("ou", "u"), ("ay", "ai"), ("sch", "sh"), ("tz", "ts"), ("sz", "s"),
]  # fmt: skip
_TITLES = (
    "Dr.",
    "Mr.",
    "Sheikh",
    "Haji",
    "Col.",
    "Gen.",
    "Eng.",
    "Prof.",
    "Sayyid",
    "Mullah",
    "Ustaz",
    "Señor",
    "Ing.",
    "H.E.",
)
_SUFFIXES = ("Jr.", "II", "PhD", "MBA", "Esq.")
_ONE_NAME_IN_SYLLABLES = frozenset({"kp", "kr", "cn", "tw", "hk", "vn", "mm"})
"""Where a middle token is half of a given name, and without it the name is another."""
_PATRONYMIC = re.compile(r"\w+(?:[oe]v[iy]t?ch|[oei]vna|ichna)", re.I)
_OTHER_NAMES = (
    "Ali", "Ivan", "Maria", "Karim", "Jose", "Wei", "Pavel", "Omar", "Daniel", "Sofia", "Viktor", "Hamid", "Luis", "Nikola",
    "Samir", "Chen", "Tiger", "Doc", "Bear", "Goldfinger", "El Flaco", "Beardless", "Shorty", "Papa", "Falcon", "Professor X",
    "Ghost", "Lucky",
)  # fmt: skip
"""Names that somebody may have beside those that are listed, and nicknames."""
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _name_order(name: str, person: Entity, dice: random.Random) -> str | None:
    words = name.split()
    family = (person["properties"].get("lastName") or [""])[0].split()
    if len(words) < 2:
        return None
    if family and words[-len(family) :] == family and len(family) < len(words):
        given = words[: -len(family)]
    else:
        given, family = words[:-1], words[-1:]
    return " ".join(family) + dice.choice([", ", " "]) + " ".join(given)


def _initials(name: str, person: Entity, dice: random.Random) -> str | None:
    words = name.split()
    if len(words) < 2 or len(words[0]) < 3 or len(words[-1]) < 3:
        return None
    shortened = len(words) - 1 if dice.random() < 0.5 else 1
    dot = dice.choice([".", ""])
    return " ".join([f"{word[0]}{dot}" for word in words[:shortened]] + words[shortened:])


def _dropped_vowels(name: str, person: Entity, dice: random.Random) -> str | None:
    def without(word: str) -> str:
        return word if len(word) < 4 else word[0] + re.sub("[aeiou]", "", word[1:-1], flags=re.I) + word[-1]

    return " ".join(without(word) for word in name.split())


def _truncated(name: str, person: Entity, dice: random.Random) -> str | None:
    length = max(9, round(len(name) * dice.uniform(0.65, 0.85)))
    return name[:length].rstrip(" -.,'") if length < len(name) else None


def _homoglyphs(name: str, person: Entity, dice: random.Random) -> str | None:
    places = [place for place, letter in enumerate(name) if letter in _HOMOGLYPHS]
    count = dice.choice([1, 2, len(places)])
    chosen = set(dice.sample(places, min(count, len(places))))
    return "".join(_HOMOGLYPHS[letter] if place in chosen else letter for place, letter in enumerate(name))


def _invisible(name: str, person: Entity, dice: random.Random) -> str | None:
    letters = list(name)
    for _ in range(dice.randint(1, 3)):
        letters.insert(dice.randint(1, len(letters) - 1), dice.choice(_INVISIBLE))
    text = "".join(letters)
    return text.replace(" ", "\u00a0") if dice.random() < 0.3 else text


def _ocr(name: str, person: Entity, dice: random.Random) -> str | None:
    return _replaced(name, [(re.escape(seen), read) for seen, read in _OCR], dice, dice.randint(1, 2))


def _phonetic(name: str, person: Entity, dice: random.Random) -> str | None:
    return _replaced(name.lower(), _PHONETIC, dice, dice.randint(1, 2))


def _replaced(name: str, rules: Sequence[tuple[str, str]], dice: random.Random, count: int) -> str | None:
    places = [(found.span(), other) for pattern, other in rules for found in re.finditer(pattern, name)]
    dice.shuffle(places)
    taken: list[tuple[tuple[int, int], str]] = []
    for (start, end), other in places:
        if len(taken) < count and all(end <= begun or ended <= start for (begun, ended), _ in taken):
            taken.append(((start, end), other))
    for (start, end), other in sorted(taken, reverse=True):
        name = name[:start] + other + name[end:]
    return name if taken else None


def _titles(name: str, person: Entity, dice: random.Random) -> str | None:
    return f"{name} {dice.choice(_SUFFIXES)}" if dice.random() < 0.25 else f"{dice.choice(_TITLES)} {name}"


def _dropped_token(name: str, person: Entity, dice: random.Random) -> str | None:
    words = name.split()
    places = [place for place in range(1, len(words) - 1) if len(words[place]) > 2]
    if not places or _countries(person) & _ONE_NAME_IN_SYLLABLES:
        return None
    del words[dice.choice(places)]
    return " ".join(words)


def _romanised(name: str, person: Entity, dice: random.Random) -> str | None:
    return other_romanisation(name, _countries(person), dice)


def _countries(person: Entity) -> frozenset[str]:
    told = person["properties"]
    return frozenset(told.get("nationality", []) or told.get("citizenship", []) or told.get("country", []))


def _typo(name: str, person: Entity, dice: random.Random) -> str | None:
    places = [place for place in range(1, len(name) - 1) if name[place - 1 : place + 2].isalpha()]
    if not places:
        return None
    place, way = dice.choice(places), dice.choice("dits")
    before, letter, after = name[:place], name[place], name[place + 1 :]
    beside = next((row[max(0, row.index(letter.lower()) - 1)] for row in _KEYS if letter.lower() in row), "e")
    made = {"d": before + after, "i": before + beside + letter + after, "s": before + beside + after}
    return made.get(way, before + after[:1] + letter + after[1:])


def _spacing(name: str, person: Entity, dice: random.Random) -> str | None:
    joints = [place for place, letter in enumerate(name) if letter in " -" and 0 < place < len(name) - 1]
    if not joints:
        return None
    place = dice.choice(joints)
    return name[:place] + dice.choice(["", "-" if name[place] == " " else " "]) + name[place + 1 :]


def _doubled(name: str, person: Entity, dice: random.Random) -> str | None:
    collapsed = re.sub(r"([a-z])\1", r"\1", name, count=1, flags=re.I)
    if collapsed != name:
        return collapsed
    return re.sub(r"(?<=[aeiou])([bdlmnprst])(?=[aeiou])", r"\1\1", name, count=1, flags=re.I)


def _without_patronymic(name: str, person: Entity, dice: random.Random) -> str | None:
    words = name.split()
    fathers = [place for place, word in enumerate(words) if place and _PATRONYMIC.fullmatch(word)]
    return " ".join(words[: fathers[0]] + words[fathers[0] + 1 :]) if fathers and len(words) > 2 else None


def _one_more(name: str, person: Entity, dice: random.Random) -> str | None:
    words = name.split()
    if len(words) < 2:
        return None
    other = dice.choice(_OTHER_NAMES)
    place = dice.randint(1, len(words) - 1)
    return " ".join([*words[:place], dice.choice([other, f'"{other}"', f"“{other}”"]), *words[place:]])


def _turned_slip(name: str, person: Entity, dice: random.Random) -> str | None:
    turned = _name_order(name, person, dice)
    return _typo(turned, person, dice) if turned else None


def _other_form(name: str, person: Entity, dice: random.Random) -> str | None:
    words = name.split()
    known = [place for place, word in enumerate(words) if word.casefold() in _forms()]
    if not known or person["schema"] != "Person":
        return None
    place = dice.choice(known)
    words[place] = dice.choice(_forms()[words[place].casefold()]).title()
    return " ".join(words)


@cache
def _forms() -> dict[str, list[str]]:
    """Other forms of a given name, in Latin letters: short ones and those of other languages."""
    groups: dict[int, list[str]] = defaultdict(list)
    for name, group in person_words().given.items():
        if name.isascii() and name.isalpha():
            groups[group].append(name)
    return {
        name: [each for each in names if each != name] for names in groups.values() if len(names) > 1 for name in names
    }


def _initial_last(name: str, person: Entity, dice: random.Random) -> str | None:
    words = name.split()
    if len(words) < 2 or len(words[0]) < 3 or len(words[-1]) < 3:
        return None
    return f"{words[-1]} {words[0][0]}{dice.choice(['.', ''])}"


MAKERS: dict[str, Maker] = {
    "name_order": _name_order,
    "initials": _initials,
    "dropped_vowels": _dropped_vowels,
    "truncated": _truncated,
    "homoglyphs": _homoglyphs,
    "invisible": _invisible,
    "ocr": _ocr,
    "phonetic": _phonetic,
    "titles": _titles,
    "dropped_token": _dropped_token,
    "romanisation": _romanised,
    "typo": _typo,
    "spacing": _spacing,
    "doubled_letter": _doubled,
    "without_patronymic": _without_patronymic,
    "one_name_more": _one_more,
    "turned_with_slip": _turned_slip,
    "initial_last": _initial_last,
    "other_form": _other_form,
}


def variants(people: Iterable[Entity], seed: int = 11, kinds: Sequence[str] = tuple(MAKERS)) -> list[Variant]:
    """Bend each person's primary name in each way that applies to it."""
    made = []
    for person in people:
        name = person["properties"]["name"][0]
        for kind in kinds:
            text = MAKERS[kind](name, person, random.Random(f"{seed}/{kind}/{person['id']}"))
            if text and text != name and len(text) > 3:
                made.append(Variant(kind, text, str(person["id"]), same=True))
    return made
