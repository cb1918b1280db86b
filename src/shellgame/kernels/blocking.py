"""Keys under which names meet that may be one party's, and how many words two records' names have in common.

A word counts as the same where its consonants fall into the same classes (`names.keys`), whatever the vowels between them.
Consonants alone also bring together words that nobody would take for one another, so their letters are looked at too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.compiling import inlined, kernel, leaf
from shellgame.kernels.spelling import LONGEST, edits, letter_masks
from shellgame.names.keys import KeyTables

_START = np.uint64(0xCBF29CE484222325)
_PRIME = np.uint64(0x100000001B3)
_FEWEST = 2
"""Classes of consonants that a word needs for these alone to be its key; of a shorter one the vowels count too."""


class WordRows(NamedTuple):
    """The words of all names of all records, as keys.

    Attributes:
        names: Where the names of each record begin; one more than there are records.
        words: Where the words of each name begin; one more than there are names.
        keys: The key of each word, ascending within a name, each once.
        texts: Which text each word is; an empty one where several words of a name have its key.
        starts: Where the letters of each text begin; one more than there are texts.
        letters: Of all texts.
    """

    names: NDArray[np.int64]
    words: NDArray[np.int64]
    keys: NDArray[np.uint64]
    texts: NDArray[np.int32]
    starts: NDArray[np.int64]
    letters: NDArray[np.uint8]


@inlined
def _stirred(value: np.uint64) -> np.uint64:
    """A hash whose every bit depends on every bit of the value (the end of MurmurHash3)."""
    value = (value ^ (value >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    value = (value ^ (value >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return value ^ (value >> np.uint64(33))


@leaf
def _classes_hashed(codes: NDArray[np.uint8], classes: NDArray[np.uint8], space: int) -> tuple[np.uint64, int]:
    """Hash the classes of a word's sounds, equal neighbours once; with how many there were."""
    value = (_START ^ np.uint64(space)) * _PRIME
    last, kept = 0, 0
    for code in codes:
        kind = classes[code]
        if kind != 0 and kind != last:
            value = (value ^ np.uint64(kind)) * _PRIME
            kept += 1
            last = kind
    return _stirred(value), kept


@kernel
def word_keys(starts: NDArray[np.int64], codes: NDArray[np.uint8], tables: KeyTables) -> NDArray[np.uint64]:
    """The key of each word, of its Latin letters.

    Args:
        starts: Where the sounds of each word begin; one more than there are words.
        codes: Sounds (`names.sounds.codes`) of all words.
        tables: `names.keys.key_tables()`.
    """
    out = np.zeros(len(starts) - 1, np.uint64)
    consonants, sounds = tables.ways[0, 0, 0], tables.ways[0, 0, 1]
    for word in range(len(out)):
        of_word = codes[starts[word] : starts[word + 1]]
        out[word], kept = _classes_hashed(of_word, tables.classes[consonants, :, 0, 0], 0)
        if kept < _FEWEST:
            out[word], kept = _classes_hashed(of_word, tables.classes[sounds, :, 0, 0], 1)
    return out


@kernel
def pair_keys(rows: WordRows, most: int) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """A key for every two words of a name; of a name of a single word that word alone.

    Args:
        rows: All names.
        most: Words of a name that are paired; the first ones in the order of their keys.

    Returns:
        Keys, and the record that has each; a record may have the same key several times.
    """
    count = 0
    for name in range(len(rows.words) - 1):
        many = min(most, rows.words[name + 1] - rows.words[name])
        count += many if many == 1 else many * (many - 1) // 2
    keys, records = np.empty(count, np.uint64), np.empty(count, np.int32)
    place = 0
    for record in range(len(rows.names) - 1):
        for name in range(rows.names[record], rows.names[record + 1]):
            words = rows.keys[rows.words[name] : rows.words[name + 1]][:most]
            for i in range(len(words)):
                for j in range(i + 1, len(words)):
                    keys[place] = _stirred(words[i] * _PRIME + words[j])
                    records[place] = record
                    place += 1
            if len(words) == 1:
                keys[place], records[place] = _stirred(words[0]), record
                place += 1
    return keys, records


@kernel
def words_met(rows: WordRows, left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.float32]:
    """How much of two records' names has the same words: of the two names that share most.

    Two names share nothing where more than half of the letters of the words that they share are others.

    Args:
        rows: All names.
        left: One record of each pair.
        right: The other.

    Returns:
        For each pair two shares from 0 to 1, of the words of the shorter name and of the longer one; and 1 where any word of both
        is spelt half alike, else 0.
    """
    out = np.zeros((len(left), 3), np.float32)
    masks = letter_masks()
    for pair in range(len(left)):
        best = np.float32(0)
        for one in range(rows.names[left[pair]], rows.names[left[pair] + 1]):
            for other in range(rows.names[right[pair]], rows.names[right[pair] + 1]):
                i, end = rows.words[one], rows.words[one + 1]
                j, last = rows.words[other], rows.words[other + 1]
                many, more = min(end - i, last - j), max(end - i, last - j)
                same = slips = letters = 0
                while i < end and j < last:
                    if rows.keys[i] == rows.keys[j]:
                        here, longer = _spelt(rows, rows.texts[i], rows.texts[j], masks)
                        if 2 * here <= longer:
                            out[pair, 2] = 1
                        same, slips, letters = same + 1, slips + here, letters + longer
                        i += 1
                        j += 1
                    elif rows.keys[i] < rows.keys[j]:
                        i += 1
                    else:
                        j += 1
                if same > 0 and 2 * slips <= letters:
                    shorter, longer_one = np.float32(same / many), np.float32(same / more)
                    if shorter + longer_one > best:
                        best = shorter + longer_one
                        out[pair, 0], out[pair, 1] = shorter, longer_one
    return out


@leaf
def _spelt(rows: WordRows, one: int, other: int, masks: NDArray[np.uint64]) -> tuple[int, int]:
    """How many slips lie between two texts, and how many letters the longer one has; none where one is not known."""
    begin, start = rows.starts[one], rows.starts[other]
    many, more = min(rows.starts[one + 1] - begin, LONGEST), min(rows.starts[other + 1] - start, LONGEST)
    if one == other or many == 0 or more == 0:
        return 0, min(many, more)
    return edits(rows.letters, begin, many, rows.letters, start, more, masks), max(many, more)
