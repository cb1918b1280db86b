"""OFAC's XML layouts as formats of its two sources; `us_ofac_sdn` and `us_ofac_cons` name them in their readers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from shellgame.sources.claims import Claims
from shellgame.sources.ofac.legacy_parts import Series
from shellgame.sources.ofac.xml_advanced import read_advanced
from shellgame.sources.ofac.xml_classic import read_classic
from shellgame.sources.ofac.xml_enhanced import read_enhanced
from shellgame.sources.ofac.xml_lists import says_it_is
from shellgame.sources.publication import Part, Publication
from shellgame.sources.reader import Format
from shellgame.sources.xml import root_name

PART_NAMES: Final[dict[Series, tuple[str, str, str]]] = {
    "sdn": ("sdn.xml", "sdn_advanced.xml", "sdn_enhanced.xml"),
    "cons": ("consolidated.xml", "cons_advanced.xml", "cons_enhanced.xml"),
}
"""What each source's file is called in the classic, the advanced and the enhanced layout."""

_Read = Callable[[Part, Claims, Series], None]


def classic_xml(series: Series) -> Format:
    """The classic layout; which list a file holds is told, if at all, by its programmes."""
    return _format("xml", "sdnList", PART_NAMES[series][0], series, read_classic)


def advanced_xml(series: Series) -> Format:
    """The advanced layout; which list a file holds is told by the entries at its end."""
    return _format("advanced-xml", "Sanctions", PART_NAMES[series][1], series, read_advanced)


def enhanced_xml(series: Series) -> Format:
    """The enhanced layout; which list a file holds is told by the filters at its head and by each record."""
    return _format("enhanced-xml", "sanctionsData", PART_NAMES[series][2], series, read_enhanced)


def _format(name: str, root: str, part_name: str, series: Series, read: _Read) -> Format:
    def recognise(_: str, head: bytes) -> str | None:
        return part_name if root_name(head) == root and says_it_is(head, series) else None

    def read_part(publication: Publication, claims: Claims) -> None:
        read(publication.parts[part_name], claims, series)

    return Format(name, recognise, read_part, required=frozenset({part_name}))


SDN_FORMATS: Final = (classic_xml("sdn"), advanced_xml("sdn"), enhanced_xml("sdn"))
CONS_FORMATS: Final = (classic_xml("cons"), advanced_xml("cons"), enhanced_xml("cons"))
