"""The remarks of OFAC's legacy CSV lists, taken apart into facts.

The twelfth column of `sdn.csv` holds what has no column of its own: birth dates, papers, addresses, links to other
parties, roles, legal notes. It is one line, fragments joined by `; ` and ended by a full stop. This module says what
each fragment means by the tables of `shellgame.sources.ofac.remark_rules`, keeps each as it is printed, and calls
`unknown` what no rule understands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from shellgame.sources.ofac.remark_rules import (
    DATED,
    NUMBERED,
    OTHERWISE,
    PARTIES,
    PHRASES,
    PLAIN,
    QUOTED,
    REGISTER_TOWNS,
    ROLES,
    SHAPES,
    TEXTS,
    Kind,
    Labels,
)


class Fragment(NamedTuple):
    """One fact of a remark.

    Days are partial ISO dates, `1948-12-10`, `1948-12` or `1948`, and spans of them two with a stroke, `1962/1964`.
    What is not printed is the empty string.

    Attributes:
        kind: What the fragment tells; `unknown` where no rule understands it.
        value: The fact itself: the number, the name, the day; all of the text for roles, notes and what is unknown.
        quote: The fragment exactly as printed; the remark's closing full stop stays with the last one.
        label: What it is called in print, `Cedula No.` or `Linked To`; `circa` for a birth date that is a guess; the
            currency of a digital currency address; the directive of a listing or effective date.
        alternate: Printed with `alt.`: one more value, not a lesser one.
        country: Of a paper or register, as printed.
        place: Of a register, where a town or state is printed too.
        issued: Since when a paper is valid.
        expires: Until when.
        also: For another party's name at the remark's end, the second way to read it: OFAC prints one full stop
            where the name's own and the remark's meet, so `value` and `also` differ by a final stop.
        cut: The remark ends here without its full stop: OFAC cut it off, and the value may be incomplete.
    """

    kind: Kind
    value: str
    quote: str
    label: str = ""
    alternate: bool = False
    country: str = ""
    place: str = ""
    issued: str = ""
    expires: str = ""
    also: str = ""
    cut: bool = False


class _Reading(NamedTuple):
    value: str
    country: str = ""
    place: str = ""
    issued: str = ""
    expires: str = ""


_Meaning = tuple[Kind, str, _Reading]  # the string is the label
_Read = Callable[[str], _Reading | None]

# "nationality possibly Palestinian;arrested 23 Apr 2002" lacks its space. Some classes of ISIC hold the separator.
_SEPARATOR = re.compile(
    r"(;(?:\s++|$|(?=arrested ))"
    r"(?!tax consultancy|repair of motor vehicles|compulsory social security|sewerage, waste|technical testing))"
)
_LIMIT = 1000  # characters; a remark just as long was cut there, though it may end with a stop by chance
_FARTHEST = 12  # fragments within which a bracket must close; one that does not is a slip of the pen
_ALIAS = re.compile(r"(?:alt\. )?[afnd]\.[kb]\.a\. '")
_WORD = re.compile(r"second-in-command|[a-z]+")
# These keep their stop at a remark's end: of the names in the last links of 2023, all on S.A. and its like are listed
# with it and three in four on CO. and LTD., but one in seven on CORP.
_ABBREVIATED = re.compile(r"(?:\.\s?\w{1,2}|(?:^|[\s.])(?:[A-Z]|(?i:co|ltd|ltda|col|dr)))\.$")
_DAY = re.compile(r"(?:(?:(\d{1,2}) )?([A-Z][a-z]{2})[a-z]* )?([12]\d{3})")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NUMBER = re.compile(
    r"(?P<value>\S.{0,99}?)"
    r"(?:(?<=\d) (?P<town>[A-Z][a-z][\w-]*(?: [A-Z][a-z][\w-]*)*))?"  # 181301-1 Cali (Colombia)
    r"(?:(?: \((?P<place>[^()]+)\))? \((?P<country>[^()]+?)(?:\. +Previously [^()]+)?\))?"  # 22839 (Jalisco) (Mexico)
    r"(?:,? issued (?P<issued>[^(),]*?\d{4}))?"
    r"(?:,? expire[sd] (?P<expires>[^(),]*?\d{4}))?"
    r"(?: at (?P<office>[A-Z].+)|, issued by .+)?"
)
_DIGIT = re.compile(r"\d")
_TWO_IN_ONE = re.compile(r" (?:and|issued|is|were) ")


def parse_remarks(text: str) -> tuple[Fragment, ...]:
    """Say what each fragment of a remark means.

    Give the whole remark: where it fills its 1,000 characters it goes on in `sdn_comments.csv`, without anything
    between the two parts. A pure function, some seven microseconds a fragment.

    Args:
        text: The remark as printed; the list's mark for none, `-0-`, is the caller's to know.

    Returns:
        The fragments in their order. Their quotes, joined with `; `, give the text again but for white space and
        empty fragments.

    Example:
        >>> birth, paper, link = parse_remarks(
        ...     "DOB 1962 to 1964; alt. Passport X123 (Iran) expires 01 Feb 2030; Linked To: QUINCE AND FIG CO."
        ... )
        >>> birth.kind, birth.value
        ('dob', '1962/1964')
        >>> paper.value, paper.country, paper.expires, paper.alternate
        ('X123', 'Iran', '2030-02-01', True)
        >>> link.value, link.also
        ('QUINCE AND FIG CO.', 'QUINCE AND FIG CO')
    """
    quotes = [quote for piece in _pieces(text) if (quote := piece.strip())]
    if not quotes:
        return ()
    is_whole = text.rstrip().endswith(";") or (text.rstrip().endswith(".") and len(text) != _LIMIT)
    last = _fragment(quotes.pop(), is_last=True, cut=not is_whole)
    return (*map(_fragment, quotes), last)


def _pieces(text: str) -> list[str]:
    parts = _SEPARATOR.split(text)  # pieces and the separators between them, in turn
    pieces = parts[::2]
    return list(_rejoined(parts)) if any(map(_is_open, pieces)) else pieces


def _is_open(piece: str) -> bool:
    """Whether a separator after it stands inside brackets or a quoted name."""
    if piece.count("(") > piece.count(")"):
        return True
    return piece[1:7] == ".k.a. " and not piece.rstrip().endswith(("'", "'.")) and bool(_ALIAS.match(piece))


def _rejoined(parts: list[str]) -> Iterator[str]:
    start = 0
    while start < len(parts):
        end = _end_of_piece(parts, start) if _is_open(parts[start]) else start + 1
        yield "".join(parts[start:end])
        start = end + 1


def _end_of_piece(parts: list[str], start: int) -> int:
    for end in range(start + 3, min(start + 2 * _FARTHEST, len(parts)) + 1, 2):
        if _ALIAS.match(parts[end - 1].lstrip()):
            break
        if not _is_open("".join(parts[start:end])):
            return end
    return start + 1


def _fragment(quote: str, *, is_last: bool = False, cut: bool = False) -> Fragment:
    stopped = len(quote) > 1 and quote.endswith(".")
    body = quote[:-1] if stopped else quote
    alternate = body[:5] in {"alt. ", "Alt. "} and bool(body[5:].strip())
    if alternate:
        body = body[5:].lstrip()
    kind, label, reading = _by_label(body) or _by_phrase(body) or _by_role(body)
    value, also = reading.value, ""
    if stopped and kind in TEXTS and body.endswith(value):
        value, also = _with_stop(value, kind, is_last=is_last)
    _, country, place, issued, expires = reading
    return Fragment(kind, value, quote, label, alternate, country, place, issued, expires, also, cut)


def _with_stop(value: str, kind: Kind, *, is_last: bool) -> tuple[str, str]:
    """Give back a full stop that is the value's own; of a party's name at the end, the other way to read it as well."""
    whole = f"{value}."
    is_own = _ABBREVIATED.search(whole) is not None
    if kind not in PARTIES:
        return whole if is_own else value, ""
    if not is_last:  # inside a remark nothing but a name sets a stop
        return whole, ""
    return (whole, value) if is_own else (value, whole)


def _by_label(body: str) -> _Meaning | None:
    first = body.split(" ", 1)[0].rstrip(":,")
    for label, kind, read in _LABELS.get(first, ()):
        rest = body[len(label) :]
        if not body.startswith(label) or rest[:1] not in " :,":
            continue
        reading = read(rest.lstrip(" :,-"))
        if reading is None:
            continue
        if (shape := SHAPES.get(kind)) is None:
            return kind, label, reading
        if match := shape.fullmatch(reading.value):
            return kind, label, reading if match[0] == match[shape.groups] else reading._replace(value=match[1])
        if label in OTHERWISE:
            return OTHERWISE[label], label, reading
    return None


def _by_phrase(body: str) -> _Meaning | None:
    for kind, pattern in PHRASES:
        if match := pattern.fullmatch(body):
            parts = match.groupdict("")
            value = _days(parts["day"]) if "day" in parts else parts.get("value") or body
            if value:
                return kind, parts.get("label", ""), _Reading(value)
    return None


def _by_role(body: str) -> _Meaning:
    names_no_role = ROLES.isdisjoint(_WORD.findall(body.lower()))
    return "unknown" if names_no_role else "position", "", _Reading(body)


def _read_plain(rest: str) -> _Reading | None:
    return _Reading(rest) if rest else None


def _read_alias(rest: str) -> _Reading | None:
    name = rest
    while name.startswith("'") and name.endswith("'") and len(name) > 2:
        name = name[1:-1]
    if name == rest:  # cut off, or without quotes
        name = name.removeprefix("'")
    return _Reading(name) if name else None


def _read_date(rest: str) -> _Reading | None:
    days = _days(rest)
    return _Reading(days) if days else None


def _read_number(rest: str) -> _Reading | None:
    match = _NUMBER.fullmatch(rest)
    if match is None or not _DIGIT.search(match["value"]) or _TWO_IN_ONE.search(match["value"]):
        return None
    value, town, place, country, issued, expires, office = match.groups("")
    if country in REGISTER_TOWNS and not place:
        place, country = country, ""
    since = _days(issued) if issued else ""
    until = _days(expires) if expires else ""
    if since is None or until is None:
        return None
    return _Reading(value, country, place or town or office, since, until)


def _days(printed: str) -> str | None:
    """Turn `10 Dec 1948`, `Dec 1948`, `1948` or a span of such into ISO; None for what is no date."""
    first, _, last = printed.replace("-", " to ").partition(" to ")
    start, end = _day(first), _day(last) if last else ""
    if start is None or end is None:
        return None
    if start.endswith("-01-01") and end.endswith("-12-31"):  # how OFAC prints whole years
        start, end = start[:4], end[:4]
    return f"{start}/{end}" if end and end != start else start


def _day(printed: str) -> str | None:
    match = _DAY.fullmatch(printed)
    if match is None:
        return None
    day, name, year = match.groups()
    if name is None:
        return year
    if name not in _MONTHS:
        return None
    month = _MONTHS.index(name) + 1
    if day is None:
        return f"{year}-{month:02}"
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:  # 31 Nov
        return None


def _by_first_word() -> dict[str, list[tuple[str, Kind, _Read]]]:
    """Every label under its first word, the longest first, with what reads the text behind it."""
    tables: tuple[tuple[Labels, _Read], ...] = (
        (QUOTED, _read_alias), (DATED, _read_date), (NUMBERED, _read_number), (PLAIN, _read_plain),
    )  # fmt: skip
    index = defaultdict(list)
    for table, read in tables:
        for kind, labels in table.items():
            for label in labels:
                index[label.split(" ", 1)[0].rstrip(":,")].append((label, kind, read))
    for rules in index.values():
        rules.sort(key=lambda rule: -len(rule[0]))
    return dict(index)


_LABELS = _by_first_word()
