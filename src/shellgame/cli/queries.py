"""Names to screen, from the command line or a CSV file; a bad row is told with its number and the rest goes on."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shellgame.errors import BadInput, Damaged, WrongUse
from shellgame.sources.publication import Part, head_of, refuse_html
from shellgame.sources.tables import open_text


def queries_of(names: list[str], file: Path | None, say: Callable[[str], None]) -> list[str | dict[str, Any]]:
    """Collect the queries.

    Raises:
        WrongUse: Neither names nor a file, or an empty name.
        BadInput: The file has no column `name`, or is no UTF-8 text.
    """
    if not names and file is None:
        raise WrongUse("nothing to look for: give a name, or --file with a CSV that has a column `name`")
    if any(not name.strip() for name in names):
        raise WrongUse("an empty name; give the words to look for")
    return [*names, *(_from_file(file, say) if file else [])]


def _from_file(file: Path, say: Callable[[str], None]) -> list[str | dict[str, Any]]:
    refuse_html(file.name, head_of(file))
    rows = None
    try:
        with open_text(Part(file.name, file, file.name), "utf-8-sig") as text:
            rows = csv.DictReader(text, strict=True)
            if "name" not in (rows.fieldnames or ()):
                raise BadInput(
                    file.name,
                    record="line 1",
                    found=f"columns {', '.join(rows.fieldnames or ()) or 'none'}",
                    remedy="name the column that holds the names `name`",
                )
            return _usable(rows, file.name, say)
    except csv.Error as error:
        line = f"line {rows.line_num if rows else 1}"
        raise Damaged(file.name, record=line, found=str(error), remedy="save it as UTF-8 CSV") from error


def _usable(rows: csv.DictReader[str], name: str, say: Callable[[str], None]) -> list[str | dict[str, Any]]:
    found: list[str | dict[str, Any]] = []
    for row in rows:
        if not (row["name"] or "").strip() or None in row:
            say(f"{name}, line {rows.line_num}: {'too many columns' if None in row else 'no name'}; the row is skipped")
            continue
        found.append({"schema": row.get("schema") or None, "properties": {"name": [row["name"]]}})
    return found
