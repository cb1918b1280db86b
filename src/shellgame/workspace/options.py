"""What a question may come with, as it is given from Python, held against what it has to be."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Real
from operator import index

from shellgame.errors import WrongUse
from shellgame.names.countries import country_code
from shellgame.names.nearest import did_you_mean
from shellgame.sources.catalog import catalog


def several(what: str, given: str | Iterable[str] | None) -> tuple[str, ...]:
    """One text or several as several; a text alone is one, not its letters.

    Raises:
        WrongUse: It is neither.

    Example:
        >>> several("sources", "eu_fsf"), several("sources", ["eu_fsf", "us_ofac_sdn"]), several("sources", None)
        (('eu_fsf',), ('eu_fsf', 'us_ofac_sdn'), ())
    """
    if given is None or isinstance(given, str):
        return (given,) if given else ()
    each: tuple[object, ...] = tuple(given) if isinstance(given, Iterable) else (given,)
    texts = tuple(one for one in each if isinstance(one, str))
    if isinstance(given, Iterable) and len(texts) == len(each):
        return texts
    raise WrongUse(f"{what} {given!r} is no list of texts; give one text or several")


def bounds(limit: object, threshold: object) -> tuple[int, float]:
    """A limit and a threshold as the numbers they are to be.

    Raises:
        WrongUse: One of them is no such number, or out of range.
    """
    if hasattr(limit, "__index__") and isinstance(threshold, Real):
        most, least = index(limit), float(threshold)
        if most >= 1 and 0 <= least <= 1:
            return most, least
    raise WrongUse(
        f"limit {limit!r}, threshold {threshold!r}; a limit is 1 or more, a threshold from 0 to 1, both as numbers"
    )


def jurisdictions_of(what: str, codes: str | Iterable[str]) -> list[str]:
    """Codes of jurisdictions, each of which has a list that can be here.

    Raises:
        WrongUse: They are no texts, or one of them is no such code; says what may have been meant.
    """
    from shellgame.resolve.coverage import STANDARD  # loads the compiler

    known = sorted({*STANDARD, *(source.jurisdiction for source in catalog().values() if source.jurisdiction)})
    asked = list(several(what, codes))
    for code in asked:
        if code not in known:
            meant = country_code(code)
            near = f"did you mean {meant}?" if meant in known else did_you_mean(code, known)
            raise WrongUse(f"{code!r} is no jurisdiction with a list; {near}")
    return asked
