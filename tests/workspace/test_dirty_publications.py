"""Real publications that were cut, torn apart or saved again by a spreadsheet: refused with the reason, or read to the last row."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from shellgame.errors import Damaged, NotThisSource
from shellgame.workspace import Workspace

from .conftest import Good
from .damage import Sample, all_samples

pytestmark = pytest.mark.data


@pytest.fixture
def holding(good: Callable[[Sample], Good]) -> Callable[[str], Good]:
    """A workspace that holds a good version of a source."""
    return lambda source: good(next(sample for sample in all_samples() if sample.source == source))


@pytest.mark.parametrize(
    ("source", "path", "record", "found"),
    [
        ("us_ofac_sdn", "ofac-dirty/sdn_sancbook_2023.csv", "line 1", "a header (ID, Name, Type, Country"),
        ("us_ofac_sdn", "ofac-dirty/alt_monkeywrench_2024.csv", "", "alt.csv without sdn.csv"),
        ("us_ofac_sdn", "ofac-dirty/sdn_address_sancbook_2023.csv", "", "add.csv without sdn.csv"),
        ("us_ofac_sdn", "ofac-20250227-addalt", "", "add.csv, alt.csv, sdn_comments.csv without sdn.csv"),
        ("us_ofac_sdn", "ofac-202606-partial", "", "add.csv, alt.csv without sdn.csv"),
        ("us_trade_csl", "us-csl/csl_partial_20231130.csv", "line 4233", "ends in the middle of a line"),
        ("eu_fsf", "eu-fsf/EUSanctionsShort.csv", "line 393", "letters have become question marks in 134 lines"),
    ],
)
def test_what_cannot_be_trusted_is_refused_with_the_reason(
    source: str, path: str, record: str, found: str, holding: Callable[[str], Good], data_folder: Path
) -> None:
    error = holding(source).refusal(source, data_folder / path)
    assert isinstance(error, Damaged)
    assert error.file == Path(path).name
    assert error.record == record
    assert found in error.found


def test_addresses_that_a_spreadsheet_saved_spoil_the_set_that_they_lie_in(
    holding: Callable[[str], Good], data_folder: Path, tmp_path: Path
) -> None:
    shutil.copy(data_folder / "ofac-20231228" / "sdn.csv", tmp_path / "sdn.csv")
    shutil.copy(data_folder / "ofac-dirty" / "sdn_address_sancbook_2023.csv", tmp_path / "add.csv")
    error = holding("us_ofac_sdn").refusal("us_ofac_sdn", tmp_path)
    assert (error.file, error.record) == ("add.csv", "line 1")
    assert "a spreadsheet saved it again" in error.found


def test_aliases_that_got_a_header_and_nothing_else_are_read_to_the_last_row(data_folder: Path, tmp_path: Path) -> None:
    shutil.copy(data_folder / "ofac-history" / "sdn_20240503T1843Z.csv", tmp_path / "sdn.csv")
    shutil.copy(data_folder / "ofac-dirty" / "alt_monkeywrench_2024.csv", tmp_path / "alt.csv")
    version = Workspace(tmp_path / "workspace").add("us_ofac_sdn", tmp_path, "2024-05-03T18:43Z")
    assert version.counts["aliases"] == 18_939
    assert "published without add.csv: what they tell is unknown in this version" in version.warnings


def test_a_list_saved_by_a_script_and_not_by_a_spreadsheet_is_read_whole(data_folder: Path, tmp_path: Path) -> None:
    path = data_folder / "ofac-dirty" / "sdn_invaa_20210114.csv"
    version = Workspace(tmp_path).add("us_ofac_sdn", path, "2021-01-14")
    assert version.counts["records"] == 8754
    assert version.counts["not_understood"] == 5
    assert "published without add.csv, alt.csv: what they tell is unknown in this version" in version.warnings
    assert "8754 records where 13000 to 25000 are usual" in version.warnings


def test_a_list_that_was_cut_at_a_row_says_what_it_lacks(data_folder: Path, tmp_path: Path) -> None:
    content = (data_folder / "ofac-20231228" / "sdn.csv").read_bytes()
    path = tmp_path / "sdn.csv"
    path.write_bytes(content[: content.index(b"\r\n", len(content) // 2) + 2])
    version = Workspace(tmp_path / "workspace").add("us_ofac_sdn", path, "2023-12-28")
    assert "sdn.csv lacks the control-Z that OFAC writes last; rows may be missing at its end" in version.warnings
    assert any(warning.endswith("records where 13000 to 25000 are usual") for warning in version.warnings)


@pytest.mark.parametrize("path", ["ofac-history", "ofac-dirty", "un"])
def test_a_folder_of_several_days_is_not_chosen_from(
    path: str, holding: Callable[[str], Good], data_folder: Path
) -> None:
    source = "un_sc_sanctions" if path == "un" else "us_ofac_sdn"
    assert "two files for" in holding(source).refusal(source, data_folder / path).found


def test_the_official_lists_are_told_apart(holding: Callable[[str], Good], data_folder: Path) -> None:
    lists = {
        "us_trade_csl": "us-csl/consolidated.csv",
        "us_bis_denied": "us-csl/dpl.txt",
        "un_sc_sanctions": "un/un_20260227.xml",
        "ca_dfatd_sema_sanctions": "canada-sema/sema-lmes_2025.xml",
        "au_dfat_sanctions": "australia-dfat/regulation8_consolidated_202412.xlsx",
        "gb_hmt_sanctions": "uk-ofsi/sanctionsconlist.csv",
        "eu_fsf": "eu-fsf/EUSanctionsShort.csv",
        "eu_journal_sanctions": "eu-journal/consolidated/32006R0765.csv",
        "us_ofac_sdn": "ofac-20231228/sdn.csv",
        "us_ofac_cons": "ofac-xml/CONS_ENHANCED.XML",
        "my_set": "opensanctions/zala_entities.ftm.json",
    }
    for asked in lists:
        for source, path in lists.items():
            if source != asked:
                error = holding(asked).refusal(asked, data_folder / path)
                assert isinstance(error, NotThisSource)
                assert f"shellgame add {source} " in error.remedy
