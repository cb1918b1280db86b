"""Hits for people: a block each, whole and readable at any width, whatever is in the names."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from shellgame.cli.blocks import print_blocks, searched
from shellgame.match.explaining import explanation
from shellgame.match.hits import Hit, Hits, Standing

IDENTITY = "xx-f56ee19525ae8fb705652bf0e5fcdeae7d28dd68"
VERSIONS = ("xx_list/20310101-1a2b3c4d", "yy_list/20310102T184300Z-2a2b3c4d", "zz_list/20310103T000009Z-3a2b3c4d")


def shown(width, *hits, query="Orsin Maled", reference="", **counts):
    console = Console(width=width, record=True, file=StringIO())
    print_blocks(console, Hits(query, hits, VERSIONS, reference, **counts))
    return console.export_text()


def hit(query, listed, *, person=True, listed_itself=True, identity=IDENTITY, canonical=""):
    why = explanation(query, listed, person=person)
    return Hit(identity, "Person", 0.913, ("xx_list", "yy_list"), listed_itself, why, canonical)


@pytest.mark.parametrize("width", [40, 80, 100, 160])
def test_everything_is_told_at_any_width(width):
    text = shown(width, hit("Orsin Maled", "Orsin Talvek MALEDD"), reference="c-7")
    assert max(map(cell_len, text.splitlines())) <= min(width, 110)
    together = " ".join(text.split())
    for told in (
        "c-7 · Orsin Maled (1 hit)",
        "0.91 Orsin Talvek MALEDD",
        "listed by xx_list of 2031-01-01, yy_list of 2031-01-02 18:43",
        "Spelt differently: Maled for MALEDD (d missing).",
        "Only in the listed name: Talvek.",
    ):
        assert told in together
    assert IDENTITY in "".join(text.split())


def lines(text):
    return [line.rstrip() for line in text.splitlines()]


def test_a_block_is_read_from_the_top():
    other = hit("Orsin Maled", "Orsin", listed_itself=False, identity="xx-2")
    assert lines(shown(80, hit("Orsin Maled", "Orsin MALEDD"), other)) == [
        "Orsin Maled (2 hits)",
        "0.91  Orsin MALEDD",
        f"      Person {IDENTITY}, listed by xx_list of",
        "      2031-01-01, yy_list of 2031-01-02 18:43",
        "      Same: Orsin.",
        "      Spelt differently: Maled for MALEDD (d missing).",
        "",
        "0.91  Orsin",
        "      Person xx-2, not listed, only named by xx_list of 2031-01-01, yy_list of",
        "      2031-01-02 18:43",
        "      Same: Orsin.",
        "      Only in the query: Maled.",
        "",
    ]


def test_a_score_short_of_certain_is_not_told_as_certain():
    told = hit("Orsin Maled", "Orsin MALEDD", canonical="sg-1")
    text = shown(110, replace(told, score=0.9996), replace(told, entity_id="xx-2", score=0.998))
    assert "0.999  Orsin MALEDD" in text
    assert "also 0.998 Orsin MALEDD" in text
    assert "1.00" not in text


def test_records_of_one_party_are_one_block():
    told = [hit("Orsin Maled", "Orsin MALEDD", identity=identity, canonical="sg-1") for identity in ("xx-1", "xx-2")]
    text = shown(110, told[0], hit("Orsin Maled", "Orsin", identity="xx-3"), told[1])
    assert lines(text)[:7] == [
        "Orsin Maled (3 hits, 2 parties)",
        "0.91  Orsin MALEDD",
        "      Person xx-1, listed by xx_list of 2031-01-01, yy_list of 2031-01-02 18:43",
        "      also 0.91 Orsin MALEDD: Person xx-2, listed by xx_list of 2031-01-01, yy_list of 2031-01-02 18:43",
        "      Same: Orsin.",
        "      Spelt differently: Maled for MALEDD (d missing).",
        "",
    ]


def test_records_of_the_party_that_are_no_hits_are_told():
    also = (
        Standing("yy-2", True, ("yy_list",)),
        Standing("zz-3", False, ("other_list",)),
        Standing("xx-2", True, ("zz_list",)),
    )
    best = replace(hit("Orsin Maled", "Orsin MALEDD", canonical="sg-1"), also=also)
    text = " ".join(shown(110, best, hit("Orsin Maled", "Orsin", identity="xx-2", canonical="sg-1")).split())
    assert (
        "the same party, though no hit: yy_list of 2031-01-02 18:43 (yy-2), other_list (zz-3, only named) Same" in text
    )
    assert best.party_sources == ("other_list", "xx_list", "yy_list", "zz_list")


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({}, "(1 hit)"),
        ({"total": 28, "parties": 28}, "(1 of 28 hits shown; --limit to see more)"),
        ({"total": 28, "parties": 12}, "(1 of 12 parties shown, with 1 of 28 hits; --limit to see more)"),
    ],
)
def test_what_the_limit_leaves_out_is_told(counts, told):
    assert told in shown(110, hit("Orsin Maled", "Orsin MALEDD"), **counts)


def test_what_was_searched_can_be_cited():
    told = searched([*VERSIONS, *(f"list_{number}/20310101-1a2b3c4d" for number in range(50))])
    assert told.startswith(
        "searched: xx_list of 2031-01-01, yy_list of 2031-01-02 18:43, zz_list of 2031-01-03, list_0"
    )
    assert told.endswith("list_49 of 2031-01-01")
    assert searched(["odd_list/by hand"]) == "searched: odd_list of by hand"


def test_names_from_right_to_left_displace_nothing():
    text = shown(80, hit("Abdullah", "عبد الله الحلفرن"), query="عبد الله")
    assert "\u200eعبد الله\u200e (1 hit)" in text
    assert "0.91  \u200eعبد الله الحلفرن\u200e" in text


def test_names_neither_steer_the_terminal_nor_are_they_endless():
    text = shown(80, hit("a [bold]x[/bold]", "\x1b[2JOrsin " + "Maledd " * 2000), query="x" * 10_000)
    assert "\x1b" not in text
    assert len(text) < 8000
    assert "[bold]x[/bold]" in shown(80, hit("x", "y"), query="[bold]x[/bold]")
