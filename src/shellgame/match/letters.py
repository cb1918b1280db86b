"""Listed names by their letters alone: those that a hand or a program printed with a blank in the wrong place.

`Orsi Nmaledd` has no word of `Orsin Maledd`, and yet all that happened is that a letter and a blank changed places. Words do not
tell that: two of them are other ones, and how the others are read may rest on them. Strangers' names hardly ever agree so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.names.folding import folded_words
from shellgame.names.roman import ROMAN

MOST_EXAMINED = 4096
"""Names of the same letters that are looked at for one name, which takes at most a tenth of a second: of more, the first ones."""
MOST_ALIKE = 64
"""Parties that are found by its letters for one name: of more, those that stand first."""
_FEWEST = 8
"""Letters of the shortest name that is found by them; of fewer, two names agree by chance."""
_FEWEST_OF_TWO = 10
"""The same for two words of which a letter slipped over to the other: `Fang Anli` is somebody else than `Fan Ganli`."""
_FEWEST_OF_WORD = 5
"""Letters, doubled ones once, of the shortest word of a company that may be spelt otherwise: others like shorter ones there are."""
_TOGETHER = 500_000
"""Characters that are in memory at a time: twenty megabytes."""
_IS_LETTER = np.array([chr(code).isalnum() for code in range(128)])
_MIXED = np.uint64(0x9E3779B97F4A7C15)


class Letters(NamedTuple):
    """Hashes of the letters of names, whatever their order, sorted, and the number of the name of each."""

    keys: NDArray[np.uint64]
    names: NDArray[np.int32]


class Slips(NamedTuple):
    """What two names differ in that are spelt alike; nothing where they are the same.

    Attributes:
        blanks: Whether one has a blank where the other has none.
        moved: Whether each has one where the other has none.
        exchanged: Whether two neighbours changed places.
        doubled: Whether one has letters twice that the other has once.
    """

    blanks: bool
    moved: bool
    exchanged: bool
    doubled: bool


def letters_of(names: Iterable[str]) -> Letters:
    """Put names as printed, in the order of their numbers, under their letters; some four microseconds a name."""
    keys, numbers = _all_keys(names)
    order = np.argsort(keys, kind="stable")
    return Letters(keys[order], numbers[order].astype(np.int32))


def of_the_same_letters(asked: Iterable[str], letters: Letters) -> Iterator[tuple[int, NDArray[np.int32]]]:
    """Tell for names which others are of the same letters, in any order: the place of the one and the numbers of all others.

    What order they stand in is for `are_spelt_alike`.
    """
    keys, places = _all_keys(asked)
    begins, ends = np.searchsorted(letters.keys, keys), np.searchsorted(letters.keys, keys, side="right")
    for met in np.flatnonzero(begins < ends).tolist():
        yield int(places[met]), letters.names[begins[met] : ends[met]]


def are_spelt_alike(one: str, other: str, *, person: bool) -> bool:
    """Whether two names are one but for a slip of a hand, so that the one is an alert for the other; see `slips_between`.

    Of a person's two words one letter at most slipped over to the other, and nothing else: both are then other words.

    Example:
        >>> are_spelt_alike("Orsi Nmaledd", "Orsin Maledd", person=True)
        True
        >>> are_spelt_alike("Jo Hanmaledd", "Johan Maledd", person=True), are_spelt_alike("Fang Andi", "Fan Gandi", person=True)
        (False, False)
    """
    slips = slips_between(one, other, person=person)
    return slips is not None and not (person and slips.moved and _are_two_others(one, other, slips))


def slips_between(one: str, other: str, *, person: bool) -> Slips | None:
    """What two names of the same letters in the same order differ in: blanks, doubled letters and two that changed places.

    Their numbers, in digits or Roman, are the very same. What is no person has them changed inside one word only, and neither they
    nor doubled letters stand in an acronym.

    Returns:
        None where they differ in more.

    Example:
        >>> slips_between("Osrin Maled", "ORSIN MALEDD", person=True)
        Slips(blanks=False, moved=False, exchanged=True, doubled=True)
        >>> slips_between("MG Tarnquist", "GM Tarnquist", person=False)
    """
    mine, theirs = _spelling(one), _spelling(other)
    if mine.numbers != theirs.numbers or len(mine.letters) != len(theirs.letters):
        return None
    exchanged = [
        place for place, pair in enumerate(zip(mine.letters, theirs.letters, strict=True)) if pair[0] != pair[1]
    ]
    if exchanged and not _are_exchanged(mine.letters, theirs.letters, exchanged):
        return None
    many = list(theirs.many)
    for place, other_place in zip(exchanged, reversed(exchanged), strict=True):
        many[place] = theirs.many[other_place]
    doubled = [place for place, pair in enumerate(zip(mine.many, many, strict=True)) if pair[0] != pair[1]]
    if not person and not all(side.has_in_long_words(exchanged, doubled) for side in (mine, theirs)):
        return None
    here, there = mine.blanks(), theirs.blanks()
    return Slips(here != there, bool(here - there and there - here), bool(exchanged), bool(doubled))


def are_the_same_but_for_blanks(one: str, other: str) -> bool:
    """Whether two names are letter by letter the same, wherever their blanks are; their numbers too."""
    slips = slips_between(one, other, person=False)
    return slips is not None and not (slips.exchanged or slips.doubled)


class _Spelling(NamedTuple):
    """A folded name, letter by letter.

    Attributes:
        letters: Its letters and digits, each once where it stands twice and more in a row.
        many: How often each of these stands there.
        word_of: The number of the word that each is of.
        numbers: Its numbers in Roman, and its digits wherever they stand.
    """

    letters: list[str]
    many: list[int]
    word_of: list[int]
    numbers: list[str]

    def blanks(self) -> set[int]:
        """Before which letters, by place, a word begins; not the first one."""
        return {place for place in range(1, len(self.letters)) if self.word_of[place] != self.word_of[place - 1]}

    def has_in_long_words(self, exchanged: Sequence[int], doubled: Sequence[int]) -> bool:
        """Whether letters at some places stand in words that are no acronyms, and those that were exchanged in one of them."""
        words = {self.word_of[place] for place in (*exchanged, *doubled)}
        return len({self.word_of[place] for place in exchanged}) <= 1 and all(
            self.word_of.count(word) >= _FEWEST_OF_WORD for word in words
        )


@lru_cache(maxsize=64)
def _spelling(name: str) -> _Spelling:
    """A name letter by letter, which is kept for the other names that it is held against."""
    words = folded_words(name).split()
    letters: list[str] = []
    many: list[int] = []
    word_of: list[int] = []
    for number, word in enumerate(words):
        for sign in word:
            if letters and letters[-1] == sign:
                many[-1] += 1
            else:
                letters.append(sign)
                many.append(1)
                word_of.append(number)
    numbers = [word for word in words if word in ROMAN] + [sign for word in words for sign in word if sign.isdigit()]
    return _Spelling(letters, many, word_of, numbers)


def _are_two_others(one: str, other: str, slips: Slips) -> bool:
    """Whether the blank between the two words of two names moved so that it makes two other words."""
    here, there = _spelling(one).blanks(), _spelling(other).blanks()
    if len(here) != 1 or len(there) != 1:
        return False
    return slips.exchanged or abs(here.pop() - there.pop()) > 1 or len(_spelling(one).letters) < _FEWEST_OF_TWO


def _are_exchanged(mine: Sequence[str], theirs: Sequence[str], differ: Sequence[int]) -> bool:
    """Whether the places at which letters differ are of two neighbours that changed places."""
    if len(differ) != 2 or differ[1] != differ[0] + 1:
        return False
    first, second = differ
    pair = mine[first] + mine[second]
    return pair == theirs[second] + theirs[first] and pair.isalpha()


def _all_keys(names: Iterable[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The same as `_keys` of any many names, however long they are."""
    keys, numbers, first = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)], 0
    for batch in _batches(names):
        found, places = _keys(batch)
        keys.append(found)
        numbers.append(places + first)
        first += len(batch)
    return np.concatenate(keys), np.concatenate(numbers)


def _batches(names: Iterable[str]) -> Iterator[list[str]]:
    """Names in batches of `_TOGETHER` characters and one name more."""
    batch: list[str] = []
    many = 0
    for name in names:
        batch.append(name)
        many += len(name) + 1
        if many > _TOGETHER:
            yield batch
            batch, many = [], 0
    if batch:
        yield batch


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
