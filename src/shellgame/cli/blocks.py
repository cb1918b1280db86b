"""Hits as people read them: under each name that was asked for a block a hit, its lines wrapped to the width there is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from shellgame.cli.output import cell, plain
from shellgame.match.hits import Containing, Hit, Hits
from shellgame.match.wording import score_in_words

_WIDEST = 110
"""Columns of a line; longer ones are hard to read."""
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?:[ '’.-]+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+)*"
)
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d*Z)?-")
_MARK = "\u200e"
"""Left-to-right mark: shows nothing, and keeps what stands beside a right-to-left name on its side of the line."""


def print_blocks(console: Console, answered: Hits) -> None:
    """Print the hits of one query."""
    console.print(_blocks(answered), width=min(console.width, _WIDEST))


def _blocks(answered: Hits) -> RenderableType:
    asked = " · ".join(filter(None, (answered.reference, answered.query)))
    heading = Text.assemble((shown(asked), "bold"), f" ({_counted(answered)})", overflow="fold")
    grid = Table.grid(padding=(0, 0, 0, 2))
    grid.add_column(no_wrap=True, justify="right")
    grid.add_column(overflow="fold")
    for best, *others in _by_party(answered.hits):
        grid.add_row(score_in_words(best.score), Text(shown(best.caption), "bold"))
        grid.add_row("", Text(_facts(best, answered), "dim"))
        for hit in others:
            grid.add_row(
                "", Text(f"also {score_in_words(hit.score)} {shown(hit.caption)}: {_facts(hit, answered)}", "dim")
            )
        if elsewhere := _elsewhere(best, others, answered):
            grid.add_row("", Text(elsewhere, "dim"))
        for sentence in best.why.sentences:
            grid.add_row("", Text(shown(sentence)))
        grid.add_row()
    return Group(heading, grid)


def _elsewhere(best: Hit, others: Iterable[Hit], answered: Hits) -> str:
    """The further records of a party, which are no hits: their names are spelt too differently, or they were not searched."""
    told = {hit.entity_id for hit in others}
    further = [
        f"{', '.join(_dated(record.sources, answered.versions))} ({record.entity_id}{'' if record.listed else ', only named'})"
        for record in best.also
        if record.entity_id not in told
    ]
    return plain(f"the same party, though no hit: {', '.join(further)}") if further else ""


def _dated(sources: Iterable[str], versions: Iterable[str]) -> list[str]:
    """Sources, each with the day of the version that was searched."""
    days = {version.partition("/")[0]: _day(version) for version in versions}
    return [f"{source} of {days[source]}" if source in days else source for source in sources]


def _counted(answered: Hits) -> str:
    """How many hits there are, of how many parties where records were joined, and how many of them are shown."""
    here, groups = len(answered.hits), len({hit.party for hit in answered.hits})
    records = "1 hit" if answered.total == 1 else f"{answered.total} hits"
    parties = f"{answered.parties} part{'y' if answered.parties == 1 else 'ies'}"
    joined = answered.parties < answered.total
    if here == answered.total:
        return f"{records}, {parties}" if joined else records
    told = f"{groups} of {parties} shown, with {here} of {records}" if joined else f"{here} of {records} shown"
    return f"{told}; --limit to see more"


def _by_party(hits: Iterable[Hit]) -> list[list[Hit]]:
    """The hits of each party, the best first in each and among all."""
    grouped: dict[str, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault(hit.party, []).append(hit)
    return list(grouped.values())


def _facts(hit: Hit, answered: Hits) -> str:
    sources = ", ".join(_dated(hit.sources, answered.versions))
    return shown(
        f"{hit.schema} {hit.entity_id}, {'listed by' if hit.listed else 'not listed, only named by'} {sources}"
    )


def contained(found: Containing) -> str:
    """Which listed names contain the one word that was asked for, in sentences."""
    if not found.names:
        return "no listed name contains this word exactly"
    several = found.names > 1
    head = f"{found.names:,} listed name{'s' if several else ''} contain{'' if several else 's'} this word"
    first = "; ".join(f"{shown(bearer.name)} ({bearer.entity_id})" for bearer in found.first)
    more = found.records - len(found.first)
    rest = f"; and {more:,} more record{'' if more == 1 else 's'}" if more > 0 else ""
    return f"{head}: {first}{rest}"


def searched(versions: Iterable[str]) -> str:
    """Which lists were searched, and of which day, in a sentence that can be cited."""
    told = (f"{version.partition('/')[0]} of {_day(version)}" for version in versions)
    return plain(f"searched: {', '.join(told)}")


def _day(version: str) -> str:
    """The moment that a version is of, out of `source/20240415T184300Z-1a2b3c4d`; the id itself where it is none."""
    identity = version.partition("/")[2]
    found = _MOMENT.match(identity)
    if not found:
        return identity
    year, month, day, *time = found.groups()
    return f"{year}-{month}-{day}" + (f" {time[0]}:{time[1]}" if any(time) and time != ["00", "00"] else "")


def shown(text: str) -> str:
    """Text that cannot steer a terminal, is not endless, and in which right-to-left words displace nothing beside them."""
    return _RIGHT_TO_LEFT.sub(rf"{_MARK}\g<0>{_MARK}", cell(text))
