"""OFAC's Consolidated Sanctions List: all its lists but the SDN list, in the same layouts as that one.

On it stand sectoral identifications (SSI), Chinese military companies (CMIC), foreign sanctions evaders (FSE), members of
the Palestinian Legislative Council (NS-PLC), and banks with restricted accounts (CAPTA). A party can stand here and on
the SDN list, under the same number; what a listing forbids differs by list and is told by its programme.
"""

from __future__ import annotations

from shellgame.sources.ofac.legacy import legacy_csv
from shellgame.sources.ofac.xml_formats import CONS_FORMATS
from shellgame.sources.reader import Format

FORMATS: tuple[Format, ...] = (legacy_csv("cons"), *CONS_FORMATS)
