"""COMMENTS1 in the Security Council's list: references to other records, the paragraph of a listing, deaths, numbers, contacts."""

from __future__ import annotations

import re

from shellgame.model.days import partial_day
from shellgame.sources.claims import Entity
from shellgame.sources.facts import ORGANIZATION_LACKS, PERSON_LACKS, claim_facts

_FIELD = "COMMENTS1"
# `(QDi.123)`, `(BSW – QDe.902)`, `(BSW, QDe.902)`, `(QDe.902.)`, `(QDi903)`, `(listed under permanent reference number QDe.902)`,
# `(listed as Seven Wells (QDe.902))`.
REFERENCE = re.compile(
    r"\((?:[^()]{0,60}?[\s–-])?((?:QD|TA|LY|KP|CD|CF|SO|YE|IQ|SD|IR|SS|GB|HT)[ie]\.{0,2}\s?\d{3})\b\.?[^()]{0,60}\)+",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(
    r"Listed (?:on \d{1,2} [A-Z][a-z]+ \d{4} )?pursuant to "
    r"((?:sub)?paragraphs? .{3,60}?\b(?:resolution|UNSCR) \d{4}(?: \(\d{4}\))?(?: \([^()]{3,40}\))?)"
)
_OLD_REFERENCE = re.compile(r"\[\s*Old Reference\s*#\s*([^\]]+?)\s*\]")
_DIED = re.compile(
    r"\b(?:died|deceased)(?: in [A-Z][\w ,’'-]{2,40}?,?)? on (\d{1,2} [A-Z][a-z]{2,8}\.? \d{4})", re.IGNORECASE
)
_GENDER = re.compile(r"\bGender: ?(male|female)\b", re.IGNORECASE)
_NOTICE = re.compile(r"https?://www\.interpol\.int/\S*/un/\d+", re.IGNORECASE)


def plain_reference(printed: str) -> str:
    """Write a reference without its dot and spaces, in small letters, so that every way it is printed is the same."""
    return re.sub(r"[^a-z0-9]", "", printed.lower())


def claim_comments(record: Entity, listing: Entity, text: str) -> None:
    """Claim what a remark says of the party itself and of its listing; the whole remark is a note."""
    record.add("notes", text, field=_FIELD)
    for match in _PARAGRAPH.finditer(" ".join(text.split())):
        listing.add("provisions", match.group(1), quote=match.group(), field=_FIELD)
    for match in _OLD_REFERENCE.finditer(text):
        listing.add("recordId", match.group(1), quote=match.group(), field=_FIELD)
    for match in _NOTICE.finditer(text):
        record.add("sourceUrl", match.group(), field=_FIELD)
    if record.schema == "Person":
        for match in _GENDER.finditer(text):
            record.add_gender(match.group(1), quote=match.group(), field=_FIELD)
        for match in _DIED.finditer(text):
            if day := partial_day(match.group(1)):
                record.add("deathDate", day, original=match.group(1), quote=match.group(), field=_FIELD)
    claim_facts(record, text, without=PERSON_LACKS if record.schema == "Person" else ORGANIZATION_LACKS, field=_FIELD)
