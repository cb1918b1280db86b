"""The Financial Sanctions Files: what the three layouts become, what they share, and which files are refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from shellgame.errors import BadInput, Damaged, Hostile, NotThisSource
from shellgame.model.claim import ClaimRow
from shellgame.sources.catalog import source_named
from shellgame.sources.eu_fsf.csv_1_0 import HEADER
from shellgame.sources.reading import Reading, read_publication
from shellgame.testing.golden import golden_lines, samples

SOURCE = "eu_fsf"
SAMPLES = {sample.name: sample for sample in samples(source_named(SOURCE))}
XML = SAMPLES["xml-1.1"] / "20900508-FULL-1_1.xml"
CSV_1_1 = SAMPLES["csv-1.1"] / "20900508-FULL-1_1.csv"
CSV_1_0 = SAMPLES["csv-1.0"] / "20900508-FULL-1_0.csv"
PERSON, WORKS = "eu-fsf-eu-90001-1", "eu-fsf-eu-90002-2"


def read(path: Path) -> Reading:
    return read_publication(path, source_named(SOURCE))


@pytest.fixture(scope="module")
def xml() -> Reading:
    return read(XML)


def told(reading: Reading, entity_id: str, prop: str) -> list[ClaimRow]:
    return [row for row in reading.claims.rows if row.entity_id == entity_id and row.prop == prop]


def values(reading: Reading, entity_id: str, prop: str) -> set[str]:
    return {row.value for row in told(reading, entity_id, prop)}


def changed(tmp_path: Path, file: Path, old: str, new: str) -> Path:
    text = file.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / file.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def wrapped(tmp_path: Path, lines: list[str], *, encoding: str = "utf-8") -> Path:
    """What a spreadsheet makes of a file: every line one quoted cell, padded with tabs."""
    path = tmp_path / CSV_1_0.name
    text = "".join('"' + line.replace('"', '""') + "\t" * 5 + '"\n' for line in lines)
    path.write_bytes(text.encode(encoding, "replace"))
    return path


def lines_of(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8-sig").splitlines()


@pytest.mark.parametrize("layout", SAMPLES)
def test_each_sample_gives_its_golden_claims(layout: str) -> None:
    golden = (SAMPLES[layout] / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    assert golden_lines(source_named(SOURCE), SAMPLES[layout]) == golden


def test_ids_are_made_of_the_eu_reference_and_else_of_the_logical_id(xml: Reading) -> None:
    assert {row.record_id for row in xml.claims.rows} == {PERSON, WORKS, "eu-fsf-logical-900003"}


def test_the_moment_of_the_file_is_told_in_utc(xml: Reading) -> None:
    assert xml.claims.published == "2090-05-08T14:10:07Z"
    assert read(CSV_1_1).claims.published == read(CSV_1_0).claims.published == "2090-05-08"


def test_all_names_are_names_with_the_language_that_is_stated(xml: Reading) -> None:
    names = {row.value: row.lang for row in told(xml, PERSON, "name")}
    assert names == {"Tamara Ihnatauna VYDUMSKAYA": "eng", "Тамара Ігнатаўна ВЫДУМСКАЯ": "bel"}
    assert {row.value: row.lang for row in told(xml, WORKS, "name")} == {"JSC Vydumka": "eng", "Vydumka-Werke": "deu"}


def test_a_clause_that_only_grades_a_name_makes_it_an_alias_of_that_kind(xml: Reading) -> None:
    assert "Toma" in values(xml, PERSON, "weakAlias")
    assert values(xml, PERSON, "alias") == {"Tamara Vydumskaja"}
    assert values(xml, PERSON, "previousName") == {"Tamara PRYDUMSKAYA"}


def test_a_remark_that_speaks_of_another_name_grades_nothing(tmp_path: Path) -> None:
    path = changed(tmp_path, XML, "<remark>formerly known as</remark>", "<remark>formerly known as Plant No 5</remark>")
    assert "Tamara PRYDUMSKAYA" in values(read(path), PERSON, "name")


def test_parts_of_a_name_keep_their_kind(xml: Reading) -> None:
    assert values(xml, PERSON, "firstName") == {"Tamara", "T."}
    assert values(xml, PERSON, "middleName") == {"Ihnatauna"}
    assert values(xml, PERSON, "lastName") == {"VYDUMSKAYA", "V."}


def test_a_function_is_a_position_of_a_person_and_a_note_on_an_enterprise(xml: Reading) -> None:
    assert values(xml, PERSON, "position") == {"Director of JSC Vydumka", "member of the board"}
    assert "Machine works" in values(xml, WORKS, "notes")


def test_a_listing_names_programme_act_and_days(xml: Reading) -> None:
    listing = f"{PERSON}-sanction-blr"
    said = {row.prop: row.value for row in xml.claims.rows if row.entity_id == listing}
    assert said == {
        "entity": PERSON, "authority": "European Union", "country": "eu", "program": "BLR", "programId": "EU-BLR",
        "authorityId": "EU.90001.1", "recordId": "900001", "unscId": "XXi.001", "provisions": "2090/77 (OJ L 90)",
        "sourceUrl": "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32090R0077", "listingDate": "2090-03-04",
        "startDate": "2090-03-04", "modifiedAt": "2090-04-01", "summary": "By association with JSC Vydumka",
    }  # fmt: skip


def test_without_a_day_of_designation_the_days_of_the_act_stand_in(xml: Reading) -> None:
    (day,) = told(xml, f"{WORKS}-sanction-taqa", "listingDate")
    assert day.value == "2090-03-04"
    assert day.quote == "2090/1 (OJ L 80), regulation by the council, published 2090-03-04, in force 2090-03-05"
    assert values(xml, f"{WORKS}-sanction-taqa", "programId") == {"EU-TAQA-EUAQ"}


def test_a_programme_without_a_plain_key_has_none(xml: Reading) -> None:
    assert values(xml, f"{PERSON}-sanction-xyz", "program") == {"XYZ"}
    assert not told(xml, f"{PERSON}-sanction-xyz", "programId")


def test_birth_dates_are_as_exact_as_stated(xml: Reading) -> None:
    dates = {row.value: row.quote for row in told(xml, PERSON, "birthDate")}
    assert dates == {
        "2050-12-30": None, "2049": "circa 2049", "2051-06": None, "2048": "between 2048 and 2052",
        "2052": "between 2048 and 2052", "2050-12-29": None,
    }  # fmt: skip


def test_a_year_of_another_calendar_is_never_read_as_ours(xml: Reading) -> None:
    assert not values(xml, PERSON, "birthDate") & {"1473", "1474", "1473-04-03"}
    assert "birthDate as printed: 1474 (Islamic calendar)" in values(xml, PERSON, "notes")


def test_an_unknown_country_is_none(xml: Reading) -> None:
    assert values(xml, PERSON, "nationality") == {"by"}
    assert not any("UNKNOWN" in row.value for row in xml.claims.rows)


def test_a_passport_is_a_paper_and_a_plain_number_in_both_alphabets(xml: Reading) -> None:
    assert values(xml, PERSON, "passportNumber") == {"МП0000001", "MP0000001"}
    papers = {row.entity_id for row in xml.claims.rows if row.schema == "Passport" and row.value == "MP0000001"}
    (paper,) = papers
    assert values(xml, paper, "endDate") == {"2090-02-01"}
    assert "reported lost" in values(xml, paper, "summary").pop()


def test_a_paper_known_to_be_false_gives_no_number_to_match_by(xml: Reading) -> None:
    assert "XX0000000" not in values(xml, PERSON, "passportNumber")
    assert any(row.schema == "Passport" and row.value == "known to be false" for row in xml.claims.rows)


def test_each_code_of_a_number_has_its_property(xml: Reading) -> None:
    numbers = {
        prop: values(xml, WORKS, prop)
        for prop in ("registrationNumber", "taxNumber", "vatCode", "swiftBic", "imoNumber", "licenseNumber")
    }
    assert numbers == {
        "registrationNumber": {"100000001"}, "taxNumber": {"1000000002", "T-9"}, "vatCode": {"MT00000000"},
        "swiftBic": {"VYDMBY2X"}, "imoNumber": {"9000001"}, "licenseNumber": {"TL-1"},
    }  # fmt: skip


def test_a_paper_of_an_unknown_code_is_kept_counted_and_told(xml: Reading) -> None:
    assert any(row.schema == "Identification" and row.value == "Q-1" for row in xml.claims.rows)
    assert any("unknown kind 'moonpass'" in note for note in xml.claims.notes)


def test_contacts_become_phone_email_and_website(xml: Reading) -> None:
    assert values(xml, PERSON, "phone") == {"+375 17 000-00-01", "+375 17 000-00-02", "+375 17 000-00-03"}
    assert values(xml, PERSON, "email") == {"toma@vydumka.example", "office@vydumka.example"}
    assert values(xml, PERSON, "website") == {"https://vydumka.example"}


def test_what_the_layout_does_not_provide_for_stays_as_a_note_and_is_counted(xml: Reading) -> None:
    notes = values(xml, WORKS, "notes")
    assert {"mood: sombre", "mascot: Misha", "mascot/kind: bear"} <= notes
    assert "Entity_Mood: sombre" in values(read(CSV_1_1), WORKS, "notes")
    assert xml.claims.counts["not_understood"] == 8


def test_an_address_keeps_its_parts_its_box_and_its_remark(xml: Reading) -> None:
    (address,) = {row.value for row in told(xml, PERSON, "addressEntity")}
    said = {row.prop: row.value for row in xml.claims.rows if row.entity_id == address}
    assert said["postOfficeBox"] == "77"
    assert said["postalCode"] == "220000"
    assert said["remarks"] == "c/o JSC Vydumka; as at listing time"
    assert said["country"] == "by"


def test_locators_name_file_record_and_element(xml: Reading) -> None:
    (name,) = [row for row in xml.claims.rows if row.value == "Vydumka-Werke"]
    assert name.locator == "fsf.xml#EU.90002.2/nameAlias/920102/wholeName"


def test_the_wide_rows_say_what_the_xml_says(xml: Reading) -> None:
    def said(reading: Reading, prop: str) -> set[tuple[str, str | None]]:
        return {(row.value, row.lang) for row in told(reading, PERSON, prop)}

    for prop in ("name", "firstName", "gender", "position", "passportNumber", "nationality", "address", "website"):
        assert said(read(CSV_1_1), prop) == said(xml, prop) - {("T.", None)}


def test_a_paper_in_words_is_taken_apart(tmp_path: Path) -> None:
    reading = read(CSV_1_0)
    assert values(reading, PERSON, "passportNumber") == {"MP0000001"}
    assert values(reading, PERSON, "idNumber") == {"400-1 Q70"}
    assert "identification/number: papers in the archive" in values(reading, PERSON, "notes")


def test_countries_of_three_letters_are_read(tmp_path: Path) -> None:
    assert values(read(CSV_1_0), PERSON, "birthCountry") == {"by", "lv"}


def test_of_a_folder_with_all_layouts_the_xml_is_read(tmp_path: Path) -> None:
    for file in (XML, CSV_1_0):
        shutil.copy(file, tmp_path / file.name)
    shutil.copy(CSV_1_1, tmp_path / "wide.csv")
    reading = read(tmp_path)
    assert reading.publication.format == "xml-1.1"
    assert sorted(reading.publication.ignored) == [CSV_1_0.name, "wide.csv"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (XML, '<subjectType code="enterprise" classificationCode="E"/>', '<subjectType code="vehicle"/>'),
        (XML, '<subjectType code="enterprise" classificationCode="E"/>', ""),
        (CSV_1_0, ";900002;E;", ";900002;V;"),
    ],
)
def test_an_unknown_subject_type_stops_with_record_and_remedy(tmp_path: Path, file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8").replace(old, new)
    (tmp_path / file.name).write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"record EU.90002.2: unknown subject type .*SUBJECT_TYPES"):
        read(tmp_path / file.name)


def test_types_that_contradict_each_other_stop(tmp_path: Path) -> None:
    path = changed(
        tmp_path, XML, 'code="enterprise" classificationCode="E"', 'code="enterprise" classificationCode="P"'
    )
    with pytest.raises(BadInput, match="unknown subject type 'enterprise' / 'P'"):
        read(path)


def test_xml_cut_anywhere_is_refused(tmp_path: Path) -> None:
    content = XML.read_bytes()
    path = tmp_path / XML.name
    for cut in range(400, len(content) - 10, 997):
        path.write_bytes(content[:cut])
        with pytest.raises(BadInput):
            read(path)


def test_a_document_type_is_refused_as_hostile(tmp_path: Path) -> None:
    path = changed(tmp_path, XML, "<export ", '<!DOCTYPE export [<!ENTITY a "b">]>\n<export ')
    with pytest.raises(Hostile):
        read(path)


def test_a_moment_that_is_none_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, XML, "2090-05-08T16:10:07.449+02:00", "yesterday")
    with pytest.raises(BadInput, match="generationDate 'yesterday' is no moment"):
        read(path)


def test_another_export_is_not_taken_for_the_list(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_text('<export xmlns="urn:other"><sanctionEntity/></export>', encoding="utf-8")
    with pytest.raises(NotThisSource):
        read(path)


@pytest.mark.parametrize("file", [CSV_1_0, CSV_1_1])
def test_csv_cut_within_a_row_is_refused(tmp_path: Path, file: Path) -> None:
    content = file.read_bytes()
    header = content.index(b"\n") + 1
    path = tmp_path / file.name
    for cut in range(header + 40, len(content) - 12, 211):
        if content[:cut].endswith(b"\n"):
            continue
        path.write_bytes(content[:cut])
        with pytest.raises(BadInput):
            read(path)


def test_a_last_row_without_line_break_is_read_where_nothing_can_be_missing(tmp_path: Path) -> None:
    path = tmp_path / CSV_1_0.name
    path.write_bytes(CSV_1_0.read_bytes().rstrip(b"\n"))
    assert read(path).claims.counts["records"] == 2
    path.write_bytes(CSV_1_0.read_bytes().rstrip(b"\n")[:-2])
    with pytest.raises(Damaged, match=r"the file ends within a row, at 'EU.90002'"):
        read(path)


def test_rows_of_one_record_that_disagree_are_refused(tmp_path: Path) -> None:
    lines = lines_of(CSV_1_0)
    lines[-1] = lines[-1].replace("EU.90002.2", "EU.90003.3")
    path = tmp_path / CSV_1_0.name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(Damaged, match=r"line 12, logical id 900002: EU.90003.3"):
        read(path)


def test_a_missing_column_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(NotThisSource, match="missing \\['Citi_country'\\], unexpected \\['Citizenland'\\]"):
        read(changed(tmp_path, CSV_1_0, "Citi_country", "Citizenland"))
    with pytest.raises(NotThisSource, match="no columns NameAlias_WholeName"):
        read(changed(tmp_path, CSV_1_1, "NameAlias_WholeName", "NameAlias_TotalName"))


def test_a_file_that_was_only_wrapped_by_a_spreadsheet_says_the_same(tmp_path: Path) -> None:
    clean = tmp_path / "clean"
    clean.mkdir()
    text = CSV_1_0.read_text(encoding="utf-8").replace(",", "")
    (clean / CSV_1_0.name).write_text(text, encoding="utf-8")
    again = read(wrapped(tmp_path, text.splitlines()))
    assert again.claims.rows == read(clean / CSV_1_0.name).claims.rows


def test_commas_that_became_tabs_are_told_with_their_line(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match=r"line 4: a spreadsheet has wrapped every line.*commas have become tabs"):
        read(wrapped(tmp_path, [line.replace(",", "\t") for line in lines_of(CSV_1_0)]))


def test_letters_that_became_question_marks_are_told_with_their_line(tmp_path: Path) -> None:
    lines = [line.replace(",", "") for line in lines_of(CSV_1_0)]
    with pytest.raises(
        Damaged, match=r"line 3: .*letters have become question marks in 1 lines, '[?]{6} [?]{9} [?]{9}'"
    ):
        read(wrapped(tmp_path, lines, encoding="cp1252"))


def test_letters_lost_without_wrapping_are_refused_too(tmp_path: Path) -> None:
    path = tmp_path / CSV_1_0.name
    path.write_bytes(CSV_1_0.read_text(encoding="utf-8").encode("cp1252", "replace"))
    with pytest.raises(Damaged, match=r"line 3: letters have become question marks"):
        read(path)


def test_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    latin = re.sub("[А-яІіў]+", "Société", CSV_1_0.read_text(encoding="utf-8"))
    path = tmp_path / CSV_1_0.name
    path.write_bytes(latin.encode("latin-1"))
    with pytest.raises(Damaged, match=r"line 3.* is not utf-8 text"):
        read(path)


def test_other_separators_are_refused_as_a_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / CSV_1_1.name
    path.write_bytes(CSV_1_1.read_bytes().replace(b";", b","))
    with pytest.raises(Damaged, match="no longer parted by semicolons"):
        read(path)


@pytest.mark.parametrize(("file", "act"), [(CSV_1_0, "2090/77 (OJ L90);"), (CSV_1_1, "regulation;commission;")])
def test_days_that_a_spreadsheet_rewrote_are_refused(tmp_path: Path, file: Path, act: str) -> None:
    text = re.sub(re.escape(act) + r"2090-0(\d)-0(\d)", act + r"\1/\2/2090", file.read_text(encoding="utf-8"))
    path = tmp_path / file.name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Damaged, match="/2090' where the publisher writes 2024-04-15"):
        read(path)


@pytest.mark.data
def test_the_real_file_is_refused_for_what_the_spreadsheet_lost(data_folder: Path) -> None:
    with pytest.raises(Damaged) as refusal:
        read(data_folder / "eu-fsf" / "EUSanctionsShort.csv")
    message = str(refusal.value)
    assert message.startswith("EUSanctionsShort.csv, line 393: a spreadsheet has wrapped every line in quotes")
    assert "commas have become tabs (first in line 10)" in message
    assert "letters have become question marks" in message
    assert message.endswith("do not open and save it in a spreadsheet")


@pytest.mark.data
def test_the_intact_rows_of_the_real_file_are_read_once_unwrapped(data_folder: Path, tmp_path: Path) -> None:
    text = (data_folder / "eu-fsf" / "EUSanctionsShort.csv").read_text(encoding="cp1252")
    lines = [line[1:-1].rstrip("\t").replace('""', '"').replace("\t", ",") for line in text.splitlines()]
    kept = [";".join(HEADER), *(line for line in lines[1:] if "?" not in re.sub(r"https?://[^\s;]+", "", line))]
    path = tmp_path / "restored.csv"
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    reading = read(path)
    assert reading.claims.counts["records"] == len({line.rpartition(";")[2] for line in kept[1:]})
    assert values(reading, "eu-fsf-eu-36-64", "birthDate") == {"1924-02-21"}
    assert reading.claims.published == "2018-07-04"
    assert reading.claims.counts["not_understood"] == 0
