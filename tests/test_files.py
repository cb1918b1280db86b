"""Files are written whole or not at all; what is no file is written to and never replaced."""

from __future__ import annotations

import os
import threading

import pytest

from shellgame.files import written_whole


def test_a_file_takes_its_place_when_all_is_written(tmp_path):
    path = tmp_path / "deeper" / "out.txt"
    with written_whole(path) as aside:
        aside.write_text("first")
        assert not path.exists()
    with pytest.raises(KeyboardInterrupt), written_whole(path) as aside:
        aside.write_text("second")
        raise KeyboardInterrupt
    assert path.read_text() == "first"
    assert list(path.parent.iterdir()) == [path]


def test_a_pipe_is_written_to_and_stays(tmp_path):
    pipe, told = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: told.append(pipe.read_bytes()))
    reader.start()
    with written_whole(pipe) as aside:
        assert aside.parent != tmp_path
        aside.write_bytes(b"x" * 200_000)
    reader.join(timeout=30)
    assert told == [b"x" * 200_000]
    assert pipe.is_fifo()
    assert not aside.exists()


def test_a_pipe_gets_nothing_of_what_was_not_finished(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(KeyboardInterrupt), written_whole(pipe) as aside:
        aside.write_bytes(b"half")
        raise KeyboardInterrupt
    assert pipe.is_fifo()
    assert not aside.exists()


def test_a_folder_is_no_place_for_a_file(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError, match="folder"), written_whole(tmp_path / "folder"):
        pytest.fail("nothing is to be written")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_link_stays_and_leads_to_what_was_written(tmp_path):
    (tmp_path / "real.txt").write_text("before")
    (tmp_path / "link.txt").symlink_to("real.txt")
    with written_whole(tmp_path / "link.txt") as aside:
        aside.write_text("after")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "after"
