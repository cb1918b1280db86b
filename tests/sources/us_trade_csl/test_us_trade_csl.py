"""The Consolidated Screening List: what it says, and what is refused."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from shellgame.errors import BadInput, Damaged, NotThisSource
from shellgame.model.claim import ClaimRow
from shellgame.sources.catalog import source_named
from shellgame.sources.reading import Reading, read_publication
from shellgame.sources.us_trade_csl.identifiers import facts, types_come_first
from shellgame.sources.us_trade_csl.reader import COLUMNS, FORMATS
from shellgame.testing.golden import GOLDEN, check_against_model, golden_lines, samples

SOURCE = source_named("us_trade_csl")
SAMPLES = {path.name: path for path in samples(SOURCE)}
CSL = SAMPLES["consolidated-csv"] / "consolidated.csv"
BEETROOT = "trade-csl-990002"
TURNIP = "trade-csl-990001"


def read(path: Path) -> Reading:
    return read_publication(path, SOURCE)


def values(reading: Reading, entity_id: str, prop: str) -> list[str]:
    return sorted({row.value for row in reading.claims.rows if row.entity_id == entity_id and row.prop == prop})


def links(reading: Reading, schema: str) -> dict[str, dict[str, ClaimRow]]:
    found: dict[str, dict[str, ClaimRow]] = defaultdict(dict)
    for row in reading.claims.rows:
        if row.schema == schema:
            found[row.entity_id][row.prop] = row
    return found


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., Path]:
    """The sample list, changed: rows by a function, or the text by replacements."""

    def edit(*, change: Callable[[list[dict[str, str]]], None] | None = None, **replaced: str) -> Path:
        with CSL.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if change:
            change(rows)
        path = tmp_path / "consolidated.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return edit


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_sample_gives_its_golden_claims(name: str) -> None:
    assert golden_lines(SOURCE, SAMPLES[name]) == (SAMPLES[name] / GOLDEN).read_text(encoding="utf-8").splitlines()


def test_every_record_carries_the_topic_of_a_listing() -> None:
    for path in (CSL,):
        reading = read(path)
        records = {row.record_id for row in reading.claims.rows}
        assert {
            row.entity_id for row in reading.claims.rows if (row.prop, row.value) == ("topics", "sanction")
        } >= records


def test_a_party_on_two_lists_is_one_record_with_two_listings() -> None:
    reading = read(CSL)
    assert values(reading, f"{BEETROOT}-sanction-ssi", "program") == [
        "Sectoral Sanctions Identifications List (SSI)",
        "UKRAINE-EO13662",
    ]
    assert values(reading, f"{BEETROOT}-sanction-ns-mbs", "program") == [
        "MBS",
        "Non-SDN Menu-Based Sanctions List (NS-MBS List)",
        "UKRAINE-EO13662",
    ]
    assert values(reading, BEETROOT, "alias") == ["BEETROOT GROUP", "BT TRADING"]
    assert reading.claims.counts["records"] == 8


def test_each_listing_names_its_agency() -> None:
    reading = read(CSL)
    agencies = Counter(row.value for row in reading.claims.rows if row.schema == "Sanction" and row.prop == "authority")
    assert agencies == {"Treasury Department": 6, "Bureau of Industry and Security": 2, "State Department": 1}


def test_ofacs_number_stays_with_the_listing() -> None:
    reading = read(CSL)
    assert values(reading, f"{TURNIP}-sanction-sdn", "authorityId") == ["990001"]


def test_export_control_and_debarment_are_told_apart_from_sanctions() -> None:
    topics = {row.value for row in read(CSL).claims.rows if row.prop == "topics"}
    assert topics == {"sanction", "export.control", "debarment"}


def test_licence_terms_and_notice_stand_on_the_listing() -> None:
    listing = f"trade-csl-{'0' * 55}1-sanction-el"
    reading = read(CSL)
    assert values(reading, listing, "provisions") == [
        "License policy: Presumption of denial.",
        "License requirement: For all items subject to the EAR.",
    ]
    assert values(reading, listing, "recordId") == ["85 FR 00001"]
    assert values(reading, listing, "startDate") == ["2020-12-23"]


def test_a_persons_name_has_given_names_first_and_keeps_what_was_printed() -> None:
    names = [row for row in read(CSL).claims.rows if row.entity_id == TURNIP and row.prop == "name"]
    assert [(row.value, row.original_value) for row in names] == [
        ("Viktor Petrovich TURNIP Jr.", "TURNIP, Viktor Petrovich, Jr.")
    ]


def test_a_link_goes_to_the_party_of_exactly_that_name_and_says_it_is_inferred() -> None:
    found = [edge for edge in links(read(CSL), "UnknownLink").values() if edge["object"].value == BEETROOT]
    assert [(edge["object"].stance, edge["object"].quote) for edge in found] == [
        ("infers", "(Linked To: BEETROOT (BT)-SPECIAL TRADING LLC)")
    ]


@pytest.mark.parametrize(("row", "column", "is_known"), [(5, "name", False), (5, "alt_names", True), (6, "name", True)])
def test_a_name_means_whom_its_agency_lists_by_it_first_of_all_as_main_name(
    edited: Callable[..., Path], row: int, column: str, *, is_known: bool
) -> None:
    def name_twice(rows: list[dict[str, str]]) -> None:
        rows[row][column] = "BEETROOT (BT)-SPECIAL TRADING LLC"

    ends = [edge["object"].value for edge in links(read(edited(change=name_twice)), "UnknownLink").values()]
    assert (BEETROOT in ends) is is_known


def test_the_owner_of_a_vessel_owns_it() -> None:
    (edge,) = links(read(CSL), "Ownership").values()
    assert (edge["owner"].value, edge["asset"].value) == (BEETROOT, "trade-csl-990003")


def test_a_day_of_a_directive_dates_the_listing_only_where_there_is_one_list() -> None:
    reading = read(CSL)
    assert values(reading, "trade-csl-990005-sanction-cmic", "listingDate") == ["2021-06-03"]
    assert values(reading, f"{BEETROOT}-sanction-ssi", "listingDate") == []
    assert "Listing Date (EO 14024 Directive 3): 24 Feb 2022" in values(reading, f"{BEETROOT}-sanction-ssi", "summary")


@pytest.mark.parametrize(
    ("cell", "type_first"),
    [
        ("JO, 2014-08-30, 2009-08-31, K000001, Passport; Male, Gender", False),
        ("Passport, K000001, JO, 31 Aug 2009, 30 Aug 2014; Gender, Male", True),
    ],
)
def test_papers_are_read_in_both_orders_of_their_columns(cell: str, type_first: bool) -> None:
    assert types_come_first([cell]) is type_first
    paper, gender = facts(cell, type_first=type_first)
    assert (paper.value, paper.country, paper.issued, paper.expires) == ("K000001", "JO", "2009-08-31", "2014-08-30")
    assert (gender.prop, gender.value) == ("gender", "Male")


def test_an_older_file_gives_the_same_papers_as_a_newer_one(edited: Callable[..., Path]) -> None:
    def turn_around(rows: list[dict[str, str]]) -> None:
        rows[0]["ids"] = (
            "BY, 3060661A000PB0, National ID No.; Male, Gender; BY, 2011-07-17, 2006-09-08, X0000001, Passport"
        )
        for row in rows[1:]:
            row["ids"] = ""

    reading = read(edited(change=turn_around))
    assert values(reading, TURNIP, "passportNumber") == ["X0000001"]
    assert values(reading, TURNIP, "idNumber") == ["3060661A000PB0"]
    assert {row.value for row in reading.claims.rows if row.schema == "Passport" and row.prop == "endDate"} == {
        "2011-07-17"
    }


def test_one_day_on_a_paper_is_neither_issue_nor_expiry() -> None:
    (paper,) = facts("Passport, X0000002, 31 Jul 2000", type_first=True)
    assert (paper.day, paper.issued, paper.expires) == ("2000-07-31", "", "")


def test_an_unknown_label_is_kept_as_a_note_and_counted() -> None:
    reading = read(CSL)
    assert "Shoe Size, 44" in values(reading, TURNIP, "notes")
    assert reading.claims.counts["not_understood"] == 1
    assert any("identifiers.yml" in note for note in reading.claims.notes)


def test_what_a_vessel_has_no_property_for_stays_a_note() -> None:
    assert values(read(CSL), "trade-csl-990003", "notes") == [
        "Identification Number: V-1",
        "Vessel Year of Build 1999",
        "nationalities: PA",
        "title: no captain",
    ]


def test_a_file_with_the_header_twice_is_refused(tmp_path: Path) -> None:
    text = CSL.read_text(encoding="utf-8")
    header, _, rest = text.partition("\n")
    path = tmp_path / "csl.csv"
    path.write_text(f"{header}\n{header}\n{rest}", encoding="utf-8")
    with pytest.raises(Damaged, match="line 2: the header a second time"):
        read(path)


@pytest.mark.parametrize("kept", [0.3, 0.5, 0.7, 0.99])
def test_a_file_cut_inside_a_row_is_refused(tmp_path: Path, kept: float) -> None:
    data = CSL.read_bytes()
    path = tmp_path / "csl.csv"
    path.write_bytes(data[: int(len(data) * kept)].rstrip(b"\n"))
    with pytest.raises(Damaged, match="ends in the middle"):
        read(path)


def test_a_nul_byte_and_a_wrong_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "csl.csv"
    path.write_bytes(CSL.read_bytes().replace(b"Turnip", b"Turnip", 1).replace(b"Borscht", b"Bor\x00cht", 1))
    with pytest.raises(Damaged, match="NUL"):
        read(path)
    path.write_bytes(CSL.read_bytes().replace(b"Borscht", b"Bor\xe9cht", 1))
    with pytest.raises(Damaged, match="not utf-8"):
        read(path)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("type", "Robot", "type 'Robot'"),
        ("source", "Some List", "no `Title"),
        ("_id", "", "_id ''"),
        ("name", "", "of ''"),
    ],
)
def test_what_cannot_be_understood_stops_the_reading_and_says_where(
    edited: Callable[..., Path], column: str, value: str, message: str
) -> None:
    def spoil(rows: list[dict[str, str]]) -> None:
        rows[0][column] = value

    with pytest.raises(BadInput, match=re.escape(message)):
        read(edited(change=spoil))


def test_rows_of_one_party_that_contradict_in_type_are_refused(edited: Callable[..., Path]) -> None:
    def contradict(rows: list[dict[str, str]]) -> None:
        rows[2]["type"] = "Individual"

    with pytest.raises(BadInput, match="'Entity' and 'Individual'"):
        read(edited(change=contradict))


def test_another_header_is_not_this_source(tmp_path: Path) -> None:
    path = tmp_path / "consolidated.csv"
    path.write_text("_id,name\n1,Turnip\n", encoding="utf-8")
    with pytest.raises(NotThisSource):
        read(path)
    path.write_text(CSL.read_text(encoding="utf-8").replace(",vessel_owner,", ",owner,", 1), encoding="utf-8")
    with pytest.raises(NotThisSource, match="vessel_owner"):
        read(path)


def test_no_format_recognises_the_other_or_a_foreign_file() -> None:
    foreign = [b"Last Updated,13/04/2018\nName 6,Name 1\n", b"<Designations/>", b'1,"X","individual"\n', b"\x00\x01"]
    assert [layout.recognise("x", CSL.read_bytes()) for layout in FORMATS] == ["consolidated.csv"]
    assert not any(layout.recognise("x", head) for layout in FORMATS for head in foreign)


# the real lists


def printed_text(text: str) -> str:
    return f" {re.sub(r'[^a-z0-9]+', ' ', text.casefold()).strip()} "


@pytest.mark.data
def test_the_list_of_2022_gives_every_party_and_loses_nothing(data_folder: Path) -> None:
    path = data_folder / "us-csl" / "consolidated.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reading = read(path)
    assert len(rows) == 14_160
    assert reading.claims.counts["records"] == len({row["_id"] for row in rows}) == 14_048
    assert reading.claims.counts["not_understood"] == 0

    said: dict[str, list[str]] = defaultdict(list)
    for claim in reading.claims.rows:
        said[claim.locator.split("#")[1].split("/")[0]] += [claim.value, claim.original_value or "", claim.quote or ""]
    texts = {key: printed_text(" | ".join(words)) for key, words in said.items()}
    lost = [
        (row["_id"], column, piece)
        for row in rows
        for column, cell in row.items()
        if column not in {"source", "type"}
        for piece in cell.split("; ")
        if printed_text(piece.removeprefix("and ")) not in texts[row["_id"]] and printed_text(piece).strip()
    ]
    assert lost == []


@pytest.mark.data
def test_the_list_of_2022_has_as_many_listings_for_each_list_as_rows(data_folder: Path) -> None:
    path = data_folder / "us-csl" / "consolidated.csv"
    with path.open(encoding="utf-8", newline="") as file:
        printed = Counter(row["source"].split(" - ")[0] for row in csv.DictReader(file))
    claims = {
        (row.entity_id, row.value)
        for row in read(path).claims.rows
        if row.schema == "Sanction" and row.prop == "program"
    }
    told = Counter(program for _, program in claims if program in printed)
    assert not told - printed
    assert told["Entity List (EL)"] == 2001
    assert sum((printed - told).values()) <= 60  # a list that names one party twice makes one listing


@pytest.mark.data
def test_every_claim_of_the_real_lists_fits_the_model(data_folder: Path) -> None:
    for row in read(data_folder / "us-csl" / "consolidated.csv").claims.rows:
        check_against_model(row)


def test_two_links_in_one_bracket_are_two_links(edited: Callable[..., Path]) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        row = next(row for row in rows if row["_id"] == "990001")
        row["remarks"] = "(Linked To: UNHEARD OF RADISH WORKS (URW); Linked To: AIR PARSNIP)"

    rows = read(edited(change=change)).claims.rows
    named = {row.value for row in rows if row.prop == "name" and row.entity_id.startswith("us_trade_csl-named-")}
    assert named == {"UNHEARD OF RADISH WORKS (URW)", "AIR PARSNIP"}
    assert {row.quote for row in rows if row.prop == "role" and row.record_id == TURNIP} == {
        "(Linked To: UNHEARD OF RADISH WORKS (URW)",
        "Linked To: AIR PARSNIP)",
    }


@pytest.mark.data
def test_links_of_the_real_list_go_mostly_to_its_own_parties(data_folder: Path) -> None:
    reading = read(data_folder / "us-csl" / "consolidated.csv")
    objects = [edge["object"] for edge in links(reading, "UnknownLink").values()]
    assert len(objects) == 4459
    assert sum(row.value.startswith("trade-csl-") for row in objects) == 4456


@pytest.mark.data
def test_the_partial_list_of_2023_is_refused(data_folder: Path) -> None:
    with pytest.raises(Damaged, match="ends in the middle of a line"):
        read(data_folder / "us-csl" / "csl_partial_20231130.csv")


@pytest.mark.data
def test_the_partial_list_of_2023_is_refused_for_its_second_header_too(data_folder: Path, tmp_path: Path) -> None:
    whole_lines = (data_folder / "us-csl" / "csl_partial_20231130.csv").read_bytes().rpartition(b"\n")[0]
    path = tmp_path / "csl.csv"
    path.write_bytes(whole_lines + b"\n")
    with pytest.raises(Damaged, match="line 2: the header a second time"):
        read(path)
