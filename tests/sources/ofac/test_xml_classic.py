"""OFAC's classic XML: one flat element a record, papers and features in one list, links in remarks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.sources.ofac.xml_samples import told, write_changed

from shellgame.errors import BadInput, Damaged, Hostile, NotThisSource
from shellgame.sources import us_ofac_cons
from shellgame.sources.catalog import source_named
from shellgame.sources.reading import read_publication
from shellgame.testing.golden import GOLDEN, golden_lines

SAMPLE = Path(us_ofac_cons.__file__).parent / "sample" / "xml"
FILE = SAMPLE / "consolidated.xml"
CONS, SDN = source_named("us_ofac_cons"), source_named("us_ofac_sdn")


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """Write the sample with pieces of its text exchanged."""

    def write(*pairs: tuple[str, str], name: str = "list.xml") -> Path:
        return write_changed(FILE, tmp_path / name, *pairs)

    return write


def test_the_sample_gives_the_accepted_claims() -> None:
    assert golden_lines(CONS, SAMPLE) == (SAMPLE / GOLDEN).read_text(encoding="utf-8").splitlines()


def test_the_day_of_publication_is_printed_month_first() -> None:
    assert read_publication(FILE, CONS).claims.published == "2026-02-09"


def test_each_name_is_told_by_its_kind_and_given_names_come_first() -> None:
    assert {
        ("name", "Viktor Ivanovich TURNIP"),
        ("alias", "Victor TURNEP"),
        ("weakAlias", "VITYA"),
        ("previousName", "Viktor RADISH"),
        ("alias", "Viktor PASTINAK"),
    } <= told(read_publication(FILE, CONS), "ofac-90001")


def test_a_birth_date_is_as_exact_as_it_is_printed() -> None:
    rows = [row for row in read_publication(FILE, CONS).claims.rows if row.record_id == "ofac-90001"]
    born = {(row.value, row.stance) for row in rows if row.prop == "birthDate"}
    assert born == {("1951", "asserts"), ("1953", "infers"), ("1954", "infers"), ("1955", "infers")}
    assert "Birthdate: in the year of the carrot" in {row.value for row in rows if row.prop == "notes"}


def test_a_link_in_a_remark_leads_to_the_listed_party_of_that_name_or_to_a_bare_name() -> None:
    rows = read_publication(FILE, CONS).claims.rows
    ends = {
        (row.record_id, row.value): row.stance for row in rows if row.schema == "UnknownLink" and row.prop == "object"
    }
    assert ends["ofac-90001", "ofac-90002"] == "infers"
    bare = next(value for record, value in ends if record == "ofac-90003")
    assert ("name", "Somebody Who Is Not Listed") in {(row.prop, row.value) for row in rows if row.entity_id == bare}


def test_an_imo_number_is_told_from_other_registrations() -> None:
    assert {("imoNumber", "7777770"), ("mmsi", "111111111"), ("grossRegisteredTonnage", "6789")} <= told(
        read_publication(FILE, CONS), "ofac-90005"
    )


def test_what_no_rule_knows_is_kept_in_words_counted_and_named() -> None:
    reading = read_publication(FILE, CONS)
    notes = {row.value for row in reading.claims.rows if row.prop == "notes"}
    assert {"Favourite vegetable: celeriac", "gardenList: three rows of leeks"} <= notes
    assert ("type", "Allotment Card") in {(row.prop, row.value) for row in reading.claims.rows}
    assert reading.claims.counts["not_understood"] == 5
    assert any(all(word in warning for word in ("Allotment Card", "gardenList")) for warning in reading.warnings)


def test_a_file_that_lost_a_record_is_refused(changed: Callable[..., Path]) -> None:
    with pytest.raises(Damaged, match="6 records where the file announces 7"):
        read_publication(changed(("<Record_Count>6", "<Record_Count>7")), CONS)


def test_a_file_cut_anywhere_is_refused(tmp_path: Path) -> None:
    text = FILE.read_bytes()
    for share in (0.3, 0.6, 0.99):
        cut = tmp_path / "list.xml"
        cut.write_bytes(text[: int(len(text) * share)])
        with pytest.raises(Damaged, match=r"list\.xml, line \d+"):
            read_publication(cut, CONS)


def test_a_document_type_is_refused(changed: Callable[..., Path]) -> None:
    bomb = '?>\n<!DOCTYPE sdnList [<!ENTITY a "aaaaaaaaaa">]>'
    with pytest.raises(Hostile):
        read_publication(changed(("?>", bomb), ("celeriac", "&a;")), CONS)


def test_programmes_that_only_other_lists_have_are_not_the_sdn_list() -> None:
    with pytest.raises(NotThisSource, match=r"record 90002 is under CMIC-EO13959 alone.*shellgame add us_ofac_cons"):
        read_publication(FILE, SDN)


def test_a_file_that_does_not_say_which_list_it_is_is_taken_with_a_note(changed: Callable[..., Path]) -> None:
    path = changed(("NS-PLC", "SDGT"), ("CMIC-EO13959", "UKRAINE-EO13662"))
    reading = read_publication(path, SDN)
    assert reading.claims.counts["records"] == 6
    assert any(
        "does not say which list it is; it was taken for the SDN List" in warning for warning in reading.warnings
    )


def test_an_unknown_kind_of_record_or_name_is_not_guessed_at(changed: Callable[..., Path]) -> None:
    with pytest.raises(BadInput, match=r"record 90005: unknown kind 'Submarine'"):
        read_publication(changed(("<sdnType>Vessel", "<sdnType>Submarine")), CONS)
    with pytest.raises(BadInput, match=r"record 90001: unknown kind of name 'P\.K\.A\.'"):
        read_publication(changed(("<type>f.k.a.", "<type>p.k.a.")), CONS)


def test_two_records_of_one_number_are_refused(changed: Callable[..., Path]) -> None:
    with pytest.raises(Damaged, match="record 90001: two records of this number"):
        read_publication(changed(("<uid>90002<", "<uid>90001<")), CONS)


@pytest.mark.data
def test_everything_in_the_real_file_is_read(data_folder: Path) -> None:
    path = data_folder / "ofac-xml" / "cons_sdn_schema_20250328.xml"
    raw, reading = path.read_text(encoding="utf-8"), read_publication(path, CONS)
    rows, counts = reading.claims.rows, reading.claims.counts
    assert counts["records"] == 443 == raw.count("<sdnEntry>")
    assert counts["aliases"] == raw.count("<aka>")
    assert counts["links"] == raw.count("(Linked To: ")
    assert counts["links_to_listed"] == counts["links"] - 1  # one is linked to HAMAS, which is on the other list
    props = Counter(row.prop for row in rows if row.entity_id == row.record_id)
    assert props["weakAlias"] == raw.count("<category>weak</category>")
    assert props["birthDate"] == raw.count("<dateOfBirth>")
    assert props["birthPlace"] == raw.count("<placeOfBirth>")
    assert len({row.entity_id for row in rows if row.schema == "Sanction"}) == 443
    programs = Counter(row.value for row in rows if row.prop == "program")
    assert programs == Counter(re.findall(r"<program>(.*?)</program>", raw))
    values = {row.value for row in rows}
    assert set(re.findall(r"<idNumber>(\d{8,})</idNumber>", raw)) <= values
    assert counts["not_understood"] < 20
