"""What a review shows, at any width and whatever the lists print; and what keys and lines mean."""

from __future__ import annotations

import io
import os
import signal
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from shellgame.cli.keys import decoded, keys_of, keys_of_lines
from shellgame.cli.review_screen import MOST_ROWS, View, screen
from shellgame.model.entity import Entity
from shellgame.model.judgement import Judgement, Verdict
from shellgame.resolve.review import BACKSPACE, ENTER, ESCAPE, OpenPair, begin, press
from shellgame.resolve.side_by_side import beside
from shellgame.testing.parties import party

PAIR = OpenPair("xx-1", "yy-2", 0.62, "same name; other place", "two dates of birth in one cluster", 4)
PLAIN = (
    party("xx-1", name="Orsin Maledd", birthDate="1961-06-06", nationality="by", gender="male"),
    party("yy-2", source="yy_list", name=["MALEDD, Orsin", "Wolf"], birthDate="1987-02-03", nationality="by"),
)
HOSTILE = (
    party("xx-1", name=["\x1b[2J\x1b]0;pwned\x07Orsin", "[bold red]x[/]", "a" * 5000, "\u202eneddih", "名" * 200]),
    party("yy-2", name=["أورسين مالد", "אורסין", ":smile:", "\ud800", "\n\n\n"], address="x\r\ny" * 50),
)


def drawn(review, view, width):
    out = io.StringIO()
    Console(file=out, width=width, highlight=False, emoji=False, force_terminal=False).print(screen(review, view))
    return out.getvalue()


def view_of(pair, before=()):
    return View(beside({}, *pair, "2031-01-01"), before)


@pytest.mark.parametrize("width", [40, 80, 160])
@pytest.mark.parametrize("pair", [PLAIN, HOSTILE])
@pytest.mark.parametrize("keys", ["", "m", "s", "dabc"])
def test_no_line_is_wider_than_the_terminal_and_nothing_steers_it(width, pair, keys):
    review = begin([PAIR])
    for key in keys:
        review, _ = press(review, key)
    text = drawn(review, view_of(pair), width)
    lines = text.splitlines()
    assert all(cell_len(line) <= width for line in lines)
    assert all(each.isprintable() or each in "\n\u200e" for each in text)
    assert len(lines) < 400


def test_a_score_short_of_certain_is_not_told_as_certain():
    assert "score 0.999," in drawn(begin([replace(PAIR, score=0.99996)]), view_of(PLAIN), 80)


@pytest.mark.parametrize("width", [80, 160])
def test_values_stand_side_by_side_with_mark_and_source(width):
    before = [Judgement("xx-1", "yy-2", Verdict.UNSURE, "too little is told", "ben", "2030-01-01T00:00:00Z")]
    text = drawn(begin([PAIR]), view_of(PLAIN, before), width)
    lines = [line.split() for line in text.splitlines()]
    assert ["name", "Orsin", "Maledd", "=", "same", "MALEDD,", "Orsin"] in lines
    assert ["born", "1961-06-06", "≠", "different", "1987-02-03"] in lines
    assert ["·", "only", "here", "Wolf"] in lines
    assert ["gender", "male", "·", "only", "here"] in lines
    for told in (
        "xx_list",
        "yy_list",
        "score 0.62, 4 records hang on it",
        "suspicious: two dates of birth in one cluster",
        "ben decided unsure on 2030-01-01: too little is told",
        "s same  d different  u unsure",
    ):
        assert told in text


def test_a_record_of_two_sources_tells_which_prints_what():
    one, other = PLAIN[0], party("xx-1", source="zz_list", name="Orsin Maled")
    both = Entity("xx-1", "Person", (*one.claims, *other.claims))
    lines = [" ".join(line.split()) for line in drawn(begin([PAIR]), view_of((both, PLAIN[1])), 160).splitlines()]
    assert any("Orsin Maled zz_list" in line for line in lines)
    assert any("1987-02-03" in line and "yy_list" not in line for line in lines)


def test_right_to_left_names_displace_nothing_beside_them():
    text = drawn(begin([PAIR]), view_of(HOSTILE), 160)
    assert "\u200eأورسين مالد\u200e" in text
    assert "\u202e" not in text


def test_many_values_are_shown_when_asked_for():
    pair = (party("xx-1", name=[f"Orsin {letter} Maledd" for letter in "abcdefghijkl"]), PLAIN[1])
    few, whole = begin([PAIR]), press(begin([PAIR]), "m")[0]
    assert "and 7 more: m" in drawn(few, view_of(pair), 160)
    assert drawn(few, view_of(pair), 160).count("Orsin") < MOST_ROWS + 4
    assert drawn(whole, view_of(pair), 160).count("Orsin") >= 12


def test_reasons_are_offered_by_number_and_what_is_typed_is_seen():
    review, _ = press(begin([PAIR, PAIR]), "d")
    assert "1 other date of birth" in drawn(review, view_of(PLAIN), 80)
    typed = review
    for key in "his brother":
        typed, _ = press(typed, key)
    assert "different, because: his brother" in drawn(typed, view_of(PLAIN), 80)
    review, _ = press(press(typed, ENTER)[0], "d")
    assert "0 “his brother” again" in drawn(review, view_of(PLAIN), 80)


def test_a_record_that_is_not_here_and_the_end_are_told():
    assert "xx-1 or yy-2 is not in the lists" in drawn(begin([PAIR]), View(None), 80)
    nothing = drawn(begin([]), View(None), 80)
    assert "No pair is open." in nothing
    assert "undo" not in nothing
    assert "1 skipped" in drawn(press(begin([PAIR]), "k")[0], View(None), 80)


def typed(sent):
    """The keys of what a terminal sends; after a pause marked by None nothing more has come yet."""
    ahead = list(sent)

    def waiting():
        return bool(ahead) and ahead[0] is not None

    def read():
        while ahead and ahead[0] is None:
            ahead.pop(0)
        return bytes([ahead.pop(0)]) if ahead else b""

    return list(decoded(read, waiting))


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        (b"sd1", ["s", "d", "1"]),
        ("жñ中😀".encode(), ["ж", "ñ", "中", "😀"]),
        (b"\r\n\x7f\x08", [ENTER, ENTER, BACKSPACE, BACKSPACE]),
        (b"s\x04d1", ["s"]),
        (b"a\x1b[Ab\x1bOPc\x1b[15~d\x1b[1;5Ce", ["a", "b", "c", "d", "e"]),
        ([0x1B, None, ord("s")], [ESCAPE, "s"]),
        (b"a\x1bsb", ["a", "b"]),
        (b"\xff\xff\xff\xffz", ["z"]),
    ],
)
def test_what_a_terminal_sends_is_read_as_keys(sent, keys):
    assert typed(sent) == keys


@pytest.mark.parametrize(
    ("lines", "keys"),
    [
        ("same 1\n", ["s", "1", ENTER]),
        ("s 1\nd  other\tfather\n", ["s", "1", ENTER, ESCAPE, "d", " other father", ENTER]),
        ("s\nsame passport\nskip\n", ["s", " same passport", ENTER, ESCAPE, "k"]),
        ("s\n2\n", ["s", "2", ENTER]),
        ("s\nundo\n", ["s", ESCAPE, "z"]),
        ("same 2 lists say so\n", ["s", " 2 lists say so", ENTER]),
        ("SKIP\nUndo\nmore\nquit", ["k", "z", "m", "q"]),
        ("skipp\nsomething\n", [" skipp", " something"]),
        ("skip this one\n\n", [" skip this one"]),
        ("x" * 10_001 + " quit\nskip\n", [" " + "x" * 10_000, "k"]),
    ],
)
def test_what_a_line_says_is_read_as_keys(lines, keys):
    assert list(keys_of_lines(io.StringIO(lines))) == keys


def test_another_size_and_going_on_are_told_at_once_as_a_key_that_does_nothing():
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    handler = signal.getsignal(signal.SIGWINCH)
    with os.fdopen(slave, "r", encoding="utf-8") as stream, keys_of(stream) as keys:
        for number in (signal.SIGWINCH, signal.SIGCONT):
            os.kill(os.getpid(), number)
            key = next(keys)
            assert press(begin([PAIR]), key) == (begin([PAIR]), None)
    assert signal.getsignal(signal.SIGWINCH) == handler
    os.close(master)


def test_a_terminal_that_is_gone_ends_the_keys():
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    with os.fdopen(slave, "r", encoding="utf-8") as stream, keys_of(stream) as keys:
        os.close(master)
        assert list(keys) == []


def test_a_terminal_is_read_key_by_key_and_left_as_it_was():
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    master, slave = pty.openpty()
    with os.fdopen(slave, "r", encoding="utf-8") as stream:
        before = termios.tcgetattr(slave)
        os.write(master, "s1é".encode())
        with keys_of(stream) as keys:
            assert [next(keys) for _ in range(3)] == ["s", "1", "é"]
        assert termios.tcgetattr(slave) == before
    os.close(master)


def test_a_terminal_is_read_however_many_files_are_open():
    pty, fcntl = pytest.importorskip("pty"), pytest.importorskip("fcntl")
    master, slave = pty.openpty()
    try:
        high = fcntl.fcntl(slave, fcntl.F_DUPFD, 1024)  # the first that `select` cannot watch
    except OSError:
        pytest.skip("no more than 1,024 files may be open here")
    finally:
        os.close(slave)
    with os.fdopen(high, "r", encoding="utf-8") as stream, keys_of(stream) as keys:
        os.write(master, b"\x1b[Aq")
        assert next(keys) == "q"
    os.close(master)
