"""What the file says of one subject, the same for its three layouts: facts, each with the attributes of the XML by name."""

from __future__ import annotations

from dataclasses import dataclass, field

from shellgame.errors import BadInput, Damaged
from shellgame.sources.publication import Part

SUBJECT_TYPES = {"person": "Person", "p": "Person", "enterprise": "Organization", "e": "Organization"}
"""Codes of subject types, long and short, and the schema of each. `enterprise` is any group, body, company or vessel."""

ACT = frozenset({
    "regulationType", "organisationType", "publicationDate", "entryIntoForceDate", "numberTitle", "programme", "publicationUrl",
})  # fmt: skip
_PLACE = frozenset({"city", "region", "place", "zipCode", "countryIso2Code", "countryDescription"})
_ALWAYS = frozenset({"logicalId", "regulationLanguage"})
ATTRIBUTES = {
    "nameAlias": _ALWAYS | {
        "firstName", "middleName", "lastName", "wholeName", "nameLanguage", "gender", "title", "function", "strong",
    },
    "citizenship": _ALWAYS | {"region", "countryIso2Code", "countryDescription"},
    "birthdate": _ALWAYS | _PLACE | {
        "birthdate", "dayOfMonth", "monthOfYear", "year", "yearRangeFrom", "yearRangeTo", "circa", "calendarType",
    },
    "address": _ALWAYS | _PLACE | {"street", "poBox", "asAtListingTime"},
    "identification": _ALWAYS | {
        "number", "latinNumber", "identificationTypeCode", "identificationTypeDescription", "issuedBy", "issueDate", "issuedDate",
        "validFrom", "validTo", "nameOnDocument", "diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer",
        "region", "countryIso2Code", "countryDescription",
    },
}  # fmt: skip
"""The kinds of facts and the attributes that each may have."""


@dataclass(frozen=True)
class Fact:
    """One fact: a name, a citizenship, a birth date, an address or a paper.

    Attributes:
        kind: A key of `ATTRIBUTES`.
        said: Attribute to text as printed, without empty ones.
        remarks: Free text about this fact.
        contacts: Kind and value of telephones, addresses of e-mail and of web sites.
        acts: The acts that put the fact on the list, by the attributes in `ACT`.
    """

    kind: str
    said: dict[str, str]
    remarks: tuple[str, ...] = ()
    contacts: tuple[tuple[str, str], ...] = ()
    acts: tuple[dict[str, str], ...] = ()

    def __getitem__(self, attribute: str) -> str:
        """The text of an attribute, empty where it is not stated."""
        return self.said.get(attribute, "")


@dataclass
class Subject:
    """One listed person or group.

    Attributes:
        reference: EU reference number, `EU.36.64`; empty in old records that have none.
        logical_id: The file's own number of the subject.
        types: Codes of its type; one, or a long and a short one.
        said: `unitedNationId`, `designationDate`, `designationDetails`, `delistingDate` where stated.
        remarks: Free text about the subject.
        acts: The acts by which it is listed now.
        facts: Names, citizenships, birth dates, addresses, papers.
        unknown: Where and what the layout does not provide for, to be kept as a note.
    """

    reference: str
    logical_id: str
    types: list[str]
    said: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    acts: list[dict[str, str]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """How messages and locators call it: the reference, else the logical id."""
        return self.reference or self.logical_id

    @property
    def id(self) -> str:
        """Id of the record, as OpenSanctions makes it: `eu-fsf-eu-36-64`."""
        slug = "-".join(self.reference.lower().replace(".", " ").split())
        return f"eu-fsf-{slug}" if slug else f"eu-fsf-logical-{self.logical_id}"

    def schema(self, part: Part) -> str:
        """The schema of its type.

        Raises:
            BadInput: A type that is neither person nor enterprise, two that disagree, or no id to tell the record by.
        """
        if not self.name:
            raise BadInput(
                part.printed_name, record="a subject without reference number and logical id", found="nothing to tell it by",
                remedy="get the publication again from the publisher",
            )  # fmt: skip
        schemata = {SUBJECT_TYPES.get(code.lower()) for code in self.types}
        schema = schemata.pop() if len(schemata) == 1 else None
        if schema is None:
            raise BadInput(
                part.printed_name, record=f"record {self.name}",
                found=f"unknown subject type {' / '.join(map(repr, self.types)) or 'none'}",
                remedy="the list knows person (P) and enterprise (E); add it to `SUBJECT_TYPES` in sources/eu_fsf/subjects.py",
            )  # fmt: skip
        return schema


def subject_of_row(
    part: Part, line: int, found: dict[str, Subject], reference: str, logical_id: str, types: list[str]
) -> Subject:
    """The subject that a row of a table is about: one of those found before, or a new one among them.

    Raises:
        Damaged: An earlier row tells another reference or type of it; names the line.
    """
    subject = found.setdefault(logical_id or reference, Subject(reference, logical_id, types))
    if (subject.reference, subject.types) != (reference, types):
        raise Damaged(
            part.printed_name, record=f"line {line}, logical id {logical_id}",
            found=f"{reference} {types} where an earlier row has {subject.reference} {subject.types}",
            remedy="the rows of one record disagree: get the file again from the publisher",
        )  # fmt: skip
    return subject
