"""The reader of users' own sets: what its samples and the real exports of OpenSanctions give."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from followthemoney.statement import Statement
from followthemoney.statement.serialize import write_statements

from shellgame.errors import NotThisSource
from shellgame.sources.catalog import catalog, source_named
from shellgame.sources.ftm import reader
from shellgame.sources.reading import Reading, read_publication
from shellgame.testing.golden import GOLDEN, check_against_model, golden_lines

SAMPLES = Path(reader.__file__).parent / "sample"
FORMATS = [layout.name for layout in reader.FORMATS]


def sample(name: str) -> Path:
    return next(path for path in (SAMPLES / name).iterdir() if path.name != GOLDEN)


def read(path: Path) -> Reading:
    return read_publication(path, source_named("my_set"))


def values(reading: Reading, entity_id: str, prop: str) -> list[str]:
    return [row.value for row in reading.claims.rows if (row.entity_id, row.prop) == (entity_id, prop)]


def written(path: Path, *entities: object) -> Path:
    path.write_text("".join(json.dumps(entity) + "\n" for entity in entities), encoding="utf-8")
    return path


def person(entity_id: str = "p1", **properties: object) -> dict[str, object]:
    return {"id": entity_id, "schema": "Person", "properties": {"name": ["Orlan Vesker"], **properties}}


@pytest.mark.parametrize("name", FORMATS)
def test_every_sample_gives_its_golden_claims(name: str) -> None:
    lines = golden_lines(catalog()["ftm"], SAMPLES / name)
    assert lines == (SAMPLES / name / GOLDEN).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", FORMATS)
def test_every_sample_is_recognised_as_its_own_format_and_golden_claims_as_none(name: str) -> None:
    assert read(SAMPLES / name).publication.format == name
    with pytest.raises(NotThisSource):
        read(SAMPLES / name / GOLDEN)


def test_recognising_a_file_does_not_import_followthemoney() -> None:
    code = (
        "import sys; from shellgame.sources.ftm.reader import FORMATS; "
        "[layout.recognise('a.json', b'{}') for layout in FORMATS]; sys.exit('followthemoney' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_things_are_records_and_what_belongs_to_one_is_part_of_it() -> None:
    reading = read(sample("ftm-json"))
    record_of = {row.entity_id: row.record_id for row in reading.claims.rows}
    assert record_of == {
        "sample-p1": "sample-p1",
        "sample-c1": "sample-c1",
        "sample-v1": "sample-v1",
        "sample-a1": "sample-a1",  # two hold it
        "sample-a2": "sample-c1",  # one holds it
        "sample-s1": "sample-p1",
        "sample-i1": "sample-p1",
        "sample-o1": "sample-o1",
        "sample-u1": "sample-u1",
    }
    counts = reading.claims.counts
    assert (counts["records"], counts["addresses"], counts["links"]) == (3, 2, 2)
    assert (counts["sanctions"], counts["identifications"]) == (1, 1)


def test_what_the_model_does_not_know_is_kept_as_a_note_and_told() -> None:
    reading = read(sample("ftm-json"))
    assert set(values(reading, "sample-p1", "notes")) == {"shoeSize: 43", "topics: hero"}
    assert values(reading, "sample-s1", "summary") == ["endDate: until further notice"]
    assert 'pastOwners: {"name":"Nobody & Sons","until":2018}' in values(reading, "sample-v1", "notes")
    assert reading.claims.counts["not_understood"] == 5
    assert any("Person 'shoeSize': no such property (1, such as '43')" in note for note in reading.warnings)


def test_a_schema_without_notes_loses_what_is_not_understood_aloud(tmp_path: Path) -> None:
    similar = {"id": "s1", "schema": "Similar", "properties": {"candidate": ["p1"], "shoeSize": ["43"]}}
    reading = read(written(tmp_path / "a.json", person(), similar))
    assert reading.claims.counts["not_kept"] == 1
    assert any("not kept" in note for note in reading.warnings)


def test_dates_keep_their_precision_and_codes_are_cleaned(tmp_path: Path) -> None:
    told = person(birthDate=["1971", "1971-03-04T05:06:07"], nationality=["BY", "Belarus", "Atlantis"], gender=["M"])
    reading = read(written(tmp_path / "a.json", told))
    assert values(reading, "p1", "birthDate") == ["1971", "1971-03-04"]
    assert values(reading, "p1", "nationality") == ["by", "by"]
    assert values(reading, "p1", "gender") == ["male"]
    assert values(reading, "p1", "notes") == ["nationality: Atlantis"]


def test_the_latest_last_seen_is_the_moment_of_publication(tmp_path: Path) -> None:
    seen = ["2024-01-02T03:04:05", "2024-02-30T00:00:00", "9999-01-01T00:00:00", "tomorrow", None, 7]
    entities = [person(f"p{number}") | {"last_seen": moment} for number, moment in enumerate(seen)]
    assert read(written(tmp_path / "a.json", *entities)).claims.published == "2024-01-02T03:04:05Z"


def test_lines_of_one_id_are_merged_under_the_narrower_schema(tmp_path: Path) -> None:
    wide = {"id": "c1", "schema": "LegalEntity", "properties": {"name": ["Quillmar"]}}
    narrow = {"id": "c1", "schema": "Company", "properties": {"name": ["Quillmar"], "voenCode": ["1"]}}
    reading = read(written(tmp_path / "a.json", wide, narrow))
    assert {row.schema for row in reading.claims.rows} == {"Company"}
    assert values(reading, "c1", "name") == ["Quillmar"]
    assert (reading.claims.counts["records"], reading.claims.counts["repeated"]) == (1, 1)


def test_nested_entities_are_taken_once_with_their_links() -> None:
    reading = read(sample("nested-json"))
    assert set(values(reading, "sample-o1", "owner")) == {"sample-p1", "sample-p2"}
    assert values(reading, "sample-o1", "asset") == ["sample-c1"]
    assert values(reading, "sample-i1", "holder") == ["sample-p1"]
    assert values(reading, "sample-f1", "person") == ["sample-p1"]
    assert values(reading, "sample-f1", "relative") == ["sample-p2"]
    assert values(reading, "sample-v1", "name") == ["MERRY QUILL"]
    assert "formerCrew: sample-v1" in values(reading, "sample-p1", "notes")


def test_statements_keep_language_printed_value_and_dataset() -> None:
    reading = read(sample("statements-csv"))
    names = [row for row in reading.claims.rows if row.prop == "name" and row.entity_id == "NK-sample-1"]
    assert [(row.value, row.lang, row.original_value, row.locator) for row in names] == [
        ("Orlan Vesker", "eng", "VESKER, Orlan", "statements.csv#smpl-17/sample_list/name"),
        ("Орлан Вескер", "rus", None, "statements.csv#smpl-17/sample_list/name"),
        ("Orlan Vesker", None, None, "statements.csv#reg-4/sample_register/name"),
    ]
    assert {row.stance for row in reading.claims.rows} == {"asserts"}


def test_external_statements_are_left_out_aloud() -> None:
    reading = read(sample("statements-csv"))
    assert "Elsewhere" not in {row.value for row in reading.claims.rows}
    assert reading.claims.counts["external_skipped"] == 1
    assert any("external statements" in note for note in reading.warnings)


def test_statements_name_parties_by_the_id_they_have_after_merging() -> None:
    reading = read(sample("statements-csv"))
    assert values(reading, "sample-o1", "owner") == ["NK-sample-1"]


def test_a_pack_from_before_headers_says_the_same(tmp_path: Path) -> None:
    with sample("statements-pack").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    old = tmp_path / "old.pack"
    with old.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        for row in rows:
            first = [row[column] for column in ("entity_id", "prop", "value", "dataset", "lang", "original_value")]
            writer.writerow([*first, "t", row["external"] or "f", row["first_seen"], row["last_seen"], row["id"]])
    assert read(old).claims.rows == read(sample("statements-pack")).claims.rows


class _Kept(BytesIO):
    """Stays open when whoever wrote to it is done."""

    def close(self) -> None:
        self.seek(0)


def test_followthemoney_writes_statements_that_read_alike_from_csv_and_pack(tmp_path: Path) -> None:
    told = [("name", 'Vesker "the Quill"; Orlan'), ("birthDate", "1971"), ("notes", "two\nlines")]
    statements = [
        Statement(entity_id="p1", prop=prop, schema="Person", value=value, dataset="d") for prop, value in told
    ]
    found = []
    for format_name in ("csv", "pack"):
        file = _Kept()
        write_statements(file, format_name, statements)
        path = tmp_path / f"statements.{format_name}"
        path.write_bytes(file.getvalue())
        reading = read(path)
        assert reading.publication.format == f"statements-{format_name}"
        found.append({(row.prop, row.value, row.original_value) for row in reading.claims.rows})
    assert found[0] == found[1]
    assert found[0] == {
        ("name", 'Vesker "the Quill"; Orlan', None),
        ("birthDate", "1971", None),
        ("notes", "two lines", "two\nlines"),
    }


def test_the_simple_table_says_which_kinds_of_identifier_are_inferred() -> None:
    reading = read(sample("simple-csv"))
    found = {
        (row.entity_id, row.prop, row.stance) for row in reading.claims.rows if row.locator.endswith("/identifiers")
    }
    assert found >= {
        ("sample-v1", "imoNumber", "asserts"),
        ("sample-v1", "mmsi", "infers"),
        ("sample-v1", "callSign", "infers"),
        ("sample-c1", "leiCode", "infers"),
        ("sample-p1", "idNumber", "asserts"),
        ("sample-p1", "innCode", "infers"),
        ("sample-c2", "ogrnCode", "infers"),
    }
    assert values(reading, "sample-v1", "notes") == ["identifiers: NAVY 1"]


def test_a_listing_without_words_is_a_listing_and_no_topic_is_made_of_it() -> None:
    reading = read(sample("simple-csv"))
    listings = [row.entity_id for row in reading.claims.rows if row.schema == "Sanction" and row.prop == "entity"]
    assert Counter(listing.split("-sanction-")[0] for listing in listings) == {
        "sample-p1": 1,
        "sample-c1": 2,
        "sample-c2": 1,
    }
    assert not [row for row in reading.claims.rows if row.prop == "topics"]


def test_an_unknown_column_of_the_simple_table_is_noted(tmp_path: Path) -> None:
    rows = list(csv.reader(sample("simple-csv").read_text(encoding="utf-8").splitlines(keepends=True)))
    path = tmp_path / "a.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([*row, "mood" if number == 0 else "grim"] for number, row in enumerate(rows))
    assert "mood: grim" in values(read(path), "sample-c1", "notes")


def test_a_folder_of_exports_is_read_from_the_one_that_says_most(tmp_path: Path) -> None:
    for name in FORMATS:
        (tmp_path / sample(name).name).write_bytes(sample(name).read_bytes())
    assert read(tmp_path).publication.format == "statements-csv"


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "records", "links", "addresses"),
    [
        ("zala_entities.ftm.json", 17, 21, 11),
        ("parteispenden_entities.ftm.json", 96, 290, 89),
        ("ftm-small/entities.ftm.json", 121, 160, 0),
        ("ftm-small/entities_head_288a358.ftm.json", 707, 858, 0),
        ("ftm-small/targets.nested.json", 100, 160, 0),
        ("ftm-small/targets.simple.csv", 20, 0, 0),
        ("ftm-small/statements.pack", 121, 160, 0),
        ("ua_war_sanctions_targets.simple_20260313.csv", 5600, 0, 1284),
    ],
)
def test_real_exports_give_what_counting_their_lines_gives(
    data_folder: Path, file: str, records: int, links: int, addresses: int
) -> None:
    claims = read(data_folder / "opensanctions" / file).claims
    assert (claims.counts["records"], claims.counts["links"], claims.counts["addresses"]) == (records, links, addresses)
    assert len({row.claim_id for row in claims.rows}) == len(claims.rows)
    for row in claims.rows:
        check_against_model(row)


@pytest.mark.data
@pytest.mark.parametrize(
    "file", ["zala_entities.ftm.json", "parteispenden_entities.ftm.json", "ftm-small/entities.ftm.json"]
)
def test_every_value_of_a_real_set_is_a_claim(data_folder: Path, file: str) -> None:
    path = data_folder / "opensanctions" / file
    told = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        entity = json.loads(line)
        for prop, printed in entity["properties"].items():
            told |= {(entity["id"], entity["schema"], prop, " ".join(value.split())) for value in printed}
        told |= {(entity["id"], entity["schema"], "publisher", dataset) for dataset in entity.get("datasets", ())}
    assert {(row.entity_id, row.schema, row.prop, row.value) for row in read(path).claims.rows} == told


@pytest.mark.data
def test_the_same_set_reads_alike_as_entities_and_as_statements(data_folder: Path) -> None:
    folder = data_folder / "opensanctions" / "ftm-small"
    found = [
        {(row.record_id, row.entity_id, row.schema, row.prop, row.value) for row in read(folder / name).claims.rows}
        for name in ("entities.ftm.json", "statements.pack")
    ]
    assert {row for row in found[0] if row[3] != "publisher"} == found[1]


@pytest.mark.data
def test_nested_targets_say_nothing_that_the_flat_set_does_not(data_folder: Path) -> None:
    folder = data_folder / "opensanctions" / "ftm-small"
    flat, nested = (
        {(row.record_id, row.entity_id, row.schema, row.prop, row.value) for row in read(folder / name).claims.rows}
        for name in ("entities.ftm.json", "targets.nested.json")
    )
    assert nested <= flat


@pytest.mark.data
def test_a_real_simple_table_is_read_whole(data_folder: Path) -> None:
    path = data_folder / "opensanctions" / "ua_war_sanctions_targets.simple_20260313.csv"
    reading = read(path)
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    aliases = sum(len(set(next(csv.reader([row["aliases"]], delimiter=";"), []))) for row in rows)
    assert sum(row.prop == "alias" for row in reading.claims.rows) == aliases
    assert sum(row.schema == "Sanction" and row.prop == "entity" for row in reading.claims.rows) == 5734
    assert reading.claims.published == "2026-03-13T05:41:01Z"
    assert reading.claims.counts["not_understood"] < 0.01 * len(rows) * 3


@pytest.mark.data
@pytest.mark.parametrize("name", ["senzing.json", "names.txt", "index.json"])
def test_other_exports_are_not_taken_for_a_set(data_folder: Path, name: str) -> None:
    with pytest.raises(NotThisSource):
        read(data_folder / "opensanctions" / "ftm-small" / name)
