"""What the UK Sanctions List says of one designation, before it becomes claims; the same for its XML and its CSV.

The XML nests each repeated thing; the CSV prints a row for every combination of them. Both come down to the same: for each
field the different texts, for names, addresses, papers and birth places the different groups of texts, and whatever the
tables below do not name, under the name that the publisher gave it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shellgame.sources.gb_fcdo_sanctions.values import items_of

Group = dict[str, str]

TEXTS: Final = {
    "LastUpdated": ("updated", "Last Updated"),
    "DateDesignated": ("designated", "Date Designated"),
    "UniqueID": ("unique_id", "Unique ID"),
    "OFSIGroupID": ("ofsi_group", "OFSI Group ID"),
    "UNReferenceNumber": ("un_reference", "UN Reference Number"),
    "RegimeName": ("regime", "Regime Name"),
    "IndividualEntityShip": ("kind", "Designation Type"),
    "DesignationSource": ("source", "Designation source"),
    "SanctionsImposed": ("imposed", "Sanctions Imposed"),
    "OtherInformation": ("information", "Other Information"),
    "UKStatementofReasons": ("reasons", "UK Statement of Reasons"),
    "Titles/Title": ("title", "Title"),
    "PhoneNumbers/PhoneNumber": ("phone", "Phone number"),
    "EmailAddresses/EmailAddress": ("email", "Email address"),
    "Websites/Website": ("website", "Website"),
    "IndividualDetails/Individual/DOBs/DOB": ("birth_date", "D.O.B"),
    "IndividualDetails/Individual/Genders/Gender": ("gender", "Gender"),
    "IndividualDetails/Individual/Nationalities/Nationality": ("nationality", "Nationality(/ies)"),
    "IndividualDetails/Individual/Positions/Position": ("position", "Position"),
    "EntityDetails/Entity/TypeOfEntities/TypeOfEntity": ("entity_type", "Type of entity"),
    "EntityDetails/Entity/ParentCompanies/ParentCompany": ("parent", "Parent company"),
    "EntityDetails/Entity/Subsidiaries/Subsidiary": ("subsidiary", "Subsidiaries"),
    "EntityDetails/Entity/BusinessRegistrationNumbers/BusinessRegistrationNumber": (
        "registration", "Business registration number (s)",
    ),
    "ShipDetails/Ship/IMONumbers/IMONumber": ("imo", "IMO number"),
    "ShipDetails/Ship/CurrentOwnerOperators/CurrentOwnerOperator": ("owner", "Current owner/operator (s)"),
    "ShipDetails/Ship/PreviousOwnerOperators/PreviousOwnerOperator": ("past_owner", "Previous owner/operator (s)"),
    "ShipDetails/Ship/CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip": ("flag", "Current believed flag of ship"),
    "ShipDetails/Ship/PreviousFlags/PreviousFlag": ("past_flag", "Previous flags"),
    "ShipDetails/Ship/TypeOfShipDetails/TypeOfShip": ("ship_type", "Type of ship"),
    "ShipDetails/Ship/TonnageOfShipDetails/TonnageOfShip": ("tonnage", "Tonnage of ship"),
    "ShipDetails/Ship/LengthOfShipDetails/LengthOfShip": ("length", "Length of ship"),
    "ShipDetails/Ship/YearsBuilt/YearBuilt": ("year_built", "Year Built"),
    "ShipDetails/Ship/HullIdentificationNumbers/HullIdentificationNumber": ("hull", "Hull identification number (HIN)"),
}  # fmt: skip
"""By path in the XML: our name for the field, and the column of the CSV."""

_COLUMNS: Final = dict(TEXTS.values())

GROUPS: Final[Mapping[str, tuple[str, Mapping[str, tuple[str, str]]]]] = {
    "Names/Name": ("name", {
        **{f"Name{n}": (str(n), f"Name {n}") for n in range(1, 7)},
        "NameType": ("type", "Name type"), "AliasStrength": ("strength", "Alias strength"),
    }),
    "NonLatinNames/NonLatinName": ("script", {
        "NameNonLatinScript": ("name", "Name non-latin script"), "NonLatinScriptType": ("type", "Non-latin script type"),
        "NonLatinScriptLanguage": ("language", "Non-latin script language"),
    }),
    "Addresses/Address": ("address", {
        **{f"AddressLine{n}": (str(n), f"Address Line {n}") for n in range(1, 7)},
        "AddressPostalCode": ("post", "Address Postal Code"), "AddressCountry": ("country", "Address Country"),
    }),
    "IndividualDetails/Individual/BirthDetails/Location": ("birth_place", {
        "TownOfBirth": ("town", "Town of birth"), "CountryOfBirth": ("country", "Country of birth"),
    }),
    "IndividualDetails/Individual/PassportDetails/Passport": ("passport", {
        "PassportNumber": ("number", "Passport number"),
        "PassportAdditionalInformation": ("information", "Passport additional information"),
    }),
    "IndividualDetails/Individual/NationalIdentifierDetails/NationalIdentifier": ("national_id", {
        "NationalIdentifierNumber": ("number", "National Identifier number"),
        "NationalIdentifierAdditionalInformation": ("information", "National Identifier additional information"),
    }),
}  # fmt: skip
"""By path in the XML: our name for the group, and for each of its parts our name and the column of the CSV."""

INDICATORS: Final = "SanctionsImposedIndicators"
"""Element whose children are measures, named in one word, with `true` or `false`."""


class Told:
    """One designation.

    Attributes:
        unique_id: The publisher's id, such as `RUS0001`.
        unread: What no table names: the publisher's name for it, and the text.
    """

    def __init__(self, unique_id: str) -> None:
        self.unique_id = unique_id
        self.unread: dict[tuple[str, str], None] = {}
        self._texts: dict[str, dict[str, None]] = {}
        self._groups: dict[str, dict[tuple[tuple[str, str], ...], None]] = {}

    def add(self, field: str, text: str) -> None:
        """Keep one text of a field; the same text twice counts once."""
        self._texts.setdefault(field, {})[text] = None

    def add_group(self, field: str, group: Group) -> None:
        """Keep one group of texts."""
        self._groups.setdefault(field, {})[tuple(group.items())] = None

    def texts(self, field: str) -> list[str]:
        """The different texts of a field, for reading without using them up."""
        return list(self._texts.get(field, ()))

    def groups(self, field: str) -> list[Group]:
        """The different groups of a field, for reading without using them up."""
        return [dict(items) for items in self._groups.get(field, ())]

    def take(self, field: str) -> list[str]:
        """The different texts of a field, which then counts as read."""
        return list(self._texts.pop(field, ()))

    def take_items(self, field: str) -> list[str]:
        """The different items of a field's texts, which then counts as read."""
        return list(dict.fromkeys(item for text in self.take(field) for item in items_of(text)))

    def take_groups(self, field: str) -> list[Group]:
        """The different groups of a field, which then counts as read."""
        return [dict(items) for items in self._groups.pop(field, ())]

    def leftovers(self) -> list[tuple[str, str]]:
        """What was told and not read: fields that do not fit the kind of designation, and what no table names."""
        texts = [(_COLUMNS.get(field, field), text) for field, found in self._texts.items() for text in found]
        groups = [
            (field, ", ".join(part for _, part in items)) for field, found in self._groups.items() for items in found
        ]
        return [*texts, *groups, *self.unread]
