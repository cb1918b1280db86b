"""Registers in the layout of our own: every column is read, bad rows are told and the rest goes on, Parquet is like CSV."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.errors import BadInput, Damaged, NotThisSource
from shellgame.sources.catalog import source_named
from shellgame.sources.reading import Reading, read_publication
from shellgame.sources.register import reader
from shellgame.sources.register.ids import IdSet
from shellgame.sources.register.layout import TABLES

SAMPLE = Path(reader.__file__).parent / "sample" / "register-tables"
DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "registers.md"


def read(path: Path) -> Reading:
    return read_publication(path, source_named("register"))


def entities(reading: Reading) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for row in reading.claims.rows:
        found.setdefault(row.entity_id, {"schema": [row.schema]}).setdefault(row.prop, []).append(row.value)
    return found


def links(reading: Reading, **wanted: str) -> list[dict[str, list[str]]]:
    return [
        each
        for each in entities(reading).values()
        if all(value in each.get(prop, []) for prop, value in wanted.items())
    ]


def table(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_sample_uses_every_column_of_every_table() -> None:
    for name, layout in TABLES.items():
        with (SAMPLE / f"{name}.csv").open(encoding="utf-8") as file:
            assert tuple(next(csv.reader(file))) == layout.columns


def test_the_document_explains_every_table_and_column() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for name, layout in TABLES.items():
        begins = text.index(f"#### `{name}`")
        part = text[begins : text.find("\n#### ", begins + 1)]
        assert not [column for column in layout.columns if f"`{column}`" not in part], name


def test_stakes_directors_and_nominees() -> None:
    reading = read(SAMPLE)
    told = entities(reading)
    (founder,) = links(reading, owner="register-c2")
    assert founder["percentage"] == [">50-<75"]
    assert founder["sharesType"] == ["ordinary"]
    assert (founder["ownershipType"], founder["status"], founder["role"]) == (["shares"], ["direct"], ["founder"])
    (indirect,) = links(reading, owner="register-p1")
    assert indirect["status"] == ["indirect"]
    assert "percentage" not in indirect
    (votes,) = links(reading, ownershipType="votes")
    assert (votes["percentage"], votes["endDate"]) == (["25"], ["2022-12-31"])
    (board,) = links(reading, controlType="board")
    assert board["controlled"] == ["register-c2"]
    (nominee,) = links(reading, schema="Representation")
    (holding,) = links(reading, role="nominee", schema="Ownership")
    assert (nominee["agent"], nominee["client"]) == (holding["owner"], ["register-p1"])
    (unnamed,) = links(reading, percentage="<10")
    assert told[unnamed["owner"][0]]["notes"] == ["Not named in the register"]
    assert "name" not in told[unnamed["owner"][0]]
    assert {each["role"][0] for each in links(reading, schema="Directorship")} == {"director", "signatory", "secretary"}
    assert told["register-c1"]["previousName"] == ["Quill & Vesker TOV"]
    assert told["register-c3"]["schema"] == ["PublicBody"]
    assert not reading.claims.counts["rows_left_out"]


def test_a_stake_held_for_another_is_a_nominees_whatever_its_role_is_called(tmp_path: Path) -> None:
    table(
        tmp_path,
        "holdings",
        "company_id,holder_id,percentage,role,nominee_for_id,nominee_for_name\n"
        "c1,p2,60,registered holder,p1,\nc1,p3,10,,,Orlan Vesker\nc1,p4,5,registered holder,,\n",
    )
    reading = read(tmp_path)
    roles = {each["owner"][0]: sorted(each["role"]) for each in links(reading, asset="register-c1")}
    assert roles == {
        "register-p2": ["nominee", "registered holder"],
        "register-p3": ["nominee"],
        "register-p4": ["registered holder"],
    }
    inferred = [(row.prop, row.value) for row in reading.claims.rows if row.stance == "infers"]
    assert inferred == [("role", "nominee")]


def test_bad_rows_are_told_with_their_numbers_and_the_rest_is_read(tmp_path: Path) -> None:
    table(
        tmp_path,
        "holdings",
        "company_id,holder_id,percentage,kind,shoe_size,started_on\n"
        "c1,p1,50,shares,43,2020-01-02\n"
        ",p2,50,shares,43,\n"
        "c1,p3\n"
        "c1,p4,most,shares,,soon\n"
        "c1,p5,10,magic,,\n"
        "c1,p6,,,,\n"
        f"c1,p7,{'9' * 40000},,,\n",
    )
    reading = read(tmp_path)
    assert {each["owner"][0] for each in links(reading, schema="Ownership")} == {
        "register-p1",
        "register-p4",
        "register-p5",
        "register-p6",
    }
    (untold,) = links(reading, owner="register-p5")
    assert untold["summary"][1:] == ["Percentage as printed: 10"]
    assert not {"ownershipType", "percentage"} & untold.keys()
    (unclear,) = links(reading, owner="register-p4")
    assert unclear["summary"] == ["startDate as printed: soon", "Percentage as printed: most"]
    counts = reading.claims.counts
    assert (counts["rows_of_holdings"], counts["rows_left_out"], counts["not_understood"]) == (7, 3, 3)
    (out,) = [note for note in reading.warnings if "left out" in note]
    assert "3 rows left out" in out
    assert "row at 3: no company_id" in out
    assert "row at 4: 2 cells where 6 belong" in out
    assert "row at 8: more than 32768 letters in percentage" in out
    assert any("'most'" in note and "'magic'" in note for note in reading.warnings)
    assert any("not read: shoe_size" in note for note in reading.warnings)


def test_two_lots_of_one_holder_are_two_stakes(tmp_path: Path) -> None:
    table(tmp_path, "holdings", "company_id,holder_id,percentage\nc1,p1,10\nc1,p1,15\n")
    assert {each["percentage"][0] for each in links(read(tmp_path), owner="register-p1")} == {"10", "15"}


def test_rows_that_differ_in_anything_told_of_the_stake_are_stakes_each(tmp_path: Path) -> None:
    head = "company_id,holder_id,kind,percentage,started_on,ended_on,notes,source_url\n"
    rows = [
        "c1,p1,shares,60,,2021-01-01,,",
        "c1,p1,shares,60,,,,",
        "c1,p2,shares,30,,,first lot,",
        "c1,p2,shares,30,,,second lot,",
    ]
    table(tmp_path, "holdings", head + "\n".join([*rows, rows[1]]))
    first = links(read(tmp_path), schema="Ownership")
    assert [(each["owner"][0], each.get("endDate", [""])[0]) for each in first] == [
        ("register-p1", "2021-01-01"),
        ("register-p1", ""),
        ("register-p2", ""),
        ("register-p2", ""),
    ]
    ids = {row.entity_id for row in read(tmp_path).claims.rows if row.schema == "Ownership"}
    table(tmp_path, "holdings", head + "\n".join([f"{row}https://a.example/" for row in reversed(rows)]))
    assert {row.entity_id for row in read(tmp_path).claims.rows if row.schema == "Ownership"} == ids


def test_a_third_of_the_board_is_influence(tmp_path: Path) -> None:
    table(tmp_path, "holdings", "company_id,holder_id,kind,percentage\nc1,p1,board,33\nc1,p2,board,>50\nc1,p3,board,\n")
    kinds = {each["controller"][0]: each["controlType"][0] for each in links(read(tmp_path), schema="Control")}
    assert kinds == {"register-p1": "influence", "register-p2": "board", "register-p3": "board"}


def test_an_officer_who_left_and_one_who_is_there_are_two(tmp_path: Path) -> None:
    table(tmp_path, "officers", "company_id,person_id,role,ended_on\nc1,p1,director,2021-01-01\nc1,p1,director,\n")
    ends = [each.get("endDate", [""]) for each in links(read(tmp_path), schema="Directorship")]
    assert ends == [["2021-01-01"], [""]]


def test_a_nominee_of_two_stakes_stands_for_his_principal_in_each_for_its_own_days(tmp_path: Path) -> None:
    table(
        tmp_path,
        "holdings",
        "company_id,holder_id,percentage,nominee_for_id,ended_on\nc1,p2,60,p1,2021-01-01\nc1,p2,30,p1,\n",
    )
    told = links(read(tmp_path), schema="Representation")
    assert [(len(each["recordId"]), each.get("endDate", [""])[0]) for each in told] == [(1, "2021-01-01"), (1, "")]


def test_people_without_an_id_are_one_by_number_or_full_birth_date_and_else_apart(tmp_path: Path) -> None:
    table(
        tmp_path,
        "officers",
        "company_id,person_name,birth_date,person_number\n"
        "c1,Orlan Vesker,1961-08-09,\nc2,Orlan Vesker,1961-08-09,\n"
        "c1,Maren Quill,1970,\nc2,Maren Quill,1970,\n"
        "c1,Idrel Samm,,77\nc2,Idrel Samm,,77\n",
    )
    names = [each["name"][0] for each in entities(read(tmp_path)).values() if "name" in each]
    assert sorted(names) == ["Idrel Samm", "Maren Quill", "Maren Quill", "Orlan Vesker"]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_capitals_and_a_mark_at_the_beginning(tmp_path: Path, delimiter: str) -> None:
    text = "\ufeffID,Name,Founded_On\nc1,Quillmar,2010-02-01\n".replace(",", delimiter)
    table(tmp_path, "companies", text)
    assert entities(read(tmp_path))["register-c1"]["incorporationDate"] == ["2010-02-01"]


def test_parquet_says_the_same_as_text(tmp_path: Path) -> None:
    for file in SAMPLE.glob("*.csv"):
        with file.open(encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / f"{file.stem}.parquet", row_group_size=2)
    assert read(tmp_path).claims.rows == read(SAMPLE).claims.rows


def test_numbers_and_days_of_parquet_are_texts(tmp_path: Path) -> None:
    columns = {
        "company_id": [7],
        "holder_id": ["p1"],
        "percentage": [12.5],
        "started_on": [date(2020, 1, 2)],
        "shares_count": [600],
    }
    pq.write_table(pa.table(columns), tmp_path / "holdings.parquet")
    (link,) = links(read(tmp_path), owner="register-p1")
    assert (link["asset"], link["percentage"], link["startDate"]) == (["register-7"], ["12.5"], ["2020-01-02"])
    assert link["sharesCount"] == ["600"]


def test_damaged_and_nested_parquet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "companies.parquet").write_bytes(b"PAR1 and nothing")
    with pytest.raises(Damaged, match="no Parquet file"):
        read(tmp_path)
    pq.write_table(pa.table({"id": [["a"]], "name": ["x"]}), tmp_path / "companies.parquet")
    with pytest.raises(Damaged, match="holds a list"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "error", "words"),
    [
        ("companies", "id,name,id\na,b,c\n", NotThisSource, "more than once"),
        ("companies", 'id,name\na,"b\n', Damaged, "no row"),
        ("companies", "id,name\n,b\n", Damaged, "none can be read"),
        ("companies", "id,name\na,b\x00\n", Damaged, "NUL"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, text: str, error: type[BadInput], words: str) -> None:
    table(tmp_path, name, text)
    with pytest.raises(error, match=words):
        read(tmp_path)


def test_a_file_called_like_a_table_without_its_columns_stops_the_import(tmp_path: Path) -> None:
    shutil.copy(SAMPLE / "companies.csv", tmp_path / "companies.csv")
    table(tmp_path, "holdings", "firm,who\nc1,p1\n")
    with pytest.raises(Damaged, match="called like a table of the layout, but without company_id"):
        read(tmp_path)


def test_an_id_of_a_company_and_of_a_person_is_refused_with_its_row(tmp_path: Path) -> None:
    table(tmp_path, "companies", "id,name\n1,Quillmark Holding\n2,Borvast Shipping\n")
    table(tmp_path, "people", "id,name\n7,Yaska Varshander\n2,Orsin Malevadd\n")
    with pytest.raises(Damaged, match=r"people\.csv.*row at 3.*id '2'.*companies too"):
        read(tmp_path)


def test_a_register_of_ones_own_name() -> None:
    reading = read_publication(SAMPLE, source_named("ua_edr"))
    assert "ua_edr-c1" in entities(reading)
    assert reading.method == "ftm.register-tables@1"


@given(st.sets(st.text(max_size=6)), st.sets(st.text(max_size=6)))
def test_ids_that_were_added_are_known_and_no_others(added: set[str], others: set[str]) -> None:
    ids = IdSet()
    for each in added:
        ids.add(each)
    assert all(each in ids for each in added)
    assert not any(each in ids for each in others - added)


def test_days_that_make_no_sense_are_told_row_by_row(tmp_path: Path) -> None:
    table(
        tmp_path,
        "holdings",
        "company_id,holder_id,started_on,ended_on\nc1,p1,31.02.2031,\nc1,p2,2031-05,2030\nc1,p3,2031-05,2031\n",
    )
    told = "\n".join(read(tmp_path).warnings)
    assert "row at 2: started_on '31.02.2031', which is no day" in told
    assert "row at 3: ended_on 2030 before started_on 2031-05" in told
    assert "row at 4" not in told


def test_ids_that_nobody_describes_are_told_where_companies_and_people_are_there(tmp_path: Path) -> None:
    table(tmp_path, "holdings", "company_id,holder_id\nc1,p1\nc1,p9\nc9,p1\n")
    table(tmp_path, "companies", "id,name\nc1,Quillmar Salt\n")
    assert "describe" not in "".join(read(tmp_path).warnings)
    table(tmp_path, "people", "id,name\np1,Oda Quillmar\n")
    told = "".join(read(tmp_path).warnings)
    assert "row at 3: holder_id 'p9', which neither companies nor people describe" in told
    assert "row at 4: company_id 'c9', which neither companies nor people describe" in told
    assert "row at 2" not in told


def test_one_id_with_two_names_is_told(tmp_path: Path) -> None:
    table(tmp_path, "companies", "id,name\nc1,Quillmar Salt\nc2,Norre Handel\nc1,Quillmar Salt\nc2,Perle Metals\n")
    told = "".join(read(tmp_path).warnings)
    assert "row at 5: id 'c2' of 'Norre Handel' again, for 'Perle Metals'" in told
    assert "'c1'" not in told
