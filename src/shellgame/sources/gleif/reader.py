"""GLEIF's three files: LEI records, relationships and reporting exceptions, as XML or JSON, whole or as an update, packed or not.

A publication is any of the three; in a folder they are one. An XML file says itself whether it is an update (`FileContent`); of
JSON, which has no header, the name of the file and what it tells as deleted say so.
Since each of the three may be missing, a file that is called like a missing one and holds something else is refused.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from shellgame.errors import Damaged, Hostile
from shellgame.settings import settings
from shellgame.sources.claims import Claims
from shellgame.sources.gleif.entities import claim_entity
from shellgame.sources.gleif.fields import Fields, fields_of_json
from shellgame.sources.gleif.relationships import claim_exception, claim_relationship
from shellgame.sources.gleif.xml_pieces import ROOTS, Cut, claim_piece
from shellgame.sources.json_records import json_records
from shellgame.sources.pieces import claim_pieces
from shellgame.sources.publication import Part, Publication
from shellgame.sources.reader import Format
from shellgame.sources.xml import root_name

_ZIP = b"PK\x03\x04"
_ZIP_HEADER = 30
_JSON_START = re.compile(
    rb'\s*(?:\[\s*|\{\s*"(?:records|relations|exceptions)"\s*:\s*\[\s*)?\{\s*"(?:[\w.-]+:)?(LEI|Relationship)"'
)
_JSON_ENTITY, _JSON_EXCEPTION = re.compile(rb'"(?:[\w.-]+:)?Entity"'), re.compile(rb'"(?:[\w.-]+:)?ExceptionCategory"')
_MOST_NAMED = 4
"""Further files named of an archive that holds more than one."""
_LISTS = ("records", "relations", "exceptions")
"""What GLEIF calls the list that its own JSON has around all records."""
_CALLED = re.compile(
    r"(?:.*[^a-z])?(lei|rr|repex)2?(?:[^a-z].*)?\.(?:xml|json|jsonl|csv|zip|gz|bz2|xz|zst|7z)",
    re.IGNORECASE | re.DOTALL,
)
"""What GLEIF calls its files, such as `20240101-0800-gleif-goldencopy-lei2-golden-copy.xml.zip` or `rr-updates.json`."""

_OF_UPDATES = re.compile(r"(?:^|[^a-z])(?:delta|intra-?day|last-?(?:day|week|month))(?:[^a-z]|$)", re.IGNORECASE)
_OF_WHOLE = re.compile(r"golden-copy\.", re.IGNORECASE)
"""How GLEIF ends the names of updates (`…-gleif-goldencopy-lei2-intra-day.json`) and of whole files (`…-golden-copy.json`)."""


def _recognise_xml(name: str, head: bytes) -> str | None:
    return ROOTS.get(root_name(_unpacked(head) if head.startswith(_ZIP) else head))


def _unpacked(head: bytes) -> bytes:
    """How the first file in a ZIP archive begins."""
    name, extra = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
    body = head[_ZIP_HEADER + name + extra :]
    if head[8:10] == b"\0\0":
        return body
    try:
        return zlib.decompressobj(-15).decompress(body, 65536)
    except zlib.error:  # damaged, which is no layout of GLEIF's
        return b""


def _recognise_json(name: str, head: bytes) -> str | None:
    start = _JSON_START.match(head.removeprefix(b"\xef\xbb\xbf"))
    if start is None:
        return None
    if start.group(1) == b"Relationship":
        return "rr"
    entity, exception = _JSON_ENTITY.search(head), _JSON_EXCEPTION.search(head)
    if exception and not (entity and entity.start() < exception.start()):
        return "repex"
    return "lei" if entity else None


def _refuse_misfits(publication: Publication) -> None:
    """Refuse a file that is called like a part that is missing: left out, all that it tells would read as gone.

    Raises:
        Damaged: There is one.
    """
    for name in publication.ignored:
        called = _CALLED.fullmatch(name)
        if called and called.group(1).lower() not in publication.parts:
            raise Damaged(
                name,
                found=f"it is called like a file of GLEIF's, but holds none that {publication.format} reads with the others",
                remedy="get it again from GLEIF in the same format, or take it out of the folder to read the others without it",
            )


def _read_xml(publication: Publication, claims: Claims) -> None:
    _refuse_misfits(publication)
    days, kinds = [], {}
    for name in ROOTS.values():
        if part := publication.parts.get(name):
            with _opened(part) as file:
                cut = Cut(file, name, part.printed_name)
                days.append(cut.field("ContentDate"))
                kinds[part.printed_name] = "DELTA" in cut.field("FileContent")
                _agree(claims, kinds, days)
                before = claims.counts["records"] + claims.counts["annulled"]
                claim_pieces(claims, part, cut.pieces(), claim_piece)
                _compare(claims, part, cut, claims.counts["records"] + claims.counts["annulled"] - before)


def _agree(claims: Claims, kinds: dict[str, bool], days: list[str]) -> None:
    """See to it that the files of a folder are all whole or all updates; the publication is of the latest of their days."""
    if len(set(kinds.values())) > 1:
        raise Damaged(
            ", ".join(kinds),
            found="a whole file beside one that is an update",
            remedy="put the whole files into one folder and the updates into another, and add one after the other",
        )
    claims.partial = any(kinds.values())
    claims.published = claims.published or max(days, default="") or None


def _compare(claims: Claims, part: Part, cut: Cut, found: int) -> None:
    """Hold the records found against the number that the header tells; an update may have none, and says so.

    Raises:
        Damaged: There are none, and it does not say so.
    """
    told = cut.field("RecordCount")
    if not found and told != "0":
        raise Damaged(
            part.printed_name,
            found=f"not a single record{f', and says that it has {told}' if told else ''}",
            remedy="get the file again from GLEIF",
        )
    if told.isdigit() and int(told) != found:
        claims.notes.append(f"{part.printed_name} says that it has {int(told):,} records, and has {found:,}")


@contextmanager
def _opened(part: Part) -> Iterator[BinaryIO]:
    """Open a file, or the only one in an archive.

    Raises:
        Damaged: The archive cannot be read, or holds more than one file.
        Hostile: It would unpack to more than `max_file_mib`.
    """
    with part.open() as file:
        if file.read(len(_ZIP)) != _ZIP:
            file.seek(0)
            yield file
            return
        try:
            with ZipFile(file) as archive:
                inside, *others = (member for member in archive.infolist() if not member.is_dir())
                if others:
                    names = ", ".join(each.filename for each in (inside, *others[:_MOST_NAMED])) + (
                        " …" if others[_MOST_NAMED:] else ""
                    )
                    raise Damaged(
                        part.printed_name,
                        found=f"an archive of {len(others) + 1} files where one is read ({names})",
                        remedy="unpack it into a folder, and give the folder",
                    )
                if inside.file_size > settings().max_file_mib << 20:
                    raise Hostile(
                        part.printed_name,
                        found=f"an archive that unpacks to {inside.file_size >> 20:,} MiB, more than allowed",
                        remedy="check what it is, then raise SHELLGAME_MAX_FILE_MIB if it is right",
                    )
                with archive.open(inside) as unpacked:
                    yield unpacked  # type: ignore[misc]
        except (BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError) as error:
            raise Damaged(
                part.printed_name,
                found=f"an archive that cannot be read ({error})",
                remedy="get it again, or unpack it",
            ) from error


def _read_json(publication: Publication, claims: Claims) -> None:
    _refuse_misfits(publication)
    kinds = {}
    for name in ROOTS.values():
        if part := publication.parts.get(name):
            is_update = bool(_OF_UPDATES.search(part.printed_name))
            for _, record in json_records(part, _LISTS):
                fields = fields_of_json(record)
                is_update |= "DeletedAt" in fields or "DELTA" in fields.text("FileContent")
                _claim_of(fields)(claims, fields, part.name)
                if day := fields.text("ContentDate"):
                    claims.published = max(claims.published or "", day)
                claims.pass_on()
            if is_update or _OF_WHOLE.search(part.printed_name):
                kinds[part.printed_name] = is_update
    _agree(claims, kinds, [])


def _claim_of(fields: Fields) -> Callable[[Claims, Fields, str], None]:
    """What a record of JSON is; files of one kind may hold records of another."""
    if "ExceptionCategory" in fields:
        return claim_exception
    return claim_relationship if "RelationshipType" in fields else claim_entity


FORMATS = (Format("cdf-xml", _recognise_xml, _read_xml), Format("cdf-json", _recognise_json, _read_json))
