"""Text tables (CSV and its kin) read strictly: what does not fit is an error with its line, never a guess."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shellgame.errors import Damaged, Hostile, NotThisSource
from shellgame.settings import settings
from shellgame.sources.publication import Part

_AGAIN = "get the file again from the publisher; do not open and save it in a spreadsheet"
_CHUNK_BYTES = 1 << 20
_TAIL_BYTES = 256
_END_MARK, _NEWLINE = "\x1a", b"\n"
_LINE_END = re.compile(rb"[\r\n]")


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
    check_text(part, table.encoding)
    if table.ends_with_newline:
        _refuse_cut_end(part, table.encoding)
    with part.path.open(encoding=table.encoding, newline="") as file:
        reader = csv.reader(_without_end_mark(file), delimiter=table.delimiter, strict=True)
        begins = 1
        try:
            for _ in range(table.skip_lines):
                next(reader, None)
            width = _width(part, table, reader)
            begins = reader.line_num + 1
            for row in reader:
                if row and len(row) != width:
                    raise Damaged(
                        part.printed_name,
                        record=f"line {reader.line_num}",
                        found=f"{len(row)} columns where {width} belong, beginning {', '.join(row)[:60]!r}",
                        remedy=_AGAIN,
                    )
                if row:
                    yield reader.line_num, row
                begins = reader.line_num + 1
        except csv.Error as error:
            raise Damaged(part.printed_name, record=f"line {begins}", found=_said(error), remedy=_AGAIN) from error


def _said(error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"a cell of more than {csv.field_size_limit()} characters, as when a quotation mark never closes"
    return {"unexpected end of data": "a quotation mark that never closes"}.get(str(error), str(error))


def _without_end_mark(lines: Iterable[str]) -> Iterator[str]:
    """Leave out the control-Z with which some publishers still end a file."""
    for line in lines:
        if line.endswith(_END_MARK):
            line = line.rstrip(_END_MARK)
            if not line:
                continue
        yield line


def _refuse_cut_end(part: Part, encoding: str) -> None:
    with part.path.open("rb") as file:
        file.seek(max(0, part.size - _TAIL_BYTES))
        tail = file.read()
    if not tail.endswith((b"\n", b"\r", _END_MARK.encode())):
        end = tail.decode(encoding, "replace")[-40:]
        raise Damaged(
            part.printed_name,
            record=f"line {_count(part, _NEWLINE) + 1}",
            found=f"the file ends in the middle of a line, at {end!r}",
            remedy="it was cut in transit: " + _AGAIN,
        )


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
    """Read a part as text; it is checked like one that `rows` reads, so see `check_text`."""
    check_text(part, encoding)
    return part.bytes().decode(encoding)


def check_text(part: Part, encoding: str) -> None:
    """Look through a part, a MiB at a time, for what no text holds.

    Raises:
        Damaged: A byte that the encoding does not know, or a NUL byte; names line and byte.
        Hostile: A line longer than `max_line_mib`; found before much more than that of it is read.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    position, line, begun = 0, 1, 0
    with part.path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            begun = _refuse_long_line(part, chunk, line, begun)
            if (at := chunk.find(b"\x00")) >= 0:
                where = f"line {line + chunk.count(_NEWLINE, 0, at)}, byte {position + at}"
                raise Damaged(part.printed_name, record=where, found="a NUL byte, which no text holds", remedy=_AGAIN)
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                at = len(chunk) - len(error.object) + error.start  # a character may have begun in the chunk before
                where = f"line {line + chunk.count(_NEWLINE, 0, max(at, 0))}, byte {position + at}"
                raise _misread(part, encoding, where, error) from error
            line += chunk.count(_NEWLINE)
            position += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _misread(part, encoding, f"line {line}, byte {position - len(error.object)}", error) from error


def _refuse_long_line(part: Part, chunk: bytes, line: int, begun: int) -> int:
    """Hold the lines of a chunk against the limit; `begun` is how much of the first one came before. Returns that of the next."""
    pieces = _LINE_END.split(chunk)
    if max(begun + len(pieces[0]), *map(len, pieces)) > settings().max_line_mib * (1 << 20):
        raise Hostile(
            part.printed_name,
            record=f"line {line} or after it",
            found=f"a line of more than {settings().max_line_mib:g} MiB",
            remedy="no list has such a line: " + _AGAIN,
        )
    return len(pieces[-1]) + (begun if len(pieces) == 1 else 0)


def _misread(part: Part, encoding: str, where: str, error: UnicodeDecodeError) -> Damaged:
    found = f"byte 0x{error.object[error.start]:02x} is not {encoding.removesuffix('-sig')} text"
    return Damaged(
        part.printed_name, record=where, found=found, remedy="it was cut, or saved in another encoding: " + _AGAIN
    )


def _count(part: Part, what: bytes) -> int:
    with part.path.open("rb") as file:
        return sum(chunk.count(what) for chunk in iter(lambda: file.read(_CHUNK_BYTES), b""))
