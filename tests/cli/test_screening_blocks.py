"""Hits for people: a block each, whole and readable at any width, whatever is in the names."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from shellgame.cli.blocks import print_blocks
from shellgame.match.explaining import explanation
from shellgame.match.hits import Hit, Hits

IDENTITY = "xx-f56ee19525ae8fb705652bf0e5fcdeae7d28dd68"


def shown(width, *hits, query="Orsin Maled", reference=""):
    console = Console(width=width, record=True, file=StringIO())
    print_blocks(console, Hits(query, hits, (), reference))
    return console.export_text()


def hit(query, listed, *, person=True, listed_itself=True):
    return Hit(
        IDENTITY, "Person", 0.913, ("xx_list", "yy_list"), listed_itself, explanation(query, listed, person=person)
    )


@pytest.mark.parametrize("width", [40, 80, 100, 160])
def test_everything_is_told_at_any_width(width):
    text = shown(width, hit("Orsin Maled", "Orsin Talvek MALEDD"), reference="c-7")
    assert max(map(cell_len, text.splitlines())) <= min(width, 110)
    together = " ".join(text.split())
    for told in (
        "c-7 · Orsin Maled (1 hit)",
        "0.91 Orsin Talvek MALEDD",
        "listed by xx_list, yy_list",
        "Spelt differently: Maled for MALEDD (d missing).",
        "Only in the listed name: Talvek.",
    ):
        assert told in together
    assert IDENTITY in "".join(text.split())


def test_a_block_is_read_from_the_top():
    text = shown(80, hit("Orsin Maled", "Orsin MALEDD"), hit("Orsin Maled", "Orsin", listed_itself=False))
    assert [line.rstrip() for line in text.splitlines()] == [
        "Orsin Maled (2 hits)",
        "0.91  Orsin MALEDD",
        f"      Person {IDENTITY}, listed by xx_list,",
        "      yy_list",
        "      Same: Orsin.",
        "      Spelt differently: Maled for MALEDD (d missing).",
        "",
        "0.91  Orsin",
        f"      Person {IDENTITY}, not listed, only named",
        "      by xx_list, yy_list",
        "      Same: Orsin.",
        "      Only in the query: Maled.",
        "",
    ]


def test_names_from_right_to_left_displace_nothing():
    text = shown(80, hit("Abdullah", "عبد الله الحلفرن"), query="عبد الله")
    assert "\u200eعبد الله\u200e (1 hit)" in text
    assert "0.91  \u200eعبد الله الحلفرن\u200e" in text


def test_names_neither_steer_the_terminal_nor_are_they_endless():
    text = shown(80, hit("a [bold]x[/bold]", "\x1b[2JOrsin " + "Maledd " * 2000), query="x" * 10_000)
    assert "\x1b" not in text
    assert len(text) < 8000
    assert "[bold]x[/bold]" in shown(80, hit("x", "y"), query="[bold]x[/bold]")
