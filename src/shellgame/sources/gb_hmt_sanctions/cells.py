"""The rows of one Group ID as cells: what is different in a column, and what a row's name is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from shellgame.errors import BadInput
from shellgame.model.days import partial_day
from shellgame.sources.gb_hmt_sanctions import remarks
from shellgame.sources.gb_hmt_sanctions.texts import items_of, own_references

Row = dict[str, str]
SCHEMATA: Final = {"individual": "Person", "entity": "Organization", "ship": "Vessel"}
_PARTS: Final = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")


def full_name(row: Row) -> str:
    """The name of a row, given names first; the surname of a person, or the whole name of others, is `Name 6`."""
    return " ".join(" ".join(row[part] for part in _PARTS).split())


def different(rows: list[Row], column: str) -> list[str]:
    """The different cells of a column, in their order; none where the layout has no such column."""
    return list(dict.fromkeys(cell for row in rows if (cell := row.get(column, ""))))


def items_in(rows: list[Row], column: str) -> Iterator[tuple[str, str | None]]:
    """Each value of a column, with the whole cell where that is more, to quote from."""
    for cell in different(rows, column):
        for item in items_of(cell):
            yield item, more_than(cell, item)


def more_than(cell: str, item: str) -> str | None:
    """The cell, where it is more than the item."""
    return cell if cell != item else None


def schema_of(rows: list[Row], file: str) -> str:
    """The schema of a target.

    Raises:
        BadInput: A group type that is not known.
    """
    printed = rows[0]["Group Type"]
    schema = SCHEMATA.get(printed.lower())
    if schema is None:
        raise BadInput(
            file,
            record=f"Group ID {rows[0]['Group ID']}",
            found=f"group type {printed!r}",
            remedy=f"known are {', '.join(SCHEMATA)}; add a new one to SCHEMATA once it is known what it is",
        )
    texts = different(rows, "Other Information")
    if schema == "Organization" and any(map(remarks.is_ship, texts)):
        return "Vessel"
    if schema == "Organization" and any(map(remarks.is_subsidiary, texts)):
        return "Company"
    return schema


def references_of(schema: str, text: str) -> list[str]:
    """UN references that a remark gives as its party's own and that are of its kind: `i` and `I` number individuals."""
    is_person = schema == "Person"
    return [
        found for found in own_references(text) if found.startswith("E.") or ("i" in found[1:3].lower()) == is_person
    ]


def dated(text: str) -> bool:
    """Whether a text is a day as this list prints them."""
    return len(text) == len("01/02/2003") and text[2] == text[5] == "/" and partial_day(text) is not None
