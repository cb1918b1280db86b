"""GLEIF's XML cut into pieces of whole records, each checked and read by itself.

A file of ten gigabytes is one flat run of records, so it is cut behind the end of a record every few megabytes; the pieces can then
be read one after the other or in several processes. Each is checked before its fields are claimed: it must be
well-formed XML without document type, entities, comments and CDATA, and no record may be longer than any real one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from shellgame.errors import Damaged, Hostile
from shellgame.sources.claims import Claims
from shellgame.sources.gleif.entities import claim_entity
from shellgame.sources.gleif.fields import Fields, fields_of_xml
from shellgame.sources.gleif.plain import apart, plain_fields
from shellgame.sources.gleif.relationships import claim_exception, claim_relationship
from shellgame.sources.publication import HEAD_BYTES, LONGEST_TEXT

PIECE_BYTES = 4 << 20
LONGEST_RECORD = 1 << 20
"""Bytes; the longest of GLEIF's have some 50,000."""
_DEEPEST = 64
"""Levels of elements within each other; GLEIF's have some ten."""
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_AGAIN = "get the file again from GLEIF"
ROOTS = {"LEIData": "lei", "RelationshipData": "rr", "ReportingExceptionData": "repex"}
"""The root element of each of the three files, and the name of its part."""
_RECORDS = {"lei": "LEIRecord", "rr": "RelationshipRecord", "repex": "Exception"}
_CLAIM = {"lei": claim_entity, "rr": claim_relationship, "repex": claim_exception}
_ROOT = re.compile(rb"<((?:[\w.-]+:)?)(?:" + "|".join(ROOTS).encode() + rb")[\s>]")


class Cut:
    """A file of GLEIF while it is cut into pieces.

    Attributes:
        head: What stands before the first record: the opening of the root, and the header.
    """

    def __init__(self, file: BinaryIO, part: str, printed_name: str) -> None:
        """Read up to the first record.

        Raises:
            Damaged: It is in an encoding that GLEIF does not use.
        """
        self._file, self._name = file, printed_name
        start = file.read(HEAD_BYTES)
        if start.startswith(_UTF16_MARKS):
            raise Damaged(
                printed_name,
                found="text in UTF-16, as some programs save it; GLEIF's is in UTF-8",
                remedy=f"save it as UTF-8 with a first line that says so, or {_AGAIN}",
            )
        root = _ROOT.search(start)
        prefix = root.group(1) if root else b""
        self._record = prefix + _RECORDS[part].encode()
        file.seek(0)
        self.head, self._first = self._up_to_records()

    def field(self, name: str) -> str:
        """A field of the header; empty where it is not there."""
        found = re.search(rb"<(?:[\w.-]+:)?" + name.encode() + rb">\s*([^<]{1,200}?)\s*</", self.head)
        return found.group(1).decode("utf-8", "replace") if found else ""

    def pieces(self) -> Iterator[bytes]:
        """Cut behind the last whole record of every few megabytes.

        Raises:
            Damaged: The file ends within a record, or without the end of its root.
            Hostile: A record that is too long.
        """
        end, left = b"</" + self._record + b">", self._first
        while True:
            if cut := left.rfind(end) + 1:
                cut += len(end) - 1
                yield left[:cut]
                left = left[cut:]
            elif len(left) > LONGEST_RECORD + PIECE_BYTES:
                raise self._hostile(f"a record of more than {LONGEST_RECORD >> 20} MiB")
            chunk = self._file.read(PIECE_BYTES)
            if not chunk:
                break
            left += chunk
        self._check_frame(left)

    def _up_to_records(self) -> tuple[bytes, bytes]:
        """Read the head, and the beginning of the records."""
        start = self._file.read(PIECE_BYTES)
        first = re.search(b"<" + self._record + rb"[\s>]", start)
        at = first.start() if first else len(start)
        if re.search(rb"<!(?:DOCTYPE|ENTITY)", start[:at]):
            raise self._hostile("a document type declaration, the vehicle of entity bombs")
        return start[:at], start[at:]

    def _check_frame(self, tail: bytes) -> None:
        """Hold what stands around the records against XML: a file that was cut has no end."""
        try:
            if _depth(self.head + tail) > _DEEPEST:
                raise self._hostile("elements nested without end")
        except expat.ExpatError as error:
            raise Damaged(
                self._name,
                record="at its end",
                found=f"no whole XML ({error})",
                remedy=f"it was cut or mangled: {_AGAIN}",
            ) from error

    def _hostile(self, found: str) -> Hostile:
        return Hostile(self._name, found=found, remedy="do not use this file")


def claim_piece(claims: Claims, part: str, piece: bytes) -> None:
    """Claim what the records of a piece say.

    Args:
        claims: Where claims go.
        part: `lei`, `rr` or `repex`.
        piece: Whole records, one after another.

    Raises:
        Damaged: It is not well-formed, or no UTF-8, or a record lacks its LEI.
        Hostile: It declares something, or has a record or a text longer than any real one.
    """
    claim, found = _CLAIM[part], plain_fields(piece)
    for fields in _checked_fields(claims, part, piece) if found is None else found:
        claim(claims, fields, part)
        claims.pass_on()


def _checked_fields(claims: Claims, part: str, piece: bytes) -> Iterator[Fields]:
    """The fields of each record of a piece that is checked as a whole, and its long records by themselves."""
    text = _checked(part, piece)
    end = text[text.rfind("</") :]
    for record in text.split(end)[:-1]:
        if len(record) > LONGEST_TEXT:
            _refuse_long(part, claims, record, end)
        yield fields_of_xml(apart(record)[0])


def _checked(part: str, piece: bytes) -> str:
    """Refuse a piece that is no plain XML, and give its text."""
    if b"<!" in piece or b"<?" in piece:
        raise Hostile(part, found="a declaration, comment or CDATA among the records, which GLEIF's files do not have",
                      remedy="do not use this file")  # fmt: skip
    try:
        expat.ParserCreate("utf-8").Parse(b"<records>" + piece + b"</records>", True)
        return piece.decode("utf-8")
    except (expat.ExpatError, UnicodeDecodeError) as error:
        if "entity" in str(error):
            raise Hostile(
                part, found=f"an entity that XML does not have ({error})", remedy="do not use this file"
            ) from error
        lines = piece[: 1 << 20].decode("utf-8", "replace")
        first = re.search(r"<(?:[\w.-]+:)?LEI>([^<]{1,20})", lines)
        raise Damaged(part, record=f"behind {first.group(1)}" if first else "", found=f"no well-formed XML ({error})",
                      remedy=f"it was cut or mangled: {_AGAIN}") from error  # fmt: skip


def _depth(document: bytes) -> int:
    """How many elements stand within each other at most.

    Raises:
        expat.ExpatError: It is not well-formed.
    """
    deepest, depth = 0, 0

    def starts(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal deepest, depth
        depth += 1
        deepest = max(deepest, depth)

    def ends(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = starts, ends
    parser.Parse(document, True)
    return deepest


def _is_too_deep(record: str) -> bool:
    """Whether a long record has more levels than any, or is no element by itself, as where records stand within records."""
    try:
        return _depth(f"<record>{record}</record>".encode()) > _DEEPEST
    except expat.ExpatError:
        return True


def _refuse_long(part: str, claims: Claims, record: str, end: str) -> None:
    text = max(map(len, re.split("[<>]", record)))
    if len(record) > LONGEST_RECORD or text > LONGEST_TEXT:
        found = f"a record of {len(record):,} letters with a text of {text:,}, longer than any real one"
    elif _is_too_deep(record + end):
        found = "a record with elements nested without end, or with records within it"
    else:
        return
    where = f"after {claims.last_record}" if claims.last_record else ""
    raise Hostile(part, record=where, found=found, remedy="do not use this file")
