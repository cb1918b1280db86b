"""Decisions leave and come back whole; OpenSanctions' resolver reads ours and we its; a file is hostile until it is checked."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.errors import BadInput, Damaged, Hostile, WrongUse
from shellgame.model.judgement import LONGEST_REASON, OPINIONS, Judgement, Verdict, checked
from shellgame.model.standing import Standing
from shellgame.resolve import exchange
from shellgame.resolve.exchange import NO_REASON, NOT_TOLD, own_lines, preview, read_decisions, resolver_lines

NOW = "2031-01-01T00:00:00Z"
AT = "2030-01-01T00:00:00Z"


def read(path, most_bytes=10_000_000):
    return read_decisions(path, now=NOW, most_bytes=most_bytes)


def written(path, lines):
    path.write_bytes(b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines))
    return path


def made(left, right, verdict, author="ada", at=AT, **more):
    return checked(Judgement(left, right, Verdict(verdict), "same passport", author, at, **more))


def linked(lines):
    """Which record a resolver resolves to which id, as nomenklatura does: positive lines that lead to an `NK-` or `Q` id."""
    beside = {}
    for line in lines:
        target, source, judgement, *_ = json.loads(line)
        if judgement == "positive":
            beside.setdefault(target, set()).add(source)
            beside.setdefault(source, set()).add(target)
    found = {}
    for start in beside:
        reached, ahead = {start}, [start]
        while ahead:
            for there in beside[ahead.pop()] - reached:
                reached.add(there)
                ahead.append(there)
        best = max(reached, key=lambda each: (2 if each[0] == "Q" else each.startswith("NK-"), each))
        found[start] = best if best[0] == "Q" or best.startswith("NK-") else start
    return found


texts = st.text(min_size=1, max_size=20)


@settings(max_examples=100, deadline=None)
@given(
    history=st.lists(
        st.builds(
            Judgement,
            st.text("ab-1é中", min_size=1, max_size=8),
            st.text("ab-1é中", min_size=1, max_size=8),
            st.sampled_from(OPINIONS),
            texts,
            texts,
            st.sampled_from([AT, "2029-05-05T05:05:05Z", ""]),
            st.sampled_from(["", "Person name=1a | Person name=2b"]),
            st.one_of(st.none(), st.floats(0, 1)),
        ),
        max_size=10,
    )
)
def test_own_lines_keep_everything(history, tmp_path_factory):
    kept = []
    for each in history:
        with suppress(WrongUse):
            kept.append(checked(each))
    kept = list({each.key: each for each in reversed(kept)}.values())[::-1]
    kept += [
        checked(Judgement(*sorted(each.pair), Verdict.WITHDRAWN, "undone", "ben", NOW, withdraws=each.key))
        for each in kept[:2]
    ]
    path = tmp_path_factory.mktemp("own") / "d.jsonl"
    path.write_bytes(b"".join(own_lines(kept)))
    back = read(path)
    assert sorted(map(repr, back.judgements)) == sorted(map(repr, kept))
    assert preview(back, kept, lambda ids: ids).new == ()


def test_a_resolver_file_is_read_as_it_is_written(tmp_path):
    path = written(
        tmp_path / "resolve.ijson",
        [
            ["NK-5Nt3", "ofac-1", "positive", None, "opensanctions/eve", "2024-05-03T10:12:00.123456+0"],
            ["NK-5Nt3", "unsc-2", "positive", 0.8, None, None],
            ["unsc-2", "eu-3", "negative", 7.5, "ben", "2024-05-03 10:12:00"],
            ["unsc-9", "eu-3", "unsure", 0, "ben", "2024-05-03T12:12:00+02:00"],
            ["unsc-9", "eu-8", "no_judgement", 0.6, "ben", "2024-05-03T10:12:00"],
        ],
    )
    found = read(path)
    assert (found.format, found.suggestions) == ("resolver", 1)
    assert [
        (each.left_id, each.right_id, each.judgement, each.author, each.decided_at, each.score)
        for each in found.judgements
    ] == [
        ("NK-5Nt3", "ofac-1", "same", "opensanctions/eve", "2024-05-03T10:12:00Z", None),
        ("NK-5Nt3", "unsc-2", "same", NOT_TOLD, "", 0.8),
        ("eu-3", "unsc-2", "different", "ben", "2024-05-03T10:12:00Z", None),
        ("eu-3", "unsc-9", "unsure", "ben", "2024-05-03T10:12:00Z", 0.0),
    ]
    assert {each.why for each in found.judgements} == {NO_REASON}
    assert Standing(found.judgements).says("ofac-1", "eu-3") is Verdict.DIFFERENT


def test_a_resolver_follows_what_we_write(tmp_path):
    history = [
        made("ofac-1", "unsc-2", "same"),
        made("unsc-2", "eu-3", "same", at="2030-01-02T00:00:00Z"),
        made("gb-4", "Q42", "same"),
        made("ofac-1", "gb-4", "different"),
        made("ofac-7", "gb-4", "unsure"),
    ]
    lines = list(resolver_lines(Standing(history)))
    resolved = linked(lines)
    assert resolved["ofac-1"] == resolved["unsc-2"] == resolved["eu-3"] != resolved["gb-4"] == "Q42"
    assert resolved["ofac-1"].startswith("NK-")
    assert [json.loads(line)[2] for line in lines].count("negative") == 1
    for line in lines:
        target, source, *_ = json.loads(line)
        assert exchange._weight(target) > exchange._weight(source) or target > source


def test_what_we_wrote_for_a_resolver_and_read_again_changes_nothing(tmp_path):
    history = [made("ofac-1", "unsc-2", "same"), made("eu-3", "unsc-2", "different", at="", score=0.5)]
    path = written(tmp_path / "r.ijson", resolver_lines(Standing(history)))
    assert preview(read(path), history, lambda ids: ids).new == ()
    canonical = next(json.loads(line)[0] for line in path.read_bytes().splitlines() if b"NK-" in line)
    with path.open("ab") as file:
        file.write(json.dumps([canonical, "gb-4", "positive", None, "eve", AT]).encode() + b"\n")
    found = preview(read(path), history, lambda ids: ids)
    assert Standing([*history, *found.new]).says("ofac-1", "gb-4") is Verdict.SAME


def test_a_same_that_waits_is_not_handed_to_a_resolver():
    history = [made("a", "b", "same"), made("b", "c", "same", at="2030-01-02T00:00:00Z"), made("a", "c", "different")]
    resolved = linked(resolver_lines(Standing(history)))
    assert resolved["a"] == resolved["b"]
    assert "c" not in resolved


def test_a_preview_tells_what_would_change(tmp_path):
    history = [made("a", "b", "same")]
    path = written(
        tmp_path / "r.ijson",
        [
            ["b", "a", "positive", None, "ada", AT],
            ["b", "a", "negative", None, "ben", AT],
            ["b", "gone", "negative", None, "ben", AT],
            ["NK-1", "a", "positive", None, "ben", AT],
        ],
    )
    found = preview(read(path), history, lambda ids: {"a", "b"} & set(ids))
    assert (len(found.new), found.known, found.unknown_ids, found.contradictions) == (3, 1, ("gone",), 1)
    assert "3 new (1 same, 2 different), 1 here already" in found.text
    assert "1 id that no list here has, kept all the same: gone" in found.text


OWN = {"left_id": "a", "right_id": "b", "judgement": "same", "why": "x", "author": "ada", "decided_at": AT}


@pytest.mark.parametrize(
    ("line", "error", "found"),
    [
        (b"{\n", Damaged, "no JSON"),
        (b'{"left_id": "\\ud800"}\n', Damaged, "no JSON"),
        (b"\xff\xfe\n", Damaged, "no JSON"),
        (b"[" * 60_000 + b"\n", Damaged, "no JSON"),
        (b'"' + b"x" * 70_000 + b'"\n', Hostile, "more than 65,536 bytes"),
        (7, BadInput, "a decision has the keys"),
        (OWN | {"more": "x"}, BadInput, "a decision has the keys"),
        (OWN | {"left_id": 7}, BadInput, "left_id is no text"),
        (OWN | {"left_id": "b"}, BadInput, "is one record"),
        (OWN | {"left_id": "x" * 300}, BadInput, "cannot be kept"),
        (OWN | {"left_id": "\x1b[2J"}, BadInput, "cannot be kept"),
        (OWN | {"judgement": "maybe"}, BadInput, "is no judgement"),
        (OWN | {"judgement": "withdrawn"}, BadInput, "withdraws"),
        (OWN | {"withdraws": "0" * 32}, BadInput, "withdraws"),
        (OWN | {"judgement": "withdrawn", "withdraws": "../x"}, BadInput, "withdraws"),
        (OWN | {"decided_at": "2031-01-03T00:00:00Z"}, BadInput, "yet to come"),
        (OWN | {"decided_at": "9999-01-01T00:00:00Z"}, BadInput, "yet to come"),
        (OWN | {"decided_at": "2030-13-01T00:00:00Z"}, BadInput, "no moment"),
        (OWN | {"decided_at": "yesterday"}, BadInput, "no moment"),
        (OWN | {"evidence": "x\n"}, BadInput, "evidence"),
        (OWN | {"score": "high"}, BadInput, "score is no number"),
        (OWN | {"score": True}, BadInput, "score is no number"),
        (OWN | {"why": "x" * (LONGEST_REASON + 1)}, BadInput, "cannot be kept"),
        (["a", "b", "positive"], BadInput, "3 values"),
        (["a", "b", "positive", None, 7, None], BadInput, "user is no text"),
        (["a", None, "positive", None, None, None], BadInput, "source is no text"),
        (["a", "b", "POSITIVE", None, None, None], BadInput, "is no judgement"),
        (["a", "a", "positive", None, None, None], BadInput, "is one record"),
    ],
)
def test_a_line_that_is_no_decision_stops_the_import_and_is_named(tmp_path, line, error, found):
    first = ["x", "y", "positive", None, "ada", AT] if isinstance(line, list) else OWN | {"left_id": "x"}
    with pytest.raises(error, match=found) as caught:
        read(written(tmp_path / "f.jsonl", [first, line]))
    assert "line 2" in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_line_that_was_deleted_from_a_resolver_decides_nothing(tmp_path):
    lines = [["b", "a", "positive", None, "ada", AT, AT], ["c", "a", "positive", None, "ada", AT, None]]
    found = read(written(tmp_path / "r.ijson", lines))
    assert ([made.right_id for made in found.judgements], found.suggestions) == (["c"], 1)
    assert "; 1 line that decides nothing left out; " in preview(found, [], lambda ids: []).text
    assert "; 2 lines that decide nothing left out; " in preview(replace(found, suggestions=2), [], lambda ids: []).text


def test_what_waits_is_handed_to_a_resolver_as_nobodys_opinion_and_is_none_when_it_comes_back(tmp_path):
    history = [
        made("a", "b", "same"),
        made("b", "c", "same", "ben", "2030-01-02T00:00:00Z"),
        made("a", "c", "different", "eve", "2030-01-03T00:00:00Z"),
    ]
    path = written(tmp_path / "r.ijson", resolver_lines(Standing(history)))
    told = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert [each[4] for each in told if each[2] == "unsure"] == ["shellgame"]
    assert preview(read(path), history, lambda ids: ids).new == ()


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("2024-05-03", "2024-05-03T00:00:00Z"),
        ("2024-05-03T10:12Z", "2024-05-03T10:12:00Z"),
        ("2024-05-03T10:12:00.123456+0", "2024-05-03T10:12:00Z"),
        ("2024-05-03 12:12:00+02:00", "2024-05-03T10:12:00Z"),
    ],
)
def test_moments_are_kept_in_one_way_so_that_their_order_is_that_of_time(tmp_path, printed, kept):
    (found,) = read(written(tmp_path / "f.jsonl", [OWN | {"decided_at": printed}])).judgements
    assert found.decided_at == kept


def test_the_mark_some_editors_write_first_is_passed_over(tmp_path):
    assert len(read(written(tmp_path / "f.jsonl", [b"\xef\xbb\xbf", OWN])).judgements) == 1


def test_two_formats_in_one_file_are_refused(tmp_path):
    with pytest.raises(BadInput, match="two formats"):
        read(written(tmp_path / "f.jsonl", [OWN, ["x", "y", "positive", None, "ada", AT]]))


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = written(tmp_path / "f.jsonl", [OWN, OWN])
    with pytest.raises(Hostile, match="bytes, more than 10"):
        read(path, most_bytes=10)
    monkeypatch.setattr(exchange, "MOST_LINES", 1)
    with pytest.raises(Hostile, match="more than 1 lines"):
        read(path)


def test_an_empty_file_holds_nothing(tmp_path):
    assert read(written(tmp_path / "f.jsonl", [b"\n", b"  \n"])).judgements == ()
