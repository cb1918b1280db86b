"""What each entry of the column `ids` becomes: a paper, a number, a wallet, a security, words on the listing, a note."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from shellgame.sources.claims import Claims, Entity, digest
from shellgame.sources.us_trade_csl.identifiers import Fact
from shellgame.sources.us_trade_csl.links import Linker

FIELD: Final = "ids"
_THINGS: Final = frozenset({"Vessel", "Airplane"})
_IMO: Final = re.compile(r"(?:IMO )?(\d{7})")
_LEI: Final = re.compile(r"[A-Z0-9]{18}\d\d")
_RUSSIAN: Final = {
    ("taxNumber", 10): "innCode", ("taxNumber", 12): "innCode", ("registrationNumber", 13): "ogrnCode",
    ("registrationNumber", 15): "ogrnCode",
}  # fmt: skip
"""By property and number of digits, what a Russian number is."""


class FactWriter:
    """Writes the entries of one publication."""

    def __init__(self, claims: Claims, linker: Linker) -> None:
        self._claims = claims
        self._linker = linker

    def write_listing(self, listing: Entity, fact: Fact, *, only: bool) -> bool:
        """Write an entry that belongs to the listing; false where it belongs to the party.

        Args:
            listing: The listing of the row that prints it.
            fact: The entry.
            only: Whether the party stands on one list; else nothing tells which of them a day belongs to.
        """
        if fact.group == "provisions":
            listing.add("provisions", f"{fact.label}: {fact.value}", quote=fact.quote, field=FIELD)
            return True
        if fact.group not in {"listed", "effective"}:
            return False
        listing.add("summary", f"{fact.label}: {fact.value}", quote=fact.quote, field=FIELD)
        if only:
            prop = "listingDate" if fact.group == "listed" else "startDate"
            listing.add_date(prop, fact.value, quote=fact.quote, field=FIELD)
        return True

    def write_party(self, record: Entity, fact: Fact) -> None:
        """Write an entry that belongs to the party itself."""
        is_thing = record.schema in _THINGS
        if fact.group == "unknown":
            self._claims.counts["not_understood"] += 1
        if fact.group == "facts":
            _plain_fact(record, fact)
        elif fact.group == "operators":
            self._linker.link(record, "UnknownLink", fact.value, fact.label, fact.quote, FIELD, outward=False)
        elif is_thing and fact.prop == "registrationNumber":
            record.add("registrationNumber", fact.value, quote=fact.quote, field=FIELD)
        elif is_thing or fact.group in {"unknown", "notes"}:
            record.add(
                "notes", f"{fact.label}: {fact.value}" if fact.label else fact.value, quote=fact.quote, field=FIELD
            )
        elif fact.group == "wallets":
            _wallet(record, fact)
        elif fact.group == "securities":
            _security(record, fact)
        else:
            _paper(record, fact)


def _paper(record: Entity, fact: Fact) -> None:
    is_passport = fact.group == "passports" and record.schema == "Person"
    paper = record.identification(
        fact.value, kind=fact.label, schema="Passport" if is_passport else "Identification", country=fact.country,
        issued=fact.issued, expires=fact.expires, quote=fact.quote, field=FIELD,
    )  # fmt: skip
    paper.add_date("date", fact.day, quote=fact.quote, field=FIELD)
    for prop in _number_props(record, fact):
        record.add(prop, fact.value, quote=fact.quote, field=FIELD)


def _number_props(record: Entity, fact: Fact) -> Iterable[str]:
    """The properties that hold a number plainly, besides the paper."""
    prop = fact.prop or "passportNumber"
    if prop == "leiCode" and not _LEI.fullmatch(fact.value):
        prop = "registrationNumber"
    if prop in {"passportNumber", "socialSecurityNumber"} and record.schema != "Person":
        prop = "idNumber"
    if prop != "bikCode":  # a property of Company, which OFAC's `Entity` need not be
        yield prop
    if fact.country == "RU" and fact.value.isdigit():
        if russian := _RUSSIAN.get((prop, len(fact.value))):
            yield russian
        if fact.label == "Government Gazette Number":
            yield "okpoCode"


def _wallet(record: Entity, fact: Fact) -> None:
    wallet = record.part(f"{record.id}-wallet-{digest(fact.label, fact.value)}", "CryptoWallet")
    currency = fact.label.rpartition(" ")[2]
    for prop, value in (("publicKey", fact.value), ("currency", currency), ("holder", record.id)):
        wallet.add(prop, value, quote=fact.quote, field=FIELD)
    wallet.add("topics", "sanction")


def _security(record: Entity, fact: Fact) -> None:
    security = record.part(f"{record.id}-security-{fact.value.lower()}", "Security")
    security.add("isin", fact.value, quote=fact.quote, field=FIELD)
    security.add("issuer", record.id, quote=fact.quote, field=FIELD)


def _plain_fact(record: Entity, fact: Fact) -> None:
    value, quote = fact.value, fact.quote
    if fact.prop == "gender" and record.schema == "Person":
        record.add_gender(value, quote=quote, field=FIELD)
    elif fact.prop in {"country", "flag", "pastFlags"}:
        prop = fact.prop if record.schema == "Vessel" else "country"
        record.add_country(prop, value, quote=quote, field=FIELD)
    elif fact.prop in {"incorporationDate", "buildDate"}:
        record.add_date(fact.prop, value, quote=quote, field=FIELD)
    elif fact.prop == "imoNumber":
        number = _IMO.fullmatch(value)
        prop = "imoNumber" if number else "registrationNumber"
        record.add(prop, number[1] if number else value, original=value, quote=quote, field=FIELD)
    elif fact.prop == "dunsCode":
        record.add("dunsCode", value.replace("-", ""), original=value, quote=quote, field=FIELD)
    else:
        record.add(fact.prop, value, quote=quote, field=FIELD)
