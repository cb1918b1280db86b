"""Who owns a company as a picture, whatever somebody wrote where a name belongs."""

from __future__ import annotations

import pytest
from lxml import etree

from shellgame.case.owners_picture import owners_svg
from shellgame.case.pen import NAMESPACE
from shellgame.graph.ownership.around import Named
from shellgame.graph.ownership.owners import Owners
from shellgame.graph.ownership.stakes import Stake
from shellgame.model.stakes import PERCENT, Interval, StakeKind

from .invented import DAY, HOSTILE

UNSEEN = ("Bad \u0001\ufffe\ud7ff name", "\uffff", "\x00", "left\u202egnp.exe", *HOSTILE)


def answer(name: str, identity: str = "x-1") -> Owners:
    """A company of some name that somebody of the same name owns."""
    parties = {each: Named(each, name, "Company", (each,)) for each in (identity, "x-2")}
    stake = Stake("x-2", identity, StakeKind.SHARES, Interval(60 * PERCENT, 60 * PERCENT), False, False, (), ())
    return Owners(parties[identity], DAY, (), None, "", (), (), parties, (stake,), {}, {})


def titles(svg: str) -> list[str]:
    return [each.text or "" for each in etree.fromstring(svg).iter(f"{{{NAMESPACE}}}title")]


@pytest.mark.parametrize("name", UNSEEN, ids=range(len(UNSEEN)))
def test_a_picture_can_be_drawn_of_any_name(name: str) -> None:
    asked, *boxes = titles(owners_svg(answer(name)))
    assert asked.endswith(f"on {DAY}")
    assert len(boxes) == 2
    assert "\u202e" not in "".join([asked, *boxes])


def test_what_cannot_be_seen_is_shown_in_titles() -> None:
    asked, *boxes = titles(owners_svg(answer("Bad \u0001\ufffe name", "x\u0007")))
    assert asked == f"Who owns Bad [U+0001][U+FFFE] name on {DAY}"
    assert boxes == ["Bad [U+0001][U+FFFE] name (x-2)", "Bad [U+0001][U+FFFE] name (x[U+0007])"]


def test_names_that_read_from_right_to_left_turn_nothing_around_them() -> None:
    name = "شركة"
    assert titles(owners_svg(answer(name)))[0] == f"Who owns \u2068{name}\u2069 on {DAY}"
