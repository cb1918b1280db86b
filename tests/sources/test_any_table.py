"""Tables of any columns: text and Parquet say the same, and what is no row is told."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shellgame.errors import Damaged, Hostile, NotThisSource
from shellgame.sources import any_table
from shellgame.sources.any_table import columns_of, table_rows
from shellgame.sources.publication import Part


def part(path: Path) -> Part:
    return Part(path.name, path, path.name)


def rows(path: Path, *wanted: str) -> tuple[list[tuple[int, dict[str, str]]], list[tuple[int, str]]]:
    refused: list[tuple[int, str]] = []
    found = list(table_rows(part(path), wanted or columns_of(part(path)), lambda *told: refused.append(told)))
    return found, refused


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_is_read_by_whatever_parts_its_header(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'\ufeffid{delimiter} name \n1{delimiter}"two\nlines"\n', encoding="utf-8")
    assert columns_of(part(path)) == ("id", "name")
    assert rows(path) == ([(3, {"id": "1", "name": "two\nlines"})], [])


def test_only_wanted_columns_come_and_rows_that_are_none_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b,c\n1,2,3\n1,2\n\n4,5,6\n", encoding="utf-8")
    assert rows(path, "c") == ([(2, {"c": "3"}), (5, {"c": "6"})], [(3, "2 cells where 3 belong")])


def test_cells_of_parquet_are_texts(tmp_path: Path) -> None:
    told = {
        "whole": [5], "half": [2.5], "even": [50.0], "exact": [Decimal("12.50")], "flag": [True], "none": [None],
        "day": [date(2024, 1, 2)], "moment": [datetime(2024, 1, 2, 3, 4)], " text ": [" x "],  # noqa: DTZ001 - Parquet has such
    }  # fmt: skip
    pq.write_table(pa.table(told), tmp_path / "a.parquet")
    ((number, cells),), _ = rows(tmp_path / "a.parquet")
    assert number == 1
    assert cells == {
        "whole": "5", "half": "2.5", "even": "50", "exact": "12.50", "flag": "true", "none": "",
        "day": "2024-01-02", "moment": "2024-01-02", "text": "x",
    }  # fmt: skip


def test_a_parquet_file_that_would_unpack_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pq.write_table(pa.table({"a": ["x" * 100]}), tmp_path / "a.parquet")
    monkeypatch.setattr(any_table, "_LARGEST_GROUP_BYTES", 10)
    with pytest.raises(Hostile, match="unpacks to"):
        columns_of(part(tmp_path / "a.parquet"))


def test_what_cannot_be_read_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1PAR1")
    with pytest.raises(Damaged, match="no Parquet file"):
        columns_of(part(tmp_path / "a.parquet"))
    (tmp_path / "a.csv").write_text("a,a\n1,2\n", encoding="utf-8")
    with pytest.raises(NotThisSource, match="more than once"):
        columns_of(part(tmp_path / "a.csv"))
    (tmp_path / "b.csv").write_text('a,b\n1,"2\n', encoding="utf-8")
    with pytest.raises(Damaged, match="line 2: no row"):
        rows(tmp_path / "b.csv")
