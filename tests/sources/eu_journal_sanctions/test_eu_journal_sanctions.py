"""Transcribed EU annexes: which rows are one record, what the cells become, and which files are refused."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest
from followthemoney import model

from shellgame.errors import BadInput, Damaged, NotThisSource
from shellgame.model.claim import ClaimRow
from shellgame.sources.catalog import source_named
from shellgame.sources.claims import digest
from shellgame.sources.eu_journal_sanctions.names import alternatives
from shellgame.sources.eu_journal_sanctions.papers import numbers, papers
from shellgame.sources.eu_journal_sanctions.rows import AMENDMENTS, COLUMNS_OF, CONSOLIDATED
from shellgame.sources.reading import Reading, read_publication
from shellgame.testing.golden import check_against_model, golden_lines, samples

SOURCE = "eu_journal_sanctions"
(SAMPLE,) = samples(source_named(SOURCE))
ACT = SAMPLE / "32090R0001.csv"
VYDUMSKAYA = "eu-oj-32090r0001-8d1c6fb7601b"
VYDUMKA = "eu-oj-32090r0001-88bafd1e528d"
VESSEL = "eu-oj-32090r0001-imo9000013"


def read(path: Path) -> Reading:
    return read_publication(path, source_named(SOURCE))


@pytest.fixture(scope="module")
def sample() -> Reading:
    return read(SAMPLE)


def told(reading: Reading, entity_id: str, prop: str) -> list[ClaimRow]:
    return [row for row in reading.claims.rows if row.entity_id == entity_id and row.prop == prop]


def values(reading: Reading, entity_id: str, prop: str) -> set[str]:
    return {row.value for row in told(reading, entity_id, prop)}


def listings(reading: Reading, record_id: str) -> list[dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = {}
    for row in reading.claims.rows:
        if row.record_id == record_id and row.schema == "Sanction":
            found.setdefault(row.entity_id, {}).setdefault(row.prop, set()).add(row.value)
    return list(found.values())


def act(tmp_path: Path, *rows: dict[str, str], amendments: bool = False, name: str = "32090R0009.csv") -> Path:
    columns = AMENDMENTS if amendments else CONSOLIDATED
    usual = {
        "celex": "32090R0009", "amendedCelex": "32090R0009", "amendmentCelex": "32090R0010", "programKey": "EU-BLR", "annex": "I.A",
        "measure": "Asset freeze", "schema": "Person", "name": "Adam INVENTED",
    }  # fmt: skip
    path = tmp_path / name
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        table.writeheader()
        table.writerows({**usual, **row} for row in rows)
    return path


def changed(tmp_path: Path, old: bytes, new: bytes) -> Path:
    content = ACT.read_bytes()
    assert old in content
    path = tmp_path / ACT.name
    path.write_bytes(content.replace(old, new, 1))
    return path


def test_the_sample_gives_its_golden_claims() -> None:
    assert (
        golden_lines(source_named(SOURCE), SAMPLE) == (SAMPLE / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    )


def test_a_folder_of_acts_of_both_kinds_is_one_publication(sample: Reading) -> None:
    assert sorted(sample.publication.parts) == ["32090R0001.csv", "32090R0002.csv", "32090R0777.csv"]
    assert sample.claims.counts["rows"] == 11
    assert sample.claims.counts["records"] == 9


def test_a_file_is_known_by_the_act_in_its_first_row_whatever_it_is_called(tmp_path: Path) -> None:
    shutil.copy(ACT, tmp_path / "annexes (1).csv")
    assert list(read(tmp_path / "annexes (1).csv").publication.parts) == ["32090R0001.csv"]


def test_one_entity_in_two_annexes_is_one_record_with_two_listings(sample: Reading) -> None:
    assert [listing["provisions"] for listing in listings(sample, VYDUMKA)] == [
        {"Asset freeze", "Annex I.B"},
        {"Export control", "Annex V"},
    ]
    assert values(sample, VYDUMKA, "topics") == {"sanction", "export.control"}


def test_a_listing_names_act_programme_days_and_reasons(sample: Reading) -> None:
    (listing,) = listings(sample, VYDUMSKAYA)
    assert listing["program"] == {"32090R0001"}
    assert listing["programId"] == {"EU-BLR"}
    assert listing["listingDate"] == listing["startDate"] == {"2090-03-04"}
    assert listing["recordId"] == {"7"}
    assert listing["country"] == {"eu"}
    assert listing["sourceUrl"] == {"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32090R0001"}
    assert listing["reason"] == {
        'She directs JSC Vydumka and therefore supports the invented regime; "she profits from it".'
    }


def test_a_renamed_vessel_stays_one_record_by_its_imo_number(sample: Reading) -> None:
    assert values(sample, VESSEL, "name") == {"PRYDUMKA STAR", "PRYDUMKA MOON"}
    assert [listing["sourceUrl"].pop()[-10:] for listing in listings(sample, VESSEL)] == ["32090R0001", "32090R0777"]


def test_an_amending_act_adds_to_the_record_of_the_framework_act(sample: Reading) -> None:
    assert {row.locator.split("#")[0] for row in sample.claims.rows if row.record_id == VESSEL} == {
        "32090R0001.csv",
        "32090R0777.csv",
    }


def test_alternatives_in_one_name_are_names_each_and_say_where_they_stood(tmp_path: Path) -> None:
    both = "Bielvydumka / JSC ‘Vydumka’"
    reading = read(act(tmp_path, {"schema": "LegalEntity", "name": both, "alias": "Белвыдумка / ААТ «Выдумка»; Vyd/A"}))
    rows = [row for row in reading.claims.rows if row.prop in ("name", "alias")]
    assert [(row.prop, row.value) for row in rows] == [
        ("name", "Bielvydumka"), ("name", "JSC ‘Vydumka’"),
        ("alias", "Белвыдумка"), ("alias", "ААТ «Выдумка»"), ("alias", "Vyd/A"),
    ]  # fmt: skip
    assert [row.quote for row in rows] == [both, both, *["Белвыдумка / ААТ «Выдумка»"] * 2, None]


def test_a_record_goes_by_its_name_as_printed_with_all_alternatives(tmp_path: Path) -> None:
    both = {"schema": "LegalEntity", "name": "Bielvydumka / JSC ‘Vydumka’"}
    reading = read(act(tmp_path, both, {**both, "annex": "V"}))
    assert {row.record_id for row in reading.claims.rows} == {f"eu-oj-32090r0009-{digest(*both.values())}"}


@pytest.mark.parametrize(
    ("name", "person", "parts"),
    [
        ("Iryna VYDUM/ Irina VYDUM", True, ["Iryna VYDUM", "Irina VYDUM"]),
        ("Iryna VYDUM / I. Vydum / Irina VYDUM", True, ["Iryna VYDUM", "I. Vydum", "Irina VYDUM"]),
        ("Iryna VYDUM/", True, ["Iryna VYDUM"]),
        ("Iryna VYDUM/VYDUMA", True, ["Iryna VYDUM/VYDUMA"]),
        ("Iryna/ Irina VYDUM", True, ["Iryna/ Irina VYDUM"]),
        ("Vydumka Army/Front/Party", False, ["Vydumka Army/Front/Party"]),
        ("Vydumka J/V", False, ["Vydumka J/V"]),
        ("The Vydumka Base/Army of Two Rivers", False, ["The Vydumka Base/Army of Two Rivers"]),
        ("/", False, ["/"]),
    ],
)
def test_only_whole_names_are_taken_apart(name: str, person: bool, parts: list[str]) -> None:
    assert alternatives(name, person=person) == parts


def test_two_numbered_persons_of_one_name_stay_two(sample: Reading) -> None:
    ids = {row.record_id for row in sample.claims.rows if row.value == "Piotr NIBYTSKI"}
    assert len(ids) == 2


def test_the_id_of_a_record_outlives_a_renumbered_annex(tmp_path: Path) -> None:
    before = read(act(tmp_path, {"recordId": "12"})).claims.rows[0].record_id
    assert read(act(tmp_path, {"recordId": "11"})).claims.rows[0].record_id == before


def test_persons_of_one_name_in_two_annexes_are_one_only_where_a_number_or_birth_date_says_so(tmp_path: Path) -> None:
    apart = read(act(tmp_path, {"recordId": "1"}, {"recordId": "1", "annex": "II"}))
    same = read(
        act(tmp_path, {"recordId": "1", "birthDate": "1.2.1960"}, {"annex": "II", "birthDate": "1 February 1960"})
    )
    assert apart.claims.counts["records"] == 2
    assert same.claims.counts["records"] == 1


def test_one_entry_under_two_measures_is_one_record(tmp_path: Path) -> None:
    reading = read(act(tmp_path, {"recordId": "1"}, {"recordId": "1", "measure": "Travel ban"}))
    assert reading.claims.counts["records"] == 1
    assert reading.claims.counts["rows"] == 2


def test_companies_of_one_name_with_differing_numbers_are_two(tmp_path: Path) -> None:
    reading = read(
        act(
            tmp_path,
            {"schema": "Company", "annex": "I", "registrationNumber": "1001"},
            {"schema": "Company", "annex": "V", "registrationNumber": "1002"},
        )
    )
    assert len({row.record_id for row in reading.claims.rows}) == 2


def test_inner_lists_decode_with_quoted_semicolons(tmp_path: Path) -> None:
    reading = read(act(tmp_path, {"alias": '"One; Two"; Three; "the ""Fourth"""'}))
    assert {row.value for row in reading.claims.rows if row.prop == "alias"} == {"One; Two", "Three", 'the "Fourth"'}


def test_names_in_other_scripts_have_no_language(sample: Reading) -> None:
    (name,) = [row for row in sample.claims.rows if row.value == "Тамара Ігнатаўна ВЫДУМСКАЯ"]
    assert (name.prop, name.lang) == ("alias", None)


def test_alternative_birth_dates_keep_the_printed_words(sample: Reading) -> None:
    dates = {row.value: (row.original_value, row.quote) for row in told(sample, VYDUMSKAYA, "birthDate")}
    assert dates == {
        "2050-12-30": ("30.12.2050", "(a) 30.12.2050, (b) circa 2049"),
        "2049": ("circa 2049", "(a) 30.12.2050, (b) circa 2049"),
    }


def test_both_nationalities_are_claimed(sample: Reading) -> None:
    assert values(sample, VYDUMSKAYA, "nationality") == {"by", "lv"}


def test_what_is_said_unsurely_stays_a_note_and_is_counted(sample: Reading) -> None:
    notes = {row.value for row in sample.claims.rows if row.prop == "notes"}
    assert "nationality as printed: allegedly Lithuanian" in notes
    assert "idNumber as printed: number unknown" in notes
    assert sample.claims.counts["not_understood"] == 4
    assert any("kept as notes" in note for note in sample.claims.notes)


def test_a_passport_is_a_paper_and_a_plain_number(sample: Reading) -> None:
    assert values(sample, VYDUMSKAYA, "passportNumber") == {"MP0000001"}
    (paper,) = {row.entity_id for row in sample.claims.rows if row.schema == "Passport"}
    assert values(sample, paper, "country") == {"by"}
    assert values(sample, paper, "startDate") == {"2080-02-01"}
    assert values(sample, paper, "endDate") == {"2090-02-01"}


def test_an_identity_card_among_the_passports_is_no_passport(sample: Reading) -> None:
    assert "BYX1234567" in values(sample, VYDUMSKAYA, "idNumber")


def test_the_country_at_the_end_of_an_address_is_marked_as_inferred(sample: Reading) -> None:
    (country,) = told(sample, VYDUMKA, "country")
    assert (country.value, country.stance) == ("by", "infers")
    assert country.quote == "Zavodskaya 5, Prydumsk, 220000, Republic of Belarus"


def test_an_address_that_is_a_country_asserts_it_with_its_remark(tmp_path: Path) -> None:
    reading = read(act(tmp_path, {"address": "Libya (Believed status/location: deceased)"}))
    said = {
        (row.schema, row.prop, row.value, row.stance) for row in reading.claims.rows if row.locator.endswith("/address")
    }
    assert ("Person", "country", "ly", "asserts") in said
    assert ("Address", "remarks", "Believed status/location: deceased", "asserts") in said


def test_kin_and_owners_in_prose_make_no_links(sample: Reading) -> None:
    assert sample.claims.counts["links"] == 0
    assert "Sister of the founder of JSC Vydumka" in values(sample, VYDUMSKAYA, "notes")


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("7725842590 (Tax ID/INN)", [("innCode", "7725842590")]),
        ("02150590 (United Kingdom)", [("registrationNumber", "02150590")]),
        ("SRN/OGRN 1071651000035", [("ogrnCode", "1071651000035")]),
        ("CR No. 3176428", [("registrationNumber", "3176428")]),
        ("HRB 81573", [("registrationNumber", "HRB 81573")]),
        ("5404154492 / 540501001", [("registrationNumber", "5404154492 / 540501001")]),
        ("unknown", [("registrationNumber", "unknown")]),
    ],
)
def test_a_number_leaves_its_label_behind_only_where_all_is_understood(
    printed: str, read_as: list[tuple[str, str]]
) -> None:
    assert numbers("registrationNumber", printed) == read_as


@pytest.mark.parametrize(
    ("printed", "number", "country"),
    [
        ("C2002515 (Iran)", "C2002515", "ir"),
        ("Morocco number V06359364", "V06359364", "ma"),
        ("series 6023 No 090380", "6023 090380", ""),
        ("12/YAKANA(N)006981", "12/YAKANA(N)006981", ""),
        ("A0009228 (Unconfirmed (likely Iran))", "A0009228", ""),
        ("Trinidad and Tobago identification number 19860", "19860", "tt"),
    ],
)
def test_a_paper_gives_its_number_and_country(printed: str, number: str, country: str) -> None:
    (((paper, words)),) = papers(printed)
    assert (paper.number, paper.country, words) == (number, country, printed)


@pytest.mark.parametrize("schema", COLUMNS_OF)
def test_every_column_is_a_property_of_its_schema(schema: str) -> None:
    assert COLUMNS_OF[schema] <= set(model.get(schema).properties)


def test_a_column_that_does_not_fit_the_schema_stays_as_a_note(tmp_path: Path) -> None:
    reading = read(act(tmp_path, {"schema": "Asset", "name": "Bridge", "phone": "+375 17 000-00-01"}))
    assert [row.value for row in reading.claims.rows if row.prop == "notes"] == ["phone as printed: +375 17 000-00-01"]
    assert reading.claims.counts["not_understood"] == 1


def test_an_unknown_schema_stops_with_file_record_and_remedy(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refusal:
        read(act(tmp_path, {"recordId": "4", "schema": "Spaceship"}))
    assert str(refusal.value) == (
        "32090R0009.csv, line 2 (annex I.A, entry 4, 'Adam INVENTED'): unknown schema 'Spaceship'; the format knows Person, "
        "LegalEntity, Organization, Company, Vessel, Asset; add it to `COLUMNS_OF` in sources/eu_journal_sanctions/rows.py"
    )


@pytest.mark.parametrize("column", ["name", "programKey", "annex", "measure"])
def test_a_row_without_what_every_row_has_stops(tmp_path: Path, column: str) -> None:
    with pytest.raises(BadInput, match=f"no {column}"):
        read(act(tmp_path, {column: " "}))


def test_a_row_of_another_act_stops(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="a row of 32090R0008 in the file of 32090R0009"):
        read(act(tmp_path, {}, {"celex": "32090R0008"}))


def test_a_cell_that_is_no_celex_number_stops(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="where the CELEX number of an act belongs"):
        read(act(tmp_path, {}, {"celex": "02014R0833-20260717"}))


def test_a_broken_inner_list_stops(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="is no list of values"):
        read(act(tmp_path, {"alias": '"One; Two" x; Three'}))


def test_a_number_cut_by_a_spreadsheet_stops(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="digits were lost to a spreadsheet"):
        read(act(tmp_path, {"schema": "Company", "ogrnCode": "1.02773E+12"}))


def test_a_file_saved_with_semicolons_is_refused_as_saved_by_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "32090R0001.csv"
    path.write_bytes(ACT.read_bytes().replace(b",", b";"))
    with pytest.raises(Damaged, match="no longer parted by commas"):
        read(path)


def test_a_missing_column_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(NotThisSource, match="missing \\['motherName'\\]"):
        read(changed(tmp_path, b"motherName,", b""))


def test_every_cut_within_a_row_is_refused(tmp_path: Path) -> None:
    content = ACT.read_bytes()
    path = tmp_path / ACT.name
    for cut in range(700, len(content) - 2, 41):
        if content[:cut].endswith(b"\n"):
            continue
        path.write_bytes(content[:cut])
        with pytest.raises(BadInput):
            read(path)


def test_an_act_without_entries_is_no_publication_alone() -> None:
    with pytest.raises(Damaged, match="not a single record"):
        read(SAMPLE / "32090R0002.csv")


@pytest.mark.data
def test_real_acts_give_the_rows_that_they_hold(data_folder: Path) -> None:
    folder = data_folder / "eu-journal"
    assert read(folder / "consolidated" / "32006R0765.csv").claims.counts["rows"] == 408
    assert read(folder / "consolidated" / "32016R0044.csv").claims.counts["rows"] == 51
    assert read(folder / "amendments").claims.counts["rows"] == 417


@pytest.mark.data
def test_real_consolidated_acts_are_read_whole(data_folder: Path) -> None:
    folder = data_folder / "eu-journal" / "consolidated"
    reading = read(folder)
    assert reading.claims.counts["rows"] == 8017
    assert len({row.record_id for row in reading.claims.rows}) == reading.claims.counts["records"] == 7980
    assert not [warning for warning in reading.warnings if "usual" in warning]
    for row in reading.claims.rows:
        check_against_model(row)
    printed = _printed(folder)
    names = Counter(
        row.prop for row in {r for r in reading.claims.rows if r.prop in printed and r.schema != "Sanction"}
    )
    assert names["alias"] >= printed["alias"] - 5  # an entity that two rows name has an alias once
    reasons = {row.value for row in reading.claims.rows if row.prop == "reason"}
    assert len(reasons) == _distinct_reasons(folder)


def _printed(folder: Path) -> Counter[str]:
    printed: Counter[str] = Counter()
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                printed["alias"] += len(next(csv.reader([row["alias"]], delimiter=";", skipinitialspace=True), []))
    return printed


def _distinct_reasons(folder: Path) -> int:
    found = set()
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {" ".join(row["reason"].split()) for row in csv.DictReader(file)}
    return len(found - {""})
