"""Damaged and hostile sets: each is refused with a sentence that names line, entity and finding, and nothing else happens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shellgame.errors import BadInput, Damaged, Hostile, NotThisSource
from shellgame.sources.catalog import source_named
from shellgame.sources.ftm import json_lines, reader
from shellgame.sources.reading import read_publication

SAMPLES = Path(reader.__file__).parent / "sample"
PERSON = '{"id":"p1","schema":"Person","properties":{"name":["Orlan Vesker"]}}\n'
SIMPLE = "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset\n"


def refusal(folder: Path, content: str | bytes, kind: type[BadInput] = BadInput, name: str = "set.json") -> str:
    path = folder / name
    path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    with pytest.raises(kind) as caught:
        read_publication(path, source_named("my_set"))
    return str(caught.value)


def second_line(properties: str = "{}", schema: str = '"Person"', entity_id: str = '"p2"') -> str:
    return PERSON + f'{{"id":{entity_id},"schema":{schema},"properties":{properties}}}\n'


def test_an_unknown_schema_is_refused_with_near_ones(tmp_path: Path) -> None:
    message = refusal(tmp_path, second_line(schema='"Compny"'))
    assert message == ("set.json, line 2, entity 'p2': unknown schema 'Compny'; write Company if that is meant")


@pytest.mark.parametrize(
    "schema",
    ['"\\u001b[31m"', "null", "7", '["Person"]', "{" + '"a":{' * 900 + "}" * 901],
    ids=["an escape", "null", "a number", "a list", "an abyss"],
)
def test_a_schema_that_is_none_is_refused(tmp_path: Path, schema: str) -> None:
    message = refusal(tmp_path, second_line(schema=schema))
    assert "line 2" in message
    assert message.isprintable()


@pytest.mark.parametrize("entity_id", ['""', '" \\u200b\\u0000 "', "null", "17", "[]", f'"{"x" * 256}"'])
def test_an_id_that_is_none_is_refused(tmp_path: Path, entity_id: str) -> None:
    assert "line 2" in refusal(tmp_path, second_line(entity_id=entity_id))


def test_what_nobody_sees_in_an_id_is_stripped_there_and_where_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    sanction = '{"id":"s1","schema":"Sanction","properties":{"entity":["p\\u200b2\\n"]}}\n'
    path.write_text(second_line('{"name":["A"]}', entity_id='"\\u0000p2\\u202e"') + sanction)
    rows = read_publication(path, source_named("my_set")).claims.rows
    assert {row.entity_id for row in rows} == {"p1", "p2", "s1"}
    assert next(row for row in rows if row.entity_id == "s1")[1:6] == ("p2", "s1", "Sanction", "entity", "p2")


def test_two_schemata_that_exclude_each_other_are_refused(tmp_path: Path) -> None:
    message = refusal(tmp_path, second_line(schema='"Vessel"', entity_id='"p1"'))
    assert "line 2, entity 'p1': a Vessel, but an earlier line says Person" in message


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "Infinity"])
def test_numbers_that_are_no_json_are_refused(tmp_path: Path, number: str) -> None:
    message = refusal(tmp_path, second_line(f'{{"height":[{number}]}}'), Damaged)
    assert "line 2" in message
    assert "no JSON value" in message


def test_a_number_that_lost_digits_is_refused(tmp_path: Path) -> None:
    assert "write it as text" in refusal(tmp_path, second_line('{"innCode":[123456789012345678901234]}'))


def test_numbers_and_flags_become_text(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text(second_line('{"height":[1.83],"idNumber":[99],"title":true,"alias":null}'))
    rows = read_publication(path, source_named("my_set")).claims.rows
    assert {(row.prop, row.value) for row in rows if row.entity_id == "p2"} == {
        ("height", "1.83"),
        ("idNumber", "99"),
        ("title", "true"),
    }


def test_a_cut_last_line_is_damage_wherever_the_cut_is(tmp_path: Path) -> None:
    whole = PERSON + PERSON.replace("p1", "p2").rstrip("\n")
    for length in range(len(PERSON) + 1, len(whole)):
        message = refusal(tmp_path, whole[:length], Damaged)
        assert "line 2: the file ends in the middle of a line" in message


def test_a_whole_last_line_without_its_end_is_read(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_bytes(b"\xef\xbb\xbf" + PERSON.encode() + b"\r\n\n" + PERSON.replace("p1", "p2").rstrip().encode())
    assert read_publication(path, source_named("my_set")).claims.counts["records"] == 2


@pytest.mark.parametrize(
    "line",
    ["[1]\n", '"a"\n', "17\n", "null\n", '{"id":"p2"}\n', '{"schema":"Person"}\n', PERSON.replace("{", "[").replace("}", "]"),
     '{"id":"p2","schema":"Person","properties":[]}\n'],
)  # fmt: skip
def test_a_line_that_is_no_entity_is_refused(tmp_path: Path, line: str) -> None:
    assert "line 2" in refusal(tmp_path, PERSON + line)


@pytest.mark.parametrize(
    "line", [b"{'id': 'p2'}\n", b'{"id":"\xff"}\n', b'{"id":"\\ud800"}\n', b'{"id":"a\x00"}\n', b"{}}\n"]
)
def test_a_line_that_is_no_json_is_damage(tmp_path: Path, line: bytes) -> None:
    assert "line 2" in refusal(tmp_path, PERSON.encode() + line, Damaged)


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000 + "\n",
        '{"id":"p2","schema":"Person","properties":{"nothing":' + "[" * 500 + "]" * 500 + "}}\n",
        '{"id":"p2","schema":"Company","properties":{"parent":[' * 40 + "]}}" * 40 + "\n",
    ],
    ids=["lists", "a value", "entities"],
)
def test_bottomless_json_is_hostile(tmp_path: Path, line: str) -> None:
    assert "line 2" in refusal(tmp_path, PERSON + line, Hostile)


def test_a_line_without_end_is_hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "LONGEST_LINE_MIB", 1)
    long = json.dumps({"id": "p2", "schema": "Person", "properties": {"alias": ["x" * 1000] * 1100}})
    assert "line 2: a line of more than 1 MiB" in refusal(tmp_path, PERSON + long, Hostile)


@pytest.mark.parametrize("value", ["x" * 65_536, "ж" * 32_768], ids=["latin", "cyrillic"])
def test_a_value_of_more_than_64_kib_is_refused(tmp_path: Path, value: str) -> None:
    message = refusal(tmp_path, second_line(json.dumps({"notes": [value]})))
    assert "line 2, entity 'p2': 'notes' is longer than 64 KiB" in message


def test_a_set_of_links_alone_holds_no_record(tmp_path: Path) -> None:
    link = '{"id":"o1","schema":"Ownership","properties":{"owner":["a"],"asset":["b"]}}\n'
    assert "not a single record" in refusal(tmp_path, link, Damaged)


@pytest.mark.parametrize("name", ["statements-csv", "simple-csv", "statements-pack"])
def test_a_table_cut_within_a_line_is_damage(tmp_path: Path, name: str) -> None:
    path = next(path for path in (SAMPLES / name).iterdir() if path.name != "claims.jsonl")
    content = path.read_bytes()
    refusal(tmp_path, content[: len(content) * 2 // 3], Damaged)
    refusal(tmp_path, content.replace(b"sample-", b"\xff\xfe", 1), Damaged)
    refusal(tmp_path, content.replace(b"sample-", b"\x00", 1), Damaged)


def test_a_table_with_a_column_twice_is_refused(tmp_path: Path) -> None:
    twice = SIMPLE.replace("phones", "name") + "p1,Person,A,,,,,,,,,\n"
    assert "two columns 'name'" in refusal(tmp_path, twice, NotThisSource)


def test_quotation_marks_that_do_not_pair_are_refused(tmp_path: Path) -> None:
    message = refusal(tmp_path, SIMPLE + 'p1,Person,A,"""B"" C;D",,,,,,,,\n')
    assert "line 2, entity 'p1': aliases is '\"B\" C;D', whose quotation marks do not pair" in message


def test_numbers_rounded_by_a_spreadsheet_are_damage_and_call_signs_are_not(tmp_path: Path) -> None:
    assert "spreadsheet" in refusal(tmp_path, SIMPLE + "p1,Person,A,,,,,1.83116E+11,,,,\n", Damaged)
    path = tmp_path / "set.csv"
    path.write_text(SIMPLE + "v1,Vessel,A,,,,,3E2222,,,,\n")
    rows = read_publication(path, source_named("my_set")).claims.rows
    assert ("callSign", "3E2222") in {(row.prop, row.value) for row in rows}


def test_a_statement_that_is_external_or_not_is_not_guessed_at(tmp_path: Path) -> None:
    table = "entity_id,prop,schema,value,dataset,external\np1,name,Person,A,d,maybe\n"
    assert "line 2, entity 'p1': external is 'maybe'" in refusal(tmp_path, table)


def test_a_packed_property_without_schema_is_refused(tmp_path: Path) -> None:
    table = "entity_id,prop,value,dataset\np1,name,A,d\n"
    assert "does not name its schema" in refusal(tmp_path, table)


def test_an_unknown_column_of_statements_is_told(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text("entity_id,prop,schema,value,dataset,mood\np1,name,Person,A,d,grim\n")
    assert any("'mood'" in note for note in read_publication(path, source_named("my_set")).warnings)
