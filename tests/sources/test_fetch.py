"""Downloads from a server that misbehaves in every way we know of."""

from __future__ import annotations

import gzip
import itertools
import json
import socket
import ssl
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from shellgame.errors import FetchFailed, Hostile, WorkspaceError, WrongUse
from shellgame.settings import settings
from shellgame.sources.catalog import Source
from shellgame.sources.claims import Claims
from shellgame.sources.fetch import MAX_REDIRECTS, Download, Progress, download, hold_against
from shellgame.sources.fetching.answers import LONGEST_PAUSE_SECONDS, TryFailed, body_told, refuse_status
from shellgame.sources.fetching.partial import Body, Partial
from shellgame.sources.fetching.rules import Clock, Pace, pause_seconds
from shellgame.sources.fetching.state import FetchState, Seen, load_state, save_state
from shellgame.sources.publication import Publication
from shellgame.sources.reading import Reading

from .misbehaving_server import (
    Answer,
    Script,
    broken_off,
    endless,
    in_chunks,
    misbehaving_server,
    no_http,
    ok,
    packed,
    redirect,
    rest,
    silent,
    status,
)

NOW = datetime(2024, 5, 3, 18, 43, tzinfo=UTC)
LIST = b"id,name\n" + b"".join(b"%d,Invented Trading House No. %d\n" % (number, number) for number in range(3000))
OTHER = LIST.replace(b"Invented", b"Imagined")
NOTHING_SEEN = FetchState()
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Spares each test the reading of all certificates."""


@pytest.fixture(scope="module")
def server() -> Iterator[Script]:
    with misbehaving_server() as script:
        yield script


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Limits that a test can reach; call it to set others."""

    def limit(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"SHELLGAME_{name.upper()}", str(value))
        settings.cache_clear()

    limit(max_file_mib=1, fetch_tries=3, fetch_timeout_seconds=20)
    yield limit
    monkeypatch.undo()
    settings.cache_clear()


@dataclass
class Fetching:
    """A source on the misbehaving server, a staging folder, and time that does not pass."""

    script: Script
    into: Path
    waits: list[float] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)
    ticks: Callable[[], float] = field(default_factory=lambda: lambda: 0.0)
    files: dict[str, str] = field(default_factory=dict)

    def serve(self, *answers: Answer, part: str = "list.csv") -> str:
        self.files[part] = self.script.on(f"/{self.into.parent.name}/{part}", *answers)
        return self.files[part]

    def run(self, state: FetchState = NOTHING_SEEN, on_progress: Callable[[Progress], None] | None = None) -> Download:
        return download(
            source(self.files),
            self.into,
            state=state,
            progress=on_progress or self.progress.append,
            transport=httpx.HTTPTransport(verify=NO_TLS),
            clock=Clock(now=lambda: NOW, ticks=self.ticks, sleep=self.waits.append),
        )

    def fails(self, state: FetchState = NOTHING_SEEN) -> str:
        """Run, expect it to fail with nothing complete left behind, and give the message."""
        with pytest.raises(FetchFailed) as failure:
            self.run(state)
        assert not any((self.into / part).exists() for part in self.files)
        assert all(file.suffix in (".partial", ".json") for file in self.into.iterdir())
        message = str(failure.value)
        assert "made_up_list" in message
        assert "127.0.0.1" in message
        assert "the last good version stays" in message
        return message

    @property
    def asked(self) -> list[dict[str, str]]:
        return [asked.headers for asked in self.mine()]

    @property
    def sent(self) -> list[int]:
        return [asked.sent for asked in self.mine()]

    def mine(self) -> list:
        return [asked for asked in self.script.asked if asked.path.startswith(f"/{self.into.parent.name}/")]


@pytest.fixture
def fetching(server: Script, tmp_path: Path) -> Fetching:
    return Fetching(server, tmp_path / "staging")


def source(files: dict[str, str]) -> Source:
    return Source(
        name="made_up_list",
        title="A list that does not exist",
        publisher="Nobody",
        jurisdiction="",
        licence="none",
        url="https://list.example/page",
        cadence="never",
        files=files,
    )


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# A server that behaves


def test_a_file_comes_whole_with_its_hash_marks_and_time(fetching: Fetching) -> None:
    url = fetching.serve(ok(LIST, etag='"one"', last_modified="Fri, 03 May 2024 10:00:00 GMT"))
    found = fetching.run()
    seen = Seen(sha256(LIST).hexdigest(), len(LIST), "2024-05-03T18:43:00Z", '"one"', "Fri, 03 May 2024 10:00:00 GMT")
    assert found.files[0].seen == seen
    assert found.files[0].path == fetching.into / "list.csv"
    assert found.changed
    assert found.state.seen == {url: seen}
    assert (fetching.into / "list.csv").read_bytes() == LIST
    assert names_in(fetching.into) == ["list.csv"]


def test_the_server_learns_who_asks(fetching: Fetching) -> None:
    fetching.serve(ok(LIST))
    fetching.run()
    assert fetching.asked[0]["user-agent"].startswith("shellgame/")
    assert fetching.asked[0]["accept-encoding"] == "gzip"


def test_progress_tells_part_bytes_and_total(fetching: Fetching) -> None:
    fetching.serve(ok(LIST))
    fetching.run()
    assert fetching.progress[-1] == Progress("list.csv", len(LIST), len(LIST))


@pytest.mark.parametrize("headers", [{}, {"content_length": 5}])
def test_a_body_of_untold_length_comes_whole(fetching: Fetching, headers: dict[str, int]) -> None:
    fetching.serve(in_chunks(LIST[:1000], LIST[1000:], **headers))
    fetching.run()
    assert (fetching.into / "list.csv").read_bytes() == LIST
    assert fetching.progress[-1].total is None


def test_what_is_known_of_other_addresses_stays_known(fetching: Fetching) -> None:
    elsewhere = {"https://elsewhere.example/list.csv": Seen("ab" * 32, 7, "2024-05-03T18:43:00Z")}
    url = fetching.serve(ok(LIST))
    assert fetching.run(FetchState(elsewhere)).state.seen.keys() == {*elsewhere, url}


def test_a_complete_file_of_an_earlier_call_is_gone_before_the_next_begins(fetching: Fetching) -> None:
    fetching.serve(ok(LIST))
    fetching.run()
    fetching.run(on_progress=lambda _: names_in(fetching.into) == ["list.csv.partial"] or pytest.fail("still there"))
    assert (fetching.into / "list.csv").read_bytes() == LIST


def test_a_packed_body_is_unpacked(fetching: Fetching) -> None:
    fetching.serve(packed(LIST))
    found = fetching.run()
    assert (fetching.into / "list.csv").read_bytes() == LIST
    assert found.files[0].seen.size == len(LIST)


def test_a_body_packed_in_two_members_is_unpacked_whole(fetching: Fetching) -> None:
    fetching.serve(ok(gzip.compress(LIST[:500]) + gzip.compress(LIST[500:]), content_encoding="gzip"))
    fetching.run()
    assert (fetching.into / "list.csv").read_bytes() == LIST


def test_a_name_given_by_the_server_is_not_used(fetching: Fetching) -> None:
    fetching.serve(ok(LIST, content_disposition='attachment; filename="../../escaped.csv"'))
    fetching.run()
    assert names_in(fetching.into) == ["list.csv"]
    assert names_in(fetching.into.parent) == ["staging"]


# Unchanged files


def test_what_the_server_says_is_unchanged_is_not_downloaded(fetching: Fetching) -> None:
    url = fetching.serve(ok(LIST, etag='"one"', last_modified="Fri, 03 May 2024 10:00:00 GMT"))
    before = replace(fetching.run().state.seen[url], checked_at="2024-05-02T00:00:00Z")
    again = fetching.run(FetchState({url: before}))
    assert fetching.asked[1]["if-none-match"] == '"one"'
    assert fetching.asked[1]["if-modified-since"] == "Fri, 03 May 2024 10:00:00 GMT"
    assert fetching.sent[1] == 0
    assert not again.changed
    assert again.files[0].path is None
    assert again.state.seen[url] == replace(before, checked_at="2024-05-03T18:43:00Z")
    assert names_in(fetching.into) == []


def test_the_same_bytes_under_another_mark_are_unchanged(fetching: Fetching) -> None:
    url = fetching.serve(ok(LIST, etag='"one"'), ok(LIST, etag='"two"'))
    again = fetching.run(fetching.run().state)
    assert not again.changed
    assert again.state.seen[url].etag == '"two"'
    assert names_in(fetching.into) == []


def test_when_one_part_is_new_the_unchanged_ones_are_there_too(fetching: Fetching) -> None:
    fetching.serve(ok(LIST, etag='"one"'), part="names.csv")
    fetching.serve(ok(LIST, etag='"one"'), ok(OTHER, etag='"two"'), part="list.csv")
    again = fetching.run(fetching.run().state)
    assert {file.part: file.changed for file in again.files} == {"names.csv": False, "list.csv": True}
    assert (fetching.into / "names.csv").read_bytes() == LIST
    assert (fetching.into / "list.csv").read_bytes() == OTHER
    assert all(file.path == fetching.into / file.part for file in again.files)


def test_one_part_that_fails_leaves_no_other_complete(fetching: Fetching) -> None:
    fetching.serve(ok(LIST), part="list.csv")
    fetching.serve(status(404), part="names.csv")
    fetching.fails()


def test_an_answer_of_unchanged_that_nobody_asked_for_fails(fetching: Fetching) -> None:
    fetching.serve(status(304))
    assert "304" in fetching.fails()


# Bodies that break off


def test_what_broke_off_is_resumed_and_only_the_rest_is_sent(fetching: Fetching) -> None:
    fetching.serve(broken_off(LIST, 40_000, reset=True, etag='"one"'), rest(LIST, etag='"one"'))
    found = fetching.run()
    start = int(fetching.asked[1]["range"].removeprefix("bytes=").removesuffix("-"))
    assert 0 < start <= 40_000
    assert fetching.asked[1]["if-range"] == '"one"'
    assert fetching.sent[1] == len(LIST) - start
    assert (fetching.into / "list.csv").read_bytes() == LIST
    assert found.files[0].tries == 2
    assert names_in(fetching.into) == ["list.csv"]


def test_a_date_serves_to_resume_where_there_is_no_etag(fetching: Fetching) -> None:
    day = "Fri, 03 May 2024 10:00:00 GMT"
    fetching.serve(broken_off(LIST, 40_000, last_modified=day), rest(LIST, last_modified=day))
    fetching.run()
    assert fetching.asked[1]["if-range"] == day
    assert (fetching.into / "list.csv").read_bytes() == LIST


def test_a_packed_body_is_resumed_as_it_was_sent(fetching: Fetching) -> None:
    sent = gzip.compress(LIST)
    marks = {"etag": '"packed"', "content_encoding": "gzip"}
    fetching.serve(broken_off(sent, 1000, **marks), rest(sent, **marks))
    fetching.run()
    assert fetching.asked[1]["range"] == "bytes=1000-"
    assert (fetching.into / "list.csv").read_bytes() == LIST


def test_the_next_call_resumes_where_an_interrupted_one_stopped(fetching: Fetching) -> None:
    fetching.serve(ok(LIST, etag='"one"'), rest(LIST, etag='"one"'))

    def interrupt(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetching.run(on_progress=interrupt)
    assert names_in(fetching.into) == ["list.csv.partial", "list.csv.partial.json"]
    kept = (fetching.into / "list.csv.partial").stat().st_size
    fetching.run()
    assert fetching.asked[1]["range"] == f"bytes={kept}-"
    assert (fetching.into / "list.csv").read_bytes() == LIST


def test_a_partial_file_that_does_not_fit_its_note_is_not_resumed(fetching: Fetching, small_limits: Callable) -> None:
    small_limits(fetch_tries=1)
    fetching.serve(broken_off(LIST, 40_000, etag='"one"'), rest(LIST, etag='"one"'))
    fetching.fails()
    with (fetching.into / "list.csv.partial").open("ab") as file:
        file.write(b"what nobody noted")
    fetching.run()
    assert "range" not in fetching.asked[1]
    assert (fetching.into / "list.csv").read_bytes() == LIST


def test_what_came_from_another_address_is_not_resumed(fetching: Fetching, small_limits: Callable[..., None]) -> None:
    small_limits(fetch_tries=1)
    fetching.serve(broken_off(OTHER, 40_000, etag='"one"'))
    fetching.fails()
    fetching.files["list.csv"] = fetching.script.on(f"/{fetching.into.parent.name}/new", rest(LIST, etag='"one"'))
    fetching.run()
    assert (fetching.into / "list.csv").read_bytes() == LIST


def test_a_server_that_sends_the_rest_in_pieces_is_asked_for_each(fetching: Fetching) -> None:
    piece = status(206, LIST[40_000:50_000], content_range=f"bytes 40000-49999/{len(LIST)}")
    fetching.serve(broken_off(LIST, 40_000, etag='"one"'), piece, rest(LIST, etag='"one"'))
    fetching.run()
    assert fetching.asked[2]["range"] == "bytes=50000-"
    assert (fetching.into / "list.csv").read_bytes() == LIST


@pytest.mark.parametrize("marks", [{}, {"etag": 'W/"weak"', "last_modified": "Fri, 03 May 2024 10:00:00 GMT"}])
def test_without_a_strong_mark_it_starts_again(fetching: Fetching, marks: dict[str, str]) -> None:
    fetching.serve(broken_off(LIST, 40_000, **marks), rest(LIST, **marks))
    fetching.run()
    assert "range" not in fetching.asked[1]
    assert (fetching.into / "list.csv").read_bytes() == LIST


def test_a_server_that_knows_no_ranges_starts_again(fetching: Fetching) -> None:
    fetching.serve(broken_off(LIST, 40_000, reset=True, etag='"one"'), ok(LIST, etag='"one"'))
    fetching.run()
    assert "range" in fetching.asked[1]
    assert fetching.sent[1] == len(LIST)
    assert (fetching.into / "list.csv").read_bytes() == LIST


def test_a_list_that_changed_meanwhile_is_not_patched_together(fetching: Fetching) -> None:
    fetching.serve(broken_off(LIST, 40_000, etag='"one"'), rest(OTHER, etag='"two"'))
    found = fetching.run()
    assert fetching.asked[1]["if-range"] == '"one"'
    assert (fetching.into / "list.csv").read_bytes() == OTHER
    assert found.files[0].seen.etag == '"two"'


PIECE = f"bytes 40000-{len(LIST) - 1}/{len(LIST)}"


@pytest.mark.parametrize(
    "headers",
    [
        {"content_range": f"bytes 0-{len(LIST) - 1}/{len(LIST)}"},
        {"content_range": f"bytes 40000-{len(LIST)}/{len(LIST) + 1}"},
        {"content_range": "lines 40-50/60"},
        {},
        {"content_range": PIECE, "etag": '"two"'},
        {"content_range": PIECE, "content_encoding": "gzip"},
    ],
    ids=["another start", "another total", "nonsense", "missing", "another mark", "another packing"],
)
def test_another_piece_than_was_asked_for_starts_again(fetching: Fetching, headers: dict[str, str]) -> None:
    wrong = status(206, LIST[40_000:], **headers)
    fetching.serve(broken_off(LIST, 40_000, etag='"one"'), wrong, rest(LIST, etag='"one"'))
    fetching.run()
    assert fetching.asked[1]["range"] == "bytes=40000-"
    assert "range" not in fetching.asked[2]
    assert (fetching.into / "list.csv").read_bytes() == LIST


def test_a_range_that_cannot_be_had_starts_again(fetching: Fetching) -> None:
    fetching.serve(broken_off(LIST, 40_000, etag='"one"'), status(416), ok(LIST))
    fetching.run()
    assert "range" not in fetching.asked[2]
    assert (fetching.into / "list.csv").read_bytes() == LIST


def test_a_body_that_always_breaks_off_fails_and_keeps_what_came(fetching: Fetching) -> None:
    fetching.serve(broken_off(LIST, 40_000))
    assert "3 tries" in fetching.fails()
    assert (fetching.into / "list.csv.partial").read_bytes() == LIST[:40_000]


def test_a_content_length_that_is_too_large_fails(fetching: Fetching) -> None:
    fetching.serve(ok(LIST, content_length=len(LIST) + 1))
    assert str(len(LIST) + 1) in fetching.fails()
    assert len(fetching.asked) == 3


class Torn(httpx.SyncByteStream):
    def __init__(self, content: bytes, after: int | None) -> None:
        self.content, self.after = content, after

    def __iter__(self) -> Iterator[bytes]:
        yield self.content[: self.after]
        if self.after is not None:
            raise httpx.ReadError("connection reset by peer")


@given(tears=st.lists(st.integers(0, 400), max_size=6), packing=st.booleans())
@hypothesis_settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_wherever_it_breaks_off_the_bytes_are_the_same(
    tears: list[int], packing: bool, tmp_path_factory: pytest.TempPathFactory, small_limits: Callable[..., None]
) -> None:
    small_limits(fetch_tries=len(tears) + 1)
    content = gzip.compress(LIST[:2000]) if packing else LIST[:2000]
    left: list[int | None] = [*tears, None]

    def answer(request: httpx.Request) -> httpx.Response:
        start = int(request.headers.get("range", "bytes=0-")[6:-1])
        headers = {"etag": '"one"', "content-range": f"bytes {start}-{len(content) - 1}/{len(content)}"}
        headers |= {"content-encoding": "gzip"} if packing else {}
        return httpx.Response(206 if start else 200, headers=headers, stream=Torn(content[start:], left.pop(0)))

    into = tmp_path_factory.mktemp("torn")
    clock = Clock(now=lambda: NOW, sleep=lambda _: None)
    list_only = source({"list.csv": "https://list.example/list.csv"})
    download(list_only, into, state=NOTHING_SEEN, transport=httpx.MockTransport(answer), clock=clock)
    assert (into / "list.csv").read_bytes() == LIST[:2000]


# Bodies that are no list


@pytest.mark.parametrize("empty", [ok(b""), packed(b""), ok(b"", content_encoding="gzip")])
def test_an_empty_file_is_asked_for_again_and_then_fails(fetching: Fetching, empty: Answer) -> None:
    fetching.serve(empty)
    assert "the file is empty (3 tries)" in fetching.fails()
    assert names_in(fetching.into) == []


def test_an_empty_file_once_does_no_harm(fetching: Fetching) -> None:
    fetching.serve(ok(b"", etag='"one"'), rest(LIST, etag='"one"'))
    fetching.run()
    assert (fetching.into / "list.csv").read_bytes() == LIST


def test_a_web_page_with_status_200_fails_at_once_and_is_quoted(fetching: Fetching) -> None:
    fetching.serve(ok(b"<!DOCTYPE html><html><head><title>Down for maintenance</title></head></html>"))
    assert "this is a web page (Down for maintenance)" in fetching.fails()
    assert len(fetching.asked) == 1


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("list.csv", b'{"error": "rate limit"}'),
        ("list.csv", b"\xef\xbb\xbf<?xml version='1.0'?><Error/>"),
        ("list.csv", gzip.compress(LIST)),
        ("list.xml", b"id,name\n1,Invented\n"),
        ("list.zip", b"id,name\n1,Invented\n"),
        ("list.json", b"Service unavailable"),
    ],
)
def test_another_kind_of_file_than_the_name_promises_fails(fetching: Fetching, part: str, content: bytes) -> None:
    fetching.serve(ok(content), part=part)
    assert "the file begins with" in fetching.fails()


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("list.xml", "\ufeff<list/>".encode()),
        ("list.xml", "<list/>".encode("utf-16")),
        ("list.json", b"\n [1]"),
        ("list.dat", b"anything"),
        ("list.csv", b'"1","Invented"'),
    ],
)
def test_a_file_that_may_be_what_its_name_promises_passes(fetching: Fetching, part: str, content: bytes) -> None:
    fetching.serve(ok(content), part=part)
    fetching.run()
    assert (fetching.into / part).read_bytes() == content


@pytest.mark.parametrize(
    "garbage", [LIST, gzip.compress(LIST)[:-9], b"\x1f\x8b\x08" + bytes(range(256)), gzip.compress(LIST) + b"tail"]
)
def test_packed_garbage_is_asked_for_again_and_then_fails(fetching: Fetching, garbage: bytes) -> None:
    fetching.serve(ok(garbage, content_encoding="gzip", etag='"one"'))
    assert "packed bytes that" in fetching.fails()
    assert "3 tries" in fetching.fails()
    assert not any("range" in headers for headers in fetching.asked)


def test_a_packing_that_nobody_asked_for_fails(fetching: Fetching) -> None:
    fetching.serve(ok(LIST, content_encoding="br"))
    assert "'br'" in fetching.fails()


# Bodies that are too much


def test_an_endless_body_is_cut_at_the_limit(fetching: Fetching) -> None:
    fetching.serve(endless(fetching.script))
    with pytest.raises(Hostile, match=r"list.csv, http://127.0.0.1.*more than the 1 MiB allowed.*SHELLGAME_MAX_FILE_M"):
        fetching.run()
    assert names_in(fetching.into) == []


def test_a_body_announced_over_the_limit_is_not_read(fetching: Fetching) -> None:
    fetching.serve(ok(b"", content_length=1 << 40))
    with pytest.raises(Hostile):
        fetching.run()
    assert fetching.progress == []
    assert names_in(fetching.into) == []


def test_a_gzip_bomb_is_not_unpacked_beyond_the_limit(fetching: Fetching) -> None:
    fetching.serve(packed(b"\x00" * (64 << 20)))
    with pytest.raises(Hostile, match="more than the 1 MiB allowed"):
        fetching.run()
    assert names_in(fetching.into) == []


def test_a_gzip_bomb_does_not_unfold_in_memory(tmp_path: Path) -> None:
    partial = Partial(tmp_path, "list.csv", "https://list.example/list.csv")
    with partial.writing(Body(partial.url)) as file:
        file.write(gzip.compress(b"\x00" * (64 << 20)))
    tracemalloc.start()
    try:
        with pytest.raises(Hostile):
            partial.unpack("gzip")
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


# Servers out of order


def test_an_ill_server_is_asked_again_after_growing_pauses(fetching: Fetching) -> None:
    fetching.serve(status(500), status(503), ok(LIST))
    found = fetching.run()
    assert found.files[0].tries == 3
    first, second = fetching.waits
    assert 1 <= first <= 2 <= second <= 4
    assert next(told.note for told in fetching.progress if told.note).startswith("the server answered 500")


def test_an_ill_server_is_given_up_after_the_last_try(fetching: Fetching) -> None:
    fetching.serve(status(500))
    assert "500 Internal Server Error (3 tries)" in fetching.fails()
    assert len(fetching.asked) == 3
    assert len(fetching.waits) == 2


def test_pauses_double_and_differ() -> None:
    assert all(2 ** (tries - 1) <= pause_seconds(tries) <= 2**tries for tries in range(1, 11))
    assert len({pause_seconds(1) for _ in range(10)}) > 1


@pytest.mark.parametrize("asked", ["120", format_datetime(datetime(2024, 5, 3, 18, 45, tzinfo=UTC), usegmt=True)])
def test_a_pause_that_the_server_asks_for_is_kept(fetching: Fetching, asked: str) -> None:
    fetching.serve(status(429, retry_after=asked), ok(LIST))
    fetching.run()
    assert fetching.waits == [120]


@pytest.mark.parametrize(
    "asked", ["soon", "-5", "Thu, 02 May 2024 10:00:00 GMT", f"Thu, 02 May {10**30} 10:00:00 GMT", "²"]
)
def test_a_pause_that_makes_no_sense_is_our_own(fetching: Fetching, asked: str) -> None:
    fetching.serve(status(503, retry_after=asked), ok(LIST))
    fetching.run()
    assert 1 <= fetching.waits[0] <= 2


def test_a_server_that_wants_a_long_pause_is_left_alone(fetching: Fetching) -> None:
    fetching.serve(status(429, retry_after=f"{LONGEST_PAUSE_SECONDS + 1:.0f}"), ok(LIST))
    assert "asks to wait 301 s" in fetching.fails()
    assert fetching.waits == []


@pytest.mark.parametrize("code", [404, 403, 410, 204])
def test_a_file_that_is_not_there_is_asked_for_once(fetching: Fetching, code: int) -> None:
    fetching.serve(status(code))
    message = fetching.fails()
    assert str(code) in message
    assert "https://list.example/page" in message
    assert "shellgame add made_up_list FILE" in message
    assert len(fetching.asked) == 1


def test_a_silent_server_is_not_waited_for(fetching: Fetching, small_limits: Callable[..., None]) -> None:
    small_limits(fetch_timeout_seconds=0.2, fetch_tries=2)
    fetching.serve(silent(fetching.script, LIST[:100]))
    assert "the server was silent for 0.2 s (2 tries)" in fetching.fails()


def test_a_dripping_server_is_not_waited_for(fetching: Fetching) -> None:
    fetching.ticks = itertools.count(0, 30).__next__
    fetching.serve(ok(b"id,name\n1,Invented"))
    assert "the server sent only 18 bytes in 30 s" in fetching.fails()


def test_a_slow_server_is_waited_for(fetching: Fetching, small_limits: Callable[..., None]) -> None:
    small_limits(fetch_timeout_seconds=2)
    fetching.ticks = itertools.count(0, 2).__next__
    fetching.serve(ok(LIST))
    fetching.run()


def test_a_server_that_begins_well_may_not_drip_later() -> None:
    pace = Pace(Clock(ticks=itertools.count(0, 20).__next__))
    assert pace.complaint(1 << 20) == ""
    assert pace.complaint(3) == "the server sent only 3 bytes in 20 s"


def test_nobody_at_the_address_is_told(fetching: Fetching) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        fetching.files["list.csv"] = f"http://127.0.0.1:{nobody.getsockname()[1]}/list.csv"
        assert "the connection failed" in fetching.fails()


def test_an_answer_that_is_no_http_is_told(fetching: Fetching) -> None:
    fetching.serve(no_http)
    assert "the connection failed" in fetching.fails()


HEADERS = ("content-encoding", "content-length", "content-range", "etag", "last-modified", "retry-after")
WORDS = st.text() | st.from_regex(r"(bytes )?-?[0-9]{0,30}(-[0-9]*/([0-9]+|\*))?") | st.dates().map(str)
DATES = st.integers(0, 10**30).map(lambda year: f"Thu, 02 May {year} 10:00:00 +{year}")


@given(
    code=st.sampled_from((200, 206, 304, 404, 416, 429, 503)),
    headers=st.dictionaries(st.sampled_from(HEADERS), WORDS | DATES),
)
def test_whatever_a_server_tells_is_understood_or_refused(code: int, headers: dict[str, str]) -> None:
    try:
        refuse_status(code, "", headers, NOW)
        told = body_told(code, headers, Body("https://list.example/list.csv", 5, 9, '"one"'))
    except TryFailed:
        return
    assert told.size == (0 if code == 200 else 5)
    assert told.etag is None or told.etag.isascii()


# Redirects


def test_a_redirect_is_followed_and_told(fetching: Fetching) -> None:
    fetching.serve(redirect("moved/list.csv"))
    place = fetching.script.on(f"/{fetching.into.parent.name}/moved/list.csv", ok(LIST))
    assert fetching.run().files[0].final_url == place


def test_a_redirect_loop_ends(fetching: Fetching) -> None:
    fetching.serve(redirect("list.csv"))
    assert f"redirects more than {MAX_REDIRECTS} times" in fetching.fails()
    assert len(fetching.asked) == MAX_REDIRECTS + 1


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/list.csv", "https://list.example/list.csv"])
def test_a_server_on_this_machine_leads_nowhere_else(fetching: Fetching, to: str) -> None:
    fetching.serve(redirect(to))
    assert "which leaves this machine" in fetching.fails()
    assert len(fetching.asked) == 1


def test_a_redirect_to_nowhere_fails(fetching: Fetching) -> None:
    fetching.serve(status(302), redirect("http://127.0.0.1:port/"))
    assert "302" in fetching.fails()
    assert "the connection failed" in fetching.fails()


HOSTS = {
    "list.example": "93.184.215.14",
    "elsewhere.example": "93.184.215.15",
    "inside.example": "10.0.0.7",
    "mapped.example": "::ffff:192.168.1.1",
    "office.example": "192.168.1.20",
    "127.1": "127.0.0.1",
    "169.254.169.254": "169.254.169.254",
    "::1": "::1",
}


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(host: str, port: object) -> list[tuple]:
        if host not in HOSTS:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (HOSTS[host], 0))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def led(start: str, to: str, into: Path) -> Download:
    """Download from an address that redirects, over a network that is played."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url == start:
            return httpx.Response(301, headers={"location": to})
        return httpx.Response(200, stream=httpx.ByteStream(LIST))

    transport = httpx.MockTransport(answer)
    clock = Clock(now=lambda: NOW, sleep=lambda _: None)
    return download(source({"list.csv": start}), into, state=NOTHING_SEEN, transport=transport, clock=clock)


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("http://list.example/list.csv", "not https"),
        ("file:///etc/passwd", "not https"),
        ("https://inside.example/list.csv", "inside a private network"),
        ("https://mapped.example/list.csv", "inside a private network"),
        ("https://127.1/list.csv", "inside a private network"),
        ("https://169.254.169.254/latest/meta-data", "inside a private network"),
        ("https://[::1]/list.csv", "inside a private network"),
    ],
)
def test_no_redirect_leads_to_a_weaker_or_private_place(hosts: None, tmp_path: Path, to: str, reason: str) -> None:
    with pytest.raises(FetchFailed, match=f"redirects to .*, which is {reason}"):
        led("https://list.example/list.csv", to, tmp_path)
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    ("start", "to"),
    [
        ("https://list.example/list.csv", "https://elsewhere.example/list.csv"),
        ("https://list.example/list.csv", "/2024/list.csv"),
        ("https://list.example/list.csv", "https://unknown-here.example/list.csv"),
        ("https://office.example/list.csv", "https://inside.example/list.csv"),
    ],
)
def test_other_redirects_are_followed(hosts: None, tmp_path: Path, start: str, to: str) -> None:
    assert led(start, to, tmp_path).files[0].final_url == str(httpx.URL(start).join(to))


def test_a_host_name_that_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match="no host name"):
        led("https://list.example/list.csv", f"https://{'a' * 70}.example/", tmp_path)


# Sources that cannot be fetched


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "has no address"),
        ({"list.csv": "http://list.example/list.csv"}, "not https"),
        ({"list.csv": "file:///etc/passwd"}, "no web address"),
        ({"list.csv": "list.csv"}, "no web address"),
        ({"list.csv": "https://list.example:port/list.csv"}, "no web address"),
        ({"../list.csv": "https://list.example/list.csv"}, "no plain file name"),
        ({".list.csv": "https://list.example/list.csv"}, "no plain file name"),
    ],
)
def test_a_source_without_fit_addresses_is_wrong_use(tmp_path: Path, files: dict[str, str], reason: str) -> None:
    with pytest.raises(WrongUse, match=reason):
        download(source(files), tmp_path / "staging", state=NOTHING_SEEN)
    assert names_in(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_told(fetching: Fetching) -> None:
    fetching.serve(ok(LIST))
    fetching.into.write_text("a file where the folder should be")
    with pytest.raises(FetchFailed, match=r"staging cannot be read or written \(File exists\)"):
        fetching.run()


# What is remembered


def test_the_state_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    state = FetchState({"https://list.example/list.csv": Seen("ab" * 32, 7, "2024-05-03T18:43:00Z", '"é"', None)})
    save_state(tmp_path / "new" / "fetch.json", state)
    assert load_state(tmp_path / "new" / "fetch.json") == state
    assert names_in(tmp_path / "new") == ["fetch.json"]


def test_no_state_yet_is_an_empty_one(tmp_path: Path) -> None:
    assert load_state(tmp_path / "fetch.json") == FetchState()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\x00", b"[]", b'{"u": {}}', b'{"u": 1}', json.dumps({"u": {"sha256": 1, "size": "x"}}).encode()],
)
def test_a_damaged_state_is_left_out_aloud(fetching: Fetching, content: bytes) -> None:
    path = fetching.into.parent / "fetch.json"
    path.write_bytes(content)
    fetching.serve(ok(LIST))
    found = fetching.run(load_state(path))
    assert found.changed
    assert "fetch.json: the memory of earlier fetches is damaged" in found.warnings[0]


def test_a_state_that_cannot_be_read_is_left_out_aloud(tmp_path: Path) -> None:
    assert "Is a directory" in load_state(tmp_path).warnings[0]


def test_a_state_that_cannot_be_written_is_told_and_the_old_one_stays(tmp_path: Path) -> None:
    (tmp_path / "fetch.json").mkdir()
    with pytest.raises(WorkspaceError, match=r"fetch.json: cannot be written"):
        save_state(tmp_path / "fetch.json", FetchState())
    assert names_in(tmp_path) == ["fetch.json"]


def test_a_mark_that_no_request_can_carry_is_not_remembered(fetching: Fetching) -> None:
    url = fetching.serve(ok(LIST, etag='"\xe9"'))
    assert fetching.run().state.seen[url].etag is None


def test_the_state_given_is_not_changed(fetching: Fetching) -> None:
    fetching.serve(ok(LIST))
    state = FetchState()
    fetching.run(state)
    assert state.seen == {}


# What was lost


def reading(records: int) -> Reading:
    claims = Claims("made_up_list")
    claims.counts["records"] = records
    return Reading(source({}), Publication("csv", {}), "made_up_list.csv@1", claims, ())


def test_a_publication_that_lost_more_than_a_tenth_is_refused() -> None:
    with pytest.raises(FetchFailed) as failure:
        hold_against({"records": 14_965, "aliases": 3}, reading(8_101), previous_day="2024-05-03")
    assert str(failure.value) == (
        "made_up_list: the publication has 8,101 records, the last good version of 2024-05-03 had 14,965: more than a tenth "
        "is gone; the last good version stays; if the loss is real, add the file with `shellgame add made_up_list FILE`"
    )


@pytest.mark.parametrize(("before", "found"), [(1000, 900), (1000, 1000), (1000, 5000), (10, 9), (0, 1)])
def test_a_tenth_and_less_may_go(before: int, found: int) -> None:
    hold_against({"records": before}, reading(found))


@pytest.mark.parametrize(("before", "found"), [(1000, 899), (10, 8), (1, 0), (9, 8)])
def test_more_than_a_tenth_may_not_go(before: int, found: int) -> None:
    with pytest.raises(FetchFailed, match="the last good version had"):
        hold_against({"records": before}, reading(found))


def test_the_first_publication_is_held_against_nothing() -> None:
    hold_against(None, reading(3))
    hold_against({}, reading(3))
