"""What is measured: each measure takes an engine in its context and returns one `Outcome`.

`MEASURES` is the whole list, in the order of the README's table.
"""

from __future__ import annotations

from collections.abc import Callable

from bench.matching.context import Context, Outcome
from bench.matching.measures import entities, evade, firms, heldout, names, screening, speed, steady

Measure = Callable[[Context], Outcome]

MEASURES: dict[str, Measure] = {
    "NAME_BENCH": names.name_bench,
    "CALIBRATION": names.calibration,
    "PAIRS": entities.pairs,
    "OFAC_UN": entities.ofac_un,
    "UN_TREATED": screening.treated,
    "UN_FULL": screening.treated_full,
    "ALIAS": heldout.alias,
    "SCRIPT": heldout.script,
    "TRANSLIT": heldout.transliteration,
    "EVASION": evade.evasion,
    "SSB": evade.external,
    "FALSE_ALARMS": screening.false_alarms,
    "COMPANY_ALARMS": firms.company_alarms,
    "TIES": screening.ties,
    "SPEED_25K": speed.small,
    "SPEED_1M": speed.million,
    "INDEX_25K": speed.index_small,
    "INDEX_1M": speed.index_million,
    "GROWTH": speed.growth,
    "JOIN": entities.join,
    "DETERMINISM": steady.determinism,
    "LAWS": steady.laws,
}

__all__ = ["MEASURES", "Context", "Measure", "Outcome"]
