"""What OFAC's own words in the XML layouts mean: kinds of record, name, script, feature, document and relation.

Data only: a new word is a new line. Most labels of features and documents are those of the remarks in the legacy files
and stand in `remark_rules`; here are the ones that only the XML layouts print. The words are those of the reference
values that the files define themselves; their numbers differ between layouts and are not used.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from shellgame.sources.ofac.remark_rules import DATED, NUMBERED, PLAIN, Kind

SCHEMATA: Final = {"Individual": "Person", "Entity": "Organization", "Vessel": "Vessel", "Aircraft": "Airplane"}
"""Kind of record to schema."""

NAME_PROPS: Final = {"Name": "name", "A.K.A.": "alias", "F.K.A.": "previousName", "N.K.A.": "alias"}
"""Kind of name to property."""

PERSON_PARTS: Final = {
    "First Name": "firstName",
    "Middle Name": "middleName",
    "Last Name": "lastName",
    "Maiden Name": "lastName",
    "Patronymic": "fatherName",
    "Matronymic": "motherName",
}
"""Part of a person's name to property."""

FAMILY_PARTS: Final = ("Last Name", "Maiden Name", "Matronymic")
GIVEN_PARTS: Final = ("First Name", "Middle Name", "Patronymic")
"""Parts before and behind the comma where OFAC prints a name in one piece, each in the order of the file."""

WHOLE_PARTS: Final = frozenset({"Entity Name", "Vessel Name", "Aircraft Name", "Nickname"})
"""Parts that are a name by themselves."""

SCRIPT_LANGUAGES: Final = {
    "Armenian": "hye",
    "Burmese": "mya",
    "Chinese Simplified": "zho",
    "Chinese Traditional": "zho",
    "Georgian": "kat",
    "Greek": "ell",
    "Hangul": "kor",
    "Hebrew": "heb",
    "Japanese": "jpn",
    "Khmer": "khm",
    "Korean": "kor",
    "Lao": "lao",
    "Thai": "tha",
}
"""Scripts that tell the language; Latin, Cyrillic and Arabic are those of too many."""

FAMILY_FIRST: Final = frozenset({"Chinese Simplified", "Chinese Traditional", "Hangul", "Japanese", "Korean"})
"""Scripts in which the family name comes first, and no space parts it from the given name."""

_FEATURES: Final[dict[str, Kind]] = {
    "Birthdate": "dob",
    "Place of Birth": "pob",
    "Nationality Country": "nationality",
    "Citizenship Country": "citizenship",
    "VESSEL TYPE": "vessel_type",
}
_PAPERS: Final[dict[str, Kind]] = {"Global Intermediary Identification Number": "registration_number"}

KINDS: Final[dict[str, Kind]] = {
    **{label: kind for table in (DATED, NUMBERED, PLAIN) for kind, labels in table.items() for label in labels},
    **_FEATURES,
    **_PAPERS,
}
"""Labels of features and documents to the kinds of facts that `shellgame.sources.ofac.facts` writes."""

DATES: Final[frozenset[Kind]] = frozenset(
    {"dob", "established", "manufacture_date", "build_year", "listing_date", "effective_date", "divestment_date"}
)
"""Kinds of facts whose value is a day or a span of days."""

PAPERS: Final = frozenset(
    {
        *(label for labels in NUMBERED.values() for label in labels),
        *(label for kind in ("name_code", "mmsi", "serial_number") for label in PLAIN.get(kind, ())),
        *_PAPERS,
    }
)
"""Labels of documents; the classic layout keeps them in one list with the features."""

TITLE: Final = "Title"
GROSS_TONNAGE: Final = "Vessel Gross Registered Tonnage"
BESIDES_REMARKS: Final = frozenset({TITLE, GROSS_TONNAGE})
"""Features that the legacy files have in columns of their own, so that no rule for remarks knows them."""

_FAMILIES: Final[tuple[tuple[re.Pattern[str], Kind], ...]] = (
    (re.compile(r"Digital Currency Address - (\w+)"), "crypto_address"),
    (
        re.compile(r"((?:Executive Order|CAATSA Section) \d+ .*(?:information|determination))", re.IGNORECASE),
        "sanctions_info",
    ),
    (re.compile(r"Listing Date \((.+)\)"), "listing_date"),
    (re.compile(r"Effective Date \((.+)\)"), "effective_date"),
    (re.compile(r"Purchase/Sales For Divestment Date \((.+)\)"), "divestment_date"),
)
"""Labels of which OFAC makes new ones with each currency, order and directive; the group is what `Fragment.label` holds."""


@lru_cache(maxsize=4096)
def meaning(kind: str) -> tuple[Kind, str]:
    """Find what a feature or document of a kind tells, and the label that goes with it; `unknown` for a new label.

    Example:
        >>> meaning("Secondary sanctions risk:"), meaning("Digital Currency Address - XBT"), meaning("Favourite colour")
        (('sanctions_info', 'Secondary sanctions risk'), ('crypto_address', 'XBT'), ('unknown', 'Favourite colour'))
    """
    label = kind.replace("’", "'").rstrip(" :-")
    if label in KINDS:
        return KINDS[label], label
    for pattern, family in _FAMILIES:
        if match := pattern.fullmatch(label):
            return family, match[1]
    return "unknown", label


class Bond(NamedTuple):
    """What a kind of relation is.

    Attributes:
        schema: Link schema; taken only where both ends fit, else the link is an `UnknownLink`.
        outward: Whether the record that the relation is read from is the link's source.
        this: Schemata that fit this record.
        other: Schemata that fit the other.
    """

    schema: str
    outward: bool
    this: frozenset[str]
    other: frozenset[str]


_PERSON: Final = frozenset({"Person"})
_BODY: Final = frozenset({"Organization"})
_PARTY: Final = _PERSON | _BODY
_ALL: Final = frozenset(SCHEMATA.values())
_OWNED: Final = _ALL - _PERSON

PARTY: Final = _PARTY
"""Schemata of those who can act."""

RELATIONS: Final = {
    "owned or controlled by": Bond("Ownership", False, _OWNED, _PARTY),
    "owns, controls, or operates": Bond("Ownership", True, _PARTY, _OWNED),
    "leader or official of": Bond("Directorship", True, _PARTY, _BODY),
    "principal executive officer": Bond("Directorship", True, _PARTY, _BODY),
    "acting for or on behalf of": Bond("Representation", True, _PARTY, _PARTY),
    "family member of": Bond("Family", True, _PERSON, _PERSON),
    "associate of": Bond("Associate", True, _PERSON, _PERSON),
    # what tie they mean, the words leave open
    "providing support to": Bond("UnknownLink", True, _ALL, _ALL),
    "playing a significant role in": Bond("UnknownLink", True, _ALL, _ALL),
    "property in the interest of": Bond("UnknownLink", True, _ALL, _ALL),
}
"""Relations by their words in lower case, as they are read: this party is *owned or controlled by* the other."""

ANY_BOND: Final = Bond("UnknownLink", True, _ALL, _ALL)
"""Any other relation."""
