"""Mappings: what FollowTheMoney itself makes of the same rows, and nothing from outside the folder."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from followthemoney import model

from shellgame.errors import BadInput, Hostile
from shellgame.names.yaml import load_yaml
from shellgame.sources.catalog import source_named
from shellgame.sources.ftm import reader
from shellgame.sources.reading import Reading, read_publication

SAMPLE = Path(reader.__file__).parent / "sample" / "mapping"
MAPPING = """
salt:
  queries:
    - file: {file}
      entities:
        company:
          schema: Company
          keys: [number]
          properties:
            name: {{column: title}}
"""


def read(path: Path) -> Reading:
    return read_publication(path, source_named("my_set"))


def mapped(folder: Path, text: str = MAPPING, file: str = "a.csv") -> Path:
    (folder / "a.csv").write_text("number,title\n1,Quillmar\n", encoding="utf-8")
    path = folder / "map.yml"
    path.write_text(text.format(file=file) if text is MAPPING else text, encoding="utf-8")
    return path


def test_the_claims_are_the_entities_that_followthemoney_makes(tmp_path: Path) -> None:
    query = load_yaml(SAMPLE / "mapping.yml")["ruritania"]["queries"][0]
    with (SAMPLE / "companies.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    plain = tmp_path / "plain.csv"
    with plain.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    told = {key: query[key] for key in ("entities", "filters_not")} | {"csv_url": str(plain)}
    expected = set()
    for entity in model.map_entities(told, key_prefix="ruritania"):
        for prop, value in entity.itervalues():
            is_id = prop.type.name == "entity"
            if prop.name != "namesMentioned":
                expected.add(
                    (f"my_set-{entity.id}", entity.schema.name, prop.name, f"my_set-{value}" if is_id else value)
                )
    found = {(row.entity_id, row.schema, row.prop, row.value) for row in read(SAMPLE).claims.rows}
    assert {each for each in found if each[2] not in ("email", "alias")} == expected


def test_the_mapping_alone_finds_what_it_names_and_all_of_it_is_the_publication() -> None:
    alone, folder = read(SAMPLE / "mapping.yml"), read(SAMPLE)
    assert alone.claims.rows == folder.claims.rows
    assert alone.publication.sha256 == folder.publication.sha256
    assert set(alone.publication.parts) == {"mapping.yml", "data/companies.csv", "data/contacts.jsonl"}


def test_another_table_is_another_publication(tmp_path: Path) -> None:
    before = read(mapped(tmp_path)).publication.sha256
    (tmp_path / "a.csv").write_text("number,title\n1,Quillmar Ltd\n", encoding="utf-8")
    assert read(tmp_path / "map.yml").publication.sha256 != before


def test_what_could_not_be_taken_is_counted_and_told(caplog: pytest.LogCaptureFixture) -> None:
    reading = read(SAMPLE)
    assert reading.claims.counts["not_understood"] == 4
    (told,) = [note for note in reading.warnings if "could not take" in note]
    assert '"Atlantis" for property "LegalEntity:jurisdiction"' in told
    assert "no ID could be computed" in told
    assert not caplog.records


def test_parquet_and_an_array_of_json_say_the_same_as_text(tmp_path: Path) -> None:
    expected = {(row.entity_id, row.prop, row.value) for row in read(mapped(tmp_path)).claims.rows}
    pq.write_table(pa.table({"number": [1], "title": ["Quillmar"]}), tmp_path / "a.parquet")
    (tmp_path / "a.json").write_text('[{"number": 1, "title": "Quillmar"}]', encoding="utf-8")
    for file in ("a.parquet", "a.json"):
        assert {
            (row.entity_id, row.prop, row.value) for row in read(mapped(tmp_path, file=file)).claims.rows
        } == expected


def test_files_may_lie_in_a_folder_below(tmp_path: Path) -> None:
    path = mapped(tmp_path, file="tables/a.csv")
    (tmp_path / "tables").mkdir()
    shutil.move(tmp_path / "a.csv", tmp_path / "tables" / "a.csv")
    assert read(path).claims.counts["records"] == 1


@pytest.mark.parametrize(
    "file",
    ["https://example.com/a.csv", "file:///etc/passwd", "/etc/passwd", "../a.csv", "tables/../../a.csv", "$HOME/a.csv",
     "~/a.csv", ".hidden.csv", "//server/a.csv", "%HOME%/a.csv"],
)  # fmt: skip
def test_nothing_outside_the_folder_is_read(tmp_path: Path, file: str) -> None:
    with pytest.raises(BadInput, match=r"which (is no file beside it|leads out of its folder)"):
        read(mapped(tmp_path, file=f'"{file}"'))


def test_a_link_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "out.csv").write_text("number,title\n1,Secret\n", encoding="utf-8")
    path = mapped(folder, file="link.csv")
    (folder / "link.csv").symlink_to(tmp_path / "out.csv")
    with pytest.raises(BadInput, match="outside its folder"):
        read(path)


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("a:\n  queries:\n    - database: postgresql://x\n      table: y\n      entities: {}\n", BadInput, "without entities"),
        ("a:\n  queries:\n    - database: x\n      entities: {c: {schema: Company}}\n", BadInput, "reads files only"),
        ("a:\n  queries:\n    - entities: {c: {schema: Company, keys: [n]}}\n", BadInput, "0 files"),
        ("a:\n  queries:\n    - file: a.csv\n      entities: {c: {schema: Kompany, keys: [n]}}\n", BadInput, "Kompany"),
        ("a:\n  queries:\n    - file: a.csv\n      entities: {c: {schema: Company}}\n", BadInput, "No keys"),
        ("a:\n  queries:\n    - file: a.csv\n      entities: {c: [1]}\n", BadInput, "no mapping of properties"),
        ("a:\n  queries:\n    - file: a.csv\n      entities: {c: {schema: Company, keys: [none]}}\n", BadInput, "no column none"),
        ("a: &a\n  queries: *a\n  entities:\n", Hostile, "endless"),
        ("a:\n  queries:\n  entities: [\n", BadInput, "no YAML"),
    ],
)  # fmt: skip
def test_what_is_no_mapping_is_refused(tmp_path: Path, text: str, error: type[BadInput], words: str) -> None:
    with pytest.raises(error, match=words):
        read(mapped(tmp_path, text))


def test_a_missing_table_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"gone\.csv: no such file"):
        read(mapped(tmp_path, file="gone.csv"))


def test_a_row_that_is_none_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = mapped(tmp_path)
    (tmp_path / "a.csv").write_text("number,title\n1,Quillmar\n2\n3,Vesker\n", encoding="utf-8")
    reading = read(path)
    assert reading.claims.counts["rows"] == 2
    assert any("a.csv, line 3: 1 cells where 2 belong" in note for note in reading.warnings)
