"""The matrix of parties by jurisdictions, and the curves of how they follow one another, as pages that need nothing else.

Whatever a list prints is text here and can never become markup; the pages have no scripts and load nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from shellgame.case.lag_picture import axis_top, lag_svg
from shellgame.case.words import jurisdiction_words, many
from shellgame.resolve.coverage import Coverage
from shellgame.resolve.lag import WITHIN, Lag
from shellgame.resolve.matrix import MARKS, MatrixRow, combinations, state_of

_MEANT = {
    "listed": "listed; judged to be the same party, by its records or by people",
    "unsure": "listed are records like it: perhaps this party, perhaps another",
    "delisted": "was listed and is no longer",
    "never": "the whole list is here and does not have it",
    "unknown": "no whole list is here; or “since” a day, the newest one is of that day, before others are known to list the party",
}
STATES = {state: (MARKS[state], meant) for state, meant in _MEANT.items()}
"""Marks of the matrix and what they mean."""


def matrix_html(rows: Sequence[MatrixRow], title: str, *, notice: str = "") -> str:
    """Write a matrix as one page: totals, combinations, then every party.

    Args:
        rows: One row a party; all with the same jurisdictions.
        title: What it is of.
        notice: What is to be said above all, such as that nobody in it is real.
    """
    codes = [cell.jurisdiction for cell in rows[0].cells] if rows else []
    counts = Counter((cell.jurisdiction, state_of(cell)) for row in rows for cell in row.cells)
    lists = {cell.jurisdiction: cell.lists for cell in rows[0].cells} if rows else {}
    return _template("matrix.html.jinja").render(
        title=title,
        notice=notice,
        states=STATES,
        codes=[(code, jurisdiction_words(code), lists[code]) for code in codes],
        totals=[(state, [counts[code, state] for code in codes]) for state in STATES],
        combinations=combinations(rows),
        parties=many(len(rows), "party", "parties"),
        rows=[(row.caption, row.entity_id, [_cell(cell) for cell in row.cells]) for row in rows],
    )


def _cell(cell: Coverage) -> dict[str, str]:
    """What is shown of a party in a jurisdiction."""
    state = state_of(cell)
    when = cell.since_in_words
    if state == "delisted" and cell.until:
        when = f"{when} to {cell.until}".strip()
    if cell.unknown_since:
        when = f"since {cell.unknown_since}"
    told = "; ".join([*cell.programs, *cell.why, *cell.records])
    return {"state": state, "mark": MARKS[state], "when": when, "told": told}


def lag_html(lags: Sequence[Lag], title: str, *, notice: str = "") -> str:
    """Write how jurisdictions followed one another as one page: curves, then the numbers."""
    every = [lag for lag in lags if lag.watched]
    codes = sorted({lag.follower for lag in every})
    drawn = [lag for lag in every if not lag.programme]
    top = axis_top(drawn)
    pictures = [
        (jurisdiction_words(leader), lag_svg(leader, [lag for lag in drawn if lag.leader == leader], codes, top))
        for leader in dict.fromkeys(lag.leader for lag in every)
    ]
    return _template("lag.html.jinja").render(
        title=title,
        notice=notice,
        pictures=pictures,
        within=WITHIN,
        rows=[_lag_row(lag) for lag in every],
    )


def _lag_row(lag: Lag) -> list[str]:
    quartiles = [lag.quantile(share) for share in (0.25, 0.5, 0.75)]
    shares = [lag.within(days) for days in WITHIN]
    return [
        jurisdiction_words(lag.leader),
        jurisdiction_words(lag.follower),
        lag.programme or "all",
        str(len(lag.followed)),
        str(len(lag.censored)),
        *("not reached" if days is None else str(days) for days in quartiles),
        *("not watched so long" if share is None else f"{share:.0%}" for share in shares),
        str(lag.other_way),
        str(lag.undated),
        str(lag.unsure),
        str(lag.unknown),
    ]


@lru_cache(maxsize=2)
def _template(name: str) -> Template:
    loader = PackageLoader("shellgame.case", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(name)
