"""The rows of basic company data, as table or as JSON; and of a table whose lines a text viewer folded at a fixed width."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from shellgame.errors import Damaged
from shellgame.sources.claims import Claims
from shellgame.sources.gb_coh_psc.companies import COLUMNS
from shellgame.sources.json_records import json_records
from shellgame.sources.publication import Part, head_of
from shellgame.sources.tables import Table, open_text, rows

_FEWEST_FOLDS = 3


def company_rows(part: Part, claims: Claims) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield where each row stands, and the row by column.

    Raises:
        BadInput: No such table, or one that is cut.
    """
    head = head_of(part.path).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"{", b"[")):
        for number, row in json_records(part):
            yield f"record {number}", row
    elif width := _fold(head):
        claims.notes.append(f"{part.printed_name}: lines were folded at {width} letters; they were joined again")
        yield from _unfolded(part, width)
    else:
        for line, cells in rows(part, Table(columns=COLUMNS)):
            yield f"line {line}", dict(zip(COLUMNS, cells, strict=True))


def _fold(head: bytes) -> int:
    """Width at which a table was folded: its header goes on over several lines of one length; 0 where it was not."""
    lines = head.decode("utf-8", "replace").splitlines()
    width = len(lines[0])
    pieces = 1 + next((place for place, line in enumerate(lines) if len(line) != width), len(lines) - 1)
    header = [name.strip() for name in "".join(lines[:pieces]).split(",")]
    return width if pieces >= _FEWEST_FOLDS and tuple(header) == COLUMNS else 0


def _unfolded(part: Part, width: int) -> Iterator[tuple[str, dict[str, str]]]:
    with open_text(part, "utf-8-sig") as file:
        whole, first = "", True
        for line, piece in enumerate(file, 1):
            whole += piece.rstrip("\r\n")
            if len(piece.rstrip("\r\n")) == width and len(whole) < width * 100:
                continue
            if whole and not first:
                yield f"line {line}", _row(part, line, whole)
            whole, first = "", False
        if whole:
            raise Damaged(
                part.printed_name,
                record="its end",
                found="the last row is cut",
                remedy="get it again from Companies House",
            )


def _row(part: Part, line: int, text: str) -> dict[str, str]:
    try:
        cells = next(csv.reader([text], strict=True))
    except csv.Error as error:
        raise _no_row(part, line, str(error)) from error
    if len(cells) != len(COLUMNS):
        raise _no_row(part, line, f"{len(cells)} columns where {len(COLUMNS)} belong")
    return dict(zip(COLUMNS, cells, strict=True))


def _no_row(part: Part, line: int, found: str) -> Damaged:
    return Damaged(
        part.printed_name, record=f"line {line}", found=found, remedy="get the file again from Companies House"
    )
