"""Versions too large for memory and updates, compared on disk, against the same ones in memory and against plain sets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.test_store import HISTORY, files, said

from shellgame.errors import WrongUse
from shellgame.store import chain
from shellgame.store.claims import ClaimSet
from shellgame.store.delta import table_of
from shellgame.store.spool import Spool, clear_rooms, room
from shellgame.store.store import Incoming, Store, told_of
from shellgame.testing.publications import publication

UPDATES = st.dictionaries(
    st.sampled_from(["a-1", "a-2", "a-3"]), st.lists(st.sampled_from("uvwxyz"), max_size=3), min_size=1
)
"""Records told anew; one without a name is gone."""


def add(store: Store, incoming: Incoming, *, batches: int = 2, told: bool = True) -> None:
    """Add a publication by way of a spool, in some batches."""
    with store.room() as folder, Spool(folder, told_of(incoming if told else replace(incoming, as_of=""))) as spool:
        for number in range(batches):
            if its := incoming.rows[number::batches]:
                spool.write(table_of(list(its)))
        spool.close()
        store.add(replace(incoming, rows=spool))


def update(folder: Path, day: str, changed: dict[str, list[str]]) -> Incoming:
    told = publication(folder, day, {record: names for record, names in changed.items() if names})
    return replace(told, partial=True, gone=frozenset(record for record, names in changed.items() if not names))


def tables(store: Store) -> dict[str, list[dict[str, object]]]:
    """Name to rows of every file that counts."""
    return {name: pq.read_table(store.folder / "sources/xx_list" / name).to_pylist() for name in files(store)}


def pairs(content: dict[str, list[str]]) -> set[tuple[str, str]]:
    return {(record, alias) for record, aliases in content.items() for alias in aliases}


@settings(max_examples=20, deadline=None)
@given(HISTORY, st.randoms(use_true_random=False))
def test_on_disk_or_in_memory_in_any_order_every_day_has_its_claims(history, random):
    with TemporaryDirectory() as name:
        folder = Path(name)
        store = Store(folder / "ws")
        days = sorted(history)
        random.shuffle(days)
        for day in days:
            incoming = publication(folder, day, history[day])
            if random.random() < 0.6:
                add(store, incoming, batches=random.randint(1, 3), told=random.random() < 0.7)
            else:
                store.add(incoming)
        for day in history:
            assert said(store, day) == pairs(history[day])
        assert [version.claims for version in store.versions("xx_list")] == [
            len(pairs(history[day])) for day in sorted(history)
        ]
        assert not list(store.folder.glob("rooms/*"))


def test_what_is_compared_on_disk_gives_the_same_rows_in_the_same_order_as_in_memory(tmp_path, monkeypatch):
    history = {
        "2024-01-01": {"a-1": ["x"], "a-2": ["y"]},
        "2024-01-02": {"a-1": ["x", "z"], "a-3": ["y"]},
        "2024-01-03": {"a-3": ["z"], "a-2": ["y"]},
    }
    in_memory, on_disk = Store(tmp_path / "in-memory"), Store(tmp_path / "on-disk")
    for day, names in history.items():
        in_memory.add(publication(tmp_path, day, names))
    monkeypatch.setattr(chain, "_MOST_IN_MEMORY", 0)
    for day, names in history.items():
        on_disk.add(publication(tmp_path, day, names))
    assert tables(on_disk) == tables(in_memory)
    assert len(tables(on_disk)) == len(files(on_disk)) == 5


def test_the_same_claim_in_two_batches_is_kept_once(tmp_path):
    store = Store(tmp_path / "ws")
    incoming = publication(tmp_path, "2024-01-01", {"a-1": ["x", "y"], "a-2": ["z"]})
    add(store, replace(incoming, rows=[*incoming.rows, *incoming.rows[:2]]), batches=2)
    (version,) = store.versions("xx_list")
    assert version.claims == version.added == 3
    with ClaimSet(store) as claims:
        assert list(claims.rows("SELECT count(*), count(DISTINCT claim_id) FROM claims")) == [(3, 3)]


def test_claims_of_a_spool_tell_their_day_also_where_it_was_not_known_when_they_were_written(tmp_path):
    for told in (True, False):
        store = Store(tmp_path / f"ws-{told}")
        add(store, publication(tmp_path, "2024-01-01", {"a-1": ["x"]}), told=told)
        with ClaimSet(store) as claims:
            assert list(claims.rows("SELECT first_seen, first_version, speaker FROM claims")) == [
                ("2024-01-01", store.versions("xx_list")[0].id, "The Office")
            ]


@settings(max_examples=20, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["a-1", "a-2", "a-3"]), st.lists(st.sampled_from("uvwxyz"), min_size=1)),
    st.lists(UPDATES, min_size=1, max_size=4),
    st.booleans(),
)
def test_an_update_changes_the_records_that_it_tells_and_leaves_the_others(whole, updates, spooled):
    with TemporaryDirectory() as name:
        folder = Path(name)
        store = Store(folder / "ws")
        store.add(publication(folder, "2024-01-01", whole))
        state = dict(whole)
        for number, changed in enumerate(updates, 2):
            incoming = update(folder, f"2024-01-0{number}", changed)
            add(store, incoming) if spooled else store.add(incoming)
            state = {record: names for record, names in {**state, **changed}.items() if names}
            newest = store.versions("xx_list")[-1]
            assert said(store, newest.as_of) == pairs(state)
            assert newest.partial
            assert newest.claims == len(pairs(state))


def test_an_update_needs_a_version_before_it(tmp_path):
    store = Store(tmp_path / "ws")
    store.add(publication(tmp_path, "2024-01-02", {"a-1": ["x"]}))
    with pytest.raises(WrongUse, match="changed records only, and no version of xx_list from before that day"):
        store.add(update(tmp_path, "2024-01-01", {"a-1": ["y"]}))
    assert [version.as_of for version in store.versions("xx_list")] == ["2024-01-02"]


def test_nothing_comes_between_an_update_and_what_it_changed(tmp_path):
    store = Store(tmp_path / "ws")
    store.add(publication(tmp_path, "2024-01-01", {"a-1": ["x"], "a-2": ["y"]}))
    store.add(update(tmp_path, "2024-01-03", {"a-1": ["z"]}))
    with pytest.raises(WrongUse, match=r"update for 2024-01-03 here.*in the order of their days"):
        store.add(publication(tmp_path, "2024-01-02", {"a-1": ["w"]}))
    assert said(store, "2024-01-03") == {("a-1", "z"), ("a-2", "y")}
    store.add(publication(tmp_path, "2023-12-31", {"a-1": ["v"]}))  # before the whole one: it stays what it was
    assert said(store, "2024-01-03") == {("a-1", "z"), ("a-2", "y")}


def test_a_lost_file_of_an_update_is_mended_by_adding_it_again(tmp_path):
    store = Store(tmp_path / "ws")
    store.add(publication(tmp_path, "2024-01-01", {"a-1": ["x"], "a-2": ["y"]}))
    changed = update(tmp_path, "2024-01-03", {"a-1": ["z"], "a-2": []})
    store.add(changed)
    for name in files(store):
        if name.startswith("20240103"):
            (store.folder / "sources/xx_list" / name).unlink()
    Store(store.folder).add(changed)
    assert said(store, "2024-01-03") == {("a-1", "z")}


def test_the_room_of_a_killed_import_is_cleared_and_one_in_use_is_not(tmp_path):
    with room(tmp_path) as used:
        left = tmp_path / "rooms" / "left"
        left.mkdir()
        (left / "claims.parquet").write_bytes(b"half")
        left.with_suffix(".lock").touch()
        clear_rooms(tmp_path)
        assert used.exists()
        assert not left.exists()
    assert not list((tmp_path / "rooms").iterdir())
