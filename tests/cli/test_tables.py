"""Tables that fit: words and days whole as long as there is room, one below another where there is none."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from shellgame.cli.tables import Column, fitting

COLUMNS = [Column("day", "day", no_wrap=True), Column("who", "who"), Column("because of", "why")]
ROWS = [
    ("2024-04-15", "Vostrava Precision Instruments", "they share an address and two directors"),
    ("2024-04-16", "Halvren", "[bold]one[/] passport\nand a phone number"),
]


def printed(width, rows=ROWS):
    console = Console(file=io.StringIO(), width=width, highlight=False)
    console.print(fitting(rows, COLUMNS, "Ties", console))
    return console.file.getvalue()


def words(text):
    return set(text.split())


@pytest.mark.parametrize("width", range(30, 130))
def test_no_word_is_cut_and_no_line_is_longer_than_the_terminal(width):
    told = printed(width)
    expected = {"2024-04-15", "Vostrava", "Precision", "Instruments", "address", "directors", "passport", "number"}
    assert expected <= words(told)
    assert max(map(len, told.splitlines())) <= width


def test_they_stand_side_by_side_as_soon_as_there_is_room_for_the_longest_words():
    needed = len("2024-04-15") + len("Instruments") + len("directors") + 3 + 3 + 2
    assert "day" not in words(printed(needed).split("Vostrava")[1])
    assert words(printed(needed - 1).split("Vostrava")[1]) >= {"day", "who"}


def test_what_fits_is_as_wide_as_it_is_and_no_wider():
    assert printed(130) == printed(200)
    assert max(map(len, printed(130).splitlines())) < 100


def test_a_word_without_end_is_broken_and_the_table_stays():
    told = printed(80, [("2024-04-15", "x" * 60, "y")])
    assert "x" * 24 in told
    assert told.splitlines()[2].split() == ["day", "who", "because", "of"]


def test_wide_letters_count_as_what_they_take():
    told = printed(60, [("2024-04-15", "朝鮮民主主義人民共和国", "同じ住所")])
    assert "朝鮮民主主義人民共和国" in told
