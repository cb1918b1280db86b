"""Pages of coverage: whole, escaped, and nothing from outside."""

from __future__ import annotations

from dataclasses import replace

from lxml import html

from shellgame.case.matrix_page import lag_html, matrix_html
from shellgame.resolve.coverage import Coverage
from shellgame.resolve.lag import Lag
from shellgame.resolve.matrix import rows_of

EVIL = "<script>alert(1)</script>\"'&"


def cells(identity, *states):
    return [
        Coverage(identity, EVIL, code, status, since, ["VARKESH"], sure, ["r-1"] if sure else [], [EVIL], None, (EVIL,))
        for code, status, sure, since in states
    ]


def test_every_party_and_state_is_on_the_page():
    rows = list(
        rows_of(
            [
                *cells("a", ("us", "listed", "confirmed", "2024-04-15"), ("ca", "listed", "unsure", "2023-01-01")),
                *cells("b", ("us", "not_listed", None, None), ("ca", "unknown", None, None)),
            ]
        )
    )
    page = html.fromstring(matrix_html(rows, EVIL))
    assert not page.xpath("//script | //link | //img | //@onload")
    marks = [[cell.get("class") for cell in row.xpath("td")] for row in page.xpath("//table[last()]/tbody/tr")[-2:]]
    assert marks == [["listed", "unsure"], ["never", "unknown"]]
    assert EVIL in page.xpath("//h1")[0].text_content()


def test_a_list_older_than_the_first_listing_elsewhere_is_told_with_its_day():
    (listed,) = cells("a", ("us", "listed", "confirmed", "2024-04-15"))
    (old,) = cells("a", ("gb", "not_listed", None, None))
    (new,) = cells("a", ("ca", "not_listed", None, None))
    old = replace(old, status="unknown", unknown_since="2018-04-30")
    (row,) = html.fromstring(matrix_html(list(rows_of([listed, old, new])), "M")).xpath("//table[last()]/tbody/tr")[-1:]
    assert [cell.text_content() for cell in row.xpath("td")] == ["● 2024-04-15", "? since 2018-04-30", "–"]


def test_no_party_is_a_page_too():
    assert "0 parties." in matrix_html([], "nobody")
    assert "1 party." in matrix_html(list(rows_of(cells("a", ("us", "listed", "confirmed", None)))), "one")


def test_a_jurisdiction_has_one_colour_in_all_pictures():
    found = [Lag(*pair, "", (0, 10, 20), (), 0, 0, 0) for pair in (("us", "ca"), ("us", "eu"), ("eu", "ca"))]
    lines = html.fromstring(lag_html(found, "Lag")).xpath("//*[local-name()='polyline']")
    assert len({line.get("stroke") for line in lines}) == 2


def test_curves_have_numbers_beside_them_and_ends_that_were_not_reached_are_said():
    found = [Lag("us", "ca", "", (0, 10, 20), (5000,) * 9, 1, 2, 3), Lag("us", "eu", EVIL, (1,), (), 0, 0, 0)]
    page = html.fromstring(lag_html(found, "Lag"))
    assert len(page.xpath("//*[local-name()='polyline']")) == 1
    first = [cell.text_content() for cell in page.xpath("//tbody/tr")[0].xpath("td")]
    assert first[3:8] == ["3", "9", "20", "not reached", "not reached"]
    assert not page.xpath("//script")
