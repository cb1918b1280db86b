"""Text tables (CSV and its kin) read strictly: what does not fit is an error with its line, never a guess."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader, RawIOBase, TextIOWrapper
from typing import TYPE_CHECKING

from shellgame.errors import Damaged, Hostile, NotThisSource
from shellgame.settings import settings
from shellgame.sources.publication import LONGEST_TEXT, Part

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_AGAIN = "get the file again from the publisher; do not open and save it in a spreadsheet"
_CHUNK_BYTES = 1 << 20
_TAIL_BYTES = 256
_END_MARK, _NEWLINE = "\x1a", b"\n"
_LINE_END = re.compile(rb"[\r\n]")
_NEVER_CLOSES = "a row that goes on and on, as when a quotation mark never closes"
_ROUNDED = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+\d{2,3}")


@dataclass(frozen=True)
class Table:
    """How one text table is written.

    Attributes:
        columns: Number of columns, or the header's names in order; with names the first row must equal them.
        delimiter: Column separator.
        encoding: Text encoding; `utf-8-sig` also reads plain UTF-8.
        ends_with_newline: Whether the publisher always ends the file with a line break, so that its lack means a cut.
        skip_lines: Lines before the header or first row that are no rows (a date line, say).
        prints_rounded_numbers: Whether the publisher itself prints numbers such as `2.81083E+11`, so that they are no damage.
    """

    columns: int | tuple[str, ...]
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    ends_with_newline: bool = True
    skip_lines: int = 0
    prints_rounded_numbers: bool = False


def rows(part: Part, table: Table) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table without its header.

    Yields:
        The line on which the row ends (1 is the first line of the file) and its cells.

    Raises:
        Damaged: Wrong encoding, NUL bytes, a row with too few or too many cells, a quote that never closes, a cut end, a
            number that a spreadsheet rounded.
        Hostile: A line longer than `max_line_mib`, or a cell longer than any list has.
        NotThisSource: The header is another one; shows both.
    """
    if table.ends_with_newline:
        _refuse_cut_end(part, table.encoding)
    with open_text(part, table.encoding) as file:
        lines = _Lines(file)
        reader = csv.reader(lines, delimiter=table.delimiter, strict=True)
        ends = 0
        try:
            for _ in range(table.skip_lines):
                next(reader, None)
            width, ends = _width(part, table, reader), reader.line_num
            for row in reader:
                ends = reader.line_num
                lines.next_row()
                if row:
                    _check(part, table, width, ends, row)
                    yield ends, row
        except csv.Error as error:
            raise Damaged(part.printed_name, record=f"line {ends + 1}", found=_said(error), remedy=_AGAIN) from error


def _refuse_cut_end(part: Part, encoding: str) -> None:
    with part.path.open("rb") as file:
        file.seek(max(0, part.size - _TAIL_BYTES))
        tail = file.read()
    if tail.endswith((b"\n", b"\r", _END_MARK.encode())):
        return
    with open_text(part, encoding) as lines:
        line = sum(1 for _ in lines)
    raise Damaged(
        part.printed_name,
        record=f"line {line}",
        found=f"the file ends in the middle of a line, at {tail.decode(encoding, 'replace')[-40:]!r}",
        remedy="it was cut in transit: " + _AGAIN,
    )


def _check(part: Part, table: Table, width: int, line: int, row: list[str]) -> None:
    if len(row) != width:
        raise Damaged(
            part.printed_name,
            record=f"line {line}",
            found=f"{len(row)} columns where {width} belong, beginning {', '.join(row)[:60]!r}",
            remedy=_AGAIN,
        )
    if max(map(len, row)) > LONGEST_TEXT:
        found = f"a cell of {max(map(len, row))} letters, as when a quotation mark never closes"
        raise Hostile(part.printed_name, record=f"line {line}", found=found, remedy=_AGAIN)
    if not table.prints_rounded_numbers:
        _refuse_rounded(part, line, row)


def _refuse_rounded(part: Part, line: int, row: list[str]) -> None:
    for cell in row:
        if "E+" in cell and _ROUNDED.fullmatch(cell.strip()):
            found = f"{cell.strip()!r}: digits were lost to a spreadsheet"
            raise Damaged(part.printed_name, record=f"line {line}", found=found, remedy=_AGAIN)


def _said(error: csv.Error) -> str:
    if "field limit" in str(error):  # which limit holds depends on what else this process has imported
        return _NEVER_CLOSES
    return {"unexpected end of data": "a quotation mark that never closes"}.get(str(error), str(error))


class _Lines:
    """The lines of a table, without the control-Z that some publishers still write last, and of no row too many."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._longest = settings().max_line_mib * (1 << 20)
        self._of_row = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if line.endswith(_END_MARK):
            line = line.rstrip(_END_MARK) or next(self._lines)
        self._of_row += len(line)
        if self._of_row > self._longest:
            raise csv.Error(_NEVER_CLOSES)
        return line

    def next_row(self) -> None:
        """Take note that the lines so far made up whole rows."""
        self._of_row = 0


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


def first_rows(head: bytes, count: int = 1, *, delimiter: str = ",", encoding: str = "utf-8") -> list[list[str]]:
    r"""The first lines of a table as rows of stripped cells, as far as the beginning of a file shows them.

    For telling files apart, so any bytes are taken and nothing is raised: what is no table has no rows.

    Example:
        >>> first_rows(b'\xef\xbb\xbfid, name\r\n1,"A, B"\r\n', 2)
        [['id', 'name'], ['1', 'A, B']]
    """
    text = head.removeprefix(codecs.BOM_UTF8).decode(encoding, "replace")
    lines = re.split(r"\r\n?|\n", text, maxsplit=count)[:count]
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return []


def decoded(part: Part, encoding: str) -> str:
    """Read a part as text in one piece.

    Raises:
        Damaged: A byte that the encoding does not know, or a NUL byte; names line and byte.
        Hostile: A line longer than `max_line_mib`; found before much more than that of it is read.
    """
    with open_text(part, encoding) as file:
        return file.read()


def open_text(part: Part, encoding: str) -> TextIOWrapper:
    """Open a part as text, line ends as they are; reading it raises what `decoded` raises, as soon as it is come upon."""
    return TextIOWrapper(BufferedReader(_Watched(part, encoding), _CHUNK_BYTES), encoding, newline="")


class _Watched(RawIOBase):
    """The bytes of a part, looked through as they come for what no text holds."""

    def __init__(self, part: Part, encoding: str) -> None:
        self._part = part
        self._encoding = encoding
        self._file = part.path.open("rb", buffering=0)
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._position, self._line, self._begun = 0, 1, 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def readinto(self, buffer: WriteableBuffer) -> int:
        count = self._file.readinto(buffer) or 0
        self._look(bytes(memoryview(buffer)[:count]))
        return count

    def _look(self, chunk: bytes) -> None:
        self._refuse_long_line(chunk)
        if (at := chunk.find(b"\x00")) >= 0:
            found = "a NUL byte, which no text holds"
            raise Damaged(self._part.printed_name, record=self._where(chunk, at), found=found, remedy=_AGAIN)
        try:
            self._decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise Damaged(
                self._part.printed_name,  # a character may have begun in the chunk before
                record=self._where(chunk, len(chunk) - len(error.object) + error.start),
                found=f"byte 0x{error.object[error.start]:02x} is not {self._encoding.removesuffix('-sig')} text",
                remedy="it was cut, or saved in another encoding: " + _AGAIN,
            ) from error
        self._line += chunk.count(_NEWLINE)
        self._position += len(chunk)

    def _where(self, chunk: bytes, at: int) -> str:
        return f"line {self._line + chunk.count(_NEWLINE, 0, max(at, 0))}, byte {self._position + at}"

    def _refuse_long_line(self, chunk: bytes) -> None:
        limit = settings().max_line_mib * (1 << 20)
        pieces = _LINE_END.split(chunk)
        lengths = [self._begun + len(pieces[0]), *map(len, pieces[1:])]
        if max(lengths) > limit:
            first = next(number for number, length in enumerate(lengths) if length > limit)
            begins = sum(len(piece) + 1 for piece in pieces[:first])
            raise Hostile(
                self._part.printed_name,
                record=f"line {self._line + chunk.count(_NEWLINE, 0, begins)}",
                found=f"a line of more than {settings().max_line_mib:g} MiB",
                remedy="no list has such a line: " + _AGAIN,
            )
        self._begun = lengths[-1]
