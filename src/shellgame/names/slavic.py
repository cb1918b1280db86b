"""Family names of East Slavs as one, whether they are spelt after Russian, Belarusian or Ukrainian.

One family is Gerasimov, Herasimau and Herasymov, or Bogdanova and Bahdanava, in papers of three countries. What differs is regular:
unstressed o and e are a or ia in Belarusian, g is h, soft d and t are dz and ts, v behind a vowel is u. Names in which nothing else
differs are a group of their own (`Token.group`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

from shellgame.names.token import RESPELT

_FAMILY = re.compile(
    "[a-z]{2,}(?:[aeo](?:v|ff?|w|u)|[aeo]v[ay]|[aeo]una|(?:sk|tsk|ck|zk)(?:[iy]{1,2}|[iy]j|a[jiy]a)|[aei]nk[oa]|[aeo]v[iy]ch"
    "|(?:ch|sh|zh)uk|[lmnrs][iy]uk)"
)
"""How such names end: -ov, -au, -ova, -ava, -sky, -skaya, -enko, -anka, -ovich, -chuk."""
_FEWEST = 3
"""Consonants that a name needs for its vowels to count little."""
_SPELT = (
    (re.compile("(?<=[aeo])(?:ff?|w|u)$"), "v"),
    (re.compile("(?<=[aeo])una$"), "va"),
    (re.compile("shch|sch"), "S"),
    (re.compile("(?<=[aeo])[uw](?=[bcdfghklmnprstvz])"), "v"),
    (re.compile("dz(?=[iye])"), "d"),
    (re.compile("ts(?=[iye])"), "t"),
    (re.compile("kh"), "X"),
    (re.compile("[gh](?<![csz]h)"), "H"),
    (re.compile("[iyj]*[aeo]+[iyj]?(?![aeo])|[aeo]+"), "A"),
    (re.compile("[iyj]*u"), "U"),
    (re.compile("[iyj]+"), "I"),
    (re.compile("(.)\\1"), "\\1"),
)


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
    return _FIRST + crc32(told.encode()) % (1 << 30) if len(told) - sum(map(told.count, "AIU")) >= _FEWEST else 0


def _skeleton(text: str) -> str:
    """What is left of a name where the spellings of the three languages are one."""
    for pattern, letters in _SPELT:
        text = pattern.sub(letters, text)
    return text
