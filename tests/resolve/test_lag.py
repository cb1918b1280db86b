"""How jurisdictions follow one another: the estimate against a plain twin, and who is counted where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.errors import NotFound
from shellgame.resolve.lag import Lag, following, lag_between, lags

from .presences import party, presence

DAYS = st.lists(st.integers(0, 30), max_size=12)


def plainly_following(followed, censored):
    """Kaplan and Meier's estimate, day by day."""
    left, shares = 1.0, []
    for day in sorted(set(followed)):
        at_risk = sum(each >= day for each in [*followed, *censored])
        left *= 1 - followed.count(day) / at_risk
        shares.append((day, 1 - left))
    return shares


@given(DAYS, DAYS)
def test_the_estimate_is_that_of_the_plain_twin(followed, censored):
    days, shares = following(followed, censored)
    expected = plainly_following(followed, censored)
    assert days.tolist() == [day for day, _ in expected]
    assert shares.tolist() == pytest.approx([share for _, share in expected])


@given(DAYS)
def test_without_censored_ones_it_is_the_share_itself(followed):
    days, shares = following(followed, [])
    assert shares.tolist() == pytest.approx([sum(each <= day for each in followed) / len(followed) for day in days])


def test_each_party_is_counted_in_one_place():
    several = presence(
        party("a", us="2024-01-01", ca="2024-01-11"),
        party("b", us="2024-01-01", ca="2024-01-01"),
        party("c", us="2024-01-02", ca="2024-01-01"),
        party("d", us="2024-12-01"),
        party("e", us="2024-01-01", ca=""),
        party("f", us="2024-01-01", perhaps={"ca": ""}),
        party("g", us=("2024-01-01", "2024-02-01")),
        party("h", ca="2024-01-01"),
    )
    found = lag_between(several, "us", "ca", several.parties.values())
    assert (found.followed, found.censored) == ((0, 10), (30, 31)), "who was taken off is watched no longer"
    assert (found.other_way, found.undated, found.unsure) == (1, 1, 1)


def test_what_was_not_reached_or_not_watched_is_none():
    few = Lag("us", "ca", "", (10, 20), (40, 40, 40, 40), 0, 0, 0)
    assert (few.quantile(0.25), few.quantile(0.5)) == (20, None)
    assert (few.within(30), few.within(90)) == (pytest.approx(1 / 3), None)


def test_programmes_of_the_leader_are_told_apart():
    several = [party(str(n), us="2024-01-01", ca=f"2024-01-0{n}") for n in range(1, 6)]
    other = [party(f"x{n}", programme="OTHER", us="2024-01-01", ca="2024-02-01") for n in range(5)]
    found = lags(presence(*several, *other), by_programme=True)
    assert [(lag.leader, lag.follower, lag.programme, len(lag.followed)) for lag in found if lag.leader == "us"] == [
        ("us", "ca", "", 10),
        ("us", "ca", "US-OTHER", 5),
        ("us", "ca", "US-VARKESH", 5),
    ]
    assert lags(presence(*several, *other), programmes=["*-OTHER"], jurisdictions=["us", "ca"])[0].watched == 5


def test_a_list_that_is_not_whole_follows_nobody_and_may_lead():
    several = [party(str(n), us="2024-01-01", ca="2024-01-05") for n in range(5)]
    alone = [party(f"x{n}", us="2024-01-01") for n in range(5)]
    cut = presence(*several, *alone, party("c", ca="2024-01-01", us="2024-03-01"), lacking=["ca"])
    assert {(lag.leader, lag.follower) for lag in lags(presence(*several, *alone))} == {("us", "ca")}
    assert lags(cut) == []
    turned = presence(*several, *alone, lacking=["us"])
    assert [(lag.leader, lag.follower) for lag in lags(turned)] == [("us", "ca")]


def test_a_jurisdiction_without_a_list_is_told():
    with pytest.raises(NotFound, match="no list of 'zz' is here; those of ca, us are"):
        lags(presence(party("a", us="2024-01-01", ca="2024-01-05")), jurisdictions=["us", "zz"])


def test_whom_the_leader_listed_after_the_followers_list_is_counted_apart():
    parties = [party("a", us="2024-01-01", ca="2024-01-11"), party("b", us="2024-06-02")]
    found = lag_between(presence(*parties, ends={"ca": "2024-06-01"}), "us", "ca", parties)
    assert (found.followed, found.censored, found.unknown) == ((10,), (), 1)
