"""Papers in the Security Council's list: INDIVIDUAL_DOCUMENT, with its two kinds, two countries and a note in prose."""

from __future__ import annotations

import re

from lxml import etree

from shellgame.model.days import partial_day
from shellgame.names.countries import country_code
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.wording import is_blank
from shellgame.sources.xml import text_of

_PASSPORT = re.compile(r"passport|passeport|pasaporte", re.IGNORECASE)
_EXPIRY = re.compile(r"\bexpir(?:es|ed|y|ation)(?: date)?:?(?: on)? (\d{1,2} [A-Z][a-z]{2,8}\.? \d{4})", re.IGNORECASE)
_FIELD = "INDIVIDUAL_DOCUMENT"
_TAGS = (
    "TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "ISSUING_COUNTRY", "COUNTRY_OF_ISSUE", "CITY_OF_ISSUE", "DATE_OF_ISSUE",
    "NOTE",
)  # fmt: skip


def claim_paper(claims: Claims, record: Entity, paper: etree._Element) -> None:
    """Claim one paper; one without a number stays as a note."""
    told = {tag: " ".join(text_of(paper, tag).split()) for tag in _TAGS}
    told = {tag: "" if is_blank(text) else text for tag, text in told.items()}
    number = told["NUMBER"]
    if not number:
        if any(told.values()):
            record.add("notes", "Document: " + "; ".join(filter(None, told.values())), field=_FIELD)
        return
    kind = told["TYPE_OF_DOCUMENT"] or told["TYPE_OF_DOCUMENT2"] or "document"
    passport = bool(_PASSPORT.search(f"{told['TYPE_OF_DOCUMENT']} {told['TYPE_OF_DOCUMENT2']}"))
    countries = [each for each in (told["COUNTRY_OF_ISSUE"], told["ISSUING_COUNTRY"]) if each]
    record.add("passportNumber" if passport else "idNumber", number, quote=f"{kind} {number}", field=_FIELD)
    entity = record.identification(
        number, kind=kind, schema="Passport" if passport else "Identification", field=_FIELD, issued=told["DATE_OF_ISSUE"],
        country=next((each for each in countries if country_code(each)), countries[0] if countries else None),
    )  # fmt: skip
    if len(countries) == 2 and country_code(countries[0]) != country_code(countries[1]):
        entity.add_country("country", countries[1], field=_FIELD)
    if told["TYPE_OF_DOCUMENT"]:
        entity.add("type", told["TYPE_OF_DOCUMENT2"], field=_FIELD)
    if told["CITY_OF_ISSUE"]:
        entity.add("summary", f"Issued in {told['CITY_OF_ISSUE']}", field=_FIELD)
    entity.add("summary", told["NOTE"], field=_FIELD)
    if (expiry := _EXPIRY.search(told["NOTE"])) and (day := partial_day(expiry.group(1))):
        entity.add("endDate", day, original=expiry.group(1), quote=expiry.group(), field=_FIELD)
    claims.counts["papers"] += 1
