"""Listed names by their letters alone: those that a hand or a program printed with a blank in the wrong place.

`Orsi Nmaledd` has no word of `Orsin Maledd`, and yet all that happened is that a letter and a blank changed places. Words do not
tell that: two of them are other ones, and how the others are read may rest on them. Strangers' names hardly ever agree so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.names.folding import folded_words
from shellgame.names.roman import ROMAN

MOST_ALIKE = 64
"""Names of the same letters that are looked at for one name: of more, those that stand first."""
_FEWEST = 8
"""Letters of the shortest name that is found by them; of fewer, two names agree by chance."""
_TOGETHER = 20_000
"""Names whose letters are in memory at a time: ten megabytes."""
_IS_LETTER = np.array([chr(code).isalnum() for code in range(128)])
_MIXED = np.uint64(0x9E3779B97F4A7C15)


class Letters(NamedTuple):
    """Hashes of the letters of names, whatever their order, sorted, and the number of the name of each."""

    keys: NDArray[np.uint64]
    names: NDArray[np.int32]


def letters_of(names: Iterable[str]) -> Letters:
    """Put names as printed, in the order of their numbers, under their letters; some four microseconds a name."""
    coming = iter(names)
    keys, numbers, first = [], [], 0
    while batch := list(islice(coming, _TOGETHER)):
        found, places = _keys(batch)
        keys.append(found)
        numbers.append(places + first)
        first += len(batch)
    told, of = np.concatenate([np.zeros(0, np.uint64), *keys]), np.concatenate([np.zeros(0, np.int64), *numbers])
    order = np.argsort(told, kind="stable")
    return Letters(told[order], of[order].astype(np.int32))


def of_the_same_letters(asked: Sequence[str], letters: Letters) -> Iterator[tuple[int, int]]:
    """Tell for names which others are of the same letters, in any order: the place of the one and the number of the other.

    What order they stand in is for `are_spelt_alike`.
    """
    keys, places = _keys(asked)
    begins, ends = np.searchsorted(letters.keys, keys), np.searchsorted(letters.keys, keys, side="right")
    for met in np.flatnonzero(begins < ends).tolist():
        end = min(int(ends[met]), int(begins[met]) + MOST_ALIKE)
        for number in letters.names[begins[met] : end].tolist():
            yield int(places[met]), number


def are_spelt_alike(one: str, other: str) -> bool:
    """Whether two names are the same letters in the same order, but for blanks, doubled letters and two that changed places.

    Their numbers, in digits or Roman, are the very same.

    Example:
        >>> are_spelt_alike("Orsi Nmaledd", "Orsin Maledd"), are_spelt_alike("Osrin Maled", "ORSIN MALEDD")
        (True, True)
        >>> are_spelt_alike("Halvren Star IV", "Halvren Star VI"), are_spelt_alike("Irson Maledd", "Orsin Maledd")
        (False, False)
    """
    mine, theirs = folded_words(one), folded_words(other)
    if _numbers(mine) != _numbers(theirs):
        return False
    a, b = _undoubled(mine), _undoubled(theirs)
    if len(a) != len(b):
        return False
    differ = [place for place, (here, there) in enumerate(zip(a, b, strict=True)) if here != there]
    return not differ or (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and (a[differ[0]], a[differ[1]]) == (b[differ[1]], b[differ[0]])
        and (a[differ[0]] + a[differ[1]]).isalpha()
    )


def _numbers(words: str) -> list[str]:
    """The numbers of a folded name, and its digits wherever they stand."""
    return [word for word in words.split() if word in ROMAN] + [sign for sign in words if sign.isdigit()]


def _undoubled(words: str) -> list[str]:
    """The letters and digits of a folded name, each once where it stands twice and more in a row."""
    signs = words.replace(" ", "")
    return [sign for sign, following in pairwise(signs) if sign != following] + [*signs[-1:]]


def _keys(names: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The hashes of the letters and digits of names, the same in every process, and the places of these: not of those too short."""
    words = [name.lower() if name.isascii() else folded_words(name) for name in names]
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32)
    name_of = np.repeat(np.arange(len(words)), [len(each) for each in words])
    kept = (codes >= 128) | _IS_LETTER[np.minimum(codes, 127)]
    codes, name_of = codes[kept], name_of[kept]
    once = np.ones(len(codes), np.bool_)
    once[1:] = (codes[1:] != codes[:-1]) | (name_of[1:] != name_of[:-1])
    many = np.bincount(name_of[once], minlength=len(words))
    sums = np.zeros(int(once.sum()) + 1, np.uint64)
    np.cumsum(_scattered(codes[once]), out=sums[1:])
    ends = np.cumsum(many)
    places = np.flatnonzero(many >= _FEWEST)
    return sums[ends[places]] - sums[(ends - many)[places]], places


def _scattered(codes: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """A number of sixty-four bits for each letter, of which those of other letters make another sum (SplitMix64)."""
    mixed = (codes.astype(np.uint64) + np.uint64(1)) * _MIXED
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
