"""What changed between two days, record by record, parts counted to their record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shellgame.errors import NotFound, WrongUse
from shellgame.sources.claims import Claims
from shellgame.store.changes import changes_between
from shellgame.store.store import Store
from shellgame.testing.publications import incoming


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "ws")
    for day, records in {
        "2024-01-01": {
            "r-1": ("Orsin Maledd", "VARKESH", "Mill Lane 1"),
            "r-2": ("Talvek Tornik", "OTHER", "Mill Lane 2"),
        },
        "2024-02-01": {
            "r-1": ("Orsin Maledd", "VARKESH", "Harbour Street 9"),
            "r-3": ("Halvren LLC", "VARKESH", "Mill Lane 3"),
        },
    }.items():
        claims = Claims("us_ofac_sdn")
        for identity, (name, program, address) in records.items():
            record = claims.record(identity, "Person", f"sdn.csv#{identity}")
            record.add("name", name)
            record.address(full=address)
            record.sanction().add("program", program)
        store.add(incoming(tmp_path, day, claims, day))
    return store


def test_added_removed_and_changed_are_told_apart(store):
    found = changes_between(store, "us_ofac_sdn", "2024-01-15", "2024-02-15")
    assert [(change.change, change.entity_id) for change in found.changes] == [
        ("added", "r-3"),
        ("removed", "r-2"),
        ("changed", "r-1"),
    ]
    changed = found.changes[2]
    assert (changed.caption, changed.programs) == ("Orsin Maledd", ["VARKESH"])
    assert changed.properties["Address.full"] == {"added": ["Harbour Street 9"], "removed": ["Mill Lane 1"]}
    assert "name" not in changed.properties


def test_a_programme_selects_records_listed_under_it_before_or_after(store):
    found = changes_between(store, "us_ofac_sdn", "2024-01-15", "2024-02-15", "OTHER")
    assert [(change.change, change.entity_id) for change in found.changes] == [("removed", "r-2")]


def test_a_day_lasts_until_its_end(store):
    assert changes_between(store, "us_ofac_sdn", "2024-02-15T18:43:00Z", "2024-02-15").changes == ()


@pytest.fixture
def journals(tmp_path):
    """Three versions, of the files a and b', b' and c, and c."""
    store = Store(tmp_path / "ws")
    for day, parts in {"2024-01-01": ("a", "b'"), "2024-02-01": ("b'", "c"), "2024-03-01": ("c",)}.items():
        claims = Claims("us_ofac_sdn")
        for part in parts:
            claims.record(f"r-{part[0]}-{day}", "Person", f"{part}#1").add("name", f"Name {part}")
        made = incoming(tmp_path, day, claims, day)
        kept, path = made.files[0]
        store.add(replace(made, files=tuple((replace(kept, name=part), path) for part in parts)))
    return store


def test_files_of_one_version_only_are_not_compared(journals):
    found = changes_between(journals, "us_ofac_sdn", "2024-01-15", "2024-02-15")
    assert [change.change for change in found.changes] == ["added", "removed"]
    assert found.not_compared == ("a", "c")


def test_versions_without_a_common_file_are_not_compared_at_all(journals):
    with pytest.raises(NotFound, match="have no file in common"):
        changes_between(journals, "us_ofac_sdn", "2024-01-15", "2024-03-15")


def test_nothing_changes_within_a_version(store):
    assert changes_between(store, "us_ofac_sdn", "2024-01-02", "2024-01-30").changes == ()


def test_days_that_make_no_sense_are_told(store):
    with pytest.raises(NotFound, match="had no version by 2023-12-31; the first is of 2024-01-01"):
        changes_between(store, "us_ofac_sdn", "2023-12-31", "2024-02-15")
    with pytest.raises(WrongUse, match="swap them"):
        changes_between(store, "us_ofac_sdn", "2024-02-15", "2024-01-15")
    with pytest.raises(WrongUse, match="swap them"):
        changes_between(store, "us_ofac_sdn", "2024-02-15", "2024-02-15T12:00:00Z")
    with pytest.raises(WrongUse, match="has no version in this workspace"):
        changes_between(store, "eu_fsf", "2024-01-15", "2024-02-15")
