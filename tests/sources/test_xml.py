"""XML is read as a stream and without trust: little memory, no entities, no endless texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from shellgame.errors import Damaged, Hostile
from shellgame.sources.publication import LONGEST_TEXT, Part
from shellgame.sources.xml import records, root_name, text_of


def part_of(folder: Path, content: str | bytes) -> Part:
    path = folder / "list.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Part("list.xml", path, "list.xml")


def test_records_come_one_by_one_with_all_that_is_in_them(tmp_path: Path) -> None:
    content = "<list><head>x</head><a><n>1</n><deep><m>2</m></deep></a>tail<b/><a><n>3</n></a></list>"
    found = [(text_of(each, "n"), text_of(each, "deep", "m")) for each in records(part_of(tmp_path, content), "a")]
    assert found == [("1", "2"), ("3", "")]


def test_records_within_others_come_first(tmp_path: Path) -> None:
    content = "<list><x><group><item>1</item><item>2</item></group></x></list>"
    found = [each.tag for each in records(part_of(tmp_path, content), "group", "item")]
    assert found == ["item", "item", "group"]


def test_what_stands_around_the_records_does_not_pile_up(tmp_path: Path) -> None:
    others = "<other><n>text</n></other>" * 20_000
    for record in records(part_of(tmp_path, f"<list>{others}<a/>{others}<a/></list>"), "a"):
        around = record.getparent()
        assert around is not None
        assert len(around) < 3000  # what one piece of the file holds, of forty thousand


@pytest.mark.parametrize(
    "place", ["<a>{}</a>", "<a><n>{}</n></a>", '<a n="{}"/>', '<a><n m="{}"/></a>', "<a><n/>{}</a>"]
)
def test_an_endless_text_in_a_record_is_hostile(place: str, tmp_path: Path) -> None:
    part = part_of(tmp_path, "<list>\n" + place.format("x" * (LONGEST_TEXT + 1)) + "</list>")
    with pytest.raises(Hostile, match=f"list.xml, line 2: a text of more than {LONGEST_TEXT} letters in <a>"):
        list(records(part, "a"))
    assert len(list(records(part_of(tmp_path, f"<list>{place.format('x' * LONGEST_TEXT)}</list>"), "a"))) == 1


@pytest.mark.parametrize("content", ["<!DOCTYPE list><list><a/></list>", "<!DOCTYPE list SYSTEM 'x'><list><a/><"])
def test_a_document_type_is_hostile_even_where_the_rest_is_cut(content: str, tmp_path: Path) -> None:
    with pytest.raises(Hostile, match="document type"):
        list(records(part_of(tmp_path, content), "a"))


def test_a_cut_is_damage_and_names_the_line_once(tmp_path: Path) -> None:
    with pytest.raises(Damaged) as caught:
        list(records(part_of(tmp_path, "<list>\n<a>\n"), "a"))
    assert caught.value.record == "line 3"
    assert "column" not in caught.value.found


@pytest.mark.parametrize(
    "head", [b"", b"<", b"\x00", b"<a", b"\xff\xfe<", b"<!DOCTYPE a [<!ENTITY b '&b;'>]>", b"<?xml"]
)
def test_a_head_without_a_root_has_no_root_name(head: bytes) -> None:
    assert root_name(head) == ""


def test_the_root_is_told_from_the_beginning_of_a_file() -> None:
    assert root_name(b"<?xml version='1.0'?><!-- x --><n:list xmlns:n='u'><a>") == "list"
