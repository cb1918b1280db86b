"""Text tables (CSV and its kin) read strictly: what does not fit is an error with its line, never a guess."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from shellgame.errors import Damaged, Hostile, NotThisSource
from shellgame.settings import settings
from shellgame.sources.publication import Part

_AGAIN = "get the file again from the publisher; do not open and save it in a spreadsheet"
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class Table:
    """How one text table is written.

    Attributes:
        columns: Number of columns, or the header's names in order; with names the first row must equal them.
        delimiter: Column separator.
        encoding: Text encoding; `utf-8-sig` also reads plain UTF-8.
        ends_with_newline: Whether the publisher always ends the file with a line break, so that its lack means a cut.
        skip_lines: Lines before the header or first row that are no rows (a date line, say).
        optional: Names of columns that may be missing at the end of the header.
    """

    columns: int | tuple[str, ...]
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    ends_with_newline: bool = True
    skip_lines: int = 0


def rows(part: Part, table: Table) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table without its header.

    Yields:
        The line on which the row ends (1 is the first line of the file) and its cells.

    Raises:
        Damaged: Wrong encoding, NUL bytes, a row with too few or too many cells, a quote that never closes, a cut end.
        Hostile: A line longer than `max_line_mib`.
        NotThisSource: The header is another one; shows both.
    """
    text = decoded(part, table.encoding)
    if table.ends_with_newline and not text.endswith(("\n", "\r", "\x1a")):
        raise Damaged(
            part.printed_name,
            record=f"line {text.count(chr(10)) + 1}",
            found=f"the file ends in the middle of a line, at {text[-40:]!r}",
            remedy="it was cut in transit: " + _AGAIN,
        )
    text = text.rstrip("\x1a")
    reader = csv.reader(StringIO(text, newline=""), delimiter=table.delimiter, strict=True)
    try:
        for _ in range(table.skip_lines):
            next(reader, None)
        width = _width(part, table, reader)
        for row in reader:
            if len(row) != width:
                if not row:
                    continue
                raise Damaged(
                    part.printed_name,
                    record=f"line {reader.line_num}",
                    found=f"{len(row)} columns where {width} belong, beginning {', '.join(row)[:60]!r}",
                    remedy=_AGAIN,
                )
            yield reader.line_num, row
    except csv.Error as error:
        raise Damaged(part.printed_name, record=f"line {reader.line_num}", found=f"{error}", remedy=_AGAIN) from error


def _width(part: Part, table: Table, reader: Iterator[list[str]]) -> int:
    if isinstance(table.columns, int):
        return table.columns
    header = [name.strip() for name in next(reader, [])]
    if tuple(header) != table.columns:
        missing = [name for name in table.columns if name not in header]
        surplus = [name for name in header if name not in table.columns]
        raise NotThisSource(
            part.printed_name,
            record=f"line {table.skip_lines + 1}",
            found=f"another header: missing {missing[:5]}, unexpected {surplus[:5]}",
            remedy="give the publisher's own file, or the source this file belongs to",
        )
    return len(header)


def decoded(part: Part, encoding: str) -> str:
    """Read a part as text.

    Raises:
        Damaged: A byte that the encoding does not know, or a NUL byte; names its position.
        Hostile: A line longer than `max_line_mib`; found before the file is held in memory.
    """
    _refuse_long_lines(part)
    data = part.bytes()
    if (position := data.find(b"\x00")) >= 0:
        raise Damaged(
            part.printed_name, record=f"byte {position}", found="a NUL byte, which no text holds", remedy=_AGAIN
        )
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Damaged(
            part.printed_name,
            record=f"line {line}, byte {error.start}",
            found=f"byte 0x{data[error.start]:02x} is not {encoding.removesuffix('-sig')} text",
            remedy="it was saved in another encoding: " + _AGAIN,
        ) from error


def _refuse_long_lines(part: Part) -> None:
    limit = int(settings().max_line_mib * (1 << 20))
    since_newline = 0
    with part.path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            pieces = re.split(rb"[\r\n]", chunk)
            longest = max([since_newline + len(pieces[0]), *map(len, pieces[1:])])
            if longest > limit:
                raise Hostile(
                    part.printed_name,
                    found=f"a line of more than {settings().max_line_mib:g} MiB",
                    remedy="no list has such a line: " + _AGAIN,
                )
            since_newline = longest if len(pieces) == 1 else len(pieces[-1])
