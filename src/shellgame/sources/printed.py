"""Several values printed as one: enumerations, alternative days, several countries, lists of contacts.

Publishers write `(a) German, (b) Moroccan`, `6.3.1955 or 15.3.1955`, `info@a.by, sales@a.by`. A reader must tell the values apart
to claim each of them, and must not when the text is prose that only looks like a list. So a text is taken apart only where
every piece is understood; what is not stays whole, for the reader to keep as printed.
"""

from __future__ import annotations

import re
from string import ascii_lowercase
from typing import NamedTuple

from rigour.territories import get_territory

from shellgame.model.days import partial_day
from shellgame.names.countries import country_code

_MARKER = re.compile(r"(?:^|(?<=[\s,;.)]))\(?([a-z]{1,4})\)\s*")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ORDERS: dict[str, tuple[str, ...]] = {"a": tuple(ascii_lowercase), "i": _ROMAN}
_TAIL = re.compile(r"[\s,;]+(?:(?:and|or)\s*)?$")
_ABOUT = re.compile(
    r"^\(?(?:on or around|approximately|approx\.?|about|around|circa|ca?\.|probably)\)?\s+", re.IGNORECASE
)
_LOOSE_DOT = re.compile(r"(?<=\d\.) (?=\d)")
_OR = re.compile(r"\s+\(?or\s+|\s*/\s*|,\s*(?=[\d(])")
_SPAN = re.compile(
    r"(?:approximately\s+)?(?:between\s+)?([\d.]{4,10})\s*(?:and|[-–])\s*([\d.]{4,10}?)\.?(?:\s+\(approximately\s*\))?",
    re.IGNORECASE,
)
_DAY_THEN_WORDS = re.compile(r"(\d{1,2}\.\d{1,2}\.\d{4})[\s,]+(?!.*\d{4}).+", re.DOTALL)
_AND = re.compile(r"\s*/\s*|,\s*(?:and\s+)?|\s+and\s+")
_SHORTEST_PHONE = 6
_BLANKS = re.compile(r"[,;\s]+")
_MAIL = re.compile(r"[^@\s,;:<>()]+@[^@\s,;:<>()]+\.[^@\s,;:<>().]{2,}")
_SITE = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[/?#:]\S*)?")
_PRINTED_OTHERWISE = {"belarussian": "by", "myanmar/burma": "mm", "of the republic of moldova": "md"}
_ALSO_CALLED = frozenset({
    "burma", "crimea", "czech republic", "democratic people's republic of korea", "dprk", "democratic republic of the congo",
    "gaza strip", "kyrgyz republic", "palestinian territories", "republic of türkiye", "russia", "turkey", "türkiye", "u.a.e",
    "u.s.a", "uae", "usa", "vietnam", "west bank", "yemen", "côte d'ivoire", "autonomous republic of crimea", "syria", "iran",
    "libya", "people's republic of china", "united states of america", "united kingdom", "hong kong", "macau",
    "kosovo", "myanmar/burma",
})  # fmt: skip
"""Names of countries as English lists print them, beyond the short and the full name of each."""


class Found(NamedTuple):
    """Values of one text, each with the words it was printed in, and the pieces that were not understood."""

    values: list[tuple[str, str]]
    left: list[str]


def enumerated(text: str) -> list[str]:
    """Take an enumeration apart; a text that is none comes back whole.

    The letters must run in order from `a` (or `i`, `ii`) and stand outside of parentheses: a list within an item stays there.

    Example:
        >>> enumerated("(a) 12 Main St. (Tel. (a) 1, (b) 2), Minsk; (b) Brest"), enumerated("Minister (until 2020)")
        (['12 Main St. (Tel. (a) 1, (b) 2), Minsk', 'Brest'], ['Minister (until 2020)'])
    """
    text = text.strip()
    first = _MARKER.match(text)
    order = _ORDERS.get(first.group(1)) if first else None
    if first is None or order is None:
        return [text] if text else []
    pieces, begin, position = [], first.end(), 1
    for marker in _MARKER.finditer(text, first.end()):
        before = text[begin : marker.start()]
        if position < len(order) and marker.group(1) == order[position] and before.count("(") <= before.count(")"):
            pieces.append(before)
            begin, position = marker.end(), position + 1
    pieces.append(text[begin:])
    return [clean for piece in pieces if (clean := _TAIL.sub("", piece).strip())]


def days(text: str) -> Found:
    """Read one day or several that are alternatives; `circa 1951` reads as 1951, its words tell that it is not exact.

    A single day followed by words, `5.9.1990 (Singapore)`, is that day; of a span both ends are told.

    Example:
        >>> days("(a) 30.12.1960, (b) circa 1959"), days("before 1964")
        (Found(values=[('1960-12-30', '30.12.1960'), ('1959', 'circa 1959')], left=[]), Found(values=[], left=['before 1964']))
        >>> days("Between 1968 and 1973").values
        [('1968', 'Between 1968 and 1973'), ('1973', 'Between 1968 and 1973')]
    """
    found = Found([], [])
    for piece in enumerated(text):
        printed = [piece] if _day(piece) else _OR.split(piece)
        read = [_day(each) for each in printed]
        span = _SPAN.fullmatch(piece)
        if span and all(ends := [_day(end) for end in span.groups()]):
            found.values.extend((end, piece) for end in ends if end)
        elif (single := _DAY_THEN_WORDS.fullmatch(piece)) and (day := partial_day(single.group(1))):
            found.values.append((day, piece))
        elif all(read):
            found.values.extend((day, words) for day, words in zip(read, printed, strict=True) if day)
        else:
            found.left.append(piece)
    return found


def _day(text: str) -> str | None:
    return partial_day(_LOOSE_DOT.sub("", _ABOUT.sub("", " ".join(text.split()).strip(" .,;()"), count=1)))


def countries(text: str) -> Found:
    """Read one country or several, `Latvia and Israel`, `Russian / Ukrainian`; the values are codes.

    Example:
        >>> countries("Russian / Ukrainian").values, countries("Bosnia and Herzegovina").values
        ([('ru', 'Russian'), ('ua', 'Ukrainian')], [('ba', 'Bosnia and Herzegovina')])
        >>> countries("Italian since 1990")
        Found(values=[], left=['Italian since 1990'])
    """
    found = Found([], [])
    for piece in enumerated(text):
        known = _PRINTED_OTHERWISE.get(piece.lower()) or ("/" not in piece and country_code(piece)) or None
        printed = [piece] if known else [name for name in _AND.split(piece) if name]
        read = [known] if known else [_PRINTED_OTHERWISE.get(name.lower()) or country_code(name) for name in printed]
        if all(read):
            new = dict(zip(read, printed, strict=True))
            found.values.extend((code, words) for code, words in new.items() if code)
        else:
            found.left.append(piece)
    return found


def country_at_end(address: str) -> str | None:
    """Find the country that an address in English ends with, told as the code.

    Only full names count, so that `Tanga` (a town) is not taken for Tonga in another language, nor `CH` for Switzerland.

    Example:
        >>> country_at_end("Lenina 1, Minsk, Republic of Belarus"), country_at_end("Libya (in custody)"), country_at_end("Tanga")
        ('by', 'ly', None)
    """
    last = re.sub(r"\s*\([^()]*\)", "", address).rpartition(",")[2].strip(" .)").replace("’", "'").removeprefix("the ")
    code = _PRINTED_OTHERWISE.get(last.lower()) or country_code(last) if last else None
    territory = get_territory(code) if code else None
    if territory is None:
        return None
    known = last.lower() in _ALSO_CALLED or last.lower() in (territory.name.lower(), territory.full_name.lower())
    return code if known else None


def emails(text: str) -> list[str]:
    """Take apart a list of e-mail addresses; empty where the text is anything else."""
    return _listed(text, _MAIL)


def websites(text: str) -> list[str]:
    """Take apart a list of web addresses; empty where the text is anything else.

    Example:
        >>> websites("www.a.by, https://b.by/en"), websites("see the annex")
        (['www.a.by', 'https://b.by/en'], [])
    """
    return _listed(text, _SITE)


def _listed(text: str, pattern: re.Pattern[str]) -> list[str]:
    pieces = [clean for piece in _BLANKS.split(text) if (clean := piece.strip(".<>()")) not in ("and", "or", "")]
    return pieces if all(pattern.fullmatch(piece) for piece in pieces) else []


def phones(text: str) -> list[str]:
    """Take apart a list of telephone numbers where each has at least six digits; empty where the text has too few for one."""
    pieces = [piece.strip() for piece in re.split(r"[,;]", text) if piece.strip()]
    if all(_digits(piece) >= _SHORTEST_PHONE for piece in pieces):
        return pieces
    return [text] if _digits(text) >= _SHORTEST_PHONE else []


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
