"""What the system refuses, and what a path may hold, at the border between the store and the disk."""

from __future__ import annotations

import errno
import os
import time

import pytest

from shellgame import settings as settings_module
from shellgame.errors import WorkspaceError, WorkspaceLocked
from shellgame.store import delta
from shellgame.store.claims import ClaimSet
from shellgame.store.decisions import Decisions, in_file
from shellgame.store.store import Store
from shellgame.testing.publications import publication

FOLDERS = ["value=evil", "qu?estion", "per%20cent", "with space", "ünï", "[ab]*", "it's"]


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_of_any_name_holds_a_workspace(tmp_path, name):
    store = Store(tmp_path / name)
    store.add(publication(tmp_path, "2024-01-01", {"a-1": ["x"], "a-2": ["y"]}))
    store.add(publication(tmp_path, "2024-01-02", {"a-1": ["x"]}))
    with ClaimSet(store) as claims:
        claims.derive("listed", "SELECT value FROM claims")
        assert list(claims.rows("SELECT entity_id, value FROM claims")) == [("a-1", "x")]
        assert list(claims.rows("SELECT value FROM listed")) == [("x",)]
    decisions = Decisions(in_file(tmp_path / name / "decisions.sqlite"))
    decisions.judge("a", "b", "same", why="same passport", author="ada")
    decisions.close()
    assert (tmp_path / name / "decisions.sqlite").stat().st_size
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == [name]


def test_a_file_where_the_workspace_should_be_is_told(tmp_path):
    (tmp_path / "ws").write_text("x")
    for ask in (
        Store(tmp_path / "ws").sources,
        lambda: Store(tmp_path / "ws").add(publication(tmp_path, "2024-01-01", {"a-1": ["x"]})),
        lambda: Store(tmp_path / "ws/below").add(publication(tmp_path, "2024-01-01", {"a-1": ["x"]})),
    ):
        with pytest.raises(WorkspaceError, match="--workspace"):
            ask()


def test_a_full_disk_is_told_and_changes_nothing(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    store = Store(tmp_path / "ws")
    store.add(publication(tmp_path, "2024-01-01", {"a-1": ["x"]}))
    monkeypatch.setattr(delta.pq.ParquetWriter, "write_table", full)
    with pytest.raises(WorkspaceError, match="No space left on device; make room"):
        store.add(publication(tmp_path, "2024-01-02", {"a-1": ["y"]}))
    assert len(store.versions("xx_list")) == 1


def test_only_one_fetches_a_source_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setenv("SHELLGAME_LOCK_SECONDS", "0")
    settings_module.settings.cache_clear()
    try:
        store = Store(tmp_path / "ws")
        with store.fetching("xx_list") as into, Store(tmp_path / "ws").fetching("yy_list"):
            assert into.is_dir()
            with pytest.raises(WorkspaceLocked, match="is fetching xx_list"), store.fetching("xx_list"):
                pass
    finally:
        settings_module.settings.cache_clear()


def test_what_others_are_writing_is_not_cleared(tmp_path):
    store = Store(tmp_path / "ws")
    store.add(publication(tmp_path, "2024-01-01", {"a-1": ["x"]}))
    (store.folder / "indexes").mkdir()
    young, old = store.folder / "indexes/.aside-1", store.folder / "indexes/.aside-2"
    left = store.folder / "sources/xx_list/.aside-3"
    for path in (young, old, left):
        path.touch()
    os.utime(old, (time.time() - 7200,) * 2)
    store.add(publication(tmp_path, "2024-01-02", {"a-1": ["x"]}))
    assert [path.exists() for path in (young, old, left)] == [True, False, False]
