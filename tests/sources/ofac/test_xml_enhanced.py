"""OFAC's enhanced XML: all of a record in one element, names in several scripts, lists with their days, relations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from tests.sources.ofac.xml_samples import links, told, write_changed

from shellgame.errors import BadInput, Damaged, NotThisSource
from shellgame.model.claim import ClaimRow
from shellgame.sources import us_ofac_cons
from shellgame.sources.catalog import source_named
from shellgame.sources.reading import read_publication
from shellgame.testing.golden import GOLDEN, golden_lines

SAMPLE = Path(us_ofac_cons.__file__).parent / "sample" / "enhanced-xml"
FILE = SAMPLE / "cons_enhanced.xml"
CONS, SDN = source_named("us_ofac_cons"), source_named("us_ofac_sdn")
NAMES = frozenset({"name", "alias", "weakAlias", "previousName"})
FILTER = '<sanctionsList refId="91512">Consolidated List</sanctionsList>'


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """Write the sample with pieces of its text exchanged."""

    def write(*pairs: tuple[str, str]) -> Path:
        return write_changed(FILE, tmp_path / "list.xml", *pairs)

    return write


def test_the_sample_gives_the_accepted_claims() -> None:
    assert golden_lines(CONS, SAMPLE) == (SAMPLE / GOLDEN).read_text(encoding="utf-8").splitlines()


def test_the_day_of_the_data_is_the_day_of_publication() -> None:
    assert read_publication(FILE, CONS).claims.published == "2026-02-09"


def test_a_name_in_a_script_of_one_language_has_that_language() -> None:
    rows = read_publication(FILE, CONS).claims.rows
    names = {row.value: row.lang for row in rows if row.prop == "name"}
    assert names["芜菁贸易公司"] == "zho"
    assert names["비트안나"] == "kor"  # the family first, and no space
    assert names["Виктор Иванович ТУРНИП"] is None  # Cyrillic is written in many languages


def test_parts_of_a_persons_name_are_claimed_by_their_kind() -> None:
    assert {
        ("lastName", "Turnip"),
        ("firstName", "Viktor"),
        ("fatherName", "Ivanovich"),
        ("lastName", "Radish"),
    } <= told(read_publication(FILE, CONS), "ofac-90001")


def test_each_list_is_a_listing_with_its_day_and_the_sources_own_list_is_the_plain_one() -> None:
    reading = read_publication(FILE, CONS)
    assert {("listingDate", "2014-10-10"), ("description", "Consolidated List")} <= told(reading, "ofac-90001-sanction")
    assert ("listingDate", "2014-07-16") in told(reading, "ofac-90001-sanction-91507")
    assert ("reason", "Executive Order 13662 (Ukraine)") in told(reading, "ofac-90001-sanction")
    assert ("provisions", "Reject") in told(reading, "ofac-90001-sanction")


def test_how_sure_the_publisher_is_becomes_the_stance() -> None:
    stances = {
        row.prop: row.stance for row in read_publication(FILE, CONS).claims.rows if row.entity_id == "ofac-90001"
    }
    assert (stances["phone"], stances["citizenship"], stances["nationality"]) == ("reports", "denies", "asserts")


def test_relations_keep_their_direction_and_their_words() -> None:
    rows = read_publication(FILE, CONS).claims.rows
    assert {(link["owner"], link["role"], link["asset"]) for link in links(rows, "Ownership")} == {
        ("ofac-90004", "Owned or Controlled By", "ofac-90002"),
        ("ofac-90004", "Owns, controls, or operates", "ofac-90005"),
        ("ofac-90004", "Vessel Owner", "ofac-90005"),
    }
    directed = {(link["director"], link["organization"]) for link in links(rows, "Directorship")}
    assert directed == {("ofac-90001", "ofac-90002"), ("ofac-90003", "ofac-90004")}
    assert links(rows, "Family")[0]["summary"] == "former"
    assert links(rows, "Associate")[0]["relationship"] == "Associate Of"


def test_a_relation_whose_ends_do_not_fit_stays_a_link_of_unknown_kind() -> None:
    unknown = {link["role"]: link for link in links(read_publication(FILE, CONS).claims.rows, "UnknownLink")}
    aircraft_as_leader = unknown["Leader or official of"]
    assert (aircraft_as_leader["subject"], aircraft_as_leader["object"]) == ("ofac-90006", "ofac-90004")
    assert unknown["Property in the interest of"]["subject"] == "ofac-90005"
    assert unknown["Sharecropper of"]["summary"] == "for half of the beets"
    assert (unknown["Providing support to"]["startDate"], unknown["Providing support to"]["endDate"]) == (
        "2015",
        "2019",
    )


def test_a_related_party_that_is_not_in_the_file_keeps_its_printed_name() -> None:
    assert told(read_publication(FILE, CONS), "ofac-91000") == {("name", "COMMITTEE FOR VEGETABLES")}


def test_a_paper_has_country_days_authority_fault_and_the_name_it_is_made_out_to() -> None:
    rows = read_publication(FILE, CONS).claims.rows
    passport = {(row.prop, row.value) for row in rows if row.schema == "Passport"}
    assert {
        ("number", "MP0000001"),
        ("country", "by"),
        ("startDate", "2020-02-01"),
        ("endDate", "2030-02-01"),
        ("authority", "Ministry of Soil"),
        ("summary", "not valid"),
        ("namesMentioned", "TURNEP, Victor"),
    } <= passport


def test_the_filter_says_which_source_a_file_belongs_to() -> None:
    with pytest.raises(NotThisSource, match="it looks like us_ofac_cons"):
        read_publication(FILE, SDN)


def test_without_a_filter_the_records_say_it(changed: Callable[..., Path]) -> None:
    path = changed((FILTER, ""))
    assert read_publication(path, CONS).claims.counts["records"] == 6
    with pytest.raises(NotThisSource, match=r"5 of 6 records stand on no list of us_ofac_sdn"):
        read_publication(path, SDN)


def test_a_file_filtered_by_more_than_lists_is_taken_with_a_warning(changed: Callable[..., Path]) -> None:
    by_program = (
        "</sanctionsLists><sanctionsPrograms><sanctionsProgram>NS-PLC</sanctionsProgram></sanctionsPrograms></filters>"
    )
    path = changed(("</sanctionsLists>\n    </filters>", by_program))
    assert any("only part of the list" in warning for warning in read_publication(path, CONS).warnings)


def test_a_delta_file_is_refused(changed: Callable[..., Path]) -> None:
    path = changed(
        ("https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML", "urn:DeltaFile")
    )
    with pytest.raises(NotThisSource, match="tells only what changed"):
        read_publication(path, CONS)


def test_an_alias_without_a_kind_is_not_guessed_at(changed: Callable[..., Path]) -> None:
    with pytest.raises(BadInput, match="record 90001: unknown kind of name ''"):
        read_publication(changed(('<aliasType refId="1401">F.K.A.</aliasType>', "")), CONS)


def test_a_relation_to_nobody_is_refused(changed: Callable[..., Path]) -> None:
    with pytest.raises(Damaged, match="relation 6003 leads nowhere"):
        read_publication(changed((' entityId="91000"', "")), CONS)


def test_a_file_cut_between_two_records_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_bytes(FILE.read_bytes().partition(b'<entity id="90004">')[0])
    with pytest.raises(Damaged):
        read_publication(path, CONS)


def test_the_classic_layout_tells_the_same_of_the_same_records() -> None:
    classic = read_publication(SAMPLE.parent / "xml", CONS).claims.rows
    enhanced = {(row.entity_id, row.prop, row.value) for row in read_publication(FILE, CONS).claims.rows}
    told_otherwise = {"lastName", "firstName"}  # the enhanced layout has them in letters of both cases
    for row in classic:
        if row.entity_id == row.record_id and row.prop not in told_otherwise and "carrot" not in row.value:
            if row.record_id == "ofac-90004" and row.prop in {"address", "addressEntity"}:
                continue  # the other layout adds a region
            if row.prop == "notes" and ":" in row.value and "vegetable" not in row.value:
                continue  # elements of another name
            assert (row.entity_id, row.prop, row.value) in enhanced


@pytest.mark.data
def test_everything_in_the_real_file_is_read(data_folder: Path) -> None:
    path = data_folder / "ofac-xml" / "CONS_ENHANCED.XML"
    tree, reading = etree.parse(path), read_publication(path, CONS)
    rows, counts = reading.claims.rows, reading.claims.counts
    assert counts["records"] == 443
    assert (
        len({row.entity_id for row in rows if row.schema == "Sanction"}) == len(tree.findall(".//{*}sanctionsList")) - 1
    )
    days = Counter(
        (row.record_id, row.value) for row in rows if row.prop == "listingDate" and "/listing/" in row.locator
    )
    printed = Counter(
        (f"ofac-{entity.get('id')}", each.get("datePublished"))
        for entity in tree.iter("{*}entity")
        for each in entity.iter("{*}sanctionsList")
    )
    assert days == printed
    numbers = {element.text for element in tree.iter("{*}documentNumber")}
    assert numbers == {
        row.value for row in rows if row.schema in {"Identification", "Passport"} and row.prop == "number"
    } - {
        feature.findtext("{*}value") for feature in tree.iter("{*}feature") if feature.findtext("{*}type") == "BIK (RU)"
    }
    assert len(links(rows, "Ownership")) + len(links(rows, "Representation")) == len(tree.findall(".//{*}relationship"))


@pytest.mark.data
def test_the_classic_file_of_the_same_months_has_the_same_names_and_programmes(data_folder: Path) -> None:
    folder = data_folder / "ofac-xml"
    january = read_publication(folder / "CONS_ENHANCED.XML", CONS).claims.rows
    march = read_publication(folder / "cons_sdn_schema_20250328.xml", CONS).claims.rows
    assert _names(january) == _names(march)
    assert _programs(january) == _programs(march)
    assert len(_names(march)) == 443


def _names(rows: list[ClaimRow]) -> dict[str, set[tuple[str, str]]]:
    """Names by kind and record, in Latin letters: the classic layout has no others."""
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        if (
            row.entity_id == row.record_id
            and row.prop in NAMES
            and "/name" in row.locator
            and max(row.value) < "\u0250"
        ):
            found[row.record_id].add((row.prop, row.value))
    return found


def _programs(rows: list[ClaimRow]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.prop == "program":
            found[row.record_id].add(row.value)
    return found
