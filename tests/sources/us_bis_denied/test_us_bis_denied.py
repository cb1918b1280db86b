"""The Denied Persons List: one party for a name and a day, days printed month first, spreadsheets refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from shellgame.errors import Damaged
from shellgame.sources.catalog import source_named
from shellgame.sources.claims import digest
from shellgame.sources.reading import Reading, read_publication
from shellgame.testing.golden import check_against_model, samples

SOURCE = source_named("us_bis_denied")
DPL = next(samples(SOURCE)) / "dpl.txt"
PARTY = f"us-dpl-{digest('RADISH EXPORTS LTD', '2003-06-19')}"


def read(path: Path) -> Reading:
    return read_publication(path, SOURCE)


def values(reading: Reading, entity_id: str, prop: str) -> list[str]:
    return sorted({row.value for row in reading.claims.rows if row.entity_id == entity_id and row.prop == prop})


def test_rows_of_one_name_and_day_are_one_party_with_all_its_addresses() -> None:
    reading = read(DPL)
    assert values(reading, PARTY, "address") == ["7 SHED ROW, NOWHERE, TX, 00000", "QUAI DU NAVET 2, GENEVA, CH"]
    assert reading.claims.counts["records"] == 3


def test_days_are_printed_month_first() -> None:
    reading, order = read(DPL), f"{PARTY}-sanction"
    assert (values(reading, order, "startDate"), values(reading, order, "endDate")) == (["2003-06-19"], ["2056-06-29"])


def test_a_list_saved_by_a_spreadsheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dpl.txt"
    path.write_text(DPL.read_text(encoding="utf-8").replace("06/19/2003", "2003-06-19", 1), encoding="utf-8")
    with pytest.raises(Damaged, match="MM/DD/YYYY"):
        read(path)


@pytest.mark.data
def test_the_real_list_gives_every_name_and_day(data_folder: Path) -> None:
    path = data_folder / "us-csl" / "dpl.txt"
    with path.open(encoding="utf-8", newline="") as file:
        _, *lines = csv.reader(file, delimiter="\t")
    parties = {(cells[0].strip(), cells[6]) for cells in lines}
    reading = read(path)
    assert len(lines) == 665
    assert reading.claims.counts["records"] == len(parties) == 547
    for row in reading.claims.rows:
        check_against_model(row)
