"""A kept index is made once and mapped by all: cut, overwritten, half made or made twice at once, what is opened is whole."""

from __future__ import annotations

import os
import time
from pathlib import Path
from threading import Barrier, Thread

import numpy as np
import pytest

from shellgame.store import kept as kept_module
from shellgame.store.kept import KeptFolder


class Maker:
    """Writes an array and a text, and counts how often it does."""

    def __init__(self, size: int = 100_000) -> None:
        self.size, self.made = size, 0

    def make(self, folder: Path) -> None:
        self.made += 1
        np.save(folder / "numbers.npy", np.arange(self.size))
        (folder / "words.txt").write_text("some words")

    def opened(self, kept: KeptFolder) -> int:
        return int(kept.opened(self.make, _opened).sum())


def _opened(folder: Path) -> np.ndarray:
    assert (folder / "words.txt").read_text() == "some words"
    return np.load(folder / "numbers.npy", mmap_mode="r")


def kept_in(folder: Path, fingerprint: str = "1") -> KeptFolder:
    return KeptFolder(folder / "indexes", "names", fingerprint)


def test_an_index_is_made_once_for_each_state(tmp_path):
    maker = Maker()
    assert {maker.opened(kept_in(tmp_path)) for _ in range(3)} == {sum(range(maker.size))}
    assert maker.made == 1
    maker.opened(kept_in(tmp_path, "2"))
    assert maker.made == 2
    assert not [path for path in (tmp_path / "indexes").iterdir() if path.name.startswith(".making")]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-8])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def overwritten_at_the_end(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:-8] + b"\0" * 7 + b"\1")


@pytest.mark.parametrize("name", ["numbers.npy", "words.txt", "whole.json"])
@pytest.mark.parametrize("damage", [cut, emptied, overwritten_at_the_end, Path.unlink])
def test_a_damaged_index_is_made_anew(tmp_path, name, damage):
    maker = Maker()
    right = maker.opened(kept_in(tmp_path))
    damage(kept_in(tmp_path).path / name)
    assert maker.opened(kept_in(tmp_path)) == right
    assert maker.made == 2
    maker.opened(kept_in(tmp_path))
    assert maker.made == 2


def test_what_an_older_program_left_under_the_same_name_is_made_anew(tmp_path):
    kept = kept_in(tmp_path)
    kept.opened(lambda folder: (folder / "other.txt").write_text("x"), lambda folder: folder)
    maker = Maker()
    maker.opened(kept)
    assert maker.made == 1


def test_an_index_that_cannot_be_opened_even_when_new_is_told(tmp_path):
    def never(folder):
        raise ValueError("not this one")

    maker = Maker()
    with pytest.raises(ValueError, match="not this one"):
        kept_in(tmp_path).opened(maker.make, never)
    assert maker.made == 1


def test_a_maker_that_fails_leaves_nothing_behind(tmp_path):
    def fails(folder):
        (folder / "half").write_text("x")
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        kept_in(tmp_path).opened(fails, _opened)
    assert [path.name for path in (tmp_path / "indexes").iterdir() if path.is_dir()] == []
    assert Maker().opened(kept_in(tmp_path)) > 0


def test_two_that_need_it_at_once_make_it_once(tmp_path):
    start, found = Barrier(4), []
    maker = Maker()

    def slowly(folder):
        time.sleep(0.1)
        maker.make(folder)

    def ask():
        start.wait()
        found.append(int(kept_in(tmp_path).opened(slowly, _opened).sum()))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [sum(range(maker.size))] * 4
    assert maker.made == 1


def test_who_has_an_index_mapped_keeps_it_when_it_is_replaced(tmp_path):
    maker = Maker()
    mapped = kept_in(tmp_path).opened(maker.make, _opened)
    (kept_in(tmp_path).path / "whole.json").unlink()
    maker.opened(kept_in(tmp_path))
    assert int(mapped.sum()) == sum(range(maker.size))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_where_nothing_can_be_written_it_is_made_apart_for_real(tmp_path):
    (tmp_path / "indexes").mkdir(mode=0o500)
    assert Maker().opened(kept_in(tmp_path)) > 0


def test_where_nothing_can_be_written_it_is_made_apart(tmp_path, monkeypatch):
    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(kept_module, "FileLock", refused)
    monkeypatch.setattr(KeptFolder, "_writable", lambda _: False)
    assert Maker().opened(kept_in(tmp_path)) > 0
    assert not kept_in(tmp_path).path.exists()


def test_a_fault_of_the_maker_on_a_sound_disk_is_told(tmp_path):
    def fails(folder):
        raise FileNotFoundError("what it needs")

    with pytest.raises(FileNotFoundError, match="what it needs"):
        kept_in(tmp_path).opened(fails, _opened)


def test_states_that_nobody_asks_for_are_retired_and_those_in_use_stay(tmp_path):
    maker = Maker(10)
    for number in range(6):
        maker.opened(kept_in(tmp_path, str(number)))
    folders = [path for path in (tmp_path / "indexes").iterdir() if path.is_dir()]
    assert len(folders) == 6
    left = tmp_path / "indexes" / ".making-left"
    left.mkdir()
    for path in (*folders, left):
        os.utime(path, (time.time() - 7200,) * 2)
    maker.opened(kept_in(tmp_path, "new"))
    assert len([path for path in (tmp_path / "indexes").iterdir() if path.is_dir()]) == 3
    assert kept_in(tmp_path, "new").path.is_dir()
