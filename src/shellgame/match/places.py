"""Places, positions and countries as lists print them: the words that tell one from another, whatever the spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from shellgame.names.countries import country_named
from shellgame.names.scripts import romanise
from shellgame.names.yaml import load_yaml

_LONGEST_VALUE = 300
"""Letters of a value that are looked at: an address takes 150, a whole biography in its place tells nothing."""
_NOWHERE = re.compile("aa|q[m-z]|x[a-jl-z]|zz")
"""Codes that ISO 3166-1 leaves to users, who write them where there is no country; XK has come to mean Kosovo."""
_SUCCESSORS = {
    "suhh": ("ru", "ua", "by", "kz", "uz", "ge", "am", "az", "kg", "tj", "tm", "md", "lt", "lv", "ee"),
    "yucs": ("rs", "hr", "si", "ba", "mk", "me", "xk"),
    "csxx": ("rs", "me", "xk"),
    "cshh": ("cz", "sk"),
    "ddde": ("de",),
    "ua-cri": ("ua", "ru"),
    "ua-dpr": ("ua", "ru"),
    "ua-lpr": ("ua", "ru"),
    "hk": ("cn",),
    "mo": ("cn",),
}
"""Countries and territories that another record may print as one of these."""

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’‘`ʼʿʾ]")
_EXCHANGED = str.maketrans("qczwj", "kksvg")
_CONSONANTS = _EXCHANGED | str.maketrans("", "", "aeiouyh")


class Place(NamedTuple):
    """One address, or one place of birth.

    Attributes:
        stems: Its telling words, each as its consonants.
        numbers: Its words with digits: house, box, postal code.
    """

    stems: frozenset[str]
    numbers: frozenset[str]


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """The consonants of a word, one sign for those that romanisations exchange; short ones stay whole."""
    kept = word[0].translate(_EXCHANGED) + word[1:].translate(_CONSONANTS)
    stem = "".join(sign for position, sign in enumerate(kept) if not position or kept[position - 1] != sign)
    return stem if len(stem) > 2 else word


def words_of(text: str) -> list[str]:
    """The words of a text in Latin letters without accents."""
    text = _APOSTROPHES.sub("", text[:_LONGEST_VALUE])
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    words = []
    for word in _WORD.findall(text.casefold()):
        latin = word if word.isascii() else romanise(word)[0]
        if latin:
            words.append(latin)
    return words


@lru_cache(maxsize=1)
def _generic() -> dict[str, frozenset[str]]:
    """Words that tell no place (`places`) or no position (`positions`) from another."""
    told = load_yaml(Path(__file__).with_name("record_words.yml"))
    return {kind: frozenset(words.split()) for kind, words in told.items()}


class PrintedPlace(NamedTuple):
    """What a printed place tells: its words as stem and word, and the country that it starts or ends with."""

    place: Place
    words: tuple[tuple[str, str], ...]
    countries: tuple[str, ...]


@lru_cache(maxsize=65536)
def place_of(text: str) -> PrintedPlace:
    """Take a place apart: telling words, numbers, and the country that it starts or ends with."""
    parts = [part.strip(" .()") for part in text[:_LONGEST_VALUE].split(",")]
    countries: tuple[str, ...] = ()
    for end in (-1, 0):
        if parts and (country := country_named(parts[end])):
            countries = country_codes(country)
            parts.pop(end)
            break
    words: dict[str, str] = {}
    numbers = set()
    generic = _generic()["places"]
    for word in words_of(" ".join(parts)):
        if not word.isalpha():
            numbers.add(word.lstrip("0") or "0")
        elif len(word) > 1 and word not in generic:
            words[_stem(word)] = word
    return PrintedPlace(Place(frozenset(words), frozenset(numbers)), tuple(words.items()), countries)


@lru_cache(maxsize=16384)
def telling_words(text: str) -> tuple[tuple[str, str], ...]:
    """Telling words of a position or of a father's name, by their consonants."""
    generic = _generic()["positions"]
    return tuple((_stem(word), word) for word in words_of(text) if len(word) > 2 and word not in generic)


@lru_cache(maxsize=4096)
def country_codes(text: str) -> tuple[str, ...]:
    """The code of a country, named or coded, and of those that another record may print in its stead; none where it is nowhere.

    Example:
        >>> country_codes("Belarus"), country_codes("ZZ")
        (('by',), ())
    """
    code = text.strip().lower()[:60]
    code = code if 2 <= len(code) <= 6 and code.isascii() else country_named(code) or code
    if not code or _NOWHERE.fullmatch(code):
        return ()
    return (code, *_SUCCESSORS.get(code, ()))
