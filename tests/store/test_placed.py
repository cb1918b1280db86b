"""Rows found by value: the same as by looking through all."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.errors import WorkspaceDamaged
from shellgame.store import placed
from shellgame.store.placed import Placed

WORDS = st.sampled_from(["", "a", "b", "ab", "ü", "\u0000", "long " * 9, "c1", "c2"])


@given(st.lists(st.tuples(WORDS, st.none() | WORDS), max_size=60), st.sets(WORDS), st.integers(1, 7))
def test_rows_are_those_that_have_a_value(tmp_path_factory, rows, wanted, part) -> None:
    folder = tmp_path_factory.mktemp("placed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placed, "_BATCH_ROWS", 4)
        patch.setattr(placed, "_CHUNK_ROWS", 8)
        tables = [table_of(rows[start : start + part]) for start in range(0, len(rows), part)]
        placed.write(tables, table_of([]).schema, folder, ("one", "other"))
        found = Placed(folder)
    for place, column in enumerate(("one", "other")):
        expected = [row for row in rows if row[place] in wanted]
        assert [(row["one"], row["other"]) for row in found.of(column, wanted).to_pylist()] == expected


def test_only_the_batches_that_may_have_a_value_are_unpacked(tmp_path, monkeypatch) -> None:
    rows = [(f"c{number // 3}", f"r{number % 5}") for number in range(60_000)]
    placed.write([table_of(rows)], table_of([]).schema, tmp_path, ("one",))
    found = Placed(tmp_path)
    assert len(found.of("one", ["c7"])) == 3
    assert len(found._numbers("one", pa.array(["c7", "nobody"]))) <= 2


def test_what_was_damaged_is_told(tmp_path) -> None:
    placed.write(
        [table_of([(f"{number:064}", "x") for number in range(3000)])], table_of([]).schema, tmp_path, ("one",)
    )
    file = tmp_path / "rows.arrow"
    content = bytearray(file.read_bytes())
    for place in range(600, 4000):
        content[place] = 0xFF
    file.write_bytes(content)
    with pytest.raises(WorkspaceDamaged, match="made anew"):
        Placed(tmp_path).of("one", [f"{number:064}" for number in range(3000)])


def table_of(rows) -> pa.Table:
    return pa.table(
        {
            "one": pa.array([row[0] for row in rows], pa.string()),
            "other": pa.array([row[1] for row in rows], pa.string()),
        }
    )
