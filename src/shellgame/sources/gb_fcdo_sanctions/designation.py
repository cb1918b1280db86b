"""What one designation of the UK Sanctions List becomes.

Each kind of designation reads the fields that fit it; fields that do not, and elements or columns that no table names, are
kept as notes under their names, and what no table names is counted.
"""

from __future__ import annotations

import re
from typing import Final

from shellgame.errors import BadInput
from shellgame.sources.claims import Claims, Entity, digest
from shellgame.sources.gb_fcdo_sanctions.kinds import Known, add_day, write_entity, write_person, write_ship
from shellgame.sources.gb_fcdo_sanctions.programs import program_key
from shellgame.sources.gb_fcdo_sanctions.told import Group, Told
from shellgame.sources.gb_fcdo_sanctions.values import NO_VALUE, mentions, references_in, wallets

AUTHORITY: Final = "Foreign, Commonwealth & Development Office"
SCHEMATA: Final = {"individual": "Person", "entity": "Organization", "ship": "Vessel"}
NAME_PROPS: Final = {"primary name": "name", "primary name variation": "alias", "alias": "alias", "": "alias"}
STRENGTHS: Final = {"": "alias", "good quality a.k.a": "alias", "low quality a.k.a": "weakAlias"}
LANGUAGES: Final = {
    "arabic": "ara", "armenian": "hye", "belarusian": "bel", "bosnian": "bos", "bulgarian": "bul", "burmese": "mya",
    "chinese": "zho", "croatian": "hrv", "czech": "ces", "georgian": "kat", "greek": "ell", "hebrew": "heb",
    "japanese": "jpn", "kazakh": "kaz", "kirghiz; kyrgyz": "kir", "korean": "kor", "pashto": "pus", "persian": "fas",
    "polish": "pol", "romanian; moldavian; moldovan": "ron", "russian": "rus", "serbian": "srp", "thai": "tha",
    "turkish": "tur", "ukrainian": "ukr", "urdu": "urd",
}  # fmt: skip
_COMPANY: Final = re.compile(
    r"(?i)\b(?:company|corporation|llc|ltd|limited|p?jsc|ojsc|joint[- ]stock|plc|partnership)\b"
)
_EMAIL: Final = re.compile(r"[^\s;,<>()@]+@[^\s;,<>()@]+\.[^\s;,<>()@]+")


def record_id(unique_id: str) -> str:
    """Our id of a designation, as OpenSanctions makes it."""
    return "gb-fcdo-" + re.sub(r"[^a-z0-9]+", "-", unique_id.lower()).strip("-")


def full_name(group: Group) -> str:
    """A name, given names first: the sixth part is the surname of a person, or the whole name of others."""
    return " ".join(" ".join(group.get(str(n), "") for n in range(1, 7)).split())


def _between(group: Group) -> str:
    return " ".join(group[part] for part in "2345" if part in group)


class DesignationWriter:
    """Writes the claims of each designation; holds what is the same for the whole publication."""

    def __init__(self, claims: Claims, file: str, part: str, known: Known) -> None:
        self._claims = claims
        self._file = file
        self._part = part
        self._known = known

    def write(self, told: Told) -> None:
        """Write one designation.

        Raises:
            BadInput: It is no individual, entity or ship.
        """
        schema = self._schema(told)
        record = self._claims.record(record_id(told.unique_id), schema, f"{self._part}#{told.unique_id}")
        record.add("topics", "sanction")
        self._names(record, told)
        listing = self._listing(record, told)
        self._prose(record, listing, told)
        self._addresses(record, told)
        if schema != "Vessel":
            self._contacts(record, told)
        if schema == "Person":
            write_person(record, told)
        elif schema == "Vessel":
            write_ship(self._claims, record, told, self._known)
        else:
            write_entity(self._claims, record, told, self._known)
        self._leftovers(record, told)

    def _schema(self, told: Told) -> str:
        kinds = {kind.lower() for kind in told.take("kind")}
        if len(kinds) != 1 or not kinds <= SCHEMATA.keys():
            raise BadInput(
                self._file,
                record=told.unique_id,
                found=f"designation type {' and '.join(map(repr, sorted(kinds))) or 'missing'}",
                remedy=f"known are {', '.join(SCHEMATA)}; add a new one to SCHEMATA once it is known what it is",
            )
        schema = SCHEMATA[kinds.pop()]
        is_company = told.texts("parent") or any(map(_COMPANY.search, told.texts("entity_type")))
        return "Company" if schema == "Organization" and is_company else schema

    # names

    def _names(self, record: Entity, told: Told) -> None:
        groups = [(group, name) for group in told.take_groups("name") if (name := full_name(group))]
        props = [self._name_prop(record, group) for group, _ in groups]
        if props and "name" not in props:  # a party needs a name to be called by
            props[0] = "name"
        for (group, name), prop in zip(groups, props, strict=True):
            printed = " ".join(filter(None, (name, group.get("type"), group.get("strength"))))
            record.add(prop, name, quote=printed if printed != name else None, field="Names")
            self._claims.counts["aliases"] += prop != "name"
            if record.schema == "Person" and "1" in group and "6" in group and prop != "weakAlias":
                record.add("firstName", group["1"], quote=name, field="Names")
                record.add("middleName", _between(group), quote=name, field="Names")
                record.add("lastName", group["6"], quote=name, field="Names")
        for group in told.take_groups("script"):
            language, printed = group.get("language", ""), " ".join(group.values())
            lang = LANGUAGES.get(language.lower())
            name = group.get("name", "")
            record.add("alias", name, lang=lang, quote=printed if printed != name else None, field="NonLatinNames")
            if language and lang is None:
                self._not_understood(record, "NonLatinScriptLanguage", printed)

    def _name_prop(self, record: Entity, group: Group) -> str:
        kind, strength = group.get("type", "").lower(), group.get("strength", "").lower().rstrip(".")
        prop = NAME_PROPS.get(kind)
        if prop is None or strength not in STRENGTHS:
            printed = " ".join(filter(None, (full_name(group), group.get("type"), group.get("strength"))))
            self._not_understood(record, "NameType", printed)
        return STRENGTHS.get(strength, "alias") if prop in {None, "alias"} else str(prop)

    # the listing

    def _listing(self, record: Entity, told: Told) -> Entity:
        listing = record.sanction()
        listing.add("authority", AUTHORITY)
        listing.add("country", "gb")
        listing.add("recordId", told.unique_id, field="UniqueID")
        listing.add("authorityId", told.unique_id, field="UniqueID")
        told.take("unique_id")
        listing.add_all("authorityId", told.take("ofsi_group"), field="OFSIGroupID")
        for text in told.take("un_reference"):
            for reference in references_in(text):
                listing.add("unscId", reference, quote=None if reference == text else text, field="UNReferenceNumber")
        for regime in told.take("regime"):
            listing.add("program", regime, field="RegimeName")
            listing.add("programId", program_key(regime), original=regime, field="RegimeName")
        for text in told.take("designated"):
            add_day(listing, "listingDate", text, "DateDesignated")
            add_day(listing, "startDate", text, "DateDesignated")
        for text in told.take("updated"):
            add_day(listing, "modifiedAt", text, "LastUpdated")
        for text in told.take("source"):
            listing.add("summary", f"Designation source: {text}", original=text, field="DesignationSource")
        self._measures(listing, told)
        return listing

    @staticmethod
    def _measures(listing: Entity, told: Told) -> None:
        printed = [measure.strip() for text in told.take("imposed") for measure in text.split("|")]
        folded = {re.sub(r"[^a-z]", "", measure.lower()) for measure in printed}
        listing.add_all("provisions", printed, field="SanctionsImposed")
        for measure in told.take("indicator"):
            if re.sub(r"[^a-z]", "", measure.lower()) not in folded:
                original = measure.replace(" ", "")
                listing.add("provisions", measure, original=original, field="SanctionsImposedIndicators")

    def _prose(self, record: Entity, listing: Entity, told: Told) -> None:
        reasons, information = told.take("reasons"), told.take("information")
        listing.add_all("reason", reasons, field="UKStatementofReasons")
        record.add_all("notes", information, field="OtherInformation")
        for texts, field, words in (
            (reasons, "UKStatementofReasons", "the statement of reasons"),
            (information, "OtherInformation", "other information"),
        ):
            for text in texts:
                self._mentioned(record, text, field, f"named in {words}")
                if record.schema != "Vessel":
                    _wallets(record, text, field)

    def _mentioned(self, record: Entity, text: str, field: str, role: str) -> None:
        for reference, sentence in mentions(text):
            bearers = self._known.by_reference.get(reference, set()) - {record.id}
            if len(bearers) == 1:
                target = next(iter(bearers))
                record.link("UnknownLink", target, role=role, quote=sentence, field=field, stance="infers")

    # what all or most kinds have

    @staticmethod
    def _addresses(record: Entity, told: Told) -> None:
        for group in told.take_groups("address"):
            lines = [group[str(n)] for n in range(1, 7) if str(n) in group]
            post, country = group.get("post"), group.get("country")
            if lines or post:
                full = ", ".join(filter(None, (*lines, post, country)))
                record.address(full=full, postal_code=post, country=country, locator=f"{record.locator}/Addresses")
            else:
                record.add_country("country", country, field="Addresses")

    def _contacts(self, record: Entity, told: Told) -> None:
        for item in told.take_items("phone"):
            record.add_all("phone", re.split(r"\s*;\s*", item), field="PhoneNumbers")
        for text in told.take_items("email"):
            found = _EMAIL.findall(text)
            record.add_all("email", [address.rstrip(".") for address in found], field="EmailAddresses")
            if not found:
                self._not_understood(record, "EmailAddresses", text)
        for text in told.take_items("website"):
            pages = [page for page in re.split(r"[\s;,]+", text) if page.lower() not in NO_VALUE | {"", "and"}]
            for page in pages:
                if "." in page:
                    record.add("website", page.strip("()"), quote=None if page == text else text, field="Websites")
            if not all("." in page for page in pages):
                self._not_understood(record, "Websites", text)

    # what is left

    def _leftovers(self, record: Entity, told: Told) -> None:
        self._claims.counts["not_understood"] += len(told.unread)
        for field, text in told.leftovers():
            record.add("notes", f"{field}: {text}", original=text, field=field)

    def _not_understood(self, record: Entity, field: str, text: str) -> None:
        self._claims.counts["not_understood"] += 1
        record.add("notes", f"{field}: {text}", original=text, field=field)


def _wallets(record: Entity, text: str, field: str) -> None:
    for currency, address in wallets(text):
        wallet = record.part(f"{record.id}-wallet-{digest(currency, address)}", "CryptoWallet")
        for prop, value in (("publicKey", address), ("currency", currency), ("holder", record.id)):
            wallet.add(prop, value, quote=address, field=field, stance="infers")
        wallet.add("topics", "sanction", stance="infers")
