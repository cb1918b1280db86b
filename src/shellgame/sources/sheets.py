"""Workbooks (XLSX) read without trust: sizes, paths and XML are checked before anything is unpacked, and only values are read.

A workbook is a ZIP archive of XML files. So it can lie about its size, name files outside of itself, declare entities, claim a
million columns, or carry macros, formulas and links to other files. Here the archive's directory is held against
`max_unpacked_mib` first; then every member is unpacked once, counted byte by byte and its XML searched for a document type;
only then openpyxl reads the stored values. Macros and external links are never opened, and formulas never calculated.
"""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError
from xml.parsers import expat
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from shellgame.errors import Damaged, Hostile, NotThisSource
from shellgame.settings import settings
from shellgame.sources.publication import LONGEST_TEXT, Part

ARCHIVE = b"PK\x03\x04"
_AGAIN = "get the file again from the publisher; do not open and save it in a spreadsheet"
_CHUNK_BYTES = 1 << 16
_MOST_MEMBERS = 2000  # a publisher's list has some twenty
_MOST_ROWS = 1 << 20  # what the format allows on one sheet
_MOST_COLUMNS = 64  # read from each row; lists have some twenty
_HEADER_ROWS = 10  # a title or a notice may stand above the header
# Text packs to a fifth or a tenth; only a member made to burst packs to less than a two-hundredth.
_MOST_RATIO, _RATIO_FROM_BYTES = 200, 1 << 20
_MEMBERS = ("[Content_Types].xml", "xl/workbook.xml")
_XML = (".xml", ".rels", ".vml")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>]")
_ESCAPED = re.compile(r"_x000([9AD])_")
_SPREADSHEET_ERRORS = frozenset({"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#N/A"})
_UNREADABLE = (
    BadZipFile, LargeZipFile, InvalidFileException, ParseError, etree.XMLSyntaxError, zlib.error, EOFError, KeyError, ValueError,
    TypeError, AttributeError, IndexError, OverflowError, NotImplementedError, OSError,
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook as text.

    Attributes:
        title: What the sheet is called.
        columns: The header, in order, without columns that have no name.
        rows: Number of the row in the sheet, and its cells by column name; rows without any content are left out.
        saved: Day on which the workbook was last saved, where it tells; not a publisher's date.
        notes: Sentences on what was found and not used: macros, links to other files, formulas, cells without a header.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    saved: str | None
    notes: tuple[str, ...]


def is_workbook(name: str, head: bytes) -> bool:
    """Whether a file is, or is called, an XLSX workbook; a file that is called one and is none is refused when it is read."""
    if name.lower().endswith((".xlsx", ".xlsm")):
        return True
    return head.startswith(ARCHIVE) and (b"[Content_Types].xml" in head or b"xl/" in head)


def read_sheet(part: Part, columns: tuple[str, ...]) -> Sheet:
    """Read the first sheet whose header holds the given columns; days become ISO dates and whole numbers lose their `.0`.

    Args:
        part: The workbook.
        columns: Names that the header must hold; it may hold others too, and a few rows may stand above it.

    Raises:
        Damaged: It is no ZIP archive, is cut, or a member cannot be read.
        Hostile: It unpacks to more than `max_unpacked_mib`, names files outside of itself, or declares a document type.
        NotThisSource: It is no workbook, or no sheet has such a header; names what is missing.
    """
    with _opened(part) as archive:
        _check_directory(part, archive.infolist())
        notes = _check_members(part, archive)
    try:
        return _read(part, columns, notes)
    except _UNREADABLE as error:
        raise Damaged(part.printed_name, found=f"the workbook cannot be read: {_said(error)}", remedy=_AGAIN) from error


def _opened(part: Part) -> ZipFile:
    with part.path.open("rb") as file:
        if file.read(len(ARCHIVE)) != ARCHIVE:  # an archive may hide behind anything, even behind another document
            raise Damaged(part.printed_name, found="this is no XLSX workbook", remedy=_AGAIN)
    try:
        return ZipFile(part.path)
    except (BadZipFile, LargeZipFile, OSError, ValueError, NotImplementedError) as error:
        found = f"the archive is cut or mangled: {_said(error)}"
        raise Damaged(part.printed_name, found=found, remedy=_AGAIN) from error


def _check_directory(part: Part, members: list[ZipInfo]) -> None:
    limit = settings().max_unpacked_mib << 20
    names = [member.filename for member in members]
    if len(names) > _MOST_MEMBERS or len(set(names)) < len(names):
        raise _bomb(part, f"{len(names)} files, {len(names) - len(set(names))} of them with the name of another")
    for member in members:
        steps = re.split(r"[/\\]", member.filename)
        if ".." in steps or steps[0] == "" or ":" in member.filename or "\x00" in member.filename:
            raise _bomb(part, f"a file that points outside of the archive: {member.filename[:80]!r}")
        if member.file_size > max(_RATIO_FROM_BYTES, _MOST_RATIO * member.compress_size):
            raise _bomb(part, f"{member.filename} unpacks {member.compress_size} bytes to {member.file_size}")
        if member.flag_bits & 1:
            raise Damaged(part.printed_name, found="the archive is encrypted", remedy=_AGAIN)
    if sum(member.file_size for member in members) > limit:
        raise _bomb(part, f"it would unpack to more than the {settings().max_unpacked_mib} MiB allowed")
    if missing := [name for name in _MEMBERS if name not in names]:
        raise NotThisSource(
            part.printed_name,
            found=f"a ZIP archive without {', '.join(missing)}, so no XLSX workbook",
            remedy="give the publisher's own file",
        )


def _check_members(part: Part, archive: ZipFile) -> tuple[str, ...]:
    unpacked, formulas = 0, False
    for member in archive.infolist():
        guard = _DoctypeGuard(part, member.filename) if member.filename.lower().endswith(_XML) else None
        sheet = member.filename.startswith("xl/worksheets/")
        for chunk in _chunks(part, archive, member):
            unpacked += len(chunk)
            if unpacked > settings().max_unpacked_mib << 20:
                raise _bomb(part, f"it unpacks to more than the {settings().max_unpacked_mib} MiB allowed")
            if guard:
                guard.feed(chunk)
            formulas = formulas or (sheet and bool(_FORMULA.search(chunk)))
    names = archive.namelist()
    return tuple(
        note
        for note, true in (
            ("the workbook carries macros; they were not opened", any("vbaProject" in name for name in names)),
            (
                "the workbook links to other files; they were not opened",
                any(name.startswith("xl/externalLinks/") for name in names),
            ),
            ("some cells hold formulas; the values stored with them were read", formulas),
        )
        if true
    )


def _chunks(part: Part, archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(member) as file:
            while chunk := file.read(_CHUNK_BYTES):
                yield chunk
    except (*_UNREADABLE, RuntimeError) as error:  # RuntimeError where only the member itself says that it is encrypted
        raise Damaged(
            part.printed_name, record=member.filename, found=f"it cannot be unpacked: {_said(error)}", remedy=_AGAIN
        ) from error


class _DoctypeGuard:
    """Reads XML up to its root element, in whatever encoding, and refuses a document type before an entity can be declared."""

    def __init__(self, part: Part, member: str) -> None:
        self._part, self._member = part, member
        self._parser: expat.XMLParserType | None = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._done
        self._at_root = False

    def feed(self, chunk: bytes) -> None:
        if self._parser is None:
            return
        try:
            self._parser.Parse(chunk, False)
        except expat.ExpatError as error:
            if not self._at_root:  # what follows the root's start tag is for the reader to judge
                raise Damaged(self._part.printed_name, record=self._member, found=f"{error}", remedy=_AGAIN) from error
        if self._at_root:
            self._parser = None

    def _refuse(self, *_: object) -> None:
        raise Hostile(
            self._part.printed_name, record=self._member, remedy="do not use this file",
            found="a document type declaration, the vehicle of entity bombs",
        )  # fmt: skip

    def _done(self, *_: object) -> None:
        self._at_root = True


def _read(part: Part, columns: tuple[str, ...], notes: tuple[str, ...]) -> Sheet:
    with part.path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that concern no value
        workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            saved = workbook.properties.modified
            heads: list[list[str]] = []
            for worksheet in workbook.worksheets:
                worksheet.reset_dimensions()  # a sheet may claim any size
                rows = worksheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS)
                header, number, seen = _header(part, rows, columns)
                if header:
                    content, odd = _content(part, rows, header, number)
                    day = saved.date().isoformat() if isinstance(saved, datetime) else None
                    return Sheet(worksheet.title, tuple(name for name in header if name), content, day, (*notes, *odd))
                heads.extend(seen)
        finally:
            workbook.close()
    best = max(heads, key=lambda row: len(set(row) & set(columns)), default=[])
    raise NotThisSource(
        part.printed_name, found=f"no sheet with the columns {[name for name in columns if name not in best][:5]}",
        remedy="give the publisher's own file, or the source this file belongs to",
    )  # fmt: skip


def _header(
    part: Part, rows: Iterator[tuple[object, ...]], columns: tuple[str, ...]
) -> tuple[list[str], int, list[list[str]]]:
    seen: list[list[str]] = []
    for number, row in enumerate(rows, start=1):
        names = [" ".join(_text(cell).split()) for cell in row]
        if set(columns) <= set(names):
            named = [name for name in names if name]
            if len(set(named)) < len(named):
                raise Damaged(part.printed_name, record=f"row {number}", found="two columns of one name", remedy=_AGAIN)
            return names, number, seen
        seen.append([name for name in names if name])
        if number >= _HEADER_ROWS:
            break
    return [], 0, seen


def _content(
    part: Part, rows: Iterable[tuple[object, ...]], header: list[str], above: int
) -> tuple[tuple[tuple[int, dict[str, str]], ...], list[str]]:
    content, errors, beside = [], [], 0
    for number, row in enumerate(rows, start=above + 1):
        if number > _MOST_ROWS:
            raise _bomb(part, f"more than {_MOST_ROWS} rows on one sheet")
        if row.count(None) == len(row):
            continue
        texts = [_text(cell) for cell in row]
        if max(map(len, texts)) > LONGEST_TEXT:
            found, remedy = f"a cell of {max(map(len, texts))} letters", "no list has such a cell: " + _AGAIN
            raise Hostile(part.printed_name, record=f"row {number}", found=found, remedy=remedy)
        errors += [f"row {number}" for text in texts if text in _SPREADSHEET_ERRORS]
        cells = {
            name: text for name, text in zip(header, texts, strict=False) if name and text not in _SPREADSHEET_ERRORS
        }
        beside += sum(bool(text) for name, text in zip(header, texts, strict=False) if not name) + any(
            texts[len(header) :]
        )
        if any(cells.values()):
            content.append((number, cells))
    notes = []
    if errors:
        notes.append(f"{len(errors)} cells hold a spreadsheet's error instead of a value, the first in {errors[0]}")
    if beside:
        notes.append(f"{beside} cells stand in columns without a name and were not read")
    return tuple(content), notes


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _ESCAPED.sub("\n", str(cell)).strip()


def _bomb(part: Part, found: str) -> Hostile:
    return Hostile(
        part.printed_name,
        found=found,
        remedy="check what it is; if it is right, raise SHELLGAME_MAX_UNPACKED_MIB, else do not use it",
    )


def _said(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__} {error}".split())[:160]
