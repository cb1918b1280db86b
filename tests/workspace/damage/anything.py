"""What can happen to a file of any kind: nothing in it, something else in it, another encoding, a part of it only."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile

import zstandard

from .samples import Damages

ANYTHING = Damages()
_ALL = ("table", "json", "xml", "xlsx")
_TEXT = ("table", "json", "xml")

PAGES = {
    "an error page": b"<html><head><title>503 Service Unavailable</title></head><body><h1>Sorry</h1></body></html>",
    "a page with a doctype": b"<!DOCTYPE html>\n<html lang=en><title>Sign in</title><body>Sign in</body></html>",
    "a page with an old doctype": b'<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>',
    "a page behind a mark and blanks": b"\xef\xbb\xbf \r\n\t\n <HTML><BODY>Access denied</BODY></HTML>",
    "a page behind comments": b"<!-- 1 --> <!-- <data-set> -->\n<!--[if IE]><![endif]--><html><title>One moment</title></html>",
    "a page behind very many comments": b"<!--a-->" * 5000 + b"<html><title>x</title></html>",
    "very many comments alone": b"<!--a-->" * 5000 + b"x",
    "a page in XHTML": b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html><body/></html>',
    "a page in UTF-16": "<!DOCTYPE html><html><title>Запрещено</title></html>".encode("utf-16"),
    "a page with escapes in its title": b"<html><title>\x1b]0;owned\x07\x1b[2J\xe2\x80\xaegpj.exe</title></html>",
    "a script": b"<script>location.href='/challenge'</script>",
}
OTHER_THINGS = {
    "no bytes": b"",
    "blanks and empty lines": b" \r\n\t\n\n   \n",
    "a byte order mark": b"\xef\xbb\xbf",
    "a control-Z": b"\x1a",
    "one letter": b"x",
    "zero bytes": b"\x00" * 4096,
    "a plain error": b"404 page not found\n",
    "an error in JSON": b'{"status":429,"error":"Too Many Requests"}\n',
    "an error in XML": b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><RequestId>1</RequestId></Error>',
    "an XML document of nobody": b"<a><b>c</b></a>",
    "a table of nobody": b"a,b,c\n1,2,3\n",
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde",
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    "an old spreadsheet": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504,
    "carriage returns and zeros": b"\r\x00\r\x00",
    "a lone quotation mark": b'"',
    "noise": random.Random(7).randbytes(5000),
}
"""Things that come in place of a list; every source must refuse each."""


@ANYTHING.to(*_ALL)
def packed_with_gzip(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


@ANYTHING.to(*_ALL)
def packed_with_bzip2(content: bytes) -> bytes:
    return bz2.compress(content)


@ANYTHING.to(*_ALL)
def packed_with_xz(content: bytes) -> bytes:
    return lzma.compress(content)


@ANYTHING.to(*_ALL)
def packed_with_zstandard(content: bytes) -> bytes:
    return zstandard.compress(content)


@ANYTHING.to(*_ALL)
def packed_into_a_zip(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("list.csv", content)
    return packed.getvalue()


@ANYTHING.to(*_ALL)
def packed_into_a_tar(content: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        member = tarfile.TarInfo("list.csv")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


@ANYTHING.to("table", "json")
def saved_as_utf_16(content: bytes) -> bytes:
    return _text(content).encode("utf-16")


@ANYTHING.to("table", "json")
def saved_as_utf_16_big_endian(content: bytes) -> bytes:
    return b"\xfe\xff" + _text(content).encode("utf-16-be")


@ANYTHING.to("table", "json")
def saved_as_utf_16_without_a_mark(content: bytes) -> bytes:
    return _text(content).encode("utf-16-le")


@ANYTHING.to("table", "json")
def saved_as_utf_32(content: bytes) -> bytes:
    return _text(content).encode("utf-32")


@ANYTHING.to("table", "json", record=True)
def saved_as_latin_1(content: bytes) -> bytes | None:
    if content.isascii() or not _is_utf_8(content):
        return None
    return "".join(letter if ord(letter) < 0x100 else "é" for letter in _text(content)).encode("latin-1")


@ANYTHING.to("table", "json", "xml", record=True)
def a_byte_that_no_encoding_knows(content: bytes) -> bytes:
    at = _in_the_middle_of_a_word(content)
    return content[:at] + b"\x81" + content[at:]


@ANYTHING.to("table", "json", "xml", record=True)
def a_zero_byte(content: bytes) -> bytes:
    at = _in_the_middle_of_a_word(content)
    return content[:at] + b"\x00" + content[at:]


@ANYTHING.to("table", "json", "xml", record=True)
def its_second_half_is_zeros_as_after_a_crash(content: bytes) -> bytes:
    half = _in_the_middle_of_a_word(content)
    return content[:half] + b"\x00" * (len(content) - half)


@ANYTHING.to("table", "json", "xml", record=True)
def cut_within_a_character(content: bytes) -> bytes | None:
    starts = [at for at, byte in enumerate(content) if byte >= 0xC3 and at > len(content) // 3]
    return content[: starts[0] + 1] if starts and _is_utf_8(content) else None


@ANYTHING.to("table", "json", "xml", record=True)
def an_error_page_in_place_of_its_second_half(content: bytes) -> bytes:
    return content[: _in_the_middle_of_a_word(content)] + PAGES["an error page"] + b"\n"


@ANYTHING.to("table", "json", "xml", record=True)
def an_error_page_behind_it(content: bytes) -> bytes:
    return content.rstrip(b"\x1a") + PAGES["an error page"] + b"\n"


@ANYTHING.to(*_TEXT, refused=False)
def blanks_behind_it(content: bytes) -> bytes:
    return content + b"\n \n\n"


@ANYTHING.to(*_TEXT, refused=False)
def other_line_ends(content: bytes) -> bytes:
    plain = content.replace(b"\r\n", b"\n")
    return plain if plain != content else content.replace(b"\n", b"\r\n")


@ANYTHING.to(*_TEXT, refused=False)
def old_line_ends(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\n", b"\r")


@ANYTHING.to(*_TEXT, refused=False)
def a_second_byte_order_mark(content: bytes) -> bytes:
    return b"\xef\xbb\xbf" * (2 if content.startswith(b"\xef\xbb\xbf") else 1) + content


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig" if _is_utf_8(content) else "cp1252")


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _in_the_middle_of_a_word(content: bytes) -> int:
    at = len(content) // 2
    while not content[at - 1 : at + 1].isalpha():
        at += 1
    return at
