"""OFAC's advanced XML: the UN's model, where a record is spread over sections that refer to each other by number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from tests.sources.ofac.xml_samples import links, told, write_changed

from shellgame.errors import Damaged, NotThisSource
from shellgame.sources import us_ofac_cons
from shellgame.sources.catalog import source_named
from shellgame.sources.reading import read_publication
from shellgame.testing.golden import GOLDEN, golden_lines

SAMPLE = Path(us_ofac_cons.__file__).parent / "sample" / "advanced-xml"
FILE = SAMPLE / "cons_advanced.xml"
CONS, SDN = source_named("us_ofac_cons"), source_named("us_ofac_sdn")


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """Write the sample with pieces of its text exchanged."""

    def write(*pairs: tuple[str, str]) -> Path:
        return write_changed(FILE, tmp_path / "list.xml", *pairs)

    return write


def test_the_sample_gives_the_accepted_claims() -> None:
    assert golden_lines(CONS, SAMPLE) == (SAMPLE / GOLDEN).read_text(encoding="utf-8").splitlines()


def test_the_day_of_issue_is_the_day_of_publication() -> None:
    assert read_publication(FILE, CONS).claims.published == "2026-02-09"


def test_names_are_put_together_of_their_parts() -> None:
    assert {
        ("name", "Viktor Ivanovich TURNIP"),
        ("name", "Виктор Иванович ТУРНИП"),
        ("alias", "Victor Igor TURNEP SWEDE"),
        ("middleName", "Igor"),
        ("motherName", "SWEDE"),
        ("weakAlias", "VITYA"),
        ("previousName", "Viktor RADISH"),
        ("alias", "芜菁"),
    } <= told(read_publication(FILE, CONS), "ofac-90001")
    assert {("alias", "TTL"), ("abbreviation", "TTL")} <= told(read_publication(FILE, CONS), "ofac-90002")


def test_a_date_is_as_exact_as_its_ends_say() -> None:
    reading = read_publication(FILE, CONS)
    born = {value for prop, value in told(reading, "ofac-90001") if prop == "birthDate"}
    assert born == {"1951", "1953", "1954", "1955"}
    assert ("notes", "Birthdate: 7459 (Harvest calendar)") in told(reading, "ofac-90001")
    assert ("incorporationDate", "1999-03") in told(reading, "ofac-90002")
    circa = next(row for row in reading.claims.rows if row.prop == "birthDate" and row.value == "1951")
    assert (circa.original_value, circa.quote) == ("circa 1951", "Birthdate: circa 1951")


def test_each_entry_is_a_listing_with_day_basis_measures_and_programme() -> None:
    reading = read_publication(FILE, CONS)
    assert {
        ("description", "Sectoral Sanctions Identifications List"),
        ("listingDate", "2014-07-16"),
        ("reason", "Executive Order 13662 (Ukraine)"),
        ("program", "UKRAINE-EO13662"),
        ("provisions", "13662 Sectoral Directive 1"),
        ("startDate", "2014-07-16"),
        ("endDate", "2034-07-16"),
        ("summary", "Replanted: 2018-05-01"),
        ("summary", "first of its kind"),
    } <= told(reading, "ofac-90001-sanction-91507")
    assert ("listingDate", "2014-10-10") in told(reading, "ofac-90001-sanction")
    assert not any(prop == "reason" for prop, _ in told(reading, "ofac-90003-sanction"))  # OFAC's Unknown is nothing


def test_a_relation_is_read_from_its_first_profile() -> None:
    rows = read_publication(FILE, CONS).claims.rows
    owned = {
        (link["asset"], link["owner"]) for link in links(rows, "Ownership") if link["role"] == "Owned or Controlled By"
    }
    assert owned == {("ofac-90002", "ofac-90004"), ("ofac-90005", "ofac-91000")}
    leader = links(rows, "Directorship")[0]
    assert (leader["director"], leader["organization"]) == ("ofac-90001", "ofac-90002")
    assert (leader["status"], leader["startDate"], leader["endDate"]) == ("former", "2010", "2016")


def test_places_without_a_country_and_countries_without_a_place_are_told_apart() -> None:
    reading = read_publication(FILE, CONS)
    assert ("nationality", "by") in told(reading, "ofac-90001")
    assert ("flag", "lr") in told(reading, "ofac-90005")
    assert not any(prop in {"address", "country"} for prop, _ in told(reading, "ofac-90002"))  # undetermined
    assert reading.claims.counts["addresses_empty"] == 1


def test_what_is_printed_beside_is_kept() -> None:
    reading = read_publication(FILE, CONS)
    values = {row.value for row in reading.claims.rows}
    assert {
        "TURNEP SWEDE, Victor Igor: in his youth",
        "by the well; since his retirement",
        "worn at the edges; Lamination Date: 2021",
        "LimitationsToListing: not on Sundays",
        "Garden: three rows of leeks",
        "BEETROOT, Anna: of a false identity",
    } <= values


def test_an_sdn_file_is_refused_as_the_consolidated_list_and_the_other_way_round(changed: Callable[..., Path]) -> None:
    with pytest.raises(
        NotThisSource, match=r"5 of 6 records stand on no list of us_ofac_sdn.*shellgame add us_ofac_cons"
    ):
        read_publication(FILE, SDN)
    all_sdn = changed(('ListID="91512"', 'ListID="1550"'))
    with pytest.raises(NotThisSource, match=r"shellgame add us_ofac_sdn"):
        read_publication(all_sdn, CONS)
    reading = read_publication(all_sdn, SDN)
    assert reading.claims.counts["records"] == 6
    assert ("description", "SDN List") in told(reading, "ofac-90001-sanction")


def test_of_a_file_that_mixes_lists_each_source_takes_its_own(changed: Callable[..., Path]) -> None:
    mixed = changed(('ProfileID="90003" ListID="91512"', 'ProfileID="90003" ListID="1550"'))
    consolidated, sdn = read_publication(mixed, CONS), read_publication(mixed, SDN)
    assert {row.record_id for row in sdn.claims.rows} == {"ofac-90002", "ofac-90003"}
    assert consolidated.claims.counts["records"] == 5
    assert any("mixes lists: 1 records" in warning for warning in consolidated.warnings)


def test_a_party_on_no_list_is_a_record_that_is_not_sanctioned(changed: Callable[..., Path]) -> None:
    text = FILE.read_text(encoding="utf-8")
    entry = re.search(r'    <SanctionsEntry ID="70090006".*?</SanctionsEntry>\n', text, re.DOTALL)
    assert entry
    reading = read_publication(changed((entry.group(), "")), CONS)
    assert not any(prop == "topics" for prop, _ in told(reading, "ofac-90006"))
    assert reading.claims.counts["records_without_listing"] == 1


def test_a_link_between_entries_is_told_of_aloud(changed: Callable[..., Path]) -> None:
    link = '<SanctionsEntryLinks><SanctionsEntryLink ID="1" /></SanctionsEntryLinks>'
    reading = read_publication(changed(("<SanctionsEntryLinks />", link)), CONS)
    assert "1 links between entries were not read: OFAC had none before" in reading.warnings


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            '<AliasType ID="1400">',
            '<AliasType ID="1499">',
            "AliasType 1400, which the file's reference values do not define",
        ),
        ('<VersionLocation LocationID="3001" />', '<VersionLocation LocationID="9" />', "a reference to location 9"),
        ('IdentityID="7005" ValidityID', 'IdentityID="7009" ValidityID', "belongs to an identity that no party has"),
        ('From-ProfileID="90006"', 'From-ProfileID="90009"', "profile 90009, which the file does not hold"),
        ('ProfileID="90006" ListID', 'ProfileID="90009" ListID', "profile 90009, which the file does not hold"),
        ("<Year>2006</Year><Month>4</Month>", "<Year>2006</Year><Month>14</Month>", "no day: 2006-14-12"),
        ('<Profile ID="90006"', '<Profile ID="90005"', "two records of this number"),
    ],
)
def test_what_does_not_fit_together_is_refused(changed: Callable[..., Path], old: str, new: str, found: str) -> None:
    with pytest.raises(Damaged, match=re.escape(found)):
        read_publication(changed((old, new)), CONS)


def test_a_delta_file_is_refused(changed: Callable[..., Path]) -> None:
    with pytest.raises(NotThisSource, match="tells only what changed"):
        read_publication(
            changed(('<DistinctParty FixedRef="90001"', '<DistinctParty FixedRef="90001" DeltaAction="Added"')), CONS
        )


def test_a_file_cut_in_the_entries_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_bytes(FILE.read_bytes().partition(b'<SanctionsEntry ID="70090004"')[0])
    with pytest.raises(Damaged, match=r"list\.xml, line \d+"):
        read_publication(path, CONS)


def test_a_file_without_entries_says_nothing_of_any_list(changed: Callable[..., Path]) -> None:
    text = FILE.read_text(encoding="utf-8")
    entries = text.partition("<SanctionsEntries>")[2].partition("</SanctionsEntries>")[0]
    with pytest.raises(Damaged, match="no record stands on any list"):
        read_publication(changed((entries, "")), CONS)


@pytest.mark.data
def test_everything_in_the_real_file_is_read(data_folder: Path) -> None:
    path = data_folder / "ofac-xml" / "cons_advanced.xml"
    tree, reading = etree.parse(path), read_publication(path, CONS)
    rows, counts = reading.claims.rows, reading.claims.counts
    assert (counts["records"], counts["links"]) == (375, 276)
    printed = {
        (f"ofac-{each.get('From-ProfileID')}", f"ofac-{each.get('To-ProfileID')}")
        for each in tree.iter("{*}ProfileRelationship")
    }
    assert {(link["asset"], link["owner"]) for link in links(rows, "Ownership")} == printed
    numbers = [element.text for element in tree.iter("{*}IDRegistrationNo")]
    assert set(numbers) <= {
        row.value for row in rows if row.schema in {"Identification", "Passport"} and row.prop == "number"
    }
    assert counts["aliases"] == len(tree.findall(".//{*}DocumentedName")) - 375
    days = Counter(
        (row.record_id, row.locator.rpartition("/")[2], row.value) for row in rows if row.prop == "listingDate"
    )
    entered = Counter(
        {
            (f"ofac-{entry.get('ProfileID')}", entry.get("ListID"), _day(date))
            for entry in tree.iter("{*}SanctionsEntry")
            for date in entry.iter("{*}Date")
        }
    )
    assert days == entered
    tags = Counter(row.value for row in rows if row.prop == "program")
    assert tags == Counter(element.text for element in tree.findall(".//{*}SanctionsMeasure/{*}Comment"))


@pytest.mark.data
def test_the_real_file_is_not_taken_for_the_sdn_list(data_folder: Path) -> None:
    with pytest.raises(NotThisSource, match=r"366 of 375 records stand on no list of us_ofac_sdn"):
        read_publication(data_folder / "ofac-xml" / "cons_advanced.xml", SDN)


def _day(date: etree._Element) -> str:
    year, month, day = (int(part.text or 0) for part in date)
    return f"{year}-{month:02}-{day:02}"
