"""Pieces as GLEIF writes them, read by what their records have in common.

Three million records have the same tags in some thousand arrangements, and differ in the texts between them. So the texts are taken
out of a record; what is left, its frame, is held against XML once, and tells where which field stands in all records that have it.
That is a third of the work of looking at each record. A piece in which anything is less than plain is left to be checked whole.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from xml.parsers import expat

import numpy as np

from shellgame.sources.gleif.fields import Fields, Layout, layout_of_xml
from shellgame.sources.publication import LONGEST_TEXT

_LEAF = re.compile(r">([^<\s][^<]*+)</")
"""The text of an element that holds nothing else, and does not begin with white space."""
_ANY_LEAF = re.compile(r">(\s*+[^<\s][^<]*+)</")
_OUT = "\0"
"""Stands in a frame where a text was; XML has no such letter."""
_FRAMES = 4096
"""So many frames are remembered, of some 10 KB each; the commonest hundreds are those of nearly all records."""
_FIRST_LETTER, _NEW_LINE = 32, 10
_NOT_IN_TEXT = ("]]>", "\ufffe", "\uffff")
_ENTITIES = "(?:amp|lt|gt|quot|apos);"
_OTHER_ENTITY = re.compile(f"&(?!{_ENTITIES})")
_NAME = "[a-zA-Z_][a-zA-Z0-9_.:-]*+"
_SPACE = "[ \\t\\r\\n]*+"
_GEOCODING = "Geocoding>"
"""Ends what a machine made of the addresses, a third of the file: not what anybody said."""
_FLAT = re.compile(
    rf"(?:<({_NAME})>(?:{_SPACE}<({_NAME})>[^<&]*+(?:&{_ENTITIES}[^<&]*+)*+</\2>)*+{_SPACE}</\1>{_SPACE})*+", re.ASCII
)
"""Elements that hold elements that hold texts, as geocoding is."""


def plain_fields(piece: bytes) -> list[Fields] | None:
    """The fields of each record of a piece that is well-formed and plain; None where that is not settled."""
    try:
        text = piece.decode()
    except UnicodeDecodeError:
        return None
    if _has_controls(piece) or any(
        each[0] in text and each in text
        for each in _NOT_IN_TEXT  # one letter is looked for much faster than several
    ):
        return None
    found, end = [], text[text.rfind("</") :]
    for record in text.split(end)[:-1]:
        fields = _fields(record, end)
        if fields is None:
            return None
        found.append(fields)
    return found


def _has_controls(piece: bytes) -> bool:
    """Whether a piece has a character that XML does not allow: one of the first 32, but no tab and no end of a line."""
    letters = np.frombuffer(piece, np.uint8)
    controls = np.count_nonzero(letters < _FIRST_LETTER) - np.count_nonzero(letters == _NEW_LINE)
    return bool(controls and controls != piece.count(b"\t") + piece.count(b"\r"))


def _fields(record: str, end: str) -> Fields | None:
    said, geocoding = apart(record)
    if len(record) > LONGEST_TEXT or not _FLAT.fullmatch(geocoding):
        return None
    found = _by_frame(_LEAF, said, end) or _by_frame(_ANY_LEAF, said, end)
    if not found:
        return None
    layout, texts = found
    if not (tidy := _are_tidy(texts)):
        texts = [text.strip() for text in texts]
    if "&" in said:
        if _OTHER_ENTITY.search(said):
            return None
        texts = [html.unescape(text) for text in texts]
    return Fields(layout, texts, tidy=tidy)


def _by_frame(leaf: re.Pattern[str], said: str, end: str) -> tuple[Layout, list[str]] | None:
    """Layout and texts of a record whose texts stand where `leaf` finds them; None where its frame is not plain."""
    parts = leaf.split(said)
    layout = _layout(f">{_OUT}</".join(parts[::2]), end)
    return (layout, parts[1::2]) if layout else None


def _are_tidy(texts: list[str]) -> bool:
    """Whether texts of a plain piece have nothing to be cleaned away: no space but single ones within, and nothing invisible."""
    line = " ".join(texts)
    if "  " in line or line[:1] == " " or line[-1:] == " ":
        return False
    if not line.isascii():
        return line.isprintable()
    return not ("\n" in line or "\t" in line or "\r" in line or "\x7f" in line)  # a piece has no other controls


def apart(record: str) -> tuple[str, str]:
    """What a record says, with an empty element in the place of its geocoding; and that."""
    begin, after = record.find(_GEOCODING), record.rfind(_GEOCODING) + len(_GEOCODING)
    if begin < 0 or after == begin + len(_GEOCODING):
        return record, ""
    begin = record.rfind("<", 0, begin)
    return f"{record[:begin]}<geocoding/>{record[after:]}", record[begin:after]


@lru_cache(maxsize=_FRAMES)
def _layout(frame: str, end: str) -> Layout | None:
    """Where which field stands in all records of a frame; None where it is no plain XML, or has texts between its elements."""
    if "<!" in frame or "<?" in frame:
        return None
    try:
        expat.ParserCreate().Parse(f"<records>{frame.replace(_OUT, '')}{end}</records>", True)
    except expat.ExpatError:
        return None
    layout, texts = layout_of_xml(frame)
    return layout if len(texts) == frame.count(_OUT) else None
