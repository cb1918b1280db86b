"""Country names, as lists print them, into the codes that FollowTheMoney uses."""

from __future__ import annotations

import re
from functools import lru_cache

from rigour.territories import lookup_territory

_PRINTED_OTHERWISE = {
    "korea (north)": "kp",
    "north korea": "kp",
    "korea (south)": "kr",
    "burma": "mm",
    "west bank": "ps",
    "palestinian": "ps",
    "palestinian territories": "ps",
    "gaza": "ps",
    "virgin islands, british": "vg",
    "turkey": "tr",
    "uae": "ae",
    "uk": "gb",
    "usa": "us",
    "ussr": "suhh",
    "soviet union": "suhh",
    "congo (democratic republic)": "cd",
    "region: crimea": "ua-cri",
    "region: donetsk": "ua-dpr",
    "region: luhansk": "ua-lpr",
    "region: gaza": "ps",
}


@lru_cache(maxsize=16384)
def country_code(text: str) -> str | None:
    """Find the code of a country, as FollowTheMoney writes it.

    Reads names in many languages, ISO codes, and the double names of bilingual lists (`Belarus / Bélarus`).

    Returns:
        A lower-case code such as `by` or `ua-cri`, or None where the text names no single country.

    Example:
        >>> country_code("Korea, North"), country_code("Belarus / Bélarus"), country_code("undetermined")
        ('kp', 'by', None)
    """
    text = re.sub(r"\s+", " ", text).strip(" .;,")
    if not text:
        return None
    if text.lower() in _PRINTED_OTHERWISE:
        return _PRINTED_OTHERWISE[text.lower()]
    for name in (text, *text.split(" / "), re.sub(r"\s*\(.*?\)", "", text)):
        territory = lookup_territory(name) if name else None
        if territory is not None:
            return str(territory.ftm_country or territory.code)
    return None
