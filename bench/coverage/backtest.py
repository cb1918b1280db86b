"""Who was listed in the year after past days, by ways of ranking: `python -m bench.coverage.backtest WORKSPACE`.

The workspace holds every list with its versions; see README.md beside this file for how it is made. Prints, for the years that the
weights were chosen on and for those after, how many of the first 20, 50 and 100 were listed by the follower within a year; and how
far the model's lead over recency may be chance, by drawing the days anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

import shellgame as sg
from shellgame.resolve.likely_next import TOPS, YEAR, Held, backtest
from shellgame.resolve.presence import Presence

QUARTER = timedelta(days=91)
CHOSEN_ON = (("ca", "eu", "au"), date(2013, 12, 31), date(2020, 9, 30))
"""Followers and days that features and weights were chosen on; the last year of them is over before the first held day."""
HELD_FROM = {"ca": date(2021, 11, 30), "eu": date(2021, 11, 30), "us": date(2022, 1, 31), "au": date(2021, 11, 30)}
"""First days held against what came; OFAC's own days are known from August 2021 on."""
PARTIAL = "eu"
"""The catalogue calls its lists partial; whom it had not listed is a guess, see README.md."""
WAYS = ("model", "recency", "lists")


def main(folder: str) -> None:
    """Print the tables."""
    presence = sg.open(folder).presence(whole=PARTIAL)
    followers, first, last = CHOSEN_ON
    early = [(code, day) for code in followers for day in _days(first, last)]
    late = [(code, day) for code, day0 in HELD_FROM.items() for day in _days(day0, presence.horizon[code] - YEAR)]
    for title, days in (("2014 to 2020", early), ("2021 and later", late)):
        held = [each for each in _held(presence, days) if each.came]
        print(f"{title}: {len(held)} days, first {TOPS}")
        for code in sorted({each.follower for each in held}):
            _tell(code, [each for each in held if each.follower == code])
        _tell("all", held)
        print(f"  lead over recency, 90 % of draws of the days: {_spread(held)}")


def _days(first: date, last: date) -> Iterator[date]:
    while last >= first:
        yield last
        last -= QUARTER


def _held(presence: Presence, days: list[tuple[str, date]]) -> list[Held]:
    return [held for code, day in days for held in backtest(presence, code, [day])]


def _tell(title: str, held: list[Held]) -> None:
    sums = {way: np.sum([each.hits[way] for each in held], axis=0) for way in WAYS}
    told = "  ".join(f"{way} {'/'.join(f'{hits:.0f}' for hits in sums[way])}" for way in WAYS)
    print(f"  {title}: {len(held)} days, {sum(each.came for each in held)} came; {told}")


def _spread(held: list[Held]) -> str:
    leads = np.array([np.subtract(each.hits["model"], each.hits["recency"]) for each in held])
    draws = np.random.default_rng(1).integers(0, len(leads), (2000, len(leads)))
    low, high = np.percentile(leads[draws].sum(axis=1), [5, 95], axis=0)
    return ", ".join(f"{a:.0f} to {b:.0f}" for a, b in zip(low, high, strict=True))


if __name__ == "__main__":
    main(sys.argv[1])
