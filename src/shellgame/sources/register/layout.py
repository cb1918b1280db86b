"""The tables of the layout and their columns; docs/registers.md explains each, and a test holds the two together."""

from __future__ import annotations

from typing import NamedTuple

_PERIOD = ("started_on", "ended_on")
_WHO = ("birth_date", "nationality", "country")
_MORE = ("source_url", "notes")


class Layout(NamedTuple):
    """One table.

    Attributes:
        required: Columns that it must have, and whose cells must be filled.
        others: Columns that it may have.
    """

    required: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns."""
        return self.required + self.others


TABLES: dict[str, Layout] = {
    "companies": Layout(
        ("id", "name"),
        ("kind", "registration_number", "tax_number", "vat_number", "lei", "jurisdiction", "country", "legal_form", "status",
         "sector", "founded_on", "dissolved_on", "updated_on", *_MORE),
    ),
    "people": Layout(
        ("id", "name"),
        ("first_name", "last_name", "father_name", "birth_date", "birth_place", "death_date", "nationality", "country",
         "gender", "id_number", "tax_number", "updated_on", *_MORE),
    ),
    "officers": Layout(
        ("company_id",),
        ("person_id", "person_name", "person_kind", "person_number", *_WHO, "role", "status", *_PERIOD, *_MORE),
    ),
    "holdings": Layout(
        ("company_id",),
        ("holder_id", "holder_name", "holder_kind", "holder_number", *_WHO, "kind", "percentage", "share_class",
         "shares_count", "shares_value", "shares_currency", "status", "role", "nominee_for_id", "nominee_for_name",
         *_PERIOD, *_MORE),
    ),
    "addresses": Layout(
        ("party_id",), ("address", "street", "city", "region", "postal_code", "country", "kind", *_PERIOD, "notes")
    ),
    "contacts": Layout(("party_id", "kind", "value"), (*_PERIOD, "notes")),
    "names": Layout(("party_id", "name"), ("kind", *_PERIOD)),
}  # fmt: skip
"""In the order in which they are read."""

DAYS = ("founded_on", "dissolved_on", "updated_on", "birth_date", "death_date", *_PERIOD)
"""Columns that hold a day."""
ENDS = (("founded_on", "dissolved_on"), ("birth_date", "death_date"), _PERIOD)
"""Columns of a beginning and of its end."""
IDS = ("company_id", "person_id", "holder_id", "nominee_for_id", "party_id")
"""Columns with the id of a company or person that another table describes."""

SCHEMATA = {
    "company": "Company",
    "organization": "Organization",
    "organisation": "Organization",
    "public body": "PublicBody",
    "state": "PublicBody",
    "person": "Person",
    "unknown": "LegalEntity",
}
"""What a `kind` of party can be, and the schema that it becomes."""

NAME_KINDS = {
    "previous": "previousName",
    "former": "previousName",
    "": "previousName",
    "other": "alias",
    "short": "abbreviation",
}
CONTACT_KINDS = {"email": "email", "phone": "phone", "fax": "phone", "website": "website"}
