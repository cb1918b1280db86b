"""Labelled parts of `Other Information` since 2022: `(Gender):Male`, `(UK Statement of Reasons):…`, `(IMO number):…`.

The list kept its columns when it took over fields of the UK Sanctions List, and printed those fields with their labels
into this one. A label that is not known here is kept as a note with its label, and counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from shellgame.sources.claims import Claims, Entity
from shellgame.sources.gb_hmt_sanctions.remarks import EMAIL
from shellgame.sources.gb_hmt_sanctions.texts import UN_REFERENCE, items_of, plain_reference

FIELD: Final = "Other Information"
_LISTING: Final = {"ukstatementofreasons": "reason"}
_PLAIN: Final = {
    "typeofentity": "classification", "entitytype": "classification", "businessregistrationnumber": "registrationNumber",
    "businessregistrationnumbers": "registrationNumber", "businessregno": "registrationNumber",
    "website": "website", "websites": "website", "phonenumber": "phone", "phonenumbers": "phone",
}  # fmt: skip
_SHIP: Final = {
    "typeofship": "type", "shiptype": "type", "tonnageofship": "tonnage", "tonnage": "tonnage", "shiptonnage": "tonnage",
    "yearbuilt": "buildDate", "hullidentificationnumber": "registrationNumber",
}  # fmt: skip
_FLAGS: Final = {
    "flagofship": "flag", "currentbelievedflagofship": "flag", "currentflag": "flag", "previousflags": "pastFlags",
}  # fmt: skip
_PARTIES: Final = {
    "parentcompany": ("Ownership", "Organization", False), "subsidiaries": ("Ownership", "Company", True),
    "subsidiary": ("Ownership", "Company", True), "currentowners": ("UnknownLink", "LegalEntity", False),
    "currentowner": ("UnknownLink", "LegalEntity", False), "previousowners": ("UnknownLink", "LegalEntity", False),
}  # fmt: skip
"""By label: the link, the schema of a party known by name only, and whether the target of the list is its source."""
_NOTES: Final = frozenset(
    {"", "furtheridentifyinginformation", "otherinformation", "lengthofship", "length", "shiplength"}
)
_REFERENCE: Final = re.compile(r"\b[A-Z]{3}\d{4}\b")

TargetOf = Callable[[Entity, str], str | None]


class LabelWriter:
    """Writes labelled parts; unknown ones aloud."""

    def __init__(self, claims: Claims, target_of: TargetOf) -> None:
        self._claims = claims
        self._target_of = target_of

    def write(self, record: Entity, listings: list[Entity], label: str, text: str) -> None:
        """Write one part where it belongs."""
        key = re.sub(r"[^a-z]", "", label.lower())
        quote = f"({label}):{text}" if label else None
        if self._on_listing(listings, key, text, quote) or self._on_party(record, key, label, text, quote):
            return
        if key not in _NOTES:
            self._claims.counts["not_understood"] += 1
        record.add("notes", f"{label}: {text}" if label else text, quote=quote, field=FIELD)

    @staticmethod
    def _on_listing(listings: list[Entity], key: str, text: str, quote: str | None) -> bool:
        prop = _LISTING.get(key)
        values = [text]
        if key == "uksanctionslistref":
            prop, values = "authorityId", _REFERENCE.findall(text)
        elif key in {"unref", "unreference"}:
            prop, values = "unscId", [plain_reference(found) for found in UN_REFERENCE.findall(text)]
        elif key.startswith("date") and key.endswith("sanctionsimposed"):
            prop, values = "provisions", [quote or text]
        if prop is None or not values:
            return False
        for listing in listings:
            for value in values:
                listing.add(prop, value, quote=quote, field=FIELD)
        return True

    def _on_party(self, record: Entity, key: str, label: str, text: str, quote: str | None) -> bool:
        if key == "gender" and record.schema == "Person":
            record.add_gender(text.strip(" ."), quote=quote, field=FIELD)
        elif key in {"emailaddress", "email", "emailaddresses"} and record.schema != "Vessel" and EMAIL.search(text):
            record.add_all("email", EMAIL.findall(text), field=FIELD)
        elif key in _PLAIN and record.schema != "Vessel":
            for item in items_of(text):
                record.add(_PLAIN[key], item.strip(" ."), quote=quote, field=FIELD)
        elif key in _PARTIES:
            for item in items_of(text):
                self._party(record, key, label, item.strip(" ."), quote)
        else:
            return self._on_ship(record, key, text, quote)
        return True

    @staticmethod
    def _on_ship(record: Entity, key: str, text: str, quote: str | None) -> bool:
        if record.schema != "Vessel":
            return False
        if key == "imonumber" and (numbers := re.findall(r"\b\d{7}\b", text)):
            for number in numbers:
                record.add("imoNumber", number, quote=quote, field=FIELD)
        elif key in _FLAGS:
            for item in items_of(text):
                for country in re.split(r"[,;] ", item):
                    record.add_country(_FLAGS[key], country.strip(" ."), quote=quote, field=FIELD)
        elif key in _SHIP:
            record.add(_SHIP[key], text.strip(" ."), quote=quote, field=FIELD)
        else:
            return False
        return True

    def _party(self, record: Entity, key: str, label: str, name: str, quote: str | None) -> None:
        schema, named, outward = _PARTIES[key]
        known = self._target_of(record, name)
        target = known or self._claims.named(name, record, schema=named, quote=quote)
        stance = "infers" if known else "asserts"
        record.link(schema, target, role=label, quote=quote, field=FIELD, outward=outward, stance=stance)
