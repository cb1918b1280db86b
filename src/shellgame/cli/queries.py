"""Whom a command is to look for: names on the command line, or a file of one of three kinds, told apart by how it begins."""

from __future__ import annotations

from pathlib import Path

from shellgame.cli.query_parquet import parquet_rows
from shellgame.cli.query_text import entity_rows, found_encoding, table_rows
from shellgame.cli.rows import Row, Rows, Wording
from shellgame.errors import BadInput, Damaged, WrongUse
from shellgame.resolve.queries import subject_of
from shellgame.sources.publication import head_of, other_kind, refuse_html


def named(names: list[str]) -> list[Row]:
    """Make rows of names.

    Raises:
        WrongUse: One of them is empty, or too long for a name.
    """
    if any(not name.strip() for name in names):
        raise WrongUse("an empty name; give the words to look for")
    return [Row(number, None, (name,), subject_of(name)) for number, name in enumerate(names, start=1)]


def read_queries(file: Path, wording: Wording) -> Rows:
    """Open a file of queries: a table, a Parquet file, or JSON lines.

    Raises:
        BadInput: It is none of these, or has no names; says what was found and what to do.
        WrongUse: A wording that does not fit the file.
    """
    head = head_of(file)
    if head.startswith(b"PAR1"):
        return parquet_rows(file, wording)
    refuse_html(file.name, head)
    encoding = found_encoding(head)
    kind = other_kind(head) if not encoding.startswith(("utf-16", "utf-32")) else ""
    if kind:
        raise Damaged(file.name, found=f"this is {kind}", remedy="give CSV, Parquet or JSON lines of entities")
    begins = head.decode(encoding, "ignore").lstrip()[:1]
    if begins == "[":
        found = "a JSON array"
        raise BadInput(file.name, found=found, remedy="write one object a line, as `jq -c '.[]'` does")
    return entity_rows(file, head, wording) if begins == "{" else table_rows(file, head, wording)
