"""The part of the FollowTheMoney model that every step needs at hand, as plain tables.

Importing followthemoney reads its whole model from YAML, which takes two seconds; a query for one name should not wait for it.
`tests/model/test_schema.py` holds these tables against the installed followthemoney.
"""

from __future__ import annotations

LINK_ENDS: dict[str, tuple[str, str]] = {
    "UnknownLink": ("subject", "object"),
    "Ownership": ("owner", "asset"),
    "Control": ("controller", "controlled"),
    "Directorship": ("director", "organization"),
    "Membership": ("member", "organization"),
    "Employment": ("employee", "employer"),
    "Occupancy": ("holder", "post"),
    "Representation": ("agent", "client"),
    "Family": ("person", "relative"),
    "Associate": ("person", "associate"),
    "Succession": ("predecessor", "successor"),
    "Debt": ("debtor", "creditor"),
    "Payment": ("payer", "beneficiary"),
    "ContractAward": ("contract", "supplier"),
    "CourtCaseParty": ("party", "case"),
    "ProjectParticipant": ("participant", "project"),
    "Documentation": ("document", "entity"),
}
"""Source and target property of each schema that stands for a relation between two entities."""

POINTERS: dict[str, str] = {
    "parent": "parent",
    "owner": "owner",
    "operator": "operator",
    "holder": "holder",
    "issuer": "issuer",
}
"""Properties by which an entity itself points to another one, and the role the other one has."""

PARENTS: dict[str, str] = {
    "LegalEntity": "Thing",
    "Person": "LegalEntity",
    "Organization": "LegalEntity",
    "Company": "Organization",
    "PublicBody": "Organization",
    "Asset": "Thing",
    "Vehicle": "Asset",
    "Vessel": "Vehicle",
    "Airplane": "Vehicle",
    "Security": "Asset",
    "CryptoWallet": "Thing",
    "Address": "Thing",
}
"""The nearest kind of each schema that can be a party, an asset or a place (a Company is an Asset too)."""

PARTS = frozenset({"Sanction", "Address", "Identification", "Passport", *LINK_ENDS})
"""Schemata of entities that only say something about a record, and are no party themselves."""

CAPTION_PROPS = (
    "name",
    "alias",
    "previousName",
    "weakAlias",
    "publicKey",
    "registrationNumber",
    "imoNumber",
    "email",
    "full",
)
"""Properties that can name an entity to people, best first."""

NAME_PROPS = ("name", "alias", "previousName", "weakAlias", "abbreviation")
"""Properties that hold whole names."""

IDENTIFIERS: dict[str, float] = {
    "imoNumber": 1.0,
    "leiCode": 1.0,
    "innCode": 0.95,
    "ogrnCode": 0.95,
    "uscCode": 0.95,
    "dunsCode": 0.9,
    "swiftBic": 0.7,
    "passportNumber": 0.9,
    "registrationNumber": 0.85,
    "taxNumber": 0.85,
    "vatCode": 0.9,
    "idNumber": 0.85,
    "socialSecurityNumber": 0.9,
    "mmsi": 0.9,
    "publicKey": 1.0,
    "cryptoAddress": 1.0,
    "isinCode": 0.9,
    "isin": 0.9,
    "okpoCode": 0.85,
    "icaoCode": 0.9,
    "serialNumber": 0.6,
    "callSign": 0.6,
    "licenseNumber": 0.7,
    "bikCode": 0.6,
    "kppCode": 0.2,
}
"""Identifying numbers, and how much it says that two records print the same one (before rarity), 0 to 1."""

CONTACTS: dict[str, float] = {"email": 0.8, "phone": 0.8, "website": 0.6}
"""Contacts, and how much it says that two records print the same one (before rarity), 0 to 1."""


def is_a(schema: str, kind: str) -> bool:
    """Whether a schema is a kind, or one of its descendants.

    Example:
        >>> is_a("Company", "LegalEntity"), is_a("Person", "Organization")
        (True, False)
    """
    while schema:
        if schema == kind:
            return True
        schema = PARENTS.get(schema, "")
    return False


def compatible(left: str, right: str) -> bool:
    """Whether one entity could be of both schemata: one is a kind of the other."""
    return is_a(left, right) or is_a(right, left)
