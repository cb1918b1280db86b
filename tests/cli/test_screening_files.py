"""Files of names as people have them: any separator, certain encodings, three kinds; what is bad in them is told with its place."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from shellgame.cli.queries import read_queries
from shellgame.cli.rows import Wording
from shellgame.errors import BadInput, Damaged, ShellgameError, WrongUse
from shellgame.resolve.columns import is_absent

HEADER, ROW = ["id", "Full Name", "nationality"], ["7", "Orsin Maledd", "by"]


def read(path, **wording):
    return list(read_queries(path, Wording(**wording)).rows)


def names(rows):
    return [row.subject.names[0] if row.subject else None for row in rows]


@pytest.fixture
def file(tmp_path):
    def write(content, name="names.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    return write


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_separator_and_encoding_are_found_out(file, separator, end, encoding):
    text = end.join(separator.join(row) for row in (HEADER, ROW, ["8", "Талвек Торник", "ru"])) + end
    rows = read(file(text, encoding=encoding))
    assert [(row.subject.reference, *row.subject.names) for row in rows] == [
        ("7", "Orsin Maledd"),
        ("8", "Талвек Торник"),
    ]
    assert [(row.number, row.line) for row in rows] == [(1, 2), (2, 3)]


def test_separator_and_encoding_can_be_said(file):
    path = file("name~x\nTalvek Törnik~1\n", encoding="cp1252")
    assert names(read(path, delimiter="~", encoding="cp1252")) == ["Talvek Törnik"]
    assert names(read(file("x\tname\n,\tOrsin\n"), delimiter="tab")) == ["Orsin"]
    assert names(read(file("sep=;\nname;x\nOrsin;,\n"))) == ["Orsin"]


@pytest.mark.parametrize(
    ("wording", "message"),
    [
        ({"encoding": "utf8000"}, "'utf8000' is no encoding; did you mean"),
        ({"delimiter": "ab"}, "'ab' separates no columns; give one character, or `tab`"),
        ({"delimiter": '"'}, "separates no columns"),
        ({"delimiter": ""}, "separates no columns"),
    ],
)
def test_a_wording_that_cannot_be_is_told(file, wording, message):
    with pytest.raises(WrongUse, match=message):
        read(file("name\nx\n"), **wording)


def test_a_comma_within_quotes_or_in_many_rows_is_no_separator(file):
    assert names(read(file('name;dob\n"Maledd, Orsin";1961\n"Tornik, Talvek";1962\n'))) == [
        "Maledd, Orsin",
        "Tornik, Talvek",
    ]
    assert names(read(file("name\nMaledd; Orsin\nOrsin\n"))) == ["Maledd; Orsin", "Orsin"]


def test_line_breaks_within_quotes_keep_the_count_of_lines(file):
    rows = read(file('name,address\n"Orsin\nMaledd","1 High St\r\nTown"\n\n,\nTalvek,\n'))
    assert [(row.number, row.line, bool(row.subject)) for row in rows] == [(1, 2, True), (2, 6, False), (3, 7, True)]
    assert rows[0].subject.names == ("Orsin Maledd",)


def test_empty_lines_before_the_header_do_not_count(file):
    assert [(row.line, row.subject.names) for row in read(file("\n\nname\nOrsin\n"))] == [(4, ("Orsin",))]


def test_bad_rows_have_their_number_and_reason_and_the_rest_goes_on(file):
    content = (
        "name,schema\n"
        "Orsin,Person\n"
        ",Person\n"
        "Talvek,Person,surplus\n"
        "Yaska\n"
        "Mirren,Persn\n"
        '"Closes" early,Person\n'
        '"Never closes,Person\n'
        "Halvren,Company\n"
    )
    rows = read(file(content))
    assert [(row.line, row.problem) for row in rows if row.problem] == [
        (3, "no name"),
        (4, "3 columns where 2 belong"),
        (5, "1 column where 2 belong"),
        (6, "'Persn' is no schema of a party; did you mean Person?"),
        (7, "',' expected after '\"'"),
        (8, "a quotation mark that never closes"),
    ]
    assert [name for name in names(rows) if name] == ["Orsin", "Halvren"]  # after the mark, too
    assert [row.number for row in rows] == list(range(1, 9))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "names.csv: the file is empty; there is nothing to screen; give a file with a heading"),
        (b"name\n", "names.csv: a header and no row; give the rows to screen"),
        (b"name,id\n\n\n", "names.csv: a header and no row"),
        (
            b"\n\n",
            "names.csv: nothing but empty lines; there is nothing to screen; give a file with a heading and rows",
        ),
        (b"PK\x03\x04" + bytes(26) + b"xl/workbook.xml", "this is an Excel workbook; save it as CSV (UTF-8)"),
        (b"Orsin Maledd\nTalvek\n", "if this is the first name already, write a line `name` before it"),
        (b"surname,colour\nx,y\n", "line 1: columns surname, colour; name the column that holds the names `name`"),
        (b"name,x,name\na,b,c\n", "names could stand in name, name; call only the right one `name`"),
        ("name\nТалвек\n".encode("cp1251"), "--encoding: cp1252 reads 'Òàëâåê', cp1251 reads 'Талвек'"),
        ("name\nТалвек".encode("utf-16")[:-1], "no utf-16 text to its end"),
        (b"name\n" + b"x" * (2 << 20), "line 2: a line of more than 1 MiB"),
        (b"PK\x03\x04" + b"\x14\x00" * 40, "this is a ZIP archive; give CSV, Parquet or JSON lines"),
        (b"PK\x03\x04rest", "this is a ZIP archive; give CSV, Parquet or JSON lines"),
        (b"\x1f\x8brest", "this is a file packed with gzip"),
        (b"<html><title>Sign in</title>", "this is a web page (Sign in)"),
        (b'[{"name": "x"}]', "a JSON array; write one object a line"),
        (b"PAR1 and no more", "a Parquet file that cannot be read"),
        (b'{\n "name": "x"\n}\n', "a JSON object over several lines; write one object a line"),
        (b"name,x,name\na,b,c\n", "two columns of one name cannot be told apart"),
        (b'{"schema": "Address", "properties": {"full": ["x"]}}\n', "no party, of which names could be screened"),
        (b'name\n"' + b'x\n"' * 3000, "are all broken; write it as CSV again"),
    ],
)
def test_a_file_that_cannot_be_screened_is_told(file, content, message):
    with pytest.raises(BadInput) as told:
        read(file(content))
    assert message in str(told.value)


def test_a_row_that_is_too_long_is_called_so_and_the_rest_goes_on(file):
    rows = read(file(f"name,note\nOrsin,{'x' * 140_000}\nTalvek,y\n"))
    assert [row.problem for row in rows] == ["a row of 140,007 letters, more than any table has", ""]
    assert names(rows) == [None, "Talvek"]


def test_names_that_nothing_is_found_by_are_told(file):
    content = f"name\n???\n{'Halvren ' * 70}\nNan Orsin\n"
    assert [row.subject.notes for row in read(file(content))] == [
        ("name '???' has no letter and no digit, so nothing is found by it",),
        ("of a name of 70 words only the first 64 are read",),
        (),
    ]


def test_what_stands_for_no_name_is_none(file):
    fillers = ["N/A", "n.a.", "#N/A", "None", "NULL", "<null>", "nan", "unknown", "-", "--", "TBD", "(not known)"]
    rows = read(file("".join(f"{name}\n" for name in ("name", *fillers, "Nan Orsin", "Unknown Shipping", "Na"))))
    assert [row.problem for row in rows[:-3]] == [f"no name: {name!r} stands for none" for name in fillers]
    assert names(rows[-3:]) == ["Nan Orsin", "Unknown Shipping", "Na"]
    parts = "first_name,last_name\nOrsin,N/A\n-,Maledd\nnull,n/a\nNone,Dasko\n"
    assert names(read(file(parts))) == ["Orsin", "Maledd", None, "Dasko"]


def test_what_stands_for_no_value_is_none(file):
    rows = read(file("name,dob,country,alias,passport,gender\nOrsin,N/A,unknown,n/a,-,None\nTalvek,1961; N/A,by,,,\n"))
    assert [(row.subject.names, row.subject.notes) for row in rows] == [(("Orsin",), ()), (("Talvek",), ())]
    assert [row.subject.properties for row in rows] == [{}, {"birthDate": ("1961",), "country": ("by",)}]


def test_columns_without_a_heading_are_not_told(file):
    assert read_queries(file("name,,\nOrsin,,\n"), Wording()).notes == ()


def test_json_lines_hold_entities_or_plain_rows(file):
    lines = [
        {
            "id": "q-1",
            "schema": "Person",
            "properties": {"name": ["Orsin"], "birthDate": ["1961"], "country": ["Belarus"]},
        },
        {"full_name": "Talvek", "customer id": 8, "colour": "red"},
        {"id": "q-2", "schema": "Address", "properties": {"full": ["1 High St"]}},
        {"id": "q-3", "schema": "Person", "properties": {}},
        {"schema": "Persn", "properties": {"name": ["x"]}},
    ]
    text = "\n".join(map(json.dumps, lines)) + '\n\n{"broken\n3\n'
    rows = read(file(text, "names.jsonl"))
    assert [(row.subject.reference, row.subject.names) for row in rows if row.subject] == [
        ("q-1", ("Orsin",)),
        ("8", ("Talvek",)),
    ]
    assert rows[0].subject.properties == {"birthDate": ("1961",), "country": ("by",)}
    assert [(row.line, row.problem.partition(";")[0].partition(" (")[0]) for row in rows if row.problem] == [
        (4, "a query without a name: {'id': 'q-3', 'schema': 'Person', 'properties': {}}"),
        (5, "'Persn' is no schema of a party"),
        (7, "no JSON"),
        (8, "no JSON object"),
    ]


@pytest.fixture
def parquet(tmp_path):
    def write(columns):
        path = tmp_path / "names.parquet"
        pq.write_table(pa.table(columns), path)
        return path

    return write


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_parquet_is_read_by_batches_with_its_row_numbers(parquet, kind):
    path = parquet(
        {"name": pa.array(["Orsin", None, "Talvek"] * 5000, kind), "id": range(15000), "dob": [1961] * 15000}
    )
    rows = read(path)
    assert len(rows) == 15000
    assert [(row.number, row.line, row.problem) for row in rows[:3]] == [
        (1, None, ""),
        (2, None, "no name"),
        (3, None, ""),
    ]
    assert rows[-1].subject.reference == "14999"
    assert rows[-1].subject.properties == {"birthDate": ("1961",)}
    assert rows[1].place == "row 2"


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"name": [1, 2]}, "column `name` holds int64, no text; say which column holds the names with --name-column"),
        ({"name": [{"a": "x"}]}, "no text"),
        ({"surname": ["x"]}, "columns surname; name the column that holds the names `name`"),
        ({"name": pa.array([], pa.string())}, "columns and no row"),
    ],
)
def test_a_parquet_file_without_names_is_told(parquet, columns, message):
    with pytest.raises(Damaged) as told:
        read(parquet(columns))
    assert message in str(told.value)


@pytest.mark.parametrize(
    ("days", "told", "notes"),
    [
        (pa.array([-269222400], pa.timestamp("s")), ("1961-06-21",), 0),
        (pa.array([-269222400], pa.timestamp("s", "Asia/Tokyo")), ("1961-06-21",), 0),
        (pa.array([-269222399999999999], pa.timestamp("ns")), ("1961-06-21",), 0),
        (pa.array([-3116], pa.date32()), ("1961-06-21",), 0),
        (pa.array([2**62], pa.timestamp("us")), None, 1),
        (pa.array([10**9], pa.date32()), None, 1),
    ],
    ids=lambda value: str(getattr(value, "type", "")),
)
def test_days_and_moments_of_every_kind_are_days(parquet, days, told, notes):
    columns = {"name": ["Orsin Maledd"], "dob": days, "seen": pa.array([5], pa.time64("ns"))}
    (row,) = read(parquet({**columns, "took": pa.array([2**62], pa.duration("s"))}))
    assert row.subject.properties.get("birthDate") == told
    assert len(row.subject.notes) == notes


def test_a_cut_parquet_file_is_told(parquet):
    path = parquet({"name": ["Orsin"] * 1000})
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(Damaged, match="a Parquet file that cannot be read"):
        read(path)


def test_names_of_ten_thousand_letters_and_formulas_are_names(file):
    assert names(read(file(f"name\n{'x' * 10_000}\n=SUM(A1)\n"))) == ["x" * 10_000, "=SUM(A1)"]
    assert read(file(f"name\n{'x' * 40_000}\n"))[0].problem.startswith("a name of 40,000 letters")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (b"Or\x00sin", "a NUL character, which no text holds"),
        ("Törnik".encode("cp1252"), "byte 0xf6 is not utf-8 text; cp1252 reads 'Törnik', cp1251 reads 'Tцrnik'"),
    ],
)
@pytest.mark.parametrize("name", ["names.csv", "names.jsonl"])
def test_a_row_with_a_spoilt_cell_is_bad_and_the_rest_goes_on(file, cell, told, name):
    before, behind = (b'{"name": "', b'"}') if name.endswith("l") else (b"", b"")
    lines = [before + each + behind for each in (b"Orsin Maledd", cell, b"Talvek")]
    header = [] if before else [b"name"]
    rows = read(file(b"\n".join([*header, *lines]), name))
    assert names(rows) == ["Orsin Maledd", None, "Talvek"]
    assert (rows[1].number, rows[1].line) == (2, 2 + len(header))
    assert told.partition(";")[0] in rows[1].problem


def test_a_wide_text_with_half_a_letter_loses_one_row(file):
    rows = read(file("name\nOrsin\nTal\ud800vek\nMaledd\n".encode("utf-16", "surrogatepass")))
    assert names(rows) == ["Orsin", None, "Maledd"]
    assert rows[1].problem == "half a letter (U+D800), which no text holds"


def test_one_row_in_another_encoding_spoils_no_file_but_several_do(file):
    plain = ["Orsin", "Maledd", "Talvek"] * 3
    assert names(read(file(b"name\n" + "\n".join([*plain, "Törnik"]).encode("cp1252")))) == [*plain, None]
    with pytest.raises(Damaged, match=r"so are 1 more lines; .* --encoding: cp1252 reads 'Törnik'"):
        read(file(b"name\n" + "\n".join(["Törnik", *plain, "Törnik"]).encode("cp1252")))
    mixed = b"name\n" + "\n".join(["Törnik"] * 3).encode() + b"\n" + "\n".join(["Törnik"] * 3).encode("cp1252")
    assert names(read(file(mixed))) == ["Törnik"] * 3 + [None] * 3


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "names.csv"
    path.write_bytes(b"name,id\n" + content)
    try:
        rows = read(path)
    except ShellgameError:
        return
    assert all(row.subject or row.problem for row in rows)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20), max_size=20))
def test_every_row_that_is_written_comes_back(tmp_path_factory, told):
    path = tmp_path_factory.mktemp("any") / "names.jsonl"
    path.write_text("".join(json.dumps({"name": name}) + "\n" for name in ["first", *told]), encoding="utf-8")
    rows = read(path)
    assert len(rows) == len(told) + 1
    assert names(rows)[1:] == [None if is_absent(name) else name for name in (" ".join(each.split()) for each in told)]


def test_a_workbook_is_told_for_what_it_is(tmp_path):
    path = tmp_path / "names.dat"
    book = Workbook()
    book.active.append(["name"])
    book.save(path)
    with pytest.raises(Damaged, match="this is an Excel workbook; save it as CSV"):
        read(path)


def test_nothing_is_written_into_the_workspace(shellgame, sample):
    for option in ("--output", "--bad-rows"):
        place = sample.folder / "mine.csv"
        answer = shellgame("screen", "Orsin Maledd", option, place, "-w", sample.folder)
        assert (answer.code, "lies in the workspace" in answer.err, place.exists()) == (2, True, False)
