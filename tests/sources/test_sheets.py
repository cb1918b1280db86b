"""Workbooks: values as text, and everything a workbook can be made to do to its reader."""

# ruff: noqa: DTZ001 - cells of a sheet carry no time zone

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from openpyxl import Workbook

from shellgame.errors import Damaged, Hostile, NotThisSource
from shellgame.settings import settings
from shellgame.sources.publication import Part
from shellgame.sources.sheets import Sheet, is_workbook, read_sheet

COLUMNS = ("Reference", "Name")
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><sst>&b;</sst>'


@pytest.fixture(autouse=True)
def fresh_settings() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


def workbook(path: Path, *rows: list[object], title: str = "List") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def rewritten(path: Path, change: Callable[[str, bytes], bytes] = lambda _, data: data, **added: bytes) -> Path:
    """The workbook with its members changed, and others added; `__` in a name stands for a slash."""
    buffer = BytesIO()
    with ZipFile(path) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member.filename, change(member.filename, old.read(member)))
        for name, data in added.items():
            new.writestr(name.replace("__", "/"), data)
    path.write_bytes(buffer.getvalue())
    return path


def in_member(name: str, old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    def change(member: str, data: bytes) -> bytes:
        if member != name:
            return data
        assert old in data
        return data.replace(old, new, 1)

    return change


def read(path: Path, columns: tuple[str, ...] = COLUMNS) -> Sheet:
    return read_sheet(Part("list.xlsx", path, path.name), columns)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return workbook(
        tmp_path / "list.xlsx",
        ["Reference", "Name", "Day"],
        [1, "Plover", datetime(2031, 5, 6)],
        ["1a", "Petrel", None],
    )


def test_cells_become_text(tmp_path: Path) -> None:
    cells = [
        7,
        2.0,
        2.5,
        True,
        False,
        datetime(2031, 5, 6),
        datetime(2031, 5, 6, 12, 30),
        date(1999, 1, 2),
        "  a\nb ",
        "x_x000D_y",
        None,
    ]
    path = workbook(tmp_path / "a.xlsx", ["Reference", "Name", *"cdefghijk"], cells)
    assert list(read(path).rows[0][1].values()) == [
        "7", "2", "2.5", "TRUE", "FALSE", "2031-05-06", "2031-05-06 12:30:00", "1999-01-02", "a\nb", "x\ny", "",
    ]  # fmt: skip


def test_rows_carry_their_number_and_empty_ones_are_left_out(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ["A notice"],
        [],
        ["Reference", "Name"],
        [1, "Plover"],
        [None, None],
        [None, " "],
        [2, "Petrel"],
    )
    assert [(number, cells["Name"]) for number, cells in read(path).rows] == [(4, "Plover"), (7, "Petrel")]


def test_the_sheet_with_the_header_is_read(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Guide"])
    book.create_sheet("List 2").append(["Reference", "Name"])
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").title == "List 2"


def test_a_workbook_without_the_columns_tells_which_are_missing(book: Path) -> None:
    with pytest.raises(NotThisSource, match=r"no sheet with the columns \['Committees'\]"):
        read(book, ("Reference", "Committees"))


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="two columns of one name"):
        read(workbook(tmp_path / "a.xlsx", ["Reference", "Name", "Name"], [1, "a", "b"]))


def test_cells_in_a_column_without_a_name_are_told_of(tmp_path: Path) -> None:
    sheet = read(workbook(tmp_path / "a.xlsx", ["Reference", "Name"], [1, "a", "lost"]))
    assert sheet.notes == ("1 cells stand in columns without a name and were not read",)


def test_a_spreadsheets_error_is_told_of_and_is_no_value(tmp_path: Path) -> None:
    sheet = read(workbook(tmp_path / "a.xlsx", ["Reference", "Name", "Day"], [1, "a", "#REF!"]))
    assert "Day" not in sheet.rows[0][1]
    assert sheet.notes == ("1 cells hold a spreadsheet's error instead of a value, the first in row 2",)


def test_a_formula_is_not_calculated_but_its_stored_value_is_read(book: Path) -> None:
    sheet_xml = "xl/worksheets/sheet1.xml"
    pattern = re.compile(rb'<c r="B2"[^>]*>.*?</c>')
    changed = rewritten(
        book,
        lambda name, data: (
            pattern.sub(b'<c r="B2" t="str"><f>WEBSERVICE("http://x")</f><v>kept</v></c>', data)
            if name == sheet_xml
            else data
        ),
    )
    sheet = read(changed)
    assert sheet.rows[0][1]["Name"] == "kept"
    assert sheet.notes == ("some cells hold formulas; the values stored with them were read",)


def test_macros_and_links_to_other_files_are_told_of_and_left_alone(book: Path) -> None:
    sheet = read(
        rewritten(
            book, **{"xl__vbaProject.bin": b"\x00\x01", "xl__externalLinks__externalLink1.xml": b"<externalLink/>"}
        )
    )
    assert sheet.notes == (
        "the workbook carries macros; they were not opened", "the workbook links to other files; they were not opened",
    )  # fmt: skip
    assert len(sheet.rows) == 2


@pytest.mark.parametrize("data", [b"Reference,Name\n1,Plover\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600])
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(data)
    with pytest.raises(Damaged, match="this is no XLSX workbook"):
        read(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_cut_archive_is_refused(book: Path, share: float) -> None:
    data = book.read_bytes()
    book.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(Damaged, match="cut or mangled"):
        read(book)


def test_an_archive_of_something_else_is_not_taken_for_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(NotThisSource, match=r"without \[Content_Types\].xml, xl/workbook.xml"):
        read(path)


def test_a_member_that_bursts_is_refused_by_the_directory_alone(book: Path) -> None:
    path = rewritten(book, **{"xl__media__a.bin": b"\x00" * (40 << 20)})
    start = time.perf_counter()
    with pytest.raises(Hostile, match=r"xl/media/a.bin unpacks \d+ bytes to 41943040"):
        read(path)
    assert time.perf_counter() - start < 1


def test_the_sum_of_all_members_is_held_against_the_setting(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELLGAME_MAX_UNPACKED_MIB", "1")
    settings.cache_clear()
    path = rewritten(book, **{f"xl__media__{n}.bin": bytes(range(256)) * 1600 for n in range(4)})
    with pytest.raises(Hostile, match=r"more than the 1 MiB allowed.*SHELLGAME_MAX_UNPACKED_MIB"):
        read(path)


def test_a_directory_that_lies_about_a_size_is_found_out(book: Path) -> None:
    path = rewritten(book, **{"xl__media__a.bin": bytes(range(256)) * 2000})
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"xl/media/a.bin") - 46  # its place in the central directory
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    with pytest.raises(Damaged, match=r"xl/media/a.bin: it cannot be unpacked"):
        read(path)


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil", "xl/../../evil", "..\\evil", "C:/evil"])
def test_a_path_out_of_the_archive_is_refused(book: Path, name: str) -> None:
    with ZipFile(book, "a") as archive:
        archive.writestr(ZipInfo(name), b"x")
    with pytest.raises(Hostile, match="points outside of the archive"):
        read(book)


def test_two_members_of_one_name_are_refused(book: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"), ZipFile(book, "a") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    with pytest.raises(Hostile, match="with the name of another"):
        read(book)


def test_ten_thousand_members_are_refused(book: Path) -> None:
    with ZipFile(book, "a", ZIP_STORED) as archive:
        for number in range(2100):
            archive.writestr(f"xl/media/{number}", b"")
    with pytest.raises(Hostile, match=r"21\d\d files"):
        read(book)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("member", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_a_document_type_in_any_member_is_refused(book: Path, member: str, encoding: str) -> None:
    bomb = DOCTYPE.decode().replace('"1.0"', f'"1.0" encoding="{encoding}"').encode(encoding)
    with ZipFile(book) as archive:
        added = {} if member in archive.namelist() else {member: bomb}
    with pytest.raises(Hostile, match=f"{member}: a document type declaration"):
        read(rewritten(book, lambda name, data: bomb if name == member else data, **added))


@pytest.mark.parametrize(
    "member", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_xml_that_breaks_off_is_refused(book: Path, member: str) -> None:
    with pytest.raises(Damaged, match="cannot be read"):
        read(rewritten(book, lambda name, data: data[: len(data) // 2] if name == member else data))


def test_a_sheet_that_claims_a_million_columns_is_read_at_once(book: Path) -> None:
    path = rewritten(
        book, lambda name, data: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', data)
    )
    start = time.perf_counter()
    assert len(read(path).rows) == 2
    assert time.perf_counter() - start < 1


def test_a_row_beyond_what_the_format_allows_is_refused(book: Path) -> None:
    path = rewritten(book, in_member("xl/worksheets/sheet1.xml", b'<row r="3"', b'<row r="3000000000"'))
    start = time.perf_counter()
    with pytest.raises(Hostile, match="more than 1048576 rows"):
        read(path)
    assert time.perf_counter() - start < 8


def test_a_workbook_is_known_by_its_name_or_by_its_first_bytes(book: Path) -> None:
    head = book.read_bytes()[:65536]
    assert is_workbook("list.xlsx", b"anything")
    assert is_workbook("download", head)
    assert not is_workbook("download", b"PK\x03\x04 some other archive")
    assert not is_workbook("list.csv", b"Reference,Name\n")
