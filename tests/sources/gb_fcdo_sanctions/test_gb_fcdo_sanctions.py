"""The UK Sanctions List in XML and CSV: what it says, that both say the same, and what is refused."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from shellgame.errors import BadInput, Damaged, Hostile, NotThisSource
from shellgame.sources.catalog import source_named
from shellgame.sources.gb_fcdo_sanctions.programs import program_key
from shellgame.sources.gb_fcdo_sanctions.reader import FORMATS
from shellgame.sources.gb_fcdo_sanctions.told import GROUPS, TEXTS
from shellgame.sources.gb_fcdo_sanctions.values import day_of, register_numbers
from shellgame.sources.reading import Reading, read_publication
from shellgame.testing.golden import GOLDEN, golden_lines, samples

SOURCE = source_named("gb_fcdo_sanctions")
SAMPLES = {path.name: path for path in samples(SOURCE)}
XML = SAMPLES["designations-xml"] / "UK-Sanctions-List.xml"
CSV = SAMPLES["designations-csv"] / "UK-Sanctions-List.csv"


def read(path: Path) -> Reading:
    return read_publication(path, SOURCE)


def values(reading: Reading, entity_id: str, prop: str) -> list[str]:
    return sorted({row.value for row in reading.claims.rows if row.entity_id == entity_id and row.prop == prop})


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., Path]:
    """A sample with one text replaced by another."""

    def edit(sample: Path, before: str, after: str) -> Path:
        text = sample.read_text(encoding="utf-8")
        assert before in text
        path = tmp_path / sample.name
        path.write_text(text.replace(before, after), encoding="utf-8")
        return path

    return edit


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_sample_gives_its_golden_claims(name: str) -> None:
    assert golden_lines(SOURCE, SAMPLES[name]) == (SAMPLES[name] / GOLDEN).read_text(encoding="utf-8").splitlines()


def test_xml_and_csv_say_the_same_but_for_what_only_the_xml_prints() -> None:
    def said(path: Path) -> set[tuple[str | None, ...]]:
        return {(*row[1:8], row.locator.partition("#")[2], *row[9:]) for row in read(path).claims.rows}

    only_xml, only_csv = said(XML) - said(CSV), said(CSV) - said(XML)
    assert only_csv == set()
    assert {claim[4] for claim in only_xml} == {
        "Director Disqualification Sanction",
        "CryptoWalletAddresses/CryptoWalletAddress: not yet told how this is printed",
    }


def test_every_combination_of_the_csv_adds_nothing_twice() -> None:
    reading = read(CSV)
    assert reading.claims.counts["records"] == 4
    assert (
        len([row for row in reading.claims.rows if row.record_id == "gb-fcdo-rus9001" and row.prop == "weakAlias"]) == 1
    )


def test_both_print_their_day() -> None:
    assert (read(XML).claims.published, read(CSV).claims.published) == ("2026-09-21", "2026-09-21")


def test_ids_are_those_of_opensanctions_and_the_listing_keeps_the_publishers() -> None:
    reading = read(XML)
    assert values(reading, "gb-fcdo-rus9001-sanction", "authorityId") == ["99001", "RUS9001"]
    assert values(reading, "gb-fcdo-rus9001-sanction", "unscId") == ["QDi.901", "SOi.902"]
    assert values(reading, "gb-fcdo-rus9001-sanction", "programId") == ["GB-RUS"]


def test_names_go_by_type_and_strength_in_any_letter_case() -> None:
    reading = read(XML)
    assert values(reading, "gb-fcdo-rus9001", "name") == ["VIKTOR PETROVICH TURNIP"]
    assert values(reading, "gb-fcdo-rus9001", "weakAlias") == ["The Root"]
    assert {"Viktar Turnip", "Vitya Repa", "Rutabaga", "Виктор Петрович Репа"} <= set(
        values(reading, "gb-fcdo-rus9001", "alias")
    )


def test_a_designation_without_a_primary_name_is_called_by_its_first() -> None:
    assert values(read(XML), "gb-fcdo-car9004", "name") == ["VEGETABLE GUARD"]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("06/06/1961", "1961-06-06"),
        ("dd/mm/1962", "1962"),
        ("dd/07/1978", "1978-07"),
        ("00/00/1975", "1975"),
        ("'00/00/1975", "1975"),
        ("1945", "1945"),
        ("15/08/19yy", None),
        ("15/mm/1962", None),
        ("31/02/2026", None),
    ],
)
def test_days_say_only_what_is_known(printed: str, day: str | None) -> None:
    assert day_of(printed) == day


def test_measures_of_both_kinds_count_once() -> None:
    assert values(read(XML), "gb-fcdo-rus9001-sanction", "provisions") == [
        "Asset freeze",
        "Director Disqualification Sanction",
        "Travel Ban",
    ]


def test_parents_and_subsidiaries_are_owned_and_owners_of_ships_only_linked() -> None:
    edges: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read(XML).claims.rows:
        if row.schema in {"Ownership", "UnknownLink"}:
            edges[row.entity_id][row.prop] = row.value
    owned = {(edge["owner"], edge["asset"]) for edge in edges.values() if "owner" in edge}
    assert ("gb-fcdo-car9004", "gb-fcdo-rus9002") in owned
    assert len([pair for pair in owned if pair[0] == "gb-fcdo-rus9002"]) == 2
    ships = {(edge["subject"], edge["role"]) for edge in edges.values() if edge.get("object") == "gb-fcdo-dpr9003"}
    assert ("gb-fcdo-rus9002", "Current owner/operator") in ships
    assert any(role == "Previous owner/operator" for _, role in ships)


def test_a_designation_cited_by_its_id_or_un_reference_is_linked_with_the_sentence() -> None:
    cited = {
        (row.value, row.quote)
        for row in read(XML).claims.rows
        if row.record_id == "gb-fcdo-rus9001" and row.schema == "UnknownLink" and row.prop == "object"
    }
    assert cited == {
        ("gb-fcdo-rus9002", "He directs BEETROOT TRADING LLC (RUS9002)."),
        ("gb-fcdo-car9004", "The Guard is listed as CEe.904."),
    }


def test_wallets_in_prose_are_inferred_and_only_with_a_right_checksum(edited: Callable[..., Path]) -> None:
    wallets = {row.value for row in read(XML).claims.rows if row.prop == "publicKey"}
    assert len(wallets) == 2
    (tron,) = [wallet for wallet in wallets if wallet.startswith("T")]
    broken = read(edited(XML, tron, tron[:-1] + ("1" if tron[-1] != "1" else "2")))
    assert {row.value for row in broken.claims.rows if row.prop == "publicKey"} == wallets - {tron}
    assert {row.stance for row in broken.claims.rows if row.schema == "CryptoWallet"} == {"infers"}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("INN: 7700000001OGRN: 1020000000001", {("innCode", "7700000001"), ("ogrnCode", "1020000000001")}),
        ("OGRN – 1020000000001", {("ogrnCode", "1020000000001")}),
        ("TIN - 5200000001", {("taxNumber", "5200000001")}),
        ("1020000000001", {("registrationNumber", "1020000000001")}),
        ("BIC: 040000001", {("registrationNumber", "040000001")}),
        ("TIN: 7700000001, Registration number: 5170000000001", {
            ("taxNumber", "7700000001"), ("registrationNumber", "TIN: 7700000001, Registration number: 5170000000001"),
        }),
    ],
)  # fmt: skip
def test_register_numbers_go_by_their_labels(printed: str, expected: set[tuple[str, str]]) -> None:
    assert {(number.prop, number.number) for number in register_numbers(printed)} == expected


def test_an_element_that_no_table_names_is_kept_and_told_of() -> None:
    reading = read(XML)
    assert "CryptoWalletAddresses/CryptoWalletAddress: not yet told how this is printed" in values(
        reading, "gb-fcdo-rus9002", "notes"
    )
    assert any("CryptoWalletAddresses" in note for note in reading.claims.notes)


def test_a_column_that_no_table_names_is_kept_and_told_of(edited: Callable[..., Path]) -> None:
    reading = read(edited(CSV, "Length of ship", "Mood of captain"))
    assert values(reading, "gb-fcdo-dpr9003", "notes") == ["Mood of captain: 120", "Phone number: +850 0 000 0000"]
    assert any("Mood of captain" in note for note in reading.claims.notes)


def test_the_older_name_of_the_type_column_is_known(edited: Callable[..., Path]) -> None:
    assert read(edited(CSV, "Designation Type", '"Individual, Entity, Ship"')).claims.counts["records"] == 4


def test_a_missing_day_of_publication_is_told_and_not_made_up(edited: Callable[..., Path]) -> None:
    reading = read(edited(XML, "<DateGenerated>21/09/2026</DateGenerated>", ""))
    assert reading.claims.published is None
    assert any("no day of publication" in note for note in reading.claims.notes)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.999])
def test_an_xml_cut_anywhere_is_refused(tmp_path: Path, kept: float) -> None:
    data = XML.read_bytes()
    path = tmp_path / "list.xml"
    path.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(Damaged):
        read(path)


def test_a_csv_cut_inside_a_row_is_refused(tmp_path: Path) -> None:
    data = CSV.read_bytes()
    path = tmp_path / "list.csv"
    path.write_bytes(data[: len(data) * 2 // 3].rstrip(b"\n"))
    with pytest.raises(Damaged):
        read(path)


def test_entities_and_document_types_are_refused(edited: Callable[..., Path]) -> None:
    with pytest.raises(Hostile):
        read(edited(XML, "<Designations>", '<!DOCTYPE Designations [<!ENTITY a "b">]>\n<Designations>'))


def test_a_designation_without_its_id_or_of_an_unknown_type_stops_the_reading(edited: Callable[..., Path]) -> None:
    with pytest.raises(Damaged, match="without UniqueID"):
        read(edited(XML, "<UniqueID>RUS9002</UniqueID>", ""))
    with pytest.raises(BadInput, match="DPR9003: designation type 'balloon'"):
        read(edited(XML, ">Ship<", ">Balloon<"))
    with pytest.raises(BadInput, match="CAR9004: designation type missing"):
        read(
            edited(
                XML,
                ">Entity</IndividualEntityShip>\n    <DesignationSource>UN",
                "></IndividualEntityShip>\n    <DesignationSource>UN",
            )
        )


def test_another_root_or_header_is_not_this_source(tmp_path: Path, edited: Callable[..., Path]) -> None:
    path = tmp_path / "other.xml"
    path.write_text("<CONSOLIDATED_LIST><Designations/></CONSOLIDATED_LIST>", encoding="utf-8")
    with pytest.raises(NotThisSource):
        read(path)
    with pytest.raises(NotThisSource):
        read(edited(CSV, "Regime Name", "Regime"))


def test_each_format_knows_only_its_own_file() -> None:
    heads = [XML.read_bytes(), CSV.read_bytes(), b"Last Updated,13/04/2018\nName 6,Name 1\n", b"<sdnList/>", b""]
    assert [[layout.recognise("x", head) for layout in FORMATS] for head in heads] == [
        ["UK-Sanctions-List.xml", None],
        [None, "UK-Sanctions-List.csv"],
        [None, None],
        [None, None],
        [None, None],
    ]


def test_the_tables_name_fifty_eight_columns_once() -> None:
    columns = [column for _, column in TEXTS.values()] + [
        column for _, parts in GROUPS.values() for _, column in parts.values()
    ]
    assert len(columns) == len(set(columns)) == 58
    header = CSV.read_text(encoding="utf-8").splitlines()[1]
    assert all(re.search(rf"(?:^|,){re.escape(column)}(?:,|$)", header) for column in columns)


@pytest.mark.parametrize(
    ("regime", "key"),
    [
        ("The Russia (Sanctions) (EU Exit) Regulations 2019", "GB-RUS"),
        ("The Republic of Belarus (Sanctions) (EU Exit) Regulations 2019", "GB-BLR"),
        ("The Republic of Guinea-Bissau (Sanctions) (EU Exit) Regulations 2019", "GB-GNB"),
        ("The Global Irregular Migration and Trafficking in Persons Sanctions Regulations 2025", "GB-SAMLA"),
        ("The Global Human Rights Sanctions Regulations 2020", "GB-HR"),
        ("The Global Anti-Corruption Sanctions Regulations 2021", "GB-AC"),
        ("The Counter-Terrorism (International Sanctions) (EU Exit) Regulations 2019", "GB-ICT"),
        ("The Counter-Terrorism (Sanctions) (EU Exit) Regulations 2019", "GB-CT"),
        ("The Iran (Sanctions) Regulations 2023", "GB-IRAN"),
        ("Isil (Da'esh) and Al-Qaeda (United Nations Sanctions) (EU Exit) Regulations 2019", "GB-ISIL"),
        ("The Haiti (Sanctions) Regulations 2022", "GB-HT"),
        ("The Moon (Sanctions) Regulations 2030", ""),
    ],
)
def test_regimes_have_the_keys_of_opensanctions(regime: str, key: str) -> None:
    assert program_key(regime) == key
