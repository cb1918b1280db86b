"""The promises on real publications: counts, changes of a day, a network, a whole history."""

from __future__ import annotations

import csv
import json
import tarfile
from itertools import islice
from pathlib import Path

import pytest

import shellgame as sg

pytestmark = pytest.mark.data

BLACK_SHIELD = "BLACK SHIELD COMPANY FOR GENERAL TRADING LLC"
AROUND_IT = (
    "KIDMA TECH",
    "RAYYA",
    "DEIRY",
    "ALI",
    "CENTURONIC",
    "S. GROUP AIRLINES",
    "RAYYA DANISMANLIK",
    "PHOENIX LINES",
    "PROTOPOVICH",
    "YAGMUR",
)
SNAPSHOTS = {
    "2024-04-12T18:43Z": "sdn_20240412T1843Z.csv",
    "2024-04-15T18:43Z": "sdn_20240415T1843Z.csv",
    "2024-05-03T18:43Z": "sdn_20240503T1843Z.csv",
}
LISTS = {
    "un_sc_sanctions": ("un/un_20260227.xml", None, 1003),
    "ca_dfatd_sema_sanctions": ("canada-sema/sema-lmes_2025.xml", "2025-03-15", 4759),
    "us_ofac_cons": ("ofac-xml/CONS_ENHANCED.XML", None, 443),
    "gb_hmt_sanctions": ("uk-ofsi/sanctionsconlist.csv", None, 2106),
    "eu_journal_sanctions": ("eu-journal/consolidated", "2026-04-15", None),
}


@pytest.fixture(scope="module")
def april(data_folder, tmp_path_factory):
    ws = sg.open(tmp_path_factory.mktemp("april"))
    for moment, name in SNAPSHOTS.items():
        ws.add("us_ofac_sdn", data_folder / "ofac-history" / name, moment)
    return ws


def test_no_row_of_the_legacy_set_is_lost(data_folder, tmp_path):
    version = sg.open(tmp_path).add("us_ofac_sdn", data_folder / "ofac-20231228", "2023-12-28")
    assert (version.counts["records"], version.counts["addresses"], version.counts["aliases"]) == (
        13_821,
        18_990,
        17_091,
    )
    assert version.counts["not_understood"] < 0.005 * version.counts["remark_fragments"]


@pytest.mark.parametrize("source", LISTS)
def test_other_lists_give_their_records(data_folder, tmp_path, source):
    path, as_of, records = LISTS[source]
    version = sg.open(tmp_path).add(source, data_folder / path, as_of)
    assert version.counts["records"] == (records or version.counts["records"])
    assert version.claims > 5 * version.counts["records"]


def test_the_action_of_april_2024_is_twelve_organisations_and_ten_people(april):
    found = april.changes("us_ofac_sdn", "2024-04-12", "2024-04-15", "BELARUS-EO14038").changes
    added = [change for change in found if change.change == "added"]
    assert len(found) == len(added) == 22
    assert sum(change.schema == "Person" for change in added) == 10


def test_the_network_of_black_shield_is_whole_and_quotes_its_remarks(april):
    network = april.network(BLACK_SHIELD, on="2024-05-03")
    names = {name.upper() for entity in network.entities.values() for name in entity.properties["name"]}
    assert all(any(part in name for name in names) for part in AROUND_IT)
    for tie in network.ties:
        quotes = [claim.said for claim in tie.claims if claim.quote]
        assert quotes
        assert all(claim.locator.startswith("sdn.csv#") for claim in tie.claims)
        assert tie.kind == "shared" or any(quote.startswith("Linked To: ") for quote in quotes)


@pytest.mark.slow
def test_a_year_of_history_has_the_counts_of_its_snapshots(data_folder, tmp_path):
    """Every fourth of 308 publications; each version's records and programmes are held against figures made without this code.

    `bench/history.py` takes in all of them.
    """
    with (data_folder / "ofac-history/snapshots.tsv").open(encoding="utf-8") as file:
        told = list(csv.DictReader(file, delimiter="\t"))[::4]
    ws = sg.open(tmp_path / "ws")
    with tarfile.open(data_folder / "ofac-history/sdn_all_308_snapshots.tar.xz", "r:xz") as archive:
        for member in islice(archive, 0, None, 4):
            stamp = Path(member.name).stem.removeprefix("sdn_")
            file = tmp_path / "sdn.csv"
            file.write_bytes(archive.extractfile(member).read())
            ws.add("us_ofac_sdn", file, f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[9:11]}:{stamp[11:13]}Z")
    versions = ws.versions("us_ofac_sdn")
    assert [version.as_of[:16] for version in versions] == [row["commit_date_utc"][:16] for row in told]
    assert [version.counts["records"] for version in versions] == [int(row["records"]) for row in told]
    columns = {"BELARUS-EO14038": "= 'BELARUS-EO14038'", "BELARUS_any": "LIKE 'BELARUS%'", "LIBYA_any": "LIKE 'LIBYA%'"}
    for version, row in list(zip(versions, told, strict=True)):
        with ws.claims(version.as_of) as claims:
            for column, condition in columns.items():
                listed = f"schema = 'Sanction' AND prop = 'program' AND value {condition}"
                (counted,) = claims.rows(f"SELECT count(DISTINCT record_id) FROM claims WHERE {listed}")
                assert counted == (int(row[column]),), (version.as_of, column)
    size = sum(path.stat().st_size for path in (tmp_path / "ws").rglob("*") if path.is_file())
    assert size <= 40 * 2**20
    assert json.loads((tmp_path / "ws/sources/us_ofac_sdn/manifest.json").read_text())["format"] == 1
