"""Queries out of text: tables (CSV and its kin) whose separator and encoding are found out, and JSON lines of entities.

The whole file is looked through before the first row is answered, so that a wrong encoding is told at once and not after an
hour. An encoding is only ever found out where it is certain (a byte order mark, UTF-8, UTF-16): a name read in a wrong alphabet
would be answered with silence.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import deque
from collections.abc import Iterator
from encodings.aliases import aliases
from pathlib import Path
from typing import TextIO

import orjson

from shellgame.cli.rows import Row, Rows, Wording, row_of
from shellgame.errors import BadInput, Damaged, Hostile, WrongUse
from shellgame.model.schema import PARTS
from shellgame.names.nearest import did_you_mean
from shellgame.resolve.columns import LONGEST_VALUE, Columns, columns_of, has_names
from shellgame.resolve.queries import subject_of
from shellgame.settings import settings
from shellgame.sources.publication import HEAD_BYTES

_CHUNK = 1 << 20
_DELIMITERS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NUL_SHARE = 0.4
"""Latin text in UTF-16 has a zero in every other byte."""
_SUGGESTED = ("cp1252", "cp1251")
"""What most files are that are not UTF-8: saved by a program of Western Europe, or of Eastern Europe."""
_ONE_A_LINE = "write one object a line, as `jq -c` does"
_NEVER_CLOSES = "a quotation mark that never closes"
_LONGEST_ROW = 4 * LONGEST_VALUE
_LOOKED_AT = 20
"""Lines by which is told how a text is laid out."""
_SAVE_AGAIN = "save it as text again"
_NUL_FOUND = "a NUL character, which no text holds"
_HALF = re.compile("[\ud800-\udfff]")
_ESCAPED = 0xDC00
"""A byte that is not of its encoding stands as the half letter with this code and its own."""
_FEW_SPOILT = 0.1
"""Share of lines that may be spoilt in a text otherwise without a letter beyond ASCII; with more the encoding is another one."""
_BLANK = " \t\r\n\x1a"
_OLD_END = "\x1a"
"""What some old programs write last."""
_MOST_BROKEN = 1000
"""Where so many rows are broken and none is whole, the file is no table; each costs time: its other lines are read again."""


def found_encoding(head: bytes) -> str:
    r"""The encoding of a text by its first bytes: by its mark, or UTF-16 by its zeros, else UTF-8.

    Example:
        >>> found_encoding(b"name"), found_encoding("name".encode("utf-16-le")), found_encoding(b"\xff\xfen\x00")
        ('utf-8-sig', 'utf-16-le', 'utf-16')
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    half = len(head) // 2
    if half and head[1::2].count(0) > _NUL_SHARE * half:
        return "utf-16-le"
    return "utf-16-be" if half and head[::2].count(0) > _NUL_SHARE * half else "utf-8-sig"


def known_encoding(name: str) -> str:
    """Hold the name of an encoding against those that Python knows.

    Raises:
        WrongUse: There is none of that name; says what may have been meant.
    """
    try:
        "".encode(name)
    except LookupError as error:
        raise WrongUse(f"{name!r} is no encoding; {did_you_mean(name, {*aliases, *aliases.values()})}") from error
    return name


def opened(path: Path, encoding: str) -> TextIO:
    """Open a text of which some bytes may not be of its encoding; each stands as half a letter, which no text has; see `spoilt`."""
    wide = encoding.startswith(("utf-16", "utf-32"))
    return path.open(encoding=encoding, errors="surrogatepass" if wide else "surrogateescape", newline="")


def spoilt(text: str, encoding: str) -> str:
    r"""What is wrong with the letters of a text, in few words; empty where nothing is.

    Example:
        >>> spoilt("Törnik", "utf-8"), spoilt("T\0rnik", "utf-8"), spoilt("T\udcf6rnik", "utf-8-sig")
        ('', 'a NUL character, which no text holds', "byte 0xf6 is not utf-8 text; cp1252 reads 'Törnik', cp1251 reads 'Tцrnik'")
    """
    if text.isascii():
        return _NUL_FOUND if "\0" in text else ""
    found = _HALF.search(text)
    if found is None:
        return _NUL_FOUND if "\0" in text else ""
    code = ord(found[0])
    if not _ESCAPED <= code <= _ESCAPED + 0xFF or encoding.startswith(("utf-16", "utf-32")):
        return f"half a letter (U+{code:04X}), which no text holds"
    told = f"byte 0x{code - _ESCAPED:02x} is not {encoding.removesuffix('-sig')} text"
    return f"{told}; {_read_otherwise(text, encoding, found.start())}"


def _read_otherwise(text: str, encoding: str, at: int) -> str:
    """How a text with bytes that are not of its encoding would read in other ones."""
    line = text[max(0, at - 10) : at + 20].encode(encoding.removesuffix("-sig"), "surrogateescape")
    return ", ".join(f"{other} reads {' '.join(line.decode(other, 'replace').split())!r}" for other in _SUGGESTED)


def lines_in(path: Path, encoding: str) -> int:
    """Count the lines of a text after making sure that it is one of that encoding, but for a few spoilt lines.

    Raises:
        Damaged: No line can be read but a heading; or several cannot, a tenth of all and more than hold letters beyond ASCII that
            can. Says where the first one is and how it would read otherwise.
        Hostile: A line of a size that no table has.
    """
    lines = readable = 0
    first, bad = "", 0
    longest = int(settings().max_line_mib * _CHUNK)
    try:
        with opened(path, encoding) as text:
            for line in iter(lambda: text.readline(longest + 1), ""):
                lines += 1
                if len(line) > longest:
                    found = f"a line of more than {settings().max_line_mib:g} MiB"
                    raise Hostile(path.name, record=f"line {lines}", found=found, remedy="no list of names has one")
                if line.isascii():
                    continue
                if _HALF.search(line) is None:
                    readable += 1
                    continue
                bad += 1
                first = first or f"line {lines}: {spoilt(line, encoding)}"
    except UnicodeError as error:
        found = f"no {encoding} text to its end ({error})"
        raise Damaged(path.name, record=f"line {lines + 1}", found=found, remedy="save it as UTF-8") from error
    if bad and (bad >= lines - 1 or bad > max(1, readable, _FEW_SPOILT * lines)):
        where, _, found = first.partition(": ")
        found, _, otherwise = found.partition("; ")
        several = f"; so are {bad - 1:,} more lines" if bad > 1 else ""
        remedy = (
            f"save it as UTF-8, or say how it is encoded with --encoding: {otherwise}" if otherwise else _SAVE_AGAIN
        )
        raise Damaged(path.name, record=where, found=f"{found}{several}", remedy=remedy)
    return lines


def table_rows(path: Path, head: bytes, wording: Wording) -> Rows:
    """Open a table.

    Raises:
        BadInput: It is no text, or has no column of names.
        WrongUse: A wording that does not fit; says what would.
    """
    encoding = known_encoding(wording.encoding) if wording.encoding else found_encoding(head)
    total = lines_in(path, encoding)
    with opened(path, encoding) as text:
        beginning = text.read(HEAD_BYTES)
    skipped = 0
    if beginning[:4].casefold() == "sep=" and wording.delimiter is None:  # as Excel tells itself
        wording = Wording(wording.name_column, beginning[4:5], wording.encoding)
        beginning, skipped = beginning.partition("\n")[2], 1
    delimiter = (
        _delimiter(wording) if wording.delimiter is not None else _found_delimiter(beginning, wording.name_column)
    )
    header = next(iter(_first_rows(beginning, delimiter)), [])
    try:
        columns = columns_of(header, wording.name_column)
    except WrongUse as error:
        remedy = "or say which it is with --name-column"
        if len(set(header)) < len(header) and "could stand in" in str(error):
            remedy = "two columns of one name cannot be told apart"
        if len(header) == 1:
            remedy += "; if this is the first name already, write a line `name` before it"
        raise Damaged(path.name, record=f"line {skipped + 1}", found=str(error), remedy=remedy) from error
    return Rows(
        path.name,
        _read(path, encoding, delimiter, columns, len(header), skipped),
        max(0, total - skipped - 1),
        _told(columns),
    )


def is_plain(text: str, wording: Wording) -> bool:
    r"""Whether a text begins with a name a line: no heading, and nothing that parts columns but the comma in `Maledd, Orsin`.

    Example:
        >>> is_plain("Orsin Maledd\nTornik, Talvek", Wording()), is_plain("id,party\n1,Orsin", Wording())
        (True, False)
    """
    if wording != Wording(encoding=wording.encoding):
        return False
    lines = [line.rstrip() for line in text.splitlines()[:_LOOKED_AT]]
    parted = any(delimiter in line.replace(", ", " ") for line in lines for delimiter in _DELIMITERS)
    return not parted and not has_names([next(filter(None, lines), "")])


def name_rows(path: Path, head: bytes, wording: Wording) -> Rows:
    """Open a text that has a name a line and no heading.

    Raises:
        BadInput: It is no text.
    """
    encoding = known_encoding(wording.encoding) if wording.encoding else found_encoding(head)
    told = f"{path.name} has no heading, so each line is taken for a name"
    return Rows(path.name, _read_names(path, encoding), lines_in(path, encoding), (told,))


def _read_names(path: Path, encoding: str) -> Iterator[Row]:
    with opened(path, encoding) as text:
        lines = ((line, name) for line, said in enumerate(text, start=1) if (name := said.strip(_BLANK)))
        for number, (line, name) in enumerate(lines, start=1):
            if problem := spoilt(name, encoding):
                yield Row(number, line, (name,), None, problem)
            else:
                yield row_of(number, line, (name,), lambda cells: subject_of(cells[0]))


def _told(columns: Columns) -> tuple[str, ...]:
    unused = [name for name in columns.unused if name]
    return (f"columns not used: {', '.join(unused)}",) if unused else ()


def _delimiter(wording: Wording) -> str:
    delimiter = {"tab": "\t", "\\t": "\t"}.get(str(wording.delimiter), str(wording.delimiter))
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise WrongUse(f"{wording.delimiter!r} separates no columns; give one character, or `tab`")
    return delimiter


def _first_rows(text: str, delimiter: str, most: int = _LOOKED_AT) -> list[list[str]]:
    """The first rows of a table, as far as they are whole."""
    rows = []
    try:
        for row in csv.reader(text.splitlines(keepends=True)[: most * 5], delimiter=delimiter, strict=True):
            if row:
                rows.append([cell.strip() for cell in row])
            if len(rows) == most:
                break
    except csv.Error:  # the beginning may end within a row
        pass
    return rows


def _found_delimiter(text: str, name_column: str | None) -> str:
    """What separates columns: what makes a header with names of it, and rows of one length."""

    def fits(delimiter: str) -> tuple[bool, float, int]:
        rows = _first_rows(text, delimiter)
        widths = [len(row) for row in rows]
        if not widths:
            return False, 0.0, 0
        return has_names(rows[0], name_column), widths.count(widths[0]) / len(widths), min(widths[0], 2)

    return max(_DELIMITERS, key=fits)


class _Parsed:
    """The rows of a table as cells; where a quotation mark never closes, reading goes on with the second line of that row."""

    def __init__(self, text: TextIO, delimiter: str) -> None:
        self._text, self._delimiter = text, delimiter
        self._again: deque[str] = deque()
        self._of_row: list[str] = []
        self._letters = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._text)
        self._of_row.append(line)
        self._letters += len(line)
        if self._letters > _LONGEST_ROW:
            raise csv.Error("limit of letters in a row")
        return line

    def rows(self) -> Iterator[tuple[int, list[str], str]]:
        """Yield the line on which a row begins, its cells, and what is wrong with it, if anything."""
        line, reader = 1, csv.reader(self, delimiter=self._delimiter, strict=True)
        while True:
            self._of_row, self._letters = [], 0
            try:
                cells, problem = next(reader), ""
            except StopIteration:
                return
            except csv.Error as error:
                broken, *rest = self._of_row
                self._again.extendleft(reversed(rest))
                reader = csv.reader(self, delimiter=self._delimiter, strict=True)
                cells, problem = [broken.strip()], _in_words(error, broken, self._letters)
                self._of_row = [broken]
            yield line, cells, problem
            line += len(self._of_row)


def _in_words(error: csv.Error, line: str, letters: int) -> str:
    """What is wrong with a row that begins with a line."""
    told = str(error)
    if "limit" in told and letters == len(line) and not line.count('"') % 2:
        return f"a row of {letters:,} letters, more than any table has"
    return _NEVER_CLOSES if "unexpected end" in told or "limit" in told else told


def _read(path: Path, encoding: str, delimiter: str, columns: Columns, width: int, skipped: int) -> Iterator[Row]:
    """Read a table that was looked through before.

    Raises:
        Damaged: It has no row, or hardly one that is whole.
    """
    number = broken = 0
    with opened(path, encoding) as text:
        for _ in range(skipped):
            next(text, "")
        rows = _Parsed(text, delimiter).rows()
        next((cells for _, cells, _ in rows if cells), None)  # the header
        for line, cells, problem in rows:
            if not cells or cells == [_OLD_END]:
                continue
            number += 1
            if not problem and len(cells) != width:
                problem = f"{len(cells)} column{'s' if len(cells) > 1 else ''} where {width} belong"
            problem = problem or next(filter(None, (spoilt(cell, encoding) for cell in cells)), "")
            if problem:
                broken += 1
                yield Row(number, line + skipped, cells, None, problem)
            else:
                yield row_of(number, line + skipped, cells, columns.subject)
            if broken > _MOST_BROKEN and broken == number:
                raise Damaged(
                    path.name, found=f"the first {broken:,} rows are all broken", remedy="write it as CSV again"
                )
    if not number:
        raise Damaged(path.name, found="a header and no row", remedy="give the rows to screen")


def entity_rows(path: Path, head: bytes, wording: Wording) -> Rows:
    """Open JSON lines: a FollowTheMoney entity a line, or an object with the columns of a table.

    Raises:
        BadInput: It is no text.
    """
    encoding = known_encoding(wording.encoding) if wording.encoding else found_encoding(head)
    if wording.name_column is not None or wording.delimiter is not None:
        raise WrongUse(f"{path.name} holds JSON lines; --name-column and --delimiter are for tables")
    if head.decode(encoding, "ignore").split("\n", 1)[0].strip() == "{":
        raise BadInput(path.name, found="a JSON object over several lines", remedy=_ONE_A_LINE)
    return Rows(path.name, _read_entities(path, encoding), lines_in(path, encoding))


def _read_entities(path: Path, encoding: str) -> Iterator[Row]:
    number = passed = 0
    with opened(path, encoding) as text:
        for line, said in enumerate(text, start=1):
            if not said.strip():
                continue
            number += 1
            if problem := spoilt(said, encoding):
                yield Row(number, line, (said.strip(),), None, problem)
                continue
            try:
                told = orjson.loads(said)
            except orjson.JSONDecodeError as error:
                yield Row(number, line, (said.strip(),), None, f"no JSON ({error})")
                continue
            if not isinstance(told, dict):
                yield Row(number, line, (said.strip(),), None, "no JSON object; write one entity a line")
            elif told.get("schema") in PARTS:
                passed += 1  # addresses, papers and links that stand between the parties of a dump
            else:
                yield row_of(number, line, told, subject_of)
    if number == passed:
        raise Damaged(path.name, found="no party, of which names could be screened", remedy="give entities with names")
