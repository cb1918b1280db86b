"""Numbers with the words that annexes print around them: `C2002515 (Iran)`, `7725842590 (Tax ID/INN)`, `Morocco number V06359364`.

A number is taken out of its words only where the whole text fits a pattern; anything else stays as printed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from shellgame.model.days import partial_day
from shellgame.sources.printed import countries, enumerated

_TOKEN = r"[\w/.\-‐–]*\d[\w/\-‐–]*"  # noqa: S105 - a piece of a number
_NUMBER = rf"(?:[A-ZА-ЯІЎЁ]{{1,4}} )?{_TOKEN}(?: {_TOKEN}){{0,3}}"
_NUMBER_FIRST = re.compile(
    rf"(?P<number>{_NUMBER})"
    r"(?:[,;]?\s*\((?P<inside>.+?)\)(?:[,;]?\s+(?P<after>\D.*))?|[,;.]?\s+(?P<words>\D.*))?[.,;]?"
)
_WORDS_FIRST = re.compile(
    rf"\(?(?P<words>[A-Za-zé’'.() ]+?)\)?\s*(?:number|[Nn]o\.?|ID|№)?\s*:?\s(?P<number>{_NUMBER})"
    r"(?:[,;]?\s*\(?(?P<after>\D.*?)\)?)?[.,;]?"
)
_SERIES = re.compile(r"[Ss]eries (?P<series>\w+) No\.? ?(?P<number>\d+)(?:,\s*(?P<after>.*))?")
_SEVERAL = re.compile(r",\s+|;\s+|\s+/\s+|\s+and\s+|\s+(?=\(\d\))")
_ORDINAL = re.compile(r"\(\d\)\s*")
_DAY = r"(\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}\.? [A-Za-z]{3,9}\.? \d{4})"
_ISSUED = re.compile(rf"(?:issued|issue date|date of issue)[^\d]{{0,40}}{_DAY}", re.IGNORECASE)
_EXPIRES = re.compile(
    rf"(?:expire[sd]?|expiry|expiring|expiration|valid (?:until|to))[^\d]{{0,20}}{_DAY}", re.IGNORECASE
)
_CAPITALISED = re.compile(r"[A-Z][A-Za-zü/]*(?: (?:and |of |the )*[A-Z][A-Za-zü/]*)*")
_IN_THE_NAME = re.compile(r"\b(?:under|in)(?: the)? name|\bname\b")
_SHORTEST_COUNTRY = 4
_ACRONYMS = frozenset({"US", "USA", "UK", "UAE", "DRC", "CAR"})
_LONGEST_PIECE = 300  # one number with its words; what is longer is prose, and is not tried against every pattern
_UNSURE = re.compile(r"likely|unconfirmed|possibl|unknown", re.IGNORECASE)

_LABELS = {
    "inn": "innCode", "инн": "innCode", "ogrn": "ogrnCode", "kpp": "kppCode", "okpo": "okpoCode", "tin": "taxNumber",
    "tax id": "taxNumber", "tax identification number": "taxNumber", "imo-number": "imoNumber",
}  # fmt: skip
_LABEL = re.compile(r"\b(INN|ИНН|OGRN|KPP|OKPO|TIN|Tax ID|tax identification number|IMO-number)\b", re.IGNORECASE)
_LENGTHS = {"innCode": (10, 12), "ogrnCode": (13, 15), "kppCode": (9,), "okpoCode": (8, 10), "imoNumber": (7,)}
_THEN_LABEL = re.compile(rf"(?P<number>{_NUMBER})\s*\((?P<label>(?:(?!\d{{6}}).)+)\)")
_LABEL_THEN = re.compile(
    r"(?P<label>\(?(?:[A-Za-zА-Я/.]++ ?){1,4}(?:\([A-Z]+\))?\)?)\s*(?:[Nn]o\.?)?\s*[:–-]?\s*(?P<number>\w*\d\w{5,})(?: \([^()]*\))?"
)
_BARE = re.compile(rf"-?\s*(?P<number>{_NUMBER})(?:,?\s+(?:issued|expires|expired|on)\b.*)?")
_PIECES = re.compile(r"(?<=\)),\s+(?=\d)|,\s+(?=\d|(?:KPP|OKPO|OGRN|INN)\b)|;\s+|(?<=\d)\s+(?=(?:KPP|OKPO|OGRN|INN)\b)")
_NUMBER_GOES_ON = re.compile(r"\)\s*-?\s*\d")


class Paper(NamedTuple):
    """One paper: its number and what is said of it; empty where nothing is."""

    number: str
    label: str = ""
    country: str = ""
    issued: str = ""
    expires: str = ""


def papers(text: str) -> list[tuple[Paper, str]]:
    """Read the papers that one value names, each with its words; a piece that is prose has the whole piece for its number.

    Example:
        >>> papers("(a) C2002515 (Iran); (b) Morocco number V06359364")
        [(Paper(number='C2002515', label='Iran', country='ir', issued='', expires=''), 'C2002515 (Iran)'),
         (Paper(number='V06359364', label='Morocco', country='ma', issued='', expires=''), 'Morocco number V06359364')]
    """
    found: list[tuple[Paper, str]] = []
    for piece in enumerated(text):
        several = [_ORDINAL.sub("", each) for each in _SEVERAL.split(piece)]
        if len(several) > 1 and all(re.fullmatch(_NUMBER, each) for each in several):
            found.extend((Paper(each), piece) for each in several)
        else:
            found.append((_paper(piece) or Paper(piece), piece))
    return found


def _paper(text: str) -> Paper | None:
    if len(text) > _LONGEST_PIECE:
        return None
    match = _SERIES.fullmatch(text) or _NUMBER_FIRST.fullmatch(text) or _WORDS_FIRST.fullmatch(text)
    if match is None or _NUMBER_GOES_ON.search(text):
        return None
    told = match.groupdict()
    number = f"{told['series']} {told['number']}" if told.get("series") else told["number"]
    words = "; ".join(part.strip() for part in (told.get("words"), told.get("inside"), told.get("after")) if part)
    return Paper(number.rstrip("."), words, _country(words), _day(_ISSUED, words), _day(_EXPIRES, words))


def _country(words: str) -> str:
    """The country that the words around a number name: at the head of a run of capitalised words, `Kuwait Civil Identification`."""
    if _UNSURE.search(words):
        return ""
    stated = _IN_THE_NAME.split(words)[0]
    for run in (stated, *(match.group() for match in _CAPITALISED.finditer(stated))):
        names = run.split(" ")
        for length in range(len(names), 0, -1):
            name = " ".join(names[:length])
            if (len(name) >= _SHORTEST_COUNTRY or name in _ACRONYMS) and (found := countries(name).values):
                return found[0][0]
    return ""


def _day(pattern: re.Pattern[str], words: str) -> str:
    match = pattern.search(words)
    return match.group(1) if match and partial_day(match.group(1)) else ""


def numbers(column: str, text: str) -> list[tuple[str, str]]:
    """Tell the numbers of a registration or tax column apart, each under the property that its printed label names.

    Example:
        >>> numbers("registrationNumber", "9731097379 (INN), 1227700483350 (OGRN)"), numbers("taxNumber", "771380617804 (Russia)")
        ([('innCode', '9731097379'), ('ogrnCode', '1227700483350')], [('taxNumber', '771380617804')])
        >>> numbers("registrationNumber", "see the entry of the parent company (Minsk)")
        [('registrationNumber', 'see the entry of the parent company (Minsk)')]
    """
    if text.isalnum():
        return [(column, text)]
    found = [_number(column, piece) for piece in _PIECES.split(text) if piece.strip(" .,;")]
    understood = [each for each in found if each]
    return understood if understood and len(understood) == len(found) else [(column, text)]


def _number(column: str, piece: str) -> tuple[str, str] | None:
    if len(piece) > _LONGEST_PIECE:
        return None
    piece = piece.strip(" .,;").removesuffix(")" if "(" not in piece else "\0")
    if not _LABEL.match(piece) and (match := _BARE.fullmatch(piece)):
        number = match["number"]
        return column, number.replace(" ", "") if column in _LENGTHS else number
    match = _THEN_LABEL.fullmatch(piece) or _LABEL_THEN.fullmatch(piece)
    return _labelled(column, match["number"], match["label"]) if match else None


def _labelled(column: str, number: str, label: str) -> tuple[str, str]:
    known = _LABEL.findall(label)
    prop = _LABELS[known[-1].lower()] if known else column
    return (prop if len(number) in _LENGTHS.get(prop, (len(number),)) else column, number)
