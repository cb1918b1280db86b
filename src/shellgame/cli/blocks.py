"""Hits as people read them: under each name that was asked for a block a hit, its lines wrapped to the width there is."""

from __future__ import annotations

import re

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from shellgame.cli.output import cell
from shellgame.match.hits import Hit, Hits

_WIDEST = 110
"""Columns of a line; longer ones are hard to read."""
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?:[ '’.-]+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+)*"
)
_MARK = "\u200e"
"""Left-to-right mark: shows nothing, and keeps what stands beside a right-to-left name on its side of the line."""


def print_blocks(console: Console, answered: Hits) -> None:
    """Print the hits of one query."""
    console.print(_blocks(answered), width=min(console.width, _WIDEST))


def _blocks(answered: Hits) -> RenderableType:
    asked = " · ".join(filter(None, (answered.reference, answered.query)))
    count = len(answered.hits)
    heading = Text.assemble((shown(asked), "bold"), f" ({count} hit{'s' if count > 1 else ''})", overflow="fold")
    grid = Table.grid(padding=(0, 0, 0, 2))
    grid.add_column(no_wrap=True, justify="right")
    grid.add_column(overflow="fold")
    for hit in answered.hits:
        grid.add_row(f"{hit.score:.2f}", Text(shown(hit.caption), "bold"))
        grid.add_row("", Text(_facts(hit), "dim"))
        for sentence in hit.why.sentences:
            grid.add_row("", Text(shown(sentence)))
        grid.add_row()
    return Group(heading, grid)


def _facts(hit: Hit) -> str:
    listed = "listed by" if hit.listed else "not listed, only named by"
    return shown(f"{hit.schema} {hit.entity_id}, {listed} {', '.join(hit.sources)}")


def shown(text: str) -> str:
    """Text that cannot steer a terminal, is not endless, and in which right-to-left words displace nothing beside them."""
    return _RIGHT_TO_LEFT.sub(rf"{_MARK}\g<0>{_MARK}", cell(text))
