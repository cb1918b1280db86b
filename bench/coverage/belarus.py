"""The Belarus regime over jurisdictions, and the action of 15 April 2024: `python -m bench.coverage.belarus WORKSPACE`.

Prints counts by jurisdiction and combination, and for each party that OFAC added that day what the others have. Only ids, states,
and days are printed; README.md beside this file tells what a reading of the lists themselves found.
"""

from __future__ import annotations

import json
import sys
from collections import Counter

import shellgame as sg
from shellgame.resolve.matrix import combinations, one_row_a_party, rows_of, state_of
from shellgame.resolve.programmes import regime_named

CODES = ("us", "ca", "eu", "gb", "au")
DAY = "2024-04-15"


def main(folder: str) -> None:
    """Print the figures as JSON."""
    workspace = sg.open(folder)
    coverage = workspace.coverage(program=list(regime_named("belarus")), jurisdictions=CODES, whole="eu")
    records = list(rows_of(coverage))
    rows = one_row_a_party(records)
    action = [row for row in records if row.entity_id.startswith("ofac-") and row.cells[0].first_seen == DAY]
    told = {
        "records": len(records),
        "rows": len(rows),
        "states": {
            code: dict(sorted(Counter(state_of(row.cells[at]) for row in rows).items())) for at, code in enumerate(CODES)
        },
        "combinations": [
            {"listed": each.listed, "perhaps": each.unsure, "unknown": each.unknown, "rows": each.parties}
            for each in combinations(rows)
        ],
        DAY: {
            row.entity_id: {
                cell.jurisdiction: [state_of(cell), cell.since or cell.first_seen or "", cell.records] for cell in row.cells[1:]
                if cell.records
            }
            for row in action
        },
    }  # fmt: skip
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main(sys.argv[1])
