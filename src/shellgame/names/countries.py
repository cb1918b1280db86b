"""Country names, as lists print them, into the codes that FollowTheMoney uses."""

from __future__ import annotations

import re
from functools import lru_cache

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
    "region: north gaza": "ps",
    "region: northern gaza": "ps",
    "region: west bank": "ps",
    "region: northern mali": "ml",
    "region: russia": "ru",
    "region: china": "cn",
    "korea, north": "kp",
    "korea, south": "kr",
    "congo, democratic republic of the": "cd",
    "congo, republic of the": "cg",
    "north macedonia, the republic of": "mk",
    "bahamas, the": "bs",
    "man, isle of": "im",
    "the gambia": "gm",
    "cote d ivoire": "ci",
    "hong kong": "hk",
    "macau": "mo",
    "cabo verde": "cv",
    "sao tome and principe": "st",
    "st. kitts & nevis": "kn",
    "st. kitts and nevis": "kn",
    "st. vincent and the grenadines": "vc",
    "macedonia, the former yugoslav republic of": "mk",
}

# What lists print where they name no country. OFAC's regions that lie in one country stand above.
_NO_COUNTRY = frozenset({"undetermined", "none identified", "unknown"})


@lru_cache(maxsize=1)
def _own_names() -> dict[str, str]:
    """Each territory's name and full name in English, in small letters; made in a tenth of the time of the full index."""
    from rigour.territories import get_territories  # 40 ms, which a name without a country does not wait for

    return {
        name.lower(): str(territory.ftm_country or territory.code)
        for territory in get_territories()
        for name in (territory.full_name, territory.name)
    }


def country_named(text: str) -> str | None:
    """Find the code of a country by its exact English name or a spelling that lists use; cheap where most texts are none.

    Example:
        >>> country_named("Egypt"), country_named("Korea, North"), country_named("Giza")
        ('eg', 'kp', None)
    """
    name = text.strip().lower()
    return _PRINTED_OTHERWISE.get(name) or _own_names().get(name)


def country_name(code: str) -> str:
    """The English name of a country by its code; the code itself where there is none.

    Example:
        >>> country_name("kp"), country_name("xx")
        ('North Korea', 'xx')
    """
    from rigour.territories import get_territory  # see `_own_names`

    territory = get_territory(code)
    return str(territory.name) if territory else code


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
    if code := country_named(text):
        return code
    if text.lower() in _NO_COUNTRY or text.startswith("Region: "):
        return None
    from rigour.territories import lookup_territory  # see `_own_names`

    for name in (text, *text.split(" / "), re.sub(r"\s*\(.*?\)", "", text)):
        territory = lookup_territory(name) if name else None
        if territory is not None:
            return str(territory.ftm_country or territory.code)
    return None
