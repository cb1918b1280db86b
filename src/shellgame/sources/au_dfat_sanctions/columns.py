"""The columns of Australia's list, and the rows that make one record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from shellgame.errors import BadInput, Damaged
from shellgame.sources.claims import Claims, digest
from shellgame.sources.publication import Part
from shellgame.sources.sheets import Sheet
from shellgame.sources.wording import distinct, is_blank

REFERENCE, NAME, TYPE, NAME_TYPE = "Reference", "Name of Individual or Entity", "Type", "Name Type"
STRENGTH, BORN, BIRTHPLACE, CITIZENSHIP = "Alias Strength", "Date of Birth", "Place of Birth", "Citizenship"
ADDRESS, REMARKS, LISTING, IMO = "Address", "Additional Information", "Listing Information", "IMO Number"
COMMITTEES, CONTROL, INSTRUMENT = "Committees", "Control Date", "Instrument of Designation"
MEASURES = ("Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction")
REQUIRED = (
    REFERENCE,
    NAME,
    TYPE,
    NAME_TYPE,
    BORN,
    BIRTHPLACE,
    CITIZENSHIP,
    ADDRESS,
    REMARKS,
    LISTING,
    COMMITTEES,
    CONTROL,
)
KNOWN = frozenset({*REQUIRED, STRENGTH, IMO, INSTRUMENT, *MEASURES})
"""Columns of all layouts: those since 2025 have more than the required ones."""

_REFERENCE = re.compile(r"(\d+)\s*(?:[a-z]+\s*\d*)?", re.IGNORECASE)
_SCHEMAS = {"individual": "Person", "person": "Person", "entity": "Organization", "vessel": "Vessel"}
_PRIMARY = ("primary name", "primary", "primay name")
NAME_PROPS = {
    "aka": "alias", "a.k.a.": "alias", "alias": "alias", "original script": "alias", "formerly known as": "previousName",
    "previously listed as": "previousName", **dict.fromkeys(_PRIMARY, "name"),
}  # fmt: skip
_AGAIN = "get the file again from the publisher; do not open and save it in a spreadsheet"


@dataclass
class Group:
    """The rows of one listing: its primary name, and one row for every other name.

    Attributes:
        number: The reference without its letters.
        record_id: `au-dfat-<number>`.
        rows: Cells by column; blank ones (`na`) are empty.
    """

    number: str
    record_id: str
    rows: list[dict[str, str]] = field(default_factory=list)

    def printed(self, column: str) -> list[str]:
        """The distinct cells of a column; the rows of a listing nearly always repeat them."""
        return distinct(row[column] for row in self.rows if row.get(column))


def groups_of(part: Part, sheet: Sheet, claims: Claims) -> Iterator[Group]:
    """Put together the rows of each listing, wherever they stand.

    A number that has been given to two primary names is two listings; the later one's id also tells its name.

    Raises:
        Damaged: A row with content but without a reference or name.
    """
    groups: dict[str, Group] = {}
    current: dict[str, str] = {}
    for position, cells in sheet.rows:
        row = {column: "" if is_blank(text) else text for column, text in cells.items()}
        if not any(row.values()):
            continue
        claims.counts["rows"] += 1
        match = _REFERENCE.fullmatch(row[REFERENCE])
        if match is None or not row[NAME]:
            found = (
                f"no reference to be read in {row[REFERENCE]!r}"
                if match is None
                else f"reference {row[REFERENCE]} without a name"
            )
            raise Damaged(part.printed_name, record=f"row {position}", found=found, remedy=_AGAIN)
        number = match.group(1).lstrip("0") or "0"
        key = current.get(number, number)
        if is_primary(row) and key in groups and any(map(is_primary, groups[key].rows)):
            key = f"{number}-{digest(row[NAME])}"
            claims.notes.append(f"reference {number} has two primary names; {row[NAME]!r} is kept as au-dfat-{key}")
        current[number] = key
        groups.setdefault(key, Group(number, f"au-dfat-{key}")).rows.append(row)
    yield from groups.values()


def is_primary(row: dict[str, str]) -> bool:
    """Whether a row holds the primary name; one without a kind of name does where its reference has no letter."""
    kind = _plain(row[NAME_TYPE])
    return kind in _PRIMARY or (not kind and row[REFERENCE].isdigit())


def schema_of(part: Part, claims: Claims, group: Group) -> str:
    """The schema of a listing by its rows' type.

    Raises:
        BadInput: A type that is not known, or none where no IMO number tells that it is a vessel.
    """
    kinds = distinct(_plain(kind) for kind in group.printed(TYPE))
    if unknown := [kind for kind in kinds if kind not in _SCHEMAS]:
        raise BadInput(
            part.printed_name, record=f"reference {group.number}", found=f"an unknown type {unknown[0]!r}",
            remedy=f"report it with this message: the reader knows {', '.join(_SCHEMAS)}",
        )  # fmt: skip
    if len(kinds) > 1:
        claims.counts["not_understood"] += 1
        claims.notes.append(
            f"reference {group.number} is said to be {' and '.join(kinds)}; read as {kinds[0]}, as its first row says"
        )
    if kinds:
        return _SCHEMAS[kinds[0]]
    claims.counts["not_understood"] += 1
    claims.notes.append(
        f"reference {group.number} has no type; its IMO number or its lack tells whether it is a vessel"
    )
    return "Vessel" if group.printed(IMO) else "LegalEntity"


def name_prop(row: dict[str, str]) -> str | None:
    """The property for a row's name, or None for a kind that is not known."""
    if is_primary(row):
        return "name"
    prop = NAME_PROPS.get(_plain(row[NAME_TYPE]))
    return "weakAlias" if prop == "alias" and _plain(row.get(STRENGTH, "")) == "weak" else prop


def _plain(text: str) -> str:
    return " ".join(text.split()).lower()
