"""Who may be next: from what was known on the day alone, and explained."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.errors import NotFound, WrongUse
from shellgame.resolve.likely_next import YEAR, backtest, likely_next

from .presences import party, presence

DAY = date(2023, 6, 30)
START = date(2019, 1, 1)


def a_world(later=lambda number: None, perhaps=lambda number: None, **options):
    """Canada takes up those under ALPHA two months after the US, never those under BETA.

    `later` tells Canada's listings after `DAY`, `perhaps` the days of those that may be the party.
    """
    parties = []
    for number in range(240):
        first = START + timedelta(days=number * 7)
        days = {"us": first.isoformat()}
        follows = first + timedelta(days=60)
        if number % 2 == 0 and follows <= DAY:
            days["ca"] = follows.isoformat()
        elif moved := later(number):
            days["ca"] = moved
        may_be = {"ca": day} if (day := perhaps(number)) is not None else {}
        parties.append(party(f"p{number:03}", programme="ALPHA" if number % 2 == 0 else "BETA", perhaps=may_be, **days))
    return presence(*parties, party("anchor", ca="2018-01-01"), **options)


def test_those_under_the_programme_that_was_followed_come_first():
    found = likely_next(a_world(), "ca", day=DAY, limit=3)
    assert all("US-ALPHA" in each.party.spans["us"].programmes for each in found)
    assert any("US-ALPHA" in words for words, _ in found[0].reasons)
    assert all(0 < each.score < 1 for each in found)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 239), st.integers(0, 239), st.integers(1, 600))
def test_nothing_of_the_future_reaches_a_ranking(listed, alike, days):
    moved = (DAY + timedelta(days=days)).isoformat()
    later, perhaps = ((lambda each, at=at: moved if each == at else None) for at in (listed, alike))
    assert ranked(a_world(later, perhaps)) == ranked(a_world())


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 239), st.integers(1, 600))
def test_a_listing_to_come_brings_nobody_back_whom_the_list_may_have_had(number, days):
    moved = (DAY + timedelta(days=days)).isoformat()
    known = {"perhaps": lambda each: DAY.isoformat() if each == number else None}
    assert ranked(a_world(lambda each: moved if each == number else None, **known)) == ranked(a_world(**known))


@pytest.mark.parametrize("day", [DAY.isoformat(), ""], ids=["by the day", "unknown"])
def test_whom_the_list_may_have_had_by_the_day_is_no_candidate(day):
    last = ranked(a_world())[0][0]
    found = ranked(a_world(perhaps=lambda each: day if f"p{each:03}" == last else None))
    assert last not in {each for each, _, _ in found}
    assert found


def ranked(world):
    return [(each.party.id, each.score, each.reasons) for each in likely_next(world, "ca", day=DAY)]


def test_a_list_that_is_not_whole_has_no_ranking():
    with pytest.raises(WrongUse, match="no whole list of 'ca' is here: cut; add it, or say `--whole ca`"):
        likely_next(a_world(lacking=["ca"]), "ca", day=DAY)
    assert likely_next(a_world(lacking=["us"]), "ca", day=DAY)


def test_a_backtest_counts_who_came_in_the_year_after():
    inside, outside = (DAY + YEAR).isoformat(), (DAY + YEAR + timedelta(days=1)).isoformat()
    (held,) = backtest(a_world(lambda each: {1: inside, 3: outside}.get(each)), "ca", [DAY])
    assert held.came == 1
    assert set(held.hits) == {"model", "recency", "lists"}
    assert all(few <= more <= held.came for few, _, more in held.hits.values())


def test_where_nobody_ever_followed_there_is_nothing_to_learn_from():
    with pytest.raises(NotFound, match="nothing to learn from"):
        likely_next(presence(party("a", us="2020-01-01"), party("b", ca="2010-01-01")), "ca", day=DAY)


def test_equal_ones_count_by_their_average_and_never_by_their_ids():
    """Ids begin with the list that has a party, and so know who will be listed: an order by id told the future once."""
    parties = [
        party(f"p{number:03}", us="2023-01-01", **({"ca": "2023-09-01"} if number < 10 else {}))
        for number in range(100)
    ]
    (held,) = backtest(presence(*parties), "ca", [DAY])
    assert (held.candidates, held.came) == (100, 10)
    assert held.hits == dict.fromkeys(held.hits, (2.0, 5.0, 10.0))


def test_a_jurisdiction_without_a_list_is_not_known():
    with pytest.raises(NotFound, match="no list of 'xx' is here; those of ca, us are"):
        likely_next(a_world(), "xx", day=DAY)


def test_after_its_newest_list_nobody_knows_whom_a_jurisdiction_has_listed():
    world = a_world()
    world.horizon["ca"] = DAY
    assert likely_next(world, "ca") == likely_next(world, "ca", day=DAY)
    with pytest.raises(WrongUse, match="the newest list of 'ca' here is of 2023-06-30; ask for that day"):
        likely_next(world, "ca", day=DAY + timedelta(days=1))
