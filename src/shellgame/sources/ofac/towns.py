"""The third column of OFAC's addresses, `City/State/Province/Postal Code`, taken apart where its wording is plain.

OFAC puts it together as `City, Province 12345`. What has another wording stays whole, as the city.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_CODE = (
    r"(?:[A-Z]{1,2}-)?\d{3,10}(?:-\d{3,5})?"  # Moscow 105318, Zurich CH-8022, Tehran 19977-66411
    r"|\d{2}-\d{3}"  # Siedlce 08-110
    r"|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}"  # London EC3N 1DY
    r"|[A-Z]\d[A-Z] \d[A-Z]\d"  # Toronto, Ontario M5C 2V3
)
_TOWN = re.compile(
    r"(?P<city>[^\d,]+?)?"
    r"(?:, (?P<region>[^\d,]+?))?"
    rf"(?:(?:^|,? )(?:C\.?P\.? )?(?P<code>{_CODE}))?"  # Codigo Postal
)


class Town(NamedTuple):
    """What is left of a street address; empty where not printed."""

    city: str
    region: str
    code: str


def town(printed: str) -> Town:
    """Take a printed town apart.

    Example:
        >>> town("Durango, Durango C.P. 34080"), town("079120"), town("Havana 5, La Lisa, Block 3")
        (Town(city='Durango', region='Durango', code='34080'), Town(city='', region='', code='079120'),
         Town(city='Havana 5, La Lisa, Block 3', region='', code=''))
    """
    match = _TOWN.fullmatch(printed)
    return Town(*match.groups("")) if match else Town(printed, "", "")
