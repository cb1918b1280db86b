"""OFAC's SDN list, real publications: held against counts that no code of ours has made."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from shellgame.errors import Damaged
from shellgame.model.claim import ClaimRow
from shellgame.sources.catalog import source_named
from shellgame.sources.ofac import legacy_record
from shellgame.sources.reading import Reading, read_publication

SOURCE = source_named("us_ofac_sdn")
pytestmark = pytest.mark.data


def read(path: Path) -> Reading:
    return read_publication(path, SOURCE)


def links(rows: Iterable[ClaimRow]) -> list[dict[str, ClaimRow]]:
    """Every link of unknown kind as its rows by property."""
    found: defaultdict[str, dict[str, ClaimRow]] = defaultdict(dict)
    for row in rows:
        if row.schema == "UnknownLink":
            found[row.entity_id][row.prop] = row
    return list(found.values())


def raw_rows(path: Path) -> list[list[str]]:
    """The rows as the standard library splits them; no code of ours has a part in the counting."""
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("ascii").rstrip("\x1a"), newline="")))
    return [[cell.strip() for cell in row] for row in rows if row]


def by_program(rows: Iterable[ClaimRow]) -> Counter[str]:
    return Counter(program for _, program in {(row.record_id, row.value) for row in rows if row.prop == "program"})


def test_the_list_of_december_2023_is_read_whole(data_folder: Path) -> None:
    folder = data_folder / "ofac-20231228"
    reading = read(folder)
    counts, rows = reading.claims.counts, reading.claims.rows
    assert (counts["records"], counts["addresses"], counts["aliases"]) == (13821, 18990, 17091)
    assert counts["remark_fragments"] > 50_000
    assert counts["not_understood"] < 0.005 * counts["remark_fragments"]
    assert by_program(rows)["BELARUS-EO14038"] == 138
    assert len({row.record_id for row in rows if row.prop == "program" and row.value.startswith("BELARUS")}) == 210
    assert len({row.record_id for row in rows if row.prop == "program" and row.value.startswith("LIBYA")}) == 72
    assert any("12300, 15599, 15600" in warning for warning in reading.warnings)

    printed = raw_rows(folder / "sdn.csv")
    assert Counter(row.schema for row in rows if row.prop == "topics") == Counter(
        {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane"}.get(row[2], "Organization")
        for row in printed
    )
    aliases = Counter(row[2] for row in raw_rows(folder / "alt.csv"))
    assert (
        sum(row.prop == "alias" and row.locator.startswith("alt.csv") for row in rows)
        == aliases["aka"] + aliases["nka"]
    )
    assert sum(row.prop == "previousName" and row.locator.startswith("alt.csv") for row in rows) == aliases["fka"]


def test_every_linked_to_of_december_2023_becomes_a_link(data_folder: Path) -> None:
    rows = read(data_folder / "ofac-20231228").claims.rows
    remarks = {row[0]: row[11] for row in raw_rows(data_folder / "ofac-20231228" / "sdn.csv")}
    naming = {f"ofac-{number}" for number, remark in remarks.items() if "Linked To: " in remark}
    linking = {row.record_id for row in rows if row.schema == "UnknownLink" and row.value == "Linked To"}
    assert len(naming) == 5424
    assert naming <= linking
    unlisted = {row.record_id for row in rows if row.schema == "LegalEntity" and row.prop == "name"}
    assert len(unlisted) < 0.01 * len(linking)


def test_numbers_of_ships_and_companies_are_all_found(data_folder: Path) -> None:
    rows = read(data_folder / "ofac-20231228").claims.rows
    text = (data_folder / "ofac-20231228" / "sdn.csv").read_text(encoding="ascii")
    imo = set(re.findall(r"Vessel Registration Identification IMO (\d{7})", text))
    inn = set(re.findall(r"Tax ID No\. (\d{10}|\d{12}) \(Russia\)", text))
    ogrn = set(re.findall(r"Registration Number (\d{13}) \(Russia\)", text))
    assert len(imo) > 700 and len(inn) > 1000 and len(ogrn) > 500
    assert imo <= {row.value for row in rows if row.prop == "imoNumber"}
    assert inn <= {row.value for row in rows if row.prop == "innCode"}
    assert ogrn <= {row.value for row in rows if row.prop == "ogrnCode"}


def test_snapshots_count_as_the_table_beside_them_says(data_folder: Path) -> None:
    table = (data_folder / "ofac-history" / "snapshots.tsv").read_text(encoding="utf-8").splitlines()
    told = {line.split("\t")[2][:16].replace("-", "").replace(":", ""): line.split("\t") for line in table[1:]}
    for path in sorted((data_folder / "ofac-history").glob("sdn_*.csv")):
        _, _, _, _, records, belarus, any_belarus, any_libya, *_ = told[path.name[4:17]]
        claims = read(path).claims
        programs = {(row.record_id, row.value) for row in claims.rows if row.prop == "program"}
        assert claims.counts["records"] == int(records)
        assert sum(program == "BELARUS-EO14038" for _, program in programs) == int(belarus)
        assert len({record for record, program in programs if program.startswith("BELARUS")}) == int(any_belarus)
        assert len({record for record, program in programs if program.startswith("LIBYA")}) == int(any_libya)


def test_the_action_of_15_april_2024_is_twelve_organisations_and_ten_individuals(data_folder: Path) -> None:
    def party(path: Path) -> dict[str, str]:
        claims = read(path).claims
        belarus = {row.record_id for row in claims.rows if row.prop == "program" and row.value == "BELARUS-EO14038"}
        return {row.record_id: row.schema for row in claims.rows if row.prop == "topics" and row.record_id in belarus}

    before = party(data_folder / "ofac-history" / "sdn_20240412T1843Z.csv")
    after = party(data_folder / "ofac-history" / "sdn_20240415T1843Z.csv")
    assert before.keys() <= after.keys()
    assert Counter(schema for record, schema in after.items() if record not in before) == {
        "Organization": 12,
        "Person": 10,
    }


def test_the_network_around_one_company_comes_out_with_the_words_that_state_it(data_folder: Path) -> None:
    rows = read(data_folder / "ofac-history" / "sdn_20240503T1843Z.csv").claims.rows
    edges = [link for link in links(rows) if "subject" in link]
    reached, todo = set(), {"ofac-48380"}
    while todo:
        reached |= todo
        pairs = [(edge["subject"].value, edge["object"].value) for edge in edges]
        todo = {other for pair in pairs if set(pair) & reached for other in pair} - reached
    assert reached == {"ofac-33397", *(f"ofac-{number}" for number in range(48380, 48391) if number != 48381)}
    inside = [edge for edge in edges if edge["subject"].value in reached]
    assert all(
        edge["role"].value == "Linked To" and str(edge["role"].quote).startswith("Linked To: ") for edge in inside
    )


@pytest.mark.parametrize("folder", ["ofac-20250227-addalt", "ofac-202606-partial"])
def test_publications_without_their_list_are_refused(data_folder: Path, folder: str) -> None:
    with pytest.raises(Damaged, match=r"without sdn\.csv"):
        read(data_folder / folder)


def test_of_the_files_that_others_saved_again_only_what_lost_nothing_is_read(data_folder: Path, tmp_path: Path) -> None:
    dirty = data_folder / "ofac-dirty"
    with pytest.raises(Damaged, match="spreadsheet"):  # prints Jul-28 for the vessel 7-28
        read(dirty / "sdn_sancbook_2023.csv")
    shutil.copy(data_folder / "ofac-history" / "sdn_20240503T1843Z.csv", tmp_path)
    shutil.copy(dirty / "sdn_address_sancbook_2023.csv", tmp_path)
    with pytest.raises(Damaged, match="spreadsheet"):  # prints 79120 for the postal code 079120
        read(tmp_path)
    (tmp_path / "sdn_address_sancbook_2023.csv").unlink()
    shutil.copy(dirty / "alt_monkeywrench_2024.csv", tmp_path)
    assert read(tmp_path).claims.counts["aliases"] == 18_939
    assert read(dirty / "sdn_invaa_20210114.csv").claims.counts["records"] == 8754


def test_no_other_publication_is_taken_for_ours(data_folder: Path) -> None:
    known = SOURCE.formats[0].recognise
    for path in sorted(data_folder.rglob("*")):
        if path.is_file() and not path.parent.name.startswith("ofac-"):
            with path.open("rb") as file:
                assert known(path.name, file.read(65536)) is None, path


@pytest.mark.slow
def test_every_tenth_snapshot_counts_as_its_table_says_and_shares_the_claims_of_the_others(
    data_folder: Path, tmp_path: Path
) -> None:
    folder = data_folder / "ofac-history"
    records = [line.split("\t")[4] for line in (folder / "snapshots.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    legacy_record.written.cache_clear()
    with tarfile.open(folder / "sdn_all_308_snapshots.tar.xz") as archive:
        for number, member in enumerate(archive):
            packed = archive.extractfile(member)
            if number % 10 or packed is None:
                continue
            path = tmp_path / member.name
            path.write_bytes(packed.read())
            assert read(path).claims.counts["records"] == int(records[number])
            path.unlink()
    assert legacy_record.written.cache_info().misses < 20_000  # of 347,000 rows
