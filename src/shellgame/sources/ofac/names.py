"""Names as OFAC prints them: `LAST, First Middle` for a person, plain for everybody else.

OFAC writes surnames in capitals before the comma and given names behind it. Nothing tells where the first given name
ends (`Yong Chol` is one Korean name, `Hassan Abdullah` an Arab's own and his father's), so given names stay together,
except where the second of two is a Slavic patronymic, which its ending tells.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?", re.IGNORECASE)
_PATRONYMIC = re.compile(r"[A-Z]\w+(?:[oeaiy]v[iy]ch|[oeaiy]vna|[iy]y?ich|l[iy]ch|[iy]chna)")


class PersonName(NamedTuple):
    """A person's name taken apart.

    Attributes:
        full: Given names first: `Viktor Gennadievich KHRENIN`.
        given: All given names, without a patronymic that could be told.
        patronymic: The patronymic where its ending tells it, else empty.
        last: What stands before the comma.
        suffix: `Jr.`, `III`, else empty.
    """

    full: str
    given: str
    patronymic: str
    last: str
    suffix: str


@lru_cache(maxsize=1 << 16)
def person_name(printed: str) -> PersonName:
    """Take a printed person's name apart.

    Example:
        >>> person_name("TURNIP, Viktor Ivanovich").full
        'Viktor Ivanovich TURNIP'
        >>> person_name("RADISH, Juan, Jr.")
        PersonName(full='Juan RADISH Jr.', given='Juan', patronymic='', last='RADISH', suffix='Jr.')
        >>> person_name("MAMA TINA").last
        ''
    """
    parts = [part.strip() for part in printed.split(",")]
    suffixes = [part for part in parts[1:] if _SUFFIX.fullmatch(part)]
    last, *given = [part for part in parts if part not in suffixes and part] or [printed.strip()]
    if not given:
        return PersonName(printed.strip(), "", "", "", "")
    names, suffix = " ".join(given).split(), " ".join(suffixes)
    patronymic = names.pop() if len(names) == 2 and _PATRONYMIC.fullmatch(names[1]) else ""
    return PersonName(" ".join([*given, last, *suffixes]), " ".join(names), patronymic, last, suffix)


def name_key(printed: str) -> str:
    """What two printings of one name in one publication share: letter case, spacing and a final full stop do not count.

    Example:
        >>> name_key("Turnip Trading  S.A.") == name_key("TURNIP TRADING S.A")
        True
    """
    return " ".join(printed.split()).rstrip(".").casefold()
