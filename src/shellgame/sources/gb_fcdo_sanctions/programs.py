"""The regimes of the UK Sanctions List, and the keys under which OpenSanctions knows their programmes.

A designation names the regulations it is made under (`The Libya (Sanctions) (EU Exit) Regulations 2020`). What stands
before the first bracket tells the regime; a regime that stands nowhere here gets no key.
"""

from __future__ import annotations

import re
from typing import Final

_SUBJECT: Final = re.compile(
    r"(?:The )?(?:Republic of )?(?P<subject>.+?)(?: \(|(?: Sanctions)? Regulations|$)", re.IGNORECASE
)
_KEYS: Final = {
    "afghanistan": "GB-AFG", "belarus": "GB-BLR", "bosnia and herzegovina": "GB-BH", "central african republic": "GB-CAR",
    "chemical weapons": "GB-CW", "cyber": "GB-CYB", "democratic people's republic of korea": "GB-DPRK",
    "democratic republic of the congo": "GB-DRC", "global anti-corruption": "GB-AC", "global human rights": "GB-HR",
    "global irregular migration and trafficking in persons": "GB-SAMLA", "guinea": "GB-GU", "guinea-bissau": "GB-GNB",
    "haiti": "GB-HT", "iraq": "GB-IRQ", "isil": "GB-ISIL", "libya": "GB-LBY", "mali": "GB-MLI", "myanmar": "GB-MMR",
    "nicaragua": "GB-NIC", "russia": "GB-RUS", "somalia": "GB-SOM", "south sudan": "GB-SSD", "sudan": "GB-SDN",
    "syria": "GB-SYR", "venezuela": "GB-VEN", "yemen": "GB-YEM", "zimbabwe": "GB-ZIM",
}  # fmt: skip


def program_key(regime: str) -> str:
    """Find OpenSanctions' key for a regime; empty where none is known.

    Example:
        >>> program_key("The Libya (Sanctions) (EU Exit) Regulations 2020"), program_key("The Moon Regulations 2030")
        ('GB-LBY', '')
        >>> program_key("The Iran (Sanctions) (Nuclear) (EU Exit) Regulations 2019")
        'GB-IRAN-NW'
    """
    match = _SUBJECT.match(regime)
    subject = match["subject"].lower().replace("’", "'") if match else ""
    if subject == "iran":
        return "GB-IRAN-NW" if "nuclear" in regime.lower() else "GB-IRAN"
    if subject == "counter-terrorism":
        return "GB-ICT" if "international" in regime.lower() else "GB-CT"
    return _KEYS.get(subject, "")
