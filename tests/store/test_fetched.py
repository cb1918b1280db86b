"""Fetching into a workspace: a second publication of one day has its place, and the same one again changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from shellgame.sources import fetch as fetching
from shellgame.sources.fetch import Download, FetchedFile
from shellgame.sources.fetching.state import FetchState, Seen
from shellgame.workspace import open as open_workspace

SAMPLE = next((Path(fetching.__file__).parent / "un_sc_sanctions/sample").rglob("*.xml"))


@pytest.fixture
def fetched(tmp_path, monkeypatch):
    """Fetch a content, as if a server had sent it."""
    workspace = open_workspace(tmp_path / "ws")

    def fetch(content: str):
        def download(source, into, *, state, progress):
            part, url = next(iter(source.files.items()))
            (into / part).write_text(content, encoding="utf-8")
            file = FetchedFile(part, url, url, True, Seen("0" * 64, 1, "2031-01-01T00:00:00Z"), into / part)
            return Download((file,), FetchState({url: file.seen}))

        monkeypatch.setattr(fetching, "download", download)
        return workspace.fetch("un_sc_sanctions")

    return fetch


def test_a_second_publication_of_a_day_is_dated_to_the_time_of_fetching(fetched):
    content = SAMPLE.read_text(encoding="utf-8")
    first = fetched(content)
    again = fetched(content)
    second = fetched(content + "<!-- corrected -->\n")
    third = fetched(content + "<!-- corrected again -->\n")
    assert [each.new for each in (first, again, second, third)] == [True, False, True, True]
    assert again.version == first.version
    assert second.version.as_of[:10] == third.version.as_of[:10] == first.version.as_of[:10]
    assert first.version.as_of < second.version.as_of < third.version.as_of
