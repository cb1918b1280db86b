"""OFAC's consolidated list in its legacy set: the SDN list's layout under other names."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from shellgame.errors import Damaged, NotThisSource
from shellgame.sources import us_ofac_cons
from shellgame.sources.catalog import source_named
from shellgame.sources.reading import read_publication
from shellgame.testing.golden import GOLDEN, golden_lines

SAMPLE = Path(us_ofac_cons.__file__).parent / "sample" / "legacy-csv"
SOURCE = source_named("us_ofac_cons")


def test_the_sample_gives_the_accepted_claims() -> None:
    assert golden_lines(SOURCE, SAMPLE) == (SAMPLE / GOLDEN).read_text(encoding="utf-8").splitlines()


def test_the_days_of_a_listing_stand_on_the_listing() -> None:
    rows = read_publication(SAMPLE, SOURCE).claims.rows
    told = {(row.prop, row.value) for row in rows if row.entity_id == "ofac-91003-sanction"}
    assert {("listingDate", "2021-06-03"), ("startDate", "2021-08-02"), ("programId", "US-NS-CMIC")} <= told


def test_a_list_is_known_by_programmes_of_its_own_whatever_it_is_called(tmp_path: Path) -> None:
    shutil.copy(SAMPLE / "cons_prim.csv", tmp_path / "list.csv")
    reading = read_publication(tmp_path, SOURCE)
    assert reading.claims.counts["records"] == 3


def test_the_sdn_list_is_not_taken_for_ours() -> None:
    sdn = SAMPLE.parents[2] / "us_ofac_sdn" / "sample" / "legacy-csv"
    with pytest.raises(NotThisSource, match="us_ofac_sdn"):
        read_publication(sdn, SOURCE)


def test_addresses_without_the_list_are_refused(tmp_path: Path) -> None:
    shutil.copy(SAMPLE / "cons_add.csv", tmp_path)
    with pytest.raises(Damaged, match=r"without cons_prim\.csv"):
        read_publication(tmp_path, SOURCE)
