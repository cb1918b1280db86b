"""OFAC's SDN list in its legacy set: what every row says, how versions share it, and which files are refused."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shellgame.errors import BadInput, Damaged, NotThisSource
from shellgame.model.claim import ClaimRow
from shellgame.sources import us_ofac_sdn
from shellgame.sources.catalog import source_named
from shellgame.sources.ofac import legacy_record
from shellgame.sources.reading import Reading, read_publication
from shellgame.testing.golden import GOLDEN, golden_lines

SAMPLE = Path(us_ofac_sdn.__file__).parent / "sample" / "legacy-csv"
SOURCE = source_named("us_ofac_sdn")
ROW = '{number},"{name}",{kind},"SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,{remark}\r\n'


def read(path: Path) -> Reading:
    return read_publication(path, SOURCE)


def values(rows: Iterable[ClaimRow], entity_id: str, prop: str) -> set[str]:
    return {row.value for row in rows if row.entity_id == entity_id and row.prop == prop}


def links(rows: Iterable[ClaimRow]) -> list[dict[str, ClaimRow]]:
    """Every link as its rows by property."""
    found: defaultdict[str, dict[str, ClaimRow]] = defaultdict(dict)
    for row in rows:
        if row.schema in {"UnknownLink", "Ownership", "Family", "Representation"}:
            found[row.entity_id][row.prop] = row
    return list(found.values())


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    """A copy of the sample that a test may damage."""
    folder = tmp_path / "publication"
    shutil.copytree(SAMPLE, folder)
    return folder


def listed(tmp_path: Path, *remarks: str, kind: str = "-0- ") -> Reading:
    """Read a list of records that have only a name, from 1 up, and these remarks."""
    rows = [
        ROW.format(number=n, name=f"CABBAGE {n}", kind=kind, remark=f'"{text}"')
        for n, text in enumerate(remarks, start=1)
    ]
    path = tmp_path / "sdn.csv"
    path.write_bytes(("".join(rows) + "\x1a").encode())
    return read(path)


def test_the_sample_gives_the_accepted_claims() -> None:
    assert golden_lines(SOURCE, SAMPLE) == (SAMPLE / GOLDEN).read_text(encoding="utf-8").splitlines()


def test_the_sample_is_counted_row_by_row() -> None:
    counts = read(SAMPLE).claims.counts
    assert (counts["records"], counts["addresses"], counts["aliases"]) == (11, 7, 6)
    assert counts["addresses_empty"] == 1
    assert (
        counts["links"]
        == 11
        == counts["links_to_listed"]
        + counts["links_by_program"]
        + counts["links_ambiguous"]
        + counts["links_to_unlisted"]
    )


def test_every_record_is_sanctioned_under_its_printed_programmes() -> None:
    rows = read(SAMPLE).claims.rows
    records = {row.record_id for row in rows}
    assert {row.record_id for row in rows if (row.prop, row.value) == ("topics", "sanction")} == records
    assert values(rows, "ofac-90001-sanction", "program") == {"BELARUS-EO14038", "RUSSIA-EO14024"}
    assert values(rows, "ofac-90001-sanction", "programId") == {"US-BRUS", "US-RUSHAR"}


def test_a_persons_name_is_given_in_the_order_of_speech() -> None:
    rows = read(SAMPLE).claims.rows
    (name,) = [row for row in rows if row.entity_id == "ofac-90002" and row.prop == "name"]
    assert (name.value, name.original_value) == ("Ivan Petrovich RADISH", "RADISH, Ivan Petrovich")
    assert values(rows, "ofac-90002", "fatherName") == {"Petrovich"}


def test_a_remark_goes_on_in_the_comments_where_it_was_cut() -> None:
    rows = read(SAMPLE).claims.rows
    assert values(rows, "us_ofac_sdn-wallet-b2606bf40971", "holder") == {"ofac-90009"}
    assert not values(rows, "ofac-90009", "notes")


def test_a_remark_cut_for_good_keeps_its_last_words_as_a_note() -> None:
    reading = read(SAMPLE)
    assert "a.k.a. 'T" in values(reading.claims.rows, "ofac-90010", "notes")
    assert not any(
        name.startswith("T ") or name == "T" for name in values(reading.claims.rows, "ofac-90010", "weakAlias")
    )
    assert any("90010" in warning and "cut at 1,000" in warning for warning in reading.warnings)


def test_rows_about_records_that_are_not_listed_are_told_not_dropped() -> None:
    reading = read(SAMPLE)
    assert reading.claims.counts["aliases_without_record"] == reading.claims.counts["comments_without_record"] == 1
    assert any(warning.startswith("alt.csv") and "90099" in warning for warning in reading.warnings)
    assert any(warning.startswith("sdn_comments.csv") and "90098" in warning for warning in reading.warnings)


def test_a_comment_on_a_remark_that_was_not_cut_is_told(publication: Path) -> None:
    with (publication / "sdn_comments.csv").open("ab") as file:
        file.write(b'90003,"Linked To: NOBODY."\r\n')
    reading = read(publication)
    assert reading.claims.counts["comments_without_record"] == 2
    assert not any("NOBODY" in row.value for row in reading.claims.rows)


def test_a_link_leads_to_the_one_listed_party_of_that_name() -> None:
    (edge,) = [
        link
        for link in links(read(SAMPLE).claims.rows)
        if link.get("subject") and link["subject"].value == "ofac-90002"
    ]
    assert (edge["object"].value, edge["object"].stance) == ("ofac-90001", "infers")
    assert (edge["role"].value, edge["role"].quote) == ("Linked To", "Linked To: TURNIP TRADING LLC.")


def test_of_two_parties_of_one_name_the_one_that_shares_a_programme_is_taken_and_it_says_so() -> None:
    edges = {
        link["subject"].value: link
        for link in links(read(SAMPLE).claims.rows)
        if any("CARROT" in str(row.quote) for row in link.values())
    }
    assert edges["ofac-90005"]["object"].value == "ofac-90007"
    assert "RUSSIA-EO14024" in edges["ofac-90005"]["summary"].value
    assert edges["ofac-90005"]["object"].stance == "infers"
    assert edges["ofac-90006"]["object"].value.startswith("us_ofac_sdn-named-")  # shares none: nobody knows which


def test_a_spouse_printed_in_the_order_of_speech_is_found() -> None:
    (edge,) = [link for link in links(read(SAMPLE).claims.rows) if "relative" in link]
    assert (edge["person"].value, edge["relative"].value) == ("ofac-90003", "ofac-90002")


def test_a_vessels_owner_is_a_link() -> None:
    (edge,) = [
        link for link in links(read(SAMPLE).claims.rows) if link.get("asset") and link["asset"].value == "ofac-90004"
    ]
    assert (edge["owner"].value, edge["role"].value) == ("ofac-90005", "Vessel Owner")


def test_a_country_alone_makes_no_address_to_meet_at() -> None:
    rows = read(SAMPLE).claims.rows
    assert values(rows, "ofac-90002", "country") == {"by"}
    assert not values(rows, "ofac-90002", "addressEntity")


def test_locators_name_part_record_and_field_but_no_line() -> None:
    located = {row.locator for row in read(SAMPLE).claims.rows}
    assert {"sdn.csv#90001/remarks", "alt.csv#90001/11", "add.csv#90001/1", "sdn.csv#90004/vess_flag"} <= located
    assert all(re.fullmatch(r"(?:sdn|alt|add)\.csv#\d+(?:/\w+)?", locator) for locator in located)


def test_the_list_can_be_read_alone_and_says_what_is_unknown() -> None:
    reading = read(SAMPLE / "sdn.csv")
    assert reading.claims.counts["records"] == 11
    assert any("published without add.csv, alt.csv" in warning for warning in reading.warnings)


def test_a_file_is_known_by_its_rows_whatever_it_is_called(publication: Path) -> None:
    expected = set(read(SAMPLE).claims.rows)
    for old, new in (("sdn.csv", "sdn_20990101T0000Z.csv"), ("add.csv", "a.csv"), ("alt.csv", "b.txt")):
        (publication / old).rename(publication / new)
    assert set(read(publication).claims.rows) == expected


def test_two_lists_in_one_folder_are_refused(publication: Path) -> None:
    shutil.copy(publication / "sdn.csv", publication / "sdn_old.csv")
    with pytest.raises(BadInput, match=r"two files for sdn\.csv"):
        read(publication)


def test_versions_share_the_claims_of_a_record_that_stayed_the_same(publication: Path) -> None:
    before = {row.claim_id: row for row in read(SAMPLE).claims.rows}
    text = (publication / "sdn.csv").read_bytes().decode()
    (publication / "sdn.csv").write_bytes((text.replace("ROOT BANK JSC", "ROOT BANK PJSC")).encode())
    after = {row.claim_id: row for row in read(publication).claims.rows}
    changed = {row.record_id for key, row in (before | after).items() if key not in before or key not in after}
    assert changed == {"ofac-90011"}
    assert all(after[key] is row for key, row in before.items() if row.record_id != "ofac-90011")


def test_what_was_read_before_changes_nothing(publication: Path) -> None:
    (publication / "add.csv").unlink()
    read(publication)
    warm = read(SAMPLE).claims
    legacy_record.written.cache_clear()
    cold = read(SAMPLE).claims
    assert warm.rows == cold.rows
    assert warm.counts == cold.counts


def test_a_link_moves_when_the_other_party_is_listed(tmp_path: Path) -> None:
    one = listed(tmp_path, "Linked To: CABBAGE 2.")
    two = listed(tmp_path, "Linked To: CABBAGE 2.", "all offices worldwide.")
    assert one.claims.counts["links_to_unlisted"] == two.claims.counts["links_to_listed"] == 1
    assert {link["object"].value for link in links(two.claims.rows)} == {"ofac-2"}


def test_a_record_is_never_linked_to_itself(tmp_path: Path) -> None:
    (edge,) = links(listed(tmp_path, "Linked To: CABBAGE 1.").claims.rows)
    assert edge["object"].value.startswith("us_ofac_sdn-named-")


def test_a_remark_without_its_full_stop_is_read_to_its_end(tmp_path: Path) -> None:
    assert values(listed(tmp_path, "DOB 1960", kind='"individual"').claims.rows, "ofac-1", "birthDate") == {"1960"}


def test_what_nobody_understands_is_counted_and_kept(tmp_path: Path) -> None:
    claims = listed(tmp_path, "fond of soup; DOB 1960.").claims
    assert claims.counts["not_understood"] == 1
    assert values(claims.rows, "ofac-1", "notes") == {"fond of soup", "DOB 1960."}  # an organisation has no birth date


@pytest.mark.parametrize("column", range(5, 11))
def test_a_vessels_column_on_another_record_becomes_a_note(tmp_path: Path, column: int) -> None:
    cells = ["1", '"CABBAGE"', "-0- ", '"SDGT"', *["-0- "] * 8]
    cells[column] = '"leaf"'
    path = tmp_path / "sdn.csv"
    path.write_bytes((",".join(cells) + "\r\n\x1a").encode())
    assert any(note.endswith(": leaf") for note in values(read(path).claims.rows, "ofac-1", "notes"))


def test_addresses_and_aliases_without_the_list_are_refused(publication: Path) -> None:
    (publication / "sdn.csv").unlink()
    with pytest.raises(Damaged, match=r"without sdn\.csv"):
        read(publication)


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("sdn.csv", '"vessel"', '"submarine"', r"record 90004: unknown type 'submarine'"),
        ("sdn.csv", '90002,"RADISH', '90001,"RADISH', r"record 90001: two rows of this number"),
        ("sdn.csv", '90002,"RADISH', 'x,"RADISH', r"line 2: 'x' where a record's number belongs"),
        ("sdn.csv", '"SUGAR BEET"', "Jul-28", r"record 90004: the name 'Jul-28', which a spreadsheet made"),
        ("sdn.csv", '"SUGAR BEET"', "-0- ", r"record 90004: a row without a name"),
        ("sdn.csv", '"BELARUS",', '"BELARUS"', r"line 2: 11 columns where 12 belong"),
        ("sdn.csv", "Minsk\x00", "", ""),
        ("alt.csv", '"fka"', '"zka"', r"record 90001, alias 12: unknown kind of alias 'zka'"),
        ("alt.csv", '"RADISHCHA, Ivan"', "12-Apr", r"the name '12-Apr', which a spreadsheet made"),
        ("add.csv", '"Belarus",', "", r"columns where 6 belong"),
    ],
)
def test_a_damaged_row_stops_the_reading_and_is_named(
    publication: Path, file: str, old: str, new: str, found: str
) -> None:
    path = publication / file
    text = path.read_bytes().decode()
    if not found:
        text, found = text.replace("TURNIP", "TUR\x00IP", 1), "NUL byte"
    path.write_bytes((text.replace(old, new, 1)).encode())
    with pytest.raises(BadInput, match=found):
        read(publication)


@pytest.mark.parametrize("file", ["sdn.csv", "add.csv"])
def test_a_file_that_a_spreadsheet_saved_again_is_refused_for_what_it_lost(publication: Path, file: str) -> None:
    path = publication / file
    cells = list(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))
    saved = io.StringIO(newline="")
    csv.writer(saved).writerows([[f"Col_{n}" for n in range(len(cells[0]))], *cells[:-1]])
    path.write_bytes((saved.getvalue()).encode())
    with pytest.raises(Damaged, match=r"a header .* a spreadsheet saved it again, .* lost leading zeros"):
        read(publication)


def test_aliases_under_ofacs_own_column_names_lost_nothing_and_are_read(publication: Path) -> None:
    expected = set(read(SAMPLE).claims.rows)
    path = publication / "alt.csv"
    rows = path.read_bytes().decode().replace('"', "").replace("RADISHCHA, Ivan", '"RADISHCHA, Ivan"')
    path.write_bytes(("ent_num,alt_num,alt_type,alt_name,alt_remarks\r\n" + rows + ",,,,").encode())
    assert set(read(publication).claims.rows) == expected


@given(cut=st.integers(min_value=1, max_value=(SAMPLE / "sdn.csv").stat().st_size - 1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_a_list_cut_anywhere_is_refused_or_doubted(tmp_path: Path, cut: int) -> None:
    whole = (SAMPLE / "sdn.csv").read_bytes()
    path = tmp_path / "sdn.csv"
    path.write_bytes(whole[:cut])
    try:
        reading = read(path)
    except BadInput:
        return
    assert whole[:cut].endswith(b"\n") or whole[:cut].endswith(b"\r")
    assert any("control-Z" in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sdn.csv", "ent_num,name\r\n1,Cabbage\r\n"),
        ("sdn.csv", "source;name\r\n1;Cabbage\r\n"),
        ("add.csv", "1,2,a,b,c,d\r\n"),
        ("alt.csv", '1,2,"also",x,-0- \r\n'),
        ("sdn.xml", "<sdn/>"),
        ("sdn.json", "[1,2]"),
    ],
)
def test_other_files_are_not_taken_for_ours(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(NotThisSource):
        read(tmp_path / name)


def test_a_consolidated_list_is_sent_to_its_own_source(tmp_path: Path) -> None:
    path = tmp_path / "cons_prim.csv"
    path.write_bytes(
        (ROW.format(number=1, name="CABBAGE", kind="-0- ", remark="-0- ").replace("SDGT", "NS-PLC") + "\x1a").encode()
    )
    with pytest.raises(NotThisSource, match="us_ofac_cons"):
        read(path)
