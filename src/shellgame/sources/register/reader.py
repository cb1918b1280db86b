"""Reads a company register from tables of our own layout, CSV or Parquet, one file a table, in one folder.

The tables are `companies`, `people`, `officers`, `holdings`, `addresses`, `contacts` and `names`; any of them may be missing. The
layout is documented in docs/registers.md. A row that cannot be read is left out and told with its number; a column that the layout
does not have is told; an empty percentage is a stake of which is not known how much it is. Ids are `<source>-<id>`; an officer or
holder without an id is told by name, and by number or day of birth where the row has one.
"""

from __future__ import annotations

from pathlib import PurePath

from shellgame.errors import Damaged
from shellgame.sources.any_table import PARQUET, header_of
from shellgame.sources.claims import Claims
from shellgame.sources.publication import Part, Publication
from shellgame.sources.reader import Format
from shellgame.sources.register.ids import IdSet
from shellgame.sources.register.layout import TABLES
from shellgame.sources.register.report import Report
from shellgame.sources.register.rows import rows_of
from shellgame.sources.register.writing import Writer


def recognise(name: str, head: bytes) -> str | None:
    """Know a table by its name and the columns that it must have; of Parquet, whose columns stand at its end, by its name."""
    path = PurePath(name.lower())
    layout = TABLES.get(path.stem)
    if layout is None or path.suffix not in (".csv", ".tsv", ".txt", ".parquet"):
        return None
    if head.startswith(PARQUET):
        return path.stem
    return path.stem if set(layout.required).issubset(name.lower() for name in header_of(head)[1]) else None


def read(publication: Publication, claims: Claims) -> None:
    """Read all tables.

    Raises:
        BadInput: A table that is none, or of which no row can be read; a file called like a table without its columns; a person
            with the id of a company.
    """
    _refuse_misfits(publication)
    writer = Writer(claims)
    for name in TABLES:
        part = publication.parts.get(name)
        if part is None:
            continue
        report = Report(part)
        for row in rows_of(part, report):
            writer.write(name, row, report)
        _doubt_names(part, writer.described(name).repeated(), report)
        if report.nothing_read:
            found = f"{report.rows} rows of which none can be read; {report.first}"
            raise Damaged(
                part.printed_name, found=found, remedy=f"{name} needs {', '.join(TABLES[name].required)} in each row"
            )
        claims.counts[f"rows_of_{name}"] = report.rows
        report.tell(claims)


def _doubt_names(part: Part, repeated: IdSet, report: Report) -> None:
    """Tell ids that a table gives to several names; it is read again where any stands there more than once."""
    if not repeated:
        return
    names: dict[str, str] = {}
    for row in rows_of(part, Report(part)):
        if row["id"] in repeated and (before := names.setdefault(row["id"], row["name"])) != row["name"]:
            found = f"id {row['id'][:40]!r} of {before[:80]!r} again, for {row['name'][:80]!r}; both are claimed as one party"
            report.in_doubt(row.number, found)


def _refuse_misfits(publication: Publication) -> None:
    for name in publication.ignored:
        layout = TABLES.get(PurePath(name.lower()).stem)
        if layout is not None:
            needed = ", ".join(layout.required)
            raise Damaged(
                name, found=f"called like a table of the layout, but without {needed}", remedy="name its columns so"
            )


FORMATS: tuple[Format, ...] = (Format("register-tables", recognise, read),)
