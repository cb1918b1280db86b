"""Family names of East Slavs as one, whether they are spelt after Russian, Belarusian or Ukrainian.

One family is Gerasimov, Herasimau and Herasymov, or Bogdanova and Bahdanava, in papers of three countries. What differs is regular:
unstressed o is a and e is ia in Belarusian, behind r and hushing sounds e is a, g is h, soft d and t are dz and ts, v behind a
vowel is u. Names in which nothing else differs are a group of their own (`Token.group`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

from shellgame.names.token import RESPELT

_FAMILY = re.compile(
    "[a-z]{2,}(?:[aeo](?:v|ff|w|u)|[aeo]v[ay]|[aeo]una|(?:sk|tsk|ck|zk)(?:[iy]{1,2}|[iy]j|a[jiy]a)|[aei]nk[oa]|[aeo]v[iy]ch"
    "|(?:ch|sh|zh)uk|[lmnrs][iy]uk)"
)
"""How such names end: -ov, -au, -ova, -ava, -sky, -skaya, -enko, -anka, -ovich, -chuk."""
_FEWEST = 3
"""Consonants that a name needs for its vowels to count little."""
_SPELT = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        ("(?<=[aeo])(?:ff|w|u)$", "v"),
        ("(?<=[aeo])una$", "va"),
        ("shch|sch", "Q"),
        ("ch", "C"),
        ("sh", "S"),
        ("zh", "Z"),
        ("kh", "X"),
        ("[gh]", "H"),
        ("x", "ks"),
        ("(?<=[aeo])[uw](?=[bcdfklmnprstvzCHSZ])", "v"),
        ("dz(?=[iyev])", "d"),
        ("(?<![aeiouy])ts(?=[iye])", "t"),
        ("(?<=[QCSZ])e|(?<=ts)e", "a"),  # e and o, or a, are told apart but behind a sound that has no soft twin
        ("[iyj]+[aeo]|e", "E"),
        ("[ao]", "A"),
        ("(?<=r)E", "A"),
        ("[iyj]*u", "U"),
        ("[iyj]+", "I"),
        (r"([^AE])\1", r"\1"),
    )
)
"""What languages spell otherwise, as one, in turn; capital letters stand for what has been read."""
_FIRST = RESPELT + 1024
"""Groups before this one are of patronymics."""


@lru_cache(maxsize=65536)
def family_group(text: str) -> int:
    """The group of a family name, by its Latin letters; 0 for what does not look like one of East Slavs.

    Example:
        >>> family_group("gerasimov") == family_group("herasimau") > 0, family_group("maledd")
        (True, 0)
    """
    if not _FAMILY.fullmatch(text):
        return 0
    told = _skeleton(text)
    return _FIRST + crc32(told.encode()) % (1 << 30) if len(told) - sum(map(told.count, "AEIU")) >= _FEWEST else 0


def _skeleton(text: str) -> str:
    """What is left of a name where the spellings of the three languages are one."""
    for pattern, letters in _SPELT:
        text = pattern.sub(letters, text)
    return text
