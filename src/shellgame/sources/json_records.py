"""JSON records read one at a time, whatever the file's size: one object a line, one after another, or all in an array.

A record may be as long as `LONGEST_RECORD_MIB`; what is no JSON stops the reading with the number of the record. Records of one a
line can be cut into pieces, for several processes to read.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from io import BytesIO
from struct import Struct
from typing import Any, BinaryIO, NoReturn

import orjson

from shellgame.errors import BadInput, Damaged, Hostile
from shellgame.settings import settings
from shellgame.sources.publication import Part

LONGEST_RECORD_MIB = 8
"""The longest statements of registers have some 100 KiB; a larger `max_line_mib` counts."""
_DEEPEST = 64
_CHUNK_BYTES = 1 << 18
PIECE_BYTES = 1 << 20
_CUT = re.compile(rb"\}\r?\n\{")
_PLACE = Struct(">QQ")
"""In front of a piece: the number of its first record, and where in the file it begins."""
_LONGEST_WORD = len(r"\ud83d\ude00")
_LONGEST_OPENING = 1024
_BETWEEN = " \t\r\n,"
_AGAIN = "get the file again from the publisher"


def json_records(part: Part, lists: tuple[str, ...] = ()) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the records of a part.

    Args:
        part: The part.
        lists: Where the records stand in a list that is the first of an object around them all, the names that it may have.

    Yields:
        The number of the record, from 1, and the record.

    Raises:
        Damaged: No JSON, or the file ends within a record or before its array does; or text that is no UTF-8.
        BadInput: Something other than an object where a record belongs.
        Hostile: A record too long, or nested without end.
    """
    with part.open() as file:
        yield from _objects(_Reading(part.printed_name, file, lists=lists))


def line_pieces(part: Part) -> Iterator[bytes] | None:
    """Cut a large part whose records stand on a line each into pieces of some megabytes, for `piece_records`; None for any other.

    The pieces are cut where an object ends, a line ends, and an object begins, which is between records wherever it is: within one
    there is a comma.

    Raises:
        Hostile: A record too long.
    """
    with part.open() as file:
        cut = _CUT.search(head := file.read(_CHUNK_BYTES))
    if part.size <= PIECE_BYTES or not cut or not head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        return None
    return _pieces(part, cut.group())


def _pieces(part: Part, cut: bytes) -> Iterator[bytes]:
    left, number, offset = b"", 1, 0
    with part.open() as file:
        while chunk := file.read(PIECE_BYTES):
            left += chunk
            if (end := left.rfind(cut) + len(cut) - 1) >= len(cut) - 1:
                yield _PLACE.pack(number, offset) + left[:end]
                number, offset, left = number + left.count(b"\n", 0, end), offset + end, left[end:]
            elif len(left) > _longest_record() + PIECE_BYTES:
                found = f"a record of more than {_longest_record() >> 20} MiB"
                raise Hostile(part.printed_name, record=f"record {number}", found=found, remedy="do not use this file")
    yield _PLACE.pack(number, offset) + left


def piece_records(name: str, piece: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the records of a piece as `json_records` does; `name` stands for the file in messages."""
    number, offset = _PLACE.unpack_from(piece)
    file = BytesIO(piece)
    file.seek(_PLACE.size)
    yield from _objects(_Reading(name, file, number - 1, offset - _PLACE.size))


def _objects(reading: _Reading) -> Iterator[tuple[int, dict[str, Any]]]:
    for value in reading.values():
        if not isinstance(value, dict):
            found = f"a {type(value).__name__} where a record belongs"
            raise BadInput(
                reading.name, record=f"record {reading.number}", found=found, remedy="give one JSON object each"
            )
        yield reading.number, value


def as_json(value: object) -> str:
    """A value of a record as the JSON it is, on one line; numbers may be of any length."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


class _Reading:
    """A window that moves over the file: what was decoded is let go, and more is read where a record is not yet whole."""

    def __init__(
        self, name: str, file: BinaryIO, number: int = 0, offset: int = 0, lists: tuple[str, ...] = ()
    ) -> None:
        self.name, self._file, self._offset = name, file, offset
        self._list = re.compile(rf'\{{\s*"(?:{"|".join(map(re.escape, lists))})"\s*:\s*\[') if lists else None
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder(parse_constant=_refuse_constant)
        self._longest = _longest_record()
        self._window, self._at, self._ended = "", 0, False
        self.number = number

    def values(self) -> Iterator[Any]:
        opening = self._opening()
        self._at += len(opening)
        while (letter := self._next_letter()) and not (opening and letter == "]"):
            self.number += 1
            yield self._value()
        if not opening:
            return
        if not letter:
            self._damaged("the file ends before its list does: it was cut in transit")
        self._at += 1
        if opening != "[":
            self._pass_rest_of_object()
        if self._next_letter():
            self._damaged("something stands after the end of the list")

    def _opening(self) -> str:
        """What stands before the first record of a list; empty where the records stand in none."""
        letter = self._next_letter()
        while self._list and not self._ended and len(self._window) - self._at < _LONGEST_OPENING:
            self._read_on(_LONGEST_OPENING)
        found = self._list.match(self._window, self._at) if self._list else None
        return found.group() if found else letter if letter == "[" else ""

    def _pass_rest_of_object(self) -> None:
        """Go behind the object that stands around a list, over whatever else it has."""
        while (letter := self._next_letter()) == '"':
            self._value()
            if self._next_letter() != ":":
                self._damaged("no JSON: a name without a value")
            self._at += 1
            self._next_letter()
            self._value()
        if letter != "}":
            self._damaged("the file ends before the object around its list does, or what stands there is no JSON")
        self._at += 1

    def _next_letter(self) -> str:
        """The letter at which the next value begins; empty at the end of the file."""
        while True:
            while self._at < len(self._window):
                if self._window[self._at] not in _BETWEEN:
                    return self._window[self._at]
                self._at += 1
            if self._ended:
                return ""
            self._read_on(_CHUNK_BYTES)

    def _value(self) -> Any:
        size = _CHUNK_BYTES
        while True:
            try:
                value, end = self._json.raw_decode(self._window, self._at)
            except RecursionError as error:
                raise self._hostile("JSON nested without end") from error
            except ValueError as error:
                if self._ended or not self._may_go_on(error):
                    self._damaged(f"no JSON, or cut in transit: {error}" if self._ended else f"no JSON: {error}")
                if len(self._window) - self._at > self._longest:
                    raise self._hostile(
                        f"a record of more than {self._longest >> 20} MiB, or one that is no JSON"
                    ) from error
                self._read_on(size)
                size *= 2  # so that a long record is begun anew a few times only
                continue
            told = self._window[self._at : end]
            self._at = end
            return self._checked(told, value)

    def _may_go_on(self, error: ValueError) -> bool:
        """Whether what does not decode could be the beginning of what does: the scanner failed at the end of the window."""
        if not isinstance(error, json.JSONDecodeError):
            return False
        return error.msg.startswith("Unterminated") or error.pos + _LONGEST_WORD >= len(self._window)

    def _checked(self, told: str, value: Any) -> Any:
        """Refuse what decodes and can still not be held: half characters, and levels upon levels."""
        if "\\u" in told:
            try:
                orjson.loads(told)
            except orjson.JSONDecodeError as error:
                self._damaged(f"no JSON: {error}")
        if told.count("[") + told.count("{") > _DEEPEST and _depth(value) > _DEEPEST:
            raise self._hostile("JSON nested without end")
        return value

    def _read_on(self, size: int) -> None:
        chunk = self._file.read(size)
        self._ended = not chunk
        try:
            more = self._decoder.decode(chunk, final=self._ended)
        except UnicodeDecodeError as error:
            self._damaged(
                f"text that is no UTF-8, near byte {self._offset + self._file.tell() - len(chunk) + error.start}"
            )
        self._window, self._at = self._window[self._at :] + more, 0

    def _damaged(self, found: str) -> NoReturn:
        raise Damaged(self.name, record=f"record {max(self.number, 1)}", found=found, remedy=_AGAIN)

    def _hostile(self, found: str) -> Hostile:
        return Hostile(self.name, record=f"record {self.number}", found=found, remedy="do not use this file")


def _longest_record() -> int:
    """The bytes that a record may have."""
    return int(max(LONGEST_RECORD_MIB, settings().max_line_mib) * (1 << 20))


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON value")


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level and depth <= _DEEPEST:
        depth += 1
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return depth
