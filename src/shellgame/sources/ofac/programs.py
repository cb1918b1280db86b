"""OFAC's programme tags, and the keys under which OpenSanctions knows the programmes.

OFAC prints one tag per legal basis (`BELARUS`, `BELARUS-EO14038`); OpenSanctions has one key per programme (`US-BRUS`,
Executive Orders 13405 and 14038). A tag that no key plainly stands for keeps its own name as key: nothing is guessed.
"""

from __future__ import annotations

from typing import Final

_TAGS: Final[dict[str, str]] = {
    "US-BALKANS": "BALKANS, BALKANS-EO14033",
    "US-BRUS": "BELARUS, BELARUS-EO, BELARUS-EO14038",
    "US-BURMA": "BURMA-EO14014",
    "US-CUBA": "CUBA",
    "US-CYB": "CYBER2, CYBER3, CYBER4",
    "US-DARFUR": "DARFUR, SUDAN-EO14098",
    "US-DRC": "DRCONGO",
    "US-FORINT": "ELECTION-EO13848",
    "US-FSE": "FSE-IR, FSE-SY",
    "US-GLOMAG": "GLOMAG",
    "US-HONGKONG": "HK-EO13936",
    "US-HOSTAGE": "HOSTAGES-EO14078",
    "US-ICC": "ICC-EO14203",
    "US-IRAN": (
        "IRAN, IRAN-CON-ARMS-EO, IRAN-EO13846, IRAN-EO13871, IRAN-EO13876, IRAN-EO13902, IRAN-HR, IRAN-TRA, "
        "IFCA, IFSR, IRGC, ISA, HRIT-IR"
    ),
    "US-IRAQ": "IRAQ2, IRAQ3",
    "US-LEBANON": "LEBANON",
    "US-LIBYA": "LIBYA2, LIBYA3",
    "US-MAGNITSKY": "MAGNIT",
    "US-MALI": "MALI-EO13882",
    "US-NARCO": "SDNT, SDNTK, ILLICIT-DRUGS-EO, ILLICIT-DRUGS-EO14059",
    "US-NICARAGUA": "NICARAGUA, NICARAGUA-NHRAA",
    "US-NK": "DPRK, DPRK2, DPRK3, DPRK4, DPRK-NKSPEA",
    "US-NON-PROLIF": "NPWMD",
    "US-NS-CMIC": "CMIC-EO13959",
    "US-NS-PLC": "NS-PLC",
    "US-RUSHAR": "RUSSIA-EO14024, BPI-RUSSIA-EO14024, PEESA-EO, PEESA-EO14039",
    "US-SOMALIA": "SOMALIA",
    "US-SOUTH-SUDAN": "SOUTH SUDAN",
    "US-SYR": "SYRIA, SYRIA-CAESAR, HRIT-SY",
    "US-TCO": "TCO",
    "US-TERR": "SDGT, FTO",
    "US-UKRRUS-REL": "UKRAINE-EO13660, UKRAINE-EO13661, UKRAINE-EO13662, UKRAINE-EO13685, RUSSIA-EO14065",
    "US-VEN": "VENEZUELA, VENEZUELA-EO13850, VENEZUELA-EO13884",
    "US-YEMEN": "YEMEN",
}

_KEYS: Final[dict[str, str]] = {tag: key for key, tags in _TAGS.items() for tag in tags.split(", ")}


def program_key(tag: str) -> str:
    """Find OpenSanctions' key for a programme tag; the tag itself where none plainly stands for it.

    Example:
        >>> program_key("BELARUS-EO14038"), program_key("ETHIOPIA-EO14046")
        ('US-BRUS', 'ETHIOPIA-EO14046')
    """
    return _KEYS.get(tag, tag)
