"""What happens to workbooks: archives that are cut, that burst or that lie, sheets that claim too much, and XML within."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable

from .samples import Damages

WORKBOOKS = Damages()
_SHEET, _TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_BURST = 32 << 20  # less than is allowed, but from a thousandth of it


def _rezipped(
    content: bytes,
    change: Callable[[str, bytes], bytes | None] = lambda _, data: data,
    more: tuple[tuple[str, bytes], ...] = (),
) -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
        for name, data in more:
            new.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()


def _with_member(content: bytes, name: str, change: Callable[[bytes], bytes | None]) -> bytes:
    return _rezipped(content, lambda each, data: change(data) if each == name else data)


def _holder_of_texts(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return _TEXTS if _TEXTS in archive.namelist() else _SHEET


def _doctype(inside: str, use: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        declaration = re.match(rb"<\?xml[^>]*\?>", data)
        end = declaration.end() if declaration else 0
        body = re.sub(rb"<t>[^<]*</t>", b"<t>" + use + b"</t>", data[end:])
        return data[:end] + f"<!DOCTYPE x [{inside}]>".encode() + body

    return change


@WORKBOOKS.to("xlsx")
def cut_at_a_third(content: bytes) -> bytes:
    return content[: len(content) // 3]


@WORKBOOKS.to("xlsx")
def cut_at_its_last_bytes(content: bytes) -> bytes:
    return content[:-10]


@WORKBOOKS.to("xlsx")
def its_beginning_alone(content: bytes) -> bytes:
    return content[:4]


@WORKBOOKS.to("xlsx")
def an_archive_without_a_file(content: bytes) -> bytes:
    return b"PK\x05\x06" + b"\x00" * 18


@WORKBOOKS.to("xlsx")
def a_file_changed_within(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = archive.getinfo(_SHEET)
    start = member.header_offset + 30 + len(_SHEET) + 10
    return content[:start] + bytes(byte ^ 0x55 for byte in content[start : start + 40]) + content[start + 40 :]


@WORKBOOKS.to("xlsx")
def its_sheet_missing(content: bytes) -> bytes:
    return _with_member(content, _SHEET, lambda _: None)


@WORKBOOKS.to("xlsx")
def its_workbook_missing(content: bytes) -> bytes:
    return _with_member(content, "xl/workbook.xml", lambda _: None)


@WORKBOOKS.to("xlsx")
def a_sheet_cut_within(content: bytes) -> bytes:
    return _with_member(content, _SHEET, lambda data: data[: len(data) // 2])


@WORKBOOKS.to("xlsx")
def a_sheet_of_nothing(content: bytes) -> bytes:
    return _with_member(content, _SHEET, lambda _: b"")


@WORKBOOKS.to("xlsx")
def a_web_page_for_a_sheet(content: bytes) -> bytes:
    return _with_member(content, _SHEET, lambda _: b"<html><body>no</body></html>")


@WORKBOOKS.to("xlsx")
def a_header_alone(content: bytes) -> bytes:
    return _with_member(
        content, _SHEET, lambda data: re.sub(rb"(</row>).*(</sheetData>)", rb"\1\2", data, count=1, flags=re.DOTALL)
    )


@WORKBOOKS.to("xlsx")
def rows_alone_without_their_header(content: bytes) -> bytes:
    return _with_member(content, _SHEET, lambda data: re.sub(rb"<row .*?</row>", b"", data, count=1, flags=re.DOTALL))


@WORKBOOKS.to("xlsx")
def a_reference_to_a_text_that_is_not_there(content: bytes) -> bytes:
    return _with_member(
        content, _SHEET, lambda data: re.sub(rb't="(?:inlineStr|s)">.*?</c>', b't="s"><v>999999</v></c>', data, count=3)
    )


@WORKBOOKS.to("xlsx", big=True)
def a_sheet_that_bursts(content: bytes) -> bytes:
    return _with_member(content, _SHEET, lambda data: data + b" " * _BURST)


@WORKBOOKS.to("xlsx", big=True)
def another_file_that_bursts(content: bytes) -> bytes:
    packed = io.BytesIO(content)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"\x00" * _BURST)
    return packed.getvalue()


@WORKBOOKS.to("xlsx", big=True)
def a_sheet_that_bursts_and_lies_about_it(content: bytes) -> bytes:
    """Both places that tell the unpacked size tell a thousandth of it."""
    burst = bytearray(a_sheet_that_bursts(content) or b"")
    with zipfile.ZipFile(io.BytesIO(burst)) as archive:
        member = archive.getinfo(_SHEET)
        directory = archive.start_dir
    told = struct.pack("<I", member.file_size // 1000)
    at = burst.index(struct.pack("<I", member.file_size), directory)
    burst[at : at + 4] = told
    burst[member.header_offset + 22 : member.header_offset + 26] = told
    return bytes(burst)


@WORKBOOKS.to("xlsx")
def a_size_of_four_gib_told(content: bytes) -> bytes:
    changed = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = archive.getinfo(_SHEET)
        directory = archive.start_dir
    at = changed.index(struct.pack("<I", member.file_size), directory)
    changed[at : at + 4] = b"\xfe\xff\xff\xff"
    return bytes(changed)


@WORKBOOKS.to("xlsx")
def a_name_that_leads_out(content: bytes) -> bytes:
    return _rezipped(content, more=(("../../../../../../tmp/shellgame-escaped", b"out"),))


@WORKBOOKS.to("xlsx")
def a_name_from_the_root(content: bytes) -> bytes:
    return _rezipped(content, more=(("/tmp/shellgame-escaped", b"out"),))  # noqa: S108 - a name that must not be written


@WORKBOOKS.to("xlsx")
def a_name_with_backslashes(content: bytes) -> bytes:
    return _rezipped(content, more=(("xl\\..\\..\\shellgame-escaped", b"out"),))


@WORKBOOKS.to("xlsx")
def a_name_of_a_drive(content: bytes) -> bytes:
    return _rezipped(content, more=(("C:/shellgame-escaped", b"out"),))


@WORKBOOKS.to("xlsx")
def three_thousand_files(content: bytes) -> bytes:
    return _rezipped(content, more=tuple((f"xl/x{number}.bin", b"") for number in range(3000)))


@WORKBOOKS.to("xlsx")
def encrypted(content: bytes) -> bytes:
    changed = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        directory = archive.start_dir
    changed[directory + 8] |= 1
    return bytes(changed)


@WORKBOOKS.to("xlsx", record=True)
def a_document_type_in_its_sheet(content: bytes) -> bytes:
    return _with_member(content, _SHEET, _doctype("", b""))


@WORKBOOKS.to("xlsx", record=True)
def a_billion_laughs_in_its_texts(content: bytes) -> bytes:
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return _with_member(content, _holder_of_texts(content), _doctype(f'<!ENTITY e0 "ha">{laughs}', b"&e11;"))


@WORKBOOKS.to("xlsx", record=True)
def an_entity_from_another_file(content: bytes) -> bytes:
    return _with_member(content, _holder_of_texts(content), _doctype('<!ENTITY e SYSTEM "file:///etc/passwd">', b"&e;"))


@WORKBOOKS.to("xlsx", record=True)
def a_document_type_in_its_workbook(content: bytes) -> bytes:
    return _with_member(content, "xl/workbook.xml", _doctype("", b""))


@WORKBOOKS.to("xlsx", record=True)
def a_document_type_in_utf_16(content: bytes) -> bytes:
    def change(data: bytes) -> bytes:
        text = re.sub(rb"^<\?xml[^>]*\?>", b"", data).decode()
        return f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x>{text}'.encode("utf-16")

    return _with_member(content, _SHEET, change)


@WORKBOOKS.to("xlsx", refused=False)
def a_sheet_that_claims_to_be_endless(content: bytes) -> bytes:
    return _with_member(
        content, _SHEET, lambda data: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', data)
    )


@WORKBOOKS.to("xlsx", refused=False)
def a_row_far_below(content: bytes) -> bytes:
    return _with_member(
        content,
        _SHEET,
        lambda data: data.replace(
            b"</sheetData>", b'<row r="900000000"><c r="A900000000"><v>1</v></c></row></sheetData>'
        ),
    )


@WORKBOOKS.to("xlsx", refused=False)
def a_row_twice(content: bytes) -> bytes:
    def change(data: bytes) -> bytes:
        last = data.rindex(b"<row ")
        row = data[last : data.index(b"</row>", last) + len(b"</row>")]
        return data.replace(row, row + row)

    return _with_member(content, _SHEET, change)


@WORKBOOKS.to("xlsx", refused=False)
def formulas_for_values(content: bytes) -> bytes:
    formula = b'<f>HYPERLINK("http://127.0.0.1:9/"&amp;A1)</f><v>0</v></c>'

    def change(data: bytes) -> bytes:
        return re.sub(rb' t="inlineStr"><is>.*?</c>', b">" + formula, data[:-1500]) + data[-1500:]

    return _with_member(content, _SHEET, change)


@WORKBOOKS.to("xlsx")
def a_member_named_otherwise_inside(content: bytes) -> bytes:
    """The directory and the member disagree about its name, and the member's is no text."""
    at = content.index(_SHEET.encode())
    return content[: at - 24] + b"\x00\x08" + content[at - 22 : at] + b"\xff" + content[at + 1 :]


@WORKBOOKS.to("xlsx", refused=False)
def a_link_to_another_workbook(content: bytes) -> bytes:
    return _rezipped(content, more=(("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),))


@WORKBOOKS.to("xlsx", refused=False)
def macros(content: bytes) -> bytes:
    return _rezipped(content, more=(("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"),))
