"""The Consolidated List of HM Treasury in its two layouts: what it says, and what is refused."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from shellgame.errors import BadInput, Damaged, NotThisSource
from shellgame.sources.catalog import source_named
from shellgame.sources.gb_hmt_sanctions.reader import FORMATS
from shellgame.sources.gb_hmt_sanctions.texts import paper_of, split_list
from shellgame.sources.reading import Reading, read_publication
from shellgame.testing.golden import GOLDEN, check_against_model, golden_lines, samples

SOURCE = source_named("gb_hmt_sanctions")
SAMPLES = {path.name: path for path in samples(SOURCE)}
OLD = SAMPLES["conlist-2018"] / "ConList.csv"
NEW = SAMPLES["conlist-2022"] / "ConList.csv"


def read(path: Path) -> Reading:
    return read_publication(path, SOURCE)


def values(reading: Reading, entity_id: str, prop: str) -> list[str]:
    return sorted({row.value for row in reading.claims.rows if row.entity_id == entity_id and row.prop == prop})


def links(reading: Reading, schema: str) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in reading.claims.rows:
        if row.schema == schema:
            found[row.entity_id][row.prop] = row.value
    return list(found.values())


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_sample_gives_its_golden_claims(name: str) -> None:
    assert golden_lines(SOURCE, SAMPLES[name]) == (SAMPLES[name] / GOLDEN).read_text(encoding="utf-8").splitlines()


def test_rows_of_one_group_are_one_target_with_all_they_add() -> None:
    reading = read(OLD)
    assert reading.claims.counts["records"] == 5
    assert values(reading, "gb-hmt-90001", "name") == ["Ali ben Omar TURNIP"]
    assert values(reading, "gb-hmt-90001", "alias") == ["The Root"]
    assert values(reading, "gb-hmt-90001", "previousName") == ["Ali RADISH"]
    assert values(reading, "gb-hmt-90001", "birthDate") == ["1980", "1981-06", "1981-06-03"]
    assert values(reading, "gb-hmt-90001", "country") == ["ly", "tn"]


def test_a_target_under_two_regimes_has_two_listings() -> None:
    rows = [row for row in read(OLD).claims.rows if row.record_id == "gb-hmt-90001" and row.schema == "Sanction"]
    assert {row.value for row in rows if row.prop == "listingDate"} == {"2016-04-01", "2011-05-05"}
    assert {row.value for row in rows if row.prop == "unscId"} == {"QDi.901"}
    assert len({row.entity_id for row in rows}) == 2


def test_the_day_on_the_first_line_is_the_day_of_publication() -> None:
    assert (read(OLD).claims.published, read(NEW).claims.published) == ("2018-04-13", "2026-06-03")


def test_a_vessel_filed_as_an_entity_is_a_vessel() -> None:
    reading = read(OLD)
    assert {row.schema for row in reading.claims.rows if row.entity_id == "gb-hmt-90005"} == {"Vessel"}
    assert values(reading, "gb-hmt-90005", "imoNumber") == ["9000001"]


def test_a_company_with_an_imo_number_is_no_vessel() -> None:
    reading = read(OLD)
    assert {row.schema for row in reading.claims.rows if row.entity_id == "gb-hmt-90004"} == {"Organization"}
    assert values(reading, "gb-hmt-90004", "imoNumber") == ["5000001"]


def test_phrases_become_links_where_they_name_one_other_target_exactly() -> None:
    reading = read(OLD)
    assert {(link["person"], link["relative"], link["relationship"]) for link in links(reading, "Family")} == {
        ("gb-hmt-90001", "gb-hmt-90002", "Brother")
    }
    assert {(link["owner"], link["asset"]) for link in links(reading, "Ownership")} == {
        ("gb-hmt-90004", "gb-hmt-90003")
    }
    assert {(link["subject"], link["object"], link["role"]) for link in links(reading, "UnknownLink")} == {
        ("gb-hmt-90001", "gb-hmt-90003", "Associated with"),
        ("gb-hmt-90001", "gb-hmt-90003", "named in other information"),
        ("gb-hmt-90004", "gb-hmt-90002", "Controlled by"),
    }


def test_a_paper_in_words_gives_number_country_and_days_or_stays_a_note() -> None:
    reading = read(OLD)
    assert values(reading, "gb-hmt-90001", "passportNumber") == ["L000001"]
    assert "Passport Details: somewhere in the annex" in values(reading, "gb-hmt-90001", "notes")
    assert reading.claims.counts["not_understood"] == 1


@pytest.mark.parametrize(
    ("sentence", "number", "country"),
    [
        ("Tunisia number G000001 issued on 16 Nov 1989.", "G000001", "tn"),
        ("Mali Passport no.A0000001. Issued: 10/8/2001", "A0000001", "ml"),
        ("Passport No: 01000000 (Yemeni passport)", "01000000", "ye"),
        ("TR-P 600 100 (Turkish). Issued in Mainz", "TR-P 600 100", "tr"),
    ],
)
def test_papers_are_printed_in_many_ways(sentence: str, number: str, country: str) -> None:
    paper = paper_of(sentence)
    assert paper is not None
    assert (paper.number, paper.country) == (number, country)


@pytest.mark.parametrize(
    "sentence", ["380000000 and 650000000", "K100000 issued 2011. Passport no. G500000", "Uganda Passport."]
)
def test_two_papers_or_none_in_one_sentence_are_not_guessed_at(sentence: str) -> None:
    assert paper_of(sentence) is None


def test_numbered_lists_are_split_only_where_they_count_from_one() -> None:
    assert split_list("(1)-(5) Tunisia (6)-(7) Algeria")[1] == ["Tunisia", "Algeria"]
    assert split_list("(1) (2) Iraq")[1] == ["Iraq"]
    assert split_list("Section 5(a)(vii) of it")[1] == ["Section 5(a)(vii) of it"]
    assert split_list("+963 (11) 9962")[1] == ["+963 (11) 9962"]


def test_the_later_layout_weighs_its_aliases_and_tells_their_script() -> None:
    reading = read(NEW)
    assert values(reading, "gb-hmt-90011", "weakAlias") == ["THE ROOT"]
    assert values(reading, "gb-hmt-90011", "alias") == [
        "RUTABAGA",
        "Viktar TURNIP",
        "Vitya REPA",
        "Виктор Петрович Репа",
    ]
    (script,) = [row for row in reading.claims.rows if row.value == "Виктор Петрович Репа"]
    assert script.lang == "rus"


def test_labelled_remarks_go_where_they_belong() -> None:
    reading = read(NEW)
    (listing,) = {row.entity_id for row in reading.claims.rows if row.entity_id.startswith("gb-hmt-90011-sanction")}
    assert values(reading, listing, "authorityId") == ["90011", "BEL9001", "RUS9001"]
    assert values(reading, listing, "reason") == ["Directs Beetroot Trading LLC."]
    assert values(reading, "gb-hmt-90011", "phone") == ["+375 00 000 00 00", "+375 00 000 00 01"]
    assert values(reading, "gb-hmt-90013", "pastFlags") == ["lr", "pa"]


def test_what_is_not_known_is_kept_as_a_note_and_counted() -> None:
    reading = read(NEW)
    notes = values(reading, "gb-hmt-90011", "notes")
    assert {"Alias Type: Nickname Fair", "Favourite dish: Borscht"} <= set(notes)
    assert reading.claims.counts["not_understood"] == 2


def test_a_list_saved_by_a_spreadsheet_is_refused(tmp_path: Path) -> None:
    text = OLD.read_bytes()
    for damaged, message in (
        (text.replace(b"13/04/2018", b"2018-04-13", 1), "line 1: '2018-04-13'"),
        (text.replace(b"05/05/2011", b"5/5/2011", 1), "listed '5/5/2011'"),
        (text.replace(b",90001\n", b",9.0001E+04\n", 1), "9.0001E"),
    ):
        path = tmp_path / "ConList.csv"
        path.write_bytes(damaged)
        with pytest.raises(Damaged, match=re.escape(message)):
            read(path)


def test_a_list_cut_inside_a_row_is_refused(tmp_path: Path) -> None:
    for sample in (OLD, NEW):
        data = sample.read_bytes()
        path = tmp_path / "ConList.csv"
        path.write_bytes(data[: len(data) * 2 // 3].rstrip(b"\n"))
        with pytest.raises(Damaged, match="ends in the middle"):
            read(path)


def test_an_unknown_group_type_stops_the_reading_and_says_where(tmp_path: Path) -> None:
    path = tmp_path / "ConList.csv"
    path.write_bytes(NEW.read_bytes().replace(b",Ship,", b",Balloon,", 1))
    with pytest.raises(BadInput, match="Group ID 90013: group type 'Balloon'"):
        read(path)


def test_bytes_of_another_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "ConList.csv"
    path.write_bytes(NEW.read_bytes().replace(b"Borscht Street", b"Borscht Stra\xdfe", 1))
    with pytest.raises(Damaged, match="not utf-8"):
        read(path)
    path.write_bytes(OLD.read_bytes().replace(b"PO Box 1", b"PO Box \x81", 1))
    with pytest.raises(Damaged, match="not cp1252"):
        read(path)


def test_a_header_in_between_the_layouts_is_not_this_source(tmp_path: Path) -> None:
    path = tmp_path / "ConList.csv"
    path.write_bytes(NEW.read_bytes().replace(b"Alias Quality,", b"Alias Strength,", 1))
    with pytest.raises(NotThisSource):
        read(path)


def test_each_layout_knows_only_its_own_file() -> None:
    heads = [NEW.read_bytes(), OLD.read_bytes(), b"Report Date: 21-Sep-2026\nUnique ID,Name 6,Regime Name\n", b"\x00"]
    assert [[layout.recognise("x", head) for layout in FORMATS] for head in heads] == [
        ["ConList.csv", None],
        [None, "ConList.csv"],
        [None, None],
        [None, None],
    ]


# the real list


@pytest.mark.data
def test_the_list_of_2018_gives_every_group(data_folder: Path) -> None:
    path = data_folder / "uk-ofsi" / "sanctionsconlist.csv"
    with path.open(encoding="cp1252", newline="") as file:
        rows = list(csv.reader(file))[2:]
    reading = read(path)
    assert len(rows) == 9_487
    assert reading.claims.counts["records"] == len({row[28] for row in rows}) == 2_106
    assert reading.claims.published == "2018-04-13"
    assert reading.claims.counts["not_understood"] <= 40
    # one listing for each pair of regime and day: six targets stand under more than one
    pairs = {(row[28], row[25], row[26]) for row in rows}
    assert len({row.entity_id for row in reading.claims.rows if row.schema == "Sanction"}) == len(pairs)


def without_list_numbers(cell: str) -> str:
    return re.sub(r"\(\d{1,2}\)", " ", cell)


@pytest.mark.data
def test_the_list_of_2018_loses_nothing_that_is_printed(data_folder: Path) -> None:
    path = data_folder / "uk-ofsi" / "sanctionsconlist.csv"
    said: dict[str, list[str]] = defaultdict(list)
    for claim in read(path).claims.rows:
        said[claim.record_id] += [claim.value, claim.original_value or "", claim.quote or ""]
    words = {key: set(re.findall(r"\w+", " ".join(texts).casefold())) for key, texts in said.items()}
    with path.open(encoding="cp1252", newline="") as file:
        header, *rows = list(csv.reader(file))[1:]
    lost = {
        (row[28], column, cell)
        for row in rows
        for column, cell in zip(header, row, strict=True)
        if column not in {"Group Type", "Alias Type"}
        and not set(re.findall(r"\w{2,}", without_list_numbers(cell).casefold())) <= words[f"gb-hmt-{row[28]}"]
    }
    assert lost == set()


@pytest.mark.data
def test_every_claim_of_the_real_list_fits_the_model(data_folder: Path) -> None:
    for row in read(data_folder / "uk-ofsi" / "sanctionsconlist.csv").claims.rows:
        check_against_model(row)


@pytest.mark.data
def test_the_vessels_of_2018_are_the_ones_under_annex_xiv_and_two_off_libya(data_folder: Path) -> None:
    reading = read(data_folder / "uk-ofsi" / "sanctionsconlist.csv")
    numbers = {row.value for row in reading.claims.rows if row.schema == "Vessel" and row.prop == "imoNumber"}
    assert len(numbers) == 25
