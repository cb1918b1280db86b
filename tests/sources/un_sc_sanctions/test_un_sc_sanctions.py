"""The Security Council's list: what its elements become, what its remarks tell, and which files are refused."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from shellgame.errors import BadInput, Damaged, Hostile, NotThisSource
from shellgame.model.claim import ClaimRow
from shellgame.sources.catalog import source_named
from shellgame.sources.reading import Reading, read_publication
from shellgame.sources.un_sc_sanctions.comments import plain_reference
from shellgame.testing.golden import check_against_model, golden_lines, samples

SOURCE = "un_sc_sanctions"
(SAMPLE,) = samples(source_named(SOURCE))
FILE = SAMPLE / "consolidated.xml"
REAL = {
    "un_20181029.xml": (1093, "2018-10-29T23:09:49Z"),
    "un_20200320.xml": (1014, "2020-03-20T23:09:21Z"),
    "un_20241130.xml": (879, "2024-11-30T00:00:00Z"),
    "un_20250419.xml": (877, "2025-04-19T23:00:04Z"),
    "un_20251115.xml": (1000, "2025-11-15T23:00:02Z"),
    "un_20260227.xml": (1003, "2026-02-27T00:00:09Z"),
}


def read(path: Path) -> Reading:
    return read_publication(path, source_named(SOURCE))


@pytest.fixture(scope="module")
def sample() -> Reading:
    return read(FILE)


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "consolidated.xml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def told(reading: Reading, entity_id: str, prop: str) -> list[ClaimRow]:
    return [row for row in reading.claims.rows if row.entity_id == entity_id and row.prop == prop]


def values(reading: Reading, entity_id: str, prop: str) -> list[str]:
    return [row.value for row in told(reading, entity_id, prop)]


def links(reading: Reading) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in reading.claims.rows:
        if row.schema in ("UnknownLink", "Family"):
            ends = {"subject": "from", "person": "from", "object": "to", "relative": "to", "relationship": "role"}
            found.setdefault(row.entity_id, {"schema": row.schema})[ends.get(row.prop, row.prop)] = row.value
    return list(found.values())


def test_the_sample_gives_its_golden_claims() -> None:
    assert (
        golden_lines(source_named(SOURCE), SAMPLE) == (SAMPLE / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    )


def test_the_moment_of_the_list_is_told_in_utc(sample: Reading) -> None:
    assert sample.claims.published == "2031-05-06T23:00:05Z"


def test_ids_are_made_of_the_publishers_number(sample: Reading) -> None:
    assert {row.record_id for row in sample.claims.rows} == {f"unsc-79000{n}" for n in ("01", "02", "03", "10", "11")}


def test_a_locator_names_record_and_element(sample: Reading) -> None:
    assert told(sample, "unsc-7900001", "name")[0].locator == "consolidated.xml#7900001/FIRST_NAME"


def test_a_name_is_put_together_and_parts_that_say_na_are_left_out(sample: Reading) -> None:
    assert values(sample, "unsc-7900001", "name") == ["TAMIRLAN QORBUN AL-SAZARI"]
    assert values(sample, "unsc-7900001", "firstName") == ["TAMIRLAN"]


def test_the_family_name_stands_first_on_the_dprk_list_which_is_an_inference(sample: Reading) -> None:
    (family,) = told(sample, "unsc-7900003", "lastName")
    assert (family.value, family.stance) == ("SO", "infers")
    assert values(sample, "unsc-7900003", "name") == ["SO MU GYONG"]


def test_hangul_tells_the_language_and_arabic_letters_do_not(sample: Reading) -> None:
    langs = {row.value: row.lang for row in sample.claims.rows if row.prop in ("alias", "weakAlias")}
    assert langs["서무경"] == "kor"
    assert langs["تامرلان قوربون السازاري"] is None
    assert langs["ገነት"] == "tir"
    assert langs["مالك الحزين"] == "ara"


def test_the_quality_of_an_alias_decides_its_kind(sample: Reading) -> None:
    assert {"Tamerlan Qurbun", "Tamirlon Qorbon"} <= set(values(sample, "unsc-7900001", "alias"))
    assert values(sample, "unsc-7900001", "weakAlias") == ["Abu Salwa", "أبو سلوى", "The Heron"]
    assert values(sample, "unsc-7900010", "previousName") == ["Six Wells Group (SWG)", "Six Wells Group"]


def test_an_abbreviation_in_brackets_is_a_name_by_inference(sample: Reading) -> None:
    assert {(row.value, row.stance) for row in told(sample, "unsc-7900010", "abbreviation")} == {
        ("BSW", "infers"),
        ("SWG", "infers"),
    }


def test_a_birth_between_two_years_claims_both_and_keeps_the_words(sample: Reading) -> None:
    births = {row.value: row.quote for row in told(sample, "unsc-7900001", "birthDate")}
    assert births["1958"] == births["1963"] == "between 1958 and 1963"
    assert births["1962-11-09"] is None
    assert births["1961-02-03"] == "Tamer Korban: 1961-02-03"
    assert "Date of birth as printed: between 1958 and 1963" in values(sample, "unsc-7900001", "notes")
    assert values(sample, "unsc-7900002", "birthDate") == ["1968", "1969-11"]


def test_what_cannot_be_read_stays_as_a_note_and_is_counted(sample: Reading) -> None:
    notes = values(sample, "unsc-7900001", "notes")
    assert "Date of birth as printed: 30-35 years old" in notes
    assert "nationality as printed: Possibly Algerian" in notes
    assert "EYE_COLOUR: Grey" in values(sample, "unsc-7900002", "notes")
    assert (sample.claims.counts["dates_not_understood"], sample.claims.counts["not_understood"]) == (1, 1)


def test_a_passport_is_a_paper_and_a_number_of_its_holder(sample: Reading) -> None:
    assert values(sample, "unsc-7900001", "passportNumber") == ["Z990011"]
    (paper,) = {row.entity_id for row in sample.claims.rows if row.schema == "Passport"}
    assert values(sample, paper, "country") == ["dz", "tn"]
    assert (values(sample, paper, "startDate"), values(sample, paper, "endDate")) == (["2011-12-07"], ["2016-12-06"])
    assert values(sample, "unsc-7900001", "idNumber") == ["0017"]


def test_a_note_at_an_address_is_told_of_the_party_and_not_of_the_place(sample: Reading) -> None:
    assert not [row for row in sample.claims.rows if row.prop == "remarks"]
    assert "Address 12 Cistern Lane, Bizerte, Bizerte Governorate, 7000, Tunisia: previous address" in values(
        sample, "unsc-7900001", "notes"
    )


def test_letters_under_zip_code_belong_to_the_region(sample: Reading) -> None:
    assert [row.value for row in sample.claims.rows if row.prop == "postalCode"] == ["7000"]
    assert "Old Port" in [row.value for row in sample.claims.rows if row.prop == "region"]


def test_the_listing_tells_regime_reference_days_and_paragraphs(sample: Reading) -> None:
    listing = "unsc-7900001-sanction"
    assert [values(sample, listing, prop) for prop in ("program", "programId", "unscId")] == [
        ["Al-Qaida"],
        ["UN-SCISIL"],
        ["QDi.901"],
    ]
    assert [values(sample, listing, prop) for prop in ("listingDate", "endDate", "modifiedAt")] == [
        ["2029-03-27"], ["2031-01-15"], ["2030-04-05"],
    ]  # fmt: skip
    assert values(sample, listing, "provisions") == [
        "paragraph 15 of resolution 1970 (Travel Ban)", "paragraph 17 of resolution 1970 (Asset Freeze)",
    ]  # fmt: skip
    assert values(sample, "unsc-7900010-sanction", "recordId") == ["QE.B.902.28"]


def test_a_reference_in_a_remark_is_a_link_to_the_record_that_bears_it(sample: Reading) -> None:
    found = {(link["from"], link["role"], link["to"]) for link in links(sample)}
    assert ("unsc-7900001", "chief of", "unsc-7900010") in found
    assert ("unsc-7900002", "member of", "unsc-7900010") in found
    assert ("unsc-7900011", "owned by", "unsc-7900002") in found


def test_a_link_from_a_remark_is_an_inference_and_quotes_its_sentence(sample: Reading) -> None:
    ends = [row for row in sample.claims.rows if row.prop in ("subject", "object", "person", "relative")]
    assert {row.stance for row in ends} == {"infers"}
    assert "Brother of Zafirel Qorbun (QDi.903)" in {row.quote for row in ends}


def test_kin_of_the_records_own_person_is_family(sample: Reading) -> None:
    assert [(link["from"], link["role"], link["to"]) for link in links(sample) if link["schema"] == "Family"] == [
        ("unsc-7900001", "brother of", "unsc-7900002")
    ]


def test_a_name_without_a_reference_links_where_one_record_bears_it(sample: Reading) -> None:
    assert ("unsc-7900010", "owned or controlled by", "unsc-7900011") in {
        (link["from"], link["role"], link["to"]) for link in links(sample)
    }


def test_a_reference_to_nobody_here_becomes_a_party_known_by_name(sample: Reading) -> None:
    (named,) = [row for row in sample.claims.rows if "-named-" in row.entity_id and row.prop == "name"]
    assert (named.value, named.record_id) == ("Sorin Ibexi", "unsc-7900001")


def test_numbers_and_contacts_in_remarks_are_claimed(sample: Reading) -> None:
    facts = {
        prop: values(sample, "unsc-7900011", prop)
        for prop in ("phone", "email", "website", "swiftBic", "imoNumber", "taxNumber")
    }
    assert facts == {
        "phone": ["+218-00-18111", "+218-00-18222"], "email": ["trade@gannet.example"], "website": ["www.gannet.example"],
        "swiftBic": ["GANNLYLY"], "imoNumber": ["9990011"], "taxNumber": ["0990011"],
    }  # fmt: skip
    assert values(sample, "unsc-7900001", "deathDate") == ["2030-03-03"]
    assert values(sample, "unsc-7900001", "fatherName") == ["Hadrun Qorbun"]
    assert values(sample, "unsc-7900003", "gender") == ["female"]


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_a_list_cut_anywhere_is_refused(tmp_path: Path, share: float) -> None:
    path = tmp_path / "consolidated.xml"
    data = FILE.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(Damaged, match="cut or mangled"):
        read(path)


def test_an_unknown_kind_of_birth_date_stops_the_reader(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"unsc-7900001, TYPE_OF_DATE.*'GUESSED'.*EXACT"):
        read(changed(tmp_path, "<TYPE_OF_DATE>EXACT", "<TYPE_OF_DATE>GUESSED"))


def test_an_unknown_quality_of_an_alias_stops_the_reader(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"unsc-7900001, QUALITY.*'Fine'"):
        read(changed(tmp_path, "<QUALITY>Good", "<QUALITY>Fine"))


def test_a_record_without_its_number_stops_the_reader(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="a record without DATAID"):
        read(changed(tmp_path, "<DATAID>7900002</DATAID>", "<DATAID/>"))


def test_two_records_of_one_number_stop_the_reader(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="two records with this DATAID"):
        read(changed(tmp_path, "7900002", "7900001"))


def test_another_list_is_not_taken_for_this_one(tmp_path: Path) -> None:
    path = tmp_path / "consolidated.xml"
    path.write_text("<?xml version='1.0'?><sdnList><sdnEntry/></sdnList>", encoding="utf-8")
    with pytest.raises(NotThisSource):
        read(path)


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE CONSOLIDATED_LIST [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n<CONSOLIDATED_LIST'
    with pytest.raises(Hostile, match="document type"):
        read(changed(tmp_path, "<CONSOLIDATED_LIST", bomb))


@pytest.mark.data
@pytest.mark.parametrize("name", REAL)
def test_every_real_publication_is_read_whole(data_folder: Path, name: str) -> None:
    path = data_folder / "un" / name
    raw = path.read_text(encoding="utf-8")
    reading = read(path)
    records, published = REAL[name]
    assert reading.claims.counts["records"] == records == len(re.findall(r"<(?:INDIVIDUAL|ENTITY)>", raw))
    assert reading.claims.published == published
    assert not reading.warnings
    for row in reading.claims.rows:
        check_against_model(row)
    listed = Counter(row.value for row in reading.claims.rows if row.prop == "unscId")
    assert set(listed) == {each.strip() for each in re.findall(r"<REFERENCE_NUMBER>([^<]+)<", raw)}


@pytest.mark.data
@pytest.mark.parametrize("name", ["un_20181029.xml", "un_20260227.xml"])
def test_every_reference_in_a_real_remark_is_followed(data_folder: Path, name: str) -> None:
    path = data_folder / "un" / name
    elements = list(etree.parse(path).getroot().iter("INDIVIDUAL", "ENTITY"))
    by_reference = {
        plain_reference(each.findtext("REFERENCE_NUMBER", "")): f"unsc-{each.findtext('DATAID')}" for each in elements
    }
    expected = set()
    for each in elements:
        own = f"unsc-{each.findtext('DATAID')}"
        for kind, number in re.findall(r"\b([A-Za-z]{2}[ie])\.{0,2}\s?(\d{3})\b", each.findtext("COMMENTS1") or ""):
            target = by_reference.get(plain_reference(kind + number))
            expected |= {(own, target)} if target and target != own else set()
    assert len(expected) > 450
    assert expected <= {(link["from"], link["to"]) for link in links(read(path))}


@pytest.mark.data
def test_every_real_address_and_paper_with_a_number_is_claimed(data_folder: Path) -> None:
    path = data_folder / "un" / "un_20260227.xml"
    root = etree.parse(path).getroot()
    blank = ("", "na", "-")
    places = [
        each
        for each in root.iter("INDIVIDUAL_ADDRESS", "ENTITY_ADDRESS")
        if any((field.text or "").strip().lower() not in blank for field in each if field.tag != "NOTE")
    ]
    numbers = [each for each in root.iter("NUMBER") if (each.text or "").strip().lower() not in blank]
    reading = read(path)
    assert reading.claims.counts["addresses"] == len(places)
    assert reading.claims.counts["papers"] == len(numbers)
    original = {
        " ".join((each.text or "").split()) for each in root.iter("NAME_ORIGINAL_SCRIPT") if (each.text or "").strip()
    }
    claimed = {row.value for row in reading.claims.rows if row.prop == "alias"} | {
        row.quote for row in reading.claims.rows
    }
    assert len(original) > 350
    assert original <= claimed
