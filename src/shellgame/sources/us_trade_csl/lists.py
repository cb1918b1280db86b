"""The lists that the Consolidated Screening List is put together from, by what the column `source` prints of them.

It prints title, abbreviation and agency: `Entity List (EL) - Bureau of Industry and Security`. All three are read from
there, so that a list that joins later needs no new word here; the tables only add what OpenSanctions calls some of them
and which topic, beside `sanction`, tells what kind of listing it is: to be listed as unverified is a warning to
exporters, not a blocking of assets.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

_PRINTED: Final = re.compile(r"(?P<program>.*\((?P<short>[A-Z][A-Z-]*)(?: List)?\).*) - (?P<agency>\S.*)")
_PROGRAM_KEYS: Final = {
    "EL": "US-BIS-EL",
    "DPL": "US-BIS-DPL",
    "MEU": "US-BIS-MEU",
    "UVL": "US-BIS-UVL",
    "DTC": "US-AECA-DEBARRED",
    "ISN": "US-DOS-ISN",
}
_TOPICS: Final = {
    "EL": "export.control",
    "DPL": "export.control",
    "MEU": "export.control",
    "UVL": "export.risk",
    "DTC": "debarment",
}


class List(NamedTuple):
    """One list of an agency.

    Attributes:
        program: Its title as printed.
        short: Its abbreviation, such as `EL`.
        agency: Who keeps it.
        program_key: What OpenSanctions calls its programme, empty where the programmes have keys of their own.
        topic: The FollowTheMoney topic that says what kind of listing it is, besides `sanction`; may be empty.
    """

    program: str
    short: str
    agency: str
    program_key: str
    topic: str


@lru_cache(maxsize=256)
def list_of(printed: str) -> List | None:
    """Read title, abbreviation and agency from a cell of the column `source`; None where it prints something else.

    Example:
        >>> found = list_of("Military End User (MEU) List - Bureau of Industry and Security")
        >>> found.program, found.short, found.agency
        ('Military End User (MEU) List', 'MEU', 'Bureau of Industry and Security')
    """
    match = _PRINTED.fullmatch(printed.strip())
    if match is None:
        return None
    program, short, agency = match.group("program", "short", "agency")
    return List(program, short, agency, _PROGRAM_KEYS.get(short, ""), _TOPICS.get(short, ""))
