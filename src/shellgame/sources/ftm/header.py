"""The first row of a text table: what tells the tables of OpenSanctions apart, and which columns one has."""

from __future__ import annotations

import csv

from shellgame.errors import NotThisSource
from shellgame.sources.publication import Part, head_of

SIMPLE_COLUMNS = frozenset(
    ("id", "schema", "name", "aliases", "birth_date", "countries", "identifiers", "sanctions", "dataset")
)
STATEMENT_COLUMNS = frozenset(("entity_id", "prop", "schema", "value", "dataset"))
PACK_COLUMNS = STATEMENT_COLUMNS - {"schema"}
"""Columns without which a table is none of its kind; others may be missing, and were in older exports."""

_BOM = b"\xef\xbb\xbf"


def first_line(head: bytes) -> bytes:
    """The first line that is not empty, as far as the head of the file holds it."""
    return head.removeprefix(_BOM).lstrip().partition(b"\n")[0]


def first_row(head: bytes) -> tuple[str, ...]:
    r"""The cells of the first row; none where it is no row of a table.

    Example:
        >>> first_row(b'"id","schema"\n"NK-1","Person"\n')
        ('id', 'schema')
    """
    try:
        row = next(csv.reader([first_line(head).decode().rstrip("\r")], strict=True), [])
    except (UnicodeDecodeError, csv.Error):
        return ()
    return tuple(cell.strip() for cell in row)


def columns_of(part: Part, needed: frozenset[str]) -> tuple[str, ...] | None:
    """The names in a part's header, or None where its first row lacks a needed column and so is no header.

    Raises:
        NotThisSource: Two columns have the same name, so one would hide the other.
    """
    columns = first_row(head_of(part.path))
    if not needed.issubset(columns):
        return None
    if twice := {name for name in columns if columns.count(name) > 1}:
        found = f"a header with two columns {', '.join(sorted(twice))[:80]!r}"
        raise NotThisSource(part.printed_name, record="line 1", found=found, remedy="leave one of them out")
    return columns
