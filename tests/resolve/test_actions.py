"""Jurisdictions that moved together: near in time and sharing parties; who stayed out is told with what it did."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shellgame.errors import NotFound
from shellgame.resolve.actions import actions, undated

from .presences import party, presence

TOGETHER = [party(f"t{n}", us="2024-04-15", ca="2024-04-16") for n in range(3)]
AROUND = [
    party("only", us="2024-04-15", eu="2024-06-01"),
    party("before", ca="2024-04-16", eu="2020-01-01"),
    party("other", us="2022-01-01"),
]


def test_an_action_tells_who_moved_and_who_stayed_out():
    (action,) = actions(presence(*TOGETHER, *AROUND))
    assert (action.first, action.last) == (date(2024, 4, 15), date(2024, 4, 16))
    assert action.jurisdictions == ("ca", "us")
    assert (len(action.parties), action.shared) == (5, {"t0", "t1", "t2"})
    assert (action.stayed_out, action.already, action.later) == (("eu",), {"eu": 1}, {"eu": 1})


def test_days_too_far_apart_or_too_few_in_common_are_no_action():
    assert not actions(presence(*TOGETHER, *AROUND), window_days=0)
    assert not actions(presence(*TOGETHER, *AROUND), least_shared=4)


def test_within_a_regime_moves_of_the_same_days_are_one_action_though_they_share_nobody():
    apart = presence(party("a", us="2024-04-15"), party("b", ca="2024-04-15"))
    assert not actions(apart)
    (action,) = actions(apart, programmes=["*-VARKESH"], least_shared=0)
    assert (action.jurisdictions, action.shared) == (("ca", "us"), frozenset())


def test_a_list_that_ends_before_the_action_did_not_stay_out():
    ended = presence(*TOGETHER, *AROUND, ends={"eu": "2024-04-01"})
    (action,) = actions(ended)
    assert (action.stayed_out, action.unknown) == ((), {"eu": "its newest list here is of 2024-04-01"})


def test_those_listed_nobody_knows_since_when_were_listed_before():
    (action,) = actions(presence(*TOGETHER, party("long", us="2024-04-15", eu="")))
    assert action.already == {"eu": 1}


def test_of_a_list_that_is_not_whole_nobody_knows_whether_it_stayed_out():
    (action,) = actions(presence(*TOGETHER, *AROUND, lacking=["eu"]))
    assert (action.stayed_out, action.unknown, action.already, action.later) == ((), {"eu": "cut"}, {}, {})


def test_only_those_asked_about_stay_out():
    (action,) = actions(presence(*TOGETHER, *AROUND), jurisdictions=["us", "ca"])
    assert (action.jurisdictions, action.stayed_out, action.unknown) == (("ca", "us"), (), {})


def test_a_jurisdiction_without_a_list_is_told():
    with pytest.raises(NotFound, match="no list of 'zz' is here; those of ca, eu, us are"):
        actions(presence(*TOGETHER, *AROUND), jurisdictions=["zz"])


def test_those_whose_day_is_only_that_of_a_version_are_told_apart():
    seen = party("s", us="2024-04-15", ca="2024-04-16")
    spans = {**seen.spans, "us": seen.spans["us"]._replace(stated=False)}
    (action,) = actions(presence(*TOGETHER, replace(seen, spans=spans)))
    assert {(move.jurisdiction, move.day): move.seen for move in action.moves} == {
        ("us", date(2024, 4, 15)): {"s"},
        ("ca", date(2024, 4, 16)): set(),
    }


def test_those_listed_nobody_knows_since_when_are_counted():
    parties = [*TOGETHER, party("long", us="", eu="2020-01-01"), party("longer", us="", eu="")]
    assert undated(parties, ["us", "ca", "eu"]) == {"us": 2, "eu": 1}
