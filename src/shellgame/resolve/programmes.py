"""Whom a programme, several by a pattern, or a whole regime takes in.

Every publisher names its programmes in its own way; which of them make up one regime is data, in `regimes.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from shellgame.errors import WrongUse
from shellgame.names.nearest import did_you_mean
from shellgame.names.yaml import load_yaml
from shellgame.store.claims import ClaimSet

_REGIMES = Path(__file__).with_name("regimes.yml")
ANY = "*"
"""Stands for any letters in the name of a programme."""


@lru_cache(maxsize=1)
def regimes() -> dict[str, tuple[str, ...]]:
    """The regimes, each with the names of programmes that make it up; `*` stands for any letters."""
    told: dict[str, list[str]] = load_yaml(_REGIMES)
    return {name: tuple(patterns) for name, patterns in told.items()}


def regime_named(name: str) -> tuple[str, ...]:
    """The programmes that make up a regime.

    Raises:
        WrongUse: There is no such regime; says what may have been meant.
    """
    known = regimes()
    if name.casefold() not in known:
        raise WrongUse(
            f"{name[:100]!r} is no regime; {did_you_mean(name[:100], known)}; `--program` takes names of programmes with *"
        )
    return known[name.casefold()]


def listed_under(claims: ClaimSet, programmes: Sequence[str]) -> list[str]:
    """Ids of the records listed under one of some programmes, or at all where none is given; sorted.

    Args:
        claims: The claims of the day.
        programmes: Names or ids of programmes, as printed; `*` stands for any letters.
    """
    condition, values = "prop = 'entity'", []
    if programmes:
        tests = " OR ".join("value LIKE ? ESCAPE '\\'" if ANY in name else "value = ?" for name in programmes)
        condition, values = f"prop IN ('program', 'programId') AND ({tests})", [as_like(name) for name in programmes]
    query = f"SELECT DISTINCT record_id FROM claims WHERE schema = 'Sanction' AND {condition} ORDER BY 1"
    return [record for (record,) in claims.rows(query, values)]


def as_like(pattern: str) -> str:
    r"""A name with `*` as SQL's `LIKE` reads it; one without is left as it is.

    Example:
        >>> as_like("BELARUS*"), as_like("NS_PLC")
        ('BELARUS%', 'NS_PLC')
    """
    if ANY not in pattern:
        return pattern
    for letter in "\\%_":
        pattern = pattern.replace(letter, f"\\{letter}")
    return pattern.replace(ANY, "%")


def matches_any(name: str, patterns: Sequence[str]) -> bool:
    """Whether a programme is meant by one of some names, in which `*` stands for any letters.

    Example:
        >>> matches_any("BELARUS-EO14038", ["BELARUS*"]), matches_any("LIBYA3", ["LIBYA", "BELARUS*"])
        (True, False)
    """
    return any(re.fullmatch(".*".join(map(re.escape, each.split(ANY))), name, re.DOTALL) for each in patterns)
