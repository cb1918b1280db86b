"""Text tables are read strictly, as a stream: what does not fit is told with its line, wherever a chunk happens to end."""

from __future__ import annotations

from pathlib import Path

import pytest

from shellgame.errors import BadInput, Damaged, Hostile, NotThisSource
from shellgame.sources import tables
from shellgame.sources.publication import LONGEST_TEXT, Part
from shellgame.sources.tables import Table, decoded, first_rows, rows


def part_of(folder: Path, content: bytes | str) -> Part:
    path = folder / "list.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Part("list.csv", path, "list.csv")


def refusal(folder: Path, content: bytes | str, table: Table, kind: type[BadInput] = Damaged) -> str:
    with pytest.raises(kind) as caught:
        list(rows(part_of(folder, content), table))
    assert type(caught.value) is kind
    return f"{caught.value.record}: {caught.value.found}"


def test_rows_come_with_the_line_on_which_they_end(tmp_path: Path) -> None:
    content = 'a,b\r\n1,"one\r\nand more"\r\n\r\n2,two\r\n\x1a'
    assert list(rows(part_of(tmp_path, content), Table(("a", "b")))) == [
        (3, ["1", "one\r\nand more"]),
        (5, ["2", "two"]),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\x1a", "\r\n\x1a"])
def test_line_ends_of_every_kind_mean_the_same(end: str, tmp_path: Path) -> None:
    content = end.rstrip("\x1a").join(["1,2", "3,4"]) + end
    assert [cells for _, cells in rows(part_of(tmp_path, content), Table(2))] == [["1", "2"], ["3", "4"]]


def test_another_header_is_another_publication(tmp_path: Path) -> None:
    found = refusal(tmp_path, "a,c\n1,2\n", Table(("a", "b")), NotThisSource)
    assert found == "line 1: another header: missing ['b'], unexpected ['c']"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("1,2\n3,4", "line 2: the file ends in the middle of a line, at '1,2\\n3,4'"),
        ("1,2\n3\n", "line 2: 1 columns where 2 belong, beginning '3'"),
        ("1,2\n3,4,5\n", "line 2: 3 columns where 2 belong, beginning '3, 4, 5'"),
        ('1,2\n3,"4\n5,6\n', "line 2: a quotation mark that never closes"),
        ('1,2\n3,"4"5\n', "line 2: ',' expected after '\"'"),
        ("1,2\n3,\x00\n", "line 2, byte 6: a NUL byte, which no text holds"),
        (b"1,2\n3,\xe9\n", "line 2, byte 6: byte 0xe9 is not utf-8 text"),
        (b"1,2\n3,\xd0\n\x1a", "line 2, byte 6: byte 0xd0 is not utf-8 text"),
        ("1,2\n3,2.81083E+11\n", "line 2: '2.81083E+11': digits were lost to a spreadsheet"),
        ("1,2\n3, 1,2E+15\n".replace(", 1,2", ',"-1,2').replace("15", '15"'), "line 2: '-1,2E+15': digits were lost"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(content: bytes | str, found: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, content, Table(2)).startswith(found)


def test_a_publisher_may_print_rounded_numbers_itself(tmp_path: Path) -> None:
    part = part_of(tmp_path, "1,2.81083E+11\n")
    assert list(rows(part, Table(2, prints_rounded_numbers=True))) == [(1, ["1", "2.81083E+11"])]


@pytest.mark.parametrize("cell", ["3E2222", "E+12", "12E+11", "1.5E11", "1.2E+1", "C1E+11"])
def test_what_only_looks_rounded_is_read(cell: str, tmp_path: Path) -> None:
    assert list(rows(part_of(tmp_path, f"1,{cell}\n"), Table(2))) == [(1, ["1", cell])]


def test_a_letter_that_two_chunks_share_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for size in (16, 17, 18, 19):
        monkeypatch.setattr(tables, "_CHUNK_BYTES", size)
        assert decoded(part_of(tmp_path, "Ж語€" * 40), "utf-8-sig") == "Ж語€" * 40


@pytest.mark.parametrize("size", [16, 17, 31, 64])
def test_damage_is_placed_the_same_however_the_file_is_read(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_CHUNK_BYTES", size)
    good = "Ж語,Ж語\n" * 20
    found = refusal(tmp_path, good.encode() + b"1,\xe8\xaa\n", Table(2))
    assert found == f"line 21, byte {len(good.encode()) + 2}: byte 0xe8 is not utf-8 text"
    found = refusal(tmp_path, "\ufeff".encode() + good.encode() + b"1,\xff\n", Table(2))
    assert found == f"line 21, byte {len(good.encode()) + 5}: byte 0xff is not utf-8 text"
    assert refusal(tmp_path, good + "1,\x00\n", Table(2)).startswith(f"line 21, byte {len(good.encode()) + 2}: ")


def test_a_line_and_a_row_without_end_are_given_up(tmp_path: Path) -> None:
    assert refusal(tmp_path, "1,2\n" + "x" * (2 << 20) + "\n", Table(2), Hostile) == "line 2: a line of more than 1 MiB"
    never = refusal(tmp_path, "1,2\n3," + '"' + "x\n" * (1 << 20), Table(2))
    assert never == "line 2: a row that goes on and on, as when a quotation mark never closes"
    cell = refusal(tmp_path, f"1,2\n3,{'x' * (LONGEST_TEXT + 1)}\n", Table(2), Hostile)
    assert cell.startswith(f"line 2: a cell of {LONGEST_TEXT + 1} letters")


def test_a_row_without_end_is_given_up_whatever_else_was_imported(tmp_path: Path) -> None:
    import followthemoney  # noqa: F401 - it allows every CSV reader of the process cells of 30 MiB

    never = refusal(tmp_path, "1,2\n3," + '"' + "x\n" * (1 << 20), Table(2))
    assert never == "line 2: a row that goes on and on, as when a quotation mark never closes"


def test_many_long_rows_are_no_endless_one(tmp_path: Path) -> None:
    content = ('1,"' + "x\n" * 10_000 + '"\n') * 200
    assert sum(1 for _ in rows(part_of(tmp_path, content), Table(2))) == 200


@pytest.mark.parametrize("head", [b"", b"\r\x00\r\x00", b'"', b'a,"b\n', b"\xff\xfe\x00", b"\x00" * 100, b"\n" * 100])
def test_first_rows_of_any_bytes_are_rows_or_none(head: bytes) -> None:
    for row in first_rows(head, 3):
        assert all(isinstance(cell, str) for cell in row)


def test_first_rows_are_as_many_as_are_asked_for() -> None:
    assert first_rows(b"a;b\r\n1;2\r\n3;4\r\n", 2, delimiter=";") == [["a", "b"], ["1", "2"]]
    assert first_rows(b"a\x85,b\xe9\n", encoding="latin-1") == [["a", "bé"]]
