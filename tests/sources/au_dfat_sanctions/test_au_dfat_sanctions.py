"""Australia's list: rows into records, cells typed by hand, and which workbooks are refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from shellgame.errors import BadInput, Damaged, Hostile, NotThisSource
from shellgame.model.claim import ClaimRow
from shellgame.sources.catalog import source_named
from shellgame.sources.reading import Reading, read_publication
from shellgame.testing.golden import check_against_model, golden_lines, samples

SOURCE = "au_dfat_sanctions"
(SAMPLE,) = samples(source_named(SOURCE))
FILE = SAMPLE / "Australian_Sanctions_Consolidated_List.xlsx"
LATER_COLUMNS = frozenset(
    {
        "Alias Strength",
        "IMO Number",
        "Instrument of Designation",
        "Remark of the Desk",
        "Targeted Financial Sanction",
        "Travel Ban",
    }
    | {"Arms Embargo", "Maritime Restriction"}
)
Cells = list[list[object]]


def read(path: Path) -> Reading:
    return read_publication(path, source_named(SOURCE))


@pytest.fixture(scope="module")
def sample() -> Reading:
    return read(FILE)


def changed(tmp_path: Path, change: Callable[[Cells], Cells], title: str = "Sheet1") -> Path:
    """The sample with its cells changed."""
    old = load_workbook(FILE)
    book = Workbook()
    assert book.active is not None
    book.active.title = title
    for row in change([list(row) for row in old.worksheets[0].values]):
        book.active.append(row)
    path = tmp_path / "list.xlsx"
    book.save(path)
    return path


def with_cell(reference: object, column: str, value: object) -> Callable[[Cells], Cells]:
    def change(cells: Cells) -> Cells:
        for row in cells[1:]:
            if row[0] == reference:
                row[cells[0].index(column)] = value
        return cells

    return change


def told(reading: Reading, entity_id: str, prop: str) -> list[ClaimRow]:
    return [row for row in reading.claims.rows if row.entity_id == entity_id and row.prop == prop]


def values(reading: Reading, entity_id: str, prop: str) -> list[str]:
    return [row.value for row in told(reading, entity_id, prop)]


def links(reading: Reading) -> set[tuple[str, str, str, str]]:
    found: dict[str, dict[str, str]] = {}
    ends = {"subject": "from", "person": "from", "object": "to", "relative": "to", "relationship": "role"}
    for row in reading.claims.rows:
        if row.schema in ("UnknownLink", "Family"):
            found.setdefault(row.entity_id, {"schema": row.schema})[ends.get(row.prop, row.prop)] = row.value
    return {(link["schema"], link["from"], link["role"], link["to"]) for link in found.values()}


def test_the_sample_gives_its_golden_claims() -> None:
    assert (
        golden_lines(source_named(SOURCE), SAMPLE) == (SAMPLE / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    )


def test_the_rows_of_one_number_are_one_record(sample: Reading) -> None:
    assert sample.claims.counts["rows"] == 13
    assert {row.record_id for row in sample.claims.rows} == {f"au-dfat-{number}" for number in range(7, 13)}
    assert values(sample, "au-dfat-7", "name") == ["Tamirlan QORBUN"]
    assert values(sample, "au-dfat-7", "alias") == ["تامرلان قوربون", "Tamer Korban", "مالك الحزين"]


def test_what_all_rows_repeat_is_claimed_once(sample: Reading) -> None:
    for prop in ("fatherName", "notes", "birthDate", "citizenship", "address"):
        claimed = told(sample, "au-dfat-7", prop)
        assert len(set(claimed)) == len(claimed)


def test_a_weak_alias_and_a_former_name_are_told_apart(sample: Reading) -> None:
    assert values(sample, "au-dfat-7", "weakAlias") == ["The Heron"]
    assert values(sample, "au-dfat-8", "previousName") == ["Zafirel Korban"]


def test_a_kind_of_name_that_is_not_known_stays_an_alias_and_a_note(sample: Reading) -> None:
    assert "Sette Pozzi" in values(sample, "au-dfat-9", "alias")
    assert "Name Type of Sette Pozzi: Nom de guerre" in values(sample, "au-dfat-9", "notes")


def test_types_become_schemata(sample: Reading) -> None:
    schemata = {row.entity_id: row.schema for row in sample.claims.rows if row.prop == "topics"}
    assert [schemata[f"au-dfat-{n}"] for n in (7, 8, 9, 11)] == ["Person", "Person", "Organization", "Vessel"]


def test_every_day_in_a_cell_is_claimed_and_its_words_are_kept(sample: Reading) -> None:
    assert values(sample, "au-dfat-7", "birthDate") == ["1955", "1958", "1950-02-07"]
    note = "Date of birth as printed: a) Approximately 1955- 1958 b) 7/02/1950; alt DOB: 23-Apr-68"
    assert note in values(sample, "au-dfat-7", "notes")
    assert sample.claims.counts["dates_not_understood"] == 1
    assert (values(sample, "au-dfat-8", "birthDate"), values(sample, "au-dfat-12", "birthDate")) == (
        ["1968"],
        ["1971-04-29"],
    )


def test_places_and_addresses_come_apart_at_letters_and_between_countries(sample: Reading) -> None:
    assert values(sample, "au-dfat-7", "birthPlace") == ["Bizerte, Tunisia", "Old Port"]
    assert values(sample, "au-dfat-7", "address") == ["12 Cistern Lane, Bizerte, Tunisia", "Annaba, Algeria"]
    assert values(sample, "au-dfat-9", "address") == ["Sabratha, Libya", "Tobruk, Libya"]
    assert values(sample, "au-dfat-10", "address") == ["3 Pier Road, Tobruk, 00218, Libya; near the salt pans"]
    assert not told(sample, "au-dfat-8", "address")


def test_citizenship_is_read_by_adjective_and_what_is_unsure_is_a_note(sample: Reading) -> None:
    assert values(sample, "au-dfat-7", "citizenship") == ["tn", "ua"]
    assert "Citizenship: Possibly Tunisian" in values(sample, "au-dfat-12", "notes")


def test_titles_positions_and_papers_are_found_in_the_remark(sample: Reading) -> None:
    assert values(sample, "au-dfat-7", "title") == ["Dr.", "Captain"]
    assert values(sample, "au-dfat-7", "position") == ["Harbour master", "Treasurer of the Seven Wells"]
    assert values(sample, "au-dfat-7", "passportNumber") == ["Z990011", "Z990012"]
    assert values(sample, "au-dfat-7", "idNumber") == ["09900022"]
    (paper,) = {row.entity_id for row in sample.claims.rows if row.schema == "Passport" and row.prop == "country"}
    assert values(sample, paper, "startDate") == ["2005-06-04"]


def test_contacts_and_numbers_are_found_in_the_remark(sample: Reading) -> None:
    props = ("phone", "email", "website", "registrationNumber", "imoNumber")
    assert [values(sample, "au-dfat-10", prop) for prop in props] == [
        ["+218 00 18111"], ["trade@gannet.example"], ["www.gannet.example"], ["0099001100"], ["9990011"],
    ]  # fmt: skip


def test_relations_in_remarks_are_followed_by_name(sample: Reading) -> None:
    assert links(sample) == {
        ("Family", "au-dfat-7", "brother of", "au-dfat-8"),
        ("Family", "au-dfat-8", "spouse of", "au-dfat-12"),
        ("Family", "au-dfat-12", "spouse of", "au-dfat-8"),
        ("UnknownLink", "au-dfat-7", "member of", "au-dfat-9"),
        ("UnknownLink", "au-dfat-9", "owned by", "au-dfat-10"),
    }


def test_the_day_of_listing_is_the_one_that_is_told_and_the_control_date_is_a_change(sample: Reading) -> None:
    listing = "au-dfat-7-sanction"
    assert (values(sample, listing, "listingDate"), values(sample, listing, "modifiedAt")) == (
        ["2029-01-25"],
        ["2030-12-22"],
    )
    assert values(sample, "au-dfat-8-sanction", "listingDate") == ["2029-03-27"]


def test_the_control_date_stands_for_the_listing_only_by_inference_and_only_in_the_year_of_the_instrument(
    sample: Reading,
) -> None:
    (inferred,) = told(sample, "au-dfat-10-sanction", "listingDate")
    assert (inferred.value, inferred.stance) == ("2030-02-26", "infers")
    assert not told(sample, "au-dfat-12-sanction", "listingDate")


def test_measures_and_instrument_are_provisions(sample: Reading) -> None:
    assert values(sample, "au-dfat-7-sanction", "provisions") == [
        "Targeted Financial Sanction",
        "Travel Ban",
        "Arms Embargo",
    ]
    assert values(sample, "au-dfat-11-sanction", "provisions") == [
        "Vessel Designation (No. 1) Instrument 2030",
        "Maritime Restriction",
    ]


def test_committees_are_the_programme(sample: Reading) -> None:
    assert values(sample, "au-dfat-11-sanction", "program") == ["Autonomous (Vessels)"]
    assert values(sample, "au-dfat-11-sanction", "programId") == ["AU-VESSELS"]


def test_a_column_that_is_not_known_stays_as_notes_and_is_counted(sample: Reading) -> None:
    assert "Remark of the Desk: seen by the desk" in values(sample, "au-dfat-11", "notes")
    assert sample.claims.counts["not_understood"] == 2


def test_the_name_of_the_sheet_tells_the_day_of_the_list(sample: Reading, tmp_path: Path) -> None:
    assert sample.claims.published == "2031-05-06"
    undated = read(changed(tmp_path, lambda cells: cells))
    assert undated.claims.published is None
    assert any("the workbook was last saved on" in note for note in undated.warnings)


def test_the_layout_before_2025_is_read(tmp_path: Path, sample: Reading) -> None:
    def without_later_columns(cells: Cells) -> Cells:
        kept = [position for position, name in enumerate(cells[0]) if name not in LATER_COLUMNS]
        return [[row[position] for position in kept] for row in cells if row[2] != "Vessel"]

    earlier = set(read(changed(tmp_path, without_later_columns)).claims.rows)
    expected = {
        row
        for row in sample.claims.rows
        if row.record_id != "au-dfat-11" and row.prop not in ("provisions", "weakAlias")
    }
    assert len(expected) > 120
    assert expected <= earlier


def test_a_number_given_to_two_primary_names_is_two_records(tmp_path: Path) -> None:
    def reused(cells: Cells) -> Cells:
        again = ["9", "Plover Works", "Entity", "Primary Name", *cells[11][4:]]
        return [*cells, again, ["9c", "Plover Factory", "Entity", "aka", *cells[11][4:]]]

    reading = read(changed(tmp_path, reused))
    (second,) = {row.record_id for row in reading.claims.rows if row.value == "Plover Works"}
    assert re.fullmatch(r"au-dfat-9-[0-9a-f]{12}", second)
    assert values(reading, second, "alias") == ["Plover Factory"]
    assert any("reference 9 has two primary names" in note for note in reading.warnings)


def test_an_unknown_type_stops_the_reader(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"reference 11: an unknown type 'aircraft'"):
        read(changed(tmp_path, with_cell("11", "Type", "Aircraft")))


def test_a_missing_type_is_told_of_and_the_imo_number_decides(tmp_path: Path) -> None:
    reading = read(changed(tmp_path, with_cell("11", "Type", None)))
    assert {row.schema for row in reading.claims.rows if row.entity_id == "au-dfat-11"} == {"Vessel"}
    assert any("reference 11 has no type" in note for note in reading.warnings)


@pytest.mark.parametrize(
    ("column", "value"), [("Reference", None), ("Reference", "seven"), ("Name of Individual or Entity", None)]
)
def test_a_row_without_reference_or_name_stops_the_reader(tmp_path: Path, column: str, value: object) -> None:
    with pytest.raises(Damaged, match=r"row 4: .*reference"):
        read(changed(tmp_path, with_cell("7b", column, value)))


def test_a_workbook_of_something_else_is_not_taken_for_the_list(tmp_path: Path) -> None:
    with pytest.raises(NotThisSource, match="no sheet with the columns"):
        read(changed(tmp_path, lambda _: [["Date", "Amount"], [1, 2]]))


def test_the_list_saved_as_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Reference,Name of Individual or Entity,Type\n7,Tamirlan QORBUN,Individual\n", encoding="utf-8")
    with pytest.raises(NotThisSource):
        read(path)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(FILE.read_bytes())
    with ZipFile(path, "a", 8) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * (32 << 20))
    with pytest.raises(Hostile, match=r"sheet9.xml unpacks"):
        read(path)


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_cut_workbook_is_refused(tmp_path: Path, share: float) -> None:
    path = tmp_path / "list.xlsx"
    data = FILE.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(Damaged, match="cut or mangled"):
        read(path)


@pytest.fixture(scope="module")
def real(data_folder: Path) -> Reading:
    return read(data_folder / "australia-dfat" / "regulation8_consolidated_202412.xlsx")


@pytest.fixture(scope="module")
def real_rows(data_folder: Path) -> list[tuple[object, ...]]:
    book = load_workbook(data_folder / "australia-dfat" / "regulation8_consolidated_202412.xlsx", read_only=True)
    rows = [row[:12] for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()
    return [row for row in rows[1:] if row[0] is not None]


@pytest.mark.data
def test_every_real_row_is_in_the_record_of_its_number(real: Reading, real_rows: list[tuple[object, ...]]) -> None:
    assert len(real_rows) == real.claims.counts["rows"] == 9553
    expected = {
        (f"au-dfat-{number}", " ".join(str(row[1]).split()))
        for number, rows in groupby(real_rows, key=lambda row: re.match(r"\d+", str(row[0])).group())  # type: ignore[union-attr]
        for row in rows
    }
    names = {
        (row.entity_id, row.value)
        for row in real.claims.rows
        if row.prop in ("name", "alias", "previousName", "weakAlias")
    }
    assert len({record for record, _ in expected}) == real.claims.counts["records"] == 3062
    assert {
        (record, re.sub(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\xad\ufeff]", "", name)) for record, name in expected
    } <= names


@pytest.mark.data
def test_the_real_primary_names_programmes_and_control_dates(
    real: Reading, real_rows: list[tuple[object, ...]]
) -> None:
    primary = [row for row in real_rows if "primary" in str(row[3]).lower()]
    assert len(primary) == 3062
    schemata = Counter(row.schema for row in real.claims.rows if row.prop == "topics")
    kinds = Counter(str(row[2]).strip().lower() for row in primary)
    assert schemata == {"Person": kinds["individual"], "Organization": kinds["entity"]}
    programs = Counter(row.value for row in real.claims.rows if row.prop == "program")
    printed = Counter(" ".join(str(row[10]).split()) for row in primary)
    assert {program: count for program, count in printed.items() if abs(programs[program] - count) > 1} == {}
    days = {(f"au-dfat-{row[0]}-sanction", str(row[11])[:10]) for row in primary}
    assert days <= {(row.entity_id, row.value) for row in real.claims.rows if row.prop == "modifiedAt"}


@pytest.mark.data
def test_nearly_every_real_birth_is_read(real: Reading, real_rows: list[tuple[object, ...]]) -> None:
    born = {
        re.match(r"\d+", str(row[0])).group() for row in real_rows if row[4] and str(row[4]).strip().lower() != "na"
    }  # type: ignore[union-attr]
    read_births = {
        row.entity_id.removeprefix("au-dfat-")
        for row in real.claims.rows
        if row.prop in ("birthDate", "incorporationDate")
    }
    assert len(born) > 2000
    assert len(born - read_births) <= 2
    assert real.claims.counts["dates_not_understood"] < 15


@pytest.mark.data
def test_the_real_claims_fit_the_model_and_the_expected_counts(real: Reading) -> None:
    for row in real.claims.rows:
        check_against_model(row)
    assert not [warning for warning in real.warnings if "usual" in warning]
