"""Companies House: every kind of holder, every nature of control, and the edge cases that others collected."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from shellgame.errors import BadInput, Damaged, Hostile
from shellgame.model.stakes import interval_of
from shellgame.sources import json_records, pieces
from shellgame.sources.catalog import source_named
from shellgame.sources.gb_coh_psc import reader
from shellgame.sources.gb_coh_psc.natures import nature_of
from shellgame.sources.reading import Reading, read_publication

SAMPLES = Path(reader.__file__).parent / "sample"
UNTOLD = "Which right this is, and how much of it, is not known"
SNAPSHOT = next((SAMPLES / "psc").glob("*.json"))
CASES: dict[int, list[tuple[str, str, set[tuple[str, ...]]]]] = {
    1: [("08209948", "Person", {("shares", ">=75", "", "2021-12-13", "")})],
    2: [("07434180", "Company", {("shares", ">=75", "", "2016-04-06", ""), ("votes", ">=75", "", "2016-04-06", "")})],
    3: [("08810260", "Person", {("shares", ">=75", "", "2016-04-06", ""), ("votes", ">=75", "", "2016-04-06", "")})],
    4: [("OE029880", "Company", {("influence", "", "indirect", "2005-11-21", "")})],
    5: [("07102351", "Organization", {("shares", ">=75", "", "2016-04-06", "")})],
    6: [
        (
            "OE031044",
            "Organization",
            {("shares", ">25", "", "2018-12-06", ""), ("shares", ">25", "indirect", "2018-12-06", "")},
        )
    ],
    7: [("02443921", "Person", {("", "", "", "", "")})],
    8: [
        (
            "04120481",
            "Company",
            {
                ("shares", ">=75", "", "2016-04-06", ""),
                ("votes", ">=75", "", "2016-04-06", ""),
                ("board", "", "", "2016-04-06", ""),
            },
        ),
        ("03136191", "Person", {("shares", ">25-50", "", "2016-11-01", "")}),
        ("07880581", "Person", {("shares", ">=75", "", "2016-04-06", ""), ("votes", ">=75", "", "2016-04-06", "")}),
    ],
    9: [("04609051", "Company", {("shares", ">=75", "", "2016-04-06", "")})],
    10: [
        ("06452920", "Company", {("shares", ">=75", "", "2016-04-06", ""), ("votes", ">25-50", "", "2016-04-06", "")})
    ],
    11: [
        (
            "10308742",
            "Person",
            {
                (kind, share, "", "2016-08-02", "2018-02-27")
                for kind, share in (("shares", ">=75"), ("votes", ">=75"), ("board", ""), ("influence", ""))
            },
        )
    ],
    12: [
        (
            "10308743",
            "Company",
            {
                (kind, share, "", "2016-08-02", "")
                for kind, share in (("shares", ">=75"), ("votes", ">=75"), ("board", ""))
            },
        )
    ],
    13: [("05881142", "Company", {("shares", ">=75", "", "2016-07-18", "")})],
    14: [
        ("07731393", "Company", {("shares", ">25-50", "", "2016-04-06", ""), ("votes", ">25-50", "", "2016-04-06", "")})
    ],
    15: [("02847483", "Company", {("shares", ">=75", "", "2016-07-01", ""), ("votes", ">=75", "", "2016-07-01", "")})],
    16: [("01507964", "Company", {("shares", ">=75", "", "2016-07-01", "")})],
}
"""Case to holders: number of the company, schema of the holder, and (kind, percentage, status, start, end) of its stakes."""


def read(path: Path) -> Reading:
    return read_publication(path, source_named("gb_coh_psc"))


def entities(reading: Reading) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in reading.claims.rows:
        entity = found.setdefault(row.entity_id, {"schema": row.schema})
        entity[row.prop] = f"{entity[row.prop]}; {row.value}" if row.prop in entity else row.value
    return found


@pytest.fixture
def both(tmp_path: Path) -> Path:
    """A folder with the snapshot and the companies."""
    for file in (SNAPSHOT, next((SAMPLES / "companies").glob("*.csv"))):
        shutil.copy(file, tmp_path / file.name)
    return tmp_path


def written(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def holder(company: str = "99000001", kind: str = "individual-person-with-significant-control", **data: object) -> dict:
    return {"company_number": company, "data": {"kind": kind, "links": {"self": f"/company/{company}/x/key-1"}, **data}}


@pytest.mark.data
@pytest.mark.parametrize("case", CASES)
def test_an_edge_case_gives_its_holders_stakes_and_days(data_folder: Path, case: int) -> None:
    reading = read(data_folder / "uk-psc" / f"psc-data-{case}.json")
    told = entities(reading)
    found = []
    for identity, entity in told.items():
        if entity["schema"] not in ("Person", "Company", "Organization"):
            continue
        links = [each for each in told.values() if identity in (each.get("owner"), each.get("controller"))]
        if not links:
            continue
        companies = {each.get("asset") or each.get("controlled") for each in links}
        stakes = {
            (
                each.get("ownershipType") or each.get("controlType") or "",
                each.get("percentage", ""),
                each.get("status", ""),
                each.get("startDate", ""),
                each.get("endDate", ""),
            )
            for each in links
        }
        assert all(interval_of(share) for _, share, *_ in stakes)
        (company,) = companies
        found.append((str(company).removeprefix("gb-coh-"), entity["schema"], stakes))
    assert found == CASES[case]
    assert reading.claims.published == "2024-11-22T03:43:03Z"
    assert reading.claims.counts["not_understood"] == 0


@pytest.mark.data
def test_partial_births_names_and_numbers_of_the_edge_cases(data_folder: Path) -> None:
    person = entities(read(data_folder / "uk-psc" / "psc-data-1.json"))["gb-coh-psc-FReSTxwXcJbAHBrerDpmTylkW48"]
    assert person["birthDate"] == "1961-12"
    assert person["title"] == "Mr"
    assert not person["name"].startswith("Mr")
    company = entities(read(data_folder / "uk-psc" / "psc-data-2.json"))["gb-coh-00686734"]
    assert (company["registrationNumber"], company["jurisdiction"]) == ("00686734", "gb")
    foreign = entities(read(data_folder / "uk-psc" / "psc-data-15.json"))["gb-coh-psc-YIVGZxjcS8tcf-5WdYZBtTTW-so"]
    assert (foreign["registrationNumber"], foreign["jurisdiction"]) == ("41-0406690", "us")
    protected = entities(read(data_folder / "uk-psc" / "psc-data-7.json"))["gb-coh-psc-NcZQQA0LMrXYV1u0fGRHLrGIL_I"]
    assert "name" not in protected


@pytest.mark.data
def test_a_statement_that_ended_is_noted_with_its_days(data_folder: Path) -> None:
    company = entities(read(data_folder / "uk-psc" / "psc-data-1.json"))["gb-coh-08209948"]
    words = "no-individual-or-entity-with-signficant-control"
    assert company["notes"] == f"Statement from 2016-09-11 until 2021-12-13: {words}"


@pytest.mark.data
def test_basic_company_data_reads_as_json_and_as_a_folded_table(data_folder: Path) -> None:
    array = entities(read(data_folder / "uk-psc" / "company-data-1.json"))
    folded = read(data_folder / "uk-psc" / "basic-company-data-1.csv")
    assert {name for name in array if "addr" not in name} == {"gb-coh-08209948", "gb-coh-11399177"}
    assert array["gb-coh-11399177"]["incorporationDate"] == "2018-06-05"
    assert array["gb-coh-11399177"]["sector"] == "47710 - Retail sale of clothing in specialised stores"
    assert entities(folded)["gb-coh-08209948"] == array["gb-coh-08209948"]
    assert any("folded at 118 letters" in note for note in folded.warnings)


def test_holders_and_companies_of_one_folder_meet_in_one_entity(both: Path) -> None:
    reading = read(both)
    told = entities(reading)
    assert told["gb-coh-99000001"]["previousName"] == "QUILL & VESKER LIMITED; PACINKO (NO. 12) LIMITED"
    assert told["gb-coh-99000001"]["sector"].startswith("08930 - Extraction of salt")
    assert "sector" not in told["gb-coh-99000002"]
    assert told["gb-coh-OE990004"]["jurisdiction"] == "cy"
    assert reading.claims.counts["companies"] == 3
    assert reading.claims.published == "2025-05-06T03:04:05Z"
    assert not any("snapshot counts" in note or "missing" in note for note in reading.warnings)


def test_who_is_not_named_is_an_entity_without_a_name_and_what_is_held_as_nominee_is_told() -> None:
    told = entities(read(SNAPSHOT))
    assert told["gb-coh-psc-s-1"] == {
        "schema": "LegalEntity",
        "notes": "Not named in the register: psc-exists-but-not-identified",
    }
    (link,) = [each for each in told.values() if each.get("owner") == "gb-coh-psc-s-1"]
    assert (link["asset"], link["startDate"], link["endDate"]) == ("gb-coh-99000001", "2018-01-02", "2018-03-04")
    assert link["summary"] == UNTOLD
    assert not {"ownershipType", "percentage"} & link.keys()
    (nominee,) = [each for each in told.values() if each["schema"] == "Representation"]
    assert (nominee["agent"], nominee["client"]) == ("gb-coh-OE990004", "gb-coh-psc-inv-Idrel6")
    assert "Exempt from 2016-05-01 until 2022-12-31" in told["gb-coh-99000005"]["notes"]
    assert "Declared to Companies House as sanctioned" in told["gb-coh-psc-inv-Idrel6"]["notes"]


def corporate(
    number: str | None,
    country: str = "",
    place: str = "",
    authority: str = "",
    kind: str = "corporate-entity",
    **data: object,
) -> dict:
    told = {
        "registration_number": number,
        "country_registered": country,
        "place_registered": place,
        "legal_authority": authority,
    }
    printed = {name: value for name, value in told.items() if value}
    kind += "-person-with-significant-control"
    return holder(
        kind=kind, name="Quillmark Holding", natures_of_control=["voting-rights-75-to-100-percent"], identification=printed,
        **data,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "where", "expected"),
    [
        ("686734", ("England",), "gb-coh-00686734"),
        (" 0068 6734", ("", "Companies House"), "gb-coh-00686734"),
        ("sc1234", ("Scotland", "Edinburgh"), "gb-coh-SC001234"),
        ("NI 012345", ("", "", "Northern Ireland (Companies Act 2006)"), "gb-coh-NI012345"),
        ("00686734", ("United Kingdom", "Some Register Nobody Knows"), "gb-coh-00686734"),
        ("00686734", ("U.K.", "Registrar of Companies for England & Wales"), "gb-coh-00686734"),
        ("00686734", ("", "Registrar of Companies", "Companies Act 2006"), None),
        ("00686734", ("Ireland", "Companies House"), None),
        ("00686734", ("United Kingdom", "Guernsey Registry"), None),
        ("00686734", ("United Kingdom", "Companies House", "Isle of Man Companies Act 2006"), None),
        ("00686734", ("Cyprus",), None),
        ("00686734", (), None),
        ("41-0406690", ("United Kingdom",), None),
        ("00000000", ("United Kingdom",), None),
        ("99000001", ("United Kingdom",), None),
        (None, ("United Kingdom",), None),
    ],
)
def test_a_corporate_holder_is_the_company_with_its_number_where_that_is_of_this_register(
    tmp_path: Path, number: str | None, where: tuple[str, ...], expected: str | None
) -> None:
    told = entities(read(written(tmp_path / "psc.txt", corporate(number, *where))))
    (link,) = [each for each in told.values() if each["schema"] == "Ownership"]
    assert link["owner"] == (expected or "gb-coh-psc-key-1")
    assert link["asset"] == "gb-coh-99000001"
    assert told[link["owner"]]["name"] == "Quillmark Holding"


def test_a_legal_person_is_no_company(tmp_path: Path) -> None:
    told = entities(read(written(tmp_path / "psc.txt", corporate("00686734", "England", kind="legal-person"))))
    assert told["gb-coh-psc-key-1"]["registrationNumber"] == "00686734"
    assert "gb-coh-00686734" not in told


@pytest.mark.parametrize("order", [1, -1])
def test_a_corporate_holder_has_one_id_whichever_line_comes_first(tmp_path: Path, order: int) -> None:
    above = holder("00686734", name="Mr Orsin Malevadd", natures_of_control=["voting-rights-75-to-100-percent"])
    told = entities(read(written(tmp_path / "psc.txt", *[corporate("686734", "England"), above][::order])))
    ends = {(each["owner"], each["asset"]) for each in told.values() if each["schema"] == "Ownership"}
    assert ends == {("gb-coh-00686734", "gb-coh-99000001"), ("gb-coh-psc-key-1", "gb-coh-00686734")}


def test_one_company_told_twice_of_another_holds_it_until_the_later_end(tmp_path: Path) -> None:
    """Two lines of one corporate holder are two stakes: the end of one is not that of the other."""
    over = corporate("686734", "England", notified_on="2016-04-06", ceased_on="2018-01-01")
    on = corporate("686734", "England", notified_on="2016-04-06", links={"self": "/company/99000001/x/key-2"})
    stakes = [each for each in entities(read(written(tmp_path / "psc.txt", over, on))).values() if "asset" in each]
    assert sorted(each.get("endDate", "") for each in stakes) == ["", "2018-01-01"]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("ownership-of-shares-25-to-50-percent", ("shares", ">25-50", False)),
        ("ownership-of-shares-50-to-75-percent-as-firm", ("shares", ">50-<75", True)),
        ("voting-rights-75-to-100-percent-limited-liability-partnership", ("votes", ">=75", False)),
        ("voting-rights-more-than-25-percent-as-control-over-firm-registered-overseas-entity", ("votes", ">25", True)),
        ("part-right-to-share-surplus-assets-50-to-75-percent-as-trust", ("surplus", ">50-<75", True)),
        ("right-to-share-surplus-assets-75-to-100-percent-limited-liability-partnership", ("surplus", ">=75", False)),
        ("right-to-appoint-and-remove-directors-registered-overseas-entity", ("board", "", False)),
        ("right-to-appoint-and-remove-members-as-trust-limited-liability-partnership", ("board", "", True)),
        ("right-to-appoint-and-remove-person-as-firm", ("board", "", True)),
        ("significant-influence-or-control", ("influence", "", False)),
        ("ownership-of-shares-25-to-60-percent", None),
    ],
)
def test_natures_of_control(printed: str, expected: tuple[str, str, bool] | None) -> None:
    assert nature_of(printed) == expected


def test_of_a_nature_that_nobody_knows_the_holder_holds_something_and_it_is_counted() -> None:
    reading = read(SNAPSHOT)
    assert reading.claims.counts["natures_not_understood"] == 1
    (link,) = [each for each in entities(reading).values() if each.get("role", "").startswith("right-to-the-moon")]
    assert (link["asset"], link["summary"]) == ("gb-coh-OE990004", UNTOLD)
    assert not {"ownershipType", "percentage"} & link.keys()


def test_an_array_says_the_same_as_lines(tmp_path: Path) -> None:
    file = SNAPSHOT
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    array = tmp_path / "snapshot.json"
    array.write_text(json.dumps(records, indent=2), encoding="utf-8")
    assert read(array).claims.rows == read(file).claims.rows


def test_parts_are_read_together_under_the_same_claims_and_missing_ones_are_told(tmp_path: Path) -> None:
    lines = SNAPSHOT.read_text(encoding="utf-8").splitlines(keepends=True)
    for number, some in ((1, lines[:4]), (2, lines[4:])):
        (tmp_path / f"psc-snapshot-2025-05-06_{number}of3.txt").write_text("".join(some), encoding="utf-8")
    reading = read(tmp_path)
    assert reading.claims.rows == read(SNAPSHOT).claims.rows
    assert any("of 3 parts of psc these are missing: 3" in note for note in reading.warnings)


def test_one_that_ceased_on_an_untold_day_is_former(tmp_path: Path) -> None:
    told = holder(ceased=True, natures_of_control=["significant-influence-or-control"], name="Orlan Vesker")
    (link,) = [
        each for each in entities(read(written(tmp_path / "a.txt", told))).values() if each["schema"] == "Control"
    ]
    assert link["summary"].startswith("Former")


def test_what_nobody_foresaw_is_kept_as_a_note(tmp_path: Path) -> None:
    told = holder(name="Orlan Vesker", shoe_size=43, nationality="Atlantean", date_of_birth={"year": "x"})
    reading = read(written(tmp_path / "a.txt", told))
    assert entities(reading)["gb-coh-psc-key-1"]["notes"] == "nationality as printed: Atlantean; shoe_size: 43"
    assert (reading.claims.counts["not_understood"], reading.claims.counts["countries_not_understood"]) == (1, 1)


def test_fields_of_a_wrong_type_spoil_nothing(tmp_path: Path) -> None:
    told = holder(name=7, name_elements=[], address="x", identification=3, natures_of_control="all", notified_on=[])
    (link,) = [
        each for each in entities(read(written(tmp_path / "a.txt", told))).values() if each["schema"] == "Ownership"
    ]
    assert (link["asset"], link["summary"]) == ("gb-coh-99000001", UNTOLD)


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ('{"company_number":"99000001","data":{"kind":"x"}}\n{"company_number":"990', Damaged, "cut in transit"),
        ('[{"company_number":"99000001","data":{"kind":"x"}}', Damaged, "ends before its list does"),
        ('{"company_number":"99000001","data":{"kind":"x"}}\n7\n', BadInput, "a int where a record belongs"),
        ('{"company_number":"no","data":{"kind":"x"}}\n', Damaged, "no record of the register"),
        ('{"company_number":"99000001","data":{"kind":"x"},}\n{"a":1}\n', Damaged, "no JSON"),
        ('{"company_number":"99000001","data":{"kind":NaN}}\n', Damaged, "NaN"),
        ('{"company_number":"99000001","data":{"kind":"\\ud800"}}\n', Damaged, "no JSON"),
        ('{"company_number":"99000001","data":' + '{"a":' * 5000 + "1" + "}" * 5000 + "}\n", Hostile, "nested"),
    ],
)
def test_damage_is_told_with_its_record(tmp_path: Path, text: str, error: type[BadInput], words: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(error, match=words):
        read(path)


def test_a_record_without_end_is_hostile_and_not_held(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b'{"company_number":"99000001","data":{"kind":"' + b"x" * (9 << 20))
    with pytest.raises(Hostile, match="more than 8 MiB"):
        read(path)


def test_a_large_snapshot_reads_in_pieces_as_in_one(tmp_path, monkeypatch):
    lines = [each.strip().rstrip(",") for each in SNAPSHOT.read_text(encoding="utf-8").splitlines()]
    file = tmp_path / "snapshot.txt"
    file.write_text("\n".join(line for line in lines if line.startswith("{")) + "\n", encoding="utf-8")
    whole = read(file).claims
    monkeypatch.setattr(json_records, "PIECE_BYTES", 3000)
    here = read(file).claims
    monkeypatch.setattr(pieces, "_WORTH_PROCESSES", 0)
    with_helpers = read(file).claims
    for found in (here, with_helpers):
        assert found.rows == list(dict.fromkeys(whole.rows))
        assert (found.counts, found.notes, found.published) == (whole.counts, whole.notes, whole.published)
