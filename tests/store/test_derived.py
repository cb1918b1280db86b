"""Derived tables are a convenience: damaged, unwritable or made twice at once, the answer is the same."""

from __future__ import annotations

import os
import time

import pyarrow as pa
import pytest

from shellgame.store import claims as claims_module
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.testing.publications import publication

SQL = "SELECT value FROM claims"


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "ws")
    store.add(publication(tmp_path, "2024-01-01", {"a-1": ["x"]}))
    return store


def derived(store, make=SQL, version=""):
    with ClaimSet(store) as claims:
        claims.derive("listed", make, version=version)
        return list(claims.rows("SELECT value FROM listed"))


@pytest.mark.parametrize("content", [b"", b"PAR1", b"x" * 500])
def test_a_damaged_table_is_made_anew(store, content):
    derived(store)
    file = next((store.folder / "indexes").glob("listed-*"))
    good = file.read_bytes()
    for damaged in (content, good[:-20]):
        file.write_bytes(damaged)
        assert derived(store) == [("x",)]
    assert file.read_bytes() == good


def test_where_nothing_can_be_written_the_table_is_in_memory(store, monkeypatch):
    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(claims_module, "written_whole", refused)
    assert derived(store) == [("x",)]
    assert not (store.folder / "indexes").exists()


def _first(_):
    return pa.table({"value": ["1"]})


def test_another_version_of_a_recipe_makes_the_table_anew(store):
    derived(store, _first, "1")
    assert len(list((store.folder / "indexes").iterdir())) == 1
    derived(store, _first, "2")
    assert len(list((store.folder / "indexes").iterdir())) == 2


def test_a_table_made_while_another_makes_it_is_no_trouble(store):
    def meanwhile(claims):
        derived(store, SQL)
        return claims.table(SQL)

    assert derived(store, meanwhile) == [("x",)]
    with ClaimSet(store) as one, ClaimSet(store) as other:
        one.derive("listed", SQL)
        other.derive("listed", SQL)


def test_tables_in_use_are_never_retired(store):
    for number in range(12):
        derived(store, f"SELECT value, {number} AS number FROM claims")
    files = sorted((store.folder / "indexes").iterdir())
    assert len(files) == 12
    for file in files:
        os.utime(file, (time.time() - 7200,) * 2)
    derived(store, "SELECT value, 0 AS number FROM claims")
    derived(store)
    assert len(list((store.folder / "indexes").iterdir())) == 8
    derived(store, "SELECT value, 0 AS number FROM claims")
