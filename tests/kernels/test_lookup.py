"""Tables from a hash to numbers, held against a dictionary."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.kernels.plain_lookup import plain_hash, plain_table

from shellgame.kernels.lookup import Table, hashed, span_of, table_of

KEYS = st.integers(0, 5) | st.integers(0, 2**64 - 1) | st.sampled_from([2**63, 2**63 - 1, 2**64 - 1])
HINTS = np.arange(100, 121, dtype=np.uint32)
PAIRS = st.lists(st.tuples(KEYS, st.integers(0, 20)), max_size=60)


def made(pairs: list[tuple[int, int]]) -> Table:
    keys, values = np.array([key for key, _ in pairs], np.uint64), np.array([value for _, value in pairs], np.int32)
    return table_of(keys, values, HINTS)


def under(table: Table, key: int) -> list[int]:
    begin, end = span_of(table, np.uint64(key))  # type: ignore[arg-type]
    return table.values[begin:end].tolist()  # type: ignore[no-any-return]


@given(PAIRS, KEYS)
def test_gives_what_a_dictionary_gives(pairs: list[tuple[int, int]], another: int) -> None:
    table, plain = made(pairs), plain_table(pairs)
    assert len(table.values) == sum(map(len, plain.values()))
    for key in [*plain, another]:
        assert under(table, key) == plain.get(key, [])
    assert table.hints.tolist() == [100 + value for value in table.values.tolist()]


@given(PAIRS)
def test_the_order_of_pairs_is_of_no_matter(pairs: list[tuple[int, int]]) -> None:
    table, again = made(pairs), made(pairs[::-1] + pairs)
    for field in Table._fields:
        assert getattr(table, field).tolist() == getattr(again, field).tolist()


@given(st.binary(min_size=1, max_size=40), st.integers(-1, 40), st.integers(0, 9), st.data())
def test_hashes_as_its_plain_twin(text: bytes, left_out: int, seed: int, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    found = hashed(np.frombuffer(text, np.uint8).copy(), begin, end, left_out, seed)
    assert int(found) == plain_hash(text[begin:end], left_out - begin if left_out >= 0 else -1, seed)


def test_hashes_without_a_byte_as_if_it_had_never_been_there() -> None:
    text = np.frombuffer(b"halvren", np.uint8).copy()
    shorter = np.frombuffer(b"halren", np.uint8).copy()
    assert hashed(text, 0, 7, 3, 1) == hashed(shorter, 0, 6, -1, 1)
    assert hashed(text, 0, 7, -1, 1) != hashed(text, 0, 7, -1, 2)
