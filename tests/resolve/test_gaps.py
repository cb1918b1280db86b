"""Who is listed here and not there: only where a whole list says so, with ties and the list for the same reasons."""

from __future__ import annotations

import pytest

from shellgame.errors import WrongUse
from shellgame.resolve.gaps import gaps

from .presences import party, presence

MANY = presence(
    party("old", us="2024-01-01", eu="2024-02-01"),
    party("new", us="2024-12-01"),
    party("undated", us=""),
    party("both", us="2024-01-01", ca="2024-01-02"),
    party("perhaps", us="2024-01-01", perhaps={"ca": ""}),
    party("over", us=("2020-01-01", "2021-01-01")),
    party("left", us="2024-01-01", ca=("2020-01-01", "2023-01-01")),
    links=[("both", "old", None)],
)


def test_the_longest_listed_come_first_and_the_undated_last():
    found = gaps(MANY, "us", "ca")
    assert [(gap.party.id, gap.days) for gap in found] == [
        ("left", 365),
        ("old", 365),
        ("new", 30),
        ("undated", None),
    ]


def test_ties_other_lists_and_former_listings_are_told():
    found = {gap.party.id: gap for gap in gaps(MANY, "us", "ca")}
    assert (found["old"].others, found["old"].linked_there, found["old"].linked) == (("eu",), ("House both",), 1)
    assert found["left"].was_listed == "2023-01-01"


def test_the_list_for_the_same_reasons_is_the_one_most_like_it():
    umbrella = [party(f"u{n}", programme="ALL", ca="2024-01-01") for n in range(20)]
    same = [party(f"s{n}", us="2024-01-01", ca="2024-01-01") for n in range(3)]
    (gap,) = gaps(presence(*umbrella, *same, party("gap", us="2024-01-01")), "us", "ca")
    assert gap.counterpart is not None
    assert (gap.counterpart.there, gap.counterpart.shared, gap.counterpart.of) == ("CA-VARKESH", 3, 4)


@pytest.mark.parametrize(("shared", "only_there", "mate"), [(3, 0, "CA-VARKESH"), (2, 0, None), (3, 60, None)])
def test_lists_that_share_too_little_are_not_for_the_same_reasons(shared, only_there, mate):
    both = [party(f"b{n}", us="2024-01-01", ca="2024-01-01") for n in range(shared)]
    there = [party(f"t{n}", ca="2024-01-01") for n in range(only_there)]
    (gap,) = gaps(presence(*both, *there, party("gap", us="2024-01-01")), "us", "ca")
    assert (gap.counterpart and gap.counterpart.there) == mate


def test_a_jurisdiction_is_not_held_against_itself():
    with pytest.raises(WrongUse, match="'us' is asked about twice; name another"):
        gaps(MANY, "us", "us")


def test_a_list_that_is_not_whole_says_nothing():
    cut = presence(party("a", us="2024-01-01"), party("b", ca="2024-01-01"), lacking=["ca"])
    with pytest.raises(WrongUse, match="no whole list of 'ca' is here: cut"):
        gaps(cut, "us", "ca")
    with pytest.raises(WrongUse, match="no list of 'xx'"):
        gaps(cut, "xx", "us")


def test_a_list_says_nothing_of_those_listed_after_its_day():
    listed = [party("before", us="2024-01-01"), party("after", us="2024-06-02"), party("there", ca="2020-01-01")]
    later = presence(*listed, ends={"ca": "2024-06-01"})
    assert [(gap.party.id, gap.days) for gap in gaps(later, "us", "ca")] == [("before", 152)]
    assert [(gap.party.id, gap.days) for gap in gaps(later, "us", "ca", unknown=True)] == [("after", None)]


def test_a_list_older_than_the_first_that_has_somebody_of_an_unknown_day_says_nothing_of_them():
    old = presence(party("undated", us=""), party("there", ca="1999-01-01"), ends={"ca": "1999-12-31"})
    assert gaps(old, "us", "ca") == []
    assert [gap.party.id for gap in gaps(old, "us", "ca", unknown=True)] == ["undated"]
