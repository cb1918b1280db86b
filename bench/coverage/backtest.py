"""Who was listed in the year after past days, by ways of ranking: `python -m bench.coverage.backtest WORKSPACE`.

The workspace holds every list with its versions; see README.md beside this file for how it is made. Prints one row a day: how many
of the first 20, 50 and 100 were listed by the follower within a year, by the model, by recency and by number of other lists.
"""

from __future__ import annotations

import sys
import time
from datetime import date

import shellgame as sg
from shellgame.errors import NotFound
from shellgame.resolve.likely_next import TOPS, backtest

DAYS = {
    "ca": ("2022-06-30", "2022-12-31", "2023-06-30", "2023-12-31", "2024-03-31"),
    "eu": ("2022-06-30", "2023-06-30", "2024-06-30", "2025-04-30"),
    "us": ("2022-08-31", "2022-12-31", "2023-05-03"),
    "au": ("2022-06-30", "2023-06-30", "2023-11-30"),
}
"""Days whose following year the follower's lists of shared/data cover."""
WAYS = ("model", "recency", "lists")


def main(folder: str) -> None:
    start = time.perf_counter()
    presence = sg.open(folder).presence(likely=True)
    print(f"{len(presence.parties):,} parties gathered in {time.perf_counter() - start:.1f} s; first {TOPS}")
    sums = {way: [0] * len(TOPS) for way in WAYS}
    for follower, days in DAYS.items():
        for day in days:
            try:
                (held,) = backtest(presence, follower, [date.fromisoformat(day)])
            except NotFound as error:
                print(f"{follower} {day}: {error}")
                continue
            told = "  ".join(f"{way} {'/'.join(map(str, held.hits[way]))}" for way in WAYS)
            print(f"{follower} {day}: {held.came} of {held.candidates:,} came; {told}")
            for way in WAYS:
                sums[way] = [sum(pair) for pair in zip(sums[way], held.hits[way], strict=True)]
    print("all: " + "  ".join(f"{way} {'/'.join(map(str, sums[way]))}" for way in WAYS))


if __name__ == "__main__":
    main(sys.argv[1])
