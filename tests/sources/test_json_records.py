"""Records of JSON: the same from lines, an array or neither, wherever the window of the reader ends; damage told by its record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.errors import BadInput, Damaged, Hostile
from shellgame.sources import json_records as module
from shellgame.sources.json_records import as_json, json_records, line_pieces, piece_records
from shellgame.sources.publication import Part

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_RECORDS = st.lists(st.dictionaries(st.text(max_size=5), _VALUES, max_size=4), max_size=6)


def records(path: Path, content: bytes | str) -> list[dict]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [record for _, record in json_records(Part("a", path, path.name))]


@given(
    told=_RECORDS,
    indent=st.sampled_from([None, 2]),
    ascii_only=st.booleans(),
    window=st.sampled_from([1, 2, 7, 64, 1 << 18]),
    layout=st.sampled_from(["lines", "array", "together"]),
)
def test_records_are_those_that_were_written(
    tmp_path_factory: pytest.TempPathFactory,
    told: list[dict],
    indent: int | None,
    ascii_only: bool,
    window: int,
    layout: str,
) -> None:
    pieces = [json.dumps(each, indent=indent, ensure_ascii=ascii_only) for each in told]
    text = {"lines": "\n".join(pieces), "array": f"[{', '.join(pieces)}]", "together": "".join(pieces)}[layout]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CHUNK_BYTES", window)
        assert records(tmp_path_factory.mktemp("json") / "a.json", text.encode()) == told


def test_numbers_count_records_from_one(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"a": 1},\n {"b": 2}]\n', encoding="utf-8")
    assert list(json_records(Part("a", path, path.name))) == [(1, {"a": 1}), (2, {"b": 2})]


def test_a_mark_at_the_beginning_is_no_letter(tmp_path: Path) -> None:
    assert records(tmp_path / "a.json", b'\xef\xbb\xbf{"a": "\xd1\x8f"}') == [{"a": "я"}]


def test_numbers_of_any_length_are_written_as_they_were(tmp_path: Path) -> None:
    (record,) = records(tmp_path / "a.json", '{"a": ' + "9" * 100 + "}")
    assert as_json(record) == '{"a": ' + "9" * 100 + "}"


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b'{"a": 1}\n{"b": ', Damaged, "record 2: no JSON, or cut in transit"),
        (b'[{"a": 1}', Damaged, "ends before its list does"),
        (b'[{"a": 1}]x', Damaged, "after the end of the list"),
        (b'{"a": 1}]', Damaged, "record 2: no JSON"),
        (b'{"a": tru}', Damaged, "record 1"),
        (b'{"a": Infinity}', Damaged, "Infinity is no JSON value"),
        (b'{"a": ' + b"9" * 5000 + b"}", Damaged, "record 1"),
        (b'{"a": "\\udc00"}', Damaged, "record 1: no JSON"),
        (b'{"a": "\xff"}', Damaged, "no UTF-8, near byte 7"),
        (b'{"a": "\xd1', Damaged, "no UTF-8"),
        (b"[1]", BadInput, "a int where a record belongs"),
        (b'{"a":' * 100 + b"1" + b"}" * 100, Hostile, "nested without end"),
        (b'{"a":' * 100_000, Hostile, "nested without end"),
    ],
)
def test_damage_is_told(tmp_path: Path, content: bytes, error: type[BadInput], words: str) -> None:
    with pytest.raises(error, match=words):
        records(tmp_path / "a.json", content)


def test_a_fault_is_told_at_once_and_not_after_reading_on(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="record 1: no JSON"):
        records(tmp_path / "a.json", b'{"a": 1 "b": 2}' + b" " * (20 << 20))


def test_a_record_may_be_as_long_as_the_limit_and_no_longer(tmp_path: Path) -> None:
    assert len(records(tmp_path / "a.json", b'{"a": "' + b"x" * (7 << 20) + b'"}')[0]["a"]) == 7 << 20
    with pytest.raises(Hostile, match="more than 8 MiB"):
        records(tmp_path / "a.json", b'{"a": "' + b"x" * (20 << 20))


@given(told=_RECORDS, window=st.sampled_from([1, 7, 64, 1 << 18]), more=st.booleans())
def test_records_of_the_list_of_an_object_are_read_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, told: list[dict], window: int, more: bool
) -> None:
    path = tmp_path_factory.mktemp("json") / "a.json"
    path.write_text(json.dumps({"records": told, **({"x": [1], "y": "z"} if more else {})}), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CHUNK_BYTES", window)
        found = list(json_records(Part("a", path, path.name), ("relations", "records")))
    assert found == list(enumerate(told, 1))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"records": [{"a": 1}', "ends before its list does"),
        (b'{"records": [{"a": 1}]', "ends before the object"),
        (b'{"records": [{"a": 1}], "x" 1}', "a name without a value"),
        (b'{"records": [{"a": 1}], 1}', "what stands there is no JSON"),
        (b'{"records": [{"a": 1}]} {}', "after the end of the list"),
    ],
)
def test_damage_around_a_list_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(Damaged, match=words):
        list(json_records(Part("a", path, path.name), ("records",)))


def _in_pieces(path: Path, size: int) -> list[tuple[int, dict]] | None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "PIECE_BYTES", size)
        pieces = line_pieces(Part("a", path, path.name))
        return None if pieces is None else [each for piece in pieces for each in piece_records("a", piece)]


@given(told=_RECORDS.filter(lambda told: len(told) > 1), size=st.integers(1, 200), end=st.sampled_from(["\n", "\r\n"]))
def test_lines_read_in_pieces_are_those_that_were_written(
    tmp_path_factory: pytest.TempPathFactory, told: list[dict], size: int, end: str
) -> None:
    path = tmp_path_factory.mktemp("json") / "a.json"
    path.write_bytes(end.join(map(json.dumps, told)).encode())
    pieces = _in_pieces(path, size)
    assert pieces == list(enumerate(told, 1)) or (pieces is None and path.stat().st_size <= size)


@pytest.mark.parametrize("content", ['[{"a": 1},\n{"b": 2}]', '{"a": 1}{"b": 2}', '{"a": [{"b": 1},\n{"c": 2}]}'])
def test_records_that_stand_otherwise_are_not_cut(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    assert _in_pieces(path, 1) is None


def test_damage_in_a_piece_is_told_with_its_place_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'{"a": 1}\n{"b": 2}\n{"c": "\xff"}\n')
    with pytest.raises(Damaged, match="record 2: text that is no UTF-8, near byte 25"):
        _in_pieces(path, 5)
    path.write_bytes(b'{"a": 1}\n{"b": 2}\n' + b" " * (20 << 20))
    with pytest.raises(Hostile, match=r"record 2: a record of more than 8 MiB"):
        _in_pieces(path, 1 << 20)
