"""The same name under another system of transliteration, by where it comes from.

Rules work on the Latin spelling that a list prints; each family is what romanisation tables and list aliases show side by side.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_ARABIC = frozenset(
    (
        "iq",
        "sy",
        "lb",
        "ye",
        "eg",
        "ly",
        "sa",
        "jo",
        "ps",
        "dz",
        "ma",
        "tn",
        "sd",
        "so",
        "ae",
        "qa",
        "kw",
        "bh",
        "ir",
        "af",
        "pk",
    )
)
_CYRILLIC = frozenset({"ru", "by", "ua", "kz", "kg", "tj", "tm", "uz", "md", "bg", "rs", "mk", "suhh"})
_CHINESE = frozenset({"cn", "tw", "hk", "mo"})
_KOREAN = frozenset({"kp", "kr"})

_SAME_WORD = [
    "muhammad mohammed mohamed mohammad muhamad mohamad muhammed",
    "ahmad ahmed ahmet",
    "hussein husayn hussain hossein husein hosein",
    "hasan hassan",
    "yusuf yousef youssef yusif yousuf",
    "abdullah abdallah abdulla abdellah",
    "usama osama oussama",
    "ibrahim ebrahim brahim",
    "mustafa mostafa moustapha mustapha",
    "umar omar oumar",
    "uthman othman osman",
    "khalid khaled haled",
    "said saeed saied sayed",
    "qasim kassem qassem kasim",
    "jamal gamal djamel",
    "faysal feisal faisal",
    "mahmud mahmoud mehmud",
    "sulayman suleiman soleiman sulaiman",
    "ismail esmail ismael",
    "abu abou",
    "bin ibn ben",
    "shaykh sheikh cheikh",
    "nasir nasser naser",
    "rashid rasheed rachid",
    "hamid hameed",
    "karim kareem",
    "mullah mulla",
    "haji hajji hadji",
]
_ARABIC_LETTERS = [
    (r"kh", "h"), (r"gh", "g"), (r"q", "k"), (r"ou", "u"), (r"oo", "u"), (r"ee", "i"), (r"dh", "z"), (r"th", "t"),
    (r"\bal[- ](?=\w{3})", "el-"), (r"\bal-(?=\w{3})", "al"), (r"sh", "ch"), (r"ay", "ei"), (r"aw", "au"), (r"iyy", "iy"),
    (r"(?<=\w{2})ah\b", "a"), (r"(?<=[^aeiou])i(?=[^aeiou])", "e"), (r"(?<=[^aeiou])u(?=[^aeiou])", "o"), (r"j", "dj"),
]  # fmt: skip
_CYRILLIC_SYSTEMS = {
    "scientific": [
        ("shch", "šč"), ("zh", "ž"), ("kh", "ch"), ("ch(?!ch)", "č"), ("sh", "š"), ("ts", "c"), ("yu", "ju"), ("ya", "ja"),
        ("ye", "e"), ("yy\\b", "ij"), ("(?<=[a-z])y\\b", "ij"),
    ],
    "german": [
        ("shch", "schtsch"), ("zh", "sch"), ("kh", "ch"), ("(?<!s)ch(?!t)", "tsch"), ("sh(?!t)", "sch"), ("v", "w"),
        ("yu", "ju"), ("ya", "ja"), ("ye", "je"), ("(?<=[a-z])y\\b", "i"), ("ts(?!ch)", "z"),
    ],
    "french": [
        ("shch", "chtch"), ("zh", "j"), ("kh(?=[aeiou])", "kh"), ("(?<![ck])ch", "tch"), ("sh", "ch"), ("u", "ou"),
        ("(?<=[eo])v\\b", "ff"), ("you", "iou"), ("ya", "ia"), ("iy\\b", "i"),
    ],
    "passport": [("yu", "iu"), ("ya", "ia"), ("ye", "e"), ("(?<=[a-z])iy\\b", "ii"), ("(?<=[a-z])y\\b", "ii"), ("ts", "tc")],
    "polish": [("shch", "szcz"), ("zh", "ż"), ("ch", "cz"), ("sh", "sz"), ("kh", "ch"), ("v", "w"), ("y", "j"), ("ts", "c")],
}  # fmt: skip
_WADE_GILES = [
    (r"\bzh", "ch"), (r"\bq", "ch"), (r"\bx", "hs"), (r"\bj", "ch"), (r"\bb", "p"), (r"\bd", "t"), (r"\bg", "k"),
    (r"\bz", "ts"), (r"\bc(?!h)", "ts"), (r"\br", "j"), (r"ong\b", "ung"), (r"ian\b", "ien"), (r"\bwang\b", "wong"),
]  # fmt: skip
_KOREAN_WORDS = [
    "ri lee yi rhee", "kim gim", "pak park bak", "choe choi", "chong jong jeong chung", "chol cheol chul", "hyok hyeok hyuk",
    "yong young yeong", "sok seok suk", "song seong sung", "mun moon", "sun soon", "u woo", "kyong kyung gyeong", "un eun",
    "kang gang", "chun jun choon", "chang jang", "to do", "tae dae", "ho hoh", "hwang whang", "o oh", "im lim rim", "ro no roh",
    "yun yoon", "cho jo", "hyon hyun hyeon", "kuk guk kook", "kwang gwang", "su soo", "chin jin", "min meen", "pyong byeong",
]  # fmt: skip


def _clusters(lines: list[str]) -> dict[str, list[str]]:
    return {word: [other for other in line.split() if other != word] for line in lines for word in line.split()}


_ARABIC_WORDS, _KOREAN_SPELLINGS = _clusters(_SAME_WORD), _clusters(_KOREAN_WORDS)


def other_romanisation(name: str, countries: frozenset[str], dice: random.Random) -> str | None:
    """Spell a person's name by another system.

    Args:
        name: As listed, in Latin letters.
        countries: Codes of the person's nationality or country; they decide which systems can apply.
        dice: What is chosen.

    Returns:
        The other spelling in lower case, or None where no rule applies.
    """
    makers: list[tuple[frozenset[str], Callable[[str, random.Random], str]]] = [
        (_KOREAN, _korean), (_CHINESE, _chinese), (_CYRILLIC, _cyrillic), (_ARABIC, _arabic),
    ]  # fmt: skip
    spelt = name.casefold()
    for homes, maker in makers:
        if homes & countries:
            other = maker(spelt, dice)
            return other if other != spelt else None
    return None


def _words(name: str, known: dict[str, list[str]], dice: random.Random) -> str:
    return re.sub(r"\w+", lambda word: dice.choice(known[word[0]]) if word[0] in known else word[0], name)


def _arabic(name: str, dice: random.Random) -> str:
    spelt = _words(name, _ARABIC_WORDS, dice)
    rules = [rule for rule in _ARABIC_LETTERS if re.search(rule[0], spelt)]
    for pattern, other in dice.sample(rules, min(2, len(rules))):
        spelt = re.sub(pattern, other, spelt, count=1)
    return spelt


def _cyrillic(name: str, dice: random.Random) -> str:
    for pattern, other in _CYRILLIC_SYSTEMS[dice.choice(sorted(_CYRILLIC_SYSTEMS))]:
        name = re.sub(pattern, other, name)
    return name


def _chinese(name: str, dice: random.Random) -> str:
    del dice  # one system
    for pattern, other in _WADE_GILES:
        name = re.sub(pattern, other, name)
    return name


def _korean(name: str, dice: random.Random) -> str:
    return _words(name, _KOREAN_SPELLINGS, dice)
