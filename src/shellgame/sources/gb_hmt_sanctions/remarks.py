"""What the column `Other Information` tells in running words: contacts, IMO numbers, gender, relations to other targets.

Only what is plainly marked is taken out: an address with `@`, a number behind `Tel`, `IMO` and seven digits, `Gender:`, a
phrase such as `Subsidiary of` before the exact name of another target. The whole text is kept as a note besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WEBSITE = re.compile(r"(?:https?://|www\.)[^\s,;()]+[^\s,;().]", re.IGNORECASE)
_NOTICE = re.compile(r"interpol\.int|un\.org", re.IGNORECASE)  # links to notices about the target, not its own pages
_PHONES = re.compile(
    r"(?:\bTel(?:ephone)?|\bPhone)\b(?: numbers?| nos?)?[.:]*\s*(?P<numbers>[+\d(][\d ()+/,x&.-]*\d)", re.IGNORECASE
)
_PHONE = re.compile(r"[+(\d][\d ()/x-]{5,}\d")
_IMO = re.compile(r"\bIMO(?: number)?\s*:?\)?:?\s*(\d{7})\b", re.IGNORECASE)
_MMSI = re.compile(r"\bMMSI:?\s*(\d{9})\b", re.IGNORECASE)
_FLAG = re.compile(r"\bFlag State: ([A-Z][A-Za-z ]+)")
_GENDER = re.compile(r"\bGender: ?(male|female)\b", re.IGNORECASE)
_SHIP = re.compile(r"\(?IMO(?: number)?\s*:|.{0,60}\bIMO: \d{7}\b.*\bvessel\b", re.IGNORECASE | re.DOTALL)
_KIN = (
    "son|daughter|brother|half-brother|sister|half-sister|wife|husband|spouse|father|mother|cousin|uncle|aunt|nephew|niece|"
    "grandson|granddaughter|brother-in-law|sister-in-law|son-in-law|father-in-law"
)
_NAME = r"(?:the )?(?P<name>(?!Ministry|Government|Army|Navy|Armed |Air Force|Police|Central Bank)[A-Z][^.;,()]{3,80})"
"""Not the institutions that every state has: which state's is meant, the phrase alone does not tell."""
_SUBSIDIARY = re.compile(r"\bsubsidiary of\b|\(Parent company\)\s?:", re.IGNORECASE)
_RELATIONS = (
    ("Family", re.compile(rf"\b(?i:(?P<role>{_KIN})) of {_NAME}")),
    ("Ownership", re.compile(rf"\b(?i:(?P<role>subsidiary of)) {_NAME}")),
    (
        "UnknownLink",
        re.compile(
            rf"\b(?i:(?P<role>(?:owned(?:,? or controlled)?|controlled) by|associated with|linked to|"
            rf"(?:acting|acts) (?:for or )?on behalf of|front(?: company)? for)) {_NAME}"
        ),
    ),
)


class Relation(NamedTuple):
    """A phrase that names another party.

    Attributes:
        schema: Link schema; for `Ownership` the other party is the owner.
        role: The phrase's words.
        names: Ways to read the other party's name, the longest first.
        quote: The phrase as printed.
    """

    schema: str
    role: str
    names: tuple[str, ...]
    quote: str


def is_ship(text: str) -> bool:
    """Whether a remark is about a vessel: until 2022 the list filed vessels under `Entity`.

    Example:
        >>> is_ship("(IMO number: 9000001). Annex XIV."), is_ship("Company Number IMO 5000001. Registered owner of X.")
        (True, False)
    """
    return _SHIP.match(text) is not None


def is_subsidiary(text: str) -> bool:
    """Whether a remark calls the party a subsidiary, which only a company is."""
    return _SUBSIDIARY.search(text) is not None


def imo_numbers(text: str) -> list[str]:
    """IMO numbers of ships or companies."""
    return list(dict.fromkeys(_IMO.findall(text)))


def mmsi_numbers(text: str) -> list[str]:
    """Radio identities of ships."""
    return list(dict.fromkeys(_MMSI.findall(text)))


def flags(text: str) -> list[str]:
    """Flag states as printed."""
    return _FLAG.findall(text)


def genders(text: str) -> list[str]:
    """Genders as printed."""
    return _GENDER.findall(text)


def emails(text: str) -> list[str]:
    """Addresses of electronic mail."""
    return list(dict.fromkeys(EMAIL.findall(text)))


def websites(text: str) -> list[str]:
    """Addresses of the party's own pages."""
    return [page for page in dict.fromkeys(_WEBSITE.findall(text)) if not _NOTICE.search(page)]


def phones(text: str) -> list[str]:
    """Telephone numbers that a word announces; fax numbers are left in the text.

    Example:
        >>> phones("Tel +00 00 000 0001, +00 00 000 0002. Fax +00 00 000 0003.")
        ['+00 00 000 0001', '+00 00 000 0002']
    """
    lists = (match["numbers"].split(",") for match in _PHONES.finditer(text))
    return [number.strip() for numbers in lists for number in numbers if _PHONE.fullmatch(number.strip())]


def relations(text: str) -> Iterator[Relation]:
    """Phrases that name another party, whoever that is.

    Example:
        >>> found, = relations("Subsidiary of the Turnip Works and Radish Mills.")
        >>> found.names
        ('Turnip Works and Radish Mills', 'Turnip Works')
    """
    for schema, pattern in _RELATIONS:
        for match in pattern.finditer(text):
            name = match["name"].strip()
            shorter = [name[: cut.start()] for cut in re.finditer(r" (?:and|or|who|which|in|until) ", name)]
            yield Relation(schema, match["role"], (name, *reversed(shorter)), match[0])
