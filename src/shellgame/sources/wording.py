"""Wordings that publishers share: days said roughly or as a range, sentences, and what a script tells of a language.

`printed` takes lists apart and keeps what it does not understand whole; here a cell of messy days is searched through, every day
in it is claimed, and the words that were not read come back for a note.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from shellgame.model.days import partial_day
from shellgame.names.countries import country_code
from shellgame.sources.claims import Claims, Entity

_BLANK = frozenset({"", "na", "n/a", "n.a.", "n.a", "none", "nil", "null", "unknown", "not available", "-", "--"})

# Scripts in which one living language is written. Arabic, Cyrillic, Latin, Devanagari and Han serve many and tell nothing.
_LANGUAGE_OF_SCRIPT = {
    "HANGUL": "kor", "HEBREW": "heb", "GEORGIAN": "kat", "ARMENIAN": "hye", "GREEK": "ell", "THAI": "tha", "KHMER": "khm",
    "LAO": "lao", "SINHALA": "sin", "TAMIL": "tam", "HIRAGANA": "jpn", "KATAKANA": "jpn",
}  # fmt: skip

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_TWO_MONTHS = re.compile(rf"\b({_MONTH})\.? (?:and|or|to) ({_MONTH})\.? (\d{{4}})\b", re.IGNORECASE)
_DAY = re.compile(
    rf"\b\d{{1,2}}[./]\d{{1,2}}[./]\s?\d{{4}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?[ .\-]*{_MONTH}\.?,?[ .\-]*\d{{4}}\b"
    rf"|\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b"
    rf"|\b{_MONTH}\.?,? ?\d{{4}}\b"
    r"|\b\d{4}-\d{2}(?:-\d{2})?\b"
    r"|\b\d{1,2}/\d{4}\b"
    r"|\b\d{4}\b",
    re.IGNORECASE,
)
_ROUGH = re.compile(
    r"\b(?:approx\w*|circa|about|between|early|late|mid|estimated|believed)\b|\bc\.|\d{4}\s?[-–/]\s?\d{4}|\d{4} to \d{4}",
    re.IGNORECASE,
)
_FILLING = re.compile(
    r"\b[a-z]\)|\b(?:approx\w*|circa|c|about|between|and|or|to|born|alt|alternatively|alternative|dob|on|in|year|date|of|birth)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)\]”\"’'])\.(?:\s+|(?=[A-Z][a-z]+ ))(?=[A-Z\[“\"‘])")
_ABBREVIATED = re.compile(
    rf"(?:\b(?:{_MONTH}|Mt|St|Dr|Mr|Mrs|No|Ltd|Co|Inc|approx|a\.k\.a|[A-Z])|\b[a-z])\.$", re.IGNORECASE
)
_SHORT_FORM = re.compile(r"(.{4,}?)\s*\(([A-Z][A-Za-z0-9&/-]{1,11})\)")
_FIRST_YEAR, _LAST_YEAR = 1850, 2100


def is_blank(text: str | None) -> bool:
    """Whether a cell says that nothing is known: empty, `na`, `unknown` and their like."""
    return text is None or text.strip().lower() in _BLANK


def script_language(text: str) -> str | None:
    """Tell the language of a name from its script, where the script serves one language only.

    Returns:
        ISO 639-3 code, or None: Arabic, Cyrillic, Latin and Han letters do not tell.

    Example:
        >>> script_language("서무경"), script_language("محمد"), script_language("Иванов")
        ('kor', None, None)
    """
    scripts = {unicodedata.name(letter, "?").split(" ")[0] for letter in text if letter.isalpha()}
    if scripts & {"HIRAGANA", "KATAKANA"}:
        return "jpn"
    return _LANGUAGE_OF_SCRIPT.get(scripts.pop()) if len(scripts) == 1 else None


def is_latin(text: str) -> bool:
    """Whether most letters of a text are Latin.

    Example:
        >>> is_latin("Acme 样品"), is_latin("АО Завод")
        (True, False)
    """
    letters = [letter for letter in text if letter.isalpha()]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return latin * 2 >= len(letters)


def short_form(name: str) -> tuple[str, str] | None:
    """Tell a name from the abbreviation in brackets behind it.

    Returns:
        The name without it and the abbreviation; None where the brackets hold something else, such as a place.

    Example:
        >>> short_form("Six Wells Group (SWG)"), short_form("Six Wells Group (Libya)")
        (('Six Wells Group', 'SWG'), None)
    """
    match = _SHORT_FORM.fullmatch(name.strip())
    if not match or sum(letter.isupper() for letter in match.group(2)) < 2 or country_code(match.group(2)):
        return None
    return match.group(1), match.group(2)


def sentences(text: str) -> list[str]:
    """Cut a remark into sentences; abbreviations (`Dec.`, `Dr.`, `a.k.a.`) do not end one.

    Example:
        >>> sentences("Brother of A (TAi.001). Listed on 3 Dec. 2011. Owns land.")
        ['Brother of A (TAi.001)', 'Listed on 3 Dec. 2011', 'Owns land.']
    """
    text = " ".join(text.split())
    found, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        if _ABBREVIATED.search(text, start, match.start() + 1):
            continue
        found.append(text[start : match.start()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


@dataclass(frozen=True)
class Days:
    """The days a cell names.

    Attributes:
        days: Partial ISO dates, each with the words it was read from.
        rough: Whether the cell calls them approximate or gives a range; both ends are in `days`.
        unread: What is left over and may carry meaning, as printed; empty when all was read.
    """

    days: tuple[tuple[str, str], ...]
    rough: bool
    unread: str


def days_in(text: str) -> Days:
    """Read every day that a cell names: one, several, a range, or years said roughly.

    Days are printed day first; years before 1850 (another calendar) and years of two figures are left unread.

    Example:
        >>> days_in("a) Between 1958 and 1963 b) 7/02/1950").days
        (('1958', '1958'), ('1963', '1963'), ('1950-02-07', '7/02/1950'))
        >>> days_in("29/09/1361 (Hijri)").unread
        '29/09/1361 Hijri'
    """
    found: list[tuple[int, str, str]] = []
    rest = text
    for match in _TWO_MONTHS.finditer(text):
        days = (partial_day(f"{month} {match.group(3)}") for month in match.group(1, 2))
        found.extend((match.start(), day, match.group()) for day in days if day)
        rest = _blanked(rest, match)
    for match in _DAY.finditer(rest):
        printed = match.group()
        day = partial_day(re.sub(r"([./])\s", r"\1", " ".join(printed.split())) if "/" in printed else printed)
        if day and _FIRST_YEAR <= int(day[:4]) <= _LAST_YEAR:
            found.append((match.start(), day, printed))
            rest = _blanked(rest, match)
    unread = re.sub(r"[^\w/.\-:' ]|_", " ", _FILLING.sub(" ", rest))
    unread = " ".join(word for word in unread.split() if any(letter.isalnum() for letter in word))
    return Days(tuple((day, printed) for _, day, printed in sorted(found)), bool(_ROUGH.search(text)), unread)


def _blanked(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " * len(match.group()) + text[match.end() :]


def add_days(
    claims: Claims, entity: Entity, prop: str, printed: str, *, called: str, field: str, said_of: str | None = None
) -> None:
    """Claim every day a cell names; a range or a rough day, and what was not read, also stays as a note in the printed words.

    Args:
        claims: For the count `dates_not_understood`.
        entity: Who the days are about.
        prop: Date property, such as `birthDate`.
        printed: The cell.
        called: What the days are, for the note: `Date of birth`.
        field: Column or element; ends the locator.
        said_of: The name with which the days were used, where that is not the party's main name; goes into the quote.
    """
    said = days_in(printed)
    whole = " ".join(printed.split())
    for day, words in said.days:
        quote = f"{said_of}: {whole}" if said_of else whole if whole != words else None
        entity.add(prop, day, original=None if words == day else words, quote=quote, field=field)
    if said.rough or said.unread or not said.days:
        note = f"{called} as {said_of}: {whole}" if said_of else f"{called} as printed: {whole}"
        entity.add("notes", note, original=printed, field=field)
    if not said.days or any(letter.isdigit() for letter in said.unread):
        claims.counts["dates_not_understood"] += 1


def distinct(values: Iterable[str]) -> list[str]:
    """Values in the order of their first coming, each once."""
    return list(dict.fromkeys(values))
