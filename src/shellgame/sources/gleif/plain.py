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

from shellgame.sources.gleif.fields import Fields, Layout, layout_of_xml
from shellgame.sources.publication import LONGEST_TEXT

_LEAF = re.compile(r">(\s*+[^<\s][^<]*+)</")
"""The text of an element that holds nothing else."""
_OUT = "\0"
"""Stands in a frame where a text was; XML has no such letter."""
_FRAMES = 4096
"""So many frames are remembered, of some 10 KB each; the commonest hundreds are those of nearly all records."""
_CONTROLS = bytes(sorted({*range(32)} - set(b"\t\n\r")))
_NOT_IN_TEXT = ("]]>", "\ufffe", "\uffff")
_ENTITIES = "(?:amp|lt|gt|quot|apos);"
_OTHER_ENTITY = re.compile(f"&(?!{_ENTITIES})")
_NAME = r"(?:[a-zA-Z_][\w.-]*+:)?+[a-zA-Z_][\w.-]*+"
_GEOCODING = "Geocoding>"
"""Ends what a machine made of the addresses, a third of the file: not what anybody said."""
_FLAT = re.compile(
    rf"(?:<({_NAME})>(?:\s*+<({_NAME})>[^<&]*+(?:&{_ENTITIES}[^<&]*+)*+</\2>)*+\s*+</\1>\s*+)*+", re.ASCII
)
"""Elements that hold elements that hold texts, as geocoding is."""


def plain_fields(piece: bytes) -> list[Fields] | None:
    """The fields of each record of a piece that is well-formed and plain; None where that is not settled."""
    try:
        text = piece.decode()
    except UnicodeDecodeError:
        return None
    if len(piece.translate(None, _CONTROLS)) < len(piece) or any(
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


def _fields(record: str, end: str) -> Fields | None:
    said, geocoding = apart(record)
    if len(record) > LONGEST_TEXT or not _FLAT.fullmatch(geocoding):
        return None
    parts = _LEAF.split(said)
    texts = [text.strip() for text in parts[1::2]]
    if "&" in said:
        if _OTHER_ENTITY.search(said):
            return None
        texts = [html.unescape(text) for text in texts]
    layout = _layout(f">{_OUT}</".join(parts[::2]), end)
    return Fields(layout, texts) if layout else None


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
