"""What a file is that is no list, told by its first bytes: web pages, packed files, nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from shellgame.errors import BadInput, Damaged, harmless
from shellgame.sources.publication import Part, head_of, other_kind, refuse_html


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"<html><title>Not  \n Found</title>", "Not Found"),
        (b"\xef\xbb\xbf\r\n <!DOCTYPE html><title lang=en>\x1b[2J\x07Denied\xe2\x80\xae</title>", "[2J Denied"),
        (b"<!-- a --><!-- b --><?xml version='1.0'?><HTML>", "without a title"),
        (b"<html><title>\x00\x01</title>", "without a title"),
        (b"<html><title>" + b"x" * 400 + b"</title>", "x" * 80),
        ("<html><title>Запрещено</title>".encode("utf-16"), "Запрещено"),
        (b"<body>", "without a title"),
        (b"<script src=challenge>", "without a title"),
    ],
)
def test_a_web_page_is_refused_with_its_title(head: bytes, words: str) -> None:
    with pytest.raises(Damaged) as caught:
        refuse_html("list.csv", head)
    assert caught.value.found == f"this is a web page ({words}), not a list"


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<?xml version='1.0'?><data-set><record>",
        b"<!-- <html> --><Designations>",
        b"<htmlx>",
        b"a,<html>\n",
        b"<!--a-->" * 8000,
        b"<!--a--> " * 8000 + b"<x>",
        b"<!--" * 16000,
        b"<title>" * 9000 + b"x",
        b"<?" * 30000,
    ],
)
def test_what_is_no_web_page_passes_however_much_it_looks_like_one(head: bytes) -> None:
    if head.startswith(b"<title>"):
        with pytest.raises(Damaged, match="without a title"):
            refuse_html("list.csv", head)
    else:
        refuse_html("list.csv", head)


def test_packed_files_and_documents_are_told_by_their_kind() -> None:
    assert other_kind(b"\x1f\x8b\x08") == "a file packed with gzip"
    assert other_kind(b"PK\x03\x04...") == "a ZIP archive"
    assert other_kind(b"%PDF-1.7") == "a PDF document"
    assert other_kind(b"id,name\n") == ""


def test_a_stamp_changes_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"one")
    part = Part("list.csv", path, "list.csv")
    before = part.stamp
    assert part.stamp == before
    (tmp_path / "new.csv").write_bytes(b"two")
    (tmp_path / "new.csv").replace(path)
    assert part.stamp != before


def test_an_error_is_one_printable_line_whatever_it_quotes(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        head_of(tmp_path / "a\nb\x1b[2J\udce9")
    assert str(caught.value).isprintable()
    assert r"a\nb\x1b[2J\udce9: no such file" in str(caught.value)
    long = BadInput("f" * 2000, record="r" * 2000, found="x" * 2000, remedy="do this")
    assert len(str(long)) < 1600
    assert str(long).endswith("…; do this")


def test_harmless_text_is_left_as_it_is() -> None:
    assert harmless("Список № 1 (كتاب).csv") == "Список № 1 (كتاب).csv"
