"""Whom a command is to look for: names on the command line, or a file of one of three kinds, told apart by how it begins."""

from __future__ import annotations

import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from shellgame.cli.output import say
from shellgame.cli.query_parquet import parquet_rows
from shellgame.cli.query_text import entity_rows, found_encoding, is_plain, name_rows, table_rows
from shellgame.cli.rows import Row, Rows, Wording
from shellgame.errors import BadInput, Damaged, WrongUse
from shellgame.match.asked_numbers import number_named
from shellgame.resolve.queries import subject_of
from shellgame.settings import settings
from shellgame.sources.publication import HEAD_BYTES, head_of, other_kind, refuse_html

_OF_FILES = {".csv", ".tsv", ".txt", ".parquet", ".json", ".jsonl", ".ndjson", ".xlsx", ".xls"}
STANDARD_INPUT = Path("-")
_ITS_NAME = "standard input"
_CHUNK = 1 << 20
_NOTHING = "there is nothing to screen; give a file with a heading and rows"


class Told(NamedTuple):
    """What options tell of whom the names on the command line ask for.

    Attributes:
        birth_date: Date of birth, as written.
        countries: Codes or names of countries that are theirs.
        identifiers: Numbers, as `number_named` reads them.
    """

    birth_date: str | None = None
    countries: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


def named(names: list[str], told: Told) -> list[Row]:
    """Make rows of names, and of what is told of whom they ask for; of numbers alone where there is no name.

    Raises:
        WrongUse: One of the names is empty, too long for a name, or the path of a file of queries; or what is told cannot be read,
            or is told of nobody, or of several.
    """
    if any(not name.strip() for name in names):
        raise WrongUse("an empty name; give the words to look for")
    for name in names:
        if Path(name).suffix.lower() in _OF_FILES and Path(name).exists():
            raise WrongUse(f"{name} is a file; --file {name} looks for the names in it")
    if told == Told():
        return [Row(0, None, (name,), subject_of(name)) for name in names]
    numbers = [number_named(text) for text in told.identifiers]
    asked = names or [number.value for number in numbers[:1]]
    if len(asked) != 1:
        raise WrongUse(
            "--birth-date, --nationality and --identifier tell of one name; give just one, or a file with columns"
        )
    properties: dict[str, list[str]] = {
        "birthDate": [told.birth_date] if told.birth_date else [],
        "country": [*told.countries],
    }
    for number in numbers:
        properties.setdefault(number.prop, []).append(number.value)
    subject = subject_of({"properties": {"name": asked, **properties}})
    if subject.notes:
        raise WrongUse(subject.notes[0])
    return [Row(0, None, (*asked,), subject)]


def notes_of(rows: Iterable[Row]) -> list[str]:
    """What of some rows cannot be used, in sentences."""
    return [note for row in rows if row.subject for note in row.subject.notes]


@contextmanager
def in_a_file(file: Path | None) -> Iterator[Path | None]:
    """Give a file that can be gone through twice: itself, or for `-` what standard input holds, kept until the block ends."""
    if file != STANDARD_INPUT:
        yield file
        return
    if sys.stdin.isatty():
        say("note: reading from the keyboard; write a name a line, and Ctrl-D on a line of its own when done")
    with TemporaryDirectory(prefix="shellgame-") as folder:
        aside = Path(folder) / _ITS_NAME
        most = (settings().max_file_mib << 20) + 1  # so much is enough to be refused
        with aside.open("wb") as out:
            while most and (chunk := sys.stdin.buffer.read(min(most, _CHUNK))):
                most -= out.write(chunk)
        yield aside


def read_queries(file: Path, wording: Wording) -> Rows:
    """Open a file of queries: a table, a Parquet file, or JSON lines.

    Raises:
        BadInput: It is none of these, or has no names; says what was found and what to do.
        WrongUse: A wording that does not fit the file.
    """
    head = head_of(file, _NOTHING)
    if head.startswith(b"PAR1"):
        return parquet_rows(file, wording)
    refuse_html(file.name, head, "give CSV, Parquet or JSON lines with the names to look for")
    if workbook := _workbook(file, head):
        raise Damaged(file.name, found=f"this is {workbook}", remedy="save it as CSV (UTF-8) and give that file")
    if not head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) and (kind := other_kind(head)):
        raise Damaged(file.name, found=f"this is {kind}", remedy="give CSV, Parquet or JSON lines of entities")
    encoding = found_encoding(head)
    begins = head.decode(encoding, "ignore").lstrip()[:1]
    if begins == "[":
        found = "a JSON array"
        raise BadInput(file.name, found=found, remedy="write one object a line, as `jq -c '.[]'` does")
    if not begins and len(head) < HEAD_BYTES:
        raise Damaged(file.name, found="nothing but empty lines", remedy=_NOTHING)
    if begins == "{":
        return entity_rows(file, head, wording)
    if file.name == _ITS_NAME and is_plain(head.decode(encoding, "ignore"), wording):
        return name_rows(file, head, wording)
    return table_rows(file, head, wording)


def _workbook(file: Path, head: bytes) -> str:
    """What a file is whose rows stand in a workbook; empty where it is none."""
    suffix, packed = file.suffix.lower(), head.startswith(b"PK")
    if packed and (b"xl/" in head or suffix in (".xlsx", ".xlsm", ".xlsb")):
        return "an Excel workbook"
    if packed and b"opendocument.spreadsheet" in head[:200]:
        return "an OpenDocument workbook"
    return "an Excel workbook of old" if head.startswith(b"\xd0\xcf\x11\xe0") and suffix == ".xls" else ""
