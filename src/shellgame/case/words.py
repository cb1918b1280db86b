"""What a dossier calls things: properties, schemata, jurisdictions and marks in plain words.

FollowTheMoney's names are for programs; a ministry reads "registration number".
"""

from __future__ import annotations

import re
from functools import lru_cache

from rigour.territories import get_territory

_PROPERTIES = {
    "name": "name",
    "alias": "also known as",
    "weakAlias": "weak alias",
    "previousName": "former name",
    "innCode": "INN (Russian tax number)",
    "ogrnCode": "OGRN (Russian register number)",
    "kppCode": "KPP (Russian tax office code)",
    "okpoCode": "OKPO (Russian statistics code)",
    "bikCode": "BIK (Russian bank code)",
    "uscCode": "USC code (China)",
    "imoNumber": "IMO number",
    "mmsi": "MMSI",
    "leiCode": "LEI",
    "swiftBic": "SWIFT/BIC",
    "isin": "ISIN",
    "isinCode": "ISIN",
    "vatCode": "VAT number",
    "dunsCode": "DUNS number",
    "icaoCode": "ICAO code",
    "uniqueEntityId": "unique entity id (UEI)",
    "permId": "PermID",
    "topics": "kind of interest",
    "sourceUrl": "source page",
    "programId": "programme id",
    "programUrl": "programme page",
    "program": "programme",
    "addressEntity": "address record",
    "birthDate": "date of birth",
    "birthPlace": "place of birth",
    "deathDate": "date of death",
    "incorporationDate": "established",
    "dissolutionDate": "dissolved",
    "startDate": "start",
    "endDate": "end",
    "listingDate": "date of listing",
    "modifiedAt": "changed at source",
    "createdAt": "made at source",
    "mainCountry": "main country",
    "entity": "about",
    "full": "address",
}
"""Properties whose words are not just their name taken apart."""
_SCHEMATA = {"Thing": "unspecified party", "UnknownLink": "link", "Organization": "organisation"}
"""Schemata whose words are not just their name taken apart."""
_STEPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BODIES = {"eu": "European Union", "un": "United Nations", "gb": "United Kingdom", "us": "United States"}
STATUS = {"listed": "listed", "delisted": "no longer listed", "not_listed": "not listed", "unknown": "unknown"}
"""How a coverage status reads."""
RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""Admiralty grades of a source."""
CREDIBILITY = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
"""Admiralty grades of a piece of information."""
STANCES = {
    "asserts": "the source itself says so",
    "reports": "the source says that somebody else says so",
    "denies": "the source says that it is not so",
    "infers": "a reader of the source concluded it; the source does not print it",
}
"""What each stance means."""
TLP = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
"""Traffic light protocol markings, from the widest to the narrowest circle."""
TLP_MEANING = {
    "CLEAR": "may be shared without limit",
    "GREEN": "may be shared within the community, not in public",
    "AMBER": "may be shared within the recipient's organisation and its clients who need to know",
    "AMBER+STRICT": "may be shared within the recipient's organisation only",
    "RED": "for the named recipients only",
}
"""What each marking allows."""


@lru_cache(maxsize=1024)
def property_words(prop: str) -> str:
    """Say what a property is.

    Example:
        >>> property_words("registrationNumber"), property_words("imoNumber")
        ('registration number', 'IMO number')
    """
    return _PROPERTIES.get(prop) or _STEPS.sub(" ", prop).lower()


@lru_cache(maxsize=256)
def schema_words(schema: str) -> str:
    """Say what kind a thing is.

    Example:
        >>> schema_words("LegalEntity"), schema_words("Thing")
        ('legal entity', 'unspecified party')
    """
    return _SCHEMATA.get(schema) or _STEPS.sub(" ", schema).lower()


@lru_cache(maxsize=512)
def jurisdiction_words(code: str) -> str:
    """Name a jurisdiction by its code; the code itself where it is no known one.

    Example:
        >>> jurisdiction_words("eu"), jurisdiction_words("ca"), jurisdiction_words("zz9")
        ('European Union', 'Canada', 'zz9')
    """
    if code in _BODIES:
        return _BODIES[code]
    territory = get_territory(code) if code else None
    return str(territory.name) if territory else code


def many(count: int, one: str, several: str = "") -> str:
    """Count things in words.

    Example:
        >>> many(1, "party", "parties"), many(1200, "tie")
        ('1 party', '1,200 ties')
    """
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def listed_in_words(things: list[str]) -> str:
    """Join things as a sentence does.

    Example:
        >>> listed_in_words(["Canada", "Japan", "the United Nations"])
        'Canada, Japan and the United Nations'
    """
    return " and ".join([", ".join(things[:-1]), things[-1]]) if len(things) > 1 else "".join(things)
