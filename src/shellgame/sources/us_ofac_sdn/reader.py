"""OFAC's Specially Designated Nationals and Blocked Persons (SDN) list, in each of the layouts it is published in.

The legacy comma-separated set comes first: it is what years of versions were kept in, and what `fetch` gets. Its files
have no header, print `-0-` for nothing, join programmes by `] [`, end with a control-Z, and cut remarks at 1,000
characters to go on in `sdn_comments.csv`. They print no day of publication. The XML layouts tell some things that the
remarks do not: names in other scripts, days of listing, relations by number.
"""

from __future__ import annotations

from shellgame.sources.ofac.legacy import legacy_csv
from shellgame.sources.ofac.xml_formats import SDN_FORMATS
from shellgame.sources.reader import Format

FORMATS: tuple[Format, ...] = (legacy_csv("sdn"), *SDN_FORMATS)
