"""Facts with a label inside a remark: `Tel: +963 11 0000`, `IMO number: 9990011`, `Email: a@b.sy`.

Only what carries its own label, or can be nothing else (an e-mail address), is taken out; the remark itself stays a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from shellgame.sources.claims import Entity


class Fact(NamedTuple):
    """One fact: the FollowTheMoney property, the value, and the words with the label."""

    prop: str
    value: str
    quote: str


_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WEBSITE = re.compile(r"(?:https?://|www\.)[^\s;,()<>\"]+", re.IGNORECASE)
_PHONE = re.compile(
    r"\b(?:Tel(?:ephone)?(?: numbers?| no)?|Tel/Fax|Phone|Mob(?:ile)?|Fax|Facsimile(?: number)?)\s*[:.]{1,2}\s*"
    r"((?:\+?\(?\d[\d\s()./-]{4,}\d(?:\s?\(ext\. ?\d+\))?(?:\s*(?:[;,]|and)\s*)?)+)",
    re.IGNORECASE,
)
_NAME_OF_PARENT = re.compile(
    r"\b(?:(Father|Mother)[’'‘]?s name(?: is| was)?|Name of (father|mother))\s*:?\s+"
    r"([^.;,()\[\]]{3,60}?)(?=[.;,()\[\]]|$| and (?:mother|father))",
    re.IGNORECASE,
)
_NUMBERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("imoNumber", re.compile(r"\bIMO(?: identification)?(?: number| no\.?)?\s*:?\s*(\d{7})\b", re.IGNORECASE)),
    ("swiftBic", re.compile(r"\bSWIFT(?:/BIC)?(?: code)?\s*:?\s*([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")),
    ("leiCode", re.compile(r"\b(?:Legal Entity Identifier \(LEI\)|LEI)\s*:?\s*([A-Z0-9]{18}\d{2})\b")),
    (
        "taxNumber",
        re.compile(
            r"\b(?:Tax ID(?: No\.?| number)?|National Tax Number|VAT Number|TIN)\s*:?\s*([A-Z]{0,3}\d[\d-]{5,})\b"
        ),
    ),
    (
        "registrationNumber",
        re.compile(
            r"\b(?:(?:Company identification|Registered company|Business Registration|Company registration)(?: number| No\.?)"
            r"|(?:State )?Registration (?:number|ID))\s*:?\s*([A-Z]{0,5}-?\d[\w.\-/]{3,}\w)",
            re.IGNORECASE,
        ),
    ),
    ("socialSecurityNumber", re.compile(r"\bSocial Security Number\s*:?\s*(\d[\d-]{6,})\b", re.IGNORECASE)),
)
_NOTICE = "interpol.int"


def facts_in(text: str) -> Iterator[Fact]:
    """Yield the labelled facts of a remark.

    Example:
        >>> [fact[:2] for fact in facts_in("Trades in salt. Tel: +999 12 345 67; Email: info@salt.example; IMO number: 9990011.")]
        [('email', 'info@salt.example'), ('phone', '+999 12 345 67'), ('imoNumber', '9990011')]
    """
    text = " ".join(text.split())
    for match in _EMAIL.finditer(text):
        yield Fact("email", match.group(), match.group())
    for match in _WEBSITE.finditer(text):
        if _NOTICE not in match.group().lower():
            yield Fact("website", match.group().rstrip("."), match.group().rstrip("."))
    for match in _PHONE.finditer(text):
        for number in re.split(r"[;,]|\band\b", match.group(1)):
            if sum(map(str.isdigit, number)) >= 6:
                yield Fact("phone", number.strip(" ./-"), match.group())
    for match in _NAME_OF_PARENT.finditer(text):
        yield Fact(f"{(match.group(1) or match.group(2)).lower()}Name", match.group(3).strip(), match.group())
    for prop, pattern in _NUMBERS:
        for match in pattern.finditer(text):
            yield Fact(prop, match.group(1), match.group())


def claim_facts(entity: Entity, text: str, *, without: frozenset[str], field: str) -> None:
    """Claim the labelled facts of a remark.

    Args:
        entity: Whom the remark is about.
        text: The remark.
        without: Properties that the entity's schema does not have.
        field: Column or element; ends the locator.
    """
    for fact in facts_in(text):
        if fact.prop not in without:
            entity.add(fact.prop, fact.value, quote=fact.quote if fact.quote != fact.value else None, field=field)


PERSON_LACKS = frozenset({"imoNumber"})
ORGANIZATION_LACKS = frozenset({"fatherName", "motherName", "socialSecurityNumber"})
VESSEL_LACKS = frozenset(
    {
        "email",
        "website",
        "phone",
        "fatherName",
        "motherName",
        "swiftBic",
        "leiCode",
        "taxNumber",
        "socialSecurityNumber",
    }
)
